//! A form, or a table inside one, laid out as a table of its own, whose cells know where they come from.

use super::super::build::Source;
use super::super::header::{self, Header};
use super::super::locate::Located;
use super::super::names::{self, folded};
use super::super::problem::At;
use super::super::region::Region;
use super::{Field, Form, Inner};
use crate::workbook::{Area, CellValue, Sheet};

/// A table made of cells of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dataset) struct Extract {
    /// The table.
    pub(in crate::dataset) sheet: Sheet,
    /// Its header and rows.
    pub(in crate::dataset) located: Located,
    /// For each of its rows and columns, the cell that it was.
    pub(in crate::dataset) cells: Vec<Vec<(u32, u32)>>,
}

impl Extract {
    /// The table as a source; `id` is the sheet's number in the dataset.
    pub(in crate::dataset) fn source<'a>(&'a self, at: At<'a>, id: u32) -> Source<'a> {
        Source { at: at.with_cells(&self.cells), sheet: &self.sheet, id, located: self.located.clone() }
    }
}

/// A name that two labels have: the later one's cell, the name, and what it is called now.
pub(super) type Renamed = ((u32, u32), String, String);

/// The labels as a header, the values as the one row below it.
pub(super) fn record(form: &Form) -> (Extract, Vec<Renamed>) {
    let (names, renamed) = unique_names(&form.fields);
    let header = Header { top: 0, bottom: 0, columns: names.iter().cloned().enumerate().collect() };
    let labels = names.iter().map(|name| CellValue::Text(name.as_str().into())).collect();
    let values = form.fields.iter().map(|field| field.value.clone()).collect();
    let cells =
        [|field: &Field| field.label, |field: &Field| field.at].map(|place| form.fields.iter().map(place).collect());
    let sheet = Sheet { rows: vec![labels, values], ..Sheet::default() };
    (Extract { sheet, located: Located::with_rows(header, vec![1]), cells: cells.into() }, renamed)
}

/// The fields' names: one that stands twice gets the title above it, or a number.
fn unique_names(fields: &[Field]) -> (Vec<String>, Vec<Renamed>) {
    let mut count = std::collections::HashMap::new();
    for field in fields {
        *count.entry(folded(&field.name)).or_insert(0) += 1;
    }
    let mut taken = std::collections::HashSet::new();
    // A name that stands a thousand times is not tried a thousand times.
    let mut next = std::collections::HashMap::new();
    let mut names = Vec::with_capacity(fields.len());
    let mut renamed = Vec::new();
    for field in fields {
        let twice = count.get(&folded(&field.name)).is_some_and(|count| *count > 1);
        let name = match &field.heading {
            Some(heading) if twice => format!("{heading}/{}", field.name),
            _ => field.name.clone(),
        };
        let mut unique = name.clone();
        let number = next.entry(folded(&name).into_owned()).or_insert(2_u32);
        while !taken.insert(folded(&unique).into_owned()) {
            unique = names::numbered(&name, *number);
            *number += 1;
        }
        if unique != name {
            renamed.push((field.label, name, unique.clone()));
        }
        names.push(unique);
    }
    (names, renamed)
}

/// A cell of a form that stands in front of each row of a table inside it.
#[derive(Debug)]
pub(super) struct KeyCell {
    pub(super) name: String,
    pub(super) value: CellValue,
    pub(super) at: (u32, u32),
}

/// A table inside a form, with the form's key in front of each row.
pub(super) fn inner(sheet: &Sheet, inner: &Inner, key: &[KeyCell]) -> Option<Extract> {
    let Area { top, left, bottom, right } = inner.area;
    let shift = key.len() as u32;
    let mut part = Sheet::default();
    let mut origins = Vec::new();
    for row in top..=bottom {
        let cells = (left..=right).map(|column| sheet.cell(row as usize, column as usize).clone());
        part.rows.push(key.iter().map(|_| CellValue::Empty).chain(cells).collect());
        origins.push(key.iter().map(|key| key.at).chain((left..=right).map(|column| (row, column))).collect());
    }
    let inside = sheet.merged.iter().filter(|area| super::contains(inner.area, **area));
    part.merged = inside
        .map(|area| Area {
            top: area.top - top,
            bottom: area.bottom - top,
            left: area.left - left + shift,
            right: area.right - left + shift,
        })
        .collect();
    let region = Region::whole(&part, false);
    let mut located = Located::below(&region, header::header_at(&region, 0)?).0;
    let columns = key.iter().enumerate().map(|(column, key)| (column, key.name.clone()));
    located.header.columns.splice(0..0, columns);
    for row in &located.rows {
        let Some(cells) = part.rows.get_mut(*row as usize) else { continue };
        for (cell, key) in cells.iter_mut().zip(key) {
            *cell = key.value.clone();
        }
    }
    Some(Extract { sheet: part, located, cells: origins })
}
