//! Numbers of list items and pages in all their ways of writing.

use super::NumberFormat;

/// A number in a way of writing; in figures where that way has no word for it.
pub fn number(value: u32, format: NumberFormat) -> String {
    let written = match format {
        NumberFormat::Decimal => None,
        NumberFormat::DecimalZero => Some(format!("{value:02}")),
        NumberFormat::FullWidth => Some(value.to_string().chars().filter_map(full_width).collect()),
        NumberFormat::Chinese => {
            counted(value, &['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'], "万千百十", false)
        }
        NumberFormat::ChineseLegal => {
            counted(value, &['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], "万仟佰拾", true)
        }
        NumberFormat::ChineseDigits => {
            let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
            let digit = |digit: char| digits.get(digit.to_digit(10)? as usize).copied();
            Some(value.to_string().chars().filter_map(digit).collect())
        }
        NumberFormat::HeavenlyStems => one_of(value, "甲乙丙丁戊己庚辛壬癸"),
        NumberFormat::EarthlyBranches => one_of(value, "子丑寅卯辰巳午未申酉戌亥"),
        NumberFormat::Circled => circled(value).map(String::from),
        NumberFormat::LowerLetter => Some(letters(value, b'a')),
        NumberFormat::UpperLetter => Some(letters(value, b'A')),
        NumberFormat::LowerRoman => roman(value).map(|text| text.to_ascii_lowercase()),
        NumberFormat::UpperRoman => roman(value),
        NumberFormat::Ordinal => Some(ordinal(value)),
        NumberFormat::InDashes => Some(format!("- {value} -")),
        NumberFormat::Bullet => Some(String::new()),
    };
    written.unwrap_or_else(|| value.to_string())
}

fn full_width(digit: char) -> Option<char> {
    char::from_u32(0xFF10 + digit.to_digit(10)?)
}

fn one_of(value: u32, signs: &str) -> Option<String> {
    signs.chars().nth((value as usize).checked_sub(1)?).map(String::from)
}

fn circled(value: u32) -> Option<char> {
    let code = match value {
        1..=20 => 0x2460 + value - 1,
        21..=35 => 0x3251 + value - 21,
        36..=50 => 0x32B1 + value - 36,
        _ => return None,
    };
    char::from_u32(code)
}

/// a to z, then aa, bb, cc, as Word goes on.
fn letters(value: u32, first: u8) -> String {
    let at = value.max(1) - 1;
    std::iter::repeat_n(char::from(first + (at % 26) as u8), (at / 26 + 1).min(100) as usize).collect()
}

fn roman(value: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(value).filter(|value| (1..4000).contains(value))?;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text += sign;
            rest -= worth;
        }
    }
    Some(text)
}

fn ordinal(value: u32) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

/// 一, 十二, 一百零一, up to 99999; `ten_has_one` for 壹拾贰.
fn counted(value: u32, digits: &[char; 10], units: &str, ten_has_one: bool) -> Option<String> {
    if value == 0 || value > 99_999 {
        return None;
    }
    let mut text = String::new();
    let mut gap = false;
    let mut units = units.chars();
    for worth in [10_000, 1000, 100, 10, 1] {
        let (digit, unit) = (value / worth % 10, units.next());
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push(digits[0]);
        }
        if ten_has_one || !(digit == 1 && worth == 10 && text.is_empty()) {
            text.push(digits[digit as usize]);
        }
        text.extend(unit);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(format: NumberFormat, values: &[u32]) -> Vec<String> {
        values.iter().map(|value| number(*value, format)).collect()
    }

    #[test]
    fn chinese_numbers_are_counted_as_people_count() {
        let texts = all(NumberFormat::Chinese, &[1, 10, 12, 20, 101, 110, 1001, 10_010]);
        assert_eq!(texts, ["一", "十", "十二", "二十", "一百零一", "一百一十", "一千零一", "一万零一十"]);
        assert_eq!(all(NumberFormat::ChineseLegal, &[12, 305]), ["壹拾贰", "叁佰零伍"]);
        assert_eq!(all(NumberFormat::ChineseDigits, &[2023]), ["二〇二三"]);
    }

    #[test]
    fn circled_numbers_go_to_fifty() {
        assert_eq!(all(NumberFormat::Circled, &[1, 21, 50, 51]), ["①", "㉑", "㊿", "51"]);
    }

    #[test]
    fn letters_and_roman_figures_go_on_as_in_word() {
        assert_eq!(all(NumberFormat::UpperLetter, &[1, 26, 27]), ["A", "Z", "AA"]);
        assert_eq!(all(NumberFormat::LowerRoman, &[4, 49, 1994, 4000]), ["iv", "xlix", "mcmxciv", "4000"]);
        assert_eq!(all(NumberFormat::Ordinal, &[1, 2, 11, 23]), ["1st", "2nd", "11th", "23rd"]);
    }
}
