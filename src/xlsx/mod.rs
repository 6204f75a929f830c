//! Workbooks written: titled tables with a header, ready to be printed and handed in. The only module that knows
//! rust_xlsxwriter.
//!
//! `names` makes sheet names that Excel takes, `text` what may stand in a cell, `header` lays header paths out in merged
//! cells, `look` holds fonts and number formats, `sheet` writes one sheet; `data` writes the plain table behind a chart.

mod data;
mod header;
mod look;
mod names;
mod problem;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

pub use data::{DATA_SHEET, DataCells, DataColumn, column_name, write_data};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Writer, XlsxError};

use crate::diagnostic::Diagnostic;

/// Most UTF-16 units of a cell's text; what is beyond is cut off.
pub const LONGEST_TEXT: usize = 32_767;
/// Rows of a sheet.
const MOST_ROWS: usize = 1_048_576;
/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Sheets of a workbook. Excel knows no limit; long before this one nobody finds a sheet again.
const MOST_SHEETS: usize = 10_000;

/// A workbook to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook<'a> {
    /// Its title, kept in the file's properties.
    pub title: String,
    /// Its sheets; at least one.
    pub sheets: Vec<Sheet<'a>>,
}

/// A sheet with one table: a title over all columns, a header that stays in view and is repeated on every printed page,
/// rows, and perhaps their total.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet<'a> {
    /// Its name; what Excel does not take is left out, and a name that is taken gets a number.
    pub name: String,
    /// Above the table; nothing if empty.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Row<'a>>,
    /// The word that begins the total row (`合计`); without it there is none.
    pub total: Option<&'static str>,
    /// Whether the header has buttons to filter by.
    pub filter: bool,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its heading, the levels of a path from above to below: 党员队伍, 正式党员.
    pub heading: Vec<String>,
    /// How its cells are shown.
    pub form: Form,
    /// Whether the total row adds it up.
    pub summed: bool,
}

/// How the cells of a column are shown. A date is shown as one in any column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Words, and codes whose zeros stay.
    #[default]
    Text,
    /// A number that only tells things apart, such as a year or a place in a list.
    Plain,
    /// A number with thousands parted, and so many decimals.
    Number(u8),
    /// A number with all the decimals that it has.
    Exact,
    /// A share of one as a percentage, with so many decimals.
    Percent(u8),
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row<'a> {
    /// A cell a column.
    pub cells: Vec<Cell<'a>>,
    /// What its colour says.
    pub tint: Tint,
}

/// What the colour of a row says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tint {
    /// Nothing.
    #[default]
    None,
    /// Something is wrong.
    Error,
    /// Somebody should look.
    Warning,
}

/// What stands in a cell. Text is never taken for a formula.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    #[default]
    Blank,
    /// Words.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A day, a month or a year.
    Date {
        /// Year.
        year: i32,
        /// Month, 1 to 12, if known.
        month: Option<u8>,
        /// Day of the month, if known.
        day: Option<u8>,
    },
}

/// Whether a text fits into a cell whole.
pub fn fits(text: &str) -> bool {
    text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT
}

/// Writes a workbook as .xlsx: the same bytes for the same workbook.
///
/// # Errors
/// There are more sheets than a workbook takes, or a sheet has more rows or columns than Excel opens.
pub fn write(workbook: &Workbook<'_>) -> Result<Vec<u8>, Diagnostic> {
    if workbook.sheets.len() > MOST_SHEETS {
        return Err(problem::too_many_sheets(workbook.sheets.len(), MOST_SHEETS));
    }
    for sheet in &workbook.sheets {
        let rows = sheet.rows.len() + header::levels(&sheet.columns) + 2;
        if rows > MOST_ROWS {
            return Err(problem::too_many_rows(&sheet.name, sheet.rows.len(), MOST_ROWS));
        }
        if sheet.columns.len() > MOST_COLUMNS {
            return Err(problem::too_many_columns(&sheet.name, sheet.columns.len(), MOST_COLUMNS));
        }
    }
    written(workbook).map_err(|error| problem::not_written(&error.to_string()))
}

fn written(workbook: &Workbook<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut writer = Writer::new();
    // The clock would make two runs differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(text::clean(&workbook.title)).set_creation_datetime(&made);
    writer.set_properties(&properties);
    let names = names::valid_and_unique(workbook.sheets.iter().map(|sheet| sheet.name.as_str()));
    for (sheet, name) in workbook.sheets.iter().zip(&names) {
        sheet::write(writer.add_worksheet(), name, sheet)?;
    }
    writer.save_to_buffer()
}
