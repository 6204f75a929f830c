//! What a text in a cell means: a number, a date, a yes or no, or just words.

use super::Date;
use super::date_text::{self, Written, YearLast};
use super::names::half_width;
use super::number::{self, chinese_digit, chinese_unit};

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
    /// Written as a date that no calendar has.
    ImpossibleDate,
    /// A date with the year last, 29/01/2020: its day and month may be hard to tell apart.
    YearLast(YearLast),
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
        "是" | "√" | "✓" | "✔" | "☑" | "✅" => return Reading::Bool(true),
        "否" | "×" | "✗" | "✘" | "✕" | "╳" | "☒" | "□" | "☐" => return Reading::Bool(false),
        "无" | "暂无" | "没有" | "N/A" | "n/a" => return Reading::Nothing,
        _ if is_dash(text) => return Reading::Nothing,
        _ => {}
    }
    if !may_be_more_than_words(text) {
        return Reading::Words;
    }
    let plain: String = text.chars().map(half_width).collect();
    if is_code(&plain) {
        return Reading::Code;
    }
    if let Some(number) = number::plain(&plain) {
        return Reading::Number(number);
    }
    if let Some(number) = plain.strip_suffix('%').and_then(|plain| number::digits(plain.trim_end())) {
        return Reading::Percent(number);
    }
    match date_text::written(&plain) {
        Some(Written::Date(date)) => return Reading::Date(date),
        Some(Written::Impossible) => return Reading::ImpossibleDate,
        Some(Written::YearLast(date)) => return Reading::YearLast(date),
        None => {}
    }
    number::guess(&plain).map_or(Reading::Words, Reading::Guess)
}

/// A mark that says there is nothing: dashes or a slash, and no more.
pub(super) fn is_dash(text: &str) -> bool {
    let is_mark = |c| matches!(c, '—' | '–' | '―' | '－' | '-' | '﹣' | '−' | '─' | '/' | '／' | '\\');
    text.len() <= 24 && !text.is_empty() && text.chars().all(is_mark)
}

/// Whether a text begins as numbers and dates do; most do not.
fn may_be_more_than_words(text: &str) -> bool {
    let first = text.chars().next().map(half_width);
    first.is_some_and(|c| {
        let is_before_one = matches!(c, '+' | '-' | '.' | '¥' | '￥' | '约' | '近' | '共' | '计' | '大');
        c.is_ascii_digit() || is_before_one || chinese_digit(c).is_some() || chinese_unit(c).is_some()
    })
}

fn is_code(text: &str) -> bool {
    let digits = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
    let identity = text.len() == 18
        && text.as_bytes()[..17].iter().all(u8::is_ascii_digit)
        && matches!(text.as_bytes()[17], b'X' | b'x');
    identity || digits && (text.starts_with('0') || text.len() >= 12 || (text.len() == 11 && text.starts_with('1')))
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
        assert_eq!(read("2023-13-01"), Reading::ImpossibleDate);
        assert_eq!(read("2023年2月30日"), Reading::ImpossibleDate);
    }

    #[test]
    fn a_year_and_a_month_with_a_point_is_a_number_unless_dates_stand_there() {
        assert_eq!(read("2023.4"), Reading::Number(2023.4));
    }

    #[test]
    fn dashes_slashes_and_the_word_for_none_are_nothing() {
        for text in ["—", "——", "-", "--", "/", "／", "－", "–", "无", "暂无", "N/A", "\\"] {
            assert_eq!(read(text), Reading::Nothing, "{text}");
        }
        assert_eq!(read("-3"), Reading::Number(-3.0));
    }

    #[test]
    fn ticks_and_boxes_are_yes_and_no() {
        for (text, yes) in [("是", true), ("√", true), ("☑", true), ("否", false), ("×", false), ("□", false)]
        {
            assert_eq!(read(text), Reading::Bool(yes), "{text}");
        }
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
            let _ = read(&text);
        }
    }
}
