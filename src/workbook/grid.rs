//! A sheet's cells as they are read, one by one, within a limit.

use super::{Area, CellValue};

/// Excel's own bounds.
pub(super) const MAX_ROWS: u32 = 1_048_576;
pub(super) const MAX_COLUMNS: u32 = 16_384;

/// The sheet has more cells than may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooManyCells;

/// Cells in rows, grown as they come in.
#[derive(Debug)]
pub(super) struct Grid {
    rows: Vec<Vec<CellValue>>,
    cells: usize,
    most_cells: usize,
    width: usize,
}

impl Grid {
    /// A grid of so many cells at most.
    pub(super) fn new(most_cells: usize) -> Self {
        Self { rows: Vec::new(), cells: 0, most_cells, width: 0 }
    }

    /// Puts a value into a cell. Memory grows with the cells that are filled, not with what the file claims.
    pub(super) fn put(&mut self, row: u32, column: u32, value: CellValue) -> Result<(), TooManyCells> {
        if value == CellValue::Empty {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(TooManyCells);
        }
        let (row, column) = (row as usize, column as usize);
        if row >= self.rows.len() {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.rows.get_mut(row) else { return Err(TooManyCells) };
        if column >= cells.len() {
            self.cells += column + 1 - cells.len();
            if self.cells > self.most_cells {
                return Err(TooManyCells);
            }
            if cells.capacity() == 0 {
                // Rows of a table are equally long.
                cells.reserve_exact(self.width.max(column + 1));
            }
            cells.resize(column + 1, CellValue::Empty);
            self.width = column + 1;
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = value;
        }
        Ok(())
    }

    /// Puts the cells of another grid into this one, as if they had come after those that it has.
    pub(super) fn append(&mut self, later: Self) -> Result<(), TooManyCells> {
        for (row, cells) in later.rows.into_iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            if row >= self.rows.len() {
                self.rows.resize_with(row + 1, Vec::new);
            }
            match self.rows.get_mut(row) {
                Some(own) if own.is_empty() => {
                    self.cells += cells.len();
                    *own = cells;
                }
                _ => {
                    for (cell, column) in cells.into_iter().zip(0..) {
                        self.put(row as u32, column, cell)?;
                    }
                }
            }
        }
        if self.cells > self.most_cells { Err(TooManyCells) } else { Ok(()) }
    }

    /// Takes the numbers in an area for percentages. What an area claims beyond the cells there are costs nothing.
    pub(super) fn show_as_percent(&mut self, area: &Area) {
        let in_area = |from: u32, to: u32, length: usize| {
            let to = (to as usize).saturating_add(1).min(length);
            (from as usize).min(to)..to
        };
        let rows = in_area(area.top, area.bottom, self.rows.len());
        for row in self.rows.get_mut(rows).into_iter().flatten() {
            let columns = in_area(area.left, area.right, row.len());
            for cell in row.get_mut(columns).into_iter().flatten() {
                if let CellValue::Number(share) = cell {
                    *cell = CellValue::Percent(*share);
                }
            }
        }
    }

    /// How many cells it has, and rows, which take memory even where they are empty.
    pub(super) fn weight(&self) -> usize {
        self.cells + self.rows.len()
    }

    pub(super) fn into_rows(self) -> Vec<Vec<CellValue>> {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_an_area_become_percentages_however_far_the_area_reaches() {
        let mut grid = Grid::new(100);
        for column in 0..3 {
            grid.put(1, column, CellValue::Number(0.5)).unwrap();
        }
        grid.put(2, 1, CellValue::Bool(true)).unwrap();
        grid.show_as_percent(&Area { top: 1, left: 1, bottom: u32::MAX, right: u32::MAX });
        grid.show_as_percent(&Area { top: u32::MAX, left: 9, bottom: 0, right: 3 });
        let (number, percent) = (CellValue::Number(0.5), CellValue::Percent(0.5));
        assert_eq!(
            grid.into_rows()[1..],
            [vec![number, percent.clone(), percent], vec![CellValue::Empty, CellValue::Bool(true)]]
        );
    }

    #[test]
    fn one_cell_far_away_takes_no_memory_for_the_cells_between() {
        let mut grid = Grid::new(20_000);
        grid.put(1_048_575, 16_383, CellValue::Number(1.0)).unwrap();
        assert_eq!(grid.cells, 16_384);
        assert_eq!(grid.into_rows().len(), 1_048_576);
    }

    #[test]
    fn rows_that_claim_more_cells_than_may_be_held_are_refused() {
        let mut grid = Grid::new(1_000_000);
        let refused = (0..1000).find(|row| grid.put(*row, 16_383, CellValue::Number(1.0)).is_err());
        assert_eq!(refused, Some(1_000_000 / 16_384));
        assert_eq!(grid.put(1_048_576, 0, CellValue::Number(1.0)), Err(TooManyCells));
    }
}
