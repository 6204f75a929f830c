//! What a program says that was built without object stores.

use std::path::Path;
use std::sync::Arc;

use super::address::Address;
use super::problem;
use crate::batch::Elsewhere;
use crate::diagnostic::Diagnostic;

/// Fetches a project.
///
/// # Errors
/// Always: this program speaks to no object store.
pub fn fetch(address: &Address, _into: &Path, _but: Option<&Address>) -> Result<(), Diagnostic> {
    Err(problem::not_spoken(&address.to_string()))
}

/// Opens a place of reports.
///
/// # Errors
/// Always: this program speaks to no object store.
pub fn open(address: &Address, _working: &Path) -> Result<Arc<dyn Elsewhere>, Diagnostic> {
    Err(problem::not_spoken(&address.to_string()))
}
