//! No two rows with the same value.

use std::collections::HashMap;

use super::find::{At, Finder};
use super::{ColumnRules, cells, problem};
use crate::dataset::{comparable, value_shown};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn check(finder: &Finder<'_>, rules: &ColumnRules, at: At, problems: &mut Vec<Diagnostic>) {
    // A key that is there twice has been told.
    if !rules.unique || finder.table_of(at.table).key == [at.column] {
        return;
    }
    let level = rules.level.unwrap_or(Severity::Error);
    let mut first = HashMap::new();
    for cell in finder.cells(at).filter(|cell| !cells::is_blank(&cell.value)) {
        let Some(value) = comparable(&cell.value) else { continue };
        let before = *first.entry(value).or_insert(cell.origin);
        // Rows that share a merged cell share its value.
        if before != cell.origin {
            let (place, before) = (finder.place(cell.origin), finder.place(before));
            problems.push(problem::there_twice(level, place, &finder.name(at), &value_shown(&cell.value), &before));
        }
    }
}
