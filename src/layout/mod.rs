//! Sets a document on pages.
//!
//! Runs become measured signs (`shape`), signs lines (`line`, `breaks`, `spread`), lines paragraphs and cells
//! (`paragraph`, `table`, `stack`), and these flow over pages (`flow`, `flow_table`, `header_footer`).
//! The rules are Word's, so that the .docx of the same document has the same lines and pages; all lengths that decide
//! where something ends are whole numbers, so that the result never depends on the machine.

mod around;
mod art;
mod border;
mod breaks;
mod chart;
mod draw;
mod faces;
mod fit;
mod float;
mod flow;
mod flow_columns;
mod flow_notes;
mod flow_paragraph;
mod flow_table;
#[cfg(test)]
mod flow_tests;
mod formula;
mod header_footer;
mod line;
mod measure;
mod numbering;
mod outline;
mod page;
mod page_border;
mod paragraph;
mod pitch;
mod running;
#[cfg(test)]
mod section_tests;
mod setter;
mod shape;
mod shaped;
mod sign;
mod spread;
mod stack;
mod structure;
mod table;
#[cfg(test)]
mod testing;
mod turn;
#[cfg(test)]
mod word_tests;

pub use page::{Fill, Item, OutlineEntry, Page, Pages, PlacedGlyph, PlacedLink, PlacedPicture, Rule, Shape, TextRun};
pub use structure::{Element, ElementId, Role, Structure};

use crate::document::{Document, PageNumber, Pagination, SourceId, number};
use crate::font::FontLibrary;

use draw::{Canvas, joined};
use faces::Faces;
use flow::{Draft, Flow};
use header_footer::{Paper, draw_footer, draw_header};
use measure::points;
use setter::Setter;

/// A document on pages, and what could not be set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The pages.
    pub pages: Pages,
    /// Characters that no face has, each named once.
    pub missing: Vec<MissingCharacter>,
    /// The document has more pages (5000) or signs (20 million) than are ever set; the rest is left out.
    pub cut_off: bool,
}

/// A character that no face has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCharacter {
    /// The character.
    pub character: char,
    /// The paragraph's text around it.
    pub context: String,
    /// Where the run's text comes from, if it comes from data.
    pub source: Option<SourceId>,
}

/// Sets a document on pages.
pub fn lay_out(document: &Document, fonts: &FontLibrary) -> Layout {
    set_with_notes(document, fonts)
}

/// Sets a document anew till its footnotes have the numbers that they get on their pages.
fn set_with_notes(document: &Document, faces: &dyn Faces) -> Layout {
    let mut layout = set_document(document, faces);
    if document.styles.typography.word.is_none_or(|word| word.notes_by_page.is_none()) {
        return layout;
    }
    let mut numbered = document.clone();
    for _ in 0..MOST_PASSES {
        if layout.cut_off || !numbered.number_notes_by_page(&layout.pages.pagination.notes) {
            break;
        }
        drop(std::mem::take(&mut layout));
        layout = set_document(&numbered, faces);
    }
    layout
}

/// So often a document is set anew when its text shows how many pages it has, and the number has changed.
const MOST_PASSES: usize = 3;

fn set_document(document: &Document, faces: &dyn Faces) -> Layout {
    let mut page_count = 1;
    for _ in 1..MOST_PASSES {
        let mut setter = Setter::new(document, faces, page_count);
        let (drafts, cut_off) = Flow::run(&mut setter);
        let counted = drafts.len() as u32;
        if !setter.page_count_used || counted == page_count {
            return finish(setter, drafts, cut_off);
        }
        page_count = counted;
    }
    let mut setter = Setter::new(document, faces, page_count);
    let (drafts, cut_off) = Flow::run(&mut setter);
    finish(setter, drafts, cut_off)
}

/// Adds headers and footers, now that the number of pages is known.
fn finish(mut setter: Setter, mut drafts: Vec<Draft>, cut_off: bool) -> Layout {
    setter.page_count = drafts.len() as u32;
    setter.tags.mute();
    let document = setter.document;
    let pagination = pagination(document, &mut drafts);
    setter.bookmarks = pagination.bookmarks;
    let mut section_pages = vec![0; document.sections.len()];
    for page in &pagination.pages {
        if let Some(count) = section_pages.get_mut(page.section) {
            *count += 1;
        }
    }
    let mut pages = Pages { structure: std::mem::take(&mut setter.tags.structure), ..Pages::default() };
    for (at, draft) in drafts.into_iter().enumerate() {
        let Some(section) = document.sections.get(draft.section) else { continue };
        let paper = Paper::of(&section.page);
        setter.page = at;
        setter.section = draft.section;
        setter.section_pages = section_pages.get(draft.section).copied().unwrap_or(1);
        setter.page_number = draft.number;
        setter.number_format = section.page.number_format;
        // headings in a header are no headings of the text
        let area = paper.area(draft.canvas.area.text);
        let mut header = Canvas { page: at, area, ..Canvas::default() };
        draw_header(&mut setter, &mut header, section, &paper, draft.kind);
        let mut footer = Canvas { page: at, area, ..Canvas::default() };
        draw_footer(&mut setter, &mut footer, section, &paper, draft.kind);
        pages.outline.extend(draft.canvas.outline.iter().cloned());
        let mut page = Page { width_pt: points(paper.width), height_pt: points(paper.height), ..Page::default() };
        for canvas in [header, draft.canvas, footer] {
            page.links.extend(canvas.links.iter().cloned());
            page.items = joined(std::mem::take(&mut page.items), canvas.into_items());
        }
        page_border::draw(&mut page.items, &section.page, &paper);
        pages.pages.push(page);
    }
    let cut_off = cut_off || setter.signs_left() == 0;
    pages.pagination = Pagination { bookmarks: setter.bookmarks, ..pagination };
    Layout { pages, missing: setter.missing, cut_off }
}

/// What the pages call themselves, and where bookmarks stand; these leave the drafts.
fn pagination(document: &Document, drafts: &mut [Draft]) -> Pagination {
    let mut pagination = Pagination::default();
    for draft in drafts {
        let format = document.sections.get(draft.section).map(|section| section.page.number_format);
        let text = number(draft.number, format.unwrap_or_default());
        pagination.pages.push(PageNumber { text, number: draft.number, section: draft.section });
        pagination.bookmarks.append(&mut draft.canvas.bookmarks);
        pagination.notes.push(std::mem::take(&mut draft.canvas.begun_notes));
    }
    pagination
}
