//! Numbers in Chinese figures: `一百二十`, and the figures of cheques, `壹佰贰拾`.

use super::figure;

/// Numbers from here on have no name in everyday use.
const LIMIT: f64 = 1e16;

const SMALL: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const FORMAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const SMALL_TENS: [&str; 4] = ["", "十", "百", "千"];
const FORMAL_TENS: [&str; 4] = ["", "拾", "佰", "仟"];
const TEN_THOUSANDS: [&str; 4] = ["", "万", "亿", "万亿"];

/// Everyday figures (`十二`) or those of cheques (`壹拾贰`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    Everyday,
    Formal,
}

impl Figures {
    fn digits(self) -> [&'static str; 10] {
        match self {
            Self::Everyday => SMALL,
            Self::Formal => FORMAL,
        }
    }
}

/// A number in words, decimals digit by digit after `点`; nothing for a number of 10¹⁶ or more.
pub(super) fn words(number: f64, figures: Figures) -> Option<String> {
    let shown = figure::plain(number);
    let unsigned = shown.trim_start_matches('-');
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut text = if shown.starts_with('-') { "负".to_owned() } else { String::new() };
    text += &whole_words(number, whole, figures)?;
    if !decimals.is_empty() {
        text.push('点');
        text.extend(digit_by_digit(decimals, figures));
    }
    Some(text)
}

/// Digits one by one: `二〇二三` is `2023` (the zero of years is a ring).
pub(super) fn year(year: i32) -> String {
    let digits: String = digit_by_digit(&year.to_string(), Figures::Everyday).collect();
    digits.replace('零', "〇")
}

/// An amount in yuan as on a cheque, rounded to fen; nothing for 10¹⁶ or more.
pub(super) fn yuan(amount: f64) -> Option<String> {
    let shown = figure::fixed(amount, 2);
    let unsigned = shown.trim_start_matches('-');
    let (whole, cents) = unsigned.split_once('.')?;
    let [tenths, hundredths] = [0, 1].map(|at| cents.as_bytes().get(at).map_or(0, |&digit| usize::from(digit - b'0')));
    let mut text = if shown.starts_with('-') { "负".to_owned() } else { String::new() };
    if whole != "0" || (tenths, hundredths) == (0, 0) {
        text += &whole_words(amount, whole, Figures::Formal)?;
        text.push('元');
    }
    match (tenths, hundredths) {
        (0, 0) => text.push('整'),
        (0, _) if whole != "0" => text.push('零'),
        (0, _) => {}
        _ => {
            text += FORMAL[tenths];
            text.push('角');
            if hundredths == 0 {
                text.push('整');
            }
        }
    }
    if hundredths > 0 {
        text += FORMAL[hundredths];
        text.push('分');
    }
    Some(text)
}

fn digit_by_digit(digits: &str, figures: Figures) -> impl Iterator<Item = &'static str> {
    digits.bytes().filter(u8::is_ascii_digit).map(move |digit| figures.digits()[usize::from(digit - b'0')])
}

fn whole_words(number: f64, whole: &str, figures: Figures) -> Option<String> {
    let mut rest: u64 = if number.abs() < LIMIT { whole.parse().ok()? } else { return None };
    if rest == 0 {
        return Some("零".to_owned());
    }
    let mut groups = Vec::new();
    while rest > 0 {
        groups.push((rest % 10_000) as usize);
        rest /= 10_000;
    }
    let mut text = String::new();
    let mut gap = false;
    for (power, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            gap = true;
            // 一亿 is a unit of its own: 1 0000 0000 0000 is 一万亿, and 1 2345 0000 0000 一万二千三百四十五亿.
            if power == 2 && groups.len() > 3 {
                text.push('亿');
            }
            continue;
        }
        if !text.is_empty() && (gap || group < 1000) {
            text.push('零');
        }
        gap = false;
        group_words(group, figures, &mut text);
        // The 万 of 万亿 counts 亿; the 亿 itself comes with the group below.
        text += if power == 3 { "万" } else { TEN_THOUSANDS[power] };
    }
    if figures == Figures::Everyday && text.starts_with("一十") {
        text = text.split_off("一".len());
    }
    Some(text)
}

fn group_words(group: usize, figures: Figures, text: &mut String) {
    let tens = match figures {
        Figures::Everyday => SMALL_TENS,
        Figures::Formal => FORMAL_TENS,
    };
    let (mut begun, mut gap) = (false, false);
    for power in (0..4).rev() {
        let digit = group / 10usize.pow(power as u32) % 10;
        if digit == 0 {
            gap = begun;
            continue;
        }
        if gap {
            text.push('零');
        }
        (begun, gap) = (true, false);
        *text += figures.digits()[digit];
        *text += tens[power];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        for (number, text) in [
            (0.0, "零"),
            (2.0, "二"),
            (10.0, "十"),
            (12.0, "十二"),
            (20.0, "二十"),
            (101.0, "一百零一"),
            (110.0, "一百一十"),
            (1_001.0, "一千零一"),
            (1_010.0, "一千零一十"),
            (10_010.0, "一万零一十"),
            (10_200.0, "一万零二百"),
            (100_000.0, "十万"),
            (1_100_000.0, "一百一十万"),
            (100_000_001.0, "一亿零一"),
            (100_010_000.0, "一亿零一万"),
            (1_000_000_000_000.0, "一万亿"),
            (1_000_100_000_000.0, "一万零一亿"),
            (1_000_000_000_001.0, "一万亿零一"),
            (-3.0, "负三"),
            (3.05, "三点零五"),
        ] {
            assert_eq!(words(number, Figures::Everyday).as_deref(), Some(text));
        }
        assert_eq!(words(12.0, Figures::Formal).as_deref(), Some("壹拾贰"));
        assert_eq!(words(1e16, Figures::Everyday), None);
    }

    #[test]
    fn amounts_are_written_as_on_a_cheque() {
        for (amount, text) in [
            (123.45, "壹佰贰拾叁元肆角伍分"),
            (0.0, "零元整"),
            (0.05, "伍分"),
            (0.5, "伍角整"),
            (0.55, "伍角伍分"),
            (100.0, "壹佰元整"),
            (1.05, "壹元零伍分"),
            (100.5, "壹佰元伍角整"),
            (16_409.02, "壹万陆仟肆佰零玖元零贰分"),
            (107_000.53, "壹拾万柒仟元伍角叁分"),
            (-8.0, "负捌元整"),
            (0.285, "贰角玖分"),
            (-0.001, "零元整"),
        ] {
            assert_eq!(yuan(amount).as_deref(), Some(text));
        }
    }

    #[test]
    fn years_are_read_digit_by_digit() {
        assert_eq!(year(2023), "二〇二三");
    }

    /// Reads words back, the other way round: the sum of digit × unit, by groups.
    fn read(text: &str) -> u64 {
        let (mut total, mut section, mut digit) = (0u64, 0u64, 0u64);
        for word in text.chars() {
            match word {
                '十' | '百' | '千' => {
                    let unit = 10u64.pow("十百千".chars().position(|c| c == word).unwrap() as u32 + 1);
                    section += digit.max(u64::from(word == '十' && digit == 0)) * unit;
                    digit = 0;
                }
                '万' => {
                    total += (section + digit) * 10_000;
                    (section, digit) = (0, 0);
                }
                '亿' => {
                    total = (total + section + digit) * 100_000_000;
                    (section, digit) = (0, 0);
                }
                _ => digit = SMALL.iter().position(|&name| name == word.to_string()).unwrap() as u64,
            }
        }
        total + section + digit
    }

    proptest! {
        #[test]
        fn words_say_the_number(number in 0u64..9_999_999_999_999, small in 0u64..200_000) {
            for number in [number, small] {
                prop_assert_eq!(read(&words(number as f64, Figures::Everyday).unwrap()), number);
            }
        }

        #[test]
        fn words_never_have_two_zeros_in_a_row(number in 0u64..9_999_999_999_999) {
            prop_assert!(!words(number as f64, Figures::Everyday).unwrap().contains("零零"));
        }
    }
}
