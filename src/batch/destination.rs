//! Where reports go: a folder of this machine, or a place elsewhere that is filled from a working folder.

use std::fmt::Debug;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempPath;

use super::fingerprint::of_content;
use super::names::relative_path;
use super::writing::{all_to_disk, parent};

/// A file that stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The hash of its content.
    pub hash: String,
    /// Whether the place itself says that huibao put it there; else the manifest may.
    pub ours: bool,
}

/// A file that is to be put elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// Its path below the place.
    pub path: &'a str,
    /// The hash of its content.
    pub hash: &'a str,
    /// Where it is now.
    pub file: &'a Path,
    /// Put it there whoever made what stands there.
    pub replace: bool,
}

/// A file that is written and not in its place yet.
#[derive(Debug)]
pub(super) struct Staged {
    /// Its path below the folder.
    pub(super) path: String,
    /// The hash of its content.
    pub(super) hash: String,
    /// Where it is; nothing if an equal one stands in its place.
    pub(super) temporary: Option<TempPath>,
}

/// A place of outputs that is no folder, such as a part of an object store. Files are put there whole or not at all.
pub trait Elsewhere: Debug + Send + Sync {
    /// What stands in a file's place.
    ///
    /// # Errors
    /// The place cannot be reached.
    fn found(&self, path: &str) -> io::Result<Option<Found>>;

    /// What a file holds.
    ///
    /// # Errors
    /// It is not there, or the place cannot be reached.
    fn get(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Puts files in their places, and says what became of each. One whose place has changed since it was looked at
    /// is not put there: `AlreadyExists`.
    fn put(&self, files: &[Sending<'_>]) -> Vec<io::Result<()>>;

    /// Removes a file.
    ///
    /// # Errors
    /// The place cannot be reached.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Puts the manifest in its place, unless it is there.
    ///
    /// # Errors
    /// The place cannot be reached, or somebody else has put one there since it was read (`ResourceBusy`).
    fn put_manifest(&self, text: &[u8]) -> io::Result<()>;
}

/// Where reports go, or come from.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The folder; the working folder, if the reports go elsewhere: it has the manifest.
    pub folder: PathBuf,
    /// How messages name it.
    pub shown_as: String,
    /// Where the reports go, if not into the folder.
    pub elsewhere: Option<Arc<dyn Elsewhere>>,
}

impl Destination {
    /// A folder of this machine.
    pub fn folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), shown_as: folder.display().to_string(), elsewhere: None }
    }

    /// How messages name a file there.
    pub fn shown(&self, relative: &str) -> String {
        format!("{}/{relative}", self.shown_as.trim_end_matches('/'))
    }

    /// What stands in a file's place.
    pub(super) fn found(&self, relative: &str) -> io::Result<Option<Found>> {
        match &self.elsewhere {
            Some(elsewhere) => elsewhere.found(relative),
            None => match fs::read(self.folder.join(relative)) {
                Ok(bytes) => Ok(Some(Found { hash: of_content(&bytes), ours: false })),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
        }
    }

    /// Whether a file of this content stands there.
    pub(super) fn has(&self, relative: &str, hash: &str) -> bool {
        self.found(relative).is_ok_and(|found| found.is_some_and(|found| found.hash == hash))
    }

    /// Whether there is such a file at all.
    pub(super) fn has_any(&self, relative: &str) -> bool {
        match &self.elsewhere {
            Some(_) => self.found(relative).is_ok_and(|found| found.is_some()),
            None => self.folder.join(relative).is_file(),
        }
    }

    /// What a file holds.
    pub(super) fn get(&self, relative: &Path) -> io::Result<Vec<u8>> {
        match &self.elsewhere {
            Some(elsewhere) => elsewhere.get(&relative.to_string_lossy().replace('\\', "/")),
            None => fs::read(self.folder.join(relative)),
        }
    }

    /// Brings files to the disk and into their places, and says what became of each.
    pub(super) fn put(&self, files: Vec<Staged>, replace: bool) -> Vec<io::Result<()>> {
        let written: Vec<(&Staged, &TempPath)> =
            files.iter().filter_map(|file| Some((file, file.temporary.as_ref()?))).collect();
        let done = match &self.elsewhere {
            Some(elsewhere) => {
                let sending =
                    written.iter().map(|(Staged { path, hash, .. }, file)| Sending { path, hash, file, replace });
                elsewhere.put(&sending.collect::<Vec<_>>())
            }
            None => all_to_disk(&written.iter().map(|(_, file)| *file).collect::<Vec<_>>()),
        };
        let mut done = done.into_iter();
        let put = files.into_iter().map(|Staged { path, temporary, .. }| {
            let Some(temporary) = temporary else { return Ok(()) };
            done.next().unwrap_or_else(|| Err(io::Error::other("the file was forgotten")))?;
            match self.elsewhere {
                Some(_) => Ok(()),
                None => temporary.persist(self.folder.join(path)).map_err(|error| error.error),
            }
        });
        put.collect()
    }

    /// Removes a file that is as huibao made it; whether it is gone.
    pub(super) fn remove(&self, path: &str, hash: &str) -> bool {
        // A manifest that somebody else wrote may name anything.
        let Ok(inside) = relative_path(path) else { return false };
        match (self.found(path), &self.elsewhere) {
            (Ok(None), _) => true,
            (Ok(Some(found)), Some(elsewhere)) => found.hash == hash && elsewhere.remove(path).is_ok(),
            (Ok(Some(found)), None) => found.hash == hash && self.remove_file(&inside),
            (Err(_), _) => false,
        }
    }

    fn remove_file(&self, inside: &Path) -> bool {
        let target = self.folder.join(inside);
        let within = || Some(target.canonicalize().ok()?.starts_with(self.folder.canonicalize().ok()?));
        if within() != Some(true) {
            return false;
        }
        let removed = fs::remove_file(&target).is_ok();
        // A folder that is empty now goes too; one with anything in it stays.
        let emptied = Some(parent(&target)).filter(|parent| *parent != self.folder);
        let _ = emptied.map(fs::remove_dir);
        removed
    }
}
