//! Cells that cannot be what their column holds: they keep reports from being made, or count as blank, as the project says.

use super::problem;
use super::{Kind, Table, Value};
use crate::diagnostic::{Diagnostic, Severity};

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

impl WrongCells {
    /// Whether a problem is that a cell cannot be read as what its column holds.
    pub(crate) fn is_about_one(problem: &Diagnostic) -> bool {
        const CODES: [&str; 5] = [
            "dataset.error-cell",
            "dataset.not-computed",
            "dataset.text-in-number-column",
            "dataset.impossible-date",
            "dataset.no-date",
        ];
        CODES.contains(&problem.code)
    }
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
    // What is wrong with a heading, or with all of a column, is wrong still.
    for told in problems.iter_mut().filter(|told| told.is_error() && WrongCells::is_about_one(told)) {
        told.severity = Severity::Warning;
        problem::counts_as_blank(told);
    }
}
