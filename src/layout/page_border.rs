//! Rules around a page.

use crate::document::{Border, Length, PageSetup};

use super::border::{self, Way, half_thickness};
use super::header_footer::Paper;
use super::measure::snapped_positive;
use super::page::Item;

/// Draws the rules around a page.
pub(super) fn draw(items: &mut Vec<Item>, page: &PageSetup, paper: &Paper) {
    let borders = &page.borders;
    let space = |border: &Option<Border>| border.map_or(Length::ZERO, |border| snapped_positive(border.space));
    // the middle of a rule, seen from the edge of the paper or of the type area
    let at = |border: &Option<Border>, edge: Length, text: Length, outward: f64| {
        let half = border.as_ref().map_or(Length::ZERO, half_thickness);
        if borders.from_edge {
            edge - (space(border) + half) * outward
        } else {
            text + (space(border) + half) * outward
        }
    };
    let text_right = paper.left + paper.text_width;
    let left = at(&borders.left, Length::ZERO, paper.left, -1.0);
    let right = at(&borders.right, paper.width, text_right, 1.0);
    let top = at(&borders.top, Length::ZERO, snapped_positive(page.margin_top), -1.0);
    let bottom = at(&borders.bottom, paper.height, paper.height - snapped_positive(page.margin_bottom), 1.0);
    for (border, y) in [(&borders.top, top), (&borders.bottom, bottom)] {
        if let Some(border) = border {
            border::draw(items, border, Way::Across { from: left, to: right, y });
        }
    }
    for (border, x) in [(&borders.left, left), (&borders.right, right)] {
        if let Some(border) = border {
            border::draw(items, border, Way::Down { from: top, to: bottom, x });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageBorders;

    #[test]
    fn rules_stand_off_the_paper_or_the_text() {
        let rule = Some(Border { space: Length::pt(24.0), ..Border::single(Length::pt(1.0)) });
        let borders = PageBorders { top: rule, bottom: rule, left: rule, right: rule, from_edge: true };
        let mut page = PageSetup { borders, ..PageSetup::default() };
        let top_of = |page: &PageSetup| {
            let mut items = Vec::new();
            draw(&mut items, page, &Paper::of(page));
            assert_eq!(items.len(), 4);
            let Some(Item::Rule(rule)) = items.into_iter().next() else { panic!("no rule") };
            rule.from_pt
        };
        assert_eq!(top_of(&page), (24.5, 24.5));
        page.borders.from_edge = false;
        page.margin_top = Length::pt(72.0);
        page.margin_left = Length::pt(90.0);
        assert_eq!(top_of(&page), (65.5, 47.5));
    }
}
