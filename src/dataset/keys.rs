//! Keys: the columns that tell a table's rows apart, without blanks and without two that are the same.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::folded;
use super::problem;
use super::{Dataset, Table, TableSpec, Value};
use crate::diagnostic::Diagnostic;

/// A value as it is compared with others: text without blanks and in half width, a number as its digits. Nothing for a
/// blank.
pub(crate) fn comparable(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Blank => None,
        Value::Text(text) => Some(folded(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Date(date) => Some(Cow::Owned(format!("{:?}-{:?}-{:?}", date.year, date.month, date.day))),
        Value::Bool(yes) => Some(Cow::Borrowed(if *yes { "是" } else { "否" })),
    }
}

/// The columns of the key, and everything that is wrong with them.
pub(super) fn find(table: &Table, spec: &TableSpec, problems: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut key = Vec::new();
    for (name, place) in &spec.key {
        match table.find_column(name) {
            Some(column) if !key.contains(&column) => key.push(column),
            Some(_) => {}
            None => problems.push(problem::unknown_column(place.clone(), table, name)),
        }
    }
    key
}

/// Blank and repeated keys.
pub(super) fn check(dataset: &Dataset, table: &Table, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<Vec<Cow<'_, str>>, usize> = HashMap::with_capacity(table.rows.len());
    let Some(shown_column) = table.key.first() else { return };
    for (number, row) in table.rows.iter().enumerate() {
        let cells = table.key.iter().filter_map(|column| row.cells.get(*column));
        let mut values = Vec::with_capacity(table.key.len());
        for (cell, column) in cells.zip(&table.key) {
            match comparable(&cell.value) {
                Some(value) => values.push(value),
                None => problems.push(problem::blank_key(dataset, cell.origin, &table.columns[*column].name)),
            }
        }
        if values.len() < table.key.len() {
            continue;
        }
        let shown = values.join(" ");
        if let Some(other) = first.insert(values, number) {
            let origin = |row: usize| table.rows[row].cells[*shown_column].origin;
            problems.push(problem::key_twice(dataset, table, origin(other), origin(number), &shown));
        }
    }
}
