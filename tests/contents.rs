//! Reports from text templates that have a cover, contents, references and footnotes: the numbers and pages that they
//! show hold in both formats, and the Word file is one that others take.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use common::{files, has_judge, run};
use rust_xlsxwriter::Workbook;

const SCHOOLS: usize = 30;

const TEMPLATE: &str = "---
标题：全市学校概览
副标题：（征求意见稿）
样式：report
署名：某市教育局
日期：2024年1月15日
目录：2级、表
---

全市学校的情况见[](#全部学校)，最后一所在第[@](#学校30)页[^1]，说明在[](#结语)。

[^1]: 页数以定稿为准。

题：全部学校

| 学校 | 学生 |
|---|--:|
{{#each 学校}}
| {{名称}} | {{学生}} |
{{/each}}

{{#each 学校}}
# {{名称}}

## 学生

{{名称}}有学生{{学生}}人。

{{/each}}

# 结语 {-}

见[网站](https://example.com/)。
";

/// The made report, both files in one folder.
fn made() -> &'static PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("contents");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("templates")).unwrap();
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, header) in ["名称", "学生"].into_iter().enumerate() {
            sheet.write(0, column as u16, header).unwrap();
        }
        for school in 1..=SCHOOLS {
            sheet.write(school as u32, 0, format!("学校{school}")).unwrap();
            sheet.write(school as u32, 1, 100 + school as u32).unwrap();
        }
        workbook.save(folder.join("学校.xlsx")).unwrap();
        fs::write(folder.join("templates/概览.md"), TEMPLATE).unwrap();
        let project = "[project]\ntitle = \"概览\"\n\n[[table]]\nname = \"学校\"\nfrom = \"学校.xlsx\"\nkey = \"名称\"\n\n\
            [[report]]\nname = \"概览\"\ntemplate = \"templates/概览.md\"\noutput = \"概览\"\nformats = [\"docx\", \"pdf\"]\n";
        fs::write(folder.join("huibao.toml"), project).unwrap();
        let mut build = Command::new(env!("CARGO_BIN_EXE_huibao"));
        build.args(["build", "--fonts", "carried", "--lang", "zh", "--project"]).arg(&folder);
        run(&mut build);
        folder.join("out")
    })
}

/// The lines of each page of a PDF, without blanks.
fn pages(pdf: &PathBuf) -> Vec<String> {
    let output = run(Command::new("pdftotext").arg("-layout").arg(pdf).arg("-"));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = |page: &str| page.replace([' ', '\u{3000}'], "").trim_matches('\n').to_owned();
    text.trim_end_matches('\u{C}').split('\u{C}').map(lines).collect()
}

fn only(extension: &str) -> PathBuf {
    let [file] = files(made(), extension).try_into().unwrap();
    file
}

#[test]
fn entries_and_references_show_the_pages_on_which_the_text_stands() {
    if !has_judge("pdftotext") {
        return;
    }
    let pages = pages(&only("pdf"));
    let text_begins = pages.iter().position(|page| page.contains("全市学校的情况")).unwrap();
    let contents: String = pages[1..text_begins].concat();
    for school in [1, 2, 17, SCHOOLS] {
        let heading = format!("有学生{}人", 100 + school);
        let page = pages.iter().position(|page| page.contains(&heading)).unwrap() - text_begins + 1;
        let number = huibao::document::number(school as u32, huibao::document::NumberFormat::Chinese);
        let entry = format!("第{number}章学校{school}");
        let (_, after) = contents.split_once(&entry).unwrap();
        let shown: String = after.trim_start_matches('.').chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(shown, page.to_string(), "{entry}");
        if school == SCHOOLS {
            let text = pages[text_begins].replace('\n', "");
            assert!(text.contains(&format!("最后一所在第{page}页①")), "{text}");
        }
    }
    assert!(pages[0].contains("全市学校概览") && !pages[text_begins].contains("某市教育局"), "issuer on the cover");
    assert!(
        pages[text_begins].contains("见表1，") && pages[text_begins].replace('\n', "").contains("①页数以定稿为准。")
    );
    assert!(contents.contains("表1全部学校"), "{contents}");
    assert!(pages[1].ends_with("I") && pages[text_begins].ends_with("1"), "pages of the contents count by themselves");
    assert!(pages.last().unwrap().contains("结语"), "a header that names the chapter");
}

#[test]
fn microsofts_sdk_takes_the_word_file() {
    if has_judge("ooxml-validator") {
        run(Command::new("ooxml-validator").arg(only("docx")).args(["--officeVersion", "Office2019"]));
    }
}

#[test]
fn the_word_file_sets_itself_on_the_same_pages() {
    if !has_judge("soffice") || !has_judge("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let convert = ["--headless", "--convert-to", "pdf", "--outdir"];
    run(Command::new("soffice").arg(profile).args(convert).arg(folder.path()).arg(only("docx")));
    let (theirs, ours) = (pages(&folder.path().join("概览.pdf")), pages(&only("pdf")));
    // whatever faces it has: every chapter begins a page, and lines are on an exact pitch
    assert_eq!(theirs.len(), ours.len());
    let chapter = |pages: &[String]| pages.iter().position(|page| page.contains("学校17有学生117人"));
    assert_eq!(chapter(&theirs), chapter(&ours));
}

#[test]
fn our_own_reading_of_the_word_file_finds_the_same_fields() {
    let file = only("docx");
    let bytes = fs::read(&file).unwrap();
    let fields = huibao::template::FieldResults::read("概览.docx", &bytes, None, 1 << 30).unwrap().unwrap();
    assert!(fields.needs_pages());
    let (document, warnings) = huibao::docx::read("概览.docx", &bytes).unwrap();
    assert_eq!(warnings.len(), 0, "{warnings:?}");
    assert_eq!((document.notes.len(), document.sections.len()), (1, 3));
}
