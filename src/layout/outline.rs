//! Drawn shapes on the page: their lines and curves as polygons.

use super::float::Rectangle;
use super::measure::{points, snapped_positive};
use super::page::{Item, Shape};
use crate::document::{Border, BorderLine, Color, Outline, PathFill, Step};

/// Straight pieces of a curve.
const PIECES: u8 = 16;

/// A shape in its colours.
pub(super) struct Outlined<'a> {
    /// Its form.
    pub outline: &'a Outline,
    /// The colour within.
    pub fill: Option<Color>,
    /// Its line.
    pub border: Option<Border>,
}

/// A path from one move to the next.
#[derive(Default)]
struct Ring {
    points: Vec<(f32, f32)>,
    closed: bool,
}

impl Outlined<'_> {
    /// Draws it into a rectangle, as upright as that.
    pub fn draw(&self, items: &mut Vec<Item>, rectangle: &Rectangle) {
        let stroke = self.border.filter(|border| border.line != BorderLine::None);
        let line = stroke.map(|border| (border.color, points(snapped_positive(border.width))));
        let line = line.filter(|(_, width)| *width > 0.0);
        let dash_pt = match (stroke.map(|border| border.line), line) {
            (Some(BorderLine::Dashed), Some((_, width))) => vec![width * 4.0, width * 3.0],
            (Some(BorderLine::Dotted), Some((_, width))) => vec![width, width],
            _ => Vec::new(),
        };
        for path in &self.outline.paths {
            let rings = self.rings(&path.steps, rectangle);
            let fill = match path.fill {
                PathFill::None => None,
                PathFill::Shape(light) => self
                    .fill
                    .map(|color| color.mixed(if light > 0.0 { Color::WHITE } else { Color::BLACK }, light.abs())),
                PathFill::Line => line.map(|(color, _)| color),
            };
            let mut filled = rings.iter().map(|ring| ring.points.clone()).filter(|points| points.len() > 2);
            if let (Some(fill), Some(points)) = (fill, filled.next()) {
                let holes = filled.collect();
                items.push(Item::Shape(Box::new(Shape {
                    points,
                    holes,
                    closed: true,
                    fill: Some(fill),
                    ..Shape::default()
                })));
            }
            if path.stroked && line.is_some() {
                items.extend(rings.into_iter().filter(|ring| ring.points.len() > 1).map(|ring| {
                    let Ring { points, closed } = ring;
                    Item::Shape(Box::new(Shape {
                        points,
                        closed,
                        stroke: line,
                        dash_pt: dash_pt.clone(),
                        ..Shape::default()
                    }))
                }));
            }
        }
    }

    fn rings(&self, steps: &[Step], rectangle: &Rectangle) -> Vec<Ring> {
        let (left, top) = (points(rectangle.left), points(rectangle.top));
        let scale = |real: f32, drawn: f32| if real > 0.0 && drawn > 0.0 { real / drawn } else { 1.0 };
        let (width, height) = (points(rectangle.right - rectangle.left), points(rectangle.bottom - rectangle.top));
        let (across, down) = (scale(width, self.outline.size.0), scale(height, self.outline.size.1));
        let place = |(x, y): (f32, f32)| (left + x * across, top + y * down);
        let mut rings: Vec<Ring> = Vec::new();
        for step in steps {
            if let Step::Move(to) = step {
                rings.push(Ring { points: vec![place(*to)], closed: false });
                continue;
            }
            // After it was closed, a path goes on from where it began.
            let again = rings.last().filter(|ring| ring.closed).and_then(|ring| ring.points.first().copied());
            rings.extend(again.map(|point| Ring { points: vec![point], closed: false }));
            let Some(ring) = rings.last_mut() else { continue };
            match *step {
                Step::Move(_) => {}
                Step::Line(to) => ring.points.push(place(to)),
                Step::Curve(one, two, to) => {
                    let from = ring.points.last().copied().unwrap_or_else(|| place(to));
                    let curve = [from, place(one), place(two), place(to)];
                    ring.points.extend((1..=PIECES).map(|piece| on_curve(curve, f32::from(piece) / f32::from(PIECES))));
                }
                Step::Close => ring.closed = true,
            }
        }
        rings
    }
}

/// A point of a Bézier curve.
fn on_curve([a, b, c, d]: [(f32, f32); 4], part: f32) -> (f32, f32) {
    let rest = 1.0 - part;
    let of = |a: f32, b: f32, c: f32, d: f32| {
        a * rest * rest * rest + 3.0 * b * rest * rest * part + 3.0 * c * rest * part * part + d * part * part * part
    };
    (of(a.0, b.0, c.0, d.0), of(a.1, b.1, c.1, d.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Length, OutlinePath};

    fn square(from: f32, to: f32) -> Vec<Step> {
        vec![
            Step::Move((from, from)),
            Step::Line((to, from)),
            Step::Line((to, to)),
            Step::Line((from, to)),
            Step::Close,
        ]
    }

    fn drawn(steps: Vec<Step>, fill: Option<Color>) -> Vec<Shape> {
        let path = OutlinePath { steps, fill: PathFill::Shape(0.0), stroked: true };
        let outline = Outline { paths: vec![path], size: (10.0, 10.0), degrees: 0.0 };
        let at = |points: f64| Length::pt(points);
        let rectangle = Rectangle { left: at(100.0), top: at(200.0), right: at(120.0), bottom: at(210.0) };
        let mut items = Vec::new();
        let border = Some(Border::single(Length::pt(1.0)));
        Outlined { outline: &outline, fill, border }.draw(&mut items, &rectangle);
        items.into_iter().map(|item| if let Item::Shape(shape) = item { *shape } else { panic!("no shape") }).collect()
    }

    #[test]
    fn what_lies_within_a_shape_is_a_hole_and_both_are_as_large_as_their_room() {
        let shapes = drawn([square(0.0, 10.0), square(2.0, 8.0)].concat(), Some(Color::WHITE));
        let corners: Vec<_> =
            shapes.iter().map(|shape| (shape.points[0], shape.holes.len(), shape.fill.is_some())).collect();
        assert_eq!(corners, [((100.0, 200.0), 1, true), ((100.0, 200.0), 0, false), ((104.0, 202.0), 0, false)]);
    }

    #[test]
    fn an_open_path_stays_open_and_a_closed_one_goes_on_from_where_it_began() {
        let after = [square(0.0, 10.0), vec![Step::Line((5.0, 5.0))]].concat();
        let shapes = drawn(after, None);
        assert_eq!(shapes.iter().map(|shape| shape.closed).collect::<Vec<_>>(), [true, false]);
        assert_eq!(shapes[1].points, [(100.0, 200.0), (110.0, 205.0)]);
        let curve = Step::Curve((0.0, 10.0), (10.0, 10.0), (10.0, 0.0));
        let shapes = drawn(vec![Step::Move((0.0, 0.0)), curve], None);
        assert_eq!(shapes[0].points.len(), 1 + usize::from(PIECES));
        assert_eq!(shapes[0].points[8], (110.0, 207.5));
    }
}
