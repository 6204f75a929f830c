//! Puts new results into a part: what is not a result stays byte for byte.

use std::ops::Range;

use super::super::escape::with_breaks;
use super::super::tree::Id;
use super::part::{Field, Part};

/// Stretches of a part with what takes their places.
#[derive(Debug, Default)]
pub(super) struct Changes {
    list: Vec<(Range<usize>, String)>,
}

impl Changes {
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.list.push((range, text.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The source with the changes made; what would change a stretch that has been replaced is left out.
    pub(super) fn made_in(mut self, source: &str) -> String {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(source.len());
        let mut at = 0;
        for (range, put) in self.list {
            if range.start < at {
                continue;
            }
            text += source.get(at..range.start).unwrap_or_default();
            text += &put;
            at = range.end.max(range.start);
        }
        text + source.get(at..).unwrap_or_default()
    }
}

/// Puts a result into a field. Says whether it could: a result of several paragraphs is not touched.
pub(super) fn set_result(part: &Part, field: &Field, result: &str, changes: &mut Changes) -> bool {
    if part.cached(field) == result {
        return true;
    }
    let tree = &part.tree;
    let (begin, end) = (part.context(field.begin), part.context(field.end));
    if begin.paragraph.is_none() || begin.paragraph != end.paragraph {
        return false;
    }
    let mut inside = String::from("<w:t xml:space=\"preserve\">");
    with_breaks(result, &mut inside);
    inside += "</w:t>";
    let texts: Vec<Id> = part.texts(part.result(field)).collect();
    if let Some(first) = texts.iter().copied().find(|&id| tree.name(id) == "w:t") {
        for id in texts {
            changes.replace(tree.outer(id), if id == first { inside.as_str() } else { "" });
        }
        return true;
    }
    if field.simple {
        let (outer, run) = (tree.outer(field.begin), format!("<w:r>{inside}</w:r>"));
        match tree.text(tree.start_tag(field.begin)).strip_suffix("/>") {
            Some(tag) if tree.inner(field.begin).is_empty() => {
                changes.replace(outer, format!("{tag}>{run}</w:fldSimple>"));
            }
            _ => changes.insert(tree.inner(field.begin).end, run),
        }
        return true;
    }
    let Some(run) = tree.parent(field.end) else { return false };
    let first = field.separate.unwrap_or(field.begin);
    let separate = match field.separate {
        Some(_) => "",
        None => "<w:fldChar w:fldCharType=\"separate\"/>",
    };
    if tree.parent(first) == Some(run) {
        changes.insert(tree.outer(field.end).start, format!("{separate}{inside}"));
    } else {
        let look = tree.child(run, "w:rPr").map(|look| tree.text(tree.outer(look))).unwrap_or_default();
        let separate = if separate.is_empty() { String::new() } else { format!("<w:r>{look}{separate}</w:r>") };
        changes.insert(tree.outer(run).start, format!("{separate}<w:r>{look}{inside}</w:r>"));
    }
    true
}
