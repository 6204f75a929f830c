//! Sections: paper, and which header and footer stands on which pages (`w:sectPr`).

use docx_rs::{
    BuildXML, DocGrid, DocGridType, Footer, FooterChild, FooterReference, Header, HeaderChild, HeaderReference,
    PageMargin, PageNumType, PageOrientationType, PageSize, SectionProperty, SectionType,
};

use super::aside::Asides;
use super::body::{Item, Part, Shared};
use super::measure::{positive_twips, twips};
use super::number_format;
use super::package::Relation;
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, DocumentGrid, HeaderFooter, NumberFormat, PageSetup, Section, SectionStart};

/// A header or footer before it is finished.
pub struct Margin {
    /// Whether it is a header.
    pub header: bool,
    /// The part.
    pub bytes: Vec<u8>,
    /// What docx-rs could not say in it.
    pub asides: Asides,
    /// Its relations to pictures and addresses.
    pub relations: Vec<Relation>,
}

impl Margin {
    /// Path below `word/` of the header or footer of a number.
    pub fn path(&self, at: usize) -> String {
        let kind = if self.header { "header" } else { "footer" };
        format!("{kind}{}.xml", at + 1)
    }
}

/// The relation identifier of the header or footer of a number.
pub fn relation(at: usize) -> String {
    format!("rIdMargin{}", at + 1)
}

/// Whether pages differ by odd and even anywhere; the format knows one answer for the whole document.
pub fn odd_and_even_differ(sections: &[Section]) -> bool {
    sections.iter().any(|section| section.header.even.is_some() || section.footer.even.is_some())
}

/// Which headers and footers the sections of a document have.
pub struct Margins<'a> {
    sheet: &'a Sheet<'a>,
    odd_and_even: bool,
    headers: bool,
    footers: bool,
    /// Those built so far, in the order of their numbers.
    pub built: Vec<Margin>,
}

impl<'a> Margins<'a> {
    /// None built yet.
    pub fn new(sheet: &'a Sheet<'a>) -> Self {
        let sections = &sheet.document.sections;
        let any = |which: fn(&Section) -> &HeaderFooter| {
            sections.iter().map(which).any(|margin| *margin != HeaderFooter::default())
        };
        Self {
            sheet,
            odd_and_even: odd_and_even_differ(sections),
            headers: any(|section| &section.header),
            footers: any(|section| &section.footer),
            built: Vec::new(),
        }
    }

    /// The properties of a section; builds its headers and footers.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn section(&mut self, section: &Section, shared: &mut Shared) -> Result<SectionProperty, Diagnostic> {
        let mut property = paper(&section.page);
        property.title_pg = section.header.first.is_some() || section.footer.first.is_some();
        // Every kind that can show is written: a reader would take a missing one from the section before.
        for header in [true, false] {
            if !(if header { self.headers } else { self.footers }) {
                continue;
            }
            let content = if header { &section.header } else { &section.footer };
            let kinds = [
                ("default", true, &content.default),
                ("first", property.title_pg, content.first.as_ref().unwrap_or(&content.default)),
                ("even", self.odd_and_even, content.even.as_ref().unwrap_or(&content.default)),
            ];
            for (kind, shows, blocks) in kinds {
                if !shows {
                    continue;
                }
                let id = relation(self.built.len());
                let margin = self.margin(header, blocks, shared)?;
                self.built.push(margin);
                let (headers, footers) = (HeaderReference::new(kind, &id), FooterReference::new(kind, &id));
                match (header, kind) {
                    (true, "default") => property.header_reference = Some(headers),
                    (true, "first") => property.first_header_reference = Some(headers),
                    (true, _) => property.even_header_reference = Some(headers),
                    (false, "default") => property.footer_reference = Some(footers),
                    (false, "first") => property.first_footer_reference = Some(footers),
                    (false, _) => property.even_footer_reference = Some(footers),
                }
            }
        }
        Ok(property)
    }

    fn margin(&self, header: bool, blocks: &[Block], shared: &mut Shared) -> Result<Margin, Diagnostic> {
        let mut part = Part::new(self.sheet, shared);
        let items = part.items(blocks, 0)?.into_iter();
        let bytes = if header {
            let children = items.map(|item| match item {
                Item::Paragraph(paragraph) => HeaderChild::Paragraph(paragraph),
                Item::Table(table) => HeaderChild::Table(table),
            });
            Header { has_numbering: false, children: children.collect() }.build()
        } else {
            let children = items.map(|item| match item {
                Item::Paragraph(paragraph) => FooterChild::Paragraph(paragraph),
                Item::Table(table) => FooterChild::Table(table),
            });
            Footer { has_numbering: false, children: children.collect() }.build()
        };
        Ok(Margin { header, bytes, relations: part.relations(), asides: part.asides })
    }
}

fn paper(page: &PageSetup) -> SectionProperty {
    let mut size = PageSize::new().size(positive_twips(page.width), positive_twips(page.height));
    if page.width > page.height {
        size = size.orient(PageOrientationType::Landscape);
    }
    let mut property = SectionProperty::new().page_size(size).page_margin(PageMargin {
        top: twips(page.margin_top),
        left: twips(page.margin_left).max(0),
        bottom: twips(page.margin_bottom),
        right: twips(page.margin_right).max(0),
        header: twips(page.header_distance).max(0),
        footer: twips(page.footer_distance).max(0),
        gutter: 0,
    });
    property.section_type = match page.start {
        SectionStart::NextPage => None,
        SectionStart::Continuous => Some(SectionType::Continuous),
        SectionStart::EvenPage => Some(SectionType::EvenPage),
        SectionStart::OddPage => Some(SectionType::OddPage),
        SectionStart::NextColumn => Some(SectionType::NextColumn),
    };
    property.doc_grid = page.grid.as_ref().map(grid);
    let mut numbers = page.first_page_number.map(|first| PageNumType::new().start(first.min(i32::MAX as u32)));
    if page.number_format != NumberFormat::Decimal {
        // docx-rs has no word for `w:fmt`; the finishing pass makes it of this
        numbers = Some(numbers.unwrap_or_default().chap_style(number_format::name(page.number_format)));
    }
    property.page_num_type = numbers;
    property
}

fn grid(grid: &DocumentGrid) -> DocGrid {
    let lines = DocGrid::new().line_pitch(positive_twips(grid.line_pitch).max(1) as usize);
    match grid.character_spacing {
        None => lines.grid_type(DocGridType::Lines),
        Some(spacing) => {
            // in 4096ths of a point
            let spacing = (f64::from(twips(spacing)) / 20.0 * 4096.0).round() as isize;
            lines.grid_type(DocGridType::LinesAndChars).char_space(spacing)
        }
    }
}
