//! How dates are shown, and dates read from words that did not come from a workbook.

use super::chinese_number::{self, Figures};
use crate::dataset::Date;

/// Ways to write a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `2023年4月15日`
    Plain,
    /// `二〇二三年四月十五日`
    Chinese,
    /// `2023年4月`
    YearMonth,
    /// `2023-04-15`
    Dashes,
    /// `2023.4.15`
    Dots,
}

impl DateForm {
    /// Every form and the word that asks for it.
    pub(super) const ALL: [(&'static str, Self); 4] =
        [("中文", Self::Chinese), ("年月", Self::YearMonth), ("-", Self::Dashes), (".", Self::Dots)];
}

/// A date in words, as far as it is known: without its day `2023年4月`.
pub(super) fn write(date: Date, form: DateForm) -> String {
    let Date { year, month, day } = date;
    let day = day.filter(|_| month.is_some() && form != DateForm::YearMonth);
    let parts = [month, day].into_iter().flatten();
    match form {
        DateForm::Plain | DateForm::YearMonth => {
            format!("{year}年")
                + &parts.zip(['月', '日']).map(|(part, unit)| format!("{part}{unit}")).collect::<String>()
        }
        DateForm::Chinese => {
            let word = |part: u8| chinese_number::words(f64::from(part), Figures::Everyday).unwrap_or_default();
            let parts = parts.zip(['月', '日']).map(|(part, unit)| format!("{}{unit}", word(part)));
            format!("{}年", chinese_number::year(year)) + &parts.collect::<String>()
        }
        DateForm::Dashes => year.to_string() + &parts.map(|part| format!("-{part:02}")).collect::<String>(),
        DateForm::Dots => year.to_string() + &parts.map(|part| format!(".{part}")).collect::<String>(),
    }
}

/// A date in words that a person typed: `2023-04-15`, `2023.4`, `2023年4月15日`.
pub(super) fn read(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches(['日', '号', '月', '年']);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = part(parts.next(), 12)?;
    let day = part(parts.next(), 31)?;
    parts.next().is_none().then_some(Date { year, month, day })
}

/// A month or a day; there may be none, but no wrong one.
fn part(text: Option<&str>, most: u8) -> Option<Option<u8>> {
    let Some(text) = text else { return Some(None) };
    let number = text.trim().parse().ok()?;
    (1..=most).contains(&number).then_some(Some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date { year: 2023, month: Some(4), day: Some(15) };
    const MONTH: Date = Date { year: 2023, month: Some(4), day: None };
    const YEAR: Date = Date { year: 2023, month: None, day: None };

    #[test]
    fn dates_are_shown_as_far_as_they_are_known() {
        for (date, form, text) in [
            (DAY, DateForm::Plain, "2023年4月15日"),
            (MONTH, DateForm::Plain, "2023年4月"),
            (YEAR, DateForm::Plain, "2023年"),
            (DAY, DateForm::Chinese, "二〇二三年四月十五日"),
            (DAY, DateForm::YearMonth, "2023年4月"),
            (DAY, DateForm::Dashes, "2023-04-15"),
            (MONTH, DateForm::Dashes, "2023-04"),
            (DAY, DateForm::Dots, "2023.4.15"),
        ] {
            assert_eq!(write(date, form), text);
        }
    }

    #[test]
    fn dates_are_read_from_what_people_type() {
        for (text, date) in [
            ("2023-04-15", Some(DAY)),
            ("2023/4/15", Some(DAY)),
            ("2023年4月15日", Some(DAY)),
            ("2023.4", Some(MONTH)),
            ("2023年4月", Some(MONTH)),
            ("2023年", Some(YEAR)),
            ("2023-13-01", None),
            ("23-1-1", None),
            ("2023-1-1-1", None),
            ("暂无", None),
            ("", None),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
    }
}
