//! Blocks in tables: around rows, or around cells where columns repeat.

use super::blocks::{Block, Placer, Plan, Spot, Why};
use super::tree::Id;

impl Placer<'_> {
    /// Puts a block around the rows that its tags stand in.
    pub(super) fn around_rows(&self, block: &Block, rows: &[Id], plan: &mut Plan) -> Result<(), (usize, usize, Why)> {
        let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { return Ok(()) };
        let one_row = rows.iter().all(|row| Some(row) == rows.first());
        for (&tag, &row) in block.tags.iter().zip(rows) {
            let (bytes, around) = (self.bytes(tag), self.tree.outer(row));
            let at = if !one_row && !self.ink.seen_in(around.clone()) {
                plan.gone.insert(row);
                around.start
            } else if tag == open {
                around.start
            } else if tag == close {
                around.end
            } else if !one_row && !self.ink.seen_in(around.start..bytes.start) {
                around.start
            } else if !one_row && !self.ink.seen_in(bytes.end..around.end) {
                around.end
            } else {
                return Err((tag, open, Why::AmidText));
            };
            plan.spots.insert(tag, Spot::At(at));
        }
        let table = rows.first().and_then(|&row| self.tree.around(row, "w:tbl"));
        if let Some(table) = table {
            plan.may_empty.insert(table);
            self.needs_paragraph(table, plan);
        }
        Ok(())
    }

    /// Puts a block around the cells of a row that its tags stand in.
    pub(super) fn around_cells(
        &self,
        block: &Block,
        cells: &[Id],
        row: Id,
        plan: &mut Plan,
    ) -> Result<(), (usize, usize, Why)> {
        let close = block.tags.last().copied().unwrap_or_default();
        for (&tag, &cell) in block.tags.iter().zip(cells) {
            let around = self.tree.outer(cell);
            let at = if !self.ink.seen_in(around.clone()) {
                plan.gone.insert(cell);
                around.start
            } else if tag == close {
                around.end
            } else {
                around.start
            };
            plan.spots.insert(tag, Spot::At(at));
        }
        plan.may_empty.insert(row);
        if let Some(table) = self.tree.around(row, "w:tbl") {
            plan.may_empty.insert(table);
            self.needs_paragraph(table, plan);
        }
        Ok(())
    }

    /// Whether a block within a row begins before everything in it and ends after everything.
    pub(super) fn is_whole_row(&self, block: &Block, row: Id) -> bool {
        let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { return false };
        let around = self.tree.outer(row);
        let cells = |tag: usize| self.below(row, self.holder(tag));
        let first = self.tree.child(row, "w:tc");
        let last = self.tree.children(row).filter(|&id| self.tree.name(id) == "w:tc").last();
        let alone = |tag: usize| !self.ink.seen_in(self.tree.outer(cells(tag)));
        first == Some(cells(open))
            && last == Some(cells(close))
            && !(alone(open) && alone(close))
            && !self.ink.seen_in(around.start..self.bytes(open).start)
            && !self.ink.seen_in(self.bytes(close).end..around.end)
    }

    /// How many rows of a table have more than one cell.
    pub(super) fn rows_of_many(&self, table: Id) -> usize {
        let rows = self.tree.children(table).filter(|&id| self.tree.name(id) == "w:tr");
        rows.filter(|&row| self.tree.children(row).filter(|&id| self.tree.name(id) == "w:tc").count() > 1).count()
    }
}
