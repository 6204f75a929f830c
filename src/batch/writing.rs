//! Files written whole or not at all: beside their places, brought to the disk, and only then renamed into them.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::pieces::Pieces;

/// What the names of files begin and end with that are not in their places yet.
const TEMPORARY: (&str, &str) = (".huibao-", ".tmp");
/// So many files are brought to the disk at once: a disk takes many hardly longer than one.
const AT_ONCE: usize = 16;

/// Writes a file whole or not at all.
///
/// # Errors
/// The system refuses.
pub fn write_whole(target: &Path, file: &Pieces) -> io::Result<()> {
    let temporary = write_beside(target, file)?;
    to_disk(&temporary)?;
    temporary.persist(target).map_err(|error| error.error)?;
    folder_to_disk(parent(target));
    Ok(())
}

/// Writes a file beside its place; it goes away again if it is dropped.
pub(super) fn write_beside(target: &Path, file: &Pieces) -> io::Result<TempPath> {
    let folder = parent(target);
    let new = || tempfile::Builder::new().prefix(TEMPORARY.0).suffix(TEMPORARY.1).tempfile_in(folder);
    let mut written = match new() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            new()?
        }
        found => found?,
    };
    file.write_to(&mut written)?;
    make_readable(written.as_file())?;
    Ok(written.into_temp_path())
}

/// Brings files to the disk; what becomes of each.
pub(super) fn all_to_disk(paths: &[&TempPath]) -> Vec<io::Result<()>> {
    let share = paths.len().div_ceil(AT_ONCE).max(1);
    let (own, others) = paths.split_at(share.min(paths.len()));
    let done = |paths: &[&TempPath]| paths.iter().map(|path| to_disk(path)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let shares = others.chunks(share).map(|paths| (paths.len(), scope.spawn(move || done(paths))));
        let threads: Vec<_> = shares.collect();
        // this thread takes a share as well: making another costs more than a file that is in memory
        let mut all = done(own);
        let lost = |number| (0..number).map(|_| Err(io::Error::other("a thread has failed"))).collect();
        all.extend(threads.into_iter().flat_map(|(number, thread)| thread.join().unwrap_or_else(|_| lost(number))));
        all
    })
}

fn to_disk(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_data()
}

/// Brings the names in a folder to the disk, where folders can be opened.
pub(super) fn folder_to_disk(folder: &Path) {
    // A name that is lost with the power is a report that the next run makes again.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// Takes away what a killed run has left beside the places of its files.
pub(super) fn sweep(folders: &BTreeSet<PathBuf>) {
    for folder in folders {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_temporary =
                name.to_str().is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1));
            if is_temporary && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The folder of a file.
pub(super) fn parent(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
