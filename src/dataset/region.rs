//! A part of a sheet in which a table is looked for.

use std::ops::Range;

use super::header::is_blank;
use crate::workbook::{Area, CellValue, Sheet};

/// How far above a row a merged area that covers it may begin and still be seen. Headers have no taller cells.
const TALLEST_SEEN: u32 = 8;

/// Rows and columns of a sheet. What lies outside, or is hidden and to be passed over, is empty.
#[derive(Clone, Debug)]
pub(super) struct Region<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) skips_hidden: bool,
}

impl<'a> Region<'a> {
    /// A whole sheet.
    pub(super) fn whole(sheet: &'a Sheet, skips_hidden: bool) -> Self {
        Self { sheet, rows: 0..sheet.rows.len(), columns: 0..usize::MAX, skips_hidden }
    }

    /// Only these of its rows.
    pub(super) fn with_rows(&self, rows: Range<usize>) -> Self {
        Self { rows: rows.start.max(self.rows.start)..rows.end.min(self.rows.end), ..self.clone() }
    }

    /// Only these of its columns.
    pub(super) fn with_columns(&self, columns: Range<usize>) -> Self {
        let columns = columns.start.max(self.columns.start)..columns.end.min(self.columns.end);
        Self { columns, ..self.clone() }
    }

    /// What stands in a cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> &'a CellValue {
        if self.rows.contains(&row) && self.columns.contains(&column) && !self.passes_over(row, column) {
            self.sheet.cell(row, column)
        } else {
            &CellValue::Empty
        }
    }

    /// Whether a row is as good as not there.
    pub(super) fn passes_over_row(&self, row: usize) -> bool {
        self.skips_hidden && self.sheet.hidden_rows.contains(row)
    }

    /// Whether a column is as good as not there.
    pub(super) fn passes_over_column(&self, column: usize) -> bool {
        self.skips_hidden && self.sheet.hidden_columns.contains(column)
    }

    fn passes_over(&self, row: usize, column: usize) -> bool {
        self.passes_over_row(row) || self.passes_over_column(column)
    }

    /// The places of a row's cells that are not blank.
    pub(super) fn filled(&self, row: usize) -> impl Iterator<Item = usize> + 'a {
        let there = self.rows.contains(&row) && !self.passes_over_row(row);
        let cells = self.sheet.rows.get(row).filter(|_| there).map(Vec::as_slice).unwrap_or_default();
        let first = self.columns.start.min(cells.len());
        let cells = cells.get(first..self.columns.end.min(cells.len()).max(first)).unwrap_or_default();
        let hidden = Some(&self.sheet.hidden_columns).filter(|hidden| self.skips_hidden && !hidden.is_empty());
        let filled = cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)).map(move |(at, _)| first + at);
        filled.filter(move |column| hidden.is_none_or(|hidden| !hidden.contains(*column)))
    }

    /// Whether nothing stands in a row.
    pub(super) fn is_blank_row(&self, row: usize) -> bool {
        self.filled(row).next().is_none()
    }

    /// How many columns there are up to the last that is used in a row.
    pub(super) fn width(&self, row: usize) -> usize {
        self.sheet.rows.get(row).map_or(0, Vec::len).min(self.columns.end)
    }

    /// The merged areas that cover a row, from left to right.
    pub(super) fn areas(&self, row: usize) -> Areas {
        let merged = &self.sheet.merged;
        let row = row as u32;
        let first = merged.partition_point(|area| area.top < row.saturating_sub(TALLEST_SEEN));
        let here = merged.iter().skip(first).take_while(|area| area.top <= row).filter(|area| area.bottom >= row);
        let mut areas: Vec<_> = here.filter(|area| self.columns.contains(&(area.left as usize))).copied().collect();
        areas.sort_unstable_by_key(|area| area.left);
        Areas(areas)
    }
}

/// The merged areas that cover a row, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Areas(Vec<Area>);

impl Areas {
    /// The area that covers a column.
    pub(super) fn at(&self, column: usize) -> Option<Area> {
        let after = self.0.partition_point(|area| area.left as usize <= column);
        let area = after.checked_sub(1).and_then(|at| self.0.get(at))?;
        (column <= area.right as usize).then_some(*area)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Area> + '_ {
        self.0.iter().copied()
    }
}
