//! Rules that cannot be kept.

use crate::dataset::Table;
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::rules::range::NoRange;
use crate::rules::{Change, Named, Pattern};

/// The nearest name, or all there are.
fn names_hint(unknown: &str, known: &[&str]) -> Words {
    const LISTED: usize = 30;
    match nearest(unknown, known.iter().copied()) {
        Some(meant) => did_you_mean(meant),
        None => {
            let some: Vec<_> = known.iter().copied().take(LISTED).collect();
            Words::new(format!("有：{}", some.join("、")), format!("there are: {}", some.join(", ")))
        }
    }
}

pub(in crate::rules) fn unknown_table(named: &Named, known: &[&str]) -> Diagnostic {
    let table = &named.table;
    let words = Words::new(format!("没有叫“{table}”的表"), format!("there is no table “{table}”"));
    Diagnostic::error("rules.unknown-table", named.place.clone(), words).with_hint(names_hint(table, known))
}

pub(in crate::rules) fn unknown_column(named: &Named, table: &Table) -> Diagnostic {
    let Named { column, place, .. } = named;
    let words = Words::new(
        format!("表“{}”没有“{column}”这一列", table.name),
        format!("the table “{}” has no column “{column}”", table.name),
    );
    let known: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    Diagnostic::error("rules.unknown-column", place.clone(), words).with_hint(names_hint(column, &known))
}

pub(in crate::rules) fn no_numbers(named: &Named, name: &str) -> Diagnostic {
    let words = Words::new(
        format!("“{name}”不是数的列，不能拿来加减比较"),
        format!("“{name}” is no column of numbers and cannot be reckoned with"),
    );
    Diagnostic::error("rules.no-numbers", named.place.clone(), words).with_hint(Words::new(
        "换一列；如果它应当是数，给它写一处 [[column]]，加上 kind = \"number\"",
        "name another one; if it should be numbers, give it a [[column]] with kind = \"number\"",
    ))
}

pub(in crate::rules) fn no_range(place: Place, why: &NoRange) -> Diagnostic {
    let (zh, en) = match why {
        NoRange::Neither(end) => {
            (format!("“{end}”不是数，也不是日期"), format!("“{end}” is neither a number nor a date"))
        }
        NoRange::Open => ("两头都没有写".to_owned(), "both ends are open".to_owned()),
        NoRange::Reversed => (
            "小的要写在前面，两头要么都是数，要么都是日期".to_owned(),
            "the least comes first, and both ends are numbers or both are dates".to_owned(),
        ),
    };
    Diagnostic::error(
        "rules.no-range",
        place,
        Words::new(format!("这个范围不能用：{zh}"), format!("this is no range: {en}")),
    )
    .with_hint(Words::new(
        "写成 [0, 500]、[\"2023-01-01\", \"2023-12-31\"]；一头不限就写 \"\"，例如 [0, \"\"]",
        "write [0, 500] or [\"2023-01-01\", \"2023-12-31\"]; \"\" leaves an end open, as in [0, \"\"]",
    ))
}

pub(in crate::rules) fn bad_pattern(pattern: &Pattern, error: &regex::Error) -> Diagnostic {
    let expression = &pattern.expression;
    let (zh, en) = match error {
        regex::Error::CompiledTooBig(_) => ("太大了".to_owned(), "it is too large".to_owned()),
        error => {
            // The last line of several says what is wrong; the others draw where.
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            (last.clone(), last)
        }
    };
    Diagnostic::error(
        "rules.bad-pattern",
        pattern.place.clone(),
        Words::new(
            format!("“{expression}”不是能用的正则表达式（{zh}）"),
            format!("“{expression}” is no regular expression that can be used: {en}"),
        ),
    )
    .with_hint(Words::new(
        "例如 '\\d{6}' 是 6 位数字，'[A-Z]\\d+' 是一个大写字母后面跟数字；用单引号",
        "such as '\\d{6}' for 6 digits, '[A-Z]\\d+' for a capital and digits; in single quotes",
    ))
}

pub(in crate::rules) fn no_limit(change: &Change) -> Diagnostic {
    let above = &change.above;
    Diagnostic::error(
        "rules.no-limit",
        change.place.clone(),
        Words::new(format!("“{above}”不是变化的限度"), format!("“{above}” is no limit of a change")),
    )
    .with_hint(Words::new(
        "写成 above = \"20%\"，或者一个数，例如 above = 30",
        "write above = \"20%\", or a number such as above = 30",
    ))
}

pub(in crate::rules) fn other_key(change: &Change, this: &Table, other: &Table) -> Diagnostic {
    let (this, other) = (&this.name, &other.name);
    Diagnostic::error(
        "rules.other-key",
        change.from.place.clone(),
        Words::new(
            format!("“{this}”和“{other}”没有一样的 key，不知道哪一行对哪一行"),
            format!("“{this}” and “{other}” have no key in common: nobody knows which row is which"),
        ),
    )
    .with_hint(Words::new("给两张表写上同样的 key", "give both tables the same key"))
}

pub(in crate::rules) fn not_linked(part: &Named, with: &Table) -> Diagnostic {
    let (part_table, with) = (&part.table, &with.name);
    let words = if part_table == with {
        Words::new(
            format!("数“{with}”的行数，不能和它自己的列比"),
            format!("the number of rows of “{with}” cannot be stated in “{with}” itself"),
        )
    } else {
        Words::new(
            format!("“{part_table}”没有关联到“{with}”，不知道哪些行属于哪一个"),
            format!("“{part_table}” is not linked to “{with}”: nobody knows which rows belong to which"),
        )
    };
    Diagnostic::error("rules.not-linked", part.place.clone(), words).with_hint(Words::new(
        format!("加一处 [[link]]，from = \"{part_table}.…\"，to = \"{with}.…\""),
        format!("add a [[link]] with from = \"{part_table}.…\" and to = \"{with}.…\""),
    ))
}

/// From a rule on nothing was checked, as so much is wrong already.
pub(in crate::rules) fn too_many_problems(place: Place, most: usize) -> Diagnostic {
    Diagnostic::error(
        "rules.too-many-problems",
        place,
        Words::new(
            format!("不合规则的地方已经超过 {most} 处，从这一条起没有再查"),
            format!("more than {most} cells break rules; from this one on none was checked"),
        ),
    )
    .with_hint(Words::new(
        "先看前面的规则是不是写错了列",
        "see first whether the rules before it name the right columns",
    ))
}

/// From a rule on no sums were checked, as they would take too long.
pub(in crate::rules) fn too_much_to_add(place: Place, most: usize) -> Diagnostic {
    Diagnostic::error(
        "rules.too-much-to-add",
        place,
        Words::new(
            format!("各条 [[agree]] 要加的格子一共超过 {most} 个，从这一条起没有再查"),
            format!("the sums of all [[agree]] look at more than {most} cells; from this one on none was checked"),
        ),
    )
    .with_hint(Words::new("少写几条 [[agree]]", "have fewer of them"))
}
