//! Helpers that put values into words.

use super::Arguments;
use crate::template::calendar::{self, DateForm};
use crate::template::chinese_number::{self, Figures};
use crate::template::expression::{Cells, Runner, Traced, Value};
use crate::template::problem::values as problem;

pub(super) fn date(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some(value) = arguments.value(0) else { return Traced::blank() };
    let mut form = DateForm::Plain;
    if let Some(word) = arguments.value(1).and_then(|word| word.value.shown()) {
        match DateForm::ALL.into_iter().find(|(known, _)| *known == word) {
            Some((_, found)) => form = found,
            None => {
                let known: Vec<_> = DateForm::ALL.iter().map(|(known, _)| *known).collect();
                runner.report(problem::unknown_form(runner.place(arguments.at()), &word, &known));
            }
        }
    }
    let date = match &value.value {
        Value::Date(date) => Some(*date),
        Value::Text(text) => calendar::read(text),
        _ => None,
    };
    if date.is_none() && !value.value.is_blank() {
        let place = runner.value_place(value, arguments.at());
        let spot = runner.spot(arguments.at());
        runner.report(problem::not_a_date(place, &value.value, &spot));
    }
    let words = date.map_or(Value::Blank, |date| Value::text(calendar::write(date, form)));
    Traced::new(words, value.cells.clone())
}

/// The value as it is.
pub(super) fn same(_: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    arguments.value(0).cloned().unwrap_or_else(Traced::blank)
}

pub(super) fn cn_number(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    const FORMAL: &str = "大写";
    let figures = match arguments.value(1).and_then(|word| word.value.shown()) {
        Some(word) if word == FORMAL => Figures::Formal,
        Some(word) => {
            runner.report(problem::unknown_form(runner.place(arguments.at()), &word, &[FORMAL]));
            Figures::Everyday
        }
        None => Figures::Everyday,
    };
    in_words(runner, arguments, |number| chinese_number::words(number, figures))
}

pub(super) fn rmb(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    in_words(runner, arguments, chinese_number::yuan)
}

fn in_words(runner: &mut Runner<'_>, arguments: &Arguments<'_>, words: impl Fn(f64) -> Option<String>) -> Traced {
    let Some(value) = arguments.value(0) else { return Traced::blank() };
    let Some(number) = runner.number(value, arguments) else { return Traced::new(Value::Blank, value.cells.clone()) };
    let words = words(number);
    if words.is_none() {
        runner.report(problem::too_large(runner.place(arguments.at()), arguments.call.helper.names[1]));
    }
    Traced::new(words.map_or(Value::Blank, Value::text), value.cells.clone())
}

pub(super) fn join(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some(Value::Column(rows, column)) = arguments.value(0).map(|value| &value.value) else {
        return Traced::blank();
    };
    let separator = arguments.words("sep", "、");
    let last = arguments.words("last", &separator);
    let most = arguments.option("max").and_then(|most| runner.number(most, arguments));
    let most = most.map_or(usize::MAX, |most| most as usize);
    let mut cells = Cells::default();
    let mut words = Vec::new();
    let mut more = false;
    for cell in rows.column(runner.dataset, *column) {
        let Some(shown) = Value::from(&cell.value).shown() else { continue };
        if words.len() == most {
            more = true;
            break;
        }
        cells.push(cell.origin);
        words.push(shown);
    }
    let text = match words.split_last() {
        Some((end, before)) if !before.is_empty() && !more => before.join(&separator) + &last + end,
        _ => words.join(&separator) + if more { "等" } else { "" },
    };
    Traced::new(Value::text(text), cells)
}

pub(super) fn default(_: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    match arguments.values.as_slice() {
        [value, other] if value.value.is_blank() => other.clone(),
        [value, ..] => value.clone(),
        [] => Traced::blank(),
    }
}
