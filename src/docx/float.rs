//! What stands beside the text, in Word's own words, where docx-rs has none: pictures (`wp:anchor`) and watermarks (VML, as
//! Word writes them).

use super::media::{crop_attributes, svg_extension};
use super::xml::escape;
use crate::document::{Anchor, Float, Length, Picture, Place, Position, WordArt};

/// A picture anchored in the text; `drawing` is the relation to the vectors that it is a copy of.
pub fn picture(float: &Float, picture: &Picture, relation: &str, drawing: Option<&str>, number: usize) -> String {
    let (width, height) = (float.width.to_emu().max(1), float.height.to_emu().max(1));
    let behind = u8::from(float.behind);
    let (horizontal, vertical) = (position("H", &float.horizontal, true), position("V", &float.vertical, false));
    let description = escape(&picture.description);
    let crop = crop_attributes(&picture.crop);
    let vectors = drawing.map(svg_extension).unwrap_or_default();
    format!(
        "<w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{}\" \
         behindDoc=\"{behind}\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>\
         {horizontal}{vertical}<wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:wrapNone/><wp:docPr id=\"{number}\" name=\"图片 {number}\" descr=\"{description}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
         <pic:cNvPr id=\"{number}\" name=\"图片 {number}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"{relation}\">{vectors}</a:blip><a:srcRect{crop}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>",
        // later ones stand in front of earlier ones
        number * 1024
    )
}

fn position(side: &str, position: &Position, across: bool) -> String {
    let from = match position.from {
        Anchor::Page => "page",
        Anchor::Margin => "margin",
        Anchor::Column => "column",
        Anchor::Paragraph if across => "column",
        Anchor::Paragraph => "paragraph",
        Anchor::Line if across => "character",
        Anchor::Line => "line",
        Anchor::MarginBefore if across => "leftMargin",
        Anchor::MarginBefore => "topMargin",
        Anchor::MarginAfter if across => "rightMargin",
        Anchor::MarginAfter => "bottomMargin",
    };
    let align = |word: &str| format!("<wp:align>{word}</wp:align>");
    let at = match position.at {
        Place::Offset(offset) => format!("<wp:posOffset>{}</wp:posOffset>", offset.to_emu()),
        Place::Start => align(if across { "left" } else { "top" }),
        Place::Center => align("center"),
        Place::End => align(if across { "right" } else { "bottom" }),
        Place::Part(_) => format!("<wp:posOffset>{}</wp:posOffset>", Length::ZERO.to_emu()),
    };
    format!("<wp:position{side} relativeFrom=\"{from}\">{at}</wp:position{side}>")
}

/// A watermark in the middle of the type area. Word knows it by its name, so that its own command removes it.
pub fn word_art(float: &Float, art: &WordArt, number: usize) -> String {
    let (width, height) = (float.width.to_pt(), float.height.to_pt());
    let turn = (-art.degrees).rem_euclid(360.0);
    let (text, font, color) = (escape(&art.text), escape(&art.font), art.color.to_hex());
    format!(
        "<w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/>\
         <v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/><v:f eqn=\"mid @5 @6\"/>\
         <v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/><v:f eqn=\"sum @6 0 @5\"/></v:formulas>\
         <v:path textpathok=\"t\" o:connecttype=\"custom\" o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" \
         o:connectangles=\"270,180,90,0\"/><v:textpath on=\"t\" fitshape=\"t\"/><v:handles>\
         <v:h position=\"#0,bottomRight\" xrange=\"6629,14971\"/></v:handles><o:lock v:ext=\"edit\" text=\"t\" shapetype=\"t\"/>\
         </v:shapetype><v:shape id=\"PowerPlusWaterMarkObject{number}\" o:spid=\"_x0000_s{}\" type=\"#_x0000_t136\" alt=\"\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:{width:.2}pt;height:{height:.2}pt;rotation:{turn:.0};\
         z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
         mso-position-vertical:center;mso-position-vertical-relative:margin\" o:allowincell=\"f\" fillcolor=\"#{color}\" \
         stroked=\"f\"><v:textpath style=\"font-family:&quot;{font}&quot;;font-size:1pt\" string=\"{text}\"/></v:shape></w:pict>",
        2048 + number
    )
}
