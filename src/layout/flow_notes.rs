//! Footnotes at a page's foot.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::{Block, Color, Length, Paragraph};

use super::flow::Flow;
use super::measure::{half, points};
use super::page::{Item, Rule};
use super::setter::Setter;
use super::stack::Stack;
use super::structure::Role;

/// The rule above footnotes: two inches.
const RULE: Length = Length::twips(2880);

/// The footnotes of the document, set, and those of the page.
#[derive(Debug, Default)]
pub(super) struct PageNotes {
    /// All notes, each set when it is first asked for.
    set: Vec<Option<Rc<Stack>>>,
    /// Height of the line with the rule.
    separator: Length,
    /// The notes on this page, in their order.
    here: BTreeSet<usize>,
    /// Room that they take.
    pub height: Length,
}

/// Room for notes that would come to the page.
#[derive(Debug)]
pub(super) struct Reservation {
    /// The room.
    pub height: Length,
    first: bool,
    seen: BTreeSet<usize>,
}

impl PageNotes {
    /// Sets the notes of a document in a width.
    pub fn prepare(&mut self, setter: &mut Setter, width: Length) {
        if self.set.is_empty() && !setter.document.notes.is_empty() {
            let line = [Block::Paragraph(Paragraph::default())];
            let document = setter.document;
            // in Word footnotes keep to the grid
            let set = if document.styles.typography.word.is_some() { Stack::set_on_grid } else { Stack::set };
            setter.tags.mute();
            self.separator = set(setter, &line, width, 0).height;
            setter.tags.unmute();
            let mut set_note = |note: &Vec<Block>| {
                setter.tags.open(Role::Note);
                let stack = set(setter, note, width, 0);
                setter.tags.close();
                Some(Rc::new(stack))
            };
            self.set = document.notes.iter().map(&mut set_note).collect();
        }
    }

    /// Begins a page.
    pub fn begin_page(&mut self) {
        self.here.clear();
        self.height = Length::ZERO;
    }

    /// Room for more notes on this page, none yet.
    pub fn reservation(&self) -> Reservation {
        Reservation { height: Length::ZERO, first: self.here.is_empty(), seen: BTreeSet::new() }
    }

    fn height_of(&self, note: usize) -> Length {
        self.set.get(note).and_then(Option::as_ref).map_or(Length::ZERO, |note| note.height)
    }
}

impl Reservation {
    /// Adds notes that are not on the page yet.
    pub fn add(&mut self, notes: &PageNotes, more: impl Iterator<Item = usize>) {
        for note in more {
            if notes.here.contains(&note) || self.seen.contains(&note) {
                continue;
            }
            if std::mem::take(&mut self.first) {
                self.height += notes.separator;
            }
            self.height += notes.height_of(note);
            self.seen.insert(note);
        }
    }
}

impl Flow<'_, '_> {
    /// Takes room at the page's foot for the notes of what has been drawn.
    pub(super) fn reserve_notes(&mut self) {
        let mut reservation = self.notes.reservation();
        reservation.add(&self.notes, self.canvas.notes.drain(..));
        self.bottom = self.bottom - reservation.height;
        self.notes.height += reservation.height;
        self.notes.here.append(&mut reservation.seen);
    }

    /// Draws the notes of the page.
    pub(super) fn draw_notes(&mut self) {
        self.reserve_notes();
        if self.notes.here.is_empty() {
            return;
        }
        let left = self.paper.left;
        let mut y = self.foot - self.notes.height;
        let middle = points(y + half(self.notes.separator));
        self.canvas.items.push(Item::Rule(Rule {
            from_pt: (points(left), middle),
            to_pt: (points(left + RULE), middle),
            width_pt: 0.5,
            dash_pt: Vec::new(),
            color: Color::BLACK,
        }));
        y += self.notes.separator;
        for note in &self.notes.here {
            if let Some(Some(stack)) = self.notes.set.get(*note) {
                stack.draw_all(&mut self.canvas, left, y);
                y += stack.height;
            }
        }
    }
}
