//! The part with the lists (`word/numbering.xml`).

use docx_rs::{
    AbstractNumbering, BuildXML, Level, LevelJc, LevelOverride, LevelText, NumberFormat as Format, Numbering as Num,
    ParagraphStyle as StyleNumber, RunFonts, Start,
};

use super::aside::{Aside, Asides};
use super::finish::finish;
use super::number_format;
use super::paragraph::{Ground, paragraph_property};
use super::problem;
use super::sheet::Sheet;
use super::xml::escape;
use super::{DECLARATION, WORD};
use crate::diagnostic::Diagnostic;
use crate::document::{NumberingLevel, ParagraphFormat, ResolvedParagraph};

/// Word knows nine levels.
const MOST_LEVELS: usize = 9;

/// The part; nothing if the document has no lists.
///
/// # Errors
/// docx-rs's output is not well-formed.
pub fn part(sheet: &Sheet) -> Result<Option<Vec<u8>>, Diagnostic> {
    let document = sheet.document;
    if document.lists.is_empty() {
        return Ok(None);
    }
    let mut asides = Asides::default();
    let mut part = format!("{DECLARATION}<w:numbering xmlns:w=\"{WORD}\">").into_bytes();
    for (id, numbering) in document.styles.numberings.iter().enumerate() {
        let mut definition = AbstractNumbering::new(id);
        definition.multi_level_type = Some("multilevel".into());
        for (at, level) in numbering.levels.iter().take(MOST_LEVELS).enumerate() {
            definition = definition.add_level(self::level(sheet, at, level, &mut asides));
        }
        part.extend(definition.build());
    }
    for (list, definition) in document.lists.iter().enumerate() {
        let Some(numbering) = document.styles.numberings.get(*definition) else { continue };
        // its own start on every level, so that a new list counts anew
        let overrides =
            (0..numbering.levels.len().min(MOST_LEVELS)).map(|at| LevelOverride::new(at).start(1)).collect();
        part.extend(Num::new(list + 1, *definition).overrides(overrides).build());
    }
    part.extend_from_slice(b"</w:numbering>");
    let finished = finish(&part, &asides).map_err(|error| problem::cannot_pack("numbering.xml", &error))?;
    Ok(Some(finished))
}

fn level(sheet: &Sheet, at: usize, level: &NumberingLevel, asides: &mut Asides) -> Level {
    let format = number_format::name(level.format);
    let text = LevelText::new(escape(&level.text)); // docx-rs does not escape it
    let mut built = Level::new(at, Start::new(1), Format::new(format), text, LevelJc::new("left"));

    let size = sheet.base.character.size;
    let none = ResolvedParagraph::default();
    let ground = Ground { parent: &none, parent_size: size, size, level: Some(level) };
    let mut aside = Aside::default();
    built.paragraph_property = paragraph_property(&ParagraphFormat::default(), &ground, &mut aside);
    built.paragraph_property.style = asides.keep(aside).map(|number| StyleNumber::new(Some(number)));
    // ① and brackets from the Chinese face
    built.run_property.fonts = Some(RunFonts::new().hint("eastAsia"));
    built
}
