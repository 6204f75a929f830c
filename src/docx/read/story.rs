//! A text of the document (the body, a header, a footnote, a cell) as blocks.

use super::book::Book;
use super::field::Fields;
use super::formula::Formula;
use super::frame::Frame;
use super::package::Relations;
use super::properties;
use super::table_style::CellStyle;
use super::tree::Element;
use super::unshown;
use crate::diagnostic::Words;
use crate::document::{
    Align, Block, Bookmark, Content, Length, Link, NumberingRef, Paragraph, ParagraphFormat, ParagraphStyleId, Run,
    TabStop,
};

/// Reads one text.
pub struct Story<'b> {
    /// What all texts share.
    pub book: &'b mut Book,
    /// How the text's part points to others.
    pub relations: &'b Relations,
    /// What the part is called in warnings.
    pub part: Words,
    /// Fields that are open.
    pub fields: Fields,
    /// Width of the column that the text stands in.
    pub width: Length,
    /// What the table around sets for the text.
    pub cell: Option<CellStyle>,
    /// What the paragraph that is being read has that is not shown.
    pub missing: Vec<Words>,
    /// Frames that wait for the paragraph that they are anchored in.
    pub frames: Vec<Frame>,
    /// Text of paragraphs whose marks tracked changes have deleted: it stands at the head of the next one.
    pub parted: Vec<Run>,
    /// The stops of the tabs of the paragraph that go by the page, not by its own stops (`w:ptab`).
    pub page_tabs: Vec<TabStop>,
    /// Where the text that is being read leads.
    pub link: Option<Link>,
    /// Bookmarks that stand between paragraphs wait for the next one.
    pub bookmarks: Vec<Run>,
    /// The last text in a character style that headers ask for: the style, its bookmark's run, and where it ended.
    pub styled: Option<(u32, usize, usize)>,
    /// Text boxes around this text.
    pub depth: usize,
    /// The number of the note that is being read.
    pub note_number: Option<String>,
}

/// Text boxes within text boxes deeper than this are left out.
pub const MOST_DEPTH: usize = 8;
/// So much of a paragraph's words is told in a warning.
const WORDS_TOLD: usize = 20;

impl<'b> Story<'b> {
    /// Begins a text.
    pub fn new(book: &'b mut Book, relations: &'b Relations, part: Words, width: Length) -> Self {
        Self {
            book,
            relations,
            part,
            fields: Fields::default(),
            width,
            cell: None,
            missing: Vec::new(),
            frames: Vec::new(),
            parted: Vec::new(),
            page_tabs: Vec::new(),
            link: None,
            bookmarks: Vec::new(),
            styled: None,
            depth: 0,
            note_number: None,
        }
    }

    /// The blocks of a text; wrappers are looked through.
    pub fn blocks(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        for child in &element.children {
            self.block(child, &mut blocks);
        }
        self.end(&mut blocks);
        blocks
    }

    /// Ends a text: frames, and text without its mark, that no paragraph follows stand in one of their own.
    pub fn end(&mut self, blocks: &mut Vec<Block>) {
        let mut runs = self.take_frames();
        runs.append(&mut self.parted);
        if !runs.is_empty() {
            blocks.push(Block::Paragraph(Paragraph { runs, ..Paragraph::default() }));
        }
    }

    /// One child of a text.
    pub fn block(&mut self, child: &Element, blocks: &mut Vec<Block>) {
        match child.name.as_ref() {
            "w:p" => {
                let frame = child.child("w:pPr").and_then(|own| own.child("w:framePr"));
                match (self.paragraph(child), frame) {
                    (Some(paragraph), Some(frame)) => self.frame(frame, paragraph),
                    (Some(mut paragraph), None) if has_lost_its_mark(child) => self.parted.append(&mut paragraph.runs),
                    (Some(mut paragraph), None) => {
                        let mut before = self.take_frames();
                        before.append(&mut self.parted);
                        paragraph.runs.splice(0..0, before);
                        blocks.push(Block::Paragraph(paragraph));
                    }
                    (None, _) => {}
                }
            }
            "w:tbl" => {
                if !self.parted.is_empty() {
                    let runs = std::mem::take(&mut self.parted);
                    blocks.push(Block::Paragraph(Paragraph { runs, ..Paragraph::default() }));
                }
                blocks.extend(self.table(child).map(Block::from));
            }
            "w:sdt" => {
                if let Some(content) = child.child("w:sdtContent") {
                    blocks.append(&mut self.blocks(content));
                }
            }
            "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => blocks.append(&mut self.blocks(child)),
            "w:bookmarkStart" => self.bookmarks.extend(bookmark(child)),
            "w:altChunk" => {
                let what = Words::new("嵌入的另一份文档", "an embedded document");
                self.book.not_shown(&self.part, "", &what);
            }
            "m:oMathPara" | "m:oMath" => {
                let mut runs = Vec::new();
                self.formula(child, &mut runs);
                let format = ParagraphFormat { align: Some(Align::Center), ..ParagraphFormat::default() };
                blocks.push(Block::Paragraph(Paragraph { format: format.into(), runs, ..Paragraph::default() }));
                self.tell_missing(&child.all_text());
            }
            _ => {
                if let Some(what) = unshown::of(child) {
                    self.book.not_shown(&self.part, "", &what);
                }
            }
        }
    }

    /// A paragraph; none if it is hidden whole.
    fn paragraph(&mut self, element: &Element) -> Option<Paragraph> {
        let own = element.child("w:pPr");
        self.missing.extend(unshown::of_children(own));
        self.book.tell_of_style(own.and_then(|own| own.child_value("w:pStyle")));
        let style = self.book.styles.paragraph_style(own.and_then(|own| own.child_value("w:pStyle")));
        let mut format = properties::paragraph(own, &self.book.styles.ground(style));
        if let Some(item) = own.and_then(|own| own.child("w:numPr")) {
            format.numbering = self.list_item(item, style);
        }
        format.align = Formula::align_of(element).or(format.align);
        let mark_element = own.and_then(|own| own.child("w:rPr"));
        self.missing.extend(mark_element.and_then(|mark| mark.child("w:specVanish")).and_then(unshown::of));
        let mut mark = self.book.styles.character_style(mark_element.and_then(|mark| mark.child_value("w:rStyle")));
        mark.apply(&properties::run(mark_element, &self.book.theme));
        if own.and_then(|own| own.switch("w:bidi")).unwrap_or(false) {
            self.missing.push(Words::new("从右到左的文字方向", "text from right to left"));
        }
        let mut paragraph =
            Paragraph { style, format: format.into(), runs: Vec::new(), mark: mark.format.clone().into() };
        self.take_table_style(&mut paragraph);
        let hidden = self.book.styles.hides(style);
        let mut runs = std::mem::take(&mut self.bookmarks);
        self.styled = None;
        self.inline(element, &mut runs);
        if !self.page_tabs.is_empty() {
            let stops = &mut paragraph.format.tabs;
            let mut all = std::mem::take(&mut self.page_tabs);
            all.extend(
                stops.take().filter(|_| runs.iter().any(|run| run.content == Content::Tab)).into_iter().flatten(),
            );
            all.sort_by_key(|stop| stop.at);
            *stops = Some(all);
        }
        if let Some(cell) = &self.cell {
            let of_style = self.book.styles.of_style(style).1;
            for run in &mut runs {
                run.format = super::merge::under(&cell.run.format, &of_style, &run.format).into();
            }
        }
        if hidden {
            runs.clear();
        }
        paragraph.runs = super::merge::joined(runs);
        let asked_for = self.book.running.of_id(own.and_then(|own| own.child_value("w:pStyle")));
        if let Some(style) = asked_for.filter(|_| !paragraph.plain_text().trim().is_empty()) {
            let text = paragraph.plain_text().replace(['\n', '\t'], " ").trim().into();
            paragraph.runs.insert(0, Run::of(Content::Bookmark(Bookmark::Styled { style, text })));
        }
        let missing = !self.missing.is_empty();
        if missing {
            self.tell_missing(&paragraph.plain_text());
        }
        let is_mark = |run: &Run| matches!(run.content, Content::Bookmark(_));
        let gone = mark.hidden.unwrap_or(hidden) && paragraph.runs.iter().all(is_mark);
        (!gone).then_some(paragraph)
    }

    fn list_item(&self, item: &Element, style: ParagraphStyleId) -> Option<Option<NumberingRef>> {
        let level = item.child_value("w:ilvl").and_then(|level| level.parse::<u8>().ok());
        match item.child_value("w:numId") {
            Some(list) => {
                let found = self.book.lists.find(list);
                Some(found.map(|list| NumberingRef { list, level: level.unwrap_or(0).min(8) }))
            }
            None => {
                let inherited = self.book.styles.of_style(style).0.numbering??;
                Some(Some(NumberingRef { level: level?.min(8), ..inherited }))
            }
        }
    }

    /// What the table around sets holds where neither the paragraph nor its style says otherwise.
    fn take_table_style(&self, paragraph: &mut Paragraph) {
        let Some(cell) = &self.cell else { return };
        let (of_style, character) = self.book.styles.of_style(paragraph.style);
        let mut format = cell.paragraph.clone();
        format.apply(&of_style);
        format.apply(&paragraph.format);
        super::merge::keep_set(&mut format, &cell.paragraph, &paragraph.format);
        paragraph.format = format.into();
        paragraph.mark = super::merge::under(&cell.run.format, &character, &paragraph.mark).into();
    }

    /// Tells what the paragraph has that is not shown.
    fn tell_missing(&mut self, text: &str) {
        let words: String = text.trim().chars().take(WORDS_TOLD).collect();
        for what in std::mem::take(&mut self.missing) {
            self.book.not_shown(&self.part, words.trim(), &what);
        }
    }

    /// A formula in the line.
    pub fn formula(&mut self, element: &Element, runs: &mut Vec<Run>) {
        let mut formula = Formula::of(element);
        if formula.unknown {
            let what = Words::new("公式的一种排法（写成一行文字）", "a form of a formula (set as a line of text)");
            self.missing.push(what);
        }
        runs.append(&mut formula.runs);
    }
}

/// Whether tracked changes have deleted a paragraph's mark.
fn has_lost_its_mark(paragraph: &Element) -> bool {
    let mark = paragraph.child("w:pPr").and_then(|own| own.child("w:rPr"));
    mark.is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some())
}

/// A bookmark as something in a paragraph; the one that Word makes at each saving is none.
pub fn bookmark(element: &Element) -> Option<Run> {
    let name = element.attribute("w:name").filter(|name| *name != "_GoBack")?;
    Some(Run::of(Content::Bookmark(Bookmark::Named(name.into()))))
}
