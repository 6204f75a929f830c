//! Total rows are no data; what they say is compared with what the rows add up to.

use super::build::Source;
use super::locate::{Reason, is_serial};
use super::problem;
use super::{Kind, Row, Table, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::workbook::CellValue;

/// Compares the total row of each source with its rows. With several total rows nobody knows what each is over.
pub(super) fn check(table: &Table, sources: &[Source<'_>], level: Severity, problems: &mut Vec<Diagnostic>) {
    let told = problems.len();
    let mut rest = table.rows.as_slice();
    for source in sources {
        let (rows, after) = rest.split_at(source.located.rows.len().min(rest.len()));
        rest = after;
        let mut totals = source.located.passed_over.iter().filter(|(_, why)| *why == Reason::Total);
        if let (Some((total, _)), None) = (totals.next(), totals.next()) {
            check_source(table, source, *total, rows, problems);
        }
    }
    for problem in problems.iter_mut().skip(told) {
        problem.severity = level;
    }
}

fn check_source(table: &Table, source: &Source<'_>, total: u32, rows: &[Row], problems: &mut Vec<Diagnostic>) {
    for (number, column) in table.columns.iter().enumerate() {
        if column.kind != Kind::Number || !adds_up(&column.name) {
            continue;
        }
        let cells = || rows.iter().filter_map(|row| row.cells.get(number));
        let Some(place) = cells().map(|cell| cell.origin.column).next() else { continue };
        let here = source.located.header.columns.iter().any(|(named, _)| *named as u32 == place);
        let CellValue::Number(stated) = source.sheet.cell(total as usize, place as usize) else { continue };
        let sum: f64 = cells()
            .map(|cell| match cell.value {
                Value::Number(number) => number,
                _ => 0.0,
            })
            .sum();
        if here && (stated - sum).abs() > 0.005 + 1e-9 * sum.abs() {
            problems.push(problem::total_differs(source.at, total, place, &column.name, *stated, sum));
        }
    }
}

/// Shares, means and years do not add up.
pub(super) fn adds_up(name: &str) -> bool {
    // 上年党员数 does.
    let year = ["年", "年度", "年份", "年龄", "年限", "年级"].iter().any(|ending| without_unit(name).ends_with(ending));
    const NOT_ADDED: [&str; 16] = [
        "year", "month", "code", "id", "zip", "rate", "ratio", "percent", "pct", "average", "avg", "mean", "rank",
        "age", "price", "index",
    ];
    let english = name
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| NOT_ADDED.contains(&word.to_ascii_lowercase().as_str()));
    !year
        && !english
        && !is_serial(name)
        && !["率", "比", "平均", "人均", "均分", "%", "％", "号", "排名", "名次"].iter().any(|word| name.contains(word))
}

fn without_unit(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or(name)
}
