//! The style sheet with every style's properties found once.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::number_format;
use crate::document::{
    Document, FontName, NumberFormat, NumberingLevel, NumberingRef, Paragraph, ParagraphStyleId, ResolvedCharacter,
    ResolvedParagraph,
};

/// A document with its styles resolved.
pub struct Sheet<'a> {
    /// The document.
    pub document: &'a Document,
    /// What stands under all styles.
    pub base: Resolved,
    styles: Vec<Resolved>,
}

/// What a style comes to.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Paragraph properties.
    pub paragraph: ResolvedParagraph,
    /// Character properties.
    pub character: ResolvedCharacter,
}

impl<'a> Sheet<'a> {
    /// Resolves the styles of a document.
    pub fn of(document: &'a Document) -> Self {
        let sheet = &document.styles;
        let mut base = Resolved::default();
        base.paragraph.apply(&sheet.default_paragraph);
        base.character.apply(&sheet.default_character);
        let ids = (0..sheet.paragraph_styles.len()).map_while(|at| u16::try_from(at).ok()).map(ParagraphStyleId);
        let styles = ids.map(|id| Resolved {
            paragraph: sheet.paragraph_format(&Paragraph { style: id, ..Paragraph::default() }),
            character: sheet.style_character_format(id),
        });
        Self { document, styles: styles.collect(), base }
    }

    /// What a style comes to; the default one if there is no such style.
    pub fn style(&self, id: ParagraphStyleId) -> &Resolved {
        self.styles.get(usize::from(id.0)).or_else(|| self.styles.first()).unwrap_or(&self.base)
    }

    /// Whether a style is the default one.
    pub fn is_default(&self, id: ParagraphStyleId) -> bool {
        id.0 == 0 || usize::from(id.0) >= self.styles.len()
    }

    /// How footnotes are numbered (`w:numFmt`); none if there are none.
    pub fn footnotes(&self) -> Option<&'static str> {
        (!self.document.notes.is_empty()).then(|| number_format::name(NumberFormat::Circled))
    }

    /// Every face that is named: those that runs name and those of the styles.
    pub fn fonts(&self, mut named: BTreeSet<FontName>) -> BTreeSet<FontName> {
        for Resolved { character, .. } in self.styles.iter().chain([&self.base]) {
            named.insert(Arc::clone(&character.latin_font));
            named.insert(Arc::clone(&character.east_asian_font));
        }
        named
    }

    /// The level that an item of a list stands on, if there is such a list.
    pub fn level(&self, item: NumberingRef) -> Option<&'a NumberingLevel> {
        let document = self.document;
        let numbering = document.styles.numberings.get(*document.lists.get(item.list)?)?;
        numbering.levels.get(usize::from(item.level)).or_else(|| numbering.levels.last())
    }
}
