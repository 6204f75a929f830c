//! Walks the blocks of the text and writes them as blocks of the document. The walk does not recurse, whatever the text
//! has nested.

mod gallery;
mod objects;

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, NodeValue};

use super::anchors::{Anchor, Kind, parted};
use super::headings::Headings;
use super::inline::{self, Line, Lines, Piece};
use super::official::attachments;
use super::parts::{Part, Parts};
use super::table::Grid;
use super::text::RunBuilder;
use super::{notes, problem};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Bookmark, Content, Indent, Length, LineSpacing, NumberFormat, NumberingRef, Paragraph, ParagraphFormat,
    ParagraphStyleId, Run,
};
use crate::style::{BULLETED, NUMBERED, NumberPattern, Style, id};
use crate::template::inserts::{Insert, Inserts};

/// A list that the walk is in.
struct OpenList {
    /// Index in the document's lists; `None` if its numbers are typed out, since it does not begin with 1.
    list: Option<usize>,
    definition: usize,
    level: usize,
    /// Number of the item.
    number: usize,
    /// The item's label has not been written yet.
    label_due: bool,
}

/// What has been written.
pub(super) struct Written {
    /// The text in its parts.
    pub parts: Vec<Part>,
    /// The headings and captions, in their order.
    pub anchors: Vec<Anchor>,
    /// The footnotes, by their number.
    pub notes: Vec<Vec<Block>>,
    /// The lists that items are in.
    pub lists: Vec<usize>,
    /// What could not be set as it is.
    pub problems: Vec<Diagnostic>,
}

/// Writes blocks.
pub(super) struct Writer<'a> {
    style: &'a Style,
    inserts: &'a Inserts,
    parts: Parts,
    anchors: Vec<Anchor>,
    notes: Vec<Vec<Block>>,
    /// The text, while a footnote is written.
    beside_note: Option<Parts>,
    lists: Vec<usize>,
    problems: Vec<Diagnostic>,
    headings: Headings,
    tables: u32,
    figures: u32,
    open_lists: Vec<OpenList>,
    quotes: usize,
    /// A line `题：…` that waits for its table.
    caption: Option<Line>,
    page_break_due: bool,
    /// Something stands above the text: its title.
    titled: bool,
    /// The last block is a table, and what is below it has not been written yet.
    below_table: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(style: &'a Style, inserts: &'a Inserts) -> Self {
        Self {
            style,
            inserts,
            parts: Parts::new(),
            anchors: Vec::new(),
            notes: Vec::new(),
            beside_note: None,
            lists: Vec::new(),
            problems: Vec::new(),
            headings: Headings::default(),
            tables: 0,
            figures: 0,
            open_lists: Vec::new(),
            quotes: 0,
            caption: None,
            page_break_due: false,
            titled: false,
            below_table: false,
        }
    }

    /// The named style with an identifier.
    fn style(&self, id: &str) -> ParagraphStyleId {
        self.style.sheet.find(id).unwrap_or_default()
    }

    /// Writes below a title.
    pub(super) fn below_title(&mut self, titled: bool) {
        self.titled = titled;
    }

    /// Counts tables and figures on from others.
    pub(super) fn count_from(&mut self, (tables, figures): (u32, u32)) {
        (self.tables, self.figures) = (tables, figures);
    }

    /// How many tables and figures have been counted.
    pub(super) fn counted(&self) -> (u32, u32) {
        (self.tables, self.figures)
    }

    /// Writes everything below a node.
    pub(super) fn write<'n>(&mut self, root: Node<'n>) {
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => self.enter(node),
                NodeEdge::End(node) => self.leave(node),
            }
        }
    }

    /// What has been written.
    pub(super) fn finish(mut self) -> Written {
        self.drop_caption();
        self.close_table();
        Written {
            parts: self.parts.finish(),
            anchors: self.anchors,
            notes: self.notes,
            lists: self.lists,
            problems: self.problems,
        }
    }

    fn enter<'n>(&mut self, node: Node<'n>) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph => {
                let lines = Lines::of(node, &mut self.problems);
                self.paragraph(lines.lines);
            }
            NodeValue::Heading(heading) => {
                let lines = Lines::of(node, &mut self.problems);
                self.heading(usize::from(heading.level).saturating_sub(1), lines);
            }
            NodeValue::Table(_) => {
                let grid = Grid::typed(node, self.inserts, &mut self.problems);
                self.table(grid, None, None, None);
            }
            NodeValue::CodeBlock(code) => self.as_typed(&code.literal),
            NodeValue::HtmlBlock(html) => self.as_typed(&html.literal),
            NodeValue::ThematicBreak => {
                self.drop_caption();
                self.page_break_due = self.titled || !self.parts.is_empty();
            }
            NodeValue::FootnoteDefinition(_) => {
                self.drop_caption();
                self.close_table();
                self.beside_note = Some(std::mem::replace(&mut self.parts, Parts::new()));
            }
            NodeValue::BlockQuote => self.quotes += 1,
            NodeValue::List(list) => {
                let definition = if list.list_type == ListType::Ordered { NUMBERED } else { BULLETED };
                let counts_from_one = definition == BULLETED || list.start == 1;
                let index = counts_from_one.then_some(self.lists.len());
                if index.is_some() {
                    self.lists.push(definition);
                }
                let levels = self.style.sheet.numberings.get(definition).map_or(1, |numbering| numbering.levels.len());
                let level = self.open_lists.len().min(levels.saturating_sub(1));
                let number = list.start;
                self.open_lists.push(OpenList { list: index, definition, level, number, label_due: false });
            }
            NodeValue::Item(_) => {
                if let Some(list) = self.open_lists.last_mut() {
                    list.label_due = true;
                }
            }
            _ => {}
        }
    }

    fn leave<'n>(&mut self, node: Node<'n>) {
        match node.data().value {
            NodeValue::FootnoteDefinition(_) => {
                self.drop_caption();
                self.close_table();
                if let Some(text) = self.beside_note.take() {
                    let note = std::mem::replace(&mut self.parts, text).finish();
                    let note = note.into_iter().flat_map(|part| part.stretches).flat_map(|stretch| stretch.blocks);
                    self.notes.push(notes::numbered(note.collect(), self.notes.len() + 1, self.style(id::NOTE)));
                }
            }
            NodeValue::BlockQuote => self.quotes = self.quotes.saturating_sub(1),
            NodeValue::List(_) => {
                self.open_lists.pop();
            }
            NodeValue::Item(_) => {
                if let Some(list) = self.open_lists.last_mut() {
                    list.number = list.number.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    /// A paragraph's lines: captions, notes and inserted tables have a line of their own, the others flow together.
    fn paragraph(&mut self, lines: Vec<Line>) {
        let mut flowing: Vec<Line> = Vec::new();
        let mut note = false;
        for mut line in lines {
            let source = line.source();
            let alone = inserts_alone(&source, self.inserts);
            if !alone.is_empty() {
                self.flow(std::mem::take(&mut flowing), note);
                note = false;
                for insert in alone {
                    match insert {
                        Insert::Table(table) => self.inserted_table(table),
                        Insert::Chart(chart) => self.chart(chart),
                        Insert::Picture(picture) => self.picture(picture),
                        Insert::Gallery(gallery) => self.gallery(gallery),
                        Insert::Text { .. } => {}
                    }
                }
            } else if let Some(prefix) = ["题：", "题:"].into_iter().find(|prefix| source.starts_with(prefix)) {
                self.flow(std::mem::take(&mut flowing), note);
                note = false;
                self.drop_caption();
                line.strip_start(prefix);
                self.caption = Some(line);
            } else {
                if flowing.is_empty() && self.below_table && is_note(&source) {
                    note = true;
                }
                flowing.push(line);
            }
        }
        self.flow(flowing, note);
    }

    /// Lines that are one paragraph.
    fn flow(&mut self, mut lines: Vec<Line>, note: bool) {
        if let Some((text, _)) = lines.first_mut().and_then(|line| line.parts.first_mut()) {
            // blanks typed for an indent; the style has its own
            *text = text.trim_start_matches('\u{3000}').to_owned();
        }
        let mut runs = inline::runs_of(&lines, self.inserts, &mut self.problems);
        if runs.is_empty() {
            return;
        }
        if note {
            self.below_table = false;
            let paragraph = Paragraph { style: self.style(id::TABLE_NOTE), runs, ..Default::default() };
            self.parts.push(Block::Paragraph(paragraph));
            return;
        }
        let (style, format) = if self.open_lists.is_empty() {
            (self.running_style(), ParagraphFormat::default())
        } else {
            (id::LIST_ITEM, self.item_format(&mut runs))
        };
        self.push(Block::Paragraph(Paragraph {
            style: self.style(style),
            format: format.into(),
            runs,
            ..Paragraph::default()
        }));
    }

    /// The style of a paragraph that is nothing else.
    fn running_style(&self) -> &'static str {
        match (self.beside_note.is_some(), self.quotes) {
            (true, _) => id::NOTE,
            (false, 0) => id::BODY,
            (false, _) => id::QUOTE,
        }
    }

    /// What makes a paragraph an item of the innermost list; the label goes before its runs where it is typed out.
    fn item_format(&mut self, runs: &mut Vec<Run>) -> ParagraphFormat {
        let Some(list) = self.open_lists.last_mut() else { return ParagraphFormat::default() };
        let level = self.style.sheet.numberings.get(list.definition).and_then(|found| found.levels.get(list.level));
        let Some(level) = level else { return ParagraphFormat::default() };
        let first = std::mem::take(&mut list.label_due);
        match (first, list.list) {
            (true, Some(index)) => {
                let numbering = NumberingRef { list: index, level: list.level as u8 };
                ParagraphFormat { numbering: Some(Some(numbering)), ..Default::default() }
            }
            (true, None) => {
                runs.insert(0, Run::text(typed_label(&level.text, level.format, list.number)));
                runs.insert(1, Run::of(Content::Tab));
                ParagraphFormat {
                    indent_left: Some(level.indent_left),
                    first_line: Some(level.first_line),
                    ..Default::default()
                }
            }
            (false, _) => ParagraphFormat {
                indent_left: Some(level.indent_left),
                first_line: Some(Indent::Length(Length::ZERO)),
                ..Default::default()
            },
        }
    }

    fn heading(&mut self, level: usize, mut lines: Lines) {
        let level = level.min(id::HEADINGS.len() - 1);
        if level == 0
            && let Some((prefix, typed_number)) = attachments::heading(lines.typed_start())
        {
            let prefix = prefix.to_owned();
            return self.attachment(lines, &prefix, typed_number);
        }
        let number = self.headings.number(level, &self.style.heading_numbers, &mut lines);
        let mut runs = lines.runs(self.inserts, &mut self.problems);
        if runs.is_empty() {
            return;
        }
        let typed = self.style.heading_numbers.get(level).and_then(Option::as_ref);
        let number = number.or_else(|| typed.and_then(|pattern| take_number(&mut runs, pattern))).unwrap_or_default();
        let (number, after) = parted(&number);
        let number = (!number.is_empty()).then(|| Run::text(number));
        let mut runs = self.anchored(Kind::Heading(level), number.into_iter().collect(), after, runs);
        let style = self.style(id::HEADINGS[level]);
        if level == 0 && self.style.shows_chapters {
            let text = inline::text_of(&runs).replace('\n', "").into();
            let marked = Bookmark::Styled { style: u32::from(style.0), text };
            runs.insert(0, Run::of(Content::Bookmark(marked)));
        }
        self.push(Block::Paragraph(Paragraph { style, runs, ..Paragraph::default() }));
    }

    /// The runs of something that can be referred to.
    fn anchored(&mut self, kind: Kind, number: Vec<Run>, after: &str, text: Vec<Run>) -> Vec<Run> {
        let (anchor, runs) = Anchor::new(kind, self.anchors.len() + 1, number, after, text);
        self.anchors.push(anchor);
        runs
    }

    /// A heading `附件：…` begins an attachment.
    fn attachment(&mut self, mut lines: Lines, prefix: &str, typed_number: Option<usize>) {
        if let Some(line) = lines.lines.first_mut() {
            line.strip_start(prefix);
        }
        let title = lines.runs(self.inserts, &mut self.problems);
        self.drop_caption();
        self.close_table();
        // it begins a page of its own
        self.page_break_due = false;
        self.headings = Headings::default();
        self.parts.attach(title, typed_number);
    }

    /// Text that is not read as Markdown: code, HTML.
    fn as_typed(&mut self, literal: &str) {
        let mut runs = RunBuilder::default();
        inline::expand(literal.trim_end(), &mut runs, self.inserts);
        let runs = runs.finish();
        if !runs.is_empty() {
            let style = self.style(self.running_style());
            self.push(Block::Paragraph(Paragraph { style, runs, ..Default::default() }));
        }
    }

    /// Adds a block: what is due before it first.
    fn push(&mut self, block: Block) {
        self.push_on(false, block);
    }

    /// Adds a block on an upright or a turned page.
    fn push_on(&mut self, turned: bool, mut block: Block) {
        self.drop_caption();
        self.close_table();
        if self.parts.turn(turned) {
            self.page_break_due = false;
        }
        if std::mem::take(&mut self.page_break_due)
            && let Block::Paragraph(paragraph) = &mut block
        {
            paragraph.format.page_break_before = Some(true);
        }
        self.parts.push(block);
    }

    /// A caption without a table is a paragraph.
    fn drop_caption(&mut self) {
        let Some(line) = self.caption.take() else { return };
        let runs = inline::runs_of(&[line], self.inserts, &mut self.problems);
        let text = inline::text_of(&runs);
        self.problems.push(problem::caption_without_table(&text));
        let mut all = vec![Run::text("题：")];
        all.extend(runs);
        self.push(Block::Paragraph(Paragraph { style: self.style(id::BODY), runs: all, ..Default::default() }));
    }

    /// Between a table and the text below it, and between two tables, stands a blank paragraph.
    fn close_table(&mut self) {
        if std::mem::take(&mut self.below_table) {
            let pitch = self.style.table.space_below.max(Length::pt(1.0));
            let blank = self.blank(pitch);
            self.parts.push(Block::Paragraph(blank));
        }
    }

    fn blank(&self, pitch: Length) -> Paragraph {
        Paragraph {
            style: self.style(id::NORMAL),
            format: ParagraphFormat { line_spacing: Some(LineSpacing::Exact(pitch)), ..Default::default() }.into(),
            ..Paragraph::default()
        }
    }
}

/// Whether a line is a table's note.
pub(super) fn is_note(source: &str) -> bool {
    source.starts_with("注：") || source.starts_with("注:")
}

/// The tables and pictures of a line that has nothing else.
fn inserts_alone<'i>(source: &str, inserts: &'i Inserts) -> Vec<&'i Insert> {
    let mut alone = Vec::new();
    for piece in inline::pieces(source, inserts) {
        match piece {
            Piece::Typed(text) if text.trim().is_empty() => {}
            Piece::Value(Insert::Text { .. }) => return Vec::new(),
            Piece::Value(insert) => alone.push(insert),
            _ => return Vec::new(),
        }
    }
    alone
}

/// Takes a typed number out of what runs begin with.
fn take_number(runs: &mut [Run], pattern: &NumberPattern) -> Option<String> {
    let Some(Content::Text(text)) = runs.first_mut().map(|run| &mut run.content) else { return None };
    let (_, rest) = pattern.read(text)?;
    let rest = rest.trim_start_matches([' ', '\u{3000}']).to_owned();
    let number = text.get(..text.len() - rest.len())?.to_owned();
    *text = rest;
    Some(number)
}

/// A label with its number written out.
fn typed_label(text: &str, format: NumberFormat, number: usize) -> String {
    let example = match format {
        NumberFormat::Chinese => "一",
        NumberFormat::Circled => "①",
        NumberFormat::LowerLetter => "a",
        _ => "1",
    };
    let number = NumberPattern::from_example(example)
        .map_or_else(|| number.to_string(), |pattern| pattern.write(&[u32::try_from(number).unwrap_or(u32::MAX)]));
    match text.split_once('%') {
        Some((before, after)) => format!("{before}{number}{}", after.get(1..).unwrap_or("")),
        None => text.to_owned(),
    }
}
