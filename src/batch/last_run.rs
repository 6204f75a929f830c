//! Whether anything at all has changed since the last run: told by hashes of files alone, without reading a workbook.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::destination::Destination;
use super::fingerprint::{Fingerprint, of_content};
use super::folder::ProjectFolder;
use super::input::matching;
use super::manifest::{Entry, Manifest};
use super::noted::PictureHashes;
use super::outcome::{Made, Outcome};
use super::plan::Plan;
use super::run::RunOptions;
use super::sources::PROGRAM;
use crate::diagnostic::{Diagnostic, Place};
use crate::font::FontLibrary;

/// A run over a whole project that made all of its reports, or found them made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct LastRun {
    /// A hash of what it was asked, by which program, with which faces.
    asked: String,
    /// The files that were read before the first report, and hashes of their content.
    files: BTreeMap<String, String>,
    /// The workbooks that each pattern meant.
    patterns: BTreeMap<String, Vec<String>>,
    /// The outputs of the reports, in the plan's order.
    reports: Vec<String>,
    /// All that was told, in an order of its own.
    problems: Vec<Told>,
}

/// A problem, with what it says one by one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Told {
    problem: Diagnostic,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    each: Vec<Diagnostic>,
}

/// What is read from a project's folder before the first report is made.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    files: Mutex<BTreeMap<String, String>>,
    patterns: Mutex<BTreeMap<String, Vec<String>>>,
}

impl Inputs {
    pub(super) fn note_file(&self, path: &str, bytes: &[u8]) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), of_content(bytes));
    }

    pub(super) fn note_pattern(&self, pattern: &str, files: &[String]) {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        patterns.insert(pattern.to_owned(), files.to_vec());
    }
}

impl LastRun {
    /// What a run leaves to be known of it; nothing if the next one has to look for itself.
    pub(super) fn of(
        plan: &Plan,
        fonts: &FontLibrary,
        options: RunOptions<'_>,
        outcome: &Outcome,
        manifest: &Manifest,
    ) -> Option<Self> {
        let is_known = |kind: &super::plan::ReportKind| !kind.made_from.reads.unknown;
        let everything = plan.whole
            && plan.jobs.len() == plan.outputs.len()
            && manifest.reports.len() == plan.outputs.len()
            && [&outcome.failed, &outcome.remaining, &outcome.left_out].iter().all(|names| names.is_empty())
            && plan.kinds.iter().all(is_known);
        if !everything {
            return None;
        }
        let inputs = &plan.folder.inputs;
        let mut problems: Vec<_> = plan.problems.iter().chain(&outcome.problems).map(Told::of).collect();
        // Which reports were made and which stood already must not show in the order.
        problems.sort_by_cached_key(|told| serde_json::to_string(&told).unwrap_or_default());
        Some(Self {
            asked: asked(&plan.folder, fonts, options.trace),
            files: plan.read_files.clone(),
            patterns: inputs.patterns.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            reports: plan.outputs.clone(),
            problems,
        })
    }
}

impl Told {
    fn of(problem: &Diagnostic) -> Self {
        Self { problem: Diagnostic { each: Vec::new(), ..problem.clone() }, each: problem.each.clone() }
    }
}

impl Inputs {
    /// The files that were read so far.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a run over a whole project would come to, if there is nothing to make and all stands as it should; nothing if that
/// cannot be seen at a glance. Nothing is written.
pub fn nothing_changed(project: &Path, out: &Destination, fonts: &FontLibrary, trace: bool) -> Option<Outcome> {
    let start = Instant::now();
    let mut manifest = Manifest::read(&out.folder).ok()?;
    let last = manifest.last.take().filter(|_| !manifest.is_open && manifest.damaged == 0)?;
    let folder = ProjectFolder::open(project).ok()?;
    let same = last.asked == asked(&folder, fonts, trace) && manifest.reports.len() == last.reports.len();
    let read = |path: &String| fs::read(folder.path(path)).map(|bytes| of_content(&bytes)).ok();
    let same_files = || last.files.par_iter().all(|(path, hash)| read(path).as_ref() == Some(hash));
    let means = |pattern: &str| matching(&folder, pattern, &Place::Run, &mut Vec::new());
    let same_names = || last.patterns.iter().all(|(pattern, files)| means(pattern) == *files);
    if !same || !same_files() || !same_names() {
        return None;
    }
    let pictures = PictureHashes::default();
    let reports: Vec<&Entry> = last.reports.iter().map(|output| manifest.reports.get(output)).collect::<Option<_>>()?;
    let stands = |entry: &&Entry| {
        entry.files.iter().all(|(path, hash)| out.has(path, hash))
            && entry.pictures.iter().all(|(name, hash)| pictures.hash(&folder, name).as_ref() == Some(hash))
    };
    if !reports.par_iter().all(stands) {
        return None;
    }
    let unchanged = reports.into_iter().map(|entry| Made {
        report: entry.report.clone(),
        files: entry.files.keys().cloned().collect(),
        pages: entry.pages,
        time: Duration::ZERO,
    });
    let problems = last.problems.into_iter().map(|told| Diagnostic { each: told.each, ..told.problem });
    let (unchanged, problems) = (unchanged.collect(), problems.collect());
    Some(Outcome { unchanged, problems, time: start.elapsed(), ..Outcome::default() })
}

fn asked(folder: &ProjectFolder, fonts: &FontLibrary, trace: bool) -> String {
    let mut asked = Fingerprint::default();
    asked.add(PROGRAM).add_hash(&fonts.fingerprint()).add(folder.shown("")).add_number(usize::from(trace));
    asked.hash().to_hex().to_string()
}
