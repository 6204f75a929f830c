//! The plain table behind a chart: a heading and cells a column, beginning in `A1`.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Writer, XlsxError, utility};

use super::text::clean;
use super::{MOST_COLUMNS, MOST_ROWS, problem};
use crate::diagnostic::Diagnostic;

/// A column of a plain table.
pub struct DataColumn<'a> {
    /// In its first cell.
    pub heading: &'a str,
    /// Below.
    pub cells: DataCells<'a>,
}

/// The cells of a column.
#[derive(Clone, Copy)]
pub enum DataCells<'a> {
    /// Words.
    Names(&'a [String]),
    /// Numbers; a missing one is an empty cell.
    Numbers(&'a [Option<f64>]),
}

impl DataCells<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Names(names) => names.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }
}

/// The letters of a column, counted from 0.
pub fn column_name(column: usize) -> String {
    utility::column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX))
}

/// Writes a plain table as .xlsx: the same bytes for the same table.
///
/// # Errors
/// It has more rows or columns than Excel opens.
pub fn write_data(sheet: &str, columns: &[DataColumn<'_>]) -> Result<Vec<u8>, Diagnostic> {
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    if rows >= MOST_ROWS {
        return Err(problem::too_many_rows(sheet, rows, MOST_ROWS));
    }
    if columns.len() > MOST_COLUMNS {
        return Err(problem::too_many_columns(sheet, columns.len(), MOST_COLUMNS));
    }
    written(sheet, columns).map_err(|error| problem::not_written(&error.to_string()))
}

fn written(name: &str, columns: &[DataColumn<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut writer = Writer::new();
    // The clock would make two runs differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    writer.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = writer.add_worksheet();
    sheet.set_name(name)?;
    for (number, column) in (0..).zip(columns) {
        sheet.write_string(0, number, clean(column.heading))?;
        match column.cells {
            DataCells::Names(names) => {
                for (row, name) in (1..).zip(names) {
                    sheet.write_string(row, number, clean(name))?;
                }
            }
            DataCells::Numbers(numbers) => {
                for (row, value) in (1..).zip(numbers) {
                    if let Some(value) = value.filter(|value| value.is_finite()) {
                        sheet.write_number(row, number, value)?;
                    }
                }
            }
        }
    }
    writer.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 1, 25, 26, 701, 702].map(column_name), ["A", "B", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_plain_table_is_read_back_and_the_same_each_time() {
        let names = ["甲".to_owned(), "_x0041_".to_owned()];
        let columns = [
            DataColumn { heading: "支部", cells: DataCells::Names(&names) },
            DataColumn { heading: "党员", cells: DataCells::Numbers(&[Some(12.5), None, Some(f64::NAN)]) },
        ];
        let bytes = write_data("Sheet1", &columns).unwrap();
        assert_eq!(bytes, write_data("Sheet1", &columns).unwrap());
        let book = workbook::read("a.xlsx", &bytes).unwrap();
        let rows: Vec<String> = book.sheets[0]
            .rows
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(rows[..2], ["支部|党员", "甲|12.5"]);
        // what looks like the number of a character is told from one
        assert!(rows[2].starts_with("_x005F_x0041_"), "{rows:?}");
    }
}
