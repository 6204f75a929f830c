//! The document part, block by block and row by row: each is written and packed before the next, so that the length of a
//! document costs no more memory than its file.

use docx_rs::{Document as Body, SectionProperty};

use super::aside::Asides;
use super::body::{Part, Shared, finished, is_shown};
use super::package::Relation;
use super::section::Margins;
use super::sheet::Sheet;
use super::table;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Bound, Content, Run, Table};
use crate::zip_file::{Packed, Packer};

/// The part's path below `word/`.
pub const PATH: &str = "document.xml";

/// The part, packed, and its relations.
///
/// # Errors
/// The document has more of something than the format can hold.
pub fn part<'a>(
    sheet: &'a Sheet<'a>,
    margins: &mut Margins<'a>,
    shared: &mut Shared,
) -> Result<(Packed, Vec<Relation>), Diagnostic> {
    let sections = &sheet.document.sections;
    let mut properties = sections.iter().map(|section| margins.section(section)).collect::<Vec<_>>().into_iter();
    let last = properties.next_back().unwrap_or_default();
    let around = Body { children: Vec::new(), section_property: last, has_numbering: false };
    let around = finished(&around, &Asides::of_sections(sheet.footnotes()), PATH)?;
    let (before, after) = around.split_at(find(&around, b"<w:sectPr").unwrap_or(around.len()));

    let mut writing = Writing { part: Part::new(PATH, sheet, shared), packer: Packer::default() };
    writing.part.add(before);
    for section in sections {
        writing.section(&section.blocks, properties.next())?;
    }
    writing.part.add(after);
    writing.pack();
    let relations = writing.part.relations();
    Ok((writing.packer.finish(), relations))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

struct Writing<'a> {
    part: Part<'a>,
    packer: Packer,
}

impl Writing<'_> {
    /// The blocks of a section as [`Part::blocks`] has them; its properties stand in its last paragraph, unless it is the
    /// last section.
    fn section(&mut self, blocks: &[Block], mut property: Option<SectionProperty>) -> Result<(), Diagnostic> {
        let mut after_table = false;
        let mut ends_in_paragraph = false;
        let last = blocks.iter().rposition(is_shown);
        // LibreOffice loses the fields of headers and footers that it reads within a field
        let apart = property.is_some() && ends_with_contents(blocks);
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| is_shown(block)) {
            match block {
                Block::Paragraph(paragraph) => {
                    let property = if last == Some(at) && !apart { property.take() } else { None };
                    self.part.paragraph(paragraph, property)?;
                }
                Block::Table(table) => {
                    if after_table {
                        self.part.filler(None)?;
                    }
                    self.table(table)?;
                }
            }
            self.pack();
            after_table = matches!(block, Block::Table(_));
            ends_in_paragraph = !after_table;
        }
        if ends_in_paragraph && !apart { Ok(()) } else { self.part.filler(property) }
    }

    fn table(&mut self, table: &Table) -> Result<(), Diagnostic> {
        let grid = table::begin(&mut self.part, table)?;
        for row in table::rows(table) {
            table::write_row(&mut self.part, row, &grid, 0)?;
            self.pack();
        }
        self.part.add(table::END);
        Ok(())
    }

    /// Packs what has been written.
    fn pack(&mut self) {
        self.packer.add(&self.part.out);
        self.part.out.clear();
    }
}

/// Whether the field of contents ends with the last of some blocks.
fn ends_with_contents(blocks: &[Block]) -> bool {
    let is_end = |run: &Run| matches!(run.content, Content::Bound(Bound::FieldEnd));
    let begins =
        |run: &Run| matches!(&run.content, Content::Bound(Bound::FieldBegin(field)) if field.starts_with("TOC"));
    blocks.last().is_some_and(|last| runs(last).last().is_some_and(is_end))
        && blocks.iter().any(|block| runs(block).iter().any(begins))
}

fn runs(block: &Block) -> &[Run] {
    match block {
        Block::Paragraph(paragraph) => &paragraph.runs,
        Block::Table(_) => &[],
    }
}
