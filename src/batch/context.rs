//! What a person who has to mend a problem wants to see beside it: what stands in the cell, and whose cell it is.

use std::collections::HashMap;

use super::owners::Owners;
use crate::dataset::{Cell, Dataset, Kind, TableId, value_shown};
use crate::diagnostic::{Diagnostic, Place, cell_position, one_by_one_mut};
use crate::workbook::Workbook;

/// Longer contents are cut.
const LONGEST: usize = 200;

/// Tells what stands in the cells of problems, as it stands there.
pub(super) fn of_workbooks(problems: &mut [Diagnostic], workbooks: &[Workbook]) {
    let files: HashMap<&str, &Workbook> = workbooks.iter().map(|workbook| (workbook.file.as_str(), workbook)).collect();
    for problem in one_by_one_mut(problems) {
        if let Place::Cell { file, sheet, cell } = &problem.place
            && let Some(workbook) = files.get(file.as_str())
            && let Some(sheet) = workbook.sheets.iter().find(|known| known.name == *sheet)
            && let Some((row, column)) = cell_position(cell)
        {
            problem.found = Some(shortened(sheet.cell(row as usize, column as usize).to_string()));
        }
    }
}

/// Tells the units that problems belong to, and what stands in those cells that nobody has looked at yet.
pub(super) fn of_dataset(problems: &mut [Diagnostic], dataset: &Dataset, unit_tables: &[TableId]) {
    if problems.is_empty() {
        return;
    }
    let owners = Owners::new(dataset, unit_tables);
    for problem in one_by_one_mut(problems).filter(|problem| problem.unit.is_none()) {
        problem.unit = owners.owner(&problem.place).map(|(table, row)| unit_name(dataset, table, row));
    }
    contents(problems, dataset);
}

fn contents(problems: &mut [Diagnostic], dataset: &Dataset) {
    let sheets: HashMap<(&str, &str), u32> =
        dataset.sheets.iter().zip(0..).map(|(name, id)| ((name.file.as_str(), name.sheet.as_str()), id)).collect();
    let mut wanted: HashMap<(u32, u32, u32), Vec<&mut Diagnostic>> = HashMap::new();
    for problem in one_by_one_mut(problems).filter(|problem| problem.found.is_none()) {
        let Place::Cell { file, sheet, cell } = &problem.place else { continue };
        let sheet = sheets.get(&(file.as_str(), sheet.as_str()));
        if let (Some(sheet), Some((row, column))) = (sheet, cell_position(cell)) {
            wanted.entry((*sheet, row, column)).or_default().push(problem);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for cell in dataset.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        let Cell { value, origin } = cell;
        for problem in wanted.get_mut(&(origin.sheet, origin.row, origin.column)).into_iter().flatten() {
            problem.found = Some(shortened(value_shown(value)));
        }
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A unit as people call it: its key, and its name if that is not in the key.
pub(super) fn unit_name(dataset: &Dataset, table: TableId, row: u32) -> String {
    let table = dataset.table(table);
    let Some(row) = table.rows.get(row as usize) else { return String::new() };
    let is_name = |column: usize| {
        let named = table.columns.get(column);
        named.is_some_and(|column| {
            column.kind == Kind::Text && ["名称", "名"].iter().any(|end| column.name.ends_with(end))
        })
    };
    let name = (0..table.columns.len()).find(|column| is_name(*column));
    let name = name.filter(|_| !table.key.iter().any(|column| is_name(*column)));
    let mut columns: Vec<usize> = table.key.iter().copied().chain(name).collect();
    if columns.is_empty() {
        columns.push(0);
    }
    let shown = columns.iter().filter_map(|column| row.cells.get(*column)).map(|cell| value_shown(&cell.value));
    shown.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::testing::Draft;
    use crate::diagnostic::Words;
    use crate::workbook::{CellValue, Sheet};

    fn problem(file: &str, sheet: &str, cell: &str) -> Diagnostic {
        let place = Place::Cell { file: file.into(), sheet: sheet.into(), cell: cell.into() };
        Diagnostic::warning("x.y", place, Words::new("有问题", "wrong"))
    }

    #[test]
    fn a_problem_knows_whose_it_is_and_what_the_table_has_there() {
        let dataset = Draft::default()
            .table("学校", "代码 学校名称", &["名单.xlsx#学校:", "0101|第一小学"])
            .table("支部", "支部 代码 党员#", &["甲.xlsx#表:", "语文|0101|12", "数学|0101|-"])
            .link("支部.代码", "学校.代码")
            .done();
        let mut problems =
            [problem("甲.xlsx", "表", "C2"), problem("甲.xlsx", "表", "C3:C4"), problem("乙.xlsx", "表", "A1")];
        of_dataset(&mut problems, &dataset, &[TableId(0)]);
        let told: Vec<_> = problems.iter().map(|problem| (problem.unit.as_deref(), problem.found.as_deref())).collect();
        assert_eq!(told, [(Some("0101 第一小学"), Some("12")), (Some("0101 第一小学"), Some("")), (None, None)]);
    }

    #[test]
    fn a_cell_is_told_as_it_stands_in_the_workbook() {
        let row = vec![CellValue::Text(" 约30 人".into()), CellValue::Date { year: 2023, month: 4, day: 5 }];
        let sheet = Sheet {
            name: "表".into(),
            rows: vec![row, vec![CellValue::Text("字".repeat(300).into())]],
            ..Sheet::default()
        };
        let workbook = Workbook { file: "甲.xlsx".into(), sheets: vec![sheet], ..Workbook::default() };
        let mut problems = ["A1", "B1", "C9", "A2"].map(|cell| problem("甲.xlsx", "表", cell));
        of_workbooks(&mut problems, &[workbook]);
        let found: Vec<_> = problems.iter().map(|problem| problem.found.clone().unwrap()).collect();
        assert_eq!(found[..3], [" 约30 人", "2023-04-05", ""]);
        assert_eq!(found[3].chars().count(), LONGEST + 1);
    }
}
