//! Where a line may end: the kinsoku lists, Latin words and numbers.

use crate::document::{ResolvedParagraph, Typography, is_han};

use super::shaped::{Kind, Sign};

/// Decides whether a line may end between two signs.
pub(super) struct Breaks {
    not_at_start: CharacterSet,
    not_at_end: CharacterSet,
    keep_numbers_with_units: bool,
    break_beside_marks: bool,
}

impl Breaks {
    pub fn new(typography: &Typography) -> Self {
        Self {
            not_at_start: CharacterSet::of(&typography.kinsoku.not_at_start),
            not_at_end: CharacterSet::of(&typography.kinsoku.not_at_end),
            keep_numbers_with_units: typography.keep_numbers_with_units,
            break_beside_marks: typography.break_beside_marks,
        }
    }

    /// Whether a line may end after the last of the signs `before` and the next begin with `after`.
    pub fn allow(&self, before: &[Sign], after: &Sign, format: &ResolvedParagraph) -> bool {
        let [earlier @ .., before] = before else { return false };
        let kinsoku = format.kinsoku;
        match (before.kind, after.kind) {
            // spaces stay with what they follow, and vanish at a line's end
            (_, Kind::Space) => return false,
            (Kind::Formula(_), _) => return !self.not_at_start.has(after.character),
            (_, Kind::Formula(_)) => return !self.not_at_end.has(before.character),
            (Kind::Picture(_) | Kind::Chart(_) | Kind::Tab, _) | (_, Kind::Picture(_) | Kind::Chart(_) | Kind::Tab) => {
                return true;
            }
            (Kind::Space, _) => return !(kinsoku && self.not_at_start.has(after.character)),
            _ => {}
        }
        if is_glue(before.character) || is_glue(after.character) || is_combining(after.character) {
            return false;
        }
        if kinsoku && (self.not_at_start.has(after.character) || self.not_at_end.has(before.character)) {
            return false;
        }
        if before.latin && after.latin {
            return format.breaks_words
                || if !self.keep_numbers_with_units {
                    let inside = earlier.last().is_some_and(|sign| sign.character.is_alphanumeric());
                    after.character.is_alphanumeric()
                        && (matches!(before.character, '–' | '—')
                            || inside && matches!(before.character, '-' | '\u{2010}'))
                } else {
                    // a compound word may be parted; a date or a range of figures holds where the style asks for it
                    matches!(before.character, '-' | '\u{2010}' | '–') && after.character.is_alphabetic()
                };
        }
        self.break_beside_marks || !(is_mark(before) && after.latin || before.latin && is_mark(after))
    }

    /// Takes back the breaks between a number and what counts it, where the style asks for it: `12|所`, `第|3|届`,
    /// `2025年|4月|1日`, `〔2025〕|3号`.
    pub fn keep_numbers(&self, signs: &mut [Sign]) {
        if !self.keep_numbers_with_units {
            return;
        }
        let mut in_date = false;
        for at in 1..signs.len() {
            let (before, after) = (signs[at - 1].character, signs[at].character);
            let number_then_unit = before.is_ascii_digit() && UNITS.contains(after);
            let sign_then_number = after.is_ascii_digit() && (matches!(before, '第' | '〕' | '约' | '近') || in_date);
            if number_then_unit || sign_then_number || (before == '%' && after == '的') || is_ordinal(signs, at) {
                signs[at - 1].break_after = false;
            }
            in_date = number_then_unit && matches!(after, '年' | '月');
        }
    }
}

/// What counts the number before it.
const UNITS: &str =
    "年月日号时分秒个名人位所家次项条种类件份场期届度元万亿千百只台套间户处座层级岁倍余多周天章节页款校支%％℃";

/// Whether the sign at `at` is the classifier of an ordinal: 第3届.
fn is_ordinal(signs: &[Sign], at: usize) -> bool {
    let digits = signs[..at].iter().rev().take(9).take_while(|sign| sign.character.is_ascii_digit()).count();
    digits > 0 && is_han(signs[at].character) && at > digits && signs[at - digits - 1].character == '第'
}

/// Characters that hold to both neighbours.
fn is_glue(character: char) -> bool {
    matches!(character, '\u{A0}' | '\u{202F}' | '\u{2011}' | '\u{2060}')
}

/// A full-width mark.
fn is_mark(sign: &Sign) -> bool {
    !sign.latin && !sign.character.is_alphanumeric()
}

fn is_combining(character: char) -> bool {
    matches!(u32::from(character), 0x300..=0x36F | 0x20D0..=0x20FF | 0x3099..=0x309A)
}

/// A set of characters, asked for every pair of the text.
struct CharacterSet {
    /// One bit for each character of the basic plane.
    basic: Box<[u64; 1024]>,
    /// The rest, in order.
    others: Vec<char>,
}

impl CharacterSet {
    fn of(text: &str) -> Self {
        let mut set = Self { basic: Box::new([0; 1024]), others: Vec::new() };
        for character in text.chars() {
            let code = character as usize;
            match set.basic.get_mut(code / 64) {
                Some(bits) => *bits |= 1 << (code % 64),
                None => set.others.push(character),
            }
        }
        set.others.sort_unstable();
        set
    }

    fn has(&self, character: char) -> bool {
        let code = character as usize;
        match self.basic.get(code / 64) {
            Some(bits) => bits & (1 << (code % 64)) != 0,
            None => self.others.binary_search(&character).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Typography;
    use crate::layout::testing::{signs_of, signs_with};

    /// The text with a bar wherever a line may end.
    fn bars(signs: &[super::Sign]) -> String {
        let mut text = String::new();
        for (at, sign) in signs.iter().enumerate() {
            text.push(sign.character);
            if sign.break_after && at + 1 < signs.len() {
                text.push('|');
            }
        }
        text
    }

    fn marked(text: &str) -> String {
        bars(&signs_of(text))
    }

    #[test]
    fn han_characters_part_anywhere() {
        assert_eq!(marked("教育系统"), "教|育|系|统");
    }

    #[test]
    fn marks_keep_to_their_side() {
        assert_eq!(marked("他说：“好。”走"), "他|说：|“好。”|走");
        assert_eq!(marked("（一）《简报》"), "（一）|《简|报》");
    }

    #[test]
    fn dashes_and_ellipses_are_one() {
        assert_eq!(marked("等——是……了"), "等——|是……|了");
    }

    #[test]
    fn words_and_figures_hold_together() {
        assert_eq!(marked("共12,345.6%的A1级"), "共|12,345.6%|的|A1|级");
        assert_eq!(marked("go to wi-fi"), "go |to |wi-|fi");
        assert_eq!(marked("￥100，37℃"), "￥100，|37℃");
    }

    #[test]
    fn hyphens_and_dashes_part_figures_as_in_word_unless_the_style_holds_them() {
        let held = Typography { keep_numbers_with_units: true, ..Default::default() };
        assert_eq!(bars(&signs_with("2023-04-15 wi-fi", &held)), "2023-04-15 |wi-|fi");
        assert_eq!(marked("2023-04-15"), "2023-|04-|15");
        assert_eq!(marked("at 18-64 ABCD-12345 wi-fi"), "at |18-|64 |ABCD-|12345 |wi-|fi");
        assert_eq!(marked("at -5 (-5)"), "at |-5 |(-5)");
        assert_eq!(marked("2010–2015"), "2010–|2015");
    }

    #[test]
    fn marks_part_from_figures_unless_the_style_holds_them() {
        let held = Typography { break_beside_marks: false, ..Default::default() };
        assert_eq!(marked("部。2022（A）"), "部。|2022|（A）");
        assert_eq!(bars(&signs_with("部。2022（A）年", &held)), "部。2022（A）|年");
    }

    #[test]
    fn a_no_break_space_holds() {
        assert_eq!(marked("第\u{A0}3"), "第\u{A0}3");
    }

    #[test]
    fn numbers_keep_with_their_units_when_the_style_asks() {
        let typography = Typography { keep_numbers_with_units: true, ..Default::default() };
        let kept = |text| bars(&signs_with(text, &typography));
        assert_eq!(kept("在2025年4月1日共12所"), "在|2025年4月1日|共|12所");
        assert_eq!(kept("第3届〔2025〕3号"), "第3届|〔2025〕3号");
        assert_eq!(marked("第3届12所"), "第|3|届|12|所");
    }
}
