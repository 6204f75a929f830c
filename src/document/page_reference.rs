//! Page numbers that the text shows of places in itself (fields `PAGEREF`): a table of contents, “见第 12 页”.

use std::collections::HashMap;

use super::{Block, Bookmark, Bound, Content, Document, Instruction, Pagination, Paragraph};

impl Document {
    /// Whether its text shows page numbers of places in it.
    pub fn has_page_references(&self) -> bool {
        let mut blocks: Vec<&Block> = self.sections.iter().flat_map(|section| &section.blocks).collect();
        while let Some(block) = blocks.pop() {
            match block {
                Block::Paragraph(paragraph) => {
                    if paragraph.runs.iter().any(|run| bookmark_asked_for(&run.content).is_some()) {
                        return true;
                    }
                }
                Block::Table(table) => {
                    blocks.extend(table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks));
                }
            }
        }
        false
    }

    /// Lets its page references show the pages on which the bookmarks stand; whether any showed another page before.
    pub fn renew_page_references(&mut self, pagination: &Pagination) -> bool {
        let mut pages = HashMap::new();
        for place in &pagination.bookmarks {
            if let (Bookmark::Named(name), Some(page)) = (&place.bookmark, pagination.pages.get(place.page)) {
                pages.entry(&**name).or_insert(page.text.as_str());
            }
        }
        let mut changed = false;
        for section in &mut self.sections {
            changed |= renew(&mut section.blocks, &pages);
        }
        changed
    }
}

fn renew(blocks: &mut [Block], pages: &HashMap<&str, &str>) -> bool {
    let mut changed = false;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => changed |= renew_paragraph(paragraph, pages),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    changed |= renew(&mut cell.blocks, pages);
                }
            }
        }
    }
    changed
}

fn renew_paragraph(paragraph: &mut Paragraph, pages: &HashMap<&str, &str>) -> bool {
    let mut changed = false;
    for at in 1..paragraph.runs.len() {
        let Some(name) = paragraph.runs.get(at - 1).and_then(|run| bookmark_asked_for(&run.content)) else { continue };
        let shown = paragraph.runs.get_mut(at).map(|run| &mut run.content);
        if let (Some(page), Some(Content::Text(shown))) = (pages.get(name.as_str()), shown)
            && shown != page
        {
            (*page).clone_into(shown);
            changed = true;
        }
    }
    changed
}

/// The bookmark whose page a field shows that begins here.
fn bookmark_asked_for(content: &Content) -> Option<String> {
    let Content::Bound(Bound::FieldBegin(instruction)) = content else { return None };
    let instruction = Instruction::read(instruction);
    (instruction.kind == "PAGEREF").then(|| instruction.argument().map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{BookmarkPlace, Info, PageNumber, Run, Section};

    #[test]
    fn a_page_reference_shows_the_page_of_its_bookmark() {
        let bound = |bound| Run::of(Content::Bound(bound));
        let begin = |instruction: &str| bound(Bound::FieldBegin(instruction.into()));
        let runs =
            vec![begin("SEQ 表"), Run::text("7"), bound(Bound::FieldEnd), begin("PAGEREF _a \\h"), Run::text("1")];
        let paragraph = Block::Paragraph(Paragraph { runs, ..Paragraph::default() });
        let mut document = Document {
            info: Info::default(),
            styles: Arc::default(),
            lists: Vec::new(),
            sections: vec![Section { blocks: vec![paragraph], ..Section::default() }],
            sources: Vec::new(),
            notes: Vec::new(),
            note_separator: Vec::new(),
        };
        assert!(document.has_page_references());
        let page = |text: &str| PageNumber { text: text.into(), number: 1, section: 0 };
        let bookmark = Bookmark::Named("_a".into());
        let pagination = Pagination {
            pages: vec![page("I"), page("1")],
            bookmarks: vec![BookmarkPlace { bookmark, page: 0, top_pt: 0.0, number: None }],
            ..Pagination::default()
        };
        assert!(document.renew_page_references(&pagination));
        assert!(!document.renew_page_references(&pagination));
        let Block::Paragraph(paragraph) = &document.sections[0].blocks[0] else { panic!("a paragraph") };
        assert_eq!(paragraph.plain_text(), "7I");
    }
}
