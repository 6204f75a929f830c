//! What `huibao inspect` says of whole files and folders.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use common::root;

fn inspect(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(folder).arg("inspect").args(arguments).args(["--lang", "zh"]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_folder_is_told_file_by_file_and_equal_tables_in_short() {
    let output = inspect(root(), &["input"]);
    assert!(output.status.success());
    let text = said(&output);
    assert!(
        text.contains("input/党支部/兰渚区.xlsx\n  工作表“党支部”：表 A3:Z26，表头第 3、4 行，数据 22 行"),
        "{text}"
    );
    assert!(text.contains("各列与 input/党支部/兰渚区.xlsx 相同"), "{text}");
    assert!(text.contains("    F   党员队伍/党员总数        数字     0    13  8 至 24，合计 396\n"), "{text}");
    assert!(text.contains("不算数据：第 27 行（合计，与各行相加一致）"), "{text}");
    assert!(text.contains("能区分各行的列：学校代码＋支部名称、书记"), "{text}");
}

#[test]
fn the_json_has_the_keys_that_its_page_names_and_no_others() {
    let output = inspect(root(), &["input", "--json"]);
    let report = json(&output);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let files = report["files"].as_array().unwrap();
    let tables: Vec<&Value> = files.iter().flat_map(|file| file["tables"].as_array().unwrap()).collect();
    let columns: Vec<&Value> = tables.iter().flat_map(|table| table["columns"].as_array().unwrap()).collect();
    let page = fs::read_to_string(root().join("docs/inspect.md")).unwrap();
    let mut lists = page.split("| key | is |").skip(1);
    let mut named = || {
        let cells = lists.next().unwrap().lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        cells
            .flat_map(|cell| cell.split(", "))
            .map(|key| key.trim_matches(['`', '|', ' ']).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(keys(&report), named());
    assert_eq!(tables.iter().map(|table| keys(table)).collect::<BTreeSet<_>>(), BTreeSet::from([named()]));
    assert_eq!(columns.iter().map(|column| keys(column)).collect::<BTreeSet<_>>(), BTreeSet::from([named()]));
    assert_eq!(files.len(), 8);
}

#[test]
fn what_cannot_be_read_is_told_beside_what_can() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["学校", "人数"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    sheet.write(1, 0, "一小").unwrap().write(1, 1, 5).unwrap();
    book.save(folder.path().join("好.xlsx")).unwrap();
    fs::write(folder.path().join("坏.xlsx"), b"PK\x03\x04 cut short").unwrap();
    let output = inspect(folder.path(), &["."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("数据 1 行"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("坏.xlsx"));
    let report = json(&inspect(folder.path(), &[".", "--json"]));
    assert_eq!((report["files"].as_array().unwrap().len(), report["problems"].as_array().unwrap().len()), (1, 1));
    assert_eq!(inspect(folder.path(), &["没有.xlsx"]).status.code(), Some(2));
}

/// A workbook of one sheet, large enough to be read on several cores, with an end tag too many after some of its rows.
fn damaged(path: &Path, strays: &[usize]) {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |of: &str, target: &str| {
        format!("<Relationships><Relationship Id='r1' Type='{kind}/{of}' Target='{target}'/></Relationships>")
    };
    let text = |cell: &str, text: &str| format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let mut rows = format!("<row r=\"1\">{}{}</row>", text("A1", "学校名称"), text("B1", "人数"));
    for row in 2..70_000 {
        let name = text(&format!("A{row}"), &format!("学校{row}"));
        rows += &format!("<row r=\"{row}\">{name}<c r=\"B{row}\"><v>{row}</v></c></row>");
        rows += if strays.contains(&row) { "</row>" } else { "" };
    }
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book =
        format!("<workbook xmlns:r='{kind}'><sheets><sheet name='表' sheetId='1' r:id='r1'/></sheets></workbook>");
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn what_is_read_of_a_damaged_sheet_does_not_depend_on_the_number_of_cores() {
    let folder = tempfile::tempdir().unwrap();
    // Of three shares, each has fewer end tags too many than keep a sheet from being read.
    for (strays, readable) in [(&[][..], true), (&[9_000][..], true), (&[9_000, 30_000, 50_000][..], false)] {
        damaged(&folder.path().join("表.xlsx"), strays);
        let of_cores = |cores: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
            command.current_dir(folder.path()).args(["inspect", "表.xlsx", "--json"]).env("RAYON_NUM_THREADS", cores);
            let output = command.output().unwrap();
            (output.status.code(), said(&output))
        };
        let one = of_cores("1");
        assert_eq!(one.0, Some(if readable { 0 } else { 2 }), "{strays:?}");
        for cores in ["2", "3", "8"] {
            assert!(of_cores(cores) == one, "{strays:?}: {cores} cores read it otherwise");
        }
    }
}
