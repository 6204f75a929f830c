//! The plain table behind a chart: a heading and cells a column, beginning in `A1`.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use quick_xml::escape::partial_escape;
use rust_xlsxwriter::utility;

use super::text::{clean, numbers_told};
use super::{MOST_COLUMNS, MOST_ROWS, problem};
use crate::diagnostic::Diagnostic;
use crate::pieces::Pieces;
use crate::zip_file::{PackedPart, ZipFile};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// Its sheet.
pub const DATA_SHEET: &str = "Sheet1";
/// The parts that all of them have alike, packed once.
static FIXED: LazyLock<[PackedPart; 5]> = LazyLock::new(|| {
    [
        PackedPart::of("[Content_Types].xml", include_bytes!("data/content_types.xml")),
        PackedPart::of("_rels/.rels", include_bytes!("data/package.rels")),
        PackedPart::of("xl/workbook.xml", include_bytes!("data/workbook.xml")),
        PackedPart::of("xl/_rels/workbook.xml.rels", include_bytes!("data/workbook.rels")),
        PackedPart::of("xl/styles.xml", include_bytes!("data/styles.xml")),
    ]
});

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
pub fn write_data(columns: &[DataColumn<'_>]) -> Result<Vec<u8>, Diagnostic> {
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    if rows >= MOST_ROWS {
        return Err(problem::too_many_rows(DATA_SHEET, rows, MOST_ROWS));
    }
    if columns.len() > MOST_COLUMNS {
        return Err(problem::too_many_columns(DATA_SHEET, columns.len(), MOST_COLUMNS));
    }
    written(columns).map_err(|error| problem::not_written(&error.to_string()))
}

fn written(columns: &[DataColumn<'_>]) -> std::io::Result<Vec<u8>> {
    let (sheet, strings) = parts(columns);
    let mut file = ZipFile::default();
    for part in FIXED.iter() {
        file.add_part(part)?;
    }
    file.add("xl/worksheets/sheet1.xml", sheet.as_bytes())?;
    file.add("xl/sharedStrings.xml", strings.as_bytes())?;
    file.finish().map(Pieces::into_vec)
}

/// The part of the sheet, and that of its texts, each once.
fn parts(columns: &[DataColumn<'_>]) -> (String, String) {
    let mut sheet = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    let mut strings = Strings::default();
    let letters: Vec<String> = (0..columns.len()).map(column_name).collect();
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    for row in 0..=rows {
        let number = row + 1;
        // Nothing that is written into a text fails.
        let _ = write!(sheet, "<row r=\"{number}\">");
        for (column, letters) in columns.iter().zip(&letters) {
            let _ = match column.cell(row) {
                Cell::Blank | Cell::Text("") => Ok(()),
                Cell::Text(text) => {
                    let index = strings.index(text);
                    write!(sheet, "<c r=\"{letters}{number}\" t=\"s\"><v>{index}</v></c>")
                }
                Cell::Number(value) => write!(sheet, "<c r=\"{letters}{number}\"><v>{value}</v></c>"),
            };
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    (sheet, strings.part())
}

enum Cell<'a> {
    Blank,
    Text(&'a str),
    Number(f64),
}

impl<'a> DataColumn<'a> {
    /// The cell in a row counted from 0, which has the heading.
    fn cell(&self, row: usize) -> Cell<'a> {
        let Some(at) = row.checked_sub(1) else { return Cell::Text(self.heading) };
        match self.cells {
            DataCells::Names(names) => names.get(at).map_or(Cell::Blank, |name| Cell::Text(name)),
            DataCells::Numbers(numbers) => {
                let value = numbers.get(at).copied().flatten();
                value.filter(|value| value.is_finite()).map_or(Cell::Blank, Cell::Number)
            }
        }
    }
}

/// The texts of a workbook; cells name them by their place.
#[derive(Default)]
struct Strings<'a> {
    places: HashMap<&'a str, usize>,
    items: String,
    uses: usize,
}

impl<'a> Strings<'a> {
    fn index(&mut self, text: &'a str) -> usize {
        self.uses += 1;
        let next = self.places.len();
        *self.places.entry(text).or_insert_with(|| {
            let shown = clean(text);
            let kept = if shown.trim().len() < shown.len() { " xml:space=\"preserve\"" } else { "" };
            let _ = write!(self.items, "<si><t{kept}>{}</t></si>", partial_escape(&*numbers_told(&shown)));
            next
        })
    }

    fn part(self) -> String {
        let (uses, texts, items) = (self.uses, self.places.len(), self.items);
        format!("{DECLARATION}<sst xmlns=\"{MAIN}\" count=\"{uses}\" uniqueCount=\"{texts}\">{items}</sst>")
    }
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
        let bytes = write_data(&columns).unwrap();
        assert_eq!(bytes, write_data(&columns).unwrap());
        let book = workbook::read("a.xlsx", &bytes).unwrap();
        let rows: Vec<String> = book.sheets[0]
            .rows
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(rows[..2], ["支部|党员", "甲|12.5"]);
        assert!(rows[2].starts_with("_x0041_"), "{rows:?}");
    }
}
