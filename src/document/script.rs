//! Which of a run's two faces a character is set in (`w:ascii` or `w:eastAsia`). The .docx and the PDF must agree on
//! it, so both ask here.

use std::ops::Range;

/// The face of a run that a character is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// The Latin face: Latin, Greek and Cyrillic letters, digits, ASCII signs.
    Latin,
    /// The East Asian face: Han, kana, full-width forms, Chinese marks, and the signs that Chinese text has at full
    /// width (`“ ” ‘ ’ — … ·` and the like).
    EastAsian,
}

/// Whether a character is a Han ideograph (or stands for one in text: 〇, 々).
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Cuts a text into stretches of one script, in order; together they are the whole text.
///
/// A space belongs to the stretch before it. `’` between Latin letters is an apostrophe and Latin; everywhere else
/// quotation marks, dashes, the ellipsis and the middle dot are East Asian, as Word has them in Chinese documents.
pub fn scripts(text: &str) -> impl Iterator<Item = (Range<usize>, Script)> {
    scripts_with(text, Signs::default())
}

/// The face of the signs that both scripts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// All of them are in the East Asian face.
    pub east_asian: bool,
    /// So are curly quotation marks.
    pub wide_quotes: bool,
}

impl Default for Signs {
    /// As Word has them in Chinese documents.
    fn default() -> Self {
        Self { east_asian: true, wide_quotes: true }
    }
}

/// [`scripts`], with the signs that both scripts use in the one or the other.
pub fn scripts_with(text: &str, signs: Signs) -> impl Iterator<Item = (Range<usize>, Script)> {
    Scripts { text, signs, at: 0, before: None }
}

/// The stretches of one script of a text.
struct Scripts<'t> {
    text: &'t str,
    signs: Signs,
    /// Where the next stretch begins.
    at: usize,
    /// The character before it.
    before: Option<(char, Script)>,
}

impl Iterator for Scripts<'_> {
    type Item = (Range<usize>, Script);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let mut found = None;
        let mut end = self.text.len();
        for (at, c) in rest.char_indices() {
            let script = self.script(c, &rest[at + c.len_utf8()..]);
            if found.is_some_and(|found| found != script) {
                end = self.at + at;
                break;
            }
            found = Some(script);
            self.before = Some((c, script));
        }
        let stretch = self.at..end;
        self.at = end;
        Some((stretch, found?))
    }
}

impl Scripts<'_> {
    /// The script of a character with a text after it.
    fn script(&self, c: char, after: &str) -> Script {
        match c {
            // most of a Chinese text, and nothing to ask of it
            '\u{2E80}'..='\u{9FFF}' => Script::EastAsian,
            ' ' | '\u{A0}' => self.before.map_or(Script::Latin, |(_, script)| script),
            '’' if self.before.is_some_and(|(c, _)| is_latin_letter(c)) && after.starts_with(is_latin_letter) => {
                Script::Latin
            }
            '“' | '”' | '‘' | '’' if !self.signs.wide_quotes => Script::Latin,
            _ if !self.signs.east_asian && u32::from(c) < 0x2E80 => Script::Latin,
            _ => script_of(c),
        }
    }
}

fn is_latin_letter(c: char) -> bool {
    c.is_alphabetic() && script_of(c) == Script::Latin
}

fn script_of(c: char) -> Script {
    match u32::from(c) {
        // general punctuation that Chinese text has at full width
        0x2014..=0x2016 | 0x2018..=0x201F | 0x2025..=0x2027 | 0x2030..=0x2033 | 0x203B => Script::EastAsian,
        0xB7 | 0xD7 | 0xF7 | 0xA7 | 0xA8 | 0xB0 | 0xB1 => Script::EastAsian,
        0..=0x20FF => Script::Latin,
        // letterlike signs, arrows, mathematics, enclosed numbers, boxes, shapes, dingbats
        0x2100..=0x2BFF => Script::EastAsian,
        0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xE000..=0xFAFF => Script::EastAsian,
        0xFE10..=0xFE6F | 0xFF00..=0xFFEF => Script::EastAsian,
        0x1F100..=0x1F2FF | 0x20000..=0x3FFFF => Script::EastAsian,
        _ => Script::Latin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Script)> {
        scripts(text).map(|(range, script)| (&text[range], script)).collect()
    }

    #[test]
    fn text_is_cut_where_the_face_changes() {
        use Script::{EastAsian, Latin};
        assert_eq!(cut("共 12 所，A1"), [("共 ", EastAsian), ("12 ", Latin), ("所，", EastAsian), ("A1", Latin)]);
        assert_eq!(cut("“don’t”"), [("“", EastAsian), ("don’t", Latin), ("”", EastAsian)]);
        assert_eq!(cut("——①℃"), [("——①℃", EastAsian)]);
        assert_eq!(cut(""), []);
        let narrow = scripts_with("甲“乙”—", Signs { wide_quotes: false, ..Signs::default() });
        let narrow: Vec<_> = narrow.map(|(_, script)| script).collect();
        assert_eq!(narrow, [EastAsian, Latin, EastAsian, Latin, EastAsian]);
    }
}
