//! Typed tables found in workbooks, linked by keys; every value knows its cell.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::workbook::Workbook;

/// All tables of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// The sheets that values come from; an [`Origin`] points here.
    pub sheets: Vec<SheetName>,
    /// The tables, in the project file's order.
    pub tables: Vec<Table>,
    /// The links between them.
    pub links: Vec<Link>,
}

/// Names a sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SheetName {
    /// The workbook's path as the user would write it.
    pub file: String,
    /// The sheet.
    pub sheet: String,
}

/// Index into [`Dataset::tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub u16);

/// Rows with a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its name in templates.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns that tell rows apart.
    pub key: Vec<usize>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in templates.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
}

/// What a column's cells hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words, or more than one kind.
    #[default]
    Text,
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// Yes and no.
    Bool,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// A value and the cell it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub origin: Origin,
}

/// A cell's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Index into [`Dataset::sheets`].
    pub sheet: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

/// A value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// An empty cell.
    #[default]
    Blank,
    /// Words.
    Text(Arc<str>),
    /// A number.
    Number(f64),
    /// A date.
    Date(Date),
    /// Yes or no.
    Bool(bool),
}

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12, if known.
    pub month: Option<u8>,
    /// Day of the month, if known.
    pub day: Option<u8>,
}

/// Rows of one table that name a row of another: a branch names its school.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The table whose rows name another's.
    pub from: TableId,
    /// Its column.
    pub from_column: usize,
    /// The table that is named.
    pub to: TableId,
    /// Its column, a key.
    pub to_column: usize,
    /// For each row of `from`, the row of `to` that it names.
    pub targets: Vec<Option<u32>>,
    /// For each row of `to`, the rows of `from` that name it, in order.
    pub followers: Vec<Vec<u32>>,
}

/// The rows of a table that a report, or a turn of a loop, sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All of them.
    All,
    /// These, in order.
    Some(Arc<[u32]>),
}

/// A table to be found: its name, where it is looked for, its key.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSpec {
    /// Its name in templates.
    pub name: String,
    /// Where the project file defines it.
    pub place: Place,
    /// The workbooks' sheets it is read from, in order; several make one table.
    pub sheets: Vec<SheetChoice>,
    /// The columns that tell rows apart, each with the place where the project file names it.
    pub key: Vec<(String, Place)>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetChoice {
    /// Index into the workbooks given to [`Dataset::find`].
    pub workbook: usize,
    /// The sheet's name; the first visible sheet with content if not given.
    pub sheet: Option<String>,
    /// Where the project file names it.
    pub place: Place,
}

/// A link to be followed: `table.column` names rows of `table.column`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSpec {
    /// Table and column that name, and where the project file says so.
    pub from: (String, String, Place),
    /// Table and column that are named, and where the project file says so.
    pub to: (String, String, Place),
}

impl Dataset {
    /// Finds the tables in the workbooks and follows the links between them. The dataset has what could be found even
    /// when there are problems; nothing may be made from it if one of them is an error.
    pub fn find(workbooks: &[Workbook], tables: &[TableSpec], links: &[LinkSpec]) -> (Self, Vec<Diagnostic>) {
        let _ = (workbooks, tables, links);
        (Self::default(), Vec::new())
    }

    /// The table of a name.
    pub fn table_id(&self, name: &str) -> Option<TableId> {
        self.tables.iter().position(|table| table.name == name).map(|at| TableId(at as u16))
    }

    /// A table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// Everything.
    pub fn all(&self) -> View {
        View { rows: vec![Rows::All; self.tables.len()] }
    }
}

/// The rows that a report, or a turn of a loop, sees of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// For each table, its rows.
    pub rows: Vec<Rows>,
}

impl View {
    /// This view narrowed to one row: its own table to that row, the tables whose rows name it (and those that name
    /// them, and so on) to those rows, the tables that it names (and so on) to the rows named. Never wider than `self`,
    /// but for the rows named, which are always in view.
    #[must_use]
    pub fn at(&self, dataset: &Dataset, table: TableId, row: u32) -> Self {
        let _ = (dataset, table, row);
        self.clone()
    }
}
