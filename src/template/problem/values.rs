//! What turns out to be wrong with values when a report is made.

use super::{error, with_known};
use crate::diagnostic::{Diagnostic, Place, Words, less_or_more_memory};
use crate::template::expression::{Use, Value};

fn shown(value: &Value) -> String {
    value.shown().unwrap_or_default()
}

pub(in crate::template) fn not_a_number(place: Place, value: &Value, helper: &str, spot: &Words) -> Diagnostic {
    let found = shown(value);
    let problem = error(
        "template.not-a-number",
        place,
        format!("“{found}”不是数字，模板{}的“{helper}”要用数字", spot.zh),
        format!("“{found}” is not a number, and “{helper}” in {} of the template needs one", spot.en),
    );
    problem.with_hint(Words::new(
        "改成数字；没有数据就让单元格空着",
        "make it a number; where there is none, leave the cell empty",
    ))
}

pub(in crate::template) fn not_a_date(place: Place, value: &Value, spot: &Words) -> Diagnostic {
    let found = shown(value);
    let problem = error(
        "template.not-a-date",
        place,
        format!("“{found}”不是日期，模板{}要用日期", spot.zh),
        format!("“{found}” is not a date, and {} of the template needs one", spot.en),
    );
    problem.with_hint(Words::new("写成 2023-04-15 的样子", "write it like 2023-04-15"))
}

pub(in crate::template) fn not_comparable(place: Place, value: &Value) -> Diagnostic {
    let found = shown(value);
    error(
        "template.not-comparable",
        place,
        format!("“{found}”不能比大小，要数字或日期"),
        format!("“{found}” is neither larger nor smaller: a number or a date is needed"),
    )
}

pub(in crate::template) fn blank_shown(place: Place, tag: &str, spot: &Words, used: Use) -> Diagnostic {
    let (zh, en) = (
        format!("模板{}的 {{{{{tag}}}}} 没有值", spot.zh),
        format!("{{{{{tag}}}}} in {} of the template has no value", spot.en),
    );
    let problem = match used {
        Use::Report | Use::Document => Diagnostic::warning("template.blank", place, Words::new(zh, en)),
        Use::Line => error("template.blank", place, zh, en),
    };
    problem.with_hint(Words::new(
        "填上数据，或用 {{缺省 … \"—\"}} 写明没有数据时显示什么",
        "fill in the data, or say with {{default … \"—\"}} what to show without it",
    ))
}

pub(in crate::template) fn not_one_row(place: Place, table: &str, found: usize) -> Diagnostic {
    match found {
        0 => error(
            "template.not-one-row",
            place,
            format!("“取”在表“{table}”里没有找到这样的行"),
            format!("“at” found no such row in the table “{table}”"),
        ),
        _ => error(
            "template.not-one-row",
            place,
            format!("“取”在表“{table}”里找到 {found} 行，应当只有一行"),
            format!("“at” found {found} rows in the table “{table}”, and there should be one"),
        ),
    }
}

pub(in crate::template) fn bad_places(place: Place, number: f64, most: usize) -> Diagnostic {
    error(
        "template.bad-digits",
        place,
        format!("小数位数要是 0 到 {most} 的整数，这里是 {number}"),
        format!("decimal places are a whole number from 0 to {most}, not {number}"),
    )
}

pub(in crate::template) fn too_large(place: Place, helper: &str) -> Diagnostic {
    error(
        "template.too-large",
        place,
        format!("“{helper}”的结果太大，写不出来"),
        format!("the result of “{helper}” is too large to be written"),
    )
}

pub(in crate::template) fn unknown_form(place: Place, form: &str, known: &[&'static str]) -> Diagnostic {
    let problem =
        error("template.unknown-form", place, format!("没有“{form}”这种写法"), format!("there is no form “{form}”"));
    with_known(problem, form, known.iter().copied())
}

pub(in crate::template) fn unknown_heading<'n>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-column",
        place,
        format!("这个表格没有叫“{name}”的列"),
        format!("this table has no column headed “{name}”"),
    );
    with_known(problem, name, known)
}

pub(in crate::template) fn bad_widths(place: Place, widths: &str, columns: usize) -> Diagnostic {
    error(
        "template.bad-width",
        place,
        format!("“宽=”要给 {columns} 列各写一个正数，这里是“{widths}”"),
        format!("“widths=” takes a positive number for each of {columns} columns, not “{widths}”"),
    )
}

pub(in crate::template) fn too_much_text(place: Place, most: usize) -> Diagnostic {
    let most = most >> 20;
    error(
        "template.too-much",
        place,
        format!("报告的文字超过 {most} MB"),
        format!("the report's text is larger than {most} MB"),
    )
}

pub(in crate::template) fn too_large_report(file: &str, memory: u64) -> Diagnostic {
    let most = memory >> 20;
    let problem = error(
        "template.too-large",
        Place::File { file: file.to_owned() },
        format!("报告太大，要占内存 {most} MB 以上，没有做"),
        format!("the report would take more than {most} MB of memory, and is not made"),
    );
    problem.with_hint(less_or_more_memory(memory))
}

pub(in crate::template) fn too_many_values(place: Place, most: usize) -> Diagnostic {
    error(
        "template.too-much",
        place,
        format!("报告里的值，连同来源的单元格，超过 {most} 处"),
        format!("the report has more than {most} values and places that they come from"),
    )
}

pub(in crate::template) fn too_many_rows(place: Place, most: u64) -> Diagnostic {
    let problem = error(
        "template.too-much",
        place,
        format!("一份报告里，合计、排名、筛选等要看的行数超过 {most}"),
        format!("sums, ranks and searches of one report look at more than {most} rows"),
    );
    problem.with_hint(Words::new(
        "看看循环里是不是每次都对整张表合计、排名或筛选",
        "does each turn of a loop add up, rank or search a whole table?",
    ))
}

pub(in crate::template) fn too_many_turns(place: Place, most: usize) -> Diagnostic {
    let problem =
        error("template.too-much", place, format!("循环超过 {most} 次"), format!("loops turn more than {most} times"));
    problem.with_hint(Words::new(
        "看看循环里是不是又套了整张表的循环",
        "is there a loop over a whole table within another?",
    ))
}
