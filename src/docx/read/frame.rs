//! Framed paragraphs and drop caps (`w:framePr`): boxes that are anchored in the paragraph that follows.

use super::measure::twips;
use super::story::Story;
use super::tree::Element;
use crate::document::{
    Anchor, Block, CellMargins, Content, Float, FloatContent, Length, Paragraph, Place, Position, Run, TextBox, Wrap,
};

/// A frame that waits for the paragraph that it is anchored in.
#[derive(Debug)]
pub struct Frame {
    /// What the file says of it; paragraphs that say the same stand in one frame.
    properties: Element,
    paragraphs: Vec<Paragraph>,
}

impl Story<'_> {
    /// Puts a paragraph into a frame.
    pub fn frame(&mut self, properties: &Element, paragraph: Paragraph) {
        match self.frames.last_mut() {
            Some(frame) if frame.properties == *properties => frame.paragraphs.push(paragraph),
            _ => self.frames.push(Frame { properties: properties.clone(), paragraphs: vec![paragraph] }),
        }
    }

    /// The frames that wait, as runs.
    pub fn take_frames(&mut self) -> Vec<Run> {
        let frames = std::mem::take(&mut self.frames);
        frames.into_iter().map(|frame| Run::of(Content::Float(Box::new(float(frame))))).collect()
    }
}

fn float(frame: Frame) -> Float {
    let own = &frame.properties;
    let length = |name: &str| own.attribute(name).and_then(twips);
    let anchor = |name: &str, text: Anchor| match own.attribute(name) {
        Some("page") => Anchor::Page,
        Some("margin") => Anchor::Margin,
        _ => text,
    };
    let at = |align: &str, offset: &str| match own.attribute(align) {
        Some("center") => Place::Center,
        Some("right" | "bottom" | "outside") => Place::End,
        Some("left" | "top" | "inside") => Place::Start,
        _ => Place::Offset(length(offset).unwrap_or_default()),
    };
    let (across, up) = (length("w:hSpace").unwrap_or_default(), length("w:vSpace").unwrap_or_default());
    let none = CellMargins { top: Length::ZERO, bottom: Length::ZERO, left: Length::ZERO, right: Length::ZERO };
    Float {
        horizontal: Position { from: anchor("w:hAnchor", Anchor::Column), at: at("w:xAlign", "w:x") },
        vertical: Position { from: anchor("w:vAnchor", Anchor::Paragraph), at: at("w:yAlign", "w:y") },
        width: length("w:w").unwrap_or_default(),
        height: length("w:h").unwrap_or_default(),
        wrap: match own.attribute("w:wrap") {
            Some("none") => Wrap::None,
            Some("notBeside") => Wrap::TopAndBottom,
            _ => Wrap::Square,
        },
        distance: CellMargins { top: up, bottom: up, left: across, right: across },
        behind: false,
        content: FloatContent::Box(TextBox {
            blocks: frame.paragraphs.into_iter().map(Block::Paragraph).collect(),
            margins: none,
            grows: own.attribute("w:hRule") != Some("exact"),
            ..TextBox::default()
        }),
    }
}
