//! The form of a drawn shape: one that Office knows by name, or one drawn freely.

mod arrow;
mod guide;
mod path;
mod preset;

use super::measure::number;
use super::tree::{Element, is_on};
use crate::document::{Outline, OutlinePath, Step};
use guide::Guides;

/// English Metric Units of a point: a shape's own measures.
const UNITS: f64 = 12_700.0;

/// A shape's form, and where its text stands.
#[derive(Debug)]
pub(super) struct Geometry {
    pub(super) outline: Outline,
    /// Left, top, right and bottom edge of the text's room, in parts of width and height.
    pub(super) text: [f64; 4],
}

/// The form that a shape's properties (`wps:spPr`) give it, if it is another than an upright rectangle; width, height and
/// thickness of the line in points.
pub(super) fn read(own: &Element, (width, height): (f64, f64), line: f64) -> Option<Geometry> {
    let frame = own.child("a:xfrm");
    let said = |name: &str| frame.and_then(|frame| frame.attribute(name));
    let degrees = said("rot").and_then(number).unwrap_or(0.0) / 60_000.0;
    let flips = (said("flipH").is_some_and(is_on), said("flipV").is_some_and(is_on));
    let mut geometry = match (own.child("a:prstGeom"), own.child("a:custGeom")) {
        (Some(preset), _) => {
            let name = preset.attribute("prst").unwrap_or("rect");
            if name == "rect" && degrees == 0.0 {
                return None;
            }
            let definition = preset::definition(name)?;
            computed(&definition, preset.child("a:avLst"), (width, height))
        }
        (None, Some(free)) => computed(free, None, (width, height)),
        (None, None) => return None,
    };
    geometry.outline.degrees = degrees as f32;
    arrow::add_heads(&mut geometry.outline, own.child("a:ln"), line);
    flip(&mut geometry, flips);
    Some(geometry)
}

/// A shape by its name; `corner` is its first adjustment, if that is another than its own.
pub(super) fn named(name: &str, corner: Option<f64>, size: (f64, f64)) -> Option<Outline> {
    let definition = preset::definition(name).filter(|_| name != "rect")?;
    let corner =
        corner.map(|corner| format!("<a:avLst><a:gd name='adj' fmla='val {}'/></a:avLst>", corner * 100_000.0));
    let adjusted = corner.and_then(|list| super::tree::parse(list.as_bytes()).ok());
    Some(computed(&definition, adjusted.as_ref(), size).outline)
}

/// Computes a definition: its adjustments, with those of the document in their place, its guides and its paths.
fn computed(definition: &Element, adjusted: Option<&Element>, size: (f64, f64)) -> Geometry {
    let units = (size.0 * UNITS, size.1 * UNITS);
    let mut guides = Guides::new(units.0, units.1);
    let parts = |name: &'static str| definition.children.iter().filter(move |part| local(part) == name);
    parts("avLst").chain(adjusted).chain(parts("gdLst")).for_each(|list| guides.compute(list));
    let paths: Vec<OutlinePath> = parts("pathLst").flat_map(|list| path::paths(list, &guides, units)).collect();
    let text = parts("rect").next().map_or([0.0, 0.0, 1.0, 1.0], |room| {
        let edge = |name: &str, whole: f64, default: f64| match room.attribute(name) {
            Some(word) if whole > 0.0 => (guides.value(word) / whole).clamp(0.0, 1.0),
            _ => default,
        };
        [edge("l", units.0, 0.0), edge("t", units.1, 0.0), edge("r", units.0, 1.0), edge("b", units.1, 1.0)]
    });
    Geometry { outline: Outline { paths, size: (size.0 as f32, size.1 as f32), degrees: 0.0 }, text }
}

/// Mirrors a form; its text stays readable, and only its room is mirrored.
fn flip(geometry: &mut Geometry, (sideways, upside_down): (bool, bool)) {
    let (width, height) = geometry.outline.size;
    let mirrored =
        |(x, y): (f32, f32)| (if sideways { width - x } else { x }, if upside_down { height - y } else { y });
    for step in geometry.outline.paths.iter_mut().flat_map(|path| &mut path.steps) {
        *step = match *step {
            Step::Move(to) => Step::Move(mirrored(to)),
            Step::Line(to) => Step::Line(mirrored(to)),
            Step::Curve(one, two, to) => Step::Curve(mirrored(one), mirrored(two), mirrored(to)),
            Step::Close => Step::Close,
        };
    }
    let [left, top, right, bottom] = geometry.text;
    let (left, right) = if sideways { (1.0 - right, 1.0 - left) } else { (left, right) };
    let (top, bottom) = if upside_down { (1.0 - bottom, 1.0 - top) } else { (top, bottom) };
    geometry.text = [left, top, right, bottom];
}

/// An element's name without its prefix: the list of named shapes has none.
fn local(element: &Element) -> &str {
    let name = element.name.as_ref();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests;
