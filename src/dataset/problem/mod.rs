//! What can be wrong with tables, in words.

mod cells;
mod columns;
mod links;

pub(super) use cells::*;
pub(super) use columns::*;
pub(super) use links::*;

use super::locate::Reason;
use super::{Dataset, Origin};
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::workbook::cell_address;

/// The sheet that something is said about.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
}

impl At<'_> {
    fn sheet(self) -> Place {
        Place::Sheet { file: self.file.to_owned(), sheet: self.sheet.to_owned() }
    }

    fn cell(self, row: u32, column: u32) -> Place {
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

pub(super) fn sheet_not_found<'a>(
    place: Place,
    file: &str,
    sheet: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let words = Words::new(format!("{file} 里没有叫“{sheet}”的工作表"), format!("{file} has no sheet “{sheet}”"));
    hinted(Diagnostic::error("dataset.sheet-not-found", place, words), names_hint(sheet, known))
}

pub(super) fn no_content(place: Place, file: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.no-content",
        place,
        Words::new(
            format!("{file} 里没有填了内容的可见工作表"),
            format!("{file} has no visible sheet with anything in it"),
        ),
    )
    .with_hint(Words::new("看看是不是发错了文件", "see whether it is the right file"))
}

pub(super) fn no_table(at: At<'_>) -> Diagnostic {
    Diagnostic::error(
        "dataset.no-table",
        at.sheet(),
        Words::new("没有找到带表头的表", "no table with a header was found"),
    )
    .with_hint(Words::new(
        "表头要占一至三行，每列都有名称，名称不能是数字",
        "a header takes one to three rows and gives every column a name that is no number",
    ))
}

pub(super) fn no_rows(at: At<'_>) -> Diagnostic {
    Diagnostic::warning(
        "dataset.no-rows",
        at.sheet(),
        Words::new("表头下面没有数据", "there are no rows below the header"),
    )
}

pub(super) fn passed_over(at: At<'_>, why: Reason, rows: &[u32]) -> Diagnostic {
    let listed: Vec<_> = rows.iter().take(10).map(|row| (row + 1).to_string()).collect();
    let more = if rows.len() > listed.len() { " …" } else { "" };
    let listed = format!("{}{more}", listed.join(", "));
    let Words { zh, en } = why.words();
    Diagnostic::note(
        "dataset.rows-passed-over",
        at.sheet(),
        Words::new(format!("第 {listed} 行不算数据：{zh}"), format!("not data: row {listed} ({en})")),
    )
}

pub(super) fn another_table(at: At<'_>, row: u32) -> Diagnostic {
    let row = row + 1;
    Diagnostic::warning(
        "dataset.another-table",
        at.sheet(),
        Words::new(
            format!("第 {row} 行起像是另一张表，没有读"),
            format!("another table seems to begin in row {row}; it is not read"),
        ),
    )
    .with_hint(Words::new("一张工作表只放一张表", "keep one table a sheet"))
}

pub(super) fn total_differs(at: At<'_>, row: u32, column: u32, name: &str, stated: f64, sum: f64) -> Diagnostic {
    let sum = (sum * 1e6).round() / 1e6;
    Diagnostic::warning(
        "dataset.total-differs",
        at.cell(row, column),
        Words::new(
            format!("合计行里“{name}”是 {stated}，各行加起来是 {sum}"),
            format!("the total row says {stated} for “{name}”, the rows add up to {sum}"),
        ),
    )
    .with_hint(Words::new(
        "报告按各行相加；看看是不是漏了行，或合计没有更新",
        "reports add up the rows; see whether a row is missing or the total is old",
    ))
}
