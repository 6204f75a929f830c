//! Drawings of older documents (`w:pict`, `w:object`): pictures and text boxes in VML.

use super::measure::{number, points};
use super::story::Story;
use super::tree::Element;
use crate::diagnostic::Words;
use crate::document::{
    Anchor, Border, CellMargins, CharacterFormat, Color, Content, Crop, Float, FloatContent, Length, Picture, Place,
    Position, Run, TextBox, VerticalAlign, WordArt, Wrap,
};

impl Story<'_> {
    /// The shapes of a VML drawing.
    pub fn vml(&mut self, element: &Element, format: &CharacterFormat, runs: &mut Vec<Run>) {
        if self.fields.in_instruction() {
            return;
        }
        let mut shown = false;
        for shape in &element.children {
            let kind = shape.name.as_ref();
            if !matches!(kind, "v:shape" | "v:rect" | "v:roundrect" | "v:oval" | "v:line" | "v:group") {
                if matches!(kind, "v:arc" | "v:curve" | "v:polyline" | "v:image") {
                    self.missing.push(Words::new("旧格式的图形", "a drawing of an old format"));
                }
                continue;
            }
            let style = Style::read(shape.attribute("style").unwrap_or_default());
            let (width, height) =
                (style.length("width").unwrap_or_default(), style.length("height").unwrap_or_default());
            let content = if let Some(data) = shape.child("v:imagedata") {
                let relation = data.attribute("r:id").and_then(|id| self.relations.get(id)).cloned();
                let image = relation.and_then(|relation| self.book.image(&relation.target));
                if image.is_none() {
                    self.missing.push(Words::new("旧格式的图片", "a picture of an old format"));
                }
                let image = image.unwrap_or_else(super::picture::blank);
                FloatContent::Picture(Picture { image, width, height, crop: Crop::NONE, description: String::new() })
            } else if let Some(art) = word_art(shape, &style) {
                FloatContent::WordArt(art)
            } else if let Some(text) = shape.child("v:textbox") {
                FloatContent::Box(self.vml_box(shape, text, width))
            } else {
                self.missing.push(Words::new("旧格式的图形", "a drawing of an old format"));
                continue;
            };
            shown = true;
            let content = match (content, style.get("position")) {
                (FloatContent::Picture(picture), position) if position != Some("absolute") => Content::Picture(picture),
                (content, _) => Content::Float(Box::new(float(&style, shape, content, (width, height)))),
            };
            runs.push(Run { content, format: format.clone(), source: None });
        }
        if !shown && element.name.as_ref() == "w:object" {
            self.missing.push(Words::new("嵌入的对象", "an embedded object"));
        }
    }

    fn vml_box(&mut self, shape: &Element, text: &Element, width: Length) -> TextBox {
        let mut sides = text.attribute("inset").unwrap_or_default().split(',').map(length);
        let mut side = |default: f64| sides.next().flatten().unwrap_or(points(default));
        let margins = CellMargins { left: side(7.2), top: side(3.6), right: side(7.2), bottom: side(3.6) };
        let off = |name: &str| matches!(shape.attribute(name), Some("f" | "false"));
        let color = |name: &str| shape.attribute(name).and_then(|color| Color::from_hex(color.split(' ').next()?));
        let fill = (!off("filled")).then(|| color("fillcolor").unwrap_or(Color { red: 255, green: 255, blue: 255 }));
        let border = (!off("stroked")).then(|| {
            let width = shape.attribute("strokeweight").and_then(length).unwrap_or(points(0.75));
            Border { color: color("strokecolor").unwrap_or(Color::BLACK), ..Border::single(width) }
        });
        let inner = width - margins.left - margins.right;
        let blocks = text.child("w:txbxContent").map(|content| self.boxed(content, inner)).unwrap_or_default();
        TextBox { blocks, margins, vertical_align: VerticalAlign::Top, fill, border, grows: false }
    }
}

/// A line of text drawn as a shape, as Word's watermarks are.
fn word_art(shape: &Element, style: &Style) -> Option<WordArt> {
    let path = shape.child("v:textpath")?;
    let text = path.attribute("string").filter(|text| !text.trim().is_empty())?;
    let own = Style::read(path.attribute("style").unwrap_or_default());
    let font = own.get("font-family").map(|font| font.trim_matches(['"', '\'']).to_owned());
    let part = |text: &str| match text.strip_suffix('f') {
        Some(parts) => Some(number(parts)? / 65_536.0),
        None => number(text),
    };
    let opacity = shape.child("v:fill").and_then(|fill| part(fill.attribute("opacity")?)).unwrap_or(1.0);
    let color = shape.attribute("fillcolor").and_then(named_color).unwrap_or(Color { red: 255, green: 255, blue: 255 });
    let paler = |part: u8| (255.0 - (255.0 - f64::from(part)) * opacity.clamp(0.0, 1.0)).round() as u8;
    Some(WordArt {
        text: text.to_owned(),
        font: font.unwrap_or_else(|| "宋体".to_owned()).into(),
        color: Color { red: paler(color.red), green: paler(color.green), blue: paler(color.blue) },
        degrees: -style.get("rotation").and_then(number).unwrap_or_default(),
    })
}

/// A colour of VML: by its figures, or one of the names that Word offers.
fn named_color(text: &str) -> Option<Color> {
    let first = text.split(' ').next()?;
    let hex = match first {
        "silver" => "C0C0C0",
        "gray" | "grey" => "808080",
        "black" => "000000",
        "red" => "FF0000",
        "blue" => "0000FF",
        other => other,
    };
    Color::from_hex(hex)
}

fn float(style: &Style, shape: &Element, content: FloatContent, (width, height): (Length, Length)) -> Float {
    let position = |relative: &str, place: &str, offset: &str, across: bool| {
        let from = match style.get(relative) {
            Some("page") => Anchor::Page,
            Some("margin") => Anchor::Margin,
            Some("char" | "line") => Anchor::Line,
            _ if across => Anchor::Column,
            _ => Anchor::Paragraph,
        };
        let at = match style.get(place) {
            Some("center") => Place::Center,
            Some("right" | "bottom") => Place::End,
            Some("left" | "top") => Place::Start,
            _ => Place::Offset(style.length(offset).unwrap_or_default()),
        };
        Position { from, at }
    };
    let wrap =
        shape.children.iter().find(|child| child.name.ends_with(":wrap")).and_then(|wrap| wrap.attribute("type"));
    let none = Length::ZERO;
    Float {
        horizontal: position("mso-position-horizontal-relative", "mso-position-horizontal", "margin-left", true),
        vertical: position("mso-position-vertical-relative", "mso-position-vertical", "margin-top", false),
        width,
        height,
        wrap: match wrap {
            Some("square" | "tight" | "through") => Wrap::Square,
            Some("topAndBottom") => Wrap::TopAndBottom,
            _ => Wrap::None,
        },
        distance: CellMargins { top: none, bottom: none, left: points(9.0), right: points(9.0) },
        behind: style.get("z-index").and_then(number).is_some_and(|index| index < 0.0),
        content,
    }
}

/// The properties of a `style` attribute.
struct Style<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Style<'a> {
    fn read(text: &'a str) -> Self {
        Self(
            text.split(';')
                .filter_map(|pair| pair.split_once(':'))
                .map(|(name, value)| (name.trim(), value.trim()))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn length(&self, name: &str) -> Option<Length> {
        length(self.get(name)?)
    }
}

/// A length with its unit; pixels without one.
fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    if text.ends_with(|last: char| last.is_ascii_alphabetic()) && !text.ends_with("px") {
        return super::measure::twips(text);
    }
    number(text.trim_end_matches("px")).map(|pixels| points(pixels * 0.75))
}
