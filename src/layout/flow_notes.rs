//! Footnotes at a page's foot. A note begins on the page of its reference, and goes on on the next one if there is no
//! room for all of it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use crate::document::{Block, Color, Length, NOTE_SEPARATOR, Paragraph};

use super::flow::{Flow, TopSpace};
use super::measure::{half, points};
use super::page::{Item, Rule};
use super::setter::Setter;
use super::stack::Stack;
use super::structure::Role;

/// The rule above footnotes: two inches.
const RULE: Length = Length::twips(2880);
/// Notes that go on from the page before leave so much of the page to the text.
const LEFT_TO_TEXT: f64 = 0.25;

/// The footnotes of the document, set, and those of the page.
#[derive(Debug, Default)]
pub(super) struct PageNotes {
    /// All notes.
    set: Vec<Rc<Stack>>,
    /// Height of the line with the rule.
    separator: Length,
    /// What stands on this page, from top to bottom.
    here: Vec<Part>,
    /// The notes that are referred to on this page.
    seen: BTreeSet<usize>,
    /// What did not fit on this page.
    carried: Vec<Part>,
    /// The first of the notes here began on an earlier page.
    goes_on: bool,
    /// Room that they take.
    pub height: Length,
}

/// A note, or what of it stands on one page.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    note: usize,
    atoms: Range<usize>,
}

/// Room for notes that would come to the page.
#[derive(Debug)]
pub(super) struct Reservation {
    /// The room for all of them.
    pub height: Length,
    /// The room if the last line's notes only begin here.
    pub least: Length,
    first: bool,
    seen: BTreeSet<usize>,
}

impl PageNotes {
    /// Sets the notes of a document in a width.
    pub fn prepare(&mut self, setter: &mut Setter, width: Length) {
        let document = setter.document;
        if self.set.is_empty() && !document.notes.is_empty() {
            let word = document.styles.typography.word.is_some();
            // in Word footnotes keep to the grid, and the rule above takes no row of it
            let set = if word { Stack::set_on_grid } else { Stack::set };
            if !(word && setter.line_grid().is_some()) {
                let plain = [Block::Paragraph(Paragraph::default())];
                let own = document.note_separator.as_slice();
                setter.tags.mute();
                self.separator = match own {
                    [] if !word => NOTE_SEPARATOR,
                    [] => set(setter, &plain, width, 0).height,
                    _ => set(setter, own, width, 0).height,
                };
                setter.tags.unmute();
            }
            let mut set_note = |note: &Vec<Block>| {
                setter.tags.open(Role::Note);
                let stack = set(setter, note, width, 0);
                setter.tags.close();
                Rc::new(stack)
            };
            self.set = document.notes.iter().map(&mut set_note).collect();
        }
    }

    /// Begins a page of a height with what did not fit on the one before.
    pub fn begin_page(&mut self, height: Length) {
        self.here.clear();
        self.seen.clear();
        self.height = Length::ZERO;
        let carried = std::mem::take(&mut self.carried);
        self.goes_on = !carried.is_empty();
        self.take(carried, height * (1.0 - LEFT_TO_TEXT));
    }

    /// Whether notes wait for the next page.
    pub fn has_more(&self) -> bool {
        !self.carried.is_empty()
    }

    /// Room for more notes on this page, none yet.
    pub fn reservation(&self) -> Reservation {
        let zero = Length::ZERO;
        Reservation { height: zero, least: zero, first: self.here.is_empty(), seen: BTreeSet::new() }
    }

    /// Takes notes, as much of them as there is room for and a beginning in any case; the rest waits for the next page.
    fn take(&mut self, parts: Vec<Part>, room: Length) {
        let mut left = room;
        for part in parts {
            let Some(stack) = self.set.get(part.note).cloned() else { continue };
            if self.has_more() {
                self.carried.push(part);
                continue;
            }
            if self.here.is_empty() {
                self.height += self.separator;
                left = left - self.separator;
            }
            let Range { start, end } = part.atoms;
            let whole = stack.height_of_part(start..end);
            let cut =
                if whole <= left { end } else { start + stack.fitting_whole(start, left).max(1).min(end - start) };
            let height = stack.height_of_part(start..cut);
            self.height += height;
            left = left - height;
            self.here.push(Part { note: part.note, atoms: start..cut });
            if cut < end {
                self.carried.push(Part { note: part.note, atoms: cut..end });
            }
        }
    }
}

impl Reservation {
    /// Adds the notes of a line that are not on the page yet.
    pub fn add(&mut self, notes: &PageNotes, more: impl Iterator<Item = usize>) {
        self.least = self.height;
        let mut begins = true;
        for note in more {
            let Some(stack) = notes.set.get(note).filter(|_| !notes.seen.contains(&note)) else { continue };
            if !self.seen.insert(note) {
                continue;
            }
            if std::mem::take(&mut self.first) {
                self.height += notes.separator;
                self.least += notes.separator;
            }
            self.height += stack.height;
            if std::mem::take(&mut begins) {
                self.least += stack.least_height();
            }
        }
    }
}

impl Flow<'_, '_> {
    /// Takes room at the page's foot for the notes of what has been drawn down to `y`.
    pub(super) fn reserve_notes(&mut self) {
        let notes = &mut self.notes;
        let mut parts: Vec<Part> = Vec::new();
        for note in self.canvas.notes.drain(..) {
            if let Some(stack) = notes.set.get(note).filter(|_| notes.seen.insert(note)) {
                parts.push(Part { note, atoms: 0..stack.atoms.len() });
            }
        }
        if !parts.is_empty() {
            notes.take(parts, self.bottom - self.y);
        }
        self.end_above_notes();
    }

    /// The text has to end above the notes, and where some of them wait, nothing more comes to the page.
    pub(super) fn end_above_notes(&mut self) {
        let notes = self.foot - self.notes.height;
        self.bottom = if self.notes.has_more() { notes.min(self.y) } else { self.bottom.min(notes) };
    }

    /// Sets pages until no note waits.
    pub(super) fn finish_notes(&mut self) {
        self.reserve_notes();
        while self.notes.has_more() && !self.cut_off {
            self.turn_page(TopSpace::Dropped);
        }
    }

    /// The room that notes would take on this page.
    pub(super) fn room_for_notes(&self, notes: impl IntoIterator<Item = usize>) -> Length {
        let mut reservation = self.notes.reservation();
        reservation.add(&self.notes, notes.into_iter());
        reservation.height
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
        let right = left + if self.notes.goes_on { self.paper.text_width } else { RULE };
        self.canvas.items.push(Item::Rule(Rule {
            from_pt: (points(left), middle),
            to_pt: (points(right), middle),
            width_pt: 0.5,
            dash_pt: Vec::new(),
            color: Color::BLACK,
        }));
        y += self.notes.separator;
        let begun = self.notes.here.iter().filter(|part| part.atoms.start == 0).map(|part| part.note);
        self.canvas.begun_notes.extend(begun);
        for part in &self.notes.here {
            if let Some(stack) = self.notes.set.get(part.note) {
                stack.draw_part(&mut self.canvas, part.atoms.clone(), left, y);
                y += stack.height_of_part(part.atoms.clone());
            }
        }
    }
}
