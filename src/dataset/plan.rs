//! Which columns a table has, and where each stands in every sheet that the table is read from.

use std::collections::HashMap;

use super::ColumnSpec;
use super::build::Source;
use super::heading::Heading;
use super::locate::is_serial;
use super::names::{self, folded, last_part, only};
use super::scale::{self, Scale};
use super::{also, problem};
use crate::diagnostic::{Diagnostic, nearest};

/// Most pairs of names that are compared for being nearly equal.
const MOST_COMPARED: usize = 1 << 20;

/// A column of the table.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) name: String,
    /// For each source, where it stands there.
    pub(super) places: Vec<Option<u32>>,
    /// For each source, how its numbers become those of the column.
    pub(super) scales: Vec<Scale>,
    /// Whether it counts in percent.
    pub(super) percent: bool,
}

/// Which columns the table has. Most sheets must have a column, or the first of two: else it is an extra of few.
pub(super) fn columns(
    table: &str,
    specs: &[ColumnSpec],
    sources: &[Source<'_>],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Plan> {
    let mut known = Known::default();
    // Most files of a folder have the same header. Of each that is placed without a question, the number of a source that
    // has it: until there are new columns, its equals are placed as it is.
    let mut placed: HashMap<&[(usize, String)], usize> = HashMap::new();
    for (number, source) in sources.iter().enumerate() {
        let header = source.located.header.columns.as_slice();
        if let Some(equal) = placed.get(header) {
            known.place_like(*equal);
            continue;
        }
        let told = problems.len();
        let names = unique_names(source, problems);
        let names = also::renamed(source.at, source.located.header.bottom as u32, names, specs, problems);
        if known.place(number, names) {
            placed.clear();
        } else if problems.len() == told {
            placed.insert(header, number);
        }
    }
    let mut plans = known.plans;
    report_missing(table, &plans, sources, problems);
    scale::settle(table, &mut plans, specs, sources, problems);
    plans
}

/// The columns that are known from the sheets looked at.
#[derive(Debug, Default)]
struct Known {
    plans: Vec<Plan>,
    /// The heading of each.
    headings: Vec<Heading>,
    /// The first of each name.
    by_name: HashMap<String, usize>,
}

impl Known {
    /// Places the columns of the source of this number, which comes next; says whether some are new.
    fn place(&mut self, number: usize, names: Vec<(u32, String)>) -> bool {
        let mut places = vec![None; self.plans.len()];
        let waiting = self.take_equal(names, &mut places);
        let new = self.take_nearly_equal(waiting, &mut places);
        for (plan, place) in self.plans.iter_mut().zip(places) {
            plan.places.push(place);
        }
        let any_new = !new.is_empty();
        for (column, name) in new {
            let mut places = vec![None; number];
            places.push(Some(column));
            self.by_name.entry(folded(&name).into_owned()).or_insert(self.plans.len());
            self.headings.push(Heading::of(&name));
            self.plans.push(Plan { name, places, scales: Vec::new(), percent: false });
        }
        any_new
    }

    /// Places the columns of the next source as those of another.
    fn place_like(&mut self, equal: usize) {
        for plan in &mut self.plans {
            plan.places.push(plan.places.get(equal).copied().flatten());
        }
    }

    /// Places the columns whose names are those of known columns, and hands back the others.
    fn take_equal(&self, names: Vec<(u32, String)>, places: &mut [Option<u32>]) -> Vec<(u32, String)> {
        let mut waiting = Vec::new();
        for (column, name) in names {
            match self.by_name.get(folded(&name).as_ref()).and_then(|at| places.get_mut(*at)) {
                Some(place @ None) => *place = Some(column),
                _ => waiting.push((column, name)),
            }
        }
        waiting
    }

    /// Places the columns that are known ones but for a unit or the upper levels of their names, after all equal names,
    /// so that none takes another's place; hands back the others, which are new.
    fn take_nearly_equal(&self, waiting: Vec<(u32, String)>, places: &mut [Option<u32>]) -> Vec<(u32, String)> {
        if waiting.len().saturating_mul(self.plans.len()) > MOST_COMPARED {
            return waiting;
        }
        let mut parts: HashMap<String, u32> = HashMap::new();
        for (_, name) in &waiting {
            *parts.entry(last_part(name).to_owned()).or_default() += 1;
        }
        let mut new = Vec::new();
        for (column, name) in waiting {
            // 党员队伍/正式党员 here may be 正式党员 there, if it is the only one.
            let is_only = parts.get(last_part(&name)) == Some(&1);
            match find_one(&self.headings, &Heading::of(&name), is_only).and_then(|at| places.get_mut(at)) {
                Some(place @ None) => *place = Some(column),
                _ => new.push((column, name)),
            }
        }
        new
    }
}

/// The only known heading that is one with another: that has its name or, if upper levels may be left out, the lowest
/// levels of its name.
pub(super) fn find_one(known: &[Heading], heading: &Heading, by_lowest: bool) -> Option<usize> {
    let one = |is_like: &dyn Fn(&Heading) -> bool| {
        only(known.iter().map(|known| is_like(known) && known.is_one_with(heading)))
    };
    one(&|known| known.is_called(heading))
        .or_else(|| one(&|known| if by_lowest { known.ends_like(heading) } else { known.goes_into(heading) }))
}

fn report_missing(table: &str, plans: &[Plan], sources: &[Source<'_>], problems: &mut Vec<Diagnostic>) {
    let having: Vec<_> = plans.iter().map(|plan| plan.places.iter().flatten().count()).collect();
    let is_required = |plan: &Plan, having: usize| {
        let in_first = plan.places.first().is_some_and(Option::is_some);
        !may_be_missing(&plan.name)
            && (in_first && (sources.len() <= 2 || having * 2 >= sources.len()) || having * 2 > sources.len())
    };
    for (number, source) in sources.iter().enumerate() {
        let (mut missing, mut extra) = (Vec::new(), Vec::new());
        for (plan, having) in plans.iter().zip(&having).filter(|(_, having)| **having < sources.len()) {
            match plan.places[number] {
                None if is_required(plan, *having) => missing.push(plan.name.as_str()),
                Some(column) if !is_required(plan, *having) => extra.push((column, plan.name.as_str())),
                _ => {}
            }
        }
        // A column that only few sheets have may be the missing one under another name.
        let own = extra.iter().map(|(_, name)| *name);
        let (renamed, others): (Vec<_>, Vec<_>) =
            missing.iter().partition(|name| nearest(name, own.clone()).is_some() || missing.len() == 1);
        problems.extend(renamed.into_iter().map(|name| problem::missing_column(source.at, table, name, own.clone())));
        if !others.is_empty() {
            problems.push(problem::missing_columns(source.at, &others));
        }
        let row = source.located.header.bottom as u32;
        let extra = extra.into_iter().filter(|(_, name)| !may_be_missing(name));
        problems.extend(extra.map(|(column, name)| problem::extra_column(source.at, row, column, name)));
    }
}

/// Nobody misses a serial number, or room for remarks where there are none.
fn may_be_missing(name: &str) -> bool {
    is_serial(name) || matches!(last_part(name), "备注" | "附注" | "备考" | "Remarks" | "Notes")
}

/// A sheet's columns; a name that is used twice gets a number.
fn unique_names(source: &Source<'_>, problems: &mut Vec<Diagnostic>) -> Vec<(u32, String)> {
    let header = &source.located.header;
    let mut names: Vec<(u32, String)> = Vec::with_capacity(header.columns.len());
    let mut seen = std::collections::HashSet::with_capacity(header.columns.len());
    // Where to go on counting, so that a thousand columns of one name are not counted from the start each time.
    let mut next: HashMap<&str, u32> = HashMap::new();
    for (column, name) in &header.columns {
        let mut unique = name.clone();
        let number = next.entry(name).or_insert(2);
        while !seen.insert(unique.clone()) {
            unique = names::numbered(name, *number);
            *number += 1;
        }
        if unique != *name {
            problems.push(problem::name_used_twice(source.at, header.bottom as u32, *column as u32, name, &unique));
        }
        names.push((*column as u32, unique));
    }
    names
}
