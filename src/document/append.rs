//! Documents one after the other in one.

use std::collections::HashMap;
use std::sync::Arc;

use super::{
    Block, Bookmark, Bound, Content, Document, FloatContent, HeaderFooter, Instruction, Link, NumberFormat, Paragraph,
    Section, SourceId, VerticalPosition, number,
};

/// How much further on the lists, sources and notes of an appended document are, and what its bookmarks are told apart by.
#[derive(Clone, Copy)]
struct Shift<'a> {
    lists: usize,
    sources: u32,
    notes: usize,
    /// What the appended document's notes are called, and what they are to be called.
    labels: &'a HashMap<String, String>,
    bookmarks: usize,
}

impl Document {
    /// Puts another document of the same styles behind this one, on a new page.
    pub fn append(&mut self, other: Self) {
        let notes = self.notes.len();
        let label = |note: usize| number(u32::try_from(note).unwrap_or(u32::MAX), NumberFormat::Circled);
        let labels = (1..=other.notes.len()).map(|note| (label(note), label(note + notes))).collect();
        let shift = Shift {
            lists: self.lists.len(),
            sources: self.sources.len() as u32,
            notes,
            labels: &labels,
            bookmarks: self.sections.len(),
        };
        let mut sections = other.sections;
        for section in &mut sections {
            shift.section(section);
        }
        let mut notes = other.notes;
        notes.iter_mut().for_each(|note| shift.blocks(note));
        self.lists.extend(other.lists);
        self.sources.extend(other.sources);
        self.notes.append(&mut notes);
        self.sections.append(&mut sections);
    }
}

impl Shift<'_> {
    fn section(self, section: &mut Section) {
        self.blocks(&mut section.blocks);
        for HeaderFooter { default, first, even } in [&mut section.header, &mut section.footer] {
            self.blocks(default);
            first.iter_mut().chain(even).for_each(|blocks| self.blocks(blocks));
        }
    }

    fn blocks(self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) => {
                    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                    cells.for_each(|cell| self.blocks(&mut cell.blocks));
                }
            }
        }
    }

    /// A bookmark's name that no document before has.
    fn bookmark(self, name: &str) -> Arc<str> {
        format!("{name}_{}", self.bookmarks).into()
    }

    fn paragraph(self, paragraph: &mut Paragraph) {
        if let Some(Some(item)) = &mut paragraph.format.numbering {
            item.list += self.lists;
        }
        for run in &mut paragraph.runs {
            if let Some(SourceId(source)) = &mut run.source {
                *source += self.sources;
            }
            if let Some(Some(Link::Bookmark(name))) = &mut run.format.link {
                *name = self.bookmark(name);
            }
            let raised = run.format.position == Some(VerticalPosition::Superscript);
            match &mut run.content {
                Content::Note(note) => *note += self.notes,
                // a note that is referred to again has its number there alone
                Content::Text(text) if raised => {
                    if let Some(label) = self.labels.get(text) {
                        text.clone_from(label);
                    }
                }
                Content::Bookmark(Bookmark::Named(name)) | Content::Bound(Bound::BookmarkEnd(name)) => {
                    *name = self.bookmark(name);
                }
                Content::Bound(Bound::FieldBegin(instruction)) => {
                    let read = Instruction::read(instruction);
                    if let Some(name) = read.argument().filter(|_| matches!(read.kind.as_str(), "REF" | "PAGEREF")) {
                        *instruction = instruction.replacen(name, &self.bookmark(name), 1).into();
                    }
                }
                Content::Chart(drawing) => {
                    drawing.sources.iter_mut().for_each(|(_, SourceId(source))| *source += self.sources);
                }
                Content::Float(float) => {
                    if let FloatContent::Box(text_box) = &mut float.content {
                        self.blocks(&mut text_box.blocks);
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CharacterFormat, Info, NumberingRef, ParagraphStyleId, Run, Source, StyleSheet};
    use super::*;

    fn one(text: &str) -> Document {
        let mut paragraph = Paragraph::text(ParagraphStyleId(0), text);
        paragraph.format.numbering = Some(Some(NumberingRef { list: 0, level: 0 }));
        paragraph.runs[0].source = Some(SourceId(0));
        paragraph.runs.push(Run::of(Content::Note(0)));
        let source = Source { expression: text.into(), line: 1, column: 1, cells: Box::default() };
        Document {
            info: Info::default(),
            styles: Arc::new(StyleSheet::default()),
            lists: vec![0],
            sections: vec![Section { blocks: vec![Block::Paragraph(paragraph)], ..Section::default() }],
            sources: vec![source],
            notes: vec![Vec::new()],
            note_separator: Vec::new(),
        }
    }

    #[test]
    fn what_is_appended_has_lists_sources_and_notes_of_its_own() {
        let mut document = one("甲");
        document.append(one("乙"));
        let Block::Paragraph(second) = &document.sections[1].blocks[0] else { panic!("no paragraph") };
        assert_eq!(second.format.numbering, Some(Some(NumberingRef { list: 1, level: 0 })));
        assert_eq!((second.runs[0].source, &second.runs[1].content), (Some(SourceId(1)), &Content::Note(1)));
        assert_eq!(&*document.sources[1].expression, "乙");
    }

    #[test]
    fn what_is_appended_refers_to_itself_and_its_notes_count_on() {
        let refers = |text: &str| {
            let mut document = one(text);
            let Block::Paragraph(paragraph) = &mut document.sections[0].blocks[0] else { panic!("no paragraph") };
            let raised = Some(VerticalPosition::Superscript);
            let format = CharacterFormat { position: raised, ..CharacterFormat::default() };
            paragraph.runs.insert(1, Run { format: format.into(), ..Run::text("①") });
            paragraph.runs.push(Run::of(Content::Bookmark(Bookmark::Named("_Toc1".into()))));
            paragraph.runs.push(Run::of(Content::Bound(Bound::FieldBegin("PAGEREF _Toc1 \\h".into()))));
            document
        };
        let mut document = refers("甲");
        document.append(refers("乙"));
        let shown = |section: usize| {
            let Block::Paragraph(paragraph) = &document.sections[section].blocks[0] else { panic!("no paragraph") };
            let runs = paragraph.runs.iter().skip(1).map(|run| match &run.content {
                Content::Text(text) => text.clone(),
                Content::Bookmark(Bookmark::Named(name)) => name.to_string(),
                Content::Bound(Bound::FieldBegin(instruction)) => instruction.to_string(),
                other => format!("{other:?}"),
            });
            runs.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(0), "① Note(0) _Toc1 PAGEREF _Toc1 \\h");
        assert_eq!(shown(1), "② Note(1) _Toc1_1 PAGEREF _Toc1_1 \\h");
    }
}
