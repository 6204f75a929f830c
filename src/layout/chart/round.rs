//! Plots around a centre: slices of circles and rings, and radar charts.

use crate::document::{Chart, ChartGroup, ChartKind, Color, Series, steps_outwards};

use super::GAP;
use super::pen::{Frame, Pen, Spot};
use super::series::{self, color_of, label_text, value_label};

/// An arc is drawn as lines of so many degrees.
const STEP: f64 = 3.0;
/// The rules of a radar's net.
const NET: Color = Color { red: 0xD0, green: 0xD0, blue: 0xD0 };
/// Between slices.
const WHITE: Color = Color { red: 255, green: 255, blue: 255 };

/// The place at an angle (degrees clockwise from the top) and a distance from the centre.
fn around((x, y): Spot, angle: f64, distance: f64) -> Spot {
    let (sin, cos) = angle.to_radians().sin_cos();
    (x + distance * sin, y - distance * cos)
}

/// Draws slices: a circle, or a ring for each series.
pub(super) fn slices(pen: &mut Pen, chart: &Chart, frame: &Frame, whole: &Frame) {
    let Some(ChartGroup { kind: ChartKind::Slices { hole, from }, series, .. }) = chart.groups.first() else { return };
    let hole = hole.clamp(0.0, 0.9);
    let series: &[Series] = if hole > 0.0 { series } else { series.get(..1).unwrap_or_default() };
    let outside =
        hole == 0.0 && series.iter().any(|series| series.labels.as_ref().is_some_and(|labels| !labels.inside));
    let given = chart.plot.map(|plot| whole.part(&plot));
    let room = frame.width().min(frame.height()) / 2.0;
    let radius = match given {
        Some(given) => given.width().min(given.height()) / 2.0,
        None => room - if outside { (pen.size() * 1.6).min(room / 2.0) } else { 0.0 },
    };
    if radius <= 1.0 {
        return;
    }
    let centre = given.unwrap_or(*frame).middle();
    let ring = radius * (1.0 - hole) / series.len().max(1) as f64;
    for (number, series) in series.iter().enumerate() {
        let inner = radius * hole + number as f64 * ring;
        let outer = if hole > 0.0 { inner + ring } else { radius };
        let whole: f64 = series.values.iter().flatten().map(|value| value.abs()).sum();
        if whole <= 0.0 || !whole.is_finite() {
            continue;
        }
        let mut angle = from.rem_euclid(360.0);
        let mut written = Vec::new();
        for (at, value) in series.values.iter().enumerate() {
            let share = value.unwrap_or(0.0).abs() / whole;
            let sweep = share * 360.0;
            if sweep > 0.0 {
                slice(pen, centre, (inner, outer), (angle, angle + sweep), color_of(series, at));
                let text = series.labels.as_ref().map(|labels| label_text(labels, chart, series, at, Some(share)));
                written.extend(text.filter(|text| !text.is_empty()).map(|text| (angle + sweep / 2.0, at, text)));
            }
            angle += sweep;
        }
        for (angle, at, text) in written {
            let label = value_label(pen, series, at, &text, frame.width() / 3.0);
            let spot = if outside {
                let (x, y) = around(centre, angle, outer + GAP);
                let (sin, cos) = angle.to_radians().sin_cos();
                (x + sin * label.width / 2.0, y - cos * label.height / 2.0)
            } else {
                around(centre, angle, if inner > 0.0 { (inner + outer) / 2.0 } else { outer * 0.66 })
            };
            pen.write_around(&label, spot);
        }
    }
}

/// One slice, white around where there are others.
fn slice(pen: &mut Pen, centre: Spot, (inner, outer): (f64, f64), (from, to): (f64, f64), color: Color) {
    let steps = ((to - from) / STEP).ceil().max(1.0) as usize;
    let angle = |at: usize| from + (to - from) * at as f64 / steps as f64;
    let mut points: Vec<Spot> = (0..=steps).map(|at| around(centre, angle(at), outer)).collect();
    if inner > 0.0 {
        points.extend((0..=steps).rev().map(|at| around(centre, angle(at), inner)));
    } else if to - from < 360.0 {
        points.push(centre);
    }
    pen.fill(&points, color);
    if to - from < 360.0 {
        for angle in [from, to] {
            pen.line(&[around(centre, angle, inner), around(centre, angle, outer)], WHITE, 0.75);
        }
    }
}

/// Draws a net of axes around a centre, and the series on it.
pub(super) fn radar(pen: &mut Pen, chart: &Chart, frame: &Frame, whole: &Frame) {
    let count = chart.categories.len();
    let room = frame.width().min(frame.height()) / 2.0;
    let labels: Vec<_> = chart.categories.iter().map(|name| pen.label(name, frame.width() / 4.0)).collect();
    let highest = labels.iter().fold(0.0, |highest: f64, label| highest.max(label.height));
    let given = chart.plot.map(|plot| whole.part(&plot));
    let radius = given.map_or(room - highest - GAP, |given| given.width().min(given.height()) / 2.0);
    if count == 0 || radius <= 1.0 {
        return;
    }
    let centre = given.unwrap_or(*frame).middle();
    let scale = chart.value_scale(false, steps_outwards(radius, pen.size()));
    let angle = |at: usize| at as f64 * 360.0 / count as f64;
    let ring =
        |distance: f64| -> Vec<Spot> { (0..=count).map(|at| around(centre, angle(at % count), distance)).collect() };
    let color = chart.value_axis.grid.unwrap_or(NET);
    for tick in scale.ticks() {
        pen.line(&ring(scale.place(tick) * radius), color, 0.5);
    }
    for at in 0..count {
        pen.line(&[centre, around(centre, angle(at), radius)], color, 0.5);
    }
    for group in &chart.groups {
        let filled = matches!(group.kind, ChartKind::Radar { filled: true });
        for series in &group.series {
            let spot = |at: usize| {
                let value = series.values.get(at).copied().flatten()?;
                Some(around(centre, angle(at), scale.place(value) * radius))
            };
            let spots: Vec<Option<Spot>> = (0..count).map(spot).collect();
            if filled {
                let points: Vec<Spot> = spots.iter().map(|spot| spot.unwrap_or(centre)).collect();
                pen.fill(&points, series.color);
            } else {
                // the line comes round to where it began
                let width = series.line.map_or(0.0, |width| width.to_pt());
                if let (Some(Some(first)), Some(Some(last))) = (spots.first(), spots.last()) {
                    pen.line(&[*last, *first], series.color, width);
                }
                series::line(pen, chart, series, &spots);
            }
        }
    }
    if !chart.value_axis.hidden && !chart.value_axis.unlabelled {
        for tick in scale.ticks() {
            let label = pen.label(&scale.written(tick, &chart.value_axis.form), radius);
            let (x, y) = around(centre, 0.0, scale.place(tick) * radius);
            pen.write(&label, (x - GAP / 2.0 - label.width, y - label.height / 2.0));
        }
    }
    for (at, label) in labels.iter().enumerate() {
        let (sin, cos) = angle(at).to_radians().sin_cos();
        let (x, y) = around(centre, angle(at), radius + GAP);
        pen.write_around(label, (x + sin * label.width / 2.0, y - cos * label.height / 2.0));
    }
}
