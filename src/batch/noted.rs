//! A project's folder that notes what is read from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::fingerprint::{Fingerprint, of_content};
use super::folder::ProjectFolder;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Image;
use crate::picture::Print;
use crate::template::{Documents, PictureSource, Pictures, Reads};

/// Reads pictures on behalf of one report, and notes them with hashes of their content.
#[derive(Debug)]
pub(super) struct Noted<'a> {
    folder: &'a ProjectFolder,
    seen: Mutex<BTreeMap<PictureName, String>>,
}

/// A picture that a report shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct PictureName {
    /// Its file, or its part of the workbook.
    picture: String,
    /// The workbook that names it or has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    workbook: Option<String>,
    /// Whether it lies in that workbook.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    within: bool,
}

/// What pictures hold, each looked at once in a run.
#[derive(Debug, Default)]
pub(super) struct PictureHashes(Mutex<BTreeMap<PictureName, Option<String>>>);

impl PictureHashes {
    /// The hash of what a picture holds now.
    pub(super) fn hash(&self, folder: &ProjectFolder, name: &PictureName) -> Option<String> {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return known.clone();
        }
        let workbook = name.workbook.as_ref().map(|workbook| folder.shown(workbook));
        let bytes = match (workbook.as_deref(), name.within) {
            (Some(workbook), true) => folder.picture_bytes(PictureSource::Part { workbook, part: &name.picture }),
            (workbook, _) => folder.picture_bytes(PictureSource::File { path: &name.picture, workbook }),
        };
        let hash = bytes.map(|bytes| of_content(&bytes));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), hash.clone());
        hash
    }
}

impl<'a> Noted<'a> {
    pub(super) fn new(folder: &'a ProjectFolder) -> Self {
        Self { folder, seen: Mutex::default() }
    }

    /// What was read: the pictures with their hashes.
    pub(super) fn into_pictures(self) -> Vec<(PictureName, String)> {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
    }

    fn name(&self, source: PictureSource<'_>) -> PictureName {
        let (picture, workbook, within) = match source {
            PictureSource::File { path, workbook } => (path, workbook, false),
            PictureSource::Part { workbook, part } => (part, Some(workbook), true),
        };
        let workbook = workbook.map(|workbook| self.folder.within(workbook).to_owned());
        PictureName { picture: picture.to_owned(), workbook, within }
    }
}

impl Pictures for Noted<'_> {
    fn picture(&self, source: PictureSource<'_>, print: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        let name = self.name(source);
        let ready = self.folder.ready_picture(source, print, named_at)?;
        let hash = ready.file.to_hex().to_string();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // One that was read twice and changed in between is another one for the next run.
        let known = seen.entry(name).or_insert_with(|| hash.clone());
        if *known != hash {
            known.clear();
        }
        Ok(Arc::clone(&ready.image))
    }
}

/// What the reports of a kind are made of besides data.
#[derive(Debug)]
pub(super) struct MadeFrom {
    read: Arc<NotedDocuments>,
    /// What of the data its template reads.
    pub(super) reads: Reads,
}

impl MadeFrom {
    pub(super) fn new(read: Arc<NotedDocuments>, reads: Reads) -> Self {
        Self { read, reads }
    }

    /// A hash of all that has been read: template, style, documents that are put in.
    pub(super) fn files(&self) -> blake3::Hash {
        self.read.fingerprint()
    }
}

/// Reads documents on behalf of a template, and notes them with hashes of their content.
#[derive(Debug)]
pub(super) struct NotedDocuments {
    folder: ProjectFolder,
    files: Mutex<BTreeMap<String, String>>,
}

impl NotedDocuments {
    pub(super) fn new(folder: ProjectFolder) -> Self {
        Self { folder, files: Mutex::default() }
    }

    /// The folder that is read from.
    pub(super) fn folder(&self) -> &ProjectFolder {
        &self.folder
    }

    /// Notes a file that was read otherwise.
    pub(super) fn note(&self, name: &str, bytes: &[u8]) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), of_content(bytes));
    }

    /// Notes all documents that a template may put in: those in its folder and below.
    pub(super) fn note_folder_of(&self, template: &str) {
        let mut folders = vec![self.folder.path(template).parent().map(Path::to_owned).unwrap_or_default()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().to_lowercase());
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(path),
                    Ok(_) if [".docx", ".md"].iter().any(|ending| name.ends_with(ending)) => {
                        let shown = path.display().to_string();
                        self.note(self.folder.within(&shown), &fs::read(&path).unwrap_or_default());
                    }
                    _ => {}
                }
            }
        }
    }

    /// A hash of all that has been read so far.
    pub(super) fn fingerprint(&self) -> blake3::Hash {
        let mut all = Fingerprint::default();
        for (file, hash) in &*self.files.lock().unwrap_or_else(PoisonError::into_inner) {
            all.add(file).add(hash);
        }
        all.hash()
    }
}

impl Documents for NotedDocuments {
    fn document(&self, beside: &str, path: &str, named_at: &Place) -> Result<(String, Vec<u8>), Diagnostic> {
        let (name, bytes) = Documents::document(&self.folder, beside, path, named_at)?;
        self.folder.inputs.note_file(self.folder.within(&name), &bytes);
        // A project is the same wherever its folder is.
        self.note(&format!("{path} beside {}", self.folder.within(beside)), &bytes);
        Ok((name, bytes))
    }
}
