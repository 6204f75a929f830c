//! What a loop repeats: identifiers, lists, headers and notes.

use super::super::testing::{body, body_of, docx, merge, merge_rows, p, part, text};

#[test]
fn what_a_loop_repeats_has_identifiers_of_its_own() {
    let source = "<w:p w14:paraId=\"00000001\" w14:textId=\"77777777\"><w:bookmarkStart w:id=\"4\" w:name=\"支部\"/>\
        <w:r><w:t>{{#each 党支部}}</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id=\"7\" name=\"图\" descr=\"{{支部名称}}\"/></wp:inline></w:drawing></w:r>\
        <w:bookmarkStart w:id=\"5\" w:name=\"a\"/><w:r><w:t>{{支部名称}}</w:t></w:r><w:bookmarkEnd w:id=\"5\"/>\
        <w:hyperlink w:anchor=\"a\"><w:r><w:t>见</w:t></w:r></w:hyperlink><w:r><w:instrText> REF a \\h </w:instrText></w:r>\
        <w:r><w:t>{{/each}}</w:t></w:r><w:bookmarkEnd w:id=\"4\"/></w:p>";
    let merged = body(source, Some(0));
    for part in [
        "<wp:docPr id=\"7\" name=\"图\" descr=\"教工一支部\"/>",
        "<wp:docPr id=\"8\" name=\"图\" descr=\"教工二支部\"/>",
        "<w:bookmarkStart w:id=\"5\" w:name=\"a\"/>",
        "<w:bookmarkStart w:id=\"9\" w:name=\"a_2\"/><w:r><w:t xml:space=\"preserve\">教工二支部</w:t></w:r><w:bookmarkEnd w:id=\"9\"/>",
        "<w:hyperlink w:anchor=\"a_3\">",
        "<w:instrText> REF a_3 \\h </w:instrText>",
        "<w:p w14:paraId=\"00000001\" w14:textId=\"77777777\">",
    ] {
        assert!(merged.contains(part), "{part} in {merged}");
    }
    assert_eq!(merged.matches("w:name=\"支部\"").count(), 1);
}

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num><w:numIdMacAtCleanup w:val=\"2\"/></w:numbering>";

fn item(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn a_list_below_a_heading_in_a_loop_begins_anew_with_every_turn() {
    let source =
        [p("{{#each 党支部}}"), p("{{支部名称}}"), item("党员{{党员总数}}人"), item("其他"), p("{{/each}}")].concat();
    let docx = docx(&source, &[("numbering.xml", NUMBERING)]);
    let merged = body_of(&docx, Some(0));
    let numbers: Vec<_> =
        merged.split("<w:numId w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(numbers, ["2", "2", "3", "3", "4", "4"]);
    let lists = part(&merge(&docx, Some(0)).unwrap().0.bytes, "word/numbering.xml");
    assert!(lists.contains(
        "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/>\
         </w:lvlOverride></w:num><w:numIdMacAtCleanup"
    ), "{lists}");
}

#[test]
fn a_list_by_style_begins_anew_too_and_headings_never() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"L2\"><w:basedOn w:val=\"L\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"L\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style></w:styles>";
    let styled = |style: &str| {
        p("项").replace("<w:p>", &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:jc w:val=\"left\"/></w:pPr>"))
    };
    let source = [p("{{#each 党支部}}"), p("{{支部名称}}"), styled("L2"), styled("H"), p("{{/each}}")].concat();
    let merged = body_of(&docx(&source, &[("numbering.xml", NUMBERING), ("styles.xml", styles)]), Some(0));
    assert!(
        merged.contains("<w:pStyle w:val=\"L2\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr><w:jc"),
        "{merged}"
    );
    assert_eq!(merged.matches("<w:numPr>").count(), 3);
}

#[test]
fn a_list_of_the_turns_themselves_counts_on() {
    let source = [p("{{#each 党支部}}"), item("{{支部名称}}"), p("说明"), p("{{/each}}")].concat();
    let merged = body_of(&docx(&source, &[("numbering.xml", NUMBERING)]), Some(0));
    assert_eq!(merged.matches("<w:numId w:val=\"2\"/>").count(), 3);
}

const RELATIONS: &str =
    "<Relationships><Relationship Id=\"rId1\" Type=\"header\" Target=\"header1.xml\"/></Relationships>";

const SECTION: &str =
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:type w:val=\"continuous\"/></w:sectPr>";

#[test]
fn one_document_of_all_rows_has_a_section_for_each_with_headers_of_its_own() {
    let header = "<w:hdr><w:p><w:r><w:t>{{支部名称}}</w:t></w:r></w:p></w:hdr>";
    let source = docx(
        &format!("<w:body>{}{}{SECTION}</w:body>", p("{{#if 书记}}有{{/if}}"), p("书记{{缺省 书记 “无”}}")),
        &[("header1.xml", header), ("_rels/document.xml.rels", RELATIONS)],
    );
    let merged = merge_rows(&source).bytes;
    let xml = part(&merged, "word/document.xml");
    assert_eq!(text(xml.split_once("<w:body>").unwrap().1), "有\n书记赵甲\n有\n书记钱乙\n有\n书记孙*丙*\n书记无\n");
    assert_eq!(xml.matches("<w:sectPr>").count(), 4);
    assert_eq!(xml.matches("continuous").count(), 1);
    assert!(xml.contains("<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr></w:pPr><w:r><w:t xml:space=\"preserve\">书记赵甲"), "{xml}");
    assert!(xml.ends_with("</w:sectPr></w:body></w:document>"), "{xml}");
    let relations = part(&merged, "word/_rels/document.xml.rels");
    let targets: Vec<_> = relations.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(targets.len(), 4);
    let types = part(&merged, "[Content_Types].xml");
    let headers = targets.iter().map(|target| {
        let path = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        assert!(types.contains(&format!("PartName=\"/{path}\"")), "{path} in {types}");
        text(part(&merged, &path).split_once('>').unwrap().1).trim().to_owned()
    });
    assert_eq!(headers.collect::<Vec<_>>(), ["教工一支部", "教工二支部", "学生支部", "联合支部"]);
}

#[test]
fn a_note_told_in_a_loop_is_a_note_a_turn_with_the_values_of_that_turn() {
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>\
        <w:footnote w:id=\"1\"><w:p><w:r><w:t>书记{{书记}}</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:t>{{学校名称}}</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let refer = |id: u32| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>{{{{#each 党支部}}}}甲</w:t></w:r>{}<w:r><w:t>{{{{/each}}}}</w:t></w:r>{}</w:p>",
        refer(1),
        refer(2)
    );
    let merged = merge(&docx(&body, &[("footnotes.xml", notes)]), Some(0)).unwrap().0.bytes;
    let xml = part(&merged, "word/document.xml");
    let ids: Vec<_> =
        xml.split("footnoteReference w:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids, ["1", "3", "4", "2"]);
    let notes = part(&merged, "word/footnotes.xml");
    for note in [
        "<w:footnote w:id=\"1\"><w:p><w:r><w:t xml:space=\"preserve\">书记赵甲<",
        "<w:footnote w:id=\"4\"><w:p><w:r><w:t xml:space=\"preserve\">书记孙*丙*<",
        "<w:footnote w:id=\"2\"><w:p><w:r><w:t xml:space=\"preserve\">一中<",
        "</w:footnote></w:footnotes>",
    ] {
        assert!(notes.contains(note), "{note} in {notes}");
    }
    assert_eq!(notes.matches("<w:footnote ").count(), 5);
}

#[test]
fn nothing_that_must_be_unique_stands_twice_after_a_loop() {
    let source = "<w:p><w:r><w:t>{{#each 党支部}}</w:t></w:r></w:p><w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>\
        <w:p><w:commentRangeStart w:id=\"1\"/><w:permStart w:id=\"2\"/><w:ins w:id=\"3\"><w:r><w:drawing><wp:inline><wp:extent cx=\"5\" cy=\"6\"/>\
        <wp:docPr id=\"4\" name=\"x\"/></wp:inline></w:drawing></w:r></w:ins><w:permEnd w:id=\"2\"/><w:commentRangeEnd w:id=\"1\"/>\
        <w:r><w:commentReference w:id=\"1\"/></w:r></w:p></w:sdtContent></w:sdt><w:p><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    let merged = body(source, Some(0));
    let values = |before: &str| -> Vec<String> {
        merged.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    for before in ["<w:permStart w:id=\"", "<w:ins w:id=\"", "<wp:docPr id=\""] {
        let mut found = values(before);
        assert_eq!(found.len(), 3);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 3, "{before} in {merged}");
    }
    assert_eq!(values("<w:permStart w:id=\""), values("<w:permEnd w:id=\""));
    assert!(!merged.contains("comment") && !merged.contains("<w:id "), "{merged}");
    // A picture drawn in the template keeps its size.
    assert_eq!(merged.matches("<wp:extent cx=\"5\" cy=\"6\"/>").count(), 3);
}
