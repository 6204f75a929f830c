//! The part with the settings of the whole document (`word/settings.xml`): what lets readers decide nothing on their own.
//! `docs/agreement.md` tells why each is there.

use super::measure::positive_twips;
use super::number_format;
use super::section::odd_and_even_differ;
use super::xml::escape;
use super::{DECLARATION, WORD};
use crate::document::{Document, NumberFormat};

/// The part.
pub fn part(document: &Document) -> Vec<u8> {
    let typography = &document.styles.typography;
    let mut part = format!("{DECLARATION}<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/>");
    part += &format!("<w:defaultTabStop w:val=\"{}\"/>", positive_twips(typography.default_tab));
    if odd_and_even_differ(&document.sections) {
        part += "<w:evenAndOddHeaders/>";
    }
    let control = if typography.compress_punctuation { "compressPunctuation" } else { "doNotCompress" };
    part += &format!("<w:characterSpacingControl w:val=\"{control}\"/>");
    for (name, characters) in [
        ("noLineBreaksAfter", &typography.kinsoku.not_at_end),
        ("noLineBreaksBefore", &typography.kinsoku.not_at_start),
    ] {
        part += &format!("<w:{name} w:lang=\"zh-CN\" w:val=\"{}\"/>", escape(characters));
    }
    if !document.notes.is_empty() {
        part += &format!(
            "<w:footnotePr><w:numFmt w:val=\"{}\"/><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>",
            number_format::name(NumberFormat::Circled)
        );
    }
    part += "<w:compat><w:doNotExpandShiftReturn/>";
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        part += &format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        );
    }
    part += "</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>";
    part += "<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>";
    part.into_bytes()
}
