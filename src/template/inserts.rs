//! What the tags of a template gave, kept apart from its text until the text has been read as Markdown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chart::InsertedChart;
use super::coverage::Coverage;
use super::expression::Meter;
use crate::diagnostic::Place;
use crate::document::{Align, Color, Crop, Image, Length, Source, SourceId};
use crate::picture::Print;

/// The values of one merge, and where they come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inserts {
    items: Vec<Insert>,
    /// The sources that the items point to; they become the document's.
    pub sources: Vec<Source>,
    /// Of sources in documents that were put in the places of their tags.
    pub(super) places: BTreeMap<usize, Place>,
    /// What the tags came to, if anybody wants to know.
    pub(super) coverage: Option<Coverage>,
    /// How much the merge has come to.
    pub(super) meter: Meter,
    /// The widest that a picture can be, where that is known.
    pub(super) room: Option<Length>,
    /// What small charts are drawn in, where that is known.
    pub(super) ink: Option<Color>,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Insert {
    /// Text, to be shown as it is: never markup. A line feed is a line break.
    Text {
        /// The text.
        text: String,
        /// Where it comes from.
        source: Option<SourceId>,
    },
    /// A table (`{{表格 …}}`), in a paragraph of its own.
    Table(InsertedTable),
    /// A chart (`{{图表 …}}`), in a paragraph of its own.
    Chart(Box<InsertedChart>),
    /// A picture (`{{图片 …}}`), in a paragraph of its own.
    Picture(InsertedPicture),
    /// Pictures beside and below each other (`{{照片墙 …}}`), in a paragraph of their own.
    Gallery(InsertedGallery),
}

/// A table made by a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsertedTable {
    /// Above the table, without a number.
    pub caption: Option<String>,
    /// Below the table.
    pub note: Option<String>,
    /// Header rows; cells with equal text beside each other are one cell.
    pub header: Vec<Vec<String>>,
    /// Widths of the columns relative to each other; by their content if empty.
    pub widths: Vec<f64>,
    /// Rows of cells, one a column; the last is a total row if `total` is set.
    pub rows: Vec<Vec<InsertedCell>>,
    /// Whether the last row is a total.
    pub total: bool,
    /// Whether it stands on a turned page; by its width if not given.
    pub landscape: Option<bool>,
}

/// A cell of a table made by a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsertedCell {
    /// Its text as shown.
    pub text: String,
    /// Whether it is a number.
    pub number: bool,
    /// The number.
    pub value: Option<f64>,
    /// Colour behind it.
    pub shading: Option<Color>,
    /// What stands there instead of text.
    pub picture: Option<Arc<InsertedPicture>>,
    /// Where it comes from.
    pub source: Option<SourceId>,
}

/// A picture placed by a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct InsertedPicture {
    /// The picture.
    pub image: Arc<Image>,
    /// How large it is to be.
    pub print: Print,
    /// Where it stands in its line; where its style says if not given.
    pub align: Option<Align>,
    /// What it shows, for those who cannot see it, if there is no caption: its file's name.
    pub description: String,
    /// Below the picture.
    pub caption: Option<String>,
}

/// Pictures made by a tag, beside and below each other.
#[derive(Clone, Debug, PartialEq)]
pub struct InsertedGallery {
    /// Below them all.
    pub caption: Option<String>,
    /// How many stand beside each other.
    pub across: usize,
    /// Width of each; as much as there is room for if not given.
    pub width: Option<Length>,
    /// Height of each to its width.
    pub ratio: f64,
    /// The pictures.
    pub pictures: Vec<GalleryPicture>,
}

/// A picture among others.
#[derive(Clone, Debug, PartialEq)]
pub struct GalleryPicture {
    /// The picture.
    pub picture: InsertedPicture,
    /// Below it.
    pub text: String,
    /// Where the text comes from.
    pub source: Option<SourceId>,
}

impl InsertedPicture {
    /// Width and height on paper, and what is cut off, where there is so much room: never more, and in its shape.
    pub(super) fn placed(&self, room: Length, highest: Length, usual: Length) -> (Length, Length, Crop) {
        let sides = (f64::from(self.image.width_px.max(1)), f64::from(self.image.height_px.max(1)));
        let print = Print { room: usual, ..self.print };
        let whole = print.size(sides);
        let (width, height) = match (print.fills, print.width, print.height) {
            (true, Some(width), Some(height)) => (width, height),
            _ => whole,
        };
        let cut = |shown: Length, whole: Length| {
            (1.0 - shown.to_emu() as f64 / whole.to_emu().max(1) as f64).clamp(0.0, 0.99) / 2.0
        };
        let (across, down) = (cut(width, whole.0), cut(height, whole.1));
        let crop = Crop { left: across, right: across, top: down, bottom: down };
        let fit = |most: Length, side: Length| most.to_emu().max(1) as f64 / side.to_emu().max(1) as f64;
        let scale = fit(room, width).min(fit(highest, height)).min(1.0);
        (width * scale, height * scale, crop)
    }
}

/// Begins a placeholder. Noncharacters are taken out of templates, and cells never reach the text.
pub const OPEN: char = '\u{FDD0}';
/// Ends a placeholder.
pub const CLOSE: char = '\u{FDD1}';
/// Between the two: a loop has gone beyond its last row, and what follows in the cell is not to be seen.
pub(super) const PAST: char = '!';

impl Inserts {
    /// Nothing yet, with or without a record of what the tags come to.
    pub(super) fn covered(covered: bool) -> Self {
        Self { coverage: covered.then(Coverage::default), ..Self::default() }
    }

    /// Hands the record over.
    pub(super) fn tell(&mut self, coverage: Option<&mut Coverage>) {
        if let (Some(coverage), Some(found)) = (coverage, self.coverage.take()) {
            coverage.add(found);
        }
    }

    /// Keeps a value and gives the placeholder that stands for it in the text.
    pub fn hold(&mut self, insert: Insert) -> String {
        self.items.push(insert);
        format!("{OPEN}{}{CLOSE}", self.items.len() - 1)
    }

    /// The values that are text and come from somewhere.
    pub fn texts(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.items.iter().filter_map(|item| match item {
            Insert::Text { text, source } => Some((text.as_str(), (*source)?)),
            Insert::Table(_) | Insert::Chart(_) | Insert::Picture(_) | Insert::Gallery(_) => None,
        })
    }

    /// The value that a placeholder's number stands for.
    pub fn get(&self, number: usize) -> Option<&Insert> {
        self.items.get(number)
    }
}
