//! Footnotes and endnotes: their numbers, and the endnotes' place at the end of the document or of their section.

use super::super::number_format::named;
use super::book::Book;
use super::story::{MOST_DEPTH, Story};
use super::tree::Element;
use crate::diagnostic::Words;
use crate::document::{
    Block, Content, Length, NoteCount, NumberFormat, Paragraph, Run, TabAlign, TabLeader, TabStop, number,
};

/// The line above a page's footnotes, or above the endnotes; empty where the document does not say how it looks.
pub fn separator(book: &mut Book, kind: &str) -> Vec<Block> {
    let Some(path) = book.relations.of_kind(kind).map(str::to_owned) else { return Vec::new() };
    let Some(part) = book.note_part(&path) else { return Vec::new() };
    let mut story = Story::new(book, &part.relations, Words::new("注", "notes"), Length::ZERO);
    part.separator.as_ref().map(|separator| story.blocks(separator)).unwrap_or_default()
}

/// The rule above endnotes: two inches.
const RULE: Length = Length::twips(2880);

/// How notes of one kind are numbered.
#[derive(Clone, Copy, Debug)]
pub struct Numbering {
    format: NumberFormat,
    start: u32,
    /// Each section begins anew.
    by_section: bool,
    /// Each page does.
    by_page: bool,
}

impl Numbering {
    /// Reads `w:footnotePr` or `w:endnotePr` of the settings.
    pub fn read(element: Option<&Element>, format: NumberFormat) -> Self {
        Self { format, start: 1, by_section: false, by_page: false }.with(element)
    }

    /// With what a section says otherwise.
    fn with(self, element: Option<&Element>) -> Self {
        let value = |name: &str| element.and_then(|element| element.child_value(name));
        Self {
            format: value("w:numFmt").and_then(named).unwrap_or(self.format),
            start: value("w:numStart").and_then(|start| start.parse().ok()).unwrap_or(self.start),
            by_section: value("w:numRestart").map_or(self.by_section, |restart| restart == "eachSect"),
            by_page: value("w:numRestart").map_or(self.by_page, |restart| restart == "eachPage"),
        }
    }
}

/// The notes of a document, as far as it has been read.
#[derive(Debug, Default)]
pub struct Notes {
    /// The footnotes that are referred to, in order.
    pub footnotes: Vec<Vec<Block>>,
    /// The endnotes that have no place yet.
    endnotes: Vec<Vec<Block>>,
    /// Each note that has been referred to, by kind and identifier.
    known: std::collections::BTreeMap<(String, String), Reference>,
    counts: [u32; 2],
    /// How footnotes and endnotes of the section are numbered, if it says so itself.
    of_section: [Option<Numbering>; 2],
    /// Footnotes are numbered when the pages are known: each page begins anew.
    pub by_page: Option<NoteCount>,
}

impl Notes {
    /// Begins a section, which may number its notes in its own way.
    pub fn begin_section(&mut self, section: &Element, settings: &super::book::Settings) {
        let kinds = [("w:footnotePr", settings.footnotes), ("w:endnotePr", settings.endnotes)];
        for ((name, whole), (own, count)) in kinds.into_iter().zip(self.of_section.iter_mut().zip(&mut self.counts)) {
            let rules = whole.with(section.child(name));
            *own = Some(rules);
            if rules.by_page && name == "w:footnotePr" {
                self.by_page = Some(NoteCount { format: rules.format, start: rules.start });
            }
            if rules.by_section {
                *count = 0;
            }
        }
    }
}

/// What stands in the text for a note.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its number; nothing if a mark of its own follows.
    pub number: Option<String>,
    /// Its place among the footnotes, if it is one.
    pub footnote: Option<usize>,
}

/// Reads the note that is referred to; a note of its own mark has no number.
pub fn read(story: &mut Story, kind: &str, id: &str, own_mark: bool) -> Option<Reference> {
    if story.depth >= MOST_DEPTH {
        return None;
    }
    // a note that is referred to many times is one note: copies of a long one would fill memory
    let name_of_note = (kind.to_owned(), id.to_owned());
    if let Some(known) = story.book.notes.known.get(&name_of_note) {
        return Some(known.clone());
    }
    let path = story.book.relations.of_kind(kind)?.to_owned();
    let part = story.book.note_part(&path)?;
    let note = part.notes.get(id)?;
    let at_foot = kind == "footnotes";
    let rules = if at_foot { story.book.settings.footnotes } else { story.book.settings.endnotes };
    let notes = &mut story.book.notes;
    let rules = notes.of_section[usize::from(!at_foot)].unwrap_or(rules);
    let [foot_count, end_count] = &mut notes.counts;
    let (count, list) = if at_foot { (foot_count, &mut notes.footnotes) } else { (end_count, &mut notes.endnotes) };
    let written = (!own_mark).then(|| {
        *count += 1;
        number(rules.start.saturating_add(*count - 1), rules.format)
    });
    // its place is taken before it is read: a note may have notes
    let place = list.len();
    list.push(Vec::new());
    let reference = Reference { number: written.clone(), footnote: at_foot.then_some(place) };
    notes.known.insert(name_of_note, reference.clone());
    let told = written.clone().unwrap_or_else(|| (place + 1).to_string());
    let name = match at_foot {
        true => Words::new(format!("脚注 {told}"), format!("footnote {told}")),
        false => Words::new(format!("尾注 {told}"), format!("endnote {told}")),
    };
    let (width, depth) = (story.width, story.depth + 1);
    let mut inner = Story::new(story.book, &part.relations, name, width);
    inner.depth = depth;
    inner.note_number = written;
    let blocks = inner.blocks(note);
    let notes = &mut story.book.notes;
    let list = if at_foot { &mut notes.footnotes } else { &mut notes.endnotes };
    if let Some(place) = list.get_mut(place) {
        *place = blocks;
    }
    Some(reference)
}

/// Puts the endnotes that wait below a text, under the rule that parts them from it.
pub fn end(book: &mut Book, blocks: &mut Vec<Block>) {
    if book.notes.endnotes.is_empty() {
        return;
    }
    blocks.push(Block::Paragraph(rule_above(book)));
    blocks.extend(std::mem::take(&mut book.notes.endnotes).into_iter().flatten());
}

/// A line with the rule, as the document's own paragraph for it looks.
fn rule_above(book: &mut Book) -> Paragraph {
    let blocks = separator(book, "endnotes");
    let paragraph = blocks.into_iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    let mut paragraph = paragraph.unwrap_or_default();
    let rule = TabStop { at: RULE, align: TabAlign::Start, leader: TabLeader::Underscore };
    let format = &mut *paragraph.format;
    (format.tabs, format.keep_next, format.numbering) = (Some(vec![rule]), Some(true), Some(None));
    paragraph.runs = vec![Run::of(Content::Tab)];
    paragraph
}
