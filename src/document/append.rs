//! Documents one after the other in one.

use super::{Block, Content, Document, FloatContent, HeaderFooter, Paragraph, Section, SourceId};

/// How much further on the lists, sources and notes of an appended document are.
#[derive(Clone, Copy)]
struct Shift {
    lists: usize,
    sources: u32,
    notes: usize,
}

impl Document {
    /// Puts another document of the same styles behind this one, on a new page.
    pub fn append(&mut self, other: Self) {
        let shift = Shift { lists: self.lists.len(), sources: self.sources.len() as u32, notes: self.notes.len() };
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

impl Shift {
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

    fn paragraph(self, paragraph: &mut Paragraph) {
        if let Some(Some(item)) = &mut paragraph.format.numbering {
            item.list += self.lists;
        }
        for run in &mut paragraph.runs {
            if let Some(SourceId(source)) = &mut run.source {
                *source += self.sources;
            }
            match &mut run.content {
                Content::Note(note) => *note += self.notes,
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
    use super::super::{Info, NumberingRef, ParagraphStyleId, Run, Source, StyleSheet};
    use super::*;
    use std::sync::Arc;

    fn one(text: &str) -> Document {
        let mut paragraph = Paragraph::text(ParagraphStyleId(0), text);
        paragraph.format.numbering = Some(Some(NumberingRef { list: 0, level: 0 }));
        paragraph.runs[0].source = Some(SourceId(0));
        paragraph.runs.push(Run::of(Content::Note(0)));
        let source = Source { expression: text.into(), line: 1, column: 1, cells: Vec::new() };
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
        assert_eq!(document.sources[1].expression, "乙");
    }
}
