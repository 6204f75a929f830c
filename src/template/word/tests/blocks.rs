//! Blocks over text, paragraphs and sections.

use super::super::testing::{body, docx, merge, p, part, problems, row, text};
use super::shown;

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
fn a_section_in_a_loop_is_a_section_a_turn() {
    let section =
        "<w:p><w:pPr><w:sectPr><w:type w:val=\"nextPage\"/></w:sectPr></w:pPr><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    let source = format!("{}{}{section}{}", p("{{#each 党支部}}"), p("{{支部名称}}"), p("完"));
    let merged = body(&source, Some(0));
    assert_eq!(merged.matches("<w:sectPr>").count(), 3);
    // The paragraph of the break holds a tag only, and leaves no empty line.
    assert_eq!(text(&merged), "教工一支部\n教工二支部\n学生支部\n完\n");
}

#[test]
fn a_page_break_in_a_loop_comes_with_every_turn() {
    let source = "<w:p><w:r><w:t>{{#each 党支部}}</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/><w:t>{{支部名称}}</w:t></w:r></w:p>\
        <w:p><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    assert_eq!(body(source, Some(0)).matches("<w:br w:type=\"page\"/>").count(), 3);
}

#[test]
fn no_blank_page_comes_after_the_last_section_of_a_loop() {
    let section = "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"9\"/></w:sectPr></w:pPr><w:r><w:t>{{/each}}</w:t></w:r></w:p>";
    let body = format!("<w:body>{}{}{section}<w:p/><w:sectPr/></w:body>", p("{{#each 党支部}}"), p("{{支部名称}}"));
    let merged = merge(&docx(&body, &[]), Some(0)).unwrap().0.bytes;
    let xml = part(&merged, "word/document.xml");
    assert_eq!(xml.matches("<w:sectPr>").count(), 3);
    assert!(
        xml.ends_with("学生支部</w:t></w:r></w:p><w:sectPr><w:pgSz w:w=\"9\"/></w:sectPr></w:body></w:document>"),
        "{xml}"
    );
}

#[test]
fn no_blank_page_comes_after_the_last_page_break_of_a_loop() {
    let page = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let looped = |end: &str| [&p("{{#each 党支部}}"), &p("{{支部名称}}"), page, &p("{{/each}}"), end].concat();
    assert_eq!(body(&looped(""), Some(0)).matches("w:type=\"page\"").count(), 2);
    assert_eq!(body(&looped("<w:p/>"), Some(0)).matches("w:type=\"page\"").count(), 2);
    assert_eq!(body(&looped(&p("附件")), Some(0)).matches("w:type=\"page\"").count(), 3);
    let within = "<w:p><w:r><w:t>{{支部名称}}</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let merged = body(&[&p("{{#each 党支部}}"), within, &p("{{/each}}")].concat(), Some(0));
    assert_eq!(merged.matches("w:type=\"page\"").count(), 2);
    assert!(text(&merged).ends_with("学生支部\n"), "{merged}");
    // Before a loop without turns a page break is the writer's.
    assert_eq!(body(&[page, &looped("")].concat(), Some(2)).matches("w:type=\"page\"").count(), 1);
}

#[test]
fn a_condition_that_is_false_leaves_no_blank_line_in_a_cell() {
    let cell = |inside: &str| body(&format!("<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"), Some(0));
    let block = [p("{{#if (等于 代码 9)}}"), p("甲"), p("{{/if}}")].concat();
    assert!(cell(&block).contains("<w:tc><w:p/></w:tc>"), "{}", cell(&block));
    assert_eq!(cell(&[p("前"), block.clone(), p("后")].concat()).matches("<w:p>").count(), 2);
    assert_eq!(cell(&[block, p("后")].concat()).matches("<w:p>").count(), 1);
}

#[test]
fn blocks_without_end_within_each_other_are_told_at_once() {
    let deep = p("{{#if 学校}}").repeat(5000) + &p("{{/if}}").repeat(5000);
    let found = problems(&docx(&deep, &[]));
    assert!(found.iter().any(|problem| problem.contains("64")), "{found:?}");
}
