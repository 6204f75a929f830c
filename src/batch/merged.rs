//! A report's content, merged: a document of ours from a text template, or a Word file from a template in Word.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fields::{settle, settle_pages};
use super::last_page::{self, Foot};
use super::trace;
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, SourceCells};
use crate::docx::{self, KnownParts};
use crate::font::FontLibrary;
use crate::layout::{Layout, MissingCharacter};
use crate::pieces::Pieces;
use crate::project::Format;
use crate::style::Style;
use crate::template::{Coverage, Pictures, ProjectFacts, Reads, Scope, TagList, Template, WordDocument, WordTemplate};

/// What a report is made from.
#[derive(Debug)]
pub(super) enum ReportTemplate {
    /// Markdown.
    Text(Box<TextTemplate>),
    /// A Word file.
    Word(Box<WordFile>),
}

/// A template in Word.
#[derive(Debug)]
pub(super) struct WordFile {
    pub(super) template: WordTemplate,
    /// What its documents have in common.
    parts: KnownParts,
}

impl WordFile {
    pub(super) fn new(template: WordTemplate) -> Self {
        Self { template, parts: KnownParts::default() }
    }
}

/// A template in Markdown.
#[derive(Debug)]
pub(super) struct TextTemplate {
    pub(super) template: Template,
    /// The style that it is set in.
    pub(super) style: Style,
    /// One document of all rows of this table: each on a new page.
    pub(super) rows: Option<TableId>,
}

/// A report's content.
pub(super) enum Merged<'a> {
    Text(Box<MergedText>),
    Word(Box<MergedWord<'a>>),
}

/// A document of ours.
pub(super) struct MergedText {
    document: Document,
    /// Where its style wants what stands at the foot of the last page.
    foot_on_even_page: bool,
    /// It on pages, if it had to be set on them.
    layout: Option<Layout>,
}

/// A Word file.
pub(super) struct MergedWord<'a> {
    from: &'a WordFile,
    file: WordDocument,
    /// It as a document, and what of it cannot be shown, if its fields hang on its pages.
    read: Option<(Document, Vec<Diagnostic>)>,
    /// It on pages, if it had to be set on them.
    layout: Option<Layout>,
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
            Self::Text(text) => text.template.columns(dataset, text.rows.or(unit), project),
            Self::Word(word) => word.template.columns(dataset, unit, project),
        }
    }

    /// What it may read of the data.
    pub(super) fn reads(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Reads {
        match self {
            Self::Text(text) => text.template.reads(dataset, text.rows.or(unit), project),
            Self::Word(word) => word.template.reads(dataset, unit, project),
        }
    }

    /// Its tags, and what they need.
    pub(super) fn tags(&self) -> TagList {
        match self {
            Self::Text(text) => text.template.tags(),
            Self::Word(word) => word.template.tags(),
        }
    }

    /// Whether it takes several rows for one page.
    pub(super) fn goes_on(&self) -> bool {
        matches!(self, Self::Word(word) if word.template.goes_on())
    }

    /// Whether it leaves out the row that a report would be about.
    pub(super) fn skips(&self, scope: Scope<'_>) -> bool {
        match self {
            Self::Word(word) => word.template.skips(scope),
            Self::Text(text) => text.template.skips(scope),
        }
    }

    /// What its file in a format ends in.
    pub(super) fn extension(&self, format: Format) -> &'static str {
        match self {
            Self::Word(word) if format == Format::Docx && word.template.has_macros() => "docm",
            _ => format.extension(),
        }
    }

    /// Everything that can be seen to be wrong without data.
    pub(super) fn syntax_problems(&self) -> Vec<Diagnostic> {
        match self {
            Self::Text(text) => text.template.syntax_problems(),
            Self::Word(word) => word.template.syntax_problems(),
        }
    }

    /// Everything that can be seen to be wrong before a report is made.
    pub(super) fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        match self {
            Self::Text(text) => text.template.check(dataset, text.rows.or(unit), project),
            Self::Word(word) => word.template.check(dataset, unit, project),
        }
    }

    /// Merges with data; warnings go to `warnings`, what the tags come to goes to `coverage`.
    ///
    /// # Errors
    /// What keeps the report from being made.
    pub(super) fn merge<'a>(
        &'a self,
        scope: Scope<'_>,
        pictures: &dyn Pictures,
        warnings: &mut Vec<Diagnostic>,
        coverage: Option<&mut Coverage>,
    ) -> Result<Merged<'a>, Vec<Diagnostic>> {
        let (merged, found) = match self {
            Self::Text(text) => {
                let (document, found) = text.merge(scope, pictures, coverage)?;
                let foot_on_even_page = text.style.official.imprint_on_even_page;
                (Merged::Text(Box::new(MergedText { document, foot_on_even_page, layout: None })), found)
            }
            Self::Word(from) => {
                let (document, found) = from.template.merge_covered(scope, pictures, coverage)?;
                (Merged::Word(Box::new(MergedWord { from, file: document, read: None, layout: None })), found)
            }
        };
        warnings.extend(found);
        Ok(merged)
    }
}

impl TextTemplate {
    fn merge(
        &self,
        scope: Scope<'_>,
        pictures: &dyn Pictures,
        mut coverage: Option<&mut Coverage>,
    ) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Some(table) = self.rows else {
            return self.template.merge_covered(scope, &self.style, pictures, coverage);
        };
        let mut all: Option<Document> = None;
        let (mut problems, mut failed, mut skipped) = (Vec::new(), false, 0);
        for row in 0..scope.dataset.table(table).rows.len() as u32 {
            let scope = Scope { unit: Some((table, row)), skipped, ..scope };
            if self.template.skips(scope) {
                skipped += 1;
                continue;
            }
            match self.template.merge_covered(scope, &self.style, pictures, coverage.as_deref_mut()) {
                Ok((document, found)) => {
                    problems.extend(found);
                    match &mut all {
                        Some(all) => all.append(document),
                        None => all = Some(document),
                    }
                }
                Err(found) => {
                    problems.extend(found);
                    failed = true;
                }
            }
        }
        match all.filter(|_| !failed) {
            Some(mut document) => {
                // what one row says of itself is not the whole's
                if document.sections.len() > 1 {
                    document.info.title.clear();
                }
                Ok((document, problems))
            }
            None => Err(problems),
        }
    }
}

impl Merged<'_> {
    /// The cells that a character comes from which no face has, if it comes from data.
    pub(super) fn origin(&self, document: &Document, missing: &MissingCharacter) -> Option<SourceCells> {
        match self {
            Self::Text(_) => document.sources.get(missing.source?.0 as usize)?.cells.first().cloned(),
            // the Word file no longer knows its values; the template does
            Self::Word(word) => {
                let values = word.from.template.values(&word.file);
                let value = values.iter().find(|value| value.text.contains(missing.character))?;
                value.source.cells.first().cloned()
            }
        }
    }

    /// The title of the text; none of a Word file.
    pub(super) fn title(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(&text.document.info.title),
            Self::Word(..) => None,
        }
    }

    /// Finds what hangs on the pages: what the fields of a Word file show now (tables of contents, references, numbers),
    /// and the page of what stands at the foot of the last one. `name` is the name that the file will have.
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
        match self {
            Self::Text(text) => {
                let set = settle_pages(&mut text.document, fonts);
                text.layout = match last_page::settle(&mut text.document, text.foot_on_even_page, fonts) {
                    Foot::None => set,
                    Foot::BelowText(layout) => Some(layout),
                    Foot::Apart => settle_pages(&mut text.document, fonts),
                };
            }
            Self::Word(word) if word.file.has_fields => {
                let (memory, known) = (word.from.template.memory(), Some(&word.from.parts));
                if let Some(settled) = settle(file, &word.file.bytes, Some(name), memory, known, fonts)? {
                    warnings.extend(settled.problems);
                    word.file.bytes = settled.bytes.into();
                    let set = settled.set.map(|set| ((set.document, set.warnings), set.layout));
                    (word.read, word.layout) = set.unzip();
                }
            }
            Self::Word(..) => {}
        }
        Ok(())
    }

    /// Its pages, if it had to be set on them already; they are handed over.
    pub(super) fn take_layout(&mut self) -> Option<Layout> {
        match self {
            Self::Text(text) => text.layout.take(),
            Self::Word(word) => word.layout.take(),
        }
    }

    /// The document, to be set on pages; a Word file is read, and what cannot be shown of it is told as `file`'s.
    ///
    /// # Errors
    /// The Word file cannot be read.
    pub(super) fn document(&self, file: &str, warnings: &mut Vec<Diagnostic>) -> Result<Cow<'_, Document>, Diagnostic> {
        match self {
            Self::Text(text) => Ok(Cow::Borrowed(&text.document)),
            Self::Word(word) => {
                if let Some((document, found)) = &word.read {
                    warnings.extend(found.iter().cloned());
                    return Ok(Cow::Borrowed(document));
                }
                let (memory, known) = (word.from.template.memory(), Some(&word.from.parts));
                let (mut document, found) = docx::read_within(file, &word.file.bytes, memory, known)?;
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
    pub(super) fn docx(&self, writer: &docx::Writer) -> Result<Pieces, Diagnostic> {
        match self {
            Self::Text(text) => writer.write(&text.document),
            Self::Word(word) => Ok(Pieces::kept(&word.file.bytes)),
        }
    }

    /// Where its figures come from.
    pub(super) fn trace(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => trace::to_csv(&text.document),
            Self::Word(word) => trace::of_word(&word.from.template.values(&word.file)),
        }
    }
}
