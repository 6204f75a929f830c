//! What can be wrong with a template and with what it asks of the data, in words.

pub(super) mod charts;
pub(super) mod guests;
pub(super) mod names;
pub(super) mod pictures;
pub(super) mod syntax;
pub(super) mod values;

use super::expression::Position;
use crate::diagnostic::{Diagnostic, DocumentPart, Place, Words, did_you_mean, nearest};

/// The file that a template stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'a> {
    file: &'a str,
    /// What stands in the place of lines in a template in Word.
    paragraphs: Option<&'a [Spot]>,
}

/// A paragraph of a template in Word.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) part: DocumentPart,
    /// Which one of the part, from 1.
    pub(super) paragraph: u32,
    /// Row and column in the innermost table, from 1.
    pub(super) cell: Option<(u32, u32)>,
    /// Its characters.
    pub(super) text: Box<[char]>,
}

/// How many characters of a paragraph are told around a place in it.
const WORDS_BEFORE: usize = 8;
const WORDS_AFTER: usize = 16;

impl Spot {
    fn place(&self, file: &str, column: usize) -> Place {
        let from = column.saturating_sub(1 + WORDS_BEFORE);
        let to = (from + WORDS_BEFORE + WORDS_AFTER).min(self.text.len());
        let mut words: String = self.text.get(from..to).unwrap_or_default().iter().collect();
        if from > 0 {
            words.insert(0, '…');
        }
        if to < self.text.len() {
            words.push('…');
        }
        let Self { part, paragraph, cell, .. } = *self;
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        Place::Paragraph { file: file.to_owned(), part, paragraph, cell, column, words }
    }
}

impl<'a> Where<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, paragraphs: None }
    }

    /// A document whose paragraphs are numbered as lines are.
    pub(super) fn document(file: &'a str, paragraphs: &'a [Spot]) -> Self {
        Self { file, paragraphs: Some(paragraphs) }
    }

    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// A place in it.
    pub(super) fn at(&self, position: Position) -> Place {
        let Position { line, column } = position;
        match self.paragraph(line) {
            Some(spot) => spot.place(self.file, column),
            None => Place::Text { file: self.file.to_owned(), line, column },
        }
    }

    /// A line as the template's reader counts: `第 3 行`.
    pub(super) fn spot(&self, line: usize) -> Words {
        let Some(spot) = self.paragraph(line) else {
            return Words::new(format!("第 {line} 行"), format!("line {line}"));
        };
        let (part, number) = (spot.part.words(), spot.paragraph);
        Words::new(format!("{}第 {number} 段", part.zh), format!("paragraph {number} of the {}", part.en))
    }

    fn paragraph(&self, line: usize) -> Option<&'a Spot> {
        self.paragraphs?.get(line.checked_sub(1)?)
    }
}

/// How many known names a hint lists.
const MOST_LISTED: usize = 12;

/// Adds the nearest of the known names, or a list of them.
fn with_known<'n>(problem: Diagnostic, unknown: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    if let Some(meant) = nearest(unknown, known.iter().copied()) {
        return problem.with_hint(did_you_mean(meant));
    }
    if known.is_empty() {
        return problem;
    }
    let more = known.len() > MOST_LISTED;
    let listed: Vec<&str> = known.into_iter().take(MOST_LISTED).collect();
    let (more_zh, more_en) = if more { (" 等", ", …") } else { ("", "") };
    problem.with_hint(Words::new(
        format!("可以用：{}{more_zh}", listed.join("、")),
        format!("there are: {}{more_en}", listed.join(", ")),
    ))
}

pub(super) fn error(code: &'static str, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, place, Words::new(zh, en))
}
