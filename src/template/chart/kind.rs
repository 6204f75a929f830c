//! The kinds of charts, by their names.

use crate::document::Stacking;

/// What a chart is drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChartForm {
    /// The kind.
    pub family: Family,
    /// How the series of one category stand to each other.
    pub stacking: Stacking,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// Standing columns.
    #[default]
    Column,
    /// Lying bars.
    Bar,
    /// Lines.
    Line,
    /// Areas.
    Area,
    /// Slices of a circle.
    Pie,
    /// Slices of a ring.
    Doughnut,
    /// Lines around a centre.
    Radar,
    /// Points by two numbers.
    Scatter,
    /// Columns and lines.
    Combined,
}

use Family::{Area, Bar, Column, Combined, Doughnut, Line, Pie, Radar, Scatter};
use Stacking::{None as Beside, Share, Sum};

/// A kind with its English and its Chinese names, the usual ones first.
type Named = (Family, Stacking, &'static [&'static str], &'static [&'static str]);

const KINDS: [Named; 15] = [
    (Column, Beside, &["column"], &["柱形图", "柱状图"]),
    (Column, Sum, &["stacked_column"], &["堆积柱形图", "堆积柱状图"]),
    (Column, Share, &["share_column"], &["百分比堆积柱形图", "百分比柱形图"]),
    (Bar, Beside, &["bar"], &["条形图"]),
    (Bar, Sum, &["stacked_bar"], &["堆积条形图"]),
    (Bar, Share, &["share_bar"], &["百分比堆积条形图", "百分比条形图"]),
    (Line, Beside, &["line"], &["折线图"]),
    (Area, Beside, &["area"], &["面积图"]),
    (Area, Sum, &["stacked_area"], &["堆积面积图"]),
    (Area, Share, &["share_area"], &["百分比堆积面积图", "百分比面积图"]),
    (Pie, Beside, &["pie"], &["饼图"]),
    (Doughnut, Beside, &["doughnut"], &["圆环图", "环形图"]),
    (Radar, Beside, &["radar"], &["雷达图"]),
    (Scatter, Beside, &["scatter"], &["散点图"]),
    (Combined, Beside, &["combined"], &["组合图"]),
];

/// The kind of a name.
pub(in crate::template) fn kind(name: &str) -> Option<ChartForm> {
    let name = name.trim();
    let found = KINDS.iter().find(|(_, _, english, chinese)| english.contains(&name) || chinese.contains(&name));
    found.map(|(family, stacking, ..)| ChartForm { family: *family, stacking: *stacking })
}

/// The usual Chinese names of all kinds.
pub(in crate::template) fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().filter_map(|(_, _, _, chinese)| chinese.first().copied())
}

impl ChartForm {
    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        let known = KINDS.iter().find(|(family, stacking, ..)| (*family, *stacking) == (self.family, self.stacking));
        known.and_then(|(_, _, _, chinese)| chinese.first().copied()).unwrap_or("图表")
    }

    /// The Chinese name of its kind, however its series stand to each other.
    pub fn family_name(self) -> &'static str {
        Self { stacking: Beside, ..self }.name()
    }
}
