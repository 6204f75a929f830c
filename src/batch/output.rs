//! Where a report's files go: files written whole or not at all, and nothing replaced that huibao did not make.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::destination::{Destination, Staged};
use super::lock::{Lock, Refused};
use super::manifest::{self, Entry, Line, Manifest};
use super::problem;
use super::writing::{folder_to_disk, parent, sweep, write_beside, write_whole};
use crate::diagnostic::{Diagnostic, Place};
use crate::pieces::Pieces;

/// How often the manifest is put elsewhere while a run is under way.
const NOTED_EVERY: Duration = Duration::from_secs(30);

/// The output folder of a run, and what former runs made in it.
#[derive(Debug)]
pub struct OutputFolder {
    to: Destination,
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
    /// When the manifest was last put elsewhere, or this run began.
    noted: Instant,
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
    pub fn open(to: Destination, replace_all: bool) -> Result<Self, Diagnostic> {
        Self::open_as(to, replace_all, false)
    }

    fn open_as(to: Destination, replace_all: bool, wait: bool) -> Result<Self, Diagnostic> {
        let (root, shown_as) = (to.folder.as_path(), to.shown_as.as_str());
        let refuse = |error: &io::Error| problem::output_not_writable(shown_as, error);
        fs::create_dir_all(root).map_err(|error| refuse(&error))?;
        let lock = Lock::take(root, wait).map_err(|why| match why {
            Refused::InUse => problem::in_use(shown_as),
            Refused::System(error) => refuse(&error),
        })?;
        let manifest = Manifest::read(root)
            .map_err(|_| problem::manifest_too_large(&to.shown(manifest::NAME), manifest::LARGEST))?;
        if manifest.is_open {
            let paths = manifest.files.keys().map(|path| parent(&root.join(path)).to_owned());
            sweep(&paths.chain([root.to_owned()]).collect());
        }
        let (damaged, cut_off) = (manifest.damaged, manifest.is_open);
        let state = Mutex::new(State {
            file: None,
            broken: manifest.cut_short,
            manifest,
            folders: BTreeSet::new(),
            noted: Instant::now(),
        });
        Ok(Self { to, replace_all, state, damaged, cut_off, _lock: lock })
    }

    /// What is to be said of the folder itself.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let damaged = self.damaged;
        (damaged > 0).then(|| problem::manifest_damaged(&self.to.shown(manifest::NAME), damaged)).into_iter().collect()
    }

    /// Takes away what a run that was cut off has left in the folders of these files.
    pub(super) fn sweep<'f>(&self, files: impl Iterator<Item = &'f Path>) {
        if self.cut_off {
            sweep(&files.map(|file| parent(&self.to.folder.join(file)).to_owned()).collect());
        }
    }

    /// Where it is.
    pub(super) fn to(&self) -> &Destination {
        &self.to
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
    pub fn write(&self, relative: &str, file: &Pieces) -> Result<(), Diagnostic> {
        let refuse = |error: &io::Error| problem::cannot_write(&self.to.shown(relative), error);
        let staged = self.stage(relative, file)?;
        self.announce([(staged.path.as_str(), staged.hash.as_str())]).map_err(|error| refuse(&error))?;
        self.put(vec![staged]).into_iter().collect()
    }

    /// Writes a file beside its place.
    pub(super) fn stage(&self, relative: &str, file: &Pieces) -> Result<Staged, Diagnostic> {
        let refuse = |error: &io::Error| problem::cannot_write(&self.to.shown(relative), error);
        let (path, hash) = (relative.to_owned(), file.hash().to_hex().to_string());
        if let Some(found) = self.to.found(relative).map_err(|error| refuse(&error))? {
            if found.hash == hash {
                return Ok(Staged { path, hash, temporary: None });
            }
            let is_ours = || found.ours || self.manifest(|manifest| manifest.knows(relative, &found.hash));
            if !self.replace_all && !is_ours() {
                return Err(problem::not_ours(&self.to.shown(relative)));
            }
        }
        self.begin().map_err(|error| refuse(&error))?;
        let temporary = write_beside(&self.to.folder.join(relative), file).map_err(|error| refuse(&error))?;
        Ok(Staged { path, hash, temporary: Some(temporary) })
    }

    /// Says in the manifest that a run is under way: if it is broken off, the next one sweeps up what it leaves.
    fn begin(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.file.is_none() { state.append(&self.to.folder, &[]).map(drop) } else { Ok(()) }
    }

    /// Puts the files of reports in their places; gives the reports of which one could not be put there, and why.
    ///
    /// The manifest speaks first: whenever the program dies or the power goes, a file that stands is whole and one that
    /// the manifest knows. For the disk's sake this is done for many reports at a time.
    pub(super) fn commit(&self, reports: Vec<Ready>) -> Vec<(usize, Diagnostic)> {
        let files = || reports.iter().flat_map(|report| &report.files);
        let announced = self.announce(files().map(|file| (file.path.as_str(), file.hash.as_str())));
        if let Err(error) = announced {
            let refuse = |ready: Ready| (ready.job, problem::output_not_writable(&self.to.shown_as, &error));
            return reports.into_iter().map(refuse).collect();
        }
        let (mut entries, mut all) = (Vec::new(), Vec::new());
        for Ready { job, entry, files } in reports {
            entries.push((job, entry, files.len()));
            all.extend(files);
        }
        let mut put = self.put(all).into_iter();
        let (mut failed, mut lines) = (Vec::new(), Vec::new());
        for (job, entry, files) in entries {
            let put: Vec<_> = put.by_ref().take(files).collect();
            match put.into_iter().find_map(Result::err) {
                None => {
                    let _ = Line::Report(Box::new(entry.clone())).write(&mut lines);
                    self.manifest(|manifest| manifest.add_report(entry));
                }
                Some(problem) => failed.push((job, problem)),
            }
        }
        // Lines that are lost here are reports that the next run looks at again.
        let _ = self.state.lock().unwrap_or_else(PoisonError::into_inner).append(&self.to.folder, &lines).map(drop);
        self.note_elsewhere();
        failed
    }

    /// Puts the manifest beside the files elsewhere, now and then: it cannot be added to there.
    fn note_elsewhere(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(elsewhere) = self.to.elsewhere.as_ref().filter(|_| state.noted.elapsed() > NOTED_EVERY) else {
            return;
        };
        // One that is not put there is put at the end, and costs time only if there is none.
        let _ = state.manifest.to_text().and_then(|mut text| {
            Line::Begun { begun: true }.write(&mut text)?;
            elsewhere.put_manifest(&text)
        });
        state.noted = Instant::now();
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
        state.append(&self.to.folder, &lines)?.sync_data()
    }

    /// Puts files in their places, and says what became of each.
    fn put(&self, files: Vec<Staged>) -> Vec<Result<(), Diagnostic>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let written = files.iter().filter(|file| file.temporary.is_some());
        state.folders.extend(written.map(|file| parent(&self.to.folder.join(&file.path)).to_owned()));
        drop(state);
        let shown: Vec<String> = files.iter().map(|file| self.to.shown(&file.path)).collect();
        let put = self.to.put(files, self.replace_all).into_iter().zip(shown);
        let refuse = |shown: &str, error: &io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => problem::not_ours(shown),
            _ => problem::cannot_write(shown, error),
        };
        put.map(|(put, shown)| put.map_err(|error| refuse(&shown, &error))).collect()
    }

    /// Ends the run: the manifest is written anew, sorted, so that equal runs leave equal folders.
    ///
    /// # Errors
    /// The system refuses.
    pub fn finish(self) -> Result<(), Diagnostic> {
        let State { manifest, folders, file, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        drop(file);
        folders.iter().for_each(|folder| folder_to_disk(folder));
        let path = self.to.folder.join(manifest::NAME);
        let written = manifest.to_text().and_then(|text| match (fs::read(&path), &self.to.elsewhere) {
            (_, Some(elsewhere)) => elsewhere.put_manifest(&text),
            (Ok(before), None) if before == text => Ok(()),
            (_, None) => write_whole(&path, &text.into()),
        });
        written.map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy => problem::written_meanwhile(&self.to.shown_as),
            _ => problem::output_not_writable(&self.to.shown_as, &error),
        })
    }
}

/// Writes a file that belongs to no run, as [`OutputFolder::write`] does; its folder keeps a manifest of it.
///
/// # Errors
/// The file is not ours to replace, or the system refuses.
pub fn write_one(target: &Path, file: &Pieces, replace: bool) -> Result<(), Diagnostic> {
    let shown = target.display().to_string();
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name.filter(|_| !target.is_dir()) else {
        return Err(problem::cannot_write(&shown, &io::ErrorKind::IsADirectory.into()));
    };
    let open = || {
        let folder = OutputFolder::open_as(Destination::folder(parent(target)), replace, true)?;
        folder.write(&name, file)?;
        folder.finish()
    };
    open().map_err(|problem| Diagnostic { place: Place::File { file: shown }, ..problem })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fingerprint::of_content;

    fn file(text: &str) -> Pieces {
        text.as_bytes().to_vec().into()
    }

    #[test]
    fn a_file_that_somebody_changed_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let open = |force| OutputFolder::open(Destination::folder(folder.path()), force).unwrap();
        open(false).write("a/b.docx", &file("one")).unwrap();
        open(false).write("a/b.docx", &file("two")).unwrap();
        fs::write(folder.path().join("a/b.docx"), b"edited by hand").unwrap();
        let problem = open(false).write("a/b.docx", &file("three")).unwrap_err();
        assert_eq!(problem.code, "batch.not-ours");
        assert_eq!(fs::read(folder.path().join("a/b.docx")).unwrap(), b"edited by hand");
        open(true).write("a/b.docx", &file("three")).unwrap();
        assert_eq!(fs::read(folder.path().join("a/b.docx")).unwrap(), b"three");
    }

    #[test]
    fn a_strangers_file_is_left_and_an_equal_one_is_taken_as_made() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.pdf"), b"mine").unwrap();
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        assert!(output.write("mine.pdf", &file("theirs")).is_err());
        assert!(output.write("mine.pdf", &file("mine")).is_ok());
        assert!(output.write("mine.pdf", &file("theirs")).is_ok());
    }

    #[test]
    fn a_manifest_cut_short_is_still_read() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        output.write("a.pdf", &file("one")).unwrap();
        drop(output);
        let path = folder.path().join(manifest::NAME);
        let mut text = fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"path\":\"b.p");
        fs::write(&path, text).unwrap();
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        assert!(output.problems().is_empty());
        output.write("a.pdf", &file("two")).unwrap();
        output.finish().unwrap();
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        output.write("a.pdf", &file("three")).unwrap();
    }

    #[test]
    fn a_file_announced_and_not_put_in_its_place_leaves_the_old_one_ours() {
        let folder = tempfile::tempdir().unwrap();
        let open = || OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        open().write("a.pdf", &file("one")).unwrap();
        open().announce([("a.pdf", of_content(b"two").as_str())]).unwrap();
        open().write("a.pdf", &file("three")).unwrap();
        assert_eq!(fs::read(folder.path().join("a.pdf")).unwrap(), b"three");
    }

    #[test]
    fn one_run_at_a_time_and_nothing_left_of_one_that_died() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        assert_eq!(OutputFolder::open(Destination::folder(folder.path()), false).unwrap_err().code, "batch.in-use");
        output.write("a/b.pdf", &file("one")).unwrap();
        let left = write_beside(&folder.path().join("a/b.pdf"), &file("half")).unwrap().keep().unwrap();
        drop(output);
        OutputFolder::open(Destination::folder(folder.path()), false).unwrap().finish().unwrap();
        assert!(!left.exists() && folder.path().join("a/b.pdf").exists());
    }
}
