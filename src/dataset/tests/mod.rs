//! Workbooks as people send them, made by rust_xlsxwriter and read back.

mod files;
mod finding;
mod linking;
mod odd;
mod others;
mod percent;
mod several;
mod totals;
mod typing;
mod units;

use rust_xlsxwriter::{Format, Workbook as Writer, Worksheet};

use super::*;
use crate::workbook;

/// A sheet's rows: a word that reads as a number is written as one, unless an apostrophe stands before it, as in Excel;
/// `_` is an empty cell.
pub(super) fn write_rows(sheet: &mut Worksheet, rows: &[&str]) {
    for (row, line) in rows.iter().enumerate() {
        for (column, word) in line.split(' ').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match (word, word.parse::<f64>()) {
                ("_", _) => {}
                (_, Ok(number)) => {
                    sheet.write(row, column, number).unwrap();
                }
                _ => {
                    sheet.write(row, column, word.trim_start_matches('\'')).unwrap();
                }
            }
        }
    }
}

/// Merged areas: first row and column, last row and column.
pub(super) type Merged = [(u32, u16, u32, u16)];

/// A workbook of one sheet.
pub(super) fn book(file: &str, rows: &[&str], merged: &Merged) -> Workbook {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    for (top, left, bottom, right) in merged {
        sheet.merge_range(*top, *left, *bottom, *right, "", &Format::new()).unwrap();
    }
    write_rows(sheet, rows);
    workbook::read(file, &writer.save_to_buffer().unwrap()).unwrap()
}

pub(super) fn spec(name: &str, workbooks: &[usize], key: &[&str]) -> TableSpec {
    let choice = |workbook: &usize| SheetChoice { workbook: *workbook, sheet: None, place: Place::Run };
    TableSpec {
        name: name.to_owned(),
        place: Place::Run,
        sheets: workbooks.iter().map(choice).collect(),
        key: key.iter().map(|key| ((*key).to_owned(), Place::Run)).collect(),
        ..TableSpec::default()
    }
}

/// The table of one sheet, and what was said about it.
pub(super) fn table(rows: &[&str], merged: &Merged) -> (Table, Vec<Diagnostic>) {
    let (mut dataset, problems) = Dataset::find(&[book("甲.xlsx", rows, merged)], &[spec("表", &[0], &[])], &[]);
    (dataset.tables.pop().expect("there is a table"), problems)
}

/// The names of a table's columns.
pub(super) fn names(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

/// A column's values as text.
pub(super) fn values(table: &Table, column: &str) -> Vec<String> {
    let column = table.find_column(column).expect("there is such a column");
    table.rows.iter().map(|row| format!("{:?}", row.cells[column].value)).map(plain).collect()
}

/// `Number(1.0)` as 1, `Text("甲")` as 甲.
fn plain(debug: String) -> String {
    let inner = debug.trim_start_matches("Number(").trim_start_matches("Text(").trim_end_matches(')');
    inner.trim_matches('"').trim_end_matches(".0").to_owned()
}

/// Code and place of each problem that is no note.
pub(super) fn told(problems: &[Diagnostic]) -> Vec<String> {
    let worth_telling = problems.iter().filter(|problem| problem.severity != crate::diagnostic::Severity::Note);
    worth_telling.map(|problem| format!("{} {}", problem.code, problem.place)).collect()
}
