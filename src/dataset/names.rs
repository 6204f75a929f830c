//! Names as people type them: blanks, widths and brackets that mean nothing are taken off before names are compared.

use std::borrow::Cow;

use super::heading::Heading;

/// Parts the levels of a header: `党员队伍/正式党员`.
pub(super) const PATH: char = '/';

/// Characters that are not seen: zero-width spaces and joiners, direction marks, the byte order mark, soft hyphen,
/// selectors of variants, control characters.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}'
            | '\u{061C}' | '\u{180E}' | '\u{202A}'..='\u{202E}' | '\u{FE00}'..='\u{FE0F}'
    ) || c.is_control() && !c.is_whitespace()
}

/// Whether nothing is to be seen of a text. Told by its first character, nearly always.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether a text may have invisible characters, told by its bytes: none begins as letters, digits and Han do.
fn may_be_invisible(text: &str) -> bool {
    text.bytes().fold(false, |may, byte| may | matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF))
}

/// Text without blanks around it and invisible characters in it.
pub(super) fn trimmed(text: &str) -> Cow<'_, str> {
    if may_be_invisible(text) && text.chars().any(is_invisible) {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        return Cow::Owned(visible.trim().to_owned());
    }
    Cow::Borrowed(text.trim())
}

/// A full-width letter, digit or sign as the half-width one.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '﹣' | '−' => '-',
        c => c,
    }
}

/// What two names have in common that are the same to a reader: no blanks, no invisible characters, half width.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    let plain = |c: char| half_width(c) == c && !c.is_whitespace() && !is_invisible(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(half_width).collect())
}

/// A header cell's text as a column's name: `姓　名` and `姓\n名` are 姓名, `三会 一课` too; between words in letters one
/// blank stays.
pub(super) fn header_name(text: &str) -> String {
    let text = trimmed(text);
    if !text.contains(|c: char| c.is_whitespace() || c == PATH) {
        return text.into_owned();
    }
    let mut name = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && is_of_a_word(c) && name.ends_with(is_of_a_word) {
            name.push(' ');
        }
        blank = false;
        // The slash parts levels.
        name.push(if c == PATH { '／' } else { c });
    }
    name
}

/// Whether blanks part words in which a character stands, as in all scripts but those of East Asia.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() && !is_wide(c)
}

/// Whether a character is as wide as a Han character.
pub(super) fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

/// The last level of a name.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit(PATH).next().unwrap_or(name)
}

/// A folded name without a unit in brackets at its end: 党费 of `党费(元)`.
pub(super) fn without_unit(folded: &str) -> Option<&str> {
    parted(folded).map(|(name, _)| name)
}

/// A folded name and what stands in brackets at its end.
pub(super) fn parted(folded: &str) -> Option<(&str, &str)> {
    let (open, close) =
        [('(', ')'), ('[', ']'), ('【', '】')].into_iter().find(|(_, close)| folded.ends_with(*close))?;
    let (name, inside) = folded.strip_suffix(close)?.rsplit_once(open)?;
    (!name.is_empty()).then_some((name, inside))
}

/// A name that others have too, with its number: `备注2`, and `CHAP.7_2`, since `CHAP.72` is another.
pub(super) fn numbered(name: &str, number: u32) -> String {
    let between = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    format!("{name}{between}{number}")
}

/// Whether two names are the same to a reader.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
}

/// Which of the known names is meant: that name itself, or the only one whose last level it is, or the only one that
/// is it but for a unit in brackets, or for signs and capitals. Another unit is another name: 党费（元） does not answer to 党费（万元）.
pub(super) fn find_name<'a>(known: impl Iterator<Item = &'a str> + Clone, name: &str) -> Option<usize> {
    if let Some(exact) = known.clone().position(|known| known == name) {
        return Some(exact);
    }
    let wanted = folded(name);
    let folded_names: Vec<_> = known.clone().map(folded).collect();
    let equal = |is_meant: &dyn Fn(&str) -> bool| only(folded_names.iter().map(|known| is_meant(known)));
    if let Some(found) = equal(&|known| known == wanted).or_else(|| equal(&|known| last_part(known) == wanted)) {
        return Some(found);
    }
    let wanted = Heading::of(name);
    let headings: Vec<_> = known.map(Heading::of).collect();
    let meant = |is_meant: &dyn Fn(&Heading) -> bool| {
        only(headings.iter().map(|known| is_meant(known) && known.answers(&wanted)))
    };
    let found = meant(&|known| known.is_called(&wanted)).or_else(|| meant(&|known| known.goes_into(&wanted)));
    found.or_else(|| {
        let wanted = loosely(&folded(name));
        only(folded_names.iter().map(|known| !wanted.is_empty() && loosely(known) == wanted))
    })
}

/// What is left of a name in a field of Word's mail merge: blanks and signs are underscores there, and capitals do not
/// count.
fn loosely(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the only one stands that is meant.
pub(super) fn only(are_meant: impl Iterator<Item = bool>) -> Option<usize> {
    let mut meant = are_meant.enumerate().filter(|(_, is_meant)| *is_meant).map(|(at, _)| at);
    meant.next().filter(|_| meant.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_invisible_character_is_missed_by_the_look_at_bytes() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32).filter(|c| is_invisible(*c)) {
            assert!(may_be_invisible(c.encode_utf8(&mut [0; 4])), "{:X}", c as u32);
        }
    }

    #[test]
    fn blanks_and_line_breaks_within_a_chinese_name_vanish() {
        assert_eq!(header_name(" 姓　名 "), "姓名");
        assert_eq!(header_name("三会一课\n次数"), "三会一课次数");
        assert_eq!(header_name("GDP  2023"), "GDP 2023");
        assert_eq!(header_name("Тип  комнат"), "Тип комнат");
        assert_eq!(header_name("GDP 增速"), "GDP增速");
        assert_eq!(header_name("是/否"), "是／否");
    }

    #[test]
    fn names_that_look_alike_fold_into_one() {
        assert_eq!(folded("第一 小学\u{200B}"), "第一小学");
        assert_eq!(folded("０１０１"), "0101");
        assert_eq!(folded("党费（元）"), folded("党费(元)"));
        assert_eq!(without_unit("党费(元)"), Some("党费"));
        assert_eq!(without_unit("(元)"), None);
    }

    #[test]
    fn a_name_is_found_by_its_last_level_and_without_its_unit_where_that_is_unique() {
        let known = ["学校名称", "党员队伍/正式党员", "党费（元）", "今年/人数", "上年/人数"];
        let find = |name| find_name(known.iter().copied(), name);
        assert_eq!(find("学校名称"), Some(0));
        assert_eq!(find("正式党员"), Some(1));
        assert_eq!(find("党员队伍／正式党员"), Some(1));
        assert_eq!(find("党费"), Some(2));
        assert_eq!(find("党费(元)"), Some(2));
        assert_eq!(find("人数"), None);
        assert_eq!(find("学校_名称"), Some(0));
        assert_eq!(find("今年_人数"), Some(3));
        assert_eq!(find("上年/人数"), Some(4));
        assert_eq!(find("党费（万元）"), None);
    }
}
