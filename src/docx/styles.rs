//! The part with the named styles (`word/styles.xml`).

use docx_rs::{BuildXML, ParagraphStyle as StyleNumber, Style, StyleType};

use super::aside::{Aside, Asides};
use super::character::{NOTE_NUMBER, default_run_property, run_property};
use super::paragraph::{Ground, paragraph_property};
use super::sheet::Sheet;
use super::xml::clean;
use super::{DECLARATION, WORD};
use crate::document::{CharacterFormat, ParagraphStyle, ParagraphStyleId, ResolvedParagraph};

/// The part before it is finished.
pub fn part(sheet: &Sheet, asides: &mut Asides) -> Vec<u8> {
    let mut part = format!("{DECLARATION}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault>").into_bytes();
    part.extend(default_run_property(&default_character(sheet), asides).build());
    part.extend_from_slice(b"</w:rPrDefault><w:pPrDefault>");
    part.extend(default_paragraph(sheet, asides));
    part.extend_from_slice(b"</w:pPrDefault></w:docDefaults>");
    for (at, style) in sheet.document.styles.paragraph_styles.iter().enumerate() {
        let built = self::style(sheet, at, style, asides).build();
        match built.strip_prefix(b"<w:style ") {
            Some(rest) if at == 0 => {
                part.extend_from_slice(b"<w:style w:default=\"1\" ");
                part.extend_from_slice(rest);
            }
            _ => part.extend_from_slice(&built),
        }
    }
    part.extend(note_number().into_bytes());
    part.extend_from_slice(b"</w:styles>");
    part
}

/// The style of the numbers of footnotes under the name that word processors know, so that those that an editor adds look as ours.
fn note_number() -> String {
    format!(
        "<w:style w:type=\"character\" w:styleId=\"{NOTE_NUMBER}\"><w:name w:val=\"footnote reference\"/>\
         <w:uiPriority w:val=\"99\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
    )
}

/// Faces and size are written even where the sheet leaves them open: readers' own defaults differ.
fn default_character(sheet: &Sheet) -> CharacterFormat {
    let base = &sheet.base.character;
    CharacterFormat {
        latin_font: Some(base.latin_font.clone()),
        east_asian_font: Some(base.east_asian_font.clone()),
        size: Some(base.size),
        ..sheet.document.styles.default_character.clone()
    }
}

fn default_paragraph(sheet: &Sheet, asides: &mut Asides) -> Vec<u8> {
    let size = sheet.base.character.size;
    let none = ResolvedParagraph::default();
    let ground = Ground { parent: &none, parent_size: size, size, level: None };
    let mut aside = Aside::default();
    let mut property = paragraph_property(&sheet.document.styles.default_paragraph, &ground, &mut aside);
    property.style = asides.keep(aside).map(|number| StyleNumber::new(Some(number)));
    property.build()
}

fn style(sheet: &Sheet, at: usize, style: &ParagraphStyle, asides: &mut Asides) -> Style {
    let styles = &sheet.document.styles.paragraph_styles;
    // a style that is not earlier in the sheet cannot be built on
    let based_on = style.based_on.filter(|id| usize::from(id.0) < at);
    let parent = based_on.map_or(&sheet.base, |id| sheet.style(id));
    let resolved = u16::try_from(at).map_or(&sheet.base, |at| sheet.style(ParagraphStyleId(at)));
    let ground = Ground {
        parent: &parent.paragraph,
        parent_size: parent.character.size,
        size: resolved.character.size,
        level: style.paragraph.numbering.flatten().and_then(|item| sheet.level(item)),
    };
    let mut aside = Aside::default();
    if at == 0 && !sheet.document.styles.typography.hang_punctuation {
        // LibreOffice takes this switch the wrong way round: written as 1, no mark hangs there, and in Word none hangs
        // in compatibility mode 15 whatever it says. The document's own value would only make the two differ.
        aside.push("w:overflowPunct", " w:val=\"1\"");
    }
    let mut paragraph = paragraph_property(&style.paragraph, &ground, &mut aside);
    paragraph.style = asides.keep(aside).map(|number| StyleNumber::new(Some(number)));

    let id_of = |id: ParagraphStyleId| styles.get(usize::from(id.0)).map(|style| clean(&style.id).into_owned());
    let (priority, shown) = gallery(at, &style.name);
    let mut built = Style::new(clean(&style.id), StyleType::Paragraph)
        .name(clean(&style.name))
        .ui_priority(priority)
        .q_format(shown);
    if let Some(base) = based_on.and_then(id_of) {
        built = built.based_on(base);
    }
    if let Some(next) = style.next.and_then(id_of) {
        built = built.next(next);
    }
    built.paragraph_property = paragraph;
    built.run_property = run_property(&style.character, asides);
    built
}

/// Where a style stands in Word's list, as Word has it for its own, and whether it is in the gallery.
fn gallery(at: usize, name: &str) -> (usize, bool) {
    match name {
        _ if at == 0 => (0, true),
        _ if name.starts_with("heading ") => (9, true),
        "Title" => (10, true),
        "Subtitle" => (11, true),
        "Quote" => (29, true),
        "List Paragraph" => (34, true),
        "caption" => (35, true),
        "TOC Heading" => (39, true),
        "table of figures" => (99, false),
        _ if name.starts_with("toc ") => (39, false),
        "header" | "footer" => (99, false),
        _ => (1, true),
    }
}
