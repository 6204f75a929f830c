//! Sheets of labels and values, as offices send them: made by rust_xlsxwriter, read as workbooks, found as tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod layouts;
mod many;
mod program;
mod property;
mod single;

use huibao::dataset::{Dataset, Layout, SheetChoice, Table, TableSpec, Value};
use huibao::diagnostic::{Diagnostic, Place, Severity};
use huibao::workbook::{self, Workbook};
use rust_xlsxwriter::{Format, Workbook as Writer, Worksheet};

/// Writes cells and merged areas, one a line: `A3 姓名`, `B3:D3 张三`, `E3` for nothing. A number is written as one, unless
/// an apostrophe stands before it; `\n` is a line break, `␣` a blank.
fn write(sheet: &mut Worksheet, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (place, text) = line.split_once(' ').unwrap_or((line, ""));
        let text = text.replace("\\n", "\n").replace('␣', " ");
        let (first, last) = place.split_once(':').unwrap_or((place, place));
        let ((row, column), (bottom, right)) = (cell(first), cell(last));
        if (row, column) != (bottom, right) {
            sheet.merge_range(row, column, bottom, right, "", &Format::new()).unwrap();
        }
        match text.parse::<f64>() {
            Ok(number) => sheet.write(row, column, number).unwrap(),
            Err(_) if text.is_empty() => sheet,
            Err(_) => sheet.write(row, column, text.trim_start_matches('\'')).unwrap(),
        };
    }
}

fn cell(address: &str) -> (u32, u16) {
    let digits = address.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = address[..digits].bytes().fold(0, |column, letter| column * 26 + u16::from(letter - b'A') + 1);
    (address[digits..].parse::<u32>().unwrap() - 1, column - 1)
}

/// A workbook of these sheets.
fn book(file: &str, sheets: &[&str]) -> Workbook {
    workbook::read(file, &bytes(sheets)).unwrap()
}

fn bytes(sheets: &[&str]) -> Vec<u8> {
    let mut writer = Writer::new();
    for lines in sheets {
        write(writer.add_worksheet(), lines);
    }
    writer.save_to_buffer().unwrap()
}

/// A table of forms, one a workbook.
fn forms(name: &str, workbooks: usize, key: &[&str]) -> TableSpec {
    TableSpec {
        name: name.to_owned(),
        sheets: (0..workbooks).map(|workbook| SheetChoice { workbook, sheet: None, place: Place::Run }).collect(),
        key: key.iter().map(|key| ((*key).to_owned(), Place::Run)).collect(),
        layout: Layout::Form,
        ..TableSpec::default()
    }
}

/// A table inside forms.
fn inside(name: &str, form: &str) -> TableSpec {
    let layout = Layout::Inside(form.to_owned(), Place::Run);
    TableSpec { name: name.to_owned(), layout, ..TableSpec::default() }
}

/// The labels and values of one form, `label=value` each, and what was said about it.
fn read(lines: &str) -> (Vec<String>, Vec<String>) {
    let (dataset, problems) = Dataset::find(&[book("表.xlsx", &[lines])], &[forms("表", 1, &[])], &[]);
    let fields = dataset.tables.first().map(|table| rows(table).concat()).unwrap_or_default();
    (fields, told(&problems))
}

/// Each row of a table, `column=value` each.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let cells = |row: &huibao::dataset::Row| {
        table
            .columns
            .iter()
            .zip(&row.cells)
            .map(|(column, cell)| format!("{}={}", column.name, shown(&cell.value)))
            .collect()
    };
    table.rows.iter().map(cells).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => text.replace('\n', "⏎"),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => {
            let parts = [date.month, date.day].into_iter().flatten();
            parts.fold(date.year.to_string(), |shown, part| format!("{shown}-{part:02}"))
        }
        Value::Bool(yes) => (if *yes { "是" } else { "否" }).to_owned(),
    }
}

/// Code and place of each problem that is no note.
fn told(problems: &[Diagnostic]) -> Vec<String> {
    let worth_telling = problems.iter().filter(|problem| problem.severity != Severity::Note);
    worth_telling.map(|problem| format!("{} {}", problem.code, problem.place)).collect()
}
