//! Merging without a project, from end to end: templates to begin from, names of files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{files, has_judge, root, run};
use rust_xlsxwriter::Workbook;

fn huibao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(root());
    command
}

/// A new folder with a workbook of these rows.
fn scratch(test: &str, rows: &[&[&str]]) -> (PathBuf, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("merge-{test}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let data = folder.join("名单.xlsx");
    save(&data, rows);
    (folder, data)
}

fn save(data: &Path, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("名单").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save(data).unwrap();
}

fn starter(data: &Path, template: &Path, options: &[&str]) -> Output {
    huibao()
        .arg("merge")
        .arg(data)
        .arg("--starter")
        .arg(template)
        .args(options)
        .args(["--lang", "zh"])
        .output()
        .unwrap()
}

/// Merges, and gives the names of the documents and what was said.
fn merged(data: &Path, template: &Path, options: &[&str]) -> (Vec<String>, String) {
    let out = data.with_file_name("out");
    let mut command = huibao();
    command.arg("merge").args([data, template]).args(["--fonts", "carried", "--lang", "zh", "--out"]).arg(&out);
    let output = run(command.args(options));
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    (files(&out, "docx").iter().map(name).collect(), said)
}

#[test]
fn a_starter_is_sound_merges_without_a_word_and_is_never_overwritten() {
    let rows: &[&[&str]] = &[
        &["姓名", "党费（元）", "{支部}", "合计", "备注"],
        &["甲一", "12", "一支部", "3", ""],
        &["乙二", "8", "二支部", "4", "借调"],
    ];
    let (folder, data) = scratch("starter", rows);
    for (name, options, documents) in [("表单.docx", &[][..], 2), ("一览.docx", &["--one"], 1)] {
        let template = folder.join(name);
        let output = starter(&data, &template, options);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let (_, told) = merged(&data, &template, &[]);
        assert!(told.contains(&format!("做成 {documents} 份")) && told.contains("警告 0 条"), "{told}");
        if has_judge("ooxml-validator") {
            for path in files(&folder, "docx") {
                run(Command::new("ooxml-validator").arg(&path).args(["--officeVersion", "Office2019"]));
            }
        }
        let bytes = fs::read(&template).unwrap();
        let again = starter(&data, &template, options);
        assert_eq!(again.status.code(), Some(2));
        assert!(String::from_utf8(again.stderr).unwrap().contains("已经有这个文件了"));
        assert!(fs::read(&template).unwrap() == bytes);
    }
}

#[test]
fn a_starter_must_be_called_a_word_file() {
    let (folder, data) = scratch("starter-name", &[&["姓名", "单位"], &["甲", "一中"]]);
    let output = starter(&data, &folder.join("表单.md"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("要以 .docx 结尾"));
}

#[test]
fn names_from_cells_are_made_safe_and_parted_and_a_blank_one_is_that_of_the_row() {
    let rows: &[&[&str]] = &[
        &["姓名", "班级"],
        &["张三", "一/二班"],
        &["张三", "三班"],
        &["", "四班"],
        &["a:b*?", "五班"],
        &["A：B＊？", "六班"],
    ];
    let (folder, data) = scratch("names", rows);
    let template = folder.join("表单.docx");
    assert!(starter(&data, &template, &[]).status.success());
    let (names, told) = merged(&data, &template, &["--name", "{{姓名}}"]);
    assert_eq!(names, ["A：B＊？（2）", "a：b＊？", "张三", "张三（2）", "第4行"]);
    assert!(told.contains("名单.xlsx#名单!A4：文件名里用到的这一格是空的，文件叫“第4行”"), "{told}");
    assert!(told.contains("有 2 行的文件都叫“张三”，后面的加了编号"), "{told}");
    let (names, _) = merged(&data, &template, &["--name", "各班/{{班级}}"]);
    assert!(names.contains(&"一／二班".to_owned()) && names.contains(&"六班".to_owned()), "{names:?}");
}

#[test]
fn a_template_without_tags_is_told() {
    let (folder, data) = scratch("no-tags", &[&["姓名", "单位"], &["甲", "一中"], &["乙", "二中"]]);
    let template = folder.join("通知.md");
    fs::write(&template, "# 通知\n\n{姓名}同志：开会。\n").unwrap();
    let (names, told) = merged(&data, &template, &[]);
    assert_eq!(names, ["通知"]);
    assert!(told.contains("模板里没有标签"), "{told}");
}

#[test]
fn one_document_of_all_rows_comes_of_a_text_template_too() {
    let rows: &[&[&str]] = &[&["姓名", "单位"], &["甲", "一中"], &["乙", "二小"], &["丙", "三中"]];
    let (folder, data) = scratch("one-of-text", rows);
    let template = folder.join("信.md");
    fs::write(&template, "---\n标题：给{{姓名}}的信\n样式：plain\n---\n\n# 事由\n\n1. 请到{{单位}}。\n").unwrap();
    let (names, told) = merged(&data, &template, &["--one", "--format", "docx,pdf"]);
    assert_eq!(names, ["信"]);
    assert!(told.contains("做成 1 份"), "{told}");
    if has_judge("pdftotext") {
        let text = run(Command::new("pdftotext").arg(folder.join("out/信.pdf")).arg("-")).stdout;
        let text = String::from_utf8(text).unwrap();
        let pages: Vec<String> = text.split('\u{C}').map(|page| page.split_whitespace().collect()).collect();
        assert_eq!(pages.len(), 4, "{text}");
        for (page, (name, place)) in pages.iter().zip([("甲", "一中"), ("乙", "二小"), ("丙", "三中")]) {
            assert!(page.contains(&format!("给{name}的信")) && page.contains(&format!("请到{place}")), "{page}");
            assert!(page.contains("一、事由"), "each is counted on its own: {page}");
        }
    }
    let mut wrong = huibao();
    wrong.arg("merge").args([&data, &template]).args(["--lang", "zh", "--one", "--name", "{{单味}}", "--out"]);
    let output = wrong.arg(folder.join("out")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("没有“单味”"), "{told}");
}

#[test]
fn a_text_template_leaves_rows_out_and_counts_the_others() {
    let rows: &[&[&str]] = &[&["姓名", "到会"], &["甲", "是"], &["乙", "否"], &["丙", "是"]];
    let (folder, data) = scratch("skip", rows);
    let template = folder.join("会.md");
    fs::write(&template, "{{#if (等于 到会 \"否\")}}{{@跳过}}{{/if}}\n\n{{姓名}}，{{@记录号}}，{{@合并号}}\n").unwrap();
    let (names, told) = merged(&data, &template, &["--format", "docx,pdf"]);
    assert_eq!(names, ["会 丙", "会 甲"], "{told}");
    assert!(told.contains("按模板里的条件跳过了 1 行"), "{told}");
    if has_judge("pdftotext") {
        let text = run(Command::new("pdftotext").arg(folder.join("out/会 丙.pdf")).arg("-")).stdout;
        assert_eq!(String::from_utf8(text).unwrap().split_whitespace().next(), Some("丙，3，2"));
    }
}

#[test]
fn tags_of_documents_that_are_put_in_are_listed_with_their_file() {
    let (folder, data) = scratch("tags", &[&["姓名", "单位"], &["甲", "一中"], &["乙", "二中"]]);
    let template = folder.join("信.md");
    fs::write(&template, "{{姓名}}：\n\n{{include \"部分.md\"}}\n\n{{include \"没有.md\"}}\n").unwrap();
    fs::write(folder.join("部分.md"), "# 事由\n\n请到{{单位}}。\n").unwrap();
    let listed = |data: &[&PathBuf]| {
        let output = huibao().arg("tags").arg(&template).args(data).args(["--lang", "zh"]).output().unwrap();
        [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat()
    };
    let told = listed(&[]);
    assert!(told.contains("部分.md 第3行\t  {{单位}}"), "{told}");
    assert!(told.contains("每份的那一行：单位、姓名"), "{told}");
    assert!(told.contains("没有.md"), "what is not there is told without data too: {told}");
    fs::write(&template, "{{姓名}}：\n\n{{include \"部分.md\"}}\n").unwrap();
    assert!(listed(&[&data]).contains("错误 0 条"));
}

#[test]
fn a_character_that_no_face_has_is_told_by_its_cell_in_a_word_template_too() {
    let (folder, data) = scratch("missing", &[&["姓名", "单位"], &["甲", "一中"], &["乙\u{10FFFD}", "二中"]]);
    let template = folder.join("表单.docx");
    assert!(starter(&data, &template, &[]).status.success());
    let (_, told) = merged(&data, &template, &["--format", "pdf"]);
    assert!(told.contains("名单.xlsx#名单!A3"), "{told}");
}

#[test]
fn only_documents_are_made_again_that_something_has_changed_for() {
    let rows = |first: [&'static str; 3]| [["姓名", "单位", "到会"], first, ["乙", "二中", "是"], ["丙", "三中", "是"]];
    let (folder, data) = scratch("again", &rows(["甲", "一中", "是"]).each_ref().map(|row| row.as_slice()));
    let change = |first| save(&data, &rows(first).each_ref().map(|row| row.as_slice()));
    let (template, part) = (folder.join("信.md"), folder.join("部分.md"));
    let tags = "{{#if (等于 到会 \"否\")}}{{@跳过}}{{/if}}\n\n{{姓名}}（{{单位}}）\n\n{{include \"部分.md\"}}\n";
    fs::write(&part, "请到会。\n").unwrap();
    let template_says = |more: &str| fs::write(&template, format!("{tags}{more}")).unwrap();
    template_says("");
    // as many as stood already
    let standing = |options: &[&str]| {
        let told = merged(&data, &template, options).1;
        let number = told.split("不用重做 ").nth(1).and_then(|rest| rest.split(' ').next());
        number.map_or(0, |number| number.parse().unwrap())
    };
    assert_eq!((standing(&[]), standing(&[])), (0, 3));
    change(["甲", "一中分校", "是"]);
    assert_eq!((standing(&[]), standing(&[])), (2, 3), "one row");
    fs::write(&part, "请准时到会。\n").unwrap();
    assert_eq!((standing(&[]), standing(&[])), (0, 3), "a document that is put in");
    template_says("\n第{{@合并号}}份\n");
    assert_eq!((standing(&[]), standing(&[])), (0, 3), "the template");
    change(["甲", "一中", "否"]);
    assert_eq!((standing(&[]), standing(&[])), (0, 2), "the others are counted anew");
    fs::remove_file(folder.join("out/信 乙.docx")).unwrap();
    assert_eq!((standing(&[]), standing(&["--all"])), (1, 0), "what is gone, and all that is asked for");
    let one = ["--one", "--format", "pdf"];
    assert_eq!((standing(&one), standing(&one)), (0, 1));
}
