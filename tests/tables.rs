//! The merged tables of a project as a workbook (format xlsx), from input workbooks to what openpyxl reads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::{Format, Workbook};

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
from = "input/党支部.xlsx"

[[link]]
from = "党支部.学校代码"
to = "学校.学校代码"

[[report]]
name = "city"
output = "{{项目.年度}}年全市汇总表"
formats = ["xlsx"]

[[report]]
name = "school"
each = "学校"
output = "学校/{{学校代码}}"
formats = ["xlsx"]
tables = ["党支部"]
"#;

/// A project of two schools and three branches; the branches have a header of two rows.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("input")).unwrap();
    fs::write(folder.path().join("huibao.toml"), PROJECT).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["学校代码", "学校名称"], ["0101", "第一小学"], ["0102", "=第二小学"]].iter().enumerate()
    {
        sheet.write_row(row as u32, 0, *cells).unwrap();
    }
    book.save(folder.path().join("input/学校.xlsx")).unwrap();

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (plain, date) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
    for (column, name) in
        [(0, "序号"), (1, "学校代码"), (2, "支部名称"), (5, "党费（元）"), (6, "出勤率"), (7, "换届时间")]
    {
        sheet.merge_range(0, column, 1, column, name, &plain).unwrap();
    }
    sheet.merge_range(0, 3, 0, 4, "党员队伍", &plain).unwrap();
    sheet.write_row(1, 3, ["正式党员", "预备党员"]).unwrap();
    let branches = [
        ("0101", "语文组支部", [1200.0, 3.0, 10.5, 0.955]),
        ("0102", "数学组支部", [8.0, 1.0, 3.0, 1.0]),
        ("0102", "行政支部", [5.0, 0.0, 2.25, 0.9]),
    ];
    for (number, (school, branch, figures)) in branches.iter().enumerate() {
        let row = number as u32 + 2;
        sheet.write(row, 0, number as u32 + 1).unwrap();
        sheet.write_row(row, 1, [*school, *branch]).unwrap();
        sheet.write_row(row, 3, *figures).unwrap();
        sheet.write_with_format(row, 7, 45_000 + number as u32, &date).unwrap();
    }
    book.save(folder.path().join("input/党支部.xlsx")).unwrap();
    folder
}

fn huibao(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(arguments)
        .args(["--lang", "zh"])
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What openpyxl reads: of each sheet its name, what is fixed and printed, merged cells, and rows with number formats.
const READER: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
shown = openpyxl.load_workbook(sys.argv[1], data_only=True)
for sheet in book:
    print(sheet.title, sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize)
    print(" ".join(sorted(str(area) for area in sheet.merged_cells.ranges)))
    for row in sheet.iter_rows():
        print("|".join("" if cell.value is None else f"{cell.value}" for cell in row))
    print("|".join(cell.number_format for cell in sheet[sheet.max_row - 1]))
    print("|".join(str(cell.value) for cell in shown[sheet.title][sheet.max_row]))
    print("|".join(cell.data_type for cell in sheet[sheet.max_row - 1]))
"#;

fn read(path: &Path) -> Vec<String> {
    let output = run(Command::new("python3").arg("-c").arg(READER).arg(path));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_unit_has_its_own_rows_under_a_merged_header_with_their_total() {
    let folder = project();
    let output = huibao(folder.path(), &["build"]);
    assert!(output.status.success(), "{output:?}");
    if !has_judge("openpyxl") {
        return;
    }
    assert_eq!(
        read(&folder.path().join("out/学校/0102.xlsx")),
        [
            "党支部 A4 $2:$3 landscape 9",
            "A1:H1 A2:A3 B2:B3 C2:C3 D2:E2 F2:F3 G2:G3 H2:H3",
            "0102（党支部）|||||||",
            "序号|学校代码|支部名称|党员队伍||党费（元）|出勤率|换届时间",
            "|||正式党员|预备党员|||",
            "1|0102|数学组支部|8|1|3|1|2023-03-16 00:00:00",
            "2|0102|行政支部|5|0|2.25|0.9|2023-03-17 00:00:00",
            "合计|||=SUM(D4:D5)|=SUM(E4:E5)|=SUM(F4:F5)||",
            "0|@|@|#,##0|#,##0|#,##0.00|0.0%|yyyy\"年\"m\"月\"d\"日\"",
            "合计|None|None|13|1|5.25|None|None",
            "n|s|s|n|n|n|n|d",
        ]
    );
}

#[test]
fn the_open_xml_sdk_finds_the_workbooks_valid() {
    let folder = project();
    assert!(huibao(folder.path(), &["build"]).status.success());
    if has_judge("ooxml-validator") {
        for file in ["2023年全市汇总表.xlsx", "学校/0102.xlsx"] {
            let path = folder.path().join("out").join(file);
            run(Command::new("ooxml-validator").arg(path).args(["--officeVersion", "Office2019"]));
        }
    }
}

#[test]
fn a_report_over_everything_has_every_table_and_no_cell_becomes_a_formula() {
    let folder = project();
    assert!(huibao(folder.path(), &["build", "--report", "city"]).status.success());
    let path = folder.path().join("out/2023年全市汇总表.xlsx");
    let first = fs::read(&path).unwrap();
    assert!(huibao(folder.path(), &["build", "--out", "again"]).status.success());
    assert!(first == fs::read(folder.path().join("again/2023年全市汇总表.xlsx")).unwrap(), "two builds differ");
    if !has_judge("openpyxl") {
        return;
    }
    let lines = read(&path);
    assert_eq!(lines[0], "学校 A3 $2:$2 landscape 9");
    assert_eq!(lines[2..6], ["2023年全市汇总表（学校）|", "学校代码|学校名称", "0101|第一小学", "0102|=第二小学"]);
    assert_eq!(lines[8], "s|s");
    assert!(lines.iter().any(|line| line == "合计|||=SUM(D4:D6)|=SUM(E4:E6)|=SUM(F4:F6)||"), "{lines:#?}");
}

#[test]
fn a_format_that_no_report_has_is_an_error_that_names_those_there_are() {
    let folder = project();
    let output = huibao(folder.path(), &["build", "--format", "pdf"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(told.contains("xlsx"), "{told}");
    assert!(!folder.path().join("out/学校").exists());
}
