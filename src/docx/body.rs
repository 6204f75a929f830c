//! Parts with text: their blocks in docx-rs's words, written one after the other.
//!
//! docx-rs says the properties of paragraphs, runs, rows and cells, and whatever else has properties; the elements around
//! them that have none (`w:p`, `w:r`, `w:t`, `w:tr`, `w:tc`) are written here, so that properties can be kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use docx_rs::{
    BuildXML, LineSpacing, LineSpacingType, ParagraphProperty, ParagraphStyle as StyleNumber, RunProperty,
    SectionProperty,
};

use super::aside::{Aside, Asides};
use super::charts;
use super::charts::Charts;
use super::drawing::picture_relation;
use super::finish::finish;
use super::inline::{Bookmarks, link_relation};
use super::kept::Properties;
use super::measure::half_points;
use super::media::Media;
use super::package::Relation;
use super::paragraph::{Ground, paragraph_property};
use super::problem;
use super::sheet::Sheet;
use super::table;
use super::xml::escape;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, CharacterFormat, FontName, Length, Own, Paragraph, ParagraphFormat, ParagraphStyleId};

/// Tables in tables deeper than this are taken for a fault: nobody reads them, and readers run out of stack.
const MOST_NESTING: usize = 16;

/// What all parts of the file share.
#[derive(Debug, Default)]
pub struct Shared {
    /// The pictures.
    pub media: Media,
    /// The charts.
    pub charts: Charts,
    /// Every face that is named.
    pub fonts: BTreeSet<FontName>,
    /// The bookmarks.
    pub bookmarks: Bookmarks,
    /// How many drawings there are.
    pub drawings: usize,
    /// Properties that have been written.
    pub properties: Properties,
}

/// One part with text: the document, a header or a footer, the footnotes.
pub struct Part<'a> {
    /// Its path below `word/`.
    pub path: &'a str,
    /// The styles.
    pub sheet: &'a Sheet<'a>,
    /// What all parts share.
    pub shared: &'a mut Shared,
    /// What has been written.
    pub out: Vec<u8>,
    /// Paths of the pictures that this part shows, in the order of their relation identifiers.
    pub pictures: Vec<String>,
    /// The charts that it shows, by their numbers in [`Shared::charts`].
    pub charts: Vec<usize>,
    /// Addresses that its links lead to, in the order of their relation identifiers.
    pub links: Vec<Arc<str>>,
    /// In a footnote whose number has not been written yet.
    pub owes_number: bool,
}

/// What has been written of a part, and its relations.
pub type Written = (Vec<u8>, Vec<Relation>);

impl<'a> Part<'a> {
    /// A part without content.
    pub fn new(path: &'a str, sheet: &'a Sheet<'a>, shared: &'a mut Shared) -> Self {
        Self {
            path,
            sheet,
            shared,
            out: Vec::new(),
            pictures: Vec::new(),
            charts: Vec::new(),
            links: Vec::new(),
            owes_number: false,
        }
    }

    /// The part's relations to the pictures and charts that it shows and the addresses that it leads to.
    pub fn relations(&self) -> Vec<Relation> {
        let picture =
            |(at, path): (usize, &String)| Relation { id: picture_relation(at), kind: "image", target: path.clone() };
        let link = |(at, address): (usize, &Arc<str>)| Relation {
            id: link_relation(at),
            kind: "hyperlink",
            target: address.to_string(),
        };
        let chart =
            |number: &usize| Relation { id: charts::relation(*number), kind: "chart", target: charts::path(*number) };
        let pictures = self.pictures.iter().enumerate().map(picture);
        let drawn = pictures.chain(self.charts.iter().map(chart));
        drawn.chain(self.links.iter().enumerate().map(link)).collect()
    }

    /// The part when all of it has been added.
    pub fn written(self) -> Written {
        let relations = self.relations();
        (self.out, relations)
    }

    /// Adds what is in the file as it stands here.
    pub fn add(&mut self, xml: impl AsRef<[u8]>) {
        self.out.extend_from_slice(xml.as_ref());
    }

    /// Adds blocks, with a filler between tables that follow each other, which Word would make one, and at the end if they
    /// do not end with a paragraph, which the format asks for.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn blocks(&mut self, blocks: &[Block], depth: usize) -> Result<(), Diagnostic> {
        if depth > MOST_NESTING {
            return Err(problem::nested_too_deep(MOST_NESTING));
        }
        let mut before: Option<&Block> = None;
        for block in blocks.iter().filter(|block| is_shown(block)) {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, None)?,
                Block::Table(table) => {
                    if matches!(before, Some(Block::Table(_))) {
                        self.filler(None)?;
                    }
                    table::write(self, table, depth)?;
                }
            }
            before = Some(block);
        }
        if matches!(before, Some(Block::Paragraph(_))) { Ok(()) } else { self.filler(None) }
    }

    /// Adds a paragraph, which may be the last of a section that has these properties.
    ///
    /// # Errors
    /// Something beside it that is not written.
    pub fn paragraph(&mut self, paragraph: &Paragraph, section: Option<SectionProperty>) -> Result<(), Diagnostic> {
        let (sheet, path) = (self.sheet, self.path);
        self.add("<w:p>");
        if section.is_some() {
            let properties = paragraph_properties(sheet, path, paragraph.style, &paragraph.format, section)?;
            self.add(properties);
        } else {
            let key = (paragraph.style, paragraph.format.clone());
            let make = |(style, format): &(_, Own<_>)| paragraph_properties(sheet, path, *style, format, None);
            self.out.extend_from_slice(self.shared.properties.paragraphs.get_or_make(key, make)?);
        }
        self.runs(paragraph)?;
        self.add("</w:p>");
        Ok(())
    }

    /// Adds a paragraph that is there because the format asks for one: a point high.
    ///
    /// # Errors
    /// docx-rs's output is not well-formed.
    pub fn filler(&mut self, section: Option<SectionProperty>) -> Result<(), Diagnostic> {
        let spacing = LineSpacing::new().before(0).after(0).line_rule(LineSpacingType::Exact).line(20);
        let small = RunProperty::new().size(half_points(Length::pt(1.0)));
        let mut property = ParagraphProperty::new().line_spacing(spacing).snap_to_grid(false).run_property(small);
        property.section_property = section;
        self.add("<w:p>");
        self.finished(&property, &Asides::of_sections(self.sheet.footnotes()))?;
        self.add("</w:p>");
        Ok(())
    }

    /// Adds something of docx-rs's, finished.
    ///
    /// # Errors
    /// docx-rs's output is not well-formed.
    pub fn finished(&mut self, built: &impl BuildXML, asides: &Asides) -> Result<(), Diagnostic> {
        let finished = finished(built, asides, self.path)?;
        self.add(finished);
        Ok(())
    }

    /// Remembers the faces that a format names.
    pub fn note_fonts(&mut self, format: &CharacterFormat) {
        for font in [&format.latin_font, &format.east_asian_font].into_iter().flatten() {
            self.note_font(font);
        }
    }

    /// Remembers a face that is named.
    pub fn note_font(&mut self, font: &FontName) {
        if !self.shared.fonts.contains(font) {
            self.shared.fonts.insert(Arc::clone(font));
        }
    }
}

/// Whether a block is written: a table without cells is not.
pub fn is_shown(block: &Block) -> bool {
    !matches!(block, Block::Table(table) if table.rows.iter().all(|row| row.cells.is_empty()))
}

/// Something of docx-rs's, finished.
///
/// # Errors
/// docx-rs's output is not well-formed.
pub fn finished(built: &impl BuildXML, asides: &Asides, path: &str) -> Result<Vec<u8>, Diagnostic> {
    finish(&built.build(), asides).map_err(|error| problem::cannot_pack(path, &error))
}

fn paragraph_properties(
    sheet: &Sheet<'_>,
    path: &str,
    id: ParagraphStyleId,
    format: &ParagraphFormat,
    section: Option<SectionProperty>,
) -> Result<Vec<u8>, Diagnostic> {
    let style = sheet.style(id);
    let item = format.numbering.or(Some(style.paragraph.numbering)).flatten();
    let size = style.character.size;
    let ground =
        Ground { parent: &style.paragraph, parent_size: size, size, level: item.and_then(|item| sheet.level(item)) };
    let mut aside = Aside::default();
    if !sheet.is_default(id)
        && let Some(style) = sheet.document.styles.paragraph_style(id)
    {
        aside.push("w:pStyle", format!(" w:val=\"{}\"", escape(&style.id)));
    }
    let mut property = paragraph_property(format, &ground, &mut aside);
    let mut asides = Asides::of_sections(sheet.footnotes());
    property.style = asides.keep(aside).map(|number| StyleNumber::new(Some(number)));
    property.section_property = section;
    finished(&property, &asides, path)
}
