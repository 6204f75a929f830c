//! The header of a table: the row, or the two or three rows, whose cells name the columns below.

use super::cell::{self, Reading};
use super::names::{self, PATH, header_name};
use crate::workbook::{Area, CellValue, Sheet};

/// How far down a header is looked for.
const SEARCHED_ROWS: usize = 100;
/// How many rows below a header say which columns are used.
const SAMPLED_ROWS: usize = 50;
const MAX_LEVELS: usize = 3;
const LONGEST_NAME: usize = 40;

/// A header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Its first row.
    pub(super) top: usize,
    /// Its last row.
    pub(super) bottom: usize,
    /// The named columns, from left to right: place in the sheet, and name.
    pub(super) columns: Vec<(usize, String)>,
}

/// Finds the header: the first row of labels that names nearly all columns that are used below it.
pub(super) fn find(sheet: &Sheet) -> Option<Header> {
    let first = sheet.rows.iter().position(|row| row.iter().any(|cell| !is_blank(cell)))?;
    let last = sheet.rows.len().min(first + SEARCHED_ROWS);
    let merged: Vec<_> =
        sheet.merged.iter().copied().take_while(|area| (area.top as usize) < last + MAX_LEVELS).collect();
    let one_column = (first..last).all(|row| filled(sheet, row).count() <= 1);
    let mut best: Option<(f64, Header)> = None;
    for row in first..last {
        let Some(header) = header_at(sheet, &merged, row) else { continue };
        if header.columns.len() < 2 && !one_column {
            continue;
        }
        let coverage = coverage(sheet, &header);
        if coverage >= 0.8 {
            return Some(header);
        }
        if best.as_ref().is_none_or(|(known, _)| coverage > *known) {
            best = Some((coverage, header));
        }
    }
    best.filter(|(coverage, _)| *coverage >= 0.5).map(|(_, header)| header)
}

/// Whether a cell has nothing to be seen.
pub(super) fn is_blank(cell: &CellValue) -> bool {
    match cell {
        CellValue::Empty => true,
        CellValue::Text(text) => names::trimmed(text).is_empty(),
        _ => false,
    }
}

/// The places of a row's cells that are not blank.
pub(super) fn filled(sheet: &Sheet, row: usize) -> impl Iterator<Item = usize> + '_ {
    let cells = sheet.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)).map(|(column, _)| column)
}

/// What a cell would be called as a header; nothing if it can be none.
fn label(cell: &CellValue) -> Option<String> {
    match cell {
        CellValue::Number(year) if year.fract() == 0.0 && (1900.0..=2100.0).contains(year) => Some(year.to_string()),
        CellValue::Text(text) => {
            let name = header_name(text);
            // 备注： may be a name, 单位：某校 is a note.
            let colon =
                name.find([':', '：']).and_then(|at| name.get(at..)).is_some_and(|rest| rest.chars().count() > 1);
            let sentence = name.ends_with(['。', '；', ';']);
            let year = name.len() == 4 && name.starts_with(['1', '2']);
            let number = matches!(cell::read(&name), Reading::Number(_) | Reading::Percent(_) | Reading::Code) && !year;
            let usable = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
            (usable && !colon && !sentence && !number).then_some(name)
        }
        _ => None,
    }
}

/// Whether all cells of a row could be headers, and there are any.
fn is_labels(sheet: &Sheet, row: usize) -> bool {
    let mut any = false;
    filled(sheet, row).all(|column| {
        any = true;
        label(sheet.cell(row, column)).is_some()
    }) && any
}

fn header_at(sheet: &Sheet, merged: &[Area], top: usize) -> Option<Header> {
    if !is_labels(sheet, top) {
        return None;
    }
    let bottom = bottom(sheet, merged, top);
    let width = (top..=bottom).map(|row| sheet.rows.get(row).map_or(0, Vec::len)).max().unwrap_or(0);
    let right = merged.iter().filter(|area| contains_row(area, top)).map(|area| area.right as usize + 1).max();
    let width = width.max(right.unwrap_or(0)).min(width + 256);
    let mut paths = vec![String::new(); width];
    for row in top..=bottom {
        let mut group: Option<String> = None;
        for (column, path) in paths.iter_mut().enumerate() {
            let part = match area_at(merged, row, column) {
                // The rows below a merged cell's first add nothing.
                Some(area) if (area.top as usize) < row => None,
                Some(area) => label(sheet.cell(area.top as usize, area.left as usize)),
                None => match label(sheet.cell(row, column)) {
                    Some(own) => {
                        group = Some(own.clone());
                        Some(own)
                    }
                    // A group's name stands over its first column only.
                    None if row < bottom && !is_blank(sheet.cell(row + 1, column)) => group.clone(),
                    None => None,
                },
            };
            if let Some(part) = part.filter(|part| names::last_part(path) != part.as_str()) {
                if !path.is_empty() {
                    path.push(PATH);
                }
                path.push_str(&part);
            }
        }
    }
    // A name merged over several columns with nothing below it to tell them apart names the first of them.
    let covered = |column: usize| area_at(merged, bottom, column).is_some_and(|area| (area.left as usize) < column);
    let columns: Vec<_> =
        paths.into_iter().enumerate().filter(|(column, path)| !path.is_empty() && !covered(*column)).collect();
    let header = Header { top, bottom, columns };
    (!header.columns.is_empty()).then_some(header)
}

/// The last row of the header that begins at a row.
fn bottom(sheet: &Sheet, merged: &[Area], top: usize) -> usize {
    let mut bottom = top;
    for area in merged.iter().filter(|area| area.top as usize == top && area.bottom as usize - top < MAX_LEVELS) {
        if !is_blank(sheet.cell(top, area.left as usize)) && is_labels(sheet, area.bottom as usize) {
            bottom = bottom.max(area.bottom as usize);
        }
    }
    while bottom + 1 - top < MAX_LEVELS && has_level_below(sheet, merged, bottom) {
        bottom += 1;
    }
    bottom
}

/// Whether the row below names parts of groups in this row: each of its cells is a label that stands under a cell
/// merged over several columns, or in or under a gap that a group's name leaves.
fn has_level_below(sheet: &Sheet, merged: &[Area], row: usize) -> bool {
    let below = row + 1;
    if filled(sheet, row).count() < 2 || !is_labels(sheet, below) {
        return false;
    }
    let mut groups = 0;
    let mut gaps = 0;
    for column in filled(sheet, below) {
        match area_at(merged, row, column) {
            Some(area) if area.left < area.right => {
                let parts =
                    filled(sheet, below).filter(|part| (area.left as usize..=area.right as usize).contains(part));
                if parts.count() < 2 {
                    return false;
                }
                groups += 1;
            }
            Some(_) => return false,
            None if is_blank(sheet.cell(row, column)) => gaps += 1,
            None => {
                // Not merged: the first column of a group, with a gap to its right that is named below.
                let next = column + 1;
                if !is_blank(sheet.cell(row, next)) || is_blank(sheet.cell(below, next)) {
                    return false;
                }
            }
        }
    }
    // Without merged cells, columns that stand alone must leave the row below blank: else it is a row of data.
    groups > 0 || gaps > 0 && filled(sheet, row).any(|column| is_blank(sheet.cell(below, column)))
}

fn contains_row(area: &Area, row: usize) -> bool {
    (area.top as usize..=area.bottom as usize).contains(&row)
}

fn area_at(merged: &[Area], row: usize, column: usize) -> Option<Area> {
    let contains =
        |area: &&Area| contains_row(area, row) && (area.left as usize..=area.right as usize).contains(&column);
    merged.iter().find(contains).copied()
}

/// Which part of the columns that are used below a header it names.
fn coverage(sheet: &Sheet, header: &Header) -> f64 {
    let mut used = Vec::new();
    for row in (header.bottom + 1..sheet.rows.len()).take(SAMPLED_ROWS) {
        let columns: Vec<_> = filled(sheet, row).collect();
        if columns.len() >= 2 || header.columns.len() == 1 {
            used.extend(columns);
        }
    }
    used.sort_unstable();
    used.dedup();
    let named = used.iter().filter(|column| header.columns.iter().any(|(named, _)| named == *column)).count();
    // The last row of a table of words names nothing either: with nothing below, any header found before is better.
    if used.is_empty() { 0.5 } else { named as f64 / used.len() as f64 }
}
