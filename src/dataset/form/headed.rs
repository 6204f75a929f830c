//! Labels above their values: a row of labels, or two or three of them, with one row of values below, or many.

use super::clue::NEVER;
use super::read::Reader;
use super::text::{ends_with_colon, inline, is_note};
use crate::dataset::cell::{self, Reading};
use crate::workbook::{Area, CellValue};

/// Most rows of labels above one another.
const MAX_LEVELS: u32 = 3;
/// Rows below the labels that say whether they are values.
const SAMPLED_ROWS: u32 = 3;

/// Rows of labels, and the rows below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headed {
    /// The first row of labels.
    pub(super) top: u32,
    /// The last row of labels.
    pub(super) bottom: u32,
    /// The last row of values.
    pub(super) last: u32,
    /// The columns.
    pub(super) columns: Vec<HeadedColumn>,
    points: i32,
}

/// A column below labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadedColumn {
    pub(super) left: u32,
    pub(super) right: u32,
    /// Its labels' blocks, from top to bottom.
    pub(super) labels: Vec<usize>,
}

impl Reader<'_> {
    /// The labels above values that begin in a row, if the rows are not better read as labels beside values. `known`:
    /// that a table stands here is known already.
    pub(super) fn headed(&self, area: Area, top: u32, known: bool) -> Option<Headed> {
        let mut best: Option<Headed> = None;
        for height in 1..=MAX_LEVELS {
            if let Some(headed) = self.headed_at(area, top, height, known)
                && best.as_ref().is_none_or(|best| headed.points > best.points)
            {
                best = Some(headed);
            }
        }
        let mut best = best?;
        let beside: i32 = (top..=best.last).map(|row| self.points_beside(area, row)).sum();
        if !known && best.points <= beside.max(0) {
            return None;
        }
        best.last = best.bottom + self.rows_below(area, best.bottom, &best.columns, known, u32::MAX);
        Some(best)
    }

    fn headed_at(&self, area: Area, top: u32, height: u32, known: bool) -> Option<Headed> {
        let bottom = top + height - 1;
        if bottom >= area.bottom {
            return None;
        }
        let header = Area { top, bottom, ..area };
        let mut points = 0;
        let (mut filled, mut colons) = (0, 0);
        for number in self.starting_in(header) {
            let block = self.block(number)?;
            let blank = block.is_blank();
            if block.area.bottom > bottom || !blank && self.score(number) <= NEVER {
                return None;
            }
            filled += usize::from(!blank);
            colons += usize::from(ends_with_colon(&block.text));
            points += if blank { 0 } else { self.score(number).min(6) };
        }
        // A label with a colon has its value beside it.
        if !known && colons > 0 && colons * 2 >= filled {
            return None;
        }
        if self.in_row(area, top).iter().any(|number| self.block(*number).is_none_or(|block| block.area.top < top)) {
            return None;
        }
        let columns: Vec<_> =
            self.in_row(header, bottom).into_iter().filter_map(|number| self.column(header, number)).collect();
        if filled < 2 || columns.iter().filter(|column| !column.labels.is_empty()).count() < 2 {
            return None;
        }
        if !(top..bottom).all(|row| self.has_group(header, row, &columns)) {
            return None;
        }
        let last = bottom + self.rows_below(area, bottom, &columns, known, SAMPLED_ROWS);
        if last == bottom {
            return None;
        }
        for row in bottom + 1..=last {
            let starting = self.starting(area, row);
            for number in &starting {
                let block = self.block(*number)?;
                points += if block.is_blank() { 1 } else { (-self.score(*number)).clamp(-6, 4) };
            }
        }
        // A column without a name is the one of the rows' names, or a gap.
        let nameless = columns
            .iter()
            .skip(1)
            .filter(|column| column.labels.is_empty() && !self.is_blank_below(column, bottom, last));
        points -= 4 * nameless.count() as i32;
        Some(Headed { top, bottom, last, columns, points })
    }

    fn column(&self, header: Area, number: usize) -> Option<HeadedColumn> {
        let area = self.block(number)?.area;
        let (left, right) = (area.left.max(header.left), area.right.min(header.right));
        let mut labels: Vec<_> = (header.top..=header.bottom).filter_map(|row| self.number(row, left)).collect();
        labels.dedup();
        labels.retain(|number| self.block(*number).is_some_and(|block| !block.is_blank()));
        Some(HeadedColumn { left, right, labels })
    }

    /// Whether a row of labels above others has one that is over several columns.
    fn has_group(&self, header: Area, row: u32, columns: &[HeadedColumn]) -> bool {
        self.starting(header, row).into_iter().filter_map(|number| self.block(number)).any(|block| {
            let over = columns.iter().filter(|column| (block.area.left..=block.area.right).contains(&column.left));
            !block.is_blank() && over.count() > 1
        })
    }

    /// How many rows below the labels stand in their columns; no more than `most` are looked at.
    fn rows_below(&self, area: Area, bottom: u32, columns: &[HeadedColumn], known: bool, most: u32) -> u32 {
        let mut rows = 0;
        let mut blank = 0;
        for row in bottom + 1..=area.bottom.min(bottom.saturating_add(most)) {
            let starting = self.starting(area, row);
            let places: Vec<_> = starting.iter().map(|number| self.column_of(*number, columns)).collect();
            let filled: Vec<_> = starting
                .iter()
                .zip(&places)
                .filter(|(number, _)| self.is_filled(**number))
                .map(|(_, place)| place)
                .collect();
            // One value a column: else these are not the labels of what stands below.
            let fits = places.iter().all(Option::is_some) && filled.windows(2).all(|two| two.first() != two.last());
            let ends = || self.ends_table(area, row) || rows > 0 && self.turns_to_words(columns, row);
            if !fits || !known && ends() {
                break;
            }
            rows += 1;
            let merged = starting.iter().filter_map(|number| self.block(*number)).any(|block| block.is_merged());
            let empty =
                !merged && starting.iter().all(|number| self.block(*number).is_none_or(|block| block.is_blank()));
            blank = if empty { blank + 1 } else { 0 };
        }
        // One blank row is a gap, more are lines that nobody has filled in.
        if blank == 1 && rows > 1 { rows - 1 } else { rows }
    }

    /// The column that a block stands in; a blank one may reach beyond.
    fn column_of(&self, number: usize, columns: &[HeadedColumn]) -> Option<usize> {
        let block = self.block(number)?;
        let at = columns.partition_point(|column| column.left <= block.area.left).checked_sub(1)?;
        let column = columns.get(at)?;
        (block.area.right <= column.right || block.is_blank()).then_some(at)
    }

    /// Whether a row belongs to what comes after a table.
    fn ends_table(&self, area: Area, row: u32) -> bool {
        let starting = self.starting(area, row);
        let mut filled = starting.iter().filter(|number| self.block(**number).is_some_and(|block| !block.is_blank()));
        let first = filled.next().and_then(|number| self.block(*number));
        let alone = filled.next().is_none();
        let leaves = first.is_some_and(|block| is_note(&block.text) || alone && inline(&block.text).is_some());
        leaves || self.is_line_of_a_form(area, row) || self.is_line_of_labels(area, row)
    }

    /// Whether words stand where the row above has numbers: other labels begin.
    fn turns_to_words(&self, columns: &[HeadedColumn], row: u32) -> bool {
        let is_number = |number: usize| {
            self.block(number).is_some_and(|block| match &block.value {
                CellValue::Text(_) => matches!(cell::read(&block.text), Reading::Number(_) | Reading::Percent(_)),
                value => *value != CellValue::Empty,
            })
        };
        let is_words =
            |number: usize| self.block(number).is_some_and(|block| cell::read(&block.text) == Reading::Words);
        let mut turned = 0;
        for column in columns {
            let ((above, _), (here, blank)) = (self.cell_of(column, row - 1), self.cell_of(column, row));
            if is_number(above) && !blank {
                if !is_words(here) {
                    return false;
                }
                turned += 1;
            }
        }
        turned > 1
    }

    fn is_blank_below(&self, column: &HeadedColumn, bottom: u32, last: u32) -> bool {
        (bottom + 1..=last).all(|row| self.cell_of(column, row).1)
    }

    /// What stands in a row of a column: the first block with anything in it, else its first cell; and whether it is
    /// blank.
    pub(super) fn cell_of(&self, column: &HeadedColumn, row: u32) -> (usize, bool) {
        let place = Area { top: row, bottom: row, left: column.left, right: column.right };
        let here = self.in_row(place, row);
        let filled = here.iter().find(|number| self.block(**number).is_some_and(|block| !block.is_blank()));
        match filled {
            Some(number) => (*number, false),
            None => (here.first().copied().unwrap_or(usize::MAX), true),
        }
    }
}
