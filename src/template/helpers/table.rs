//! `{{表格 …}}`: rows of data as a table.

use std::sync::Arc;

use super::{logic, picture, shading};
use crate::template::expression::{About, ColumnOp, Position, Runner, TableOp, TableRows, Traced, Value};
use crate::template::inserts::{InsertedCell, InsertedTable};
use crate::template::problem::values as problem;

/// Stands in a cell for which there is no value.
const NOTHING: &str = "—";
/// Heads the column of row numbers, and is a column that nobody adds up.
const NUMBER: &str = "序号";
/// Begins the total row.
const TOTAL: &str = "合计";

/// Makes the table of a tag.
pub(in crate::template) fn make(runner: &mut Runner<'_>, tag: &TableOp<'_>) -> InsertedTable {
    let at = tag.call.at;
    let over = runner.eval(&tag.over).value;
    let options = runner.options(&tag.options);
    let option = |name: &str| options.iter().find(|(known, _)| *known == name).map(|(_, value)| &value.value);
    let words = |name: &str| option(name).and_then(Value::shown);
    let numbered = option("numbered").is_some_and(|value| logic::is_true(runner.dataset, value));

    let mut headings: Vec<&str> = tag.columns.iter().map(|column| column.heading).collect();
    if numbered {
        headings.insert(0, NUMBER);
    }
    let mut table = InsertedTable {
        caption: words("caption").or_else(|| words("title")),
        note: words("note"),
        header: header(&headings),
        widths: widths(runner, words("widths"), headings.len(), at),
        rows: Vec::new(),
        total: false,
        landscape: option("landscape").map(|value| logic::is_true(runner.dataset, value)),
    };
    let rules = shading::rules(runner, tag, words("shading"));
    let abouts = runner.abouts(over.clone());
    let count = abouts.len();
    for (index, about) in abouts.enumerate() {
        if !runner.turn() {
            break;
        }
        let mut row = Vec::with_capacity(headings.len());
        if numbered {
            row.push(InsertedCell { text: (index + 1).to_string(), number: true, ..InsertedCell::default() });
        }
        runner.frames.push(about, index, count);
        row.extend(tag.columns.iter().enumerate().map(|(at_column, column)| {
            let value = runner.value(&column.value);
            let pictured = value.cells.only().is_some_and(|cell| runner.dataset.picture(cell).is_some());
            runner.cover(column.shown, |tag| match value.value.is_blank() && !pictured {
                false => tag.filled += 1,
                true => {
                    tag.blank += 1;
                    tag.cells.extend(value.cells.only());
                }
            });
            let shading = shading::color_of(&rules, at_column, &value.value);
            let picture = match &value.value {
                Value::Picture(picture) => Some(Arc::clone(picture)),
                _ => picture::in_cell(runner, tag.call, (&value, column.heading)).map(Arc::new),
            };
            InsertedCell { shading, picture, ..cell(runner, column, &value, NOTHING) }
        }));
        runner.frames.pop();
        table.rows.push(row);
    }
    let totals = option("total").filter(|value| logic::is_true(runner.dataset, value));
    if let (Some(totals), Some(rows)) = (totals, all_rows(runner, &over)) {
        let wanted = totalled(runner, tag, totals, at);
        let mut row = vec![InsertedCell::default(); usize::from(numbered)];
        runner.frames.push(About::Total(rows), 0, 1);
        for (column, wanted) in tag.columns.iter().zip(wanted) {
            let value = if wanted { runner.value(&column.value) } else { Traced::blank() };
            let value = if value.value.is_number() { value } else { Traced::blank() };
            row.push(cell(runner, column, &value, ""));
        }
        runner.frames.pop();
        if let Some(first) = row.first_mut().filter(|first| first.text.is_empty()) {
            first.text = TOTAL.to_owned();
        }
        table.rows.push(row);
        table.total = true;
    }
    table
}

fn cell(runner: &mut Runner<'_>, column: &ColumnOp<'_>, value: &Traced, nothing: &str) -> InsertedCell {
    let source = value.cells.first().map(|_| runner.source(value, column.shown));
    let text = value.value.shown().unwrap_or_else(|| nothing.to_owned());
    let number = match &value.value {
        Value::Number(number) | Value::Figure { number, .. } => Some(*number),
        _ => None,
    };
    runner.holds(&text);
    InsertedCell { text, number: value.value.is_number(), value: number, source, ..InsertedCell::default() }
}

/// Header rows: the parts of a name such as `党员队伍/正式党员` stand below each other; a shorter one is repeated.
fn header(headings: &[&str]) -> Vec<Vec<String>> {
    let parts: Vec<Vec<&str>> = headings.iter().map(|heading| heading.split('/').collect()).collect();
    let rows = parts.iter().map(Vec::len).max().unwrap_or(1);
    let part = |parts: &Vec<&str>, row: usize| parts.get(row).or(parts.last()).copied().unwrap_or_default().to_owned();
    (0..rows).map(|row| parts.iter().map(|parts| part(parts, row)).collect()).collect()
}

fn widths(runner: &mut Runner<'_>, list: Option<String>, columns: usize, at: Position) -> Vec<f64> {
    let Some(list) = list else { return Vec::new() };
    let widths = list.split(['，', ',', '、']).map(|width| width.trim().parse::<f64>());
    let widths: Result<Vec<f64>, _> = widths.collect();
    match widths {
        Ok(widths) if widths.len() == columns && widths.iter().all(|width| width.is_finite() && *width > 0.0) => widths,
        _ => {
            runner.report(problem::bad_widths(runner.place(at), &list, columns));
            Vec::new()
        }
    }
}

/// Which columns have a total: all that add up, or those that are named.
fn totalled(runner: &mut Runner<'_>, tag: &TableOp<'_>, wanted: &Value, at: Position) -> Vec<bool> {
    let Value::Text(list) = wanted else {
        return tag.columns.iter().map(|column| column.heading != NUMBER && column.value.can_be_totalled()).collect();
    };
    let named: Vec<&str> = list.split(['，', ',', '、']).map(str::trim).filter(|name| !name.is_empty()).collect();
    for name in &named {
        if !tag.columns.iter().any(|column| column.heading == *name) {
            let headings = tag.columns.iter().map(|column| column.heading);
            runner.report(problem::unknown_heading(runner.place(at), name, headings));
        }
    }
    tag.columns.iter().map(|column| named.contains(&column.heading)).collect()
}

/// The rows that a total is over.
fn all_rows(runner: &Runner<'_>, over: &Value) -> Option<TableRows> {
    match over {
        Value::Rows(rows) => Some(rows.clone()),
        Value::Groups(groups) => {
            let first = groups.first()?;
            let all: Vec<u32> = groups.iter().flat_map(|group| group.rows.numbers(runner.dataset)).collect();
            Some(first.rows.with(all))
        }
        _ => None,
    }
}
