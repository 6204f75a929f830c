//! The chart of a tag as a chart of the document, in the looks of a style.

use std::sync::Arc;

use super::{Family, InsertedChart, InsertedSeries};
use crate::document::{
    Axis, Chart, ChartDrawing, ChartGroup, ChartKind, Color, LegendSide, Length, Marker, Series, Stacking, ValueLabels,
};
use crate::style::ChartLook;

/// More values than this are not written unless the tag asks for it.
const MOST_LABELS: usize = 16;
/// Points of longer lines are not marked.
const MOST_MARKED: usize = 24;
/// Thickness of lines.
const LINE: Length = Length::twips(40);
/// The hole of a ring, as a part of its width.
const HOLE: f64 = 0.55;
/// Marks that series take in turn, so that they differ in grey.
const MARKERS: [Marker; 4] = [Marker::Round, Marker::Square, Marker::Diamond, Marker::Triangle];

impl InsertedChart {
    /// The chart on paper; `text` is the width and the height that it may take.
    pub(in crate::template) fn drawing(&self, look: &ChartLook, text: (Length, Length)) -> ChartDrawing {
        let (width, height) = self.paper(look, text);
        let mut chart = self.chart(look);
        chart.arrange((width, height));
        let sources = self.series.iter().flat_map(|series| {
            let of_one = series.values.iter().zip(&series.sources).zip(&self.categories);
            of_one.filter_map(|((value, source), category)| {
                Some((format!("{category} {}：{}", series.name, crate::document::figure::plain((*value)?)), (*source)?))
            })
        });
        ChartDrawing {
            sources: sources.collect(),
            description: self.sentence(self.form.unwrap_or_default().name()),
            chart: Arc::new(chart),
            width,
            height,
        }
    }

    fn family(&self) -> Family {
        self.form.unwrap_or_default().family
    }

    /// Width and height on paper: as asked, or as wide as the text and as high as the kind needs.
    fn paper(&self, look: &ChartLook, (widest, highest): (Length, Length)) -> (Length, Length) {
        let usual = match self.family() {
            Family::Pie | Family::Doughnut | Family::Radar => widest * 0.72,
            _ => widest,
        };
        let width = self.size[0].unwrap_or(usual).clamp(Length::pt(60.0), widest.max(Length::pt(60.0)));
        let line = look.text.size.unwrap_or_default() * 1.45;
        let bars = |thick: f64| {
            let beside = if self.form.unwrap_or_default().stacking == Stacking::None { self.series.len() } else { 1 };
            line * (self.categories.len() as f64 * (beside as f64 * thick).max(1.3) + 4.0)
        };
        let usual = match self.family() {
            Family::Bar => bars(1.3).max(width * 0.3),
            Family::Radar => width * 0.7,
            Family::Pie | Family::Doughnut => width * 0.6,
            _ => width * 0.5,
        };
        (width, self.size[1].unwrap_or(usual).clamp(Length::pt(50.0), (highest * 0.75).max(Length::pt(50.0))))
    }

    fn chart(&self, look: &ChartLook) -> Chart {
        let form = self.form.unwrap_or_default();
        let (family, stacking) = (form.family, form.stacking);
        let of_slices = matches!(family, Family::Pie | Family::Doughnut);
        let pattern = |second: bool| {
            let own = self.series.iter().find(|series| series.second == second).map(|series| series.picture.clone());
            self.picture.clone().filter(|_| !second).or(own).unwrap_or_default()
        };
        let negative = |second: bool| {
            let series = self.series.iter().filter(|series| series.second == second);
            series.flat_map(|series| &series.values).flatten().any(|value| *value < 0.0)
        };
        let [category, value, second] = [0, 1, 2].map(|at| self.axes.get(at).cloned().flatten().unwrap_or_default());
        // columns stand on zero; a radar's centre is zero
        let grounded = matches!(family, Family::Column | Family::Bar | Family::Area | Family::Radar | Family::Combined);
        let ground = |second| (grounded && !negative(second)).then_some(0.0);
        let share = stacking == Stacking::Share;
        let values = Axis {
            title: value,
            least: self.limits[0].or_else(|| ground(false)),
            most: self.limits[1].or(share.then_some(1.0).filter(|_| !negative(false))),
            form: if share { "0%".to_owned() } else { pattern(false) },
            grid: Some(look.grid()),
            ..Axis::default()
        };
        Chart {
            title: self.title.clone().unwrap_or_default(),
            title_format: look.title.clone(),
            format: look.text.clone(),
            heading: self.heading.clone(),
            categories: self.categories.clone(),
            groups: self.groups(look, family, stacking),
            category_axis: Axis {
                title: category,
                line: Some(look.axis),
                grid: (family == Family::Scatter).then(|| look.grid()),
                // the first bar on top, as in the table
                reversed: family == Family::Bar,
                ..Axis::default()
            },
            value_axis: values,
            second_axis: Axis { title: second, least: ground(true), form: pattern(true), ..Axis::default() },
            plot: None,
            between: family != Family::Area,
            legend: self.legend.unwrap_or(match (of_slices, self.series.len()) {
                (true, _) => Some(LegendSide::Right),
                (false, 0 | 1) => None,
                (false, _) => Some(LegendSide::Bottom),
            }),
            fill: None,
            border: None,
        }
    }

    /// The series that are drawn alike: columns first, so that lines stand before them.
    fn groups(&self, look: &ChartLook, family: Family, stacking: Stacking) -> Vec<ChartGroup> {
        let numbered = || self.series.iter().enumerate();
        let group = |kind, second_axis, wanted: &dyn Fn(&InsertedSeries) -> bool| {
            let series = numbered().filter(|(_, one)| wanted(one)).map(|one| self.series_of(look, kind, one));
            ChartGroup { kind, second_axis, series: series.collect() }
        };
        let bars = |across| ChartKind::Bars {
            across,
            stacking,
            gap: self.gap(stacking),
            overlap: if stacking == Stacking::None { 0.0 } else { 1.0 },
        };
        let one = |kind| vec![group(kind, false, &|_| true)];
        match family {
            Family::Column => one(bars(false)),
            Family::Bar => one(bars(true)),
            Family::Line => one(ChartKind::Lines(stacking)),
            Family::Area => one(ChartKind::Areas(stacking)),
            Family::Pie => one(ChartKind::Slices { hole: 0.0, from: 0.0 }),
            Family::Doughnut => one(ChartKind::Slices { hole: HOLE, from: 0.0 }),
            Family::Radar => one(ChartKind::Radar { filled: false }),
            Family::Scatter => one(ChartKind::Points),
            Family::Combined => {
                let lines = ChartKind::Lines(Stacking::None);
                let all = [
                    group(bars(false), false, &|one| !one.is_line && !one.second),
                    group(lines, false, &|one| one.is_line && !one.second),
                    group(bars(false), true, &|one| !one.is_line && one.second),
                    group(lines, true, &|one| one.is_line && one.second),
                ];
                all.into_iter().filter(|group| !group.series.is_empty()).collect()
            }
        }
    }

    /// Few columns are not to be as broad as doors.
    fn gap(&self, stacking: Stacking) -> f64 {
        let beside = if stacking == Stacking::None { self.series.len().max(1) } else { 1 };
        match self.categories.len() * beside {
            0..=2 => 3.0,
            3..=4 => 1.8,
            5..=8 => 1.2,
            _ => 0.7,
        }
    }

    fn series_of(&self, look: &ChartLook, kind: ChartKind, (number, one): (usize, &InsertedSeries)) -> Series {
        let color = look.color(number);
        let of_slices = matches!(kind, ChartKind::Slices { .. });
        let is_line = matches!(kind, ChartKind::Lines(_) | ChartKind::Radar { .. });
        let is_points = kind == ChartKind::Points;
        let count = self.categories.len();
        let colors: Vec<(usize, Color)> =
            if of_slices { (0..count).map(|at| (at, look.color(at))).collect() } else { Vec::new() };
        let marked = is_points || is_line && count <= MOST_MARKED;
        Series {
            name: one.name.clone(),
            values: one.values.clone(),
            at: if is_points { self.at.clone() } else { Vec::new() },
            color,
            unfilled: false,
            labels: self.labels_of(kind, one, color, &colors),
            colors,
            line: is_line.then_some(LINE),
            marker: marked.then(|| MARKERS.get(number % MARKERS.len()).copied()).flatten(),
            passes_gaps: false,
        }
    }

    /// Values whose place in the whole has no room for a label.
    fn too_small(&self, kind: ChartKind, one: &InsertedSeries) -> Vec<usize> {
        let total =
            |at: usize| self.series.iter().filter_map(|series| *series.values.get(at)?).map(f64::abs).sum::<f64>();
        let (least, whole) = match kind {
            ChartKind::Slices { hole, .. } => {
                let whole = one.values.iter().flatten().map(|value| value.abs()).sum();
                (if hole > 0.0 { 0.05 } else { 0.02 }, Some(whole))
            }
            ChartKind::Bars { stacking: Stacking::Sum, .. } => {
                (0.07, Some((0..self.categories.len()).map(total).fold(0.0, f64::max)))
            }
            ChartKind::Bars { stacking: Stacking::Share, .. } => (0.07, None),
            _ => return Vec::new(),
        };
        let small = |(at, value): (usize, &Option<f64>)| {
            let whole: f64 = whole.unwrap_or_else(|| total(at));
            value.is_some_and(|value| value.abs() < whole * least).then_some(at)
        };
        one.values.iter().enumerate().filter_map(small).collect()
    }

    fn labels_of(
        &self,
        kind: ChartKind,
        one: &InsertedSeries,
        color: Color,
        colors: &[(usize, Color)],
    ) -> Option<ValueLabels> {
        let stacked = kind.stacking() != Stacking::None;
        let usual = match kind {
            ChartKind::Slices { .. } => true,
            ChartKind::Bars { .. } => self.categories.len() * self.series.len() <= MOST_LABELS,
            ChartKind::Lines(_) => self.series.len() == 1 && self.categories.len() <= MOST_LABELS,
            ChartKind::Areas(_) | ChartKind::Points | ChartKind::Radar { .. } => false,
        };
        if !self.labels.unwrap_or(usual) {
            return None;
        }
        let picture = self.picture.clone().filter(|_| !one.second).unwrap_or_else(|| one.picture.clone());
        let ring = matches!(kind, ChartKind::Slices { hole, .. } if hole > 0.0);
        let share = matches!(kind, ChartKind::Slices { .. });
        let inside = matches!(kind, ChartKind::Bars { .. }) && stacked;
        Some(ValueLabels {
            left_out: self.too_small(kind, one),
            value: !share,
            share,
            inside,
            form: if share { "0.0%".to_owned() } else { picture },
            ink: inside.then(|| color.ink_on()),
            inks: if ring { colors.iter().map(|(at, color)| (*at, color.ink_on())).collect() } else { Vec::new() },
            ..ValueLabels::default()
        })
    }
}
