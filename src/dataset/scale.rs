//! Sheets that count one column in different units: 党费（元） in one, 党费（万元） in another. Numbers are turned into one
//! unit where the factor is certain; where nobody can tell, it is an error.

use std::collections::HashMap;

use super::build::{Source, held};
use super::heading::Heading;
use super::plan::{Plan, find_one};
use super::problem;
use super::unit::{Measure, Unit, scaled};
use super::{ColumnSpec, names};
use crate::diagnostic::Diagnostic;
use crate::workbook::CellValue;

/// How the numbers of a sheet's column become those of the table's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    factor: f64,
    /// Whether it has been told that nobody knows what the numbers mean.
    pub(super) is_told: bool,
}

impl Default for Scale {
    fn default() -> Self {
        Self { factor: 1.0, is_told: false }
    }
}

impl Scale {
    pub(super) fn of(self, number: f64) -> f64 {
        scaled(number, self.factor)
    }
}

/// What a sheet says of a column's unit.
struct Own<'a> {
    /// Number of the source.
    source: usize,
    column: u32,
    name: &'a str,
    heading: &'a Heading,
    unit: Option<&'a Unit>,
    /// Whether the unit stands above the table, not in the heading.
    above: bool,
}

/// Finds the unit of each column, and how the numbers of each source are turned into it.
pub(super) fn settle(
    table: &str,
    plans: &mut [Plan],
    specs: &[ColumnSpec],
    sources: &[Source<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let above: Vec<_> = sources.iter().map(unit_above).collect();
    // Few names stand in many files.
    let mut headings: HashMap<&str, Heading> = HashMap::new();
    for (_, name) in sources.iter().flat_map(|source| &source.located.header.columns) {
        headings.entry(name).or_insert_with(|| Heading::of(name));
    }
    let mut taken: Vec<String> = plans.iter().map(|plan| plan.name.clone()).collect();
    for (number, plan) in plans.iter_mut().enumerate() {
        plan.scales = vec![Scale::default(); sources.len()];
        let own = own(plan, sources, &above, &headings);
        if own.iter().all(|own| own.unit.is_none()) {
            continue;
        }
        let declared = declared(plan, number, specs, &taken);
        let said = declared.as_ref().and_then(|spec| Heading::of(&spec.name).unit);
        let Some(unit) = said.or_else(|| common(&own)) else { continue };
        plan.percent = unit.measure == Measure::Share && unit.size == 1.0;
        if !Heading::of(&plan.name).unit.is_some_and(|named| named.to(&unit) == Some(1.0)) {
            rename(plan, &own, (&unit, declared), number, &mut taken);
        }
        if plan.percent {
            settle_percent(plan, &own, sources, problems);
        } else {
            settle_amounts(table, plan, &own, (&unit, declared.is_some()), sources, problems);
        }
    }
}

/// What the project says of the column under a name with a unit.
fn declared<'a>(plan: &Plan, number: usize, specs: &'a [ColumnSpec], taken: &[String]) -> Option<&'a ColumnSpec> {
    let headings = [Heading::of(&plan.name)];
    let others = || taken.iter().enumerate().filter(|(other, _)| *other != number);
    specs.iter().find(|spec| {
        let heading = Heading::of(&spec.name);
        heading.unit.is_some()
            && find_one(&headings, &heading, false).is_some()
            && !others().any(|(_, other)| names::same_name(other, &spec.name))
    })
}

fn own<'a>(
    plan: &Plan,
    sources: &'a [Source<'_>],
    above: &'a [Option<Unit>],
    headings: &'a HashMap<&str, Heading>,
) -> Vec<Own<'a>> {
    let places = plan.places.iter().zip(sources).zip(above).enumerate();
    let mut all: Vec<_> = places
        .filter_map(|(source, ((place, found), above))| {
            let column = (*place)?;
            let columns = &found.located.header.columns;
            let at = columns.binary_search_by_key(&(column as usize), |(own, _)| *own).ok()?;
            let (_, name) = columns.get(at)?;
            let heading = headings.get(name.as_str())?;
            Some((Own { source, column, name, heading, unit: heading.unit.as_ref(), above: false }, above))
        })
        .collect();
    let counts_money = |unit: &Unit| unit.measure == Measure::Money;
    let others_count_money = all.iter().any(|(own, _)| own.unit.is_some_and(counts_money));
    for (own, above) in &mut all {
        if own.unit.is_none() && above.is_some() && (others_count_money || own.heading.says_money()) {
            own.unit = above.as_ref();
            own.above = own.unit.is_some();
        }
    }
    all.into_iter().map(|(own, _)| own).collect()
}

/// The unit of money that stands above a table: 单位：万元.
fn unit_above(source: &Source<'_>) -> Option<Unit> {
    let titles = source.located.titles.iter().rev();
    let texts = titles.map(|(_, _, title)| title.as_str());
    texts.flat_map(|title| title.split("单位").skip(1)).find_map(|after| {
        let said = after.trim_start().strip_prefix([':', '：', '（', '('])?;
        let folded = said.split_whitespace().next().map(names::folded)?;
        let words = folded.split([')', ',', '、', '/', ';', '。']);
        words.filter_map(Unit::parse).find(|unit| unit.measure == Measure::Money)
    })
}

/// The unit that most sheets name, the first of several; percent, if any names it, as shares of one become percentages
/// without doubt where they are shown as such.
fn common(own: &[Own<'_>]) -> Option<Unit> {
    let units = || own.iter().filter_map(|own| own.unit);
    let percent = units().find(|unit| unit.measure == Measure::Share && unit.size == 1.0);
    let mut votes: Vec<(&Unit, usize)> = Vec::new();
    for unit in units() {
        match votes.iter_mut().find(|(other, _)| other.to(unit) == Some(1.0)) {
            Some((_, count)) => *count += 1,
            None => votes.push((unit, 1)),
        }
    }
    // The last of equals is what max_by_key takes.
    percent.or_else(|| votes.iter().rev().max_by_key(|(_, count)| *count).map(|(unit, _)| *unit)).cloned()
}

/// Gives a column the name that the project, or else a sheet, has for it with its unit, if that is free.
fn rename(
    plan: &mut Plan,
    own: &[Own<'_>],
    (unit, declared): (&Unit, Option<&ColumnSpec>),
    number: usize,
    taken: &mut [String],
) {
    let named = Heading::of(&plan.name);
    let has_it = |own: &&Own<'_>| own.heading.unit.as_ref().is_some_and(|own| own.to(unit) == Some(1.0));
    let free = |own: &&Own<'_>| own.heading.ends_like(&named) && !taken.iter().any(|taken| taken == own.name);
    let of_sheet = || own.iter().filter(has_it).find(free).map(|own| own.name);
    let name = declared.map(|spec| spec.name.as_str()).or_else(of_sheet).map(str::to_owned);
    if let (Some(name), Some(taken)) = (name, taken.get_mut(number)) {
        taken.clone_from(&name);
        plan.name = name;
    }
}

/// A heading that names no unit among others that do counts in theirs if that is the plain one, as 元 is; else it is
/// told where fewer are concerned. If the project names the unit, it counts in that.
fn settle_amounts(
    table: &str,
    plan: &mut Plan,
    own: &[Own<'_>],
    (unit, declared): (&Unit, bool),
    sources: &[Source<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let stated = own.iter().filter(|own| own.unit.is_some()).count();
    let sure = declared || unit.size == 1.0 && own.iter().any(|own| own.unit == Some(unit));
    let blames_silent = (own.len() - stated) <= stated;
    for Own { source, column, name, unit: own_unit, above, .. } in own {
        let Some(found) = sources.get(*source) else { continue };
        let (at, row) = (found.at, found.located.header.bottom as u32);
        let place = (at, row, *column);
        match own_unit {
            Some(own_unit) => match own_unit.to(unit) {
                Some(factor) => {
                    if factor != 1.0 {
                        problems.push(problem::converted(place, own_unit, *above, &plan.name, unit, factor));
                    }
                    if !sure && !blames_silent && stated < own.len() {
                        problems.push(problem::unit_here_alone(place, table, name, own_unit));
                    }
                    if let Some(scale) = plan.scales.get_mut(*source) {
                        scale.factor = factor;
                    }
                }
                None => problems.push(problem::other_measure(place, name, own_unit, unit)),
            },
            None if sure || !blames_silent => {}
            None => problems.push(problem::unit_missing(place, table, name, unit)),
        }
    }
}

/// 92 under a heading without a percent sign is 92% among others that count in percent; of 0.92 nobody knows.
fn settle_percent(plan: &mut Plan, own: &[Own<'_>], sources: &[Source<'_>], problems: &mut Vec<Diagnostic>) {
    for Own { source: number, column, name, unit, .. } in own {
        let (Some(source), Some(scale)) = (sources.get(*number), plan.scales.get_mut(*number)) else { continue };
        match unit {
            Some(unit) => scale.factor = unit.size,
            None => {
                let cells = source.located.rows.iter().map(|row| (*row, held(source, *row, *column).0));
                let numbers = cells.filter_map(|(row, cell)| Some((row, plain_number(cell)?)));
                let numbers: Vec<_> = numbers.filter(|(_, number)| *number != 0.0).collect();
                let small = |(_, number): &&(u32, f64)| number.abs() < 1.0;
                let odd = numbers.iter().find(small).or_else(|| numbers.first().filter(|(_, one)| *one == 1.0));
                let all_ones = numbers.iter().all(|(_, number)| number.abs() <= 1.0);
                if let Some((row, share)) = odd.filter(|(_, share)| share.abs() < 1.0 || all_ones) {
                    scale.is_told = true;
                    problems.push(problem::percent_or_share((source.at, *row, *column), name, &plan.name, *share));
                }
            }
        }
    }
}

fn plain_number(cell: &CellValue) -> Option<f64> {
    match cell {
        CellValue::Number(number) => Some(*number),
        CellValue::Text(text) => match super::cell::read(&names::trimmed(text)) {
            super::cell::Reading::Number(number) => Some(number),
            _ => None,
        },
        _ => None,
    }
}
