//! What can be wrong with a chart's tag and its data.

use super::{error, with_known};
use crate::diagnostic::{Diagnostic, Place, Words};

/// A list names a series that the chart does not have.
pub(in crate::template) fn unknown_series<'n>(
    place: Place,
    option: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-series",
        place,
        format!("“{option}=”里写了“{name}”，图表没有这个系列"),
        format!("“{option}=” names “{name}”, and the chart has no such series"),
    );
    with_known(problem, name, known)
}

/// A word that is not one of a few.
pub(in crate::template) fn unknown_word(place: Place, option: &str, word: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        "template.unknown-word",
        place,
        format!("“{option}=”不能写“{word}”"),
        format!("“{option}=” cannot be “{word}”"),
    );
    with_known(problem, word, known.iter().copied())
}

/// Slices of a value below zero.
pub(in crate::template) fn negative_slice(place: Place, value: f64, kind: &str) -> Diagnostic {
    let problem = error(
        "template.negative-slice",
        place,
        format!("{kind}画的是各部分占总数多少，不能有负数 {value}"),
        format!("a {kind} shows parts of a whole, and {value} is below zero"),
    );
    problem.with_hint(Words::new("改用柱形图", "use a column chart (柱形图)"))
}

/// A kind that shows one series only.
pub(in crate::template) fn one_series(place: Place, kind: &str, found: usize) -> Diagnostic {
    let problem = error(
        "template.one-series",
        place,
        format!("{kind}只画一个系列，“数值=”写了 {found} 个"),
        format!("a {kind} shows one series, and “value=” has {found}"),
    );
    problem.with_hint(Words::new(
        "只留一列，或改用柱形图、百分比堆积柱形图",
        "keep one column, or use a column chart (柱形图, 百分比堆积柱形图)",
    ))
}

/// More values than anybody can read.
pub(in crate::template) fn too_many_values(place: Place, found: usize, most: usize) -> Diagnostic {
    let problem = error(
        "template.chart-too-large",
        place,
        format!("图表有 {found} 个数，最多 {most} 个"),
        format!("the chart has {found} values, and {most} is the most"),
    );
    problem.with_hint(Words::new(
        "先分组（{{分组 …}}）或只取前几行（{{前 …}}）",
        "group the rows (group) or take the first ones (top)",
    ))
}

/// A chart without a value.
pub(in crate::template) fn nothing_to_draw(place: Place) -> Diagnostic {
    let words = Words::new("图表没有数据，没有画", "the chart has no value, and is not drawn");
    let hint = Words::new("用 {{#if (计数 表)}} 判断有没有数据", "ask with {{#if (count 表)}} whether there is any");
    Diagnostic::warning("template.empty-chart", place, words).with_hint(hint)
}
