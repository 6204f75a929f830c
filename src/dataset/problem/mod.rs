//! What can be wrong with tables, in words.

mod cells;
mod columns;
mod files;
mod links;
mod sheets;
mod units;

pub(super) use cells::*;
pub(super) use columns::*;
pub(super) use files::*;
pub(super) use links::*;
pub(super) use sheets::*;
pub(super) use units::*;

use super::{Dataset, Origin};
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::workbook::cell_address;

/// The sheet that something is said about.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
    /// Of a table put together from cells of the sheet, row by row the cells that its own are; nothing if the table
    /// stands in the sheet as it is.
    cells: &'a [Vec<(u32, u32)>],
}

impl<'a> At<'a> {
    pub(super) fn new(file: &'a str, sheet: &'a str) -> Self {
        Self { file, sheet, cells: &[] }
    }

    /// The sheet, for a table put together from these of its cells.
    pub(super) fn with_cells(self, cells: &'a [Vec<(u32, u32)>]) -> Self {
        Self { cells, ..self }
    }

    /// Whether the table stands in the sheet as it is.
    pub(super) fn is_whole(self) -> bool {
        self.cells.is_empty()
    }

    /// The sheet's cell that a cell of the table is.
    pub(super) fn cell_of(self, row: u32, column: u32) -> (u32, u32) {
        let cell = self.cells.get(row as usize).and_then(|row| row.get(column as usize));
        cell.copied().unwrap_or((row, column))
    }

    pub(super) fn sheet(self) -> Place {
        Place::Sheet { file: self.file.to_owned(), sheet: self.sheet.to_owned() }
    }

    pub(super) fn cell(self, row: u32, column: u32) -> Place {
        let (row, column) = self.cell_of(row, column);
        Place::Cell { file: self.file.to_owned(), sheet: self.sheet.to_owned(), cell: cell_address(row, column) }
    }
}

pub(super) fn place_of(dataset: &Dataset, origin: Origin) -> Place {
    let cell = cell_address(origin.row, origin.column);
    match dataset.sheets.get(origin.sheet as usize) {
        Some(name) => Place::Cell { file: name.file.clone(), sheet: name.sheet.clone(), cell },
        None => Place::Run,
    }
}

/// The nearest name, or all there are.
fn names_hint<'a>(unknown: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Words> {
    if let Some(meant) = nearest(unknown, known.clone()) {
        return Some(did_you_mean(meant));
    }
    let all: Vec<_> = known.take(30).collect();
    (!all.is_empty()).then(|| Words::new(format!("有：{}", all.join("、")), format!("there are: {}", all.join(", "))))
}

fn hinted(problem: Diagnostic, hint: Option<Words>) -> Diagnostic {
    match hint {
        Some(hint) => problem.with_hint(hint),
        None => problem,
    }
}

/// `over` are the first and last row, from 0, that the total is over, if it is not over all.
pub(super) fn total_differs(
    at: At<'_>,
    row: u32,
    column: u32,
    name: &str,
    (stated, sum): (f64, f64),
    over: Option<(u32, u32)>,
) -> Diagnostic {
    let sum = (sum * 1e6).round() / 1e6;
    let words = match over {
        None => Words::new(
            format!("合计行里“{name}”是 {stated}，各行加起来是 {sum}"),
            format!("the total row says {stated} for “{name}”, the rows add up to {sum}"),
        ),
        Some((first, last)) => Words::new(
            format!("小计里“{name}”是 {stated}，第 {} 至 {} 行加起来是 {sum}", first + 1, last + 1),
            format!("the subtotal says {stated} for “{name}”, rows {} to {} add up to {sum}", first + 1, last + 1),
        ),
    };
    Diagnostic::warning("dataset.total-differs", at.cell(row, column), words).with_hint(Words::new(
        "报告按各行相加；看看是不是漏了行，或合计没有更新",
        "reports add up the rows; see whether a row is missing or the total is old",
    ))
}

/// The first ten, with a sign that there are more.
fn listed(all: impl Iterator<Item = String>) -> String {
    let mut all = all.peekable();
    let first: Vec<_> = all.by_ref().take(10).collect();
    let more = if all.peek().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(", "))
}
