//! What a form's sheet hides: read like everything else, or as if it were not there.

use std::borrow::Cow;

use super::super::header::is_blank;
use super::super::problem;
use super::super::source::Chosen;
use crate::diagnostic::Diagnostic;
use crate::workbook::{CellValue, Sheet};

/// The sheet as it is to be read; what of it is hidden is told either way.
pub(super) fn seen<'a>(chosen: Chosen<'a>, skips_hidden: bool, problems: &mut Vec<Diagnostic>) -> Cow<'a, Sheet> {
    let sheet = chosen.sheet;
    if sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty() {
        return Cow::Borrowed(sheet);
    }
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let mut seen = sheet.clone();
    for (row, cells) in seen.rows.iter_mut().enumerate() {
        for (column, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| !is_blank(cell)) {
            let (row_hidden, column_hidden) = (sheet.hidden_rows.contains(row), sheet.hidden_columns.contains(column));
            if row_hidden && rows.last() != Some(&row) {
                rows.push(row);
            }
            if column_hidden && !columns.contains(&column) {
                columns.push(column);
            }
            if row_hidden || column_hidden {
                *cell = CellValue::Empty;
            }
        }
    }
    columns.sort_unstable();
    if !rows.is_empty() || !columns.is_empty() {
        problems.push(problem::hidden_lines(chosen.at, &rows, &columns, skips_hidden));
    }
    if skips_hidden { Cow::Owned(seen) } else { Cow::Borrowed(sheet) }
}
