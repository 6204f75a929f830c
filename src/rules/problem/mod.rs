//! What can be wrong with cells that break a rule, and with rules themselves, in words.

mod cells;
mod settings;
mod sums;

pub(super) use cells::*;
pub(super) use settings::*;
pub(super) use sums::*;

use crate::diagnostic::{Diagnostic, Place, Severity, Words};

/// A cell, or a sheet, breaks a rule of a column.
fn broken(code: &'static str, level: Severity, place: Place, column: &str, message: Words) -> Diagnostic {
    Diagnostic { severity: level, ..Diagnostic::error(code, place, message) }.about(column)
}

/// A value as it stands in a message: not longer than a line.
fn short(value: &str) -> String {
    const LONGEST: usize = 40;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// A figure that was reckoned, without the dust of binary fractions.
fn figure(number: f64) -> String {
    ((number * 1e6).round() / 1e6).to_string()
}
