//! Charts made by tags (`{{图表 …}}`): `kind` knows the kinds, `sentence` tells one in words, `build` makes it a chart of
//! the document in the looks of a style.

mod build;
mod kind;
mod sentence;
#[cfg(test)]
mod tests;

pub use kind::{ChartForm, Family};
pub(super) use kind::{kind, kinds};

use crate::document::{LegendSide, Length, SourceId};

/// A chart made by a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsertedChart {
    /// What it is to be drawn as; left to whoever drew it if not given.
    pub form: Option<ChartForm>,
    /// In the chart.
    pub title: Option<String>,
    /// Below the chart, with a number.
    pub caption: Option<String>,
    /// Below that.
    pub note: Option<String>,
    /// What the categories are called.
    pub heading: String,
    /// What the values belong to, in order.
    pub categories: Vec<String>,
    /// The first numbers of points, one a category.
    pub at: Vec<Option<f64>>,
    /// The series.
    pub series: Vec<InsertedSeries>,
    /// Width and height on paper.
    pub size: [Option<Length>; 2],
    /// Where the series are named: not given, nowhere, or at a side.
    pub legend: Option<Option<LegendSide>>,
    /// Whether the values are written.
    pub labels: Option<bool>,
    /// How values are written, as a picture of Excel's.
    pub picture: Option<String>,
    /// Titles of the axes of the categories, of the values, and of those on the second axis.
    pub axes: [Option<String>; 3],
    /// Where the axis of the values begins and ends.
    pub limits: [Option<f64>; 2],
}

/// A series of a chart made by a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsertedSeries {
    /// Its name.
    pub name: String,
    /// One value a category; a missing one is a gap.
    pub values: Vec<Option<f64>>,
    /// Where each comes from.
    pub sources: Vec<Option<SourceId>>,
    /// How the values are written, where the tag's helper says so: `0.0"%"`.
    pub picture: String,
    /// It is a line among columns.
    pub is_line: bool,
    /// It is measured on the second axis.
    pub second: bool,
}

impl InsertedChart {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        !self.series.iter().flat_map(|series| &series.values).any(Option::is_some)
    }
}
