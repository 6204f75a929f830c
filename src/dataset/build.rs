//! One table from the sheets that it is read from.

use rayon::prelude::*;

use super::cell::{self, Reading};
use super::kind::{NameSays, Tally};
use super::locate::Located;
use super::names::{find_name, trimmed};
use super::plan::{self, Plan};
use super::problem::{self, At};
use super::reader::{Place, Reader};
use super::scale::Scale;
use super::{Cell, Column, ColumnSpec, Kind, Origin, Row, Table, Value};
use crate::diagnostic::Diagnostic;
use crate::workbook::{CellValue, Sheet};

/// So many rows are read at a time by one thread: few enough that the last of a few thousand do not keep all waiting.
const CHUNK: usize = 512;

/// A sheet with the table found in it.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) at: At<'a>,
    pub(super) sheet: &'a Sheet,
    /// Index into the dataset's sheets.
    pub(super) id: u32,
    pub(super) located: Located,
}

impl Source<'_> {
    fn origin(&self, row: u32, column: u32) -> Origin {
        let (row, column) = self.at.cell_of(row, column);
        Origin { sheet: self.id, row, column }
    }
}

/// Puts the sources together: columns by name in any order, rows one source after the other. Beside the table, how the
/// numbers of each column and source became those of the table.
pub(super) fn table(
    name: &str,
    columns: &[ColumnSpec],
    sources: &[Source<'_>],
    problems: &mut Vec<Diagnostic>,
) -> (Table, Vec<Vec<Scale>>) {
    let plans = plan::columns(name, columns, sources, problems);
    let says = plans.iter().map(|plan| {
        let says = NameSays::of(&plan.name);
        NameSays { percent: says.percent || plan.percent, ..says }
    });
    let says: Vec<_> = says.collect();
    let rows: Vec<_> = sources
        .iter()
        .enumerate()
        .flat_map(|(number, source)| source.located.rows.iter().map(move |row| (number, *row)))
        .collect();
    let count = |mut tallies: Vec<Tally>, (number, row): &(usize, u32)| {
        let source = &sources[*number];
        for ((plan, tally), says) in plans.iter().zip(&mut tallies).zip(&says) {
            if let Some(column) = plan.places[*number] {
                tally.count(held(source, *row, column).0, says.date);
            }
        }
        tallies
    };
    let none = || vec![Tally::default(); plans.len()];
    let tallies = rows.par_chunks(CHUNK).map(|rows| rows.iter().fold(none(), count)).reduce(none, |mut all, part| {
        all.iter_mut().zip(part).for_each(|(tally, part)| tally.add(&part));
        all
    });
    let mut declared = vec![None; plans.len()];
    for spec in columns.iter().filter(|spec| spec.kind.is_some()) {
        let column = find_name(plans.iter().map(|plan| plan.name.as_str()), &spec.name);
        column.and_then(|column| declared.get_mut(column)).into_iter().for_each(|declared| *declared = spec.kind);
    }
    let readers = tallies.iter().zip(&says).zip(declared);
    let readers: Vec<_> = readers.map(|((tally, says), declared)| Reader::new(tally, *says, declared)).collect();
    for ((plan, tally), (says, reader)) in plans.iter().zip(&tallies).zip(says.iter().zip(&readers)) {
        if says.percent && reader.kind() == Kind::Number && tally.are_shares() {
            let mut places = sources.iter().zip(&plan.places);
            let first = places.find_map(|(source, place)| place.map(|column| (source, column)));
            let told = first.map(|(source, column)| {
                problem::shares_in_percent(source.at, source.located.header.bottom as u32, column, &plan.name)
            });
            problems.extend(told);
        }
    }
    let orders = plans.iter().zip(&tallies).map(|(plan, tally)| {
        let order = |(source, place): (&Source<'_>, &Option<u32>)| day_first(source, (*place)?);
        let sources = sources.iter().zip(&plan.places);
        if tally.has_years_last() { sources.map(order).collect() } else { Vec::new() }
    });
    let orders: Vec<Vec<Option<bool>>> = orders.collect();
    let kinds: Vec<_> = readers.iter().map(Reader::kind).collect();
    let read = rows.par_chunks(CHUNK).map(|rows| {
        let (mut readers, mut problems) = (readers.clone(), Vec::new());
        let read = |(number, row): &(usize, u32)| {
            read_row(&sources[*number], *number, *row, (&plans, &orders), &mut readers, &mut problems)
        };
        let rows: Vec<_> = rows.iter().map(read).collect();
        (rows, problems)
    });
    let read: Vec<_> = read.collect();
    let mut rows = Vec::with_capacity(rows.len());
    for (part, found) in read {
        rows.extend(part);
        problems.extend(found);
    }
    let (columns, scales) =
        plans.into_iter().zip(kinds).map(|(plan, kind)| (Column { name: plan.name, kind }, plan.scales)).unzip();
    (Table { name: name.to_owned(), columns, key: Vec::new(), rows }, scales)
}

/// Reads a row of the source of this number.
fn read_row(
    source: &Source<'_>,
    number: usize,
    row: u32,
    (plans, orders): (&[Plan], &[Vec<Option<bool>>]),
    readers: &mut [Reader],
    problems: &mut Vec<Diagnostic>,
) -> Row {
    let mut cells = Vec::with_capacity(plans.len());
    for ((plan, order), reader) in plans.iter().zip(orders).zip(readers) {
        let Some(column) = plan.places[number] else {
            let fallback = source.located.header.columns.first().map_or(0, |(column, _)| *column as u32);
            cells.push(Cell { value: Value::Blank, origin: source.origin(row, fallback) });
            continue;
        };
        let (raw, held_by) = held(source, row, column);
        let scale = plan.scales.get(number).copied().unwrap_or_default();
        let day_first = order.get(number).copied().flatten();
        let place = Place { at: source.at, row: held_by, column, name: &plan.name, scale, day_first };
        let value = reader.read(raw, &place, problems);
        if held_by != row && matches!(value, Value::Number(_)) && row.checked_sub(1) == Some(held_by) {
            problems.push(problem::merged_number(source.at, held_by, column, &plan.name));
        }
        cells.push(Cell { value, origin: source.origin(held_by, column) });
    }
    Row { cells }
}

/// Whether a sheet's dates with the year last have the day first, as far as some of them can mean only one day and all
/// of these agree.
fn day_first(source: &Source<'_>, column: u32) -> Option<bool> {
    let cells = source.located.rows.iter().map(|row| held(source, *row, column).0);
    let mut known = cells.filter_map(|cell| match cell {
        CellValue::Text(text) => match cell::read(&trimmed(text)) {
            Reading::YearLast(date) => date.is_day_first(),
            _ => None,
        },
        _ => None,
    });
    let first = known.next()?;
    known.all(|other| other == first).then_some(first)
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
