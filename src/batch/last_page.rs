//! Which page the foot of an official document (版记) stands on: the last one, where there is room below the text; and
//! where the style wants it on the back of the last sheet, one of even number (GB/T 9704-2012, 7.4 and 7.5).

use crate::document::{Block, Document, HeaderFooter, PageSetup, Section, SectionStart};
use crate::font::FontLibrary;
use crate::layout::{Layout, lay_out};

/// The table at the foot, and the paragraph that it is anchored in.
const BLOCKS: usize = 2;

/// Where the foot has come to stand.
pub(super) enum Foot {
    /// There is none; the document is as it was.
    None,
    /// On the text's last page: the document, as it was, on pages.
    BelowText(Layout),
    /// In a section of its own, which the document has now.
    Apart,
}

/// Puts the foot on its page, in a section of its own if that is not the text's last one.
pub(super) fn settle(document: &mut Document, on_even_page: bool, fonts: &FontLibrary) -> Foot {
    place(document, on_even_page, fonts).unwrap_or(Foot::None)
}

fn place(document: &mut Document, on_even_page: bool, fonts: &FontLibrary) -> Option<Foot> {
    let section = document.sections.last()?;
    let [text @ .., Block::Table(table), Block::Paragraph(_)] = section.blocks.as_slice() else { return None };
    table.float?;
    let alone = text.is_empty() && document.sections.len() > 1;

    let mut without = document.clone();
    match without.sections.last_mut() {
        Some(section) if !alone => section.blocks.truncate(section.blocks.len() - BLOCKS),
        _ => drop(without.sections.pop()),
    }
    let text = lay_out(&without, fonts).pages;
    let pages = text.pages.len();
    // readers begin a section on an even page by its number, which contents do not count in
    let even = text.pagination.pages.last().is_none_or(|last| last.number.is_multiple_of(2));
    if !alone && (even || !on_even_page) {
        let layout = lay_out(document, fonts);
        if layout.pages.pages.len() <= pages.max(1) {
            return Some(Foot::BelowText(layout));
        }
    }
    if !alone {
        let last = document.sections.last_mut()?;
        let foot = last.blocks.split_off(last.blocks.len() - BLOCKS);
        let same = |margin: &HeaderFooter| HeaderFooter { first: None, ..margin.clone() };
        let (header, footer) = (same(&last.header), same(&last.footer));
        let page = PageSetup { first_page_number: None, ..last.page.clone() };
        let section = Section { page, header, footer, blocks: foot };
        document.sections.push(section);
    }
    let last = document.sections.last_mut()?;
    // readers want a paragraph before a table that begins a section and stands beside its text
    last.blocks.insert(0, last.blocks.last()?.clone());
    if on_even_page {
        last.page.start = SectionStart::EvenPage;
        if even {
            // behind a blank page neither that nor the foot's has a number
            (last.header, last.footer) = (HeaderFooter::default(), HeaderFooter::default());
        }
    }
    Some(Foot::Apart)
}
