//! Workbooks as sheets of cells, whatever file format they come in. The only module that knows calamine.
//!
//! `container` tells formats apart by content and unpacks within limits; `text_table` reads text. For the others
//! `reading` turns what calamine reads into grids, after a look of our own at the bytes: `outline` (xlsx), `binary`
//! (xlsb), `open_document` (ods) and `legacy` (xls) count what calamine would take, and find what it does not tell;
//! `mend` rewrites what it refuses, `shares` cuts large sheets for several threads, and `stored_zip` hands parts over
//! without a copy.

mod binary;
mod cell_album;
mod compound;
mod container;
mod encoding;
mod grid;
mod inflate;
mod legacy;
mod legacy_formats;
mod legacy_strings;
mod limits;
mod mend;
mod open_document;
mod outline;
mod package;
mod percent;
mod pictures;
mod problem;
mod reading;
mod shares;
mod spans;
mod stored_zip;
mod text_table;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use container::Content;

pub use encoding::Encoding;
pub use limits::{Limits, Options};
pub use percent::in_percent;
pub use reading::panic_is_damage;
pub use spans::Spans;

use crate::diagnostic::Diagnostic;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// Its path as messages show it.
    pub file: String,
    /// Its sheets, in the workbook's order.
    pub sheets: Vec<Sheet>,
    /// What its reader should know: nothing here is an error.
    pub problems: Vec<Diagnostic>,
}

/// A sheet: a grid of cells from A1 to its last used cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// The rows; shorter ones end in empty cells.
    pub rows: Vec<Vec<CellValue>>,
    /// Merged areas, from top to bottom.
    pub merged: Vec<Area>,
    /// Rows that are hidden, filtered out, folded away or of no height.
    pub hidden_rows: Spans,
    /// Columns that are hidden, folded away or of no width.
    pub hidden_columns: Spans,
    /// Pictures in its cells: their files within the workbook, by row and column.
    pub pictures: Arc<BTreeMap<(u32, u32), Arc<str>>>,
}

impl Sheet {
    /// What stands in a cell; rows and columns from 0, beyond the last used cell there is nothing.
    pub fn cell(&self, row: usize, column: usize) -> &CellValue {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&CellValue::Empty)
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum CellValue {
    /// Nothing.
    #[default]
    Empty,
    /// Text as it stands, blanks included; never of no characters.
    Text(Arc<str>),
    /// A number.
    Number(f64),
    /// A number that is formatted as a percentage, as the file holds it: 0.9 where 90% is shown.
    Percent(f64),
    /// A number that is formatted as a date: days since the workbook's epoch, resolved to calendar parts.
    Date {
        /// Year.
        year: i32,
        /// Month, 1 to 12.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// True or false.
    Bool(bool),
    /// An error such as `#DIV/0!`.
    Error(Arc<str>),
    /// A formula whose value the file does not hold: the program that wrote it did not compute it.
    NotComputed,
}

/// What a person sees in the cell, but for the format of numbers.
impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty | Self::NotComputed => Ok(()),
            Self::Text(text) | Self::Error(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Percent(share) => write!(f, "{}%", in_percent(*share)),
            Self::Date { year, month, day } => write!(f, "{year}-{month:02}-{day:02}"),
            Self::Bool(yes) => f.write_str(if *yes { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A rectangle of cells; rows and columns from 0, ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// Reads a workbook as most are to be read; `file` is its name in messages.
///
/// # Errors
/// The bytes are no workbook, or one that is locked, damaged or too large.
pub fn read(file: &str, bytes: &[u8]) -> Result<Workbook, Diagnostic> {
    read_with(file, bytes, &Options::default())
}

/// Reads a workbook; `file` is its name in messages.
///
/// # Errors
/// The bytes are no workbook, or one that is locked, damaged or too large.
pub fn read_with(file: &str, bytes: &[u8], options: &Options) -> Result<Workbook, Diagnostic> {
    check_size(file, bytes.len() as u64, &options.limits)?;
    let (sheets, problems) = match container::open(file, bytes, &options.limits)? {
        Content::Text(bytes) => text_table::sheet(file, bytes, options).map(|(sheet, found)| (vec![sheet], found))?,
        Content::Workbook(container) => (reading::sheets(file, &container, &options.limits)?, Vec::new()),
    };
    Ok(Workbook { file: file.to_owned(), sheets, problems })
}

/// A part of a workbook, such as a picture in one of its cells; nothing if it is not there, damaged, or larger than
/// `most` bytes.
pub fn part(workbook: impl std::io::Read + std::io::Seek, path: &str, most: u64) -> Option<Vec<u8>> {
    container::part(workbook, path, most)
}

/// Refuses a file that is larger than what may come out of one, before it is read.
///
/// # Errors
/// It is larger.
pub fn check_size(file: &str, bytes: u64, limits: &Limits) -> Result<(), Diagnostic> {
    if bytes > limits.unpacked { Err(problem::too_large(file, bytes, limits)) } else { Ok(()) }
}

/// A column's letters: `A` for 0, `AA` for 26.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell's address, such as `C5`; row and column from 0.
pub fn cell_address(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), u64::from(row) + 1)
}

#[cfg(test)]
mod format_tests;
#[cfg(test)]
mod tests;
