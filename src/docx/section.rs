//! Sections: paper, and which header and footer stands on which pages (`w:sectPr`).

use docx_rs::{
    BuildXML, DocGrid, DocGridType, Footer, FooterReference, Header, HeaderReference, PageMargin, PageNumType,
    PageOrientationType, PageSize, SectionProperty, SectionType,
};

use super::body::{Part, Shared, Written};
use super::measure::{positive_twips, twips};
use super::number_format;
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, DocumentGrid, HeaderFooter, NumberFormat, PageSetup, Section, SectionStart};

/// A header or footer.
pub struct Margin<'a> {
    /// Whether it is a header.
    pub header: bool,
    blocks: &'a [Block],
}

impl Margin<'_> {
    /// Path below `word/` of the header or footer of a number.
    pub fn path(&self, at: usize) -> String {
        let kind = if self.header { "header" } else { "footer" };
        format!("{kind}{}.xml", at + 1)
    }

    /// The part, which has this path, and its relations.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn part(&self, path: &str, sheet: &Sheet, shared: &mut Shared) -> Result<Written, Diagnostic> {
        let (empty, end) = match self.header {
            true => (Header { has_numbering: false, children: Vec::new() }.build(), "</w:hdr>"),
            false => (Footer { has_numbering: false, children: Vec::new() }.build(), "</w:ftr>"),
        };
        let mut part = Part::new(path, sheet, shared);
        part.add(empty.strip_suffix(b" />").unwrap_or(&empty));
        part.add(">");
        part.blocks(self.blocks, 0)?;
        part.add(end);
        Ok(part.written())
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
    odd_and_even: bool,
    headers: bool,
    footers: bool,
    /// Those that sections have shown so far, in the order of their numbers.
    pub shown: Vec<Margin<'a>>,
}

impl<'a> Margins<'a> {
    /// None shown yet.
    pub fn new(sections: &[Section]) -> Self {
        let any = |which: fn(&Section) -> &HeaderFooter| {
            sections.iter().map(which).any(|margin| *margin != HeaderFooter::default())
        };
        Self {
            odd_and_even: odd_and_even_differ(sections),
            headers: any(|section| &section.header),
            footers: any(|section| &section.footer),
            shown: Vec::new(),
        }
    }

    /// The properties of a section.
    pub fn section(&mut self, section: &'a Section) -> SectionProperty {
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
                let id = relation(self.shown.len());
                self.shown.push(Margin { header, blocks });
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
        property
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
