//! What `check` finds, and the list of problems that it writes to be sent back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;

use common::{has_judge, run};

const PROJECT: &str = r#"[project]
title = "年度总结"
year = 2023

[[table]]
name = "学校"
from = "input/学校.xlsx"
key = "学校代码"

[[table]]
name = "党支部"
from = "input/党支部/*.xlsx"

[[link]]
from = "党支部.学校代码"
to = "学校.学校代码"

[[report]]
name = "school"
template = "school.md"
each = "学校"
output = "{{学校代码}}"
"#;

const TEMPLATE: &str = "---\n标题：{{学校名称}}\n样式：plain\n---\n\n党员{{合计 党支部.党员数}}人。\n\n\
    {{表格 党支部 列=\"支部名称，党员数\"}}\n";

type Rows<'a> = &'a [&'a [&'a str]];

struct Project(tempfile::TempDir);

impl Project {
    /// Two schools, each with a workbook of its branches.
    fn new(first: Rows, second: Rows) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(project.path("input/党支部")).unwrap();
        fs::write(project.path("huibao.toml"), PROJECT).unwrap();
        fs::write(project.path("school.md"), TEMPLATE).unwrap();
        let schools: Rows = &[&["学校代码", "学校名称"], &["0101", "第一小学"], &["0102", "第二小学"]];
        workbook(&project.path("input/学校.xlsx"), "学校", schools);
        workbook(&project.path("input/党支部/0101.xlsx"), "党支部", first);
        workbook(&project.path("input/党支部/0102.xlsx"), "党支部", second);
        project
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    fn check(&self, options: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(["check", "--fonts", "carried"]).args(options).current_dir(self.0.path()).output().unwrap()
    }
}

fn workbook(path: &Path, name: &str, rows: Rows) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            match text.parse::<f64>() {
                Ok(number) if !text.starts_with('0') => sheet.write(row as u32, column as u16, number).unwrap(),
                _ => sheet.write(row as u32, column as u16, *text).unwrap(),
            };
        }
    }
    workbook.save(path).unwrap();
}

const HEADER: &[&str] = &["学校代码", "支部名称", "党员数"];
const SOUND: Rows = &[HEADER, &["0101", "语文组", "12"]];

/// What openpyxl reads of a list: of each sheet its name, what is fixed and filtered, and the rows.
const READER: &str = r#"
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]):
    print('#', sheet.title, sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows)
    for row in sheet.iter_rows():
        print("|".join("" if cell.value is None else str(cell.value) for cell in row))
"#;

fn read(path: &Path) -> String {
    String::from_utf8(run(Command::new("python3").arg("-c").arg(READER).arg(path)).stdout).unwrap()
}

#[test]
fn the_list_has_a_sheet_for_each_school_with_what_stands_in_its_cells() {
    let second: Rows = &[HEADER, &["0102", "数学组", "8"], &["0102", "体育组", "约3人"], &["0109", "美术组", "若干"]];
    let project = Project::new(SOUND, second);
    let output = project.check(&["--lang", "zh", "--xlsx", "问题清单.xlsx"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("问题清单写到了 问题清单.xlsx\n"));
    if !has_judge("openpyxl") {
        return;
    }
    let text = read(&project.path("问题清单.xlsx"));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "# 问题清单 A3 A2:I5 $2:$2");
    // The branch of a school that is not there stands in the second school's file.
    assert_eq!(
        lines[6..],
        [
            "# 0102 第二小学 A3 A2:I5 $2:$2",
            "0102 第二小学　问题清单（错误 2，提示 1）||||||||",
            "序号|级别|单位|文件|工作表|单元格|现在的内容|问题|办法",
            "1|提示|0102 第二小学|input/党支部/0102.xlsx|党支部|C3|约3人|“约3人”读作 3|",
            "2|错误|0102 第二小学|input/党支部/0102.xlsx|党支部|A4|0109|“学校.学校代码”里没有“0109”|\
             是不是“0101”？如果是新的，先在“学校”里补上这一行",
            "3|错误|0102 第二小学|input/党支部/0102.xlsx|党支部|C4|若干|“党员数”应当是数，这里却是“若干”|\
             改成数；没有就留空，或写 — 或 无",
        ]
    );
}

#[test]
fn each_school_that_has_sent_nothing_has_its_row_and_its_sheet() {
    let project = Project::new(SOUND, SOUND);
    let file = fs::read_to_string(project.path("huibao.toml")).unwrap();
    fs::write(project.path("huibao.toml"), file.replace("\n\n[[link]]", "\nevery = \"学校\"\n\n[[link]]")).unwrap();
    let schools: Rows =
        &[&["学校代码", "学校名称"], &["0101", "第一小学"], &["0102", "第二小学"], &["0103", "第三小学"]];
    workbook(&project.path("input/学校.xlsx"), "学校", schools);
    let output = project.check(&["--lang", "zh", "--xlsx", "问题清单.xlsx"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("“学校”共 3 个，有 2 个没有报“党支部”：0102 第二小学、0103 第三小学\n"), "{told}");
    // The second file, a copy of the first, is the third warning.
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(summary.contains("错误 0 条，警告 3 条"), "{summary}");

    let output = project.check(&["--json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let problems = said["problems"].as_array().unwrap().iter();
    let units: Vec<_> = problems
        .filter(|problem| problem["code"] == "dataset.nothing-sent")
        .map(|problem| (problem["unit"].as_str().unwrap(), problem["place"]["cell"]["cell"].as_str().unwrap()))
        .collect();
    assert_eq!(units, [("0102 第二小学", "A3"), ("0103 第三小学", "A4")]);
    if !has_judge("openpyxl") {
        return;
    }
    let text = read(&project.path("问题清单.xlsx"));
    let own = text.split("# ").find(|sheet| sheet.starts_with("0103 第三小学")).unwrap();
    assert_eq!(
        own.lines().skip(1).collect::<Vec<_>>(),
        [
            "0103 第三小学　问题清单（警告 1）||||||||",
            "序号|级别|单位|文件|工作表|单元格|现在的内容|问题|办法",
            "1|警告|0103 第三小学|input/学校.xlsx|学校|A4|0103|0103 第三小学没有报“党支部”|\
             请补报；不用报的从名单里去掉",
        ]
    );
}

#[test]
fn a_list_is_written_again_until_somebody_writes_in_it() {
    let project = Project::new(SOUND, &[HEADER, &["0102", "数学组", ""]]);
    let list = project.path("lists/problems.xlsx");
    let check = |options: &[&str]| {
        let output = project.check(&[&["--lang", "en", "--xlsx", "lists/problems.xlsx"], options].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(check(&[]).0, 0);
    let first = fs::read(&list).unwrap();
    assert_eq!(check(&[]).0, 0);
    assert!(first == fs::read(&list).unwrap(), "two lists of the same problems differ");
    fs::write(&list, "remarks").unwrap();
    let (code, said) = check(&[]);
    assert!(code == 2 && said.contains("somebody changed"), "{code} {said}");
    assert_eq!(fs::read(&list).unwrap(), b"remarks");
    assert_eq!(check(&["--replace"]).0, 0);
    assert!(first == fs::read(&list).unwrap());
}

#[test]
fn a_list_that_is_no_workbook_by_its_name_is_wrong_use() {
    let project = Project::new(SOUND, SOUND);
    let output = project.check(&["--lang", "zh", "--xlsx", "input"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("名字要以 .xlsx 结尾"));
}

const ANSWERING: &str = "---\n标题：{{学校名称}}\n样式：plain\n---\n\n电话{{电话}}。书记{{顿号连接 党支部.书记}}。\n\n\
    {{表格 党支部 列=\"支部名称，书记，备注，党员数\"}}\n";

/// A project whose cells have something of everything that `check` answers.
fn answering() -> Project {
    const HEADER: &[&str] = &["学校代码", "支部名称", "书记", "党员数", "备注", "荣誉"];
    let first: Rows =
        &[HEADER, &["0101", "语文组", "赵\u{3FFFD}", "12", "", "先进"], &["0101", "数学组", "", "7", "新建", ""]];
    let second: Rows =
        &[HEADER, &["0102", "体育组", "钱\u{3FFFD}", "8", "", ""], &["0102", "美术组", "孙乙", "9", "", ""]];
    let project = Project::new(first, second);
    let schools: Rows = &[&["学校代码", "学校名称", "电话"], &["0101", "第一小学", ""], &["0102", "第二小学", ""]];
    workbook(&project.path("input/学校.xlsx"), "学校", schools);
    fs::write(project.path("school.md"), ANSWERING).unwrap();
    project
}

fn said(output: Output) -> Vec<String> {
    String::from_utf8(output.stderr)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("  "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn check_answers_what_is_never_used_and_never_filled_and_what_is_blank_or_has_no_face() {
    let output = answering().check(&["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        said(output),
        [
            "提示：huibao.toml:11:8：表“党支部”里没有模板用到的列：荣誉",
            "警告：input/党支部/0101.xlsx#党支部!C2：“赵\u{3FFFD}”里的“\u{3FFFD}”（U+3FFFD）没有一种字体有，PDF 里以〓代替",
            "提示：input/党支部/0101.xlsx#党支部!C3：“书记”是空的，报告的表格里显示为“—”（school.md:8:18）",
            "警告：input/党支部/0102.xlsx#党支部!C2：“钱\u{3FFFD}”里的“\u{3FFFD}”（U+3FFFD）没有一种字体有，PDF 里以〓代替",
            "警告：school.md:6:3：“电话”在所有报告里都没有值（2 次都是空的）",
            "提示：school.md:8:21：表格里“备注”这一列多半是空的：4 格里有 3 格，都显示为“—”",
        ]
    );
}

#[test]
fn a_tag_is_called_idle_only_when_all_reports_were_looked_at() {
    let output = answering().check(&["--lang", "zh", "--only", "0101"]);
    let lines = said(output);
    assert!(lines.iter().any(|line| line.starts_with("警告：input/学校.xlsx#学校!C2：")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("所有报告") || line.contains("没有模板用到")), "{lines:#?}");
}

#[test]
fn build_answers_nothing() {
    let project = answering();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    let output =
        command.args(["build", "--json", "--fonts", "carried"]).current_dir(project.0.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("template.blank\""), "{text}");
    for code in ["batch.unused-columns", "batch.idle-tag", "batch.blank-cell", "batch.mostly-blank"] {
        assert!(!text.contains(code), "{code}");
    }
}

#[test]
fn a_list_that_lies_among_the_workbooks_is_no_input() {
    let project = Project::new(SOUND, &[HEADER, &["0102", "数学组", "约8"]]);
    let list = "input/党支部/问题清单.xlsx";
    assert_eq!(project.check(&["--xlsx", list]).status.code(), Some(0));
    fs::copy(project.path(list), project.path("input/党支部/退回.xlsx")).unwrap();
    let output = project.check(&["--lang", "zh", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let skipped = said["problems"].as_array().unwrap().iter().filter_map(|problem| {
        let code = problem["code"].as_str().unwrap();
        code.ends_with("-skipped").then(|| format!("{code} {}", problem["place"]["file"]["file"].as_str().unwrap()))
    });
    assert_eq!(
        skipped.collect::<Vec<_>>(),
        ["batch.problem-list-skipped input/党支部/退回.xlsx", "batch.own-output-skipped input/党支部/问题清单.xlsx"]
    );
}

#[test]
fn a_format_that_no_report_has_is_told_with_those_there_are() {
    let project = Project::new(SOUND, &[HEADER, &["0102", "数学组", "8"]]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.args(["build", "--lang", "zh", "--only", "0101", "-f", "xlsx"]);
    let output = command.current_dir(project.0.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("错误：选中的报告没有一份的格式是 xlsx\n  办法：它们的格式是 docx、pdf；"), "{said}");
}

#[test]
fn files_that_are_excepted_are_not_read_and_told() {
    let project = Project::new(
        &[&["学校代码", "支部名称", "党员数"], &["0101", "语文", "3"]],
        &[&["学校代码", "支部名称", "党员数"], &["0102", "数学", "4"]],
    );
    let total: Rows = &[&["学校代码", "支部名称", "党员数"], &["9999", "全市", "7"]];
    workbook(&project.path("input/党支部/汇总2023.xlsx"), "党支部", total);
    let said = |output: &Output| String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
    let refused = said(&project.check(&["--lang", "zh"]));
    assert!(refused.contains("9999"), "{refused}");
    let except = "from = \"input/党支部/*.xlsx\"\nexcept = [\"汇总*.xlsx\", \"附表*.xlsx\"]";
    let file = PROJECT.replace("from = \"input/党支部/*.xlsx\"", except);
    fs::write(project.path("huibao.toml"), file).unwrap();
    let output = project.check(&["--lang", "zh"]);
    let all = said(&output);
    assert!(output.status.success(), "{all}");
    assert!(all.contains("except 留下 1 个文件没有读进“党支部”：input/党支部/汇总2023.xlsx"), "{all}");
    assert!(all.contains("from 里没有“附表*.xlsx”这样的文件"), "{all}");
}
