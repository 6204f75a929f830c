//! What can be wrong with a table's columns, in words.

use super::{At, hinted, names_hint};
use crate::dataset::{ColumnSpec, Table};
use crate::diagnostic::{Diagnostic, Place, Words, nearest};
use crate::workbook::column_letters;

/// Columns with values and without names, from left to right; at least one.
pub(in crate::dataset) fn unnamed_columns(at: At<'_>, row: u32, columns: &[u32]) -> Diagnostic {
    let runs = columns.chunk_by(|column, next| column + 1 == *next);
    let runs = runs.filter_map(|run| match run {
        [one] => Some(column_letters(*one)),
        [first, .., last] => Some(format!("{}:{}", column_letters(*first), column_letters(*last))),
        [] => None,
    });
    let letters = runs.collect::<Vec<_>>().join(", ");
    Diagnostic::warning(
        "dataset.column-without-name",
        at.cell(row, columns.first().copied().unwrap_or_default()),
        Words::new(
            format!("{letters} 列有内容，表头却是空的，没有读"),
            format!("column {letters} has values but no name; it is not read"),
        ),
    )
    .with_hint(Words::new("给它写上表头，或清空这一列", "give it a name in the header, or clear it"))
}

pub(in crate::dataset) fn column_named_here(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
    let letters = column_letters(column);
    Diagnostic::note(
        "dataset.column-named-here",
        at.cell(row, column),
        Words::new(
            format!("{letters} 列的表头是空的，叫作“{name}”"),
            format!("column {letters} has no name; it is called “{name}”"),
        ),
    )
}

pub(in crate::dataset) fn name_used_twice(at: At<'_>, row: u32, column: u32, name: &str, now: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.column-name-twice",
        at.cell(row, column),
        Words::new(
            format!("两列都叫“{name}”，后一列改称“{now}”"),
            format!("two columns are named “{name}”; the later one is called “{now}”"),
        ),
    )
    .with_hint(Words::new("把其中一列改个名称", "rename one of them"))
}

/// `own` are the columns that only this sheet has.
pub(in crate::dataset) fn missing_column<'a>(
    at: At<'_>,
    table: &str,
    name: &str,
    own: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "dataset.missing-column",
        at.sheet(),
        Words::new(
            format!("缺“{name}”这一列，别的文件里有"),
            format!("the column “{name}”, which other files have, is missing"),
        ),
    );
    let hint = match nearest(name, own.clone()).or_else(|| own.clone().next().filter(|_| own.count() == 1)) {
        Some(meant) => Words::new(
            format!(
                "“{meant}”是不是就是它？是就把名称改一致，或在 huibao.toml 里写 \
                 [[column]] name = \"{table}.{name}\" also = [\"{meant}\"]"
            ),
            format!(
                "is “{meant}” what is meant? Then give it the same name, or write into huibao.toml \
                 [[column]] name = \"{table}.{name}\" also = [\"{meant}\"]"
            ),
        ),
        None => {
            Words::new("补上这一列；没有数就留空", "add the column; where there is nothing to fill in, leave it empty")
        }
    };
    problem.with_hint(hint)
}

pub(in crate::dataset) fn missing_columns(at: At<'_>, names: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "dataset.missing-column",
        at.sheet(),
        Words::new(
            format!("缺“{}”这 {} 列，别的文件里有", names.join("”“"), names.len()),
            format!("{} columns, which other files have, are missing: “{}”", names.len(), names.join("”, “")),
        ),
    )
    .with_hint(Words::new(
        "看看是不是读错了工作表、用错了表样；少了列就补上，没有数的留空",
        "see whether it is the right sheet and the right form; add columns that are missing, and leave empty what is not known",
    ))
}

pub(in crate::dataset) fn shares_in_percent(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.shares-in-percent",
        at.cell(row, column),
        Words::new(
            format!("“{name}”按百分数填，这一列的数却都在 0 和 1 之间，看起来 0.9 是指 90%，仍读作 0.9%"),
            format!(
                "“{name}” counts in percent, but all its numbers lie between 0 and 1: it looks as if 0.9 were 90%, but \
                 it is taken as 0.9%"
            ),
        ),
    )
    .with_hint(Words::new(
        "如果是 90%，在表里写 90 或 90%，或者去掉表头里的百分号",
        "if 90% is meant, write 90 or 90% in the sheet, or take the percent sign out of the heading",
    ))
}

pub(in crate::dataset) fn extra_column(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
    Diagnostic::note(
        "dataset.extra-column",
        at.cell(row, column),
        Words::new(format!("“{name}”这一列多数文件里没有"), format!("most other files have no column “{name}”")),
    )
}

pub(in crate::dataset) fn unknown_column(place: Place, table: &Table, name: &str) -> Diagnostic {
    let words = Words::new(
        format!("表“{}”没有“{name}”这一列", table.name),
        format!("the table “{}” has no column “{name}”", table.name),
    );
    let known = table.columns.iter().map(|column| column.name.as_str());
    hinted(Diagnostic::error("dataset.unknown-column", place, words), names_hint(name, known))
}

pub(in crate::dataset) fn also_in_two_columns(
    at: At<'_>,
    row: u32,
    name: &str,
    (first, first_name): (u32, &str),
    (second, second_name): (u32, &str),
) -> Diagnostic {
    let (first, letters) = (column_letters(first), column_letters(second));
    Diagnostic::error(
        "dataset.also-in-two-columns",
        at.cell(row, second),
        Words::new(
            format!("{first} 列“{first_name}”和 {letters} 列“{second_name}”都可以算“{name}”，分不清是哪一列"),
            format!("column {first} “{first_name}” and column {letters} “{second_name}” may both be “{name}”"),
        ),
    )
    .with_hint(Words::new(
        "把用不着的那一列改个名称，或从 huibao.toml 的 also 里去掉它",
        "rename the one that is not meant, or take it out of also in huibao.toml",
    ))
}

pub(in crate::dataset) fn column_described_twice(table: &Table, spec: &ColumnSpec, first: &Place) -> Diagnostic {
    let (table, name) = (&table.name, &spec.name);
    Diagnostic::error(
        "dataset.column-twice",
        spec.place.clone(),
        Words::new(
            format!("“{table}.{name}”和另一处 [[column]] 说的是同一列"),
            format!("“{table}.{name}” and another [[column]] are one column"),
        ),
    )
    .with_hint(Words::new(format!("另一处在 {first}，合成一处"), format!("the other is at {first}; make them one")))
}
