//! What of a shape or a picture is not shown.

use super::measure::number;
use super::tree::{Element, is_on};
use crate::diagnostic::Words;

/// What of a shape's looks is not shown; `is_drawn`: its form is, or there is nothing to be seen of it.
pub fn of_shape(own: Option<&Element>, body: Option<&Element>, is_drawn: bool) -> Vec<Words> {
    let mut told = Vec::new();
    let mut tell = |holds: bool, zh: &str, en: &str| told.extend(holds.then(|| Words::new(zh, en)));
    let shape = own.and_then(|own| own.child("a:prstGeom")?.attribute("prst"));
    let is_other = shape.is_some_and(|shape| shape != "rect");
    tell(is_other && !is_drawn, "形状的轮廓（画成矩形）", "the outline of a shape (drawn as a rectangle)");
    let has = |name: &str| own.is_some_and(|own| own.child(name).is_some());
    tell(
        has("a:gradFill") || has("a:pattFill"),
        "形状的渐变或图案（画成一种颜色）",
        "a shape's gradient or pattern (drawn in one colour)",
    );
    tell(has("a:blipFill"), "形状里的图片填充", "a picture that fills a shape");
    tell(has_effects(own), "形状的阴影等效果", "a shape's shadow or other effects");
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

fn has_effects(own: Option<&Element>) -> bool {
    let drawn = |name: &str| own.and_then(|own| own.child(name)).is_some_and(|effects| !effects.children.is_empty());
    ["a:effectLst", "a:effectDag", "a:scene3d", "a:sp3d"].into_iter().any(drawn)
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn told(words: Vec<Words>) -> Vec<String> {
        words.into_iter().map(|words| words.zh).collect()
    }

    #[test]
    fn shapes_that_are_known_are_shown_and_what_is_not_shown_is_told() {
        let of = |xml: &str| told(of_shape(Some(&parse(xml.as_bytes()).unwrap()), None, true));
        assert_eq!(of("<wps:spPr><a:prstGeom prst='rect'/><a:effectLst/></wps:spPr>"), [""; 0]);
        assert_eq!(of("<wps:spPr><a:prstGeom prst='heart'/></wps:spPr>"), [""; 0]);
        assert_eq!(of("<wps:spPr><a:gradFill/></wps:spPr>"), ["形状的渐变或图案（画成一种颜色）"]);
        let unknown = parse(b"<wps:spPr><a:prstGeom prst='no shape'/></wps:spPr>").unwrap();
        assert_eq!(told(of_shape(Some(&unknown), None, false)), ["形状的轮廓（画成矩形）"]);
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
