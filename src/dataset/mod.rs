//! Typed tables found in workbooks, linked by keys; every value knows its cell.
//!
//! The way from a sheet to a table: `source` and `pick` choose sheets and tables, `several` finds all tables of a sheet,
//! `below` where one ends and another begins, `header` (and `odd_header`) the rows that name the columns, `locate` the rows that are data; `form`
//! finds labels and their values in sheets that are no tables;
//! `plan` which columns the sheets of one table have between them; `build` puts their rows together, `kind` says what a
//! column holds and `reader` reads its cells as that. `keys`
//! and `links` check what the project file says of the tables, `view` follows the links.

mod also;
mod below;
mod build;
mod cell;
mod copies;
mod date;
mod date_text;
mod describe;
mod every;
mod form;
mod header;
mod header_lines;
mod heading;
mod keys;
mod kind;
mod links;
mod locate;
mod named_units;
mod names;
mod number;
mod odd_header;
mod pick;
mod plan;
mod problem;
mod profile;
mod reader;
mod region;
mod scale;
mod several;
mod source;
#[cfg(test)]
pub(crate) mod testing;
mod totals;
mod unit;
mod view;
mod without;
mod wrong_cells;

#[cfg(test)]
mod tests;

pub(crate) use describe::value_shown;
pub use describe::{FoundColumn, FoundKind, FoundTable, PassedOver, ValueCount, describe};
pub(crate) use heading::are_one;
pub(crate) use keys::comparable;
pub(crate) use links::leads_to;
pub use locate::Reason;
pub(crate) use locate::is_serial;
pub(crate) use named_units::NamedUnits;
pub(crate) use names::folded;
pub use profile::{Profile, likely_keys};
pub use wrong_cells::WrongCells;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::workbook::Workbook;
use form::Forms;
use source::Finder;

/// All tables of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// The sheets that values come from; an [`Origin`] points here.
    pub sheets: Vec<SheetName>,
    /// The tables, in the project file's order.
    pub tables: Vec<Table>,
    /// The links between them.
    pub links: Vec<Link>,
    /// Tables that lack rows because a file or sheet of theirs could not be read: what is not in them may well exist.
    pub incomplete: Vec<TableId>,
}

/// Names a sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SheetName {
    /// The workbook's path as the user would write it.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// Pictures in its cells: their files within the workbook, by row and column.
    pub pictures: Arc<BTreeMap<(u32, u32), Arc<str>>>,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableSpec {
    /// Its name in templates.
    pub name: String,
    /// Where the project file defines it.
    pub place: Place,
    /// The workbooks' sheets it is read from, in order; several make one table.
    pub sheets: Vec<SheetChoice>,
    /// The columns that tell rows apart, each with the place where the project file names it.
    pub key: Vec<(String, Place)>,
    /// What is said of single columns.
    pub columns: Vec<ColumnSpec>,
    /// Which table of a sheet is meant, and where the project file says so: its first cell, or the title above it. The
    /// first of the sheet if not given.
    pub at: Option<(String, Place)>,
    /// What is done with hidden rows, columns and sheets.
    pub hidden: Hidden,
    /// How bad it is if a total row differs from what the rows add up to; a warning if not said.
    pub totals: Option<Severity>,
    /// The table each of whose rows owes this one something, and where the project file says so.
    pub every: Option<(String, Place)>,
    /// Files that should have been among the workbooks and could not be read.
    pub unread: Vec<String>,
    /// What becomes of cells that cannot be read.
    pub wrong_cells: WrongCells,
    /// How it stands in its sheets.
    pub layout: Layout,
}

/// How a table stands in sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Layout {
    /// Rows below a header.
    #[default]
    Rows,
    /// Labels with their values: each sheet is a row.
    Form,
    /// Rows below a header inside the forms of this table, whose key stands in front of them; and where the project
    /// file names it.
    Inside(String, Place),
}

/// What is done with what a workbook hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// It is read like everything else.
    #[default]
    Read,
    /// It is passed over.
    Skip,
}

/// What is said of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnSpec {
    /// Its name in templates.
    pub name: String,
    /// Where the project file names it.
    pub place: Place,
    /// Other names that sheets give it, each with the place where the project file says so.
    pub also: Vec<(String, Place)>,
    /// What its cells hold; seen from the cells if not said. What is something else is then for rules to tell.
    pub kind: Option<Kind>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetChoice {
    /// Index into the workbooks given to [`Dataset::find`].
    pub workbook: usize,
    /// The sheet's name, or `*` for all visible sheets with content; if not given, the one of these that goes best with
    /// the table, the first of several.
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
    /// when there are problems; nothing may be made from it if one of them is an error. A table of which nothing could
    /// be found is left out.
    pub fn find(workbooks: &[Workbook], tables: &[TableSpec], links: &[LinkSpec]) -> (Self, Vec<Diagnostic>) {
        let mut dataset = Self::default();
        let mut problems = Vec::new();
        let mut finder = Finder::new(workbooks);
        let forms = form::read_all(&mut finder, tables, links, &mut problems);
        let mut sent = Vec::new();
        for spec in tables {
            let inner = form::inner(&forms, spec, tables, &mut problems);
            let (sources, is_whole): (Vec<_>, bool) = match &spec.layout {
                Layout::Rows => {
                    let mut sources = finder.sources(spec, &mut dataset.sheets, &mut problems);
                    let is_whole = sources.len() >= spec.sheets.len();
                    copies::tell(spec, &mut sources, &mut problems);
                    (sources, is_whole)
                }
                Layout::Form => {
                    let forms = forms.get(spec.name.as_str());
                    let records = forms.into_iter().flat_map(Forms::records);
                    let sources = records.map(|(chosen, form)| finder.extracted(chosen, form, &mut dataset.sheets));
                    (sources.collect(), forms.is_some_and(|forms| forms.is_whole))
                }
                Layout::Inside(..) => {
                    let tables = inner.tables.iter();
                    let sources = tables.map(|(chosen, table)| finder.extracted(*chosen, table, &mut dataset.sheets));
                    (sources.collect(), inner.is_whole)
                }
            };
            let lacks_rows = !spec.unread.is_empty() || !is_whole;
            if sources.is_empty() {
                continue;
            }
            let before = problems.len();
            let (mut table, scales) = build::table(&spec.name, &spec.columns, &sources, &mut problems);
            if spec.wrong_cells == WrongCells::Blank {
                wrong_cells::take_as_blank(&mut table, &mut problems[before..]);
            }
            totals::check(&table, &scales, &sources, spec.totals.unwrap_or(Severity::Warning), &mut problems);
            also::check(&table, &spec.columns, &mut problems);
            table.key = keys::find(&table, spec, &mut problems);
            if table.key.len() == spec.key.len() {
                keys::check(&dataset, &table, &mut problems);
            }
            if lacks_rows {
                dataset.incomplete.push(TableId(dataset.tables.len() as u16));
            }
            dataset.tables.push(table);
            sent.push((spec, every::Sent::of(&sources)));
        }
        finder.tell_what_was_not_read(&mut problems);
        let specified: Vec<_> = tables.iter().map(|spec| spec.name.as_str()).collect();
        form::link(&mut dataset, tables, links);
        links::follow(&mut dataset, links, &specified, &mut problems);
        every::check(&dataset, links, &sent, &specified, &mut problems);
        (dataset, problems)
    }

    /// The picture in a cell: its file within the workbook.
    pub fn picture(&self, cell: Origin) -> Option<&str> {
        self.sheets.get(cell.sheet as usize)?.pictures.get(&(cell.row, cell.column)).map(|part| &**part)
    }

    /// The table of a name.
    pub fn table_id(&self, name: &str) -> Option<TableId> {
        self.tables.iter().position(|table| table.name == name).map(|at| TableId(at as u16))
    }

    /// A table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// Where a cell stands.
    pub fn place(&self, origin: Origin) -> Place {
        problem::place_of(self, origin)
    }

    /// Everything.
    pub fn all(&self) -> View {
        View { rows: vec![Rows::All; self.tables.len()] }
    }
}

impl Column {
    /// Whether its numbers can be added up: those of shares, means and years cannot.
    pub fn adds_up(&self) -> bool {
        self.kind == Kind::Number && totals::adds_up(&self.name)
    }

    /// By what its numbers are to be multiplied to count in another column's unit: 10,000 from 万元 to 元. 1 where one of
    /// them names no unit; nothing if the units cannot be compared, as 人 and 元.
    pub fn factor_to(&self, other: &Self) -> Option<f64> {
        match (unit::of_name(&self.name), unit::of_name(&other.name)) {
            (Some(own), Some(other)) => own.to(&other),
            _ => Some(1.0),
        }
    }

    /// Whether it only numbers the rows (序号).
    pub fn is_serial(&self) -> bool {
        locate::is_serial(&self.name)
    }
}

impl Table {
    /// The column that a name means: that of this name, or the only one whose last level it is, or the only one that
    /// has this name but for a unit in brackets: `党费` is `党费（元）`. Widths of letters and brackets do not count.
    pub fn find_column(&self, name: &str) -> Option<usize> {
        names::find_name(self.columns.iter().map(|column| column.name.as_str()), name)
    }
}

/// The rows that a report, or a turn of a loop, sees of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// For each table, its rows.
    pub rows: Vec<Rows>,
}
