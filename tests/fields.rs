//! Fields of templates in Word from end to end: tables of contents with right page numbers, captions counted anew,
//! references, headers that name their chapter, links.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{files, has_judge, run};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

const SCHOOLS: usize = 40;
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn field(code: &str, shown: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

fn text(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn styled(style: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>")
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

/// Contents of other schools, two sections, a chapter for each school with a numbered caption that the text refers to.
fn body() -> String {
    let old = "<w:hyperlink w:anchor=\"_Toc1\" w:history=\"1\"><w:r><w:t>去年的学校</w:t></w:r><w:r><w:tab/></w:r>"
        .to_owned()
        + &field("PAGEREF _Toc1 \\h", "99")
        + "</w:hyperlink>";
    let contents = field("TOC \\o \"1-2\" \\h \\z \\u", "§");
    let contents = contents.replace("<w:r><w:t>§</w:t></w:r>", &format!("{old}</w:p><w:p>"));
    let contents = contents.replacen("<w:r>", "<w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r>", 1);
    let roman = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
        <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/>\
        <w:pgNumType w:fmt=\"lowerRoman\" w:start=\"1\"/></w:sectPr>";
    let arabic = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
        <w:pgMar w:top=\"1440\" w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/>\
        <w:pgNumType w:start=\"1\"/></w:sectPr>";
    let caption = format!(
        "<w:bookmarkStart w:id=\"5\" w:name=\"_Ref1\"/>{}{}<w:bookmarkEnd w:id=\"5\"/>{}",
        text("表"),
        field("SEQ 表 \\* ARABIC", "1"),
        text("：{{学校名称}}的人数")
    );
    let link = "<w:hyperlink r:id=\"rId4\"><w:r><w:t>网址</w:t></w:r></w:hyperlink>";
    format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}<w:p>{contents}</w:p></w:sdtContent></w:sdt>{}<w:p><w:pPr>{roman}</w:pPr></w:p>\
         {}{}{}{}{}{}{}{}{arabic}",
        p(&text("目录")),
        p(&field("TOC \\h \\c \"表\"", "按 F9 更新")),
        p(&text("{{#each 学校}}")),
        styled("1", &text("{{学校名称}}")),
        styled("2", &text("{{学校名称}}的学生")),
        styled("a4", &caption),
        p(&(text("本校共")
            + &text("{{学生数}}人，见")
            + &field("REF _Ref1 \\h", "表9")
            + &text("，在第")
            + &field("PAGEREF _Ref1 \\h", "99")
            + &text("页。"))),
        p(&text("{{/each}}")),
        styled("1", &text("结语")),
        p(&(text("完，见") + link)),
    )
}

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\"/>\
    <w:sz w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:pPr><w:spacing w:line=\"400\" w:lineRule=\"exact\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:pageBreakBefore/><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"a4\"><w:name w:val=\"caption\"/><w:basedOn w:val=\"a\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8306\"/></w:tabs></w:pPr></w:style>";

fn write_template(path: &Path) {
    let content = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{content}.{kind}+xml\"/>")
    };
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}{}{}{}{}</Types>",
        part("document", "document.main"),
        part("styles", "styles"),
        part("header1", "header"),
        part("footer1", "footer"),
        part("settings", "settings")
    );
    let relation = |id: u32, kind: &str, target: &str, more: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"{more}/>")
    };
    let relations = |all: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let of_document = relation(1, "styles", "styles.xml", "")
        + &relation(2, "header", "header1.xml", "")
        + &relation(3, "footer", "footer1.xml", "")
        + &relation(4, "hyperlink", "https://example.com/", " TargetMode=\"External\"")
        + &relation(5, "settings", "settings.xml", "");
    let header = p(&(text("章名：") + &field("STYLEREF \"标题 1\"", "旧")));
    let footer = p(&(text("第") + &field("PAGE", "1") + &text("页，本节") + &field("SECTIONPAGES", "1") + &text("页")));
    let files = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(&relation(1, "officeDocument", "word/document.xml", ""))),
        ("word/_rels/document.xml.rels", relations(&of_document)),
        ("word/document.xml", format!("<w:document {WORD}><w:body>{}</w:body></w:document>", body())),
        ("word/styles.xml", format!("<w:styles {WORD}>{STYLES}</w:styles>")),
        ("word/header1.xml", format!("<w:hdr {WORD}>{header}</w:hdr>")),
        ("word/footer1.xml", format!("<w:ftr {WORD}>{footer}</w:ftr>")),
        ("word/settings.xml", format!("<w:settings {WORD}><w:updateFields w:val=\"true\"/></w:settings>")),
    ];
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

fn school(number: usize) -> String {
    format!("第{number}中学")
}

/// The report of all schools as .docx and PDF, made once for all tests.
fn report() -> &'static Path {
    static REPORT: OnceLock<PathBuf> = OnceLock::new();
    REPORT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fields");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("学校").unwrap();
        for (column, name) in ["学校名称", "学生数"].iter().enumerate() {
            sheet.write_string(0, column as u16, *name).unwrap();
        }
        for number in 1..=SCHOOLS {
            sheet.write_string(number as u32, 0, school(number)).unwrap();
            sheet.write_number(number as u32, 1, (number * 100) as f64).unwrap();
        }
        book.save(folder.join("学校.xlsx")).unwrap();
        write_template(&folder.join("汇编.docx"));
        let project = "[project]\ntitle = \"汇编\"\n[[table]]\nname = \"学校\"\nfrom = \"学校.xlsx#学校\"\n\
            [[report]]\nname = \"all\"\ntemplate = \"汇编.docx\"\noutput = \"汇编\"\nformats = [\"docx\", \"pdf\"]\n";
        fs::write(folder.join("huibao.toml"), project).unwrap();
        let options = ["build", "--fonts", "carried", "--lang", "zh", "--out", "out"];
        let output = run(Command::new(env!("CARGO_BIN_EXE_huibao")).current_dir(&folder).args(options));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!told.contains("警告") && !told.contains("错误："), "{told}");
        folder.join("out")
    })
}

fn part(name: &str) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::open(report().join("汇编.docx")).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What a paragraph's XML shows, tabs as blanks.
fn shown(xml: &str) -> String {
    let without_code =
        xml.split("<w:instrText").map(|piece| piece.split_once("</w:instrText>").map_or(piece, |(_, rest)| rest));
    let xml: String = without_code.collect::<String>().replace("<w:tab/>", " ");
    xml.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect()
}

/// The lines of the contents in the .docx: text and page.
fn lines() -> Vec<(String, String)> {
    let document = part("word/document.xml");
    let paragraphs = document.split("<w:p>").filter(|paragraph| paragraph.contains(" PAGEREF _Toc"));
    let line = |paragraph: &str| {
        let shown = shown(paragraph);
        let (text, page) = shown.rsplit_once(' ').unwrap();
        (text.to_owned(), page.to_owned())
    };
    paragraphs.map(line).collect()
}

/// The words of each page of a PDF.
fn pages(pdf: &Path) -> Vec<String> {
    let output = run(Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-"));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split('\u{C}').map(|page| page.split_whitespace().collect()).filter(|page: &String| !page.is_empty()).collect()
}

/// The number of the page, as it calls itself, on which a heading's chapter begins.
fn page_of(pages: &[String], words: &str) -> String {
    let page = pages.iter().find(|page| page.contains(words)).unwrap();
    page.rsplit_once('第').unwrap().1.split('页').next().unwrap().to_owned()
}

#[test]
fn contents_name_the_pages_on_which_the_headings_stand() {
    let lines = lines();
    assert_eq!(lines.len(), 2 * SCHOOLS + 1 + SCHOOLS);
    assert_eq!(lines[0].0, "第1中学");
    assert_eq!(lines[1].0, "第1中学的学生");
    assert_eq!(lines[2 * SCHOOLS], ("结语".to_owned(), (SCHOOLS + 1).to_string()));
    assert_eq!(lines.last().unwrap().0, "表40：第40中学的人数");
    if !has_judge("pdftotext") {
        return;
    }
    let pages = pages(&report().join("汇编.pdf"));
    for number in 1..=SCHOOLS {
        let page = page_of(&pages, &format!("{0}{0}的学生表{number}：", school(number)));
        for at in [2 * (number - 1), 2 * (number - 1) + 1, 2 * SCHOOLS + number] {
            assert_eq!(lines[at].1, page, "{:?}", lines[at]);
        }
    }
    assert!(!pages[0].contains("去年") && pages[0].ends_with("第i页，本节4页"), "{}", pages[0]);
}

#[test]
fn captions_are_counted_and_the_text_refers_to_its_own() {
    let document = part("word/document.xml");
    let said: Vec<String> = document.split("<w:p>").map(shown).filter(|text| text.starts_with("本校共")).collect();
    assert_eq!(said[0], "本校共100人，见表1，在第1页。");
    assert_eq!(said[SCHOOLS - 1], "本校共4000人，见表40，在第40页。");
    assert!(document.contains(" TOC \\o \"1-2\" \\h \\z \\u ") && document.contains("w:docPartGallery"));
    assert!(!document.contains("_huibao"));
    assert!(!part("word/settings.xml").contains("updateFields"), "Word does not ask");
    let styles = part("word/styles.xml");
    assert!(styles.contains("toc 2") && styles.contains("table of figures"));
}

#[test]
fn headers_name_their_chapter_and_links_can_be_clicked() {
    if !(has_judge("pdftotext") && has_judge("qpdf")) {
        return;
    }
    let pdf = report().join("汇编.pdf");
    let pages = pages(&pdf);
    let front = pages.len() - SCHOOLS - 1;
    for number in 1..=SCHOOLS {
        let page = &pages[front + number - 1];
        let name = school(number);
        assert!(page.starts_with(&format!("章名：{name}{name}")), "{page}");
        assert!(page.ends_with(&format!("第{number}页，本节41页")), "{page}");
    }
    run(Command::new("qpdf").arg("--check").arg(&pdf));
    let json = run(Command::new("qpdf").args(["--json", "--json-stream-data=none"]).arg(&pdf)).stdout;
    let json = String::from_utf8(json).unwrap();
    assert!(json.contains("https://example.com/"));
    // Each line of contents, and two references a school.
    assert!(json.matches("\"/Dest\"").count() >= lines().len() + 2 * SCHOOLS);
}

#[test]
fn others_read_the_same_numbers_and_find_nothing_wrong() {
    let docx = report().join("汇编.docx");
    if has_judge("ooxml-validator") {
        let judge =
            Command::new("ooxml-validator").arg(&docx).args(["--officeVersion", "Office2019"]).output().unwrap();
        assert!(judge.status.success(), "{}", String::from_utf8_lossy(&judge.stdout));
    }
    if !(has_judge("soffice") && has_judge("pdftotext")) {
        return;
    }
    let folder = report().with_file_name("libreoffice");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    run(Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(&docx));
    let theirs = pages(&files(&folder, "pdf").remove(0));
    let ours = pages(&report().join("汇编.pdf"));
    assert_eq!(theirs.len(), ours.len());
    let lines = lines();
    // Faces may lack Chinese there; the figures are the same.
    let figures = |pages: &[String]| {
        let front: String = pages.iter().take(ours.len() - SCHOOLS - 1).cloned().collect();
        let marks = |c: char| c == '.' || c == '…';
        front.split(marks).filter(|piece| !piece.is_empty()).skip(1).count()
    };
    assert!(figures(&theirs) >= lines.len());
    for number in [1, 9, 10, SCHOOLS] {
        let page = &theirs[ours.len() - SCHOOLS - 2 + number];
        assert!(page.contains(&format!("{}", number * 100)), "{page}");
    }
}

#[test]
fn converting_the_report_gives_the_same_contents() {
    if !has_judge("pdftotext") {
        return;
    }
    let out = report().with_file_name("converted");
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    run(command.args(["convert", "--fonts", "carried", "--out"]).arg(&out).arg(report().join("汇编.docx")));
    assert_eq!(pages(&out.join("汇编.pdf")), pages(&report().join("汇编.pdf")));
}
