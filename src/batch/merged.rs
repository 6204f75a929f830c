//! A report's content, merged: a document of ours from a text template, or a Word file from a template in Word.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fields::{SetOnPages, settle};
use super::folder::ProjectFolder;
use super::trace;
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::docx;
use crate::font::FontLibrary;
use crate::layout::Layout;
use crate::project::Format;
use crate::style::Style;
use crate::template::{Coverage, ProjectFacts, Scope, TagList, Template, WordDocument, WordTemplate};

/// What a report is made from.
#[derive(Debug)]
pub(super) enum ReportTemplate {
    /// Markdown, and the style that it is set in.
    Text(Box<(Template, Style)>),
    /// A Word file.
    Word(Box<WordTemplate>),
}

/// A report's content.
pub(super) enum Merged<'a> {
    Document(Box<Document>),
    /// A Word file, and it on pages where its fields hang on these.
    Word(&'a WordTemplate, WordDocument, Option<Box<SetOnPages>>),
}

impl ReportTemplate {
    /// The columns that its tags name.
    pub(super) fn columns(
        &self,
        dataset: &Dataset,
        unit: Option<TableId>,
        project: &ProjectFacts,
    ) -> BTreeSet<(TableId, usize)> {
        match self {
            Self::Text(text) => text.0.columns(dataset, unit, project),
            Self::Word(template) => template.columns(dataset, unit, project),
        }
    }

    /// Its tags, and what they need.
    pub(super) fn tags(&self) -> TagList {
        match self {
            Self::Text(text) => text.0.tags(),
            Self::Word(template) => template.tags(),
        }
    }

    /// Whether it takes several rows for one page.
    pub(super) fn goes_on(&self) -> bool {
        matches!(self, Self::Word(template) if template.goes_on())
    }

    /// Whether it leaves out the row that a report would be about.
    pub(super) fn skips(&self, scope: Scope<'_>) -> bool {
        matches!(self, Self::Word(template) if template.skips(scope))
    }

    /// What its file in a format ends in.
    pub(super) fn extension(&self, format: Format) -> &'static str {
        match self {
            Self::Word(template) if format == Format::Docx && template.has_macros() => "docm",
            _ => format.extension(),
        }
    }

    /// Everything that can be seen to be wrong without data.
    pub(super) fn syntax_problems(&self) -> Vec<Diagnostic> {
        match self {
            Self::Text(text) => text.0.syntax_problems(),
            Self::Word(template) => template.syntax_problems(),
        }
    }

    /// Everything that can be seen to be wrong before a report is made.
    pub(super) fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        match self {
            Self::Text(text) => text.0.check(dataset, unit, project),
            Self::Word(template) => template.check(dataset, unit, project),
        }
    }

    /// Merges with data; warnings go to `warnings`, what the tags come to goes to `coverage`.
    ///
    /// # Errors
    /// What keeps the report from being made.
    pub(super) fn merge<'a>(
        &'a self,
        scope: Scope<'_>,
        folder: &ProjectFolder,
        warnings: &mut Vec<Diagnostic>,
        coverage: Option<&mut Coverage>,
    ) -> Result<Merged<'a>, Vec<Diagnostic>> {
        let (merged, found) = match self {
            Self::Text(text) => {
                let (document, found) = text.0.merge_covered(scope, &text.1, folder, coverage)?;
                (Merged::Document(Box::new(document)), found)
            }
            Self::Word(template) => {
                let (document, found) = template.merge_covered(scope, folder, coverage)?;
                (Merged::Word(template, document, None), found)
            }
        };
        warnings.extend(found);
        Ok(merged)
    }
}

impl Merged<'_> {
    /// The title of the text; none of a Word file.
    pub(super) fn title(&self) -> Option<&str> {
        match self {
            Self::Document(document) => Some(&document.info.title),
            Self::Word(..) => None,
        }
    }

    /// Finds what the fields of a Word file show now: tables of contents, references, numbers. `name` is the name that
    /// the file will have.
    ///
    /// # Errors
    /// The Word file cannot be read.
    pub(super) fn settle(
        &mut self,
        file: &str,
        name: &str,
        fonts: &FontLibrary,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<(), Diagnostic> {
        if let Self::Word(template, word, set) = self
            && word.has_fields
            && let Some(settled) = settle(file, &word.bytes, Some(name), template.memory(), fonts)?
        {
            warnings.extend(settled.problems);
            (word.bytes, *set) = (settled.bytes, settled.set);
        }
        Ok(())
    }

    /// Its pages, if it had to be set on them already.
    pub(super) fn layout(&self) -> Option<&Layout> {
        match self {
            Self::Word(_, _, Some(set)) => Some(&set.layout),
            _ => None,
        }
    }

    /// The document, to be set on pages; a Word file is read, and what cannot be shown of it is told as `file`'s.
    ///
    /// # Errors
    /// The Word file cannot be read.
    pub(super) fn document(&self, file: &str, warnings: &mut Vec<Diagnostic>) -> Result<Cow<'_, Document>, Diagnostic> {
        match self {
            Self::Document(document) => Ok(Cow::Borrowed(document)),
            Self::Word(_, _, Some(set)) => {
                warnings.extend(set.warnings.iter().cloned());
                Ok(Cow::Borrowed(&set.document))
            }
            Self::Word(template, word, None) => {
                let (mut document, found) = docx::read_within(file, &word.bytes, template.memory())?;
                document.info.title_from(file);
                warnings.extend(found);
                Ok(Cow::Owned(document))
            }
        }
    }

    /// The .docx file.
    ///
    /// # Errors
    /// The document has more of something than the format can hold.
    pub(super) fn docx(&self) -> Result<Cow<'_, [u8]>, Diagnostic> {
        match self {
            Self::Document(document) => docx::write(document).map(Cow::Owned),
            Self::Word(_, word, _) => Ok(Cow::Borrowed(&word.bytes)),
        }
    }

    /// Where its figures come from.
    pub(super) fn trace(&self) -> Vec<u8> {
        match self {
            Self::Document(document) => trace::to_csv(document),
            Self::Word(template, word, _) => trace::of_word(&template.values(word)),
        }
    }
}
