//! What stands between paragraphs: tables, charts and pictures with their captions.

use super::super::anchors::{Kind, field};
use super::super::inline;
use super::super::table::Grid;
use super::super::text::RunBuilder;
use super::{Writer, is_note};
use crate::document::{Align, Block, CharacterFormat, Content, Length, Paragraph, ParagraphFormat, Picture, Run};
use crate::style::id;
use crate::template::chart::InsertedChart;
use crate::template::inserts::{InsertedPicture, InsertedTable};

impl Writer<'_> {
    pub(super) fn inserted_table(&mut self, table: &InsertedTable) {
        self.table(Grid::inserted(table), table.caption.as_deref(), table.note.as_deref(), table.landscape);
    }

    /// A table with its caption (the line above it, or else that of its tag) and its note, on a turned page if it is
    /// to stand there or is too wide for an upright one.
    pub(super) fn table(&mut self, mut grid: Grid, caption: Option<&str>, note: Option<&str>, turned: Option<bool>) {
        let told = self.caption.as_mut().is_some_and(|line| TURNED.into_iter().any(|mark| line.take_end(mark)));
        let caption = match (self.caption.take(), caption) {
            (Some(line), _) => inline::runs_of(&[line], self.inserts, &mut self.problems),
            (None, Some(text)) => as_runs(text),
            (None, None) => Vec::new(),
        };
        let note = match (grid.note.take(), note) {
            (Some(lines), _) => inline::runs_of(&lines, self.inserts, &mut self.problems),
            (None, Some(text)) if is_note(text) => as_runs(text),
            (None, Some(text)) => as_runs(&format!("注：{text}")),
            (None, None) => Vec::new(),
        };
        let (upright, wide) = (self.style.page.text_width(), self.style.page.turned().text_width());
        let turned = wide > upright && (told || turned.unwrap_or_else(|| grid.is_too_wide(self.style)));
        let width = if turned { wide } else { upright };
        let Some(table) = grid.build(&inline::text_of(&caption), !note.is_empty(), self.style, width) else { return };
        if !caption.is_empty() {
            self.tables += 1;
            self.caption_paragraph(Kind::Table, caption, self.tables, turned);
        } else if self.page_break_due {
            self.push_on(turned, Block::Paragraph(self.blank(Length::pt(1.0))));
        }
        self.push_on(turned, Block::from(table));
        self.below_table = true;
        if !note.is_empty() {
            self.below_table = false;
            let paragraph = Paragraph { style: self.style(id::TABLE_NOTE), runs: note, ..Default::default() };
            self.parts.push(Block::Paragraph(paragraph));
        }
    }

    /// A caption, its number a field that a word processor counts on (`SEQ`).
    pub(super) fn caption_paragraph(&mut self, kind: Kind, runs: Vec<Run>, number: u32, turned: bool) {
        let (pattern, name) = match kind {
            Kind::Figure => (&self.style.figure_number, "图"),
            Kind::Table | Kind::Heading(_) => (&self.style.table_number, "表"),
        };
        let [before, number, after] = pattern.as_ref().map(|pattern| pattern.parts(number)).unwrap_or_default();
        let mut numbered = Vec::new();
        if !number.is_empty() {
            numbered.extend((!before.is_empty()).then(|| Run::text(before)));
            numbered.extend(field(format!("SEQ {name} \\* ARABIC"), &number, &CharacterFormat::default()));
        }
        let runs = self.anchored(kind, numbered, &after, runs);
        let caption = Paragraph { style: self.style(id::CAPTION), runs, ..Default::default() };
        self.push_on(turned, Block::Paragraph(caption));
    }

    /// A chart with its caption and its note below.
    pub(super) fn chart(&mut self, chart: &InsertedChart) {
        let caption = self.figure_caption(chart.caption.as_deref());
        if chart.is_empty() {
            return;
        }
        let page = &self.style.page;
        let drawing = chart.drawing(&self.style.chart, (page.text_width(), page.text_height()));
        self.figure(drawing.into(), caption, None);
        if let Some(note) = chart.note.as_deref() {
            let note = if is_note(note) { note.to_owned() } else { format!("注：{note}") };
            let paragraph = Paragraph { style: self.style(id::TABLE_NOTE), runs: as_runs(&note), ..Default::default() };
            if let Some(Block::Paragraph(above)) = self.parts.last_mut() {
                above.format.keep_next = Some(true);
            }
            self.push(Block::Paragraph(paragraph));
        }
    }

    /// The caption of a figure: the line above it, or else that of its tag.
    fn figure_caption(&mut self, own: Option<&str>) -> Vec<Run> {
        match (self.caption.take(), own) {
            (Some(line), _) => inline::runs_of(&[line], self.inserts, &mut self.problems),
            (None, Some(text)) => as_runs(text),
            (None, None) => Vec::new(),
        }
    }

    pub(super) fn picture(&mut self, picture: &InsertedPicture) {
        let caption = self.figure_caption(picture.caption.as_deref());
        let (text_width, highest) = (self.style.page.text_width(), self.style.page.text_height() * 0.75);
        let (width, height, crop) = picture.placed(text_width, highest, text_width);
        let description = inline::text_of(&caption);
        let content = Content::from(Picture {
            image: picture.image.clone(),
            width,
            height,
            crop,
            description: if description.is_empty() { picture.description.clone() } else { description },
        });
        self.figure(content, caption, picture.align);
    }

    /// A paragraph with a figure, and its caption below it.
    fn figure(&mut self, content: Content, caption: Vec<Run>, align: Option<Align>) {
        let format = ParagraphFormat { keep_next: Some(!caption.is_empty()), align, ..Default::default() };
        let paragraph = Paragraph {
            style: self.style(id::FIGURE),
            format: format.into(),
            runs: vec![Run::of(content)],
            ..Paragraph::default()
        };
        self.push(Block::Paragraph(paragraph));
        if !caption.is_empty() {
            self.figures += 1;
            self.caption_paragraph(Kind::Figure, caption, self.figures, false);
            self.caption_is_below();
        }
    }

    /// The caption stands below its picture, and what comes next may be on another page.
    pub(super) fn caption_is_below(&mut self) {
        if let Some(Block::Paragraph(caption)) = self.parts.last_mut() {
            caption.format.keep_next = Some(false);
        }
    }
}

/// Ends the caption of a table that is to stand on a turned page.
const TURNED: [&str; 2] = ["{横排}", "{landscape}"];

pub(super) fn as_runs(text: &str) -> Vec<Run> {
    let mut runs = RunBuilder::default();
    runs.text(text.trim(), &CharacterFormat::default(), None);
    runs.finish()
}
