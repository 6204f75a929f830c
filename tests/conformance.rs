//! PDF/A-2b and PDF/UA-1: a program that was not written with ours in mind looks into every PDF that the project ships.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;
#[path = "../src/docx/sample.rs"]
#[allow(dead_code, reason = "the unit tests use all of it")]
mod sample;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use common::{has_judge, root, run};
use huibao::{document, docx};
use tempfile::TempDir;

fn judge(folder: &Path) {
    run(Command::new("python3").arg(root().join("tests/judges/conformance.py")).arg(folder));
}

fn huibao(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    run(command.current_dir(folder).args(arguments).args(["--fonts", "carried"]));
}

fn has_judges() -> bool {
    has_judge("pikepdf") && has_judge("fontTools")
}

#[test]
fn every_shipped_report_keeps_to_pdf_a_and_pdf_ua() {
    if !has_judges() {
        return;
    }
    let out = TempDir::new().unwrap();
    huibao(root(), &["build", "--format", "pdf", "--out", out.path().to_str().unwrap()]);
    judge(out.path());
}

#[test]
fn a_converted_document_of_every_feature_does_too() {
    if !has_judges() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let mut everything = sample::everything();
    everything.info.title.clear();
    fs::write(folder.path().join("样样都有.docx"), docx::write(&everything).unwrap()).unwrap();
    huibao(folder.path(), &["convert", "样样都有.docx"]);
    judge(folder.path());
}

#[test]
fn a_picture_without_words_is_not_called_accessible() {
    let folder = TempDir::new().unwrap();
    let mut everything = sample::everything();
    let bytes = fs::read(common::root().join("templates/照片.png")).unwrap();
    let format = document::ImageFormat::Png;
    let photo = Arc::new(document::Image { format, bytes: bytes.into(), width_px: 100, height_px: 140, drawing: None });
    let mut bare = 0;
    for block in everything.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        let document::Block::Paragraph(paragraph) = block else { continue };
        for run in &mut paragraph.runs {
            if let document::Content::Picture(picture) = &mut run.content {
                picture.description.clear();
                // a picture of one point would be taken for an ornament
                picture.image = Arc::clone(&photo);
                bare += 1;
            }
        }
    }
    assert!(bare > 0, "the sample has a picture");
    fs::write(folder.path().join("无说明.docx"), docx::write(&everything).unwrap()).unwrap();
    huibao(folder.path(), &["convert", "无说明.docx"]);
    let file = fs::read(folder.path().join("无说明.pdf")).unwrap();
    let says = |word: &str| file.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(says("<pdfaid:part>2<"), "it is still for the archive");
    assert!(!says("<pdfuaid:part>"), "it is not accessible");
}
