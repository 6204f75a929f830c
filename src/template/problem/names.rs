//! Names that the data does not have, and arguments of the wrong kind.

use super::{error, with_known};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::template::helpers::{Helper, helper};

pub(in crate::template) fn unknown_name<'n>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-name",
        place,
        format!("数据里没有“{name}”这个列或表"),
        format!("the data has no column or table “{name}”"),
    );
    if helper(name).is_some() {
        return problem.with_hint(Words::new(
            format!("“{name}”是助手，后面要写参数：{{{{{name} …}}}}"),
            format!("“{name}” is a helper and needs arguments: {{{{{name} …}}}}"),
        ));
    }
    with_known(problem, name, known)
}

pub(in crate::template) fn further_out(place: Place, name: &str, meant: &str) -> Diagnostic {
    let problem = error(
        "template.unknown-name",
        place,
        format!("“{name}”不在这一层循环里"),
        format!("“{name}” is not a name of this loop"),
    );
    problem.with_hint(Words::new(format!("外层的列写成 {meant}"), format!("the one further out is {meant}")))
}

pub(in crate::template) fn unknown_table<'n>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem =
        error("template.unknown-table", place, format!("没有叫“{name}”的表"), format!("there is no table “{name}”"));
    with_known(problem, name, known)
}

pub(in crate::template) fn unknown_column<'n>(
    place: Place,
    table: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-column",
        place,
        format!("表“{table}”没有“{name}”这一列"),
        format!("the table “{table}” has no column “{name}”"),
    );
    with_known(problem, name, known)
}

pub(in crate::template) fn unknown_fact<'n>(
    place: Place,
    key: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-name",
        place,
        format!("项目文件的 [project] 里没有“{key}”"),
        format!("the project file has no “{key}” in [project]"),
    );
    with_known(problem, key, known)
}

pub(in crate::template) fn unknown_local(place: Place, written: &str, known: &[&'static str]) -> Diagnostic {
    let problem = error("template.unknown-name", place, format!("没有“{written}”"), format!("there is no “{written}”"));
    let all: Vec<String> = known.iter().map(|name| format!("@{name}")).collect();
    problem.with_hint(Words::new(format!("可以用：{}", all.join("、")), format!("there are: {}", all.join(", "))))
}

pub(in crate::template) fn outside_a_loop(place: Place, written: &str) -> Diagnostic {
    error(
        "template.outside-loop",
        place,
        format!("“{written}”只能用在 {{{{#each}}}} 里"),
        format!("“{written}” can be used within {{{{#each}}}} only"),
    )
}

pub(in crate::template) fn too_far_out(place: Place, written: &str, levels: usize) -> Diagnostic {
    error(
        "template.too-far-out",
        place,
        format!("“{written}”的 ../ 太多：这里只在 {levels} 层循环里"),
        format!("“{written}” has too many ../: it stands within {levels} loop(s)"),
    )
}

pub(in crate::template) fn many_values(place: Place, written: &str) -> Diagnostic {
    let problem = error(
        "template.many-values",
        place,
        format!("“{written}”是一整列，不是一个值"),
        format!("“{written}” is a whole column, not one value"),
    );
    problem.with_hint(Words::new(
        format!("用助手算出一个值，例如 (合计 {written})，或者放进 {{{{#each}}}} 里逐行写"),
        format!("make one value of it, such as (sum {written}), or go through its rows with {{{{#each}}}}"),
    ))
}

pub(in crate::template) fn rows_as_value(place: Place, written: &str) -> Diagnostic {
    let problem = error(
        "template.many-values",
        place,
        format!("“{written}”是一张表，不是一个值"),
        format!("“{written}” is a table, not one value"),
    );
    problem.with_hint(Words::new(
        format!("行数写 (计数 {written})，列出各行用 {{{{#each}}}} 或“表格”"),
        format!("its number of rows is (count {written}); to list them use {{{{#each}}}} or “table”"),
    ))
}

pub(in crate::template) fn rows_wanted(place: Place, helper: &str) -> Diagnostic {
    let problem =
        error("template.table-wanted", place, format!("“{helper}”要一张表"), format!("“{helper}” takes a table"));
    problem.with_hint(Words::new("例如 党支部，或 (筛选 党支部 …)", "such as 党支部 or (where 党支部 …)"))
}

pub(in crate::template) fn one_row_wanted(place: Place) -> Diagnostic {
    let problem = error("template.one-row-wanted", place, "with 只对一行", "with is about one row");
    problem.with_hint(Words::new(
        "用 (首行 …)、(末行 …) 或 (取 …) 取出一行；逐行写用 {{#each}}",
        "take one with (first …), (last …) or (at …); for each of many use {{#each}}",
    ))
}

pub(in crate::template) fn column_wanted(place: Place, helper: &Helper, written: &str) -> Diagnostic {
    let [en, zh] = helper.names;
    let problem = error(
        "template.column-wanted",
        place,
        format!("“{zh}”要一张表的一列，“{written}”不是"),
        format!("“{en}” takes a column of a table, which “{written}” is not"),
    );
    problem.with_hint(Words::new("写成 表.列，例如 党支部.党员总数", "write table.column, such as 党支部.党员总数"))
}

pub(in crate::template) fn column_in_quotes(place: Place, helper: &Helper, written: &str) -> Diagnostic {
    let [en, zh] = helper.names;
    let problem = error(
        "template.column-wanted",
        place,
        format!("“{zh}”的列名要加引号"),
        format!("“{en}” takes the column's name in quotes"),
    );
    problem.with_hint(Words::new(format!("写成 \"{written}\""), format!("write \"{written}\"")))
}
