//! A sheet as blocks: single cells, and merged areas as one.

use crate::workbook::{Area, CellValue, Sheet};

use super::super::describe::shown;
use super::super::names::trimmed;

/// A form fills a few printed pages; what is larger is no form.
const MAX_ROWS: usize = 400;
const MAX_COLUMNS: usize = 100;

/// A cell, or a merged area.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) area: Area,
    pub(super) value: CellValue,
    /// What is seen in it, without blanks around; empty if there is nothing.
    pub(super) text: String,
}

impl Block {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && matches!(self.value, CellValue::Empty | CellValue::Text(_))
    }

    pub(super) fn is_merged(&self) -> bool {
        self.area.top < self.area.bottom || self.area.left < self.area.right
    }
}

/// The blocks of a sheet, blank ones too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Blocks {
    /// From top to bottom and from left to right, by their first cells.
    pub(super) all: Vec<Block>,
    /// What they cover: the whole of the sheet's used part.
    pub(super) area: Area,
    /// For each cell of `area`, row by row, its block.
    numbers: Vec<u32>,
}

impl Blocks {
    /// The blocks of a sheet; nothing if it is empty, or too large to be a form.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let filled = |row: &Vec<CellValue>| row.iter().rposition(|cell| *cell != CellValue::Empty);
        let bottom = sheet.rows.iter().rposition(|row| filled(row).is_some())?;
        let right = sheet.rows.iter().filter_map(filled).max()?;
        if bottom >= MAX_ROWS || right >= MAX_COLUMNS {
            return None;
        }
        // The blank value below or beside a last label is there if it is merged.
        let near = |area: &&Area| area.top as usize <= bottom + 1 && area.left as usize <= right + 1;
        let merged: Vec<_> = sheet.merged.iter().filter(near).collect();
        let last = |last: usize, of: fn(&Area) -> u32, max: usize| {
            merged.iter().map(|area| of(area) as usize).chain([last]).max().unwrap_or(last).min(max - 1)
        };
        let bottom = last(bottom, |area| area.bottom, MAX_ROWS);
        let right = last(right, |area| area.right, MAX_COLUMNS);
        let area = Area { top: 0, left: 0, bottom: bottom as u32, right: right as u32 };
        let mut blocks = Self { all: Vec::new(), area, numbers: vec![u32::MAX; (bottom + 1) * (right + 1)] };
        let mut starts: Vec<_> = merged.into_iter().copied().collect();
        starts.sort_unstable();
        let mut starts = starts.into_iter().peekable();
        for row in 0..=bottom as u32 {
            for column in 0..=right as u32 {
                while starts.peek().is_some_and(|start| (start.top, start.left) < (row, column)) {
                    starts.next();
                }
                if blocks.number(row, column).is_none() {
                    let merged = starts.peek().filter(|start| (start.top, start.left) == (row, column));
                    blocks.add(sheet, merged.copied().unwrap_or(cell(row, column)));
                }
            }
        }
        Some(blocks)
    }

    /// Adds a block; an area that overlaps another is not merged.
    fn add(&mut self, sheet: &Sheet, area: Area) {
        let (row, column) = (area.top, area.left);
        let area = Area { bottom: area.bottom.min(self.area.bottom), right: area.right.min(self.area.right), ..area };
        let cells = |area: Area| {
            (area.top..=area.bottom).flat_map(move |row| (area.left..=area.right).map(move |column| (row, column)))
        };
        let free = cells(area).all(|(row, column)| self.number(row, column).is_none());
        let area = if free { area } else { cell(row, column) };
        for (row, column) in cells(area) {
            let at = self.place(row, column);
            if let Some(number) = at.and_then(|at| self.numbers.get_mut(at)) {
                *number = self.all.len() as u32;
            }
        }
        let value = sheet.cell(row as usize, column as usize).clone();
        let text = trimmed(&shown(&value)).into_owned();
        self.all.push(Block { area, value, text });
    }

    fn place(&self, row: u32, column: u32) -> Option<usize> {
        let inside = row <= self.area.bottom && column <= self.area.right;
        inside.then(|| row as usize * (self.area.right as usize + 1) + column as usize)
    }

    /// The block that covers a cell.
    pub(super) fn number(&self, row: u32, column: u32) -> Option<usize> {
        let number = self.place(row, column).and_then(|at| self.numbers.get(at)).copied()?;
        (number != u32::MAX).then_some(number as usize)
    }

    /// The blocks that begin in a row of an area, from left to right.
    pub(super) fn starting(&self, area: Area, row: u32) -> Vec<usize> {
        self.in_row(area, row)
            .into_iter()
            .filter(|number| self.all.get(*number).is_some_and(|block| block.area.top == row))
            .collect()
    }

    /// The blocks that cover a row of an area, from left to right.
    pub(super) fn in_row(&self, area: Area, row: u32) -> Vec<usize> {
        let mut numbers: Vec<usize> = (area.left..=area.right).filter_map(|column| self.number(row, column)).collect();
        numbers.dedup();
        numbers
    }
}

fn cell(row: u32, column: u32) -> Area {
    Area { top: row, left: column, bottom: row, right: column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_areas_are_one_block_and_overlapping_ones_are_not_merged() {
        let text = |text: &str| CellValue::Text(text.into());
        let sheet = Sheet {
            rows: vec![vec![text("姓名"), text("张三")], vec![text("简历")]],
            merged: vec![Area { top: 0, left: 1, bottom: 1, right: 2 }, Area { top: 1, left: 0, bottom: 1, right: 1 }],
            ..Sheet::default()
        };
        let blocks = Blocks::of(&sheet).unwrap();
        let areas: Vec<_> = blocks.all.iter().map(|block| (block.text.as_str(), block.area)).collect();
        assert_eq!(
            areas,
            [("姓名", cell(0, 0)), ("张三", Area { top: 0, left: 1, bottom: 1, right: 2 }), ("简历", cell(1, 0))]
        );
        assert_eq!(blocks.starting(blocks.area, 1), [2]);
        assert_eq!(blocks.in_row(blocks.area, 1), [2, 1]);
    }

    #[test]
    fn a_sheet_larger_than_a_form_is_none() {
        let sheet = Sheet { rows: vec![vec![CellValue::Number(1.0)]; 1000], ..Sheet::default() };
        assert_eq!(Blocks::of(&sheet), None);
    }
}
