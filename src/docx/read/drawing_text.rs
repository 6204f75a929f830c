//! Text and colours of drawings, in DrawingML's own words.

use super::measure::{number, points};
use super::theme::Theme;
use super::tree::Element;
use crate::document::{Align, Block, CharacterFormat, Color, Content, LineSpacing, Paragraph, ParagraphFormat, Run};

/// The paragraphs of `a:txBody` or its like.
pub fn blocks(element: &Element, theme: &Theme) -> Vec<Block> {
    element.children_named("a:p").map(|paragraph| Block::Paragraph(self::paragraph(paragraph, theme))).collect()
}

fn paragraph(element: &Element, theme: &Theme) -> Paragraph {
    let align = element.child("a:pPr").and_then(|own| own.attribute("algn")).map(|align| match align {
        "ctr" => Align::Center,
        "r" => Align::End,
        "just" => Align::Justify,
        _ => Align::Start,
    });
    let format = ParagraphFormat {
        align,
        space_before: Some(points(0.0)),
        space_after: Some(points(0.0)),
        line_spacing: Some(LineSpacing::Multiple(1.0)),
        ..ParagraphFormat::default()
    };
    let runs = element.children.iter().filter_map(|child| match child.name.as_ref() {
        "a:r" | "a:fld" => {
            let text = child.child("a:t").map(|text| text.text.clone()).unwrap_or_default();
            Some(Run {
                content: Content::Text(text),
                format: character(child.child("a:rPr"), theme).into(),
                source: None,
            })
        }
        "a:br" => Some(Run::of(Content::LineBreak)),
        _ => None,
    });
    Paragraph { format: format.into(), runs: runs.collect(), ..Paragraph::default() }
}

/// How text looks by `a:rPr` or its like.
pub fn character(element: Option<&Element>, theme: &Theme) -> CharacterFormat {
    let Some(element) = element else { return CharacterFormat::default() };
    let face = |name: &str| element.child(name)?.attribute("typeface").filter(|face| !face.starts_with('+'));
    CharacterFormat {
        size: element.attribute("sz").and_then(number).map(|hundredths| points(hundredths / 100.0)),
        bold: element.attribute("b").map(super::tree::is_on),
        italic: element.attribute("i").map(super::tree::is_on),
        color: element.child("a:solidFill").and_then(|fill| color(fill, theme)),
        latin_font: face("a:latin").map(Into::into).or_else(|| theme.face("minorHAnsi")),
        east_asian_font: face("a:ea").map(Into::into).or_else(|| theme.face("minorEastAsia")),
        ..CharacterFormat::default()
    }
}

/// The colour in an element such as `a:solidFill`, tints and shades as far as they are plain.
pub fn color(element: &Element, theme: &Theme) -> Option<Color> {
    element.children.iter().find_map(|kind| {
        let base = match kind.name.as_ref() {
            "a:srgbClr" => Color::from_hex(kind.attribute("val")?)?,
            "a:schemeClr" => theme.color(kind.attribute("val")?)?,
            "a:sysClr" => Color::from_hex(kind.attribute("lastClr")?)?,
            "a:prstClr" => match kind.attribute("val")? {
                "white" => Color { red: 255, green: 255, blue: 255 },
                "red" => Color { red: 255, green: 0, blue: 0 },
                _ => Color::BLACK,
            },
            _ => return None,
        };
        let part =
            |name: &str| kind.child(name).and_then(|part| number(part.attribute("val")?)).map(|part| part / 100_000.0);
        let see_through = part("a:alpha").is_some_and(|alpha| alpha < 0.02);
        let scaled = |value: u8| {
            let mut value = f64::from(value);
            value *= part("a:lumMod").or(part("a:shade")).unwrap_or(1.0).clamp(0.0, 2.0);
            value += 255.0 * part("a:lumOff").unwrap_or(0.0).clamp(0.0, 1.0);
            if let Some(tint) = part("a:tint") {
                value = 255.0 - (255.0 - value) * tint.clamp(0.0, 1.0);
            }
            value.round().clamp(0.0, 255.0) as u8
        };
        let color = Color { red: scaled(base.red), green: scaled(base.green), blue: scaled(base.blue) };
        (!see_through).then_some(color)
    })
}
