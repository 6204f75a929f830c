//! The manifest of an output folder: which files huibao made in it, and of what. One file, a line for each report.
//!
//! While a run is under way lines are added at the end; later ones win. When it is over the manifest is written anew.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::last_run::LastRun;
use super::noted::PictureName;
use crate::diagnostic::Diagnostic;

/// The manifest's name within the folder.
pub const NAME: &str = ".huibao.jsonl";
/// The largest manifest that is read: about a million reports.
pub const LARGEST: u64 = 512 << 20;

/// A manifest that is larger than any should be.
#[derive(Debug)]
pub(super) struct TooLarge;

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
    ///
    /// # Errors
    /// It is too large.
    pub(super) fn read(folder: &Path) -> Result<Self, TooLarge> {
        Ok(Self::of(&text_of(&folder.join(NAME), LARGEST)?.unwrap_or_default()))
    }

    fn of(text: &[u8]) -> Self {
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

/// What a file holds; nothing if it cannot be read.
fn text_of(path: &Path, largest: u64) -> Result<Option<Vec<u8>>, TooLarge> {
    // A pipe would be waited for.
    if !path.is_file() {
        return Ok(None);
    }
    if path.metadata().is_ok_and(|file| file.len() > largest) {
        return Err(TooLarge);
    }
    let mut text = Vec::new();
    match File::open(path).and_then(|file| file.take(largest + 1).read_to_end(&mut text)) {
        Ok(length) if length as u64 > largest => Err(TooLarge),
        Ok(_) => Ok(Some(text)),
        Err(_) => Ok(None),
    }
}

/// The files that huibao has made in a folder, relative to it, as far as its manifest tells.
pub(super) fn made_in(folder: &Path) -> impl Iterator<Item = String> {
    Manifest::read(folder).unwrap_or_default().files.into_keys()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Destination, OutputFolder};

    #[test]
    fn a_file_is_read_up_to_a_limit_and_what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(text_of(&path, 5).unwrap().as_deref(), Some(b"12345".as_slice()));
        assert!(text_of(&path, 4).is_err());
        assert!(text_of(folder.path(), 4).unwrap().is_none());
    }

    #[test]
    fn a_manifest_beyond_the_limit_is_told_and_nothing_is_made() {
        let folder = tempfile::tempdir().unwrap();
        // A file with a hole: it takes no room.
        File::create(folder.path().join(NAME)).unwrap().set_len(LARGEST + 1).unwrap();
        assert!(Manifest::read(folder.path()).is_err());
        let refused = OutputFolder::open(Destination::folder(folder.path()), false).unwrap_err();
        assert_eq!(refused.code, "batch.manifest-too-large");
    }
}
