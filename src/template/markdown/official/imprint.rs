//! The foot of an official document's last page (版记), GB/T 9704-2012 7.4: who gets copies, who has printed it and when,
//! between rules as wide as the type area; the last rule is the type area's lower edge.
//!
//! It is a table of one column that stands at the foot of the page whose last paragraph it is anchored in. The page is
//! chosen when the document has been set on pages.

use super::{blank, em_of, in_twips, indent, paragraph, runs_of, take_end};
use crate::document::{
    Align, Anchor, Block, Cell, CellBorders, CellMargins, Content, Length, ParagraphFormat, Place, Position, Run,
    TabAlign, TabStop, Table, TablePosition, TableRow, VerticalAlign,
};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key, OfficialForm};
use crate::template::inserts::Inserts;

const COPIES: &str = "抄送：";
const PRINTED: &str = "印发";
/// Its text stands so far from both edges: indents, since margins of cells move the table in some readers.
const MARGIN_EM: f64 = 1.0;
/// Below a line, so that it stands in the middle between two rules.
const BELOW_EM: f64 = 0.2;

/// The table, and the paragraph that it is anchored in; nothing if the front matter says nothing of one.
pub(in crate::template::markdown) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let em = em_of(style, id::IMPRINT);
    let width = style.page.text_width();
    let mut rows = Vec::new();
    let mut copies = runs_of(head.text(Key::Copies), inserts);
    if !copies.is_empty() {
        if !take_end(&mut copies, "。") {
            take_end(&mut copies, ".");
        }
        copies.insert(0, Run::text(COPIES));
        copies.push(Run::text("。"));
        let hang = COPIES.chars().count() as f64;
        let format = ParagraphFormat {
            indent_left: indent(em, MARGIN_EM + hang),
            first_line: indent(em, -hang),
            indent_right: indent(em, MARGIN_EM),
            ..Default::default()
        };
        rows.push((format, copies));
    }
    // the foot of a letter has neither printer nor rules (10.1)
    let letter = head.form == OfficialForm::Letter;
    let of = |key| if letter { Vec::new() } else { runs_of(head.text(key), inserts) };
    let by = of(Key::PrintedBy);
    let mut on = of(Key::PrintedOn);
    if !by.is_empty() || !on.is_empty() {
        let mut runs = by;
        if !on.is_empty() {
            take_end(&mut on, PRINTED);
            runs.push(Run::of(Content::Tab));
            runs.append(&mut on);
            runs.push(Run::text(PRINTED));
        }
        let edge = width - in_twips(em, MARGIN_EM);
        let stop = TabStop { at: edge, align: TabAlign::End, leader: Default::default() };
        let margin = indent(em, MARGIN_EM);
        rows.push((ParagraphFormat { indent_left: margin, tabs: Some(vec![stop]), ..Default::default() }, runs));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let rows = rows.into_iter().map(|(format, runs)| {
        let cell = Cell::of(vec![Block::Paragraph(paragraph(style, id::IMPRINT, format, runs))]);
        TableRow {
            keep_whole: true,
            cells: vec![Cell { vertical_align: VerticalAlign::Top, ..cell }],
            ..TableRow::default()
        }
    });
    let table = Table {
        columns: vec![Length::twips((width.to_emu() / Length::twips(1).to_emu()) as i32)],
        align: Align::Start,
        // measured from the paper, since some readers leave a table as wide as the text where it stands in it
        float: Some(TablePosition {
            horizontal: Position { from: Anchor::Page, at: Place::Offset(style.page.margin_left) },
            vertical: Position { from: Anchor::Margin, at: Place::End },
            distance: CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() },
        }),
        borders: if letter {
            CellBorders::default()
        } else {
            CellBorders {
                top: style.official.imprint_outer,
                bottom: style.official.imprint_outer,
                inside_horizontal: style.official.imprint_inner,
                ..Default::default()
            }
        },
        margins: CellMargins {
            left: Length::ZERO,
            right: Length::ZERO,
            bottom: in_twips(em, BELOW_EM),
            ..CellMargins::default()
        },
        rows: rows.collect(),
        description: "版记".to_owned(),
        ..Table::default()
    };
    vec![Block::from(table), Block::Paragraph(blank(style, Length::pt(1.0), false))]
}
