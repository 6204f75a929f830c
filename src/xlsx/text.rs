//! What may stand in a cell, and how wide it is.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::LONGEST_TEXT;

/// A text without the characters that a workbook cannot hold, cut to what a cell can.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || c == '\t' || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    if text.len() <= LONGEST_TEXT && text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len().min(LONGEST_TEXT));
    let mut left = LONGEST_TEXT;
    for c in text.chars().filter(|c| harmless(*c)) {
        match left.checked_sub(c.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        kept.push(c);
    }
    Cow::Owned(kept)
}

/// A text as its part holds it: Excel reads `_x0041_` as a character's number, so that its first character must be told
/// by number itself.
pub(super) fn numbers_told(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut told = String::with_capacity(text.len() + 6);
    for (at, c) in text.char_indices() {
        if c == '_' && is_number_of_a_character(&text[at..]) {
            told.push_str("_x005F");
        }
        told.push(c);
    }
    Cow::Owned(told)
}

fn is_number_of_a_character(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes.get(6) == Some(&b'_')
}

/// The width of the widest line, a Han character counting two.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width_cjk).max().unwrap_or(0)
}

/// How many lines a text takes in a column of a width.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let fitting = (width.floor() as usize).max(1);
    text.lines().map(|line| line.width_cjk().div_ceil(fitting).max(1)).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_dropped_and_line_feeds_stay() {
        assert_eq!(clean("一\u{7}中\r\n分校\u{FFFF}"), "一中\n分校");
        assert_eq!(clean("=1+1"), "=1+1");
    }

    #[test]
    fn what_looks_like_the_number_of_a_character_is_told_from_one() {
        assert_eq!(numbers_told("_x0041_ _xyz"), "_x005F_x0041_ _xyz");
    }

    #[test]
    fn a_text_is_cut_to_what_a_cell_holds() {
        let cut = clean(&"😀".repeat(20_000)).into_owned();
        assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT - 1);
    }

    #[test]
    fn a_han_character_counts_two() {
        assert_eq!(width("党员A1\n人"), 6);
        assert_eq!(lines("党员队伍建设", 8.0), 2);
        assert_eq!(lines("", 8.0), 1);
    }
}
