//! A report's tables as a workbook: each merged table a sheet, narrowed to the report's unit.

use super::problem;
use crate::dataset::{Column, Dataset, Kind, Row, Rows, Table, TableId, Value, View};
use crate::diagnostic::{Diagnostic, Place};
use crate::workbook::cell_address;
use crate::xlsx::{self, Cell, Form, Sheet, Workbook};

/// Begins the total row.
const TOTAL: &str = "合计";
/// More decimals than this come from a division.
const MOST_DECIMALS: u8 = 4;

/// Which tables the workbooks of a report have, and how their columns look: the same for every unit.
#[derive(Debug)]
pub(super) struct Summary {
    tables: Vec<(TableId, Vec<xlsx::Column>)>,
    /// Tables without a row are left out.
    only_with_rows: bool,
}

impl Summary {
    /// The tables chosen; if there are none, all tables of a report over everything, else the unit's table and those
    /// whose rows belong to a unit.
    pub(super) fn new(dataset: &Dataset, chosen: Vec<TableId>, unit: Option<TableId>) -> Self {
        let only_with_rows = chosen.is_empty();
        let tables = match unit {
            _ if !only_with_rows => chosen,
            None => (0..dataset.tables.len()).map(|at| TableId(at as u16)).collect(),
            Some(unit) => tables_of(dataset, unit),
        };
        let tables = tables.into_iter().map(|id| (id, columns(dataset.table(id)))).collect();
        Self { tables, only_with_rows }
    }

    /// The tables that the workbooks may have.
    pub(super) fn tables(&self) -> impl Iterator<Item = TableId> {
        self.tables.iter().map(|(id, _)| *id)
    }

    /// The workbook of one report.
    pub(super) fn workbook<'a>(
        &self,
        dataset: &'a Dataset,
        unit: Option<(TableId, u32)>,
        title: &str,
        warnings: &mut Vec<Diagnostic>,
    ) -> Workbook<'a> {
        let view = match unit {
            Some((table, row)) => dataset.all().at(dataset, table, row),
            None => dataset.all(),
        };
        let mut sheets = Vec::new();
        for (id, columns) in &self.tables {
            let table = dataset.table(*id);
            let rows = rows(&view, *id, table);
            if !rows.is_empty() || !self.only_with_rows {
                warnings.extend(rows.iter().flat_map(|row| too_long(dataset, row)));
                sheets.push(sheet(table, columns, &rows, title));
            }
        }
        // A workbook has at least one sheet.
        if let (true, Some((id, columns))) = (sheets.is_empty(), self.tables.first()) {
            sheets.push(sheet(dataset.table(*id), columns, &[], title));
        }
        Workbook { title: title.to_owned(), sheets }
    }
}

/// The unit's table and those whose rows name it, over any number of links, in the dataset's order.
fn tables_of(dataset: &Dataset, unit: TableId) -> Vec<TableId> {
    let mut reached = vec![unit];
    let mut next = 0;
    while let Some(to) = reached.get(next).copied() {
        for link in dataset.links.iter().filter(|link| link.to == to) {
            if !reached.contains(&link.from) {
                reached.push(link.from);
            }
        }
        next += 1;
    }
    reached.sort_unstable();
    reached
}

fn rows<'a>(view: &View, id: TableId, table: &'a Table) -> Vec<&'a Row> {
    match view.rows.get(id.0 as usize) {
        Some(Rows::Some(rows)) => rows.iter().filter_map(|row| table.rows.get(*row as usize)).collect(),
        _ => table.rows.iter().collect(),
    }
}

fn sheet<'a>(table: &Table, columns: &[xlsx::Column], rows: &[&'a Row], title: &str) -> Sheet<'a> {
    let summed = columns.iter().filter(|column| column.summed).count();
    let total = (rows.len() > 1 && summed > 0 && summed < columns.len()).then_some(TOTAL);
    let serial: Vec<_> = table.columns.iter().map(Column::is_serial).collect();
    let cells = |number: usize, row: &'a Row| {
        let cells = row.cells.iter().zip(&serial);
        cells.map(|(cell, serial)| if *serial { Cell::Number(number as f64) } else { shown(&cell.value) }).collect()
    };
    Sheet {
        name: table.name.clone(),
        title: if title.is_empty() { table.name.clone() } else { format!("{title}（{}）", table.name) },
        columns: columns.to_vec(),
        rows: rows
            .iter()
            .zip(1..)
            .map(|(row, number)| xlsx::Row { cells: cells(number, row), ..xlsx::Row::default() })
            .collect(),
        total,
        filter: false,
    }
}

fn shown(value: &Value) -> Cell<'_> {
    match value {
        Value::Blank => Cell::Blank,
        Value::Text(text) => Cell::Text(text.as_ref().into()),
        Value::Number(number) => Cell::Number(*number),
        Value::Date(date) => Cell::Date { year: date.year, month: date.month, day: date.day },
        Value::Bool(yes) => Cell::Text(if *yes { "是" } else { "否" }.into()),
    }
}

fn too_long<'a>(dataset: &'a Dataset, row: &'a Row) -> impl Iterator<Item = Diagnostic> + 'a {
    row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if !xlsx::fits(text) => {
            let sheet = dataset.sheets.get(cell.origin.sheet as usize)?;
            let cell = cell_address(cell.origin.row, cell.origin.column);
            let place = Place::Cell { file: sheet.file.clone(), sheet: sheet.sheet.clone(), cell };
            Some(problem::text_too_long(place, text.chars().count(), xlsx::LONGEST_TEXT))
        }
        _ => None,
    })
}

/// How a table's columns look, judged from all its rows.
fn columns(table: &Table) -> Vec<xlsx::Column> {
    // What is counted in one year is counted again in the next; scores are no amounts.
    let by_year = table.key.iter().filter_map(|key| table.columns.get(*key)).any(|column| is_year(&column.name));
    let scores = ["评分", "得分", "测评", "考核", "排名"].iter().any(|word| table.name.contains(word));
    let columns = table.columns.iter().enumerate().map(|(number, column)| {
        let form = form(column, table.rows.iter().filter_map(|row| row.cells.get(number)).map(|cell| &cell.value));
        xlsx::Column {
            heading: column.name.split('/').map(str::to_owned).collect(),
            form,
            summed: !by_year
                && !scores
                && column.adds_up()
                && !is_measured(&column.name)
                && matches!(form, Form::Number(_) | Form::Exact),
        }
    });
    columns.collect()
}

fn is_year(name: &str) -> bool {
    ["年", "年度", "年份", "学年", "月份", "季度"].iter().any(|ending| name.ends_with(ending))
}

/// Scores, ages and prices are numbers that nobody adds up over rows.
fn is_measured(name: &str) -> bool {
    let bare = name.rsplit('/').next().unwrap_or(name);
    let (bare, unit) = bare.split_once(['（', '(']).unwrap_or((bare, ""));
    ["分", "分数", "成绩", "年龄", "单价", "等级"].iter().any(|ending| bare.ends_with(ending))
        || unit.starts_with('分')
        || unit.starts_with('岁')
}

fn form<'a>(column: &Column, values: impl Iterator<Item = &'a Value>) -> Form {
    if column.is_serial() {
        return Form::Plain;
    }
    if column.kind != Kind::Number {
        return Form::Text;
    }
    let numbers: Vec<f64> = values
        .filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    let largest = numbers.iter().fold(0.0_f64, |largest, number| largest.max(number.abs()));
    let decimals = |scale: f64| numbers.iter().map(|number| decimals(number * scale)).max().unwrap_or(0);
    let places = decimals(1.0);
    let name = column.name.rsplit('/').next().unwrap_or(&column.name);
    let year = name.contains('年') && numbers.iter().all(|number| (1900.0..2100.0).contains(number));
    let number = is_year(name) || ["号", "码"].iter().any(|ending| name.ends_with(ending));
    if places == 0 && (year || number) {
        return Form::Plain;
    }
    let share = ["率", "占比", "比例", "比重", "百分比"].iter().any(|ending| name.ends_with(ending));
    if share && places > 0 && largest <= 1.0 {
        return Form::Percent(decimals(100.0).min(2));
    }
    match places {
        0..=MOST_DECIMALS => Form::Number(places),
        _ if largest >= 1.0 => Form::Number(2),
        _ => Form::Exact,
    }
}

/// How many decimals a number has; more than [`MOST_DECIMALS`] is all that is told of a long one.
fn decimals(number: f64) -> u8 {
    let is_whole = |number: f64| (number - number.round()).abs() <= 1e-9 * number.abs().max(1.0);
    (0..=MOST_DECIMALS).find(|places| is_whole(number * 10_f64.powi(i32::from(*places)))).unwrap_or(MOST_DECIMALS + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form_of(name: &str, numbers: &[f64]) -> Form {
        let values: Vec<_> = numbers.iter().map(|number| Value::Number(*number)).collect();
        form(&Column { name: name.into(), kind: Kind::Number }, values.iter())
    }

    #[test]
    fn a_column_is_shown_as_its_name_and_numbers_say() {
        assert_eq!(form_of("党员总数", &[1200.0, 3.0]), Form::Number(0));
        assert_eq!(form_of("党费（元）", &[12.5, 3.25]), Form::Number(2));
        assert_eq!(form_of("人均（元）", &[10.0 / 3.0]), Form::Number(2));
        assert_eq!(form_of("出勤率", &[0.955, 1.0]), Form::Percent(1));
        assert_eq!(form_of("出勤率（%）", &[95.5]), Form::Number(1));
        assert_eq!(form_of("年度", &[2022.0, 2023.0]), Form::Plain);
        assert_eq!(form_of("上年党员", &[35.0]), Form::Number(0));
        assert_eq!(form_of("党员/序号", &[1.0]), Form::Plain);
    }

    #[test]
    fn scores_ages_and_shares_are_not_added_up() {
        let summed = |name: &str| {
            let column = Column { name: name.into(), kind: Kind::Number };
            columns(&Table { columns: vec![column], ..Table::default() })[0].summed
        };
        assert!(summed("党员总数") && summed("党费（元）") && summed("学分数量"));
        assert!(
            !summed("得分") && !summed("平均年龄") && !summed("学历/年龄（岁）") && !summed("占比") && !summed("年度")
        );
    }
}
