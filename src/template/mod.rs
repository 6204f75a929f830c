//! Templates: Markdown with Handlebars tags, merged with rows of a dataset into a document.
//!
//! Merging has two steps. `merge` runs the tags: what it gives is Markdown in which every value that came from data
//! stands as a placeholder, so that no cell can turn into markup. `markdown` reads that text into blocks of a document
//! and puts the values in the places held for them.

mod calendar;
mod chinese_number;
mod expression;
mod figure;
mod front_matter;
mod helpers;
mod inserts;
mod markdown;
mod problem;
#[cfg(test)]
mod testing;

pub use inserts::{Insert, InsertedCell, InsertedPicture, InsertedTable, Inserts};

use std::sync::Arc;

use expression::{Position, Tagged, Use};

use crate::dataset::{Dataset, TableId};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Document, Image};
use crate::settings::Located;
use crate::style::Style;

/// What the project file says about the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFacts {
    /// `{{项目.标题}}`
    pub title: String,
    /// `{{项目.年度}}`
    pub year: String,
    /// Further keys of `[project]`, each `{{项目.键}}`.
    pub others: Vec<(String, String)>,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The data.
    pub dataset: &'a Dataset,
    /// About the whole.
    pub project: &'a ProjectFacts,
    /// The row that the report is about; without it, the report is about everything.
    pub unit: Option<(TableId, u32)>,
}

/// Finds pictures that a template names.
pub trait Pictures: Sync {
    /// The picture at a path relative to the project's folder.
    ///
    /// # Errors
    /// There is no such file, it is no picture, or it lies outside the folder.
    fn picture(&self, path: &str, named_at: &Place) -> Result<Arc<Image>, Diagnostic>;
}

/// A template, parsed.
#[derive(Debug)]
pub struct Template {
    text: Tagged,
}

impl Template {
    /// Parses a template; `file` is its name in messages.
    ///
    /// # Errors
    /// Everything that can be seen to be wrong without data: front matter, unclosed blocks, unknown helpers.
    pub fn parse(file: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self { text: Tagged::parse(file, source, Position::START, Use::Report)? })
    }

    /// The style that the front matter names.
    pub fn style(&self) -> Option<&Located<String>> {
        None
    }

    /// Everything that can be seen to be wrong before a report is made: names that the data does not have.
    /// `unit` is the table whose rows the reports are about.
    pub fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        self.text.check(dataset, unit, project)
    }

    /// Merges the template with data. The diagnostics beside the document are warnings and notes.
    ///
    /// # Errors
    /// What keeps the report from being made, and any warnings besides.
    pub fn merge(
        &self,
        scope: Scope<'_>,
        style: &Style,
        pictures: &dyn Pictures,
    ) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let _ = (scope, style, pictures);
        Err(Vec::new())
    }
}

/// A line of text with tags, such as a report's `output`.
#[derive(Debug)]
pub struct Line {
    text: Tagged,
}

impl Line {
    /// Parses a line; `place` is where it stands.
    ///
    /// # Errors
    /// Everything that can be seen to be wrong without data.
    pub fn parse(place: &Place, source: &str) -> Result<Self, Vec<Diagnostic>> {
        // A text in the project file begins after its quotation mark.
        let (file, start) = match place {
            Place::Text { file, line, column } => (file.clone(), Position { line: *line, column: *column + 1 }),
            other => (other.to_string(), Position::START),
        };
        Ok(Self { text: Tagged::parse(&file, source, start, Use::Line)? })
    }

    /// Names that the data does not have.
    pub fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        self.text.check(dataset, unit, project)
    }

    /// The line with its tags replaced.
    ///
    /// # Errors
    /// What keeps it from being filled: also a value that is blank.
    pub fn fill(&self, scope: Scope<'_>) -> Result<String, Vec<Diagnostic>> {
        let (text, problems) = self.text.fill(scope, None, &mut Inserts::default());
        if problems.is_empty() { Ok(text) } else { Err(problems) }
    }
}
