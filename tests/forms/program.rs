//! The program run on forms: inspected, drafted into a project, built into reports.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use crate::bytes;
use crate::layouts::{MEMBER, SCHOOL};

fn huibao(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    let output = command.current_dir(folder).args(arguments).args(["--lang", "zh"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said)
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn form(folder: &Path, file: &str, lines: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes(&[lines])).unwrap();
}

/// The words of a Word document.
fn words(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect()
}

const PROJECT: &str = r#"[project]
title = "党员名册"
year = 2023

[[table]]
name = "登记表"
from = "input/*.xlsx"
form = true
key  = "身份证号"

[[table]]
name = "家庭成员"
inside = "登记表"

[[report]]
name = "member"
template = "member.md"
each = "登记表"
output = "{{姓名}}"
formats = ["docx"]
"#;

const TEMPLATE: &str = "---\n标题：{{姓名}}\n样式：plain\n---\n\n{{姓名}}（{{性别}}），{{出生年月}}生，家庭成员{{计数 家庭成员}}人：\
    {{#each 家庭成员}}{{称谓}}{{姓名}}；{{/each}}。\n";

#[test]
fn each_form_is_a_report_that_sees_the_lines_of_its_own_tables() {
    let folder = folder(&[("huibao.toml", PROJECT), ("member.md", TEMPLATE)]);
    form(folder.path(), "input/张三.xlsx", MEMBER);
    let other = MEMBER
        .replace("张　三", "李　四")
        .replace("'110101198504011234", "'110101197901012345")
        .replace("B12 女儿", "B12")
        .replace("C12 李小花", "C12");
    form(folder.path(), "input/李四.xlsx", &other.replace("D12 10", "D12").replace("E12:G12 学生", "E12:G12"));
    let (code, said) = huibao(folder.path(), &["build"]);
    assert_eq!(code, Some(0), "{said}");
    let out = folder.path().join("out");
    let text = words(&out.join("张　三.docx"));
    assert!(text.contains("张　三（女），1985年4月生，家庭成员2人：丈夫李四；女儿李小花；。"), "{text}");
    let text = words(&out.join("李　四.docx"));
    assert!(text.contains("家庭成员1人：丈夫李四；。"), "{text}");
}

#[test]
fn what_is_wrong_with_forms_is_told_with_file_and_cell() {
    let project = PROJECT.replace("inside = \"登记表\"", "inside = \"登记表\"\nat = \"社会关系\"");
    let folder = folder(&[("huibao.toml", &project), ("member.md", TEMPLATE)]);
    form(folder.path(), "input/张三.xlsx", &MEMBER.replace("男□ 女☑", "男☑ 女☑"));
    form(folder.path(), "input/学校.xlsx", "A1 学校 \nB1 教师\nA2 一小\nB2 30");
    let (code, said) = huibao(folder.path(), &["check"]);
    assert_eq!(code, Some(2));
    let expected = [
        "huibao.toml:14:6：登记表里没有找到“社会关系”这张表\n  办法：有这些：主要简历、家庭成员",
        "input/张三.xlsx#Sheet1!D2：“男☑ 女☑”两个都勾了\n  办法：只留一个",
    ];
    for expected in expected {
        assert!(said.contains(expected), "{expected}\nin\n{said}");
    }
}

#[test]
fn inspect_tells_forms_from_tables_by_itself() {
    let folder = folder(&[]);
    form(folder.path(), "党员.xlsx", MEMBER);
    form(folder.path(), "学校.xlsx", SCHOOL);
    let (code, said) = huibao(folder.path(), &["inspect", "党员.xlsx", "学校.xlsx"]);
    assert_eq!(code, Some(0));
    for expected in [
        "登记表 A2:F15，12 栏，一张表一条（写 form = true）",
        "登记表里面的表“主要简历” B6:G9，表头第 6 行，数据 2 行",
        "登记表里面的表“家庭成员” B10:G13，表头第 10 行，数据 2 行",
        "登记表 A3:F14，25 栏，一张表一条（写 form = true）",
    ] {
        assert!(said.contains(expected), "{expected}\nin\n{said}");
    }
    let (_, json) = huibao(folder.path(), &["inspect", "党员.xlsx", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let tables = json["files"][0]["tables"].as_array().unwrap();
    let kinds: Vec<_> = tables.iter().map(|table| table["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["form", "inside", "inside"]);
    assert_eq!(tables[0]["columns"][6]["name"], "身份证号");
    assert_eq!(tables[0]["columns"][6]["letters"], "B4");
}

#[test]
fn a_project_drafted_from_forms_builds_at_once() {
    let folder = folder(&[]);
    for (number, name) in ["张三", "李四", "王五"].into_iter().enumerate() {
        let lines =
            MEMBER.replace("张　三", name).replace("'110101198504011234", &format!("'11010119850401{number:04}"));
        form(folder.path(), &format!("登记表/{name}.xlsx"), &lines);
    }
    let (code, said) = huibao(folder.path(), &["init", "登记表", "--to", "新"]);
    assert_eq!(code, Some(0), "{said}");
    let project = fs::read_to_string(folder.path().join("新/huibao.toml")).unwrap();
    assert!(project.contains("form = true"), "{project}");
    for inner in ["主要简历", "家庭成员"] {
        let lines = format!("\n[[table]]\nname = \"{inner}\"\ninside = \"数据\"");
        assert!(project.contains(&lines), "{project}");
    }
    let (code, said) = huibao(&folder.path().join("新"), &["build", "--format", "docx"]);
    assert_eq!(code, Some(0), "{said}");
}
