//! How blocks flow over pages: a page of [`super::testing`] has nine lines of ten characters.

use proptest::prelude::*;

use super::testing::{document, lines_of, paragraph, set, set_on_pages};
use crate::document::{
    Align, Block, Border, Cell, Content, Field, HeaderFooter, Indent, Length, LineSpacing, NumberFormat, Numbering,
    NumberingLevel, NumberingRef, Paragraph, ParagraphFormat, Run, Table, TableRow, WordRules,
};

/// A paragraph of so many full lines.
fn lines(count: usize, sign: char) -> Paragraph {
    paragraph(&sign.to_string().repeat(10 * count))
}

fn with(paragraph: Paragraph, change: impl FnOnce(&mut ParagraphFormat)) -> Block {
    let mut paragraph = paragraph;
    change(&mut paragraph.format);
    Block::Paragraph(paragraph)
}

fn plain(paragraph: Paragraph) -> Block {
    Block::Paragraph(paragraph)
}

/// Of each line the page and the first character: `1甲`.
fn places(blocks: Vec<Block>) -> String {
    let lines = lines_of(&set_on_pages(blocks));
    lines
        .iter()
        .filter_map(|line| Some(format!("{}{}", &line[..1], line.rsplit(' ').next()?.chars().next()?)))
        .collect()
}

/// Baselines of all lines.
fn baselines(blocks: Vec<Block>) -> Vec<String> {
    let lines = lines_of(&set_on_pages(blocks));
    lines.iter().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn an_empty_line_may_hang_over_the_foot_by_its_descent_in_word() {
    // lines of ten points on a page of 180: the last but one ends at 172, and one more has eight points above its baseline
    let pages = |word: bool, last: &str| {
        let single = |text: &str, spacing| with(paragraph(text), |format| format.line_spacing = Some(spacing));
        let mut blocks = vec![single("a", LineSpacing::Exact(Length::pt(12.0)))];
        blocks.extend((0..16).map(|_| single("a", LineSpacing::Multiple(1.0))));
        blocks.push(single(last, LineSpacing::Multiple(1.0)));
        let document = document(blocks, |sheet| sheet.typography.word = word.then(WordRules::default));
        set(&document).pages.pages.len()
    };
    assert_eq!((pages(false, ""), pages(true, ""), pages(true, "a")), (2, 1, 2));
}

#[test]
fn a_small_document_stands_where_it_should() {
    let title = with(paragraph("总结"), |format| {
        format.align = Some(Align::Center);
        format.space_after = Some(Length::pt(10.0));
    });
    let body = with(paragraph("全校有党支部12个，党员345人。"), |format| {
        format.align = Some(Align::Justify);
        format.first_line = Some(Indent::Chars(2.0));
    });
    let signed = with(paragraph("2023年"), |format| format.align = Some(Align::End));
    assert_eq!(
        lines_of(&set_on_pages(vec![title, body, signed])),
        ["1: 60.0 36.0 总结", "1: 40.0 66.0 全校有党支部12", "1: 20.0 86.0 个，党员345人。", "1: 87.5 106.0 2023年"]
    );
}

#[test]
fn a_page_holds_the_lines_that_fit() {
    assert_eq!(places(vec![plain(lines(11, '甲'))]), "1甲".repeat(9) + &"2甲".repeat(2));
}

#[test]
fn no_line_stands_alone_on_a_page() {
    // the tenth line takes the ninth along
    assert_eq!(places(vec![plain(lines(10, '甲'))]), "1甲".repeat(8) + &"2甲".repeat(2));
    // one line of the paragraph would stand at the page's foot
    assert_eq!(places(vec![plain(lines(8, '甲')), plain(lines(4, '乙'))]), "1甲".repeat(8) + &"2乙".repeat(4));
    // three lines are never parted
    assert_eq!(places(vec![plain(lines(7, '甲')), plain(lines(3, '乙'))]), "1甲".repeat(7) + &"2乙".repeat(3));
    let free = with(lines(10, '甲'), |format| format.widow_control = Some(false));
    assert_eq!(places(vec![free]), "1甲".repeat(9) + "2甲");
}

#[test]
fn a_heading_goes_with_two_lines_of_what_follows() {
    let blocks = |filled| {
        let heading = with(lines(1, '题'), |format| format.keep_next = Some(true));
        vec![plain(lines(filled, '甲')), heading, plain(lines(4, '乙'))]
    };
    assert_eq!(places(blocks(6)), "1甲".repeat(6) + "1题" + &"1乙".repeat(2) + &"2乙".repeat(2));
    assert_eq!(places(blocks(7)), "1甲".repeat(7) + "2题" + &"2乙".repeat(4));
}

#[test]
fn headings_below_one_another_go_together() {
    let heading = |sign| with(lines(1, sign), |format| format.keep_next = Some(true));
    let blocks = vec![plain(lines(7, '甲')), heading('一'), heading('二'), plain(lines(2, '乙'))];
    assert_eq!(places(blocks), "1甲".repeat(7) + "2一2二2乙2乙");
}

#[test]
fn more_than_a_page_kept_together_is_set_all_the_same() {
    let blocks = (0..30).map(|_| with(lines(1, '题'), |format| format.keep_next = Some(true))).collect();
    assert_eq!(places(blocks).matches('题').count(), 30);
}

#[test]
fn a_caption_goes_with_the_table_below() {
    let row = |sign: char| TableRow {
        cells: vec![Cell::of(vec![plain(paragraph(&sign.to_string()))])],
        ..TableRow::default()
    };
    let mut rows = vec![row('名'), row('乙')];
    rows[0].header = true;
    let table = Table { columns: vec![Length::pt(60.0)], rows, ..Table::default() };
    let caption = with(lines(1, '题'), |format| format.keep_next = Some(true));
    let blocks = |filled| vec![plain(lines(filled, '甲')), caption.clone(), Block::from(table.clone())];
    assert_eq!(places(blocks(6)), "1甲".repeat(6) + "1题1名1乙");
    assert_eq!(places(blocks(7)), "1甲".repeat(7) + "2题2名2乙");
}

#[test]
fn lines_that_are_kept_stay_on_one_page() {
    let kept = with(lines(5, '乙'), |format| format.keep_lines = Some(true));
    assert_eq!(places(vec![plain(lines(6, '甲')), kept]), "1甲".repeat(6) + &"2乙".repeat(5));
}

#[test]
fn the_larger_of_two_spaces_counts() {
    let above = with(paragraph("甲"), |format| format.space_after = Some(Length::pt(6.0)));
    let below = with(paragraph("乙"), |format| format.space_before = Some(Length::pt(10.0)));
    assert_eq!(baselines(vec![above, below]), ["1: 20.0 36.0", "1: 20.0 66.0"]);
}

#[test]
fn space_of_words_choice_is_left_around_paragraphs_and_not_around_list_items() {
    let automatic = |numbering| {
        with(paragraph("乙"), |format| {
            format.space_before = Some(Length::pt(5.0));
            format.auto_before = Some(true);
            format.numbering = Some(numbering);
        })
    };
    assert_eq!(baselines(vec![plain(paragraph("甲")), automatic(None)]), ["1: 20.0 36.0", "1: 20.0 70.0"]);
    let item = Some(NumberingRef { list: 0, level: 0 });
    assert_eq!(baselines(vec![plain(paragraph("甲")), automatic(item)]), ["1: 20.0 36.0", "1: 20.0 56.0"]);
}

#[test]
fn space_above_vanishes_where_a_page_begins_by_itself() {
    let spaced = |paragraph| with(paragraph, |format| format.space_before = Some(Length::pt(10.0)));
    let first = spaced(paragraph("甲"));
    assert_eq!(baselines(vec![first]), ["1: 20.0 46.0"], "kept on the first page");
    let after_nine = baselines(vec![plain(lines(9, '甲')), spaced(paragraph("乙"))]);
    assert_eq!(after_nine.last().unwrap(), "2: 20.0 36.0");
    let asked_for = with(paragraph("乙"), |format| {
        format.space_before = Some(Length::pt(10.0));
        format.page_break_before = Some(true);
    });
    let above = with(paragraph("甲"), |format| format.space_after = Some(Length::pt(4.0)));
    assert_eq!(baselines(vec![above, asked_for])[1], "2: 20.0 42.0", "10 less the 4 below the paragraph before");
}

#[test]
fn a_page_break_goes_on_on_the_next_page() {
    let mut parted = paragraph("甲");
    parted.runs.push(Run::of(Content::PageBreak));
    parted.runs.push(Run::text("乙"));
    assert_eq!(places(vec![plain(parted), plain(paragraph("丙"))]), "1甲2乙2丙");
    let alone = Paragraph { runs: vec![Run::of(Content::PageBreak)], ..Paragraph::default() };
    let full_page = vec![plain(lines(9, '甲')), plain(alone), plain(paragraph("丙"))];
    assert_eq!(places(full_page), "1甲".repeat(9) + "2丙", "no empty page after a full one");
}

#[test]
fn headers_and_footers_stand_on_every_page_with_their_numbers() {
    let mut number = paragraph("— ");
    number.runs.push(Run::of(Content::Field(Field::Page)));
    number.runs.push(Run::text("/"));
    number.runs.push(Run::of(Content::Field(Field::PageCount)));
    let mut document = document(vec![plain(lines(20, '甲'))], |_| ());
    let section = &mut document.sections[0];
    section.page.first_page_number = Some(7);
    section.header.default = vec![plain(paragraph("眉"))];
    section.footer =
        HeaderFooter { default: vec![plain(number)], even: Some(vec![plain(paragraph("双"))]), first: None };
    let lines = lines_of(&set(&document).pages);
    let others: Vec<&String> = lines.iter().filter(|line| !line.contains('甲')).collect();
    // the header's line of 20 pt begins at 5 and pushes the text to 25; the footer's begins 25 above the edge
    assert_eq!(
        others,
        [
            "1: 20.0 21.0 眉",
            "1: 20.0 211.0 — 7/3",
            "2: 20.0 21.0 眉",
            "2: 20.0 211.0 双",
            "3: 20.0 21.0 眉",
            "3: 20.0 211.0 — 9/3"
        ]
    );
    assert_eq!(lines[1], format!("1: 20.0 41.0 {}", "甲".repeat(10)));
    assert_eq!(lines.iter().filter(|line| line.starts_with("1:") && line.contains('甲')).count(), 8);
}

#[test]
fn the_number_of_pages_is_right_in_the_text_too() {
    let mut first = paragraph("共");
    first.runs.push(Run::of(Content::Field(Field::PageCount)));
    let lines = lines_of(&set_on_pages(vec![plain(first), plain(lines(20, '甲'))]));
    assert_eq!(lines[0], "1: 20.0 36.0 共3");
}

#[test]
fn headings_are_named_in_the_outline() {
    let heading = |text, level| with(paragraph(text), |format| format.outline_level = Some(Some(level)));
    let pages = set_on_pages(vec![heading("一、总体", 0), plain(lines(9, '甲')), heading("（一）组织", 1)]);
    let outline: Vec<_> =
        pages.outline.iter().map(|entry| (entry.level, &*entry.title, entry.page, entry.y_pt)).collect();
    assert_eq!(outline, [(0, "一、总体", 0, 20.0), (1, "（一）组织", 1, 60.0)]);
}

#[test]
fn list_items_are_numbered_and_hang() {
    let level = NumberingLevel {
        format: NumberFormat::Decimal,
        text: "%1.".into(),
        indent_left: Indent::Chars(2.0),
        first_line: Indent::Chars(-2.0),
        ..NumberingLevel::default()
    };
    let item = |text| with(paragraph(text), |format| format.numbering = Some(Some(NumberingRef { list: 0, level: 0 })));
    let mut document = document(vec![item("甲"), item("乙乙乙乙乙乙乙乙乙")], |sheet| {
        sheet.numberings = vec![Numbering { levels: vec![level], ..Numbering::default() }];
    });
    document.lists = vec![0];
    assert_eq!(
        lines_of(&set(&document).pages),
        ["1: 20.0 36.0 1.", "1: 40.0 36.0 甲", "1: 20.0 56.0 2.", "1: 40.0 56.0 乙乙乙乙乙乙乙乙", "1: 40.0 76.0 乙"]
    );
}

#[test]
fn a_ruled_paragraph_takes_room_for_its_rules() {
    let rule = Some(Border { space: Length::pt(3.0), ..Border::single(Length::pt(1.0)) });
    let ruled = |text| {
        with(paragraph(text), |format| {
            let borders = crate::document::ParagraphBorders { top: rule, bottom: rule, left: None, right: None };
            format.borders = Some(borders);
        })
    };
    let lines = baselines(vec![ruled("甲"), ruled("乙"), plain(paragraph("丙"))]);
    assert_eq!(lines, ["1: 20.0 40.0", "1: 20.0 60.0", "1: 20.0 84.0"], "equal neighbours share one frame");
}

#[test]
fn automatic_lines_are_as_high_as_their_face() {
    let auto = |text| with(paragraph(text), |format| format.line_spacing = Some(LineSpacing::Multiple(2.0)));
    // Han: 83/64 of 10 pt, of which 19/128 above; the multiple's extra is below
    assert_eq!(baselines(vec![auto("甲"), auto("乙")]), ["1: 20.0 29.5", "1: 20.0 55.4"]);
    assert_eq!(baselines(vec![auto("a"), auto("b")]), ["1: 20.0 28.0", "1: 20.0 48.0"]);
}

#[test]
fn a_line_is_squeezed_for_one_more_character_where_the_style_asks() {
    let squeezed = |text: &str, squeeze| {
        let blocks = vec![with(paragraph(text), |format| format.indent_right = Some(Indent::Length(Length::pt(4.0))))];
        let document = document(blocks, |sheet| sheet.typography.compress_punctuation = squeeze);
        let lines = lines_of(&set(&document).pages);
        lines.iter().filter_map(|line| line.rsplit(' ').next().map(String::from)).collect::<Vec<_>>()
    };
    // 96 pt: ten characters are 4 pt too many, which the comma gives
    assert_eq!(squeezed("党建，工作总结报告呈", true), ["党建，工作总结报告", "呈"], "a last line gives up nothing");
    assert_eq!(squeezed("党建，工作总结报告呈上级看", true), ["党建，工作总结报告呈", "上级看"]);
    assert_eq!(squeezed("党建，工作总结报告呈上级看", false), ["党建，工作总结报告", "呈上级看"]);
    assert_eq!(squeezed("党建的工作总结报告呈上级看", true), ["党建的工作总结报告", "呈上级看"], "no mark, no room");
}

#[test]
fn missing_characters_are_named_once() {
    let layout = set(&document(vec![plain(paragraph("有\u{2A700}字")), plain(paragraph("又\u{2A700}"))], |_| ()));
    let named: Vec<_> = layout.missing.iter().map(|missing| (missing.character, &*missing.context)).collect();
    assert_eq!(named, [('\u{2A700}', "有\u{2A700}字")]);
    assert_eq!(lines_of(&layout.pages)[0], "1: 20.0 36.0 有\u{2A700}字", "it is still found by its own code");
}

#[test]
fn a_document_without_end_is_cut_off_and_says_so() {
    let breaks = Paragraph { runs: vec![Run::of(Content::PageBreak); 6000], ..Paragraph::default() };
    let layout = set(&document(vec![plain(breaks)], |_| ()));
    assert!(layout.cut_off);
    assert_eq!(layout.pages.pages.len(), super::flow::MAX_PAGES);
}

#[test]
fn what_stands_on_every_page_counts_on_every_page_until_the_document_is_cut_off() {
    let breaks = Paragraph { runs: vec![Run::of(Content::PageBreak); 4000], ..Paragraph::default() };
    let mut document = document(vec![plain(breaks)], |_| ());
    document.sections[0].header.default = vec![plain(paragraph(&"页眉".repeat(10_000)))];
    let layout = set(&document);
    assert!(layout.cut_off);
    assert!((10..100).contains(&layout.pages.pages.len()), "{}", layout.pages.pages.len());
}

#[test]
fn absurd_measures_do_no_harm() {
    let huge = Length::emu(i64::MAX);
    for length in [huge, -huge, Length::ZERO, Length::pt(-3.0)] {
        let odd = with(paragraph("甲乙，a1"), |format| {
            format.indent_left = Some(Indent::Length(length));
            format.first_line = Some(Indent::Chars(f64::NAN));
            format.space_before = Some(length);
            format.line_spacing = Some(LineSpacing::Exact(length));
        });
        let mut document = document(vec![odd.clone(), odd], |_| ());
        document.sections[0].page.margin_left = length;
        document.sections[0].page.margin_top = length;
        let text: String = lines_of(&set(&document).pages)
            .iter()
            .filter_map(|line| line.rsplit(' ').next().map(String::from))
            .collect();
        assert_eq!(text, "甲乙，a1甲乙，a1");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn all_text_is_set_in_order(texts in prop::collection::vec("[党建工作，。（）“”a-z0-9]{1,60}", 1..12), widow in any::<bool>(), keep in any::<bool>()) {
        let blocks = texts.iter().map(|text| with(paragraph(text), |format| {
            format.align = Some(Align::Justify);
            format.widow_control = Some(widow);
            format.keep_next = Some(keep && text.len() % 2 == 0);
        }));
        let lines = lines_of(&set_on_pages(blocks.collect()));
        let set: String = lines.iter().flat_map(|line| line.splitn(4, ' ').nth(3)).collect();
        prop_assert_eq!(set, texts.concat());
    }

    #[test]
    fn a_justified_line_ends_at_the_margin(text in "([党建工作]{1,3}，?[a-z0-9]{0,2}){20,30}") {
        let pages = set_on_pages(vec![with(paragraph(&text), |format| format.align = Some(Align::Justify))]);
        let mut ends = std::collections::BTreeMap::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let super::Item::Text(run) = item {
                let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
                ends.insert(run.baseline_pt as i32, run.x_pt + width);
            }
        }
        // the last line ends where it ends; words are short, so that none leaves a line with a single sign
        let full: Vec<f32> = ends.values().copied().filter(|end| (*end - 120.0).abs() < 0.01).collect();
        prop_assert!(ends.len() - full.len() <= 1, "{ends:?}");
    }
}

#[test]
fn what_a_multiple_adds_below_the_last_line_need_not_be_on_the_page() {
    // seven lines of 20 leave 40 for a heading of 20 and a line of 10 that takes 25
    let kept = with(paragraph("甲"), |format| format.keep_next = Some(true));
    let loose = with(paragraph("ab"), |format| format.line_spacing = Some(LineSpacing::Multiple(2.5)));
    assert_eq!(places(vec![plain(lines(7, '丙')), kept, loose]), "1丙".repeat(7) + "1甲1a");
}
