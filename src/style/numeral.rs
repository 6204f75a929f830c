//! Numerals of headings and lists: how a number is written, and which number a numeral at a text's start is.

use crate::document::NumberFormat;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(char, u32); 3] = [('千', 1000), ('百', 100), ('十', 10)];

/// The largest number that is written in Chinese or read; headings and lists end long before it.
const MOST: u32 = 9999;

/// A number in a format; in Arabic figures if the format has none for it.
pub(super) fn write(format: NumberFormat, number: u32) -> String {
    let written = match format {
        NumberFormat::Chinese if (1..=MOST).contains(&number) => Some(chinese(number)),
        NumberFormat::Circled => circled(number).map(String::from),
        NumberFormat::LowerLetter if (1..=26).contains(&number) => {
            char::from_u32(u32::from('a') + number - 1).map(String::from)
        }
        _ => None,
    };
    written.unwrap_or_else(|| number.to_string())
}

/// The number that a text begins with in a format, and the text after it.
pub(super) fn read(format: NumberFormat, text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    let after_first = &text[first.len_utf8()..];
    match format {
        NumberFormat::Decimal => {
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let number = text[..end].parse().ok().filter(|number| (1..=MOST).contains(number))?;
            Some((number, &text[end..]))
        }
        NumberFormat::Chinese => {
            let is_part = |c: char| DIGITS.contains(&c) || c == '零' || UNITS.iter().any(|(unit, _)| *unit == c);
            let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
            // only the way that `write` has, so that 一二、 is no number
            let number = chinese_value(&text[..end])?;
            (chinese(number) == text[..end].replace('零', "〇")).then_some((number, &text[end..]))
        }
        NumberFormat::Circled => (1..=50).find(|n| circled(*n) == Some(first)).map(|n| (n, after_first)),
        NumberFormat::LowerLetter => {
            first.is_ascii_lowercase().then(|| (u32::from(first) - u32::from('a') + 1, after_first))
        }
        _ => None,
    }
}

/// 1 to 9999 as headings have them: 十一, 二十, 一百〇三.
fn chinese(number: u32) -> String {
    let mut text = String::new();
    let mut rest = number;
    let mut skipped = false;
    for (unit, value) in UNITS {
        let digit = rest / value;
        rest %= value;
        if digit == 0 {
            skipped |= !text.is_empty();
            continue;
        }
        if skipped {
            text.push(DIGITS[0]);
            skipped = false;
        }
        if !(unit == '十' && digit == 1 && text.is_empty()) {
            text.extend(DIGITS.get(digit as usize));
        }
        text.push(unit);
    }
    if rest > 0 {
        if skipped {
            text.push(DIGITS[0]);
        }
        text.extend(DIGITS.get(rest as usize));
    }
    text
}

fn chinese_value(text: &str) -> Option<u32> {
    let (mut sum, mut digit) = (0_u32, None);
    for c in text.chars() {
        if let Some((_, value)) = UNITS.iter().find(|(unit, _)| *unit == c) {
            sum += digit.take().unwrap_or(1) * value;
        } else if c != '零' {
            digit = DIGITS.iter().position(|d| *d == c).map(|at| at as u32);
        }
        if sum > MOST {
            return None;
        }
    }
    Some(sum + digit.unwrap_or(0)).filter(|number| (1..=MOST).contains(number))
}

fn circled(number: u32) -> Option<char> {
    match number {
        1..=20 => char::from_u32(0x2460 + number - 1),
        21..=35 => char::from_u32(0x3251 + number - 21),
        36..=50 => char::from_u32(0x32B1 + number - 36),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_are_written_as_they_are_said() {
        let written = [1, 10, 11, 20, 35, 100, 103, 110, 115, 1001, 1010, 9999].map(chinese).join(" ");
        let said = "一 十 十一 二十 三十五 一百 一百〇三 一百一十 一百一十五 一千〇一 一千〇一十 九千九百九十九";
        assert_eq!(written, said);
    }

    #[test]
    fn what_is_written_is_read_again() {
        use NumberFormat::{Chinese, Circled, Decimal, LowerLetter};
        for (format, most) in [(Decimal, MOST), (Chinese, MOST), (Circled, 50), (LowerLetter, 26)] {
            for number in 1..=most {
                let text = format!("{}、", write(format, number));
                assert_eq!(read(format, &text), Some((number, "、")), "{format:?}");
            }
        }
    }

    #[test]
    fn what_is_no_numeral_is_not_read() {
        for text in ["一二、", "十十", "百", "", "甲", "〇"] {
            assert_eq!(read(NumberFormat::Chinese, text), None, "{text}");
        }
        assert_eq!(read(NumberFormat::Decimal, "99999999999999."), None);
    }
}
