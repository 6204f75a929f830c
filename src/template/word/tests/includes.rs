//! Documents put into others.

use std::sync::Arc;

use super::super::WordTemplate;
use super::super::testing::{Folder, docx, merge, merge_with, p, part, row, text};
use crate::template::testing::{city, project};

const STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
const OTHER_STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"Heading 1\"/></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"1\"><w:name w:val=\"红字\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"1\"/>\
    <w:link w:val=\"gone\"/><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style></w:styles>";
const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"7\" w15:restart=\"0\"><w:nsid w:val=\"1\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
const LINKS: &str = "<Relationships><Relationship Id=\"rId5\" Type=\"image\" Target=\"media/a.png\"/>\
    <Relationship Id=\"rId6\" Type=\"hyperlink\" Target=\"http://a/\" TargetMode=\"External\"/></Relationships>";
const NOTES: &str =
    "<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:t>注{{学校名称}}</w:t></w:r></w:p></w:footnote></w:footnotes>";

fn styled(style: &str, text: &str) -> String {
    p(text).replace("<w:p>", &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"))
}

fn shown(bytes: &[u8]) -> String {
    let xml = part(bytes, "word/document.xml");
    text(xml.split_once("<w:body>").unwrap().1)
}

#[test]
fn a_document_stands_in_the_place_of_its_tag_with_the_values_of_that_place() {
    let inner = docx(&[p("{{支部名称}}："), p("{{#if 书记}}"), p("书记{{书记}}"), p("{{/if}}")].concat(), &[]);
    let body = [p("前"), p("{{#each 党支部}}"), p("{{include “支部.docx”}}"), p("{{/each}}"), p("后")].concat();
    let merged = merge_with(&docx(&body, &[]), vec![("支部.docx", inner)], Some(0)).unwrap();
    assert_eq!(shown(&merged), "前\n教工一支部：\n书记赵甲\n教工二支部：\n书记钱乙\n学生支部：\n书记孙*丙*\n后\n");
}

#[test]
fn styles_go_by_name_and_what_is_missing_is_brought_along() {
    let source = [styled("Heading1", "题"), styled("1", "红"), styled("1", "又红")].concat();
    let inner = docx(&source, &[("styles.xml", OTHER_STYLES), ("numbering.xml", NUMBERING)]);
    let outer = docx(&[styled("1", "原题"), p("{{插入文档 “a.docx”}}")].concat(), &[("styles.xml", STYLES)]);
    let merged = merge_with(&outer, vec![("a.docx", inner)], Some(0)).unwrap();
    let xml = part(&merged, "word/document.xml");
    let styles: Vec<_> = xml.split("<w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(styles, ["1", "1", "12", "12"]);
    let styles = part(&merged, "word/styles.xml");
    assert!(styles.contains(
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"12\"><w:name w:val=\"红字\"/><w:basedOn w:val=\"a\"/>\
         <w:next w:val=\"12\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>"
    ), "{styles}");
    let lists = part(&merged, "word/numbering.xml");
    assert!(lists.contains("<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"), "{lists}");
    assert!(lists.contains("</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>"), "{lists}");
    assert!(part(&merged, "word/_rels/document.xml.rels").contains("Target=\"/word/numbering.xml\""));
    assert!(part(&merged, "[Content_Types].xml").contains("PartName=\"/word/numbering.xml\""));
}

#[test]
fn lists_pictures_links_notes_and_bookmarks_come_under_identifiers_of_their_own() {
    let item =
        p("项").replace("<w:p>", "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>");
    let source = format!(
        "{item}<w:p><w:bookmarkStart w:id=\"0\" w:name=\"甲\"/><w:bookmarkEnd w:id=\"0\"/><w:commentRangeStart w:id=\"3\"/>\
         <w:hyperlink r:id=\"rId6\"><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图\"/>\
         <a:blip r:embed=\"rId5\"/></wp:inline></w:drawing></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:p><w:pPr><w:sectPr><w:headerReference r:id=\"rId9\"/></w:sectPr></w:pPr></w:p>"
    );
    let parts = [
        ("numbering.xml", NUMBERING),
        ("_rels/document.xml.rels", LINKS),
        ("footnotes.xml", NOTES),
        ("media/a.png", "<png/>"),
    ];
    let inner = docx(&source, &parts);
    let own = "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"甲\"/><w:bookmarkEnd w:id=\"0\"/><w:r><w:drawing><wp:inline>\
        <wp:docPr id=\"1\" name=\"图\"/></wp:inline></w:drawing></w:r></w:p>";
    let body = [own, &p("{{include “a.docx”}}"), &p("{{include “a.docx”}}")].concat();
    let outer = docx(&body, &[("numbering.xml", NUMBERING), ("_rels/document.xml.rels", "<Relationships/>")]);
    let merged = merge_with(&outer, vec![("a.docx", inner)], Some(0)).unwrap();
    let xml = part(&merged, "word/document.xml");
    let values = |before: &str| -> Vec<String> {
        xml.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(values("<w:numId w:val=\""), ["5", "6"]);
    assert_eq!(values("w:name=\""), ["甲", "甲_2", "甲_3"]);
    let mut ids = [values("<wp:docPr id=\""), values("<w:bookmarkStart w:id=\"")].concat();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6, "{xml}");
    assert_eq!(values("r:embed=\""), ["rIdGuest2", "rIdGuest2"]);
    assert!(!xml.contains("commentRange") && !xml.contains("headerReference"), "{xml}");
    let notes = part(&merged, "word/footnotes.xml");
    for id in values("<w:footnoteReference w:id=\"") {
        assert!(
            notes.contains(&format!("<w:footnote w:id=\"{id}\"><w:p><w:r><w:t xml:space=\"preserve\">注一中")),
            "{notes}"
        );
    }
    let relations = part(&merged, "word/_rels/document.xml.rels");
    for one in [
        "Id=\"rIdGuest1\" Type=\"hyperlink\" Target=\"http://a/\"",
        "Id=\"rIdGuest2\"",
        "Target=\"/word/footnotes.xml\"",
    ] {
        assert!(relations.contains(one), "{one} in {relations}");
    }
    let picture = relations.split("Id=\"rIdGuest2\"").nth(1).unwrap().split("Target=\"/").nth(1).unwrap();
    assert!(part(&merged, picture.split('"').next().unwrap()).starts_with("<png"));
    assert_eq!(part(&merged, "word/numbering.xml").matches("<w:abstractNum ").count(), 2);
}

#[test]
fn a_path_may_come_from_data_and_markdown_can_be_put_in_too() {
    let body = [p("{{#each 党支部}}"), p("{{include 类型}}"), p("{{/each}}"), p("{{include “说明.md”}}")].concat();
    let found = merge_with(&docx(&body, &[]), vec![("说明.md", "x".into())], Some(0)).unwrap_err();
    assert!(found[0].contains("“教工”不是 .docx 或 .md 文件"), "{found:?}");
    let mark = "---\n标题：不要\n---\n**{{学校名称}}**很好\n\n- 甲\n";
    let merged = merge_with(&docx(&p("{{include “说明.md”}}"), &[]), vec![("说明.md", mark.into())], Some(0)).unwrap();
    assert_eq!(shown(&merged), "一中很好\n甲\n");
    assert!(part(&merged, "word/document.xml").contains("<w:numId w:val=\"1\"/>"));
    assert!(part(&merged, "word/document.xml").contains("<w:b/>"));
}

#[test]
fn mistakes_in_a_document_that_is_put_in_are_found_beforehand_and_name_it() {
    let inner = docx(&p("{{书计}}"), &[]);
    let body = [p("{{#each 党支部}}"), p("{{include “a.docx”}}"), p("{{/each}}"), p("{{include “b.docx”}}")].concat();
    let found = merge_with(&docx(&body, &[]), vec![("a.docx", inner)], Some(0)).unwrap_err();
    assert_eq!(
        found,
        [
            "错误：a.docx 正文第1段“{{书计}}”：数据里没有“书计”这个列或表\n  办法：是不是“书记”？",
            "错误：表.docx 正文第4段“{{include \"b.docx\"}}”：没有文件 b.docx",
        ]
    );
    assert!(
        merge(&docx(&p("{{include “a.docx”}}"), &[]), None).unwrap_err()[0].message.zh.contains("不能插入别的文档")
    );
}

#[test]
fn a_document_does_not_stand_in_itself() {
    let folder =
        || vec![("a.docx", docx(&p("{{include “b.docx”}}"), &[])), ("b.docx", docx(&p("{{include “a.docx”}}"), &[]))];
    let found = merge_with(&docx(&p("{{include “a.docx”}}"), &[]), folder(), None).unwrap_err();
    assert!(found.len() == 1 && found[0].contains("a.docx → b.docx → a.docx"), "{found:?}");
}

#[test]
fn tables_of_two_documents_do_not_run_into_each_other() {
    let inner = || docx(&format!("<w:tbl>{}</w:tbl>", row(&["{{学校名称}}"])), &[]);
    let body = [p("{{include “a.docx”}}"), p("{{include “b.docx”}}")].concat();
    let merged = merge_with(&docx(&body, &[]), vec![("a.docx", inner()), ("b.docx", inner())], Some(0)).unwrap();
    let xml = part(&merged, "word/document.xml");
    assert_eq!(xml.matches("</w:tbl><w:p>").count(), 1, "{xml}");
    assert!(xml.contains("</w:tbl><w:p/><w:sectPr"), "{xml}");
}

#[test]
fn a_long_document_in_every_turn_of_a_loop_comes_to_too_many_turns() {
    let long = "{{#if (等于 1 2)}}字{{/if}}".repeat(1000);
    let loops = ["{{#each 全部.党支部}}".repeat(4), "{{/each}}".repeat(4)];
    let body = [p(&loops[0]), p("{{include “a.md”}}"), p(&loops[1])].concat();
    let found = merge_with(&docx(&body, &[]), vec![("a.md", long.into_bytes())], None).unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("循环超过 20000 次"), "{found:?}");
}

#[test]
fn documents_go_with_the_template_that_put_them_in() {
    let inner = docx(&p("{{include “b.docx”}}"), &[]);
    let folder = Arc::new(Folder(vec![("a.docx", inner), ("b.docx", docx(&p("乙"), &[]))]));
    let seen = Arc::downgrade(&folder);
    let template = WordTemplate::parse("表.docx", &docx(&p("{{include “a.docx”}}"), &[])).with_documents(folder);
    assert_eq!(template.check(&city(), None, &project()), []);
    drop(template);
    assert!(seen.upgrade().is_none());
}
