//! The head of an official document (版头), GB/T 9704-2012 7.2: copy number, secrecy and urgency at the top left, the
//! issuer's mark 35 mm below the top of the type area, the document's number two lines below it, and the red rule.

use super::joint::{self, Mark};
use super::{
    BETWEEN_NAMES, blank, em_of, in_twips, indent, line_ems, paragraph, pitch_of, runs_of, split, take_end, width,
};
use super::{letter, signed_name};
use crate::document::{
    Align, Block, CharacterFormat, Content, Length, Paragraph, ParagraphBorders, ParagraphFormat, Run, TabAlign,
    TabStop,
};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key, OfficialForm, forms};
use crate::template::inserts::Inserts;

/// How far the strokes of a Chinese character reach above the baseline, in ems.
pub(super) const ASCENT_EM: f64 = 0.85;
/// Where the baseline stands in an exact line, from its top.
pub(super) const BASELINE: f64 = 0.80;
/// What a mark that says 文件 ends in.
pub(super) const FILE: &str = "文件";
/// From the top of an order to its mark (10.2).
const ORDER_TOP_MM: f64 = 20.0;
const SIGNED_BY: &str = "签发人：";
/// Names of signers in a row.
const SIGNERS_A_ROW: usize = 2;

/// The head's blocks; none if the front matter says nothing of one.
pub(in crate::template::markdown) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    if head.form == OfficialForm::Letter {
        return letter::write(head, inserts, style);
    }
    let grades = grades(head, inserts, style);
    let pitch = |paragraph: &Paragraph| style.sheet.paragraph_style(paragraph.style).map(|of| pitch_of(style, &of.id));
    let above = grades.iter().filter_map(pitch).fold(Length::ZERO, |sum, pitch| sum + pitch);
    let mut blocks: Vec<Block> = grades.into_iter().map(Block::Paragraph).collect();
    let marked = mark(head, inserts, style, above, &mut blocks);
    numbered(head, inserts, style, marked, &mut blocks);
    blocks
}

/// Number of the copy, secrecy and urgency, a line each.
pub(super) fn grades(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Paragraph> {
    let mut rows = Vec::new();
    for (key, id) in [(Key::CopyNumber, id::COPY_NUMBER), (Key::Secrecy, id::SECRECY), (Key::Urgency, id::SECRECY)] {
        let mut runs = runs_of(head.text(key), inserts);
        if runs.is_empty() {
            continue;
        }
        if key == Key::CopyNumber
            && let [Run { content: Content::Text(text), .. }] = runs.as_mut_slice()
        {
            *text = forms::copy_number(text);
        }
        rows.push(paragraph(style, id, ParagraphFormat::default(), runs));
    }
    rows
}

/// The issuer's mark; whether there is one.
fn mark(head: &Head, inserts: &Inserts, style: &Style, above: Length, blocks: &mut Vec<Block>) -> bool {
    let mut names = split(runs_of(head.text(Key::Issuer), inserts), &BETWEEN_NAMES);
    let joint = names.len() > 1;
    let says_file = joint && names.last_mut().is_some_and(|last| take_end(last, FILE));
    names.retain(|name| !name.is_empty());
    if names.is_empty() {
        return false;
    }
    let mark = Mark::fitting(style, &names, says_file);
    // the strokes' upper edge stands where the style says, not that of the line
    let order = head.form == OfficialForm::Order;
    let top = if order { Length::mm(ORDER_TOP_MM) } else { style.official.issuer_top };
    let in_line = mark.pitch * BASELINE - mark.size * ASCENT_EM;
    let gap = Length::twips((top - in_line - above).max(Length::ZERO).to_twips());
    match names.as_mut_slice() {
        [only] if !says_file => {
            let format = ParagraphFormat { space_before: Some(gap), ..Default::default() };
            blocks.push(Block::Paragraph(paragraph(style, id::ISSUER, format, mark.set(std::mem::take(only)))));
        }
        _ => {
            if gap >= Length::pt(1.0) {
                blocks.push(Block::Paragraph(blank(style, gap, true)));
            }
            blocks.push(Block::from(joint::table(style, &mark, names, says_file.then_some(FILE))));
        }
    }
    true
}

/// The document's number and who signed, and the rule below.
fn numbered(head: &Head, inserts: &Inserts, style: &Style, marked: bool, blocks: &mut Vec<Block>) {
    let number = runs_of(head.text(Key::Number), inserts);
    let signers = if signed_name::is_wanted(head) { "" } else { head.text(Key::Signer) };
    let signers = split(runs_of(signers, inserts), &BETWEEN_NAMES);
    let order = head.form == OfficialForm::Order;
    if number.is_empty() && signers.is_empty() && (!marked || order) {
        return;
    }
    let below_table = matches!(blocks.last(), Some(Block::Table(_)));
    let rows = if signers.is_empty() { vec![number] } else { signed(number, &signers, style) };
    let last = rows.len() - 1;
    let em = em_of(style, id::DOCUMENT_NUMBER);
    for (at, runs) in rows.into_iter().enumerate() {
        let id = if at == last { id::DOCUMENT_NUMBER } else { id::SIGNER };
        let mut format = ParagraphFormat::default();
        if at == 0 && below_table {
            format.space_before = Some(space_below(style, id::ISSUER));
        }
        if at == last && !order {
            let rule = ParagraphBorders { bottom: style.official.head_rule, ..Default::default() };
            format.borders = Some(rule);
        }
        if !signers.is_empty() {
            (format.align, format.first_line) = (Some(Align::Start), indent(em, 1.0));
            format.tabs = Some(stops(em, &signers, style));
        }
        blocks.push(Block::Paragraph(paragraph(style, id, format, runs)));
    }
}

/// Rows of a report to a superior: the number at the left of the last one, the signers at the right, two a row.
fn signed(number: Vec<Run>, signers: &[Vec<Run>], style: &Style) -> Vec<Vec<Run>> {
    let own = |id: &str| {
        let format = style.sheet.style_character_format(style.sheet.find(id).unwrap_or_default());
        CharacterFormat {
            east_asian_font: Some(format.east_asian_font),
            latin_font: Some(format.latin_font),
            ..Default::default()
        }
    };
    let (plain, of_name) = (own(id::DOCUMENT_NUMBER), own(id::SIGNER));
    let rows: Vec<&[Vec<Run>]> = signers.chunks(SIGNERS_A_ROW).collect();
    let last = rows.len() - 1;
    let row = |(at, names): (usize, &&[Vec<Run>])| {
        let mut runs = if at == last { number.clone() } else { Vec::new() };
        runs.push(Run::of(Content::Tab));
        for (place, name) in names.iter().enumerate() {
            // the first name stands right behind the words
            runs.push(match (at, place) {
                (0, 0) => Run { format: plain.clone().into(), ..Run::text(SIGNED_BY) },
                _ => Run::of(Content::Tab),
            });
            runs.extend(name.iter().map(|run| Run { format: of_name.clone().into(), ..run.clone() }));
        }
        runs
    };
    rows.iter().enumerate().map(row).collect()
}

/// The stops of the words 签发人 and of the names, which end a character before the right edge.
fn stops(em: Length, signers: &[Vec<Run>], style: &Style) -> Vec<TabStop> {
    let names = signers.iter().map(|name| width(name)).fold(3.0, f64::max);
    let columns = signers.len().min(SIGNERS_A_ROW) as f64;
    let words = 4.0;
    let first = line_ems(style, id::DOCUMENT_NUMBER) - 1.0 - words - names * columns - (columns - 1.0);
    let mut places = vec![first, first + words];
    if columns > 1.0 {
        places.push(first + words + names + 1.0);
    }
    let stop = |at: f64| TabStop { at: in_twips(em, at.max(0.0)), align: TabAlign::Start, leader: Default::default() };
    places.into_iter().map(stop).collect()
}

/// The space below a named style.
pub(super) fn space_below(style: &Style, id: &str) -> Length {
    style.sheet.paragraph_format(&paragraph(style, id, ParagraphFormat::default(), Vec::new())).space_after
}
