//! What a line takes in beyond its measure: where marks or spaces give up room, and where a mark stands in the margin.

use crate::document::Length;

use super::line::{Measure, Squeeze, Stop};
use super::measure::{fits, half};
use super::shaped::{Kind, Sign};
use super::sign::{hangs, is_closing_mark, is_opening_mark};

/// Where a line ends whose last mark, the one at `at`, stands in the margin from `x` on: one mark alone, and only if the
/// line can end there. So does a full-width space, which nobody sees.
pub(super) fn hung(signs: &[Sign], at: usize, x: Length, measure: &Measure) -> Option<Stop> {
    let sign = signs.get(at)?;
    let is_space = measure.word && sign.character == '\u{3000}';
    let gives = sign.gives > Length::ZERO || !measure.word && !sign.latin;
    let is_mark = measure.hang && gives && hangs(sign.character);
    let follows = signs.get(at + 1);
    let ends = sign.break_after || follows.is_none_or(|next| !matches!(next.kind, Kind::Glyph | Kind::Blank));
    let visible_end = if is_space { at } else { at + 1 };
    ((is_mark || is_space) && ends && fits(x, measure.right)).then_some(Stop { next: at + 1, visible_end, x })
}

/// How far left of a line's edge it begins so that the ink of an opening mark stands there (`w:topLinePunct`).
pub(super) fn narrowed(signs: &[Sign], start: usize, measure: &Measure) -> Length {
    let opening =
        signs.get(start).filter(|sign| measure.narrow_start && !sign.latin && is_opening_mark(sign.character));
    opening.map_or(Length::ZERO, |sign| half(sign.advance))
}

/// The end of a line whose marks give up what the character at `at`, and the marks that hold to it, are too wide.
pub(super) fn squeezed(signs: &[Sign], start: usize, at: usize, x: Length, measure: &Measure) -> Option<Stop> {
    const MOST_SIGNS: usize = 3;
    if measure.squeeze == Squeeze::None {
        return None;
    }
    let ends =
        |sign: usize| signs.get(sign).is_some_and(|sign| sign.break_after) || (measure.word && sign + 1 == signs.len());
    let more = (at..at + MOST_SIGNS).position(ends)? + 1;
    let next = at + more;
    let line = signs.get(start..next)?;
    if (next >= signs.len() && !measure.word) || line.iter().any(|sign| !matches!(sign.kind, Kind::Glyph | Kind::Space))
    {
        return None;
    }
    let joints = signs.get(at - 1..next - 1)?.iter().fold(Length::ZERO, |sum, sign| sum + sign.joint);
    let end = signs.get(at..next)?.iter().fold(x + joints, |end, sign| end + sign.advance);
    let end = end - line.last().map_or(Length::ZERO, |last| last.tail);
    let room = room_of_marks(line.get(1..line.len() - 1)?, measure.squeeze);
    let fits = room > Length::ZERO && fits(end, measure.right + room);
    fits.then_some(Stop { next, visible_end: next, x: end })
}

/// How much the marks among signs give up in all.
fn room_of_marks(signs: &[Sign], squeeze: Squeeze) -> Length {
    let marks = || signs.iter().filter(|sign| sign.gives > Length::ZERO);
    let em = marks().map(|mark| mark.advance - mark.tail).max().unwrap_or_default();
    let by_kind = marks().fold(Length::ZERO, |sum, mark| sum + mark.gives);
    match squeeze {
        Squeeze::None => Length::ZERO,
        Squeeze::Half => signs
            .iter()
            .filter(|sign| is_closing_mark(sign.character))
            .map(|mark| half(mark.advance))
            .max()
            .unwrap_or_default(),
        Squeeze::HalfPoints => by_kind.min(half(Length::pt(em.to_pt().floor()))),
        Squeeze::ByKind => by_kind.min(em * MOST_BY_KIND),
        Squeeze::AllByKind => by_kind,
    }
}

/// Word since 2013 takes no more than this from a line's marks, in ems: measured between 0.66 and 0.72.
const MOST_BY_KIND: f64 = 0.7;

/// The end of a line whose spaces give up what the rest of the word at `at` is too wide; not in a paragraph's last line,
/// which is not stretched.
pub(super) fn shrunk(signs: &[Sign], start: usize, at: usize, x: Length, measure: &Measure) -> Option<Stop> {
    if !measure.shrink {
        return None;
    }
    let rest = signs.get(at..)?;
    let length = rest.iter().position(|sign| sign.kind == Kind::Space || sign.break_after)?;
    let length = if rest.get(length).is_some_and(|sign| sign.kind == Kind::Space) { length } else { length + 1 };
    let word = rest.get(..length).filter(|word| word.iter().all(|sign| sign.kind == Kind::Glyph))?;
    let visible_end = at + length;
    let spaces_after = signs.iter().skip(visible_end).take_while(|sign| sign.kind == Kind::Space).count();
    let next = visible_end + spaces_after;
    if word.is_empty() || next >= signs.len() {
        return None;
    }
    let before = signs.get(start..at)?;
    if before.iter().any(|sign| !matches!(sign.kind, Kind::Glyph | Kind::Space)) {
        return None;
    }
    let spaces =
        before.iter().filter(|sign| sign.kind == Kind::Space).fold(Length::ZERO, |sum, sign| sum + sign.advance);
    let joint = before.last().map_or(Length::ZERO, |before| before.joint);
    let inner = word.iter().rev().skip(1).fold(Length::ZERO, |sum, sign| sum + sign.joint);
    let end = word.iter().fold(x + joint + inner, |end, sign| end + sign.advance);
    fits(end, measure.right + spaces * 0.25).then_some(Stop { next, visible_end, x: end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Typography, WordRules};
    use crate::layout::line::fill;
    use crate::layout::testing::signs_with;

    /// Lines of a text by Word's rules, in a measure of so many characters of ten points.
    fn lines(text: &str, width: f64, measure: Measure) -> Vec<String> {
        let mut signs = signs_with(text, &Typography { word: Some(WordRules::default()), ..Typography::default() });
        let measure = Measure { right: Length::pt(10.0 * width), default_tab: Length::pt(21.0), word: true, ..measure };
        let lines = fill(&mut signs, &measure);
        lines.iter().map(|line| signs[line.signs.clone()].iter().map(|sign| sign.character).collect()).collect()
    }

    fn squeezed_lines(text: &str, width: f64, squeeze: Squeeze) -> Vec<String> {
        lines(text, width, Measure { squeeze, ..Measure::default() })
    }

    #[test]
    fn a_mark_gives_up_half_an_em_for_one_more_character() {
        for squeeze in [Squeeze::HalfPoints, Squeeze::ByKind, Squeeze::AllByKind] {
            assert_eq!(squeezed_lines("党，建设工作", 3.5, squeeze), ["党，建设", "工作"]);
            assert_eq!(squeezed_lines("党，建设工作", 3.4, squeeze), ["党，建", "设工作"]);
        }
        assert_eq!(squeezed_lines("党，建设工作", 3.5, Squeeze::None), ["党，建", "设工作"]);
    }

    #[test]
    fn several_marks_give_up_no_more_in_all_than_word_takes() {
        let text = "党，建，设工作了";
        assert_eq!(squeezed_lines(text, 5.3, Squeeze::ByKind), ["党，建，设工", "作了"]);
        assert_eq!(squeezed_lines(text, 5.2, Squeeze::ByKind), ["党，建，设", "工作了"]);
        assert_eq!(squeezed_lines(text, 5.4, Squeeze::HalfPoints), ["党，建，设", "工作了"]);
        assert_eq!(squeezed_lines(text, 5.0, Squeeze::AllByKind), ["党，建，设工", "作了"]);
    }

    #[test]
    fn an_enumeration_comma_gives_up_less() {
        assert_eq!(squeezed_lines("党、建设工作", 3.75, Squeeze::ByKind), ["党、建设", "工作"]);
        assert_eq!(squeezed_lines("党、建设工作", 3.7, Squeeze::ByKind), ["党、建", "设工作"]);
    }

    #[test]
    fn a_squeezed_last_line_ends_the_paragraph() {
        assert_eq!(squeezed_lines("党，建设", 3.5, Squeeze::ByKind), ["党，建设"]);
    }

    #[test]
    fn one_mark_stands_in_the_margin() {
        let hanging = |text: &str| lines(text, 4.0, Measure { hang: true, ..Measure::default() });
        assert_eq!(hanging("党建工作，总结"), ["党建工作，", "总结"]);
        assert_eq!(hanging("党建工作。"), ["党建工作。"]);
        assert_eq!(hanging("党建工作。\n总"), ["党建工作。\n", "总"]);
        assert_eq!(hanging("党建工作。）总结"), ["党建工", "作。）总", "结"], "two do not");
        assert_eq!(hanging("党建工作：总结"), ["党建工", "作：总结"], "a colon does not");
        assert_eq!(lines("党建工作，总结", 4.0, Measure::default()), ["党建工", "作，总结"]);
    }

    #[test]
    fn a_full_width_space_vanishes_at_a_lines_end() {
        assert_eq!(lines("党建工作\u{3000}总结", 4.0, Measure::default()), ["党建工作\u{3000}", "总结"]);
    }

    #[test]
    fn an_opening_mark_that_begins_a_line_may_be_half_as_wide() {
        let mut signs = signs_with("（一）党建", &Typography::default());
        let measure = Measure { narrow_start: true, right: Length::pt(45.0), ..Measure::default() };
        let set = fill(&mut signs, &measure);
        assert_eq!((set.len(), set[0].left), (1, Length::pt(-5.0)));
    }

    #[test]
    fn spaces_give_up_a_quarter_for_one_more_word() {
        let shrunk = |text: &str, width| lines(text, width, Measure { shrink: true, ..Measure::default() });
        assert_eq!(shrunk("ab cd ef gh", 3.4), ["ab cd ef ", "gh"]);
        assert_eq!(shrunk("ab cd ef gh", 3.3), ["ab cd ", "ef gh"]);
        assert_eq!(shrunk("ab cd ef", 3.4), ["ab cd ", "ef"], "the last line is not stretched");
    }
}
