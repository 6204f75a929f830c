//! Makes one report: its text merged, set on pages, written in its formats.

use super::jobs::Job;
use super::merged::Merged;
use super::noted::Noted;
use super::plan::{Plan, ReportText};
use super::run::RunOptions;
use super::{problem, trace};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Document, SourceSheet};
use crate::font::FontLibrary;
use crate::layout::{Layout, lay_out};
use crate::pieces::Pieces;
use crate::project::Format;
use crate::template::{Coverage, Pictures, Scope};
use crate::{docx, pdf, xlsx};

/// A report's files, not written yet.
pub(super) struct Files {
    /// Paths below the output folder, and contents.
    pub(super) files: Vec<(String, Pieces)>,
    pub(super) pages: Option<usize>,
}

/// What writes the files of a run.
pub(super) struct Writers<'f> {
    pub(super) docx: docx::Writer,
    pub(super) pdf: pdf::Writer<'f>,
}

impl Plan {
    /// The files of a report.
    pub(super) fn files(
        &self,
        job: &Job,
        fonts: &FontLibrary,
        writers: &Writers<'_>,
        pictures: &Noted<'_>,
        options: RunOptions<'_>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Files, Vec<Diagnostic>> {
        let kind = &self.kinds[job.kind];
        let text = kind.text.as_ref();
        let mut merged = text.map(|text| self.merge(job, text, pictures, warnings, None)).transpose()?;
        settle(job, text, merged.as_mut(), fonts, warnings)?;
        let mut made = Files { files: Vec::new(), pages: None };
        for (format, path) in self.wanted(job) {
            let file = match (format, text.zip(merged.as_mut())) {
                (Format::Docx, Some((_, merged))) => merged.docx(&writers.docx).map_err(one)?,
                (Format::Pdf, Some((text, merged))) => {
                    let set = merged.take_layout();
                    let document = merged.document(text.file(), warnings).map_err(one)?;
                    let pages = self.set(text, merged, &document, set, fonts, warnings)?.pages;
                    made.pages = Some(pages.pages.len());
                    writers.pdf.write(pages, &document.info).map_err(one)?
                }
                (Format::Xlsx, _) => self.tables(job, merged.as_ref(), warnings)?.into(),
                // The project file has a template for these.
                (Format::Docx | Format::Pdf, None) => continue,
            };
            made.files.push((path, file));
        }
        if let Some(merged) = merged.as_ref().filter(|_| options.trace) {
            made.files.push((trace_path(job), merged.trace().into()));
        }
        Ok(made)
    }

    /// The paths of a report's files in the formats that are wanted.
    pub(super) fn wanted(&self, job: &Job) -> impl Iterator<Item = (Format, String)> {
        let kind = &self.kinds[job.kind];
        let text = kind.text.as_ref();
        let formats = kind.formats.iter().filter(move |format| text.is_some() || **format == Format::Xlsx);
        formats.map(move |format| {
            let extension = text.map_or(format.extension(), |text| text.template.extension(*format));
            (*format, format!("{}.{extension}", job.output_name()))
        })
    }

    /// The document of one report, and warnings; `report` counts along [`Plan::names`].
    ///
    /// # Errors
    /// What keeps it from being made.
    pub fn document(&self, report: usize) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut warnings = Vec::new();
        let job = self.jobs.get(report).ok_or_else(|| one(problem::crashed("no such report")))?;
        let text = self.kinds[job.kind].text.as_ref().ok_or_else(|| one(problem::crashed("no template")))?;
        let merged = self.merge(job, text, &self.folder, &mut warnings, None)?;
        let document = merged.document(text.file(), &mut warnings).map_err(one)?.into_owned();
        Ok((document, warnings))
    }

    /// One report on pages, as its files show it, and warnings; `report` counts along [`Plan::names`].
    ///
    /// # Errors
    /// What keeps it from being made.
    pub fn on_pages(
        &self,
        report: usize,
        fonts: &FontLibrary,
    ) -> Result<(Document, Layout, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut warnings = Vec::new();
        let job = self.jobs.get(report).ok_or_else(|| one(problem::crashed("no such report")))?;
        let text = self.kinds[job.kind].text.as_ref().ok_or_else(|| one(problem::crashed("no template")))?;
        let mut merged = self.merge(job, text, &self.folder, &mut warnings, None)?;
        settle(job, Some(text), Some(&mut merged), fonts, &mut warnings)?;
        let set = merged.take_layout();
        let document = merged.document(text.file(), &mut warnings).map_err(one)?;
        let layout = self.set(text, &merged, &document, set, fonts, &mut warnings)?;
        Ok((document.into_owned(), layout, warnings))
    }

    pub(super) fn merge<'a>(
        &self,
        job: &Job,
        text: &'a ReportText,
        pictures: &dyn Pictures,
        warnings: &mut Vec<Diagnostic>,
        coverage: Option<&mut Coverage>,
    ) -> Result<Merged<'a>, Vec<Diagnostic>> {
        let scope = Scope { dataset: &self.dataset, project: &self.facts, unit: job.unit, skipped: job.skipped };
        text.template.merge(scope, pictures, warnings, coverage)
    }

    /// The report's tables as .xlsx, under the title that its text has, or else its file.
    pub(super) fn tables(
        &self,
        job: &Job,
        merged: Option<&Merged<'_>>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let title = merged.and_then(|merged| Some(merged.title()?.to_owned())).filter(|title| !title.is_empty());
        let title = title.or_else(|| Some(job.output.file_name()?.to_string_lossy().into_owned()));
        let summary = &self.kinds[job.kind].summary;
        let workbook = summary.workbook(&self.dataset, job.unit, &title.unwrap_or_default(), warnings);
        xlsx::write(&workbook).map_err(one)
    }

    /// A report's document on pages: as it was set before, or else set now.
    pub(super) fn set(
        &self,
        text: &ReportText,
        merged: &Merged<'_>,
        document: &Document,
        set: Option<Layout>,
        fonts: &FontLibrary,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Layout, Vec<Diagnostic>> {
        let layout = set.unwrap_or_else(|| lay_out(document, fonts));
        for missing in &layout.missing {
            let place = match merged.origin(document, missing) {
                Some(cells) => {
                    let SourceSheet { file, sheet } = cells.sheet.as_ref().clone();
                    Place::Cell { file, sheet, cell: cells.address() }
                }
                None => text.template_place.clone(),
            };
            warnings.push(problem::missing_character(place, missing.character, &missing.context));
        }
        if layout.cut_off {
            let place = text.template_place.clone();
            return Err(one(problem::too_many_pages(place)));
        }
        Ok(layout)
    }
}

/// Finds what hangs on a report's pages: what fields in Word show, where the foot of the last page stands.
pub(super) fn settle(
    job: &Job,
    text: Option<&ReportText>,
    merged: Option<&mut Merged<'_>>,
    fonts: &FontLibrary,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(), Vec<Diagnostic>> {
    let Some((text, merged)) = text.zip(merged) else { return Ok(()) };
    let name = job.output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    merged.settle(text.file(), &format!("{name}.docx"), fonts, warnings).map_err(one)
}

pub(super) fn one(problem: Diagnostic) -> Vec<Diagnostic> {
    vec![problem]
}

/// Where the cells are told that its figures come from.
pub(super) fn trace_path(job: &Job) -> String {
    format!("{}.{}", job.output_name(), trace::EXTENSION)
}
