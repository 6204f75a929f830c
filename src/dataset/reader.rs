//! Reads the cells of one column as what the column holds.

use std::sync::Arc;

use super::cell::{self, Reading};
use super::date_text;
use super::kind::{NameSays, Tally};
use super::names::trimmed;
use super::number;
use super::problem::{self, At};
use super::scale::Scale;
use super::{Date, Kind, Value};
use crate::diagnostic::Diagnostic;
use crate::workbook::CellValue;

/// What the number 0 is under a format for dates or times; the text of its cell's error.
const NO_DAY: &str = "1900/1/0";
const MIDNIGHT: &str = "0:00";

/// Where a value stands, for what is to be said about it.
pub(super) struct Place<'a> {
    pub(super) at: At<'a>,
    pub(super) row: u32,
    pub(super) column: u32,
    /// The column's name.
    pub(super) name: &'a str,
    /// How numbers that stand there become those of the column.
    pub(super) scale: Scale,
    /// Whether dates that have the year last have the day first; nothing if nobody can tell.
    pub(super) day_first: Option<bool>,
}

/// Reads the cells of one column.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    kind: Kind,
    codes: bool,
    says: NameSays,
    /// Whether some of the column's numbers have a percent sign.
    percents: bool,
    /// Whether the column holds times of day: midnight is the number 0, which elsewhere is no day.
    clock_times: bool,
    /// Whether numbers between 0 and 1 stand out in the column.
    odd_shares: bool,
    /// Whether the project says what the column holds: its rules then tell what is something else.
    declared: bool,
    /// The last text as it stood and as it was taken: equal ones come in runs, and share their memory.
    last: Option<(Arc<str>, Arc<str>)>,
}

impl Reader {
    /// A reader of the column whose cells have been counted, or of which the project says what they hold.
    pub(super) fn new(tally: &Tally, says: NameSays, declared: Option<Kind>) -> Self {
        let kind = declared.unwrap_or_else(|| tally.kind(says));
        let codes = declared == Some(Kind::Text) || tally.has_codes(says);
        Self {
            kind,
            codes,
            says,
            percents: tally.has_percents(),
            clock_times: tally.has_clock_times(),
            odd_shares: says.percent && tally.has_shares_among_others(),
            declared: declared.is_some(),
            last: None,
        }
    }

    /// What the column holds.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// A cell's value; what is wrong with it goes to the problems.
    pub(super) fn read(&mut self, raw: &CellValue, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        match raw {
            CellValue::Empty => Value::Blank,
            CellValue::Error(error) if self.clock_times && **error == *NO_DAY => Value::Text(MIDNIGHT.into()),
            CellValue::Error(error) => {
                problems.push(problem::error_cell(place.at, place.row, place.column, error));
                Value::Blank
            }
            CellValue::NotComputed => {
                problems.push(problem::not_computed(place.at, place.row, place.column));
                Value::Blank
            }
            CellValue::Bool(yes) => self.expected(Kind::Bool, Value::Bool(*yes), raw, place, problems),
            CellValue::Date { year, month, day } => {
                let date = Date { year: *year, month: Some(*month), day: Some(*day) };
                self.expected(Kind::Date, Value::Date(date), raw, place, problems)
            }
            CellValue::Number(number) => self.number(*number, place, problems),
            CellValue::Percent(share) if self.kind == Kind::Number && self.says.share(*share).is_finite() => {
                Value::Number(self.says.share(*share))
            }
            // Among words it is what is seen.
            CellValue::Percent(_) => self.text(&raw.to_string().into(), place, problems),
            CellValue::Text(text) => self.text(text, place, problems),
        }
    }

    fn number(&self, number: f64, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        if !number.is_finite() {
            problems.push(problem::error_cell(place.at, place.row, place.column, &number.to_string()));
            return Value::Blank;
        }
        match self.kind {
            Kind::Date => self.day(number, place, problems),
            Kind::Number => self.plain(number, place, problems),
            Kind::Text if self.codes && number.fract() == 0.0 && number.abs() < 1e18 => {
                if number.abs() >= 1e15 {
                    problems.push(problem::digits_lost(place.at, place.row, place.column, number));
                }
                Value::Text(format!("{number:.0}").into())
            }
            Kind::Text if self.declared => Value::Text(number.to_string().into()),
            _ => Value::Number(number),
        }
    }

    /// A number in a column of numbers.
    fn plain(&self, number: f64, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        if self.percents && !self.says.percent && number.abs() > 1.0 {
            problems.push(problem::percent_unsure(place.at, place.row, place.column, number));
        }
        if self.odd_shares && !place.scale.is_told && number > 0.0 && number < 1.0 {
            problems.push(problem::share_unsure(place.at, place.row, place.column, number));
        }
        Value::Number(place.scale.of(number))
    }

    /// A number in a column of dates.
    fn day(&self, number: f64, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        let Place { at, row, column, .. } = *place;
        if let Some(date) = date_text::of_number(number) {
            if date_text::is_month_unsure(number) {
                problems.push(problem::month_unsure(at, row, column, number));
            }
            return Value::Date(date);
        }
        match date_text::of_serial(number) {
            Some(date) => {
                problems.push(problem::guessed_date(at, row, column, number, date));
                Value::Date(date)
            }
            None => {
                if !self.declared {
                    problems.push(problem::no_date(at, row, column, place.name, &number.to_string()));
                }
                Value::Number(number)
            }
        }
    }

    fn text(&mut self, text: &Arc<str>, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        let clean = trimmed(text);
        if clean.is_empty() {
            return Value::Blank;
        }
        if self.kind == Kind::Text {
            // 无 is a word among words; a dash is none.
            return if cell::is_dash(&clean) { Value::Blank } else { Value::Text(self.shared(text, &clean)) };
        }
        let Place { at, row, column, .. } = *place;
        let reading = cell::read(&clean);
        match (self.kind, reading) {
            (_, Reading::Nothing) => Value::Blank,
            (Kind::Number, Reading::Number(number)) => self.plain(number, place, problems),
            (Kind::Number, Reading::Percent(number)) => {
                Value::Number(if self.says.percent { number } else { number / 100.0 })
            }
            (Kind::Number, Reading::Guess(number)) => {
                // 1.2万 says itself how much it is; 12人 counts as its heading does.
                let number = if number::is_absolute(&clean) {
                    number / self.says.times.unwrap_or(1.0)
                } else {
                    place.scale.of(number)
                };
                problems.push(problem::guessed_number(at, row, column, &clean, number));
                Value::Number(number)
            }
            (Kind::Date, Reading::ImpossibleDate) if !self.declared => {
                problems.push(problem::impossible_date(at, row, column, &clean));
                Value::Text(self.shared(text, &clean))
            }
            (Kind::Date, Reading::YearLast(date)) => {
                let found = date.only().or_else(|| date.date(place.day_first?));
                let year = Date { year: date.year, month: None, day: None };
                problems.push(problem::year_last(at, row, column, &clean, found));
                Value::Date(found.unwrap_or(year))
            }
            (Kind::Date, _) => match (date_text::of_text(&clean), clean.parse()) {
                (Some(date), _) => Value::Date(date),
                (None, Ok(number)) => self.day(number, place, problems),
                (None, Err(_)) => {
                    if !self.declared {
                        problems.push(problem::text_in_date_column(at, row, column, place.name, &clean));
                    }
                    Value::Text(self.shared(text, &clean))
                }
            },
            (Kind::Bool, Reading::Bool(yes)) => Value::Bool(yes),
            (Kind::Number, _) if !self.declared => {
                problems.push(problem::text_in_number_column(at, row, column, place.name, &clean));
                Value::Text(self.shared(text, &clean))
            }
            _ => Value::Text(self.shared(text, &clean)),
        }
    }

    /// A value that is of its column's kind, or else a slip if the column is one of numbers.
    fn expected(
        &self,
        kind: Kind,
        value: Value,
        raw: &CellValue,
        place: &Place<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Value {
        if self.kind == Kind::Number && kind != Kind::Number && !self.declared {
            let shown = super::describe::shown(raw);
            let at = place.at;
            problems.push(problem::text_in_number_column(at, place.row, place.column, place.name, &shown));
        }
        value
    }

    fn shared(&mut self, text: &Arc<str>, clean: &str) -> Arc<str> {
        if clean.len() == text.len() {
            return Arc::clone(text);
        }
        match &self.last {
            Some((raw, taken)) if raw == text => Arc::clone(taken),
            _ => {
                let taken: Arc<str> = clean.into();
                self.last = Some((Arc::clone(text), Arc::clone(&taken)));
                taken
            }
        }
    }
}
