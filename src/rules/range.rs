//! Between which ends values must lie.

use super::Range;
use crate::dataset::{Date, Value};

/// An end of a range, which is a number and, of a date or a year, a date.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    number: Option<f64>,
    date: Option<Date>,
}

/// Between which ends values must lie; an open one is nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    least: Option<End>,
    greatest: Option<End>,
}

/// Why a range says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoRange {
    /// An end is neither a number nor a date.
    Neither(String),
    /// Both ends are open.
    Open,
    /// One end is a number and the other a date, or the least is more than the greatest.
    Reversed,
}

impl Ends {
    pub(super) fn parse(range: &Range) -> Result<Self, NoRange> {
        let (least, greatest) = (end(&range.least)?, end(&range.greatest)?);
        match (least, greatest) {
            (None, None) => Err(NoRange::Open),
            (Some(least), Some(greatest)) if !least.is_before(greatest) => Err(NoRange::Reversed),
            _ => Ok(Self { least, greatest }),
        }
    }

    /// Whether a value lies between the ends, both included; a date of which only the year or month is known does if it
    /// may. Nothing of a value that cannot be compared with them.
    pub(super) fn hold(&self, value: &Value) -> Option<bool> {
        let ends = || [self.least, self.greatest].into_iter().flatten();
        match value {
            Value::Number(number) if ends().all(|end| end.number.is_some()) => {
                let below = self.least.and_then(|end| end.number).is_some_and(|least| *number < least);
                let above = self.greatest.and_then(|end| end.number).is_some_and(|greatest| *number > greatest);
                Some(!below && !above)
            }
            Value::Date(date) if ends().all(|end| end.date.is_some()) => {
                let least = self.least.and_then(|end| end.date);
                let greatest = self.greatest.and_then(|end| end.date);
                let before = least.is_some_and(|least| date.latest() < least.earliest());
                let after = greatest.is_some_and(|greatest| date.earliest() > greatest.latest());
                Some(!before && !after)
            }
            _ => None,
        }
    }

    /// Whether the ends are dates and no numbers.
    pub(super) fn are_dates(&self) -> bool {
        [self.least, self.greatest].into_iter().flatten().any(|end| end.number.is_none())
    }
}

impl End {
    fn is_before(self, other: Self) -> bool {
        match (self.number, other.number, self.date, other.date) {
            (Some(least), Some(greatest), ..) => least <= greatest,
            (_, _, Some(least), Some(greatest)) => least.earliest() <= greatest.latest(),
            _ => false,
        }
    }
}

fn end(text: &str) -> Result<Option<End>, NoRange> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
    let date = Date::parse(text);
    if number.is_none() && date.is_none() {
        return Err(NoRange::Neither(text.to_owned()));
    }
    Ok(Some(End { number, date }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(least: &str, greatest: &str) -> Result<Ends, NoRange> {
        Ends::parse(&Range { least: least.into(), greatest: greatest.into(), ..Range::default() })
    }

    fn holds(least: &str, greatest: &str, value: &Value) -> Option<bool> {
        ends(least, greatest).unwrap().hold(value)
    }

    #[test]
    fn both_ends_are_in_the_range_and_an_open_one_lets_all_pass() {
        let number = Value::Number;
        assert_eq!(holds("0", "500", &number(500.0)), Some(true));
        assert_eq!(holds("0", "500", &number(-0.5)), Some(false));
        assert_eq!(holds("", "500", &number(-1e9)), Some(true));
        assert_eq!(holds("1.5", "", &number(1.0)), Some(false));
        assert_eq!(holds("0", "500", &Value::Text("若干".into())), None);
    }

    #[test]
    fn a_date_of_which_only_the_month_is_known_is_in_the_range_if_it_may_be() {
        let date = |text| Value::Date(Date::parse(text).unwrap());
        assert_eq!(holds("2023-04-15", "2023-12-31", &date("2023年4月")), Some(true));
        assert_eq!(holds("2023-04-15", "2023-12-31", &date("2023-04-14")), Some(false));
        assert_eq!(holds("2023", "2023", &date("2023-12-31")), Some(true));
        assert_eq!(holds("2023", "", &date("2022-12-31")), Some(false));
        assert_eq!(holds("2023年1月1日", "", &Value::Number(3.0)), None);
    }

    #[test]
    fn a_range_without_sense_is_told() {
        assert_eq!(ends("", ""), Err(NoRange::Open));
        assert_eq!(ends("5", "1"), Err(NoRange::Reversed));
        assert_eq!(ends("2023-01-01", "3"), Err(NoRange::Reversed));
        assert_eq!(ends("许多", "1"), Err(NoRange::Neither("许多".into())));
    }

    proptest::proptest! {
        #[test]
        fn a_range_holds_what_lies_between_its_ends_and_nothing_else(a in -1e6..1e6_f64, b in -1e6..1e6_f64, c in -1e6..1e6_f64) {
            let (least, greatest) = (a.min(b), a.max(b));
            let held = holds(&least.to_string(), &greatest.to_string(), &Value::Number(c));
            proptest::prop_assert_eq!(held, Some(least <= c && c <= greatest));
        }
    }
}
