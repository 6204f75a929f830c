//! Values that must not differ from last year's by more than a limit.

use std::borrow::Cow;
use std::collections::HashMap;

use super::find::{At, Finder};
use super::{ColumnRules, problem};
use crate::dataset::{TableId, comparable};
use crate::diagnostic::{Diagnostic, Severity};

/// How much a value may differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Limit {
    /// By a share of last year's value.
    Share(f64),
    /// By a number.
    Number(f64),
}

impl Limit {
    /// `20%`, or a number that is not negative.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        match text.strip_suffix(['%', '％']) {
            Some(percent) => number(percent).map(|percent| Self::Share(percent / 100.0)),
            None => number(text).map(Self::Number),
        }
    }

    /// From nothing to something is more than any share.
    fn is_exceeded(self, before: f64, now: f64) -> bool {
        let difference = (now - before).abs();
        let allowed = match self {
            Self::Share(share) => share * before.abs(),
            Self::Number(number) => number,
        };
        difference > allowed + 1e-9 * (now.abs() + before.abs())
    }
}

pub(super) fn check(finder: &Finder<'_>, rules: &ColumnRules, at: At, problems: &mut Vec<Diagnostic>) {
    let Some(change) = &rules.change else { return };
    let limit = Limit::parse(&change.above);
    if limit.is_none() {
        problems.push(problem::no_limit(change));
    }
    let now = finder.numbers(&rules.column, problems).filter(|now| *now == at);
    let before = finder.numbers(&change.from, problems);
    let (Some(limit), Some(_), Some(before)) = (limit, now, before) else { return };
    let earlier = if before.table == at.table {
        None
    } else {
        match rows_by_key(finder, at.table, before.table) {
            Some(rows) => Some(rows),
            None => {
                let (this, other) = (finder.table_of(at.table), finder.table_of(before.table));
                problems.push(problem::other_key(change, this, other));
                return;
            }
        }
    };
    let level = rules.level.unwrap_or(Severity::Warning);
    let factor = finder.spec(before).factor_to(finder.spec(at)).unwrap_or(1.0);
    for row in 0..finder.table_of(at.table).rows.len() as u32 {
        let other = match &earlier {
            None => Some(row),
            Some(rows) => key(finder, at.table, row).and_then(|key| rows.get(&key).copied()),
        };
        let Some(other) = other else { continue };
        let (Some(is), Some(was)) = (finder.number(at, row), finder.number(before, other)) else { continue };
        let was = was * factor;
        if limit.is_exceeded(was, is)
            && let (Some(cell), Some(then)) = (finder.cell(at, row), finder.cell(before, other))
        {
            let (place, then) = (finder.place(cell.origin), finder.place(then.origin));
            problems.push(problem::changed_much(level, place, &finder.name(at), (was, is), &change.above, &then));
        }
    }
}

type Key<'a> = Vec<Cow<'a, str>>;

/// The rows of the other table by their keys; nothing if the keys of the two tables cannot be compared.
fn rows_by_key<'a>(finder: &Finder<'a>, table: TableId, other: TableId) -> Option<HashMap<Key<'a>, u32>> {
    let columns = |table: TableId| finder.table_of(table).key.len();
    if columns(table) == 0 || columns(table) != columns(other) {
        return None;
    }
    let rows = 0..finder.table_of(other).rows.len() as u32;
    // Of rows with the same key, which has been told, the first counts.
    Some(rows.rev().filter_map(|row| Some((key(finder, other, row)?, row))).collect())
}

fn key<'a>(finder: &Finder<'a>, table: TableId, row: u32) -> Option<Key<'a>> {
    let table = finder.table_of(table);
    let cells = &table.rows.get(row as usize)?.cells;
    table.key.iter().map(|column| comparable(&cells.get(*column)?.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_share_or_a_number() {
        assert_eq!(Limit::parse("20%"), Some(Limit::Share(0.2)));
        assert_eq!(Limit::parse(" 30 "), Some(Limit::Number(30.0)));
        assert_eq!(Limit::parse("-1"), None);
        assert_eq!(Limit::parse("两成"), None);
    }

    #[test]
    fn just_as_much_as_the_limit_is_right() {
        let share = Limit::Share(0.2);
        assert!(!share.is_exceeded(10.0, 12.0) && share.is_exceeded(10.0, 12.1) && share.is_exceeded(10.0, 7.9));
        assert!(!share.is_exceeded(0.0, 0.0) && share.is_exceeded(0.0, 1.0));
        assert!(!Limit::Number(3.0).is_exceeded(0.3, 3.3) && Limit::Number(3.0).is_exceeded(1.0, 5.0));
    }
}
