//! Templates in Word from end to end: the shipped ones, and merging without a project.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{files, has_judge, root, run};
use rust_xlsxwriter::Workbook;

fn huibao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(root());
    command
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The reports of the shipped templates in Word, made once for all tests.
fn reports() -> &'static Path {
    static REPORTS: OnceLock<PathBuf> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let out = scratch("word-reports");
        let options =
            ["build", "--fonts", "carried", "--lang", "zh", "--report", "form", "--report", "school-word", "--out"];
        let output = run(huibao().args(options).arg(&out));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!told.contains("警告") && !told.contains("错误"), "{told}");
        out
    })
}

fn said(command: &mut Command) -> String {
    String::from_utf8(run(command).stdout).unwrap()
}

/// One report of each shipped template.
fn samples() -> Vec<PathBuf> {
    let found = files(reports(), "docx");
    let first = |folder: &str| found.iter().find(|path| path.to_string_lossy().contains(folder)).unwrap().clone();
    vec![first("登记表"), first("Word模板")]
}

#[test]
fn microsofts_sdk_finds_nothing_wrong_with_the_templates_and_what_comes_of_them() {
    if !has_judge("ooxml-validator") {
        return;
    }
    let templates = ["templates/school.docx", "templates/党支部登记表.docx"].map(|path| root().join(path));
    for path in samples().into_iter().chain(templates) {
        let output =
            Command::new("ooxml-validator").arg(&path).args(["--officeVersion", "Office2019"]).output().unwrap();
        assert!(output.status.success(), "{}\n{}", path.display(), String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn libreoffice_and_python_docx_open_what_comes_out() {
    if !(has_judge("soffice") && has_judge("pdftotext") && has_judge("python-docx")) {
        return;
    }
    let folder = scratch("word-libreoffice");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    run(Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .args(samples()));
    assert_eq!(files(&folder, "pdf").len(), 2);
    // the school's report has a table of its branches and one of its pictures
    for (path, tables) in samples().into_iter().zip(["1", "2"]) {
        let text = said(
            Command::new("python3")
                .args(["-c", "import docx, sys; d = docx.Document(sys.argv[1]); print(len(d.tables))"])
                .arg(path),
        );
        assert_eq!(text.trim(), tables);
    }
}

#[test]
fn the_form_has_one_page_and_the_twin_says_what_the_text_template_says() {
    if !has_judge("pdftotext") {
        return;
    }
    let text = |path: &Path| said(Command::new("pdftotext").args(["-raw"]).arg(path).arg("-"));
    for path in files(&reports().join("登记表"), "pdf") {
        assert_eq!(text(&path).matches('\u{C}').count(), 1, "{}", path.display());
    }
    let out = scratch("word-twin");
    let options = ["build", "--fonts", "carried", "--report", "school", "--only", "0101", "--format", "pdf", "--out"];
    run(huibao().args(options).arg(&out));
    let of_text = files(&out, "pdf").remove(0);
    let name = of_text.file_name().unwrap();
    let twin = files(reports(), "pdf").into_iter().find(|path| path.file_name() == Some(name)).unwrap();
    // Pages may part elsewhere.
    let is_page_mark = |line: &&str| !(line.starts_with('—') && line.ends_with('—'));
    let words = |path: &Path| {
        text(path).lines().map(str::trim).filter(is_page_mark).flat_map(str::split_whitespace).collect::<String>()
    };
    assert_eq!(words(&of_text), words(&twin));
}

/// A list of people, and a template in Word that is the shipped form's frame with other text.
fn people(test: &str) -> (PathBuf, PathBuf) {
    let folder = scratch(&format!("word-people-{test}"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["姓名", "性别", "单位"], ["甲一", "男", "一中"], ["乙二", "女", "二小"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let data = folder.join("名单.xlsx");
    book.save(&data).unwrap();
    let template = folder.join("通知.docx");
    let style = huibao::style::Style::carried("plain").unwrap();
    let paragraph =
        |text: &str| huibao::document::Block::Paragraph(huibao::document::Paragraph::text(Default::default(), text));
    let blocks =
        vec![paragraph("{{姓名}}{{#if (等于 性别 “男”)}}先生{{else}}女士{{/if}}："), paragraph("请到{{单位}}开会。")];
    let section = huibao::document::Section { page: style.page.clone(), blocks, ..Default::default() };
    let document = huibao::document::Document {
        info: Default::default(),
        styles: style.sheet,
        lists: Vec::new(),
        sections: vec![section],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    };
    fs::write(&template, huibao::docx::write(&document).unwrap()).unwrap();
    (data, template)
}

#[test]
fn a_workbook_and_a_template_make_a_document_for_each_row_or_one_for_all() {
    let (data, template) = people("merge");
    let out = data.with_file_name("out");
    let merge = |options: &[&str]| {
        run(huibao()
            .arg("merge")
            .args([&data, &template])
            .args(["--fonts", "carried", "--out"])
            .arg(&out)
            .args(options))
    };
    merge(&[]);
    merge(&["--name", "{{姓名}}的通知"]);
    merge(&["--one", "--name", "全部", "--format", "pdf"]);
    let names: Vec<_> =
        files(&out, "docx").iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["乙二的通知", "甲一的通知", "通知 乙二", "通知 甲一"]);
    if has_judge("pdftotext") {
        let text = said(Command::new("pdftotext").arg(out.join("全部.pdf")).arg("-"));
        let pages: Vec<String> = text.split('\u{C}').map(|page| page.split_whitespace().collect()).collect();
        assert_eq!(pages, ["甲一先生：请到一中开会。", "乙二女士：请到二小开会。", ""]);
    }
    let again: Vec<_> = files(&out, "docx").iter().map(|path| fs::read(path).unwrap()).collect();
    merge(&["--replace"]);
    merge(&["--replace", "--name", "{{姓名}}的通知", "--jobs", "1"]);
    assert!(again == files(&out, "docx").iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>());
}

#[test]
fn the_tags_of_a_template_are_listed_and_held_against_the_data() {
    let (data, template) = people("tags");
    let listed = said(huibao().arg("tags").args([&template, &data]).args(["--lang", "zh"]));
    assert_eq!(
        listed,
        "正文第1段\t{{姓名}}\n正文第1段\t{{#if (等于 性别 \"男\")}}\n正文第2段\t{{单位}}\n需要的数据：\n  每份的那一行：单位、姓名、性别\n错误 0 条，警告 0 条\n"
    );
}

#[test]
fn a_name_that_several_rows_share_is_refused() {
    let (data, template) = people("names");
    let out = data.with_file_name("none");
    let output = huibao()
        .arg("merge")
        .args([&data, &template])
        .args(["--lang", "zh", "--name", "通知", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("--name：几行都会写成“通知”这个文件"), "{told}");
}
