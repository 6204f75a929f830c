//! Sections of a report: cover, contents, and the text in stretches of upright and of turned pages, one after the other.
//! Pages are counted from the text on; those of the contents before it have Roman numbers.

use crate::document::{Block, Content, Field, HeaderFooter, NumberFormat, PageSetup, Section};
use crate::style::Style;

/// The sections while they are filled.
pub(super) struct Sections<'a> {
    style: &'a Style,
    title: &'a str,
    done: Vec<(bool, Vec<Block>)>,
}

impl<'a> Sections<'a> {
    /// None yet, of a report of this title.
    pub(super) fn new(style: &'a Style, title: &'a str) -> Self {
        Self { style, title, done: Vec::new() }
    }

    /// Adds blocks on pages of a kind.
    pub(super) fn add(&mut self, turned: bool, mut blocks: Vec<Block>) {
        match self.done.last_mut() {
            _ if blocks.is_empty() => {}
            Some((kind, section)) if *kind == turned => section.append(&mut blocks),
            _ => {
                // the section begins a page already
                if let Some(Block::Paragraph(first)) = blocks.first_mut() {
                    first.format.page_break_before = None;
                }
                self.done.push((turned, blocks));
            }
        }
    }

    /// Adds blocks on upright pages; `kept` on the page of the lines above.
    pub(super) fn add_below(&mut self, blocks: Vec<Block>, kept: bool) {
        if let Some((false, section)) = self.done.last_mut()
            && kept
            && !blocks.is_empty()
            && let Some(Block::Paragraph(last)) = section.last_mut()
        {
            last.format.keep_next = Some(true);
        }
        self.add(false, blocks);
    }

    /// The sections; at least one.
    pub(super) fn finish(mut self) -> Vec<Section> {
        if self.done.is_empty() {
            self.done.push((false, Vec::new()));
        }
        let header = self.style.header_with_title(self.title);
        let footers = [false, true].map(|turned| self.style.footer_with_title(self.title, turned));
        let [upright, wide] = &footers;
        let section = |(at, (turned, blocks)): (usize, (bool, Vec<Block>))| {
            // a first page of its own is the document's
            let margin = |margin: &HeaderFooter| HeaderFooter {
                first: margin.first.clone().filter(|_| at == 0),
                ..margin.clone()
            };
            let page = if turned { self.style.page.turned() } else { self.style.page.clone() };
            Section { page, header: margin(&header), footer: margin(if turned { wide } else { upright }), blocks }
        };
        self.done.into_iter().enumerate().map(section).collect()
    }
}

/// What pages of the contents name as their chapter.
const CONTENTS: &str = "目　录";

/// The sections of a text, with a cover and contents before them, if these have blocks.
pub(super) fn with_preface(
    cover: Vec<Block>,
    contents: Vec<Block>,
    mut text: Vec<Section>,
    title: &str,
    style: &Style,
) -> Vec<Section> {
    let mut sections = Vec::new();
    if !cover.is_empty() {
        let (page, blank) = (style.page.clone(), HeaderFooter::default());
        sections.push(Section { page, header: blank.clone(), footer: blank, blocks: cover });
    }
    if !contents.is_empty() {
        let page =
            PageSetup { first_page_number: Some(1), number_format: NumberFormat::UpperRoman, ..style.page.clone() };
        let header = before_text(style.header_with_title(title));
        let footer = before_text(style.footer_with_title(title, false));
        sections.push(Section { page, header, footer, blocks: contents });
    }
    if let Some(first) = text.first_mut().filter(|_| !sections.is_empty()) {
        first.page.first_page_number = Some(1);
    }
    sections.extend(text);
    sections
}

/// A header or footer as pages before the text have it.
fn before_text(mut mark: HeaderFooter) -> HeaderFooter {
    for blocks in [Some(&mut mark.default), mark.first.as_mut(), mark.even.as_mut()].into_iter().flatten() {
        for block in blocks {
            let Block::Paragraph(paragraph) = block else { continue };
            for run in &mut paragraph.runs {
                if let Content::Field(Field::Styled(_)) = run.content {
                    run.content = Content::Text(CONTENTS.to_owned());
                }
            }
        }
    }
    mark
}
