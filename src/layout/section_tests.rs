//! Columns, sections that go on, footnotes, and what stands beside the text.

use crate::document::{
    Anchor, Block, Cell, CellMargins, Columns, Content, Document, DocumentGrid, Float, FloatContent, Length,
    LineSpacing, NoteCount, NumberFormat, Paragraph, Place, Position, Run, Section, SectionStart, Table, TableRow,
    TextBox, WordRules, Wrap,
};

use super::page::Item;
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

/// A document of some lines; the note of the last of them has so many lines of ten characters.
fn with_long_note(lines: usize, note: usize) -> Vec<String> {
    let mut blocks = texts(lines);
    if let Some(Block::Paragraph(last)) = blocks.last_mut() {
        last.runs.push(Run::of(Content::Note(0)));
    }
    blocks.extend(texts(2));
    let mut document = document(blocks, |_| ());
    document.notes = vec![vec![Block::Paragraph(paragraph(&"注".repeat(10 * note)))]];
    places(&document)
}

fn on_page(lines: &[String], page: usize, sign: char) -> usize {
    lines.iter().filter(|line| line.starts_with(&format!("{page}:")) && line.contains(sign)).count()
}

#[test]
fn a_long_footnote_begins_below_its_reference_and_goes_on_on_the_next_page() {
    let lines = with_long_note(1, 12);
    // a page has nine lines: one of text, one with the rule, seven of the note
    assert_eq!((on_page(&lines, 1, '行'), on_page(&lines, 1, '注'), on_page(&lines, 2, '注')), (1, 7, 5), "{lines:?}");
    assert!(lines.contains(&"2: 20.0 36.0 1行".to_owned()) && lines.contains(&"2: 20.0 56.0 2行".to_owned()));
    assert!(lines.contains(&format!("2: 20.0 116.0 {}", "注".repeat(10))), "{lines:?}");
}

#[test]
fn a_footnote_leaves_two_lines_on_each_page_or_goes_with_its_reference() {
    // three lines are never parted: the reference moves
    let lines = with_long_note(7, 3);
    assert_eq!((on_page(&lines, 1, '行'), on_page(&lines, 1, '注'), on_page(&lines, 2, '注')), (6, 0, 3), "{lines:?}");
    // of five, two stay behind
    let lines = with_long_note(6, 5);
    assert_eq!((on_page(&lines, 1, '行'), on_page(&lines, 1, '注'), on_page(&lines, 2, '注')), (6, 2, 3), "{lines:?}");
}

#[test]
fn the_rest_of_a_footnote_gets_pages_of_its_own_after_the_text() {
    let lines = with_long_note(1, 40);
    assert_eq!(lines.iter().filter(|line| line.contains('注')).count(), 40);
    assert!(lines.iter().filter(|line| line.contains('行')).count() == 3);
}

#[test]
fn the_line_above_footnotes_is_the_documents_own_and_takes_no_row_of_the_grid() {
    let mut blocks = texts(1);
    if let Block::Paragraph(first) = &mut blocks[0] {
        first.runs.push(Run::of(Content::Note(0)));
    }
    let mut document = document(blocks, |sheet| sheet.typography.word = Some(WordRules::default()));
    document.notes = vec![vec![Block::Paragraph(paragraph("注"))]];
    let rule = |document: &Document| {
        let pages = set(document).pages;
        pages.pages[0]
            .items
            .iter()
            .find_map(|item| if let Item::Rule(rule) = item { Some(rule.from_pt.1) } else { None })
    };
    assert_eq!(rule(&document), Some(170.0));
    let mut small = paragraph("");
    small.format.line_spacing = Some(LineSpacing::Exact(Length::pt(8.0)));
    document.note_separator = vec![Block::Paragraph(small)];
    assert_eq!(rule(&document), Some(176.0));
    document.sections[0].page.grid = Some(DocumentGrid { line_pitch: Length::pt(15.0), character_spacing: None });
    assert_eq!(rule(&document), Some(180.0));
}

#[test]
fn an_empty_paragraph_that_ends_a_section_takes_no_room_where_the_text_goes_on() {
    let place = |word: bool, before: f64, mark_after: f64| {
        let mut mark = paragraph("");
        mark.format.space_after = Some(Length::pt(mark_after));
        let mut blocks = texts(1);
        blocks.push(Block::Paragraph(mark));
        let mut document = document(blocks, |sheet| sheet.typography.word = word.then(WordRules::default));
        let mut page = document.sections[0].page.clone();
        page.start = SectionStart::Continuous;
        let mut next = paragraph("下");
        next.format.space_before = Some(Length::pt(before));
        document.sections.push(Section { page, blocks: vec![Block::Paragraph(next)], ..Section::default() });
        places(&document).swap_remove(1)
    };
    assert_eq!(place(true, 0.0, 0.0), "1: 20.0 56.0 下");
    assert_eq!(place(true, 10.0, 4.0), "1: 20.0 62.0 下", "what it has beyond the space below the mark");
    assert_eq!(place(false, 0.0, 0.0), "1: 20.0 76.0 下");
}

/// A table of rows of one cell; the rows of these numbers refer to a note each.
fn rows_with_notes(texts: &[&str], with_notes: &[usize]) -> Document {
    let rows = texts.iter().enumerate().map(|(at, text)| {
        let mut cell = paragraph(text);
        if let Some(note) = with_notes.iter().position(|row| *row == at) {
            cell.runs.push(Run::of(Content::Note(note)));
        }
        TableRow { cells: vec![Cell::of(vec![Block::Paragraph(cell)])], ..TableRow::default() }
    });
    let table = Table { columns: vec![Length::pt(100.0)], rows: rows.collect(), ..Table::default() };
    let mut document = document(vec![Block::from(table)], |_| ());
    document.notes =
        (1..=with_notes.len()).map(|note| vec![Block::Paragraph(paragraph(&format!("注{note}")))]).collect();
    document
}

/// The words of a page, without their places.
fn page_of(lines: &[String], page: &str) -> String {
    let words = lines.iter().filter(|line| line.starts_with(page)).filter_map(|line| line.rsplit(' ').next());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn rows_make_way_for_the_footnotes_of_the_rows_above_and_their_own() {
    // nine lines on a page: two rows with a note each leave room for four lines of rows besides
    let lines = places(&rows_with_notes(&["一", "二", "三", "四", "五", "六", "七", "八"], &[0, 6]));
    assert_eq!(page_of(&lines, "1:"), "一 二 三 四 五 六 注1", "{lines:?}");
    assert_eq!(page_of(&lines, "2:"), "七 八 注2", "the row goes where its note has room: {lines:?}");
}

#[test]
fn a_row_is_cut_where_its_lines_and_their_footnotes_end() {
    let long = "字".repeat(9 * 8);
    let lines = places(&rows_with_notes(&["一", &long], &[1]));
    let of = |page: &str| page_of(&lines, page).split(' ').count();
    assert_eq!((of("1:"), of("2:")), (8 + 1, 2), "the note is at the row's end: {lines:?}");
    assert!(page_of(&lines, "2:").ends_with("注1"), "{lines:?}");
}

#[test]
fn a_footnote_of_a_repeated_header_stands_on_the_first_page_only() {
    let mut document = rows_with_notes(&["头", "一", "二", "三", "四", "五", "六", "七", "八", "九"], &[0]);
    if let Some(Block::Table(table)) = document.sections[0].blocks.first_mut() {
        table.rows[0].header = true;
    }
    let lines = places(&document);
    assert_eq!(page_of(&lines, "1:"), "头 一 二 三 四 五 六 注1", "{lines:?}");
    assert_eq!(page_of(&lines, "2:"), "头 七 八 九", "{lines:?}");
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

#[test]
fn footnotes_begin_anew_on_each_page_where_the_document_says_so() {
    let numbered = |text: &str, number: &str, note| {
        let mut paragraph = paragraph(text);
        paragraph.runs.extend([Run::text(number), Run::of(Content::Note(note))]);
        Block::Paragraph(paragraph)
    };
    let mut blocks = vec![numbered("甲", "①", 0), numbered("乙", "②", 1)];
    blocks.extend(texts(4));
    blocks.push(numbered("丙", "③", 2));
    // a mark of its own, which is not counted
    blocks.push(Block::Paragraph(Paragraph { runs: vec![Run::of(Content::Note(3))], ..Paragraph::default() }));
    blocks.push(numbered("丁", "④", 4));
    let mut document = document(blocks, |sheet| {
        let count = NoteCount { format: NumberFormat::Circled, start: 1 };
        sheet.typography.word = Some(WordRules { notes_by_page: Some(count), ..WordRules::default() });
        sheet.default_paragraph.line_spacing = Some(LineSpacing::Exact(Length::pt(20.0)));
    });
    let note =
        |number: &str| vec![Block::Paragraph(Paragraph { runs: vec![Run::text(number)], ..Paragraph::default() })];
    document.notes = ["①", "②", "③", "*", "④"].map(note).to_vec();
    let text: String = places(&document).iter().filter_map(|line| line.rsplit(' ').next()).collect();
    let marks: String = text.chars().filter(|c| "①②③④*甲乙丙丁".contains(*c)).collect();
    assert_eq!(marks, "甲①乙②①②丙①丁②①*②");
}
