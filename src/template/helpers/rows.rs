//! Helpers that count rows and pick some of them.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Arguments, logic};
use crate::dataset;
use crate::template::expression::{Cells, Runner, TableRows, Traced, Value};

pub(super) fn count(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let mut cells = Cells::default();
    let count = match arguments.value(0).map(|value| &value.value) {
        Some(Value::Rows(rows)) => {
            // A row is told by its key, and that is what is counted.
            let key = runner.dataset.table(rows.table).key.first().copied().unwrap_or(0);
            rows.column(runner.dataset, key).for_each(|cell| cells.push(cell.origin));
            rows.len(runner.dataset)
        }
        Some(Value::Column(rows, column)) => {
            let filled = rows.column(runner.dataset, *column).filter(|cell| !is_blank(&cell.value));
            filled.map(|cell| cells.push(cell.origin)).count()
        }
        Some(Value::Groups(groups)) => {
            groups.iter().for_each(|group| cells.add(&group.key.cells));
            groups.len()
        }
        _ => 0,
    };
    Traced::new(Value::Number(count as f64), cells)
}

fn is_blank(value: &dataset::Value) -> bool {
    Value::from(value).is_blank()
}

pub(super) fn distinct(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (mut seen, mut cells) = (HashSet::new(), Cells::default());
    if let Some(Value::Column(rows, column)) = arguments.value(0).map(|value| &value.value) {
        for cell in rows.column(runner.dataset, *column) {
            if let Some(shown) = Value::from(&cell.value).shown() {
                seen.insert(shown);
                cells.push(cell.origin);
            }
        }
    }
    Traced::new(Value::Number(seen.len() as f64), cells)
}

pub(super) fn rank(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some([column, value]) = arguments.values.get(..2) else { return Traced::blank() };
    let Value::Column(rows, column) = &column.value else { return Traced::blank() };
    let Some(number) = runner.number(value, arguments) else { return Traced::new(Value::Blank, value.cells.clone()) };
    let ascending = arguments.option("asc").is_some_and(|value| logic::is_true(runner.dataset, &value.value));
    let mut cells = value.cells.clone();
    let mut ahead = 0;
    for cell in rows.column(runner.dataset, *column) {
        if let Some(other) = runner.number(&Traced::of(cell), arguments) {
            cells.push(cell.origin);
            let before = if ascending { other < number } else { other > number };
            ahead += usize::from(before && !logic::equal(other, number));
        }
    }
    Traced::new(Value::Number((ahead + 1) as f64), cells)
}

pub(super) fn top(runner: &mut Runner<'_>, from: Value, arguments: &Arguments<'_>) -> Value {
    let count = arguments.value(0).and_then(|count| runner.number(count, arguments)).unwrap_or(0.0);
    // A number below zero becomes zero, one too large all there are.
    take(runner, from, count as usize, false)
}

pub(super) fn first(runner: &mut Runner<'_>, from: Value, _: &Arguments<'_>) -> Value {
    take(runner, from, 1, false)
}

pub(super) fn last(runner: &mut Runner<'_>, from: Value, _: &Arguments<'_>) -> Value {
    take(runner, from, 1, true)
}

fn take(runner: &Runner<'_>, from: Value, count: usize, from_end: bool) -> Value {
    match from {
        Value::Rows(rows) => Value::Rows(some(runner, &rows, count, from_end)),
        Value::Groups(groups) => {
            let skip = if from_end { groups.len().saturating_sub(count) } else { 0 };
            Value::Groups(Arc::new(groups.iter().skip(skip).take(count).cloned().collect()))
        }
        other => other,
    }
}

fn some(runner: &Runner<'_>, rows: &TableRows, count: usize, from_end: bool) -> TableRows {
    let numbers = rows.numbers(runner.dataset);
    let taken: Vec<u32> = match from_end {
        true => {
            let mut taken: Vec<_> = numbers.rev().take(count).collect();
            taken.reverse();
            taken
        }
        false => numbers.take(count).collect(),
    };
    rows.with(taken)
}
