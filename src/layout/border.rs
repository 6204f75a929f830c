//! Rules of paragraphs and tables.

use crate::document::{Border, BorderLine, Length};

use super::measure::{half, points, snapped_positive};
use super::page::{Item, Rule};

/// Room that a rule takes across; a double rule is two and the gap between them.
pub(super) fn thickness(border: &Border) -> Length {
    let width = snapped_positive(border.width);
    match border.line {
        BorderLine::Double => width + width + width,
        BorderLine::Triple => width * 5.0,
        BorderLine::Single | BorderLine::Dashed | BorderLine::Dotted => width,
        BorderLine::None => Length::ZERO,
    }
}

/// A straight way along which a rule is drawn, by its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From left to right at a height.
    Across {
        /// Left end.
        from: Length,
        /// Right end.
        to: Length,
        /// Height of the rule's middle.
        y: Length,
    },
    /// Downwards.
    Down {
        /// Upper end.
        from: Length,
        /// Lower end.
        to: Length,
        /// The rule's middle.
        x: Length,
    },
}

/// Draws a rule.
pub(super) fn draw(items: &mut Vec<Item>, border: &Border, way: Way) {
    let width = snapped_positive(border.width);
    match border.line {
        BorderLine::None => {}
        BorderLine::Single => line(items, border, way, Length::ZERO, Vec::new()),
        BorderLine::Double => {
            line(items, border, way, width, Vec::new());
            line(items, border, way, -width, Vec::new());
        }
        BorderLine::Triple => {
            for aside in [-(width + width), Length::ZERO, width + width] {
                line(items, border, way, aside, Vec::new());
            }
        }
        BorderLine::Dashed => line(items, border, way, Length::ZERO, vec![points(width) * 4.0, points(width) * 2.0]),
        BorderLine::Dotted => line(items, border, way, Length::ZERO, vec![points(width), points(width)]),
    }
}

fn line(items: &mut Vec<Item>, border: &Border, way: Way, aside: Length, dash_pt: Vec<f32>) {
    let width = snapped_positive(border.width);
    if width <= Length::ZERO {
        return;
    }
    let (from_pt, to_pt) = match way {
        Way::Across { from, to, y } => {
            let y = points(y + aside);
            ((points(from), y), (points(to), y))
        }
        Way::Down { from, to, x } => {
            let x = points(x + aside);
            ((x, points(from)), (x, points(to)))
        }
    };
    items.push(Item::Rule(Rule { from_pt, to_pt, width_pt: points(width), dash_pt, color: border.color }));
}

/// Half of a rule's room, from its edge to its middle.
pub(super) fn half_thickness(border: &Border) -> Length {
    half(thickness(border))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_rule_is_two_lines_a_width_apart() {
        let border = Border { line: BorderLine::Double, ..Border::single(Length::pt(1.0)) };
        assert_eq!(thickness(&border), Length::pt(3.0));
        let mut items = Vec::new();
        draw(&mut items, &border, Way::Across { from: Length::ZERO, to: Length::pt(9.0), y: Length::pt(5.0) });
        let heights: Vec<f32> =
            items.iter().map(|item| if let Item::Rule(rule) = item { rule.from_pt.1 } else { 0.0 }).collect();
        assert_eq!(heights, [6.0, 4.0]);
    }

    #[test]
    fn no_rule_is_drawn_without_thickness() {
        let mut items = Vec::new();
        let way = Way::Down { from: Length::ZERO, to: Length::pt(9.0), x: Length::ZERO };
        draw(&mut items, &Border::single(Length::ZERO), way);
        draw(&mut items, &Border { line: BorderLine::None, ..Border::single(Length::pt(1.0)) }, way);
        assert!(items.is_empty());
    }
}
