//! `huibao init`: a new project, from the shipped example or drafted from workbooks.

mod drafted;
mod example;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::End;
use super::console::Console;
use super::inputs;
use super::problem;
use crate::diagnostic::Diagnostic;

/// `huibao init DIR` makes the example in a new folder; `huibao init FILES…` drafts a project from workbooks and from
/// folders that have workbooks in them.
pub(super) fn run(paths: &[PathBuf], to: Option<&Path>, console: &Console) -> End {
    match (paths, to) {
        ([folder], None) if !holds_data(folder) => example::run(folder, console),
        _ => drafted::run(paths, to, console),
    }
}

/// Whether a path is a workbook, or a folder with one in it: what a new project's folder cannot be.
fn holds_data(path: &Path) -> bool {
    path.is_file() || inputs::is_workbook(path) || path.is_dir() && !inputs::files(&[path.to_owned()]).0.is_empty()
}

/// Refuses a folder that has something in it.
fn must_be_new(folder: &Path) -> Result<(), Diagnostic> {
    match folder.read_dir().map(|mut entries| entries.next().is_some()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(problem::folder_not_empty(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(problem::cannot_read(folder, &error)),
    }
}

/// Makes a folder whole or not at all: beside its place first, then renamed into it.
fn make(folder: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let made = tempfile::Builder::new().prefix(".huibao-").tempdir_in(parent)?;
    let project = made.path().join("project");
    fs::create_dir(&project)?;
    fill(&project)?;
    if folder.is_dir() {
        fs::remove_dir(folder)?; // empty, or the system refuses
    }
    fs::rename(&project, folder)
}

/// Writes a file of a new project.
fn write(project: &Path, relative: &str, bytes: &[u8]) -> io::Result<()> {
    let target = project.join(relative);
    fs::create_dir_all(target.parent().unwrap_or(project))?;
    fs::write(target, bytes)
}
