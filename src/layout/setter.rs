//! What is known while one document is set: its fonts, resolved styles, list counters, and the values of fields.

use std::collections::HashSet;
use std::rc::Rc;

use crate::document::{
    BookmarkPlace, Count, Document, DocumentGrid, Field, Length, NumberFormat, Paragraph, ParagraphStyleId,
    ResolvedCharacter, ResolvedParagraph, SourceId, number,
};

use super::MissingCharacter;
use super::breaks::Breaks;
use super::faces::{FaceCache, Faces};
use super::measure::snapped;
use super::numbering::Counters;
use super::running::styled;
use super::structure::Tags;

/// A paragraph style with nothing left open.
#[derive(Debug)]
pub(super) struct ResolvedStyle {
    /// Paragraph properties.
    pub paragraph: ResolvedParagraph,
    /// Character properties.
    pub character: ResolvedCharacter,
}

/// Sets one document.
pub(super) struct Setter<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its faces.
    pub faces: FaceCache<'d>,
    /// Where lines may end.
    pub breaks: Breaks,
    /// The numbers of its lists.
    pub counters: Counters,
    /// The grid of the section that is being set.
    pub grid: Option<DocumentGrid>,
    /// Lines keep to it; not in tables, headers and footers.
    pub on_grid: bool,
    /// Marks give up room where that brings one more character into a line; not in tables, headers and footers.
    pub squeeze: bool,
    /// Text in a table is being set.
    pub in_cell: bool,
    /// The number of the page that is being set.
    pub page_number: u32,
    /// How its number is written.
    pub number_format: NumberFormat,
    /// How many pages there are.
    pub page_count: u32,
    /// Whether the text asked for the number of pages.
    pub page_count_used: bool,
    /// The index of the page that is being set.
    pub page: usize,
    /// The section that is being set, from 0.
    pub section: usize,
    /// How many pages it has.
    pub section_pages: u32,
    /// The bookmarks of all pages, once these are set.
    pub bookmarks: Vec<BookmarkPlace>,
    /// Text boxes around what is being set.
    pub depth: usize,
    /// The structure of what is set.
    pub tags: Tags,
    /// Signs that have been set so far, and for each paragraph some more.
    signs_set: usize,
    /// Characters that no face has.
    pub missing: Vec<MissingCharacter>,
    missing_seen: HashSet<char>,
    styles: Vec<Option<Rc<ResolvedStyle>>>,
}

/// A document whose text comes to more signs is cut off: what stands on every page is counted on every page.
/// Tests do with fewer.
const MOST_SIGNS: usize = if cfg!(test) { 1_000_000 } else { 20_000_000 };
/// A paragraph costs as much as so many signs.
const SIGNS_OF_PARAGRAPH: usize = 16;

/// How much of the text before and after a missing character is told with it.
const CONTEXT: usize = 10;

impl<'d> Setter<'d> {
    /// How many more signs are set.
    pub fn signs_left(&self) -> usize {
        MOST_SIGNS.saturating_sub(self.signs_set)
    }

    /// Counts the signs of a paragraph.
    pub fn count_signs(&mut self, signs: usize) {
        self.signs_set = self.signs_set.saturating_add(signs).saturating_add(SIGNS_OF_PARAGRAPH);
    }

    pub fn new(document: &'d Document, faces: &'d dyn Faces, page_count: u32) -> Self {
        let typography = &document.styles.typography;
        Self {
            document,
            faces: FaceCache::new(faces, typography.word.is_some()),
            breaks: Breaks::new(typography),
            counters: Counters::new(document.lists.len()),
            grid: None,
            on_grid: true,
            squeeze: typography.compress_punctuation,
            in_cell: false,
            page_number: 1,
            number_format: NumberFormat::Decimal,
            page_count,
            page_count_used: false,
            page: 0,
            section: 0,
            section_pages: 1,
            bookmarks: Vec::new(),
            depth: 0,
            tags: Tags::default(),
            signs_set: 0,
            missing: Vec::new(),
            missing_seen: HashSet::new(),
            styles: vec![None; document.styles.paragraph_styles.len().max(1)],
        }
    }

    /// A paragraph style, resolved once.
    pub fn style(&mut self, id: ParagraphStyleId) -> Rc<ResolvedStyle> {
        let at = if usize::from(id.0) < self.styles.len() { usize::from(id.0) } else { 0 };
        if let Some(Some(style)) = self.styles.get(at) {
            return style.clone();
        }
        let sheet = &self.document.styles;
        let id = ParagraphStyleId(at as u16);
        let bare = Paragraph { style: id, ..Paragraph::default() };
        let style = Rc::new(ResolvedStyle {
            paragraph: sheet.paragraph_format(&bare),
            character: sheet.style_character_format(id),
        });
        if let Some(place) = self.styles.get_mut(at) {
            *place = Some(style.clone());
        }
        style
    }

    /// A field's value on the page that is being set.
    pub fn field(&mut self, field: Field) -> String {
        match field {
            Field::Page => number(self.page_number, self.number_format),
            Field::PageCount => {
                self.page_count_used = true;
                self.page_count.to_string()
            }
            Field::Count(count, format) => {
                let value = match count {
                    Count::Page => return number(self.page_number, format.unwrap_or(self.number_format)),
                    Count::Pages => {
                        self.page_count_used = true;
                        self.page_count
                    }
                    Count::SectionPages => self.section_pages,
                    Count::Section => self.section as u32 + 1,
                };
                number(value, format.unwrap_or_default())
            }
            Field::Styled(wanted) => styled(&self.bookmarks, self.page, wanted),
        }
    }

    /// Width of the joint of Han and Latin in ems.
    pub fn joint_em(&self) -> f64 {
        self.document.styles.typography.joint_em.clamp(0.0, 4.0)
    }

    /// The distance of the document grid's lines, where lines keep to it.
    pub fn line_grid(&self) -> Option<Length> {
        let pitch = self.grid.filter(|_| self.on_grid).map(|grid| snapped(grid.line_pitch));
        pitch.filter(|pitch| *pitch > Length::ZERO)
    }

    /// What the document grid adds to every character of an East Asian face, in tables too.
    pub fn character_grid(&self) -> Length {
        const MOST: Length = Length::twips(20_000);
        self.grid.and_then(|grid| grid.character_spacing).map_or(Length::ZERO, |spacing| spacing.clamp(-MOST, MOST))
    }

    /// Remembers a character that no face has, the first time.
    pub fn report_missing(&mut self, character: char, paragraph: &Paragraph, source: Option<SourceId>) {
        if self.missing_seen.insert(character) {
            let context = around(&paragraph.plain_text(), character);
            self.missing.push(MissingCharacter { character, context, source });
        }
    }
}

/// The text around the first place of a character.
fn around(text: &str, character: char) -> String {
    let at = text.chars().position(|other| other == character).unwrap_or(0);
    text.chars().skip(at.saturating_sub(CONTEXT)).take(at.min(CONTEXT) + 1 + CONTEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_character_is_told_with_the_text_around_it() {
        let text = "一二三四五六七八九十甲乙丙丁喆戊己庚辛壬癸子丑寅卯辰巳午";
        assert_eq!(around(text, '喆'), "五六七八九十甲乙丙丁喆戊己庚辛壬癸子丑寅卯");
        assert_eq!(around("喆", '喆'), "喆");
    }
}
