//! What was found in a workbook, for people who want to see how it is understood.

use serde::Serialize;

use super::build::{self, Source};
use super::locate::{Located, Reason};
use super::problem::At;
use super::{Date, Kind, Value};
use crate::workbook::{CellValue, Workbook, cell_address, column_letters};

/// How many first values of a column are told.
const SHOWN_VALUES: usize = 3;

/// A sheet, and the table found in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundTable {
    /// The sheet's name.
    pub sheet: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// The table with its header, such as `A3:H20`; nothing if no table was found.
    pub range: Option<String>,
    /// The header's rows, numbered as Excel does.
    pub header_rows: Vec<u32>,
    /// Its columns.
    pub columns: Vec<FoundColumn>,
    /// How many rows of data it has.
    pub rows: usize,
    /// Rows that are not data, numbered as Excel does.
    pub passed_over: Vec<PassedOver>,
    /// Letters of columns that have values and no name.
    pub unnamed_columns: Vec<String>,
    /// The row where another table seems to begin, which is not read.
    pub another_table_at: Option<u32>,
}

/// A column that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundColumn {
    /// Its name in templates.
    pub name: String,
    /// Its letters in the sheet.
    pub letters: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Its first values that are not blank.
    pub first_values: Vec<String>,
}

/// A row that is not data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The row, numbered as Excel does.
    pub row: u32,
    /// Reason it is passed over.
    pub why: Reason,
}

/// What stands in a workbook's sheets, as far as there is anything in them.
pub fn describe(workbook: &Workbook) -> Vec<FoundTable> {
    let with_content = workbook.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
    with_content
        .map(|sheet| {
            let nothing = FoundTable {
                sheet: sheet.name.clone(),
                hidden: sheet.hidden,
                range: None,
                header_rows: Vec::new(),
                columns: Vec::new(),
                rows: 0,
                passed_over: Vec::new(),
                unnamed_columns: Vec::new(),
                another_table_at: None,
            };
            let Some(located) = Located::find(sheet) else { return nothing };
            let at = At { file: &workbook.file, sheet: &sheet.name };
            let source = Source { at, sheet, id: 0, located };
            let table = build::table("", std::slice::from_ref(&source), &mut Vec::new());
            let located = &source.located;
            let columns = located.header.columns.iter().zip(&table.columns).enumerate();
            let columns = columns.map(|(number, ((place, _), column))| FoundColumn {
                name: column.name.clone(),
                letters: column_letters(*place as u32),
                kind: column.kind,
                first_values: table
                    .rows
                    .iter()
                    .filter_map(|row| row.cells.get(number))
                    .filter(|cell| cell.value != Value::Blank)
                    .map(|cell| value_shown(&cell.value))
                    .take(SHOWN_VALUES)
                    .collect(),
            });
            let (left, right) = (located.header.columns.first(), located.header.columns.last());
            let bottom = located.rows.last().map_or(located.header.bottom as u32, |row| *row);
            let range = left.zip(right).map(|((left, _), (right, _))| {
                let top = cell_address(located.header.top as u32, *left as u32);
                format!("{top}:{}", cell_address(bottom, *right as u32))
            });
            FoundTable {
                range,
                header_rows: (located.header.top..=located.header.bottom).map(|row| row as u32 + 1).collect(),
                columns: columns.collect(),
                rows: located.rows.len(),
                passed_over: located
                    .passed_over
                    .iter()
                    .map(|(row, why)| PassedOver { row: row + 1, why: *why })
                    .collect(),
                unnamed_columns: located.unnamed.iter().map(|column| column_letters(*column)).collect(),
                another_table_at: located.next.map(|row| row + 1),
                ..nothing
            }
        })
        .collect()
}

/// A cell's content as a person would write it.
pub(super) fn shown(cell: &CellValue) -> String {
    match cell {
        CellValue::Empty | CellValue::NotComputed => String::new(),
        CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
        CellValue::Number(number) => number.to_string(),
        CellValue::Bool(yes) => bool_shown(*yes),
        CellValue::Date { year, month, day } => date_shown(Date { year: *year, month: Some(*month), day: Some(*day) }),
    }
}

fn value_shown(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date_shown(*date),
        Value::Bool(yes) => bool_shown(*yes),
    }
}

fn bool_shown(yes: bool) -> String {
    if yes { "是".to_owned() } else { "否".to_owned() }
}

fn date_shown(date: Date) -> String {
    let mut shown = date.year.to_string();
    for part in [date.month, date.day].into_iter().flatten() {
        shown += &format!("-{part:02}");
    }
    shown
}
