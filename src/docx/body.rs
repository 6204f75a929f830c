//! Blocks and runs in docx-rs's words.

use std::collections::BTreeSet;
use std::sync::Arc;

use docx_rs::{
    Drawing, LineSpacing, LineSpacingType, Paragraph as Built, ParagraphChild, ParagraphProperty,
    ParagraphStyle as StyleNumber, Pic, RunChild, RunProperty, Table,
};

use super::aside::{Aside, Asides, Instead, PictureAside};
use super::charts;
use super::charts::Charts;
use super::float;
use super::inline::{Bookmarks, link_relation};
use super::measure::half_points;
use super::media::Media;
use super::package::Relation;
use super::paragraph::{Ground, paragraph_property};
use super::problem;
use super::sheet::Sheet;
use super::table;
use super::xml::escape;
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, CharacterFormat, ChartDrawing, Float, FloatContent, FontName, Length, Paragraph, Picture,
};
use crate::drawingml;

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
}

/// One part with text: the document, a header or a footer.
pub struct Part<'a> {
    /// The styles.
    pub sheet: &'a Sheet<'a>,
    /// What all parts share.
    pub shared: &'a mut Shared,
    /// What docx-rs cannot say.
    pub asides: Asides,
    /// Paths of the pictures that this part shows, in the order of their relation identifiers.
    pub pictures: Vec<String>,
    /// The charts that it shows, by their numbers in [`Shared::charts`].
    pub charts: Vec<usize>,
    /// Addresses that its links lead to, in the order of their relation identifiers.
    pub links: Vec<Arc<str>>,
    /// In a footnote whose number has not been written yet: [`super::notes::OWN_NUMBER`].
    pub own_number: Option<usize>,
}

/// A part before it is finished, what docx-rs could not say in it, and its relations.
pub type Unfinished = (Vec<u8>, Asides, Vec<Relation>);

/// A block in docx-rs's words.
pub enum Item {
    /// A paragraph.
    Paragraph(Box<Built>),
    /// A table.
    Table(Box<Table>),
}

impl<'a> Part<'a> {
    /// A part without content.
    pub fn new(sheet: &'a Sheet<'a>, shared: &'a mut Shared) -> Self {
        Self {
            sheet,
            shared,
            asides: Asides::default(),
            pictures: Vec::new(),
            charts: Vec::new(),
            links: Vec::new(),
            own_number: None,
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

    /// Blocks, with a filler between tables that follow each other, which Word would make one, and at the end if they
    /// do not end with a paragraph, which the format asks for.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn items(&mut self, blocks: &[Block], depth: usize) -> Result<Vec<Item>, Diagnostic> {
        if depth > MOST_NESTING {
            return Err(problem::nested_too_deep(MOST_NESTING));
        }
        let mut items = Vec::with_capacity(blocks.len() + 1);
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => items.push(Item::Paragraph(Box::new(self.paragraph(paragraph)?))),
                Block::Table(_) if !is_shown(block) => {}
                Block::Table(table) => {
                    if matches!(items.last(), Some(Item::Table(_))) {
                        items.push(Item::Paragraph(Box::new(filler())));
                    }
                    items.push(Item::Table(Box::new(table::build(self, table, depth)?)));
                }
            }
        }
        if !matches!(items.last(), Some(Item::Paragraph(_))) {
            items.push(Item::Paragraph(Box::new(filler())));
        }
        Ok(items)
    }

    /// A paragraph.
    ///
    /// # Errors
    /// Something beside it that is not written.
    pub fn paragraph(&mut self, paragraph: &Paragraph) -> Result<Built, Diagnostic> {
        let sheet = self.sheet;
        let style = sheet.style(paragraph.style);
        let item = paragraph.format.numbering.or(Some(style.paragraph.numbering)).flatten();
        let size = style.character.size;
        let ground = Ground {
            parent: &style.paragraph,
            parent_size: size,
            size,
            level: item.and_then(|item| sheet.level(item)),
        };
        let mut aside = Aside::default();
        if !sheet.is_default(paragraph.style)
            && let Some(style) = sheet.document.styles.paragraph_style(paragraph.style)
        {
            aside.push("w:pStyle", format!(" w:val=\"{}\"", escape(&style.id)));
        }
        let mut property = paragraph_property(&paragraph.format, &ground, &mut aside);
        property.style = self.asides.keep(aside).map(|number| StyleNumber::new(Some(number)));
        Ok(built(property, self.runs(paragraph)?))
    }

    /// Remembers the faces that a format names.
    pub fn note_fonts(&mut self, format: &CharacterFormat) {
        for font in [&format.latin_font, &format.east_asian_font].into_iter().flatten() {
            self.note_font(font);
        }
    }

    /// The number of the part's relation to a file.
    fn relate_picture(&mut self, path: String) -> usize {
        self.pictures.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.pictures.push(path);
            self.pictures.len() - 1
        })
    }

    /// A picture in the line.
    pub fn picture(&mut self, picture: &Picture) -> RunChild {
        let (path, drawing) = self.shared.media.keep(&picture.image);
        let at = self.relate_picture(path);
        let drawing = drawing.map(|path| picture_relation(self.relate_picture(path)));
        let (description, crop) = (picture.description.clone(), picture.crop);
        self.asides.keep_picture(PictureAside { description, crop, drawing, instead: None });
        let emu = |length: Length| u32::try_from(length.to_emu()).unwrap_or(0).min(i32::MAX as u32);
        // the bytes go into the package by our own hand: docx-rs would call every picture a PNG
        let pic = Pic::new_with_dimensions(Vec::new(), 0, 0)
            .size(emu(picture.width), emu(picture.height))
            .id(picture_relation(at));
        RunChild::Drawing(Box::new(Drawing::new().pic(pic)))
    }

    /// A chart in the line.
    pub fn chart(&mut self, drawing: &ChartDrawing) -> RunChild {
        let number = self.shared.charts.keep(&drawing.chart);
        if !self.charts.contains(&number) {
            self.charts.push(number);
        }
        let (relation, size) = (charts::relation(number), (drawing.width, drawing.height));
        let description = drawing.description.clone();
        self.instead(Box::new(move |number| drawingml::inline(&relation, number, size, &description)))
    }

    /// A drawing that the finishing pass puts the real one in the place of.
    fn instead(&mut self, drawing: Box<dyn Fn(usize) -> String>) -> RunChild {
        self.asides.keep_picture(PictureAside { instead: Some(Instead(drawing)), ..PictureAside::default() });
        let pic = Pic::new_with_dimensions(Vec::new(), 0, 0);
        RunChild::Drawing(Box::new(Drawing::new().pic(pic)))
    }
}

impl Part<'_> {
    /// Something beside the text.
    ///
    /// # Errors
    /// Something that is not written.
    pub fn float(&mut self, float: &Float) -> Result<RunChild, Diagnostic> {
        let float = float.clone();
        let instead: Box<dyn Fn(usize) -> String> = match float.content.clone() {
            FloatContent::Picture(picture) => {
                let (path, drawing) = self.shared.media.keep(&picture.image);
                let relation = picture_relation(self.relate_picture(path));
                let drawing = drawing.map(|path| picture_relation(self.relate_picture(path)));
                Box::new(move |number| float::picture(&float, &picture, &relation, drawing.as_deref(), number))
            }
            FloatContent::WordArt(art) => {
                self.note_font(&art.font);
                Box::new(move |number| float::word_art(&float, &art, number))
            }
            FloatContent::Box(_) | FloatContent::Chart { .. } => {
                return Err(problem::not_written("文字旁边的图形", "something beside the text"));
            }
        };
        Ok(self.instead(instead))
    }

    pub fn note_font(&mut self, font: &FontName) {
        if !self.shared.fonts.contains(font) {
            self.shared.fonts.insert(Arc::clone(font));
        }
    }
}

/// The relation identifier of a part's picture.
fn picture_relation(at: usize) -> String {
    format!("rIdPicture{}", at + 1)
}

/// A paragraph that is there because the format asks for one: a point high.
pub fn filler() -> Built {
    let spacing = LineSpacing::new().before(0).after(0).line_rule(LineSpacingType::Exact).line(20);
    let small = RunProperty::new().size(half_points(Length::pt(1.0)));
    let property = ParagraphProperty::new().line_spacing(spacing).snap_to_grid(false).run_property(small);
    built(property, Vec::new())
}

/// Whether a block is written: a table without cells is not.
pub fn is_shown(block: &Block) -> bool {
    !matches!(block, Block::Table(table) if table.rows.iter().all(|row| row.cells.is_empty()))
}

fn built(property: ParagraphProperty, children: Vec<ParagraphChild>) -> Built {
    // no identifier: docx-rs counts them across documents, which would make equal documents differ
    Built { id: String::new(), children, property, has_numbering: false }
}
