//! Makes the reports of a plan, many at a time. One that fails does not stop the others.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::Serialize;

use super::answers::Findings;
use super::merged::Merged;
use super::output::OutputFolder;
use super::plan::{Job, Plan, ReportText};
use super::{leave_out, problem, trace};
use crate::diagnostic::{self, Diagnostic, Place};
use crate::document::Document;
use crate::font::FontLibrary;
use crate::layout::{Layout, lay_out};
use crate::project::Format;
use crate::template::{Coverage, Scope};
use crate::{pdf, xlsx};

/// What a run came to.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The reports that were made, in the plan's order.
    pub made: Vec<Made>,
    /// Names of the reports that were not.
    pub failed: Vec<String>,
    /// Names of the units that were left out because their data has errors.
    pub left_out: Vec<String>,
    /// All problems.
    #[serde(serialize_with = "one_by_one")]
    pub problems: Vec<Diagnostic>,
    /// How long making them took.
    #[serde(serialize_with = "as_seconds", rename = "seconds")]
    pub time: Duration,
}

/// A report that was made.
#[derive(Debug, Serialize)]
pub struct Made {
    /// Its name, such as `school 0101`.
    pub report: String,
    /// Its files, relative to the output folder.
    pub files: Vec<String>,
    /// How many pages it has, if it was set on pages.
    pub pages: Option<usize>,
}

/// How a run is carried out.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunOptions {
    /// How many reports at a time; all cores if not given.
    pub jobs: Option<usize>,
    /// Write beside each report where its figures come from.
    pub trace: bool,
}

impl Plan {
    /// Makes every report and writes its files. `done` is called after each, from any thread.
    ///
    /// # Errors
    /// The threads cannot be started, or the journal of the output folder cannot be written.
    pub fn build(
        &self,
        fonts: &FontLibrary,
        output: OutputFolder,
        options: RunOptions,
        done: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Diagnostic> {
        let writer = pdf::Writer::new(fonts);
        let mut outcome = self.each(options.jobs, done, |job, warnings| {
            let kind = &self.kinds[job.kind];
            let text = kind.text.as_ref();
            let mut merged = text.map(|text| self.merge(job, text, warnings, None)).transpose()?;
            settle(job, text, merged.as_mut(), fonts, warnings)?;
            let name = job.output.display().to_string().replace('\\', "/");
            let mut made = Made { report: job.name.clone(), files: Vec::new(), pages: None };
            let mut files = Vec::new();
            for format in &kind.formats {
                let bytes = match (format, text.zip(merged.as_ref())) {
                    (Format::Docx, Some((_, merged))) => merged.docx().map_err(one)?.into_owned(),
                    (Format::Pdf, Some((text, merged))) => {
                        let document = merged.document(text.file(), warnings).map_err(one)?;
                        let layout = self.set(text, merged, &document, fonts, warnings)?;
                        made.pages = Some(layout.pages.pages.len());
                        writer.write(&layout.pages, &document.info).map_err(one)?
                    }
                    (Format::Xlsx, _) => self.tables(job, merged.as_ref(), warnings)?,
                    // The project file has a template for these.
                    (Format::Docx | Format::Pdf, None) => continue,
                };
                let extension = text.map_or(format.extension(), |text| text.template.extension(*format));
                files.push((format!("{name}.{extension}"), bytes));
            }
            if let Some(merged) = merged.as_ref().filter(|_| options.trace) {
                files.push((format!("{name}.{}", trace::EXTENSION), merged.trace()));
            }
            for (path, bytes) in files {
                output.write(&path, &bytes).map_err(one)?;
                made.files.push(path);
            }
            Ok(made)
        })?;
        output.finish()?;
        self.tell_whose(&mut outcome.problems);
        Ok(outcome)
    }

    /// Makes every report without writing it, for its problems.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub fn rehearse(
        &self,
        fonts: &FontLibrary,
        jobs: Option<usize>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Diagnostic> {
        let empty = vec![Coverage::default(); self.kinds.len()];
        let findings = Mutex::new(Findings { coverage: empty, ..Findings::default() });
        let mut outcome = self.each(jobs, done, |job, warnings| {
            let kind = &self.kinds[job.kind];
            let mut made = Made { report: job.name.clone(), files: Vec::new(), pages: None };
            let mut covered = Coverage::default();
            let merged = kind.text.as_ref().map(|text| self.merge(job, text, warnings, Some(&mut covered)));
            let mut findings_so_far = findings.lock().unwrap_or_else(PoisonError::into_inner);
            findings_so_far.coverage[job.kind].add(covered);
            drop(findings_so_far);
            let mut merged = merged.transpose()?;
            settle(job, kind.text.as_ref(), merged.as_mut(), fonts, warnings)?;
            if let Some((text, merged)) = kind.text.as_ref().zip(merged.as_ref())
                && (matches!(merged, Merged::Text(_)) || kind.formats.contains(&Format::Pdf))
            {
                let document = merged.document(text.file(), warnings).map_err(one)?;
                let layout = self.set(text, merged, &document, fonts, warnings)?;
                made.pages = Some(layout.pages.pages.len());
                let missing = layout.missing.iter().filter(|missing| merged.origin(&document, missing).is_some());
                let mut findings = findings.lock().unwrap_or_else(PoisonError::into_inner);
                findings.missing.extend(missing.map(|missing| missing.character));
            }
            if kind.formats.contains(&Format::Xlsx) {
                self.tables(job, merged.as_ref(), warnings)?;
            }
            Ok(made)
        })?;
        self.answer(&findings.into_inner().unwrap_or_else(PoisonError::into_inner), &mut outcome);
        self.tell_whose(&mut outcome.problems);
        Ok(outcome)
    }

    /// The document of one report, and warnings; `report` counts along [`Plan::names`].
    ///
    /// # Errors
    /// What keeps it from being made.
    pub fn document(&self, report: usize) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut warnings = Vec::new();
        let job = self.jobs.get(report).ok_or_else(|| one(problem::crashed("no such report")))?;
        let text = self.kinds[job.kind].text.as_ref().ok_or_else(|| one(problem::crashed("no template")))?;
        let merged = self.merge(job, text, &mut warnings, None)?;
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
        let mut merged = self.merge(job, text, &mut warnings, None)?;
        settle(job, Some(text), Some(&mut merged), fonts, &mut warnings)?;
        let document = merged.document(text.file(), &mut warnings).map_err(one)?;
        let layout = self.set(text, &merged, &document, fonts, &mut warnings)?.into_owned();
        Ok((document.into_owned(), layout, warnings))
    }

    fn each(
        &self,
        jobs: Option<usize>,
        done: &(dyn Fn() + Sync),
        make: impl Fn(&Job, &mut Vec<Diagnostic>) -> Result<Made, Vec<Diagnostic>> + Sync,
    ) -> Result<Outcome, Diagnostic> {
        let start = Instant::now();
        let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
        let threads = threads.map_err(|error| problem::crashed(&error.to_string()))?;
        let results: Vec<_> = threads.install(|| {
            let results = self.jobs.par_iter().map(|job| {
                let missed = self.left_out.missed_by(job.unit);
                let mut warnings = Vec::new();
                warnings.extend((!missed.is_empty()).then(|| leave_out::problem::left_out(&missed)));
                let result = catch_unwind(AssertUnwindSafe(|| make(job, &mut warnings)));
                done();
                let result = result.unwrap_or_else(|panic| Err(vec![problem::crashed(panic_message(&*panic))]));
                (job, warnings, result)
            });
            results.collect()
        });
        let left_out = self.left_out.names.clone();
        let (made, failed, problems) = (Vec::new(), Vec::new(), Vec::new());
        let mut outcome = Outcome { made, failed, left_out, problems, time: Duration::ZERO };
        for (job, warnings, result) in results {
            let mut found = warnings;
            match result {
                Ok(made) => outcome.made.push(made),
                Err(errors) => {
                    found.extend(errors);
                    outcome.failed.push(job.name.clone());
                }
            }
            outcome.problems.extend(found.into_iter().map(|problem| problem.in_report(job.name.clone())));
        }
        outcome.time = start.elapsed();
        Ok(outcome)
    }

    fn merge<'a>(
        &self,
        job: &Job,
        text: &'a ReportText,
        warnings: &mut Vec<Diagnostic>,
        coverage: Option<&mut Coverage>,
    ) -> Result<Merged<'a>, Vec<Diagnostic>> {
        let scope = Scope { dataset: &self.dataset, project: &self.facts, unit: job.unit };
        text.template.merge(scope, &self.folder, warnings, coverage)
    }

    /// The report's tables as .xlsx, under the title that its text has, or else its file.
    fn tables(
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

    fn set<'l>(
        &self,
        text: &ReportText,
        merged: &'l Merged<'_>,
        document: &Document,
        fonts: &FontLibrary,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Cow<'l, Layout>, Vec<Diagnostic>> {
        let layout = merged.layout().map_or_else(|| Cow::Owned(lay_out(document, fonts)), Cow::Borrowed);
        for missing in &layout.missing {
            let place = match merged.origin(document, missing) {
                Some(cells) => {
                    Place::Cell { file: cells.file.to_string(), sheet: cells.sheet.to_string(), cell: cells.cells }
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
fn settle(
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

fn one(problem: Diagnostic) -> Vec<Diagnostic> {
    vec![problem]
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?")
}

fn one_by_one<S: serde::Serializer>(problems: &[Diagnostic], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(diagnostic::one_by_one(problems))
}

fn as_seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((time.as_secs_f64() * 1000.0).round() / 1000.0)
}
