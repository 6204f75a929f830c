//! What a person typed, and the document that comes of it, as text to read.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::document::{
    Bookmark, Bound, Content, Field, Indent, LineSpacing, SourceId, Table, Underline, VerticalMerge, VerticalPosition,
};
use crate::style::Contents;
use crate::template::inserts::{Insert, InsertedCell, InsertedTable};

/// A document's blocks as text: the style, what is set besides, the runs; tables cell by cell.
fn dump(document: &Document) -> String {
    let mut text = String::new();
    for (at, block) in document.sections.iter().enumerate().flat_map(|(at, section)| {
        section.blocks.iter().enumerate().map(move |(place, block)| (if place == 0 { at } else { 0 }, block))
    }) {
        if at > 0 {
            text += "──────\n";
        }
        match block {
            Block::Paragraph(paragraph) => writeln!(text, "{}", dump_paragraph(document, paragraph)).unwrap(),
            Block::Table(table) => text += &dump_table(document, table),
        }
    }
    text
}

fn dump_paragraph(document: &Document, paragraph: &Paragraph) -> String {
    let style = &document.styles.paragraph_style(paragraph.style).unwrap().id;
    let mut marks = String::new();
    let format = &paragraph.format;
    if let Some(Some(numbering)) = format.numbering {
        write!(marks, " list{}.{}", numbering.list, numbering.level).unwrap();
    }
    if format.page_break_before == Some(true) {
        marks += " new-page";
    }
    if format.keep_next == Some(true) {
        marks += " keep";
    }
    if let Some(Indent::Length(left)) = format.indent_left {
        write!(marks, " left={}pt", left.to_pt()).unwrap();
    }
    if let Some(LineSpacing::Exact(pitch)) = format.line_spacing {
        write!(marks, " pitch={}pt", pitch.to_pt()).unwrap();
    }
    if let Some(align) = format.align {
        write!(marks, " {align:?}").unwrap();
    }
    format!("[{style}{marks}] {}", dump_runs(&paragraph.runs))
}

fn dump_runs(runs: &[crate::document::Run]) -> String {
    let show = |run: &crate::document::Run| {
        let text = match &run.content {
            Content::Text(text) => text.clone(),
            Content::LineBreak => "⏎".to_owned(),
            Content::Tab => "⇥".to_owned(),
            Content::PageBreak => "⇟".to_owned(),
            Content::Field(Field::Page) => "{page}".to_owned(),
            Content::Field(Field::PageCount) => "{pages}".to_owned(),
            Content::Picture(_) => "{picture}".to_owned(),
            Content::Bound(Bound::FieldBegin(instruction)) => format!("‹{instruction}："),
            Content::Bound(Bound::FieldEnd) => "›".to_owned(),
            Content::Bookmark(Bookmark::Named(name)) => format!("⌊{name} "),
            Content::Bound(Bound::BookmarkEnd(_)) => "⌋".to_owned(),
            other => format!("{{{other:?}}}"),
        };
        let mut marks = String::new();
        let format = &run.format;
        let raised = matches!(&run.content, Content::Text(text) if text.is_ascii());
        for (set, mark) in [
            (format.bold == Some(true), "b"),
            (format.italic == Some(true), "i"),
            (format.strike == Some(true), "s"),
            (format.underline == Some(Underline::Single), "u"),
            (format.emphasis_mark == Some(true), "."),
            (raised && format.position == Some(VerticalPosition::Superscript), "^"),
            (format.position == Some(VerticalPosition::Subscript), "~"),
        ] {
            if set {
                marks += mark;
            }
        }
        if let Some(SourceId(source)) = run.source {
            write!(marks, "@{source}").unwrap();
        }
        if marks.is_empty() { text } else { format!("<{marks}>{text}</>") }
    };
    runs.iter().map(show).collect()
}

fn dump_table(document: &Document, table: &Table) -> String {
    let widths: Vec<_> = table.columns.iter().map(|width| width.to_twips().to_string()).collect();
    let mut text = format!("┌ {} （{}）\n", widths.join(" + "), table.description);
    for row in &table.rows {
        let cells: Vec<_> = row
            .cells
            .iter()
            .map(|cell| {
                let Block::Paragraph(paragraph) = &cell.blocks[0] else { panic!("a table in a cell") };
                let span = if cell.span > 1 { format!("{}×", cell.span) } else { String::new() };
                let merge = match cell.merge {
                    VerticalMerge::None => "",
                    VerticalMerge::Restart => "↓",
                    VerticalMerge::Continue => "↑",
                };
                format!("{span}{merge}{}", dump_paragraph(document, paragraph))
            })
            .collect();
        writeln!(text, "│ {}{}", if row.header { "‖ " } else { "" }, cells.join(" │ ")).unwrap();
    }
    text
}

fn official() -> Style {
    Style::carried("gongwen").unwrap()
}

fn read(body: &str, inserts: Inserts) -> (String, Vec<&'static str>) {
    let (document, problems) = to_document(body, &Head::default(), inserts, &official(), &Typed::default());
    (dump(&document), problems.iter().map(|problem| problem.code).collect())
}

fn value(inserts: &mut Inserts, text: &str) -> String {
    inserts.hold(Insert::Text { text: text.to_owned(), source: None })
}

#[test]
fn a_report_reads_as_its_template_says() {
    let mut inserts = Inserts::default();
    let school = value(&mut inserts, "江城市第一中学");
    let count = inserts.hold(Insert::Text { text: "12".into(), source: Some(SourceId(3)) });
    let blank = value(&mut inserts, "");
    let table = inserts.hold(Insert::Table(InsertedTable {
        caption: Some("各支部情况".into()),
        note: Some("数据截至年底。".into()),
        header: vec![
            vec!["支部".into(), "党员".into(), "党员".into()],
            vec!["支部".into(), "正式".into(), "预备".into()],
        ],
        rows: vec![
            vec![cell("第一支部", false), cell("20", true), cell("—", false)],
            vec![cell("合计", false), cell("20", true), cell("0", true)],
        ],
        total: true,
        ..Default::default()
    }));
    let mut head = Head::default();
    head.set(Key::Title, format!("2023年{school}党建工作总结"));
    head.set(Key::To, "市教育工委");
    head.set(Key::Signed, format!("中共{school}委员会"));
    head.set(Key::Date, "2024年1月15日");
    head.set(Key::Keywords, "党建、总结，2023");
    let body = format!(
        "# 组织建设\n\n　　全校有党支部{count}个，**党员**{count}人，\n其中~~预备~~*正式*党员。\n\n## 队伍{{-}}\n\n\
         ## 队伍\n\n- 甲\n- 乙\n  1. 丙\n\n     续丙\n\n3. 丁\n4. 戊\n\n{table}\n\n\
         题：各区县情况\n\n| 区县 | 党员 |\n|---|---:|\n| {school} | {blank} |\n注：不含民办。\n\n---\n\n\
         # 三、下一步\n\n> 引文\\\n第二行\n\n# 收尾\n\n<b>照原样</b>\n"
    );
    let (document, problems) = to_document(&body, &head, inserts, &official(), &Typed::default());
    assert_eq!(problems, []);
    assert_eq!(document.info.date.as_deref(), Some("2024-01-15"));
    assert_eq!(document.info.keywords, ["党建", "总结", "2023"]);
    assert_eq!(document.info.author, "中共江城市第一中学委员会");
    let trimmed: Vec<_> = dump(&document).lines().map(|line| line.trim_end().to_owned()).collect();
    assert_eq!(trimmed, GOLDEN.lines().collect::<Vec<_>>());
}

fn cell(text: &str, number: bool) -> InsertedCell {
    InsertedCell { text: text.into(), number, ..InsertedCell::default() }
}

const GOLDEN: &str = include_str!("tests/report.txt");

#[test]
fn what_a_cell_holds_is_never_markup() {
    for hostile in
        ["# 甲", "- 甲", "**甲**", "| 甲 |", "<b>甲</b>", "题：甲", "注：甲", "{{甲}}", "---", "1. 甲", "&lt;"]
    {
        let mut inserts = Inserts::default();
        let held = value(&mut inserts, hostile);
        let (text, problems) = read(&format!("{held}\n\n| 列 |\n|---|\n| {held} |\n"), inserts);
        assert!(text.starts_with(&format!("[BodyText] {hostile}\n")), "{text}");
        assert!(text.contains(&format!("│ [TableText] {hostile}\n")), "{text}");
        assert!(problems.is_empty());
    }
}

#[test]
fn emphasis_works_beside_chinese_marks_and_values() {
    let mut inserts = Inserts::default();
    let held = value(&mut inserts, "甲");
    let (text, _) = read(&format!("**{held}：**乙**“丙”**丁**{held}**戊"), inserts);
    assert_eq!(text, "[BodyText] <b>甲：</>乙<b>“丙”</>丁<b>甲</>戊\n");
}

#[test]
fn text_is_underlined_dotted_raised_and_lowered() {
    let (text, _) = read("++甲乙++和==丙丁==，10^3^米，H~2~O，~~错~~", Inserts::default());
    assert_eq!(text, "[BodyText] <u>甲乙</>和<.>丙丁</>，10<^>3</>米，H<~>2</>O，<s>错</>\n");
}

#[test]
fn what_only_looks_like_a_mark_stays_as_it_is_typed() {
    for typed in
        ["5~10人，20~30人", "姓名：____ 单位：____", "1+1=2，a==b", "C++和C++、Notepad++", "2^10", "~", "学习C==和"]
    {
        assert_eq!(read(typed, Inserts::default()).0, format!("[BodyText] {typed}\n"));
    }
    let (text, _) = read("甲[^一]乙[^二]\n\n[^一]: 丙\n\n[^二]: 丁", Inserts::default());
    assert!(!text.contains("<^>甲") && !text.contains("<^>一"), "{text}");
}

#[test]
fn a_table_within_text_is_named_and_told() {
    let mut inserts = Inserts::default();
    let table =
        InsertedTable { caption: Some("各校".into()), rows: vec![vec![cell("甲", false)]], ..Default::default() };
    let held = inserts.hold(Insert::Table(table));
    let (text, problems) = read(&format!("见{held}。"), inserts);
    assert_eq!(text, "[BodyText] 见［表格：各校］。\n");
    assert_eq!(problems, ["template.table-not-alone"]);
}

#[test]
fn a_caption_without_a_table_is_told() {
    let (text, problems) = read("题：各校\n\n正文", Inserts::default());
    assert_eq!(text, "[BodyText] 题：各校\n[BodyText] 正文\n");
    assert_eq!(problems, ["template.caption-without-table"]);
}

#[test]
fn a_picture_in_markdown_leaves_its_description() {
    let (text, problems) = read("见![校门](a.png)。", Inserts::default());
    assert_eq!((text.as_str(), problems.as_slice()), ("[BodyText] 见校门。\n", ["template.image"].as_slice()));
}

#[test]
fn tables_fill_the_width_of_the_text() {
    let (document, _) = to_document(
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
        &Head::default(),
        Inserts::default(),
        &official(),
        &Typed::default(),
    );
    let Block::Table(table) = &document.sections[0].blocks[0] else { panic!("no table") };
    let sum: i32 = table.columns.iter().map(|width| width.to_twips()).sum();
    assert_eq!(sum, 8844);
}

#[test]
fn a_page_may_begin_right_below_the_title() {
    let mut head = Head::default();
    head.set(Key::Title, "总结");
    let (document, _) = to_document("---\n\n正文", &head, Inserts::default(), &official(), &Typed::default());
    assert_eq!(dump(&document), "[Title] 总结\n[BodyText new-page] 正文\n");
}

#[test]
fn a_figure_has_room_for_digits_of_a_wide_face() {
    let body = format!("| 学校 | 党员 |\n|---|---:|\n| {} | 12345678 |", "江城市第一中学".repeat(12));
    let (document, _) = to_document(&body, &Head::default(), Inserts::default(), &official(), &Typed::default());
    let Block::Table(table) = &document.sections[0].blocks[0] else { panic!("no table") };
    let inner = table.columns[1] - table.margins.left - table.margins.right;
    assert!(inner.to_pt() >= 8.0 * 0.64 * 12.0, "{}", inner.to_pt());
}

#[test]
fn deep_nesting_is_read_without_end_of_the_stack() {
    let deep = [">".repeat(3000), "- ".repeat(400), "**".repeat(3000), "[".repeat(3000), "*a_".repeat(3000)];
    for body in deep {
        read(&format!("{body}甲"), Inserts::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(body in "([-#>|*_`<~!\\[\\]()：题注甲1. \n\\\\\u{FDD0}\u{FDD1}]|\\PC){0,120}") {
        let mut inserts = Inserts::default();
        value(&mut inserts, "值");
        read(&body, inserts);
    }

    #[test]
    fn the_text_of_a_value_comes_out_as_it_is(text in "[^\\p{C}\\p{Z}\\p{M}]{1,40}") {
        let mut inserts = Inserts::default();
        let held = value(&mut inserts, &text);
        let (shown, _) = read(&format!("# {held}{{-}}\n\n{held}\n\n- {held}\n\n| a |\n|---|\n| {held} |"), inserts);
        prop_assert_eq!(shown.matches(text.as_str()).count() >= 4, true, "{}", shown);
    }
}

const CHAPTERS: &str = "# 总体情况\n\n见[](#各区情况)和[](#党费)，在第[@](#党费)页；[另见](#党费)，[网址](https://example.com/a)。\n\n\
    题：各区情况\n\n| 区 | 人 |\n|---|--:|\n| 甲 | 1 |\n\n# 党费\n\n## 收缴\n";

fn chapters(style: &str, head: &Head) -> (String, Vec<String>) {
    let style = Style::carried(style).unwrap();
    let (document, problems) = to_document(CHAPTERS, head, Inserts::default(), &style, &Typed::default());
    (dump(&document), problems.iter().map(|problem| problem.to_text(crate::diagnostic::Language::Chinese)).collect())
}

#[test]
fn a_reference_shows_the_number_or_the_page_of_what_it_names() {
    let (text, problems) = chapters("gongwen", &Head::default());
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        text,
        "[Heading1] 一、总体情况\n\
         [BodyText] 见‹REF _Ref2 \\h：表1›和‹REF _Ref3 \\h：二›，在第‹PAGEREF _Toc3 \\h：1›页；另见，网址。\n\
         [Caption] ⌊_Toc2 ⌊_Ref2 表‹SEQ 表 \\* ARABIC：1›⌋　各区情况⌋\n\
         ┌ 4422 + 4422 （各区情况）\n\
         │ ‖ [TableHeader] 区 │ [TableHeader] 人\n\
         │ [TableText] 甲 │ [TableNumber] 1\n\
         [Normal pitch=14pt] \n\
         [Heading1] ⌊_Toc3 ⌊_Ref3 二⌋、党费⌋\n\
         [Heading2] （一）收缴\n"
    );
}

#[test]
fn contents_list_headings_and_captions_in_fields_that_a_word_processor_can_make_anew() {
    let contents = Contents { levels: 2, tables: true, figures: true };
    let mut head = Head::before_text(true, contents);
    head.set(Key::Title, "总结");
    head.set(Key::Signed, "某校");
    let (text, _) = chapters("report", &head);
    let (before, _) = text.split_once("[Heading1]").unwrap();
    assert_eq!(
        before,
        "[CoverTitle] 总结\n\
         [CoverLine] 某校\n\
         ──────\n\
         [TOCHeading] 目　录\n\
         [TOC1] ‹TOC \\o \"1-2\" \\h \\z \\u：第一章　总体情况⇥‹PAGEREF _Toc1 \\h：1›\n\
         [TOC1] 第二章　党费⇥‹PAGEREF _Toc3 \\h：1›\n\
         [TOC2] 2.1　收缴⇥‹PAGEREF _Toc4 \\h：1››\n\
         [TOCHeading] 表目录\n\
         [TableofFigures] ‹TOC \\h \\z \\c \"表\"：表1　各区情况⇥‹PAGEREF _Toc2 \\h：1››\n\
         ──────\n"
    );
}

#[test]
fn a_reference_to_nothing_is_an_error_with_the_nearest_title() {
    let (document, problems) = to_document(
        "# 总体情况\n\n见[](#总体情形)。",
        &Head::default(),
        Inserts::default(),
        &official(),
        &Typed::default(),
    );
    assert_eq!(document.sections.len(), 1);
    let texts: Vec<_> = problems.iter().map(|problem| problem.to_text(crate::diagnostic::Language::Chinese)).collect();
    assert_eq!(texts, ["错误：引用了“总体情形”，但没有这样的标题、表或图\n  办法：是不是“总体情况”？"]);

    let text = "# 总体情况\n\n一。\n又见[](#总体情形)。";
    let typed = Typed::of("甲.md", text, 5);
    let (_, problems) = to_document(text, &Head::default(), Inserts::default(), &official(), &typed);
    assert_eq!(problems[0].place.to_string(), "甲.md:8:3");
}

#[test]
fn footnotes_are_numbered_in_their_order_and_stand_apart_from_the_text() {
    let body = "甲[^b]乙[^a]丙[^b]\n\n[^a]: 其一\n\n[^b]: 其二\n\n丁\n";
    let (document, problems) = to_document(body, &Head::default(), Inserts::default(), &official(), &Typed::default());
    assert_eq!(problems.len(), 0);
    assert_eq!(dump(&document), "[BodyText] 甲①{Note(0)}乙②{Note(1)}丙①\n[BodyText] 丁\n");
    let notes = Document { sections: vec![Default::default()], ..document };
    let shown: Vec<_> = notes
        .notes
        .iter()
        .map(|note| {
            let section = crate::document::Section { blocks: note.clone(), ..Default::default() };
            dump(&Document { sections: vec![section], ..notes.clone() })
        })
        .collect();
    assert_eq!(shown, ["[FootnoteText] ① 其二\n", "[FootnoteText] ② 其一\n"]);
}
