//! Plots of two axes: the scales, what is written at them, the rules between, and the room that is left for the series.

use crate::document::{Axis, AxisScale, Chart, ChartGroup, ChartKind, Color, Stacking, steps_along};

use super::GAP;
use super::pen::{Frame, Label, Pen, Spot};
use super::{names, series, titles};

/// The rules of an axis.
const RULE: f64 = 0.75;
/// Colour of an axis that does not say its own.
const GREY: Color = Color { red: 0x8C, green: 0x8C, blue: 0x8C };
/// Labels take so much of the drawing's room at most.
pub(super) const MOST_ROOM: f64 = 0.4;
/// Which part of a drawing's room is the plot's, before it is known what stands around it.
const PLOT_SHARE: f64 = 0.75;

/// Where values stand.
pub(super) struct Plane {
    pub frame: Frame,
    /// Categories stand one above the other.
    pub across: bool,
    /// The axes of the values, the second only for groups that have it.
    pub values: [AxisScale; 2],
    /// The axis of the first numbers, if the categories are no names.
    pub numbers: Option<AxisScale>,
    /// How many categories.
    pub count: usize,
    /// Categories have room of their own.
    pub between: bool,
    reversed: bool,
}

impl Plane {
    /// A place by its part of the way along both axes.
    pub fn spot(&self, along: f64, up: f64) -> Spot {
        let Frame { left, top, right, bottom } = self.frame;
        if self.across {
            (left + up * (right - left), bottom - along * (bottom - top))
        } else {
            (left + along * (right - left), bottom - up * (bottom - top))
        }
    }

    /// How far along the axis something in a category stands: `part` of the category's room.
    pub fn along(&self, category: usize, part: f64) -> f64 {
        let along = if self.between || self.count < 2 {
            (category as f64 + part) / self.count.max(1) as f64
        } else {
            (category as f64 + part - 0.5) / (self.count - 1) as f64
        };
        if self.reversed { 1.0 - along } else { along }
    }

    /// A category's room on paper.
    pub fn slot(&self) -> f64 {
        let length = if self.across { self.frame.height() } else { self.frame.width() };
        length / self.count.max(1) as f64
    }
}

/// How values of an axis are written: shares as a percentage.
fn form_of(axis: &Axis, groups: &[&ChartGroup]) -> String {
    let shares = groups.iter().any(|group| group.kind.stacking() == Stacking::Share);
    if shares && axis.form.is_empty() { "0%".to_owned() } else { axis.form.clone() }
}

/// What is written at an axis of values.
pub(super) fn tick_labels(pen: &mut Pen, axis: &Axis, scale: &AxisScale, form: &str, limit: f64) -> Vec<(f64, Label)> {
    if axis.hidden || axis.unlabelled {
        return Vec::new();
    }
    let ticks = scale.ticks().into_iter();
    ticks.map(|tick| (scale.place(tick), pen.label(&scale.written(tick, form), limit))).collect()
}

fn widest(labels: &[(f64, Label)]) -> f64 {
    labels.iter().fold(0.0, |widest, (_, label)| label.width.max(widest))
}

pub(super) fn highest(labels: &[(f64, Label)]) -> f64 {
    labels.iter().fold(0.0, |highest, (_, label)| label.height.max(highest))
}

/// Draws a plot of two axes.
///
/// Where it is given by the chart, the room of all that is written is left already.
pub(super) fn draw(pen: &mut Pen, chart: &Chart, room: &Frame, whole: &Frame) {
    let (size, mut frame) = (pen.size(), *room);
    let given = chart.plot.map(|plot| whole.part(&plot));
    if frame.width() < 4.0 * size || frame.height() < 3.0 * size {
        return;
    }
    let groups: [Vec<&ChartGroup>; 2] =
        [false, true].map(|second| chart.groups.iter().filter(|group| group.second_axis == second).collect());
    let across = chart.groups.iter().any(|group| matches!(group.kind, ChartKind::Bars { across: true, .. }));
    let axes = [&chart.value_axis, &chart.second_axis];
    let length = |whole: f64| whole * PLOT_SHARE;
    let steps = steps_along(length(if across { frame.width() } else { frame.height() }), size, !across);
    let [first, second] = [false, true].map(|second| chart.value_scale(second, steps));
    let points = chart.groups.iter().any(|group| group.kind == ChartKind::Points);
    let numbers = points.then(|| chart.point_scale(steps_along(length(frame.width()), size, false)));

    titles::draw(pen, chart, across, whole, &mut frame);
    let forms = [0, 1].map(|at| {
        let groups = groups.get(at).map(Vec::as_slice).unwrap_or_default();
        axes.get(at).map(|axis| form_of(axis, groups)).unwrap_or_default()
    });
    let [first_form, second_form] = &forms;
    let limit = room.width() * MOST_ROOM;
    let first_labels = tick_labels(pen, axes[0], &first, first_form, limit);
    let second_labels = match groups[1].is_empty() {
        true => Vec::new(),
        false => tick_labels(pen, axes[1], &second, second_form, limit),
    };
    let pad = |extent: f64| if extent > 0.0 { extent + GAP } else { 0.0 };
    if let Some(given) = given {
        frame = given;
    } else if across {
        frame.bottom -= pad(highest(&first_labels));
        frame.top += pad(highest(&second_labels));
        frame.right -= widest(&first_labels) / 2.0;
    } else {
        frame.left += pad(widest(&first_labels));
        frame.right -= pad(widest(&second_labels));
        // half of the topmost figure stands above the plot
        frame.top += highest(&first_labels) / 2.0;
    }
    let reversed = chart.category_axis.reversed && numbers.is_none();
    let count = chart.categories.len();
    let mut plane = Plane {
        frame,
        across,
        values: [first, second],
        numbers,
        count,
        between: chart.between || chart.groups.iter().any(|group| matches!(group.kind, ChartKind::Bars { .. })),
        reversed,
    };
    let categories = names::at_axis(pen, chart, &mut plane, whole);
    if plane.frame.width() < size || plane.frame.height() < size {
        return;
    }
    rules(pen, chart, &plane, &categories);
    for group in &chart.groups {
        series::draw(pen, chart, group, &plane);
    }
    axis_lines(pen, chart, &plane);
    for (labels, second) in [(&first_labels, false), (&second_labels, true)] {
        for (place, label) in labels {
            let (x, y) = plane.spot(if second { 1.0 } else { 0.0 }, *place);
            let spot = match (across, second) {
                (true, false) => (x - label.width / 2.0, y + GAP / 2.0),
                (true, true) => (x - label.width / 2.0, y - GAP / 2.0 - label.height),
                (false, false) => (x - GAP - label.width, y - label.height / 2.0),
                (false, true) => (x + GAP, y - label.height / 2.0),
            };
            pen.write(label, spot);
        }
    }
    for (along, label) in &categories {
        let (x, y) = plane.spot(*along, 0.0);
        if chart.category_axis.turned && !across && plane.numbers.is_none() {
            pen.write_turned(label, (x, y + GAP / 2.0));
            continue;
        }
        let spot = if across {
            (x - GAP - label.width, y - label.height / 2.0)
        } else {
            (x - label.width / 2.0, y + if given.is_some() { GAP } else { GAP / 2.0 })
        };
        pen.write(label, spot);
    }
}

/// The rules at the values, and at the first numbers of points.
fn rules(pen: &mut Pen, chart: &Chart, plane: &Plane, categories: &[(f64, Label)]) {
    if let (Some(color), [scale, _]) = (chart.value_axis.grid, &plane.values) {
        for tick in scale.ticks() {
            let up = scale.place(tick);
            pen.line(&[plane.spot(0.0, up), plane.spot(1.0, up)], color, RULE);
        }
    }
    if let Some(color) = chart.category_axis.grid {
        let numbers = plane.numbers.iter().flat_map(|scale| scale.ticks().into_iter().map(|tick| scale.place(tick)));
        let along: Vec<f64> = match plane.numbers {
            Some(_) => numbers.collect(),
            None => categories.iter().map(|(along, _)| *along - 0.5 / plane.count.max(1) as f64).collect(),
        };
        for along in along {
            pen.line(&[plane.spot(along, 0.0), plane.spot(along, 1.0)], color, RULE);
        }
    }
}

fn axis_lines(pen: &mut Pen, chart: &Chart, plane: &Plane) {
    let [scale, _] = &plane.values;
    if !chart.category_axis.hidden {
        let up = scale.place(scale.ground());
        let color = chart.category_axis.line.unwrap_or(GREY);
        pen.line(&[plane.spot(0.0, up), plane.spot(1.0, up)], color, RULE);
    }
    let mut value_line = |axis: &Axis, along: f64| {
        if let Some(color) = axis.line.filter(|_| !axis.hidden) {
            pen.line(&[plane.spot(along, 0.0), plane.spot(along, 1.0)], color, RULE);
        }
    };
    value_line(&chart.value_axis, 0.0);
    if chart.groups.iter().any(|group| group.second_axis) {
        value_line(&chart.second_axis, 1.0);
    }
}
