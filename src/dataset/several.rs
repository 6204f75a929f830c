//! All tables of a sheet: one below another, one beside another.

use std::collections::HashSet;
use std::ops::Range;

use super::cell::{self, Reading};
use super::header::{self, Header};
use super::locate::{Located, is_note, is_section, text};
use super::names::folded;
use super::region::Region;
use crate::workbook::CellValue;

/// Most tables that are looked for on one sheet.
const MOST: usize = 50;
/// How many rows are looked at for columns that part tables.
const SAMPLED: usize = 200;
/// Most columns that are tried as what parts two tables.
const MOST_GAPS: usize = 8;
/// How often what stands beside or below a table is parted again.
const DEEPEST: usize = 6;

/// The tables of a region, from top to bottom and from left to right.
pub(super) fn find_all(region: &Region<'_>) -> Vec<Located> {
    let mut found = Vec::new();
    find(region, 0, &mut found);
    found.sort_by_key(|located| (located.header.top, located.columns().0));
    found
}

fn find(region: &Region<'_>, depth: usize, found: &mut Vec<Located>) {
    let mut rest = Some(region.clone());
    while let Some(region) = rest.take() {
        if found.len() >= MOST {
            return;
        }
        let header = header::find(&region);
        if beside(&region, header.as_ref(), depth, found) {
            return;
        }
        let Some(header) = header else { return };
        let (located, next) = Located::below(&region, header);
        let parted = next.is_some_and(|next| {
            let above = region.with_rows(region.rows.start..next);
            beside(&above, header::find(&above).as_ref(), depth, found)
        });
        if !parted {
            found.push(located);
        }
        rest = next.map(|next| region.with_rows(next..region.rows.end));
    }
}

/// Finds the tables of a region, which has this header, if it is parted by a blank column or where a second table begins;
/// says whether it is.
fn beside(region: &Region<'_>, header: Option<&Header>, depth: usize, found: &mut Vec<Located>) -> bool {
    if depth >= DEEPEST {
        return false;
    }
    for gap in gaps(region) {
        let (left, right) = (region.with_columns(0..gap.start), region.with_columns(gap.end..usize::MAX));
        if are_two(&left, &right) {
            find(&left, depth + 1, found);
            find(&right, depth + 1, found);
            return true;
        }
    }
    let Some(second) = header.and_then(|header| second_half(region, header)) else { return false };
    find(&region.with_columns(0..second), depth + 1, found);
    find(&region.with_columns(second..usize::MAX), depth + 1, found);
    true
}

/// The column where a second table begins right beside the first, as in a balance sheet: 资产 年初数 期末数 负债 年初数
/// 期末数. Each has a column of words, and what follows its first has the same names.
fn second_half(region: &Region<'_>, header: &Header) -> Option<usize> {
    let half = header.columns.len() / 2;
    let (left, right) = header.columns.split_at_checked(half)?;
    let tail = |columns: &'_ [(usize, String)]| -> Vec<_> {
        columns.iter().skip(1).map(|(_, name)| folded(name).into_owned()).collect()
    };
    let names: HashSet<_> = left.iter().map(|(_, name)| folded(name)).collect();
    if half < 3 || right.len() != half || names.len() != half || tail(left) != tail(right) {
        return None;
    }
    let second = right.first()?.0;
    (names_rows(region, header.bottom, left) && names_rows(region, header.bottom, right)).then_some(second)
}

/// Whether one of these columns holds little but words: it says what the rows are.
fn names_rows(region: &Region<'_>, header: usize, columns: &[(usize, String)]) -> bool {
    columns.iter().any(|(column, _)| {
        let below = (header + 1..region.rows.end).map(|row| region.cell(row, *column));
        let cells: Vec<_> = below.filter(|cell| !header::is_blank(cell)).take(SAMPLED).collect();
        let is_word = |cell: &&&CellValue| text(cell).is_some_and(|text| matches!(cell::read(text), Reading::Words));
        !cells.is_empty() && cells.iter().filter(is_word).count() * 5 >= cells.len() * 4
    })
}

/// Blank columns with something on both sides.
fn gaps(region: &Region<'_>) -> Vec<Range<usize>> {
    let mut used: Vec<bool> = Vec::new();
    let rows = region.rows.clone();
    let mark = |used: &mut Vec<bool>, row: usize| {
        for column in region.filled(row) {
            if column >= used.len() {
                used.resize(column + 1, false);
            }
            if let Some(used) = used.get_mut(column) {
                *used = true;
            }
        }
    };
    rows.clone().take(SAMPLED).for_each(|row| mark(&mut used, row));
    if runs(&used).is_empty() {
        return Vec::new();
    }
    rows.skip(SAMPLED).for_each(|row| mark(&mut used, row));
    runs(&used)
}

/// The runs of unused columns between used ones.
fn runs(used: &[bool]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut last = None;
    for (column, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        if let Some(last) = last.filter(|last| last + 1 < column) {
            runs.push(last + 1..column);
        }
        last = Some(column);
    }
    runs.truncate(MOST_GAPS);
    runs
}

/// Whether what stands left and right of a blank column are two tables, and not one with a column left blank.
fn are_two(left: &Region<'_>, right: &Region<'_>) -> bool {
    let (Some(here), Some(there)) = (header::find(left), header::find(right)) else { return false };
    if here.columns.len() < 2 || there.columns.len() < 2 {
        return false;
    }
    here.bottom < there.top
        || there.bottom < here.top
        || share_a_name(&here, &there)
        || have_titles(left, &here, right, &there)
        || end_apart(left, &here, right, &there)
}

fn share_a_name(here: &Header, there: &Header) -> bool {
    let names: HashSet<_> = here.columns.iter().map(|(_, name)| folded(name)).collect();
    there.columns.iter().any(|(_, name)| names.contains(&folded(name)))
}

/// Whether each has a title, in one row.
fn have_titles(left: &Region<'_>, here: &Header, right: &Region<'_>, there: &Header) -> bool {
    let title = |region: &Region<'_>, row: usize| {
        let mut filled = region.filled(row);
        let only = filled.next().filter(|_| filled.next().is_none());
        only.and_then(|column| text(region.cell(row, column))).is_some_and(is_title)
    };
    (left.rows.start..here.top.min(there.top)).any(|row| title(left, row) && title(right, row))
}

/// Words that name a table; units, dates and who fills the form in stand at the right of a title.
fn is_title(text: &str) -> bool {
    let beside = ["单位", "附件", "附表", "表号", "制表", "制定", "批准", "有效期", "填报", "日期", "共", "第"];
    text.chars().count() >= 2
        && !is_note(text, true)
        && !text.contains(['：', ':'])
        && !text.starts_with(['（', '('])
        && !beside.iter().any(|word| text.starts_with(word))
        && (is_section(text) || !matches!(cell::read(text), Reading::Date(_)))
}

/// Whether one goes on where the other has ended.
fn end_apart(left: &Region<'_>, here: &Header, right: &Region<'_>, there: &Header) -> bool {
    let used = |region: &Region<'_>, row: usize| match text_alone(region, row) {
        Some(text) => !is_note(text, true),
        None => !region.is_blank_row(row),
    };
    let first = here.bottom.max(there.bottom) + 1;
    let mut last = left.rows.end;
    while last > first && !used(left, last - 1) && !used(right, last - 1) {
        last -= 1;
    }
    let end = |region: &Region<'_>| (first..last).rev().find(|row| used(region, *row)).map_or(first, |row| row + 1);
    let (left_end, right_end) = (end(left), end(right));
    if left_end < right_end {
        // What tells rows apart stands on the left: rows without it are no rows of one table.
        let rows = (left_end..right_end).filter(|row| used(right, *row)).count();
        return rows >= 2 || rows * 3 >= right_end - first;
    }
    let full = |row: usize| right.filled(row).count() >= there.columns.len();
    left_end >= right_end + 2 && right_end > first && (first..right_end).all(full)
}

fn text_alone<'a>(region: &Region<'a>, row: usize) -> Option<&'a str> {
    let mut filled = region.filled(row);
    let only = filled.next().filter(|_| filled.next().is_none());
    only.and_then(|column| text(region.cell(row, column)))
}
