//! Other names for a column: what a project says a column is also called in the sheets people send.

use std::collections::HashMap;

use super::heading::Heading;
use super::names::folded;
use super::plan::find_one;
use super::problem::{self, At};
use super::{ColumnSpec, Table};
use crate::diagnostic::Diagnostic;

/// A sheet's columns under the names that the project gives them.
pub(super) fn renamed(
    at: At<'_>,
    row: u32,
    mut names: Vec<(u32, String)>,
    specs: &[ColumnSpec],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(u32, String)> {
    for spec in specs.iter().filter(|spec| !spec.also.is_empty()) {
        let headings: Vec<_> = names.iter().map(|(_, name)| Heading::of(name)).collect();
        let find = |name: &str| {
            let wanted = folded(name);
            let equal = names.iter().position(|(_, known)| folded(known) == wanted);
            equal.or_else(|| find_one(&headings, &Heading::of(name), false))
        };
        let own = find(&spec.name);
        let mut meant: Vec<usize> = Vec::new();
        for (also, _) in &spec.also {
            meant.extend(find(also).filter(|found| !meant.contains(found)));
        }
        meant.retain(|found| Some(*found) != own);
        let mut all = own.into_iter().chain(meant.iter().copied());
        match (all.next(), all.next()) {
            (Some(first), Some(second)) => {
                let shown = |at: usize| names.get(at).map_or((0, ""), |(column, name)| (*column, name.as_str()));
                problems.push(problem::also_in_two_columns(at, row, &spec.name, shown(first), shown(second)));
            }
            (Some(only), None) if own.is_none() => {
                if let Some((_, name)) = names.get_mut(only) {
                    name.clone_from(&spec.name);
                }
            }
            _ => {}
        }
    }
    names
}

/// Columns that the project speaks of and the table does not have, or speaks of under two names.
pub(super) fn check(table: &Table, specs: &[ColumnSpec], problems: &mut Vec<Diagnostic>) {
    let mut described: HashMap<usize, &ColumnSpec> = HashMap::new();
    for spec in specs {
        match table.find_column(&spec.name) {
            None => problems.push(problem::unknown_column(spec.place.clone(), table, &spec.name)),
            Some(column) => {
                if let Some(first) = described.insert(column, spec) {
                    problems.push(problem::column_described_twice(table, spec, &first.place));
                }
            }
        }
    }
}
