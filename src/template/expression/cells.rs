//! The cells that a value was computed from, as stretches of columns, so that a sum over a long table stays small.

use std::sync::Arc;

use crate::dataset::{Origin, SheetName};
use crate::document::{SourceCells, SourceSheet};

/// Cells, in stretches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::template) struct Cells(Vec<Stretch>);

/// Cells below each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    sheet: u32,
    column: u32,
    top: u32,
    bottom: u32,
}

impl Cells {
    /// One cell.
    pub(in crate::template) fn one(cell: Origin) -> Self {
        Self(vec![Stretch { sheet: cell.sheet, column: cell.column, top: cell.row, bottom: cell.row }])
    }

    /// Adds a cell.
    pub(in crate::template) fn push(&mut self, cell: Origin) {
        match self.0.last_mut() {
            Some(last)
                if (last.sheet, last.column) == (cell.sheet, cell.column)
                    && last.bottom.checked_add(1) == Some(cell.row) =>
            {
                last.bottom = cell.row;
            }
            _ => self.0.push(Stretch { sheet: cell.sheet, column: cell.column, top: cell.row, bottom: cell.row }),
        }
    }

    /// Adds the cells of another value.
    pub(in crate::template) fn add(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// The first of them.
    pub(in crate::template) fn first(&self) -> Option<Origin> {
        self.0.first().map(|first| Origin { sheet: first.sheet, row: first.top, column: first.column })
    }

    /// The cell, if there is just one.
    pub(in crate::template) fn only(&self) -> Option<Origin> {
        self.first().filter(|_| matches!(self.0.as_slice(), [one] if one.top == one.bottom))
    }

    /// In the words of a document, in the order of sheets, columns and rows, each cell once.
    pub(in crate::template) fn sources(&self, names: &mut SheetNames<'_>) -> Box<[SourceCells]> {
        let mut stretches = self.0.clone();
        stretches.sort_unstable();
        stretches.dedup_by(|next, kept| {
            let joins =
                (next.sheet, next.column) == (kept.sheet, kept.column) && next.top <= kept.bottom.saturating_add(1);
            if joins {
                kept.bottom = kept.bottom.max(next.bottom);
            }
            joins
        });
        let sources = stretches.into_iter().map(|stretch| {
            let Stretch { sheet, column, top, bottom } = stretch;
            SourceCells { sheet: names.get(sheet), column, top, bottom }
        });
        sources.collect()
    }
}

/// The names of sheets, one copy for all values of a merge.
#[derive(Debug)]
pub(in crate::template) struct SheetNames<'a> {
    sheets: &'a [SheetName],
    used: Vec<Option<Arc<SourceSheet>>>,
}

impl<'a> SheetNames<'a> {
    pub(in crate::template) fn new(sheets: &'a [SheetName]) -> Self {
        Self { sheets, used: vec![None; sheets.len()] }
    }

    fn get(&mut self, sheet: u32) -> Arc<SourceSheet> {
        let name = self.sheets.get(sheet as usize);
        let named = |name: &SheetName| SourceSheet { file: name.file.clone(), sheet: name.sheet.clone() };
        let make = || Arc::new(name.map(named).unwrap_or_default());
        match self.used.get_mut(sheet as usize) {
            Some(used) => used.get_or_insert_with(make).clone(),
            None => make(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_below_each_other_are_one_stretch_and_none_is_named_twice() {
        let mut cells = Cells::default();
        for row in [4, 5, 6, 9] {
            cells.push(Origin { sheet: 0, row, column: 2 });
        }
        let mut twice = cells.clone();
        twice.add(&cells);
        twice.push(Origin { sheet: 0, row: 7, column: 2 });
        let sheets =
            [SheetName { file: "input/a.xlsx".into(), sheet: "党支部".into(), pictures: Default::default() }];
        let sources = twice.sources(&mut SheetNames::new(&sheets));
        let shown: Vec<_> = sources.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["input/a.xlsx#党支部!C5:C8", "input/a.xlsx#党支部!C10"]);
    }
}
