//! A small project that the program is run on, and what it says as golden text (tests/golden/errors).

#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::Workbook;

/// A small sound project in a folder of its own, to be broken in one way or another.
pub struct Project {
    folder: tempfile::TempDir,
}

pub const PROJECT: &str = r#"[project]
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

pub const TEMPLATE: &str = "---\n标题：{{名称}}\n样式：plain\n---\n\n全校有党员{{合计 党支部.党员}}人。\n";

pub type Rows<'a> = &'a [&'a [&'a str]];

pub const SCHOOLS: Rows = &[&["代码", "名称"], &["01", "第一小学"], &["02", "第二小学"]];
pub const BRANCHES: Rows = &[&["学校代码", "支部名称", "党员"], &["01", "语文组", "12"], &["02", "数学组", "8"]];

impl Project {
    pub fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        project.write("huibao.toml", PROJECT);
        project.write("templates/school.md", TEMPLATE);
        project.workbook("input/学校.xlsx", "学校", SCHOOLS);
        project.workbook("input/党支部.xlsx", "党支部", BRANCHES);
        project
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        let path = self.folder.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    pub fn write(&self, relative: &str, text: &str) {
        fs::write(self.path(relative), text).unwrap();
    }

    /// Replaces a text in a file of the project.
    pub fn change(&self, relative: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(relative)).unwrap();
        assert!(text.contains(from), "{relative} has no {from}");
        self.write(relative, &text.replace(from, to));
    }

    /// A workbook of one sheet; figures become numbers, but for those with a leading zero.
    pub fn workbook(&self, relative: &str, sheet_name: &str, rows: Rows) {
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
    pub fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text)
    }

    /// Builds, and compares what was said with the golden text of a name.
    pub fn build_says(&self, golden: &str, exit: i32) {
        let build = ["build", "--all", "--fonts", "carried", "--jobs", "1"];
        let (code, zh) = self.run(&[&build[..], &["--lang", "zh"]].concat());
        let (_, en) = self.run(&[&build[..], &["--lang", "en"]].concat());
        assert_eq!(code, exit, "{zh}");
        compare(golden, &format!("{}\n{}", without_time(&zh), without_time(&en)));
    }

    pub fn made(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path("out")) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }
}

/// How long a run took is another figure each time.
pub fn without_time(text: &str) -> String {
    let seconds = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    let line = |line: &str| match line.strip_suffix(" 秒").or_else(|| line.strip_suffix(" s")) {
        Some(start) if start.ends_with(|c: char| c.is_ascii_digit()) => seconds(start) + "…",
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

pub fn compare(golden: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/errors").join(format!("{golden}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} (UPDATE_GOLDEN=1 writes it)", path.display());
}
