//! A document on pages: what stands where, ready to be drawn.

use std::sync::Arc;

use crate::document::{Color, Crop, Image, Link, Pagination};
use crate::font::FaceId;

use super::structure::{ElementId, Structure};

/// The whole document, set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The headings with their places, in reading order; `level` nests them.
    pub outline: Vec<OutlineEntry>,
    /// What the pages call themselves, and where bookmarks stand.
    pub pagination: Pagination,
    /// What the text and the pictures are.
    pub structure: Structure,
}

/// One page. Distances are in points from the page's top left corner, y downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width.
    pub width_pt: f32,
    /// Height.
    pub height_pt: f32,
    /// What stands on it, in drawing order.
    pub items: Vec<Item>,
    /// What can be clicked.
    pub links: Vec<PlacedLink>,
}

/// A rectangle that can be clicked.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLink {
    /// Left edge.
    pub left_pt: f32,
    /// Top edge.
    pub top_pt: f32,
    /// Right edge.
    pub right_pt: f32,
    /// Bottom edge.
    pub bottom_pt: f32,
    /// Where it leads.
    pub link: Link,
    /// The text there.
    pub text: String,
    /// Its element; none if it is no part of the text.
    pub element: Option<ElementId>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A stretch of text.
    Text(TextRun),
    /// A filled rectangle (a cell's colour).
    Fill(Fill),
    /// A straight rule.
    Rule(Rule),
    /// A picture.
    Picture(Box<PlacedPicture>),
    /// A polygon or a line through points, of a drawing.
    Shape(Box<Shape>),
}

impl Item {
    /// Moves it right and down.
    pub fn shift(&mut self, right: f32, down: f32) {
        let shift = |(x, y): &mut (f32, f32)| (*x, *y) = (*x + right, *y + down);
        match self {
            Self::Text(run) if run.turned => {
                (run.x_pt, run.baseline_pt) = (run.x_pt + down, run.baseline_pt + right);
            }
            Self::Text(run) => (run.x_pt, run.baseline_pt) = (run.x_pt + right, run.baseline_pt + down),
            Self::Fill(fill) => (fill.x_pt, fill.y_pt) = (fill.x_pt + right, fill.y_pt + down),
            Self::Rule(rule) => [&mut rule.from_pt, &mut rule.to_pt].into_iter().for_each(shift),
            Self::Picture(picture) => (picture.x_pt, picture.y_pt) = (picture.x_pt + right, picture.y_pt + down),
            Self::Shape(shape) => shape.all_points().for_each(shift),
        }
    }
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The face.
    pub face: FaceId,
    /// Font size.
    pub size_pt: f32,
    /// Left edge of the first glyph's advance.
    pub x_pt: f32,
    /// The baseline.
    pub baseline_pt: f32,
    /// Colour.
    pub color: Color,
    /// Bold is made by drawing the outline too, as Word does where the family has no bold face.
    pub synthetic_bold: bool,
    /// Slanted, where the family has no italic face.
    pub synthetic_italic: bool,
    /// Width of the glyphs against their own: narrower or wider text, or a face in the place of another.
    pub stretch: f32,
    /// It runs from top to bottom, its characters' feet at the left: `x_pt` is where it begins from the page's top, and
    /// `baseline_pt` how far its baseline stands from the page's left.
    pub turned: bool,
    /// How far its baseline is turned to the left around where it begins, in degrees.
    pub slope: f32,
    /// What it is a part of; none for what is no part of the text (page numbers, headers that are repeated).
    pub element: Option<ElementId>,
    /// The glyphs.
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph on its way along the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// Index in the face.
    pub id: u16,
    /// The character it stands for, for searching and copying.
    pub character: char,
    /// From this glyph's left edge to the next one's: the advance and whatever justification adds.
    pub advance_pt: f32,
}

/// A filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Left edge.
    pub x_pt: f32,
    /// Top edge.
    pub y_pt: f32,
    /// Width.
    pub width_pt: f32,
    /// Height.
    pub height_pt: f32,
    /// Colour.
    pub color: Color,
}

/// A straight rule; dashed if `dash_pt` is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Start.
    pub from_pt: (f32, f32),
    /// End.
    pub to_pt: (f32, f32),
    /// Thickness.
    pub width_pt: f32,
    /// Lengths of dashes and gaps in turn.
    pub dash_pt: Vec<f32>,
    /// Colour.
    pub color: Color,
}

/// A polygon or a line through points, filled, drawn, or both; neither leaves room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The points in their order.
    pub points: Vec<(f32, f32)>,
    /// The last point is joined with the first.
    pub closed: bool,
    /// Colour within.
    pub fill: Option<Color>,
    /// Further outlines: where they lie within, nothing is filled.
    pub holes: Vec<Vec<(f32, f32)>>,
    /// Colour and thickness of the line.
    pub stroke: Option<(Color, f32)>,
    /// Lengths of the line's dashes and gaps in turn.
    pub dash_pt: Vec<f32>,
    /// Its element. The first shape of a figure has the figure's size.
    pub element: Option<ElementId>,
}

impl Shape {
    /// The points of all its outlines.
    pub fn all_points(&mut self) -> impl Iterator<Item = &mut (f32, f32)> {
        self.points.iter_mut().chain(self.holes.iter_mut().flatten())
    }
}

/// A picture on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedPicture {
    /// Left edge.
    pub x_pt: f32,
    /// Top edge.
    pub y_pt: f32,
    /// Width.
    pub width_pt: f32,
    /// Height.
    pub height_pt: f32,
    /// The file.
    pub image: Arc<Image>,
    /// What of it is not shown.
    pub crop: Crop,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Its element; none if it is no part of the text.
    pub element: Option<ElementId>,
}

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// Level, from 0.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// Page, from 0.
    pub page: usize,
    /// Top of its first line.
    pub y_pt: f32,
}
