//! Cells that cannot be what their column holds: they keep reports from being made, or count as blank, as the project says.

use super::problem;
use super::{Kind, Table, Value};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// What becomes of the cells of a table that cannot be read as what their column holds: error values, formulas without a
/// result, words among numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrongCells {
    /// They are errors.
    #[default]
    Refuse,
    /// They count as blank, each with a warning.
    Blank,
}

/// Takes a table's wrong cells as blank; `problems` is what was said in reading its cells.
pub(super) fn take_as_blank(table: &mut Table, problems: &mut [Diagnostic]) {
    for (number, column) in table.columns.iter().enumerate() {
        let is_wrong = |value: &Value| match column.kind {
            Kind::Number => !matches!(value, Value::Number(_) | Value::Blank),
            Kind::Date => !matches!(value, Value::Date(_) | Value::Blank),
            Kind::Text | Kind::Bool => false,
        };
        for cell in table.rows.iter_mut().filter_map(|row| row.cells.get_mut(number)) {
            if is_wrong(&cell.value) {
                cell.value = Value::Blank;
            }
        }
    }
    for told in problems.iter_mut().filter(|told| told.is_error() && matches!(told.place, Place::Cell { .. })) {
        told.severity = Severity::Warning;
        problem::counts_as_blank(told);
    }
}
