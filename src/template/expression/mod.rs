//! Text with tags: scanned, read, its names looked up in the data, run.
//!
//! `scan` cuts it into text and tags, `syntax` reads them into a tree (the tags by Handlebars' own grammar), `resolve`
//! looks up every name and checks every argument, `run` gives the text with the values.

mod cells;
mod condition;
mod evaluate;
mod frame;
mod guest;
mod meter;
mod narrow;
mod reads;
mod resolve;
mod rows;
mod run;
mod scan;
mod schema;
mod step;
mod syntax;
mod tag;
#[cfg(test)]
mod tests;
mod uses;
mod value;

pub(super) use cells::Cells;
pub(super) use condition::Condition;
pub(super) use frame::About;
pub(super) use guest::{Guest, Guests};
pub(super) use meter::Meter;
pub use reads::Reads;
use resolve::Resolved;
pub(super) use rows::TableRows;
pub(super) use run::Runner;
pub(super) use scan::{Piece, Tag, TagKind, paragraph_tags};
pub(super) use step::{ColumnOp, Op, Options, TableOp};
pub(super) use syntax::{BlockKind, Call, MOST_BLOCKS};
pub use uses::{TagList, TagUse};
pub(super) use value::{Traced, Value};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::dataset::{Dataset, TableId};
use crate::diagnostic::{Diagnostic, Place};

use super::inserts::Inserts;
use super::problem::{Spot, Where};
use super::{Pictures, ProjectFacts, Scope};

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Position {
    /// The first character of a file.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// Where a place is in its file.
    pub(super) fn of(place: &Place) -> Self {
        match place {
            Place::Text { line, column, .. } => Self { line: *line, column: *column },
            _ => Self::START,
        }
    }

    fn advance(&mut self, over: &str) {
        match over.rsplit_once('\n') {
            Some((before, last)) => {
                self.line += before.matches('\n').count() + 1;
                self.column = last.chars().count() + 1;
            }
            None => self.column += over.chars().count(),
        }
    }
}

/// What the text becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Markdown, in which values stand as placeholders.
    Report,
    /// Part of a Word document, in which values stand as placeholders.
    Document,
    /// A plain line such as a file's name, in which values stand between the marks of placeholders.
    Line,
}

/// A text with tags.
#[derive(Debug)]
pub(super) struct Tagged {
    file: String,
    /// The paragraphs of a template in Word.
    paragraphs: Option<Vec<Spot>>,
    used_as: Use,
    parsed: syntax::Parsed,
    /// Where documents are found that it puts in.
    guests: Option<Arc<dyn Guests>>,
}

impl Tagged {
    /// Reads a text that begins at `start` of `file`.
    pub(super) fn parse(file: &str, source: &str, start: Position, used_as: Use) -> Self {
        let parsed = syntax::parse(&Where::new(file), source, start, used_as);
        Self { file: file.to_owned(), paragraphs: None, used_as, parsed, guests: None }
    }

    /// Reads the pieces of a part of a Word document, whose tags count paragraphs instead of lines.
    pub(super) fn of_document(
        file: &str,
        paragraphs: Vec<Spot>,
        pieces: Vec<Piece>,
        problems: Vec<Diagnostic>,
    ) -> Self {
        let parsed = syntax::parse_pieces(&Where::document(file, &paragraphs), pieces, problems, Use::Document);
        Self { file: file.to_owned(), paragraphs: Some(paragraphs), used_as: Use::Document, parsed, guests: None }
    }

    /// Says where documents are found that it puts in.
    pub(super) fn set_guests(&mut self, guests: Arc<dyn Guests>) {
        self.guests = Some(guests);
    }

    fn place(&self) -> Where<'_> {
        match &self.paragraphs {
            Some(paragraphs) => Where::document(&self.file, paragraphs),
            None => Where::new(&self.file),
        }
    }

    /// A place in the text.
    pub(super) fn place_of(&self, line: usize, column: usize) -> Place {
        self.place().at(Position { line, column })
    }

    /// What can be seen to be wrong without data.
    pub(super) fn syntax_problems(&self) -> &[Diagnostic] {
        &self.parsed.problems
    }

    /// Adds its tags, and what they need; those of documents that it puts in too, as far as these are known without data.
    pub(super) fn list_tags(&self, list: &mut TagList) {
        uses::Uses::new(self, list).nodes(&self.parsed.nodes);
    }

    /// Everything that can be seen to be wrong with it: tags, blocks, names and arguments.
    pub(super) fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        let resolved = resolve::resolve(self, &self.place(), dataset, unit, project);
        let mut problems = self.parsed.problems.clone();
        problems.extend(resolved.problems);
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems
    }

    /// Whether a loop goes on to further rows within a turn.
    pub(super) fn goes_on(&self) -> bool {
        resolve::goes_on(&self.parsed.nodes)
    }

    /// Whether it says of a row that it is left out.
    pub(super) fn skips(&self, scope: Scope<'_>) -> bool {
        if !resolve::may_skip(&self.parsed.nodes) {
            return false;
        }
        let unit = scope.unit.map(|(table, _)| table);
        let file = self.place();
        let resolved = resolve::resolve(self, &file, scope.dataset, unit, scope.project);
        let mut inserts = Inserts::default();
        Runner::new(self, file, scope, None, &mut inserts).skips(&resolved.steps)
    }

    /// The columns that its tags name.
    pub(super) fn columns(
        &self,
        dataset: &Dataset,
        unit: Option<TableId>,
        project: &ProjectFacts,
    ) -> BTreeSet<(TableId, usize)> {
        let resolved = resolve::resolve(self, &self.place(), dataset, unit, project);
        resolved.columns.into_iter().collect()
    }

    /// What it may read of the data.
    pub(super) fn reads(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Reads {
        let resolved = resolve::resolve(self, &self.place(), dataset, unit, project);
        resolved.seen.reads(resolved.columns)
    }

    /// The text with its values; those of a report are held by `inserts`. With errors among the problems the text is
    /// not to be used.
    pub(super) fn fill(
        &self,
        scope: Scope<'_>,
        pictures: Option<&dyn Pictures>,
        inserts: &mut Inserts,
    ) -> (String, Vec<Diagnostic>) {
        let file = self.place();
        let unit = scope.unit.map(|(table, _)| table);
        if !self.parsed.problems.is_empty() {
            return (String::new(), self.parsed.problems.clone());
        }
        let Resolved { steps, problems, .. } = resolve::resolve(self, &file, scope.dataset, unit, scope.project);
        if !problems.is_empty() {
            return (String::new(), problems);
        }
        Runner::new(self, file, scope, pictures, inserts).run(&steps)
    }
}
