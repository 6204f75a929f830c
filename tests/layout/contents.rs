//! Rules of contents, lists and links.

use huibao::document::Link;

use crate::{NARROW, golden, place, set_report_in, texts};

fn paragraphs(sign: &str, lines: usize) -> String {
    sign.repeat(lines * 10)
}

fn body() -> String {
    let text = |sign| paragraphs(sign, 6);
    format!(
        "# 甲章\n\n{}\n\n## 甲节\n\n{}\n\n题：甲表\n\n| 列 |\n|---|\n| 1 |\n\n# 乙章\n\n{}\n\n{{{{图片 \"照片.png\" 宽=\"30pt\" 题=\"乙图\"}}}}\n",
        text("子"),
        text("丑"),
        text("寅")
    )
}

/// Word (TOC, PAGEREF), GB/T 7713: an entry a heading, a table, a figure, each with the page where it stands; their own pages
/// count I, II; leaders end at the right edge.
#[test]
fn contents_and_lists_of_tables_and_figures_show_the_right_pages() {
    let (text, document, _) =
        set_report_in("contents", &format!("{NARROW}first_line = 0\n"), "目录：2级、表、图\n标题：题\n", &body());
    assert!(document.sections.len() > 1, "{text}");
    let front = place(&text, "子子").0 - 1;
    for (entry, there) in [
        ("一、甲章", "一、甲章"),
        ("（一）甲节", "（一）甲节"),
        ("二、乙章", "二、乙章"),
        ("表1", "表1"),
        ("图1", "图1"),
    ] {
        let (page, line, ..) = place(&text, entry);
        assert!(page <= front, "{entry} stands in the contents: {text}");
        let number = text.lines().find(|shown| shown.starts_with(&format!("{page} y{line:.1} x2"))).unwrap();
        let body = text.lines().rfind(|line| line.contains(&format!(" {there}"))).unwrap();
        let on: usize = body.split(' ').next().unwrap().parse().unwrap();
        assert!(number.ends_with(&format!("–220.1 {}", on - front)), "{entry}: {number}\n{text}");
    }
}

/// PDF 32000-1 12.3.3, Word (outlineLvl): bookmarks of the PDF nest as the headings do, each with its page and place.
#[test]
fn the_outline_nests_as_headings_do() {
    let (text, _, layout) = set_report_in("outline", &format!("{NARROW}first_line = 0\n"), "", &body());
    let outline: Vec<_> =
        layout.pages.outline.iter().map(|entry| (entry.level, entry.title.as_str(), entry.page)).collect();
    assert_eq!(outline.iter().map(|entry| entry.0).collect::<Vec<_>>(), [0, 1, 0]);
    for (_, title, page) in outline {
        assert_eq!(place(&text, title).0, page + 1, "{title}");
    }
}

/// Word (w:hyperlink), PDF 32000-1 12.5.6.5: an address and a reference can be clicked over the whole of their text and line.
#[test]
fn links_and_references_lead_where_they_say() {
    let (text, _, layout) = set_report_in(
        "links",
        &format!("{NARROW}first_line = 0\n"),
        "",
        "见[网站](https://example.com/)和[下文](#乙)。\n\n# 乙\n\n丙",
    );
    let links: Vec<_> = layout.pages.pages[0].links.iter().collect();
    assert_eq!(links.iter().map(|link| link.text.as_str()).collect::<Vec<_>>(), ["网站", "下文"]);
    assert!(matches!(&links[0].link, Link::Address(address) if &**address == "https://example.com/"));
    assert!(matches!(&links[1].link, Link::Bookmark(_)));
    let (_, base, left, _) = place(&text, "见网站");
    let place = (links[0].left_pt, links[0].right_pt, links[0].top_pt, links[0].bottom_pt);
    assert_eq!(place, (left + 12.0, left + 36.0, base - 16.0, base + 4.0));
}

/// Word (numbering): labels hang, text and its further lines begin below each other, inner lists are indented and count anew.
#[test]
fn items_of_lists_hang_from_their_labels() {
    let text = golden(
        "lists",
        "",
        "- 教育系统党建工作总结各学校\n- 报送\n\n正文\n\n1. 教育系统党建工作总结各学校\n   - 报送\n2. 要点\n\n正文\n\n5. 续号",
    );
    let found = texts(&text);
    let labels = ["●", "○", "1.", "2.", "5."];
    assert!(labels.iter().all(|label| found.contains(label)), "{text}");
    assert!((place(&text, "教育系统党建").2 - 142.0).abs() < 0.1 && (place(&text, "工作总结").2 - 142.0).abs() < 0.1);
}

/// By custom: title, issuer and date stand on a page of their own, which has neither header nor number; chapters are named above
/// the text.
#[test]
fn a_cover_stands_in_front_with_title_issuer_and_date() {
    let front = "标题：全市党建工作总结\n署名：云江市教育局\n日期：2024年1月15日\n";
    let (text, ..) = set_report_in("cover", "based_on = \"report\"\n", front, "# 总体\n\n正文");
    let first: Vec<&str> = text.lines().filter(|line| line.starts_with("1 ") && !line.contains(" rule ")).collect();
    assert_eq!(first.len(), 3, "{text}");
    assert!(first[0].ends_with("全市党建工作总结") && first[2].ends_with("2024年1月15日"), "{text}");
}
