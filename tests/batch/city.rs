//! A small city: districts, schools, branches and what belongs to none of them; a report for each and one over all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::project::Project;

pub type Table = Vec<Vec<String>>;

pub const PROJECT: &str = r#"[project]
title = "年度总结"
year = 2023
style = "plain"

[[table]]
name = "区县"
from = "input/区县.xlsx"
key = "区县"

[[table]]
name = "学校"
from = "input/学校.xlsx"
key = "代码"

[[table]]
name = "党支部"
from = "input/党支部.xlsx"

[[table]]
name = "培训"
from = "input/培训.xlsx"

[[table]]
name = "活动"
from = "input/活动.xlsx"

[[link]]
from = "活动.代码"
to = "学校.代码"

[[link]]
from = "学校.区县"
to = "区县.区县"

[[link]]
from = "党支部.代码"
to = "学校.代码"

[[report]]
name = "city"
template = "templates/city.md"
output = "全市"
formats = ["docx"]

[[report]]
name = "district"
template = "templates/district.md"
each = "区县"
output = "区县/{{区县}}"
formats = ["docx", "xlsx"]

[[report]]
name = "school"
template = "templates/school.md"
each = "学校"
output = "学校/{{代码}}"
formats = ["docx", "pdf"]
"#;

const CITY: &str = "# 全市\n\n{{#each 区县}}{{区县}}：{{计数 学校}}所，党员{{合计 党支部.党员}}人。{{/each}}\n\n培训{{计数 培训}}期。\n";
const DISTRICT: &str = "# {{区县}}\n\n{{#each 学校}}{{名称}}：{{#each 党支部}}{{支部}}（{{党员}}人，{{学校.名称}}）{{/each}}。{{/each}}\n\n{{#each 全部.区县}}{{区县}}{{计数 学校}}所。{{/each}}\n";
const SCHOOL: &str = "# {{名称}}\n\n{{区县.区县}}，评分{{评分}}，全市第{{排名 全部.学校.评分 评分}}。\n\n{{#each 党支部}}{{支部}}有党员{{党员}}人。{{/each}}\n";

/// The tables by their names; each also is a workbook.
pub fn tables() -> BTreeMap<&'static str, Table> {
    let table = |rows: &[&str]| rows.iter().map(|row| row.split(' ').map(str::to_owned).collect()).collect();
    BTreeMap::from([
        ("区县", table(&["区县 电话", "东区 3101", "西区 3102"])),
        (
            "学校",
            table(&[
                "代码 名称 区县 评分 地址",
                "01 一小 东区 91 东街",
                "02 二小 东区 88 南街",
                "03 三小 西区 95 西街",
                "04 四小 西区 70 北街",
            ]),
        ),
        (
            "党支部",
            table(&["代码 支部 党员", "01 语文 12", "01 数学 8", "02 语文 9", "03 体育 5", "04 美术 7", "04 音乐 6"]),
        ),
        ("活动", table(&["代码 活动 人数", "01 参观 20", "04 展览 31"])),
        ("培训", table(&["培训班 人数", "书记班 30", "新人班 41"])),
    ])
}

pub fn write(project: &Project, tables: &BTreeMap<&'static str, Table>) {
    for (name, rows) in tables {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        project.workbook(&format!("input/{name}.xlsx"), name, &rows);
    }
}

pub fn city() -> Project {
    let project = Project::new();
    project.write("huibao.toml", PROJECT);
    for (name, text) in [("city", CITY), ("district", DISTRICT), ("school", SCHOOL)] {
        project.write(&format!("templates/{name}.md"), text);
    }
    write(&project, &tables());
    project
}

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub made: Vec<String>,
    pub unchanged: usize,
    pub result: serde_json::Value,
}

/// Builds into a folder.
pub fn build(project: &Project, out: &str, options: &[&str]) -> Run {
    let arguments = ["build", "--fonts", "carried", "--lang", "en", "--json", "--out", out];
    let (code, text) = project.run(&[&arguments[..], options].concat());
    let start = text.find('{').unwrap_or_else(|| panic!("{text}"));
    let result: serde_json::Value = serde_json::from_str(&text[start..]).unwrap_or_else(|_| panic!("{text}"));
    let names = |key: &str| -> Vec<String> {
        let reports = result[key].as_array().unwrap();
        reports.iter().map(|made| made["report"].as_str().unwrap().to_owned()).collect()
    };
    let unchanged = result.get("unchanged").map_or(0, |reports| reports.as_array().unwrap().len());
    Run { code, made: names("made"), unchanged, result }
}

/// All files below a folder with their contents, but for the lock; the manifest among them. Nothing if it is not there.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(".huibao.lock") {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                let bytes = fs::read(&path).unwrap();
                found.insert(name, if path.ends_with(".huibao.jsonl") { of_reports(&bytes) } else { bytes });
            }
        }
    }
    found
}

/// A manifest without what it says of the last run as a whole.
fn of_reports(manifest: &[u8]) -> Vec<u8> {
    let lines = manifest.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| !line.starts_with(b"{\"asked\"")).collect::<Vec<_>>().concat()
}

/// Holds a folder against what a clean run makes of the project as it is.
pub fn assert_equals_clean_run(project: &Project, out: &str, clean: &str) {
    let folder = project.path(clean);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    assert_eq!(build(project, clean, &[]).code, 0);
    let (found, wanted) = (contents(&project.path(out)), contents(&folder));
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    let differ: Vec<_> = found.iter().filter(|(name, bytes)| wanted[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?} differ from a clean run");
}
