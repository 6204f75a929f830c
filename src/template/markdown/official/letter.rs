//! The form of letters (信函), GB/T 9704-2012 10.1: the issuer's mark 30 mm below the paper's upper edge, a red double rule
//! 4 mm below it and another 20 mm above the lower edge, both 170 mm long; below the first one what is kept secret at the
//! left and the document's number at the right; no number on the first page.
//!
//! The mark stands in the text, which on the first page begins higher: what brings the text of later pages down is a blank
//! line in their header, so that every reader has both places.

use super::head::{self, ASCENT_EM, BASELINE, FILE};
use super::joint::Mark;
use super::{BETWEEN_NAMES, blank, em_of, paragraph, pitch_of, runs_of, split, take_end};
use crate::document::{
    Align, Block, Border, CharacterFormat, Content, Indent, Length, Paragraph, ParagraphBorders, ParagraphFormat, Run,
    Section, TabAlign, TabStop,
};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key};
use crate::template::inserts::Inserts;

/// From the paper's upper edge to that of the mark.
const TOP_MM: f64 = 30.0;
/// From the mark to the rule.
const BELOW_MARK_MM: f64 = 4.0;
/// From the lower rule to the paper's edge.
const BOTTOM_MM: f64 = 20.0;
/// How long the rules are.
const RULE_MM: f64 = 170.0;
/// The two lines of a rule, and the blank between them.
const THICK: Length = Length::twips(45);
const THIN: Length = Length::twips(15);
const BETWEEN: Length = Length::twips(20);
/// From the rule to what stands below it, in characters of the document's number.
const BELOW_RULE_EM: f64 = 7.0 / 8.0;
/// How far strokes reach below the baseline, in ems.
const DESCENT_EM: f64 = 0.1;

/// Mark, rule, and what stands below it.
pub(super) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let mut blocks = Vec::new();
    // of several issuers the one in charge alone
    let mut names = split(runs_of(head.text(Key::Issuer), inserts), &BETWEEN_NAMES);
    names.truncate(1);
    for name in &mut names {
        take_end(name, FILE);
    }
    if let Some(name) = names.first().filter(|name| !name.is_empty()).cloned() {
        let mark = Mark::fitting(style, &names, false);
        let below = Length::mm(BELOW_MARK_MM) - (mark.pitch * (1.0 - BASELINE) - mark.size * DESCENT_EM);
        let format = ParagraphFormat { space_after: Some(below.max(Length::ZERO)), ..Default::default() };
        blocks.push(Block::Paragraph(paragraph(style, id::ISSUER, format, mark.set(name))));
    }
    blocks.push(Block::Paragraph(double_rule(style, true)));
    let mut rows = head::grades(head, inserts, style);
    let number = runs_of(head.text(Key::Number), inserts);
    if !number.is_empty() {
        beside_first(&mut rows, number, style);
    }
    let size = em_of(style, id::DOCUMENT_NUMBER);
    let in_line = pitch_of(style, id::DOCUMENT_NUMBER) * BASELINE - size * ASCENT_EM;
    if let Some(first) = rows.first_mut() {
        first.format.space_before = Some((size * BELOW_RULE_EM - in_line).max(Length::ZERO));
    }
    blocks.extend(rows.into_iter().map(Block::Paragraph));
    if let Some(Block::Paragraph(last)) = blocks.last_mut() {
        last.format.space_after = Some(head::space_below(style, id::DOCUMENT_NUMBER));
    }
    blocks
}

/// Puts the document's number at the right edge of the first row.
fn beside_first(rows: &mut Vec<Paragraph>, number: Vec<Run>, style: &Style) {
    let Some(first) = rows.first_mut() else {
        let format = ParagraphFormat { align: Some(Align::End), borders: None, ..Default::default() };
        rows.push(paragraph(style, id::DOCUMENT_NUMBER, format, number));
        return;
    };
    let own = style.sheet.style_character_format(style.sheet.find(id::DOCUMENT_NUMBER).unwrap_or_default());
    let own = CharacterFormat {
        east_asian_font: Some(own.east_asian_font),
        latin_font: Some(own.latin_font),
        ..Default::default()
    };
    let stop = TabStop { at: style.page.text_width(), align: TabAlign::End, leader: Default::default() };
    first.format.tabs = Some(vec![stop]);
    first.runs.push(Run::of(Content::Tab));
    first.runs.extend(number.into_iter().map(|run| Run { format: own.clone().into(), ..run }));
}

/// A red rule of two lines in the middle of the paper, the thick one above or below.
fn double_rule(style: &Style, thick_above: bool) -> Paragraph {
    let color = style.sheet.style_character_format(style.sheet.find(id::ISSUER).unwrap_or_default()).color;
    let line = |width| Some(Border { color, space: Length::ZERO, ..Border::single(width) });
    let (top, bottom) = if thick_above { (THICK, THIN) } else { (THIN, THICK) };
    let beside = (style.page.width - Length::mm(RULE_MM)) * 0.5;
    let mut rule = blank(style, BETWEEN, thick_above);
    rule.format.borders = Some(ParagraphBorders { top: line(top), bottom: line(bottom), ..Default::default() });
    rule.format.indent_left = Some(Indent::Length(beside - style.page.margin_left));
    rule.format.indent_right = Some(Indent::Length(beside - style.page.margin_right));
    rule
}

/// Gives the pages of the letter's first section their places: the first one begins at the mark and has the lower rule for
/// its foot, the others are as the style has them.
pub(in crate::template::markdown) fn set_pages(sections: &mut [Section], style: &Style) {
    let Some(Section { page, header, footer, .. }) = sections.first_mut() else { return };
    let in_line = pitch_of(style, id::ISSUER) * BASELINE - em_of(style, id::ISSUER) * ASCENT_EM;
    page.margin_top = (Length::mm(TOP_MM) - in_line).max(page.header_distance);
    let lines = |blocks: &[Block], id: &str| pitch_of(style, id) * blocks.len() as f64;
    for blocks in [Some(&mut header.default), header.even.as_mut()].into_iter().flatten() {
        let down = style.page.margin_top - page.header_distance - lines(blocks, id::HEADER);
        push_blank(blocks, down, style);
    }
    header.first = Some(Vec::new());
    let bottom = Length::mm(BOTTOM_MM);
    for blocks in [Some(&mut footer.default), footer.even.as_mut()].into_iter().flatten() {
        push_blank(blocks, style.page.footer_distance - bottom, style);
    }
    page.footer_distance = page.footer_distance.min(bottom);
    footer.first = Some(vec![Block::Paragraph(double_rule(style, false))]);
}

fn push_blank(blocks: &mut Vec<Block>, height: Length, style: &Style) {
    if height >= Length::pt(1.0) {
        blocks.push(Block::Paragraph(blank(style, height, false)));
    }
}
