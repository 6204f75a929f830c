//! Blocks flow from page to page: where pages end, what is kept together.

use crate::document::{Block, Length, Section, SectionStart};

use super::draw::Canvas;
use super::float::{Exclusion, Rectangle};
use super::flow_columns::Columns;
use super::flow_notes::PageNotes;
use super::header_footer::{PageKind, Paper, body_area};
use super::paragraph::{SetParagraph, height_of};
use super::setter::Setter;
use super::stack::{SetBlock, set_block};
use super::table::{BlockPlace, is_long, set_long_table};

/// A document of more pages is cut off: nobody waits for such a report, and it may never end.
pub(super) const MAX_PAGES: usize = 5000;

/// A page whose body is set; header and footer follow when the number of pages is known.
#[derive(Debug)]
pub(super) struct Draft {
    /// The body.
    pub canvas: Canvas,
    /// Index of the section whose header and footer it has.
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
    /// The section that the page began with.
    page_section: usize,
    kind: PageKind,
    pub(super) paper: Paper,
    /// The columns of the section.
    pub(super) columns: Columns,
    /// Left edge of the text.
    pub(super) left: Length,
    top: Length,
    /// Lower edge of the type area.
    pub(super) foot: Length,
    /// Lines must fit whole: above a footer that takes room from the text.
    pub(super) whole_lines: bool,
    /// Where the text has to end: footnotes and balanced columns leave less room.
    pub(super) bottom: Length,
    /// The room on the page that text keeps out of.
    pub(super) exclusions: Vec<Exclusion>,
    /// The footnotes of the page.
    pub(super) notes: PageNotes,
    /// Where the next block begins, the space between it and the one before not counted.
    pub(super) y: Length,
    /// The space below the paragraph before.
    pub(super) after: Length,
    /// The space below the empty paragraph that ended the section before, if the text goes on right below.
    pub(super) section_mark: Option<Length>,
    /// Nothing stands on the page yet.
    pub(super) fresh: bool,
    pub(super) top_space: TopSpace,
    /// Blocks that wait for what they are to be kept with.
    group: Vec<SetBlock>,
    /// There are more pages than [`MAX_PAGES`], or more signs than are ever set.
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
            page_section: 0,
            kind: PageKind::Default,
            paper: Paper::default(),
            columns: Columns::default(),
            left: Length::ZERO,
            top: Length::ZERO,
            foot: Length::ZERO,
            whole_lines: false,
            bottom: Length::ZERO,
            exclusions: Vec::new(),
            notes: PageNotes::default(),
            y: Length::ZERO,
            after: Length::ZERO,
            section_mark: None,
            fresh: true,
            top_space: TopSpace::Kept,
            group: Vec::new(),
            cut_off: false,
        };
        let sections = &flow.setter.document.sections;
        for (at, section) in sections.iter().enumerate() {
            flow.section(at, section, sections.get(at + 1));
        }
        if !flow.cut_off && !sections.is_empty() {
            flow.finish_notes();
            flow.end_page();
        }
        flow.setter.grid = None;
        let cut_off = flow.cut_off || flow.setter.signs_left() == 0;
        (flow.drafts, cut_off)
    }

    fn section(&mut self, at: usize, section: &Section, next: Option<&Section>) {
        if self.drafts.len() >= MAX_PAGES {
            self.cut_off = true;
        }
        if self.cut_off {
            return;
        }
        self.section = at;
        self.setter.section = at;
        let paper = Paper::of(&section.page);
        let goes_on = at > 0 && section.page.start == SectionStart::Continuous && paper.same_sheet(&self.paper);
        self.setter.grid = section.page.grid;
        let columns = Columns::of(&section.page, &paper);
        if goes_on {
            self.go_on(paper, columns);
        } else {
            self.begin_section(at, section, paper, columns);
        }
        let goes_on_below = next.is_some_and(|next| next.page.start == SectionStart::Continuous);
        if self.columns.count() > 1 && goes_on_below {
            self.balanced_blocks(section);
        } else {
            for (place, block) in section.blocks.iter().enumerate() {
                self.cut_off |= self.setter.signs_left() == 0;
                if self.cut_off {
                    return;
                }
                let is_last = std::ptr::eq(block, section.blocks.last().unwrap_or(block));
                let width = self.columns.width();
                let blocks = match block {
                    Block::Table(table) if is_long(table) => {
                        let place = BlockPlace { section: at, block: place };
                        vec![SetBlock::Table(Box::new(set_long_table(self.setter, table, width, place)))]
                    }
                    _ => set_block(self.setter, block, width, 0),
                };
                for mut set in blocks {
                    if let SetBlock::Paragraph(paragraph) = &mut set {
                        paragraph.ends_section = is_last && goes_on_below && paragraph.is_mere_mark();
                    }
                    self.add(set);
                }
            }
        }
        self.place_group();
    }

    /// Begins a section on a new page.
    fn begin_section(&mut self, at: usize, section: &Section, paper: Paper, columns: Columns) {
        if at > 0 {
            self.end_page();
        }
        if let Some(first) = section.page.first_page_number.or((at == 0).then_some(1)) {
            self.setter.page_number = first;
        }
        let wrong = match section.page.start {
            SectionStart::EvenPage => !self.setter.page_number.is_multiple_of(2),
            SectionStart::OddPage => self.setter.page_number.is_multiple_of(2),
            _ => false,
        };
        if wrong && at > 0 {
            let number = self.setter.page_number;
            let canvas = Canvas { page: self.drafts.len(), ..Canvas::default() };
            self.drafts.push(Draft { canvas, section: self.page_section, number, kind: PageKind::Blank });
            self.setter.page_number = number.saturating_add(1);
        }
        self.paper = paper;
        self.columns = columns;
        let top_space = if at == 0 { TopSpace::Kept } else { TopSpace::Beyond(self.after) };
        self.begin_page(true, top_space);
    }

    /// Begins a section below the one before on the same page.
    fn go_on(&mut self, paper: Paper, columns: Columns) {
        self.y = self.y.max(self.columns.deepest);
        self.bottom = self.foot;
        self.end_above_notes();
        self.paper = paper;
        self.columns = columns;
        self.columns.top = self.y + if self.columns.count() > 1 { self.after } else { Length::ZERO };
        if self.columns.count() > 1 {
            self.y = self.columns.top;
            self.after = Length::ZERO;
        }
        self.left = self.paper.left + self.columns.offset();
    }

    fn begin_page(&mut self, first_of_section: bool, top_space: TopSpace) {
        let document = self.setter.document;
        let Some(section) = document.sections.get(self.section) else { return };
        self.setter.number_format = section.page.number_format;
        self.kind = PageKind::of(section, first_of_section, self.setter.page_number);
        let area = body_area(self.setter, section, &self.paper, self.kind);
        (self.top, self.foot) = (area.top, area.bottom);
        self.whole_lines = area.above_footer && document.styles.typography.word.is_some();
        self.notes.prepare(self.setter, self.paper.text_width);
        self.bottom = self.foot;
        self.page_section = self.section;
        self.exclusions.clear();
        self.notes.begin_page(self.foot - self.top);
        self.columns.begin_page(self.top);
        self.left = self.paper.left + self.columns.offset();
        self.y = self.top;
        self.after = Length::ZERO;
        self.fresh = true;
        self.top_space = self.section_mark.take().map_or(top_space, TopSpace::Beyond);
        self.bottom = self.foot - self.notes.height;
        let text = Rectangle { top: self.top, bottom: self.foot, ..Rectangle::default() };
        self.canvas = Canvas { page: self.drafts.len(), area: self.paper.area(text), ..Canvas::default() };
    }

    fn end_page(&mut self) {
        self.draw_notes();
        self.draw_separators();
        let mut canvas = std::mem::take(&mut self.canvas);
        let number = self.setter.page_number;
        canvas.items.shrink_to_fit();
        self.drafts.push(Draft { canvas, section: self.page_section, number, kind: self.kind });
        self.setter.page_number = number.saturating_add(1);
    }

    /// Goes to the next column, or to the next page if there is none.
    pub(super) fn turn(&mut self, top_space: TopSpace) {
        if !self.columns.next(self.y) {
            return self.turn_page(top_space);
        }
        self.left = self.paper.left + self.columns.offset();
        self.y = self.columns.top;
        self.after = Length::ZERO;
        self.fresh = true;
        self.top_space = self.section_mark.take().map_or(top_space, TopSpace::Beyond);
    }

    /// Goes to the next page.
    pub(super) fn turn_page(&mut self, top_space: TopSpace) {
        self.end_page();
        if self.drafts.len() >= MAX_PAGES || self.setter.signs_left() == 0 {
            self.cut_off = true;
        } else {
            self.begin_page(false, top_space);
        }
    }

    /// Height of the text on this page.
    pub(super) fn page_height(&self) -> Length {
        self.foot - self.columns.top.max(self.top)
    }

    /// Takes the next block; what does not keep with the next is placed when that comes.
    pub(super) fn add(&mut self, mut block: SetBlock) {
        if let (Some(SetBlock::Paragraph(above)), SetBlock::Paragraph(below)) = (self.group.last_mut(), &mut block) {
            SetParagraph::join(above, below);
        }
        let kept = match self.group.last() {
            Some(SetBlock::Paragraph(above)) => above.keep_next,
            Some(SetBlock::Table(above)) => above.keeps_next(),
            None => false,
        };
        let begins_page = matches!(&block, SetBlock::Paragraph(paragraph) if paragraph.page_break_before);
        if !kept || begins_page {
            self.place_group();
        }
        self.group.push(block);
    }

    /// Places the blocks that waited, together on one page if they are to be and can be.
    pub(super) fn place_group(&mut self) {
        let mut group = std::mem::take(&mut self.group);
        if group.len() > 1 && !self.fresh && self.y + self.needed_by(&group, false) > self.bottom {
            let asked_for = matches!(group.first(), Some(SetBlock::Paragraph(first)) if first.page_break_before);
            if !asked_for && self.needed_by(&group, true) <= self.page_height() {
                self.turn(TopSpace::Dropped);
            }
        }
        let mut rest = group.as_mut_slice();
        while let Some((block, below)) = rest.split_first_mut().filter(|_| !self.cut_off) {
            match block {
                SetBlock::Paragraph(paragraph) => self.place_paragraph(paragraph),
                SetBlock::Table(table) => {
                    let kept = if below.is_empty() { Length::ZERO } else { self.needed_by(below, true) };
                    super::flow_table::place_table(self, table, kept);
                }
            }
            rest = below;
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
                    let (rows, chain) = table.chain(0);
                    height += after + chain;
                    after = Length::ZERO;
                    // what follows is kept with the last row, and not with all of them
                    if !table.ends_at(rows.end) || !table.keeps_next() {
                        break;
                    }
                }
            }
        }
        height
    }
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
        match self.lines.get(..least).unwrap_or_default() {
            [] => Length::ZERO,
            [above @ .., last] => height_of(above) + last.must_fit,
        }
    }
}
