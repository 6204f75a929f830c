//! The tables and columns that rules name, and the cells in them.

use super::{Named, problem};
use crate::dataset::{Cell, Column, Dataset, Kind, Origin, Table, TableId, Value};
use crate::diagnostic::{Diagnostic, Place};

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) table: TableId,
    pub(super) column: usize,
}

/// Finds what rules name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder<'a> {
    pub(super) dataset: &'a Dataset,
    /// The names of all tables of the project.
    pub(super) tables: &'a [&'a str],
}

impl<'a> Finder<'a> {
    /// A table by its name; one that the project does not have is a problem.
    pub(super) fn table(&self, named: &Named, problems: &mut Vec<Diagnostic>) -> Option<TableId> {
        let id = self.dataset.table_id(&named.table);
        if id.is_none() && !self.tables.contains(&named.table.as_str()) {
            problems.push(problem::unknown_table(named, self.tables));
        }
        id
    }

    /// A column by its name; one that its table does not have is a problem.
    pub(super) fn column(&self, named: &Named, problems: &mut Vec<Diagnostic>) -> Option<At> {
        let table = self.table(named, problems)?;
        let column = self.dataset.table(table).find_column(&named.column);
        if column.is_none() {
            problems.push(problem::unknown_column(named, self.dataset.table(table)));
        }
        Some(At { table, column: column? })
    }

    /// A column that is to be reckoned with; one in which words stand and no number is a problem.
    pub(super) fn numbers(&self, named: &Named, problems: &mut Vec<Diagnostic>) -> Option<At> {
        let at = self.column(named, problems)?;
        let spec = self.spec(at);
        if spec.kind != Kind::Number && self.cells(at).any(|cell| cell.value != Value::Blank) {
            problems.push(problem::no_numbers(named, &self.name(at)));
            return None;
        }
        Some(at)
    }

    /// Whether a table lacks rows because a workbook could not be read.
    pub(super) fn is_incomplete(&self, table: TableId) -> bool {
        self.dataset.incomplete.contains(&table)
    }

    pub(super) fn table_of(&self, table: TableId) -> &'a Table {
        self.dataset.table(table)
    }

    pub(super) fn spec(&self, at: At) -> &'a Column {
        &self.table_of(at.table).columns[at.column]
    }

    /// `table.column`.
    pub(super) fn name(&self, at: At) -> String {
        format!("{}.{}", self.table_of(at.table).name, self.spec(at).name)
    }

    /// The cells of a column, from its first row to its last.
    pub(super) fn cells(&self, at: At) -> impl Iterator<Item = &'a Cell> + use<'a> {
        self.table_of(at.table).rows.iter().filter_map(move |row| row.cells.get(at.column))
    }

    pub(super) fn cell(&self, at: At, row: u32) -> Option<&'a Cell> {
        self.table_of(at.table).rows.get(row as usize)?.cells.get(at.column)
    }

    /// The number in a cell; nothing where there is none.
    pub(super) fn number(&self, at: At, row: u32) -> Option<f64> {
        match self.cell(at, row)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn sheet(&self, sheet: u32) -> Place {
        self.dataset
            .sheets
            .get(sheet as usize)
            .map_or(Place::Run, |name| Place::Sheet { file: name.file.clone(), sheet: name.sheet.clone() })
    }

    /// A cell's address within its sheet.
    pub(super) fn address(&self, origin: Origin) -> String {
        match self.place(origin) {
            Place::Cell { cell, .. } => cell,
            _ => String::new(),
        }
    }

    pub(super) fn place(&self, origin: Origin) -> Place {
        self.dataset.place(origin)
    }
}
