//! What is changed in a part's bytes: stretches that go, tags and text that are put in. Everything else is kept.

use std::ops::Range;

use super::marks::Mark;
use crate::template::expression::{Piece, Tag};

/// The order of what is put in at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Ends what stands before the place.
    Ends,
    /// Stands between; the number tells the order.
    Between(usize),
    /// Begins what stands after the place.
    Begins,
}

#[derive(Clone, Debug)]
enum What {
    Gone(usize),
    Text(String),
    Tag(Box<Tag>, String, String),
    Pieces(Vec<Piece>),
}

/// Changes, in any order.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    list: Vec<(usize, Rank, What)>,
}

impl Edits {
    /// Takes a stretch out.
    pub(super) fn delete(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            // After everything that is put in where it begins.
            self.list.push((range.start, Rank::Begins, What::Gone(range.end)));
        }
    }

    /// Puts text in.
    pub(super) fn insert(&mut self, at: usize, rank: Rank, text: impl Into<String>) {
        self.list.push((at, rank, What::Text(text.into())));
    }

    /// Puts text in the place of a stretch.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.insert(range.start, Rank::Begins, text);
        self.delete(range);
    }

    /// Puts a tag in, with text right before and after it. Even within a stretch that goes it stays.
    pub(super) fn tag(&mut self, at: usize, rank: Rank, tag: Tag, before: String, after: String) {
        self.list.push((at, rank, What::Tag(Box::new(tag), before, after)));
    }

    /// Puts pieces in.
    pub(super) fn insert_pieces(&mut self, at: usize, pieces: Vec<Piece>) {
        self.list.push((at, Rank::Begins, What::Pieces(pieces)));
    }

    /// The changes within a stretch.
    pub(super) fn within(&self, range: &Range<usize>) -> Self {
        let inside = self.list.iter().filter(|(at, ..)| *at > range.start && *at < range.end);
        Self { list: inside.cloned().collect() }
    }

    /// Puts the pieces of another part, between two marks, in the place of a stretch.
    pub(super) fn pieces(&mut self, range: Range<usize>, begin: Mark<'_>, pieces: Vec<Piece>, end: Mark<'_>) {
        let at = range.start;
        self.insert(at, Rank::Begins, begin.write());
        self.insert_pieces(at, pieces);
        self.insert(at, Rank::Begins, end.write());
        self.delete(range);
    }

    /// The source with the changes made, where no tag is put in.
    pub(super) fn into_text(self, source: &str) -> String {
        self.into_text_of(source, 0..source.len())
    }

    /// A stretch of the source with the changes made, where no tag is put in.
    pub(super) fn into_text_of(self, source: &str, range: Range<usize>) -> String {
        let text = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Tag(_) => String::new(),
        };
        self.into_pieces(source, range).into_iter().map(text).collect()
    }

    /// The pieces of a stretch of the source with the changes made.
    pub(super) fn into_pieces(mut self, source: &str, range: Range<usize>) -> Vec<Piece> {
        self.list.sort_by_key(|(at, rank, _)| (*at, *rank));
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut at = range.start;
        let inside = |place: usize| place >= range.start && place <= range.end;
        for (place, _, what) in self.list.into_iter().filter(|(place, ..)| inside(*place)) {
            if place > at {
                text += source.get(at..place.min(range.end)).unwrap_or_default();
                at = place;
            }
            match what {
                What::Gone(end) => at = at.max(end),
                // What would be put into a stretch that went goes too.
                What::Text(put) if place == at => text += &put,
                What::Text(_) => {}
                What::Tag(tag, before, after) => {
                    text += &before;
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.push(Piece::Tag(*tag));
                    text += &after;
                }
                What::Pieces(put) => {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.extend(put);
                }
            }
        }
        text += source.get(at..range.end).unwrap_or_default();
        pieces.push(Piece::Text(text));
        pieces
    }
}
