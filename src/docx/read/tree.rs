//! A part's XML as a tree, within limits; names carry the prefixes that Word gives their name spaces.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::document::memory;

/// So deep elements may nest: Word's own documents stay below a hundred.
pub const MOST_DEPTH: usize = 200;
/// Bytes of memory for an element, besides what it is in the document.
const ELEMENT: u64 = 110;
/// For an attribute besides its value, and for each byte of that.
const ATTRIBUTE: u64 = 48;
const VALUE_BYTE: u64 = 1;

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name, such as `w:p`.
    pub name: Arc<str>,
    attributes: Vec<(Arc<str>, Box<str>)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text in it, that of its children not counted.
    pub text: String,
}

impl Element {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known.as_ref() == name).map(|(_, value)| value.as_ref())
    }

    /// The value of `w:val`.
    pub fn value(&self) -> Option<&str> {
        self.attribute("w:val")
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name.as_ref() == name)
    }

    /// The children of a name.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> + 'a {
        self.children.iter().filter(move |child| child.name.as_ref() == name)
    }

    /// The first element of a name, however deep.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|child| if child.name.as_ref() == name { Some(child) } else { child.find(name) })
    }

    /// `w:val` of a child.
    pub fn child_value(&self, name: &str) -> Option<&str> {
        self.child(name)?.value()
    }

    /// A switch: a child that is there and does not say no.
    pub fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(|child| child.value().is_none_or(is_on))
    }

    /// The memory for it without what is in it.
    fn cost(&self) -> u64 {
        let values = self.attributes.iter().map(|(_, value)| ATTRIBUTE + VALUE_BYTE * value.len() as u64);
        let shown = match self.name.as_ref() {
            "w:p" => memory::PARAGRAPH,
            "w:r" => memory::RUN,
            "w:hyperlink" => memory::LINK,
            "w:tc" => memory::CELL,
            _ => 0,
        };
        ELEMENT + shown + values.sum::<u64>()
    }

    /// All text in it and below, in order.
    pub fn all_text(&self) -> String {
        let mut text = self.text.clone();
        for child in &self.children {
            text += &child.all_text();
        }
        text
    }
}

/// Whether a switch's value says yes.
pub fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// Why a part is no tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not well-formed.
    Damaged,
    /// It declares entities.
    Entities,
    /// It nests too deep.
    TooDeep,
    /// It takes more memory than is left.
    TooLarge,
}

/// Reads a part, and counts the memory that it takes off what is left.
///
/// # Errors
/// It is damaged, declares entities, or goes beyond the limits.
pub fn parse_within(bytes: &[u8], left: &mut u64) -> Result<Element, Refusal> {
    let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
    let mut reader = Reader::from_str(&text);
    let mut names = Names::default();
    let mut open: Vec<Element> = vec![Element::default()];
    let mut take = |cost: u64| -> Result<(), Refusal> {
        *left = left.checked_sub(cost).ok_or(Refusal::TooLarge)?;
        Ok(())
    };
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(start) => {
                open.push(names.element(&start)?);
                take(open.last().map_or(0, Element::cost))?;
                if open.len() > MOST_DEPTH {
                    return Err(Refusal::TooDeep);
                }
            }
            Event::Empty(start) => {
                let element = names.element(&start)?;
                names.leave();
                take(element.cost())?;
                close(&mut open, element);
            }
            Event::End(_) => {
                names.leave();
                let mut element = open.pop().filter(|_| !open.is_empty()).ok_or(Refusal::Damaged)?;
                // most elements have one or two in them, and a vector that grows makes room for four
                element.children.shrink_to_fit();
                close(&mut open, element);
            }
            Event::Text(text) => {
                take(memory::of_text(&text))?;
                if let Some(last) = open.last_mut() {
                    last.text += &text;
                }
            }
            Event::CData(text) => {
                take(memory::of_text(&text))?;
                if let Some(last) = open.last_mut() {
                    last.text += &text;
                }
            }
            Event::GeneralRef(reference) => {
                take(memory::CHARACTER)?;
                let character = match reference.resolve_char_ref().map_err(|_| Refusal::Damaged)? {
                    Some(character) => Some(character),
                    None => predefined(&reference),
                };
                if let Some(last) = open.last_mut() {
                    last.text.push(character.ok_or(Refusal::Entities)?);
                }
            }
            Event::DocType(_) => return Err(Refusal::Entities),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(mut root), true) => root.children.pop().ok_or(Refusal::Damaged),
        _ => Err(Refusal::Damaged),
    }
}

/// Reads what the program itself holds, without a limit.
pub fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
    parse_within(bytes, &mut { u64::MAX })
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Puts a finished element into the one around it; of alternatives, the first that this program can show.
fn close(open: &mut [Element], element: Element) {
    let Some(parent) = open.last_mut() else { return };
    if element.name.as_ref() == "mc:AlternateContent" {
        let mut branches = element.children;
        let can = |branch: &Element| {
            branch.name.as_ref() == "mc:Choice"
                && branch
                    .attribute("Requires")
                    .is_some_and(|needs| needs.split_whitespace().all(|need| UNDERSTOOD.contains(&need)))
        };
        let chosen = branches.iter().position(can);
        let chosen = chosen.or_else(|| branches.iter().position(|branch| branch.name.as_ref() == "mc:Fallback"));
        if let Some(chosen) = chosen {
            parent.children.append(&mut branches.swap_remove(chosen).children);
        }
    } else {
        parent.children.push(element);
    }
}

/// Name spaces of alternatives that are understood.
const UNDERSTOOD: [&str; 9] = ["wps", "wpg", "wpc", "wp14", "w14", "w15", "wpi", "w16se", "a14"];

/// Names with the usual prefixes, each kept once.
#[derive(Default)]
struct Names {
    known: HashMap<String, Arc<str>>,
    /// Declared prefixes of the open elements: how deep, prefix, the usual prefix.
    declared: Vec<(usize, String, Option<&'static str>)>,
    depth: usize,
}

impl Names {
    fn element(&mut self, start: &BytesStart) -> Result<Element, Refusal> {
        self.depth += 1;
        let mut raw = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| Refusal::Damaged)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refusal::Entities)?;
            let key: &str = attribute.key.as_ref();
            if let Some(prefix) = key.strip_prefix("xmlns") {
                let prefix = prefix.strip_prefix(':').unwrap_or(prefix).to_owned();
                let usual = usual_prefix(&value);
                if usual.is_some_and(|usual| usual != prefix) || self.renamed(&prefix).is_some() {
                    self.declared.push((self.depth, prefix, usual));
                }
            } else {
                raw.push((key.to_owned(), Box::from(value.as_ref())));
            }
        }
        let mut attributes = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            // an attribute without a prefix has no name space
            let name = if key.contains(':') { self.name(&key) } else { self.intern(&key) };
            attributes.push((name, value));
        }
        let name: &str = start.name().0;
        Ok(Element { name: self.name(name), attributes, ..Element::default() })
    }

    fn leave(&mut self) {
        while self.declared.last().is_some_and(|(depth, ..)| *depth >= self.depth) {
            self.declared.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn renamed(&self, prefix: &str) -> Option<&'static str> {
        self.declared.iter().rev().find(|(_, declared, _)| declared == prefix).and_then(|(.., usual)| *usual)
    }

    fn name(&mut self, name: &str) -> Arc<str> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.renamed(prefix) {
            Some(usual) => self.intern(&format!("{usual}:{local}")),
            None => self.intern(name),
        }
    }

    fn intern(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.known.get(name) {
            return Arc::clone(known);
        }
        let kept: Arc<str> = Arc::from(name);
        self.known.insert(name.to_owned(), Arc::clone(&kept));
        kept
    }
}

/// The prefix that Word gives a name space, of the transitional or the strict format.
fn usual_prefix(space: &str) -> Option<&'static str> {
    let of = [
        ("/wordprocessingml/main", "w"),
        ("/wordprocessingml/2006/main", "w"),
        ("/drawingml/wordprocessingDrawing", "wp"),
        ("/drawingml/2006/wordprocessingDrawing", "wp"),
        ("/drawingml/main", "a"),
        ("/drawingml/2006/main", "a"),
        ("/drawingml/picture", "pic"),
        ("/drawingml/2006/picture", "pic"),
        ("/drawingml/chart", "c"),
        ("/drawingml/2006/chart", "c"),
        ("/officeDocument/relationships", "r"),
        ("/officeDocument/2006/relationships", "r"),
        ("/officeDocument/math", "m"),
        ("/officeDocument/2006/math", "m"),
        ("/markup-compatibility/2006", "mc"),
        ("/word/2010/wordprocessingShape", "wps"),
        ("/word/2010/wordprocessingGroup", "wpg"),
    ];
    of.into_iter().find(|(end, _)| space.ends_with(end)).map(|(_, prefix)| prefix).or(match space {
        "urn:schemas-microsoft-com:vml" => Some("v"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_usual_prefixes_whatever_the_file_calls_them() {
        let xml = "<x:p xmlns:x='http://schemas.openxmlformats.org/wordprocessingml/2006/main' x:val='1'>\
                   <b xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/></x:p>";
        let root = parse(xml.as_bytes()).unwrap();
        assert_eq!((root.name.as_ref(), root.value()), ("w:p", Some("1")));
        assert_eq!(root.children[0].name.as_ref(), "w:b");
    }

    #[test]
    fn of_alternatives_the_one_that_can_be_shown_is_taken() {
        let xml = "<p><mc:AlternateContent><mc:Choice Requires='cx'><a/></mc:Choice><mc:Fallback><b/></mc:Fallback>\
                   </mc:AlternateContent></p>";
        assert_eq!(parse(xml.as_bytes()).unwrap().children[0].name.as_ref(), "b");
    }

    #[test]
    fn entities_and_bottomless_parts_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>";
        assert_eq!(parse(bomb.as_bytes()), Err(Refusal::Entities));
        assert_eq!(parse("<a>&b;</a>".as_bytes()), Err(Refusal::Entities));
        assert_eq!(parse("<a>".repeat(1000).as_bytes()), Err(Refusal::TooDeep));
        assert_eq!(parse(b"<a><b></a>"), Err(Refusal::Damaged));
        assert_eq!(parse(b""), Err(Refusal::Damaged));
        assert_eq!(parse("<a>&lt;&#x515A;</a>".as_bytes()).unwrap().text, "<党");
    }

    #[test]
    fn elements_attributes_and_text_count_as_memory() {
        let elements = format!("<a>{}</a>", "<b/>".repeat(10_000));
        let texts = format!("<a>{}</a>", "字".repeat(40_000));
        let values = format!("<a>{}</a>", "<b c='1' d='2'/>".repeat(6000));
        for part in [elements, texts, values] {
            let mut left = 1 << 20;
            assert_eq!(parse_within(part.as_bytes(), &mut left), Err(Refusal::TooLarge));
            let mut left = 2 << 20;
            parse_within(part.as_bytes(), &mut left).unwrap();
            assert!(left < 1 << 20, "{left}");
        }
    }
}
