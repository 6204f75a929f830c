//! Whole templates: what stands where, and what comes of it.

mod again;
mod blocks;
mod charts;
mod copies;
mod includes;
mod places;
mod rich;
mod tables;

use super::testing::{body, docx, merge, p, part, problems, row, text};
use super::{WordReading, WordTemplate};

fn shown(xml: &str, school: Option<u32>) -> String {
    text(&body(xml, school))
}

#[test]
fn a_value_takes_the_place_and_the_look_of_its_tags_first_run() {
    let source = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>校名：{{学校</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
        <w:r w:rsidR=\"00A1\"><w:rPr><w:i/></w:rPr><w:t>名称</w:t></w:r><w:r><w:t>}}。</w:t></w:r></w:p>";
    assert_eq!(
        body(source, Some(0)),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">校名：一中</w:t></w:r>\
         <w:proofErr w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\">。</w:t></w:r></w:p>"
    );
}

#[test]
fn braces_after_a_backslash_are_text() {
    assert_eq!(shown(&p("写成 \\{{校名}} 的样子，{{学校名称}}"), Some(0)), "写成 {{校名}} 的样子，一中\n");
}

#[test]
fn values_are_text_and_nothing_else() {
    let mut data = crate::template::testing::city();
    data.tables[1].rows[0].cells[1].value =
        crate::dataset::Value::Text("<w:p>&\"甲\n乙\t丙\u{7}{{丁}}\u{FDD0}3\u{FDD1}".into());
    let project = crate::template::testing::project();
    let scope = crate::template::Scope {
        dataset: &data,
        project: &project,
        unit: Some((crate::template::testing::SCHOOLS, 0)),
        skipped: 0,
    };
    let source = docx(
        &format!(
            "{}<w:p><w:r><w:drawing><wp:docPr id=\"1\" descr=\"{{{{学校名称}}}}\"/></w:drawing></w:r></w:p>",
            p("{{学校名称}}")
        ),
        &[],
    );
    let (document, _) = super::WordTemplate::parse("a.docx", &source).merge(scope, &super::testing::Album).unwrap();
    let xml = part(&document.bytes, "word/document.xml");
    assert!(xml.contains(
        "<w:t xml:space=\"preserve\">&lt;w:p&gt;&amp;&quot;甲</w:t><w:br/><w:t xml:space=\"preserve\">乙</w:t><w:tab/>\
         <w:t xml:space=\"preserve\">丙{{丁}}3</w:t>"
    ), "{xml}");
    assert!(xml.contains("descr=\"&lt;w:p&gt;&amp;&quot;甲 乙 丙{{丁}}3\""), "{xml}");
}

#[test]
fn headers_properties_and_text_boxes_are_filled_and_other_parts_stay_as_they_are() {
    let header = "<w:hdr><w:p><w:r><w:t>{{学校名称}}</w:t></w:r></w:p></w:hdr>";
    let core = "<cp:coreProperties><dc:title>{{学校名称}}总结</dc:title></cp:coreProperties>";
    let footer = "<w:ftr><w:p><w:r><w:t>无标签</w:t></w:r></w:p></w:ftr>";
    let body = "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{{学校名称}}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>";
    let source = docx(body, &[("header1.xml", header), ("core.xml", core), ("footer1.xml", footer)]);
    let merged = merge(&source, Some(0)).unwrap().0.bytes;
    assert!(part(&merged, "word/header1.xml").contains("一中"));
    assert!(part(&merged, "word/core.xml").contains("<dc:title>一中总结</dc:title>"));
    assert!(part(&merged, "word/document.xml").contains("一中"));
    assert_eq!(part(&merged, "word/footer1.xml"), part(&source, "word/footer1.xml"));
}

#[test]
fn every_mistake_names_part_paragraph_and_cell_and_all_come_at_once() {
    let body = [
        p("共{{计数 党支不}}个"),
        p("{{#each 党支部}}"),
        format!("<w:tbl>{}{}</w:tbl>", row(&["甲", "{{书计}}"]), row(&["{{/each}}", "乙"])),
    ]
    .concat();
    let header = "<w:hdr><w:p/><w:p><w:r><w:t>{{学校名陈}}年度总结报告第一部分草稿</w:t></w:r></w:p></w:hdr>";
    assert_eq!(
        problems(&docx(&body, &[("header1.xml", "<w:hdr><w:p/></w:hdr>"), ("header2.xml", header)])),
        [
            "错误：表.docx 正文第1段“共{{计数 党支不}}个”：数据里没有“党支不”这个列或表\n  办法：是不是“党支部”？",
            "错误：表.docx 正文第4段（表格第1行第2列）“{{书计}}”：数据里没有“书计”这个列或表\n  办法：是不是“书记”？",
            "错误：表.docx 正文第5段（表格第2行第1列）“{{/each}}”：{{/each}} 和正文第 2 段的 {{#each}} 不在同一张表格里\n  \
             办法：要重复表格的行，两个标签都放在这张表的行里；要重复整张表格，两个标签各占一段，放在表格前后",
            "错误：表.docx 页眉2第2段“{{学校名陈}}年度总结报告第一部分草稿”：数据里没有“学校名陈”这个列或表\n  办法：是不是“学校名称”？",
        ]
    );
}

#[test]
fn a_merged_document_does_not_ask_for_the_data_of_words_own_mail_merge() {
    let settings =
        "<w:settings><w:zoom/><w:mailMerge><w:query w:val=\"SELECT\"/></w:mailMerge><w:compat/></w:settings>";
    let field =
        "<w:p><w:fldSimple w:instr=\" MERGEFIELD 学校名称 \"><w:r><w:t>«学校名称»</w:t></w:r></w:fldSimple></w:p>";
    let merged = merge(&docx(field, &[("settings.xml", settings)]), Some(0)).unwrap().0.bytes;
    let settings = part(&merged, "word/settings.xml");
    assert!(settings.contains("<w:zoom/><w:compat/>") && !settings.contains("mailMerge"), "{settings}");
    assert!(
        part(&merged, "word/document.xml").contains("<w:p><w:r><w:t xml:space=\"preserve\">一中</w:t></w:r></w:p>")
    );
}

/// Far less than a minute; with any step that looks at all tags for each it is many.
#[test]
fn a_paragraph_of_very_many_tags_is_cut_in_one_go() {
    let began = std::time::Instant::now();
    let source = p(&format!("{}{}", "{{学校名称}}，".repeat(10_000), "{{#if 学校名称}}甲{{/if}}".repeat(5_000)));
    assert_eq!(shown(&source, Some(0)), format!("{}{}\n", "一中，".repeat(10_000), "甲".repeat(5_000)));
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_template_that_would_take_too_much_memory_is_not_read() {
    let long = docx(&p("字").repeat(2000), &[]);
    let problems = |memory| {
        let reading = WordReading { memory: Some(memory), ..WordReading::default() };
        WordTemplate::parse_as("表.docx", &long, reading).syntax_problems()
    };
    let found = problems(1 << 19);
    assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["template.too-large"]);
    assert!(problems(16 << 20).is_empty());
}
