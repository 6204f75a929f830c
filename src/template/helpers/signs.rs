//! Helpers that show a value as signs: `☑是　☐否`, `■■■■■■■□□□ 70%`.

use super::Arguments;
use super::logic;
use crate::template::expression::{Cells, Runner, Traced, Value};
use crate::template::figure;
use crate::template::problem::{pictures as problem, values};

const CHECKED: char = '☑';
const UNCHECKED: char = '☐';
/// Between choices.
const BESIDE: char = '\u{3000}';

/// Squares of a progress bar.
const SQUARES: usize = 10;

/// `勾选 值`: a box with a tick if the value is true; `勾选 列 选项="公办，民办"`: all choices, those that the cell names
/// ticked.
pub(super) fn check(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some(value) = arguments.value(0) else { return Traced::blank() };
    let sign = |checked: bool| if checked { CHECKED } else { UNCHECKED };
    let Some(choices) = arguments.option("choices").and_then(|choices| choices.value.shown()) else {
        let checked = logic::is_true(runner.dataset, &value.value);
        return Traced::new(Value::text(sign(checked).to_string()), value.cells.clone());
    };
    let parted = |text: &str| -> Vec<String> {
        let parts = text.split(['，', ',', '、', ';', '；']).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let choices = parted(&choices);
    let chosen = parted(&value.value.shown().unwrap_or_default());
    for one in &chosen {
        if !choices.contains(one) {
            let place = runner.value_place(value, arguments.at());
            let spot = runner.spot(arguments.at());
            runner.report(problem::not_a_choice(place, one, &choices, &spot));
        }
    }
    let mut text = String::new();
    for choice in &choices {
        if !text.is_empty() {
            text.push(BESIDE);
        }
        text.push(sign(chosen.contains(choice)));
        text += choice;
    }
    Traced::new(Value::text(text), value.cells.clone())
}

/// `进度条 完成率`, `进度条 部分 总数`: ten squares, as many of them black as tenths are done, and the percentage.
pub(super) fn progress(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let (share, cells) = share(runner, arguments);
    let Some(share) = share else { return Traced::new(Value::Blank, cells) };
    let done = (share.clamp(0.0, 1.0) * SQUARES as f64).round() as usize;
    let text = format!(
        "{}{} {}%",
        "■".repeat(done),
        "□".repeat(SQUARES.saturating_sub(done)),
        figure::fixed(share * 100.0, 0)
    );
    Traced::new(Value::text(text), cells)
}

/// How much is done: one value as a part or a percentage, or a part and the whole. Nothing if that cannot be said.
pub(super) fn share(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> (Option<f64>, Cells) {
    let Some(first) = arguments.value(0) else { return (None, Cells::default()) };
    let mut cells = first.cells.clone();
    let share = match arguments.value(1) {
        Some(whole) => {
            cells.add(&whole.cells);
            match (runner.number(first, arguments), runner.number(whole, arguments)) {
                (Some(part), Some(whole)) if whole != 0.0 => Some(part / whole),
                _ => None,
            }
        }
        // a percentage that has been put into words counts in hundredths
        None => match &first.value {
            Value::Figure { number, text } if text.ends_with('%') => Some(number / 100.0),
            Value::Text(text) if text.ends_with(['%', '％']) => {
                text.trim_end_matches(['%', '％']).trim().parse::<f64>().ok().map(|number| number / 100.0)
            }
            _ => runner.number(first, arguments).map(|number| if number > 1.0 { number / 100.0 } else { number }),
        },
    };
    if share.is_some_and(|share| !share.is_finite()) {
        let place = runner.place(arguments.at());
        runner.report(values::too_large(place, arguments.call.helper.names[1]));
        return (None, cells);
    }
    (share, cells)
}

#[cfg(test)]
mod tests {
    use crate::template::testing::{problems, text};

    #[test]
    fn boxes_are_ticked_as_the_cell_says() {
        assert_eq!(text("{{勾选 (等于 类型 \"公办\")}}公办", Some(0)), "☑公办");
        assert_eq!(text("{{勾选 类型 选项=\"公办，民办\"}}", Some(1)), "☐公办　☑民办");
        let wrong = problems("{{勾选 类型 选项=\"公办，私立\"}}", Some(1));
        assert!(wrong[0].contains("“民办”不在选项里") && wrong[0].contains("公办"), "{wrong:?}");
    }

    #[test]
    fn a_bar_has_a_square_for_each_tenth() {
        for (tag, bar) in [
            ("{{进度条 0.7}}", "■■■■■■■□□□ 70%"),
            ("{{进度条 45}}", "■■■■■□□□□□ 45%"),
            ("{{进度条 1}}", "■■■■■■■■■■ 100%"),
            ("{{进度条 0}}", "□□□□□□□□□□ 0%"),
            ("{{进度条 (占比 1 8)}}", "■□□□□□□□□□ 13%"),
            ("{{进度条 12 10}}", "■■■■■■■■■■ 120%"),
            ("{{进度条 \"30%\"}}", "■■■□□□□□□□ 30%"),
        ] {
            assert_eq!(text(tag, Some(0)), bar, "{tag}");
        }
        assert!(problems("{{进度条 学校名称}}", Some(0))[0].contains("不是数字"));
    }
}
