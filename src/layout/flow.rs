//! Blocks flow from page to page: where pages end, what is kept together.

use crate::document::{Length, Section};

use super::draw::Canvas;
use super::header_footer::{PageKind, Paper, body_area};
use super::line::End;
use super::paragraph::{SetParagraph, height_of};
use super::setter::Setter;
use super::stack::{SetBlock, set_block};
use super::table::SetTable;

/// A document of more pages is cut off: nobody waits for such a report, and it may never end.
pub(super) const MAX_PAGES: usize = 5000;

/// A page whose body is set; header and footer follow when the number of pages is known.
#[derive(Debug)]
pub(super) struct Draft {
    /// The body.
    pub canvas: Canvas,
    /// Index of its section.
    pub section: usize,
    /// Its number.
    pub number: u32,
    /// Its header and footer.
    pub kind: PageKind,
}

/// What becomes of a paragraph's space above at the top of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TopSpace {
    /// It is kept: the document's first page.
    Kept,
    /// It is dropped: the text ran over.
    Dropped,
    /// What it has more than the space below the paragraph before: the page was asked for.
    Beyond(Length),
}

/// Sets blocks on page after page.
pub(super) struct Flow<'a, 'd> {
    pub(super) setter: &'a mut Setter<'d>,
    /// The pages that are full.
    drafts: Vec<Draft>,
    pub(super) canvas: Canvas,
    section: usize,
    kind: PageKind,
    paper: Paper,
    /// Left edge of the text.
    pub(super) left: Length,
    top: Length,
    pub(super) bottom: Length,
    /// Where the next block begins, the space between it and the one before not counted.
    pub(super) y: Length,
    /// The space below the paragraph before.
    pub(super) after: Length,
    /// Nothing stands on the page yet.
    pub(super) fresh: bool,
    top_space: TopSpace,
    /// Blocks that wait for what they are to be kept with.
    group: Vec<SetBlock>,
    /// There are more pages than [`MAX_PAGES`].
    pub(super) cut_off: bool,
}

impl<'a, 'd> Flow<'a, 'd> {
    /// Sets all sections; the pages, and whether the document was cut off.
    pub fn run(setter: &'a mut Setter<'d>) -> (Vec<Draft>, bool) {
        let mut flow = Self {
            setter,
            drafts: Vec::new(),
            canvas: Canvas::default(),
            section: 0,
            kind: PageKind::Default,
            paper: Paper::default(),
            left: Length::ZERO,
            top: Length::ZERO,
            bottom: Length::ZERO,
            y: Length::ZERO,
            after: Length::ZERO,
            fresh: true,
            top_space: TopSpace::Kept,
            group: Vec::new(),
            cut_off: false,
        };
        let sections = &flow.setter.document.sections;
        for (at, section) in sections.iter().enumerate() {
            flow.section(at, section);
        }
        flow.setter.grid = None;
        (flow.drafts, flow.cut_off)
    }

    fn section(&mut self, at: usize, section: &Section) {
        if self.drafts.len() >= MAX_PAGES {
            self.cut_off = true;
        }
        if self.cut_off {
            return;
        }
        if let Some(first) = section.page.first_page_number.or((at == 0).then_some(1)) {
            self.setter.page_number = first;
        }
        self.section = at;
        self.paper = Paper::of(&section.page);
        self.setter.grid = section.page.grid;
        let top_space = if at == 0 { TopSpace::Kept } else { TopSpace::Beyond(self.after) };
        self.begin_page(true, top_space);
        for block in &section.blocks {
            if self.cut_off {
                return;
            }
            for set in set_block(self.setter, block, self.paper.text_width, 0) {
                self.add(set);
            }
        }
        self.place_group();
        if !self.cut_off {
            self.end_page();
        }
    }

    fn begin_page(&mut self, first_of_section: bool, top_space: TopSpace) {
        let document = self.setter.document;
        let Some(section) = document.sections.get(self.section) else { return };
        self.kind = PageKind::of(section, first_of_section, self.setter.page_number);
        (self.top, self.bottom) = body_area(self.setter, section, &self.paper, self.kind);
        self.left = self.paper.left;
        self.y = self.top;
        self.after = Length::ZERO;
        self.fresh = true;
        self.top_space = top_space;
        self.canvas = Canvas { page: self.drafts.len(), ..Canvas::default() };
    }

    fn end_page(&mut self) {
        let canvas = std::mem::take(&mut self.canvas);
        let number = self.setter.page_number;
        self.drafts.push(Draft { canvas, section: self.section, number, kind: self.kind });
        self.setter.page_number = number.saturating_add(1);
    }

    /// Goes to the next page.
    pub(super) fn turn(&mut self, top_space: TopSpace) {
        self.end_page();
        if self.drafts.len() >= MAX_PAGES {
            self.cut_off = true;
        } else {
            self.begin_page(false, top_space);
        }
    }

    /// Height of the text on this page.
    pub(super) fn page_height(&self) -> Length {
        self.bottom - self.top
    }

    /// Takes the next block; what does not keep with the next is placed when that comes.
    fn add(&mut self, mut block: SetBlock) {
        if let (Some(SetBlock::Paragraph(above)), SetBlock::Paragraph(below)) = (self.group.last_mut(), &mut block) {
            SetParagraph::join(above, below);
        }
        let kept = matches!(self.group.last(), Some(SetBlock::Paragraph(above)) if above.keep_next);
        let begins_page = matches!(&block, SetBlock::Paragraph(paragraph) if paragraph.page_break_before);
        if !kept || begins_page {
            self.place_group();
        }
        self.group.push(block);
    }

    /// Places the blocks that waited, together on one page if they are to be and can be.
    fn place_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        if group.len() > 1 && !self.fresh && self.y + self.needed_by(&group, false) > self.bottom {
            let asked_for = matches!(group.first(), Some(SetBlock::Paragraph(first)) if first.page_break_before);
            if !asked_for && self.needed_by(&group, true) <= self.page_height() {
                self.turn(TopSpace::Dropped);
            }
        }
        for block in &group {
            if self.cut_off {
                return;
            }
            match block {
                SetBlock::Paragraph(paragraph) => self.place_paragraph(paragraph),
                SetBlock::Table(table) => self.place_table(table),
            }
        }
    }

    /// Height of blocks that are kept together: all but the last whole, of the last so much as may stand alone.
    fn needed_by(&self, group: &[SetBlock], at_top: bool) -> Length {
        let mut height = Length::ZERO;
        let mut after = self.after;
        for (at, block) in group.iter().enumerate() {
            let last = at + 1 == group.len();
            match block {
                SetBlock::Paragraph(paragraph) => {
                    let gap = if at == 0 && at_top { Length::ZERO } else { after.max(paragraph.space_before) };
                    height += gap + paragraph.top_room();
                    height += if last { paragraph.least_height() } else { paragraph.lines_height() };
                    height += if last { Length::ZERO } else { paragraph.bottom_room() };
                    after = paragraph.space_after;
                }
                SetBlock::Table(table) => {
                    height += after + table.chain(0).1;
                    after = Length::ZERO;
                }
            }
        }
        height
    }

    fn place_paragraph(&mut self, paragraph: &SetParagraph) {
        if paragraph.page_break_before && !self.fresh {
            self.turn(TopSpace::Beyond(self.after));
        }
        let mut from = 0;
        while from < paragraph.lines.len() && !self.cut_off {
            // lines up to a page break within the paragraph
            let broken = paragraph.lines.iter().skip(from).position(|line| line.end == End::PageBreak);
            let to = broken.map_or(paragraph.lines.len(), |at| from + at + 1);
            self.place_lines(paragraph, from, to);
            if broken.is_some() && !self.cut_off {
                let alone = paragraph.lines.len() == 1;
                self.turn(if alone { TopSpace::Dropped } else { TopSpace::Beyond(paragraph.space_after) });
                if to == paragraph.lines.len() {
                    return;
                }
            }
            from = to;
        }
        self.y += paragraph.bottom_room();
        self.after = paragraph.space_after;
    }

    /// Places lines of a paragraph on as many pages as they need.
    fn place_lines(&mut self, paragraph: &SetParagraph, mut from: usize, to: usize) {
        while from < to && !self.cut_off {
            let start = self.y + self.gap_above(paragraph, from);
            let lines = paragraph.lines.get(from..to).unwrap_or_default();
            let mut fitting = lines_fitting(paragraph, from, to, self.bottom - start);
            // a page break alone needs no room: it would leave an empty page
            let only_break =
                lines.len() == 1 && lines.iter().all(|line| line.end == End::PageBreak && line.signs.len() == 1);
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
            self.fresh = false;
            from += fitting;
            if from < to {
                self.turn(TopSpace::Dropped);
            }
        }
    }

    /// The distance from the block above to a paragraph's line.
    fn gap_above(&self, paragraph: &SetParagraph, line: usize) -> Length {
        if line > 0 {
            return Length::ZERO;
        }
        let space = match (self.fresh, self.top_space) {
            (false, _) => self.after.max(paragraph.space_before),
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

    /// Places a table; see [`super::flow_table`].
    fn place_table(&mut self, table: &SetTable) {
        super::flow_table::place_table(self, table);
    }
}

/// How many lines fit into a height.
fn lines_fitting(paragraph: &SetParagraph, from: usize, to: usize, room: Length) -> usize {
    let mut height = Length::ZERO;
    let lines = paragraph.lines.get(from..to).unwrap_or_default();
    lines
        .iter()
        .take_while(|line| {
            let fits = height + line.must_fit <= room;
            height += line.height;
            fits
        })
        .count()
}

impl SetParagraph {
    /// Height of the first lines that may stand without the others at a page's foot.
    fn least_height(&self) -> Length {
        let all = self.lines.len();
        let least = match (self.keep_lines, self.widow_control) {
            (true, _) => all,
            (false, true) if all <= 3 => all,
            (false, true) => 2,
            (false, false) => 1,
        };
        height_of(self.lines.get(..least).unwrap_or_default())
    }
}
