//! Blocks and runs in docx-rs's words.

use std::collections::BTreeSet;
use std::sync::Arc;

use docx_rs::{
    Break, BreakType, Drawing, FieldChar, FieldCharType, InstrNUMPAGES, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, Paragraph as Built, ParagraphChild, ParagraphProperty, ParagraphStyle as StyleNumber, Pic, Run,
    RunChild, RunProperty, Tab, Table, Text,
};

use super::aside::{Aside, Asides};
use super::character::{one_face, run_property};
use super::measure::half_points;
use super::media::Media;
use super::paragraph::{Ground, paragraph_property};
use super::problem;
use super::sheet::Sheet;
use super::table;
use super::text::stretches;
use super::xml::{clean, escape};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, CharacterFormat, Content, Field, FontName, Length, Paragraph, Picture, Script};

/// Tables in tables deeper than this are taken for a fault: nobody reads them, and readers run out of stack.
const MOST_NESTING: usize = 16;

/// What all parts of the file share.
#[derive(Debug, Default)]
pub struct Shared {
    /// The pictures.
    pub media: Media,
    /// Every face that is named.
    pub fonts: BTreeSet<FontName>,
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
}

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
        Self { sheet, shared, asides: Asides::default(), pictures: Vec::new() }
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
                Block::Table(table) if table.rows.iter().all(|row| row.cells.is_empty()) => {}
                Block::Table(table) => {
                    if matches!(items.last(), Some(Item::Table(_))) {
                        items.push(filler());
                    }
                    items.push(Item::Table(Box::new(table::build(self, table, depth)?)));
                }
            }
        }
        if !matches!(items.last(), Some(Item::Paragraph(_))) {
            items.push(filler());
        }
        Ok(items)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<Built, Diagnostic> {
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

    fn runs(&mut self, paragraph: &Paragraph) -> Result<Vec<ParagraphChild>, Diagnostic> {
        let mut children = Vec::with_capacity(paragraph.runs.len());
        let mut runs = paragraph.runs.iter().peekable();
        while let Some(run) = runs.next() {
            self.note_fonts(&run.format);
            let property = run_property(&run.format, &mut self.asides);
            let child = match &run.content {
                Content::Text(text) => {
                    // neighbours of one format are one text: the script of a space or mark may hang on what is beside it
                    let mut text = clean(text);
                    while let Some(next) = runs.next_if(|next| next.format == run.format && is_text(&next.content)) {
                        if let Content::Text(more) = &next.content {
                            text.to_mut().push_str(&clean(more));
                        }
                    }
                    self.text(paragraph, &run.format, &property, &text, &mut children);
                    continue;
                }
                Content::Tab => vec![RunChild::Tab(Tab::new())],
                Content::LineBreak => vec![RunChild::Break(Break::new(BreakType::TextWrapping))],
                Content::PageBreak => vec![RunChild::Break(Break::new(BreakType::Page))],
                Content::ColumnBreak => vec![RunChild::Break(Break::new(BreakType::Column))],
                Content::Float(_) => return Err(problem::not_written("文字旁边的图形", "something beside the text")),
                Content::Note(_) => return Err(problem::not_written("脚注", "a footnote")),
                // nothing of ours refers to one
                Content::Bookmark(_) => continue,
                Content::Field(field) => self::field(*field)?,
                Content::Picture(picture) => vec![self.picture(picture)],
            };
            children.push(self::run(property, child));
        }
        Ok(children)
    }

    fn text(
        &mut self,
        paragraph: &Paragraph,
        format: &CharacterFormat,
        property: &RunProperty,
        text: &str,
        children: &mut Vec<ParagraphChild>,
    ) {
        let sheet = self.sheet;
        let style = &sheet.style(paragraph.style).character;
        for stretch in stretches(text) {
            let mut property = property.clone();
            if stretch.doubtful {
                let east_asian = stretch.script == Script::EastAsian;
                let face = if east_asian {
                    format.east_asian_font.as_ref().unwrap_or(&style.east_asian_font)
                } else {
                    format.latin_font.as_ref().unwrap_or(&style.latin_font)
                };
                property.fonts = Some(one_face(face, east_asian));
            }
            children.push(run(property, vec![RunChild::Text(Text::new(&text[stretch.range]))]));
        }
    }

    fn note_fonts(&mut self, format: &CharacterFormat) {
        for font in [&format.latin_font, &format.east_asian_font].into_iter().flatten() {
            if !self.shared.fonts.contains(font) {
                self.shared.fonts.insert(Arc::clone(font));
            }
        }
    }

    fn picture(&mut self, picture: &Picture) -> RunChild {
        let path = self.shared.media.keep(&picture.image);
        let at = self.pictures.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.pictures.push(path);
            self.pictures.len() - 1
        });
        self.asides.keep_picture(&picture.description);
        let emu = |length: Length| u32::try_from(length.to_emu()).unwrap_or(0).min(i32::MAX as u32);
        // the bytes go into the package by our own hand: docx-rs would call every picture a PNG
        let pic = Pic::new_with_dimensions(Vec::new(), 0, 0)
            .size(emu(picture.width), emu(picture.height))
            .id(picture_relation(at));
        RunChild::Drawing(Box::new(Drawing::new().pic(pic)))
    }
}

/// The relation identifier of a part's picture.
pub fn picture_relation(at: usize) -> String {
    format!("rIdPicture{}", at + 1)
}

/// A paragraph that is there because the format asks for one: a point high.
pub fn filler() -> Item {
    let spacing = LineSpacing::new().before(0).after(0).line_rule(LineSpacingType::Exact).line(20);
    let small = RunProperty::new().size(half_points(Length::pt(1.0)));
    let property = ParagraphProperty::new().line_spacing(spacing).snap_to_grid(false).run_property(small);
    Item::Paragraph(Box::new(built(property, Vec::new())))
}

fn built(property: ParagraphProperty, children: Vec<ParagraphChild>) -> Built {
    // no identifier: docx-rs counts them across documents, which would make equal documents differ
    Built { id: String::new(), children, property, has_numbering: false }
}

fn run(run_property: RunProperty, children: Vec<RunChild>) -> ParagraphChild {
    ParagraphChild::Run(Box::new(Run { run_property, children }))
}

fn is_text(content: &Content) -> bool {
    matches!(content, Content::Text(_))
}

/// A field with a result for readers that compute none.
fn field(field: Field) -> Result<Vec<RunChild>, Diagnostic> {
    let instruction = match field {
        Field::Page => InstrText::PAGE(InstrPAGE::new()),
        Field::PageCount => InstrText::NUMPAGES(InstrNUMPAGES::new()),
        Field::Count(..) | Field::Styled(_) => return Err(problem::not_written("这种域", "a field of this kind")),
    };
    Ok(vec![
        RunChild::FieldChar(FieldChar::new(FieldCharType::Begin)),
        RunChild::InstrText(Box::new(instruction)),
        RunChild::FieldChar(FieldChar::new(FieldCharType::Separate)),
        RunChild::Text(Text::new("1")),
        RunChild::FieldChar(FieldChar::new(FieldCharType::End)),
    ])
}
