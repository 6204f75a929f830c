//! The date of a report, in any of the ways it is written.

/// A date as `YYYY-MM-DD`, as a file's properties have it.
pub(in crate::template) fn iso(text: &str) -> Option<String> {
    read(text).map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

/// Year, month and day of 2024年1月15日, 2024-01-15, 2024.1.15, 2024/1/15 or 二〇二四年一月十五日.
pub(super) fn read(text: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<&str> =
        text.trim().split(['年', '月', '日', '-', '.', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let year = number(year).filter(|year| (1000..=9999).contains(year))?;
    let month = number(month).filter(|month| (1..=12).contains(month))?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = number(day).filter(|day| (1..=days).contains(day))?;
    Some((year, month, day))
}

/// Up to four digits, or a number below 100 in Chinese, or Chinese digits one after the other.
pub(super) fn number(text: &str) -> Option<u32> {
    if text.chars().count() > 4 {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' && d == '〇'));
    match text.split_once('十') {
        Some((tens, ones)) => {
            let one = |part: &str, blank: usize| match part {
                "" => Some(blank),
                _ => part.chars().next().and_then(digit).filter(|_| part.chars().count() == 1),
            };
            Some((one(tens, 1)? * 10 + one(ones, 0)?) as u32)
        }
        None => text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)? as u32)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_they_are_written() {
        for text in ["2024年1月15日", "2024-01-15", "2024.1.15", "2024/1/15", "二〇二四年一月十五日"] {
            assert_eq!(iso(text).as_deref(), Some("2024-01-15"), "{text}");
        }
        assert_eq!(iso("二〇二三年十二月三十一日").as_deref(), Some("2023-12-31"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2023年2月29日", "2024年13月1日", "2024年", "一月", "99999999999-1-1", "十十年一月一日"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
