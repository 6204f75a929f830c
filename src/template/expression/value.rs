//! What an expression gives, and the cells it was computed from.

use std::sync::Arc;

use super::Cells;
use super::rows::{Groups, TableRows};
use crate::dataset::{self, Date};
use crate::template::calendar::{self, DateForm};
use crate::template::figure;
use crate::template::inserts::InsertedPicture;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) enum Value {
    Blank,
    Number(f64),
    /// A number that a helper has already put into words, such as `45.2%`.
    Figure {
        number: f64,
        text: String,
    },
    Text(Arc<str>),
    Date(Date),
    Bool(bool),
    /// Rows of a table.
    Rows(TableRows),
    /// A column of such rows.
    Column(TableRows, usize),
    /// Groups of rows.
    Groups(Arc<Groups>),
    /// A picture that a helper has drawn.
    Picture(Arc<InsertedPicture>),
}

impl Value {
    /// Words; no words are a blank.
    pub(in crate::template) fn text(text: impl AsRef<str>) -> Self {
        match text.as_ref() {
            "" => Self::Blank,
            text => Self::Text(Arc::from(text)),
        }
    }

    /// What a reader sees; nothing for a blank or for rows.
    pub(in crate::template) fn shown(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(figure::plain(*number)),
            Self::Figure { text, .. } => Some(text.clone()),
            Self::Text(text) => Some(text.to_string()),
            Self::Date(date) => Some(calendar::write(*date, DateForm::Plain)),
            Self::Bool(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
            Self::Blank | Self::Rows(_) | Self::Column(..) | Self::Groups(_) | Self::Picture(_) => None,
        }
    }

    pub(in crate::template) fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// Whether it is shown as a number, on the right of a table's column.
    pub(in crate::template) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Figure { .. })
    }
}

impl From<&dataset::Value> for Value {
    fn from(value: &dataset::Value) -> Self {
        match value {
            dataset::Value::Blank => Self::Blank,
            dataset::Value::Text(text) if text.is_empty() => Self::Blank,
            dataset::Value::Text(text) => Self::Text(text.clone()),
            dataset::Value::Number(number) => Self::Number(*number),
            dataset::Value::Date(date) => Self::Date(*date),
            dataset::Value::Bool(yes) => Self::Bool(*yes),
        }
    }
}

/// A value and the cells it was computed from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) struct Traced {
    pub(in crate::template) value: Value,
    pub(in crate::template) cells: Cells,
}

impl Traced {
    pub(in crate::template) fn new(value: Value, cells: Cells) -> Self {
        Self { value, cells }
    }

    /// A cell of the data.
    pub(in crate::template) fn of(cell: &dataset::Cell) -> Self {
        Self { value: Value::from(&cell.value), cells: Cells::one(cell.origin) }
    }

    pub(in crate::template) fn blank() -> Self {
        Self::from(Value::Blank)
    }
}

/// A value of the template's own.
impl From<Value> for Traced {
    fn from(value: Value) -> Self {
        Self { value, cells: Cells::default() }
    }
}
