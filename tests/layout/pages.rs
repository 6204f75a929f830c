//! Rules of pages: eight lines each.

use crate::{NARROW, golden, set_in, texts};

/// A paragraph of so many lines of ten characters.
fn paragraph(sign: &str, lines: usize) -> String {
    sign.repeat(lines * 10)
}

fn on_page(text: &str, page: usize) -> usize {
    text.lines().filter(|line| line.starts_with(&format!("{page} "))).count()
}

/// Word (widowControl), CLREQ 3.4: no first line alone at a page's foot, no last line alone at its top.
#[test]
fn no_line_stands_alone() {
    let orphan = golden("orphan", "", &format!("{}\n\n{}", paragraph("甲", 7), paragraph("乙", 3)));
    assert_eq!((on_page(&orphan, 1), on_page(&orphan, 2)), (7, 3));
    let widow = golden("widow", "", &format!("{}\n\n{}", paragraph("甲", 5), paragraph("乙", 4)));
    assert_eq!((on_page(&widow, 1), on_page(&widow, 2)), (7, 2));
    let alone = format!("{}\n\n{}", paragraph("甲", 5), paragraph("乙", 4));
    let off = golden("widow-off", "widow_control = false\n", &alone);
    assert_eq!((on_page(&off, 1), on_page(&off, 2)), (8, 1));
}

/// Word (keepNext), GB/T 7.3.3 by custom: a heading stays with the text below it.
#[test]
fn a_heading_stays_with_its_text() {
    let text = golden("keep-next", "", &format!("{}\n\n# 乙\n\n{}", paragraph("甲", 6), paragraph("丙", 3)));
    assert_eq!(on_page(&text, 1), 6);
}

/// Word (keepLines).
#[test]
fn a_paragraph_kept_together_moves_whole() {
    let text =
        golden("keep-lines", "keep_lines = true\n", &format!("{}\n\n{}", paragraph("甲", 5), paragraph("乙", 4)));
    assert_eq!((on_page(&text, 1), on_page(&text, 2)), (5, 4));
}

/// Word (pageBreakBefore), and `---` in a text.
#[test]
fn a_page_begins_where_it_is_told() {
    let style = format!("{NARROW}first_line = 0\n\n[heading1]\npage_break_before = true\nline_pitch = \"20pt\"\n");
    let text = set_in("page-break", &style, "甲\n\n# 乙\n\n丙\n\n---\n\n丁");
    assert_eq!(texts(&text).len(), 4);
    assert_eq!((on_page(&text, 1), on_page(&text, 2), on_page(&text, 3)), (1, 2, 1));
}

/// Word (keepNext): a picture that has no room goes to the next page, and its caption stays below it.
#[test]
fn a_figure_finds_room_with_its_caption() {
    let body = format!("{}\n\n{{{{图片 \"照片.png\" 宽=\"60pt\" 题=\"校门\"}}}}\n\n乙", paragraph("甲", 6));
    let text = golden("figure", "", &body);
    let picture = text.lines().find(|line| line.ends_with(" picture")).unwrap();
    assert!(picture.starts_with("2 y100.0"), "{text}");
    assert_eq!(crate::place(&text, "图1").0, 2, "{text}");
}

/// Word: a footnote stands at the foot of the page of its reference; CLREQ: its mark begins no line.
#[test]
fn footnotes_stand_at_the_foot() {
    let text = golden("footnotes", "", "教育系统党建工作总结[^甲]情况\n\n[^甲]: 数据截至年底。");
    assert_eq!(texts(&text)[0], "教育系统党建工作总", "结 goes with its mark");
}

/// GB/T 5.2.2, 5.2.3: 22 lines of 28 characters fill the type area, 156 by 225 mm.
#[test]
fn the_official_page_is_full() {
    let text = set_in("official-page", "based_on = \"gongwen\"\n\n[body]\nfirst_line = 0\n", &"字".repeat(28 * 22));
    assert_eq!((on_page(&text, 1), on_page(&text, 2)), (22 + 1, 0), "lines, and the page's number");
    assert_eq!(texts(&text)[0].chars().count(), 28);
}
