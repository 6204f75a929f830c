//! The watermark of a report (`水印：草稿`): grey, slanting, in the middle of every page, behind the text.

use super::measure::ems;
use crate::document::{
    Anchor, Block, CellMargins, Color, Content, Float, FloatContent, HeaderFooter, Length, Paragraph, Place, Position,
    Run, Section, WordArt, Wrap,
};
use crate::style::{Style, id};

/// As grey as text in front of it bears.
const GREY: Color = Color { red: 217, green: 217, blue: 217 };
/// Its slope.
const DEGREES: f64 = 45.0;
/// The largest that its characters are.
const LARGEST: Length = Length::twips(2880);

/// The word of a template that wants none where its style has one.
const NONE: [&str; 2] = ["无", "none"];

/// Puts the watermark of the template, or that of the style, on every page of the sections.
pub(super) fn add(text: &str, sections: &mut [Section], style: &Style) {
    let own = text.trim();
    let text = if own.is_empty() { style.watermark.trim() } else { own };
    if text.is_empty() || NONE.contains(&text) {
        return;
    }
    for section in sections {
        let room =
            section.page.text_width().min(section.page.height - section.page.margin_top - section.page.margin_bottom);
        let float = watermark(text, room, style);
        let HeaderFooter { default, first, even, .. } = &mut section.header;
        for blocks in [Some(default), first.as_mut(), even.as_mut()].into_iter().flatten() {
            let run = Run::of(Content::Float(Box::new(float.clone())));
            match blocks.iter_mut().find_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph),
                Block::Table(_) => None,
            }) {
                Some(paragraph) => paragraph.runs.insert(0, run),
                None => {
                    let style = style.sheet.find(id::HEADER).unwrap_or_default();
                    blocks.push(Block::Paragraph(Paragraph { style, runs: vec![run], ..Paragraph::default() }));
                }
            }
        }
    }
}

fn watermark(text: &str, room: Length, style: &Style) -> Float {
    let wide = ems(text).max(1.0);
    // its corners reach to the edges of the text
    let slanted = room.to_pt() / ((wide + 1.0) * DEGREES.to_radians().cos());
    let height = Length::pt(slanted).min(LARGEST);
    let font = style.sheet.style_character_format(style.sheet.find(id::TITLE).unwrap_or_default()).east_asian_font;
    let centred = Position { from: Anchor::Margin, at: Place::Center };
    let none = Length::ZERO;
    Float {
        horizontal: centred,
        vertical: centred,
        width: height * wide,
        height,
        wrap: Wrap::None,
        distance: CellMargins { top: none, bottom: none, left: none, right: none },
        behind: true,
        content: FloatContent::WordArt(WordArt { text: text.to_owned(), font, color: GREY, degrees: DEGREES }),
    }
}
