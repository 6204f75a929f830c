//! Headers whose words do not read as names: numbers, dates, questions, shares, a name left blank. That they are names shows
//! in where they stand: on top of a block of rows that are filled like them.

use super::cell;
use super::describe::shown;
use super::header::{self, Header};
use super::names::{header_name, trimmed};
use super::region::Region;
use crate::workbook::CellValue;

/// A row of fewer words may be anything.
const FEWEST_OF_WORDS: usize = 4;
/// So many numbers in turn, from 1, are names of columns: the months of a year, the rounds of a contest.
const FEWEST_IN_TURN: usize = 3;

/// The row right above a header that was found, if that is the header and what was found the first row of data: it stands on
/// top of its block, fills the very columns that the rows below fill, and these are like each other.
pub(super) fn above(region: &Region<'_>, found: &Header) -> Option<Header> {
    let row = found.top.checked_sub(1).filter(|row| region.rows.contains(row))?;
    let is_on_top = row == region.rows.start || region.filled(row - 1).nth(1).is_none();
    if found.top != found.bottom
        || !is_on_top
        || header::is_heading(region, found.top)
        || !is_like_the_next(region, found)
        || region.areas(row).iter().next().is_some()
    {
        return None;
    }
    let own: Vec<_> = region.filled(row).collect();
    let below: Vec<_> = found.columns.iter().map(|(column, _)| *column).collect();
    let is_filled_alike = own == below && own.len() > 1 && !is_line_about_the_table(region, row, &own);
    // 学校, a blank and 备注, where each row below has three entries.
    let leaves_some_blank = own.first() == below.first()
        && own.len() * 2 > below.len()
        && own.iter().all(|column| below.contains(column))
        && header::is_heading(region, row);
    (is_filled_alike || leaves_some_blank)
        .then(|| named_by(region, row, &own))
        .filter(|header| header.columns.len() > 1)
}

/// A name and numbers in turn on top of a block of rows that fill their columns: 科目 1 2 3.
pub(super) fn numbered(region: &Region<'_>, first: usize, last: usize) -> Option<Header> {
    let row = (first..last).find(|row| region.filled(*row).nth(1).is_some())?;
    let own: Vec<_> = region.filled(row).collect();
    let (name, numbers) = own.split_first()?;
    let is_next = |(at, column): (usize, &usize)| match region.cell(row, *column) {
        CellValue::Number(number) => *number == (at + 1) as f64,
        CellValue::Text(text) => text.trim().parse() == Ok(at + 1),
        _ => false,
    };
    let in_turn = numbers.len() >= FEWEST_IN_TURN && numbers.iter().enumerate().all(is_next);
    let is_text = matches!(region.cell(row, *name), CellValue::Text(_));
    let below: Vec<_> = region.filled(row + 1).collect();
    let is_used = below.len() > 1 && below.iter().all(|column| own.contains(column));
    (in_turn && is_text && is_used).then(|| named_by(region, row, &own))
}

/// The first row of many cells that are words, nearly all of them names of columns: a note, a question or a dash among them
/// makes it no row of data.
pub(super) fn mostly_labels(region: &Region<'_>, first: usize, last: usize) -> Option<Header> {
    (first..last).find_map(|row| {
        let own: Vec<_> = region.filled(row).collect();
        let is_text = |column: &usize| matches!(region.cell(row, *column), CellValue::Text(_));
        let labels = own.iter().filter(|column| header::label(region.cell(row, **column)).is_some()).count();
        let below: Vec<_> = region.filled(row + 1).collect();
        let is_used = below.len() * 2 > own.len() && below.iter().all(|column| own.contains(column));
        let is_header =
            own.len() >= FEWEST_OF_WORDS && own.iter().all(is_text) && labels * 4 >= own.len() * 3 && is_used;
        is_header.then(|| named_by(region, row, &own))
    })
}

/// Whether what stands in a row could stand in the next: words above words, marks above marks. Names of columns above codes,
/// dates or numbers are of another kind.
fn is_like_the_next(region: &Region<'_>, found: &Header) -> bool {
    let kind = |cell: &CellValue| match cell {
        CellValue::Text(text) => Some(std::mem::discriminant(&cell::read(&trimmed(text)))),
        _ => None,
    };
    let next = found.bottom + 1;
    let filled: Vec<_> = region.filled(next).collect();
    let is_alike = |column: &usize| kind(region.cell(next, *column)) == kind(region.cell(found.top, *column));
    filled.len() * 2 > found.columns.len() && filled.iter().all(is_alike)
}

/// Whether a row tells of the table and is no row of names: 填报单位：一小, 日期：5月.
fn is_line_about_the_table(region: &Region<'_>, row: usize, columns: &[usize]) -> bool {
    let tells =
        |column: &&usize| matches!(region.cell(row, **column), CellValue::Text(text) if text.contains([':', '：']));
    columns.iter().filter(tells).count() * 2 >= columns.len()
}

fn named_by(region: &Region<'_>, row: usize, columns: &[usize]) -> Header {
    let names = columns.iter().map(|column| (*column, name(region.cell(row, *column))));
    Header { top: row, bottom: row, columns: names.filter(|(_, name)| !name.is_empty()).collect() }
}

/// What a cell is called as a header, whatever stands in it; what explains a long name is no part of it.
fn name(cell: &CellValue) -> String {
    let name = header_name(&shown(cell));
    if cell::is_dash(&name) {
        return String::new();
    }
    match name.split_once(['（', '(']) {
        Some((bare, _)) if !bare.is_empty() && header::is_too_long(&name) => bare.to_owned(),
        _ => name,
    }
}
