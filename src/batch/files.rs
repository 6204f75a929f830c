//! Reads the workbooks of a project, as its settings say.

use std::fs;

use super::folder::ProjectFolder;
use super::problem;
use crate::diagnostic::{Diagnostic, Place};
use crate::project::LimitsSource;
use crate::workbook::{self, Limits, Options, Workbook};

/// The usual limits, but for those that a project sets.
pub(super) fn limits(source: &LimitsSource) -> Limits {
    let usual = Limits::default();
    let count =
        |wanted: Option<u64>, usual: usize| wanted.map_or(usual, |most| usize::try_from(most).unwrap_or(usize::MAX));
    Limits {
        cells: count(source.cells, usual.cells),
        unpacked: source.unpacked.map_or(usual.unpacked, |megabytes| megabytes.saturating_mul(1 << 20)),
        ratio: source.ratio.unwrap_or(usual.ratio),
        parts: count(source.parts, usual.parts),
    }
}

/// A workbook of the project's folder.
pub(super) fn read_workbook(folder: &ProjectFolder, file: &str, options: &Options) -> Result<Workbook, Diagnostic> {
    let (path, shown) = (folder.path(file), folder.shown(file));
    let cannot_read =
        |error| problem::cannot_read(Place::File { file: shown.clone() }, file, &error, std::iter::empty());
    let size = fs::metadata(&path).map_err(cannot_read)?.len();
    workbook::check_size(&shown, size, &options.limits)?;
    let bytes = fs::read(path).map_err(cannot_read)?;
    folder.inputs.note_file(file, &bytes);
    workbook::read_with(&shown, &bytes, options)
}
