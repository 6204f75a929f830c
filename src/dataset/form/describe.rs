//! A form that was found, for people who want to see how it is understood.

use super::super::build;
use super::super::describe::{FoundColumn, FoundKind, FoundTable, found_table};
use super::super::problem::At;
use super::super::profile::Profile;
use super::Form;
use super::extract;
use super::several::tell;
use crate::workbook::{CellValue, Sheet, cell_address};

fn field_cell(sheet: &Sheet, (row, column): (u32, u32)) -> &CellValue {
    sheet.cell(row as usize, column as usize)
}

/// The form, and the tables inside it.
pub(in crate::dataset) fn describe(at: At<'_>, sheet: &Sheet, form: &Form) -> Vec<FoundTable> {
    let (record, renamed) = extract::record(form);
    let mut problems = Vec::new();
    tell(at, form, renamed, &mut problems);
    let source = record.source(at, 0);
    let (table, _) = build::table("", &[], std::slice::from_ref(&source), &mut problems);
    let fields = form.fields.iter().zip(&table.columns).enumerate();
    let columns = fields.map(|(number, (field, column))| FoundColumn {
        letters: cell_address(field.at.0, field.at.1),
        ..FoundColumn::new(0, column, Profile::of(&table, number), [field_cell(sheet, field.at)].into_iter())
    });
    let cells = form.fields.iter().flat_map(|field| [field.label, field.at]);
    let bounds = cells.fold(None, |bounds: Option<[u32; 4]>, (row, column)| {
        let [top, left, bottom, right] = bounds.unwrap_or([row, column, row, column]);
        Some([top.min(row), left.min(column), bottom.max(row), right.max(column)])
    });
    let range =
        bounds.map(|[top, left, bottom, right]| format!("{}:{}", cell_address(top, left), cell_address(bottom, right)));
    let found = FoundTable {
        kind: FoundKind::Form,
        sheet: sheet.name.clone(),
        hidden: sheet.hidden,
        range,
        titles: form.title.iter().cloned().collect(),
        columns: columns.collect(),
        rows: 1,
        problems,
        ..FoundTable::default()
    };
    let inner = form.tables.iter().filter_map(|inner| {
        let extract = extract::inner(sheet, inner, &[])?;
        let table = found_table(at.with_cells(&extract.cells), &extract.sheet, extract.located.clone());
        let shift = |row: u32| row + inner.area.top;
        let area = inner.area;
        let letters = |column: &FoundColumn, place: usize| {
            let (_, real) = at.with_cells(&extract.cells).cell_of(0, place as u32);
            FoundColumn { letters: crate::workbook::column_letters(real), ..column.clone() }
        };
        let places = extract.located.header.columns.iter().map(|(place, _)| *place);
        Some(FoundTable {
            kind: FoundKind::Inside,
            sheet: sheet.name.clone(),
            hidden: sheet.hidden,
            range: Some(format!("{}:{}", cell_address(area.top, area.left), cell_address(area.bottom, area.right))),
            titles: Vec::new(),
            at: inner.names.first().cloned(),
            header_rows: table.header_rows.iter().map(|row| shift(*row)).collect(),
            columns: table.columns.iter().zip(places).map(|(column, place)| letters(column, place)).collect(),
            passed_over: Vec::new(),
            merged: Vec::new(),
            problems: Vec::new(),
            ..table
        })
    });
    std::iter::once(found).chain(inner).collect()
}
