//! Results of fields in small documents; where pages count, tests say on which page each bookmark stands.

use super::super::testing::{docx, p, part, text};
use super::FieldResults;
use crate::diagnostic::Language;
use crate::document::{Bookmark, BookmarkPlace, LabelSuffix, PageNumber, Pagination, ParagraphNumber};

const STYLES: &str = "<w:styles>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"a3\"><w:name w:val=\"章标题\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"8306\"/></w:tabs></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"TOC2\"><w:name w:val=\"toc 2\"/></w:style></w:styles>";

fn heading(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A field as Word writes it.
fn field(code: &str, shown: &str) -> String {
    let shown = if shown.is_empty() { String::new() } else { format!("<w:r><w:t>{shown}</w:t></w:r>") };
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{shown}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

fn bookmark(id: u32, name: &str, inside: &str) -> String {
    format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{inside}<w:bookmarkEnd w:id=\"{id}\"/>")
}

/// A table of contents whose lines are given, ended as Word ends it.
fn contents(code: &str, line: &str) -> String {
    format!(
        "<w:p>{}</w:p>",
        field(code, "§").replace("<w:r><w:t>§</w:t></w:r>", &format!("<w:r><w:t>{line}</w:t></w:r></w:p><w:p>"))
    )
}

fn read(body: &str) -> FieldResults {
    let docx = docx(body, &[("styles.xml", STYLES)]);
    FieldResults::read("表.docx", &docx, Some("总结.docx"), u64::MAX).unwrap().unwrap()
}

/// The body with the results.
fn body_of(fields: &FieldResults) -> String {
    let xml = part(&fields.document().unwrap(), "word/document.xml");
    xml.split_once("<w:body>").unwrap().1.to_owned()
}

/// The texts of the body with the results, without any layout.
fn shown(body: &str) -> String {
    shown_by(&body_of(&read(body)))
}

/// The texts of a body without instructions.
fn shown_by(xml: &str) -> String {
    let mut seen = String::new();
    for piece in xml.split("<w:instrText xml:space=\"preserve\">") {
        seen += piece.split_once("</w:instrText>").map_or(piece, |(_, rest)| rest);
    }
    text(&seen).trim_end().to_owned()
}

/// Pages for all bookmarks that the marked document has, in order: one more for each.
fn pages(fields: &FieldResults, label: Option<&str>) -> Pagination {
    let xml = part(&fields.with_marks().unwrap(), "word/document.xml");
    let names =
        xml.split("<w:bookmarkStart ").skip(1).filter_map(|rest| rest.split("w:name=\"").nth(1)?.split('"').next());
    let place = |(page, name): (usize, &str)| BookmarkPlace {
        bookmark: Bookmark::Named(name.into()),
        page,
        top_pt: 0.0,
        number: label.map(|label| ParagraphNumber {
            label: format!("{label}{}", page + 1),
            bare: (page + 1).to_string(),
            context: vec![format!("{label}{}", page + 1)],
            suffix: LabelSuffix::Tab,
        }),
    };
    let bookmarks: Vec<_> = names.enumerate().map(place).collect();
    let page = |number: u32| PageNumber { text: number.to_string(), number, section: 0 };
    Pagination { pages: (1..=bookmarks.len().max(1) as u32).map(page).collect(), bookmarks, ..Pagination::default() }
}

/// Sets a document as [`pages`] says until nothing changes.
fn settled(body: &str, label: Option<&str>) -> FieldResults {
    let mut fields = read(body);
    assert!(fields.needs_pages());
    let mut passes = 0;
    while fields.take(pages(&fields, label)) {
        passes += 1;
        assert!(passes < 5, "the numbers do not hold");
    }
    fields
}

#[test]
fn captions_are_counted_anew_and_references_show_their_numbers() {
    let caption = |name: &str, was: &str| {
        format!(
            "<w:p>{}<w:r><w:t>各校</w:t></w:r></w:p>",
            bookmark(7, name, &format!("<w:r><w:t>表</w:t></w:r>{}", field("SEQ 表 \\* ARABIC", was)))
        )
    };
    let reference = format!("<w:p><w:r><w:t>见</w:t></w:r>{}</w:p>", field("REF 三 \\h", "表9"));
    let body = reference + &caption("一", "1") + &caption("二", "1") + &caption("三", "1");
    assert_eq!(shown(&body), "见表3\n表1各校\n表2各校\n表3各校");
}

#[test]
fn captions_begin_anew_in_a_chapter_repeat_hide_and_are_written_as_they_say() {
    let numbers = |codes: &[&str]| {
        let body: String = codes
            .iter()
            .map(|code| if *code == "章" { heading("1", "章") } else { format!("<w:p>{}</w:p>", field(code, "")) })
            .collect();
        shown(&body).replace("章\n", "").replace('\n', " ")
    };
    assert_eq!(numbers(&["SEQ 图", "SEQ 图 \\r 5", "SEQ 图 \\c", "SEQ 图 \\n", "SEQ 表"]), "1 5 5 6 1");
    assert_eq!(numbers(&["章", "SEQ 图 \\s 1", "SEQ 图 \\s 1", "章", "SEQ 图 \\s 1"]), "1 2 1");
    assert_eq!(numbers(&["SEQ 图 \\* CHINESENUM3", "SEQ 图 \\h", "SEQ 图 \\* ROMAN"]), "一  III");
}

#[test]
fn what_is_said_twice_for_old_programs_is_counted_once() {
    let text_box = |inside: &str| format!("<w:txbxContent><w:p>{inside}</w:p></w:txbxContent>");
    let caption = text_box(&field("SEQ 图", "8"));
    let twice = format!(
        "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>{caption}</mc:Choice><mc:Fallback>{caption}</mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    );
    let body = format!("<w:p>{}</w:p>{twice}<w:p>{}</w:p>", field("SEQ 图", "8"), field("SEQ 图", "8"));
    assert_eq!(shown(&body).split_whitespace().collect::<Vec<_>>(), ["1", "2", "2", "3"]);
}

#[test]
fn headings_become_lines_with_their_pages_and_the_field_stays() {
    let body = contents("TOC \\o \"1-2\" \\h \\z \\u", "旧标题")
        + &heading("1", "总体情况")
        + &heading("2", "学校")
        + &heading("a", "正文")
        + &heading("1", "结语");
    let fields = settled(&body, None);
    let xml = body_of(&fields);
    assert_eq!(shown_by(&xml), "总体情况→1\n学校→2\n结语→3\n\n总体情况\n学校\n正文\n结语");
    assert!(xml.contains("<w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText>"), "{xml}");
    assert!(xml.contains("<w:pStyle w:val=\"TOC2\"/>") && xml.contains("w:anchor=\"_Toc900000002\""), "{xml}");
    assert!(!xml.contains("huibao"), "marks for the layout do not stay: {xml}");
    assert_eq!(xml.matches("w:name=\"_Toc").count(), 3);
    // What is true already stays byte for byte.
    let docx = fields.document().unwrap();
    let mut again = FieldResults::read("表.docx", &docx, None, u64::MAX).unwrap().unwrap();
    assert!(!again.take(pages(&fields, None)) || !again.take(pages(&fields, None)));
    assert_eq!(part(&again.document().unwrap(), "word/document.xml"), part(&docx, "word/document.xml"));
}

#[test]
fn numbers_of_headings_stand_in_their_lines() {
    let body = contents("TOC \\o \"1-1\"", "旧") + &heading("1", "概况") + &heading("1", "结语");
    let fields = settled(&body, Some("第"));
    assert_eq!(shown_by(&body_of(&fields)), "第1→概况→1\n第2→结语→2\n\n概况\n结语");
    assert!(body_of(&fields).contains("<w:tab w:val=\"left\""), "the text begins at a stop");
}

#[test]
fn contents_in_one_paragraph_or_in_a_simple_field_are_made_too() {
    let heading = heading("1", "概况");
    let one = format!("<w:p>{}</w:p>{heading}", field("TOC \\n \\o", "按 F9 更新"));
    assert_eq!(shown_by(&body_of(&settled(&one, None))), "概况\n概况");
    let simple = format!("<w:p><w:fldSimple w:instr=\" TOC \\o \"/></w:p>{heading}");
    assert_eq!(shown_by(&body_of(&settled(&simple, None))), "概况→1\n概况");
    let bare = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC </w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let bare = format!("<w:p><w:r><w:t>目录</w:t></w:r>{bare}<w:r><w:t>完</w:t></w:r></w:p>{heading}");
    assert_eq!(shown_by(&body_of(&settled(&bare, None))), "目录\n概况→1\n完\n概况");
}

#[test]
fn contents_take_styles_captions_and_typed_entries_as_their_switches_say() {
    let lines = |code: &str, body: &str| {
        let all = shown_by(&body_of(&settled(&(contents(code, "旧") + body), None)));
        all.split("\n\n").next().unwrap().to_owned()
    };
    let chapters = heading("a3", "甲") + &heading("1", "乙") + &heading("2", "丙");
    assert_eq!(lines("TOC \\t \"章标题,2\"", &chapters), "甲→1");
    assert_eq!(lines("TOC \\o \"2-2\" \\t \"章标题；1\"", &chapters), "甲→1\n丙→2");
    let caption = format!("<w:p><w:r><w:t>图 </w:t></w:r>{}<w:r><w:t>：人数</w:t></w:r></w:p>", field("SEQ 图", "7"));
    assert_eq!(lines("TOC \\c \"图\"", &(chapters.clone() + &caption)), "图 1：人数→1");
    assert_eq!(lines("TOC \\a \"图\"", &caption), "人数→1");
    let typed = format!("<w:p><w:r><w:t>丁</w:t></w:r>{}</w:p>", field("TC \"附：丁\" \\f x \\l 2", ""));
    assert_eq!(lines("TOC \\f x", &(chapters.clone() + &typed)), "附：丁→1");
    assert_eq!(lines("TOC \\o \\p \" … \"", &heading("1", "乙")), "乙 … 1");
    let marked = chapters + &bookmark(5, "后", &heading("1", "丁"));
    assert_eq!(lines("TOC \\o \\b 后", &marked), "丁→2");
}

#[test]
fn contents_without_a_heading_say_so() {
    let fields = settled(&contents("TOC \\o", "旧"), None);
    assert_eq!(shown_by(&body_of(&fields)), "未找到目录项。");
    let told: Vec<String> = fields.problems().iter().map(|problem| problem.to_text(Language::Chinese)).collect();
    assert!(told[0].starts_with("警告：表.docx：正文里的域 TOC \\o 找不到可以列入的标题，目录是空的"), "{told:?}");
}

#[test]
fn what_surrounds_contents_stays() {
    let control = format!(
        "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>{}{}</w:sdtContent></w:sdt>",
        p("目录"),
        contents("TOC \\o", "旧")
    );
    let body = format!(
        "<w:bookmarkStart w:id=\"9\" w:name=\"前\"/>{control}<w:bookmarkEnd w:id=\"9\"/>{}",
        heading("1", "概况")
    );
    let xml = body_of(&settled(&body, None));
    assert!(xml.contains("</w:p></w:sdtContent></w:sdt><w:bookmarkEnd w:id=\"9\"/>"), "{xml}");
    // A section that ends with the contents still does.
    let section = "<w:pPr><w:sectPr><w:pgNumType w:fmt=\"lowerRoman\"/></w:sectPr></w:pPr>";
    let ended =
        format!("<w:p>{section}{}</w:p>{}{}", field("TOC \\o", "旧"), heading("1", "概况"), heading("1", "结语"));
    let xml = body_of(&settled(&ended, None));
    assert_eq!(xml.matches("<w:sectPr>").count(), 1);
    assert!(xml.find("<w:sectPr>") > xml.rfind("w:anchor").or(xml.find("PAGEREF")), "{xml}");
}

#[test]
fn references_show_numbers_places_and_notes() {
    let target = bookmark(1, "标", "<w:r><w:t>第三条</w:t></w:r>");
    let note = bookmark(2, "注", "<w:r><w:footnoteReference w:id=\"4\"/></w:r>");
    let body = |codes: &[&str]| {
        let fields: String = codes.iter().map(|code| field(code, "") + "<w:r><w:t>|</w:t></w:r>").collect();
        format!("<w:p>{target}</w:p><w:p><w:r><w:footnoteReference w:id=\"3\"/></w:r>{note}</w:p><w:p>{fields}</w:p>")
    };
    let codes = ["REF 标", "标", "REF 标 \\p", "NOTEREF 注", "FILENAME", "SECTION"];
    assert_eq!(shown(&body(&codes)).lines().last(), Some("第三条|第三条|上方|2|总结.docx|1|"));
    let codes = ["REF 标 \\n", "REF 标 \\w", "REF 标 \\n \\t", "PAGEREF 标", "PAGEREF 标 \\* ROMAN", "NUMPAGES"];
    let xml = body_of(&settled(&body(&codes), Some("第")));
    assert_eq!(shown_by(&xml).lines().last(), Some("第1|第1|1|1|I|2|"));
}

#[test]
fn a_text_in_a_style_is_the_nearest_before() {
    let asks = |code: &str| format!("<w:p>{}</w:p>", field(code, "旧"));
    let body = asks("STYLEREF \"标题 1\"")
        + &heading("1", "甲")
        + &asks("STYLEREF 1")
        + &heading("1", "乙")
        + &asks("STYLEREF 1");
    assert_eq!(shown(&body), "甲\n甲\n甲\n乙\n乙");
}

#[test]
fn results_go_where_there_was_none_and_locked_fields_stay() {
    let target = format!("<w:p>{}</w:p>", bookmark(1, "标", "<w:r><w:t>甲\u{26}amp;乙</w:t></w:r>"));
    let simple = "<w:fldSimple w:instr=\"REF 标\"/>";
    let no_result = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">REF 标</w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let one_run = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText xml:space=\"preserve\">REF 标</w:instrText>\
                   <w:fldChar w:fldCharType=\"separate\"/><w:t>旧</w:t><w:br/><w:t>旧</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let locked = field("REF 标", "旧").replace("\"begin\"", "\"begin\" w:fldLock=\"1\"");
    let body = format!("{target}<w:p>{simple}</w:p><w:p>{no_result}</w:p><w:p>{one_run}</w:p><w:p>{locked}</w:p>");
    assert_eq!(shown(&body), "甲&amp;乙\n甲&amp;乙\n甲&amp;乙\n甲&amp;乙\n旧");
}

#[test]
fn what_cannot_be_found_is_told_and_keeps_what_it_showed() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        bookmark(1, "附表一", ""),
        field("REF 附表二", "见前"),
        field("INDEX \\c 2", "索引"),
        field("DATE", "2023-1-1")
    );
    let fields = read(&body);
    assert_eq!(shown_by(&body_of(&fields)), "见前索引2023-1-1");
    let told: Vec<String> = fields.problems().iter().map(|problem| problem.to_text(Language::Chinese)).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("引用的书签 附表二 不存在") && told[0].contains("附表一"), "{told:?}");
    assert!(told[1].contains("INDEX \\c 2 不能重新计算，仍显示“索引”"), "{told:?}");
}

#[test]
fn a_document_without_such_fields_is_left_alone() {
    let none = |body: &str| FieldResults::read("表.docx", &docx(body, &[]), None, u64::MAX).unwrap().is_none();
    assert!(none(&p("正文")));
    assert!(none(&format!("<w:p>{}</w:p>", field("HYPERLINK \"https://x.cn\"", "网"))));
}

/// A table of cells by rows; the first row is its header.
fn table(rows: &[&[&str]]) -> String {
    let cell = |content: &&str| match content.strip_prefix('{') {
        Some(code) => format!("<w:tc><w:p>{}</w:p></w:tc>", field(code.trim_end_matches('}'), "旧")),
        None => format!("<w:tc>{}</w:tc>", p(content)),
    };
    let row = |(at, cells): (usize, &&[&str])| {
        let header = if at == 0 { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
        format!("<w:tr>{header}{}</w:tr>", cells.iter().map(cell).collect::<String>())
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().enumerate().map(row).collect::<String>())
}

#[test]
fn formulas_count_the_cells_around_them() {
    let rows: [&[&str]; 4] = [
        &["姓名", "2023", "2024", "合计"],
        &["甲", "1,200.5", "￥30", "{=SUM(LEFT)}"],
        &["乙", "", "—", "{=B3+C2*2 \\# \"0.00\"}"],
        &["合计", "{=SUM(ABOVE)}", "{=COUNT(C2:C3)}", "{=SUM(ABOVE)\\# \"#,##0元\"}"],
    ];
    let lines = shown(&table(&rows));
    let cells: Vec<&str> = lines.split('|').map(|cell| cell.trim_matches(['‖', '\n'])).collect();
    assert_eq!(cells[7], "1,230.5", "{lines}");
    // B3 is blank, and a formula must not show an old figure
    assert_eq!((cells[11], cells[13], cells[14], cells[15]), ("", "1,200.5", "1", "1,231元"), "{lines}");
    let told = read(&table(&rows)).problems();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].message.zh.contains("=B3+C2*2") && told[0].message.zh.contains("结果留空"), "{told:?}");
}

#[test]
fn a_formula_that_is_not_understood_keeps_what_it_showed_and_is_told() {
    let body =
        format!("<w:p>{}</w:p><w:p>{}</w:p>", field("= 2 * 3.5 \\* MERGEFORMAT", "旧"), field("= DEFINED(x)", "旧"));
    assert_eq!(shown(&body), "7\n旧");
    assert_eq!(read(&body).problems()[0].code, "template.stale-field");
}
