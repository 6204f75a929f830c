//! Comparisons, and what counts as true.

use std::cmp::Ordering;

use super::Arguments;
use crate::dataset::{Dataset, Date};
use crate::template::calendar;
use crate::template::expression::{Runner, Traced, Value};
use crate::template::problem::values as problem;

/// Zero, blank, 否 and an empty table are false; a column is true if it has anything in it.
pub(in crate::template) fn is_true(dataset: &Dataset, value: &Value) -> bool {
    match value {
        Value::Blank => false,
        Value::Number(number) | Value::Figure { number, .. } => *number != 0.0,
        Value::Text(text) => !matches!(text.trim(), "" | "否"),
        Value::Date(_) => true,
        Value::Bool(yes) => *yes,
        Value::Rows(rows) => rows.len(dataset) > 0,
        Value::Groups(groups) => !groups.is_empty(),
        Value::Column(rows, column) => {
            let mut cells = rows.column(dataset, *column).map(|cell| Value::from(&cell.value));
            match rows.len(dataset) {
                1 => cells.next().is_some_and(|value| is_true(dataset, &value)),
                _ => cells.any(|value| !value.is_blank()),
            }
        }
    }
}

/// Whether two numbers are the same but for the last figures of a double.
pub(in crate::template) fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// Whether two values are the same to a reader.
pub(in crate::template) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Blank, Value::Blank) => true,
        (Value::Text(a), Value::Text(b)) => a.trim() == b.trim(),
        (Value::Bool(yes), other) | (other, Value::Bool(yes)) => match other {
            Value::Bool(other) => yes == other,
            Value::Text(text) => text.trim() == if *yes { "是" } else { "否" },
            _ => false,
        },
        _ => compare(a, b) == Some(Ordering::Equal),
    }
}

/// How two values stand to each other; nothing if they cannot be compared.
pub(in crate::template) fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (as_number(a), as_number(b)) {
        return if equal(a, b) { Some(Ordering::Equal) } else { a.partial_cmp(&b) };
    }
    if let (Some(a), Some(b)) = (as_date(a), as_date(b)) {
        return Some(a.cmp(&b));
    }
    None
}

/// An order of all values, for sorting: numbers, dates, then words.
pub(in crate::template) fn order(a: &Value, b: &Value) -> Ordering {
    let kind = |value: &Value| match value {
        Value::Number(_) | Value::Figure { .. } => 0,
        Value::Date(_) => 1,
        Value::Bool(_) => 2,
        Value::Text(_) => 3,
        _ => 4,
    };
    kind(a).cmp(&kind(b)).then_with(|| match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Number(a) | Value::Figure { number: a, .. }, Value::Number(b) | Value::Figure { number: b, .. }) => {
            a.total_cmp(b)
        }
        _ => Ordering::Equal,
    })
}

fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) | Value::Figure { number, .. } => Some(*number),
        Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn as_date(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Text(text) => calendar::read(text),
        _ => None,
    }
}

fn two<'a>(arguments: &'a Arguments<'_>) -> Option<(&'a Traced, &'a Traced)> {
    arguments.value(0).zip(arguments.value(1))
}

fn boolean(yes: bool) -> Traced {
    Traced::from(Value::Bool(yes))
}

pub(super) fn eq(_: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    boolean(two(arguments).is_some_and(|(a, b)| same(&a.value, &b.value)))
}

pub(super) fn ne(_: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    boolean(two(arguments).is_some_and(|(a, b)| !same(&a.value, &b.value)))
}

pub(super) fn gt(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    compared(runner, arguments, Ordering::is_gt)
}

pub(super) fn ge(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    compared(runner, arguments, Ordering::is_ge)
}

pub(super) fn lt(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    compared(runner, arguments, Ordering::is_lt)
}

pub(super) fn le(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    compared(runner, arguments, Ordering::is_le)
}

/// A blank is neither larger nor smaller than anything.
fn compared(runner: &mut Runner<'_>, arguments: &Arguments<'_>, wanted: fn(Ordering) -> bool) -> Traced {
    let Some((a, b)) = two(arguments).filter(|(a, b)| !a.value.is_blank() && !b.value.is_blank()) else {
        return boolean(false);
    };
    let found = compare(&a.value, &b.value);
    if found.is_none() {
        let odd = if as_number(&a.value).is_none() && as_date(&a.value).is_none() { a } else { b };
        runner.report(problem::not_comparable(runner.value_place(odd, arguments.at()), &odd.value));
    }
    boolean(found.is_some_and(wanted))
}

pub(super) fn and(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    boolean(arguments.values.iter().all(|value| is_true(runner.dataset, &value.value)))
}

pub(super) fn or(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    boolean(arguments.values.iter().any(|value| is_true(runner.dataset, &value.value)))
}

pub(super) fn not(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    boolean(!arguments.value(0).is_some_and(|value| is_true(runner.dataset, &value.value)))
}
