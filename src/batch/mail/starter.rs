//! A template in Word to begin from, for a workbook.

use std::path::Path;

use super::data::{Data, read_data};
use crate::batch::folder::ProjectFolder;
use crate::dataset::TableId;
use crate::diagnostic::Diagnostic;
use crate::docx;
use crate::draft::{StarterRequest, starter};

/// A template to begin from.
#[derive(Clone, Debug)]
pub struct Starter {
    /// The .docx file.
    pub bytes: Vec<u8>,
    /// The table whose rows it is for.
    pub table: String,
    /// How many columns that table has.
    pub columns: usize,
    /// What is to be said of the workbook.
    pub problems: Vec<Diagnostic>,
}

/// Makes a template for the rows of a workbook: a form for each row, or a list of all.
///
/// # Errors
/// The workbook cannot be read, or has no table.
pub fn mail_starter(data: &Path, list: bool) -> Result<Starter, Vec<Diagnostic>> {
    let Data { dataset, renamed, titles, mut problems } = read_data(&ProjectFolder::without_project(data), data)?;
    let table = TableId(0);
    let request = StarterRequest { dataset: &dataset, renamed: &renamed, table, titles: &titles, list };
    let written = starter(request).map(|document| docx::write(&document));
    let bytes = match written {
        Some(Ok(bytes)) => bytes,
        other => {
            problems.extend(other.and_then(Result::err));
            return Err(problems);
        }
    };
    let table = dataset.table(table);
    Ok(Starter { bytes, table: table.name.clone(), columns: table.columns.len(), problems })
}
