//! The problems of a run as a workbook that can be sent back (问题清单): a sheet over all, and one for each unit that has
//! any, a row a problem; and a last one of notes on how the workbooks were read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Language, Place, Severity, one_by_one};
use crate::workbook::{self, CellValue};
use crate::xlsx::{self, Cell, Column, Form, Row, Sheet, Tint, Workbook};

/// More rows make a sheet that nobody reads, and that opens slowly.
const MOST_ROWS: usize = 100_000;

/// More sheets make a workbook that opens slowly, and whose tabs nobody looks through.
const MOST_UNITS: usize = 1_000;

/// Writes the list. What needs no mending, a note that is about no cell, stands in the last sheet.
///
/// # Errors
/// The workbook cannot be written.
pub fn problem_list(problems: &[Diagnostic], language: Language) -> Result<Vec<u8>, Diagnostic> {
    let words = Words::of(language);
    let (listed, notes): (Vec<_>, Vec<_>) = sorted(problems).into_iter().partition(|problem| is_to_be_mended(problem));

    let mut of_units: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in &listed {
        if let Some(unit) = &problem.unit {
            of_units.entry(unit).or_default().push(problem);
        }
    }
    let mut all = sheet(words, words.list.to_owned(), &listed, language);
    if of_units.len() > MOST_UNITS {
        all.title += words.only_some_units;
    }
    let of_units = of_units.iter().take(MOST_UNITS).map(|(unit, problems)| Sheet {
        name: (*unit).to_owned(),
        ..sheet(words, format!("{unit}　{}", words.list), problems, language)
    });
    let notes = (!notes.is_empty())
        .then(|| Sheet { name: words.notes.to_owned(), ..sheet(words, words.notes.to_owned(), &notes, language) });
    let sheets = std::iter::once(all).chain(of_units).chain(notes).collect();
    xlsx::write(&Workbook { title: words.list.to_owned(), sheets })
}

/// The problems in the order of their places. One that many reports have is one problem.
fn sorted(problems: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = one_by_one(problems).collect();
    let order = |problem: &&Diagnostic| {
        (problem.place.clone(), Reverse(problem.severity), problem.code, problem.message.zh.clone())
    };
    sorted.sort_by_cached_key(order);
    sorted.dedup_by(|next, kept| (&next.place, next.code, &next.message) == (&kept.place, kept.code, &kept.message));
    sorted
}

/// Whether a workbook is such a list, perhaps sent back by somebody.
pub(super) fn is_one(workbook: &workbook::Workbook) -> bool {
    let Some(sheet) = workbook.sheets.first() else { return false };
    let is_header = |columns: &[&str]| {
        let cells = columns.iter().enumerate().map(|(column, name)| (sheet.cell(1, column), *name));
        cells.into_iter().all(|(cell, name)| matches!(cell, CellValue::Text(text) if **text == *name))
    };
    [Language::Chinese, Language::English].iter().any(|language| is_header(&Words::of(*language).columns))
}

fn is_to_be_mended(problem: &Diagnostic) -> bool {
    problem.severity > Severity::Note || matches!(problem.place, Place::Cell { .. })
}

fn sheet<'a>(words: &Words, title: String, problems: &[&'a Diagnostic], language: Language) -> Sheet<'a> {
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (severity, count(severity)));
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(severity, count)| format!("{} {count}", severity.name(language))).collect();
    let counts = if counts.is_empty() { words.none.to_owned() } else { counts.join(words.comma) };
    let column = |heading: &&str| Column { heading: vec![(*heading).to_owned()], ..Column::default() };
    let mut columns: Vec<_> = words.columns.iter().map(column).collect();
    if let Some(number) = columns.first_mut() {
        number.form = Form::Plain;
    }
    let rows = problems.iter().zip(1..).take(MOST_ROWS);
    let only_some = if problems.len() > MOST_ROWS { words.only_some_rows } else { "" };
    Sheet {
        name: words.list.to_owned(),
        title: format!("{title}（{counts}）{only_some}"),
        columns,
        rows: rows.map(|(problem, number)| row(words, number, problem, language)).collect(),
        total: None,
        filter: true,
    }
}

fn row<'a>(words: &Words, number: u32, problem: &'a Diagnostic, language: Language) -> Row<'a> {
    let text = |text: &'a str| Cell::Text(text.into());
    let (file, sheet, at) = match &problem.place {
        Place::Run => (Cell::Blank, Cell::Blank, Cell::Blank),
        Place::File { file } => (text(file), Cell::Blank, Cell::Blank),
        Place::Sheet { file, sheet } => (text(file), text(sheet), Cell::Blank),
        Place::Cell { file, sheet, cell } => (text(file), text(sheet), text(cell)),
        Place::Text { file, line, column } => {
            let at = match language {
                Language::Chinese => format!("第{line}行第{column}字"),
                Language::English => format!("line {line}, column {column}"),
            };
            (text(file), Cell::Blank, Cell::Text(at.into()))
        }
        Place::Paragraph { file, part, paragraph, .. } => {
            let part = part.words().in_language(language).to_owned();
            let at = match language {
                Language::Chinese => format!("第{paragraph}段"),
                Language::English => format!("paragraph {paragraph}"),
            };
            (text(file), Cell::Text(part.into()), Cell::Text(at.into()))
        }
    };
    let found = match (problem.found.as_deref(), &problem.place) {
        (Some(""), _) => Cell::Text(words.blank.into()),
        (Some(found), _) => text(found),
        (None, Place::Paragraph { words, .. }) => text(words),
        (None, _) => Cell::Blank,
    };
    let hint = problem.hint.as_ref().map_or(Cell::Blank, |hint| text(hint.in_language(language)));
    let unit = problem.unit.as_deref().map_or(Cell::Blank, text);
    Row {
        cells: vec![
            Cell::Number(f64::from(number)),
            text(problem.severity.name(language)),
            unit,
            file,
            sheet,
            at,
            found,
            text(problem.message.in_language(language)),
            hint,
        ],
        tint: match problem.severity {
            Severity::Error => Tint::Error,
            Severity::Warning => Tint::Warning,
            Severity::Note => Tint::None,
        },
    }
}

/// The list's own words.
struct Words {
    list: &'static str,
    notes: &'static str,
    columns: [&'static str; 9],
    blank: &'static str,
    none: &'static str,
    comma: &'static str,
    only_some_rows: &'static str,
    only_some_units: &'static str,
}

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &Self {
                list: "问题清单",
                notes: "读取说明",
                columns: ["序号", "级别", "单位", "文件", "工作表", "单元格", "现在的内容", "问题", "办法"],
                blank: "（空）",
                none: "没有问题",
                comma: "，",
                only_some_rows: "　只列前100000条",
                only_some_units: "　单位太多，只有前1000个各有一张表，其余请在“单位”一列筛选",
            },
            Language::English => &Self {
                list: "Problems",
                notes: "How it was read",
                columns: [
                    "No.",
                    "Level",
                    "Unit",
                    "File",
                    "Sheet",
                    "Cell",
                    "What stands there",
                    "What is wrong",
                    "What to do",
                ],
                blank: "(blank)",
                none: "none",
                comma: ", ",
                only_some_rows: "  only the first 100,000 are listed",
                only_some_units: "  only the first 1,000 units have sheets; for the others filter the column Unit",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;

    fn problem(severity: Severity, cell: &str, unit: &str) -> Diagnostic {
        let place = Place::Cell { file: "input/a.xlsx".into(), sheet: "表".into(), cell: cell.into() };
        let words = diagnostic::Words::new("不是数字", "not a number");
        let unit = (!unit.is_empty()).then(|| unit.to_owned());
        let problem =
            Diagnostic { severity, unit, found: Some(String::new()), ..Diagnostic::error("x.y", place, words) };
        problem.with_hint(diagnostic::Words::new("填上数字", "fill in a number"))
    }

    fn read(problems: &[Diagnostic], language: Language) -> Vec<(String, Vec<String>)> {
        let bytes = problem_list(problems, language).unwrap();
        let sheets = workbook::read("problems.xlsx", &bytes).unwrap().sheets;
        let row = |row: &Vec<CellValue>| row.iter().map(CellValue::to_string).collect::<Vec<_>>().join("|");
        sheets.iter().map(|sheet| (sheet.name.clone(), sheet.rows.iter().map(row).collect())).collect()
    }

    #[test]
    fn every_unit_has_a_sheet_of_its_own_problems_in_the_order_of_their_cells() {
        let mut problems = vec![
            problem(Severity::Warning, "B10", "0102 二小"),
            problem(Severity::Error, "B2", "0101 一小"),
            problem(Severity::Warning, "B3", ""),
            problem(Severity::Note, "B4", "0102 二小"),
        ];
        problems.push(problems[0].clone().in_report("school 0102"));
        let file = Place::File { file: "input/a.xlsx".into() };
        problems.push(Diagnostic::note("x.z", file.clone(), diagnostic::Words::new("不用管", "never mind")));
        problems.push(Diagnostic::warning("x.z", file, diagnostic::Words::new("没关上", "open")));
        let header = "序号|级别|单位|文件|工作表|单元格|现在的内容|问题|办法";
        let sheets = read(&problems, Language::Chinese);
        assert_eq!(
            sheets[0].1,
            [
                "问题清单（错误 1，警告 3，提示 1）",
                header,
                "1|警告||input/a.xlsx||||没关上",
                "2|错误|0101 一小|input/a.xlsx|表|B2|（空）|不是数字|填上数字",
                "3|警告||input/a.xlsx|表|B3|（空）|不是数字|填上数字",
                "4|提示|0102 二小|input/a.xlsx|表|B4|（空）|不是数字|填上数字",
                "5|警告|0102 二小|input/a.xlsx|表|B10|（空）|不是数字|填上数字",
            ]
        );
        let names: Vec<_> = sheets.iter().map(|(name, rows)| (name.as_str(), rows.len())).collect();
        assert_eq!(names, [("问题清单", 7), ("0101 一小", 3), ("0102 二小", 4), ("读取说明", 3)]);
        assert_eq!(sheets[1].1[0], "0101 一小　问题清单（错误 1）");
        let notes = ["读取说明（提示 1）", header, "1|提示||input/a.xlsx||||不用管"];
        assert_eq!(sheets[3].1, notes);
    }

    #[test]
    fn of_very_many_units_the_first_have_sheets_of_their_own_and_the_title_says_so() {
        let units = 0..=MOST_UNITS;
        let problems: Vec<_> =
            units.map(|unit| problem(Severity::Error, &format!("B{unit}"), &unit.to_string())).collect();
        let sheets = read(&problems, Language::Chinese);
        assert_eq!((sheets.len(), sheets[0].1.len()), (1 + MOST_UNITS, 2 + problems.len()));
        let title = "问题清单（错误 1001）　单位太多，只有前1000个各有一张表，其余请在“单位”一列筛选";
        assert_eq!(sheets[0].1[0].trim_end_matches('|'), title);
    }

    #[test]
    fn a_list_is_known_again_and_no_other_workbook_is_taken_for_one() {
        for language in [Language::Chinese, Language::English] {
            let list = problem_list(&[problem(Severity::Error, "B2", "")], language).unwrap();
            assert!(is_one(&workbook::read("a.xlsx", &list).unwrap()));
        }
        assert!(!is_one(&workbook::read("a.csv", "问题清单\n序号,级别,单位\n1,错误,一小\n".as_bytes()).unwrap()));
    }

    #[test]
    fn a_list_without_problems_says_so_and_speaks_the_language_asked_for() {
        assert_eq!(read(&[], Language::Chinese)[0].1[0], "问题清单（没有问题）");
        let sheets = read(&[problem(Severity::Error, "B2", "")], Language::English);
        assert_eq!(sheets[0].1[2], "1|error||input/a.xlsx|表|B2|(blank)|not a number|fill in a number");
    }
}
