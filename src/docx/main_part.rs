//! The document part, block by block and row by row: each is built, finished and packed before the next, so that the
//! length of a document costs no more memory than its file.

use docx_rs::{BuildXML, Document as Body, SectionProperty};

use super::aside::Asides;
use super::body::{Part, Shared, filler, is_shown};
use super::finish::{finish, finish_row};
use super::package::Relation;
use super::section::Margins;
use super::sheet::Sheet;
use super::{number_format, problem, table};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Bound, Content, NumberFormat, Run, Table};
use crate::zip_file::{Packed, Packer};

/// The part's path below `word/`.
pub const PATH: &str = "document.xml";

const TABLE_END: &[u8] = b"</w:tbl>";

/// The part, packed, and its relations; `drawings` counts the drawings of the file.
///
/// # Errors
/// The document has more of something than the format can hold.
pub fn part(
    sheet: &Sheet,
    margins: &mut Margins,
    shared: &mut Shared,
    drawings: &mut usize,
) -> Result<(Packed, Vec<Relation>), Diagnostic> {
    let sections = &sheet.document.sections;
    let properties = sections.iter().map(|section| margins.section(section, shared)).collect::<Result<Vec<_>, _>>()?;
    let footnotes = (!sheet.document.notes.is_empty()).then(|| number_format::name(NumberFormat::Circled));
    let mut properties = properties.into_iter();
    let last = properties.next_back().unwrap_or_default();
    let around = Body { children: Vec::new(), section_property: last, has_numbering: false }.build();
    let around = finish(&around, &Asides::default().with_footnotes(footnotes), drawings);
    let around = around.map_err(|error| problem::cannot_pack(PATH, &error))?;
    let (before, after) = around.split_at(find(&around, b"<w:sectPr").unwrap_or(around.len()));

    let mut writing = Writing { part: Part::new(sheet, shared), footnotes, drawings, packer: Packer::default() };
    writing.packer.add(before);
    for section in sections {
        writing.section(&section.blocks, properties.next())?;
    }
    writing.packer.add(after);
    let relations = writing.part.relations();
    Ok((writing.packer.finish(), relations))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

struct Writing<'p, 'a> {
    part: Part<'a>,
    footnotes: Option<&'static str>,
    drawings: &'p mut usize,
    packer: Packer,
}

impl Writing<'_, '_> {
    /// The blocks of a section as [`Part::items`] has them; its properties stand in its last paragraph, unless it is the
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
                    let mut built = self.part.paragraph(paragraph)?;
                    if last == Some(at) && !apart {
                        built.property.section_property = property.take();
                    }
                    self.write(&built)?;
                }
                Block::Table(table) => {
                    if after_table {
                        self.filler(None)?;
                    }
                    self.table(table)?;
                }
            }
            after_table = matches!(block, Block::Table(_));
            ends_in_paragraph = !after_table;
        }
        if ends_in_paragraph && !apart { Ok(()) } else { self.filler(property) }
    }

    fn filler(&mut self, property: Option<SectionProperty>) -> Result<(), Diagnostic> {
        let mut filler = filler();
        filler.property.section_property = property;
        self.write(&filler)
    }

    fn table(&mut self, table: &Table) -> Result<(), Diagnostic> {
        let grid = table::grid(table)?;
        let around = table::frame(&mut self.part, table, grid.clone(), Vec::new()).build();
        let around = self.finished(&around, finish)?;
        self.packer.add(around.strip_suffix(TABLE_END).unwrap_or(&around));
        let header_rows = table::header_rows(table);
        for (at, row) in table::filled(table).enumerate() {
            let row = table::row(&mut self.part, row, &grid, 0)?.build();
            let is_header = at < header_rows;
            let row = self.finished(&row, |row, asides, drawings| finish_row(row, asides, drawings, is_header))?;
            self.packer.add(&row);
        }
        self.packer.add(TABLE_END);
        Ok(())
    }

    fn write(&mut self, built: &impl BuildXML) -> Result<(), Diagnostic> {
        let finished = self.finished(&built.build(), finish)?;
        self.packer.add(&finished);
        Ok(())
    }

    /// A piece of the part finished with its own asides.
    fn finished(
        &mut self,
        built: &[u8],
        finish: impl Fn(&[u8], &Asides, &mut usize) -> Result<Vec<u8>, quick_xml::Error>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let asides = std::mem::take(&mut self.part.asides).with_footnotes(self.footnotes);
        finish(built, &asides, self.drawings).map_err(|error| problem::cannot_pack(PATH, &error))
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
