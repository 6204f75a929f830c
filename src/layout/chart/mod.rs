//! Charts become polygons, lines and labels on the page.
//!
//! `pen` draws, `scale` finds the values at an axis. A chart is a title and a legend (here) around a plot: of two axes
//! (`plot`, `series`, with `names` and `titles` at them) or of a circle (`round`).

mod names;
mod pen;
mod plot;
mod round;
mod series;
#[cfg(test)]
mod tests;
mod titles;

use crate::document::{Chart, ChartGroup, ChartKind, Color, LegendSide, Length, Marker};

use super::page::Item;
use super::setter::Setter;
use super::structure::ElementId;
use pen::{Frame, Label, Pen};

/// Space between a chart's edge and what stands in it.
const MARGIN: f64 = 6.0;
/// Space between the parts of a chart.
const GAP: f64 = 4.0;
/// More columns of names than this are not tried.
const MOST_ENTRIES: usize = 256;

/// A chart drawn, measured from its top left corner.
#[derive(Clone, Debug)]
pub(super) struct SetChart {
    /// Its height.
    pub height: Length,
    /// What it is made of; the first is a rectangle of the chart's size.
    items: Vec<Item>,
}

/// Draws a chart of a size.
pub(super) fn set_chart(
    setter: &mut Setter,
    chart: &Chart,
    size: (Length, Length),
    element: Option<ElementId>,
) -> SetChart {
    let (width, height) = (size.0.to_pt(), size.1.to_pt());
    let mut pen = Pen::new(setter, &chart.format, element);
    let whole = Frame { left: 0.0, top: 0.0, right: width, bottom: height };
    let border = chart.border.map(|border| (border.color, border.width.to_pt() as f32));
    pen.rectangle(&whole, chart.fill, border);
    let mut frame = Frame { left: MARGIN, top: MARGIN, right: width - MARGIN, bottom: height - MARGIN };
    if !chart.title.is_empty() && frame.width() > 0.0 {
        let title = pen.label_as(&chart.title, &chart.title_format, frame.width());
        pen.write(&title, (frame.middle().0 - title.width / 2.0, frame.top));
        frame.top += title.height + GAP;
    }
    if let Some(side) = chart.legend {
        legend(&mut pen, chart, side, &mut frame);
    }
    match chart.groups.first().map(|group| group.kind) {
        Some(ChartKind::Slices { .. }) => round::slices(&mut pen, chart, &frame, &whole),
        Some(ChartKind::Radar { .. }) => round::radar(&mut pen, chart, &frame, &whole),
        Some(_) => plot::draw(&mut pen, chart, &frame, &whole),
        None => {}
    }
    let drawn = pen.items.len();
    let items = std::mem::take(&mut pen.items);
    setter.count_signs(drawn);
    SetChart { height: size.1, items }
}

impl SetChart {
    /// The items with the chart's corner at a place.
    pub fn at(&self, left: f32, top: f32) -> impl Iterator<Item = Item> + '_ {
        self.items.iter().map(move |item| {
            let mut item = item.clone();
            item.shift(left, top);
            item
        })
    }
}

/// What stands before a name in the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sample {
    Square,
    /// A line, if there is one, with its mark.
    Line(bool, Option<Marker>),
}

/// Names in the legend, each with its colour and what it is drawn as.
fn entries(chart: &Chart) -> Vec<(String, Color, Sample)> {
    let of_group = |group: &ChartGroup| -> Vec<(String, Color, Sample)> {
        match (group.kind, group.series.first()) {
            (ChartKind::Slices { .. }, Some(series)) => chart
                .categories
                .iter()
                .enumerate()
                .map(|(at, name)| (name.clone(), series::color_of(series, at), Sample::Square))
                .collect(),
            (kind, _) => {
                let is_line =
                    matches!(kind, ChartKind::Lines(_) | ChartKind::Points | ChartKind::Radar { filled: false });
                group
                    .series
                    .iter()
                    .filter(|series| !series.unfilled)
                    .map(|series| {
                        let line = Sample::Line(series.line.is_some(), series.marker);
                        (series.name.clone(), series.color, if is_line { line } else { Sample::Square })
                    })
                    .collect()
            }
        }
    };
    chart.groups.iter().flat_map(of_group).filter(|(name, ..)| !name.is_empty()).take(MOST_ENTRIES).collect()
}

/// Entries beside each other: their width and height, and each with its colour and what it is drawn as.
type LegendRow<'a> = (f64, f64, Vec<&'a (Label, Color, Sample)>);

/// Draws the legend at a side, and takes its room from the frame.
fn legend(pen: &mut Pen, chart: &Chart, side: LegendSide, frame: &mut Frame) {
    let beside = matches!(side, LegendSide::Left | LegendSide::Right);
    let widest = frame.width() * if beside { 0.35 } else { 0.9 };
    let entries = entries(chart);
    let lines = entries.iter().any(|(.., sample)| matches!(sample, Sample::Line(true, _)));
    let swatch = pen.size() * if lines { 1.8 } else { 0.7 };
    let labels: Vec<(Label, Color, Sample)> = entries
        .into_iter()
        .map(|(name, color, sample)| (pen.label(&name, widest - swatch - GAP), color, sample))
        .collect();
    if labels.is_empty() || frame.width() <= 0.0 || frame.height() <= 0.0 {
        return;
    }
    let entry_width = |label: &Label| swatch + GAP + label.width;
    // entries in rows: one a row beside the drawing, as many as fit below and above it
    let mut rows: Vec<LegendRow<'_>> = Vec::new();
    for entry in &labels {
        let needed = entry_width(&entry.0);
        match rows.last_mut().filter(|(width, ..)| !beside && width + 3.0 * GAP + needed <= frame.width()) {
            Some((width, height, row)) => {
                *width += 3.0 * GAP + needed;
                *height = height.max(entry.0.height);
                row.push(entry);
            }
            None => rows.push((needed, entry.0.height, vec![entry])),
        }
    }
    let (width, height) = rows.iter().fold((0f64, 0.0), |(width, height), row| (width.max(row.0), height + row.1));
    let (x, y) = match side {
        LegendSide::Left => (frame.left, frame.middle().1 - height / 2.0),
        LegendSide::Right => (frame.right - width, frame.middle().1 - height / 2.0),
        LegendSide::Top => (frame.middle().0 - width / 2.0, frame.top),
        LegendSide::Bottom => (frame.middle().0 - width / 2.0, frame.bottom - height),
    };
    let mut top = y.max(frame.top);
    for (row_width, row_height, row) in rows {
        let mut left = if beside { x } else { x + (width - row_width) / 2.0 };
        for (label, color, sample) in row {
            let middle = top + row_height / 2.0;
            match *sample {
                Sample::Line(line, mark) => {
                    if line {
                        pen.line(&[(left, middle), (left + swatch, middle)], *color, 2.0);
                    }
                    if let Some(mark) = mark {
                        series::mark(pen, mark, (left + swatch / 2.0, middle), *color);
                    }
                }
                Sample::Square => {
                    let half = pen.size() * 0.35;
                    let right = left + swatch.max(2.0 * half);
                    let frame = Frame { left, top: middle - half, right, bottom: middle + half };
                    pen.rectangle(&frame, Some(*color), None);
                }
            }
            pen.write(label, (left + swatch + GAP, middle - label.height / 2.0));
            left += entry_width(label) + 3.0 * GAP;
        }
        top += row_height;
    }
    match side {
        LegendSide::Left => frame.left += width + 2.0 * GAP,
        LegendSide::Right => frame.right -= width + 2.0 * GAP,
        LegendSide::Top => frame.top += height + GAP,
        LegendSide::Bottom => frame.bottom -= height + GAP,
    }
}
