//! Every kind of mistake a user can make, and the message as a person sees it (tests/golden/errors). After a change of
//! words: `UPDATE_GOLDEN=1 cargo test --test errors`, then read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::Workbook;

/// A small sound project in a folder of its own, to be broken in one way or another.
struct Project {
    folder: tempfile::TempDir,
}

const PROJECT: &str = r#"[project]
title = "年度总结"
year = 2023

[[table]]
name = "学校"
from = "input/学校.xlsx"
key = "代码"

[[table]]
name = "党支部"
from = "input/党支部.xlsx#党支部"

[[link]]
from = "党支部.学校代码"
to = "学校.代码"

[[report]]
name = "school"
template = "templates/school.md"
each = "学校"
output = "{{代码}} {{名称}}"
"#;

const TEMPLATE: &str = "---\n标题：{{名称}}\n样式：plain\n---\n\n全校有党员{{合计 党支部.党员}}人。\n";

type Rows<'a> = &'a [&'a [&'a str]];

const SCHOOLS: Rows = &[&["代码", "名称"], &["01", "第一小学"], &["02", "第二小学"]];
const BRANCHES: Rows = &[&["学校代码", "支部名称", "党员"], &["01", "语文组", "12"], &["02", "数学组", "8"]];

impl Project {
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        project.write("huibao.toml", PROJECT);
        project.write("templates/school.md", TEMPLATE);
        project.workbook("input/学校.xlsx", "学校", SCHOOLS);
        project.workbook("input/党支部.xlsx", "党支部", BRANCHES);
        project
    }

    fn path(&self, relative: &str) -> PathBuf {
        let path = self.folder.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    fn write(&self, relative: &str, text: &str) {
        fs::write(self.path(relative), text).unwrap();
    }

    /// Replaces a text in a file of the project.
    fn change(&self, relative: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(relative)).unwrap();
        assert!(text.contains(from), "{relative} has no {from}");
        self.write(relative, &text.replace(from, to));
    }

    /// A workbook of one sheet; figures become numbers, but for those with a leading zero.
    fn workbook(&self, relative: &str, sheet_name: &str, rows: Rows) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                match cell.parse::<f64>() {
                    Ok(number) if !cell.starts_with('0') => sheet.write_number(row, column, number).unwrap(),
                    _ => sheet.write_string(row, column, *cell).unwrap(),
                };
            }
        }
        workbook.save(self.path(relative)).unwrap();
    }

    /// Runs the program in the project's folder: its exit code and what it said.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text)
    }

    /// Builds, and compares what was said with the golden text of a name.
    fn build_says(&self, golden: &str, exit: i32) {
        let build = ["build", "--fonts", "carried", "--jobs", "1"];
        let (code, zh) = self.run(&[&build[..], &["--lang", "zh"]].concat());
        let (_, en) = self.run(&[&build[..], &["--lang", "en"]].concat());
        assert_eq!(code, exit, "{zh}");
        compare(golden, &format!("{}\n{}", without_time(&zh), without_time(&en)));
    }

    fn made(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path("out")) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }
}

/// How long a run took is another figure each time.
fn without_time(text: &str) -> String {
    let seconds = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    let line = |line: &str| match line.strip_suffix(" 秒").or_else(|| line.strip_suffix(" s")) {
        Some(start) if start.ends_with(|c: char| c.is_ascii_digit()) => seconds(start) + "…",
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn compare(golden: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/errors").join(format!("{golden}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} (UPDATE_GOLDEN=1 writes it)", path.display());
}

#[test]
fn a_sound_project_is_built_without_a_word() {
    let project = Project::new();
    project.build_says("sound", 0);
    assert_eq!(project.made(), ["01 第一小学.docx", "01 第一小学.pdf", "02 第二小学.docx", "02 第二小学.pdf"]);
}

#[test]
fn a_folder_without_a_project() {
    let project = Project::new();
    fs::remove_file(project.path("huibao.toml")).unwrap();
    project.build_says("no-project", 2);
}

#[test]
fn a_workbook_that_is_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "input/学校.xlsx", "input/学较.xlsx");
    project.build_says("file-missing", 2);
}

#[test]
fn a_file_that_is_no_workbook() {
    let project = Project::new();
    project.write("input/学校.xlsx", "这不是工作簿");
    project.build_says("no-workbook", 2);
}

#[test]
fn a_sheet_that_is_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "#党支部", "#支部");
    project.build_says("sheet-not-found", 2);
}

#[test]
fn columns_that_are_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "key = \"代码\"", "key = \"学校编码\"");
    project.change("huibao.toml", "党支部.学校代码", "党支部.学校代玛");
    project.build_says("column-not-found", 2);
}

#[test]
fn text_where_a_number_belongs() {
    let project = Project::new();
    let rows: Rows =
        &[BRANCHES[0], BRANCHES[1], &["01", "英语组", "十二人左右"], &["02", "数学组", "8"], &["02", "体育组", "9"]];
    project.workbook("input/党支部.xlsx", "党支部", rows);
    project.build_says("text-for-number", 1);
}

#[test]
fn a_row_that_names_a_school_that_is_not_there() {
    let project = Project::new();
    project.workbook("input/党支部.xlsx", "党支部", &[BRANCHES[0], BRANCHES[1], &["03", "数学组", "8"]]);
    project.build_says("dangling-link", 2);
}

#[test]
fn a_key_used_twice() {
    let project = Project::new();
    project.workbook("input/学校.xlsx", "学校", &[SCHOOLS[0], SCHOOLS[1], SCHOOLS[1], SCHOOLS[2]]);
    project.build_says("key-twice", 2);
}

#[test]
fn tags_that_name_nothing() {
    let project = Project::new();
    project
        .write("templates/school.md", "{{名秤}}有{{合计 党支部.党圆}}人，{{合记 党支部.党员}}人。\n\n{{学校.年龄}}\n");
    project.build_says("unknown-tag", 2);
}

#[test]
fn a_block_that_is_not_closed() {
    let project = Project::new();
    project.write("templates/school.md", "# 支部\n\n{{#each 党支部}}\n- {{支部名称}}\n");
    project.build_says("unclosed-block", 2);
}

#[test]
fn an_output_name_that_leaves_the_folder() {
    let project = Project::new();
    project.change("huibao.toml", "{{代码}} {{名称}}", "../{{名称}}");
    project.build_says("output-leaves-folder", 2);
}

#[test]
fn output_names_that_collide() {
    let project = Project::new();
    project.change("huibao.toml", "{{代码}} {{名称}}", "总结");
    project.build_says("output-collides", 2);
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let project = Project::new();
    project.write("out", "a file stands where the folder should be");
    project.build_says("output-not-writable", 2);
}

#[test]
fn one_report_that_fails_does_not_stop_the_others() {
    let project = Project::new();
    project.write("out/01 第一小学.docx", "不是程序生成的");
    project.build_says("one-fails", 1);
    assert_eq!(fs::read_to_string(project.path("out/01 第一小学.docx")).unwrap(), "不是程序生成的");
    assert!(project.made().contains(&"02 第二小学.docx".to_owned()));
}

#[test]
fn a_blank_cell_where_a_report_shows_it() {
    let project = Project::new();
    project.workbook("input/学校.xlsx", "学校", &[SCHOOLS[0], SCHOOLS[1], &["02", "第二小学"], &["03"]]);
    project.change("huibao.toml", "{{代码}} {{名称}}", "{{代码}}");
    project.build_says("blank-shown", 0);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let project = Project::new();
    project.write("input/学校.xlsx", "这不是工作簿");
    project.change("huibao.toml", "#党支部", "#支部");
    project.write("templates/school.md", "{{#if 名称}}\n");
    project.build_says("all-at-once", 2);
}

#[test]
fn mistakes_in_the_project_file() {
    let project = Project::new();
    project.change("huibao.toml", "each = ", "eech = ");
    project.change("huibao.toml", "to = \"学校.代码\"", "to = \"学校\"");
    project.build_says("project-file", 2);
}

#[test]
fn wrong_use_of_the_program() {
    let project = Project::new();
    let said: String = [&["biuld"][..], &["build", "--ony", "01"], &["build", "--only", "09", "--lang", "zh"]]
        .into_iter()
        .map(|arguments| {
            let (code, text) =
                project.run(&[arguments, if arguments.contains(&"--lang") { &[] } else { &["--lang", "zh"] }].concat());
            assert_eq!(code, 2);
            text
        })
        .collect();
    compare("wrong-use", &said);
}
