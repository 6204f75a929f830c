//! `huibao inspect`: says what is found in a workbook.

use std::fs;
use std::path::Path;

use super::End;
use super::console::Console;
use super::problem;
use crate::dataset::{FoundColumn, FoundTable, Kind, PassedOver, Reason, describe};
use crate::diagnostic::Words;
use crate::workbook;

/// How many first values of a column are shown.
const VALUES_SHOWN: usize = 3;

pub(super) fn run(file: &Path, json: bool, console: &Console) -> End {
    let read = fs::read(file).map_err(|error| problem::cannot_read(file, &error));
    let read = read.and_then(|bytes| workbook::read(&file.display().to_string(), &bytes));
    let found = match read {
        Ok(workbook) => describe(&workbook),
        Err(problem) => return console.refuse(&[problem]),
    };
    if json {
        console.say_json(&found);
        return End::Fine;
    }
    for table in &found {
        tell(table, console);
    }
    End::Fine
}

fn tell(table: &FoundTable, console: &Console) {
    let hidden = if table.hidden { Words::new("（隐藏）", " (hidden)") } else { Words::new("", "") };
    let sheet =
        Words::new(format!("工作表“{}”{}", table.sheet, hidden.zh), format!("sheet “{}”{}", table.sheet, hidden.en));
    let Some(range) = &table.range else {
        console.tell(&Words::new(format!("{}：没有认出表", sheet.zh), format!("{}: no table was found", sheet.en)));
        return;
    };
    let rows = table.header_rows.iter().map(ToString::to_string).collect::<Vec<_>>();
    console.tell(&Words::new(
        format!("{}：表 {range}，表头第 {} 行，数据 {} 行", sheet.zh, rows.join("、"), table.rows),
        format!("{}: table {range}, header in row {}, {} rows of data", sheet.en, rows.join(", "), table.rows),
    ));
    for column in &table.columns {
        tell_column(column, console);
    }
    for (rows, why) in together(&table.passed_over) {
        let reason = why.words();
        console.tell(&Words::new(
            format!("  不算数据：第 {rows} 行（{}）", reason.zh),
            format!("  not data: row {rows} ({})", reason.en),
        ));
    }
    if !table.unnamed_columns.is_empty() {
        console.tell(&Words::new(
            format!("  没有列名，不读：{} 列", table.unnamed_columns.join("、")),
            format!("  without a name and not read: column {}", table.unnamed_columns.join(", ")),
        ));
    }
    if let Some(row) = table.another_table_at {
        console.tell(&Words::new(
            format!("  第 {row} 行好像又是一张表，没有读；请把它移到另一张工作表"),
            format!("  another table seems to begin in row {row}; it is not read: move it to a sheet of its own"),
        ));
    }
}

fn tell_column(column: &FoundColumn, console: &Console) {
    let kind = match column.kind {
        Kind::Text => Words::new("文字", "text"),
        Kind::Number => Words::new("数字", "number"),
        Kind::Date => Words::new("日期", "date"),
        Kind::Bool => Words::new("是否", "yes or no"),
    };
    let values: Vec<_> = column.first_values.iter().take(VALUES_SHOWN).map(String::as_str).collect();
    let FoundColumn { letters, name, .. } = column;
    console.tell(&Words::new(
        format!("  {letters}  {name}（{}）：{}", kind.zh, values.join("、")),
        format!("  {letters}  {name} ({}): {}", kind.en, values.join(", ")),
    ));
}

/// Rows passed over for one reason, as they are read out: `1、2`.
fn together(rows: &[PassedOver]) -> Vec<(String, Reason)> {
    let mut told: Vec<(String, Reason)> = Vec::new();
    for PassedOver { row, why } in rows {
        match told.last_mut() {
            Some((list, last)) if last == why => *list += &format!("、{row}"),
            _ => told.push((row.to_string(), *why)),
        }
    }
    told
}
