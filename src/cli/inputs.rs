//! The workbooks that a user names on the command line: files, and folders with all that is in them.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::problem;
use crate::diagnostic::Diagnostic;
use crate::workbook::{self, Limits, Workbook};

/// The endings of the files that are read in a folder. A file that is named itself is read whatever its name.
const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "et", "csv", "tsv"];
/// Folders within folders.
const DEEPEST: usize = 16;

/// A workbook that was named, or lies in a folder that was named.
#[derive(Debug)]
pub(super) struct Input {
    /// Where it is.
    pub(super) path: PathBuf,
    /// What it holds, or why it cannot be read.
    pub(super) workbook: Result<Workbook, Diagnostic>,
}

/// Whether a name is one of a workbook.
pub(super) fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether a file is one that Excel and WPS keep beside a workbook while it is open.
fn is_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"))
}

/// The files that paths name, folders gone through, each once, in the order named and by name within a folder; and what
/// is to be said of it.
pub(super) fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, 0, &mut found, &mut problems);
            if found.len() == before {
                problems.push(problem::no_workbook_in_folder(path));
            }
        } else if is_lock(path) {
            problems.push(problem::lock_file(path));
        } else {
            found.push(path.clone());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    (found, problems)
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>, problems: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(problem::cannot_read(folder, &error));
            return;
        }
    };
    let mut entries: Vec<_> = entries.flatten().map(|entry| (entry.path(), entry.file_type())).collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        // Links to folders may lead in circles.
        let is_folder = kind.is_ok_and(|kind| kind.is_dir());
        if is_folder && depth < DEEPEST {
            walk(&path, depth + 1, found, problems);
        } else if path.is_file() && is_workbook(&path) {
            match is_lock(&path) {
                true => problems.push(problem::lock_file(&path)),
                false => found.push(path),
            }
        }
    }
}

/// Reads workbooks, several at a time, and does with each what is to be done; the results in the order of the files.
pub(super) fn read<T: Send>(files: Vec<PathBuf>, then: impl Fn(Input) -> T + Sync) -> Vec<T> {
    let read = |path: PathBuf| {
        let workbook = read_one(&path);
        then(Input { path, workbook })
    };
    files.into_par_iter().map(read).collect()
}

fn read_one(path: &Path) -> Result<Workbook, Diagnostic> {
    let shown = path.display().to_string();
    let cannot_read = |error| problem::cannot_read(path, &error);
    let size = fs::metadata(path).map_err(cannot_read)?.len();
    workbook::check_size(&shown, size, &Limits::default())?;
    workbook::read(&shown, &fs::read(path).map_err(cannot_read)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_not_read_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
        let read = read(vec![path], |input| input.workbook.map(|_| ()).unwrap_err().code);
        assert_eq!(read, ["workbook.too-large"]);
    }

    #[test]
    fn folders_are_gone_through_and_each_file_comes_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.xlsx", "a/c.XLS", "a/notes.txt", "~$b.xlsx", ".hidden/d.xlsx"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let named = ["b.xlsx", "~$b.xlsx"].map(|name| folder.path().join(name));
        let (files, problems) = files(&[named.as_slice(), &[folder.path().to_owned()]].concat());
        let names: Vec<_> = files.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("b.xlsx"), Path::new("a/c.XLS")]);
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["cli.lock-file"; 2]);
    }

    #[test]
    fn a_folder_without_workbooks_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (files, problems) = files(&[folder.path().to_owned()]);
        assert!(files.is_empty());
        assert_eq!(problems[0].code, "cli.no-workbook-in-folder");
    }
}
