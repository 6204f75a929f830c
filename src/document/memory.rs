//! How much memory a document takes with all that is made of it: lines, pages, files. The figures are measured: by how much
//! more a run takes for very many more of one kind, and somewhat above that.

use super::{Block, Content, Document, FloatContent, Run};

/// Bytes that one document may take unless a user says otherwise.
pub const MOST_MEMORY: u64 = 1 << 30;

/// For a paragraph, with its share of a page.
pub const PARAGRAPH: u64 = 800;
/// For a run, with where its value comes from.
pub const RUN: u64 = 500;
/// For a run that leads somewhere, besides.
pub const LINK: u64 = 2000;
/// For a character, as a glyph on its page.
pub const CHARACTER: u64 = 32;
/// For a cell besides what stands in it.
pub const CELL: u64 = 200;

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
    let link = if run.format.link.is_some() { LINK } else { 0 };
    RUN + link
        + match &run.content {
            Content::Text(text) => of_text(text),
            Content::Float(float) => match &float.content {
                FloatContent::Box(text) => of_blocks(&text.blocks),
                FloatContent::Picture(_) | FloatContent::Chart { .. } | FloatContent::WordArt(_) => 0,
            },
            _ => 0,
        }
}

/// Memory for a text on its pages.
pub fn of_text(text: &str) -> u64 {
    CHARACTER * text.chars().count() as u64
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
        assert_eq!(document.memory(), 3 * (PARAGRAPH + RUN + 2 * CHARACTER) + 2 * CELL);
    }
}
