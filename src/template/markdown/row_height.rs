//! How high a row of a table will be, near enough to say whether it fits a page.

use super::measure::ems;
use crate::document::{Length, LineSpacing, Paragraph};
use crate::style::{Style, id};

/// A row is taken to be that much higher than it seems: lines are not filled to their ends.
const AIR: f64 = 1.05;

/// Whether a row of these texts, each with its column's width, is higher than a page's text.
pub(super) fn is_above_a_page(cells: &[(String, Length)], style: &Style, page: Length) -> bool {
    let named = style.sheet.find(id::TABLE_TEXT).unwrap_or_default();
    let character = style.sheet.style_character_format(named);
    let em = (character.size + character.spacing).to_pt().max(1.0);
    let format = style.sheet.paragraph_format(&Paragraph { style: named, ..Paragraph::default() });
    let pitch = match format.line_spacing {
        LineSpacing::Exact(pitch) | LineSpacing::AtLeast(pitch) => pitch.to_pt(),
        LineSpacing::Multiple(factor) => em * 1.3 * factor,
    };
    let margins = style.table.margins;
    let lines = |(text, width): &(String, Length)| {
        let room = (*width - margins.left - margins.right).to_pt().max(em);
        text.split('\n').map(|line| (ems(line) * em * AIR / room).ceil().max(1.0)).sum::<f64>()
    };
    let most = cells.iter().map(lines).fold(0.0, f64::max);
    most * pitch + (margins.top + margins.bottom).to_pt() > page.to_pt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_more_lines_than_a_page_has_is_above_it() {
        let style = Style::parse(
            "a.toml",
            "[table]\nmargin_above = '0pt'\nmargin_below = '0pt'\n[table_text]\nsize = '10pt'\nline_pitch = '15pt'",
        )
        .unwrap();
        let above = |count: usize| {
            let cells = [("短".to_owned(), Length::pt(50.0)), ("字".repeat(count), Length::pt(210.9))];
            is_above_a_page(&cells, &style, Length::pt(151.0))
        };
        assert!(!above(180) && above(200), "ten lines of nineteen or twenty characters");
        let broken = [("字\n".repeat(10), Length::pt(210.9))];
        assert!(is_above_a_page(&broken, &style, Length::pt(151.0)));
    }
}
