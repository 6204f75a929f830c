//! What was found in a workbook, for people who want to see how it is understood.

use serde::Serialize;

use super::build::{self, Source};
use super::locate::{Located, Reason};
use super::problem::At;
use super::profile::{Profile, likely_keys};
use super::region::Region;
use super::source::{tell_what_is_hidden, tell_what_was_passed_over};
use super::{Column, Date, Kind, Value, form, pick, several, totals};
use crate::diagnostic::{Diagnostic, Severity};
use crate::workbook::{Area, CellValue, Sheet, Workbook, cell_address, column_letters};

/// What was found in a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FoundKind {
    /// Rows below a header, or nothing.
    #[default]
    Table,
    /// Labels with their values, to be read with `form = true`.
    Form,
    /// A table inside the form that goes before it, to be read with `inside = "…"`.
    Inside,
}

/// A table found in a sheet, or a sheet without one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FoundTable {
    /// What it is.
    pub kind: FoundKind,
    /// The sheet's name.
    pub sheet: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// The table with its header, such as `A3:H20`; nothing if no table was found.
    pub range: Option<String>,
    /// What the rows above the header say.
    pub titles: Vec<String>,
    /// The header's rows, numbered as Excel does.
    pub header_rows: Vec<u32>,
    /// Its columns.
    pub columns: Vec<FoundColumn>,
    /// How many rows of data it has.
    pub rows: usize,
    /// The columns that could be its key: each alone, or else pairs that tell rows apart together.
    pub keys: Vec<Vec<String>>,
    /// Rows that are not data, numbered as Excel does.
    pub passed_over: Vec<PassedOver>,
    /// Whether the total row says what the rows add up to; nothing if there is no total row, or more than one.
    pub total_agrees: Option<bool>,
    /// Cells merged over several rows of data, such as `A5:A9`: their value holds for each of the rows.
    pub merged: Vec<String>,
    /// Letters of columns that have values and no name.
    pub unnamed_columns: Vec<String>,
    /// What `at` is to say in the project file for this one to be read; nothing if it is the only table of its sheet.
    pub at: Option<String>,
    /// What is to be said about it, as for a project's tables.
    pub problems: Vec<Diagnostic>,
}

/// A column that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundColumn {
    /// Its name in templates.
    pub name: String,
    /// Its letters in the sheet; of a form, the value's cell.
    pub letters: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit in its name: 元 of `党费（元）`.
    pub unit: Option<String>,
    /// Cells with nothing in them.
    pub blanks: usize,
    /// Cells that hold an error, such as #DIV/0!, or a formula without a value.
    pub errors: usize,
    /// How many different values it has.
    pub distinct: usize,
    /// The least and the greatest number or date.
    pub range: Option<(String, String)>,
    /// What its numbers add up to, where that means something.
    pub sum: Option<f64>,
    /// Its values, where they are few and come again; the most frequent first.
    pub values: Vec<ValueCount>,
    /// Its first values that differ.
    pub first_values: Vec<String>,
}

/// A value, and in how many rows it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// The rows.
    pub count: usize,
}

/// A row that is not data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The row, numbered as Excel does.
    pub row: u32,
    /// Reason it is passed over.
    pub why: Reason,
}

/// What stands in a workbook's sheets, as far as there is anything in them: each table of a sheet on its own.
pub fn describe(workbook: &Workbook) -> Vec<FoundTable> {
    let with_content = workbook.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
    with_content.flat_map(|sheet| found_tables(&workbook.file, sheet)).collect()
}

fn found_tables(file: &str, sheet: &Sheet) -> Vec<FoundTable> {
    if let Some(form) = form::recognise(sheet) {
        return form::describe(At::new(file, &sheet.name), sheet, &form);
    }
    let found = several::find_all(&Region::whole(sheet, false));
    if found.is_empty() {
        return vec![FoundTable { sheet: sheet.name.clone(), hidden: sheet.hidden, ..FoundTable::default() }];
    }
    let at = found.iter().map(|located| (found.len() > 1).then(|| pick::proposed(&found, located)));
    let at: Vec<_> = at.collect();
    let described = found.into_iter().zip(at);
    described
        .map(|(located, at)| FoundTable { at, ..found_table(At::new(file, &sheet.name), sheet, located) })
        .collect()
}

pub(super) fn found_table(at: At<'_>, sheet: &Sheet, located: Located) -> FoundTable {
    let mut problems = Vec::new();
    tell_what_was_passed_over(at, &located, &mut problems);
    tell_what_is_hidden(at, sheet, &located, &mut problems);
    let source = Source { at, sheet, id: 0, located };
    let (table, scales) = build::table("", &[], std::slice::from_ref(&source), &mut problems);
    let before_totals = problems.len();
    totals::check(&table, &scales, std::slice::from_ref(&source), Severity::Warning, &mut problems);
    let totals_differ = problems.len() > before_totals;
    let located = &source.located;
    let profiles: Vec<_> = (0..table.columns.len()).map(|column| Profile::of(&table, column)).collect();
    let names = |columns: Vec<usize>| columns.into_iter().map(|column| table.columns[column].name.clone()).collect();
    let keys = likely_keys(&table, &profiles).into_iter().map(names).collect();
    let places = located.header.columns.iter().map(|(place, _)| *place as u32);
    let columns = places.zip(&table.columns).zip(profiles);
    let columns = columns.map(|((place, column), profile)| {
        let cells = located.rows.iter().map(|row| sheet.cell(located.holder(*row, place) as usize, place as usize));
        FoundColumn::new(place, column, profile, cells)
    });
    let columns = columns.collect();
    let rows_of = |reason: Reason| located.passed_over.iter().filter(move |(_, why)| *why == reason);
    let titles = titles_by_row(located);
    let one_total = rows_of(Reason::Total).count() == 1 && !located.rows.is_empty();
    let in_rows = |area: &&Area| area.top < area.bottom && located.rows.binary_search(&area.top).is_ok();
    FoundTable {
        kind: FoundKind::Table,
        sheet: sheet.name.clone(),
        hidden: sheet.hidden,
        range: Some(located.range()),
        titles,
        header_rows: (located.header.top..=located.header.bottom).map(|row| row as u32 + 1).collect(),
        columns,
        rows: located.rows.len(),
        keys,
        passed_over: located.passed_over.iter().map(|(row, why)| PassedOver { row: row + 1, why: *why }).collect(),
        total_agrees: one_total.then_some(!totals_differ),
        merged: sheet.merged.iter().filter(in_rows).map(|area| area_shown(*area)).collect(),
        unnamed_columns: located.unnamed.iter().map(|column| column_letters(*column)).collect(),
        at: None,
        problems,
    }
}

impl FoundColumn {
    /// `cells` are its cells as they stand in the sheet.
    pub(super) fn new<'a>(
        place: u32,
        column: &Column,
        profile: Profile,
        cells: impl Iterator<Item = &'a CellValue>,
    ) -> Self {
        let errors = cells.filter(|cell| matches!(cell, CellValue::Error(_) | CellValue::NotComputed)).count();
        let values = profile.frequent.into_iter().map(|(value, count)| ValueCount { value, count });
        Self {
            name: column.name.clone(),
            letters: column_letters(place),
            kind: column.kind,
            unit: column.unit().map(str::to_owned),
            blanks: profile.blanks - errors.min(profile.blanks),
            errors: errors.min(profile.blanks),
            distinct: profile.distinct,
            range: profile.range,
            sum: profile.sum,
            values: values.collect(),
            first_values: profile.first_values,
        }
    }
}

/// What each row above the header says, its cells parted by blanks.
fn titles_by_row(located: &Located) -> Vec<String> {
    let rows = located.titles.chunk_by(|(row, ..), (next, ..)| row == next);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.map(|row| row.iter().map(|(_, _, text)| words(text)).collect::<Vec<_>>().join(" ")).collect()
}

fn area_shown(area: Area) -> String {
    format!("{}:{}", cell_address(area.top, area.left), cell_address(area.bottom, area.right))
}

/// A cell's content as a person would write it.
pub(super) fn shown(cell: &CellValue) -> String {
    match cell {
        CellValue::Empty | CellValue::NotComputed => String::new(),
        CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
        CellValue::Number(number) => number.to_string(),
        CellValue::Percent(_) => cell.to_string(),
        CellValue::Bool(yes) => bool_shown(*yes),
        CellValue::Date { year, month, day } => date_shown(Date { year: *year, month: Some(*month), day: Some(*day) }),
    }
}

/// A value as a person would write it.
pub(crate) fn value_shown(value: &Value) -> String {
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

pub(super) fn date_shown(date: Date) -> String {
    let mut shown = date.year.to_string();
    for part in [date.month, date.day].into_iter().flatten() {
        shown += &format!("-{part:02}");
    }
    shown
}
