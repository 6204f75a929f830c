//! Series between two axes: columns, bars, lines, areas and points, with what is written at their values.

use crate::document::{
    AxisScale, Chart, ChartGroup, ChartKind, Color, Marker, Series, Stacking, ValueLabels, value_text,
};

use super::GAP;
use super::pen::{Frame, Label, Pen, Spot};
use super::plot::Plane;

/// Half of a mark's width.
const MARK: f64 = 2.8;
/// Corners of what is drawn for a disc.
const CORNERS: usize = 20;

/// The colour of a value.
pub(super) fn color_of(series: &Series, at: usize) -> Color {
    series.colors.iter().find(|(place, _)| *place == at).map_or(series.color, |(_, color)| *color)
}

/// What is written at a value.
pub(super) fn label_text(
    labels: &ValueLabels,
    chart: &Chart,
    series: &Series,
    at: usize,
    share: Option<f64>,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    if labels.left_out.contains(&at) {
        return String::new();
    }
    if labels.series {
        parts.push(series.name.clone());
    }
    if labels.category {
        parts.extend(chart.categories.get(at).cloned());
    }
    let value = series.values.get(at).copied().flatten();
    if let Some(value) = value.filter(|_| labels.value) {
        parts.push(value_text(value, &labels.form));
    }
    if let Some(share) = share.filter(|_| labels.share) {
        let form = if labels.form.contains('%') { labels.form.as_str() } else { "0%" };
        parts.push(value_text(share, form));
    }
    parts.join(" ")
}

/// What is written at a value, in its colour.
pub(super) fn value_label(pen: &mut Pen, series: &Series, at: usize, text: &str, limit: f64) -> Label {
    let labels = series.labels.as_ref();
    let own = labels.and_then(|labels| labels.inks.iter().find(|(place, _)| *place == at).map(|(_, ink)| *ink));
    match own.or(labels.and_then(|labels| labels.ink)) {
        Some(ink) => pen.label_in(text, ink, limit),
        None => pen.label(text, limit),
    }
}

/// Where a value begins and ends on its axis, what is below it in its category counted.
fn spans(group: &ChartGroup, count: usize) -> Vec<Vec<Option<(f64, f64)>>> {
    let stacking = group.kind.stacking();
    let mut up = vec![0.0; count];
    let mut down = vec![0.0; count];
    let wholes: Vec<f64> = (0..count)
        .map(|at| group.series.iter().filter_map(|series| series.values.get(at).copied().flatten()).map(f64::abs).sum())
        .collect();
    let of_series = |series: &Series| {
        let span = |at: usize| {
            let value = series.values.get(at).copied().flatten()?;
            let value = match (stacking, wholes.get(at)) {
                (Stacking::None, _) => return Some((0.0, value)),
                (Stacking::Share, Some(whole)) if *whole > 0.0 => value / whole,
                (Stacking::Share, _) => 0.0,
                (Stacking::Sum, _) => value,
            };
            let from = if value < 0.0 { down.get_mut(at)? } else { up.get_mut(at)? };
            let begins = *from;
            *from += value;
            Some((begins, *from))
        };
        (0..count).map(span).collect()
    };
    group.series.iter().map(of_series).collect()
}

/// Draws the series of a group.
pub(super) fn draw(pen: &mut Pen, chart: &Chart, group: &ChartGroup, plane: &Plane) {
    let [first, second] = &plane.values;
    let scale = if group.second_axis { second } else { first };
    match group.kind {
        ChartKind::Bars { stacking, gap, overlap, .. } => {
            let drawn = Bars { chart, group, plane, scale, gap, overlap, stacked: stacking != Stacking::None };
            drawn.draw(pen);
        }
        ChartKind::Lines(_) | ChartKind::Areas(_) => {
            let filled = matches!(group.kind, ChartKind::Areas(_));
            let spans = spans(group, plane.count);
            // what is drawn first must not hide what stands on it
            for (series, spans) in group.series.iter().zip(&spans) {
                if filled && !series.unfilled {
                    area(pen, series, spans, plane, scale);
                }
            }
            for (series, spans) in group.series.iter().zip(&spans) {
                let spot = |(at, span): (usize, &Option<(f64, f64)>)| {
                    span.map(|(_, to)| plane.spot(plane.along(at, 0.5), scale.place(to)))
                };
                let spots: Vec<Option<Spot>> = spans.iter().enumerate().map(spot).collect();
                line(pen, chart, series, &spots);
            }
        }
        ChartKind::Points => {
            for series in &group.series {
                let values = series.at.iter().zip(&series.values);
                let spots: Vec<Option<Spot>> = values
                    .map(|(at, value)| {
                        let along = plane.numbers?.place((*at)?);
                        Some(plane.spot(along, scale.place((*value)?)))
                    })
                    .collect();
                line(pen, chart, series, &spots);
            }
        }
        ChartKind::Slices { .. } | ChartKind::Radar { .. } => {}
    }
}

/// Columns or bars on their way.
struct Bars<'a> {
    chart: &'a Chart,
    group: &'a ChartGroup,
    plane: &'a Plane,
    scale: &'a AxisScale,
    gap: f64,
    overlap: f64,
    stacked: bool,
}

impl Bars<'_> {
    fn draw(&self, pen: &mut Pen) {
        let series = &self.group.series;
        let beside = if self.stacked { 1 } else { series.len().max(1) };
        let overlap = if self.stacked { 1.0 } else { self.overlap.clamp(-1.0, 1.0) };
        let all = beside as f64 - (beside as f64 - 1.0) * overlap;
        let width = 1.0 / (all + self.gap.clamp(0.0, 5.0));
        let from = (1.0 - all * width) / 2.0;
        let spans = spans(self.group, self.plane.count);
        for (number, (series, spans)) in series.iter().zip(&spans).enumerate() {
            let place = if self.stacked { 0.0 } else { number as f64 * (1.0 - overlap) * width };
            for (at, span) in spans.iter().enumerate() {
                let Some((low, high)) = span else { continue };
                let low = if *low == 0.0 { self.scale.ground() } else { *low };
                let along = |part: f64| self.plane.along(at, part);
                let one = self.plane.spot(along(from + place), self.scale.place(low));
                let other = self.plane.spot(along(from + place + width), self.scale.place(*high));
                let frame = Frame {
                    left: one.0.min(other.0),
                    top: one.1.min(other.1),
                    right: one.0.max(other.0),
                    bottom: one.1.max(other.1),
                };
                pen.rectangle(&frame, Some(color_of(series, at)).filter(|_| !series.unfilled), None);
                self.label(pen, series, at, &frame, *high < low);
            }
        }
    }

    fn label(&self, pen: &mut Pen, series: &Series, at: usize, frame: &Frame, downward: bool) {
        let Some(labels) = &series.labels else { return };
        let text = label_text(labels, self.chart, series, at, None);
        if text.is_empty() {
            return;
        }
        let label = value_label(pen, series, at, &text, 200.0);
        let (x, y) = frame.middle();
        let (width, height) = (label.width / 2.0 + GAP / 2.0, label.height / 2.0);
        let spot = match (self.stacked || labels.inside, self.plane.across, downward) {
            (true, ..) => (x, y),
            (false, true, false) => (frame.right + width, y),
            (false, true, true) => (frame.left - width, y),
            (false, false, false) => (x, frame.top - height),
            (false, false, true) => (x, frame.bottom + height),
        };
        pen.write_around(&label, spot);
    }
}

fn area(pen: &mut Pen, series: &Series, spans: &[Option<(f64, f64)>], plane: &Plane, scale: &AxisScale) {
    // a missing value is nothing in an area
    let edge = |(at, span): (usize, &Option<(f64, f64)>), upper: bool| {
        let (low, high) = span.unwrap_or((0.0, 0.0));
        let low = if low == 0.0 { scale.ground() } else { low };
        plane.spot(plane.along(at, 0.5), scale.place(if upper { high } else { low }))
    };
    let mut points: Vec<Spot> = spans.iter().enumerate().map(|one| edge(one, true)).collect();
    points.extend(spans.iter().enumerate().rev().map(|one| edge(one, false)));
    if points.len() > 2 {
        pen.fill(&points, series.color);
    }
}

/// A line through points, with gaps, marks and what is written at its values.
pub(super) fn line(pen: &mut Pen, chart: &Chart, series: &Series, spots: &[Option<Spot>]) {
    let width = series.line.map_or(0.0, |width| width.to_pt());
    if series.passes_gaps {
        let points: Vec<Spot> = spots.iter().flatten().copied().collect();
        pen.line(&points, series.color, width);
    } else {
        for part in spots.split(Option::is_none) {
            let points: Vec<Spot> = part.iter().flatten().copied().collect();
            pen.line(&points, series.color, width);
        }
    }
    for (at, spot) in spots.iter().enumerate() {
        let Some(spot) = spot else { continue };
        if let Some(marker) = series.marker {
            mark(pen, marker, *spot, color_of(series, at));
        }
        let text = series.labels.as_ref().map(|labels| label_text(labels, chart, series, at, None));
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let label = value_label(pen, series, at, &text, 200.0);
            pen.write_around(&label, (spot.0, spot.1 - MARK - label.height / 2.0));
        }
    }
}

pub(super) fn mark(pen: &mut Pen, marker: Marker, (x, y): Spot, color: Color) {
    match marker {
        Marker::Square => {
            let frame = Frame { left: x - MARK, top: y - MARK, right: x + MARK, bottom: y + MARK };
            pen.rectangle(&frame, Some(color), None);
        }
        Marker::Diamond => pen.fill(&[(x, y - MARK), (x + MARK, y), (x, y + MARK), (x - MARK, y)], color),
        Marker::Triangle => pen.fill(&[(x, y - MARK), (x + MARK, y + MARK), (x - MARK, y + MARK)], color),
        Marker::Round => {
            let corner = |at: usize| {
                let (sin, cos) = (at as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
                (x + MARK * sin, y - MARK * cos)
            };
            pen.fill(&(0..CORNERS).map(corner).collect::<Vec<_>>(), color);
        }
    }
}
