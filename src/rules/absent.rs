//! Sheets of a table that do not have a column at all: that is one problem each, not one a row.

use std::collections::BTreeMap;

use super::find::{At, Finder};
use crate::dataset::Value;

/// For each sheet of a table whether a column is absent from it.
#[derive(Debug)]
pub(super) struct Absent {
    sheets: BTreeMap<u32, bool>,
}

impl Absent {
    pub(super) fn find(finder: &Finder<'_>, at: At) -> Self {
        let mut sheets = BTreeMap::new();
        let mut last = None;
        for row in &finder.table_of(at.table).rows {
            let Some(cell) = row.cells.get(at.column) else { continue };
            let sheet = cell.origin.sheet;
            if last == Some(sheet) {
                continue;
            }
            last = Some(sheet);
            // The blank that stands for a column that is not there has the place of another cell of its row.
            let elsewhere = || {
                let others = row.cells.iter().enumerate().filter(|(column, _)| *column != at.column);
                others.map(|(_, other)| other.origin).any(|origin| origin == cell.origin)
            };
            sheets.entry(sheet).or_insert_with(|| cell.value == Value::Blank && elsewhere());
        }
        Self { sheets }
    }

    /// Whether the column is absent from a sheet.
    pub(super) fn from(&self, sheet: u32) -> bool {
        self.sheets.get(&sheet).copied().unwrap_or(false)
    }

    /// The sheets it is absent from, unless most sheets have it: then the dataset has told that it is missing.
    pub(super) fn told_by_nobody(&self) -> impl Iterator<Item = u32> {
        let absent = self.sheets.values().filter(|absent| **absent).count();
        let told = absent * 2 < self.sheets.len();
        self.sheets.iter().filter(move |(_, absent)| **absent && !told).map(|(sheet, _)| *sheet)
    }
}
