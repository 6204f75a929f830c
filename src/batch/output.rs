//! Where a report's files go: files written whole or not at all, and nothing replaced that huibao did not make.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempPath;

use super::fingerprint::of_content;
use super::lock::{Lock, Refused};
use super::manifest::{self, Entry, Line, Manifest};
use super::problem;
use super::writing::{all_to_disk, folder_to_disk, parent, sweep, write_beside, write_whole};
use crate::diagnostic::{Diagnostic, Place};

/// The output folder of a run, and what former runs made in it.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    shown_as: String,
    /// Replace files that former runs did not make.
    replace_all: bool,
    state: Mutex<State>,
    damaged: usize,
    /// Whether the last run came to no end.
    cut_off: bool,
    _lock: Lock,
}

#[derive(Debug)]
struct State {
    /// The manifest's file, to add lines to; opened when there is something to be said.
    file: Option<File>,
    /// Whether its last line may be cut short.
    broken: bool,
    manifest: Manifest,
    /// The folders that files were put into.
    folders: BTreeSet<PathBuf>,
}

/// A file that is written and not in its place yet.
#[derive(Debug)]
pub(super) struct Staged {
    /// Its path below the folder.
    pub(super) path: String,
    /// The hash of its content.
    pub(super) hash: String,
    /// Where it is; nothing if an equal one stands in its place.
    temporary: Option<TempPath>,
}

/// A report whose files are written and not in their places yet.
#[derive(Debug)]
pub(super) struct Ready {
    /// Which it is.
    pub(super) job: usize,
    /// What the manifest will say of it.
    pub(super) entry: Entry,
    /// Its files.
    pub(super) files: Vec<Staged>,
}

impl State {
    /// Adds lines to the manifest's file, after one that says that a run is under way.
    fn append(&mut self, root: &Path, lines: &[u8]) -> io::Result<&File> {
        let mut text = if self.broken { vec![b'\n'] } else { Vec::new() };
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                Line::Begun { begun: true }.write(&mut text)?;
                OpenOptions::new().create(true).append(true).open(root.join(manifest::NAME))?
            }
        };
        let file = self.file.insert(file);
        text.extend_from_slice(lines);
        self.broken = true;
        file.write_all(&text)?;
        self.broken = false;
        Ok(file)
    }
}

impl OutputFolder {
    /// Opens the folder for one run, making it if need be, and reads what former runs made.
    ///
    /// # Errors
    /// The folder cannot be made or written to, or another run is writing into it.
    pub fn open(root: &Path, shown_as: &str, replace_all: bool) -> Result<Self, Diagnostic> {
        Self::open_as(root, shown_as, replace_all, false)
    }

    fn open_as(root: &Path, shown_as: &str, replace_all: bool, wait: bool) -> Result<Self, Diagnostic> {
        let refuse = |error: &io::Error| problem::output_not_writable(shown_as, error);
        fs::create_dir_all(root).map_err(|error| refuse(&error))?;
        let lock = Lock::take(root, wait).map_err(|why| match why {
            Refused::InUse => problem::in_use(shown_as),
            Refused::System(error) => refuse(&error),
        })?;
        let manifest = Manifest::read(root);
        if manifest.is_open {
            let paths = manifest.files.keys().map(|path| parent(&root.join(path)).to_owned());
            sweep(&paths.chain([root.to_owned()]).collect());
        }
        let (root, shown_as) = (root.to_owned(), shown_as.to_owned());
        let (damaged, cut_off) = (manifest.damaged, manifest.is_open);
        let state = Mutex::new(State { file: None, broken: manifest.cut_short, manifest, folders: BTreeSet::new() });
        Ok(Self { root, shown_as, replace_all, state, damaged, cut_off, _lock: lock })
    }

    /// What is to be said of the folder itself.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let damaged = self.damaged;
        (damaged > 0).then(|| problem::manifest_damaged(&self.shown(manifest::NAME), damaged)).into_iter().collect()
    }

    /// Takes away what a run that was cut off has left in the folders of these files.
    pub(super) fn sweep<'f>(&self, files: impl Iterator<Item = &'f Path>) {
        if self.cut_off {
            sweep(&files.map(|file| parent(&self.root.join(file)).to_owned()).collect());
        }
    }

    /// The path of a file in it, as messages show it.
    pub fn shown(&self, relative: &str) -> String {
        format!("{}/{relative}", self.shown_as)
    }

    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// What the manifest says.
    pub(super) fn manifest<T>(&self, ask: impl FnOnce(&mut Manifest) -> T) -> T {
        ask(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).manifest)
    }

    /// Puts a file in its place, whole or not at all. An equal file is left as it is; a different one is replaced only
    /// if a former run made it and nobody has changed it since.
    ///
    /// # Errors
    /// The file is not ours to replace, or the system refuses.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let refuse = |error: &io::Error| problem::cannot_write(&self.shown(relative), error);
        let Staged { path, hash, temporary } = self.stage(relative, bytes)?;
        self.announce([(path.as_str(), hash.as_str())]).map_err(|error| refuse(&error))?;
        let Some(temporary) = temporary else { return Ok(()) };
        all_to_disk(&[&temporary]).into_iter().try_for_each(|(_, done)| done).map_err(|error| refuse(&error))?;
        self.put(temporary, relative).map_err(|error| refuse(&error))
    }

    /// Writes a file beside its place.
    pub(super) fn stage(&self, relative: &str, bytes: &[u8]) -> Result<Staged, Diagnostic> {
        let target = self.root.join(relative);
        let refuse = |error: &io::Error| problem::cannot_write(&self.shown(relative), error);
        let (path, hash) = (relative.to_owned(), of_content(bytes));
        match fs::read(&target) {
            Ok(existing) if existing == bytes => return Ok(Staged { path, hash, temporary: None }),
            Ok(existing) => {
                let is_ours = || self.manifest(|manifest| manifest.knows(relative, &of_content(&existing)));
                if !self.replace_all && !is_ours() {
                    return Err(problem::not_ours(&self.shown(relative)));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refuse(&error)),
        }
        self.begin().map_err(|error| refuse(&error))?;
        let temporary = write_beside(&target, bytes).map_err(|error| refuse(&error))?;
        Ok(Staged { path, hash, temporary: Some(temporary) })
    }

    /// Says in the manifest that a run is under way: if it is broken off, the next one sweeps up what it leaves.
    fn begin(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.file.is_none() { state.append(&self.root, &[]).map(drop) } else { Ok(()) }
    }

    /// Puts the files of reports in their places; gives the reports of which one could not be put there, and why.
    ///
    /// The manifest speaks first: whenever the program dies or the power goes, a file that stands is whole and one that
    /// the manifest knows. For the disk's sake this is done for many reports at a time.
    pub(super) fn commit(&self, reports: Vec<Ready>) -> Vec<(usize, Diagnostic)> {
        let files = || reports.iter().flat_map(|report| &report.files);
        let announced = self.announce(files().map(|file| (file.path.as_str(), file.hash.as_str())));
        if let Err(error) = announced {
            let refuse = |ready: Ready| (ready.job, problem::output_not_writable(&self.shown_as, &error));
            return reports.into_iter().map(refuse).collect();
        }
        let temporary: Vec<_> = files().filter_map(|file| file.temporary.as_ref()).collect();
        let unsynced: Vec<(PathBuf, io::Error)> = all_to_disk(&temporary)
            .into_iter()
            .filter_map(|(path, done)| Some((path.to_path_buf(), done.err()?)))
            .collect();
        let (mut failed, mut lines) = (Vec::new(), Vec::new());
        for Ready { job, entry, files } in reports {
            let put = files.into_iter().try_for_each(|Staged { path, temporary, .. }| {
                let Some(temporary) = temporary else { return Ok(()) };
                let broken = unsynced.iter().find(|(of, _)| **of == *temporary);
                let done = match broken {
                    Some((_, error)) => Err(io::Error::new(error.kind(), error.to_string())),
                    None => self.put(temporary, &path),
                };
                done.map_err(|error| problem::cannot_write(&self.shown(&path), &error))
            });
            match put {
                Ok(()) => {
                    let _ = Line::Report(Box::new(entry.clone())).write(&mut lines);
                    self.manifest(|manifest| manifest.add_report(entry));
                }
                Err(problem) => failed.push((job, problem)),
            }
        }
        // Lines that are lost here are reports that the next run looks at again.
        let _ = self.state.lock().unwrap_or_else(PoisonError::into_inner).append(&self.root, &lines).map(drop);
        failed
    }

    /// Says in the manifest which files are about to be put in their places, and brings that to the disk.
    fn announce<'a>(&self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines = Vec::new();
        for (path, hash) in files {
            if !state.manifest.knows(path, hash) {
                Line::File { path: path.to_owned(), blake3: hash.to_owned() }.write(&mut lines)?;
                state.manifest.add_file(path.to_owned(), hash.to_owned());
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        state.append(&self.root, &lines)?.sync_data()
    }

    fn put(&self, temporary: TempPath, relative: &str) -> io::Result<()> {
        let target = self.root.join(relative);
        temporary.persist(&target).map_err(|error| error.error)?;
        self.state.lock().unwrap_or_else(PoisonError::into_inner).folders.insert(parent(&target).to_owned());
        Ok(())
    }

    /// Ends the run: the manifest is written anew, sorted, so that equal runs leave equal folders.
    ///
    /// # Errors
    /// The system refuses.
    pub fn finish(self) -> Result<(), Diagnostic> {
        let State { manifest, folders, file, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(file);
        folders.iter().for_each(|folder| folder_to_disk(folder));
        let path = self.root.join(manifest::NAME);
        let written = manifest.to_text().and_then(|text| match fs::read(&path) {
            Ok(before) if before == text => Ok(()),
            _ => write_whole(&path, &text),
        });
        written.map_err(|error| problem::output_not_writable(&self.shown_as, &error))
    }
}

/// Writes a file that belongs to no run, as [`OutputFolder::write`] does; its folder keeps a manifest of it.
///
/// # Errors
/// The file is not ours to replace, or the system refuses.
pub fn write_one(target: &Path, bytes: &[u8], replace: bool) -> Result<(), Diagnostic> {
    let shown = target.display().to_string();
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name.filter(|_| !target.is_dir()) else {
        return Err(problem::cannot_write(&shown, &io::ErrorKind::IsADirectory.into()));
    };
    let folder = parent(target);
    let open = || {
        let folder = OutputFolder::open_as(folder, &folder.display().to_string(), replace, true)?;
        folder.write(&name, bytes)?;
        folder.finish()
    };
    open().map_err(|problem| Diagnostic { place: Place::File { file: shown }, ..problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_somebody_changed_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let open = |force| OutputFolder::open(folder.path(), "out", force).unwrap();
        open(false).write("a/b.docx", b"one").unwrap();
        open(false).write("a/b.docx", b"two").unwrap();
        fs::write(folder.path().join("a/b.docx"), b"edited by hand").unwrap();
        let problem = open(false).write("a/b.docx", b"three").unwrap_err();
        assert_eq!(problem.code, "batch.not-ours");
        assert_eq!(fs::read(folder.path().join("a/b.docx")).unwrap(), b"edited by hand");
        open(true).write("a/b.docx", b"three").unwrap();
        assert_eq!(fs::read(folder.path().join("a/b.docx")).unwrap(), b"three");
    }

    #[test]
    fn a_strangers_file_is_left_and_an_equal_one_is_taken_as_made() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.pdf"), b"mine").unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        assert!(output.write("mine.pdf", b"theirs").is_err());
        assert!(output.write("mine.pdf", b"mine").is_ok());
        assert!(output.write("mine.pdf", b"theirs").is_ok());
    }

    #[test]
    fn a_manifest_cut_short_is_still_read() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        output.write("a.pdf", b"one").unwrap();
        drop(output);
        let path = folder.path().join(manifest::NAME);
        let mut text = fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"path\":\"b.p");
        fs::write(&path, text).unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        assert!(output.problems().is_empty());
        output.write("a.pdf", b"two").unwrap();
        output.finish().unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        output.write("a.pdf", b"three").unwrap();
    }

    #[test]
    fn a_file_announced_and_not_put_in_its_place_leaves_the_old_one_ours() {
        let folder = tempfile::tempdir().unwrap();
        let open = || OutputFolder::open(folder.path(), "out", false).unwrap();
        open().write("a.pdf", b"one").unwrap();
        open().announce([("a.pdf", of_content(b"two").as_str())]).unwrap();
        open().write("a.pdf", b"three").unwrap();
        assert_eq!(fs::read(folder.path().join("a.pdf")).unwrap(), b"three");
    }

    #[test]
    fn one_run_at_a_time_and_nothing_left_of_one_that_died() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        assert_eq!(OutputFolder::open(folder.path(), "out", false).unwrap_err().code, "batch.in-use");
        output.write("a/b.pdf", b"one").unwrap();
        let left = write_beside(&folder.path().join("a/b.pdf"), b"half").unwrap().keep().unwrap();
        drop(output);
        OutputFolder::open(folder.path(), "out", false).unwrap().finish().unwrap();
        assert!(!left.exists() && folder.path().join("a/b.pdf").exists());
    }
}
