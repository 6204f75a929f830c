//! What can be wrong with the files that make a table together, in words.

use super::At;
use crate::dataset::Table;
use crate::dataset::every::{Missing, Stray, UnitNames};
use crate::diagnostic::{Diagnostic, Place, Words, nearest};

pub(in crate::dataset) fn copy(at: At<'_>, first: At<'_>, rows: usize, left_out: bool) -> Diagnostic {
    let first = first.sheet();
    let (did_zh, did_en) = if left_out {
        ("只读了那一份", "only that one is read")
    } else {
        ("两份都读了，数会算两遍", "both are read, and count twice")
    };
    Diagnostic::warning(
        "dataset.same-content",
        at.sheet(),
        Words::new(
            format!("和 {first} 的内容完全一样（{rows} 行），{did_zh}"),
            format!("this is the same as {first} cell for cell ({rows} rows): {did_en}"),
        ),
    )
    .with_hint(Words::new(
        "发重了就删掉一份；发错了就请对方补发自己的",
        "delete one of them; if one was sent by mistake, ask for the right one",
    ))
}

pub(in crate::dataset) fn every_without_link(place: Place, table: &Table, units: &Table) -> Diagnostic {
    let key = units.key.first().or(Some(&0)).and_then(|column| units.columns.get(*column));
    let key = key.map(|column| column.name.as_str()).unwrap_or_default();
    let own = table.find_column(key).and_then(|column| table.columns.get(column)).map(|column| column.name.as_str());
    let own = own.or_else(|| nearest(key, table.columns.iter().map(|column| column.name.as_str()))).unwrap_or(key);
    let (table, units) = (&table.name, &units.name);
    let line = format!("[[link]] from = \"{table}.{own}\" to = \"{units}.{key}\"");
    Diagnostic::error(
        "dataset.every-without-link",
        place,
        Words::new(
            format!("“{table}”没有关联到“{units}”，看不出哪一行是谁的"),
            format!("no link leads from “{table}” to “{units}”, so it cannot be told whose a row is"),
        ),
    )
    .with_hint(Words::new(format!("加上 {line}"), format!("add {line}")))
}

pub(in crate::dataset) fn file_of_nobody(
    stray: &Stray<'_>,
    table: &Table,
    column: usize,
    units: &Table,
    names: &UnitNames<'_>,
) -> Diagnostic {
    let Stray { file, rows, values, near } = stray;
    let column = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let units = &units.name;
    let (said_zh, said_en) = if values.is_empty() {
        (format!("“{column}”都空着"), format!("“{column}” is blank"))
    } else {
        let (zh, en) = (values.join("、"), values.join(", "));
        (format!("“{column}”写的是 {zh}"), format!("“{column}” says {en}"))
    };
    let problem = Diagnostic::error(
        "dataset.file-of-nobody",
        Place::File { file: (*file).to_owned() },
        Words::new(
            format!("这个文件的 {rows} 行不是“{units}”里任何一个的：{said_zh}"),
            format!("the {rows} rows of this file belong to nobody in “{units}”: {said_en}"),
        ),
    );
    problem.with_hint(match near.map(|row| names.label(row)) {
        Some(near) => Words::new(
            format!("像是“{near}”的：是就把“{column}”改对，不是就把文件移走"),
            format!("it seems to be that of “{near}”: then mend “{column}”; if not, take the file away"),
        ),
        None => Words::new(
            format!("改对“{column}”，或在“{units}”里补上它，或把文件移走"),
            format!("mend “{column}”, add it to “{units}”, or take the file away"),
        ),
    })
}

/// Of more units that have sent nothing these are named, and the others counted.
const MOST_NAMED: usize = 50;

pub(in crate::dataset) fn nothing_sent(
    place: Place,
    table: &Table,
    units: &Table,
    missing: &[Missing<'_>],
) -> Diagnostic {
    let listed = |mark: &dyn Fn(&str) -> String, comma: &str| {
        let mark = |file: Option<&str>| file.map(mark).unwrap_or_default();
        let named = missing.iter().take(MOST_NAMED).map(|Missing { unit, file, .. }| format!("{unit}{}", mark(*file)));
        named.collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (listed(&seems_zh, "、"), listed(&seems_en, ", "));
    let (more_zh, more_en) = if missing.len() > MOST_NAMED { (" 等", " …") } else { ("", "") };
    let (all, count, table, units) = (units.rows.len(), missing.len(), &table.name, &units.name);
    Diagnostic::warning(
        "dataset.nothing-sent",
        place,
        Words::new(
            format!("“{units}”共 {all} 个，有 {count} 个没有报“{table}”：{zh}{more_zh}"),
            format!("{count} of {all} in “{units}” have sent nothing for “{table}”: {en}{more_en}"),
        ),
    )
    .with_hint(Words::new(
        "催报；不用报的从名单里去掉。一行一个的名单：huibao check --xlsx 问题清单.xlsx",
        "ask for it; take those who owe nothing off the list. A list with a row each: huibao check --xlsx problems.xlsx",
    ))
    .with_each(missing.iter().map(|missing| has_sent_nothing(table, missing)).collect())
}

fn has_sent_nothing(table: &str, missing: &Missing<'_>) -> Diagnostic {
    let Missing { unit, place, file } = missing;
    let (zh, en) = (file.map(seems_zh).unwrap_or_default(), file.map(seems_en).unwrap_or_default());
    Diagnostic::warning(
        "dataset.nothing-sent",
        place.clone(),
        Words::new(format!("{unit}没有报“{table}”{zh}"), format!("{unit} has sent nothing for “{table}”{en}")),
    )
    .with_hint(Words::new("请补报；不用报的从名单里去掉", "send it; who owes nothing is taken off the list"))
}

fn seems_zh(file: &str) -> String {
    format!("（文件 {file} 像是它的，里面却没有它的行）")
}

fn seems_en(file: &str) -> String {
    format!(" (the file {file} seems to be its, but has no row of it)")
}
