//! A shape's paths (`a:pathLst`) as lines and curves.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::super::tree::Element;
use super::guide::Guides;
use super::{UNITS, local};
use crate::document::{OutlinePath, PathFill, Step};

/// Steps of all of a shape's paths; a hostile file has more.
const MOST_STEPS: usize = 20_000;
/// No point of a shape is farther from its corner, in points.
const FARTHEST: f64 = 15_840.0;

/// The paths of a shape that is so wide and high in its own measures.
pub(super) fn paths(list: &Element, guides: &Guides<'_>, (width, height): (f64, f64)) -> Vec<OutlinePath> {
    let mut left = MOST_STEPS;
    list.children
        .iter()
        .filter(|path| local(path) == "path")
        .map(|path| read(path, guides, (width, height), &mut left))
        .collect()
}

fn read(path: &Element, guides: &Guides<'_>, (width, height): (f64, f64), left: &mut usize) -> OutlinePath {
    let own = |name: &str| path.attribute(name).map(|word| guides.value(word)).filter(|length| *length > 0.0);
    let scale = |name, whole: f64| own(name).map_or(1.0, |own| whole / own) / UNITS;
    let scale = (scale("w", width), scale("h", height));
    let mut pen = Pen { scale, at: (0.0, 0.0), steps: Vec::new() };
    for step in &path.children {
        let points: Vec<_> =
            step.children.iter().filter(|point| local(point) == "pt").map(|point| spot(point, guides)).collect();
        match (local(step), points.as_slice()) {
            ("moveTo", [to, ..]) => pen.go(*to),
            ("lnTo", [to, ..]) => pen.line(*to),
            ("cubicBezTo", [one, two, to, ..]) => pen.curve(*one, *two, *to),
            ("quadBezTo", [one, to, ..]) => pen.quadratic(*one, *to),
            ("arcTo", _) => pen.arc(step, guides),
            ("close", _) => pen.steps.push(Step::Close),
            _ => {}
        }
        if pen.steps.len() > *left {
            break;
        }
    }
    *left = left.saturating_sub(pen.steps.len());
    let fill = match path.attribute("fill") {
        Some("none") => PathFill::None,
        Some("lighten") => PathFill::Shape(0.4),
        Some("lightenLess") => PathFill::Shape(0.2),
        Some("darken") => PathFill::Shape(-0.4),
        Some("darkenLess") => PathFill::Shape(-0.2),
        _ => PathFill::Shape(0.0),
    };
    OutlinePath { steps: pen.steps, fill, stroked: !matches!(path.attribute("stroke"), Some("false" | "0")) }
}

fn spot(point: &Element, guides: &Guides<'_>) -> (f64, f64) {
    let of = |name: &str| point.attribute(name).map_or(0.0, |word| guides.value(word));
    (of("x"), of("y"))
}

/// Draws in a path's own measures.
struct Pen {
    /// To points.
    scale: (f64, f64),
    at: (f64, f64),
    steps: Vec<Step>,
}

impl Pen {
    fn on_paper(&self, (x, y): (f64, f64)) -> (f32, f32) {
        let of = |length: f64, scale: f64| (length * scale).clamp(-FARTHEST, FARTHEST) as f32;
        (of(x, self.scale.0), of(y, self.scale.1))
    }

    fn go(&mut self, to: (f64, f64)) {
        self.at = to;
        self.steps.push(Step::Move(self.on_paper(to)));
    }

    fn line(&mut self, to: (f64, f64)) {
        self.at = to;
        self.steps.push(Step::Line(self.on_paper(to)));
    }

    fn curve(&mut self, one: (f64, f64), two: (f64, f64), to: (f64, f64)) {
        self.at = to;
        self.steps.push(Step::Curve(self.on_paper(one), self.on_paper(two), self.on_paper(to)));
    }

    /// A curve with one control point, as one with two.
    fn quadratic(&mut self, control: (f64, f64), to: (f64, f64)) {
        let toward =
            |from: (f64, f64)| (from.0 + (control.0 - from.0) * 2.0 / 3.0, from.1 + (control.1 - from.1) * 2.0 / 3.0);
        self.curve(toward(self.at), toward(to), to);
    }

    /// A part of an ellipse from where the pen is, by curves of at most a quarter.
    fn arc(&mut self, step: &Element, guides: &Guides<'_>) {
        let angle = |name: &str| step.attribute(name).map_or(0.0, |word| guides.angle(word));
        let radius = |name: &str| step.attribute(name).map_or(0.0, |word| guides.value(word));
        let (across, down) = (radius("wR"), radius("hR"));
        let (start, swing) = (angle("stAng").rem_euclid(TAU), angle("swAng").clamp(-TAU, TAU));
        if swing == 0.0 || across.abs() + down.abs() == 0.0 {
            return;
        }
        let (from, to) = (around(start, across, down), around(start + swing, across, down));
        let (middle_x, middle_y) = (self.at.0 - across * from.cos(), self.at.1 - down * from.sin());
        let pieces = ((to - from).abs() / FRAC_PI_2).ceil().clamp(1.0, 8.0);
        let piece = (to - from) / pieces;
        let handle = 4.0 / 3.0 * (piece / 4.0).tan();
        for number in 0..pieces as usize {
            let one = from + piece * number as f64;
            let two = one + piece;
            let on = |angle: f64| (middle_x + across * angle.cos(), middle_y + down * angle.sin());
            let ((x1, y1), (x2, y2)) = (on(one), on(two));
            self.curve(
                (x1 - handle * across * one.sin(), y1 + handle * down * one.cos()),
                (x2 + handle * across * two.sin(), y2 - handle * down * two.cos()),
                (x2, y2),
            );
        }
    }
}

/// The parameter at which an ellipse is seen from its middle at an angle: the same quarter, and as many turns.
fn around(angle: f64, across: f64, down: f64) -> f64 {
    if across == 0.0 || down == 0.0 {
        return angle;
    }
    let turns = ((angle + PI) / TAU).floor() * TAU;
    let within = angle - turns;
    (within.sin() * across.abs()).atan2(within.cos() * down.abs()) + turns
}
