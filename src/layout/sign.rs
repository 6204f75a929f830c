//! What kinds of characters there are for setting, and how high a face's natural line is.

use crate::document::{Length, ResolvedParagraph, is_han};
use crate::font::VerticalMetrics;

use super::measure::ems;
use super::shaped::{Kind, Sign};

/// Marks with room on their right, which gives way where a line is squeezed.
pub(super) fn is_closing_mark(character: char) -> bool {
    ['、', '，', '。', '．', '；', '：', '）', '］', '｝', '」', '』', '》', '〉', '】', '〕', '〗', '”', '’']
        .contains(&character)
}

/// The part of its width that a mark gives up where one more character is to come into its line, as measured in Word.
pub(super) fn given_by(character: char) -> f64 {
    match character {
        '、' => 0.283,
        _ if is_closing_mark(character) => 0.5,
        _ => 0.0,
    }
}

/// Marks with room on their left.
pub(super) fn is_opening_mark(character: char) -> bool {
    ['（', '［', '｛', '「', '『', '《', '〈', '【', '〔', '〖', '“', '‘'].contains(&character)
}

/// Marks that may stand in the margin (`w:overflowPunct`).
pub(super) fn hangs(character: char) -> bool {
    ['、', '。', '，', '．', '）', '］', '｝', '」', '』', '》', '〉', '】', '〕', '〗'].contains(&character)
}

/// Characters that steer others and are never seen: soft hyphen, joiners, marks of direction, variation selectors.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xAD | 0x200C..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE01EF)
}

/// The letter or digit that one of mathematics is a form of: faces without 𝑥 show an x.
pub(super) fn plain_letter(character: char) -> Option<char> {
    let from = |first: char, at: u32| char::from_u32(u32::from(first) + at);
    match u32::from(character) {
        0x210E => Some('h'),
        code @ 0x1D400..=0x1D6A3 => match (code - 0x1D400) % 52 {
            at @ ..26 => from('A', at),
            at => from('a', at - 26),
        },
        code @ 0x1D6A8..=0x1D7C9 => match (code - 0x1D6A8) % 58 {
            at @ ..25 => from('Α', at),
            25 => Some('∇'),
            at @ 26..=50 => from('α', at - 26),
            _ => None,
        },
        code @ 0x1D7CE..=0x1D7FF => from('0', (code - 0x1D7CE) % 10),
        _ => None,
    }
}

/// Whether a Latin sign keeps a distance from Han.
pub(super) fn joins(sign: &Sign, format: &ResolvedParagraph) -> bool {
    sign.latin
        && sign.kind == Kind::Glyph
        && if sign.character.is_ascii_digit() {
            format.auto_space_digits
        } else {
            format.auto_space_latin && sign.character.is_alphabetic()
        }
}

/// Whether a sign is of the Han side of a joint.
pub(super) fn is_han_side(sign: &Sign) -> bool {
    !sign.latin
        && sign.kind == Kind::Glyph
        && (is_han(sign.character) || matches!(u32::from(sign.character), 0x3041..=0x3096 | 0x30A1..=0x30FA))
}

/// Word for Windows adds 19/128 of an East Asian face's height above and below it.
const EAST_ASIAN_MARGIN: f32 = 19.0 / 128.0;

/// Ascent and descent of a face's natural line. An East Asian face has the larger of `win` and `hhea` and a margin above
/// and below, as in Word for Windows; another one has `hhea` with its gap on top.
pub(super) fn natural_line(metrics: &VerticalMetrics, size: Length) -> (Length, Length) {
    if metrics.east_asian {
        let ascent = metrics.ascent_em.max(metrics.win_ascent_em);
        let descent = metrics.descent_em.max(metrics.win_descent_em);
        let margin = EAST_ASIAN_MARGIN * (ascent + descent);
        (ems(size, ascent + margin), ems(size, descent + margin))
    } else {
        (ems(size, metrics.ascent_em + metrics.line_gap_em.max(0.0)), ems(size, metrics.descent_em))
    }
}

#[cfg(test)]
mod tests {
    use super::plain_letter;

    #[test]
    fn letters_of_mathematics_are_forms_of_plain_ones() {
        let plain: Vec<Option<char>> = "𝑥𝐀ℎ𝛼𝟗字x".chars().map(plain_letter).collect();
        assert_eq!(plain, [Some('x'), Some('A'), Some('h'), Some('α'), Some('9'), None, None]);
    }
}
