//! Columns whose sheets count in different units, in words.

use super::At;
use crate::dataset::unit::{Unit, scaled};
use crate::diagnostic::{Diagnostic, Words};
use crate::workbook::in_percent;

/// The sheet, the row and the column of a cell.
type CellAt<'a> = (At<'a>, u32, u32);

/// `above` says that the unit stands above the table.
pub(in crate::dataset) fn converted(
    (at, row, column): CellAt<'_>,
    own: &Unit,
    above: bool,
    name: &str,
    unit: &Unit,
    factor: f64,
) -> Diagnostic {
    let (own, unit) = (&own.shown, &unit.shown);
    let (zh_how, en_how) = if factor < 1.0 {
        let divisor = scaled(1.0, 1.0 / factor);
        (format!("除以 {divisor}"), format!("divided by {divisor}"))
    } else {
        (format!("乘以 {factor}"), format!("multiplied by {factor}"))
    };
    let (zh_where, en_where) = if above {
        ("表头上面写的单位是", "the unit above this table is")
    } else {
        ("这里的单位是", "the unit here is")
    };
    Diagnostic::note(
        "dataset.unit-converted",
        at.cell(row, column),
        Words::new(
            format!("{zh_where}{own}，“{name}”按{unit}算，这一列的数都{zh_how}"),
            format!("{en_where} {own}, “{name}” counts in {unit}: the numbers of this column are {en_how}"),
        ),
    )
}

pub(in crate::dataset) fn unit_missing(
    (at, row, column): CellAt<'_>,
    table: &str,
    name: &str,
    unit: &Unit,
) -> Diagnostic {
    let shown = &unit.shown;
    Diagnostic::error(
        "dataset.unit-missing",
        at.cell(row, column),
        Words::new(
            format!("“{name}”没有写单位，别的文件写的是{shown}，分不清这里是不是也按{shown}填"),
            format!("“{name}” names no unit, other files count in {shown}: nobody can tell what is meant here"),
        ),
    )
    .with_hint(say_the_unit(table, name, shown))
}

pub(in crate::dataset) fn unit_here_alone(
    (at, row, column): CellAt<'_>,
    table: &str,
    name: &str,
    unit: &Unit,
) -> Diagnostic {
    let shown = &unit.shown;
    Diagnostic::error(
        "dataset.unit-here-alone",
        at.cell(row, column),
        Words::new(
            format!("“{name}”按{shown}填，别的文件没有写单位，分不清它们是不是也按{shown}填"),
            format!("“{name}” counts in {shown}, other files name no unit: nobody can tell what is meant there"),
        ),
    )
    .with_hint(say_the_unit(table, name, shown))
}

fn say_the_unit(table: &str, name: &str, unit: &str) -> Words {
    let bare = name.split(['（', '(']).next().unwrap_or(name);
    Words::new(
        format!(
            "在表头写上单位；没写的都按{unit}填的，就在 huibao.toml 里写 [[column]] name = \"{table}.{bare}（{unit}）\""
        ),
        format!(
            "write the unit into the headings; if those without one count in {unit}, write into huibao.toml \
             [[column]] name = \"{table}.{bare}（{unit}）\""
        ),
    )
}

pub(in crate::dataset) fn other_measure(
    (at, row, column): CellAt<'_>,
    name: &str,
    own: &Unit,
    unit: &Unit,
) -> Diagnostic {
    let (own, unit) = (&own.shown, &unit.shown);
    Diagnostic::error(
        "dataset.other-measure",
        at.cell(row, column),
        Words::new(
            format!("“{name}”的单位是{own}，这一列按{unit}算，换算不了"),
            format!("“{name}” counts in {own}, the column in {unit}: one cannot be turned into the other"),
        ),
    )
    .with_hint(Words::new(
        format!("改成按{unit}填；不是同一项，就从 huibao.toml 的 also 里去掉它"),
        format!("let it count in {unit}; if it is something else, take it out of also in huibao.toml"),
    ))
}

pub(in crate::dataset) fn percent_or_share(
    (at, row, column): CellAt<'_>,
    own: &str,
    name: &str,
    share: f64,
) -> Diagnostic {
    let percent = in_percent(share);
    let (zh_name, en_name) = if own == name {
        (String::from("别的文件按百分数填"), String::from("other files count in percent"))
    } else {
        (format!("别的文件是“{name}”"), format!("other files have “{name}”"))
    };
    Diagnostic::error(
        "dataset.percent-or-share",
        at.cell(row, column),
        Words::new(
            format!("这个文件的“{own}”没有写百分号，{zh_name}，分不清 {share} 是 {percent}% 还是 {share}%"),
            format!(
                "“{own}” has no percent sign in this file, {en_name}: nobody can tell whether {share} is {percent}% or \
                 {share}%"
            ),
        ),
    )
    .with_hint(Words::new(
        format!("数后面带上百分号，例如 {percent}%；或者表头写成“{own}（%）”，再填 {percent}"),
        format!("write the percent sign, such as {percent}%, or head the column “{own}（%）” and write {percent}"),
    ))
}
