//! Rows of a table that helpers hand to each other, without copies of what they hold.

use std::sync::Arc;

use super::Traced;
use crate::dataset::{Cell, Dataset, Rows, TableId};

/// Rows of one table, in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::template) struct TableRows {
    pub(in crate::template) table: TableId,
    pub(in crate::template) rows: Rows,
    /// Whether they come from `全部`: what belongs to them is then not narrowed to the report's unit.
    pub(in crate::template) whole: bool,
}

/// Rows with equal values in a column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) struct Group {
    /// The value.
    pub(in crate::template) key: Traced,
    pub(in crate::template) rows: TableRows,
}

/// Groups, in order of appearance.
pub(in crate::template) type Groups = Vec<Group>;

impl TableRows {
    /// These rows instead.
    pub(in crate::template) fn with(&self, rows: impl Into<Arc<[u32]>>) -> Self {
        Self { rows: Rows::Some(rows.into()), ..self.clone() }
    }

    pub(in crate::template) fn len(&self, dataset: &Dataset) -> usize {
        match &self.rows {
            Rows::All => dataset.table(self.table).rows.len(),
            Rows::Some(rows) => rows.len(),
        }
    }

    /// The numbers of the rows, in order.
    pub(in crate::template) fn numbers(&self, dataset: &Dataset) -> impl DoubleEndedIterator<Item = u32> + use<> {
        let len = self.len(dataset);
        let rows = match &self.rows {
            Rows::All => None,
            Rows::Some(rows) => Some(rows.clone()),
        };
        (0..len).map(move |at| rows.as_ref().and_then(|rows| rows.get(at).copied()).unwrap_or(at as u32))
    }

    /// The cells of a column.
    pub(in crate::template) fn column<'d>(
        &self,
        dataset: &'d Dataset,
        column: usize,
    ) -> impl DoubleEndedIterator<Item = &'d Cell> + use<'d> {
        let table = dataset.table(self.table);
        let cell = move |row: u32| table.rows.get(row as usize)?.cells.get(column);
        self.numbers(dataset).filter_map(cell)
    }
}
