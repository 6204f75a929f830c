//! Reads the file of a template, and notes what it is and how it is read: a report hangs on both.

use std::path::Path;
use std::sync::Arc;

use super::merged::{ReportTemplate, TextTemplate, WordFile};
use super::noted::NotedDocuments;
use crate::dataset::TableId;
use crate::diagnostic::{Diagnostic, Place};
use crate::settings::Located;
use crate::style::Style;
use crate::template::{Documents, Template, WordReading, WordTemplate};

/// Reads a template by its path in the folder; `style` finds the style that a text template names.
///
/// # Errors
/// It cannot be read, or has no style.
pub(super) fn read_template(
    noted: &Arc<NotedDocuments>,
    path: &str,
    named_at: &Place,
    reading: WordReading<'_>,
    style: impl FnOnce(Option<&Located<String>>) -> Result<Style, Vec<Diagnostic>>,
) -> Result<ReportTemplate, Vec<Diagnostic>> {
    let (folder, shown) = (noted.folder(), noted.folder().shown(path));
    let documents = Arc::clone(noted) as Arc<dyn Documents>;
    let problem = |problem| vec![problem];
    noted.note("settings", format!("{reading:?}").as_bytes());
    if is_word_file(path) {
        let bytes = folder.document(path, named_at).map_err(problem)?;
        noted.note(path, &bytes);
        let template = WordTemplate::parse_as(&shown, &bytes, reading).with_documents(documents);
        return Ok(ReportTemplate::Word(Box::new(WordFile::new(template))));
    }
    let source = folder.text(path, named_at).map_err(problem)?;
    noted.note(path, source.as_bytes());
    let template = Template::parse(&shown, &source).with_memory(reading.memory).with_documents(documents);
    let rows = reading.for_rows.map(|_| TableId(0));
    match style(template.style()) {
        Ok(style) => Ok(ReportTemplate::Text(Box::new(TextTemplate { template, style, rows }))),
        Err(found) => Err(template.syntax_problems().into_iter().chain(found).collect()),
    }
}

/// Whether a template's name is that of a Word file.
pub(super) fn is_word_file(name: &str) -> bool {
    let extension = Path::new(name).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "docx" | "docm" | "dotx" | "dotm" | "doc"))
}
