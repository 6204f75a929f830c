//! What of a shape or a picture is not shown.

use super::measure::{emu, number};
use super::tree::{Element, is_on};
use crate::diagnostic::Words;
use crate::document::Length;

/// What of a shape's looks is not shown; `is_seen`: it has a colour or a rule.
pub fn of_shape(own: Option<&Element>, body: Option<&Element>, is_seen: bool) -> Vec<Words> {
    let mut told = Vec::new();
    let mut tell = |holds: bool, zh: &str, en: &str| told.extend(holds.then(|| Words::new(zh, en)));
    let shape = own.and_then(|own| own.child("a:prstGeom")?.attribute("prst"));
    let drawn_freely = own.is_some_and(|own| own.child("a:custGeom").is_some());
    let outlined = drawn_freely || shape.is_some_and(|shape| shape != "rect" && !(is_line(shape) && is_straight(own)));
    tell(outlined && is_seen, "形状的轮廓（画成矩形）", "the outline of a shape (drawn as a rectangle)");
    let has = |name: &str| own.is_some_and(|own| own.child(name).is_some());
    tell(
        has("a:gradFill") || has("a:pattFill"),
        "形状的渐变或图案（画成一种颜色）",
        "a shape's gradient or pattern (drawn in one colour)",
    );
    tell(has("a:blipFill"), "形状里的图片填充", "a picture that fills a shape");
    tell(has_effects(own), "形状的阴影等效果", "a shape's shadow or other effects");
    tell(is_turned(own), "形状的旋转", "a shape's rotation");
    let line = own.and_then(|own| own.child("a:ln"));
    let has_head = |end: &str| {
        let kind = line.and_then(|line| line.child(end)).and_then(|end| end.attribute("type"));
        kind.is_some_and(|kind| kind != "none")
    };
    tell(has_head("a:headEnd") || has_head("a:tailEnd"), "线端的箭头", "the heads of an arrow");
    let columns = body.and_then(|body| number(body.attribute("numCol")?));
    tell(columns.is_some_and(|columns| columns > 1.0), "文本框的分栏", "the columns of a text box");
    let is_art = body.and_then(|body| body.child("a:prstTxWarp")).and_then(|art| art.attribute("prst"));
    tell(is_art.is_some_and(|art| art != "textNoShape"), "艺术字的变形", "the form of a text drawn as art");
    told
}

/// What of a picture's looks is not shown.
pub fn of_picture(own: Option<&Element>, blip: &Element) -> Vec<Words> {
    let mut told = Vec::new();
    let mut tell = |holds: bool, zh: &str, en: &str| told.extend(holds.then(|| Words::new(zh, en)));
    let recoloured = blip.children.iter().any(|child| child.name.as_ref() != "a:extLst");
    tell(recoloured, "图片的颜色调整", "how a picture's colours are changed");
    let line = own.and_then(|own| own.child("a:ln"));
    let ruled = line.is_some_and(|line| {
        line.children.iter().any(|child| matches!(child.name.as_ref(), "a:solidFill" | "a:gradFill" | "a:pattFill"))
    });
    tell(ruled, "图片的边框", "a picture's rules");
    let shape = own.and_then(|own| own.child("a:prstGeom")?.attribute("prst"));
    tell(
        shape.is_some_and(|shape| shape != "rect"),
        "图片的形状（画成矩形）",
        "a picture's shape (drawn as a rectangle)",
    );
    tell(has_effects(own), "图片的阴影等效果", "a picture's shadow or other effects");
    let frame = own.and_then(|own| own.child("a:xfrm"));
    let mirrored = |name| frame.and_then(|frame| frame.attribute(name)).is_some_and(is_on);
    tell(mirrored("flipH") || mirrored("flipV"), "图片的翻转", "that a picture is mirrored");
    told
}

fn is_line(shape: &str) -> bool {
    shape == "line" || shape.starts_with("straightConnector")
}

/// Whether a line runs along one side of its rectangle: then it is drawn as it is.
fn is_straight(own: Option<&Element>) -> bool {
    let size = own.and_then(|own| own.child("a:xfrm")?.child("a:ext"));
    let flat =
        |name| size.and_then(|size| emu(size.attribute(name)?)).is_some_and(|length| length <= Length::twips(10));
    flat("cx") || flat("cy")
}

fn has_effects(own: Option<&Element>) -> bool {
    let drawn = |name: &str| own.and_then(|own| own.child(name)).is_some_and(|effects| !effects.children.is_empty());
    ["a:effectLst", "a:effectDag", "a:scene3d", "a:sp3d"].into_iter().any(drawn)
}

fn is_turned(own: Option<&Element>) -> bool {
    own.and_then(|own| number(own.child("a:xfrm")?.attribute("rot")?)).is_some_and(|angle| angle != 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn told(words: Vec<Words>) -> Vec<String> {
        words.into_iter().map(|words| words.zh).collect()
    }

    #[test]
    fn a_plain_shape_and_a_straight_line_are_shown_whole_and_other_looks_are_told() {
        let of = |xml: &str| told(of_shape(Some(&parse(xml.as_bytes()).unwrap()), None, true));
        let line = |height: u32| {
            format!("<wps:spPr><a:xfrm><a:ext cx='900000' cy='{height}'/></a:xfrm><a:prstGeom prst='line'/></wps:spPr>")
        };
        assert_eq!(of("<wps:spPr><a:prstGeom prst='rect'/><a:effectLst/></wps:spPr>"), [""; 0]);
        assert_eq!(of(&line(0)), [""; 0]);
        assert_eq!(of(&line(90_000)), ["形状的轮廓（画成矩形）"]);
        let arrow = "<wps:spPr><a:xfrm rot='60000'/><a:gradFill/><a:ln><a:tailEnd type='arrow'/></a:ln></wps:spPr>";
        assert_eq!(of(arrow), ["形状的渐变或图案（画成一种颜色）", "形状的旋转", "线端的箭头"]);
    }

    #[test]
    fn what_word_does_to_a_picture_is_told() {
        let own = parse(b"<pic:spPr><a:prstGeom prst='ellipse'/><a:ln><a:solidFill/></a:ln></pic:spPr>").unwrap();
        let blip = parse(b"<a:blip><a:grayscl/><a:extLst/></a:blip>").unwrap();
        let all = ["图片的颜色调整", "图片的边框", "图片的形状（画成矩形）"];
        assert_eq!(told(of_picture(Some(&own), &blip)), all);
        assert_eq!(told(of_picture(None, &parse(b"<a:blip><a:extLst/></a:blip>").unwrap())), [""; 0]);
    }
}
