//! Long tables: their rows are set as pages come to them, and forgotten when they stand there, so that a table of a hundred
//! thousand rows takes no more memory while it is set than one of a few hundred.

use crate::document::{Block, Document, Length, Table, VerticalMerge};

use super::SetTable;
use super::grid::{set_rows, without_rows};
use crate::layout::setter::Setter;
use crate::layout::structure::{ElementId, Role};

/// Tables of fewer rows are set at once.
const LONG: usize = if cfg!(test) { 4 } else { 400 };
/// So many rows are set at once: more than a page has, for what is kept together.
const AT_ONCE: usize = if cfg!(test) { 12 } else { 300 };
/// Fewer rows are never known ahead.
const LEAST_AHEAD: usize = if cfg!(test) { 10 } else { 150 };

/// Where a block stands in its document.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct BlockPlace {
    /// Its section.
    pub section: usize,
    /// Its place there.
    pub block: usize,
}

impl BlockPlace {
    fn table(self, document: &Document) -> Option<&Table> {
        match document.sections.get(self.section)?.blocks.get(self.block)? {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        }
    }
}

/// What the rows of a long table are set from.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    place: BlockPlace,
    element: Option<ElementId>,
    /// Its last row stands on the page of what follows.
    pub keeps_next: bool,
    /// Rows that have been forgotten.
    forgotten: usize,
}

/// Whether a table is long, and each of its rows can be set without the others.
pub(in crate::layout) fn is_long(table: &Table) -> bool {
    let merged = || table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.merge != VerticalMerge::None);
    table.rows.len() > LONG && table.float.is_none() && !merged()
}

/// Sets the first rows of a long table that stands in no other.
pub(in crate::layout) fn set_long_table(
    setter: &mut Setter,
    table: &Table,
    width: Length,
    place: BlockPlace,
) -> SetTable {
    let mut set = without_rows(setter, table, width);
    let element = setter.tags.open(Role::Table(table.description.clone()));
    setter.tags.close();
    let last = table.rows.last().and_then(|row| row.cells.first()).and_then(|cell| cell.blocks.first());
    let keeps_next = match last {
        Some(Block::Paragraph(paragraph)) => {
            let own = paragraph.format.keep_next;
            own.unwrap_or_else(|| setter.style(paragraph.style).paragraph.keep_next)
        }
        Some(Block::Table(_)) | None => false,
    };
    set.ahead = Some(Ahead { place, element, keeps_next, forgotten: set.header_rows });
    set.set_ahead(setter, 0);
    set
}

impl SetTable {
    /// Sets the rows that are needed to place one.
    pub fn set_ahead(&mut self, setter: &mut Setter, row: usize) {
        let Some((place, element)) = self.ahead.as_ref().map(|ahead| (ahead.place, ahead.element)) else { return };
        let known = self.rows.len();
        if known >= self.row_count || known >= row + LEAST_AHEAD {
            return;
        }
        let Some(table) = place.table(setter.document) else { return };
        setter.tags.open_again(element);
        let end = (known + AT_ONCE).min(self.row_count);
        set_rows(setter, table, self, known..end, 0);
        setter.tags.close();
    }

    /// Forgets the rows before one that are on their pages; but for header rows, and the one before, whose rules may
    /// still be asked for.
    pub fn forget_before(&mut self, row: usize) {
        let Some(ahead) = &mut self.ahead else { return };
        let end = row.saturating_sub(1);
        for row in self.rows.iter_mut().take(end).skip(ahead.forgotten) {
            row.cells = Vec::new();
        }
        ahead.forgotten = ahead.forgotten.max(end);
    }
}
