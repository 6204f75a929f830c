//! What others say of a .docx: Microsoft's Open XML SDK, LibreOffice, python-docx.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;
#[path = "../src/docx/sample.rs"]
#[allow(dead_code, reason = "the unit tests use all of it")]
mod sample;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use huibao::document;
use tempfile::TempDir;

fn written(folder: &TempDir, document: &document::Document) -> PathBuf {
    let path = folder.path().join("样例.docx");
    fs::write(&path, huibao::docx::write(document).unwrap()).unwrap();
    path
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(common::run(command).stdout).unwrap()
}

#[test]
fn microsofts_sdk_finds_nothing_wrong() {
    if !common::has_judge("ooxml-validator") {
        return;
    }
    let folder = TempDir::new().unwrap();
    for document in [sample::everything(), sample::document(Vec::new())] {
        let path = written(&folder, &document);
        let output =
            Command::new("ooxml-validator").arg(path).args(["--officeVersion", "Office2019"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn libreoffice_sets_every_page_with_its_text() {
    if !common::has_judge("soffice") || !common::has_judge("pdftotext") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = written(&folder, &sample::everything());
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let convert = ["--headless", "--convert-to", "pdf", "--outdir"];
    common::run(Command::new("soffice").arg(profile).args(convert).arg(folder.path()).arg(&path));
    let text = stdout(Command::new("pdftotext").arg(folder.path().join("样例.pdf")).arg("-"));
    let pages: Vec<&str> = text.trim_end_matches('\u{C}').split('\u{C}').collect();
    // heading and lists; a paragraph that begins a page; what follows a page break, the tables; the wide section
    assert_eq!(pages.len(), 4, "{text}");
    let pieces =
        [(0, "1.第一项"), (0, "1.另一列表的第一项"), (1, "目录"), (2, "第一中学"), (2, "市教育系统"), (3, "2.接着数")];
    for (page, piece) in pieces {
        assert!(
            pages[page].replace([' ', '\n'], "").contains(piece),
            "{piece} is not on page {page}:\n{}",
            pages[page]
        );
    }
    // a first page with a header of its own, which is empty
    assert!(!pages[0].contains("市教育系统"), "{}", pages[0]);
}

#[test]
fn python_docx_reads_the_text_the_styles_and_the_tables() {
    if !common::has_judge("python-docx") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let path = written(&folder, &sample::everything());
    let script = "
import docx, sys
d = docx.Document(sys.argv[1])
print(d.core_properties.title, d.core_properties.created)
for p in d.paragraphs[:4]: print(p.style.name, p.text)
for row in d.tables[0].rows: print([c.text for c in row.cells])
print(len(d.sections), len(d.inline_shapes), d.sections[1].orientation)
";
    let read = stdout(Command::new("python3").args(["-c", script]).arg(path));
    let expected = "\
年度总结 2024-01-05 00:00:00+00:00
Heading 1 一、总体情况
Body Text 截至2023年底，全市共有“五好”党支部12个。
Body Text 第一项
Body Text 另一列表的第一项
['学校', '学校', '党员数']
['东区', '第一中学', '35']
['东区', '“实验”小学', '21']
2 2 LANDSCAPE (1)
";
    assert_eq!(read, expected);
}
