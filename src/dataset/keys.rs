//! Keys: the columns that tell a table's rows apart, without blanks and without two that are the same.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::locate::is_serial;
use super::names::folded;
use super::problem;
use super::{Dataset, Table, TableSpec, Value};
use crate::diagnostic::Diagnostic;

/// So many rows that two files have in common are told one by one.
const MOST_TOLD_SINGLY: usize = 3;

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

/// Two rows of one key.
pub(super) struct Twice {
    /// The first row.
    pub(super) first: usize,
    /// The later one.
    pub(super) again: usize,
    /// The key's values.
    pub(super) shown: String,
}

/// Blank and repeated keys.
pub(super) fn check(dataset: &Dataset, table: &Table, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<Vec<Cow<'_, str>>, usize> = HashMap::with_capacity(table.rows.len());
    let Some(shown_column) = table.key.first() else { return };
    let sheet =
        |row: usize| table.rows.get(row).and_then(|row| row.cells.get(*shown_column)).map(|cell| cell.origin.sheet);
    let mut twice: BTreeMap<_, Vec<Twice>> = BTreeMap::new();
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
        match first.entry(values) {
            Entry::Vacant(entry) => {
                entry.insert(number);
            }
            Entry::Occupied(entry) => {
                let first = *entry.get();
                twice.entry((sheet(number), sheet(first))).or_default().push(Twice { first, again: number, shown });
            }
        }
    }
    for ((again, first), twice) in twice {
        // Two files that have many rows in common are one problem, not many.
        if again != first && twice.len() > MOST_TOLD_SINGLY {
            problems.push(problem::keys_twice(dataset, table, &twice));
        } else {
            problems.extend(twice.iter().map(|twice| problem::key_twice(dataset, table, twice)));
        }
    }
}

/// The columns in which two rows differ.
pub(super) fn differences(table: &Table, first: usize, again: usize) -> Vec<usize> {
    let (Some(first), Some(again)) = (table.rows.get(first), table.rows.get(again)) else { return Vec::new() };
    let cells = first.cells.iter().zip(&again.cells).enumerate();
    let differ = cells.filter(|(_, (first, again))| comparable(&first.value) != comparable(&again.value));
    differ.map(|(column, _)| column).filter(|column| !is_serial(&table.columns[*column].name)).collect()
}
