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
        Value::Date(_) | Value::Picture(_) => true,
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

pub(super) fn like(_: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let shown = |value: &Traced| value.value.shown().unwrap_or_default();
    boolean(two(arguments).is_some_and(|(text, pattern)| matches_pattern(shown(text).trim(), &shown(pattern))))
}

/// Whether a text is as a pattern says, in which `*` stands for any characters and `?` for one.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut sign) = (0, 0);
    // Where the last star stands, and how far it reaches.
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = text.get(at) {
        match pattern.get(sign) {
            Some('*') => {
                star = Some((sign, at));
                sign += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == c => (at, sign) = (at + 1, sign + 1),
            _ => match star {
                Some((place, reach)) => {
                    star = Some((place, reach + 1));
                    (at, sign) = (reach + 1, place + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(sign..).unwrap_or_default().iter().all(|c| *c == '*')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters_and_question_marks_for_one() {
        for (text, pattern, fits) in [
            ("王小明", "王*", true),
            ("王小明", "王?", false),
            ("王小明", "*小*", true),
            ("王小明", "王小明", true),
            ("", "*", true),
            ("", "?", false),
            ("aab", "*ab", true),
            ("abcabd", "a*b?", true),
        ] {
            assert_eq!(matches_pattern(text, pattern), fits, "{text} {pattern}");
        }
    }
}
