//! The helpers: what `{{合计 党支部.党员总数}}` and its kin do. Each has an English and a Chinese name.

pub(super) mod chart;
mod chart_options;
pub(super) mod columns;
pub(super) mod gallery;
pub(super) mod logic;
pub(super) mod number;
pub(super) mod picture;
mod picture_format;
mod picture_size;
pub(super) mod table;

mod registry;
mod rows;
mod shading;
mod signs;
mod sparkline;
#[cfg(test)]
mod tests;
mod words;

pub(super) use registry::{helper, names};

use std::fmt;

use super::expression::{Call, Position, Runner, Traced, Value};
use super::figure;
use super::problem::values as problem;

/// A helper.
pub(super) struct Helper {
    /// English and Chinese.
    pub(super) names: [&'static str; 2],
    /// Its arguments; the last one may stand for many.
    params: &'static [Param],
    /// How many must be there.
    required: usize,
    /// Whether there may be more than `params` names.
    more: bool,
    /// Its named arguments, English and Chinese.
    pub(super) options: &'static [[&'static str; 2]],
    /// The named arguments that must be there.
    pub(super) needs: &'static [&'static str],
    pub(super) does: Does,
}

/// What an argument must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Param {
    /// One value.
    Value,
    /// A column of a table.
    Column,
    /// Rows of a table, or groups.
    Rows,
    /// Rows, groups or a column.
    Countable,
    /// Whatever can be true or false.
    Any,
}

impl Param {
    pub(super) fn is_value(self) -> bool {
        self == Self::Value
    }
}

/// Computes a value.
pub(super) type Compute = fn(&mut Runner<'_>, &Arguments<'_>) -> Traced;
/// Picks some of the rows or groups.
pub(super) type Pick = fn(&mut Runner<'_>, Value, &Arguments<'_>) -> Value;

/// What a helper does.
#[derive(Clone, Copy)]
pub(super) enum Does {
    Compute(Compute),
    Pick(Pick),
    Where,
    At,
    Group,
    Sort,
    Table,
    Chart,
    Picture,
    /// Computes a value that changes the cell of a Word document that it stands in.
    OfCell(Compute),
    /// Shows a text as Markdown.
    Markdown,
    /// Puts another document in.
    Include,
}

impl Helper {
    /// Whether it takes so many arguments.
    pub(super) fn takes(&self, count: usize) -> bool {
        count >= self.required && (self.more || count <= self.params.len())
    }

    /// The fewest and the most arguments.
    pub(super) fn arity(&self) -> (usize, Option<usize>) {
        (self.required, (!self.more).then_some(self.params.len()))
    }

    /// What an argument must be.
    pub(super) fn param(&self, at: usize) -> Param {
        self.params.get(at).or(self.params.last()).copied().unwrap_or(Param::Value)
    }

    /// The English name of an option.
    pub(super) fn option(&self, name: &str) -> Option<&'static str> {
        self.options.iter().find(|names| names.contains(&name)).map(|[english, _]| *english)
    }

    /// Whether options list columns.
    pub(super) fn has_columns(&self) -> bool {
        matches!(self.does, Does::Table | Does::Chart)
    }

    /// Whether it makes a table, a chart, a picture or whole paragraphs, in a paragraph of its own.
    pub(super) fn stands_alone(&self) -> bool {
        matches!(self.does, Does::Table | Does::Chart | Does::Picture | Does::Markdown | Does::Include)
    }
}

impl Helper {
    /// Whether its value is a picture.
    pub(super) fn draws(&self) -> bool {
        self.names[0] == "sparkline"
    }
}

impl PartialEq for Helper {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl fmt::Debug for Helper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names[0])
    }
}

/// The arguments of a helper, evaluated.
pub(super) struct Arguments<'a> {
    pub(super) call: &'a Call,
    pub(super) values: Vec<Traced>,
    pub(super) options: Vec<(&'a str, Traced)>,
}

impl Arguments<'_> {
    /// An argument by its place.
    pub(super) fn value(&self, at: usize) -> Option<&Traced> {
        self.values.get(at)
    }

    /// A named argument.
    pub(super) fn option(&self, name: &str) -> Option<&Traced> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The words of a named argument, or others.
    pub(super) fn words(&self, name: &str, otherwise: &str) -> String {
        self.option(name).map_or_else(|| otherwise.to_owned(), |value| value.value.shown().unwrap_or_default())
    }

    pub(super) fn at(&self) -> Position {
        self.call.at
    }
}

impl Runner<'_> {
    /// The number that a value is; nothing for a blank. Words are a problem, unless they are the template's own or the
    /// project file's and read as a number.
    pub(super) fn number(&mut self, value: &Traced, arguments: &Arguments<'_>) -> Option<f64> {
        match &value.value {
            Value::Number(number) | Value::Figure { number, .. } => Some(*number),
            Value::Blank => None,
            Value::Text(text) if value.cells.first().is_none() => {
                let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
                self.number_or_problem(number, value, arguments)
            }
            _ => self.number_or_problem(None, value, arguments),
        }
    }

    fn number_or_problem(&mut self, number: Option<f64>, value: &Traced, arguments: &Arguments<'_>) -> Option<f64> {
        if number.is_none() {
            let place = self.value_place(value, arguments.at());
            let (helper, spot) = (arguments.call.helper.names[1], self.spot(arguments.at()));
            self.report(problem::not_a_number(place, &value.value, helper, &spot));
        }
        number
    }

    /// How many decimal places are asked for.
    pub(super) fn places(
        &mut self,
        asked: Option<&Traced>,
        otherwise: Option<usize>,
        arguments: &Arguments<'_>,
    ) -> Option<usize> {
        let Some(asked) = asked else { return otherwise };
        let number = self.number(asked, arguments)?;
        if number.fract() == 0.0 && (0.0..=figure::MOST_PLACES as f64).contains(&number) {
            return Some(number as usize);
        }
        let place = self.place(arguments.at());
        self.report(problem::bad_places(place, number, figure::MOST_PLACES));
        otherwise
    }

    /// A computed number; one beyond all bounds is a problem.
    pub(super) fn finite(&mut self, number: f64, arguments: &Arguments<'_>) -> Value {
        if number.is_finite() {
            return Value::Number(number);
        }
        let place = self.place(arguments.at());
        self.report(problem::too_large(place, arguments.call.helper.names[1]));
        Value::Blank
    }
}
