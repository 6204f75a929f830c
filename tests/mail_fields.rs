//! Templates that offices have from Word's own mail merge: fields, labels, data sources, macros; from end to end.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{files, has_judge, root, run};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A Word file of a body, its main part's content type, and further parts with their relations.
struct File<'a> {
    body: String,
    kind: &'a str,
    /// Path below `word/`, content type, relation of the main part to it, content.
    parts: Vec<(&'a str, &'a str, &'a str, String)>,
    /// Path, content.
    others: Vec<(&'a str, String)>,
    types: &'a str,
}

impl File<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}\
             <Override PartName=\"/word/document.xml\" ContentType=\"{}\"/>",
            self.types, self.kind
        );
        let mut relations = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
        let mut files = Vec::new();
        for (number, (path, kind, relation, content)) in self.parts.iter().enumerate() {
            if !kind.is_empty() {
                types += &format!("<Override PartName=\"/word/{path}\" ContentType=\"{kind}\"/>");
            }
            relations += &format!("<Relationship Id=\"rId{}\" Type=\"{relation}\" Target=\"{path}\"/>", number + 1);
            files.push((format!("word/{path}"), content.clone()));
        }
        let main = format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        );
        let body = format!(
            "<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONS}\"><w:body>{}</w:body></w:document>",
            self.body
        );
        files.push(("word/document.xml".into(), body));
        files.push(("word/_rels/document.xml.rels".into(), relations + "</Relationships>"));
        files.push(("_rels/.rels".into(), main));
        files.push(("[Content_Types].xml".into(), types + "</Types>"));
        files.extend(self.others.iter().map(|(path, content)| ((*path).to_owned(), content.clone())));
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in files {
            zip.start_file(path, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn plain(body: String) -> File<'static> {
    File { body, kind: DOCUMENT, parts: Vec::new(), others: Vec::new(), types: "" }
}

fn run_of(inside: &str) -> String {
    format!("<w:r>{inside}</w:r>")
}

/// A field whose instruction has other fields between braces.
fn field(instruction: &str) -> String {
    let mark = |kind: &str| run_of(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let end = mark("separate") + &run_of("<w:t>«旧»</w:t>") + &mark("end");
    let mut runs = mark("begin");
    for part in instruction.split_inclusive(['{', '}']) {
        let text = part.trim_end_matches(['{', '}']).replace('<', "&lt;");
        runs += &run_of(&format!("<w:instrText xml:space=\"preserve\">{text}</w:instrText>"));
        match part.chars().last() {
            Some('{') => runs += &mark("begin"),
            Some('}') => runs += &end,
            _ => {}
        }
    }
    runs + &end
}

fn text(text: &str) -> String {
    run_of(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"))
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

const PAGE: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"720\" w:right=\"720\" w:bottom=\"720\" \
    w:left=\"720\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/></w:sectPr>";

fn scratch(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mail-{test}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn workbook(folder: &Path, rows: &[Vec<String>]) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            match cell.parse::<f64>() {
                Ok(number) if row > 0 => sheet.write_number(row as u32, column as u16, number).map(drop).unwrap(),
                _ => sheet.write_string(row as u32, column as u16, cell).map(drop).unwrap(),
            }
        }
    }
    let data = folder.join("名单.xlsx");
    book.save(&data).unwrap();
    data
}

fn cells(rows: &[&str]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect()
}

/// Merges; gives the documents, sorted by name, and what was said.
fn merge(folder: &Path, data: &Path, name: &str, template: &File<'_>, options: &[&str]) -> (Vec<PathBuf>, String) {
    let path = folder.join(name);
    fs::write(&path, template.bytes()).unwrap();
    let out = folder.join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.current_dir(root()).arg("merge").args([data, &path]).args(["--fonts", "carried", "--lang", "zh", "--out"]);
    let output = run(command.arg(&out).args(options));
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    let mut made = files(&out, "docx");
    made.extend(files(&out, "docm"));
    if has_judge("ooxml-validator") {
        for path in &made {
            run(Command::new("ooxml-validator").arg(path).args(["--officeVersion", "Office2019"]));
        }
    }
    (made, said)
}

fn part(document: &Path, path: &str) -> Option<String> {
    let mut zip = zip::ZipArchive::new(fs::File::open(document).unwrap()).unwrap();
    let mut content = String::new();
    zip.by_name(path).ok()?.read_to_string(&mut content).unwrap();
    Some(content)
}

/// The texts of a document's paragraphs.
fn paragraphs(document: &Path) -> Vec<String> {
    let body = part(document, "word/document.xml").unwrap();
    let of_runs = |paragraph: &str| {
        let runs = paragraph.split("<w:t").skip(1).filter(|rest| rest.starts_with('>') || rest.starts_with(' '));
        let text =
            |rest: &str| rest.split_once('>').map(|(_, rest)| rest.split("</w:t>").next().unwrap_or("").to_owned());
        runs.filter_map(text).collect::<String>()
    };
    body.split("</w:p>").map(of_runs).filter(|text| !text.is_empty()).collect()
}

#[test]
fn the_fields_of_a_letter_are_filled_as_word_fills_them() {
    let folder = scratch("letter");
    let data = workbook(
        &folder,
        &cells(&[
            "姓名|性别|入党 时间|党费（元）|Code|职务|2023年",
            "王小明|男|2005年7月1日|1234.5|ab|书记|好",
            "李二妮|女|2010年12月31日|-8|cd||差",
        ]),
    );
    let body = [
        paragraph(
            &(text("尊敬的")
                + &field("IF {MERGEFIELD 性别} = \"男\" \"{MERGEFIELD 姓名}先生\" \"{MERGEFIELD 姓名}女士\"")
                + &text("：")),
        ),
        paragraph(&(text("时间") + &field("MERGEFIELD 入党_时间 \\@ \"EEEE年O月A日\" \\* MERGEFORMAT"))),
        paragraph(&(text("党费") + &field("MERGEFIELD 党费_元_ \\# \"￥#,##0.00;(￥#,##0.00)\""))),
        paragraph(&(text("代码") + &field("MERGEFIELD CODE \\* Upper") + &text("，") + &field("MERGEFIELD M_2023年"))),
        paragraph(
            &(text("单位")
                + &field("MERGEFIELD 职务 \\b \"（\" \\f \"）\"")
                + &text("第")
                + &field("MERGEREC")
                + &text("位")),
        ),
        paragraph(
            &(field("IF {MERGEFIELD 姓名} = \"王*\" \"王家\" \"别家\"")
                + "<w:fldSimple w:instr=\" MERGEFIELD 姓名 \"><w:r><w:t>旧</w:t></w:r></w:fldSimple>"),
        ),
        PAGE.to_owned(),
    ];
    let (made, said) = merge(&folder, &data, "信.docx", &plain(body.concat()), &[]);
    assert_eq!(made.len(), 2, "{said}");
    let expected =
        ["尊敬的李二妮女士：", "时间二〇一〇年十二月三十一日", "党费(￥8.00)", "代码CD，差", "单位第2位", "别家李二妮"];
    assert_eq!(paragraphs(&made[0]), expected);
    let expected = [
        "尊敬的王小明先生：",
        "时间二〇〇五年七月一日",
        "党费￥1,234.50",
        "代码AB，好",
        "单位（书记）第1位",
        "王家王小明",
    ];
    assert_eq!(paragraphs(&made[1]), expected);
}

/// A sheet of labels: 3 across, 8 down; every label but the first begins with NEXT.
fn labels() -> File<'static> {
    let cell = |number: usize| {
        let next = if number == 0 { String::new() } else { field("NEXT") };
        let runs =
            next + &text("姓名：") + &field("MERGEFIELD 姓名") + &text("，第") + &field("MERGESEQ") + &text("号");
        format!("<w:tc><w:tcPr><w:tcW w:w=\"3400\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", paragraph(&runs))
    };
    let row = |row: usize| {
        let cells: String = (0..3).map(|column| cell(row * 3 + column)).collect();
        format!("<w:tr><w:trPr><w:trHeight w:val=\"1800\" w:hRule=\"exact\"/></w:trPr>{cells}</w:tr>")
    };
    let rows: String = (0..8).map(row).collect();
    let grid = "<w:gridCol w:w=\"3400\"/>".repeat(3);
    let table = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"10200\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    );
    let last = "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>";
    plain(table + last + PAGE)
}

#[test]
fn labels_of_3_by_8_take_30_rows_on_2_pages() {
    let folder = scratch("labels");
    let mut rows = cells(&["姓名|单位"]);
    rows.extend((1..=30).map(|number| vec![format!("甲{number}"), "一中".to_owned()]));
    let data = workbook(&folder, &rows);
    let (made, said) = merge(&folder, &data, "标签.docx", &labels(), &["-f", "docx,pdf"]);
    assert_eq!(made.len(), 1, "{said}");
    assert!(said.contains("警告 0 条"), "{said}");
    let expected: Vec<String> = (1..=30).map(|number| format!("姓名：甲{number}，第{number}号")).collect();
    assert_eq!(paragraphs(&made[0]), expected);
    let body = part(&made[0], "word/document.xml").unwrap();
    assert_eq!((body.matches("<w:tbl>").count(), body.matches("<w:sectPr>").count()), (2, 2));
    if has_judge("pdftotext") {
        let output = run(Command::new("pdftotext").arg(made[0].with_extension("pdf")).arg("-"));
        assert_eq!(String::from_utf8(output.stdout).unwrap().matches('\u{C}').count(), 2);
    }
}

#[test]
fn skipif_leaves_rows_out_of_letters_and_of_one_document() {
    let folder = scratch("skip");
    let data = workbook(&folder, &cells(&["姓名|到会", "甲|是", "乙|否", "丙|是", "丁|否"]));
    let numbers = text("：") + &field("MERGEREC") + &text("，第") + &field("MERGESEQ") + &text("份");
    let body =
        paragraph(&(field("SKIPIF {MERGEFIELD 到会} = \"否\"") + &text("请") + &field("MERGEFIELD 姓名") + &numbers))
            + PAGE;
    let (made, _) = merge(&folder, &data, "会.docx", &plain(body.clone()), &[]);
    assert_eq!(made.iter().flat_map(|path| paragraphs(path)).collect::<Vec<_>>(), ["请丙：3，第2份", "请甲：1，第1份"]);
    fs::remove_dir_all(folder.join("out")).unwrap();
    let (made, _) = merge(&folder, &data, "会.docx", &plain(body), &["--one"]);
    assert_eq!(paragraphs(&made[0]), ["请甲：1，第1份", "请丙：3，第2份"]);
    assert_eq!(part(&made[0], "word/document.xml").unwrap().matches("<w:sectPr>").count(), 2);
}

#[test]
fn word_is_not_sent_for_the_data_that_its_own_merge_had() {
    let folder = scratch("source");
    let data = workbook(&folder, &cells(&["姓名|单位", "甲|一中"]));
    let mut template = plain(paragraph(&field("MERGEFIELD 姓名")) + PAGE);
    let settings = format!(
        "<w:settings xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONS}\"><w:mailMerge><w:mainDocumentType w:val=\"formLetters\"/>\
         <w:dataType w:val=\"native\"/><w:dataSource r:id=\"rId1\"/><w:headerSource r:id=\"rId2\"/><w:odso>\
         <w:recipientData r:id=\"rId3\"/></w:odso></w:mailMerge><w:defaultTabStop w:val=\"420\"/></w:settings>"
    );
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings";
    template.parts.push(("settings.xml", kind, relation, settings));
    let external = |id: u32, kind: &str| {
        format!(
            "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"file:///D:/旧.xlsx\" TargetMode=\"External\"/>"
        )
    };
    template.others.push((
        "word/_rels/settings.xml.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\">{}{}<Relationship Id=\"rId3\" Type=\"{RELATIONS}/recipientData\" Target=\"recipientData.xml\"/>{}</Relationships>",
            external(1, "mailMergeSource"),
            external(2, "mailMergeHeaderSource"),
            external(4, "attachedTemplate"),
        ),
    ));
    template.others.push(("word/recipientData.xml", format!("<w:recipients xmlns:w=\"{WORD}\"/>")));
    template.types = "<Override PartName=\"/word/recipientData.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.mailMergeRecipientData+xml\"/>";
    let (made, _) = merge(&folder, &data, "函.docx", &template, &[]);
    assert_eq!(paragraphs(&made[0]), ["甲"]);
    let settings = part(&made[0], "word/settings.xml").unwrap();
    assert!(!settings.contains("mailMerge") && settings.contains("defaultTabStop"), "{settings}");
    let relations = part(&made[0], "word/_rels/settings.xml.rels").unwrap();
    assert!(
        !relations.contains("mailMerge")
            && !relations.contains("recipientData")
            && relations.contains("attachedTemplate")
    );
    assert!(part(&made[0], "word/recipientData.xml").is_none());
    assert!(!part(&made[0], "[Content_Types].xml").unwrap().contains("recipientData"));
}

/// A template with macros, toolbars and keys that call them, and a signature.
fn with_macros(kind: &'static str) -> File<'static> {
    let mut template = plain(paragraph(&field("MERGEFIELD 姓名")) + PAGE);
    template.kind = kind;
    template.types = "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>\
        <Default Extension=\"sigs\" ContentType=\"application/vnd.openxmlformats-package.digital-signature-origin\"/>\
        <Override PartName=\"/_xmlsignatures/sig1.xml\" ContentType=\"application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml\"/>";
    let microsoft = "http://schemas.microsoft.com/office/2006/relationships";
    template.parts.push((
        "vbaProject.bin",
        "",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "VBA".into(),
    ));
    template.others.push((
        "word/_rels/vbaProject.bin.rels",
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{microsoft}/wordVbaData\" Target=\"vbaData.xml\"/></Relationships>"),
    ));
    let data = "<wne:vbaSuppData xmlns:wne=\"http://schemas.microsoft.com/office/word/2006/wordml\"/>";
    template.others.push(("word/vbaData.xml", data.into()));
    template.others.push((
        "customUI/customUI.xml",
        "<customUI xmlns=\"http://schemas.microsoft.com/office/2006/01/customui\"><ribbon/></customUI>".into(),
    ));
    template.others.push(("_xmlsignatures/origin.sigs", String::new()));
    template.others.push(("_xmlsignatures/sig1.xml", "<Signature/>".into()));
    template
}

/// The bytes of such a template: its package's relations name the ribbon and the signature too.
fn write_with_macros(path: &Path, kind: &'static str) {
    let bytes = with_macros(kind).bytes();
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut content).unwrap();
        if name == "_rels/.rels" {
            let more = "<Relationship Id=\"rId2\" Type=\"http://schemas.microsoft.com/office/2006/relationships/ui/extensibility\" Target=\"customUI/customUI.xml\"/>\
                <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/>\
                </Relationships>";
            content = content.replace("</Relationships>", more);
        }
        if name == "[Content_Types].xml" {
            let more = "<Override PartName=\"/word/vbaData.xml\" ContentType=\"application/vnd.ms-word.vbaData+xml\"/></Types>";
            content = content.replace("</Types>", more);
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(content.as_bytes()).unwrap();
    }
    fs::write(path, to.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn macros_go_with_a_warning_or_without_one_or_stay_as_is_said() {
    let kinds = [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ];
    for (extension, kind) in kinds {
        let folder = scratch(&format!("macros-{extension}"));
        let data = workbook(&folder, &cells(&["姓名|单位", "甲|一中"]));
        let template = folder.join(format!("表.{extension}"));
        write_with_macros(&template, kind);
        for (options, ending, warned) in
            [(&[][..], "docx", true), (&["--macros", "drop"], "docx", false), (&["--macros", "keep"], "docm", false)]
        {
            let out = folder.join(format!("out-{}", options.last().unwrap_or(&"unsaid")));
            let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
            command
                .current_dir(root())
                .arg("merge")
                .args([&data, &template])
                .args(["--lang", "zh", "--fonts", "carried", "--out"]);
            let output = run(command.arg(&out).args(options));
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said.contains("模板带宏，做出的文档里去掉了"), warned, "{said}");
            let made = files(&out, ending);
            assert_eq!(made.len(), 1, "{ending}");
            assert_eq!(paragraphs(&made[0]), ["甲"]);
            let has = |path: &str| part(&made[0], path).is_some();
            let kept = ending == "docm";
            assert_eq!(
                (has("word/vbaProject.bin"), has("word/vbaData.xml"), has("customUI/customUI.xml")),
                (kept, kept, kept)
            );
            assert!(!has("_xmlsignatures/sig1.xml") && !has("_xmlsignatures/origin.sigs"));
            let types = part(&made[0], "[Content_Types].xml").unwrap();
            assert_eq!(types.contains("vbaProject"), kept, "{types}");
            assert!(types.contains(if kept { "document.macroEnabled.main+xml" } else { DOCUMENT }), "{types}");
            assert!(!types.contains("template") && !types.contains("sig1"), "{types}");
            let relations =
                part(&made[0], "_rels/.rels").unwrap() + &part(&made[0], "word/_rels/document.xml.rels").unwrap();
            assert_eq!(relations.contains("vbaProject") && relations.contains("extensibility"), kept);
            if has_judge("ooxml-validator") {
                run(Command::new("ooxml-validator").arg(&made[0]).args(["--officeVersion", "Office2019"]));
            }
        }
    }
}

#[test]
fn a_template_file_of_word_makes_documents() {
    let folder = scratch("dotx");
    let data = workbook(&folder, &cells(&["姓名|单位", "甲|一中"]));
    let mut template = plain(paragraph(&field("MERGEFIELD 姓名")) + PAGE);
    template.kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
    let (made, said) = merge(&folder, &data, "表.dotx", &template, &[]);
    assert!(said.contains("警告 0 条"), "{said}");
    assert!(part(&made[0], "[Content_Types].xml").unwrap().contains(DOCUMENT));
}
