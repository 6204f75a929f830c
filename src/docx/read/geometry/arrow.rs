//! The heads at the ends of a line (`a:headEnd`, `a:tailEnd`).

use super::super::tree::Element;
use crate::document::{Outline, OutlinePath, PathFill, Step};

/// Heads of thinner lines are as large as those of a line so thick, in points.
const THINNEST: f64 = 2.0;

/// Adds the heads of an open line to its outline.
pub(super) fn add_heads(outline: &mut Outline, line: Option<&Element>, thickness: f64) {
    let Some(line) = line else { return };
    let mut heads = Vec::new();
    for path in outline.paths.iter().filter(|path| path.stroked && !path.steps.contains(&Step::Close)) {
        let exact = |(x, y): (f32, f32)| (f64::from(x), f64::from(y));
        let places: Vec<_> = path.steps.iter().flat_map(places).map(exact).collect();
        let ends = [
            ("a:headEnd", places.first(), different(places.iter())),
            ("a:tailEnd", places.last(), different(places.iter().rev())),
        ];
        for (name, tip, from) in ends {
            if let (Some(end), Some(tip), Some(from)) = (line.child(name), tip, from) {
                heads.extend(head(end, *tip, from, thickness.max(THINNEST)));
            }
        }
    }
    outline.paths.extend(heads.into_iter().map(|(points, filled)| {
        let place = |(x, y): (f64, f64)| (x as f32, y as f32);
        let mut steps = Vec::new();
        for point in points {
            steps.push(if steps.is_empty() { Step::Move(place(point)) } else { Step::Line(place(point)) });
        }
        steps.extend(filled.then_some(Step::Close));
        OutlinePath { steps, fill: if filled { PathFill::Line } else { PathFill::None }, stroked: !filled }
    }));
}

/// The points that a step names.
pub(super) fn places(step: &Step) -> Vec<(f32, f32)> {
    match *step {
        Step::Move(to) | Step::Line(to) => vec![to],
        Step::Curve(one, two, to) => vec![one, two, to],
        Step::Close => Vec::new(),
    }
}

/// The first point that stands apart from the one before all.
fn different<'a>(mut places: impl Iterator<Item = &'a (f64, f64)>) -> Option<(f64, f64)> {
    let tip = places.next()?;
    places.find(|place| (place.0 - tip.0).hypot(place.1 - tip.1) > 0.01).copied()
}

/// The points of a head, and whether it is filled.
fn head(end: &Element, tip: (f64, f64), from: (f64, f64), thickness: f64) -> Option<(Vec<(f64, f64)>, bool)> {
    let times = |name: &str| match end.attribute(name) {
        Some("sm") => 2.0,
        Some("lg") => 5.0,
        _ => 3.0,
    };
    let (long, half) = (times("len") * thickness, times("w") * thickness / 2.0);
    let distance = (tip.0 - from.0).hypot(tip.1 - from.1);
    let (along_x, along_y) = ((tip.0 - from.0) / distance, (tip.1 - from.1) / distance);
    // so far back along the line, and so far beside it
    let at =
        |back: f64, aside: f64| (tip.0 - along_x * back - along_y * aside, tip.1 - along_y * back + along_x * aside);
    Some(match end.attribute("type")? {
        "triangle" => (vec![at(0.0, 0.0), at(long, half), at(long, -half)], true),
        "stealth" => (vec![at(0.0, 0.0), at(long, half), at(long * 0.65, 0.0), at(long, -half)], true),
        "arrow" => (vec![at(long, half), at(0.0, 0.0), at(long, -half)], false),
        "diamond" => (vec![at(-long / 2.0, 0.0), at(0.0, half), at(long / 2.0, 0.0), at(0.0, -half)], true),
        "oval" => {
            let on = |step: u32| {
                let (sine, cosine) = (f64::from(step) * std::f64::consts::TAU / 24.0).sin_cos();
                at(cosine * long / 2.0, sine * half)
            };
            ((0..24).map(on).collect(), true)
        }
        _ => return None,
    })
}
