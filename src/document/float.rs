//! What stands beside the text: anchored pictures and text boxes (`wp:anchor`).

use std::sync::Arc;

use super::{Block, Border, CellMargins, Chart, Color, FontName, Length, Outline, Picture, VerticalAlign};

/// Something that is anchored in the text and stands where its position says.
#[derive(Clone, Debug, PartialEq)]
pub struct Float {
    /// Where it stands from left to right.
    pub horizontal: Position,
    /// Where it stands from top to bottom.
    pub vertical: Position,
    /// Width on paper.
    pub width: Length,
    /// Height on paper.
    pub height: Length,
    /// How the text makes way.
    pub wrap: Wrap,
    /// Space that the text keeps from it.
    pub distance: CellMargins,
    /// It stands behind the text.
    pub behind: bool,
    /// What it is.
    pub content: FloatContent,
}

/// What a [`Float`] shows.
#[derive(Clone, Debug, PartialEq)]
pub enum FloatContent {
    /// A picture.
    Picture(Picture),
    /// A box with or without text.
    Box(TextBox),
    /// A line of text drawn as large as its box.
    WordArt(WordArt),
    /// A chart.
    Chart {
        /// The chart; one copy however often it is shown.
        chart: Arc<Chart>,
        /// What it shows, for those who cannot see it.
        description: String,
    },
}

/// A line of text drawn as large as its box, such as a watermark.
#[derive(Clone, Debug, PartialEq)]
pub struct WordArt {
    /// The text.
    pub text: String,
    /// Its face.
    pub font: FontName,
    /// Its colour.
    pub color: Color,
    /// How far it is turned around the middle of its box, to the left.
    pub degrees: f64,
}

/// A shape with text in it: a rectangle, if it has no outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextBox {
    /// The text.
    pub blocks: Vec<Block>,
    /// Space between the edge and the text.
    pub margins: CellMargins,
    /// Where the text stands between top and bottom.
    pub vertical_align: VerticalAlign,
    /// Colour behind the text.
    pub fill: Option<Color>,
    /// The rule around.
    pub border: Option<Border>,
    /// It is as high as its text.
    pub grows: bool,
    /// Its form.
    pub outline: Option<Arc<Outline>>,
    /// Its lines run from top to bottom, the first at the right.
    pub down: Option<Down>,
}

/// How characters stand on lines that run down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// All are turned with the line (`vert`).
    Turned,
    /// Han characters are upright (`eaVert`).
    Upright,
}

/// A place along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// What it is measured from.
    pub from: Anchor,
    /// The place there.
    pub at: Place,
}

/// What a position is measured from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The paper.
    Page,
    /// The type area.
    Margin,
    /// The column (horizontal).
    Column,
    /// The paragraph that it is anchored in (vertical).
    #[default]
    Paragraph,
    /// The line or the character that it is anchored at.
    Line,
    /// The margin before the type area.
    MarginBefore,
    /// The margin after the type area.
    MarginAfter,
}

/// A place in an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// So far from its beginning.
    Offset(Length),
    /// At its beginning.
    Start,
    /// In its middle.
    Center,
    /// At its end.
    End,
    /// So large a part of its size from its beginning.
    Part(f64),
}

/// How text makes way for a [`Float`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// It does not.
    None,
    /// It stands on both sides.
    Square,
    /// It stands above and below.
    TopAndBottom,
}
