//! Projects drafted from workbooks, and built at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use huibao::batch::{Choice, Plan};
use huibao::diagnostic::{Diagnostic, Language};
use huibao::draft::draft;
use huibao::font::{FontLibrary, FontSource};
use huibao::workbook;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use common::{files, root};

fn huibao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(folder).args(arguments).args(["--lang", "zh"]).output().unwrap()
}

/// What a command said that is to end well.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    text
}

/// A sheet's name and rows; a word that reads as a number is written as one.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

fn write_book(path: &Path, sheets: &[Sheet<'_>]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                match cell.parse::<f64>() {
                    Ok(number) if !cell.starts_with('0') || *cell == "0" => sheet.write(row, column, number).unwrap(),
                    _ => sheet.write(row, column, *cell).unwrap(),
                };
            }
        }
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    book.save(path).unwrap();
}

const SCHOOLS: &[&[&str]] = &[&["代码", "学校名称"], &["01", "一小"], &["02", "二小"]];

#[test]
fn the_shipped_workbooks_are_drafted_and_built() {
    let folder = tempfile::tempdir().unwrap();
    let input = root().join("input");
    let text = said(&huibao(folder.path(), &["init", input.to_str().unwrap(), "--to", "草稿"]));
    assert!(text.contains("工作簿 8 个") && text.contains("党支部（63 行）"), "{text}");
    let text = said(&huibao(folder.path(), &["build", "--fonts", "carried", "--project", "草稿"]));
    assert!(text.contains("做成 20 份报告") && text.contains("错误 0 条，警告 0 条"), "{text}");
}

#[test]
fn one_workbook_gives_a_folder_called_after_it_and_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    write_book(&folder.path().join("我的表.xlsx"), &[("Sheet1", SCHOOLS)]);
    let before = fs::read(folder.path().join("我的表.xlsx")).unwrap();
    said(&huibao(folder.path(), &["init", "我的表.xlsx"]));
    let project = folder.path().join("我的表汇报");
    assert_eq!(fs::read(project.join("input/我的表.xlsx")).unwrap(), before);
    assert_eq!(fs::read(folder.path().join("我的表.xlsx")).unwrap(), before);
    said(&huibao(&project, &["build", "--fonts", "carried"]));
    let made: Vec<_> = files(&project.join("out"), "docx")
        .iter()
        .map(|path| path.strip_prefix(&project).unwrap().to_owned())
        .collect();
    assert_eq!(
        made,
        ["out/我的情况报告.docx", "out/我的表/01 一小.docx", "out/我的表/02 二小.docx"].map(PathBuf::from)
    );
}

#[test]
fn files_of_one_name_from_two_folders_both_come_in() {
    let folder = tempfile::tempdir().unwrap();
    write_book(&folder.path().join("甲/名单.xlsx"), &[("名单", SCHOOLS)]);
    write_book(
        &folder.path().join("乙/名单.xlsx"),
        &[("教师", &[&["姓名", "代码"], &["张某", "01"], &["李某", "02"]])],
    );
    said(&huibao(folder.path(), &["init", "甲/名单.xlsx", "乙/名单.xlsx", "--to", "项目"]));
    let input: Vec<_> = files(&folder.path().join("项目/input"), "xlsx")
        .iter()
        .map(|path| path.file_name().unwrap().to_owned())
        .collect();
    assert_eq!(input, ["名单.xlsx", "名单（2）.xlsx"]);
    said(&huibao(&folder.path().join("项目"), &["build", "--fonts", "carried"]));
}

#[test]
fn an_existing_project_and_a_workbook_that_is_not_there_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_book(&folder.path().join("a.xlsx"), &[("Sheet1", SCHOOLS)]);
    fs::create_dir(folder.path().join("满")).unwrap();
    fs::write(folder.path().join("满/x"), "").unwrap();
    let refused = huibao(folder.path(), &["init", "a.xlsx", "--to", "满"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("已经有东西"));
    let refused = huibao(folder.path(), &["init", "b.xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("没有这个文件"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_out() {
    let folder = tempfile::tempdir().unwrap();
    write_book(&folder.path().join("表/a.xlsx"), &[("Sheet1", SCHOOLS)]);
    fs::write(folder.path().join("表/坏.xlsx"), b"PK\x03\x04 cut short").unwrap();
    let output = huibao(folder.path(), &["init", "表"]);
    assert_eq!(output.status.code(), Some(1));
    said(&huibao(&folder.path().join("表汇报"), &["build", "--fonts", "carried"]));
}

#[test]
fn a_new_folder_gets_the_example() {
    let folder = tempfile::tempdir().unwrap();
    said(&huibao(folder.path(), &["init", "新项目"]));
    assert!(folder.path().join("新项目/templates/city.md").is_file());
}

#[test]
fn wide_tables_show_as_many_columns_as_a_page_takes() {
    let header: Vec<String> = (0..200).map(|n| format!("指标{n}")).collect();
    let row: Vec<String> = (0..200).map(|n| n.to_string()).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    let rows: &[&[&str]] = &[&header, &row, &row, &row];
    let folder = tempfile::tempdir().unwrap();
    write_book(&folder.path().join("宽.xlsx"), &[("宽", rows)]);
    said(&huibao(folder.path(), &["init", "宽.xlsx"]));
    let template = fs::read_to_string(folder.path().join("宽汇报/templates/总报告.md")).unwrap();
    let listed = template.split("列=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!((4..=9).contains(&listed.split('，').count()), "{template}");
    said(&huibao(&folder.path().join("宽汇报"), &["build", "--fonts", "carried"]));
}

static FONTS: LazyLock<FontLibrary> = LazyLock::new(|| FontLibrary::load(FontSource::Carried, None).unwrap());

/// All that is wrong with what is drafted from workbooks, up to the pages of every report.
fn errors(books: &[(String, Vec<u8>)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let read: Vec<_> = books.iter().map(|(path, bytes)| workbook::read(path, bytes).unwrap()).collect();
    let paths: Vec<_> = books.iter().map(|(path, _)| path.clone()).collect();
    let (Some(drafted), _) = draft(&paths, &read, "数据") else { return Vec::new() };
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("huibao.toml", drafted.project_file.as_bytes());
    drafted.templates.iter().for_each(|(path, text)| write(path, text.as_bytes()));
    books.iter().for_each(|(path, bytes)| write(path, bytes));
    let told = |problems: &[Diagnostic]| {
        let errors = problems.iter().filter(|problem| problem.is_error());
        errors.map(|problem| problem.to_text(Language::Chinese)).collect::<Vec<_>>()
    };
    let shown = || format!("{}\n{:?}", drafted.project_file, drafted.templates);
    let (plan, problems) = Plan::read(folder.path(), Choice::default());
    let Some(plan) = plan else { return told(&problems).into_iter().chain([shown()]).collect() };
    let outcome = plan.rehearse(&FONTS, Some(1), &|| ()).unwrap();
    let mut errors = told(&outcome.problems);
    errors.extend(outcome.failed.iter().cloned());
    if !errors.is_empty() {
        errors.push(shown());
    }
    errors
}

/// Names as nobody should write them, and as people do.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "(学校|支部|党员|人数|名称|代码|日期|金额|备注|序号|区县|比例|年度)(名称|代码|总数|（元）|\\(人\\)|率|)",
        2 => "[\\[\\]{}\"'“”，,、=#|*_`<>\\\\/.@~!%$^&;:：()（） -]{1,3}[甲乙a-z0-9]{0,3}[\\]}\"'，.=|]{0,2}",
        1 => "(项目|全部|键|合计|计数|each|if|else|true|false|this|[0-9]{1,4}|合计（人数）|计数\\(党员\\)|\\{\\{甲\\}\\})",
        1 => "\\PC{1,12}",
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9]{1,4}",
        2 => "(一小|二小|三小|东区|西区|是|否|01|02|03|2023年4月15日|—|无|12%|约30|1.2万)",
        1 => "\\PC{0,20}",
        1 => "[{}|*#/\\\\:?<>\"']{1,4}",
        1 => "",
    ]
}

type Grid = (String, Vec<Vec<String>>);

fn grid() -> impl Strategy<Value = Grid> {
    let rows = (1_usize..8, 0_usize..9).prop_flat_map(|(columns, rows)| {
        let header = prop::collection::vec(header(), columns);
        let body = prop::collection::vec(prop::collection::vec(cell(), columns), rows);
        (header, body).prop_map(|(header, mut body)| {
            body.insert(0, header);
            body
        })
    });
    ("(Sheet1|学校|2023年|[{}#.,=\"甲乙%&! ]{1,4}甲|学校情况\\PC{0,5})", rows)
}

fn bytes(sheets: &[Grid]) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        // What Excel does not take as a name is none.
        sheet.set_name(name).ok()?;
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(number) if number.is_finite() => sheet.write(row as u32, column as u16, number).ok()?,
                    _ => sheet.write(row as u32, column as u16, cell.as_str()).ok()?,
                };
            }
        }
    }
    book.save_to_buffer().ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn whatever_the_workbooks_hold_the_draft_is_built_without_errors(
        books in prop::collection::vec(prop::collection::vec(grid(), 1..4), 1..3),
    ) {
        let books: Vec<_> = books.iter().enumerate().filter_map(|(number, sheets)| {
            Some((format!("input/{number}.xlsx"), bytes(sheets)?))
        }).collect();
        prop_assert_eq!(errors(&books), Vec::<String>::new());
    }
}
