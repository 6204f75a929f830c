//! Shapes with text in them: form, colour, rule, room of the text.

use std::sync::Arc;

use super::drawing::no_margins;
use super::geometry;
use super::measure::{emu, points};
use super::story::Story;
use super::tree::Element;
use super::unshown_drawing as unshown;
use crate::diagnostic::Words;
use crate::document::{Border, BorderLine, CellMargins, Color, Down, Length, TextBox, VerticalAlign};

impl Story<'_> {
    /// A shape with its text.
    pub(super) fn shape(&mut self, element: &Element, size: (Length, Length)) -> TextBox {
        let mut text_box = look(element.child("wps:spPr"), element.child("wps:style"), size, self);
        let body = element.child("wps:bodyPr");
        text_box.margins = insets(body, text_box.margins);
        text_box.grows = body.is_some_and(|body| body.child("a:spAutoFit").is_some());
        text_box.vertical_align = match body.and_then(|body| body.attribute("anchor")) {
            Some("ctr") => VerticalAlign::Center,
            Some("b") => VerticalAlign::Bottom,
            _ => VerticalAlign::Top,
        };
        match body.and_then(|body| body.attribute("vert")) {
            Some("eaVert" | "mongolianVert" | "wordArtVert") => text_box.down = Some(Down::Upright),
            Some("vert") => text_box.down = Some(Down::Turned),
            None | Some("horz") => {}
            Some(_) => self.missing.push(Words::new(
                "文本框里从下往上的文字（横排）",
                "text that runs upwards in a text box (set from left to right)",
            )),
        }
        let is_seen = text_box.fill.is_some() || text_box.border.is_some();
        let is_drawn = text_box.outline.is_some() || !is_seen;
        self.missing.extend(unshown::of_shape(element.child("wps:spPr"), body, is_drawn));
        if let Some(content) = element.child("wps:txbx").and_then(|text| text.child("w:txbxContent")) {
            let margins = &text_box.margins;
            let inner = match text_box.down {
                None => size.0 - margins.left - margins.right,
                Some(_) => size.1 - margins.top - margins.bottom,
            };
            text_box.blocks = self.boxed(content, inner);
        }
        text_box
    }
}

/// Space between a box's edge and its text: a tenth and a twentieth of an inch where nothing is said, besides what its form
/// keeps free.
pub(super) fn insets(body: Option<&Element>, form: CellMargins) -> CellMargins {
    let inset = |name: &str, default: f64| body.and_then(|body| emu(body.attribute(name)?)).unwrap_or(points(default));
    CellMargins {
        top: form.top + inset("tIns", 3.6),
        bottom: form.bottom + inset("bIns", 3.6),
        left: form.left + inset("lIns", 7.2),
        right: form.right + inset("rIns", 7.2),
    }
}

/// A shape's form, colour and rule; its margins are those that its form gives it.
pub(super) fn look(own: Option<&Element>, style: Option<&Element>, size: (Length, Length), story: &Story) -> TextBox {
    let none = |name: &str| own.is_some_and(|own| own.child(name).is_some());
    let color = |element: &Element| super::drawing_text::color(element, &story.book.theme);
    let plain = own.and_then(|own| own.child("a:solidFill"));
    let first =
        || own.and_then(|own| own.child("a:gradFill")?.find("a:gs").or(own.child("a:pattFill")?.child("a:fgClr")));
    let fill = plain.or_else(first).and_then(color);
    let style_color = |name: &str| {
        let reference = style?.child(name)?;
        (reference.attribute("idx") != Some("0")).then(|| color(reference))?
    };
    let fill = if none("a:noFill") { None } else { fill.or_else(|| style_color("a:fillRef")) };
    let line = own.and_then(|own| own.child("a:ln"));
    let no_line = line.is_some_and(|line| line.child("a:noFill").is_some());
    let line_color: Option<Color> =
        line.and_then(|line| line.child("a:solidFill")).and_then(color).or_else(|| style_color("a:lnRef"));
    let width = line.and_then(|line| emu(line.attribute("w")?)).unwrap_or(points(0.75));
    let dash = line.and_then(|line| line.child("a:prstDash")?.attribute("val"));
    let kind = match dash {
        None | Some("solid") => BorderLine::Single,
        Some("sysDot" | "dot") => BorderLine::Dotted,
        Some(_) => BorderLine::Dashed,
    };
    let border = line_color.filter(|_| !no_line).map(|color| Border { color, line: kind, ..Border::single(width) });
    let (wide, high) = (size.0.to_pt(), size.1.to_pt());
    let geometry = own.and_then(|own| geometry::read(own, (wide, high), width.to_pt()));
    let margins = geometry.as_ref().map_or_else(no_margins, |geometry| {
        let [left, top, right, bottom] = geometry.text;
        CellMargins {
            left: size.0 * left,
            top: size.1 * top,
            right: size.0 * (1.0 - right),
            bottom: size.1 * (1.0 - bottom),
        }
    });
    TextBox {
        fill,
        border,
        margins,
        outline: geometry.map(|geometry| Arc::new(geometry.outline)),
        ..TextBox::default()
    }
}
