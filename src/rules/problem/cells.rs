//! Cells that break a rule.

use super::{broken, figure, short};
use crate::dataset::Kind;
use crate::diagnostic::{Diagnostic, Place, Severity, Words, did_you_mean, nearest};
use crate::rules::Pattern;

pub(in crate::rules) fn blank(level: Severity, place: Place, column: &str) -> Diagnostic {
    let words =
        Words::new(format!("“{column}”必须填，这里空着"), format!("“{column}” must be filled in, but is blank"));
    broken("rules.required", level, place, column, words)
        .with_hint(Words::new("补上；— 和 / 也算空着", "fill it in; — and / count as blank too"))
}

pub(in crate::rules) fn absent(level: Severity, sheet: Place, column: &str) -> Diagnostic {
    let words = Words::new(
        format!("缺“{column}”这一列，它每一行都必须填"),
        format!("the column “{column}”, which must be filled in, is missing"),
    );
    broken("rules.missing-column", level, sheet, column, words)
        .with_hint(Words::new("加上这一列，表头要写得一样", "add the column, under this very name"))
}

pub(in crate::rules) fn there_twice(
    level: Severity,
    place: Place,
    column: &str,
    value: &str,
    first: &Place,
) -> Diagnostic {
    let value = short(value);
    let words = Words::new(
        format!("“{column}”不能重复，“{value}”在 {first} 已经有了"),
        format!("“{column}” must differ from row to row, but “{value}” stands at {first} already"),
    );
    broken("rules.unique", level, place, column, words).with_hint(Words::new(
        "改正其中一处，或删掉重复的行",
        "mend one of them, or delete the row that is one too many",
    ))
}

pub(in crate::rules) fn not_of_kind(
    level: Severity,
    place: Place,
    column: &str,
    value: &str,
    kind: Kind,
) -> Diagnostic {
    let value = short(value);
    let (zh, en, hint) = match kind {
        Kind::Number => (
            "数",
            "a number",
            Words::new("改成数；没有就留空，或写 —", "make it a number; if there is none, leave it empty or write —"),
        ),
        Kind::Date => ("日期", "a date", Words::new("写成 2023年4月15日 的样子", "write it like 2023-04-15")),
        Kind::Bool => {
            ("“是”或“否”", "是 or 否", Words::new("写“是”或“否”，√ 和 × 也行", "write 是 or 否; √ and × will do"))
        }
        Kind::Text => ("文字", "text", Words::new("写成文字", "make it text")),
    };
    let words = Words::new(
        format!("“{column}”应当是{zh}，这里是“{value}”"),
        format!("“{column}” should be {en}, but here stands “{value}”"),
    );
    broken("rules.kind", level, place, column, words).with_hint(hint)
}

/// `ends` as the project file writes them, of `dates` or of numbers.
pub(in crate::rules) fn out_of_range(
    level: Severity,
    place: Place,
    column: &str,
    value: &str,
    ends: (&str, &str),
    dates: bool,
) -> Diagnostic {
    let value = short(value);
    let (zh, en) = match (ends, dates) {
        ((least, ""), true) => (format!("不早于 {least}"), format!("not be before {least}")),
        (("", greatest), true) => (format!("不晚于 {greatest}"), format!("not be after {greatest}")),
        ((least, ""), false) => (format!("不小于 {least}"), format!("not be less than {least}")),
        (("", greatest), false) => (format!("不大于 {greatest}"), format!("not be more than {greatest}")),
        ((least, greatest), _) => {
            (format!("在 {least} 到 {greatest} 之间"), format!("lie between {least} and {greatest}"))
        }
    };
    let words = Words::new(
        format!("“{column}”应当{zh}，这里是 {value}"),
        format!("“{column}” should {en}, but here stands {value}"),
    );
    let hint = if dates {
        Words::new("看看年份和月份是不是写错了", "see whether year and month are right")
    } else {
        Words::new(
            "看看是不是多写、漏写了一位，或者单位不对",
            "see whether a digit is missing or one too many, or the unit is another",
        )
    };
    broken("rules.range", level, place, column, words).with_hint(hint)
}

pub(in crate::rules) fn none_of(
    level: Severity,
    place: Place,
    column: &str,
    value: &str,
    allowed: &[String],
) -> Diagnostic {
    const LISTED: usize = 12;
    let shown = short(value);
    let words = Words::new(format!("“{column}”不能填“{shown}”"), format!("“{column}” may not be “{shown}”"));
    let listed: Vec<_> = allowed.iter().take(LISTED).map(String::as_str).collect();
    let (zh, en) = if allowed.len() > LISTED { (" 等", " …") } else { ("", "") };
    let list = Words::new(format!("只能填：{}{zh}", listed.join("、")), format!("possible: {}{en}", listed.join(", ")));
    let hint = match nearest(value, allowed.iter().map(String::as_str)) {
        Some(meant) => {
            let meant = did_you_mean(meant);
            Words::new(format!("{}{}", meant.zh, list.zh), format!("{} {}", meant.en, list.en))
        }
        None => list,
    };
    broken("rules.one-of", level, place, column, words).with_hint(hint)
}

pub(in crate::rules) fn written_otherwise(
    level: Severity,
    place: Place,
    column: &str,
    value: &str,
    pattern: &Pattern,
) -> Diagnostic {
    let value = short(value);
    let Pattern { expression, says, .. } = pattern;
    let words = match says {
        Some(says) => Words::new(
            format!("“{column}”应当是{says}，这里是“{value}”"),
            format!("“{column}” should be {says}, but here stands “{value}”"),
        ),
        None => Words::new(
            format!("“{column}”的写法不对，这里是“{value}”"),
            format!("“{column}” is not written as it should be; here stands “{value}”"),
        ),
    };
    broken("rules.pattern", level, place, column, words).with_hint(Words::new(
        format!("改成符合 {expression} 的写法（正则表达式）"),
        format!("write it so that it matches {expression} (a regular expression)"),
    ))
}

/// `names` are the column and the one that it refers to; `zeros` is the known value that differs by leading zeros only.
pub(in crate::rules) fn not_known(
    level: Severity,
    place: Place,
    names: (&str, &str),
    value: &str,
    zeros: Option<&str>,
    near: Option<&str>,
) -> Diagnostic {
    let value = short(value);
    let (column, refers_to) = names;
    let words = Words::new(
        format!("“{column}”里的“{value}”，“{refers_to}”里没有"),
        format!("“{value}” of “{column}” is not in “{refers_to}”"),
    );
    let hint = match (zeros, near) {
        (Some(zeros), _) => Words::new(
            format!("那边是“{zeros}”：Excel 把开头的 0 去掉了，把单元格设成文本格式再输入"),
            format!(
                "there it is “{zeros}”: Excel has dropped leading zeros; format the cell as text and type it again"
            ),
        ),
        (None, Some(near)) => {
            let meant = did_you_mean(near);
            Words::new(
                format!("{}如果是新的，先在那边补上", meant.zh),
                format!("{} If it is new, add it there first", meant.en),
            )
        }
        (None, None) => Words::new("在那边补上，或改正这里", "add it there, or mend the value here"),
    };
    broken("rules.refers-to", level, place, column, words).with_hint(hint)
}

/// `values` are last year's, which stands at `then`, and this year's; `limit` as the project file writes it.
pub(in crate::rules) fn changed_much(
    level: Severity,
    place: Place,
    column: &str,
    values: (f64, f64),
    limit: &str,
    then: &Place,
) -> Diagnostic {
    let (was, is) = values;
    let difference = (is - was).abs();
    let by = if !limit.trim_end().ends_with(['%', '％']) || was == 0.0 {
        figure(difference)
    } else {
        format!("{}%", (difference / was.abs() * 1000.0).round() / 10.0)
    };
    let (zh, en) = if is > was { ("增加", "up") } else { ("减少", "down") };
    let (is, was) = (figure(is), figure(was));
    let words = Words::new(
        format!("“{column}”是 {is}，上年是 {was}（{then}），{zh}了 {by}，超过 {limit}"),
        format!("“{column}” is {is}, last year it was {was} ({then}): {en} by {by}, more than {limit}"),
    );
    broken("rules.change", level, place, column, words).with_hint(Words::new(
        "核对两年的数，看看有没有写错、漏算",
        "see whether both years' figures are right and complete",
    ))
}
