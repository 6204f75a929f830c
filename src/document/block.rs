//! Blocks, paragraphs and runs.

use std::sync::Arc;

use bytes::Bytes;

use super::{
    Bookmark, Bound, CharacterFormat, ChartDrawing, Field, Float, Formula, Length, Own, ParagraphFormat,
    ParagraphStyleId, Table,
};

/// A block of the flow.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table; apart, since very many blocks are paragraphs of single cells.
    Table(Box<Table>),
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(Box::new(table))
    }
}

/// A paragraph: a style, what it sets on its own, and its runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The named style.
    pub style: ParagraphStyleId,
    /// Properties set on this paragraph alone.
    pub format: Own<ParagraphFormat>,
    /// The text.
    pub runs: Vec<Run>,
    /// Properties of the paragraph mark: an empty paragraph is as high as it, and a list's label looks like it.
    pub mark: Own<CharacterFormat>,
}

impl Paragraph {
    /// A paragraph of plain text in a style.
    pub fn text(style: ParagraphStyleId, text: impl Into<String>) -> Self {
        Self { style, runs: vec![Run::text(text)], ..Self::default() }
    }

    /// The text without its formatting; fields count as nothing.
    pub fn plain_text(&self) -> String {
        self.runs
            .iter()
            .map(|run| match &run.content {
                Content::Text(text) => text.as_str(),
                Content::Formula(formula) => &formula.text,
                Content::Tab => "\t",
                Content::LineBreak => "\n",
                Content::PageBreak
                | Content::ColumnBreak
                | Content::Field(_)
                | Content::Picture(_)
                | Content::Chart(_)
                | Content::Float(_)
                | Content::Note(_)
                | Content::Bookmark(_)
                | Content::Bound(_) => "",
            })
            .collect()
    }
}

/// A stretch of a paragraph with one character format.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What it is.
    pub content: Content,
    /// Properties set on this run alone.
    pub format: Own<CharacterFormat>,
    /// Where its figure comes from.
    pub source: Option<SourceId>,
}

impl Run {
    /// A run of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Content::Text(text.into()))
    }

    /// A run of any content without formatting of its own.
    pub fn of(content: Content) -> Self {
        Self { content, format: Own::default(), source: None }
    }
}

/// Index into [`super::Document::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceId(pub u32);

/// What a run holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Text without control characters.
    Text(String),
    /// A tab.
    Tab,
    /// A line break within the paragraph.
    LineBreak,
    /// A page break within the paragraph.
    PageBreak,
    /// A column break within the paragraph.
    ColumnBreak,
    /// Text that the reader computes.
    Field(Field),
    /// A picture that stands in the line.
    Picture(Box<Picture>),
    /// A chart that stands in the line.
    Chart(Box<ChartDrawing>),
    /// A formula that stands in the line and takes more than its height.
    Formula(Box<Formula>),
    /// Something that stands beside the text and is anchored here.
    Float(Box<Float>),
    /// The mark of a footnote: its place in [`super::Document::notes`].
    Note(usize),
    /// A place that is referred to.
    Bookmark(Bookmark),
    /// Where a field of a word processor begins or ends, or a bookmark ends; it takes no room.
    Bound(Bound),
}

impl From<Picture> for Content {
    fn from(picture: Picture) -> Self {
        Self::Picture(Box::new(picture))
    }
}

impl From<ChartDrawing> for Content {
    fn from(chart: ChartDrawing) -> Self {
        Self::Chart(Box::new(chart))
    }
}

/// A picture in the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file's content; one copy for one picture however often it is used.
    pub image: Arc<Image>,
    /// Width on paper.
    pub width: Length,
    /// Height on paper.
    pub height: Length,
    /// What of the file is not shown; the rest fills width and height.
    pub crop: Crop,
    /// What it shows, for those who cannot see it.
    pub description: String,
}

/// How much of a picture is cut off at each side, as parts of its whole width or height; less than nothing leaves room.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Crop {
    /// Left.
    pub left: f64,
    /// Above.
    pub top: f64,
    /// Right.
    pub right: f64,
    /// Below.
    pub bottom: f64,
}

impl Crop {
    /// The whole picture.
    pub const NONE: Self = Self { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };

    /// Left, top, right and bottom of the whole picture, from what is shown of it.
    pub fn around(&self, left: f64, top: f64, width: f64, height: f64) -> [f64; 4] {
        let whole = |shown: f64, before: f64, after: f64| shown / (1.0 - before - after).max(0.01);
        let (across, down) = (whole(width, self.left, self.right), whole(height, self.top, self.bottom));
        let (x, y) = (left - across * self.left, top - down * self.top);
        [x, y, x + across, y + down]
    }
}

/// A picture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its format.
    pub format: ImageFormat,
    /// The file as it is.
    pub bytes: Bytes,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// The drawing (SVG) that the file is a copy of, if it is one: whoever can draw it shows it in place of the copy,
    /// and the picture's size is the drawing's.
    pub drawing: Option<Bytes>,
}

/// Format of a picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}
