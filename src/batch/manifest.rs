//! The manifest of an output folder: which files huibao made in it, and of what. One file, a line for each report.
//!
//! While a run is under way lines are added at the end; later ones win. When it is over the manifest is written anew.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::last_run::LastRun;
use super::noted::PictureName;
use crate::diagnostic::Diagnostic;

/// The manifest's name within the folder.
pub(super) const NAME: &str = ".huibao.jsonl";

/// What stands in an output folder.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The reports, by their output without extension.
    pub(super) reports: BTreeMap<String, Entry>,
    /// Files by their paths: hashes of what huibao put there, or was about to when it was stopped.
    pub(super) files: BTreeMap<String, Vec<String>>,
    /// The last run, if it made all reports of a project.
    pub(super) last: Option<LastRun>,
    /// Whether the last run came to no end.
    pub(super) is_open: bool,
    /// Lines that nobody can read, but for one that was cut short.
    pub(super) damaged: usize,
    /// Whether the last line was cut short.
    pub(super) cut_short: bool,
}

/// A report that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its name, such as `school 0101`.
    pub(super) report: String,
    /// Its path below the folder, without extension, with `/` between folders.
    pub(super) output: String,
    /// A hash of all that it was made of.
    pub(super) from: String,
    /// Whether that includes where its cells stand, because something it has tells of them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) places: bool,
    /// Its files, and hashes of their content.
    pub(super) files: BTreeMap<String, String>,
    /// The pictures that it shows, and hashes of their content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pictures: Vec<(PictureName, String)>,
    /// How many pages it has, if it was set on pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pages: Option<usize>,
    /// What was told when it was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) problems: Vec<Diagnostic>,
}

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// A report that was made.
    Report(Box<Entry>),
    /// A file that is about to be put in its place, or that belongs to no report.
    File { path: String, blake3: String },
    /// A run begins.
    Begun { begun: bool },
    /// A run over a whole project.
    Run(Box<LastRun>),
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Line {
    /// Adds the line to a text.
    pub(super) fn write(&self, text: &mut Vec<u8>) -> io::Result<()> {
        serde_json::to_writer(&mut *text, self)?;
        text.push(b'\n');
        Ok(())
    }
}

impl Manifest {
    /// Reads the manifest of a folder; what cannot be read of it is passed over.
    pub(super) fn read(folder: &Path) -> Self {
        let text = fs::read(folder.join(NAME)).unwrap_or_default();
        let mut manifest = Self { cut_short: text.last().is_some_and(|last| *last != b'\n'), ..Self::default() };
        let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).peekable();
        while let Some(line) = lines.next() {
            match serde_json::from_slice(line) {
                Ok(Line::Report(entry)) => manifest.add_report(*entry),
                Ok(Line::File { path, blake3 }) => manifest.add_file(path, blake3),
                Ok(Line::Begun { begun }) => manifest.is_open = begun,
                Ok(Line::Run(run)) => manifest.last = Some(*run),
                Err(_) if manifest.cut_short && lines.peek().is_none() => {}
                Err(_) => manifest.damaged += 1,
            }
        }
        manifest
    }

    pub(super) fn add_report(&mut self, entry: Entry) {
        self.last = None;
        // Its files are in their places: what stood there before is gone.
        self.files.extend(entry.files.iter().map(|(path, hash)| (path.clone(), vec![hash.clone()])));
        self.reports.insert(entry.output.clone(), entry);
    }

    pub(super) fn add_file(&mut self, path: String, hash: String) {
        let known = self.files.entry(path).or_default();
        if !known.contains(&hash) {
            known.push(hash);
        }
    }

    /// Takes a report out, and its files.
    pub(super) fn remove(&mut self, output: &str) {
        self.last = None;
        for path in self.reports.remove(output).into_iter().flat_map(|entry| entry.files.into_keys()) {
            self.files.remove(&path);
        }
    }

    /// Whether huibao put a file of this content there.
    pub(super) fn knows(&self, path: &str, hash: &str) -> bool {
        self.files.get(path).is_some_and(|known| known.iter().any(|known| known == hash))
    }

    /// The manifest of a folder in which nothing is under way: the same for the same reports.
    pub(super) fn to_text(&self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let mut of_reports: BTreeMap<&str, &str> = BTreeMap::new();
        for entry in self.reports.values() {
            of_reports.extend(entry.files.iter().map(|(path, hash)| (path.as_str(), hash.as_str())));
            Line::Report(Box::new(entry.clone())).write(&mut text)?;
        }
        for (path, hashes) in &self.files {
            for hash in hashes.iter().filter(|hash| of_reports.get(path.as_str()) != Some(&hash.as_str())) {
                Line::File { path: path.clone(), blake3: hash.clone() }.write(&mut text)?;
            }
        }
        if let Some(run) = &self.last {
            Line::Run(Box::new(run.clone())).write(&mut text)?;
        }
        Ok(text)
    }
}

/// The files that huibao has made in a folder, relative to it.
pub(super) fn made_in(folder: &Path) -> impl Iterator<Item = String> {
    Manifest::read(folder).files.into_keys()
}
