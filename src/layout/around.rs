//! Lines that make way for what stands beside the text.

use crate::document::Length;

use super::float::Exclusion;
use super::line::{End, Measure, fill_line};
use super::paragraph::{SetParagraph, align_line};

/// A lane narrower than this takes no text, as in Word.
const NARROWEST_LANE: Length = Length::twips(880);

impl SetParagraph {
    /// The paragraph with lines that keep out of the exclusions, if any of them is in its way; `left` is the column's
    /// left edge and `top` that of the first line.
    pub fn around(&self, exclusions: &[Exclusion], left: Length, top: Length) -> Option<Self> {
        let bottom = top + self.lines_height();
        let right = left + self.measure.right;
        let touched = |exclusion: &&Exclusion| {
            let room = &exclusion.room;
            room.bottom > top && room.top < bottom && room.right > left && room.left < right
        };
        exclusions.iter().find(touched)?;
        let mut set = self.clone();
        set.lines.clear();
        let mut y = top;
        let mut start = 0;
        let mut height = self.lines.first().map_or(Length::ZERO, |line| line.height);
        loop {
            let first = set.lines.is_empty();
            let indent = if first { self.measure.first_left } else { self.measure.left };
            let (from, to, at) = lane(exclusions, y, height, left + indent, right);
            let measure = Measure { right: to - left, ..self.measure.clone() };
            let mut line = fill_line(&mut set.text.signs, start, from - left, &measure);
            start = line.signs.end;
            align_line(&mut line, &set.text, self.align, &measure);
            self.pitch.size_line(&mut line, &set.text);
            height = line.height;
            let skipped = at - y;
            line.height += skipped;
            line.baseline += skipped;
            line.must_fit += skipped;
            y = at + height;
            let end = line.end;
            set.lines.push(line);
            if end == End::Paragraph
                || (start >= set.text.signs.len() && matches!(end, End::PageBreak | End::ColumnBreak))
            {
                return Some(set);
            }
        }
    }
}

/// The room for a line: from, to, and its top, which may lie lower than `y`.
fn lane(exclusions: &[Exclusion], y: Length, height: Length, left: Length, right: Length) -> (Length, Length, Length) {
    let mut y = y;
    // every round goes below one of them at least
    for _ in 0..=exclusions.len() {
        let here: Vec<&Exclusion> = exclusions
            .iter()
            .filter(|exclusion| exclusion.room.bottom > y && exclusion.room.top < y + height.max(Length::twips(1)))
            .filter(|exclusion| exclusion.room.right > left && exclusion.room.left < right)
            .collect();
        if here.is_empty() {
            break;
        }
        if here.iter().all(|exclusion| !exclusion.whole_lines) {
            let mut edges: Vec<(Length, Length)> =
                here.iter().map(|exclusion| (exclusion.room.left, exclusion.room.right)).collect();
            edges.sort();
            let mut from = left;
            for (start, end) in edges {
                if start - from >= NARROWEST_LANE {
                    return (from, start, y);
                }
                from = from.max(end);
            }
            if right - from >= NARROWEST_LANE {
                return (from, right, y);
            }
        }
        y = here.iter().map(|exclusion| exclusion.room.bottom).min().unwrap_or(y);
    }
    (left, right, y)
}

#[cfg(test)]
mod tests {
    use super::super::float::Rectangle;
    use super::*;

    fn exclusion(left: f64, top: f64, right: f64, bottom: f64, whole_lines: bool) -> Exclusion {
        let pt = Length::pt;
        Exclusion {
            room: Rectangle { left: pt(left), top: pt(top), right: pt(right), bottom: pt(bottom) },
            whole_lines,
        }
    }

    fn free(exclusions: &[Exclusion], y: f64) -> (f64, f64, f64) {
        let pt = Length::pt;
        let (from, to, at) = lane(exclusions, pt(y), pt(10.0), pt(0.0), pt(300.0));
        (from.to_pt(), to.to_pt(), at.to_pt())
    }

    #[test]
    fn text_stands_beside_a_square_and_below_a_whole_line() {
        let square = exclusion(0.0, 20.0, 100.0, 60.0, false);
        assert_eq!(free(&[square], 0.0), (0.0, 300.0, 0.0));
        assert_eq!(free(&[square], 15.0), (100.0, 300.0, 15.0));
        assert_eq!(free(&[square], 60.0), (0.0, 300.0, 60.0));
        assert_eq!(free(&[exclusion(50.0, 0.0, 100.0, 60.0, true)], 5.0), (0.0, 300.0, 60.0));
    }

    #[test]
    fn a_lane_that_is_too_narrow_is_passed_over() {
        assert_eq!(free(&[exclusion(30.0, 0.0, 270.0, 40.0, false)], 0.0), (0.0, 300.0, 40.0));
    }
}
