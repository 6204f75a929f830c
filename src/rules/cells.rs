//! What one cell must hold: something, of a kind, in a range, one of a few, written so.

use std::collections::HashSet;

use regex::{Regex, RegexBuilder};

use super::absent::Absent;
use super::find::{At, Finder};
use super::range::Ends;
use super::{ColumnRules, Pattern, problem};
use crate::dataset::{Cell, Kind, Value, comparable, value_shown};
use crate::diagnostic::{Diagnostic, Severity};

/// The most memory that a pattern may take when it is made ready.
const LARGEST_PATTERN: usize = 1 << 20;

/// The rules of a column's cells, ready to be held against each.
struct Ready<'a> {
    rules: &'a ColumnRules,
    level: Severity,
    ends: Option<Ends>,
    one_of: HashSet<String>,
    pattern: Option<(Regex, &'a Pattern)>,
}

/// Holds the rules against every cell; of a cell that breaks several the first is told. A rule that makes no sense is
/// told even if the column was not found.
pub(super) fn check(finder: &Finder<'_>, rules: &ColumnRules, column: Option<At>, problems: &mut Vec<Diagnostic>) {
    let ready = Ready::new(rules, problems);
    let Some(at) = column else { return };
    let name = finder.name(at);
    let table = finder.table_of(at.table);
    let absent = Absent::find(finder, at);
    for cell in finder.cells(at) {
        let place = || finder.place(cell.origin);
        let level = ready.level;
        if is_blank(&cell.value) {
            // A key that is blank has been told.
            let told = cell.value == Value::Blank && table.key.contains(&at.column);
            if rules.required && !told && !absent.from(cell.origin.sheet) {
                problems.push(problem::blank(level, place(), &name));
            }
        } else if let Some(broken) = ready.broken(cell, finder.spec(at).kind) {
            problems.push(match broken {
                Broken::Kind(kind) => problem::not_of_kind(level, place(), &name, &value_shown(&cell.value), kind),
                Broken::Range(dates) => {
                    let range = rules.range.as_ref();
                    let (least, greatest) =
                        range.map_or(("", ""), |range| (range.least.as_str(), range.greatest.as_str()));
                    problem::out_of_range(level, place(), &name, &value_shown(&cell.value), (least, greatest), dates)
                }
                Broken::OneOf => problem::none_of(level, place(), &name, &value_shown(&cell.value), &rules.one_of),
                Broken::Pattern(pattern) => {
                    problem::written_otherwise(level, place(), &name, &value_shown(&cell.value), pattern)
                }
            });
        }
    }
    if rules.required {
        for sheet in absent.told_by_nobody() {
            problems.push(problem::absent(ready.level, finder.sheet(sheet), &name));
        }
    }
}

/// The first rule that a value breaks.
enum Broken<'a> {
    Kind(Kind),
    /// Whether the range is one of dates.
    Range(bool),
    OneOf,
    Pattern(&'a Pattern),
}

impl<'a> Ready<'a> {
    fn new(rules: &'a ColumnRules, problems: &mut Vec<Diagnostic>) -> Self {
        let ends = rules.range.as_ref().and_then(|range| {
            Ends::parse(range).map_err(|why| problems.push(problem::no_range(range.place.clone(), &why))).ok()
        });
        let pattern = rules.pattern.as_ref().and_then(|pattern| match compile(&pattern.expression) {
            Ok(regex) => Some((regex, pattern)),
            Err(error) => {
                problems.push(problem::bad_pattern(pattern, &error));
                None
            }
        });
        let one_of =
            rules.one_of.iter().filter_map(|value| comparable(&Value::Text(value.as_str().into())).map(Into::into));
        Self { rules, level: rules.level.unwrap_or(Severity::Error), ends, one_of: one_of.collect(), pattern }
    }

    fn broken(&self, cell: &Cell, column: Kind) -> Option<Broken<'a>> {
        let value = &cell.value;
        let told =
            column == Kind::Number && !matches!(value, Value::Number(_)) && self.rules.kind != Some(Kind::Number);
        if told {
            return None;
        }
        if let Some(kind) = self.rules.kind.filter(|kind| !is_of_kind(value, *kind)) {
            return Some(Broken::Kind(kind));
        }
        if let Some(ends) = self.ends {
            match ends.hold(value) {
                Some(true) => {}
                Some(false) => return Some(Broken::Range(ends.are_dates())),
                None if ends.are_dates() || column == Kind::Date => return Some(Broken::Kind(Kind::Date)),
                None => return Some(Broken::Kind(Kind::Number)),
            }
        }
        if !self.one_of.is_empty() && comparable(value).is_none_or(|value| !self.one_of.contains(value.as_ref())) {
            return Some(Broken::OneOf);
        }
        let (regex, pattern) = self.pattern.as_ref()?;
        (!regex.is_match(&value_shown(value))).then_some(Broken::Pattern(pattern))
    }
}

/// The whole value must match.
fn compile(expression: &str) -> Result<Regex, regex::Error> {
    // By itself first: `a)(b` is no expression, though it is one with brackets around it.
    RegexBuilder::new(expression).size_limit(LARGEST_PATTERN).build()?;
    RegexBuilder::new(&format!("^(?:{expression})$")).size_limit(LARGEST_PATTERN).build()
}

fn is_of_kind(value: &Value, kind: Kind) -> bool {
    match kind {
        Kind::Text => true,
        Kind::Number => matches!(value, Value::Number(_)),
        Kind::Date => matches!(value, Value::Date(_)),
        Kind::Bool => matches!(value, Value::Bool(_)),
    }
}

/// Nothing, or in a column of words a dash or stroke for nothing. 无 is an answer there.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Blank => true,
        Value::Text(text) => text.chars().all(|c| "—－–-/／\\".contains(c)),
        _ => false,
    }
}
