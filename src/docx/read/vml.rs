//! Drawings of older documents (`w:pict`, `w:object`): pictures and text boxes in VML.

use std::sync::Arc;

use super::geometry;
use super::measure::{number, points};
use super::story::Story;
use super::tree::Element;
use crate::diagnostic::Words;
use crate::document::{
    Anchor, Border, CellMargins, CharacterFormat, Color, Content, Crop, Float, FloatContent, Length, Outline,
    OutlinePath, PathFill, Picture, Place, Position, Run, Step, TextBox, WordArt, Wrap,
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
            let line = if kind == "v:line" { Line::read(shape) } else { None };
            let (width, height) = match &line {
                Some(line) => line.size,
                None => (style.length("width").unwrap_or_default(), style.length("height").unwrap_or_default()),
            };
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
            } else if let Some(line) = &line {
                FloatContent::Box(TextBox { outline: Some(line.outline()), ..self.vml_box(shape, (width, height)) })
            } else if shape.child("v:textbox").is_some() || form(shape).is_some() {
                FloatContent::Box(self.vml_box(shape, (width, height)))
            } else {
                self.missing.push(Words::new("旧格式的图形", "a drawing of an old format"));
                continue;
            };
            shown = true;
            let content = match (content, style.get("position")) {
                (FloatContent::Picture(picture), position) if position != Some("absolute") => picture.into(),
                (content, _) => {
                    let mut float = float(&style, shape, content, (width, height));
                    if let Some(line) = &line {
                        shift(&mut float.horizontal, line.corner.0);
                        shift(&mut float.vertical, line.corner.1);
                    }
                    Content::Float(Box::new(float))
                }
            };
            runs.push(Run { content, format: format.clone().into(), source: None });
        }
        if !shown && element.name.as_ref() == "w:object" {
            self.missing.push(Words::new("嵌入的对象", "an embedded object"));
        }
    }

    fn vml_box(&mut self, shape: &Element, size: (Length, Length)) -> TextBox {
        let text = shape.child("v:textbox");
        let inset = text.and_then(|text| text.attribute("inset")).unwrap_or_default();
        let mut sides = inset.split(',').map(length);
        let mut side = |default: f64| sides.next().flatten().unwrap_or(points(default));
        let margins = CellMargins { left: side(7.2), top: side(3.6), right: side(7.2), bottom: side(3.6) };
        let off = |name: &str| matches!(shape.attribute(name), Some("f" | "false"));
        let color = |name: &str| shape.attribute(name).and_then(named_color);
        let fill = (!off("filled")).then(|| color("fillcolor").unwrap_or(Color { red: 255, green: 255, blue: 255 }));
        let border = (!off("stroked")).then(|| {
            let width = shape.attribute("strokeweight").and_then(length).unwrap_or(points(0.75));
            Border { color: color("strokecolor").unwrap_or(Color::BLACK), ..Border::single(width) }
        });
        let inner = size.0 - margins.left - margins.right;
        let content = text.and_then(|text| text.child("w:txbxContent"));
        let blocks = content.map(|content| self.boxed(content, inner)).unwrap_or_default();
        let size = (size.0.to_pt(), size.1.to_pt());
        let outline = form(shape).and_then(|(name, adjusted)| geometry::named(name, adjusted, size)).map(Arc::new);
        TextBox { blocks, margins, fill, border, outline, ..TextBox::default() }
    }
}

/// A straight line (`v:line`).
struct Line {
    corner: (Length, Length),
    size: (Length, Length),
    /// It runs from the lower left to the upper right.
    rises: bool,
}

impl Line {
    fn read(shape: &Element) -> Option<Self> {
        let end = |name: &str| {
            let (x, y) = shape.attribute(name)?.split_once(',')?;
            Some((length(x)?, length(y)?))
        };
        let ((x1, y1), (x2, y2)) = (end("from")?, end("to")?);
        let (left, top) = (x1.min(x2), y1.min(y2));
        let size = (x1.max(x2) - left, y1.max(y2) - top);
        Some(Self { corner: (left, top), size, rises: (x1 < x2) != (y1 < y2) })
    }

    fn outline(&self) -> Arc<Outline> {
        let (width, height) = (self.size.0.to_pt() as f32, self.size.1.to_pt() as f32);
        let (from, to) = if self.rises { (height, 0.0) } else { (0.0, height) };
        let steps = vec![Step::Move((0.0, from)), Step::Line((width, to))];
        let paths = vec![OutlinePath { steps, fill: PathFill::None, stroked: true }];
        Arc::new(Outline { paths, size: (width, height), degrees: 0.0 })
    }
}

fn shift(position: &mut Position, by: Length) {
    if let Place::Offset(offset) = &mut position.at {
        *offset += by;
    }
}

/// A shape's name of today, and how round its corners are, in parts of its shorter side.
fn form(shape: &Element) -> Option<(&'static str, Option<f64>)> {
    let part = |text: &str| match text.strip_suffix('f') {
        Some(parts) => Some(number(parts)? / 65_536.0),
        None => number(text),
    };
    let kind = shape.attribute("type").unwrap_or_default();
    Some(match (shape.name.as_ref(), kind.strip_prefix("#_x0000_t").unwrap_or_default()) {
        ("v:rect", _) | ("v:shape", "1") => ("rect", None),
        ("v:roundrect", _) => ("roundRect", Some(shape.attribute("arcsize").and_then(part).unwrap_or(0.2))),
        ("v:oval", _) | ("v:shape", "3") => ("ellipse", None),
        ("v:shape", number) => (NAMED.iter().find(|(old, _)| *old == number)?.1, None),
        _ => return None,
    })
}

/// The numbers that old files give to shapes, and the names that new ones do.
const NAMED: [(&str, &str); 30] = [
    ("2", "roundRect"),
    ("4", "diamond"),
    ("5", "triangle"),
    ("6", "rtTriangle"),
    ("7", "parallelogram"),
    ("8", "trapezoid"),
    ("9", "hexagon"),
    ("10", "octagon"),
    ("11", "plus"),
    ("12", "star5"),
    ("13", "rightArrow"),
    ("15", "homePlate"),
    ("22", "can"),
    ("55", "chevron"),
    ("56", "pentagon"),
    ("61", "wedgeRectCallout"),
    ("62", "wedgeRoundRectCallout"),
    ("66", "leftArrow"),
    ("67", "downArrow"),
    ("68", "upArrow"),
    ("69", "leftRightArrow"),
    ("109", "flowChartProcess"),
    ("110", "flowChartDecision"),
    ("111", "flowChartInputOutput"),
    ("114", "flowChartDocument"),
    ("116", "flowChartTerminator"),
    ("117", "flowChartPreparation"),
    ("120", "flowChartConnector"),
    ("176", "flowChartAlternateProcess"),
    ("177", "flowChartOffpageConnector"),
];

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
        "white" => "FFFFFF",
        "yellow" => "FFFF00",
        "green" => "008000",
        "navy" => "000080",
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
