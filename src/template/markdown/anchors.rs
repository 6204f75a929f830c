//! The places of a text that can be referred to: headings and captions. Each has a bookmark around all of it and one
//! around its number; those that nothing leads to are taken out at the end.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::inline;
use crate::document::{Block, Bookmark, Bound, CharacterFormat, Content, Link, Run};

/// What an anchor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of a level from 0.
    Heading(usize),
    /// The caption of a table.
    Table,
    /// The caption of a figure.
    Figure,
}

/// A heading or caption.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub kind: Kind,
    /// Its number as it stands before the text, with what parts the two; empty if it has none.
    pub label: String,
    /// Its text without the number.
    pub text: String,
    /// The bookmark around all of it.
    pub whole: Arc<str>,
    /// The bookmark around its number.
    pub number: Arc<str>,
}

/// What follows a number and is no part of it where it is referred to.
const AFTER_NUMBER: [char; 6] = ['、', '.', '．', '，', ' ', '\u{3000}'];
const WHOLE: &str = "_Toc";
const NUMBER: &str = "_Ref";

impl Anchor {
    /// The anchor of a number, from 1, and the runs with its bookmarks: those of its number as references show it, what
    /// parts that from the text, and the text.
    pub(super) fn new(kind: Kind, at: usize, number: Vec<Run>, after: &str, text: Vec<Run>) -> (Self, Vec<Run>) {
        let anchor = Self {
            kind,
            label: inline::text_of(&number) + after,
            text: inline::text_of(&text).replace('\n', ""),
            whole: format!("{WHOLE}{at}").into(),
            number: format!("{NUMBER}{at}").into(),
        };
        let mut runs = vec![begins(&anchor.whole)];
        if !number.is_empty() {
            runs.push(begins(&anchor.number));
            runs.extend(number);
            runs.push(ends(&anchor.number));
        }
        runs.extend((!after.is_empty()).then(|| Run::text(after)));
        runs.extend(text);
        runs.push(ends(&anchor.whole));
        (anchor, runs)
    }

    /// Its number as a reference shows it: `表1`, `第二章`, `二`.
    pub(super) fn shown_label(&self) -> &str {
        self.label.trim_end_matches(AFTER_NUMBER)
    }

    /// Number and text, as an entry of the contents shows them.
    pub(super) fn shown(&self) -> String {
        format!("{}{}", self.label, self.text)
    }
}

/// Parts a label into the number as references show it and what follows.
pub(super) fn parted(label: &str) -> (&str, &str) {
    label.split_at(label.trim_end_matches(AFTER_NUMBER).len())
}

/// Takes the bookmarks of anchors out of a text that nothing leads to.
pub(super) fn drop_unused(blocks: &mut [Block], used: &BTreeSet<Arc<str>>) {
    each_paragraph(blocks, &mut |runs| {
        runs.retain(|run| match &run.content {
            Content::Bookmark(Bookmark::Named(name)) | Content::Bound(Bound::BookmarkEnd(name)) => {
                used.contains(name) || !(name.starts_with(WHOLE) || name.starts_with(NUMBER))
            }
            _ => true,
        });
    });
}

/// Does something with the runs of every paragraph, those in tables too.
pub(super) fn each_paragraph(blocks: &mut [Block], does: &mut dyn FnMut(&mut Vec<Run>)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => does(&mut paragraph.runs),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| each_paragraph(&mut cell.blocks, does));
            }
        }
    }
}

fn begins(name: &Arc<str>) -> Run {
    Run::of(Content::Bookmark(Bookmark::Named(Arc::clone(name))))
}

fn ends(name: &Arc<str>) -> Run {
    Run::of(Content::Bound(Bound::BookmarkEnd(Arc::clone(name))))
}

/// A field and what it shows, in one format.
pub(super) fn field(instruction: String, shown: &str, format: &CharacterFormat) -> [Run; 3] {
    let run = |content| Run { content, format: format.clone().into(), source: None };
    [
        run(Content::Bound(Bound::FieldBegin(instruction.into()))),
        run(Content::Text(shown.to_owned())),
        run(Content::Bound(Bound::FieldEnd)),
    ]
}

/// A format that leads to a bookmark.
pub(super) fn leading_to(name: &Arc<str>) -> CharacterFormat {
    CharacterFormat { link: Some(Some(Link::Bookmark(Arc::clone(name)))), ..CharacterFormat::default() }
}
