//! What can be wrong with tables, in words.

use super::locate::Reason;
use super::{Dataset, LinkSpec, Origin, Table};
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::workbook::{cell_address, column_letters};

/// The sheet that something is said about.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
}

impl At<'_> {
    fn sheet(self) -> Place {
        Place::Sheet { file: self.file.to_owned(), sheet: self.sheet.to_owned() }
    }

    fn cell(self, row: u32, column: u32) -> Place {
        Place::Cell { file: self.file.to_owned(), sheet: self.sheet.to_owned(), cell: cell_address(row, column) }
    }
}

fn place_of(dataset: &Dataset, origin: Origin) -> Place {
    let cell = cell_address(origin.row, origin.column);
    match dataset.sheets.get(origin.sheet as usize) {
        Some(name) => Place::Cell { file: name.file.clone(), sheet: name.sheet.clone(), cell },
        None => Place::Run,
    }
}

/// The nearest name, or all there are.
fn names_hint<'a>(unknown: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Words> {
    if let Some(meant) = nearest(unknown, known.clone()) {
        return Some(did_you_mean(meant));
    }
    let all: Vec<_> = known.take(30).collect();
    (!all.is_empty()).then(|| Words::new(format!("有：{}", all.join("、")), format!("there are: {}", all.join(", "))))
}

fn hinted(problem: Diagnostic, hint: Option<Words>) -> Diagnostic {
    match hint {
        Some(hint) => problem.with_hint(hint),
        None => problem,
    }
}

pub(super) fn sheet_not_found<'a>(
    place: Place,
    file: &str,
    sheet: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let words = Words::new(format!("{file} 里没有叫“{sheet}”的工作表"), format!("{file} has no sheet “{sheet}”"));
    hinted(Diagnostic::error("dataset.sheet-not-found", place, words), names_hint(sheet, known))
}

pub(super) fn no_content(place: Place, file: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.no-content",
        place,
        Words::new(
            format!("{file} 里没有填了内容的可见工作表"),
            format!("{file} has no visible sheet with anything in it"),
        ),
    )
    .with_hint(Words::new("看看是不是发错了文件", "see whether it is the right file"))
}

pub(super) fn no_table(at: At<'_>) -> Diagnostic {
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

pub(super) fn no_rows(at: At<'_>) -> Diagnostic {
    Diagnostic::warning(
        "dataset.no-rows",
        at.sheet(),
        Words::new("表头下面没有数据", "there are no rows below the header"),
    )
}

pub(super) fn passed_over(at: At<'_>, why: Reason, rows: &[u32]) -> Diagnostic {
    let listed: Vec<_> = rows.iter().take(10).map(|row| (row + 1).to_string()).collect();
    let more = if rows.len() > listed.len() { " …" } else { "" };
    let listed = format!("{}{more}", listed.join(", "));
    let Words { zh, en } = why.words();
    Diagnostic::note(
        "dataset.rows-passed-over",
        at.sheet(),
        Words::new(format!("第 {listed} 行不算数据：{zh}"), format!("not data: row {listed} ({en})")),
    )
}

pub(super) fn another_table(at: At<'_>, row: u32) -> Diagnostic {
    let row = row + 1;
    Diagnostic::warning(
        "dataset.another-table",
        at.sheet(),
        Words::new(
            format!("第 {row} 行起像是另一张表，没有读"),
            format!("another table seems to begin in row {row}; it is not read"),
        ),
    )
    .with_hint(Words::new("一张工作表只放一张表", "keep one table a sheet"))
}

pub(super) fn unnamed_column(at: At<'_>, row: u32, column: u32) -> Diagnostic {
    let letters = column_letters(column);
    Diagnostic::warning(
        "dataset.column-without-name",
        at.cell(row, column),
        Words::new(
            format!("{letters} 列有内容，表头却是空的，没有读"),
            format!("column {letters} has values but no name; it is not read"),
        ),
    )
    .with_hint(Words::new("给它写上表头，或清空这一列", "give it a name in the header, or clear it"))
}

pub(super) fn name_used_twice(at: At<'_>, row: u32, column: u32, name: &str, now: &str) -> Diagnostic {
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

pub(super) fn missing_column<'a>(at: At<'_>, name: &str, own: impl Iterator<Item = &'a str>) -> Diagnostic {
    let problem = Diagnostic::error(
        "dataset.missing-column",
        at.sheet(),
        Words::new(
            format!("缺“{name}”这一列，别的文件里有"),
            format!("the column “{name}”, which other files have, is missing"),
        ),
    );
    let meant = nearest(name, own);
    hinted(
        problem,
        meant.map(|meant| {
            Words::new(
                format!("“{meant}”是不是就是它？把名称改一致"),
                format!("is “{meant}” what is meant? Give it the same name"),
            )
        }),
    )
}

pub(super) fn extra_column(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
    Diagnostic::note(
        "dataset.extra-column",
        at.cell(row, column),
        Words::new(format!("“{name}”这一列多数文件里没有"), format!("most other files have no column “{name}”")),
    )
}

pub(super) fn text_in_number_column(at: At<'_>, row: u32, column: u32, name: &str, text: &str) -> Diagnostic {
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

pub(super) fn guessed_number(at: At<'_>, row: u32, column: u32, text: &str, number: f64) -> Diagnostic {
    Diagnostic::note(
        "dataset.guessed-number",
        at.cell(row, column),
        Words::new(format!("“{text}”读作 {number}"), format!("“{text}” is read as {number}")),
    )
}

pub(super) fn merged_number(at: At<'_>, row: u32, column: u32, name: &str) -> Diagnostic {
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

pub(super) fn month_unsure(at: At<'_>, row: u32, column: u32, number: f64) -> Diagnostic {
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

pub(super) fn digits_lost(at: At<'_>, row: u32, column: u32, number: f64) -> Diagnostic {
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

pub(super) fn error_cell(at: At<'_>, row: u32, column: u32, error: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.error-cell",
        at.cell(row, column),
        Words::new(format!("单元格是错误值 {error}"), format!("the cell holds the error {error}")),
    )
    .with_hint(Words::new("改正公式，或直接填上值", "mend the formula, or type the value"))
}

pub(super) fn not_computed(at: At<'_>, row: u32, column: u32) -> Diagnostic {
    Diagnostic::error(
        "dataset.not-computed",
        at.cell(row, column),
        Words::new("公式还没有算出结果", "the formula has never been computed"),
    )
    .with_hint(Words::new("在 Excel 或 WPS 里打开，保存一次", "open the workbook in Excel and save it once"))
}

pub(super) fn total_differs(at: At<'_>, row: u32, column: u32, name: &str, stated: f64, sum: f64) -> Diagnostic {
    let sum = (sum * 1e6).round() / 1e6;
    Diagnostic::warning(
        "dataset.total-differs",
        at.cell(row, column),
        Words::new(
            format!("合计行里“{name}”是 {stated}，各行加起来是 {sum}"),
            format!("the total row says {stated} for “{name}”, the rows add up to {sum}"),
        ),
    )
    .with_hint(Words::new(
        "报告按各行相加；看看是不是漏了行，或合计没有更新",
        "reports add up the rows; see whether a row is missing or the total is old",
    ))
}

pub(super) fn unknown_table(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let words = Words::new(format!("没有叫“{name}”的表"), format!("there is no table “{name}”"));
    hinted(Diagnostic::error("dataset.unknown-table", place, words), names_hint(name, known.iter().copied()))
}

pub(super) fn unknown_column(place: Place, table: &Table, name: &str) -> Diagnostic {
    let words = Words::new(
        format!("表“{}”没有“{name}”这一列", table.name),
        format!("the table “{}” has no column “{name}”", table.name),
    );
    let known = table.columns.iter().map(|column| column.name.as_str());
    hinted(Diagnostic::error("dataset.unknown-column", place, words), names_hint(name, known))
}

pub(super) fn blank_key(dataset: &Dataset, origin: Origin, name: &str) -> Diagnostic {
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

pub(super) fn key_twice(dataset: &Dataset, table: &Table, first: Origin, again: Origin, shown: &str) -> Diagnostic {
    let names: Vec<_> =
        table.key.iter().filter_map(|column| table.columns.get(*column)).map(|c| c.name.as_str()).collect();
    let first = place_of(dataset, first);
    Diagnostic::error(
        "dataset.key-twice",
        place_of(dataset, again),
        Words::new(
            format!("“{}”为“{shown}”的行有两行，另一行在 {first}", names.join("、")),
            format!("two rows have “{shown}” as “{}”; the other is at {first}", names.join(", ")),
        ),
    )
    .with_hint(Words::new("改正其中一行，或删掉重复的", "mend one of them, or delete the one too many"))
}

pub(super) fn link_to_several(
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

pub(super) fn circular_link(spec: &LinkSpec, same_column: bool) -> Diagnostic {
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

pub(super) fn blank_link(dataset: &Dataset, first: Origin, count: usize, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.blank-link",
        place_of(dataset, first),
        Words::new(
            format!("“{name}”有 {count} 行空着，第一处在这里；这些行不属于任何一方"),
            format!("“{name}” is blank in {count} rows, here first; these rows belong to nobody"),
        ),
    )
}

pub(super) fn dangling(
    dataset: &Dataset,
    origin: Origin,
    table: &Table,
    column: usize,
    value: &str,
    zeros: Option<&str>,
    near: Option<&str>,
) -> Diagnostic {
    let name = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let problem = Diagnostic::error(
        "dataset.dangling-link",
        place_of(dataset, origin),
        Words::new(
            format!("“{}.{name}”里没有“{value}”", table.name),
            format!("there is no “{value}” in “{}.{name}”", table.name),
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
