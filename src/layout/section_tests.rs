//! Columns, sections that go on, footnotes, and what stands beside the text.

use crate::document::{
    Anchor, Block, CellMargins, Columns, Content, Document, Float, FloatContent, Length, Place, Position, Run, Section,
    SectionStart, TextBox, Wrap,
};

use super::testing::{document, lines_of, paragraph, set};

fn texts(count: usize) -> Vec<Block> {
    (1..=count).map(|at| Block::Paragraph(paragraph(&format!("{at}行")))).collect()
}

fn places(document: &Document) -> Vec<String> {
    lines_of(&set(document).pages)
}

/// Two columns of forty points and twenty between them.
fn two_columns() -> Columns {
    Columns { widths: vec![(Length::pt(40.0), Length::pt(20.0)); 2], separator: false }
}

#[test]
fn text_fills_one_column_and_then_the_next() {
    let mut document = document(texts(11), |_| ());
    document.sections[0].page.columns = two_columns();
    let lines = places(&document);
    // nine lines of twenty points in a column of 180
    assert_eq!((lines[8].as_str(), lines[9].as_str()), ("1: 20.0 196.0 9行", "1: 80.0 36.0 10行"));
}

#[test]
fn columns_are_equally_long_before_a_section_that_goes_on() {
    let mut document = document(texts(4), |_| ());
    document.sections[0].page.columns = two_columns();
    let mut page = document.sections[0].page.clone();
    page.columns.widths.clear();
    page.start = SectionStart::Continuous;
    document.sections.push(Section { page, blocks: texts(1), ..Section::default() });
    let lines = places(&document);
    assert_eq!(
        lines,
        ["1: 20.0 36.0 1行", "1: 20.0 56.0 2行", "1: 80.0 36.0 3行", "1: 80.0 56.0 4行", "1: 20.0 76.0 1行"]
    );
}

#[test]
fn a_section_may_wait_for_an_odd_page() {
    let mut document = document(texts(1), |_| ());
    let mut page = document.sections[0].page.clone();
    page.start = SectionStart::OddPage;
    document.sections.push(Section { page, blocks: texts(1), ..Section::default() });
    assert_eq!(places(&document), ["1: 20.0 36.0 1行", "3: 20.0 36.0 1行"]);
}

#[test]
fn a_footnote_stands_at_the_foot_and_takes_room_from_the_text() {
    let mut blocks = texts(9);
    if let Block::Paragraph(first) = &mut blocks[0] {
        first.runs.push(Run::of(Content::Note(0)));
    }
    let mut document = document(blocks, |_| ());
    document.notes = vec![vec![Block::Paragraph(paragraph("注"))]];
    let lines = places(&document);
    // the note and the line with its rule leave seven lines of nine
    assert!(lines.contains(&"1: 20.0 196.0 注".to_owned()), "{lines:?}");
    assert!(lines.contains(&"2: 20.0 36.0 8行".to_owned()), "{lines:?}");
}

#[test]
fn lines_make_way_for_a_box_beside_them() {
    let none = CellMargins { top: Length::ZERO, bottom: Length::ZERO, left: Length::ZERO, right: Length::ZERO };
    let at = |from, at| Position { from, at };
    let float = Float {
        horizontal: at(Anchor::Column, Place::Start),
        vertical: at(Anchor::Paragraph, Place::Offset(Length::ZERO)),
        width: Length::pt(50.0),
        height: Length::pt(20.0),
        wrap: Wrap::Square,
        distance: none,
        behind: false,
        content: FloatContent::Box(TextBox {
            blocks: vec![Block::Paragraph(paragraph("框"))],
            margins: none,
            ..TextBox::default()
        }),
    };
    let mut text = paragraph("一二三四五六七八九十");
    text.runs.insert(0, Run::of(Content::Float(Box::new(float))));
    let lines = places(&document(vec![Block::Paragraph(text)], |_| ()));
    assert_eq!(lines, ["1: 70.0 36.0 一二三四五", "1: 20.0 56.0 六七八九十", "1: 20.0 36.0 框"]);
}
