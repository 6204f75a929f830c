//! Titles, and how text in a chart looks.

use crate::document::CharacterFormat;

use super::fill;
use super::xml::escape;

/// The properties of text as attributes and children of `a:defRPr` and its like.
fn look(name: &str, format: &CharacterFormat) -> String {
    let mut attributes = String::new();
    if let Some(size) = format.size {
        attributes += &format!(" sz=\"{}\"", (size.to_pt() * 100.0).round().clamp(100.0, 400_000.0));
    }
    let switch = |on: Option<bool>| u8::from(on.unwrap_or(false));
    // titles are bold where nothing is said
    attributes += &format!(" b=\"{}\" i=\"{}\"", switch(format.bold), switch(format.italic));
    let color = format.color.map(|color| fill(Some(color))).unwrap_or_default();
    let face = |tag: &str, face: &str| format!("<a:{tag} typeface=\"{}\"/>", escape(face));
    let latin = format.latin_font.as_ref().map(|font| face("latin", font)).unwrap_or_default();
    let east_asian = format.east_asian_font.as_ref().map(|font| face("ea", font)).unwrap_or_default();
    format!("<a:{name}{attributes}>{color}{latin}{east_asian}</a:{name}>")
}

/// How text looks (`c:txPr`); `body` are the attributes of its body, such as its direction.
pub fn properties(format: &CharacterFormat, body: &str) -> String {
    format!(
        "<c:txPr><a:bodyPr{body}/><a:lstStyle/><a:p><a:pPr>{}</a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>",
        look("defRPr", format)
    )
}

/// A title, where it is to stand if it is not left to the reader.
pub fn title(words: &str, format: &CharacterFormat, at: Option<(f64, f64)>) -> String {
    let layout = at.map_or(String::new(), |(x, y)| {
        format!(
            "<c:layout><c:manualLayout><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/>\
             <c:x val=\"{x}\"/><c:y val=\"{y}\"/></c:manualLayout></c:layout>"
        )
    });
    format!(
        "<c:title><c:tx><c:rich><a:bodyPr rot=\"0\" vert=\"horz\"/><a:lstStyle/><a:p><a:pPr>{}</a:pPr><a:r>{}<a:t>{}</a:t></a:r></a:p></c:rich></c:tx>\
         {layout}<c:overlay val=\"0\"/></c:title>",
        look("defRPr", format),
        look("rPr", format).replacen("<a:rPr", "<a:rPr lang=\"zh-CN\"", 1),
        escape(words)
    )
}
