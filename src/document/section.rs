//! Sections and the paper they stand on.

use super::{Block, Border, Length, NumberFormat, VerticalAlign};

/// A stretch of the document with one page setup.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// The paper.
    pub page: PageSetup,
    /// Above the text of every page.
    pub header: HeaderFooter,
    /// Below the text of every page.
    pub footer: HeaderFooter,
    /// The content.
    pub blocks: Vec<Block>,
}

/// Paper size, margins and grid (`w:sectPr`).
#[derive(Clone, Debug, PartialEq)]
pub struct PageSetup {
    /// Paper width, as it is read.
    pub width: Length,
    /// Paper height, as it is read.
    pub height: Length,
    /// From the paper's top to the text.
    pub margin_top: Length,
    /// From the text to the paper's bottom.
    pub margin_bottom: Length,
    /// From the paper's left to the text.
    pub margin_left: Length,
    /// From the text to the paper's right.
    pub margin_right: Length,
    /// From the paper's top to the header.
    pub header_distance: Length,
    /// From the footer to the paper's bottom.
    pub footer_distance: Length,
    /// Grid of lines and characters.
    pub grid: Option<DocumentGrid>,
    /// The number of the first page, if counting begins anew here.
    pub first_page_number: Option<u32>,
    /// How page numbers are written.
    pub number_format: NumberFormat,
    /// Where the section begins.
    pub start: SectionStart,
    /// The columns that the text stands in.
    pub columns: Columns,
    /// Where the text stands on a page that it does not fill.
    pub vertical_align: VerticalAlign,
    /// Rules around the page.
    pub borders: PageBorders,
}

/// Where a section begins (`w:type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionStart {
    /// On a new page.
    #[default]
    NextPage,
    /// Right after the section before.
    Continuous,
    /// On a new page of even number.
    EvenPage,
    /// On a new page of odd number.
    OddPage,
    /// In the next column.
    NextColumn,
}

/// Columns of text (`w:cols`).
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Their widths and the gap after each; empty for one column over the whole width.
    pub widths: Vec<(Length, Length)>,
    /// A rule stands between them.
    pub separator: bool,
}

/// Rules around a page (`w:pgBorders`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageBorders {
    /// Above.
    pub top: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// Left.
    pub left: Option<Border>,
    /// Right.
    pub right: Option<Border>,
    /// Their distance is measured from the paper's edge, not from the text.
    pub from_edge: bool,
}

impl Default for PageSetup {
    /// A4 with the margins of GB/T 9704-2012.
    fn default() -> Self {
        Self {
            width: Length::mm(210.0),
            height: Length::mm(297.0),
            margin_top: Length::mm(37.0),
            margin_bottom: Length::mm(35.0),
            margin_left: Length::mm(28.0),
            margin_right: Length::mm(26.0),
            header_distance: Length::mm(15.0),
            footer_distance: Length::mm(25.0),
            grid: None,
            first_page_number: None,
            number_format: NumberFormat::Decimal,
            start: SectionStart::NextPage,
            columns: Columns { widths: Vec::new(), separator: false },
            vertical_align: VerticalAlign::Top,
            borders: PageBorders::default(),
        }
    }
}

impl PageSetup {
    /// Width of the type area.
    pub fn text_width(&self) -> Length {
        self.width - self.margin_left - self.margin_right
    }

    /// The same paper turned: what was its left edge is the top, so that the type area is as large and lies alike on the
    /// sheet. Header and footer keep their distance from the text.
    #[must_use]
    pub fn turned(&self) -> Self {
        let least = Length::mm(5.0);
        let (above, below) = (self.margin_top - self.header_distance, self.margin_bottom - self.footer_distance);
        Self {
            width: self.height,
            height: self.width,
            margin_top: self.margin_left,
            margin_bottom: self.margin_right,
            margin_left: self.margin_bottom,
            margin_right: self.margin_top,
            header_distance: (self.margin_left - above).max(least),
            footer_distance: (self.margin_right - below).max(least),
            ..self.clone()
        }
    }

    /// Height of the type area.
    pub fn text_height(&self) -> Length {
        self.height - self.margin_top - self.margin_bottom
    }
}

/// A document grid (`w:docGrid`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentGrid {
    /// Distance of its lines.
    pub line_pitch: Length,
    /// Added to each full-width character's advance; `None` leaves characters alone (type `lines`).
    pub character_spacing: Option<Length>,
}

/// What stands above or below the text, by kind of page; a kind that is not given takes `default`'s.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeaderFooter {
    /// All pages (odd pages, if `even` is given).
    pub default: Vec<Block>,
    /// The section's first page.
    pub first: Option<Vec<Block>>,
    /// Even pages.
    pub even: Option<Vec<Block>>,
}
