//! Contents: entries that lead to headings and captions, with their pages. A word processor can make them anew (`TOC`);
//! the pages that they show are those of our own setting ([`Document::renew_page_references`]).
//!
//! [`Document::renew_page_references`]: crate::document::Document::renew_page_references

use std::collections::BTreeSet;
use std::sync::Arc;

use super::anchors::{Anchor, Kind, field, leading_to};
use crate::document::{Block, Bound, CharacterFormat, Content, Paragraph, Run};
use crate::style::{Contents, Style, id};

/// The blocks of the contents, none if there is nothing to list. The bookmarks that they lead to are added to `used`.
pub(super) fn blocks(wanted: Contents, anchors: &[Anchor], used: &mut BTreeSet<Arc<str>>, style: &Style) -> Vec<Block> {
    let levels = usize::from(wanted.levels);
    let mut blocks = Vec::new();
    let mut list = |title: &str, instruction: String, is_listed: &dyn Fn(Kind) -> Option<&'static str>| {
        let entries = entries(anchors, used, style, is_listed);
        let first = blocks.is_empty();
        blocks.extend(headed(title, &instruction, entries, first, style));
    };
    if levels > 0 {
        let of_level = |kind| match kind {
            Kind::Heading(level) if level < levels => id::CONTENTS.get(level).copied(),
            _ => None,
        };
        list("目　录", format!("TOC \\o \"1-{levels}\" \\h \\z \\u"), &of_level);
    }
    for (on, kind, name) in [(wanted.tables, Kind::Table, "表"), (wanted.figures, Kind::Figure, "图")] {
        if on {
            let of_kind = |other| (other == kind).then_some(id::CONTENTS_CAPTIONS);
            list(&format!("{name}目录"), format!("TOC \\h \\z \\c \"{name}\""), &of_kind);
        }
    }
    blocks
}

/// An entry for each anchor that has a style there.
fn entries(
    anchors: &[Anchor],
    used: &mut BTreeSet<Arc<str>>,
    style: &Style,
    is_listed: &dyn Fn(Kind) -> Option<&'static str>,
) -> Vec<Paragraph> {
    let mut entries = Vec::new();
    for anchor in anchors {
        let Some(style_id) = is_listed(anchor.kind) else { continue };
        let bookmark = Arc::clone(&anchor.whole);
        let format = leading_to(&bookmark);
        let run = |content| Run { content, format: format.clone().into(), source: None };
        let mut runs = vec![run(Content::Text(anchor.shown())), run(Content::Tab)];
        runs.extend(field(format!("PAGEREF {bookmark} \\h"), "1", &format));
        let style = style.sheet.find(style_id).unwrap_or_default();
        entries.push(Paragraph { style, runs, ..Paragraph::default() });
        used.insert(bookmark);
    }
    entries
}

/// A title and entries within one field.
fn headed(title: &str, instruction: &str, mut entries: Vec<Paragraph>, first: bool, style: &Style) -> Vec<Block> {
    let bound = |bound| Run { content: Content::Bound(bound), format: CharacterFormat::default().into(), source: None };
    match entries.first_mut() {
        Some(first) => first.runs.insert(0, bound(Bound::FieldBegin(instruction.into()))),
        None => return Vec::new(),
    }
    if let Some(last) = entries.last_mut() {
        last.runs.push(bound(Bound::FieldEnd));
    }
    let mut title = Paragraph::text(style.sheet.find(id::CONTENTS_TITLE).unwrap_or_default(), title);
    if !first {
        // as far below the list before as its own list is below it
        title.format.space_before = Some(style.sheet.paragraph_format(&title).space_after);
    }
    std::iter::once(title).chain(entries).map(Block::Paragraph).collect()
}
