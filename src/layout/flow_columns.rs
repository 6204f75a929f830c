//! Columns of text, and how they are made equally long before a section that goes on below them.

use crate::document::{Color, Length, PageSetup, Section};

use super::flow::Flow;
use super::header_footer::Paper;
use super::measure::{half, points, snapped_positive};
use super::page::{Item, Rule};
use super::stack::{SetBlock, set_block};

/// The columns of a section, and where the text has come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// From the left margin to each column, and its width.
    places: Vec<(Length, Length)>,
    separator: bool,
    current: usize,
    /// Where the columns begin on this page.
    pub top: Length,
    /// The lowest end of the columns that are full.
    pub deepest: Length,
}

impl Columns {
    /// The columns of a page setup.
    pub fn of(page: &PageSetup, paper: &Paper) -> Self {
        let mut places = Vec::new();
        let mut left = Length::ZERO;
        for (width, space) in &page.columns.widths {
            let width = snapped_positive(*width).max(Length::twips(20));
            places.push((left, width));
            left += width + snapped_positive(*space);
        }
        if places.len() < 2 {
            places = vec![(Length::ZERO, paper.text_width)];
        }
        Self { places, separator: page.columns.separator, ..Self::default() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// From the left margin to the column.
    pub fn offset(&self) -> Length {
        self.places.get(self.current).map_or(Length::ZERO, |(left, _)| *left)
    }

    /// Width of the column.
    pub fn width(&self) -> Length {
        self.places.get(self.current).map_or(Length::ZERO, |(_, width)| *width)
    }

    /// Begins a page.
    pub fn begin_page(&mut self, top: Length) {
        self.current = 0;
        self.top = top;
        self.deepest = Length::ZERO;
    }

    /// Goes to the next column, if there is one; the text of this one ended at `y`.
    pub fn next(&mut self, y: Length) -> bool {
        self.deepest = self.deepest.max(y);
        if self.current + 1 >= self.places.len() {
            return false;
        }
        self.current += 1;
        true
    }
}

impl Flow<'_, '_> {
    /// Places the blocks of a section so that its columns end at about one height.
    pub(super) fn balanced_blocks(&mut self, section: &Section) {
        let mut blocks = Vec::new();
        for block in &section.blocks {
            blocks.append(&mut set_block(self.setter, block, self.columns.width(), 0));
        }
        if let Some(SetBlock::Paragraph(last)) = blocks.last_mut() {
            last.ends_section = last.is_mere_mark();
        }
        let heights = heights(&blocks);
        let (count, room) = (self.columns.count(), self.bottom - self.columns.top);
        if fits(&heights, count, room) {
            let (mut low, mut high) = (Length::ZERO, room);
            while high - low > Length::twips(10) {
                let middle = low + half(high - low);
                if fits(&heights, count, middle) { high = middle } else { low = middle }
            }
            self.bottom = self.columns.top + high;
        }
        for block in blocks {
            if self.cut_off {
                return;
            }
            self.add(block);
        }
        self.place_group();
        self.bottom = self.foot;
        self.end_above_notes();
    }

    /// The rules between the columns.
    pub(super) fn draw_separators(&mut self) {
        if !self.columns.separator || self.columns.current == 0 {
            return;
        }
        let bottom = self.columns.deepest.max(self.y);
        let edges = self.columns.places.windows(2).take(self.columns.current);
        for pair in edges {
            if let [(left, width), (next, _)] = pair {
                let x = points(self.paper.left + half(*left + *width + *next));
                let (from_pt, to_pt) = ((x, points(self.columns.top)), (x, points(bottom)));
                let rule = Rule { from_pt, to_pt, width_pt: 0.5, dash_pt: Vec::new(), color: Color::BLACK };
                self.canvas.items.push(Item::Rule(rule));
            }
        }
    }
}

/// The pieces that stand in one column each: their space above and their height.
fn heights(blocks: &[SetBlock]) -> Vec<(Length, Length)> {
    let mut heights = Vec::new();
    let mut after = Length::ZERO;
    for block in blocks {
        match block {
            SetBlock::Paragraph(paragraph) if paragraph.ends_section => {}
            SetBlock::Paragraph(paragraph) => {
                let mut gap = after.max(paragraph.space_before);
                for line in &paragraph.lines {
                    heights.push((gap, line.height));
                    gap = Length::ZERO;
                }
                after = paragraph.space_after;
            }
            SetBlock::Table(table) => {
                for row in &table.rows {
                    heights.push((std::mem::take(&mut after), row.rule_above + row.height));
                }
            }
        }
    }
    heights
}

fn fits(heights: &[(Length, Length)], columns: usize, room: Length) -> bool {
    let (mut used, mut column) = (Length::ZERO, 1);
    for (gap, height) in heights {
        let needed = if used > Length::ZERO { used + *gap + *height } else { *height };
        if needed <= room {
            used = needed;
        } else if *height <= room && column < columns {
            column += 1;
            used = *height;
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fit_into_columns_one_after_the_other() {
        let pieces = vec![(Length::ZERO, Length::pt(10.0)); 5];
        assert!(fits(&pieces, 2, Length::pt(30.0)));
        assert!(!fits(&pieces, 2, Length::pt(25.0)));
        assert!(fits(&pieces, 5, Length::pt(10.0)));
    }
}
