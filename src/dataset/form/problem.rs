//! What can be wrong with forms, in words.

use super::super::problem::At;
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

type At2 = (u32, u32);

/// A sheet that has no labels with values; `named` if the project file means this very sheet.
pub(super) fn no_form(at: At<'_>, named: bool, empty: bool) -> Diagnostic {
    let words = if empty {
        Words::new(
            "没有认出登记表：没有找到一边是名称、一边是内容的格子",
            "no form was found: no labels with values beside or below them",
        )
    } else {
        Words::new("和别的登记表不是一种表，没有读", "this is not the form that the others are; it is not read")
    };
    if !named {
        return Diagnostic::note("dataset.no-form", at.sheet(), words);
    }
    Diagnostic::error("dataset.no-form", at.sheet(), words).with_hint(if empty {
        Words::new(
            "如果是一行一条的普通表，去掉 form = true",
            "if it is a table with a header and rows, take form = true away",
        )
    } else {
        Words::new("看看是不是发错了文件，或模板被改动过", "see whether it is the right file, or the form was changed")
    })
}

/// A sheet of labels and values that the project file takes for rows below a header; `read`: it was read so.
pub(in crate::dataset) fn undeclared(at: At<'_>, read: bool) -> Diagnostic {
    let hint = Words::new("在它的 [[table]] 里加一行 form = true", "add a line form = true to its [[table]]");
    if read {
        let words = Words::new(
            "像是一张登记表（名称在左边或上面，内容在旁边），却按有表头的表读了",
            "this looks like a form (labels beside their values), but is read as a table with a header",
        );
        return Diagnostic::warning("dataset.form-read-as-table", at.sheet(), words).with_hint(hint);
    }
    let words = Words::new(
        "没有找到带表头的表；这是一张登记表（名称在左边或上面，内容在旁边）",
        "no table with a header was found; this is a form (labels beside their values)",
    );
    Diagnostic::error("dataset.no-table", at.sheet(), words).with_hint(hint)
}

pub(super) fn label_twice(at: At<'_>, (row, column): At2, name: &str, now: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.label-twice",
        at.cell(row, column),
        Words::new(
            format!("表里有两处叫“{name}”，后一处改称“{now}”"),
            format!("“{name}” stands twice in the form; the later one is called “{now}”"),
        ),
    )
    .with_hint(Words::new("把其中一处改个名称", "rename one of them"))
}

pub(super) fn label_without_value(at: At<'_>, (row, column): At2, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.label-without-value",
        at.cell(row, column),
        Words::new(
            format!("“{name}”的右边、下面都没有可填的格子，算作空着"),
            format!("there is no cell for a value beside or below “{name}”; it is taken as blank"),
        ),
    )
}

pub(super) fn loose(at: At<'_>, (row, column): At2, text: &str, alone: bool) -> Diagnostic {
    let short: String = text.chars().take(20).collect();
    let short = if short.len() < text.len() { format!("{short}…") } else { short };
    let words = Words::new(
        format!("“{short}”看不出属于哪个名称，没有读"),
        format!("“{short}” belongs to no label that could be found; it is not read"),
    );
    if alone {
        return Diagnostic::note("dataset.value-without-label", at.cell(row, column), words);
    }
    Diagnostic::warning("dataset.value-without-label", at.cell(row, column), words)
        .with_hint(Words::new("名称写在内容的左边或上面", "a label stands left of its value, or above it"))
}

pub(super) fn all_ticked(at: At<'_>, (row, column): At2, text: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.all-ticked",
        at.cell(row, column),
        Words::new(format!("“{text}”两个都勾了"), format!("both boxes of “{text}” are ticked")),
    )
    .with_hint(Words::new("只留一个", "leave one of them"))
}

/// A table inside forms that is not there: in one form, or in all of them.
pub(in crate::dataset) fn no_inner<'a>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "dataset.no-inner-table",
        place,
        Words::new(format!("登记表里没有找到“{name}”这张表"), format!("no table “{name}” was found inside the form")),
    );
    let mut all: Vec<_> = known.clone().collect();
    all.sort_unstable();
    all.dedup();
    match nearest(name, known) {
        Some(meant) => problem.with_hint(did_you_mean(meant)),
        None if all.is_empty() => problem.with_hint(Words::new(
            "里面的表要有一行列名，下面留两行以上",
            "a table inside a form has a row of names and at least two rows below it",
        )),
        None => problem.with_hint(Words::new(
            format!("有这些：{}；用 at = \"…\" 指定一个", all.join("、")),
            format!("there are: {}; choose one with at = \"…\"", all.join(", ")),
        )),
    }
}

pub(in crate::dataset) fn not_a_form<'a>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "dataset.not-a-form",
        place,
        Words::new(format!("没有叫“{name}”的登记表"), format!("there is no table of forms “{name}”")),
    );
    problem.with_hint(match nearest(name, known) {
        Some(meant) => did_you_mean(meant),
        None => Words::new("inside 写的是一张 form = true 的表的名称", "inside names a table that has form = true"),
    })
}
