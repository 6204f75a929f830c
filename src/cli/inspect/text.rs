//! What was found, as a person reads it in a terminal.

use unicode_width::UnicodeWidthStr;

use super::FoundFile;
use crate::dataset::{FoundColumn, FoundKind, FoundTable, Kind, Reason};
use crate::diagnostic::{Diagnostic, Language, Place, Words};

/// The widest column but the last, in half-width characters; a longer entry stands out of line.
const WIDEST: usize = 32;
/// The widest value that is shown as an example.
const WIDEST_VALUE: usize = 24;
/// So many examples, row numbers and problems of one kind are listed.
const MOST_VALUES: usize = 6;
const MOST_LISTED: usize = 8;

/// The files, one after the other.
pub(super) fn lines(files: &[FoundFile], language: Language) -> Vec<String> {
    let mut writer = Writer { language, lines: Vec::new(), shown: Vec::new() };
    for file in files {
        if !writer.lines.is_empty() {
            writer.lines.push(String::new());
        }
        writer.lines.push(file.file.clone());
        if file.tables.is_empty() {
            writer.say(1, "没有填了内容的工作表", "no sheet has anything in it");
        }
        for table in &file.tables {
            writer.table(&file.file, table);
        }
    }
    writer.lines
}

struct Writer<'a> {
    language: Language,
    lines: Vec<String>,
    /// The tables that have been told, with their files: one with the same columns is told in short.
    shown: Vec<(&'a str, &'a FoundTable)>,
}

impl<'a> Writer<'a> {
    fn words(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        Words::new(zh, en).in_language(self.language).to_owned()
    }

    fn say(&mut self, level: usize, zh: impl Into<String>, en: impl Into<String>) {
        let text = self.words(zh, en);
        self.lines.push("  ".repeat(level) + &text);
    }

    fn listed(&self, items: &[String]) -> String {
        let parts = self.words("、", ", ");
        let shown: Vec<_> = items.iter().take(MOST_LISTED).map(String::as_str).collect();
        let more = items.len().saturating_sub(MOST_LISTED);
        let more = if more > 0 {
            self.words(format!(" 等 {} 个", items.len()), format!(" and {more} more"))
        } else {
            String::new()
        };
        shown.join(&parts) + &more
    }

    fn table(&mut self, file: &'a str, table: &'a FoundTable) {
        let sheet = &table.sheet;
        let hidden = if table.hidden { Words::new("（隐藏）", " (hidden)") } else { Words::new("", "") };
        let Some(range) = &table.range else {
            self.say(
                1,
                format!("工作表“{sheet}”{}：没有认出表", hidden.zh),
                format!("sheet “{sheet}”{}: no table was found", hidden.en),
            );
            return;
        };
        let header: Vec<_> = table.header_rows.iter().map(ToString::to_string).collect();
        let (rows, labels) = (table.rows, table.columns.len());
        let found = match table.kind {
            FoundKind::Form => Words::new(
                format!("登记表 {range}，{labels} 栏，一张表一条（写 form = true）"),
                format!("form {range}, {labels} labels, a record (form = true)"),
            ),
            kind => {
                let name = table.at.as_deref().filter(|_| kind == FoundKind::Inside).unwrap_or_default();
                let what = match kind {
                    FoundKind::Inside => {
                        Words::new(format!("登记表里面的表“{name}”"), format!("table “{name}” inside the form"))
                    }
                    _ => Words::new("表", "table"),
                };
                Words::new(
                    format!("{} {range}，表头第 {} 行，数据 {rows} 行", what.zh, header.join("、")),
                    format!("{} {range}, header in row {}, {rows} rows of data", what.en, header.join(", ")),
                )
            }
        };
        self.say(
            1,
            format!("工作表“{sheet}”{}：{}", hidden.zh, found.zh),
            format!("sheet “{sheet}”{}: {}", hidden.en, found.en),
        );
        if let (FoundKind::Inside, Some(at)) = (table.kind, &table.at) {
            self.say(
                2,
                format!("要读它，另写一个 [[table]]：inside = \"登记表的名称\"，at = \"{at}\""),
                format!("a [[table]] with inside = \"the forms' name\" and at = \"{at}\" has it read"),
            );
        } else if let Some(at) = &table.at {
            self.say(
                2,
                format!("这张工作表不止一张表，要读这一张，在 [[table]] 里写 at = \"{at}\""),
                format!("one of several tables of the sheet: at = \"{at}\" in its [[table]] has it read"),
            );
        }
        if !table.titles.is_empty() {
            let titles: Vec<_> = table.titles.iter().map(|title| clipped(title, 60)).collect();
            let titles = titles.join(" ｜ ");
            self.say(2, format!("上方文字：{titles}"), format!("above it: {titles}"));
        }
        let same = self
            .shown
            .iter()
            .find(|(_, other)| same_columns(table, other))
            .map(|(file, other)| (*file, other.sheet.as_str()));
        match same {
            Some((other, other_sheet)) => {
                let other = if other == file { format!("“{other_sheet}”") } else { other.to_owned() };
                self.say(2, format!("各列与 {other} 相同"), format!("the columns are those of {other}"));
            }
            None => {
                self.columns(&table.columns);
                self.shown.push((file, table));
            }
        }
        self.keys(table);
        self.rows_left_out(table);
        if !table.merged.is_empty() {
            let merged = self.listed(&table.merged);
            self.say(
                2,
                format!("跨行合并的单元格（值算在每一行）：{merged}"),
                format!("cells merged over rows (their value holds for each row): {merged}"),
            );
        }
        self.problems(&table.problems);
    }

    fn columns(&mut self, columns: &[FoundColumn]) {
        let titles = match self.language {
            Language::Chinese => ["列", "名称", "类型", "空白", "不同", "内容"],
            Language::English => ["col", "name", "kind", "blank", "distinct", "content"],
        };
        let mut rows = vec![titles.map(str::to_owned).to_vec()];
        for column in columns {
            let kind = match column.kind {
                Kind::Text => self.words("文字", "text"),
                Kind::Number => self.words("数字", "number"),
                Kind::Date => self.words("日期", "date"),
                Kind::Bool => self.words("是否", "yes/no"),
            };
            rows.push(vec![
                column.letters.clone(),
                column.name.clone(),
                kind,
                column.blanks.to_string(),
                column.distinct.to_string(),
                self.content(column),
            ]);
        }
        let numeric = [false, false, false, true, true, false];
        self.lines.extend(aligned(&rows, &numeric).into_iter().map(|line| format!("    {line}")));
    }

    /// What stands in a column: from least to greatest, the few different values, or the first ones.
    fn content(&self, column: &FoundColumn) -> String {
        let comma = self.words("、", ", ");
        if column.distinct == 0 {
            return match (column.errors, column.blanks) {
                (0, _) => self.words("（全是空白）", "(all blank)"),
                (_, 0) => self.words("（全是错误值）", "(all errors)"),
                (errors, _) => {
                    self.words(format!("（没有值，错误值 {errors} 格）"), format!("(no value, {errors} errors)"))
                }
            };
        }
        if let Some((least, greatest)) = &column.range {
            let range = match least == greatest {
                true => least.clone(),
                false => self.words(format!("{least} 至 {greatest}"), format!("{least} to {greatest}")),
            };
            return match column.sum {
                Some(sum) if column.distinct > 1 => {
                    range + &self.words(format!("，合计 {sum}"), format!(", sum {sum}"))
                }
                _ => range,
            };
        }
        let counted = column
            .values
            .iter()
            .take(MOST_VALUES)
            .map(|value| format!("{} {}", clipped(&value.value, WIDEST_VALUE), value.count));
        let counted: Vec<_> = counted.collect();
        let (shown, all) = match counted.is_empty() {
            false => (counted, column.values.len()),
            true => (column.first_values.iter().map(|value| clipped(value, WIDEST_VALUE)).collect(), column.distinct),
        };
        let more = if all > shown.len() { " …" } else { "" };
        shown.join(&comma) + more
    }

    fn keys(&mut self, table: &FoundTable) {
        let plus = self.words("＋", " + ");
        // One row is told apart from no other.
        let keys = table.keys.iter().filter(|_| table.rows > 1);
        let keys: Vec<_> = keys.map(|columns| columns.join(&plus)).collect();
        if !keys.is_empty() {
            let keys = self.listed(&keys);
            self.say(2, format!("能区分各行的列：{keys}"), format!("tells the rows apart: {keys}"));
        }
    }

    fn rows_left_out(&mut self, table: &FoundTable) {
        for reason in Reason::ALL.into_iter().filter(|reason| *reason != Reason::Title) {
            let rows: Vec<_> =
                table.passed_over.iter().filter(|row| row.why == reason).map(|row| row.row.to_string()).collect();
            if rows.is_empty() {
                continue;
            }
            let why = reason.words();
            let agrees = match (reason, table.total_agrees) {
                (Reason::Total, Some(true)) => Words::new("，与各行相加一致", ", equal to the sum of the rows"),
                (Reason::Total, Some(false)) => Words::new("，与各行相加不一致", ", not equal to the sum of the rows"),
                _ => Words::new("", ""),
            };
            let (count, listed) = (rows.len(), &rows[..rows.len().min(MOST_LISTED)]);
            let (zh, en) = (listed.join("、"), listed.join(", "));
            let rows = match count > MOST_LISTED {
                true => Words::new(format!("{zh} … 行，共 {count} 行"), format!("{en} … {count} rows")),
                false => Words::new(format!("{zh} 行"), en),
            };
            self.say(
                2,
                format!("不算数据：第 {}（{}{}）", rows.zh, why.zh, agrees.zh),
                format!("not data: row {} ({}{})", rows.en, why.en, agrees.en),
            );
        }
    }

    /// Problems of one kind in one column differ in their rows alone: the first few are told.
    fn problems(&mut self, problems: &[Diagnostic]) {
        let told = problems.iter().filter(|problem| problem.code != "dataset.rows-passed-over");
        let mut kinds: Vec<(&'static str, String, usize)> = Vec::new();
        for problem in told {
            let (cell, column) = match &problem.place {
                Place::Cell { cell, .. } => {
                    (format!("{cell} "), cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
                }
                _ => (String::new(), String::new()),
            };
            let at = kinds.iter().position(|(code, known, _)| *code == problem.code && *known == column);
            let at = at.unwrap_or_else(|| {
                kinds.push((problem.code, column, 0));
                kinds.len() - 1
            });
            kinds[at].2 += 1;
            if kinds[at].2 > MOST_LISTED / 2 {
                continue;
            }
            let text = Diagnostic { place: Place::Run, ..problem.clone() }.to_text(self.language);
            let text = match text.split_once(['：', ':']) {
                Some((severity, rest)) => {
                    self.words(format!("{severity}：{cell}{rest}"), format!("{severity}: {cell}{}", rest.trim_start()))
                }
                None => text,
            };
            self.lines.extend(text.lines().map(|line| format!("    {line}")));
        }
        for (code, column, count) in kinds {
            let more = count.saturating_sub(MOST_LISTED / 2);
            if more > 0 {
                self.say(
                    2,
                    format!("……{column} 列同样的还有 {more} 处"),
                    format!("… {more} more like this in column {column} ({code})"),
                );
            }
        }
    }
}

/// Whether two tables have the same columns of the same kinds.
fn same_columns(a: &FoundTable, b: &FoundTable) -> bool {
    a.columns.len() == b.columns.len()
        && a.columns.iter().zip(&b.columns).all(|(a, b)| (&a.name, a.kind, &a.letters) == (&b.name, b.kind, &b.letters))
}

/// Rows of cells with equal columns, two blanks between; Chinese characters are as wide as two others.
fn aligned(rows: &[Vec<String>], right: &[bool]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).filter(|width| *width <= WIDEST).max()
    };
    let widths: Vec<_> = (0..count).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for ((cell, width), right) in row.iter().zip(&widths).zip(right) {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            line += &if *right { format!("{blanks}{cell}  ") } else { format!("{cell}{blanks}  ") };
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A text on one line, cut to a width.
fn clipped(text: &str, widest: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= widest {
        return text;
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + c.to_string().width() + 1 > widest {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::describe;
    use crate::workbook::{CellValue, Sheet, Workbook};

    fn file(name: &str, sheet: &str, rows: &[&[&str]]) -> FoundFile {
        let cell = |text: &&str| match text.parse::<f64>() {
            Ok(number) => CellValue::Number(number),
            Err(_) if text.is_empty() => CellValue::Empty,
            Err(_) => CellValue::Text((*text).into()),
        };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let sheet = Sheet { name: sheet.to_owned(), rows, ..Sheet::default() };
        let workbook = Workbook { file: name.to_owned(), sheets: vec![sheet], ..Workbook::default() };
        FoundFile { file: name.to_owned(), tables: describe(&workbook) }
    }

    #[test]
    fn what_was_found_is_told_in_lines_that_align_with_chinese_characters() {
        let found = file(
            "甲.xlsx",
            "支部",
            &[
                &["党支部情况", "", "", ""],
                &["支部名称", "类型", "党费（元）", "备注"],
                &["语文组", "教职工", "1200", ""],
                &["数学组", "教职工", "约800", ""],
                &["退休", "离退休", "500", ""],
                &["合计", "", "2600", ""],
            ],
        );
        assert_eq!(
            lines(&[found], Language::Chinese).join("\n"),
            "甲.xlsx
  工作表“支部”：表 A2:D5，表头第 2 行，数据 3 行
    上方文字：党支部情况
    列  名称        类型  空白  不同  内容
    A   支部名称    文字     0     3  语文组、数学组、退休
    B   类型        文字     0     2  教职工 2、离退休 1
    C   党费（元）  数字     0     3  500 至 1200，合计 2500
    D   备注        文字     3     0  （全是空白）
    能区分各行的列：支部名称
    不算数据：第 6 行（合计，与各行相加不一致）
    提示：C4 “约800”读作 800
    警告：C6 合计行里“党费（元）”是 2600，各行加起来是 2500
      办法：报告按各行相加；看看是不是漏了行，或合计没有更新"
        );
    }

    #[test]
    fn a_table_with_the_columns_of_one_before_is_told_in_short() {
        let rows: &[&[&str]] = &[&["学校", "人数"], &["一小", "3"], &["二小", "5"]];
        let text = lines(&[file("甲.xlsx", "表", rows), file("乙.xlsx", "表", rows)], Language::English).join("\n");
        assert_eq!(
            text,
            "甲.xlsx
  sheet “表”: table A1:B3, header in row 1, 2 rows of data
    col  name  kind    blank  distinct  content
    A    学校  text        0         2  一小, 二小
    B    人数  number      0         2  3 to 5, sum 8
    tells the rows apart: 学校

乙.xlsx
  sheet “表”: table A1:B3, header in row 1, 2 rows of data
    the columns are those of 甲.xlsx
    tells the rows apart: 学校"
        );
    }

    #[test]
    fn many_problems_of_a_column_are_counted() {
        let numbers: Vec<_> = (1..=8).map(|n| format!("约{n}")).collect();
        let rows: Vec<Vec<&str>> = numbers.iter().map(|number| vec!["甲", number.as_str()]).collect();
        let mut all: Vec<&[&str]> = vec![&["学校", "党员数"], &["乙", "3"]];
        all.extend(rows.iter().map(Vec::as_slice));
        let told = lines(&[file("甲.xlsx", "表", &all)], Language::Chinese);
        assert_eq!(told.iter().filter(|line| line.contains("读作")).count(), 4);
        assert_eq!(told.last().map(|line| line.trim()), Some("……B 列同样的还有 4 处"));
    }
}
