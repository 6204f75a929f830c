//! A line of text drawn as large as its box, and at a slope: a watermark.

use super::measure::points;
use super::page::{PlacedGlyph, TextRun};
use super::setter::Setter;
use crate::document::{Length, Script, WordArt};

/// From the baseline up to the middle of a Han character, in ems.
const MIDDLE_EM: f32 = 0.38;

/// Sets a text in a box of a size; the runs stand where the box's upper left corner is the origin.
pub(super) fn set_art(setter: &mut Setter, art: &WordArt, (width, height): (Length, Length)) -> Vec<TextRun> {
    let selection = setter.faces.selection(&art.font, false, false, Script::EastAsian);
    let signs: Vec<_> = art
        .text
        .chars()
        .filter_map(|character| setter.faces.glyph(selection, character).map(|found| (character, found)))
        .collect();
    let ems: f32 = signs.iter().map(|(_, (_, glyph))| glyph.advance_em).sum();
    let (width, height) = (points(width), points(height));
    if ems <= 0.0 || width <= 0.0 || height <= 0.0 {
        return Vec::new();
    }
    // as high as the box, and drawn out to its width
    let stretch = (width / (ems * height)).clamp(0.1, 10.0);
    let slope = (art.degrees as f32).to_radians();
    let (right, down) = (slope.cos(), -slope.sin());
    let along = ems * height * stretch;
    let mut x = width / 2.0 - along / 2.0 * right + MIDDLE_EM * height * -down;
    let mut y = height / 2.0 - along / 2.0 * down + MIDDLE_EM * height * right;
    let mut runs = Vec::new();
    for same in signs.chunk_by(|one, other| one.1.0.face == other.1.0.face) {
        let Some((_, (face, _))) = same.first() else { continue };
        let advance = |em: f32| em * height * stretch;
        let glyphs: Vec<PlacedGlyph> = same
            .iter()
            .map(|(character, (_, glyph))| PlacedGlyph {
                id: glyph.id,
                character: *character,
                advance_pt: advance(glyph.advance_em),
            })
            .collect();
        let length: f32 = glyphs.iter().map(|glyph| glyph.advance_pt).sum();
        runs.push(TextRun {
            face: face.face,
            size_pt: height,
            x_pt: x,
            baseline_pt: y,
            color: art.color,
            synthetic_bold: false,
            synthetic_italic: false,
            stretch,
            turned: false,
            slope: art.degrees as f32,
            element: None,
            glyphs,
        });
        x += length * right;
        y += length * down;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Anchor, CellMargins, Color, Content, Float, FloatContent, Place, Position, Run, Wrap};
    use crate::layout::Item;
    use crate::layout::testing::{document, paragraph, set};

    #[test]
    fn a_text_stands_around_the_middle_of_its_box_at_its_slope() {
        let art = |degrees| WordArt { text: "ab".into(), font: "宋体".into(), color: Color::BLACK, degrees };
        let placed = |degrees| {
            let centred = |from| Position { from, at: Place::Center };
            let none = Length::ZERO;
            let float = Float {
                horizontal: centred(Anchor::Page),
                vertical: centred(Anchor::Page),
                width: Length::pt(40.0),
                height: Length::pt(10.0),
                wrap: Wrap::None,
                distance: CellMargins { top: none, bottom: none, left: none, right: none },
                behind: true,
                content: FloatContent::WordArt(art(degrees)),
            };
            let mut anchor = paragraph("cd");
            anchor.runs.push(Run::of(Content::Float(Box::new(float))));
            let pages = set(&document(vec![crate::document::Block::Paragraph(anchor)], |_| ())).pages;
            let page = &pages.pages[0];
            let Some(Item::Text(run)) = page.items.first() else { panic!("drawn first: {:?}", page.items) };
            assert!(run.element.is_none(), "it is no part of the text");
            let length: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
            assert!((length - 40.0).abs() < 0.01, "as wide as its box: {length}");
            (run.x_pt - page.width_pt / 2.0, run.baseline_pt - page.height_pt / 2.0)
        };
        let near = |(x, y): (f32, f32), (wanted_x, wanted_y): (f32, f32)| {
            assert!((x - wanted_x).abs() < 0.1 && (y - wanted_y).abs() < 0.1, "{x} {y}");
        };
        near(placed(0.0), (-20.0, 3.8));
        near(placed(90.0), (3.8, 20.0));
        let half = 0.5_f32.sqrt();
        near(placed(45.0), ((-20.0 + 3.8) * half, (20.0 + 3.8) * half));
    }
}
