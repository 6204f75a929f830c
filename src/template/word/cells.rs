//! Cells that values change: `{{同值合并 列}}` lets a cell grow together with the one above it that shows the same,
//! `{{底纹 "FFC7CE"}}` sets a cell's colour.

use std::collections::HashMap;

use crate::template::cell_color::color;

/// What becomes of the cells of a merge.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Rows that have begun so far; a table's end counts too, so that no cell is merged over it.
    row: usize,
    /// For each cell of the template the row and the value it had last.
    last: HashMap<usize, (usize, String)>,
    /// Where the properties of the cell stand that is being written: of its merge, and of its colour.
    merge_at: HashMap<usize, usize>,
    shade_at: HashMap<usize, usize>,
}

impl Cells {
    /// A row begins, or a table ends.
    pub(super) fn next_row(&mut self) {
        self.row += 1;
    }

    /// The place of a cell's merge.
    pub(super) fn merge_place(&mut self, cell: usize, at: usize) {
        self.merge_at.insert(cell, at);
    }

    /// The place of a cell's colour.
    pub(super) fn shade_place(&mut self, cell: usize, at: usize) {
        self.shade_at.insert(cell, at);
    }

    /// A cell's value is known: whether it is to be shown, which it is not where the cell above has it. Gives what is put
    /// into the text, and where.
    pub(super) fn value(&mut self, cell: usize, text: &str) -> Option<(usize, &'static str, bool)> {
        let at = *self.merge_at.get(&cell)?;
        let last = self.last.insert(cell, (self.row, text.to_owned()));
        let goes_on = last.is_some_and(|(row, shown)| row + 1 == self.row && shown == text);
        match goes_on {
            true => Some((at, "<w:vMerge/>", false)),
            false => Some((at, "<w:vMerge w:val=\"restart\"/>", true)),
        }
    }

    /// A cell's colour is known: what is put into the text, and where.
    pub(super) fn shade(&self, cell: usize, text: &str) -> Option<(usize, String)> {
        let color = color(text)?;
        Some((
            *self.shade_at.get(&cell)?,
            format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", color.to_hex()),
        ))
    }

    /// What stands behind a place has moved, since there is more text at the place, or less. A merge stands before a
    /// colour, so that the colour's place moves with it.
    pub(super) fn moved(&mut self, from: usize, by: isize, merge: bool) {
        let move_on = |place: &mut usize| *place = place.saturating_add_signed(by);
        self.merge_at.values_mut().filter(|place| **place > from).for_each(move_on);
        self.shade_at.values_mut().filter(|place| **place > from || merge && **place == from).for_each(move_on);
    }
}
