//! How much memory a document takes with all that is made of it: lines, pages, files. The figures are measured.

use super::{Block, Content, Document, FloatContent, Run};

/// Bytes that one document may take unless a user says otherwise.
pub const MOST_MEMORY: u64 = 1 << 30;

/// For a paragraph.
pub const PARAGRAPH: u64 = 2400;
/// For a run.
pub const RUN: u64 = 1400;
/// For each byte of text, of which every character is set on a page.
pub const BYTE: u64 = 16;
/// For a cell besides what stands in it.
pub const CELL: u64 = 3000;

impl Document {
    /// Bytes that it takes in memory by the time it is written.
    pub fn memory(&self) -> u64 {
        let sections = self.sections.iter().map(|section| of_blocks(&section.blocks));
        sections.sum::<u64>() + self.notes.iter().map(|note| of_blocks(note)).sum::<u64>()
    }
}

fn of_blocks(blocks: &[Block]) -> u64 {
    blocks.iter().map(of_block).sum()
}

fn of_block(block: &Block) -> u64 {
    match block {
        Block::Paragraph(paragraph) => PARAGRAPH + paragraph.runs.iter().map(of_run).sum::<u64>(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| CELL + of_blocks(&cell.blocks)).sum()
        }
    }
}

fn of_run(run: &Run) -> u64 {
    RUN + match &run.content {
        Content::Text(text) => BYTE * text.len() as u64,
        Content::Float(float) => match &float.content {
            FloatContent::Box(text) => of_blocks(&text.blocks),
            FloatContent::Picture(_) | FloatContent::Chart { .. } | FloatContent::WordArt(_) => 0,
        },
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Cell, Info, Paragraph, ParagraphStyleId, Section, StyleSheet, Table, TableRow};
    use super::*;

    #[test]
    fn text_runs_and_cells_count() {
        let paragraph = || Block::Paragraph(Paragraph::text(ParagraphStyleId(0), "党建"));
        let cell = || Cell::of(vec![paragraph()]);
        let row = TableRow { cells: vec![cell(), cell()], ..TableRow::default() };
        let table = Block::from(Table { rows: vec![row], ..Table::default() });
        let sections = vec![Section { blocks: vec![paragraph(), table], ..Section::default() }];
        let styles = Arc::new(StyleSheet::default());
        let (sources, notes, note_separator, lists) = Default::default();
        let document = Document { info: Info::default(), styles, lists, sections, sources, notes, note_separator };
        assert_eq!(document.memory(), 3 * (PARAGRAPH + RUN + 6 * BYTE) + 2 * CELL);
    }
}
