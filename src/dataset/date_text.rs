//! Dates as people write them: 2023年4月15日, 2023.4, 20230415, 二〇二三年四月.

use super::Date;
use super::names::half_width;
use super::number::{chinese, chinese_digit};

/// What a text that is written as a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A date.
    Date(Date),
    /// A month or day that no calendar has: 2023年13月, 2月30日.
    Impossible,
    /// The year last: 29/01/2020.
    YearLast(YearLast),
}

/// A date with the year last, whose first two numbers are day and month, or month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YearLast {
    first: u32,
    second: u32,
    pub(super) year: i32,
}

impl YearLast {
    fn new(first: u32, second: u32, year: u32) -> Option<Self> {
        let either = checked(year, Some(second), Some(first)).or_else(|| checked(year, Some(first), Some(second)));
        either.map(|date| Self { first, second, year: date.year })
    }

    /// The date, if only one is possible.
    pub(super) fn only(self) -> Option<Date> {
        match (self.date(true), self.date(false)) {
            (Some(a), Some(b)) => (a == b).then_some(a),
            (a, b) => a.or(b),
        }
    }

    /// The date, if the day is said to stand first or not; nothing if no calendar has it.
    pub(super) fn date(self, day_first: bool) -> Option<Date> {
        let (day, month) = if day_first { (self.first, self.second) } else { (self.second, self.first) };
        checked(self.year as u32, Some(month), Some(day))
    }

    /// Whether the day stands first; nothing if both may be.
    pub(super) fn is_day_first(self) -> Option<bool> {
        let (first, second) = (self.date(true).is_some(), self.date(false).is_some());
        (first != second).then_some(first)
    }
}

/// `2023年4月15日`, `2023.4`, `2023/4/15`, `2023-04-15 08:30`, 二〇二三年四月; a year alone is no date here.
pub(super) fn written(text: &str) -> Option<Written> {
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
    let [Some(year), month @ Some(second), day] = parts else { return None };
    if let Some(last) = day.filter(|_| year <= 31 && text.bytes().all(|byte| byte.is_ascii())) {
        return YearLast::new(year, second, last).map(Written::YearLast);
    }
    if let Some(date) = checked(year, month, day) {
        return Some(Written::Date(date));
    }
    // 2023-24 may be a school year.
    let surely_a_date = day.is_some() || text.contains('月');
    (surely_a_date && (1900..=2100).contains(&year)).then_some(Written::Impossible)
}

fn date_part(text: &str, at: usize) -> Option<u32> {
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if at > 0 {
        return chinese(text).filter(|number| *number < 1e4).map(|number| number as u32);
    }
    let digits: Option<Vec<_>> = text.chars().map(chinese_digit).collect();
    digits.filter(|digits| digits.len() == 4).map(|digits| digits.iter().fold(0, |year, digit| year * 10 + digit))
}

fn checked(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Date> {
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
pub(super) fn of_number(number: f64) -> Option<Date> {
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
        10 => return (whole <= 2100).then(|| checked(whole, None, None))?,
        // 2005.4, a number, has lost nothing.
        month if month > 12 && month % 10 == 0 => return checked(whole, Some(month as u32 / 10), None),
        month => return checked(whole, Some(month as u32), None),
    }
    match whole {
        1900..=2100 => checked(whole, None, None),
        190_001..=210_012 => checked(whole / 100, Some(whole % 100), None),
        19_000_101..=21_001_231 => checked(whole / 10_000, Some(whole / 100 % 100), Some(whole % 100)),
        _ => None,
    }
}

/// A day by its number in Excel, for a date whose cell has lost its format: 45031 is 2023-04-15. From 1950 to 2100, so
/// that few other numbers are taken for one.
pub(super) fn of_serial(number: f64) -> Option<Date> {
    if !(18_264.0..73_416.0).contains(&number) {
        return None;
    }
    // Days since 1 January 1950, which is 18264.
    let mut left = number.trunc() as u32 - 18_264;
    for year in 1950..=2100 {
        let length = if checked(year, Some(2), Some(29)).is_some() { 366 } else { 365 };
        if left >= length {
            left -= length;
            continue;
        }
        for month in 1..=12 {
            let last = (28..=31).rev().find(|day| checked(year, Some(month), Some(*day)).is_some()).unwrap_or(28);
            if left < last {
                return checked(year, Some(month), Some(left + 1));
            }
            left -= last;
        }
    }
    None
}

/// Whether a number in a column of dates does not say which month it means.
pub(super) fn is_month_unsure(number: f64) -> bool {
    number.fract() != 0.0 && (number * 100.0).round() as u64 % 100 == 10
}

/// A text in a column of dates; there `2023.10`, `2023`, `2023年` and `20051220` are dates too.
pub(super) fn of_text(text: &str) -> Option<Date> {
    if text.len() > 60 {
        return None;
    }
    let plain: String = text.chars().map(half_width).collect();
    if let Some(Written::Date(date)) = written(&plain) {
        return Some(date);
    }
    let digits = plain.strip_suffix('年').unwrap_or(&plain);
    let digits = digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)?;
    digits.parse().ok().and_then(of_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(date: Option<Date>) -> Option<(i32, Option<u8>, Option<u8>)> {
        date.map(|date| (date.year, date.month, date.day))
    }

    #[test]
    fn a_year_and_a_month_with_a_point_is_a_date_where_dates_stand() {
        assert_eq!(ymd(of_number(2005.12)), Some((2005, Some(12), None)));
        assert_eq!(ymd(of_number(20_051_220.0)), Some((2005, Some(12), Some(20))));
        assert_eq!(ymd(of_text("2023年")), Some((2023, None, None)));
        assert_eq!(ymd(of_text("2023.10")), Some((2023, Some(10), None)));
        assert_eq!(ymd(of_number(2023.4)), Some((2023, Some(4), None)));
        assert_eq!(ymd(of_number(2023.1)), Some((2023, None, None)));
        assert!(is_month_unsure(2023.1) && !is_month_unsure(2023.4) && !is_month_unsure(2023.0));
        assert_eq!(of_number(12.0), None);
    }

    #[test]
    fn chinese_numerals_make_dates() {
        for text in ["二〇二三年四月十五日", "二○二三年四月十五日", "二零二三年四月十五"]
        {
            assert_eq!(ymd(of_text(text)), Some((2023, Some(4), Some(15))), "{text}");
        }
        assert_eq!(ymd(of_text("二〇二三年十二月")), Some((2023, Some(12), None)));
    }

    #[test]
    fn days_that_no_calendar_has_are_impossible_and_numbers_that_look_alike_are_not() {
        for text in ["2023年13月", "2023年2月30日", "2023-13-01", "2023/4/31", "2023.0.5"] {
            assert_eq!(written(text), Some(Written::Impossible), "{text}");
        }
        for text in ["2023-24", "2023-2024", "12/15", "1.2.3", "3-5-7", "32/1/2020", "31/31/2020", "1.1.19"] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn of_a_date_with_the_year_last_day_and_month_are_told_apart_where_only_one_can_be_meant() {
        let read = |text: &str| match written(text) {
            Some(Written::YearLast(read)) => (ymd(read.only()), read.is_day_first()),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(read("29/01/2020"), (Some((2020, Some(1), Some(29))), Some(true)));
        assert_eq!(read("1-29-2020"), (Some((2020, Some(1), Some(29))), Some(false)));
        assert_eq!(read("5.5.2020"), (Some((2020, Some(5), Some(5))), None));
        assert_eq!(read("9/4/2020"), (None, None));
    }

    #[test]
    fn serial_numbers_are_excels_days() {
        assert_eq!(ymd(of_serial(45_031.0)), Some((2023, Some(4), Some(15))));
        assert_eq!(ymd(of_serial(18_264.0)), Some((1950, Some(1), Some(1))));
        assert_eq!(ymd(of_serial(43_890.5)), Some((2020, Some(2), Some(29))));
        assert_eq!(ymd(of_serial(73_415.0)), Some((2100, Some(12), Some(31))));
        assert_eq!(of_serial(12.0), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_and_any_number_at_all_is_read_without_a_panic(
            text in "\\PC{0,24}", number in proptest::num::f64::ANY,
        ) {
            let _ = (of_text(&text), written(&text), of_number(number), of_serial(number));
        }
    }
}
