//! Helpers that compute numbers and put them into words.

use super::{Arguments, logic};
use crate::dataset::{self, Dataset};
use crate::template::expression::{Cells, Runner, TableRows, Traced, Value};
use crate::template::figure;

/// Shown for a share of nothing.
/// What a share of nothing is.
pub(super) const NO_SHARE: &str = "—";

/// The numbers of a column, and all its cells that are not blank.
fn numbers(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> (Vec<f64>, Cells) {
    let (mut numbers, mut cells) = (Vec::new(), Cells::default());
    let Some(Value::Column(rows, column)) = arguments.value(0).map(|value| &value.value) else {
        return (numbers, cells);
    };
    for cell in rows.column(runner.dataset, *column) {
        match &cell.value {
            dataset::Value::Blank => {}
            dataset::Value::Number(number) => {
                numbers.push(*number);
                cells.push(cell.origin);
            }
            _ => numbers.extend(runner.number(&Traced::of(cell), arguments)),
        }
    }
    (numbers, cells)
}

/// The sum of a column's numbers; blank without any.
pub(in crate::template) fn sum_of(dataset: &Dataset, rows: &TableRows, column: usize) -> Traced {
    let (mut sum, mut cells) = (None, Cells::default());
    for cell in rows.column(dataset, column) {
        if let dataset::Value::Number(number) = cell.value {
            sum = Some(sum.unwrap_or(0.0) + number);
            cells.push(cell.origin);
        }
    }
    Traced::new(sum.map_or(Value::Blank, Value::Number), cells)
}

pub(super) fn sum(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (numbers, cells) = numbers(runner, arguments);
    Traced::new(runner.finite(numbers.iter().sum::<f64>() + 0.0, arguments), cells)
}

pub(super) fn avg(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (numbers, cells) = numbers(runner, arguments);
    if numbers.is_empty() {
        return Traced::blank();
    }
    Traced::new(runner.finite(numbers.iter().sum::<f64>() / numbers.len() as f64, arguments), cells)
}

pub(super) fn min(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    extreme(runner, arguments, |candidate, best| logic::order(candidate, best).is_lt())
}

pub(super) fn max(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    extreme(runner, arguments, |candidate, best| logic::order(candidate, best).is_gt())
}

/// The outermost number or date, with the cell that holds it.
fn extreme(runner: &mut Runner<'_>, arguments: &Arguments<'_>, better: impl Fn(&Value, &Value) -> bool) -> Traced {
    let Some(Value::Column(rows, column)) = arguments.value(0).map(|value| &value.value) else {
        return Traced::blank();
    };
    let mut best: Option<Traced> = None;
    for cell in rows.column(runner.dataset, *column) {
        let value = Traced::of(cell);
        match value.value {
            Value::Blank => continue,
            Value::Number(_) | Value::Date(_) => {}
            _ => {
                runner.number(&value, arguments);
                continue;
            }
        }
        if best.as_ref().is_none_or(|best| better(&value.value, &best.value)) {
            best = Some(value);
        }
    }
    best.unwrap_or_else(Traced::blank)
}

/// The arguments as numbers, and the cells of them all.
fn values(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> (Vec<Option<f64>>, Cells) {
    let mut cells = Cells::default();
    let values = arguments.values.iter().map(|value| {
        cells.add(&value.cells);
        runner.number(value, arguments)
    });
    (values.collect(), cells)
}

/// Blanks count as nothing in a sum, unless there is nothing else.
pub(super) fn add(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    blanks_as_zero(runner, arguments, |a, b| a + b)
}

pub(super) fn sub(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    blanks_as_zero(runner, arguments, |a, b| a - b)
}

fn blanks_as_zero(runner: &mut Runner<'_>, arguments: &Arguments<'_>, with: fn(f64, f64) -> f64) -> Traced {
    let (values, cells) = values(runner, arguments);
    if values.iter().all(Option::is_none) {
        return Traced::new(Value::Blank, cells);
    }
    let result = values.into_iter().map(|value| value.unwrap_or(0.0)).reduce(with).unwrap_or(0.0);
    Traced::new(runner.finite(result, arguments), cells)
}

/// With a blank a product or a quotient is not known.
pub(super) fn mul(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (values, cells) = values(runner, arguments);
    let known: Option<Vec<f64>> = values.into_iter().collect();
    let result = known.map_or(Value::Blank, |known| runner.finite(known.iter().product(), arguments));
    Traced::new(result, cells)
}

pub(super) fn div(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (values, cells) = values(runner, arguments);
    let known: Option<Vec<f64>> = values.into_iter().collect();
    let result = match known {
        Some(known) if known.iter().skip(1).all(|&divisor| divisor != 0.0) => {
            let quotient = known.into_iter().reduce(|a, b| a / b).unwrap_or(0.0);
            runner.finite(quotient, arguments)
        }
        _ => Value::Blank,
    };
    Traced::new(result, cells)
}

pub(super) fn percent(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (values, cells) = values(runner, arguments);
    let places = runner.places(arguments.option("digits"), Some(1), arguments).unwrap_or(1);
    let value = match values.as_slice() {
        [Some(part), Some(whole)] if *whole != 0.0 => share(part / whole, places),
        _ => Value::text(NO_SHARE),
    };
    Traced::new(value, cells)
}

fn share(ratio: f64, places: usize) -> Value {
    let text = figure::fixed(ratio * 100.0, places);
    Value::Figure { number: text.parse().unwrap_or(0.0), text: text + "%" }
}

pub(super) fn change(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (values, cells) = values(runner, arguments);
    let unit = arguments.option("unit").map(|unit| unit.value.shown().unwrap_or_default());
    let base = arguments.words("base", "上年");
    let places = runner.places(arguments.option("digits"), unit.is_none().then_some(1), arguments);
    let [now, before] = [0, 1].map(|at| values.get(at).copied().flatten());
    let Some(now) = now else { return Traced::new(Value::Blank, cells) };
    let Some(before) = before.filter(|before| unit.is_some() || *before != 0.0) else {
        return Traced::new(Value::text(format!("{base}无数据")), cells);
    };
    let difference = now - before;
    let size = match unit {
        Some(_) => difference.abs(),
        None => (difference / before).abs() * 100.0,
    };
    let figures = places.map_or_else(|| figure::plain(size), |places| figure::fixed(size, places));
    let words = if figures.parse() == Ok(0.0) {
        // A difference that rounding has taken away is not called none.
        format!("与{base}{}持平", if logic::equal(now, before) { "" } else { "基本" })
    } else {
        let (up, down) = if unit.is_some() { ("增加", "减少") } else { ("增长", "下降") };
        let verb = match difference > 0.0 {
            true => arguments.words("up", up),
            false => arguments.words("down", down),
        };
        format!("较{base}{verb}{figures}{}", unit.as_deref().unwrap_or("%"))
    };
    Traced::new(Value::text(words), cells)
}

pub(super) fn round(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    shown(runner, arguments, arguments.value(1), Some(0), |number, places| figure::fixed(number, places.unwrap_or(0)))
}

pub(super) fn thousands(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    shown(runner, arguments, arguments.option("digits"), None, |number, places| {
        figure::grouped(&places.map_or_else(|| figure::plain(number), |places| figure::fixed(number, places)))
    })
}

pub(super) fn wan(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let unit = arguments.words("unit", "万");
    shown(runner, arguments, arguments.option("digits"), Some(2), |number, places| {
        figure::fixed(number / 10_000.0, places.unwrap_or(2)) + &unit
    })
}

/// A number in other words; it counts as what it is rounded to where the words are a number.
fn shown(
    runner: &mut Runner<'_>,
    arguments: &Arguments<'_>,
    places: Option<&Traced>,
    otherwise: Option<usize>,
    words: impl Fn(f64, Option<usize>) -> String,
) -> Traced {
    let places = runner.places(places, otherwise, arguments);
    let Some(value) = arguments.value(0) else { return Traced::blank() };
    let Some(number) = runner.number(value, arguments) else { return Traced::new(Value::Blank, value.cells.clone()) };
    let text = words(number, places);
    let number = text.replace(',', "").parse().unwrap_or(number);
    Traced::new(Value::Figure { number, text }, value.cells.clone())
}
