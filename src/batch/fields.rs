//! Texts that show numbers of their own pages: set on pages again and again until the numbers hold.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::docx::{self, KnownParts};
use crate::font::FontLibrary;
use crate::layout::{Layout, lay_out};
use crate::template::FieldResults;

/// So often a document is set at most. Twice is the rule: once to find the numbers, once to see that they hold.
const MOST_PASSES: usize = 6;

/// A Word file whose fields show what they have to.
#[derive(Debug)]
pub struct Settled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What of its fields shows what it last did, and should not.
    pub problems: Vec<Diagnostic>,
    /// It on pages, where fields hang on these.
    pub set: Option<Box<SetOnPages>>,
}

/// A Word file on pages.
#[derive(Debug)]
pub struct SetOnPages {
    /// The file, read.
    pub document: Document,
    /// What of it cannot be shown.
    pub warnings: Vec<Diagnostic>,
    /// Its pages.
    pub layout: Layout,
}

/// Finds the results of a Word file's fields; nothing if it has none that hang on it. `file` is its name in messages,
/// `file_name` the one that it will have, `memory` how many bytes of memory it may take.
///
/// # Errors
/// The file cannot be read.
pub fn settle(
    file: &str,
    bytes: &[u8],
    file_name: Option<&str>,
    memory: u64,
    known: Option<&KnownParts>,
    fonts: &FontLibrary,
) -> Result<Option<Settled>, Diagnostic> {
    let Some(mut fields) = FieldResults::read(file, bytes, file_name, memory)? else { return Ok(None) };
    let mut set = None;
    let mut holds = !fields.needs_pages();
    for _ in 0..MOST_PASSES {
        if holds {
            break;
        }
        // pages take much room: those of the pass before are let go first
        drop(set.take());
        let (mut document, warnings) = docx::read_within(file, &fields.with_marks()?, memory, known)?;
        document.info.title_from(file);
        let layout = lay_out(&document, fonts);
        holds = !fields.take(layout.pages.pagination.clone()) || layout.cut_off;
        set = Some(Box::new(SetOnPages { document, warnings, layout }));
    }
    let mut problems = fields.problems();
    if !holds {
        problems.push(fields.unsettled());
    }
    Ok(Some(Settled { bytes: fields.document()?, problems, set }))
}

/// Finds the page numbers that a document's text shows of places in it; its pages, if it shows any.
pub fn settle_pages(document: &mut Document, fonts: &FontLibrary) -> Option<Layout> {
    if !document.has_page_references() {
        return None;
    }
    let mut layout = lay_out(document, fonts);
    for _ in 1..MOST_PASSES {
        if layout.cut_off || !document.renew_page_references(&layout.pages.pagination) {
            break;
        }
        drop(std::mem::take(&mut layout));
        layout = lay_out(document, fonts);
    }
    Some(layout)
}
