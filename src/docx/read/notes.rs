//! Footnotes and endnotes; the latter stand where footnotes do, and a warning says so.

use super::book::Book;
use super::package::Relations;
use super::story::{MOST_DEPTH, Story};
use crate::diagnostic::Words;
use crate::document::{Block, Length};

/// The line above a page's footnotes; empty where the document does not say how it looks.
pub fn separator(book: &mut Book, relations: &Relations) -> Vec<Block> {
    let Some(path) = book.relations.of_kind("footnotes").map(str::to_owned) else { return Vec::new() };
    let Some(part) = book.note_part(&path).filter(|_| !book.notes.is_empty()) else { return Vec::new() };
    let mut story = Story::new(book, relations, Words::new("脚注", "footnotes"), Length::ZERO);
    part.separator.as_ref().map(|separator| story.blocks(separator)).unwrap_or_default()
}

/// Reads the note of an identifier; gives its place among the notes.
pub fn read(story: &mut Story, kind: &str, id: &str) -> Option<usize> {
    if story.depth >= MOST_DEPTH {
        return None;
    }
    // a note that is referred to many times is one note: copies of a long one would fill memory
    let name_of_note = (kind.to_owned(), id.to_owned());
    if let Some(known) = story.book.note_numbers.get(&name_of_note) {
        return Some(*known);
    }
    let path = story.book.relations.of_kind(kind)?.to_owned();
    let part = story.book.note_part(&path)?;
    let note = part.notes.get(id)?;
    let number = story.book.notes.len();
    // its place is taken before it is read: a note may have notes
    story.book.notes.push(Vec::new());
    story.book.note_numbers.insert(name_of_note, number);
    if kind == "endnotes" {
        story
            .missing
            .push(Words::new("尾注的位置（排在页脚处）", "the place of an endnote (it stands at the page's foot)"));
    }
    let name = Words::new(format!("脚注 {}", number + 1), format!("footnote {}", number + 1));
    let (width, depth) = (story.width, story.depth + 1);
    let mut inner = Story::new(story.book, &part.relations, name, width);
    inner.depth = depth;
    inner.note_number = Some(number + 1);
    let blocks = inner.blocks(note);
    if let Some(place) = story.book.notes.get_mut(number) {
        *place = blocks;
    }
    Some(number)
}
