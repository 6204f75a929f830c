//! What can be wrong with finding tables in sheets, in words.

use super::{At, hinted, listed, names_hint};
use crate::dataset::locate::{Located, Reason};
use crate::dataset::{Hidden, pick};
use crate::diagnostic::{Diagnostic, Place, Words, nearest};
use crate::workbook::{Sheet, column_letters};

/// Most tables that are told of one sheet.
const MOST_TOLD: usize = 10;

pub(in crate::dataset) fn sheet_not_found<'a>(
    place: Place,
    file: &str,
    sheet: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let (zh, en) = of_file(&place, file);
    let words = Words::new(format!("{zh}没有叫“{sheet}”的工作表"), format!("{en} has no sheet “{sheet}”"));
    hinted(Diagnostic::error("dataset.sheet-not-found", place, words), names_hint(sheet, known))
}

/// A file that something is said of, by its name unless the place gives it already.
fn of_file(place: &Place, file: &str) -> (String, String) {
    match place {
        Place::File { .. } => ("文件里".to_owned(), "the file".to_owned()),
        _ => (format!("{file} 里"), file.to_owned()),
    }
}

pub(in crate::dataset) fn no_content(place: Place, file: &str) -> Diagnostic {
    let (zh, en) = of_file(&place, file);
    Diagnostic::error(
        "dataset.no-content",
        place,
        Words::new(format!("{zh}没有填了内容的可见工作表"), format!("{en} has no visible sheet with anything in it")),
    )
    .with_hint(Words::new("看看是不是发错了文件", "see whether it is the right file"))
}

pub(in crate::dataset) fn no_table(at: At<'_>) -> Diagnostic {
    Diagnostic::error(
        "dataset.no-table",
        at.sheet(),
        Words::new("没有找到带表头的表", "no table with a header was found"),
    )
    .with_hint(Words::new(
        "表头要占一至三行，每列都有名称，名称不能是数字",
        "a header takes one to three rows and gives every column a name that is no number",
    ))
}

pub(in crate::dataset) fn no_rows(at: At<'_>) -> Diagnostic {
    Diagnostic::warning(
        "dataset.no-rows",
        at.sheet(),
        Words::new("表头下面没有数据", "there are no rows below the header"),
    )
}

pub(in crate::dataset) fn passed_over(at: At<'_>, why: Reason, rows: &[u32]) -> Diagnostic {
    let listed = listed(rows.iter().map(|row| (row + 1).to_string()));
    let Words { zh, en } = why.words();
    Diagnostic::note(
        "dataset.rows-passed-over",
        at.sheet(),
        Words::new(format!("第 {listed} 行不算数据：{zh}"), format!("not data: row {listed} ({en})")),
    )
}

pub(in crate::dataset) fn no_table_at(place: Place, at: At<'_>, wanted: &str, found: &[Located]) -> Diagnostic {
    let At { file, sheet, .. } = at;
    let problem = Diagnostic::error(
        "dataset.no-table-at",
        place,
        if pick::address(wanted).is_some() {
            Words::new(
                format!("{file}#{sheet} 里没有从 {wanted} 开始的表"),
                format!("in {file}#{sheet} no table begins at {wanted}"),
            )
        } else {
            Words::new(
                format!("{file}#{sheet} 里没有标题是“{wanted}”的表"),
                format!("{file}#{sheet} has no table with the title “{wanted}”"),
            )
        },
    );
    if found.is_empty() {
        return problem.with_hint(Words::new("这张工作表上没有找到表", "no table was found on this sheet"));
    }
    let proposed: Vec<_> = found.iter().map(|located| pick::proposed(found, located)).collect();
    let titles = found.iter().flat_map(|located| located.titles.iter().map(|(_, _, title)| title.as_str()));
    if let Some(meant) = nearest(wanted, titles.chain(proposed.iter().map(String::as_str))) {
        return problem.with_hint(crate::diagnostic::did_you_mean(meant));
    }
    let all: Vec<_> = proposed.iter().map(|at| format!("at = \"{at}\"")).collect();
    problem.with_hint(Words::new(format!("可以写 {}", all.join("、")), format!("possible: {}", all.join(", "))))
}

/// The first of several tables was read; `others` are those that nothing reads.
pub(in crate::dataset) fn other_tables(at: At<'_>, found: &[Located], others: &[&Located]) -> Diagnostic {
    let shown = |located: &&Located| match pick::titles(located).next() {
        Some(title) => format!("{}“{title}”", located.range()),
        None => located.range(),
    };
    let read = found.first().map(Located::range).unwrap_or_default();
    let (more_zh, more_en) = if others.len() > MOST_TOLD {
        (format!(" 等 {} 张", others.len()), format!(" and {} more", others.len() - MOST_TOLD))
    } else {
        (String::new(), String::new())
    };
    let listed: Vec<_> = others.iter().take(MOST_TOLD).map(shown).collect();
    let example = others.first().map(|located| pick::proposed(found, located)).unwrap_or_default();
    let first = found.first().map(|located| pick::proposed(found, located)).unwrap_or_default();
    Diagnostic::warning(
        "dataset.another-table",
        at.sheet(),
        Words::new(
            format!("这里不止一张表：读的是 {read}，没有读 {}{more_zh}", listed.join("、")),
            format!("there is more than one table here: {read} is read, not {}{more_en}", listed.join(", ")),
        ),
    )
    .with_hint(Words::new(
        format!("要读那一张，在它的 [[table]] 里写 at = \"{example}\"；只要这一张，就写 at = \"{first}\""),
        format!("to read it, write at = \"{example}\" in its [[table]]; if this one is all you need, at = \"{first}\""),
    ))
}

pub(in crate::dataset) fn sheets_not_read(file: &str, sheets: &[&Sheet]) -> Diagnostic {
    let shown = |sheet: &&Sheet, mark: &str| format!("“{}”{}", sheet.name, if sheet.hidden { mark } else { "" });
    let listed = |mark: &str| listed(sheets.iter().map(|sheet| shown(sheet, mark)));
    Diagnostic::note(
        "dataset.sheets-not-read",
        Place::File { file: file.to_owned() },
        Words::new(
            format!("没有读的工作表：{}", listed("（隐藏）")),
            format!("sheets that are not read: {}", listed(" (hidden)")),
        ),
    )
}

pub(in crate::dataset) fn hidden_sheet(at: At<'_>, hidden: Hidden) -> Diagnostic {
    match hidden {
        Hidden::Read => Diagnostic::note(
            "dataset.hidden-sheet",
            at.sheet(),
            Words::new("这张工作表是隐藏的，照样读了", "this sheet is hidden; it is read all the same"),
        ),
        Hidden::Skip => Diagnostic::warning(
            "dataset.hidden-sheet",
            at.sheet(),
            Words::new("这张工作表是隐藏的，没有读", "this sheet is hidden; it is not read"),
        )
        .with_hint(Words::new(
            "要读就取消隐藏，或把 hidden = \"skip\" 去掉",
            "to have it read, unhide it, or take out hidden = \"skip\"",
        )),
    }
}

/// Rows and columns, from 0, that hold something and are hidden.
pub(in crate::dataset) fn hidden_lines(at: At<'_>, rows: &[usize], columns: &[usize], skipped: bool) -> Diagnostic {
    let rows_listed = listed(rows.iter().map(|row| (row + 1).to_string()));
    let columns_listed = listed(columns.iter().map(|column| column_letters(*column as u32)));
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !rows.is_empty() {
        zh.push(format!("第 {rows_listed} 行"));
        en.push(format!("row {rows_listed}"));
    }
    if !columns.is_empty() {
        zh.push(format!("{}{columns_listed} 列", if zh.is_empty() { "" } else { " " }));
        en.push(format!("column {columns_listed}"));
    }
    let (did_zh, did_en) = if skipped { ("没有读", "not read") } else { ("照样读了", "read all the same") };
    Diagnostic::note(
        "dataset.hidden-lines",
        at.sheet(),
        Words::new(
            format!("{}是隐藏的，{did_zh}", zh.join("和")),
            format!("hidden and {did_en}: {}", en.join(" and ")),
        ),
    )
}
