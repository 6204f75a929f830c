//! How much a drawing comes to before it is drawn: parts are used again and again (`use`, patterns, markers), so that a
//! few lines can stand for more shapes than there is memory for.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most elements, every use of one counted.
const MOST_ELEMENTS: u64 = 200_000;
/// The most elements within each other.
const MOST_DEPTH: usize = 200;

/// Elements that a byte of text counts as: the outlines of its letters.
const BYTE_OF_TEXT: u64 = 2;
/// Elements that one with a filter counts as: each takes all pixels anew.
const FILTERED: u64 = 4000;

/// What a drawing comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It can be drawn.
    Fits(Has),
    /// It has too many parts.
    TooMuch,
    /// It is not XML.
    Broken,
    /// It has something that is not drawn, by its name.
    Beyond(&'static str),
}

/// What a drawing has besides shapes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Has {
    /// Text.
    pub text: bool,
    /// Filters.
    pub filters: bool,
}

/// An element: what it holds and what it uses.
#[derive(Debug, Default)]
struct Node {
    /// What it comes to beside itself.
    own: u64,
    is_text: bool,
    children: Vec<usize>,
    /// Identifiers that it names, each with how often.
    uses: Vec<(String, u64)>,
    weight: Option<u64>,
}

/// Weighs a drawing.
pub(super) fn weigh(bytes: &[u8]) -> Weight {
    let mut nodes = vec![Node::default()];
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut open = vec![0];
    let mut has = Has::default();
    let mut reader = Reader::from_reader(bytes);
    loop {
        let (tag, closes) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, false),
            Ok(Event::Empty(tag)) => (tag, true),
            Ok(Event::End(_)) => {
                open.pop();
                continue;
            }
            Ok(Event::Eof) => break,
            Ok(Event::Text(text)) => {
                if let Some(node) = open.last().and_then(|at| nodes.get_mut(*at)).filter(|node| node.is_text) {
                    node.own = node.own.saturating_add(text.len() as u64 * BYTE_OF_TEXT);
                }
                continue;
            }
            // entities of a drawing's own are nothing that drawing programs write
            Ok(Event::DocType(text)) if text.contains("<!ENTITY") => return Weight::TooMuch,
            Ok(_) => continue,
            Err(_) => return Weight::Broken,
        };
        if nodes.len() as u64 > MOST_ELEMENTS || open.len() > MOST_DEPTH {
            return Weight::TooMuch;
        }
        if let Some(beyond) = beyond(&tag) {
            return Weight::Beyond(beyond);
        }
        let (mut node, name) = read(&tag);
        let within_text = open.last().and_then(|parent| nodes.get(*parent)).is_some_and(|parent| parent.is_text);
        node.is_text = within_text || tag.local_name().as_ref() == "text";
        has.text |= node.is_text;
        has.filters |= tag.local_name().as_ref() == "filter" || node.own > 0;
        nodes.push(node);
        let at = nodes.len() - 1;
        if let Some(parent) = open.last().and_then(|parent| nodes.get_mut(*parent)) {
            parent.children.push(at);
        }
        if let Some(name) = name {
            names.entry(name).or_insert(at);
        }
        if !closes {
            open.push(at);
        }
    }
    match total(&mut nodes, &names) {
        Some(weight) if weight <= MOST_ELEMENTS => Weight::Fits(has),
        _ => Weight::TooMuch,
    }
}

/// What is not drawn, in words of the field.
fn beyond(tag: &BytesStart<'_>) -> Option<&'static str> {
    match tag.local_name().as_ref() {
        // what may take time without end, or names other parts
        "feTurbulence" | "feImage" | "feTile" | "feMorphology" | "feConvolveMatrix" | "feDisplacementMap"
        | "feDiffuseLighting" | "feSpecularLighting" => Some("SVG <filter>"),
        "textPath" => Some("SVG <textPath>"),
        "foreignObject" => Some("SVG <foreignObject>"),
        "image" => {
            let mut attributes = tag.attributes();
            let mut named = attributes.with_checks(false).flatten();
            let inside = named.all(|attribute| {
                attribute.key.local_name().as_ref() != "href" || attribute.value.trim_start().starts_with("data:")
            });
            (!inside).then_some("SVG <image href>")
        }
        _ => None,
    }
}

/// An element's references and its own identifier.
fn read(tag: &BytesStart<'_>) -> (Node, Option<String>) {
    let mut node = Node::default();
    let mut name = None;
    // a marker stands at every point of a path
    let mut points = 1;
    let mut uses = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value: &str = &attribute.value;
        match attribute.key.local_name().as_ref() {
            "id" => name = Some(value.to_owned()),
            "d" | "points" => points = value.len() as u64,
            key => {
                if key == "filter" || key == "style" && value.contains("filter") {
                    node.own = FILTERED;
                }
                let marks = key.starts_with("marker") || value.contains("marker");
                let targets = value.split('#').skip(1).filter_map(|rest| {
                    let end = rest.find([')', '"', '\'', ' ', ';', '&']).unwrap_or(rest.len());
                    rest.get(..end).filter(|name| !name.is_empty() && !value.starts_with("data:"))
                });
                uses.extend(targets.map(|target| (target.to_owned(), marks)));
            }
        }
    }
    node.uses = uses.into_iter().map(|(target, marks)| (target, if marks { points } else { 1 })).collect();
    (node, name)
}

/// Elements in all; nothing if one uses itself.
fn total(nodes: &mut [Node], names: &HashMap<String, usize>) -> Option<u64> {
    // each element is looked at twice: before and after what it holds and uses
    let mut todo = vec![(0, false)];
    let mut within = vec![false; nodes.len()];
    while let Some((at, after)) = todo.pop() {
        let node = nodes.get(at)?;
        if node.weight.is_some() {
            continue;
        }
        let used = node.uses.iter().filter_map(|(name, times)| Some((*names.get(name)?, *times)));
        let parts = node.children.iter().map(|child| (*child, 1)).chain(used);
        if after {
            let weight_of =
                |(part, times): (usize, u64)| nodes.get(part)?.weight.map(|weight| weight.saturating_mul(times));
            let mut sum = nodes.get(at)?.own.saturating_add(1);
            for part in parts {
                sum = sum.saturating_add(weight_of(part)?);
            }
            nodes.get_mut(at)?.weight = Some(sum);
            *within.get_mut(at)? = false;
            continue;
        }
        if std::mem::replace(within.get_mut(at)?, true) {
            return None;
        }
        let parts: Vec<_> = parts.map(|(part, _)| (part, false)).collect();
        todo.push((at, true));
        for (part, _) in parts {
            if nodes.get(part)?.weight.is_none() {
                if *within.get(part)? {
                    return None;
                }
                todo.push((part, false));
            }
        }
    }
    nodes.first()?.weight
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Weight {
        weigh(format!("<svg xmlns='http://www.w3.org/2000/svg'>{content}</svg>").as_bytes())
    }

    #[test]
    fn a_plain_drawing_fits() {
        let shapes =
            "<defs><linearGradient id='a'/></defs><g fill=\"url(#a)\"><use href='#b'/></g><path id='b' d='M0 0'/>";
        assert_eq!(of(shapes), Weight::Fits(Has::default()));
    }

    #[test]
    fn parts_used_by_parts_are_counted_as_often_as_they_are_drawn() {
        let mut laughs = "<g id='l0'><path d='M0 0'/></g>".to_owned();
        for level in 1..30 {
            let uses = format!("<use href='#l{}'/>", level - 1).repeat(10);
            laughs += &format!("<g id='l{level}'>{uses}</g>");
        }
        assert_eq!(of(&laughs), Weight::TooMuch);
        assert_eq!(of("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), Weight::TooMuch);
        assert_eq!(of("<g id='a'><use href='#a'/></g>"), Weight::TooMuch);
        let points = "1 1 ".repeat(90_000);
        let marked = format!("<marker id='m'><path d='M0 0'/></marker><path d='{points}' marker-mid='url(#m)'/>");
        assert_eq!(of(&marked), Weight::TooMuch);
        assert_eq!(of(&"<g>".repeat(300)), Weight::TooMuch);
        assert_eq!(weigh(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Weight::TooMuch);
    }

    #[test]
    fn what_is_not_drawn_is_told() {
        assert_eq!(of("<text>甲<tspan>乙</tspan></text>"), Weight::Fits(Has { text: true, filters: false }));
        assert_eq!(of(&format!("<text>{}</text>", "字".repeat(40_000))), Weight::TooMuch);
        let blur = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><path d='M0 0' filter='url(#f)'/>";
        assert_eq!(of(blur), Weight::Fits(Has { text: false, filters: true }));
        assert_eq!(of(&"<path d='M0 0' style='filter:blur(2px)'/>".repeat(60)), Weight::TooMuch);
        assert_eq!(of("<filter><feTurbulence numOctaves='1000000000'/></filter>"), Weight::Beyond("SVG <filter>"));
        assert_eq!(of("<image href='file:///etc/passwd'/>"), Weight::Beyond("SVG <image href>"));
        assert_eq!(of("<image xlink:href='data:image/png;base64,AAAA'/>"), Weight::Fits(Has::default()));
        assert_eq!(weigh(b"<svg><"), Weight::Broken);
    }
}
