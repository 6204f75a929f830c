//! Headers and footers, and the room that they leave for the text.

use crate::document::{Block, HeaderFooter, Length, PageSetup, Section};

use super::draw::Canvas;
use super::float::{Area, Rectangle};
use super::measure::{snapped, snapped_positive};
use super::setter::Setter;
use super::stack::Stack;

/// Which of a section's headers and footers a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// The section's first page, if that has one of its own.
    First,
    /// A page of even number, if these have one of their own.
    Even,
    /// Any other.
    Default,
    /// A page that is there only so that the next one is even or odd.
    Blank,
}

impl PageKind {
    /// The kind of a section's page.
    pub fn of(section: &Section, first_of_section: bool, number: u32) -> Self {
        let has = |part: fn(&HeaderFooter) -> bool| part(&section.header) || part(&section.footer);
        if first_of_section && has(|part| part.first.is_some()) {
            Self::First
        } else if number.is_multiple_of(2) && has(|part| part.even.is_some()) {
            Self::Even
        } else {
            Self::Default
        }
    }

    fn blocks(self, part: &HeaderFooter) -> &[Block] {
        let own = match self {
            Self::First => part.first.as_ref(),
            Self::Even => part.even.as_ref(),
            Self::Default => None,
            Self::Blank => return &[],
        };
        own.unwrap_or(&part.default)
    }
}

/// The paper in Word's whole twips.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paper {
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    margin_top: Length,
    margin_bottom: Length,
    /// The margins hold, however high header and footer are.
    fixed: (bool, bool),
    header_distance: Length,
    footer_distance: Length,
    /// Left edge of the type area.
    pub left: Length,
    /// Width of the type area.
    pub text_width: Length,
}

impl Paper {
    /// The paper of a page setup.
    pub fn of(page: &PageSetup) -> Self {
        let width = snapped(page.width).max(Length::twips(20));
        let left = snapped(page.margin_left);
        let size = |margin: Length| snapped(margin).max(-snapped(margin));
        Self {
            width,
            height: snapped(page.height).max(Length::twips(20)),
            margin_top: size(page.margin_top),
            margin_bottom: size(page.margin_bottom),
            fixed: (page.margin_top < Length::ZERO, page.margin_bottom < Length::ZERO),
            header_distance: snapped_positive(page.header_distance),
            footer_distance: snapped_positive(page.footer_distance),
            left,
            text_width: width - left - snapped(page.margin_right),
        }
    }

    /// Whether two sections can share a page.
    pub fn same_sheet(&self, other: &Self) -> bool {
        self.width == other.width && self.height == other.height
    }

    /// What positions on a page are measured from; `text` is where the text stands.
    pub fn area(&self, text: Rectangle) -> Area {
        let text = Rectangle { left: self.left, right: self.left + self.text_width, ..text };
        Area { width: self.width, height: self.height, text }
    }

    fn footer_top(&self, footer_height: Length) -> Length {
        self.height - self.footer_distance - footer_height
    }
}

/// The room for the text on a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BodyArea {
    /// Its upper edge.
    pub top: Length,
    /// Its lower edge.
    pub bottom: Length,
    /// The footer is so high that the text ends above it.
    pub above_footer: bool,
}

/// Top and bottom of the text on a page of a kind: a high header or footer takes room from it.
pub(super) fn body_area(setter: &mut Setter, section: &Section, paper: &Paper, kind: PageKind) -> BodyArea {
    let (mut top, mut bottom) = (paper.margin_top, paper.height - paper.margin_bottom);
    // the text of header and footer does not decide whether the body has to be set again
    let used = setter.page_count_used;
    setter.tags.mute();
    let header = kind.blocks(&section.header);
    if !header.is_empty() && !paper.fixed.0 {
        top = top.max(paper.header_distance + Stack::set(setter, header, paper.text_width, 0).height);
    }
    let footer = kind.blocks(&section.footer);
    if !footer.is_empty() && !paper.fixed.1 {
        bottom = bottom.min(paper.footer_top(Stack::set(setter, footer, paper.text_width, 0).height));
    }
    setter.tags.unmute();
    setter.page_count_used = used;
    BodyArea { top, bottom, above_footer: bottom < paper.height - paper.margin_bottom }
}

/// Draws the header below the upper edge of the paper.
pub(super) fn draw_header(setter: &mut Setter, canvas: &mut Canvas, section: &Section, paper: &Paper, kind: PageKind) {
    let stack = Stack::set(setter, kind.blocks(&section.header), paper.text_width, 0);
    stack.draw_all(canvas, paper.left, paper.header_distance);
}

/// Draws the footer so that it ends above the lower edge of the paper.
pub(super) fn draw_footer(setter: &mut Setter, canvas: &mut Canvas, section: &Section, paper: &Paper, kind: PageKind) {
    let stack = Stack::set(setter, kind.blocks(&section.footer), paper.text_width, 0);
    stack.draw_all(canvas, paper.left, paper.footer_top(stack.height));
}
