//! Rules broken, and what comes of it: the message as a person sees it (tests/golden/errors/rule-*), who is left out,
//! and the exit code. After a change of words: `UPDATE_GOLDEN=1 cargo test --test rules`, then read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod project;

use std::fs;

use project::{Project, Rows, compare, without_time};

const SETTINGS: &str = r#"[project]
title = "年度总结"
year = 2023

[[table]]
name = "学校"
from = "input/学校.xlsx"
key = "代码"

[[table]]
name = "党支部"
from = "input/党支部/*.xlsx"
key = ["学校代码", "支部名称"]

[[link]]
from = "党支部.学校代码"
to = "学校.代码"

[[report]]
name = "city"
template = "templates/city.md"
output = "全市"

[[report]]
name = "school"
template = "templates/school.md"
each = "学校"
output = "{{代码}} {{名称}}"
"#;

const SCHOOLS: Rows = &[
    &["代码", "名称", "党员总数", "上年党员", "支部数"],
    &["01", "第一小学", "20", "19", "2"],
    &["02", "第二小学", "8", "8", "1"],
    &["03", "第三中学", "15", "14", "1"],
];

const HEADER: &[&str] = &["学校代码", "支部名称", "类型", "党员", "正式党员", "预备党员", "成立时间"];
const FIRST: Rows = &[
    HEADER,
    &["01", "语文组", "教工", "12", "11", "1", "2019年3月"],
    &["01", "数学组", "教工", "8", "8", "0", "2019年3月"],
];
const SECOND: Rows = &[HEADER, &["02", "体育组", "教工", "8", "7", "1", "2020.5"]];
const THIRD: Rows = &[HEADER, &["03", "高一组", "教工", "15", "15", "0", "2021年9月1日"]];

/// A city of three schools, each of which has sent a workbook, with these rules.
fn city(rules: &str) -> Project {
    let project = Project::new();
    project.write("huibao.toml", &format!("{SETTINGS}\n{rules}"));
    project.write("templates/city.md", "全市有学校{{计数 学校}}所，党员{{合计 党支部.党员}}人。\n");
    project.workbook("input/学校.xlsx", "学校", SCHOOLS);
    project.workbook("input/党支部/0101第一小学.xlsx", "支部", FIRST);
    project.workbook("input/党支部/第二小学.xlsx", "支部", SECOND);
    project.workbook("input/党支部/第三中学.xlsx", "支部", THIRD);
    project
}

/// What `check` says in both languages, as golden text; gives its exit code.
fn check_says(project: &Project, golden: &str) -> i32 {
    let check = ["check", "--fonts", "carried", "--jobs", "1"];
    let (code, zh) = project.run(&[&check[..], &["--lang", "zh"]].concat());
    let (_, en) = project.run(&[&check[..], &["--lang", "en"]].concat());
    compare(golden, &format!("{}\n{}", without_time(&zh), without_time(&en)));
    code
}

/// A first school's workbook in which one cell of the second row is another.
fn spoil(project: &Project, column: &str, value: &str) {
    let at = HEADER.iter().position(|name| *name == column).unwrap();
    let mut row = FIRST[2].to_vec();
    row[at] = value;
    project.workbook("input/党支部/0101第一小学.xlsx", "支部", &[HEADER, FIRST[1], &row]);
}

const ALL_RULES: &str = r#"
[[column]]
name = "学校.代码"
pattern = '\d{2}'
pattern_says = "2 位数字"

[[column]]
name = "学校.党员总数"
required = true
change = { from = "学校.上年党员", above = "20%" }

[[column]]
name = "党支部.支部名称"
unique = true
required = true

[[column]]
name = "党支部.类型"
one_of = ["教工", "学生", "离退休"]

[[column]]
name = "党支部.党员"
kind = "number"
range = [3, 100]

[[column]]
name = "党支部.成立时间"
kind = "date"
range = ["1949-10-01", "2023-12-31"]

[[agree]]
sum = "党支部.党员"
with = "学校.党员总数"

[[agree]]
sum = ["党支部.正式党员", "党支部.预备党员"]
with = "党支部.党员"

[[agree]]
count = "党支部"
with = "学校.支部数"
"#;

#[test]
fn a_city_that_keeps_all_its_rules_is_built_without_a_word() {
    let project = city(ALL_RULES);
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("错误 0 条，警告 0 条"), "{said}");
    assert_eq!(project.made().len(), 2 * (1 + 3));
}

#[test]
fn one_broken_rule_after_the_other() {
    for (golden, column, value) in [
        ("rule-required", "支部名称", ""),
        ("rule-one-of", "类型", "职工"),
        ("rule-range", "党员", "800"),
        ("rule-kind", "党员", "八九个"),
        ("rule-kind-date", "成立时间", "前年"),
        ("rule-range-date", "成立时间", "2032年3月"),
    ] {
        // The sums are wrong with them: without these rules one thing at a time is told.
        let project = city(ALL_RULES.split("[[agree]]").next().unwrap());
        project.change("huibao.toml", "key = [\"学校代码\", \"支部名称\"]", "");
        spoil(&project, column, value);
        assert_eq!(check_says(&project, golden), 2, "{golden}");
    }
}

#[test]
fn a_value_there_twice() {
    let project = city("[[column]]\nname = \"党支部.支部名称\"\nunique = true\n");
    project.workbook(
        "input/党支部/第二小学.xlsx",
        "支部",
        &[HEADER, &["02", "语文组", "教工", "8", "7", "1", "2020.5"]],
    );
    assert_eq!(check_says(&project, "rule-unique"), 2);
}

#[test]
fn a_code_that_is_written_otherwise() {
    let project = city("[[column]]\nname = \"学校.代码\"\npattern = '\\d{2}'\npattern_says = \"2 位数字\"\n");
    let mut rows = SCHOOLS.to_vec();
    rows.push(&["4A", "第四小学", "1", "1", "1"]);
    project.workbook("input/学校.xlsx", "学校", &rows);
    assert_eq!(check_says(&project, "rule-pattern"), 2);
}

#[test]
fn a_name_that_is_not_known_elsewhere() {
    let project = city("[[column]]\nname = \"党支部.类型\"\nrefers_to = \"学校.名称\"\nlevel = \"warning\"\n");
    spoil(&project, "类型", "第一小雪");
    assert_eq!(check_says(&project, "rule-refers-to"), 0);
}

#[test]
fn a_figure_far_from_last_years_is_a_warning() {
    let project = city(ALL_RULES.split("[[column]]\nname = \"党支部").next().unwrap());
    let mut rows = SCHOOLS.to_vec();
    rows[2] = &["02", "第二小学", "8", "5", "1"];
    project.workbook("input/学校.xlsx", "学校", &rows);
    assert_eq!(check_says(&project, "rule-change"), 0);
}

#[test]
fn sums_that_do_not_agree() {
    let project = city(&ALL_RULES[ALL_RULES.find("[[agree]]").unwrap()..]);
    let mut rows = SCHOOLS.to_vec();
    rows[1] = &["01", "第一小学", "25", "19", "3"];
    project.workbook("input/学校.xlsx", "学校", &rows);
    spoil(&project, "预备党员", "1");
    assert_eq!(check_says(&project, "rule-agree"), 2);
}

#[test]
fn rules_that_cannot_be_kept() {
    let project = city(
        "[[column]]\nname = \"党支部.党圆\"\nrequired = true\n\
         [[column]]\nname = \"党支部.党员\"\nrange = [5, 1]\nchange = { from = \"学校.名称\", above = \"许多\" }\n\
         [[column]]\nname = \"党支部.类型\"\npattern = '('\nrefers_to = \"学校.类型\"\n\
         [[agree]]\nsum = \"学校.党员总数\"\nwith = \"党支部.党员\"\n",
    );
    assert_eq!(check_says(&project, "rule-settings"), 2);
}

#[test]
fn a_rule_broken_in_hundreds_of_cells_does_not_scroll_hundreds_of_times() {
    let project = city("[[column]]\nname = \"党支部.党员\"\nrange = [3, 100]\n");
    let names: Vec<_> = (0..300).map(|number| format!("支部{number}")).collect();
    let many: Vec<[&str; 7]> =
        names.iter().map(|name| ["02", name.as_str(), "教工", "900", "7", "1", "2020.5"]).collect();
    let rows: Vec<&[&str]> = [HEADER].into_iter().chain(many.iter().map(|row| &row[..])).collect();
    project.workbook("input/党支部/第二小学.xlsx", "支部", &rows);
    let (code, said) = project.run(&["check", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 2);
    assert_eq!(said.matches("这里是 900").count(), 5, "{said}");
    assert!(said.contains("……“党支部.党员”还有 295 处同样的问题（rules.range）"), "{said}");
    assert!(said.contains("错误 300 条"), "{said}");
    let (_, json) = project.run(&["check", "--fonts", "carried", "--json"]);
    assert_eq!(json.matches("\"rules.range\"").count(), 300);
}

/// The city with an error in the first school's workbook.
fn broken_city(errors: &str) -> Project {
    let project = city(ALL_RULES.split("[[agree]]").next().unwrap());
    project.change("huibao.toml", "year = 2023\n", &format!("year = 2023\nerrors = \"{errors}\"\n"));
    spoil(&project, "党员", "800");
    project
}

#[test]
fn with_refuse_one_schools_error_keeps_all_back() {
    let project = broken_city("refuse");
    project.build_says("rule-refuse", 2);
    assert!(project.made().is_empty());
}

#[test]
fn with_leave_out_the_others_are_made_and_say_who_is_missing() {
    let project = broken_city("leave-out");
    project.build_says("rule-leave-out", 1);
    let made = ["02 第二小学.docx", "02 第二小学.pdf", "03 第三中学.docx", "03 第三中学.pdf", "全市.docx", "全市.pdf"];
    assert_eq!(project.made(), made);
    assert_eq!(text_of(&project, "全市"), "全市有学校2所，党员23人。");
    assert_eq!(check_says(&project, "rule-leave-out-check"), 1);
}

#[test]
fn with_leave_out_a_workbook_that_cannot_be_read_keeps_its_school_back() {
    let project = broken_city("leave-out");
    spoil(&project, "党员", "8");
    fs::write(project.path("input/党支部/第三中学.xlsx"), "这不是工作簿").unwrap();
    project.build_says("rule-leave-out-unread", 1);
    assert_eq!(text_of(&project, "全市"), "全市有学校2所，党员28人。");
}

#[test]
fn with_leave_out_one_empty_workbook_of_many_keeps_its_school_back() {
    let project = broken_city("leave-out");
    spoil(&project, "党员", "8");
    project.workbook("input/党支部/第三中学.xlsx", "支部", &[]);
    project.build_says("rule-leave-out-empty", 1);
    assert_eq!(text_of(&project, "全市"), "全市有学校2所，党员28人。");
}

#[test]
fn with_leave_out_an_error_that_is_nobodys_keeps_all_back() {
    let project = broken_city("leave-out");
    fs::write(project.path("input/党支部/补报.xlsx"), "这不是工作簿").unwrap();
    project.build_says("rule-leave-out-nobody", 2);
    assert!(project.made().is_empty());
}

#[test]
fn with_leave_out_an_error_of_the_project_or_of_all_units_keeps_all_back_and_says_so() {
    let project = broken_city("leave-out");
    project.change("templates/city.md", "计数 学校", "计数 学堂");
    project.build_says("rule-leave-out-template", 2);
    let project = broken_city("leave-out");
    project.change("huibao.toml", "\"教工\", \"学生\", ", "");
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 2, "{said}");
    let first = said.lines().find(|line| line.starts_with("警告：huibao.toml:")).unwrap_or_default();
    assert!(first.ends_with("不能只跳过有错的单位：每个单位的数据都有错，一个也剩不下"), "{said}");
}

#[test]
fn with_leave_out_a_table_of_which_nothing_is_left_keeps_all_back() {
    let project = broken_city("leave-out");
    for file in ["0101第一小学", "第二小学", "第三中学"] {
        fs::write(project.path(&format!("input/党支部/{file}.xlsx")), "这不是工作簿").unwrap();
    }
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("不能只跳过有错的单位：“党支部”一份也没有读成"), "{said}");
}

#[test]
fn a_unit_that_is_left_out_can_still_be_asked_for_by_name() {
    let project = broken_city("leave-out");
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh", "--only", "01"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("没有算进来的单位 1 个（01 第一小学）"), "{said}");
}

/// The words of a report's only paragraph.
fn text_of(project: &Project, report: &str) -> String {
    let (_, csv) = project.run(&["build", "--fonts", "carried", "--report", "city", "--trace", "--replace"]);
    let csv = fs::read_to_string(project.path(&format!("out/{report}.出处.csv"))).unwrap_or(csv);
    let value = |line: &str| line.split("\",\"").next().map(|field| field.trim_start_matches('"').to_owned());
    let values: Vec<_> = csv.lines().skip(1).filter_map(value).collect();
    format!("全市有学校{}所，党员{}人。", values[0], values[1])
}
