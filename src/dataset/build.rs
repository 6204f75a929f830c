//! One table from the sheets that it is read from.

use std::sync::Arc;

use super::cell::{self, Reading};
use super::kind::{NameSays, Tally};
use super::locate::Located;
use super::names::{find_name, last_part, same_name, trimmed};
use super::problem::{self, At};
use super::{Cell, Column, Date, Kind, Origin, Row, Table, Value};
use crate::diagnostic::Diagnostic;
use crate::workbook::{CellValue, Sheet};

/// A sheet with the table found in it.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) at: At<'a>,
    pub(super) sheet: &'a Sheet,
    /// Index into the dataset's sheets.
    pub(super) id: u32,
    pub(super) located: Located,
}

/// A column of the table: for each source, where it stands there.
struct Plan {
    name: String,
    places: Vec<Option<u32>>,
}

/// Puts the sources together: columns by name in any order, rows one source after the other.
pub(super) fn table(name: &str, sources: &[Source<'_>], problems: &mut Vec<Diagnostic>) -> Table {
    let plans = plan(sources, problems);
    let says: Vec<_> = plans.iter().map(|plan| NameSays::of(&plan.name)).collect();
    let mut tallies = vec![Tally::default(); plans.len()];
    for (number, source) in sources.iter().enumerate() {
        let places: Vec<_> = plans.iter().map(|plan| plan.places[number]).collect();
        for row in &source.located.rows {
            for ((place, tally), says) in places.iter().zip(&mut tallies).zip(&says) {
                if let Some(column) = place {
                    tally.count(held(source, *row, *column).0, says.date);
                }
            }
        }
    }
    let kinds: Vec<_> = tallies.iter().zip(&says).map(|(tally, says)| tally.kind(*says)).collect();
    let mut readers: Vec<_> = kinds
        .iter()
        .zip(&tallies)
        .zip(&says)
        .map(|((kind, tally), says)| Reader { kind: *kind, codes: tally.has_codes(*says), says: *says, last: None })
        .collect();
    let mut rows = Vec::with_capacity(sources.iter().map(|source| source.located.rows.len()).sum());
    for (number, source) in sources.iter().enumerate() {
        let fallback = source.located.header.columns.first().map_or(0, |(column, _)| *column as u32);
        for row in &source.located.rows {
            let mut cells = Vec::with_capacity(plans.len());
            for (plan, reader) in plans.iter().zip(&mut readers) {
                let Some(column) = plan.places[number] else {
                    let origin = Origin { sheet: source.id, row: *row, column: fallback };
                    cells.push(Cell { value: Value::Blank, origin });
                    continue;
                };
                let (raw, held_by) = held(source, *row, column);
                let value = reader.read(raw, &Place { at: source.at, row: held_by, column, plan }, problems);
                if held_by != *row && matches!(value, Value::Number(_)) && row.checked_sub(1) == Some(held_by) {
                    problems.push(problem::merged_number(source.at, held_by, column, &plan.name));
                }
                cells.push(Cell { value, origin: Origin { sheet: source.id, row: held_by, column } });
            }
            rows.push(Row { cells });
        }
    }
    let columns = plans.into_iter().zip(kinds).map(|(plan, kind)| Column { name: plan.name, kind }).collect();
    Table { name: name.to_owned(), columns, key: Vec::new(), rows }
}

/// What stands in a cell, or in the one merged down over it, and in which row that is.
pub(super) fn held<'a>(source: &Source<'a>, row: u32, column: u32) -> (&'a CellValue, u32) {
    let own = source.sheet.cell(row as usize, column as usize);
    if *own != CellValue::Empty {
        return (own, row);
    }
    let holder = source.located.holder(row, column);
    (source.sheet.cell(holder as usize, column as usize), holder)
}

/// Which columns the table has. Most sheets must have a column, or the first of two: else it is an extra of few.
fn plan(sources: &[Source<'_>], problems: &mut Vec<Diagnostic>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let names = unique_names(source, problems);
        // Names first, so that a nearly equal name does not take another's place.
        let mut taken = vec![false; plans.len()];
        let mut waiting = Vec::new();
        for (column, name) in names {
            match plans.iter().position(|plan| same_name(&plan.name, &name)) {
                Some(at) if !taken[at] => {
                    plans[at].places[number] = Some(column);
                    taken[at] = true;
                }
                _ => waiting.push((column, name)),
            }
        }
        for (column, name) in waiting {
            let by_part = find_name(plans.iter().map(|plan| plan.name.as_str()), &name);
            // 党员队伍/正式党员 here may be 正式党员 there, if it is the only one.
            let part = last_part(&name);
            let only = source.located.header.columns.iter().filter(|(_, other)| last_part(other) == part).count() == 1;
            let by_part = by_part.or_else(|| {
                let names = plans.iter().map(|plan| plan.name.as_str());
                if only && part != name { find_name(names, part) } else { None }
            });
            match by_part.filter(|at| taken.get(*at) == Some(&false)) {
                Some(at) => {
                    plans[at].places[number] = Some(column);
                    taken[at] = true;
                }
                None => {
                    let mut places = vec![None; sources.len()];
                    places[number] = Some(column);
                    plans.push(Plan { name, places });
                    taken.push(true);
                }
            }
        }
    }
    report_missing(&plans, sources, problems);
    plans
}

fn report_missing(plans: &[Plan], sources: &[Source<'_>], problems: &mut Vec<Diagnostic>) {
    for plan in plans {
        let having = plan.places.iter().flatten().count();
        let in_first = plan.places.first().is_some_and(Option::is_some);
        let required = in_first && (sources.len() <= 2 || having * 2 >= sources.len()) || having * 2 > sources.len();
        for (number, source) in sources.iter().enumerate() {
            match plan.places[number] {
                None if required => {
                    // A column that only this sheet has may be the missing one under another name.
                    let own = plans.iter().filter(|other| {
                        other.places[number].is_some() && other.places.iter().flatten().count() < sources.len()
                    });
                    let own = own.map(|other| other.name.as_str());
                    problems.push(problem::missing_column(source.at, &plan.name, own));
                }
                Some(column) if !required && having < sources.len() => {
                    let row = source.located.header.bottom as u32;
                    problems.push(problem::extra_column(source.at, row, column, &plan.name));
                }
                _ => {}
            }
        }
    }
}

/// A sheet's columns; a name that is used twice gets a number.
fn unique_names(source: &Source<'_>, problems: &mut Vec<Diagnostic>) -> Vec<(u32, String)> {
    let header = &source.located.header;
    let mut names: Vec<(u32, String)> = Vec::with_capacity(header.columns.len());
    let mut seen = std::collections::HashSet::with_capacity(header.columns.len());
    for (column, name) in &header.columns {
        let mut unique = name.clone();
        let mut number = 2_u32;
        while !seen.insert(unique.clone()) {
            unique = format!("{name}{number}");
            number += 1;
        }
        if unique != *name {
            problems.push(problem::name_used_twice(source.at, header.bottom as u32, *column as u32, name, &unique));
        }
        names.push((*column as u32, unique));
    }
    names
}

/// Where a value stands, for what is to be said about it.
struct Place<'a> {
    at: At<'a>,
    row: u32,
    column: u32,
    plan: &'a Plan,
}

/// Reads the cells of one column.
struct Reader {
    kind: Kind,
    codes: bool,
    says: NameSays,
    /// The last text as it stood and as it was taken: equal ones come in runs, and share their memory.
    last: Option<(Arc<str>, Arc<str>)>,
}

impl Reader {
    fn read(&mut self, raw: &CellValue, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        match raw {
            CellValue::Empty => Value::Blank,
            CellValue::Error(error) => {
                problems.push(problem::error_cell(place.at, place.row, place.column, error));
                Value::Blank
            }
            CellValue::NotComputed => {
                problems.push(problem::not_computed(place.at, place.row, place.column));
                Value::Blank
            }
            CellValue::Bool(yes) => Value::Bool(*yes),
            CellValue::Date { year, month, day } => {
                let date = Date { year: *year, month: Some(*month), day: Some(*day) };
                self.expected(Kind::Date, Value::Date(date), raw, place, problems)
            }
            CellValue::Number(number) => self.number(*number, place, problems),
            CellValue::Text(text) => self.text(text, place, problems),
        }
    }

    fn number(&self, number: f64, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        if !number.is_finite() {
            problems.push(problem::error_cell(place.at, place.row, place.column, &number.to_string()));
            return Value::Blank;
        }
        match self.kind {
            Kind::Date => match cell::date_of_number(number) {
                Some(date) => {
                    if cell::is_month_unsure(number) {
                        problems.push(problem::month_unsure(place.at, place.row, place.column, number));
                    }
                    Value::Date(date)
                }
                None => Value::Number(number),
            },
            Kind::Text if self.codes && number.fract() == 0.0 && number.abs() < 1e18 => {
                if number.abs() >= 1e15 {
                    problems.push(problem::digits_lost(place.at, place.row, place.column, number));
                }
                Value::Text(format!("{number:.0}").into())
            }
            _ => Value::Number(number),
        }
    }

    fn text(&mut self, text: &Arc<str>, place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Value {
        let clean = trimmed(text);
        if clean.is_empty() {
            return Value::Blank;
        }
        if self.kind == Kind::Text {
            return Value::Text(self.shared(text, &clean));
        }
        let reading = cell::read(&clean);
        match (self.kind, reading) {
            (_, Reading::Nothing) => Value::Blank,
            (Kind::Number, Reading::Number(number)) => Value::Number(number),
            (Kind::Number, Reading::Percent(number)) => {
                Value::Number(if self.says.percent { number } else { number / 100.0 })
            }
            (Kind::Number, Reading::Guess(number)) => {
                problems.push(problem::guessed_number(place.at, place.row, place.column, &clean, number));
                Value::Number(number)
            }
            (Kind::Date, _) => match cell::date_of_text(&clean) {
                Some(date) => Value::Date(date),
                None => Value::Text(self.shared(text, &clean)),
            },
            (Kind::Bool, Reading::Bool(yes)) => Value::Bool(yes),
            (Kind::Number, _) => {
                let at = place.at;
                problems.push(problem::text_in_number_column(at, place.row, place.column, &place.plan.name, &clean));
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
        if self.kind == Kind::Number && kind != Kind::Number {
            let shown = super::describe::shown(raw);
            let at = place.at;
            problems.push(problem::text_in_number_column(at, place.row, place.column, &place.plan.name, &shown));
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
