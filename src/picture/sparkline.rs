//! Charts as small as a word: a line, columns or a bar, without axes and names, as drawings with a copy in pixels.

use std::fmt::Write as _;

use super::{Print, svg};
use crate::document::{Color, Image, Length};

/// What a small chart is drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sparkline {
    /// A line that ends in a point.
    #[default]
    Line,
    /// Columns that stand on zero.
    Columns,
    /// A bar that is filled as far as the first value says, from 0 to 1.
    Progress,
}

/// Units of the drawing to a point of paper.
const UNITS: f64 = 10.0;
/// Thickness of the line.
const STROKE: f64 = 1.1 * UNITS;
/// Half the width of the point at the line's end.
const POINT: f64 = 1.6 * UNITS;
/// Dots an inch of the copy in pixels.
const DOTS: u32 = 300;

impl Sparkline {
    /// The chart of values, of a size on paper; a missing value is a gap. Nothing if no value is there.
    pub fn draw(self, values: &[Option<f64>], (width, height): (Length, Length), color: Color) -> Option<Image> {
        values.iter().flatten().next()?;
        let size = (width.to_pt() * UNITS, height.to_pt() * UNITS);
        let ink = format!("#{}", color.to_hex());
        let shapes = match self {
            Self::Line => line(values, size, &ink),
            Self::Columns => columns(values, size, &ink),
            Self::Progress => progress(values, size, &ink, color),
        };
        let (across, down) = size;
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across:.0}\" height=\"{down:.0}\" \
             viewBox=\"0 0 {across:.0} {down:.0}\">{shapes}</svg>"
        );
        let print = Print { width: Some(width), height: Some(height), room: width, dots: DOTS, ..Print::default() };
        svg::read(drawing.as_bytes(), &print).ok()
    }
}

/// Least and greatest of the values.
fn bounds(values: &[Option<f64>]) -> (f64, f64) {
    let numbers = || values.iter().flatten().copied();
    (numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max))
}

/// Where a value stands between two others, from 0 to 1; in the middle where they are the same.
fn part(value: f64, (least, most): (f64, f64)) -> f64 {
    // halves, so that the distance of the largest numbers is one too
    let whole = most / 2.0 - least / 2.0;
    if whole > 0.0 { ((value / 2.0 - least / 2.0) / whole).clamp(0.0, 1.0) } else { 0.5 }
}

fn line(values: &[Option<f64>], (width, height): (f64, f64), ink: &str) -> String {
    let bounds = bounds(values);
    let step = (width - 2.0 * POINT) / (values.len().max(2) - 1) as f64;
    let at = |place: usize, value: f64| {
        (POINT + place as f64 * step, POINT + (1.0 - part(value, bounds)) * (height - 2.0 * POINT))
    };
    let (mut path, mut lone, mut pen_is_down, mut last) = (String::new(), String::new(), false, None);
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen_is_down = false;
            continue;
        };
        let (x, y) = at(place, *value);
        let beside = place.checked_sub(1).into_iter().chain([place + 1]);
        if !beside.into_iter().any(|other| values.get(other).copied().flatten().is_some()) {
            // a value between gaps has no line
            _ = write!(lone, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{STROKE:.1}\" fill=\"{ink}\"/>");
            last = Some((x, y));
            continue;
        }
        _ = write!(path, "{}{x:.1} {y:.1}", if pen_is_down { 'L' } else { 'M' });
        (pen_is_down, last) = (true, Some((x, y)));
    }
    let (x, y) = last.unwrap_or_default();
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{STROKE:.1}\" stroke-linejoin=\"round\" \
         stroke-linecap=\"round\"/>{lone}<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{POINT:.1}\" fill=\"{ink}\"/>"
    )
}

fn columns(values: &[Option<f64>], (width, height): (f64, f64), ink: &str) -> String {
    let (least, most) = bounds(values);
    let bounds = (least.min(0.0), most.max(0.0));
    let room = width / values.len().max(1) as f64;
    let top = |value: f64| (1.0 - part(value, bounds)) * height;
    // all zero: a line at the foot
    let ground = if bounds == (0.0, 0.0) { height } else { top(0.0) };
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let (from, to) = (ground.min(top(*value)), ground.max(top(*value)));
        // zero is seen too
        let tall = if *value == 0.0 { 0.0 } else { to - from }.max(0.04 * height);
        let from = from.min(height - tall);
        _ = write!(
            path,
            "M{:.1} {from:.1}h{:.1}v{tall:.1}h-{:.1}z",
            (place as f64 + 0.1) * room,
            room * 0.8,
            room * 0.8
        );
    }
    format!("<path d=\"{path}\" fill=\"{ink}\"/>")
}

fn progress(values: &[Option<f64>], (width, height): (f64, f64), ink: &str, color: Color) -> String {
    let share = values.first().copied().flatten().unwrap_or_default().clamp(0.0, 1.0);
    let behind = color.mixed(Color::WHITE, 0.8).to_hex();
    let (top, tall) = (height * 0.15, height * 0.7);
    let bar =
        |width: f64, ink: &str| format!("<path d=\"M0 {top:.1}h{width:.1}v{tall:.1}h-{width:.1}z\" fill=\"{ink}\"/>");
    let filled = if share > 0.0 { bar(width * share, ink) } else { String::new() };
    bar(width, &format!("#{behind}")) + &filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(kind: Sparkline, values: &[Option<f64>]) -> String {
        let image = kind.draw(values, (Length::pt(60.0), Length::pt(12.0)), Color::BLACK).unwrap();
        assert_eq!((image.width_px, image.height_px), (600, 120));
        String::from_utf8(image.drawing.unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_line_goes_from_the_least_at_the_foot_to_the_greatest_at_the_top() {
        let line = drawing(Sparkline::Line, &[Some(1.0), Some(3.0), Some(2.0)]);
        assert!(line.contains("M 16 104 L 300 16 L 584 60"), "{line}");
        let gap = drawing(Sparkline::Line, &[Some(1.0), Some(1.0), None, Some(2.0), None, Some(1.0), Some(2.0)]);
        let line = gap.split(" d=\"").nth(1).unwrap();
        assert!(line.starts_with("M 16 104 L ") && line.matches(['M', 'L']).count() == 4, "{gap}");
        assert_eq!(gap.matches(" C ").count(), 2 * 4, "a point at the lone value, and one at the end: {gap}");
    }

    #[test]
    fn columns_stand_on_zero_and_hang_below_it() {
        let columns = drawing(Sparkline::Columns, &[Some(2.0), Some(-2.0), Some(0.0), None]);
        assert!(columns.contains("M 15 0 L 135 0 L 135 60 L 15 60 Z"), "{columns}");
        assert!(columns.contains("M 165 60 L 285 60 L 285 120 L 165 120 Z"), "{columns}");
        assert!(columns.contains("M 315 60 L 435 60 L 435 64.8"), "{columns}");
    }

    #[test]
    fn a_bar_is_filled_as_far_as_its_value_and_never_further() {
        for (share, wide) in [(0.25, 150), (1.7, 600)] {
            let bar = drawing(Sparkline::Progress, &[Some(share)]);
            assert!(bar.contains(&format!("M 0 18 L {wide} 18")), "{bar}");
        }
        assert_eq!(drawing(Sparkline::Progress, &[Some(-1.0)]).matches("<path").count(), 1);
    }

    #[test]
    fn any_numbers_are_drawn() {
        for values in [vec![None], vec![]] {
            assert_eq!(Sparkline::Line.draw(&values, (Length::pt(60.0), Length::pt(12.0)), Color::BLACK), None);
        }
        for kind in [Sparkline::Line, Sparkline::Columns, Sparkline::Progress] {
            for values in [[f64::MAX, f64::MIN], [0.0, 0.0], [1e-300, 5.0], [-1.0, -2.0]] {
                let values = values.map(Some);
                let text = drawing(kind, &values) + &drawing(kind, &values[..1]);
                assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            }
        }
    }
}
