//! `huibao convert`: Word documents in, PDF out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;
#[path = "../src/docx/sample.rs"]
#[allow(dead_code, reason = "the unit tests use all of it")]
mod sample;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt;
use huibao::{document, docx, font, layout};
use tempfile::TempDir;

fn convert(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("huibao").unwrap();
    command.current_dir(folder).args(["convert", "--lang", "zh", "--fonts", "carried"]).args(arguments);
    command.output().unwrap()
}

fn write(folder: &Path, name: &str, document: &document::Document) {
    fs::write(folder.join(name), docx::write(document).unwrap()).unwrap();
}

#[test]
fn documents_become_pdf_files_in_the_named_folder() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "甲.docx", &sample::everything());
    write(
        folder.path(),
        "乙.docx",
        &sample::document(vec![sample::paragraph(1, vec![document::Run::text("党建工作总结")])]),
    );
    let output = convert(folder.path(), &["甲.docx", "乙.docx", "--out", "成品"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["成品/甲.pdf", "成品/乙.pdf"] {
        assert!(fs::read(folder.path().join(name)).unwrap().starts_with(b"%PDF"));
    }
    if common::has_judge("pdftotext") {
        let text = common::run(Command::new("pdftotext").arg(folder.path().join("成品/乙.pdf")).arg("-")).stdout;
        assert_eq!(String::from_utf8(text).unwrap().trim(), "党建工作总结");
    }
}

#[test]
fn a_document_of_ours_has_the_same_lines_when_it_is_read_back() {
    let fonts = font::FontLibrary::load(font::FontSource::Carried, Some(&common::root().join("fonts"))).unwrap();
    let text = "截至2023年底，全市教育系统共有党支部128个，其中“五好”党支部56个，占43.75%；全年开展主题党日1,536次。"
        .repeat(6);
    let document = sample::document(vec![sample::paragraph(1, vec![document::Run::text(text)])]);
    let (again, _) = docx::read("a.docx", &docx::write(&document).unwrap()).unwrap();
    let places = |document: &document::Document| -> Vec<String> {
        let pages = layout::lay_out(document, &fonts).pages.pages;
        let runs = pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            layout::Item::Text(run) => Some(run),
            _ => None,
        });
        let mut lines: Vec<(i32, String)> = Vec::new();
        for run in runs {
            let line = (run.baseline_pt * 10.0).round() as i32;
            let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            match lines.last_mut() {
                Some((last, before)) if *last == line => before.push_str(&text),
                _ => lines.push((line, text)),
            }
        }
        lines.into_iter().map(|(line, text)| format!("{line} {text}")).collect()
    };
    assert!(places(&document).len() > 8);
    assert_eq!(places(&document), places(&again));
}

#[test]
fn a_pdf_that_is_there_is_not_replaced_unless_asked() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "甲.docx", &sample::document(Vec::new()));
    fs::write(folder.path().join("甲.pdf"), "别人的").unwrap();
    let refused = convert(folder.path(), &["甲.docx"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--replace"));
    assert_eq!(fs::read(folder.path().join("甲.pdf")).unwrap(), "别人的".as_bytes());
    assert!(convert(folder.path(), &["甲.docx", "--replace"]).status.success());
    assert!(fs::read(folder.path().join("甲.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_is_no_word_document_is_told_and_the_others_are_made() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "甲.docx", &sample::document(Vec::new()));
    fs::write(folder.path().join("坏.docx"), "不是压缩包").unwrap();
    let output = convert(folder.path(), &["坏.docx", "甲.docx", "没有.docx"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("坏.docx：这不是 Word 文档") && told.contains("没有.docx"), "{told}");
    assert!(folder.path().join("甲.pdf").is_file());
}

#[test]
fn a_document_that_would_take_too_much_memory_is_refused_and_made_when_more_is_allowed() {
    let folder = TempDir::new().unwrap();
    let paragraph = || sample::paragraph(1, vec![document::Run::text("党建工作总结")]);
    write(folder.path(), "长.docx", &sample::document((0..2000).map(|_| paragraph()).collect()));
    let output = convert(folder.path(), &["长.docx", "--memory", "3"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("长.docx：文档太大，打开要占内存 3 MB 以上，不予读取"), "{told}");
    assert!(told.contains("convert 和 merge 用 --memory"), "{told}");
    let output = convert(folder.path(), &["长.docx", "--memory", "64"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
