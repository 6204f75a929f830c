//! What programs that were not written here say of our files.

#[path = "../../../tests/common/mod.rs"]
#[allow(unused, unreachable_pub)]
mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use self::common::{has_judge, run};
use super::*;

/// A file on disk, away when it is dropped.
struct OnDisk(tempfile::TempDir);

impl OnDisk {
    fn new(pages: &Pages, press: &Press) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("report.pdf"), press.write(pages, &info()).unwrap()).unwrap();
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("report.pdf")
    }
}

fn text(file: &Path) -> String {
    let output = run(Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file).arg("-"));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn qpdf_finds_nothing_wrong() {
    if !has_judge("qpdf") {
        return;
    }
    let press = Press::new();
    let file = OnDisk::new(&varied(&press), &press);
    let output = run(Command::new("qpdf").arg("--check").arg(file.path()));
    let said = String::from_utf8_lossy(&output.stdout).to_lowercase();
    assert!(said.contains("no syntax or stream encoding errors"), "{said}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn poppler_draws_every_page_without_a_word() {
    if !has_judge("pdffonts") {
        return;
    }
    let press = Press::new();
    let file = OnDisk::new(&varied(&press), &press);
    let output = run(Command::new("pdftoppm").args(["-r", "30", "-png"]).arg(file.path()).arg(file.path()));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn all_fonts_are_embedded_cut_down_and_searchable() {
    if !has_judge("pdffonts") {
        return;
    }
    let press = Press::new();
    let file = OnDisk::new(&varied(&press), &press);
    let output = run(Command::new("pdffonts").arg(file.path()));
    let table = String::from_utf8(output.stdout).unwrap();
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{table}");
    assert!(fonts.iter().all(|font| font.contains("yes yes yes")), "{table}");
    assert!(table.contains("CID TrueType") && table.contains("CID Type 0C"), "{table}");
}

#[test]
fn text_comes_out_in_order_without_spaces_that_nobody_typed() {
    if !has_judge("pdftotext") {
        return;
    }
    let press = Press::new();
    let file = OnDisk::new(&varied(&press), &press);
    let text = text(&file.path());
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines[..3], ["党支部共有25名党员，总结。", "总结", "PDF"]);
}

#[test]
fn wide_gaps_spaces_and_rare_characters_come_out_as_they_are() {
    if !has_judge("pdftotext") {
        return;
    }
    let press = Press::new();
    let spread = press.run(0, "党支部总结", (72.0, 100.0), 1.2);
    let squeezed = press.run(0, "党支部，总结。", (72.0, 140.0), -0.2);
    let mut two_readings = press.run(0, "一一\u{20000}", (72.0, 180.0), 0.0);
    two_readings.glyphs[1].character = '\u{2F00}';
    let spaced = press.run(1, "PDF 25", (72.0, 220.0), 0.05);
    let pages = one_page([spread, squeezed, two_readings, spaced].map(Item::Text).to_vec());
    let text = text(&OnDisk::new(&pages, &press).path());
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines[..4], ["党支部总结", "党支部，总结。", "一\u{2F00}\u{20000}", "PDF 25"]);
}
