//! What a text in a cell means: a number, a date, a yes or no, or just words.

use super::Date;
use super::names::half_width;

/// A text as a careful clerk reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// A number, beyond doubt.
    Number(f64),
    /// A percentage, not divided by a hundred yet.
    Percent(f64),
    /// A number with words around it: `12人`, `约30`, `1.2万`, 十二.
    Guess(f64),
    /// Digits that are a name: leading zeros, an identity or telephone number.
    Code,
    /// A day, a month.
    Date(Date),
    /// 是, 否, √, ×.
    Bool(bool),
    /// A mark that says there is nothing: `—`, `/`, 无.
    Nothing,
    /// Words.
    Words,
}

/// Reads a trimmed text that is not empty.
pub(super) fn read(text: &str) -> Reading {
    // Most texts are words of many characters; nothing below is longer than this.
    if text.len() > 60 {
        return Reading::Words;
    }
    match text {
        "是" | "√" | "✓" | "✔" | "☑" => return Reading::Bool(true),
        "否" | "×" | "✗" | "✘" | "☒" => return Reading::Bool(false),
        "无" | "暂无" | "—" | "——" | "-" | "--" | "/" | "／" | "－" | "–" | "\\" | "N/A" | "n/a" => {
            return Reading::Nothing;
        }
        _ => {}
    }
    if !may_be_more_than_words(text) {
        return Reading::Words;
    }
    let plain: String = text.chars().map(half_width).collect();
    if is_code(&plain) {
        return Reading::Code;
    }
    if let Some(number) = number(&plain) {
        return Reading::Number(number);
    }
    if let Some(number) = plain.strip_suffix(['%', '％']).and_then(|plain| number_of(plain.trim_end())) {
        return Reading::Percent(number);
    }
    if let Some(date) = date(&plain) {
        return Reading::Date(date);
    }
    guess(&plain).map_or(Reading::Words, Reading::Guess)
}

/// Whether a text begins as numbers and dates do; most do not.
fn may_be_more_than_words(text: &str) -> bool {
    let first = text.chars().next().map(half_width);
    first.is_some_and(|c| {
        c.is_ascii_digit() || "+-.¥￥约近共".contains(c) || chinese_digit(c).is_some() || "十百千".contains(c)
    })
}

fn is_code(text: &str) -> bool {
    let digits = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
    let identity = text.len() == 18
        && text.as_bytes()[..17].iter().all(u8::is_ascii_digit)
        && matches!(text.as_bytes()[17], b'X' | b'x');
    identity || digits && (text.starts_with('0') || text.len() >= 12 || (text.len() == 11 && text.starts_with('1')))
}

fn number(text: &str) -> Option<f64> {
    let text = text.strip_prefix(['¥', '￥', '+']).unwrap_or(text);
    number_of(text)
}

/// Digits, with thousands separators where they belong, and a point.
fn number_of(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let well_grouped = all_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all_digits(group));
    if !well_grouped || !all_digits(fraction) {
        return None;
    }
    digits.replace(',', "").parse::<f64>().ok().map(|number| sign * number)
}

/// A number with a measure word, a word of doubt, ten thousands, or in Chinese numerals.
fn guess(text: &str) -> Option<f64> {
    let text = ["约", "近", "共"].iter().find_map(|doubt| text.strip_prefix(doubt)).unwrap_or(text).trim();
    let measures = [
        "人次",
        "平方米",
        "人",
        "名",
        "个",
        "次",
        "元",
        "场",
        "期",
        "所",
        "件",
        "项",
        "篇",
        "分",
        "岁",
        "家",
        "台",
        "册",
        "户",
        "学时",
        "小时",
        "天",
    ];
    let text = measures.iter().find_map(|measure| text.strip_suffix(measure)).unwrap_or(text);
    let (text, times) = match (text.strip_suffix('万'), text.strip_suffix('亿')) {
        (Some(text), _) => (text, 1e4),
        (_, Some(text)) => (text, 1e8),
        _ => (text, 1.0),
    };
    let digits = number_of(text.trim()).or_else(|| chinese_number(text))?;
    // 1.1 times 10,000 is to be 11,000, not 11,000.000000000002.
    Some((digits * times * 1e6).round() / 1e6)
}

fn chinese_digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|digit| digit == c).map(|digit| digit as u32).or(match c {
        '〇' | '○' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

/// 十二, 二百零三, below ten thousand.
fn chinese_number(text: &str) -> Option<f64> {
    let (mut total, mut digit, mut last_unit) = (0, None, u32::MAX);
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            c => {
                let value = chinese_digit(c)?;
                if digit.is_some_and(|digit| digit != 0) {
                    return None;
                }
                digit = Some(value);
                continue;
            }
        };
        if unit >= last_unit {
            return None;
        }
        total += digit.take().filter(|digit| *digit > 0).unwrap_or(1) * unit;
        last_unit = unit;
    }
    Some(f64::from(total + digit.unwrap_or(0)))
}

/// `2023年4月15日`, `2023.4`, `2023/4/15`, `2023-04-15 08:30`, 二〇二三年四月; a year alone is no date here.
fn date(text: &str) -> Option<Date> {
    let text = text.split([' ', 'T']).next().unwrap_or(text);
    let mut parts = [None; 3];
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['年', '月', '日', '号', '.', '/', '-']).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end)?;
        *parts.get_mut(count)? = Some(date_part(part, count)?);
        count += 1;
        let mut after = after.chars();
        after.next();
        rest = after.as_str();
    }
    let [Some(year), month @ Some(_), day] = parts else { return None };
    checked_date(year, month, day)
}

fn date_part(text: &str, at: usize) -> Option<u32> {
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if at > 0 {
        return chinese_number(text).map(|number| number as u32);
    }
    let digits: Option<Vec<_>> = text.chars().map(chinese_digit).collect();
    digits.filter(|digits| digits.len() == 4).map(|digits| digits.iter().fold(0, |year, digit| year * 10 + digit))
}

fn checked_date(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Date> {
    if !(1900..=2100).contains(&year) || month.is_some_and(|month| !(1..=12).contains(&month)) {
        return None;
    }
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) => 28 + u32::from(leap),
        _ => 31,
    };
    if day.is_some_and(|day| !(1..=last).contains(&day)) {
        return None;
    }
    Some(Date { year: year as i32, month: month.map(|month| month as u8), day: day.map(|day| day as u8) })
}

/// A number in a column of dates: 20051220, 200512, 2023, 2005.12. Of 2005.1 only the year is sure: it may have been
/// 2005.10.
pub(super) fn date_of_number(number: f64) -> Option<Date> {
    if !(1900.0..21_010_000.0).contains(&number) {
        return None;
    }
    let whole = number.trunc() as u32;
    let hundredths = number * 100.0;
    if (hundredths - hundredths.round()).abs() > 1e-4 {
        return None;
    }
    match hundredths.round() as u64 % 100 {
        0 => {}
        10 => return (whole <= 2100).then(|| checked_date(whole, None, None))?,
        // 2005.4, a number, has lost nothing.
        month if month > 12 && month % 10 == 0 => return checked_date(whole, Some(month as u32 / 10), None),
        month => return checked_date(whole, Some(month as u32), None),
    }
    match whole {
        1900..=2100 => checked_date(whole, None, None),
        190_001..=210_012 => checked_date(whole / 100, Some(whole % 100), None),
        19_000_101..=21_001_231 => checked_date(whole / 10_000, Some(whole / 100 % 100), Some(whole % 100)),
        _ => None,
    }
}

/// Whether a number in a column of dates does not say which month it means.
pub(super) fn is_month_unsure(number: f64) -> bool {
    number.fract() != 0.0 && (number * 100.0).round() as u64 % 100 == 10
}

/// A text in a column of dates; there `2023.10`, `2023`, `2023年` and `20051220` are dates too.
pub(super) fn date_of_text(text: &str) -> Option<Date> {
    if text.len() > 60 {
        return None;
    }
    let plain: String = text.chars().map(half_width).collect();
    if let Some(date) = date(&plain) {
        return Some(date);
    }
    let digits = plain.strip_suffix('年').unwrap_or(&plain);
    let digits = digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)?;
    digits.parse().ok().and_then(date_of_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Reading {
        Reading::Date(Date { year, month: Some(month), day: Some(day) })
    }

    #[test]
    fn numbers_are_read_in_every_width_and_with_separators() {
        for (text, number) in
            [("12", 12.0), ("１２．５", 12.5), ("1,234", 1234.0), ("-3", -3.0), ("￥1,000.50", 1000.5)]
        {
            assert_eq!(read(text), Reading::Number(number), "{text}");
        }
        assert_eq!(read("1,23"), Reading::Words);
        assert_eq!(read("45.5%"), Reading::Percent(45.5));
    }

    #[test]
    fn digits_that_are_names_are_not_numbers() {
        for code in ["0101", "110101199001011234", "11010119900101123X", "13812345678", "００１"] {
            assert_eq!(read(code), Reading::Code, "{code}");
        }
        assert_eq!(read("0"), Reading::Number(0.0));
        assert_eq!(read("0.5"), Reading::Number(0.5));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in
            ["2023年4月15日", "2023/4/15", "2023-04-15", "2023.4.15", "2023-04-15 08:30:00", "二〇二三年四月十五日"]
        {
            assert_eq!(read(text), day(2023, 4, 15), "{text}");
        }
        assert_eq!(read("2023年4月"), Reading::Date(Date { year: 2023, month: Some(4), day: None }));
        assert_eq!(read("2023-13-01"), Reading::Words);
        assert_eq!(read("2023年2月30日"), Reading::Words);
    }

    #[test]
    fn a_year_and_a_month_with_a_point_is_a_date_only_where_dates_stand() {
        assert_eq!(read("2023.4"), Reading::Number(2023.4));
        assert_eq!(date_of_number(2005.12), Some(Date { year: 2005, month: Some(12), day: None }));
        assert_eq!(date_of_number(20_051_220.0), Some(Date { year: 2005, month: Some(12), day: Some(20) }));
        assert_eq!(date_of_text("2023年"), Some(Date { year: 2023, month: None, day: None }));
        assert_eq!(date_of_text("2023.10"), Some(Date { year: 2023, month: Some(10), day: None }));
        assert_eq!(date_of_number(2023.4), Some(Date { year: 2023, month: Some(4), day: None }));
        assert_eq!(date_of_number(2023.1), Some(Date { year: 2023, month: None, day: None }));
        assert!(is_month_unsure(2023.1) && !is_month_unsure(2023.4) && !is_month_unsure(2023.0));
        assert_eq!(date_of_number(12.0), None);
    }

    #[test]
    fn numbers_among_words_are_guesses() {
        for (text, number) in
            [("12人", 12.0), ("约30", 30.0), ("1.2万", 12000.0), ("十二", 12.0), ("二百零三人次", 203.0)]
        {
            assert_eq!(read(text), Reading::Guess(number), "{text}");
        }
        for words in ["第一小学", "人", "一二三", "12人以上"] {
            assert_eq!(read(words), Reading::Words, "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_at_all_is_read_without_a_panic(text in "\\PC{0,24}") {
            let _ = (read(&text), date_of_text(&text));
        }

        #[test]
        fn any_number_is_read_without_a_panic(number in proptest::num::f64::ANY) {
            let _ = date_of_number(number);
        }
    }
}
