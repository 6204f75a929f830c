//! Where a report's files go: names that stay inside the output folder, files written whole or not at all, and nothing
//! replaced that huibao did not make.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::problem;
use crate::diagnostic::{Diagnostic, Place};

/// Why a text cannot be the name of a report's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadName {
    /// Nothing, or a folder without a name: `学校//x`.
    Empty,
    /// It begins at a root or drive, or climbs with `..`.
    LeavesFolder,
    /// It has a character that Windows or Unix does not take.
    Character(char),
    /// A name that Windows keeps for devices, such as `CON`.
    Reserved(String),
    /// A part longer than file systems take.
    TooLong,
}

/// The longest file name, in UTF-8 bytes, that leaves room for an extension and a temporary suffix.
const LONGEST_PART: usize = 230;

/// A report's path below the output folder, without extension, from the text that its `output` pattern gave.
///
/// # Errors
/// The first reason why it cannot be one on Windows, macOS and Linux alike.
pub fn relative_path(name: &str) -> Result<PathBuf, BadName> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with(['/', '\\']) || drive {
        return Err(BadName::LeavesFolder);
    }
    let mut path = PathBuf::new();
    for part in name.split('/') {
        let part = part.trim();
        if part == ".." || part == "." {
            return Err(BadName::LeavesFolder);
        }
        let part = part.trim_end_matches('.').trim_end();
        if part.is_empty() {
            return Err(BadName::Empty);
        }
        if let Some(bad) = part.chars().find(|c| c.is_control() || r#"\<>:"|?*"#.contains(*c)) {
            return Err(BadName::Character(bad));
        }
        let stem = part.split('.').next().unwrap_or(part).to_ascii_uppercase();
        let numbered = |prefix: &str| {
            stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
        };
        if ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
            return Err(BadName::Reserved(part.to_owned()));
        }
        if part.len() > LONGEST_PART {
            return Err(BadName::TooLong);
        }
        path.push(part);
    }
    Ok(path)
}

/// The output folder of a run, and what former runs made in it.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    shown_as: String,
    /// Replace files that former runs did not make.
    replace_all: bool,
    journal: Mutex<Journal>,
}

#[derive(Debug)]
struct Journal {
    file: File,
    made: BTreeMap<String, String>,
}

/// One line of the journal: a file that is about to be put in its place.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    blake3: String,
}

impl OutputFolder {
    /// The name of the journal within the folder.
    pub const JOURNAL: &'static str = ".huibao.jsonl";

    /// Opens the folder, making it if need be, and reads what former runs made.
    ///
    /// # Errors
    /// The folder cannot be made or written to.
    pub fn open(root: &Path, shown_as: &str, replace_all: bool) -> Result<Self, Diagnostic> {
        let refuse = |error: &io::Error| problem::output_not_writable(shown_as, error);
        fs::create_dir_all(root).map_err(|error| refuse(&error))?;
        let path = root.join(Self::JOURNAL);
        let made = read_journal(&path);
        let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(|error| refuse(&error))?;
        if ends_in_a_broken_line(&path) {
            file.write_all(b"\n").map_err(|error| refuse(&error))?;
        }
        let journal = Mutex::new(Journal { file, made });
        Ok(Self { root: root.to_owned(), shown_as: shown_as.to_owned(), replace_all, journal })
    }

    /// The path of a file in it, as messages show it.
    pub fn shown(&self, relative: &str) -> String {
        format!("{}/{relative}", self.shown_as)
    }

    /// Puts a file in its place, whole or not at all. An equal file is left as it is; a different one is replaced only
    /// if a former run made it and nobody has changed it since.
    ///
    /// # Errors
    /// The file is not ours to replace, or the system refuses.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let target = self.root.join(relative);
        let refuse = |error: &io::Error| problem::cannot_write(&self.shown(relative), error);
        let digest = blake3::hash(bytes).to_hex().to_string();
        match fs::read(&target) {
            Ok(existing) if existing == bytes => return self.note(relative, digest).map_err(|error| refuse(&error)),
            Ok(existing) if !self.replace_all => {
                let existing = blake3::hash(&existing).to_hex().to_string();
                let journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
                if journal.made.get(relative) != Some(&existing) {
                    return Err(problem::not_ours(&self.shown(relative)));
                }
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refuse(&error)),
        }
        // The journal speaks first: whenever the program dies, a file that stands is one the journal knows.
        self.note(relative, digest).map_err(|error| refuse(&error))?;
        write_whole(&target, bytes).map_err(|error| refuse(&error))
    }

    /// Ends the run: the journal is written anew, sorted, so that equal runs leave equal folders.
    ///
    /// # Errors
    /// The system refuses.
    pub fn finish(self) -> Result<(), Diagnostic> {
        let made = self.journal.into_inner().unwrap_or_else(PoisonError::into_inner).made;
        let mut lines = Vec::new();
        let path = self.root.join(Self::JOURNAL);
        let written = made
            .into_iter()
            .try_for_each(|(path, blake3)| {
                serde_json::to_writer(&mut lines, &Entry { path, blake3 })?;
                lines.push(b'\n');
                Ok(())
            })
            .and_then(|()| write_whole(&path, &lines));
        written.map_err(|error: io::Error| problem::output_not_writable(&self.shown_as, &error))
    }

    fn note(&self, relative: &str, digest: String) -> io::Result<()> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        if journal.made.get(relative) == Some(&digest) {
            return Ok(());
        }
        let entry = Entry { path: relative.to_owned(), blake3: digest };
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        journal.file.write_all(&line)?;
        journal.made.insert(entry.path, entry.blake3);
        Ok(())
    }
}

/// The files that huibao has made in a folder, relative to it.
pub(super) fn made_in(folder: &Path) -> impl Iterator<Item = String> {
    read_journal(&folder.join(OutputFolder::JOURNAL)).into_keys()
}

/// Writes a file that belongs to no run, as [`OutputFolder::write`] does; its folder keeps a journal of it.
///
/// # Errors
/// The file is not ours to replace, or the system refuses.
pub fn write_one(target: &Path, bytes: &[u8], replace: bool) -> Result<(), Diagnostic> {
    let shown = target.display().to_string();
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name.filter(|_| !target.is_dir()) else {
        return Err(problem::cannot_write(&shown, &io::ErrorKind::IsADirectory.into()));
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let open = || {
        let folder = OutputFolder::open(folder, &folder.display().to_string(), replace)?;
        folder.write(&name, bytes)?;
        folder.finish()
    };
    open().map_err(|problem| Diagnostic { place: Place::File { file: shown }, ..problem })
}

/// Writes a file whole or not at all: beside its place first, then renamed into it.
///
/// # Errors
/// The system refuses.
pub fn write_whole(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".huibao-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(bytes)?;
    make_readable(file.as_file())?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are for their owner alone; reports are for whoever the folder is for.
fn make_readable(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Whether a run was killed while it wrote a line.
fn ends_in_a_broken_line(path: &Path) -> bool {
    fs::read(path).is_ok_and(|journal| journal.last().is_some_and(|last| *last != b'\n'))
}

/// Later lines win; a line that was cut short when a run was killed is passed over.
fn read_journal(path: &Path) -> BTreeMap<String, String> {
    let Ok(file) = File::open(path) else { return BTreeMap::new() };
    BufReader::new(file)
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| serde_json::from_str::<Entry>(&line).ok())
        .map(|entry| (entry.path, entry.blake3))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_folder() {
        assert_eq!(relative_path("学校/0101 甲小学"), Ok(PathBuf::from("学校/0101 甲小学")));
        assert_eq!(relative_path("../x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("a/../../x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("/etc/x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("C:x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("a//b"), Err(BadName::Empty));
        assert_eq!(relative_path("a:b c"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("甲?"), Err(BadName::Character('?')));
        assert_eq!(relative_path("学校/con.txt"), Err(BadName::Reserved("con.txt".into())));
        assert_eq!(relative_path(&"长".repeat(100)), Err(BadName::TooLong));
    }

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
    fn a_journal_cut_short_is_still_read() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        output.write("a.pdf", b"one").unwrap();
        let path = folder.path().join(OutputFolder::JOURNAL);
        let mut journal = fs::read(&path).unwrap();
        journal.extend_from_slice(b"{\"path\":\"b.p");
        fs::write(&path, journal).unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        output.write("a.pdf", b"two").unwrap();
        output.finish().unwrap();
        let output = OutputFolder::open(folder.path(), "out", false).unwrap();
        output.write("a.pdf", b"three").unwrap();
    }
}
