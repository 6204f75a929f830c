//! Sums that must be what a cell states: of columns of its own row, of the rows that name it over links, or the number
//! of those rows.

use super::absent::Absent;
use super::find::{At, Finder};
use super::{Named, SumRule, problem};
use crate::dataset::{Origin, TableId, Value};
use crate::diagnostic::{Diagnostic, Severity, Words};

/// What is added up: a column, or the rows themselves.
struct Part {
    table: TableId,
    column: Option<At>,
    name: String,
    /// What its numbers are multiplied by, so that they count in the unit of the column that states the sum.
    factor: f64,
    /// For each row, the row that states the sum it belongs to.
    targets: Vec<Option<u32>>,
}

/// What the parts of one row that states a sum come to.
#[derive(Clone, Copy, Default)]
struct Sum {
    value: f64,
    /// Whether anything was added.
    any: bool,
    /// Whether a word stands among the numbers, or the column is not in a sheet: what the sum would be nobody knows.
    unsure: bool,
}

pub(super) fn check(finder: &Finder<'_>, rule: &SumRule, problems: &mut Vec<Diagnostic>) {
    let with = finder.numbers(&rule.with, problems);
    let tables: Vec<_> = rule.parts.iter().map(|part| part_table(finder, part, problems)).collect();
    let Some(with) = with else { return };
    let mut parts = Vec::new();
    for (named, found) in rule.parts.iter().zip(tables) {
        let Some((table, column)) = found else { return };
        let Some(targets) = targets(finder, table, column, with.table) else {
            problems.push(problem::not_linked(named, finder.table_of(with.table)));
            return;
        };
        let name = column.map_or_else(|| finder.table_of(table).name.clone(), |at| finder.name(at));
        let factor = column.and_then(|at| finder.spec(at).factor_to(finder.spec(with))).unwrap_or(1.0);
        parts.push(Part { table, column, name, factor, targets });
    }
    let sums = sums(finder, with, &parts);
    let incomplete = parts.iter().any(|part| part.table != with.table && finder.is_incomplete(part.table));
    let mut broken = Vec::new();
    for (row, sum) in sums.iter().enumerate() {
        let Some(stated) = finder.number(with, row as u32) else { continue };
        let slack = rule.tolerance + 1e-9 * (1.0 + stated.abs() + sum.value.abs());
        if !sum.unsure && (sum.any || !incomplete) && (stated - sum.value).abs() > slack {
            broken.push((row as u32, stated, sum.value));
        }
    }
    tell(finder, rule, with, &parts, &broken, problems);
}

fn part_table(finder: &Finder<'_>, part: &Named, problems: &mut Vec<Diagnostic>) -> Option<(TableId, Option<At>)> {
    if part.column.is_empty() {
        return Some((finder.table(part, problems)?, None));
    }
    finder.numbers(part, problems).map(|at| (at.table, Some(at)))
}

/// For each row of a table the row of `with` that it is or names, over the fewest links; nothing if no links lead there.
/// Rows cannot be counted by the row itself.
fn targets(finder: &Finder<'_>, table: TableId, column: Option<At>, with: TableId) -> Option<Vec<Option<u32>>> {
    let rows = finder.table_of(table).rows.len() as u32;
    let mut reached: Vec<(TableId, Vec<Option<u32>>)> = vec![(table, (0..rows).map(Some).collect())];
    if table == with {
        return column.and(reached.pop()).map(|(_, targets)| targets);
    }
    let mut next = 0;
    while next < reached.len() {
        let from = reached[next].0;
        for link in finder.dataset.links.iter().filter(|link| link.from == from) {
            if reached.iter().any(|(known, _)| *known == link.to) {
                continue;
            }
            let step = |row: &Option<u32>| row.and_then(|row| link.targets.get(row as usize).copied().flatten());
            let targets: Vec<_> = reached[next].1.iter().map(step).collect();
            if link.to == with {
                return Some(targets);
            }
            reached.push((link.to, targets));
        }
        next += 1;
    }
    None
}

fn sums(finder: &Finder<'_>, with: At, parts: &[Part]) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); finder.table_of(with.table).rows.len()];
    for part in parts {
        let absent = part.column.map(|at| Absent::find(finder, at));
        for (row, target) in part.targets.iter().enumerate() {
            let Some(sum) = target.and_then(|target| sums.get_mut(target as usize)) else { continue };
            sum.any = true;
            let Some(at) = part.column else {
                sum.value += 1.0;
                continue;
            };
            let Some(cell) = finder.cell(at, row as u32) else { continue };
            match cell.value {
                Value::Number(number) => sum.value += number * part.factor,
                Value::Blank => sum.unsure |= absent.as_ref().is_some_and(|absent| absent.from(cell.origin.sheet)),
                _ => sum.unsure = true,
            }
        }
    }
    sums
}

fn tell(
    finder: &Finder<'_>,
    rule: &SumRule,
    with: At,
    parts: &[Part],
    broken: &[(u32, f64, f64)],
    problems: &mut Vec<Diagnostic>,
) {
    let mut added: Vec<Vec<Origin>> = vec![Vec::new(); broken.len()];
    for part in parts {
        for (row, target) in part.targets.iter().enumerate() {
            let target = target.and_then(|target| broken.binary_search_by_key(&target, |(row, ..)| *row).ok());
            let Some(cells) = target.and_then(|target| added.get_mut(target)) else { continue };
            // Where rows are counted, the cell that tells the row apart stands for it.
            let first = || finder.table_of(part.table).key.first().copied().unwrap_or(0);
            let at = part.column.unwrap_or_else(|| At { table: part.table, column: first() });
            cells.extend(finder.cell(at, row as u32).filter(|cell| cell.value != Value::Blank).map(|cell| cell.origin));
        }
    }
    let level = rule.level.unwrap_or(Severity::Error);
    let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
    let counted = parts.iter().all(|part| part.column.is_none());
    let unit = finder.spec(with).unit().filter(|_| parts.iter().any(|part| part.factor != 1.0));
    for ((row, stated, sum), cells) in broken.iter().zip(added) {
        let Some(cell) = finder.cell(with, *row) else { continue };
        let place = finder.place(cell.origin);
        let cells = shown_cells(finder, &cells, cell.origin.sheet);
        let words = problem::Sums { names: &names, counted, unit, stated: *stated, sum: *sum, cells };
        problems.push(problem::sums_differ(level, place, &finder.name(with), &words));
    }
}

/// So many cells or runs of cells are listed.
const LISTED: usize = 12;

/// Cells in words: `E5、E7:E9`, of another sheet than `here` with its name before them.
fn shown_cells(finder: &Finder<'_>, cells: &[Origin], here: u32) -> Words {
    let mut cells = cells.to_vec();
    cells.sort_unstable_by_key(|cell| (cell.sheet, cell.column, cell.row));
    cells.dedup();
    let mut runs: Vec<(Origin, Origin)> = Vec::new();
    for cell in &cells {
        match runs.last_mut() {
            Some((_, last)) if (last.sheet, last.column, last.row + 1) == (cell.sheet, cell.column, cell.row) => {
                *last = *cell;
            }
            _ => runs.push((*cell, *cell)),
        }
    }
    let mut words = Words::new("", "");
    let mut sheet = here;
    for (number, (first, last)) in runs.iter().take(LISTED).enumerate() {
        let (zh, en) = match number {
            0 => ("", ""),
            _ if sheet == first.sheet => ("、", ", "),
            _ => ("；", "; "),
        };
        let start = if sheet == first.sheet { finder.address(*first) } else { finder.place(*first).to_string() };
        let end = if first == last { String::new() } else { format!(":{}", finder.address(*last)) };
        words.zh += &format!("{zh}{start}{end}");
        words.en += &format!("{en}{start}{end}");
        sheet = first.sheet;
    }
    if runs.len() > LISTED {
        words.zh += "……";
        words.en += " …";
    }
    words
}
