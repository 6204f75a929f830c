//! Lines filled with signs.

use std::ops::Range;

use crate::document::{Length, TabAlign, TabLeader, TabStop};

use super::fit::{hung, narrowed, shrunk, squeezed};
use super::measure::{fits, half};
use super::shaped::{Kind, Sign};
use super::spread::Spread;

/// Where the lines of a paragraph may stand, measured from the column's left edge.
#[derive(Clone, Debug, Default)]
pub(super) struct Measure {
    /// Left edge of the first line.
    pub first_left: Length,
    /// Left edge of the other lines.
    pub left: Length,
    /// Right edge of all.
    pub right: Length,
    /// The paragraph's own tab stops, in order.
    pub tabs: Vec<TabStop>,
    /// Distance of the other stops.
    pub default_tab: Length,
    /// How much room marks give up for one more character.
    pub squeeze: Squeeze,
    /// The lines are to be Word's.
    pub word: bool,
    /// Spaces give up a quarter of their width for one more word.
    pub shrink: bool,
    /// A full-width mark may stand in the margin.
    pub hang: bool,
    /// An opening mark that begins a line stands with its ink at the line's edge.
    pub narrow_start: bool,
    /// A line that ends in a line break is stretched like others.
    pub stretch_breaks: bool,
}

/// How much room the marks of a line give up in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Squeeze {
    /// None.
    #[default]
    None,
    /// Half of the largest mark, and nothing on a paragraph's last line.
    Half,
    /// Half a point for each whole point of the size, as Word 2010 has it.
    HalfPoints,
    /// What each gives by its kind, up to seven tenths of an em, as Word has it since 2013.
    ByKind,
    /// What each gives by its kind, as Word has it since 2013 in tables.
    AllByKind,
}

/// How a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The text goes on in the next line.
    Full,
    /// At a line break.
    LineBreak,
    /// At a page break.
    PageBreak,
    /// At a column break.
    ColumnBreak,
    /// With the paragraph.
    Paragraph,
}

/// A line of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its signs, spaces at the end included.
    pub signs: Range<usize>,
    /// Where the spaces at its end begin.
    pub visible_end: usize,
    /// How it ended.
    pub end: End,
    /// Left edge of its first sign.
    pub left: Length,
    /// Width without the spaces at its end, before justification.
    pub width: Length,
    /// Its marks give up what it is too wide.
    pub squeezed: bool,
    /// Its spaces give up what it is too wide.
    pub shrunk: bool,
    /// How it is stretched to its measure.
    pub spread: Spread,
    /// Height of its box.
    pub height: Length,
    /// From its top to the baseline.
    pub baseline: Length,
    /// How much of its height must be on the page.
    pub must_fit: Length,
}

impl Line {
    /// Whether something anchored before a sign belongs to this line.
    pub fn holds(&self, sign: usize) -> bool {
        self.signs.contains(&sign) || (sign >= self.signs.end && self.end == End::Paragraph)
    }
}

/// Fills lines with the signs of a paragraph; a paragraph without text is one empty line.
pub(super) fn fill(signs: &mut [Sign], measure: &Measure) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let left = if lines.is_empty() { measure.first_left } else { measure.left };
        let line = fill_line(signs, start, left, measure);
        start = line.signs.end;
        let last = line.end == End::Paragraph;
        lines.push(line);
        // text that ends in a break has no line after it
        if last
            || (start >= signs.len()
                && lines.last().is_some_and(|line| matches!(line.end, End::PageBreak | End::ColumnBreak)))
        {
            return lines;
        }
    }
}

/// A place where the line may end.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    /// The sign that the next line begins with.
    pub next: usize,
    /// Where the spaces at the line's end begin.
    pub visible_end: usize,
    /// Right edge of what counts.
    pub x: Length,
}

/// Fills one line from `start` on, its left edge at `left`.
pub(super) fn fill_line(signs: &mut [Sign], start: usize, left: Length, measure: &Measure) -> Line {
    let left = left - narrowed(signs, start, measure);
    let mut x = left;
    let mut visible = Stop { next: start, visible_end: start, x };
    let mut last_stop: Option<Stop> = None;
    let mut full = false;
    let mut at = start;
    while let Some(sign) = signs.get(at) {
        let joint =
            if at > start { signs.get(at - 1).map_or(Length::ZERO, |before| before.joint) } else { Length::ZERO };
        match sign.kind {
            Kind::LineBreak | Kind::PageBreak | Kind::ColumnBreak => {
                let end = match sign.kind {
                    Kind::PageBreak => End::PageBreak,
                    Kind::ColumnBreak => End::ColumnBreak,
                    _ => End::LineBreak,
                };
                return line(start..at + 1, visible, end, left);
            }
            Kind::Space => x += sign.advance,
            Kind::Glyph | Kind::Blank | Kind::Tab | Kind::Picture(_) | Kind::Chart(_) | Kind::Formula(_) => {
                let advance = match sign.kind {
                    Kind::Tab => tab_advance(signs, at, x, measure),
                    _ => Some(sign.advance),
                };
                let end = advance.map(|advance| x + joint + advance);
                let fitting = end.is_some_and(|end| fits(end - sign.tail, measure.right)) && !full;
                if !fitting && at > start {
                    if let Some(stop) = hung(signs, at, x + joint, measure).filter(|_| !full) {
                        // nothing but spaces and a break can follow
                        (visible, full, x) = (stop, true, measure.right);
                        at += 1;
                        if signs.get(at - 1).is_some_and(|sign| sign.break_after) {
                            last_stop = Some(stop);
                        }
                        continue;
                    }
                    if let Some(stop) = squeezed(signs, start, at, x, measure).filter(|_| !full) {
                        let end = if stop.next < signs.len() { End::Full } else { End::Paragraph };
                        return Line { squeezed: true, ..line(start..stop.next, stop, end, left) };
                    }
                    if let Some(stop) = shrunk(signs, start, at, x, measure).filter(|_| !full) {
                        return Line { shrunk: true, ..line(start..stop.next, stop, End::Full, left) };
                    }
                    let stop = last_stop.unwrap_or(Stop { next: at, ..visible });
                    return line(start..stop.next, stop, End::Full, left);
                }
                if let (Kind::Tab, Some(sign)) = (sign.kind, signs.get_mut(at)) {
                    sign.advance = advance.unwrap_or_default();
                }
                x = end.unwrap_or(x);
                visible = Stop { next: at + 1, visible_end: at + 1, x };
            }
        }
        at += 1;
        if signs.get(at - 1).is_some_and(|sign| sign.break_after) {
            last_stop = Some(Stop { next: at, ..visible });
        }
    }
    line(start..at, visible, End::Paragraph, left)
}

fn line(signs: Range<usize>, visible: Stop, end: End, left: Length) -> Line {
    Line {
        signs,
        visible_end: visible.visible_end,
        end,
        left,
        width: visible.x - left,
        squeezed: false,
        shrunk: false,
        spread: Spread::default(),
        height: Length::ZERO,
        baseline: Length::ZERO,
        must_fit: Length::ZERO,
    }
}

/// How far a tab goes; `None` if there is no stop left on the line.
fn tab_advance(signs: &[Sign], at: usize, x: Length, measure: &Measure) -> Option<Length> {
    let stop = next_stop(x, measure)?;
    let room = stop.at - x;
    let before_stop = match stop.align {
        TabAlign::Start => Length::ZERO,
        TabAlign::End => width_to(signs, at + 1, room, |_| false),
        TabAlign::Center => half(width_to(signs, at + 1, room + room, |_| false)),
        TabAlign::Decimal => width_to(signs, at + 1, room, |sign| matches!(sign.character, '.' | '．')),
    };
    Some((room - before_stop).max(Length::ZERO))
}

/// The stop that a tab at `x` goes to.
pub(super) fn next_stop(x: Length, measure: &Measure) -> Option<TabStop> {
    let own = measure.tabs.iter().find(|stop| stop.at > x).copied();
    let plain = |at| TabStop { at, align: TabAlign::Start, leader: TabLeader::None };
    // a hanging indent is a stop of its own
    let hanging = (measure.first_left < measure.left && x < measure.left).then(|| plain(measure.left));
    let stop = match (own, hanging) {
        (Some(own), Some(hanging)) => Some(if own.at <= hanging.at { own } else { hanging }),
        (own, hanging) => own.or(hanging),
    };
    let stop = stop.unwrap_or_else(|| {
        let distance = measure.default_tab.to_emu().max(1);
        plain(Length::emu((x.to_emu().div_euclid(distance) + 1) * distance))
    });
    fits(stop.at, measure.right).then_some(stop)
}

/// Width of the text from `from` up to a tab, a break or the given sign; no more of it is measured than `enough`.
fn width_to(signs: &[Sign], from: usize, enough: Length, is_end: impl Fn(&Sign) -> bool) -> Length {
    let mut width = Length::ZERO;
    let mut joint = Length::ZERO;
    for sign in signs.iter().skip(from) {
        if matches!(sign.kind, Kind::Tab | Kind::LineBreak | Kind::PageBreak | Kind::ColumnBreak)
            || is_end(sign)
            || width > enough
        {
            break;
        }
        width += joint + sign.advance;
        joint = sign.joint;
    }
    width
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Typography;
    use crate::layout::testing::signs_of;

    /// A measure of so many characters of ten points.
    fn ems(count: f64) -> Measure {
        Measure { right: Length::pt(10.0 * count), default_tab: Length::pt(21.0), ..Measure::default() }
    }

    fn broken(text: &str, measure: &Measure) -> Vec<String> {
        let mut signs = signs_of(text);
        let lines = fill(&mut signs, measure);
        lines.iter().map(|line| signs[line.signs.clone()].iter().map(|sign| sign.character).collect()).collect()
    }

    #[test]
    fn a_line_holds_what_fits() {
        assert_eq!(broken("党建工作总结", &ems(4.0)), ["党建工作", "总结"]);
    }

    #[test]
    fn a_mark_takes_the_character_before_it_along() {
        assert_eq!(broken("党建工作，总结", &ems(4.0)), ["党建工", "作，总结"]);
    }

    #[test]
    fn an_opening_bracket_moves_to_the_next_line() {
        assert_eq!(broken("党建工（作）", &ems(4.0)), ["党建工", "（作）"]);
    }

    #[test]
    fn figures_and_words_move_whole() {
        assert_eq!(broken("党员12345人", &ems(4.0)), ["党员", "12345人"]);
    }

    #[test]
    fn the_joint_counts_within_the_line_only() {
        // 党 + joint 2.5 + 11 = 22.5; at the line's end the second joint is gone
        assert_eq!(broken("党11人", &ems(2.25)), ["党11", "人"]);
        assert_eq!(broken("党11人", &ems(2.2)), ["党", "11", "人"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_split() {
        assert_eq!(broken("见abcdefghij", &ems(2.0)), ["见", "abcd", "efgh", "ij"]);
    }

    #[test]
    fn spaces_at_the_end_take_no_room() {
        assert_eq!(broken("abcd   efgh", &ems(2.0)), ["abcd   ", "efgh"]);
    }

    #[test]
    fn a_measure_without_width_has_one_character_a_line() {
        assert_eq!(broken("党建", &ems(0.0)), ["党", "建"]);
        assert_eq!(broken("党建", &ems(-3.0)), ["党", "建"]);
        assert_eq!(broken("", &ems(0.0)), [""]);
    }

    #[test]
    fn a_break_ends_its_line() {
        assert_eq!(broken("党\n建", &ems(9.0)), ["党\n", "建"]);
        assert_eq!(broken("党\n", &ems(9.0)), ["党\n", ""]);
    }

    #[test]
    fn a_tab_at_the_right_edge_pushes_its_text_there() {
        let stop = TabStop { at: Length::pt(100.0), align: TabAlign::End, leader: TabLeader::Dot };
        let mut signs = signs_of("目录\t12");
        let lines = fill(&mut signs, &Measure { tabs: vec![stop], ..ems(10.0) });
        assert_eq!(lines.len(), 1);
        assert_eq!(signs[2].advance, Length::pt(70.0));
        assert_eq!(lines[0].width, Length::pt(100.0));
    }

    #[test]
    fn decimal_points_stand_at_their_stop() {
        let stop = TabStop { at: Length::pt(50.0), align: TabAlign::Decimal, leader: TabLeader::None };
        let mut signs = signs_of("\t12.5");
        fill(&mut signs, &Measure { tabs: vec![stop], ..ems(10.0) });
        assert_eq!(signs[0].advance, Length::pt(40.0));
    }

    #[test]
    fn a_tab_goes_to_the_hanging_indent_and_then_to_default_stops() {
        let mut signs = signs_of("1.\t党\t建");
        fill(&mut signs, &Measure { left: Length::pt(20.0), ..ems(20.0) });
        assert_eq!((signs[2].advance, signs[4].advance), (Length::pt(10.0), Length::pt(12.0)));
    }

    proptest! {
        #[test]
        fn every_sign_is_on_one_line_and_no_line_is_too_long(text in "[党建工作总结，。（）《》“”a-z0-9 \t]{0,80}", width in 1.0f64..12.0) {
            let mut signs = signs_of(&text);
            let measure = ems(width);
            let lines = fill(&mut signs, &measure);
            let mut next = 0;
            for line in &lines {
                prop_assert_eq!(line.signs.start, next);
                next = line.signs.end;
                let visible = line.visible_end - line.signs.start;
                prop_assert!(visible <= 1 || fits(line.left + line.width, measure.right));
            }
            prop_assert_eq!(next, signs.len());
        }

        #[test]
        fn no_line_begins_with_a_mark_that_could_have_moved(text in "[党建工作，。）》”%]{1,60}", width in 3.0f64..12.0) {
            let mut signs = signs_of(&text);
            let kinsoku = Typography::default().kinsoku;
            let lines = fill(&mut signs, &ems(width));
            for pair in lines.windows(2) {
                let first = signs[pair[1].signs.start].character;
                // only when the line before had no place to end at
                let could_move = signs[pair[0].signs.start..pair[0].signs.end - 1].iter().any(|sign| sign.break_after);
                prop_assert!(!kinsoku.not_at_start.contains(first) || !could_move);
            }
        }
    }
}
