//! Colours of cells by their names.

use crate::document::Color;

/// The names, each with its colour: light, so that text stays readable in grey too.
pub(super) const NAMES: [(&str, &str); 11] = [
    ("红", "FFC7CE"),
    ("黄", "FFEB9C"),
    ("绿", "C6EFCE"),
    ("蓝", "DDEBF7"),
    ("灰", "E7E6E6"),
    ("橙", "FCE4D6"),
    ("red", "FFC7CE"),
    ("yellow", "FFEB9C"),
    ("green", "C6EFCE"),
    ("blue", "DDEBF7"),
    ("grey", "E7E6E6"),
];

/// A colour by its name or its six hexadecimal figures.
pub(super) fn color(text: &str) -> Option<Color> {
    let text = text.trim().trim_start_matches('#').trim_end_matches('色');
    let hex = NAMES.iter().find(|(name, _)| *name == text).map_or(text, |(_, hex)| hex);
    Color::from_hex(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_a_name_or_six_figures() {
        assert_eq!(color("#ff0000").map(Color::to_hex).as_deref(), Some("FF0000"));
        assert_eq!(color("红色").map(Color::to_hex).as_deref(), Some("FFC7CE"));
        assert_eq!(color("乱"), None);
    }
}
