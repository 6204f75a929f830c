//! Footnotes that are numbered anew on each page: which number each has is known when the pages are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Content, Document, NoteCount, Paragraph, number};

impl Document {
    /// Numbers the footnotes by the pages on which they begin, where the document wants that; whether any had another
    /// number before. A note that has a mark of its own is not counted.
    pub fn number_notes_by_page(&mut self, pages: &[Vec<usize>]) -> bool {
        let Some(count) = self.styles.typography.word.and_then(|word| word.notes_by_page) else { return false };
        let mut counted = BTreeSet::new();
        for section in &mut self.sections {
            each_reference(&mut section.blocks, &mut |note, _| {
                counted.insert(note);
            });
        }
        let numbers = numbers(pages, &counted, count);
        let mut before = BTreeMap::new();
        for section in &mut self.sections {
            each_reference(&mut section.blocks, &mut |note, shown| {
                if let Some(number) = numbers.get(&note).filter(|number| *number != shown) {
                    before.insert(note, std::mem::replace(shown, number.clone()));
                }
            });
        }
        for (note, before) in &before {
            let Some((blocks, number)) = self.notes.get_mut(*note).zip(numbers.get(note)) else { continue };
            let first = blocks.iter_mut().find_map(|block| match block {
                Block::Paragraph(Paragraph { runs, .. }) => runs.iter_mut().find_map(|run| match &mut run.content {
                    Content::Text(text) if text == before => Some(text),
                    _ => None,
                }),
                Block::Table(_) => None,
            });
            if let Some(text) = first {
                text.clone_from(number);
            }
        }
        !before.is_empty()
    }
}

fn numbers(pages: &[Vec<usize>], counted: &BTreeSet<usize>, count: NoteCount) -> BTreeMap<usize, String> {
    let mut numbers = BTreeMap::new();
    for page in pages {
        let here = page.iter().filter(|note| counted.contains(note));
        numbers.extend((count.start..).zip(here).map(|(at, note)| (*note, number(at, count.format))));
    }
    numbers
}

/// Calls for each note that is referred to by a number, with that number.
fn each_reference(blocks: &mut [Block], call: &mut impl FnMut(usize, &mut String)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for at in 1..paragraph.runs.len() {
                    let Some([before, here]) = paragraph.runs.get_mut(at - 1..=at) else { continue };
                    if let (Content::Text(shown), Content::Note(note)) = (&mut before.content, &here.content) {
                        call(*note, shown);
                    }
                }
            }
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| each_reference(&mut cell.blocks, call));
            }
        }
    }
}
