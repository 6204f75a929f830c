//! The signature of the person who issues a document, GB/T 9704-2012 7.3.5.3: two lines below the text, ending four characters from
//! the right edge, the person's post two characters left of it and level with its middle; the date a line below, ending there too.

use std::sync::Arc;

use super::{BETWEEN_NAMES, em_of, in_twips, indent, line_ems, paragraph, pitch_of, runs_of, split, width};
use crate::document::{
    Align, Anchor, Block, CellMargins, Content, Crop, Float, FloatContent, Image, Length, ParagraphFormat, Picture,
    Place, Position, Run, Wrap,
};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key};
use crate::template::inserts::Inserts;

/// Blank at the right edge, in characters.
const FOUR: f64 = 4.0;
/// Blank between post and signature.
const TWO: f64 = 2.0;
/// The largest that a signature is.
const LARGEST: (Length, Length) = (Length::twips(2268), Length::twips(850));

/// Posts, signatures and date, below the text and on the page of its last lines.
pub(super) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let (em, line) = (em_of(style, id::SIGNATURE), line_ems(style, id::SIGNATURE));
    let blank = || written(style, ParagraphFormat::default(), Vec::new(), true);
    let mut blocks = vec![blank(), blank()];
    let right = || ParagraphFormat { align: Some(Align::End), indent_right: indent(em, FOUR), ..Default::default() };
    let names = split(runs_of(head.text(Key::Signed), inserts), &BETWEEN_NAMES);
    blocks.extend(names.into_iter().map(|name| written(style, right(), name, true)));
    let date = runs_of(head.text(Key::Date), inserts);
    let mut posts = split(runs_of(head.text(Key::Post), inserts), &BETWEEN_NAMES).into_iter();
    let last = head.signatures.len().saturating_sub(1);
    for (at, signature) in head.signatures.iter().enumerate() {
        let mut runs = posts.next().unwrap_or_default();
        let (wide, high) = size(signature);
        let right_edge = in_twips(em, line - FOUR);
        let before = line - FOUR - TWO - wide.to_pt() / em.to_pt().max(1.0) - width(&runs);
        let format = match before > 0.0 {
            true => ParagraphFormat {
                align: Some(Align::Start),
                indent_left: indent(em, before),
                ..ParagraphFormat::default()
            },
            false => ParagraphFormat { align: Some(Align::Start), ..ParagraphFormat::default() },
        };
        let middle = pitch_of(style, id::SIGNATURE) * 0.5;
        let place = (Place::Offset(right_edge - wide), Place::Offset(middle - high * 0.5));
        runs.insert(0, on_text(signature, (wide, high), place));
        let follows = at < last || !date.is_empty();
        blocks.push(written(style, format, runs, follows));
        blocks.extend(follows.then(blank));
    }
    if !date.is_empty() {
        blocks.push(written(style, right(), date, false));
    }
    blocks
}

/// Width and height of a signature in its box.
fn size(image: &Image) -> (Length, Length) {
    let (across, down) = (f64::from(image.width_px.max(1)), f64::from(image.height_px.max(1)));
    let width = LARGEST.0.min(LARGEST.1 * (across / down));
    (width, width * (down / across))
}

fn on_text(image: &Arc<Image>, (width, height): (Length, Length), (across, down): (Place, Place)) -> Run {
    let none = Length::ZERO;
    let picture =
        Picture { image: Arc::clone(image), width, height, crop: Crop::NONE, description: "签名".to_owned() };
    Run::of(Content::Float(Box::new(Float {
        horizontal: Position { from: Anchor::Margin, at: across },
        vertical: Position { from: Anchor::Paragraph, at: down },
        width,
        height,
        wrap: Wrap::None,
        distance: CellMargins { top: none, bottom: none, left: none, right: none },
        behind: false,
        content: FloatContent::Picture(picture),
    })))
}

fn written(style: &Style, format: ParagraphFormat, runs: Vec<Run>, keep_next: bool) -> Block {
    let format = ParagraphFormat { keep_next: Some(keep_next), ..format };
    Block::Paragraph(paragraph(style, id::SIGNATURE, format, runs))
}
