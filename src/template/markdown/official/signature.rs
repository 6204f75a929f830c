//! The issuer's name and the date at the end, GB/T 9704-2012 7.3.5. Without a seal (7.3.5.2) the name ends two characters
//! from the right edge, and the date begins two characters right of the name's first; a date longer than the name itself
//! ends there, and the name moves left with it. With a seal (7.3.5.1) the date ends four characters from the edge, and the
//! name is centred over it.

use std::sync::Arc;

use super::{
    BETWEEN_NAMES, blank, em_of, in_twips, indent, line_ems, paragraph, pitch_of, runs_of, signed_by, split, width,
};
use crate::document::{
    Align, Anchor, Block, Cell, CellMargins, Content, Crop, Float, FloatContent, Image, Length, ParagraphFormat,
    Picture, Place, Position, RowHeight, Run, Table, TableRow, VerticalAlign, Wrap,
};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key, forms};
use crate::template::inserts::Inserts;

/// Blank at the right edge, and the date's step to the right, in characters.
const TWO: f64 = 2.0;
/// Blank right of a date that a seal stands on.
const FOUR: f64 = 4.0;
/// A seal is 42 mm wide and must not touch another, nor reach beyond the type area.
const SEAL_MM: f64 = 42.0;
/// Blank lines between the text and a name that a seal stands on: its upper edge is less than a line below the text.
const LINES_ABOVE_SEAL: usize = 2;
/// From one row of seals to the next.
const LINES_OF_SEAL: f64 = 5.0;
/// Seals beside each other.
const SEALS_A_ROW: usize = 3;

/// Names and date, below the text and on the page of its last lines.
pub(super) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let mut names = split(runs_of(head.text(Key::Signed), inserts), &BETWEEN_NAMES);
    let date = runs_of(head.text(Key::Date), inserts);
    if names.is_empty() && date.is_empty() && head.signatures.is_empty() {
        return Vec::new();
    }
    if !head.signatures.is_empty() {
        return signed_by::write(head, inserts, style);
    }
    let sealed = forms::yes(head.text(Key::Seal)).unwrap_or(false) || !head.seals.is_empty();
    let mut pictures = head.seals.iter();
    let lines_above = if sealed { LINES_ABOVE_SEAL } else { 1 };
    let mut blocks = vec![signed(ParagraphFormat::default(), Vec::new(), style, true); lines_above];
    if sealed && names.len() > 1 {
        let mut table = seals(names, date, style);
        set_on_table(&mut table, &mut pictures, style);
        blocks.push(Block::from(table));
        blocks.push(Block::Paragraph(blank(style, Length::pt(1.0), false)));
        return blocks;
    }
    let (em, line) = (em_of(style, id::SIGNATURE), line_ems(style, id::SIGNATURE));
    let widest = names.iter().map(|name| width(name)).fold(0.0, f64::max);
    let last = if date.is_empty() { names.pop() } else { None };
    if sealed {
        for mut name in names.into_iter().chain(last) {
            let at = over(width(&name), width(&date), line);
            if let Some(picture) = pictures.next() {
                // in the middle of the date, and of the name above it
                let middle = if date.is_empty() {
                    at.map_or(line - TWO - width(&name), |at| at) + width(&name) / 2.0
                } else {
                    line - FOUR - width(&date) / 2.0
                };
                let middle = Length::pt(em.to_pt() * middle);
                name.insert(0, seal_on(picture, Anchor::Margin, |wide| Place::Offset(middle - wide * 0.5), style));
            }
            blocks.push(signed(at_place(at, em), name, style, !date.is_empty()));
        }
        if !date.is_empty() {
            let format =
                ParagraphFormat { align: Some(Align::End), indent_right: indent(em, FOUR), ..Default::default() };
            blocks.push(signed(format, date, style, false));
        }
        return blocks;
    }
    let (name_at, date_at) = places(widest, width(&date), line);
    for name in names {
        // names of several issuers end below each other
        let at = name_at.map(|at| at + widest - width(&name));
        blocks.push(signed(at_place(at, em), name, style, true));
    }
    if let Some(name) = last {
        let at = name_at.map(|at| at + widest - width(&name));
        blocks.push(signed(at_place(at, em), name, style, false));
    } else {
        blocks.push(signed(at_place(date_at, em), date, style, false));
    }
    blocks
}

/// A seal on the name that it is put before and the date below that: both stand a little below its middle.
fn seal_on(image: &Arc<Image>, from: Anchor, place: impl Fn(Length) -> Place, style: &Style) -> Run {
    let (across, down) = (f64::from(image.width_px.max(1)), f64::from(image.height_px.max(1)));
    let width = Length::mm(SEAL_MM) * (across / down).min(1.0);
    let height = width * (down / across);
    let middle = pitch_of(style, id::SIGNATURE) * 0.8;
    let none = Length::ZERO;
    let picture =
        Picture { image: Arc::clone(image), width, height, crop: Crop::NONE, description: "印章".to_owned() };
    Run::of(Content::Float(Box::new(Float {
        horizontal: Position { from, at: place(width) },
        vertical: Position { from: Anchor::Paragraph, at: Place::Offset(middle - height * 0.5) },
        width,
        height,
        wrap: Wrap::None,
        distance: CellMargins { top: none, bottom: none, left: none, right: none },
        behind: false,
        content: FloatContent::Picture(picture),
    })))
}

/// Seals on the names of a table, one each.
fn set_on_table<'a>(table: &mut Table, pictures: &mut impl Iterator<Item = &'a Arc<Image>>, style: &Style) {
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let Some(Block::Paragraph(name)) = cell.blocks.first_mut() else { continue };
        if name.runs.is_empty() {
            continue;
        }
        if let Some(picture) = pictures.next() {
            name.runs.insert(0, seal_on(picture, Anchor::Column, |_| Place::Center, style));
        }
    }
}

/// A line of the signature.
pub(super) fn signed(format: ParagraphFormat, runs: Vec<Run>, style: &Style, keep_next: bool) -> Block {
    let format = ParagraphFormat { keep_next: Some(keep_next), ..format };
    Block::Paragraph(paragraph(style, id::SIGNATURE, format, runs))
}

/// The names of a joint document, each with room for its seal, three beside each other; the date is below the last.
fn seals(names: Vec<Vec<Run>>, date: Vec<Run>, style: &Style) -> Table {
    let (em, line) = (em_of(style, id::SIGNATURE), line_ems(style, id::SIGNATURE));
    let seal = Length::mm(SEAL_MM).to_pt() / em.to_pt().max(1.0);
    let beside = names.len().min(SEALS_A_ROW);
    // the last column's middle is the date's, the first column's seal begins at the left edge
    let middle = line - FOUR - width(&date) / 2.0;
    let room = (middle - seal / 2.0) / (beside - 1).max(1) as f64;
    let column = room.clamp(1.0, seal * 1.25).min((line - middle) * 2.0);
    let left = (middle + column / 2.0 - column * beside as f64).max(0.0);
    let mut columns = vec![in_twips(em, left)];
    columns.extend((0..beside).map(|_| in_twips(em, column)));

    let cell = |blocks: Vec<Block>| Cell { vertical_align: VerticalAlign::Top, ..Cell::of(blocks) };
    let centred = |runs: Vec<Run>| {
        let format = ParagraphFormat { align: Some(Align::Center), keep_next: Some(true), ..Default::default() };
        Block::Paragraph(paragraph(style, id::SIGNATURE, format, runs))
    };
    let height = Length::pt(pitch_of(style, id::SIGNATURE).to_pt() * LINES_OF_SEAL);
    let count = names.len().div_ceil(beside);
    let mut names = names.into_iter().peekable();
    let mut rows = Vec::new();
    for row in 0..count {
        let left = names.len().min(beside);
        // a row that is not full stands at the right, where the date has its place
        let mut cells: Vec<Cell> = (0..1 + beside - left).map(|_| cell(vec![centred(Vec::new())])).collect();
        for name in names.by_ref().take(left) {
            cells.push(cell(vec![centred(name)]));
        }
        let last = row + 1 == count;
        if last
            && !date.is_empty()
            && let Some(cell) = cells.last_mut()
        {
            cell.blocks.push(centred(date.clone()));
        }
        let height = (!last).then_some(RowHeight::AtLeast(height));
        rows.push(TableRow { keep_whole: true, height, cells, ..TableRow::default() });
    }
    let margins = CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() };
    Table { columns, align: Align::Start, margins, rows, description: "署名".to_owned(), ..Table::default() }
}

/// Where a name begins whose middle is above that of a date ending four characters from the right edge; a name too long
/// for that ends at the edge.
fn over(name: f64, date: f64, line: f64) -> Option<f64> {
    let centred = line - FOUR - date / 2.0 - name / 2.0;
    Some(centred.min(line - name)).filter(|at| *at >= 0.0)
}

/// Where name and date begin, in characters from the left; `None` where a text is too long for it and ends two
/// characters from the right edge instead.
fn places(name: f64, date: f64, line: f64) -> (Option<f64>, Option<f64>) {
    let ends_two_before = |width: f64| Some(line - TWO - width).filter(|at| *at >= 0.0);
    if name == 0.0 || date == 0.0 {
        return (ends_two_before(name), ends_two_before(date));
    }
    if date > name {
        let date_at = ends_two_before(date);
        return (date_at.map(|at| at - TWO).filter(|at| *at >= 0.0), date_at);
    }
    let name_at = ends_two_before(name);
    (name_at, name_at.map(|at| at + TWO).or_else(|| ends_two_before(date)))
}

fn at_place(at: Option<f64>, em: Length) -> ParagraphFormat {
    match at {
        Some(at) => ParagraphFormat { align: Some(Align::Start), indent_left: indent(em, at), ..Default::default() },
        None => ParagraphFormat { align: Some(Align::End), indent_right: indent(em, TWO), ..Default::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_longer_than_the_date_ends_two_characters_from_the_edge() {
        assert_eq!(places(10.0, 6.0, 28.0), (Some(16.0), Some(18.0)));
    }

    #[test]
    fn a_date_longer_than_the_name_ends_there_instead() {
        assert_eq!(places(4.0, 6.0, 28.0), (Some(18.0), Some(20.0)));
    }

    #[test]
    fn a_name_as_long_as_the_line_is_set_from_the_right() {
        assert_eq!(places(40.0, 6.0, 28.0), (None, Some(20.0)));
    }

    #[test]
    fn a_name_under_a_seal_stands_over_the_middle_of_the_date() {
        assert_eq!(over(10.0, 7.0, 28.0), Some(15.5));
        assert_eq!(over(20.0, 7.0, 28.0), Some(8.0), "as far right as the line goes");
    }

    #[test]
    fn seals_stand_apart_and_within_the_type_area() {
        let style = Style::carried("gongwen").unwrap();
        for count in 2..=7 {
            let names = vec![vec![Run::text("云江市教育局")]; count];
            let table = seals(names, vec![Run::text("2024年1月15日")], &style);
            let sum: f64 = table.columns.iter().map(|column| column.to_mm()).sum();
            assert!(sum <= 156.1, "{count}: {sum}");
            assert!(table.columns[1].to_mm() >= SEAL_MM, "{count}: {}", table.columns[1].to_mm());
            assert_eq!(table.rows.len(), count.div_ceil(3));
            assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
        }
    }
}
