//! Where something beside the text stands.

use super::measure::{emu, number, twips};
use super::tree::Element;
use crate::document::{Anchor, CellMargins, Length, Place, Position, TablePosition};

/// `wp:positionH` or `wp:positionV`.
pub fn position(element: Option<&Element>, across: bool) -> Position {
    let from = element.and_then(|element| element.attribute("relativeFrom")).unwrap_or_default();
    let place = element.and_then(|element| {
        let align = element.child("wp:align").map(|align| place(align.text.trim()));
        let offset = element.child("wp:posOffset").and_then(|offset| emu(&offset.text)).map(Place::Offset);
        let part =
            element.children.iter().find(|child| child.name.contains("pctPos")).and_then(|part| number(&part.text));
        align.or(offset).or(part.map(|part| Place::Part((part / 100_000.0).clamp(-10.0, 10.0))))
    });
    Position { from: anchor(from, across), at: place.unwrap_or(Place::Offset(Length::ZERO)) }
}

fn anchor(name: &str, across: bool) -> Anchor {
    match name {
        "page" => Anchor::Page,
        "margin" => Anchor::Margin,
        "leftMargin" | "insideMargin" | "topMargin" => Anchor::MarginBefore,
        "rightMargin" | "outsideMargin" | "bottomMargin" => Anchor::MarginAfter,
        "character" | "line" => Anchor::Line,
        _ if across => Anchor::Column,
        _ => Anchor::Paragraph,
    }
}

fn place(name: &str) -> Place {
    match name {
        "center" => Place::Center,
        "right" | "bottom" | "outside" => Place::End,
        _ => Place::Start,
    }
}

/// `w:tblpPr`.
pub fn table_position(element: &Element) -> TablePosition {
    let length = |name: &str| element.attribute(name).and_then(twips).unwrap_or_default();
    let at = |spec: &str, offset: &str| match element.attribute(spec) {
        Some(align) if align != "inline" => place(align),
        _ => Place::Offset(length(offset)),
    };
    let horizontal = anchor(element.attribute("w:horzAnchor").unwrap_or("text"), true);
    let vertical = match element.attribute("w:vertAnchor") {
        Some("page") => Anchor::Page,
        Some("text") => Anchor::Paragraph,
        _ => Anchor::Margin,
    };
    TablePosition {
        horizontal: Position { from: horizontal, at: at("w:tblpXSpec", "w:tblpX") },
        vertical: Position { from: vertical, at: at("w:tblpYSpec", "w:tblpY") },
        distance: CellMargins {
            top: length("w:topFromText"),
            bottom: length("w:bottomFromText"),
            left: length("w:leftFromText"),
            right: length("w:rightFromText"),
        },
    }
}
