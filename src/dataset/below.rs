//! Where another table begins below one that is being read: a header that is not this table's, under its own titles or
//! right below the rows.

use super::cell::{self, Reading};
use super::header::{self, Header};
use super::locate::{Located, Reason, is_section, is_serial, text};
use super::names::{self, folded};
use super::region::Region;
use crate::workbook::CellValue;

/// How many rows below a header are looked at.
const SAMPLED: usize = 10;

/// What has been seen of a table's rows.
#[derive(Debug)]
pub(super) struct Seen {
    rows: u32,
    /// For each column, how many of its cells are numbers.
    numbers: Vec<u32>,
    /// For each column, how many of its cells are words.
    words: Vec<u32>,
    /// What stands since the last row that was data beyond doubt.
    pub(super) trail: Vec<(usize, Trail)>,
}

/// A row between the data above and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trail {
    /// Nothing in it.
    Blank,
    /// A text alone in its row.
    Title,
    /// A note, a unit, a signature.
    Note,
    /// A total over all rows.
    Total,
}

impl Seen {
    pub(super) fn new(columns: usize) -> Self {
        Self { rows: 0, numbers: vec![0; columns], words: vec![0; columns], trail: Vec::new() }
    }

    /// A row that is data; with one text alone in it, it may turn out to be a title.
    pub(super) fn add(&mut self, region: &Region<'_>, row: usize, header: &Header, alone: bool) {
        let is_text = |column: usize| text(region.cell(row, column)).is_some();
        if alone && header.columns.len() > 1 && region.filled(row).all(is_text) {
            self.trail.push((row, Trail::Title));
            return;
        }
        self.trail.clear();
        self.rows += 1;
        let counts = self.numbers.iter_mut().zip(&mut self.words);
        for ((column, _), (numbers, words)) in header.columns.iter().zip(counts) {
            match region.cell(row, *column) {
                CellValue::Number(_) | CellValue::Percent(_) => *numbers += 1,
                CellValue::Text(_) => *words += 1,
                _ => {}
            }
        }
    }

    /// A row that is no data.
    pub(super) fn pass_over(&mut self, row: usize, why: Reason) {
        match why {
            Reason::Section => self.trail.push((row, Trail::Title)),
            Reason::Note => self.trail.push((row, Trail::Note)),
            Reason::Total => self.trail.push((row, Trail::Total)),
            _ => self.trail.clear(),
        }
    }

    /// The first row that belongs to a header below: its titles, and the notes between them and it.
    fn start(&self, row: usize) -> usize {
        let mut start = row;
        let mut titled = false;
        for (row, what) in self.trail.iter().rev() {
            match what {
                Trail::Blank if !titled => {}
                Trail::Title => (start, titled) = (*row, true),
                Trail::Note if !titled => start = *row,
                Trail::Blank | Trail::Note | Trail::Total => break,
            }
        }
        start
    }

    fn has(&self, what: Trail) -> bool {
        self.trail.iter().any(|(_, seen)| *seen == what)
    }
}

/// The row where another table begins, its titles included, if its header begins at `row`. `again` says that the row is
/// this table's own header once more.
pub(super) fn another_begins(
    region: &Region<'_>,
    table: &Located,
    seen: &Seen,
    row: usize,
    again: bool,
) -> Option<usize> {
    if region.filled(row).nth(1).is_none() || !region.filled(row).all(|column| text(region.cell(row, column)).is_some())
    {
        return None;
    }
    let start = seen.start(row);
    let begins =
        if again { has_title_of_its_own(region, table, start, row) } else { is_another(region, table, seen, row) };
    begins.then_some(start)
}

/// Under titles of their own, equal headers are those of two tables: 2022年, 2023年. Under 一、小学 and 二、中学, or the
/// same title on every page, they are one.
fn has_title_of_its_own(region: &Region<'_>, table: &Located, start: usize, row: usize) -> bool {
    let titled = !table.titles.is_empty();
    titled && (start..row).any(|row| region.filled(row).nth(1).is_none() && names_another(region, table, row))
}

/// Whether words of a row are neither among the titles of a table nor the names of its columns, and so name another.
fn names_another(region: &Region<'_>, table: &Located, row: usize) -> bool {
    let plain = |text: &str| {
        let text = folded(text).into_owned();
        let text = text.trim_end_matches([')', '(', '续', '表']).trim_start_matches(['续', '表', '(', ')']);
        text.to_owned()
    };
    let names = (table.header.top..=table.header.bottom)
        .flat_map(|row| region.filled(row).filter_map(move |column| text(region.cell(row, column))));
    let known: Vec<_> = table.titles.iter().map(|(_, _, title)| title.as_str()).chain(names).map(plain).collect();
    let mut titles = region.filled(row).filter_map(|column| text(region.cell(row, column)));
    titles.any(|title| !is_section(title) && !title.contains(['：', ':']) && !known.contains(&plain(title)))
}

fn is_another(region: &Region<'_>, table: &Located, seen: &Seen, row: usize) -> bool {
    let separated = !seen.trail.is_empty();
    if !separated && seen.rows == 0 {
        return false;
    }
    let (words, others) = words_for_numbers(region, table, seen, row);
    let heading = || header::is_heading(region, row);
    // Without a blank row, a title or a total between, a slip in a row of data must not be taken for a header.
    if !separated {
        return words > 0 && others == 0 && heading() && header_below(region, row).is_some_and(|header| header.1 > 0);
    }
    let Some((header, rows)) = header_below(region, row) else { return false };
    if words > 0 && words >= others && (rows > 0 || heading())
        || rows > 0 && (heading() || resembles(region, table, row) || repeats_below(region, table, row, &header))
    {
        return true;
    }
    let titled = seen.has(Trail::Title) || seen.has(Trail::Total);
    rows > 0 && (beyond(region, table, &header, row) || titled && counts_where_words_were(region, table, seen, &header))
}

/// Whether a row of another header, below its first, is the row of this table's header that tells the columns apart: below
/// 单身 stand the same years as below 已婚.
fn repeats_below(region: &Region<'_>, table: &Located, row: usize, header: &Header) -> bool {
    region.filled(row).count() * 2 <= table.header.columns.len()
        && names_another(region, table, row)
        && (row + 1..=header.bottom + 1).any(|below| table.is_header_again(region, below))
}

/// Whether at least half of a row's cells say what this table's header says, beside others.
fn resembles(region: &Region<'_>, table: &Located, row: usize) -> bool {
    let own: Vec<_> = table.header.columns.iter().map(|(_, name)| folded(names::last_part(name))).collect();
    let cells = region.filled(row).filter_map(|column| text(region.cell(row, column)));
    let (mut all, mut equal) = (0, 0);
    for cell in cells {
        all += 1;
        equal += usize::from(own.contains(&folded(cell)));
    }
    equal >= 2 && equal * 2 >= all
}

/// In how many of the columns that were numbers the row has words, and in how many it has not.
fn words_for_numbers(region: &Region<'_>, table: &Located, seen: &Seen, row: usize) -> (u32, u32) {
    let (mut words, mut others) = (0, 0);
    // Merged over figures, words are a heading if further headings stand below them, else the answer of one row: 未报.
    let is_group = || header::header_at(region, row).is_some_and(|header| header.bottom > header.top);
    let areas = Some(region.areas(row)).filter(|areas| areas.iter().next().is_some() && is_group());
    for ((column, name), count) in table.header.columns.iter().zip(&seen.numbers) {
        if seen.rows == 0 || count * 2 <= seen.rows || is_serial(name) {
            continue;
        }
        let holder = areas.as_ref().and_then(|areas| areas.at(*column)).filter(|area| area.top as usize == row);
        match text(region.cell(row, holder.map_or(*column, |area| area.left as usize))) {
            Some(text) if matches!(cell::read(text), Reading::Words) => words += 1,
            _ => others += 1,
        }
    }
    (words, others)
}

/// The header that begins at a row, and how many rows of data stand right below it.
fn header_below(region: &Region<'_>, row: usize) -> Option<(Header, usize)> {
    let header = header::header_at(region, row)?;
    let below = header.bottom + 1..(header.bottom + 1 + SAMPLED).min(region.rows.end);
    let rows = below.take_while(|row| region.filled(*row).nth(1).is_some()).count();
    (header.columns.len() > 1).then_some((header, rows))
}

/// Whether the header names columns that this table has not, and rows below use them.
fn beyond(region: &Region<'_>, table: &Located, header: &Header, row: usize) -> bool {
    let mut new = region.filled(row).filter(|column| !table.is_named(*column));
    let used = |column| !header::is_blank(region.cell(header.bottom + 1, column));
    new.any(used)
}

/// Whether numbers stand below the row in columns that have held nothing but words, dashes not counted.
fn counts_where_words_were(region: &Region<'_>, table: &Located, seen: &Seen, header: &Header) -> bool {
    let is_number = |row, column| {
        matches!(region.cell(row, column), CellValue::Number(_) | CellValue::Percent(_) | CellValue::Date { .. })
    };
    let is_word =
        |row, column| text(region.cell(row, column)).is_some_and(|text| matches!(cell::read(text), Reading::Words));
    let below = header.bottom + 1..(header.bottom + 1 + SAMPLED).min(region.rows.end);
    let rows: Vec<_> = below.take_while(|row| region.filled(*row).nth(1).is_some()).collect();
    let columns = table.header.columns.iter().zip(seen.numbers.iter().zip(&seen.words));
    let worded = columns.filter(|(_, (numbers, words))| **numbers == 0 && **words == seen.rows);
    let first = table.header.bottom + 1;
    seen.rows >= 2
        && worded.map(|((column, _), _)| *column).any(|column| {
            is_word(first, column) && is_word(header.top, column) && rows.iter().all(|row| is_number(*row, column))
        })
}
