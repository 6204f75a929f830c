//! Tables, pictures and formatted text in the place of tags.

use super::super::testing::{Album, body_of, docx, merge, p, part, problems, text};
use crate::template::word::{FieldResults, WordTemplate};

#[test]
fn a_table_stands_in_the_place_of_its_paragraph_in_the_templates_own_styles() {
    let styles = "<w:styles><w:style w:type=\"table\" w:styleId=\"a3\"><w:name w:val=\"Table Grid\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"a9\"><w:name w:val=\"caption\"/></w:style></w:styles>";
    let tag = "<w:p><w:pPr><w:pStyle w:val=\"a1\"/><w:ind w:firstLine=\"420\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr>\
        <w:t>{{表格 党支部 列=“支部名称，党员总数=党员” 题=“各支部” 合计=true}}</w:t></w:r></w:p>";
    let section = "<w:sectPr><w:pgSz w:w=\"5000\"/><w:pgMar w:left=\"500\" w:right=\"500\"/></w:sectPr>";
    let source = docx(&format!("<w:body>{}{tag}{section}</w:body>", p("前")), &[("styles.xml", styles)]);
    let (document, found) = merge(&source, Some(0)).unwrap();
    assert!(found.is_empty());
    let xml = part(&document.bytes, "word/document.xml");
    for piece in [
        "<w:pPr><w:pStyle w:val=\"a9\"/><w:keepNext/></w:pPr>",
        "<w:tblPr><w:tblStyle w:val=\"a3\"/><w:tblW w:w=\"4000\" w:type=\"dxa\"/>",
        "<w:p><w:pPr><w:pStyle w:val=\"a1\"/>",
        "<w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t xml:space=\"preserve\">教工一支部</w:t></w:r>",
        "</w:tbl><w:p/><w:sectPr>",
    ] {
        assert!(xml.contains(piece), "{piece} in {xml}");
    }
    let shown = text(xml.split_once("<w:body>").unwrap().1);
    assert!(shown.ends_with("支部名称|党员|‖教工一支部|12|‖教工二支部|8|‖学生支部|30|‖合计|50|‖"), "{shown}");
    let amid = docx(&p("见{{表格 党支部 列=“支部名称”}}"), &[]);
    assert_eq!(
        problems(&amid),
        [
            "错误：表.docx 正文第1段“见{{表格 党支部 列=\"支部名称\"}}”：{{表格}} 要单独占一段\n  办法：另起一段，这一段里不写别的"
        ]
    );
}

#[test]
fn the_last_of_what_a_kept_tag_puts_in_is_kept_with_the_next() {
    let caption = |properties: &str| {
        let tag = format!("<w:p>{properties}<w:r><w:t>{{{{图片 “校徽.png” 题=“活动”}}}}</w:t></w:r></w:p>");
        let (document, _) = merge(&docx(&(tag + &p("后")), &[]), Some(0)).unwrap();
        let xml = part(&document.bytes, "word/document.xml");
        let (before, _) = xml.split_once("活动").unwrap();
        before[before.rfind("<w:p>").unwrap()..].to_owned()
    };
    assert!(caption("<w:pPr><w:keepNext/></w:pPr>").contains("<w:keepNext/>"));
    assert!(!caption("").contains("<w:keepNext/>"));
}

#[test]
fn a_picture_keeps_its_proportions_and_never_leaves_its_cell() {
    let cell = |tag: &str| {
        format!(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w=\"1216\" w:type=\"dxa\"/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
            p(tag)
        )
    };
    let extent = |tag: &str| {
        let merged = merge(&docx(&cell(tag), &[]), Some(0)).unwrap().0.bytes;
        let xml = part(&merged, "word/document.xml");
        let extent = xml.split("<wp:extent ").nth(1).unwrap().split("/>").next().unwrap().to_owned();
        assert!(part(&merged, "word/_rels/document.xml.rels").contains("Target=\"/word/media/huibao1.png\""));
        assert!(
            part(&merged, "[Content_Types].xml").contains("<Default Extension=\"png\" ContentType=\"image/png\"/>")
        );
        assert_eq!(part(&merged, "word/media/huibao1.png"), "png");
        extent
    };
    // 1000 twips are 635,000 EMU; 10 mm are 360,000.
    assert_eq!(extent("照片{{图片 “校徽.png”}}"), "cx=\"635000\" cy=\"317500\"");
    assert_eq!(extent("{{图片 “校徽.png” 宽=“10mm”}}"), "cx=\"360000\" cy=\"180000\"");
}

#[test]
fn a_picture_is_not_cut_off_by_lines_of_an_exact_height() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"e\"><w:pPr><w:spacing w:line=\"560\" w:lineRule=\"exact\"/></w:pPr></w:style></w:styles>";
    let paragraph = |look: &str| p("{{图片 “校徽.png”}}").replace("<w:p>", &format!("<w:p><w:pPr>{look}</w:pPr>"));
    let merged = |look: &str| body_of(&docx(&paragraph(look), &[("styles.xml", styles)]), Some(0));
    let free = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>";
    assert!(
        merged("<w:pStyle w:val=\"e\"/><w:jc w:val=\"center\"/>")
            .contains(&format!("<w:pStyle w:val=\"e\"/>{free}<w:jc"))
    );
    assert!(merged("<w:spacing w:line=\"560\" w:lineRule=\"exact\"/>").contains(free));
    assert!(!merged("<w:jc w:val=\"center\"/>").contains("w:spacing"));
}

#[test]
fn a_text_that_is_markdown_is_set_in_the_templates_own_styles() {
    let mut data = crate::template::testing::city();
    data.tables[1].rows[0].cells[1].value =
        crate::dataset::Value::Text("# 大\n\n正文**重点**<w:x>\n\n1. 甲\n2. 乙\n\n- 丙\n".into());
    let project = crate::template::testing::project();
    let unit = Some((crate::template::testing::SCHOOLS, 0));
    let scope = crate::template::Scope { dataset: &data, project: &project, unit, skipped: 0 };
    let styles =
        "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"b1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let source = docx(&p("{{标记文本 学校名称}}"), &[("styles.xml", styles)]);
    let template = WordTemplate::parse("a.docx", &source);
    let (document, _) = template.merge(scope, &Album).unwrap();
    let xml = part(&document.bytes, "word/document.xml");
    assert!(
        xml.contains(
            "<w:p><w:pPr><w:pStyle w:val=\"b1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">大</w:t></w:r></w:p>"
        ),
        "{xml}"
    );
    assert!(xml.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">重点</w:t></w:r>"), "{xml}");
    assert!(text(xml.split_once("<w:body>").unwrap().1).starts_with("大\n正文重点&lt;w:x&gt;\n甲\n乙\n丙\n"), "{xml}");
    let lists: Vec<_> = xml.split("<w:numId w:val=\"").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(lists, ["1", "1", "2"]);
    let numbering = part(&document.bytes, "word/numbering.xml");
    let label = |list: &str| {
        let scheme = numbering.split(&format!("<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"")).nth(1).unwrap();
        let scheme = format!("w:abstractNumId=\"{}\"", scheme.split('"').next().unwrap());
        let levels = numbering.split(&scheme).nth(1).unwrap();
        levels.split("<w:lvlText w:val=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(["1", "2"].map(label), ["%1.", "•"]);
}

#[test]
fn captions_are_counted_with_those_that_the_template_has() {
    const CODE: &str = " SEQ 表 \\* ARABIC ";
    let shown = |xml: &str| text(xml).replace(CODE, "");
    let tag = p("{{表格 党支部 列=“支部名称” 题=“各支部”}}");
    let (alone, _) = merge(&docx(&(tag.clone() + &tag), &[]), Some(0)).unwrap();
    let xml = part(&alone.bytes, "word/document.xml");
    assert_eq!(xml.matches(CODE).count(), 2);
    assert!(shown(&xml).contains("表1") && shown(&xml).contains("表2"), "{}", shown(&xml));
    assert!(!alone.has_fields, "nobody else counts, and the numbers are right");

    let own = "<w:p><w:r><w:t>表</w:t></w:r><w:fldSimple w:instr=\" SEQ 表 \\* ARABIC \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>";
    let (merged, _) = merge(&docx(&(own.to_owned() + &tag), &[]), Some(0)).unwrap();
    assert!(merged.has_fields);
    let fields = FieldResults::read("表.docx", &merged.bytes, None, u64::MAX).unwrap().unwrap();
    let xml = part(&fields.document().unwrap(), "word/document.xml");
    assert!(shown(&xml).contains("表2"), "{}", shown(&xml));
}
