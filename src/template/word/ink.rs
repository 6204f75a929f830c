//! What can be seen in a part: where a paragraph, a row or a cell holds nothing but the tags of blocks.

use std::collections::HashSet;
use std::ops::Range;

use super::text::Text;
use super::tree::{Id, Tree};

/// Elements that are seen though they hold no text.
const OBJECTS: [&str; 14] = [
    "w:drawing",
    "w:pict",
    "w:object",
    "w:sym",
    "w:footnoteReference",
    "w:endnoteReference",
    "w:fldSimple",
    "w:fldChar",
    "w:pgNum",
    "w:ptab",
    "w:altChunk",
    "m:oMath",
    "a:fld",
    "mc:AlternateContent",
];

/// Places of what is seen, and of what takes room.
#[derive(Debug)]
pub(super) struct Ink {
    seen: Vec<usize>,
    solid: Vec<usize>,
}

impl Ink {
    /// Looks at a part; `hidden` says which letters of a text are those of block tags.
    pub(super) fn of(tree: &Tree, texts: &[Text], hidden: impl Fn(usize) -> Vec<bool>) -> Self {
        let (mut seen, mut solid) = (Vec::new(), Vec::new());
        let mut read: HashSet<Id> = HashSet::new();
        for (number, text) in texts.iter().enumerate() {
            for (letter, hidden) in text.letters.iter().zip(hidden(number)) {
                read.insert(letter.element);
                if hidden {
                    continue;
                }
                solid.push(letter.bytes().start);
                if !letter.shown.is_whitespace() {
                    seen.push(letter.bytes().start);
                }
            }
        }
        for id in tree.ids().filter(|id| !read.contains(id)) {
            let (at, name) = (tree.outer(id).start, tree.name(id));
            let (is_seen, is_solid) = match name {
                "w:t" | "a:t" => {
                    let text = tree.text(tree.inner(id));
                    (!text.trim().is_empty(), !text.is_empty())
                }
                "w:br" => (tree.value(id, "w:type").is_some_and(|kind| kind != "textWrapping"), true),
                "w:tab" | "w:cr" | "a:br" => (false, true),
                _ => (OBJECTS.contains(&name), OBJECTS.contains(&name)),
            };
            seen.extend(is_seen.then_some(at));
            solid.extend(is_solid.then_some(at));
        }
        seen.sort_unstable();
        solid.sort_unstable();
        Self { seen, solid }
    }

    /// Whether anything is seen in a stretch.
    pub(super) fn seen_in(&self, range: Range<usize>) -> bool {
        any_in(&self.seen, range)
    }

    /// Whether anything in a stretch takes room, blanks too.
    pub(super) fn solid_in(&self, range: Range<usize>) -> bool {
        any_in(&self.solid, range)
    }
}

fn any_in(places: &[usize], range: Range<usize>) -> bool {
    let first = places.partition_point(|place| *place < range.start);
    places.get(first).is_some_and(|place| *place < range.end)
}
