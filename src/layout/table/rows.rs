//! Rows cut to the room on a page.

use std::ops::Range;

use crate::document::Length;

use super::{SetCell, SetRow, SetTable};

/// A row, or the part of it that stands on one page.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Piece {
    /// Index of the row.
    pub row: usize,
    /// Top of the rule above it.
    pub top: Length,
    /// Its height below that rule.
    pub height: Length,
    /// The atoms of each cell that stand here; merged cells are dealt with when all pieces of a page are known.
    pub(in crate::layout) atoms: Vec<Range<usize>>,
    /// The row begins here.
    pub begins: bool,
    /// The row ends here.
    pub ends: bool,
    /// It is a header row that stands on an earlier page already.
    pub repeated: bool,
}

/// How far a row has been set on earlier pages: the next atom of each cell.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Cut {
    next: Vec<usize>,
}

impl Cut {
    /// Whether a part of the row stands on an earlier page.
    pub fn has_begun(&self) -> bool {
        !self.next.is_empty()
    }

    fn of(&self, cell: usize) -> usize {
        self.next.get(cell).copied().unwrap_or(0)
    }
}

/// A stretch of a row of a table in a cell, measured below the rule above.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Stretch {
    pub row: usize,
    pub from: Length,
    pub to: Length,
}

/// A row is parted only if no more than so many lines have to be held against its cells.
const MOST_CUTS: usize = 100_000;

impl SetTable {
    /// Where a row of a table in a cell may be parted, its end last: no line of any cell is cut through.
    pub fn cuts(&self, row: usize) -> Vec<Length> {
        let Some(set) = self.rows.get(row) else { return Vec::new() };
        if !set.splits_in_cell || set.cells.iter().any(SetCell::is_merged) {
            return vec![set.height];
        }
        let below = |cell: &SetCell| cell.content.atoms.last().map(|last| cell.margins.top + last.bottom);
        let end = set.cells.iter().filter_map(below).max().unwrap_or_default();
        let bottoms =
            set.cells.iter().flat_map(|cell| cell.content.atoms.iter().map(|atom| cell.margins.top + atom.bottom));
        let mut cuts: Vec<Length> = bottoms.filter(|bottom| *bottom < end && *bottom > Length::ZERO).collect();
        cuts.sort_unstable();
        cuts.dedup();
        if cuts.len().saturating_mul(set.cells.len()) > MOST_CUTS {
            return vec![set.height];
        }
        let cuts_through = |cell: &SetCell, cut: Length| {
            let above = cell.content.atoms.partition_point(|atom| cell.margins.top + atom.bottom <= cut);
            cell.content.atoms.get(above).is_some_and(|atom| cell.margins.top + atom.top < cut)
        };
        cuts.retain(|cut| !set.cells.iter().any(|cell| cuts_through(cell, *cut)));
        cuts.push(set.height);
        cuts
    }

    /// A stretch of a row.
    pub fn stretch(&self, stretch: &Stretch) -> Option<Piece> {
        let set = self.rows.get(stretch.row)?;
        let (begins, ends) = (stretch.from <= Length::ZERO, stretch.to >= set.height);
        let whole = self.rest_of(stretch.row, &Cut::default())?;
        if begins && ends {
            return Some(whole);
        }
        let atoms = set.cells.iter().map(|cell| {
            let above =
                |edge: Length| cell.content.atoms.partition_point(|atom| cell.margins.top + atom.bottom <= edge);
            let from = if begins { 0 } else { above(stretch.from) };
            from..if ends { cell.content.atoms.len() } else { above(stretch.to) }
        });
        let height = stretch.to - stretch.from;
        Some(Piece { height, atoms: atoms.collect(), begins, ends, ..whole })
    }

    /// The whole row, or all that is left of it.
    pub fn rest_of(&self, row: usize, cut: &Cut) -> Option<Piece> {
        let set = self.rows.get(row)?;
        let atoms = set.cells.iter().enumerate().map(|(at, cell)| {
            let whole = if cell.is_merged() { 0 } else { cell.content.atoms.len() };
            cut.of(at).min(whole)..whole
        });
        let atoms: Vec<Range<usize>> = atoms.collect();
        let height = if cut.has_begun() { self.height_of(set, &atoms) } else { set.height };
        let top = Length::ZERO;
        Some(Piece { row, top, height, atoms, begins: !cut.has_begun(), ends: true, repeated: false })
    }

    /// As much of a row as fits into `room` (the rules above and below not counted); `None` if that is nothing.
    /// `forced` takes at least a line of each cell, so that every page sees progress.
    pub fn part_of(&self, row: usize, cut: &mut Cut, room: Length, forced: bool) -> Option<Piece> {
        let set = self.rows.get(row)?;
        let room = room - self.margins.top - self.margins.bottom;
        let atoms = set.cells.iter().enumerate().map(|(at, cell)| {
            let whole = if cell.is_merged() { 0 } else { cell.content.atoms.len() };
            let from = cut.of(at).min(whole);
            let fitting = cell.content.fitting(from, room).max(usize::from(forced)).min(whole - from);
            from..from + fitting
        });
        let atoms: Vec<Range<usize>> = atoms.collect();
        let progress = atoms.iter().any(|atoms| !atoms.is_empty());
        // a cell whose first line does not fit keeps the row from being split
        let stuck = set
            .cells
            .iter()
            .zip(&atoms)
            .any(|(cell, atoms)| atoms.is_empty() && !cell.is_merged() && atoms.end < cell.content.atoms.len());
        if !progress || (stuck && !forced) {
            return None;
        }
        let begins = !cut.has_begun();
        let ends =
            set.cells.iter().zip(&atoms).all(|(cell, atoms)| cell.is_merged() || atoms.end == cell.content.atoms.len());
        cut.next = atoms.iter().map(|atoms| atoms.end).collect();
        let height = self.height_of(set, &atoms);
        Some(Piece { row, top: Length::ZERO, height, atoms, begins, ends, repeated: false })
    }

    /// The footnotes of a piece; those of a merged cell belong to the row where it begins.
    pub fn notes_of(&self, piece: &Piece) -> Vec<usize> {
        let Some(row) = self.rows.get(piece.row).filter(|row| row.has_notes) else { return Vec::new() };
        let of_cell = |(cell, atoms): (&SetCell, &Range<usize>)| match cell.is_merged() {
            true if piece.begins => cell.content.notes_of(0..cell.content.atoms.len()),
            true => Vec::new(),
            false => cell.content.notes_of(atoms.clone()),
        };
        row.cells.iter().zip(&piece.atoms).flat_map(of_cell).collect()
    }

    /// The footnotes of a whole row.
    pub fn notes_of_row(&self, row: usize) -> Vec<usize> {
        self.rest_of(row, &Cut::default()).map_or_else(Vec::new, |piece| self.notes_of(&piece))
    }

    fn height_of(&self, row: &SetRow, atoms: &[Range<usize>]) -> Length {
        let heights = row.cells.iter().zip(atoms).map(|(cell, atoms)| cell.content.height_of(atoms.clone()));
        heights.max().unwrap_or_default() + self.margins.top + self.margins.bottom
    }

    /// From the column's left edge to the table's.
    pub fn left(&self) -> Length {
        self.left
    }

    /// Width of the table.
    pub fn width(&self) -> Length {
        self.edges.last().copied().unwrap_or_default()
    }

    /// Height of the whole table.
    pub fn height(&self) -> Length {
        self.rows.iter().fold(self.rule_below, |sum, row| sum + row.rule_above + row.height)
    }

    /// Thickness of the rule below a row.
    pub fn rule_under(&self, row: usize) -> Length {
        self.rows.get(row + 1).map_or(self.rule_below, |below| below.rule_above)
    }

    /// Height of the rows that are repeated on every page.
    pub fn header_height(&self) -> Length {
        self.rows.iter().take(self.header_rows).fold(Length::ZERO, |sum, row| sum + row.rule_above + row.height)
    }

    /// Whether its last row stands on the page of what follows.
    pub fn keeps_next(&self) -> bool {
        let last = || self.rows.last().is_some_and(|row| row.keep_next);
        self.float.is_none() && self.ahead.as_ref().map_or_else(last, |ahead| ahead.keeps_next)
    }

    /// Whether rows up to this one, not included, are all.
    pub fn ends_at(&self, row: usize) -> bool {
        row >= self.row_count
    }

    /// The rows from `row` on that stand on one page, and their height with the rules around them.
    pub fn chain(&self, row: usize) -> (Range<usize>, Length) {
        let rest = self.rows.get(row..).unwrap_or_default();
        let kept = rest.iter().take_while(|row| row.keep_next).count();
        let end = (row + kept + 1).min(self.rows.len());
        let rows = self.rows.get(row..end).unwrap_or_default();
        let height = rows.iter().fold(Length::ZERO, |sum, row| sum + row.rule_above + row.height);
        (row..end, height + self.rule_under(end.saturating_sub(1)))
    }
}
