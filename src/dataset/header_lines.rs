//! Names of columns that go over several lines, a row each: `Percent` and below it `of Class`, and the units that they count in.

use std::ops::Range;

use super::cell::{self, Reading};
use super::header::{Header, MAX_LEVELS, is_blank, label};
use super::names::{PATH, header_name};
use super::region::{Areas, Region};
use super::unit::Unit;
use crate::workbook::CellValue;

/// How many rows below a line of a name are to be numbers.
const FIGURES_SEEN: usize = 10;
/// Of a name of several lines, in letters.
const LONGEST_FIRST_LINE: usize = 12;

/// A name with a further line: its unit, the rest of a word, or more of its last level.
pub(super) fn with_line(path: &str, line: &str) -> String {
    let (above, last) = path.split_at(path.rfind(PATH).map_or(0, |at| at + PATH.len_utf8()));
    if Unit::parse(line).is_some() {
        return format!("{path}（{line}）");
    }
    match last.strip_suffix('-').filter(|_| line.starts_with(char::is_lowercase)) {
        Some(start) => format!("{above}{start}{line}"),
        None => format!("{above}{}", header_name(&format!("{last} {line}"))),
    }
}

/// What a cell of a further line says: a number written as words too, `7` below `Chapter`.
pub(super) fn line_label(cell: &CellValue) -> Option<String> {
    let number = || match cell {
        CellValue::Text(text) => {
            Some(header_name(text)).filter(|text| matches!(cell::read(text), Reading::Number(_)) && text.len() <= 4)
        }
        _ => None,
    };
    label(cell).or_else(number)
}

/// How many rows below a header are further lines of its names, `Percent` and below it `of Class`, or the units that they
/// count in: words under names whose columns hold nothing but figures. With nothing under the first name some of the figures
/// may be words: `Insufficient` among salaries.
pub(super) fn further_lines(region: &Region<'_>, areas: &[Areas], top: usize, bottom: usize) -> usize {
    let most = (top + MAX_LEVELS).saturating_sub(bottom + 1);
    let Some(first) = (top..=bottom).filter_map(|row| region.filled(row).next()).min() else { return 0 };
    let areas = areas.get(bottom - top);
    let is_named = |column: usize| {
        let merged = || areas.is_some_and(|areas| areas.at(column).is_some());
        let is_filled = |column: usize| !is_blank(region.cell(bottom, column));
        // A group's name may stand over its first column only.
        column >= first && (is_filled(column) || merged() || column > first && is_filled(column - 1))
    };
    let lines = |lines: &usize| are_further_lines(region, first, &is_named, bottom + 1..bottom + 1 + lines);
    (1..=most).rev().find(lines).unwrap_or(0)
}

fn are_further_lines(region: &Region<'_>, first: usize, is_named: &dyn Fn(usize) -> bool, rows: Range<usize>) -> bool {
    let mut columns: Vec<usize> = Vec::new();
    for row in rows.clone() {
        let is_line = |column: usize| is_named(column) && line_label(region.cell(row, column)).is_some();
        let begins = region.filled(row).next().is_some_and(|column| label(region.cell(row, column)).is_some());
        if !region.rows.contains(&row) || !begins || !region.filled(row).all(is_line) {
            return false;
        }
        columns.extend(region.filled(row));
    }
    columns.sort_unstable();
    columns.dedup();
    let below = (rows.end..region.rows.end).filter(|row| region.filled(*row).nth(1).is_some()).take(FIGURES_SEEN);
    let below: Vec<usize> = below.collect();
    let is_below_first = columns.first() == Some(&first);
    columns.len() > 1
        && columns.iter().all(|column| {
            let (mut figures, mut words) = (0, 0);
            // A number in words stands above numbers: else it is one of them.
            let is_named = rows
                .clone()
                .all(|row| is_blank(region.cell(row, *column)) || label(region.cell(row, *column)).is_some());
            for row in &below {
                match region.cell(*row, *column) {
                    CellValue::Number(_) | CellValue::Percent(_) | CellValue::Date { .. } => figures += 1,
                    CellValue::Text(_) if !is_named => return false,
                    CellValue::Text(text) => match cell::read(text) {
                        Reading::Words => words += 1,
                        Reading::Number(_) | Reading::Percent(_) | Reading::Code => figures += 1,
                        _ => {}
                    },
                    _ => {}
                }
            }
            figures > 0 && (words == 0 || !is_below_first && words * 4 <= figures)
        })
}

/// A header whose names go over two lines, with the line above them where a few names are longer: `YEAR` and below it `AND`,
/// `MONTH`. It stands right above, begins with the first column, and has nothing but a word or two over columns that are named.
pub(super) fn with_first_line(region: &Region<'_>, mut header: Header) -> Header {
    let above = header.top.checked_sub(1).filter(|row| region.rows.contains(row) && header.bottom == header.top + 1);
    let Some(row) = above.filter(|row| region.areas(*row).iter().next().is_none()) else { return header };
    let word = |column: usize| label(region.cell(row, column)).filter(|word| is_short_word(word));
    let words: Vec<(usize, Option<String>)> = region.filled(row).map(|column| (column, word(column))).collect();
    let is_over_a_name = |(column, word): &(usize, Option<String>)| {
        word.is_some() && header.columns.binary_search_by_key(column, |(named, _)| *named).is_ok()
    };
    let begins = words.first().map(|(column, _)| *column) == header.columns.first().map(|(column, _)| *column);
    if words.len() < 2 || !begins || !words.iter().all(is_over_a_name) {
        return header;
    }
    for (column, word) in words {
        let (Ok(at), Some(word)) = (header.columns.binary_search_by_key(&column, |(named, _)| *named), word) else {
            continue;
        };
        let name = &mut header.columns[at].1;
        *name = with_line(&word, name);
    }
    header.top = row;
    header
}

/// Whether a text is so few letters that it goes on in the line below, rather than say something by itself.
fn is_short_word(text: &str) -> bool {
    text.len() <= LONGEST_FIRST_LINE && text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'))
}
