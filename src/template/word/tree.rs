//! A part's elements and where each stands in its bytes. The bytes themselves are never written anew: whatever a merge
//! does not change is copied.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements within elements; more are no document but an attack.
const DEEPEST: usize = 512;
/// Elements of one part.
const MOST_ELEMENTS: usize = 4_000_000;

/// Index of an element in its tree; elements are numbered in document order.
pub(super) type Id = usize;

/// A part of the package, read.
#[derive(Debug)]
pub(super) struct Tree {
    source: String,
    elements: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    parent: Option<Id>,
    /// One beyond the last element within it.
    last: Id,
    name: usize,
    start: usize,
    /// Where its start tag ends; for an empty element where it ends.
    inner_start: usize,
    inner_end: usize,
    end: usize,
}

/// Why a part cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is not UTF-8.
    NotText,
    /// It is not well-formed; the byte where that shows.
    NotWellFormed(usize),
    /// It defines entities, which no word processor writes.
    HasEntities,
    /// Too many elements, or too many within each other.
    TooLarge,
}

impl Tree {
    /// Reads a part.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let mut source = String::from_utf8(bytes).map_err(|_| Unreadable::NotText)?;
        if source.starts_with('\u{FEFF}') {
            source.remove(0);
        }
        // These stand for values in merged text; no word processor writes them.
        let reserved = |c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c);
        if source.contains(reserved) {
            source.retain(|c| !reserved(c));
        }
        let elements = elements(&source)?;
        Ok(Self { source, elements })
    }

    /// The part's text.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// A stretch of the part's text.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or_default()
    }

    /// All elements, in document order.
    pub(super) fn ids(&self) -> Range<Id> {
        0..self.elements.len()
    }

    /// The elements within one.
    pub(super) fn within(&self, id: Id) -> Range<Id> {
        id + 1..self.elements.get(id).map_or(id + 1, |element| element.last)
    }

    /// The elements right within one.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let within = self.within(id);
        let mut next = within.start;
        std::iter::from_fn(move || {
            let child = next;
            next = self.elements.get(child)?.last;
            (child < within.end).then_some(child)
        })
    }

    /// The first of the children of a name.
    pub(super) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).find(|&child| self.name(child) == name)
    }

    /// The name with its prefix.
    pub(super) fn name(&self, id: Id) -> &str {
        self.elements.get(id).map_or("", |element| self.text(element.start + 1..element.start + 1 + element.name))
    }

    /// The element that one stands in.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.elements.get(id)?.parent
    }

    /// The elements around one, the innermost first.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// The nearest element of a name around one.
    pub(super) fn around(&self, id: Id, name: &str) -> Option<Id> {
        self.ancestors(id).find(|&id| self.name(id) == name)
    }

    /// The bytes of an element, tags included.
    pub(super) fn outer(&self, id: Id) -> Range<usize> {
        self.elements.get(id).map_or(0..0, |element| element.start..element.end)
    }

    /// The bytes between its tags; empty and at its end for an element without content.
    pub(super) fn inner(&self, id: Id) -> Range<usize> {
        self.elements.get(id).map_or(0..0, |element| element.inner_start..element.inner_end)
    }

    /// The bytes of its start tag.
    pub(super) fn start_tag(&self, id: Id) -> Range<usize> {
        self.elements.get(id).map_or(0..0, |element| element.start..element.inner_start)
    }

    /// The attributes of an element: name, and the bytes of the value between its quotation marks.
    pub(super) fn attributes(&self, id: Id) -> Vec<(&str, Range<usize>)> {
        let tag = self.start_tag(id);
        let mut found = Vec::new();
        let mut at = tag.start + 1 + self.name(id).len();
        loop {
            let rest = self.text(at..tag.end);
            let Some(equals) = rest.find('=') else { return found };
            let name = rest.get(..equals).unwrap_or_default().trim();
            let after = rest.get(equals + 1..).unwrap_or_default();
            let Some(open) = after.find(['"', '\'']) else { return found };
            let quote = if after.as_bytes().get(open) == Some(&b'"') { '"' } else { '\'' };
            let start = at + equals + 1 + open + 1;
            let Some(length) = self.text(start..tag.end).find(quote) else { return found };
            found.push((name, start..start + length));
            at = start + length + 1;
        }
    }

    /// The bytes of an attribute's value.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<Range<usize>> {
        self.attributes(id).into_iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The bytes of an attribute with its name, its quotation marks and the blanks before it.
    pub(super) fn whole_attribute(&self, id: Id, name: &str) -> Option<Range<usize>> {
        let mut from = self.start_tag(id).start + 1 + self.name(id).len();
        for (known, value) in self.attributes(id) {
            let to = value.end + 1;
            if known == name {
                return Some(from..to);
            }
            from = to;
        }
        None
    }

    /// An attribute's value as it is written.
    pub(super) fn value(&self, id: Id, name: &str) -> Option<&str> {
        self.attribute(id, name).map(|range| self.text(range))
    }
}

fn elements(source: &str) -> Result<Vec<Element>, Unreadable> {
    let mut reader = Reader::from_str(source);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<Id> = Vec::new();
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::NotWellFormed(from))?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(source.len()).min(source.len());
        match event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().len();
                let element = Element {
                    parent: open.last().copied(),
                    last: 0,
                    name,
                    start: from,
                    inner_start: to,
                    inner_end: to,
                    end: to,
                };
                open.push(elements.len());
                elements.push(element);
            }
            Event::Empty(tag) => {
                let (id, name) = (elements.len(), tag.name().as_ref().len());
                let parent = open.last().copied();
                elements.push(Element {
                    parent,
                    last: id + 1,
                    name,
                    start: from,
                    inner_start: to,
                    inner_end: to,
                    end: to,
                });
            }
            Event::End(_) => {
                let last = elements.len();
                let Some(element) = open.pop().and_then(|id| elements.get_mut(id)) else {
                    return Err(Unreadable::NotWellFormed(from));
                };
                (element.last, element.inner_end, element.end) = (last, from, to);
            }
            Event::DocType(_) => return Err(Unreadable::HasEntities),
            Event::Eof if open.is_empty() => return Ok(elements),
            Event::Eof => return Err(Unreadable::NotWellFormed(from)),
            _ => {}
        }
        if open.len() > DEEPEST || elements.len() > MOST_ELEMENTS {
            return Err(Unreadable::TooLarge);
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(source: &str) -> Tree {
        Tree::read(source.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn elements_know_their_bytes_and_each_other() {
        let tree = tree("<?xml version=\"1.0\"?><w:a x = '1' y=\"a&gt;b\"><w:b/>文<w:c>字</w:c></w:a>");
        let names: Vec<_> = tree.ids().map(|id| tree.name(id)).collect();
        assert_eq!(names, ["w:a", "w:b", "w:c"]);
        assert_eq!(tree.children(0).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(tree.text(tree.outer(2)), "<w:c>字</w:c>");
        assert_eq!(tree.text(tree.inner(2)), "字");
        assert_eq!((tree.value(0, "x"), tree.value(0, "y"), tree.value(0, "z")), (Some("1"), Some("a&gt;b"), None));
        assert!(tree.inner(1).is_empty());
        assert_eq!(tree.whole_attribute(0, "x").map(|range| tree.text(range)), Some(" x = '1'"));
        assert_eq!(tree.whole_attribute(0, "y").map(|range| tree.text(range)), Some(" y=\"a&gt;b\""));
    }

    #[test]
    fn what_no_word_processor_writes_is_refused() {
        let refused = |source: &[u8]| Tree::read(source.to_vec()).unwrap_err();
        assert_eq!(refused(b"\xff\xfe<\0"), Unreadable::NotText);
        assert_eq!(refused(b"<a><b></a>"), Unreadable::NotWellFormed(6));
        assert_eq!(refused(b"<a>"), Unreadable::NotWellFormed(3));
        assert_eq!(refused(b"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"), Unreadable::HasEntities);
        assert_eq!(refused("<a>".repeat(600).as_bytes()), Unreadable::TooLarge);
    }
}
