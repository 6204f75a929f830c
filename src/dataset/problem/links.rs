//! What can be wrong with keys and links, in words.

use super::{hinted, listed, names_hint, place_of};
use crate::dataset::describe::value_shown;
use crate::dataset::keys::{self, Twice};
use crate::dataset::{Dataset, LinkSpec, Origin, Table};
use crate::diagnostic::{Diagnostic, Place, Words};

/// Most differences, and rows with differences, that are told.
const MOST_TOLD: usize = 3;

pub(in crate::dataset) fn blank_key(dataset: &Dataset, origin: Origin, name: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.blank-key",
        place_of(dataset, origin),
        Words::new(
            format!("“{name}”用来区分各行，不能空着"),
            format!("“{name}” tells the rows apart and must not be blank"),
        ),
    )
    .with_hint(Words::new("补上，或删掉这一行", "fill it in, or delete the row"))
}

pub(in crate::dataset) fn key_twice(dataset: &Dataset, table: &Table, twice: &Twice) -> Diagnostic {
    let Twice { first, again, shown } = twice;
    let names = key_names(table);
    let differ = keys::differences(table, *first, *again);
    let (how, hint) = if differ.is_empty() {
        (Words::new("两行内容一样", "the rows are equal"), Words::new("删掉其中一行", "delete one of them"))
    } else {
        let zh = told_differences(table, &differ, *first, *again, "、");
        let en = told_differences(table, &differ, *first, *again, ", ");
        (
            Words::new(format!("两行不同：{zh}"), format!("they differ: {en}")),
            Words::new(
                "看哪一行对，删掉另一行；键写错了就改正",
                "see which is right and delete the other; or mend the key if that is wrong",
            ),
        )
    };
    let origin = |row: usize| key_origin(table, row);
    let first = place_of(dataset, origin(*first));
    let (row, first_row) = (origin(*again).row + 1, origin(twice.first).row + 1);
    Diagnostic::error(
        "dataset.key-twice",
        place_of(dataset, origin(*again)),
        Words::new(
            format!(
                "“{}”为“{shown}”的行有两行：第 {row} 行，和 {first}（第 {first_row} 行）；{}",
                names.join("、"),
                how.zh
            ),
            format!(
                "two rows have “{shown}” as “{}”: row {row}, and {first} (row {first_row}); {}",
                names.join(", "),
                how.en
            ),
        ),
    )
    .with_hint(hint)
}

/// Many rows that two files have in common.
pub(in crate::dataset) fn keys_twice(dataset: &Dataset, table: &Table, twice: &[Twice]) -> Diagnostic {
    let names = key_names(table);
    let differing: Vec<_> = twice
        .iter()
        .map(|twice| (twice, keys::differences(table, twice.first, twice.again)))
        .filter(|(_, differ)| !differ.is_empty())
        .collect();
    let told = |between: &str| {
        let rows = differing.iter().take(MOST_TOLD).map(|(Twice { first, again, shown }, differ)| {
            let row = key_origin(table, *again).row + 1;
            (row, shown.clone(), told_differences(table, differ, *first, *again, between))
        });
        rows.collect::<Vec<_>>()
    };
    let more = if differing.len() > MOST_TOLD { " …" } else { "" };
    let zh: Vec<_> = told("、").iter().map(|(row, key, how)| format!("第 {row} 行“{key}”{how}")).collect();
    let en: Vec<_> = told(", ").iter().map(|(row, key, how)| format!("row {row} “{key}” {how}")).collect();
    let (count, equal) = (twice.len(), twice.len() - differing.len());
    let (zh, en) = if differing.is_empty() {
        ("内容都一样".to_owned(), "all equal".to_owned())
    } else {
        (
            format!("{equal} 行内容一样，{} 行不同：{}{more}", differing.len(), zh.join("；")),
            format!("{equal} equal, {} not: {}{more}", differing.len(), en.join("; ")),
        )
    };
    let sheet_of = |row: Option<usize>| match row.map(|row| place_of(dataset, key_origin(table, row))) {
        Some(Place::Cell { file, sheet, .. }) => Place::Sheet { file, sheet },
        _ => Place::Run,
    };
    let first = sheet_of(twice.first().map(|twice| twice.first));
    Diagnostic::error(
        "dataset.keys-twice",
        sheet_of(twice.first().map(|twice| twice.again)),
        Words::new(
            format!("有 {count} 行“{}”和 {first} 的重复：{zh}", names.join("、")),
            format!("{count} rows have the same “{}” as rows of {first}: {en}", names.join(", ")),
        ),
    )
    .with_hint(Words::new(
        "像是同一份报了两次：看哪一份对，把另一份移走",
        "it looks as if one thing was sent twice: see which is right and take the other away",
    ))
}

fn key_names(table: &Table) -> Vec<&str> {
    table.key.iter().filter_map(|column| table.columns.get(*column)).map(|column| column.name.as_str()).collect()
}

fn key_origin(table: &Table, row: usize) -> Origin {
    let column = table.key.first().copied().unwrap_or_default();
    let cell = table.rows.get(row).and_then(|row| row.cells.get(column));
    cell.map_or(Origin { sheet: u32::MAX, row: 0, column: 0 }, |cell| cell.origin)
}

/// 党员总数 12/13、书记 张某/李某: the first row's value before the later one's.
fn told_differences(table: &Table, differ: &[usize], first: usize, again: usize, between: &str) -> String {
    let value = |row: usize, column: usize| {
        let cell = table.rows.get(row).and_then(|row| row.cells.get(column));
        let shown = cell.map(|cell| value_shown(&cell.value)).unwrap_or_default();
        if shown.is_empty() { "—".to_owned() } else { shown }
    };
    let told = differ.iter().take(MOST_TOLD).map(|column| {
        let name = table.columns.get(*column).map(|column| column.name.as_str()).unwrap_or_default();
        format!("{name} {}/{}", value(first, *column), value(again, *column))
    });
    let more = if differ.len() > MOST_TOLD { " …" } else { "" };
    format!("{}{more}", told.collect::<Vec<_>>().join(between))
}

pub(in crate::dataset) fn link_to_several(
    dataset: &Dataset,
    table: &Table,
    column: usize,
    first: Origin,
    again: Origin,
    value: &str,
) -> Diagnostic {
    let name = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let first = place_of(dataset, first);
    Diagnostic::error(
        "dataset.link-to-several",
        place_of(dataset, again),
        Words::new(
            format!("别的表按“{}.{name}”找行，“{value}”却有两行，另一行在 {first}", table.name),
            format!(
                "rows are looked up by “{}.{name}”, but “{value}” stands in two; the other is at {first}",
                table.name
            ),
        ),
    )
    .with_hint(Words::new("改成各不相同，或换一列来关联", "make them differ, or link by another column"))
}

pub(in crate::dataset) fn circular_link(spec: &LinkSpec, same_column: bool) -> Diagnostic {
    let ((from, from_column, place), (to, to_column, _)) = (&spec.from, &spec.to);
    let words = if same_column {
        Words::new(
            format!("“{from}.{from_column}”关联到了它自己"),
            format!("“{from}.{from_column}” is linked to itself"),
        )
    } else {
        Words::new(
            format!("“{from}.{from_column}”到“{to}.{to_column}”的关联绕成了一圈"),
            format!("the link from “{from}.{from_column}” to “{to}.{to_column}” closes a circle"),
        )
    };
    Diagnostic::error("dataset.circular-link", place.clone(), words).with_hint(Words::new(
        "关联要从下级指向上级，比如 党支部.学校代码 → 学校.学校代码",
        "links go from the part to the whole, such as 党支部.学校代码 to 学校.学校代码",
    ))
}

pub(in crate::dataset) fn blank_link(dataset: &Dataset, first: Origin, count: usize, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.blank-link",
        place_of(dataset, first),
        Words::new(
            format!("“{name}”有 {count} 行空着，第一处在这里；这些行不属于任何一方"),
            format!("“{name}” is blank in {count} rows, here first; these rows belong to nobody"),
        ),
    )
    .with_hint(Words::new(
        "补上；空着的行只算在全部里，哪个单位的报告里都没有",
        "fill it in; rows without it count in the whole, and are in no unit's report",
    ))
}

/// `rows` are those of one sheet that have the value.
#[allow(clippy::too_many_arguments, reason = "all of it is said")]
pub(in crate::dataset) fn dangling(
    dataset: &Dataset,
    origin: Origin,
    rows: &[u32],
    table: &Table,
    column: usize,
    value: &str,
    zeros: Option<&str>,
    near: Option<&str>,
) -> Diagnostic {
    let name = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let (more_zh, more_en) = if rows.len() > 1 {
        let listed = listed(rows.iter().map(|row| (row + 1).to_string()));
        (format!("（{} 行：第 {listed} 行）", rows.len()), format!(" ({} rows: {listed})", rows.len()))
    } else {
        (String::new(), String::new())
    };
    let problem = Diagnostic::error(
        "dataset.dangling-link",
        place_of(dataset, origin),
        Words::new(
            format!("“{}.{name}”里没有“{value}”{more_zh}", table.name),
            format!("there is no “{value}” in “{}.{name}”{more_en}", table.name),
        ),
    );
    let hint = match (zeros, near) {
        (Some(zeros), _) => Words::new(
            format!("那边是“{zeros}”：Excel 把开头的 0 去掉了，把单元格设成文本格式再输入"),
            format!(
                "there it is “{zeros}”: Excel has dropped leading zeros; format the cell as text and type it again"
            ),
        ),
        (None, Some(near)) => Words::new(
            format!("是不是“{near}”？如果是新的，先在“{}”里补上这一行", table.name),
            format!("did you mean “{near}”? If it is new, add its row to “{}” first", table.name),
        ),
        (None, None) => Words::new(
            format!("在“{}”里补上这一行，或改正这里", table.name),
            format!("add the row to “{}”, or mend the value here", table.name),
        ),
    };
    problem.with_hint(hint)
}
pub(in crate::dataset) fn unknown_table(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let words = Words::new(format!("没有叫“{name}”的表"), format!("there is no table “{name}”"));
    hinted(Diagnostic::error("dataset.unknown-table", place, words), names_hint(name, known.iter().copied()))
}
