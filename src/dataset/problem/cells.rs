//! What can be wrong with single cells, in words.

use super::At;
use crate::dataset::Date;
use crate::dataset::describe::date_shown;
use crate::diagnostic::{Diagnostic, Words};
use crate::workbook::in_percent;

/// Adds to what is wrong with a cell that it counts as blank.
pub(in crate::dataset) fn counts_as_blank(problem: &mut Diagnostic) {
    problem.message.zh += "，当作空白";
    problem.message.en += "; it counts as blank";
}

pub(in crate::dataset) fn text_in_number_column(
    at: At<'_>,
    row: u32,
    column: u32,
    name: &str,
    text: &str,
) -> Diagnostic {
    Diagnostic::error(
        "dataset.text-in-number-column",
        at.cell(row, column),
        Words::new(
            format!("“{name}”应当是数，这里却是“{text}”"),
            format!("“{name}” is a column of numbers, but here stands “{text}”"),
        ),
    )
    .with_hint(Words::new(
        "改成数；没有就留空，或写 — 或 无",
        "make it a number; if there is none, leave it empty or write —",
    ))
}

pub(in crate::dataset) fn guessed_number(at: At<'_>, row: u32, column: u32, text: &str, number: f64) -> Diagnostic {
    Diagnostic::note(
        "dataset.guessed-number",
        at.cell(row, column),
        Words::new(format!("“{text}”读作 {number}"), format!("“{text}” is read as {number}")),
    )
}

pub(in crate::dataset) fn merged_number(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.merged-number",
        at.cell(row, column),
        Words::new(
            format!("“{name}”的这个数所在单元格合并了几行，每一行都算上它，合计会重复"),
            format!("this number of “{name}” is merged over several rows and counts for each of them, also in sums"),
        ),
    )
    .with_hint(Words::new("取消合并，把数写到该写的那一行", "unmerge the cell and write the number into its row"))
}

pub(in crate::dataset) fn month_unsure(at: At<'_>, row: u32, column: u32, number: f64) -> Diagnostic {
    Diagnostic::warning(
        "dataset.month-unsure",
        at.cell(row, column),
        Words::new(
            format!("{number} 分不清是 1 月还是 10 月，只取了年份"),
            format!("{number} may be January or October; only the year is taken"),
        ),
    )
    .with_hint(Words::new("写成 2023年10月 的样子", "write it like 2023年10月"))
}

pub(in crate::dataset) fn digits_lost(at: At<'_>, row: u32, column: u32, number: f64) -> Diagnostic {
    Diagnostic::warning(
        "dataset.digits-lost",
        at.cell(row, column),
        Words::new(
            format!("{number:.0} 超过 15 位，Excel 已经把后几位变成了 0"),
            format!("{number:.0} has more than 15 digits; Excel has turned the last ones into zeros"),
        ),
    )
    .with_hint(Words::new("把单元格设成文本格式，重新输入", "format the cell as text and type it again"))
}

pub(in crate::dataset) fn error_cell(at: At<'_>, row: u32, column: u32, error: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.error-cell",
        at.cell(row, column),
        Words::new(format!("单元格是错误值 {error}"), format!("the cell holds the error {error}")),
    )
    .with_hint(Words::new("改正公式，或直接填上值", "mend the formula, or type the value"))
}

pub(in crate::dataset) fn not_computed(at: At<'_>, row: u32, column: u32) -> Diagnostic {
    Diagnostic::error(
        "dataset.not-computed",
        at.cell(row, column),
        Words::new("公式还没有算出结果", "the formula has never been computed"),
    )
    .with_hint(Words::new("在 Excel 或 WPS 里打开，保存一次", "open the workbook in Excel and save it once"))
}

pub(in crate::dataset) fn percent_unsure(at: At<'_>, row: u32, column: u32, number: f64) -> Diagnostic {
    Diagnostic::warning(
        "dataset.percent-unsure",
        at.cell(row, column),
        Words::new(
            format!("这一列别处写的是百分数，这里的 {number} 当作 {}%", number * 100.0),
            format!("elsewhere in this column stand percentages; {number} is taken as {}%", number * 100.0),
        ),
    )
    .with_hint(Words::new(
        format!("如果是 {number}%，补上百分号"),
        format!("if {number}% is meant, add the percent sign"),
    ))
}

pub(in crate::dataset) fn share_unsure(at: At<'_>, row: u32, column: u32, share: f64) -> Diagnostic {
    let percent = in_percent(share);
    Diagnostic::warning(
        "dataset.share-unsure",
        at.cell(row, column),
        Words::new(
            format!("这一列按百分数填，别处的数都不小于 10，这里的 {share} 看起来是 {percent}%，仍读作 {share}%"),
            format!(
                "this column counts in percent and holds 10 and more elsewhere; {share} looks like {percent}%, but is \
                 taken as {share}%"
            ),
        ),
    )
    .with_hint(Words::new(
        format!("如果是 {percent}%，改成 {percent} 或 {percent}%"),
        format!("if {percent}% is meant, write {percent} or {percent}%"),
    ))
}

pub(in crate::dataset) fn guessed_date(at: At<'_>, row: u32, column: u32, number: f64, date: Date) -> Diagnostic {
    let shown = date_shown(date);
    Diagnostic::note(
        "dataset.guessed-date",
        at.cell(row, column),
        Words::new(
            format!("{number} 是没有设成日期格式的日期，读作 {shown}"),
            format!("{number} is a date without a date's format; it is read as {shown}"),
        ),
    )
}

/// A date with the year last; without a date nobody can tell which of its numbers is the month.
pub(in crate::dataset) fn year_last(at: At<'_>, row: u32, column: u32, text: &str, date: Option<Date>) -> Diagnostic {
    let place = at.cell(row, column);
    match date.map(date_shown) {
        Some(shown) => Diagnostic::note(
            "dataset.guessed-date",
            place,
            Words::new(format!("“{text}”读作 {shown}"), format!("“{text}” is read as {shown}")),
        ),
        None => Diagnostic::warning(
            "dataset.month-unsure",
            place,
            Words::new(
                format!("“{text}”分不清哪个是月、哪个是日，只取了年份"),
                format!("nobody can tell which is the month in “{text}”; only the year is taken"),
            ),
        )
        .with_hint(Words::new("写成 2023年4月15日 的样子", "write it like 2023-04-15")),
    }
}

pub(in crate::dataset) fn impossible_date(at: At<'_>, row: u32, column: u32, text: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.impossible-date",
        at.cell(row, column),
        Words::new(format!("没有“{text}”这一天"), format!("there is no such day as “{text}”")),
    )
    .with_hint(Words::new("改成实际的日期，例如 2023年4月15日", "write the date that is meant, such as 2023-04-15"))
}

pub(in crate::dataset) fn no_date(at: At<'_>, row: u32, column: u32, name: &str, number: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.no-date",
        at.cell(row, column),
        Words::new(
            format!("“{name}”应当是日期，这里的 {number} 不是"),
            format!("“{name}” is a column of dates, and {number} is none"),
        ),
    )
    .with_hint(Words::new("写成 2023年4月15日、2023.4 或 2023 的样子", "write it like 2023-04-15, 2023.4 or 2023"))
}

pub(in crate::dataset) fn text_in_date_column(at: At<'_>, row: u32, column: u32, name: &str, text: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.text-in-date-column",
        at.cell(row, column),
        Words::new(
            format!("“{name}”是日期，这里的“{text}”不是，照原样用"),
            format!("“{name}” is a column of dates, “{text}” is none and is taken as it is"),
        ),
    )
    .with_hint(Words::new(
        "日期写成 2023年4月15日、2023.4 或 2023 的样子；没有就留空",
        "write dates like 2023-04-15, 2023.4 or 2023; leave it empty if there is none",
    ))
}
