//! Charts: figures as bars, lines and slices, with the numbers that they show.

use std::sync::Arc;

use super::{Border, CharacterFormat, Color, Length, SourceId};

/// A chart in the line.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartDrawing {
    /// The chart; one copy however often it is shown.
    pub chart: Arc<Chart>,
    /// Width on paper.
    pub width: Length,
    /// Height on paper.
    pub height: Length,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Its values in words, and where each comes from.
    pub sources: Vec<(String, SourceId)>,
}

/// A chart, with all that it shows; nothing is looked up elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Its title; empty if it has none.
    pub title: String,
    /// How the title looks.
    pub title_format: CharacterFormat,
    /// How all other text looks.
    pub format: CharacterFormat,
    /// What the categories are called, in the table behind the chart.
    pub heading: String,
    /// What the values belong to, in order.
    pub categories: Vec<String>,
    /// The series that are drawn alike, in drawing order.
    pub groups: Vec<ChartGroup>,
    /// The axis of the categories; of a scatter chart, that of the first numbers.
    pub category_axis: Axis,
    /// The axis of the values.
    pub value_axis: Axis,
    /// The axis of the values of groups that have a scale of their own.
    pub second_axis: Axis,
    /// Categories have room of their own on the axis; else the first and the last stand at its ends.
    pub between: bool,
    /// Where the values stand, between the axes; found by whoever draws it if not given.
    pub plot: Option<PlotArea>,
    /// Where the names of the series stand, if anywhere.
    pub legend: Option<LegendSide>,
    /// Colour behind it.
    pub fill: Option<Color>,
    /// The rule around it.
    pub border: Option<Border>,
}

/// A rectangle in a chart, in parts of the chart's width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotArea {
    /// From the chart's left edge.
    pub left: f64,
    /// From its upper edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Series that are drawn alike.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartGroup {
    /// How.
    pub kind: ChartKind,
    /// They are measured on the second axis of values.
    pub second_axis: bool,
    /// The series.
    pub series: Vec<Series>,
}

/// How series are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartKind {
    /// Columns, or bars that lie.
    Bars {
        /// They lie.
        across: bool,
        /// How the series of one category stand to each other.
        stacking: Stacking,
        /// Room between categories, as a part of a bar's width.
        gap: f64,
        /// How much bars of one category cover each other, as a part of their width.
        overlap: f64,
    },
    /// Lines.
    Lines(Stacking),
    /// Areas under lines.
    Areas(Stacking),
    /// Slices of a circle; the first series only, unless there is a hole.
    Slices {
        /// The hole's part of the circle's diameter.
        hole: f64,
        /// Where the first slice begins, in degrees clockwise from the top.
        from: f64,
    },
    /// Points by two numbers.
    Points,
    /// Around a centre.
    Radar {
        /// What is within the lines is filled.
        filled: bool,
    },
}

/// How the series of one category stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stacking {
    /// Beside or before each other.
    #[default]
    None,
    /// On each other.
    Sum,
    /// On each other, as parts of their sum.
    Share,
}

/// One series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One value a category; a missing one is a gap.
    pub values: Vec<Option<f64>>,
    /// The first numbers of points.
    pub at: Vec<Option<f64>>,
    /// Its colour.
    pub color: Color,
    /// Bars and areas are not filled: they only carry what stands on them.
    pub unfilled: bool,
    /// Colours of single values, by their place.
    pub colors: Vec<(usize, Color)>,
    /// Thickness of its line; none is drawn without.
    pub line: Option<Length>,
    /// What marks its points.
    pub marker: Option<Marker>,
    /// A missing value is passed over by its line.
    pub passes_gaps: bool,
    /// What is written at its values.
    pub labels: Option<ValueLabels>,
}

/// What marks a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Round,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle.
    Triangle,
}

/// What is written at values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueLabels {
    /// The value.
    pub value: bool,
    /// Its part of all.
    pub share: bool,
    /// The category.
    pub category: bool,
    /// The series.
    pub series: bool,
    /// It stands on the bar or slice, not beside it.
    pub inside: bool,
    /// How the value is written, as a picture of Excel's; empty for as it is.
    pub form: String,
    /// Its colour, if it is not that of the chart's text.
    pub ink: Option<Color>,
    /// Colours of single ones, by their place.
    pub inks: Vec<(usize, Color)>,
    /// Places of values that it is not written at.
    pub left_out: Vec<usize>,
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// It is not drawn.
    pub hidden: bool,
    /// Its title.
    pub title: String,
    /// Where the title's upper left corner stands, in parts of the chart's width and height; beside the axis if not given.
    pub title_at: Option<(f64, f64)>,
    /// The least value, if it is given.
    pub least: Option<f64>,
    /// The greatest value, if it is given.
    pub most: Option<f64>,
    /// From one value that is written to the next, if it is given.
    pub step: Option<f64>,
    /// How values are written, as a picture of Excel's; empty for as they are.
    pub form: String,
    /// The rules that stand at its values.
    pub grid: Option<Color>,
    /// The rule that it is drawn as.
    pub line: Option<Color>,
    /// It runs the other way.
    pub reversed: bool,
    /// Nothing is written at it.
    pub unlabelled: bool,
    /// What is written at it runs from top to bottom.
    pub turned: bool,
    /// One name of so many is written, if it is given.
    pub every: Option<usize>,
}

/// Where the names of the series stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendSide {
    /// Right of the drawing.
    Right,
    /// Left of it.
    Left,
    /// Above.
    Top,
    /// Below.
    Bottom,
}
