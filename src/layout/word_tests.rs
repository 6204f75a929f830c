//! Rules that documents from elsewhere leave to Word, each on a small document; docs/word-rules.md lists all of them.

use std::sync::Arc;

use super::page::Item;
use super::testing::{document, lines_of, paragraph, set, set_on_pages};
use crate::document::{
    Align, Block, Cell, Content, Document, DocumentGrid, Length, LineSpacing, Paragraph, ParagraphFormat, Run,
    StyleSheet, Table, TableRow, Typography, WordRules,
};

fn with(mut paragraph: Paragraph, change: impl FnOnce(&mut ParagraphFormat)) -> Block {
    change(&mut paragraph.format);
    Block::Paragraph(paragraph)
}

fn plain(paragraph: Paragraph) -> Block {
    Block::Paragraph(paragraph)
}

/// Page, left edge and baseline of all lines.
fn baselines(blocks: Vec<Block>) -> Vec<String> {
    let lines = lines_of(&set_on_pages(blocks));
    lines.iter().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect()
}

/// A document by Word's rules, its lines twice as high as their text.
fn words_document(blocks: Vec<Block>) -> Document {
    document(blocks, |sheet| {
        sheet.typography.word = Some(WordRules::default());
        sheet.default_paragraph.line_spacing = Some(LineSpacing::Multiple(2.0));
    })
}

#[test]
fn space_above_text_after_a_leading_break_is_what_it_has_beyond_the_space_before() {
    let above = with(paragraph("甲"), |format| format.space_after = Some(Length::pt(4.0)));
    let mut broken = Paragraph { runs: vec![Run::of(Content::PageBreak), Run::text("乙")], ..Paragraph::default() };
    broken.format.space_before = Some(Length::pt(10.0));
    assert_eq!(baselines(vec![above.clone(), plain(broken)])[1], "2: 20.0 42.0");
    // text before the break had the space already
    let mut parted = Paragraph {
        runs: vec![Run::text("甲"), Run::of(Content::PageBreak), Run::text("乙")],
        ..Paragraph::default()
    };
    parted.format.space_before = Some(Length::pt(10.0));
    assert_eq!(baselines(vec![above, plain(parted)])[2], "2: 20.0 36.0");
}

#[test]
fn a_negative_margin_is_kept_whatever_the_header() {
    let mut document = document(vec![plain(paragraph("甲"))], |_| ());
    document.sections[0].header.default = vec![plain(paragraph(&"眉".repeat(30)))];
    let body = |document: &Document| lines_of(&set(document).pages).into_iter().find(|line| line.contains('甲'));
    assert_eq!(body(&document).unwrap(), "1: 20.0 81.0 甲");
    document.sections[0].page.margin_top = Length::pt(-20.0);
    assert_eq!(body(&document).unwrap(), "1: 20.0 36.0 甲");
}

#[test]
fn lines_must_fit_whole_above_a_high_footer() {
    let last_line = |footer: usize| {
        let mut document = words_document((0..20).map(|_| plain(paragraph("ab"))).collect());
        document.sections[0].footer.default = (0..footer).map(|_| plain(paragraph("cd"))).collect();
        let lines = lines_of(&set(&document).pages);
        lines.iter().filter(|line| line.starts_with("1:") && line.contains("ab")).count()
    };
    // ten points of the last line are enough at the margin, but not above a footer of sixty points
    assert_eq!((last_line(0), last_line(3)), (9, 6));
}

#[test]
fn words_may_break_anywhere_where_the_paragraph_says_so() {
    let text = "见abcdefghijklmnopqrstuvwxyz";
    let broken = with(paragraph(text), |format| format.breaks_words = Some(true));
    let first = |block| lines_of(&set_on_pages(vec![block])).swap_remove(0);
    assert_eq!(first(broken), "1: 20.0 36.0 见abcdefghijklmnopq");
    assert_eq!(first(plain(paragraph(text))), "1: 20.0 36.0 见");
}

#[test]
fn a_line_that_ends_in_a_break_is_stretched_unless_the_document_says_no() {
    let first_advance = |breaks_end_stretch| {
        let block = with(paragraph("党建\n工作"), |format| format.align = Some(Align::Justify));
        let mut document = words_document(vec![block]);
        let rules = WordRules { breaks_end_stretch, ..WordRules::default() };
        Arc::make_mut(&mut document.styles).typography.word = Some(rules);
        let pages = set(&document).pages;
        pages.pages[0].items.iter().find_map(|item| match item {
            Item::Text(run) => run.glyphs.first().map(|glyph| glyph.advance_pt),
            _ => None,
        })
    };
    assert_eq!((first_advance(false), first_advance(true)), (Some(90.0), Some(10.0)));
}

#[test]
fn space_may_be_counted_in_rows_of_the_grid() {
    let mut document = words_document(vec![plain(paragraph("ab")), plain(paragraph("cd"))]);
    let second = |document: &Document| lines_of(&set(document).pages).swap_remove(1);
    assert_eq!(second(&document), "1: 20.0 48.0 cd");
    Arc::make_mut(&mut document.styles).default_paragraph.lines_before = Some(1.5);
    assert_eq!(second(&document), "1: 20.0 84.0 cd", "18 points above each");
    document.sections[0].page.grid = Some(DocumentGrid { line_pitch: Length::pt(20.0), character_spacing: None });
    assert_eq!(second(&document), "1: 20.0 143.0 cd", "30 points above each line of 40");
}

#[test]
fn the_grid_spaces_characters_in_tables_too() {
    let cell = Cell::of(vec![plain(paragraph("党建"))]);
    let rows = vec![TableRow { cells: vec![cell], ..TableRow::default() }];
    let mut document =
        words_document(vec![Block::from(Table { columns: vec![Length::pt(60.0)], rows, ..Table::default() })]);
    let spacing = Some(Length::pt(1.0));
    document.sections[0].page.grid = Some(DocumentGrid { line_pitch: Length::pt(20.0), character_spacing: spacing });
    let pages = set(&document).pages;
    let advances = pages.pages[0].items.iter().find_map(|item| match item {
        Item::Text(run) => Some(run.glyphs.iter().map(|glyph| glyph.advance_pt).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(advances, Some(vec![11.0, 11.0]));
}

/// The advances of a text's characters in the document.
fn advances(text: Paragraph, change: impl FnOnce(&mut StyleSheet)) -> Vec<f32> {
    let mut document = words_document(vec![plain(text)]);
    change(Arc::make_mut(&mut document.styles));
    let pages = set(&document).pages;
    let runs = pages.pages[0].items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None });
    runs.flat_map(|run| run.glyphs.iter().map(|glyph| glyph.advance_pt)).collect()
}

#[test]
fn marks_that_meet_stand_closer_where_the_text_is_kerned() {
    let kerned = |text: &str, from: f64| {
        let mut text = paragraph(text);
        text.runs[0].format.kern_from = Some(Some(Length::pt(from)));
        advances(text, |_| ())
    };
    // a closing mark before any other, an opening one after an opening one; ！ never
    assert_eq!(kerned("》，（《党", 1.0), [5.0, 5.0, 5.0, 10.0, 10.0]);
    assert_eq!(kerned("！》党", 1.0), [10.0, 10.0, 10.0]);
    assert_eq!(kerned("》，党", 12.0), [10.0, 10.0, 10.0], "text of ten points is not kerned from twelve on");
}

#[test]
fn spacing_counts_twice_on_full_width_characters_where_the_document_says_so() {
    let spaced = |double_spacing| {
        let mut text = paragraph("党a");
        text.runs[0].format.spacing = Some(Length::pt(-1.0));
        let rules = WordRules { double_spacing, ..WordRules::default() };
        advances(text, |sheet| {
            sheet.typography = Typography { joint_em: 0.0, word: Some(rules), ..Typography::default() }
        })
    };
    assert_eq!((spaced(false), spaced(true)), (vec![9.0, 4.0], vec![8.0, 4.0]));
}

#[test]
fn a_mixed_line_is_as_high_as_its_highest_and_lowest_text() {
    let mut mixed = paragraph("ab");
    mixed.runs.push(Run::text("党"));
    let mut document = words_document(vec![plain(mixed), plain(paragraph("cd"))]);
    Arc::make_mut(&mut document.styles).default_paragraph.line_spacing = Some(LineSpacing::Multiple(1.0));
    let lines = lines_of(&set(&document).pages);
    assert!(
        lines.iter().any(|line| line.starts_with("1: 20.0 29.5 ab")) && lines[lines.len() - 1] == "1: 20.0 41.0 cd"
    );
}

#[test]
fn spaces_between_paragraphs() {
    // distance of two lines of twenty points, by the space below the one and above the other
    let distance = |change: &dyn Fn(&mut ParagraphFormat, &mut ParagraphFormat), spaces_add_up| {
        let (mut above, mut below) = (paragraph("甲"), paragraph("乙"));
        above.format.space_after = Some(Length::pt(6.0));
        below.format.space_before = Some(Length::pt(10.0));
        change(&mut above.format, &mut below.format);
        let rules = WordRules { spaces_add_up, ..WordRules::default() };
        let document = document(vec![plain(above), plain(below)], |sheet| sheet.typography.word = Some(rules));
        let baselines: Vec<f64> =
            lines_of(&set(&document).pages).iter().filter_map(|line| line.split(' ').nth(2)?.parse().ok()).collect();
        baselines[1] - baselines[0] - 20.0
    };
    assert_eq!(distance(&|_, _| (), false), 10.0, "the larger of the two");
    assert_eq!(distance(&|_, _| (), true), 16.0, "doNotUseHTMLParagraphAutoSpacing");
    // contextualSpacing: of the one above, of the one below, of both
    assert_eq!(distance(&|above, _| above.contextual_spacing = Some(true), false), 4.0);
    assert_eq!(distance(&|_, below| below.contextual_spacing = Some(true), false), 6.0);
    let both = |above: &mut ParagraphFormat, below: &mut ParagraphFormat| {
        (above.contextual_spacing, below.contextual_spacing) = (Some(true), Some(true));
    };
    assert_eq!(distance(&both, false), 0.0);
}
