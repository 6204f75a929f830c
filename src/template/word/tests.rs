//! Whole templates: what stands where, and what comes of it.

use super::testing::{body, body_of, docx, merge, merge_rows, p, part, problems, row, text};

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
fn a_condition_that_is_false_leaves_no_blank_line() {
    let source = [p("前"), p("{{#if 学校名称}}"), p("有"), p("{{else}}"), p("无"), p("{{/if}}"), p("后")].concat();
    assert_eq!(shown(&source, Some(0)), "前\n有\n后\n");
    let source = [p("前"), p("{{#unless 学校名称}}无{{/unless}}"), p("后")].concat();
    assert_eq!(shown(&source, Some(0)), "前\n后\n");
    let source = [p("前"), p("{{#each 党支部}}{{支部名称}}；{{/each}}"), p("后")].concat();
    assert_eq!(shown(&source, Some(2)), "前\n后\n");
    assert_eq!(shown(&source, Some(0)), "前\n教工一支部；教工二支部；学生支部；\n后\n");
    let source = [p("前"), p("{{! 说明 }}"), p("后")].concat();
    assert_eq!(shown(&source, Some(0)), "前\n后\n");
}

#[test]
fn a_cell_whose_paragraphs_are_gone_keeps_one() {
    let source = format!("<w:tbl>{}</w:tbl>", row(&["{{#if (等于 代码 9)}}甲{{/if}}", "x"]));
    assert_eq!(
        body(&source, Some(0)),
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
}

#[test]
fn a_block_within_a_paragraph_keeps_the_look_of_every_run() {
    let source = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>支部{{#each 党支部}}“</w:t></w:r><w:r><w:rPr><w:i/></w:rPr>\
        <w:t>{{支部名称}}</w:t></w:r><w:r><w:rPr><w:u/></w:rPr><w:t>”{{/each}}等</w:t></w:r></w:p>";
    let merged = body(source, Some(1));
    assert_eq!(
        merged,
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">支部</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>\
         <w:t xml:space=\"preserve\">“</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">联合支部</w:t></w:r>\
         <w:r><w:rPr><w:u/></w:rPr><w:t xml:space=\"preserve\">”</w:t></w:r><w:r><w:rPr><w:u/></w:rPr>\
         <w:t xml:space=\"preserve\">等</w:t></w:r></w:p>"
    );
    assert_eq!(shown(source, Some(0)), "支部“教工一支部”“教工二支部”“学生支部”等\n");
}

#[test]
fn tags_side_by_side_keep_their_order_however_they_are_cut_into_runs() {
    let text = "甲{{#if (等于 代码 9)}}乙{{else}}{{#if (等于 代码 “0101”)}}丙{{else}}丁{{/if}}{{/if}}。";
    let letters: Vec<char> = text.chars().collect();
    for cut in 1..letters.len() {
        let (a, b): (String, String) = (letters[..cut].iter().collect(), letters[cut..].iter().collect());
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        assert_eq!(shown(&format!("<w:p>{}{}</w:p>", run(&a), run(&b)), Some(0)), "甲丙。\n", "{a}|{b}");
    }
}

#[test]
fn rows_repeat_where_both_tags_stand_in_rows_of_one_table() {
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let within = table(&[row(&["名称", "人数"]), row(&["{{#each 党支部}}{{支部名称}}", "{{党员总数}}{{/each}}"])]);
    assert_eq!(shown(&within, Some(0)), "名称|人数|‖教工一支部|12|‖教工二支部|8|‖学生支部|30|‖");
    let around = table(&[
        row(&["名称", "人数"]),
        row(&["{{#each 党支部}}", ""]),
        row(&["{{支部名称}}", "{{党员总数}}"]),
        row(&["{{else}}", ""]),
        row(&["没有支部", ""]),
        row(&["{{/each}}", ""]),
        row(&["合计", "{{合计 党支部.党员总数}}"]),
    ]);
    assert_eq!(shown(&around, Some(0)), "名称|人数|‖教工一支部|12|‖教工二支部|8|‖学生支部|30|‖合计|50|‖");
    assert_eq!(shown(&around, Some(2)), "名称|人数|‖没有支部||‖合计|0|‖");
    // The number before the loop's tag belongs to the row, too.
    let numbered = table(&[row(&["序", "名称"]), row(&["{{@序号}}", "{{#each 党支部}}{{支部名称}}{{/each}}"])]);
    assert!(problems(&docx(&numbered, &[]))[0].contains("@序号"));
    let numbered = table(&[
        row(&["序", "名称", "人数"]),
        row(&["{{@序号}}", "{{#each 党支部}}{{支部名称}}", "{{党员总数}}{{/each}}"]),
    ]);
    assert_eq!(shown(&numbered, Some(1)), "序|名称|人数|‖1|联合支部|5|‖");
}

#[test]
fn a_merged_header_cell_beside_a_loop_is_no_hindrance() {
    let merged = "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>支部</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>名称</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>\
        <w:tc><w:p><w:r><w:t>{{#each 党支部}}{{支部名称}}</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>{{党员总数}}{{/each}}</w:t></w:r></w:p></w:tc></w:tr>";
    let merged = body(&format!("<w:tbl>{merged}</w:tbl>"), Some(0));
    assert_eq!(merged.matches("<w:vMerge/>").count(), 3);
    assert_eq!(text(&merged), "支部|名称||‖|教工一支部|12|‖|教工二支部|8|‖|学生支部|30|‖");
}

#[test]
fn a_table_whose_rows_are_all_gone_goes() {
    let table =
        format!("{}<w:tbl><w:tblPr/>{}</w:tbl>", p("前"), row(&["{{#each 党支部}}{{支部名称}}", "{{书记}}{{/each}}"]));
    assert_eq!(body(&table, Some(2)), p("前"));
}

#[test]
fn columns_repeat_where_every_row_repeats_its_cells() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["名称", "{{#each 党支部}}", "{{支部名称}}", "{{/each}}"]),
        row(&["人数", "{{#each 党支部}}", "{{党员总数}}", "{{/each}}"])
    );
    assert_eq!(shown(&table, Some(0)), "名称|教工一支部|教工二支部|学生支部|‖人数|12|8|30|‖");
}

#[test]
fn tables_of_a_loop_do_not_run_into_each_other() {
    let source = format!("{}<w:tbl>{}</w:tbl>{}", p("{{#each 党支部}}"), row(&["{{支部名称}}"]), p("{{/each}}"));
    let merged = body(&source, Some(0));
    assert_eq!(merged.matches("</w:tbl><w:p>").count(), 2);
    assert!(merged.ends_with("</w:tbl><w:p/>"), "a document ends with a paragraph: {merged}");
}

#[test]
fn a_section_in_a_loop_is_a_section_a_turn() {
    let section =
        "<w:p><w:pPr><w:sectPr><w:type w:val=\"nextPage\"/></w:sectPr></w:pPr><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    let source = format!("{}{}{section}{}", p("{{#each 党支部}}"), p("{{支部名称}}"), p("完"));
    let merged = body(&source, Some(0));
    assert_eq!(merged.matches("<w:sectPr>").count(), 3);
    assert_eq!(text(&merged), "教工一支部\n\n教工二支部\n\n学生支部\n\n完\n");
}

#[test]
fn a_page_break_in_a_loop_comes_with_every_turn() {
    let source = "<w:p><w:r><w:t>{{#each 党支部}}</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/><w:t>{{支部名称}}</w:t></w:r></w:p>\
        <w:p><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    assert_eq!(body(source, Some(0)).matches("<w:br w:type=\"page\"/>").count(), 3);
}

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
    let scope = crate::template::Scope { dataset: &data, project: &project, unit };
    let styles =
        "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"b1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let source = docx(&p("{{标记文本 学校名称}}"), &[("styles.xml", styles)]);
    let template = super::WordTemplate::parse("a.docx", &source);
    let (document, _) = template.merge(scope, &super::testing::Album).unwrap();
    let xml = part(&document.bytes, "word/document.xml");
    assert!(
        xml.contains(
            "<w:p><w:pPr><w:pStyle w:val=\"b1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">大</w:t></w:r></w:p>"
        ),
        "{xml}"
    );
    assert!(xml.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">重点</w:t></w:r>"), "{xml}");
    assert!(
        text(xml.split_once("<w:body>").unwrap().1).starts_with("大\n正文重点&lt;w:x&gt;\n1.→甲\n2.→乙\n•→丙\n"),
        "{xml}"
    );
}

#[test]
fn equal_cells_below_each_other_grow_together() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["类型", "名称"]),
        row(&["{{#each 党支部}}{{同值合并 类型}}", "{{支部名称}}{{/each}}"])
    );
    let merged = body(&table, Some(0));
    assert_eq!(text(&merged), "类型|名称|‖教工|教工一支部|‖|教工二支部|‖学生|学生支部|‖");
    let merges: Vec<_> = merged.split("<w:tcPr>").skip(1).map(|rest| rest.split("</w:tcPr>").next().unwrap()).collect();
    assert_eq!(merges, ["<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>"]);
}

#[test]
fn a_cells_colour_can_depend_on_its_value() {
    let cell = "<w:tc><w:tcPr><w:tcW w:w=\"1\"/><w:shd w:val=\"clear\" w:fill=\"FFFFFF\"/><w:vAlign w:val=\"top\"/></w:tcPr>\
        <w:p><w:r><w:t>{{#each 党支部}}{{#if (大于 党员总数 10)}}{{底纹 “红”}}{{/if}}{{党员总数}}</w:t></w:r></w:p></w:tc>";
    let table = format!("<w:tbl><w:tr>{cell}<w:tc>{}</w:tc></w:tr></w:tbl>", p("{{支部名称}}{{/each}}"));
    let merged = body(&table, Some(0));
    assert_eq!(text(&merged), "12|教工一支部|‖8|教工二支部|‖30|学生支部|‖");
    let fills: Vec<_> = merged.split("w:fill=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(fills, ["FFC7CE", "FFFFFF", "FFC7CE"]);
    assert!(merged.contains("<w:tcW w:w=\"1\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFC7CE\"/><w:vAlign"));
    assert!(problems(&docx(&p("{{底纹 “红”}}"), &[]))[0].contains("要写在表格的单元格里"));
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

#[test]
fn a_cell_that_changes_in_several_ways_has_its_properties_once_and_in_order() {
    let cell = p("{{底纹 “红”}}{{同值合并 学校名称}}{{底纹 “绿”}}");
    let merged = body(&format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"), Some(0));
    let properties =
        "<w:tcPr><w:vMerge w:val=\"restart\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"C6EFCE\"/></w:tcPr>";
    assert!(merged.contains(&format!("<w:tc>{properties}<w:p>")), "{merged}");
}
