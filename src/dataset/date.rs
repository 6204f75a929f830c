//! Dates, of which sometimes only the year or the month is known.

use super::{Date, date_text, names};

impl Date {
    /// A date as people write it: `2023-04-15`, 2023年4月, 2023.
    pub fn parse(text: &str) -> Option<Self> {
        date_text::of_text(&names::trimmed(text))
    }

    /// The first day it may be, as year, month and day.
    pub fn earliest(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it may be; of a month the 31st, whether it has one or not.
    pub fn latest(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_may_be_any_of_its_days() {
        let month = Date::parse("2023年4月").unwrap();
        assert_eq!((month.earliest(), month.latest()), ((2023, 4, 1), (2023, 4, 31)));
        let year = Date::parse("2023").unwrap();
        assert_eq!((year.earliest(), year.latest()), ((2023, 1, 1), (2023, 12, 31)));
        assert_eq!(Date::parse(" 2023-04-15 ").map(Date::earliest), Some((2023, 4, 15)));
        assert_eq!(Date::parse("去年"), None);
    }
}
