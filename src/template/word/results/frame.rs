//! What a table of contents stands in: the paragraphs that begin and end its field, and what of them stays.

use super::super::field_marks::{mark, run};
use super::super::tree::Id;
use super::edit::Changes;

use super::part::{Field, Part};

/// A field over paragraphs.
pub(super) struct Frame<'a> {
    part: &'a Part,
    first: Id,
    last: Id,
    /// Content of the first paragraph up to the result.
    before: String,
    /// What ends the field, and what follows it in its paragraph.
    after: String,
    /// Text stands before the field in its paragraph, or behind it.
    text_before: bool,
    text_after: bool,
    /// Bookmarks that begin or end in the result, and not both.
    kept: String,
    /// The last paragraph shows a line, and does not only end the field.
    ends_in_line: bool,
}

impl<'a> Frame<'a> {
    /// The frame of a field; nothing if it begins and ends in different structures.
    pub(super) fn of(part: &'a Part, field: &Field) -> Option<Self> {
        let tree = &part.tree;
        let (first, last) = (part.context(field.begin).paragraph?, part.context(field.end).paragraph?);
        let (begins, ends) = (part.child_of_paragraph(field.begin)?, part.child_of_paragraph(field.end)?);
        let ends_section = |id: Id| tree.name(id) == "w:sectPr" && part.context(id).paragraph != Some(last);
        if tree.parent(first) != tree.parent(last) || (first..last).any(ends_section) {
            return None;
        }
        let from = tree.child(first, "w:pPr").map_or(tree.start_tag(first).end, |own| tree.outer(own).end);
        let (before, result_at) = if field.simple {
            let written = tree.value(field.begin, "w:instr").unwrap_or_default();
            let code = run("", &format!("<w:instrText xml:space=\"preserve\">{written}</w:instrText>"));
            let at = tree.outer(begins).start;
            (tree.text(from..at).to_owned() + &mark("", "begin") + &code + &mark("", "separate"), at)
        } else {
            // Without a result the field ends right behind its instruction.
            let at = field.separate.map_or(tree.outer(field.end).start, |separate| tree.outer(separate).end);
            let run = part.child_of_paragraph(field.separate.unwrap_or(field.end))?;
            let stands_in_run = tree.name(run) == "w:r" && tree.parent(run) == Some(first);
            let begun = stands_in_run.then(|| tree.text(from..at).to_owned() + "</w:r>")?;
            (begun + &if field.separate.is_some() { String::new() } else { mark("", "separate") }, at)
        };
        let rest = tree.text(tree.outer(ends).end..tree.inner(last).end);
        let in_run = tree.parent(field.end) == Some(ends) && !field.simple;
        let end = match in_run {
            true => {
                let look = tree.child(ends, "w:rPr").map(|look| tree.text(tree.outer(look))).unwrap_or_default();
                format!("<w:r>{look}{}", tree.text(tree.outer(field.end).start..tree.outer(ends).end))
            }
            false => mark("", "end"),
        };
        let texts = |from: usize, to: usize| {
            let mut texts = part.texts(tree.within(first).start..tree.within(last).end);
            texts.any(|text| (from..to).contains(&tree.outer(text).start))
        };
        Some(Self {
            part,
            first,
            last,
            before,
            after: end + rest,
            text_before: texts(tree.outer(first).start, tree.outer(begins).start),
            text_after: texts(tree.outer(ends).end, tree.outer(last).end),
            kept: kept(part, result_at, tree.outer(ends).start),
            ends_in_line: first == last || texts(tree.outer(last).start, tree.outer(ends).start),
        })
    }

    /// Puts lines, each its properties and its content, in the place of the paragraphs.
    pub(super) fn write(&self, lines: &[(String, String)], changes: &mut Changes) {
        let tree = &self.part.tree;
        let own =
            |paragraph: Id| tree.child(paragraph, "w:pPr").map(|own| tree.text(tree.outer(own))).unwrap_or_default();
        let section = tree.child(self.last, "w:pPr").and_then(|own| tree.child(own, "w:sectPr"));
        let section = section.map(|section| tree.text(tree.outer(section))).unwrap_or_default();
        // Word ends the field in a paragraph of its own, others in that of the last line.
        let ends_apart = self.text_after || !self.ends_in_line;
        let open = |paragraph: Id| {
            let tag = tree.text(tree.start_tag(paragraph));
            tag.strip_suffix("/>").map_or_else(|| tag.to_owned(), |tag| format!("{tag}>"))
        };
        let mut text = open(self.first);
        let mut lines = lines.iter().enumerate().peekable();
        if self.text_before {
            text += &format!("{}{}</w:p>", own(self.first), self.before);
        }
        while let Some((at, (properties, content))) = lines.next() {
            let last = lines.peek().is_none() && !ends_apart;
            // A section ends where the field does.
            let section = if last { section } else { "" };
            let begun = if at == 0 && !self.text_before { self.before.as_str() } else { "<w:p>" };
            match at == 0 && !self.text_before {
                true => text += &format!("<w:pPr>{properties}{section}</w:pPr>{begun}{content}"),
                false => text += &format!("{begun}<w:pPr>{properties}{section}</w:pPr>{content}"),
            }
            text += if last { "" } else { "</w:p>" };
        }
        if ends_apart {
            text += &if self.first == self.last { "<w:p>".to_owned() } else { open(self.last) };
            text += own(self.last);
        }
        text += &format!("{}{}</w:p>", self.kept, self.after);
        changes.replace(tree.outer(self.first).start..tree.outer(self.last).end, text);
    }
}

/// Bookmarks of which only one end stands in a stretch.
fn kept(part: &Part, from: usize, to: usize) -> String {
    let tree = &part.tree;
    let inside = |id: Id| (from..to).contains(&tree.outer(id).start);
    let torn = part.bookmarks.iter().filter(|mark| inside(mark.start) != inside(mark.end));
    let mut ends: Vec<Id> = torn.map(|mark| if inside(mark.start) { mark.start } else { mark.end }).collect();
    ends.sort_unstable();
    ends.into_iter().map(|id| tree.text(tree.outer(id))).collect()
}
