//! Paragraphs flow from page to page, line by line.

use crate::document::Length;

use super::flow::{Flow, TopSpace};
use super::line::{End, Line};
use super::paragraph::{SetParagraph, height_of};

/// Text makes way for so many things on one page; more stand over it.
const MOST_EXCLUSIONS: usize = 200;

impl Flow<'_, '_> {
    pub(super) fn place_paragraph(&mut self, paragraph: &SetParagraph) {
        if paragraph.ends_section {
            self.section_mark = Some(paragraph.space_after);
            return;
        }
        let above = self.after;
        if paragraph.page_break_before && !self.fresh {
            self.turn_page(TopSpace::Beyond(self.after));
        }
        let mut own = self.make_way(paragraph);
        if !self.begins_here(own.as_ref().unwrap_or(paragraph)) {
            self.turn(TopSpace::Dropped);
            own = self.make_way(paragraph);
        }
        let paragraph = own.as_ref().unwrap_or(paragraph);
        let mut from = 0;
        while from < paragraph.lines.len() && !self.cut_off {
            // lines up to a page break within the paragraph
            let breaks = |line: &Line| matches!(line.end, End::PageBreak | End::ColumnBreak);
            let broken = paragraph.lines.iter().skip(from).position(breaks);
            let to = broken.map_or(paragraph.lines.len(), |at| from + at + 1);
            self.place_lines(paragraph, from, to);
            if broken.is_some() && !self.cut_off {
                let alone = paragraph.lines.len() == 1;
                let top_space = match (alone, begins_with_break(paragraph, to)) {
                    (true, _) => TopSpace::Dropped,
                    (false, true) => TopSpace::Beyond(above),
                    (false, false) => TopSpace::Beyond(paragraph.space_after),
                };
                match paragraph.lines.get(to - 1).map(|line| line.end) {
                    Some(End::ColumnBreak) => self.turn(top_space),
                    _ => self.turn_page(top_space),
                }
                if to == paragraph.lines.len() {
                    return;
                }
            }
            from = to;
        }
        self.y += paragraph.bottom_room();
        self.after = paragraph.space_after;
    }

    /// Whether a paragraph may begin on this page.
    fn begins_here(&self, paragraph: &SetParagraph) -> bool {
        let broken = paragraph.lines.iter().position(|line| matches!(line.end, End::PageBreak | End::ColumnBreak));
        let count = broken.map_or(paragraph.lines.len(), |at| at + 1);
        let lines = paragraph.lines.get(..count).unwrap_or_default();
        let fitting = self.lines_fitting(paragraph, lines, self.bottom - self.y - self.gap_above(paragraph, 0));
        self.fresh || fitting == count || is_only_break(lines) || self.kept_apart(paragraph, 0, count, fitting) > 0
    }

    /// Places lines of a paragraph on as many pages as they need.
    fn place_lines(&mut self, paragraph: &SetParagraph, mut from: usize, to: usize) {
        while from < to && !self.cut_off {
            let start = self.y + self.gap_above(paragraph, from);
            let lines = paragraph.lines.get(from..to).unwrap_or_default();
            let mut fitting = self.lines_fitting(paragraph, lines, self.bottom - start);
            // a page break alone needs no room: it would leave an empty page
            let only_break = is_only_break(lines);
            if fitting < lines.len() && !only_break {
                fitting = self.kept_apart(paragraph, from, lines.len(), fitting);
                if fitting == 0 && !self.fresh {
                    self.turn(TopSpace::Dropped);
                    continue;
                }
            }
            let fitting = if only_break { lines.len() } else { fitting.max(1) };
            let left = self.left;
            self.canvas.paragraph(paragraph, from..from + fitting, left, start);
            self.y = start + height_of(lines.get(..fitting).unwrap_or_default());
            self.reserve_notes();
            self.fresh = false;
            self.section_mark = None;
            from += fitting;
            if from < to {
                self.turn(TopSpace::Dropped);
            }
        }
    }

    /// The distance from the block above to a paragraph's line.
    pub(super) fn gap_above(&self, paragraph: &SetParagraph, line: usize) -> Length {
        if line > 0 && !(self.fresh && begins_with_break(paragraph, line)) {
            return Length::ZERO;
        }
        let space = match (self.fresh, self.top_space) {
            (false, _) => match self.section_mark {
                None => self.after.max(paragraph.space_before),
                Some(mark) => self.after + (paragraph.space_before - mark).max(Length::ZERO),
            },
            (true, TopSpace::Kept) => paragraph.space_before,
            (true, TopSpace::Dropped) => Length::ZERO,
            (true, TopSpace::Beyond(after)) => (paragraph.space_before - after).max(Length::ZERO),
        };
        space + paragraph.top_room()
    }

    /// How many of the lines that fit may stand on this page when the others follow on the next one.
    fn kept_apart(&self, paragraph: &SetParagraph, from: usize, count: usize, fitting: usize) -> usize {
        if paragraph.keep_lines && from == 0 && paragraph.lines_height() <= self.page_height() {
            return 0;
        }
        if !paragraph.widow_control {
            return fitting;
        }
        let fitting = if count - fitting == 1 { fitting.saturating_sub(1) } else { fitting };
        if from == 0 && fitting == 1 { 0 } else { fitting }
    }

    /// How many lines fit into a height, with the footnotes that they bring.
    fn lines_fitting(&self, paragraph: &SetParagraph, lines: &[Line], room: Length) -> usize {
        let mut height = Length::ZERO;
        let mut notes = self.notes.reservation();
        let mut full = false;
        let fits = |line: &&Line| {
            if !paragraph.text.notes.is_empty() {
                notes.add(&self.notes, paragraph.notes_of(line));
            }
            let end = height + if self.whole_lines { line.height } else { line.must_fit };
            height += line.height;
            // the last line's notes may go on on the next page
            let fits = !full && end + notes.least.min(notes.height) <= room;
            full |= end + notes.height > room;
            fits
        };
        lines.iter().take_while(fits).count()
    }

    /// Goes below what a table of a width would stand on.
    pub(super) fn pass_exclusions(&mut self, width: Length) {
        let (left, right) = (self.left, self.left + width);
        for _ in 0..self.exclusions.len() {
            let here =
                self.exclusions.iter().map(|exclusion| exclusion.room).filter(|room| {
                    room.top <= self.y && room.bottom > self.y && room.right > left && room.left < right
                });
            let Some(bottom) = here.map(|room| room.bottom).min() else { return };
            self.y = bottom;
        }
    }

    /// Sets the floats of a paragraph, and gives it with lines that make way for those and for earlier ones.
    fn make_way(&mut self, paragraph: &SetParagraph) -> Option<SetParagraph> {
        if self.exclusions.is_empty() && paragraph.text.floats.is_empty() {
            return None;
        }
        let start = self.y + self.gap_above(paragraph, 0);
        for float in &paragraph.text.floats {
            let mut top = start;
            for line in &paragraph.lines {
                if line.holds(float.sign) {
                    let at = paragraph.anchor_point(line, float.sign, self.left, start, top);
                    let rectangle = float.rectangle(&self.canvas.area, &at);
                    if self.exclusions.len() < MOST_EXCLUSIONS {
                        self.exclusions.extend(float.kept_free(&rectangle));
                    }
                }
                top += line.height;
            }
        }
        paragraph.around(&self.exclusions, self.left, start)
    }
}

/// Whether nothing but a break stands before a paragraph's line.
fn begins_with_break(paragraph: &SetParagraph, line: usize) -> bool {
    line == 1 && is_only_break(paragraph.lines.get(..1).unwrap_or_default())
}

/// Whether lines are nothing but a page or column break.
fn is_only_break(lines: &[Line]) -> bool {
    let is_break = |line: &Line| matches!(line.end, End::PageBreak | End::ColumnBreak) && line.signs.len() == 1;
    lines.len() == 1 && lines.iter().all(is_break)
}
