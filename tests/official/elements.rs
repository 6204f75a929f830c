//! Each element of GB/T 9704-2012 where the standard wants it.

use huibao::diagnostic::Language;
use huibao::layout::Page;

use crate::common::root;
use crate::set::{golden, line, near, placed, set};

/// A character of the text: 156 mm / 28.
const CHARACTER: f32 = 156.0 / 28.0;
/// A line of the text: 225 mm / 22.
const LINE: f32 = 225.0 / 22.0;
/// Width and height of the type area.
const WIDTH: f32 = 156.0;
const HEIGHT: f32 = 225.0;

const HEAD: &str = "份号：1\n密级：机密★1年\n紧急程度：特急\n发文机关标志：云江市教育局文件\n发文字号：云教发〔2023〕15号\n标题：云江市教育局关于做好年度总结的通知\n主送：各区县教育局\n";
const TEXT: &str =
    "现将有关事项通知如下。\n\n# 总体要求\n\n## 时间\n\n按时报送。\n\n### 方式\n\n#### 份数\n\n一式两份。\n";

/// 7.2.1 to 7.2.7, 7.3.1, 7.3.2, 7.3.3.
#[test]
fn gbt9704_7_2_head_with_number_in_the_middle() {
    let layout = golden("head", HEAD, TEXT);
    let page = placed(&layout.pages.pages[0]);
    for (text, row) in [("000001", 1.0), ("机密★1年", 2.0), ("特急", 3.0)] {
        let found = line(&page, text);
        assert!(near(found.left, 0.0, 0.1) && near(found.y, row * LINE, 2.5), "{found:?}");
    }
    let mark = line(&page, "云江市教育局文件");
    assert_eq!((mark.color.as_str(), mark.size_pt), ("FF0000", 42.0));
    assert!(near((mark.left + mark.right) / 2.0, WIDTH / 2.0, 0.5), "{mark:?}");
    let top = mark.y - 0.85 * mark.size_pt * 25.4 / 72.0;
    assert!(near(top, 35.0, 1.0), "the upper edge of the mark: {top}");
    let number = line(&page, "云教发");
    assert!(near((number.left + number.right) / 2.0, WIDTH / 2.0, 0.5), "{number:?}");
    let rule = page.iter().find(|placed| placed.text.is_empty() && placed.color == "FF0000").unwrap();
    assert!(near(rule.left, 0.0, 0.1) && near(rule.right, WIDTH, 0.2), "as wide as the type area: {rule:?}");
    // the strokes of a character reach about 0.1 em below its baseline
    let below = rule.y - (number.y + 0.1 * 16.0 * 25.4 / 72.0);
    assert!(near(below, 4.0, 0.5), "4 mm below the number: {below}");
    let title = line(&page, "云江市教育局关于");
    assert!(near(title.y - rule.y, 3.0 * LINE, 3.0), "two lines below the rule: {title:?}");
    assert!(near(line(&page, "各区县教育局：").y - title.y, 2.0 * LINE, 0.5), "one line below the title");
    for (text, indent) in
        [("现将", 2.0), ("一、总体要求", 2.0), ("（一）时间", 2.0), ("1.方式", 2.0), ("（1）份数", 2.0)]
    {
        assert!(near(line(&page, text).left, indent * CHARACTER, 0.3), "{text}");
    }
}

/// 7.2.5, 7.2.6: the number at the left and the signers at the right of a report to a superior.
#[test]
fn gbt9704_7_2_6_signers_of_a_report_to_a_superior() {
    let front = "发文机关标志：云江市教育局文件\n发文字号：云教发〔2023〕15号\n签发人：赵学文、钱多、孙立人\n标题：云江市教育局关于年度工作的报告\n";
    let layout = golden("signers", front, "现将有关情况报告如下。\n");
    let page = placed(&layout.pages.pages[0]);
    let (number, last) = (line(&page, "云教发"), line(&page, "孙立人"));
    assert!(near(number.left, CHARACTER, 0.3), "one character from the left: {number:?}");
    assert_eq!(number.y, last.y, "the number is on the row of the last name");
    let (first, second) = (line(&page, "签发人：赵学文"), line(&page, "钱多"));
    assert!(first.y == second.y && last.y > first.y, "two names a row");
    assert!(near(last.left, first.left + 4.0 * CHARACTER, 0.3), "names below each other: {first:?} {last:?}");
    assert!(near(second.left + 3.0 * CHARACTER, WIDTH - CHARACTER, 0.6), "one character before the edge: {second:?}");
}

/// 7.2.4: several issuers under each other, 文件 beside them in the middle.
#[test]
fn gbt9704_7_2_4_joint_issuers() {
    let front = "发文机关标志：云江市教育局、云江市财政局、云江市人力资源和社会保障局文件\n发文字号：云教发〔2023〕15号\n标题：关于联合表彰的通知\n署名：云江市教育局、云江市财政局、云江市人力资源和社会保障局\n日期：2024年1月15日\n";
    let layout = golden("joint", front, "现将有关事项通知如下。\n");
    let page = placed(&layout.pages.pages[0]);
    let marks: Vec<_> = page.iter().filter(|placed| placed.color == "FF0000" && !placed.text.is_empty()).collect();
    let rows: Vec<f32> = marks.iter().filter(|mark| mark.left < 60.0).map(|mark| mark.y).collect();
    let file = marks.iter().find(|mark| mark.text.contains('文') && mark.left > 60.0).unwrap();
    assert!(near(file.y, (rows[0] + rows[rows.len() - 1]) / 2.0, 1.0), "in the middle: {file:?} of {rows:?}");
}

/// 10.3: who was at a meeting, below the text of its minutes.
#[test]
fn gbt9704_10_3_minutes_name_who_was_there() {
    let front = "发文机关标志：云江市教育局局务会议纪要\n发文字号：第3期\n出席：甲局长，乙副局长，丙副局长，丁副局长，戊总督学，己副局长，庚副局长，辛调研员\n请假：壬副局长\n列席：癸主任。\n";
    let layout = golden("minutes", front, "会议研究了年度总结工作。\n");
    let page = placed(&layout.pages.pages[0]);
    let (present, turned) = (line(&page, "出席："), line(&page, "学，己副局长"));
    assert!(near(present.left, 2.0 * CHARACTER, 0.3), "indented by two: {present:?}");
    assert!(near(turned.left, 5.0 * CHARACTER, 0.3), "turned lines below the first name: {turned:?}");
    assert!(near(present.y - line(&page, "会议研究").y, 2.0 * LINE, 0.3), "a blank line below the text");
}

/// 7.3.1: several lines as a trapezium, no word broken; breaks by the author.
#[test]
fn gbt9704_7_3_1_a_title_has_a_shape() {
    golden(
        "title",
        "标题：云江市教育局关于进一步加强和改进全市教育系统基层党组织建设工作的若干意见的通知\n",
        "正文。\n",
    );
    golden("title-by-author", "标题：云江市教育局｜关于做好年度总结工作的通知\n", "正文。\n");
}

/// 7.3.4, 7.3.5.2, 7.3.6: what is attached, name and date without a seal, a note.
#[test]
fn gbt9704_7_3_4_attachments_signature_without_seal_and_note() {
    let front = "标题：关于报送材料的通知\n附件：各区县教育局年度工作总结报送要求和有关材料的格式以及编写说明；报送单位名单。\n署名：云江市教育局\n日期：2024年1月15日\n附注：此件公开发布\n";
    let layout = golden("closing", front, "请按时报送。\n");
    let page = placed(&layout.pages.pages[0]);
    let text = line(&page, "请按时");
    let (first, turned, second) = (line(&page, "附件：1."), line(&page, "格式以及"), line(&page, "2."));
    assert!(near(first.y - text.y, 2.0 * LINE, 0.5), "one line below the text: {first:?}");
    assert!(near(first.left, 2.0 * CHARACTER, 0.2), "{first:?}");
    let name = line(&page, "各区县教育局年度");
    assert!(near(turned.left, name.left, 0.1), "a turned line stands below the name's first character");
    assert!(near(second.left, 5.0 * CHARACTER, 0.2), "{second:?}");
    assert!(near(line(&page, "报送单位名单").left, name.left, 0.1));
    assert!(!page.iter().any(|placed| placed.text.contains("名单。")), "no mark after a name");
    let (name, date) = (line(&page, "云江市教育局"), line(&page, "2024"));
    // the date is longer than the name, and so ends where the name would
    assert!(near(date.right, WIDTH - 2.0 * CHARACTER, 0.6), "{date:?}");
    assert!(near(date.left - name.left, 2.0 * CHARACTER, 0.2), "{name:?} {date:?}");
    let note = line(&page, "（此件公开发布）");
    assert!(near(note.left, 2.0 * CHARACTER, 0.2) && near(note.y - date.y, LINE, 0.2), "{note:?}");
}

/// 7.3.5.1: the date four characters from the edge, the name over its middle.
#[test]
fn gbt9704_7_3_5_1_signature_with_seal() {
    let front = "标题：关于报送材料的通知\n附件：报送单位名单\n署名：云江市教育局\n日期：2024年1月15日\n盖章：是\n";
    let layout = golden("seal", front, "请按时报送。\n");
    let page = placed(&layout.pages.pages[0]);
    let (name, date) = (line(&page, "云江市教育局"), line(&page, "2024"));
    assert!(near(date.right, WIDTH - 4.0 * CHARACTER, 0.1), "{date:?}");
    assert!(near(name.left + name.right, date.left + date.right, 1.5), "{name:?} {date:?}");
    assert!(line(&page, "附件：报送").left > 0.0, "one attachment has no number");
}

/// 7.3.5.1: names of a joint document, each with room for its seal of 42 mm.
#[test]
fn gbt9704_7_3_5_1_seals_of_a_joint_document() {
    let front = "标题：关于联合表彰的通知\n署名：云江市教育局、云江市财政局、云江市人事局、云江市卫生局\n日期：2024年1月15日\n盖章：是\n";
    let layout = golden("seals", front, "现予表彰。\n");
    let page = placed(&layout.pages.pages[0]);
    let middle = |start: &str| (line(&page, start).left + line(&page, start).right) / 2.0;
    let row = ["云江市教育局", "云江市财政局", "云江市人事局"].map(middle);
    assert!(row[1] - row[0] >= 42.0 && row[2] - row[1] >= 42.0 && row[0] >= 20.9, "{row:?}");
    assert!(near(middle("云江市卫生局"), middle("2024"), 0.5));
    assert!(line(&page, "云江市卫生局").y - line(&page, "云江市教育局").y >= 42.0);
}

/// 7.3.7: an attachment begins a page, its label at the top, its title on the third line, its headings counted anew.
#[test]
fn gbt9704_7_3_7_attachments_begin_their_pages() {
    let body = "# 总体\n\n见附件。\n\n# 附件：报送要求\n\n# 内容\n\n写清楚。\n\n# 附件2：名单\n\n# 市直\n\n名单略。\n";
    let layout = golden("attachments", "标题：关于报送材料的通知\n署名：云江市教育局\n日期：2024年1月15日\n", body);
    assert_eq!(layout.pages.pages.len(), 3);
    let pages: Vec<_> = layout.pages.pages.iter().map(placed).collect();
    let note = (line(&pages[0], "附件：1.").y, line(&pages[0], "2.").y);
    assert!(near(note.1 - note.0, LINE, 0.1), "the list is made from the attachments: {note:?}");
    for (page, label, title) in [(1, "附件1", "报送要求"), (2, "附件2", "名单")] {
        let (label, title) = (line(&pages[page], label), line(&pages[page], title));
        assert!(near(label.left, 0.0, 0.1) && near(label.y, LINE * 0.8, 1.0), "{label:?}");
        assert!(near(title.y - label.y, 2.0 * LINE, 0.2), "{title:?}");
        assert!(near((title.left + title.right) / 2.0, WIDTH / 2.0, 0.5), "{title:?}");
        assert!(pages[page].iter().any(|placed| placed.text.starts_with("一、")), "headings begin anew");
    }
    let outline: Vec<_> = layout.pages.outline.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(outline, ["一、总体", "报送要求", "一、内容", "名单", "一、市直"]);
}

/// 7.3.7: what an attachment is may be another file.
#[test]
fn gbt9704_7_3_7_an_included_file_is_an_attachment() {
    let body = "# 总体\n\n见附件。\n\n# 附件：名单\n\n{{include \"名单.md\"}}\n";
    let layout = golden("included", "标题：关于报送材料的通知\n附件：编写说明\n", body);
    let pages: Vec<_> = layout.pages.pages.iter().map(placed).collect();
    assert!(line(&pages[0], "附件：1.").y < line(&pages[0], "2.").y, "what is apart comes first");
    assert!(line(&pages[1], "附件2").y < line(&pages[1], "一、市直").y);
    assert!(line(&pages[1], "第一小学、第二小学。").left > 0.0);
}

const IMPRINT: &str = "抄送：市委组织部，市委宣传部，市人大常委会办公室，市政府办公室，市政协办公室，市纪委监委，市中级人民法院，市人民检察院\n印发机关：云江市教育局办公室\n印发日期：2024年1月16日\n";

/// 7.4: the foot of the last page, which is the back of the sheet.
#[test]
fn gbt9704_7_4_imprint_at_the_foot_of_an_even_page() {
    let front = format!("标题：关于报送材料的通知\n署名：云江市教育局\n日期：2024年1月15日\n{IMPRINT}");
    let layout = golden("imprint", &front, "请按时报送。\n");
    assert_eq!(layout.pages.pages.len(), 2);
    let page = placed(&layout.pages.pages[1]);
    let rules: Vec<_> = page.iter().filter(|placed| placed.text.is_empty()).collect();
    let thick: Vec<String> = rules.iter().map(|rule| format!("{:.2}", rule.size_pt * 25.4 / 72.0)).collect();
    assert_eq!(thick, ["0.35", "0.25", "0.35"]);
    assert!(rules.iter().all(|rule| near(rule.left, 0.0, 0.2) && near(rule.right, WIDTH, 0.2)), "{rules:?}");
    assert!(near(rules[2].y, HEIGHT, 0.4), "the last rule is the type area's lower edge: {:?}", rules[2]);
    let small = 14.0 * 25.4 / 72.0;
    let copies = line(&page, "抄送：");
    assert!(copies.size_pt == 14.0 && near(copies.left, small, 0.1), "{copies:?}");
    let turned = page.iter().find(|placed| placed.y > copies.y && placed.size_pt == 14.0).unwrap();
    assert!(near(turned.left, small * 4.0, 0.2), "turned lines begin below the first name: {turned:?}");
    assert!(near(line(&page, "云江市教育局办公室").left, small, 0.1));
    assert!(near(line(&page, "2024").right, WIDTH - small, 0.3), "{:?}", line(&page, "2024"));
}

/// 7.5: a page before that is blank has no number, nor has the imprint's page then.
#[test]
fn gbt9704_7_5_no_number_on_a_blank_page_nor_on_the_imprints_behind_it() {
    let front = format!("标题：关于报送材料的通知\n{IMPRINT}");
    let full = "各单位要高度重视，加强领导，精心组织，确保各项工作落到实处。\n\n".repeat(21);
    let layout = golden("imprint-behind-blank", &front, &full);
    let pages: Vec<_> = layout.pages.pages.iter().map(placed).collect();
    assert_eq!(pages.len(), 4);
    let numbered: Vec<bool> = pages.iter().map(|page| page.iter().any(|placed| placed.text.starts_with('—'))).collect();
    assert_eq!(numbered, [true, true, false, false]);
    assert!(pages[2].is_empty(), "{:?}", pages[2]);
}

/// 7.4, 7.5: behind contents, whose pages count by themselves, the foot stands on a page of even number, and numbers go on.
#[test]
fn gbt9704_7_4_imprint_of_a_document_with_contents() {
    let front = format!("标题：关于报送材料的通知\n目录：1级\n{IMPRINT}");
    let numbers = |name: &str, lines: usize| -> Vec<String> {
        let layout = golden(name, &front, &format!("# 总体要求\n\n{}", "各单位要高度重视。\n\n".repeat(lines)));
        let number =
            |page: &Page| placed(page).into_iter().find(|placed| placed.text.starts_with('—')).map(|one| one.text);
        layout.pages.pages.iter().map(|page| number(page).unwrap_or_default()).collect()
    };
    assert_eq!(numbers("imprint-with-contents", 22), ["— I —", "— 1 —", "— 2 —"], "below the text on page 2");
    assert_eq!(numbers("imprint-behind-contents", 3), ["— I —", "— 1 —", "— 2 —"], "on a page of its own");
}

/// 7.5: odd pages right, even pages left, one character from the edge; 7 mm below the type area.
#[test]
fn gbt9704_7_5_page_numbers() {
    let layout = golden("numbers", "标题：关于报送材料的通知\n", &"各单位要高度重视。\n\n".repeat(40));
    let pages: Vec<_> = layout.pages.pages.iter().map(placed).collect();
    let (odd, even) = (line(&pages[0], "— 1 —"), line(&pages[1], "— 2 —"));
    let small = 14.0 * 25.4 / 72.0;
    assert!(near(odd.right, WIDTH - small, 0.2) && near(even.left, small, 0.2), "{odd:?} {even:?}");
    // a dash stands about 0.3 em above the baseline
    assert!(near(odd.y - 0.3 * small - HEIGHT, 7.0, 1.0), "{odd:?}");
}

/// 8: a table that is told to be turned, and one too wide for an upright page.
#[test]
fn gbt9704_8_wide_tables_stand_on_turned_pages() {
    let columns = 16;
    let row = |text: &str| format!("|{}\n", format!(" {text} |").repeat(columns));
    let wide = row("党员总数") + &row("---:") + &row("123456");
    let body = format!(
        "正文。\n\n题：各区县情况{{横排}}\n\n| 区县 | 人数 |\n|---|---:|\n| 东区 | 12 |\n注：年底数。\n\n又一段。\n\n题：全部指标\n\n{wide}\n末段。\n"
    );
    let layout = golden("landscape", "标题：关于报送材料的通知\n", &body);
    let turned: Vec<bool> = layout.pages.pages.iter().map(|page| page.width_pt > page.height_pt).collect();
    assert_eq!(turned, [false, true, false, true, false]);
}

#[test]
fn forms_that_are_not_the_standards_are_told_with_line_and_column() {
    let front = "份号：12345678\n密级：机密 1年\n紧急程度：火急\n发文机关标志：云江市教育局文件\n发文字号：云教发[2023]第015号\n标题：通知\n日期：2024年01月05日\n印发日期：2024-1-16\n";
    golden("forms", front, "正文。\n\n# 附件3：名单\n\n名单。\n");
    let (_, _, warnings) = set(&format!("---\n{front}---\n\n正文。\n"));
    let said: Vec<_> = warnings.iter().map(|warning| warning.to_text(Language::English)).collect();
    assert!(
        said.iter().any(|line| line.contains("templates/公文.md:6:6") && line.contains("云教发〔2023〕15号")),
        "{said:?}"
    );
}

#[test]
fn a_document_without_a_head_stays_as_it_is() {
    let (document, _, warnings) = set("---\n标题：总结\n样式：official\n---\n\n正文。\n");
    assert!(warnings.is_empty());
    assert_eq!(document.sections.len(), 1);
    assert_eq!(document.sections[0].blocks.len(), 2);
    assert!(root().join("docs/conformance.md").is_file());
}
