//! Workbooks for tests.

use crate::workbook::{CellValue, Sheet, Workbook};

/// A sheet's name and its rows.
pub(super) type Rows<'a> = (&'a str, &'a [&'a str]);

/// A workbook of sheets; the rows' cells are parted by blanks, `_` is an empty one, a word that reads as a number is
/// one unless an apostrophe stands before it.
pub(super) fn book(path: &str, sheets: &[Rows<'_>]) -> Workbook {
    let cell = |word: &str| match word.parse::<f64>() {
        _ if word == "_" => CellValue::Empty,
        Ok(number) => CellValue::Number(number),
        Err(_) => CellValue::Text(word.trim_start_matches('\'').into()),
    };
    let sheet = |(name, rows): &Rows<'_>| Sheet {
        name: (*name).to_owned(),
        rows: rows.iter().map(|row| row.split(' ').map(cell).collect()).collect(),
        ..Sheet::default()
    };
    Workbook { file: path.to_owned(), sheets: sheets.iter().map(sheet).collect(), ..Workbook::default() }
}
