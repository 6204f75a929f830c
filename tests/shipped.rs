//! The shipped project, built as the README says and judged by programs that were not written here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{files, has_judge, root, run};

fn huibao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(root());
    command
}

/// A fresh folder for a test.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn build(project: &Path, out: &Path, options: &[&str]) {
    let mut command = huibao();
    command.args(["build", "--fonts", "carried", "--lang", "zh", "--project"]).arg(project).arg("--out").arg(out);
    run(command.args(options));
}

/// The reports of text templates; those of templates in Word are judged in tests/word.rs.
const OF_TEXT: [&str; 8] = ["--report", "city", "--report", "district", "--report", "school", "--report", "notice"];

/// The reports, made once for all tests.
fn reports() -> &'static Path {
    static REPORTS: OnceLock<PathBuf> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let out = scratch("reports");
        build(root(), &out, &OF_TEXT);
        out
    })
}

#[test]
fn there_is_a_report_for_the_city_each_district_and_each_school() {
    let (docx, pdf) = (files(reports(), "docx"), files(reports(), "pdf"));
    assert!(docx.len() >= 1 + 3 + 12, "{docx:?}");
    let stems = |paths: &[PathBuf]| paths.iter().map(|path| path.with_extension("")).collect::<Vec<_>>();
    assert_eq!(stems(&docx), stems(&pdf));
}

#[test]
fn two_builds_are_equal_to_the_byte() {
    let again = scratch("again");
    build(root(), &again, &[OF_TEXT.as_slice(), &["--jobs", "1"]].concat());
    for path in files(reports(), "docx").into_iter().chain(files(reports(), "pdf")) {
        let twin = again.join(path.strip_prefix(reports()).unwrap());
        assert!(fs::read(&path).unwrap() == fs::read(&twin).unwrap(), "{} differs", twin.display());
    }
}

#[test]
fn the_open_xml_sdk_finds_every_word_file_valid() {
    if !has_judge("ooxml-validator") {
        return;
    }
    for path in files(reports(), "docx") {
        run(Command::new("ooxml-validator").arg(path).args(["--officeVersion", "Office2019"]));
    }
}

#[test]
fn qpdf_finds_nothing_wrong_with_any_pdf() {
    if !has_judge("qpdf") {
        return;
    }
    for path in files(reports(), "pdf") {
        run(Command::new("qpdf").arg("--check").arg(path));
    }
}

#[test]
fn every_font_is_embedded_subset_and_searchable() {
    if !has_judge("pdffonts") {
        return;
    }
    for path in files(reports(), "pdf") {
        let output = run(Command::new("pdffonts").arg(&path));
        let text = String::from_utf8(output.stdout).unwrap();
        let fonts: Vec<_> = text.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{}", path.display());
        for font in fonts {
            // …  emb sub uni object ID
            let fields: Vec<_> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(fields, ["yes", "yes", "yes"], "{}: {font}", path.display());
        }
    }
}

#[test]
fn word_and_pdf_say_the_same() {
    if !(has_judge("python-docx") && has_judge("pdftotext") && has_judge("qpdf")) {
        return;
    }
    run(Command::new("python3").arg(root().join("tests/judges/same_text.py")).arg(reports()));
}

#[test]
fn every_figure_of_the_city_report_is_that_of_the_workbooks() {
    if !(has_judge("python-docx") && has_judge("openpyxl")) {
        return;
    }
    let city = files(reports(), "docx").into_iter().find(|path| path.parent() == Some(reports())).unwrap();
    let judge = root().join("tests/judges/city_figures.py");
    run(Command::new("python3").arg(judge).arg(root().join("input")).arg(city));
}

/// LibreOffice sets the space between Han and Latin at 0.20 em whatever the file says, leaves character spacing out at
/// the end of each stretch of a script, and never parts a mark from a figure; Word, and so the shipped styles, do
/// otherwise. Lines are compared in copies of the styles that have LibreOffice's values (docs/agreement.md).
#[test]
fn libreoffice_breaks_lines_and_pages_where_the_pdf_does() {
    if !(has_judge("soffice") && has_judge("pdftotext")) {
        return;
    }
    let project = scratch("agreement");
    copy(&root().join("input"), &project.join("input"));
    copy(&root().join("templates"), &project.join("templates"));
    fs::copy(root().join("huibao.toml"), project.join("huibao.toml")).unwrap();
    for style in ["gongwen", "plain"] {
        let text = format!(
            "based_on = \"{style}\"\n\n[typography]\njoint = 0.20\nbreak_beside_marks = false\n\n[normal]\ncharacter_spacing = \"0pt\"\n"
        );
        fs::write(project.join(format!("{style}.toml")), text).unwrap();
        replace(&project.join("huibao.toml"), &format!("\"{style}\""), &format!("\"{style}.toml\""));
        for template in files(&project.join("templates"), "md") {
            replace(&template, &format!("样式：{style}\n"), &format!("样式：{style}.toml\n"));
        }
    }
    let out = project.join("out");
    build(&project, &out, &OF_TEXT);
    let text = set_by_libreoffice(&out);
    let disagree = |line: &&str| {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        found["pages"][0] != found["pages"][1] || found["lines"].as_f64().unwrap() < 0.97
    };
    let wrong: Vec<_> = text.lines().filter(disagree).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(text.lines().count(), files(reports(), "docx").len());
}

/// In the shipped styles lines may part otherwise in LibreOffice, but not so far that a page would.
#[test]
fn libreoffice_converts_every_word_file_to_as_many_pages() {
    if !(has_judge("soffice") && has_judge("pdftotext")) {
        return;
    }
    let text = set_by_libreoffice(reports());
    assert_eq!(text.lines().count(), files(reports(), "docx").len());
    for line in text.lines() {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(found["pages"][0], found["pages"][1], "{line}");
    }
}

/// What LibreOffice makes of the Word files of a folder, in the carried faces: a line of JSON a document.
fn set_by_libreoffice(folder: &Path) -> String {
    static FONTS: OnceLock<PathBuf> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let fonts = scratch("fonts");
        run(huibao().args(["fonts", "--fonts", "carried", "--export"]).arg(&fonts));
        fonts
    });
    let judge = root().join("tests/judges/agreement.py");
    let output = run(Command::new("python3").arg(judge).arg(fonts).arg(folder));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_new_project_builds_what_the_example_builds() {
    let folder = scratch("init").join("新项目");
    run(huibao().arg("init").arg(&folder));
    let out = folder.join("out");
    build(&folder, &out, &["--report", "city"]);
    let made = files(&out, "pdf");
    assert_eq!(made.len(), 1);
    let twin = reports().join(made[0].strip_prefix(&out).unwrap());
    assert!(fs::read(&made[0]).unwrap() == fs::read(twin).unwrap());
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, text.replace(from, to)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
