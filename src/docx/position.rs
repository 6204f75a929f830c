//! Where a table stands that is not in the flow of the text (`w:tblpPr`).

use super::measure::twips;
use crate::document::{Anchor, Length, Place, Position, TablePosition};

/// The attributes of `w:tblpPr`.
pub fn attributes(position: &TablePosition) -> String {
    let distance = &position.distance;
    let mut written = String::new();
    for (name, length) in [
        ("leftFromText", distance.left),
        ("rightFromText", distance.right),
        ("topFromText", distance.top),
        ("bottomFromText", distance.bottom),
    ] {
        written += &format!(" w:{name}=\"{}\"", twips(length).max(0));
    }
    // the format knows fewer areas than drawings have
    let from = |position: &Position| match position.from {
        Anchor::Page | Anchor::MarginBefore => "page",
        Anchor::Margin | Anchor::MarginAfter => "margin",
        Anchor::Column | Anchor::Paragraph | Anchor::Line => "text",
    };
    written += &format!(" w:vertAnchor=\"{}\"", from(&position.vertical));
    written += &format!(" w:horzAnchor=\"{}\"", from(&position.horizontal));
    written += &place("X", position.horizontal.at, ["left", "center", "right"]);
    written += &place("Y", position.vertical.at, ["top", "center", "bottom"]);
    written
}

fn place(axis: &str, place: Place, [start, center, end]: [&str; 3]) -> String {
    let spec = match place {
        Place::Offset(offset) => return offset_of(axis, offset),
        Place::Part(_) => return offset_of(axis, Length::ZERO),
        Place::Start => start,
        Place::Center => center,
        Place::End => end,
    };
    format!(" w:tblp{axis}Spec=\"{spec}\"")
}

/// An offset of nothing is written as a twip: Word takes 0 for none given.
fn offset_of(axis: &str, offset: Length) -> String {
    let offset = match twips(offset) {
        0 => 1,
        offset => offset,
    };
    format!(" w:tblp{axis}=\"{offset}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CellMargins;

    #[test]
    fn a_place_at_the_foot_of_the_type_area_is_written_in_words() {
        let position = TablePosition {
            horizontal: Position { from: Anchor::Page, at: Place::Offset(Length::twips(1588)) },
            vertical: Position { from: Anchor::Margin, at: Place::End },
            distance: CellMargins::default(),
        };
        assert_eq!(
            attributes(&position),
            " w:leftFromText=\"108\" w:rightFromText=\"108\" w:topFromText=\"0\" w:bottomFromText=\"0\" \
             w:vertAnchor=\"margin\" w:horzAnchor=\"page\" w:tblpX=\"1588\" w:tblpYSpec=\"bottom\""
        );
    }
}
