//! Footnotes (`word/footnotes.xml`).

use super::body::{Part, Shared, Written};
use super::sheet::Sheet;
use super::{DECLARATION, WORD};
use crate::diagnostic::Diagnostic;
use crate::document::NOTE_SEPARATOR;

/// What the format wants before the first footnote: the rule above footnotes, and the one above those that go on. Both in
/// a line of the height that LibreOffice gives the rule whatever the file says.
fn separators() -> String {
    let line = NOTE_SEPARATOR.to_twips();
    let separator = |kind: &str, id: i32| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" \
             w:line=\"{line}\" w:lineRule=\"exact\"/><w:ind w:left=\"0\" w:firstLine=\"0\"/></w:pPr>\
             <w:r><w:rPr><w:sz w:val=\"10\"/></w:rPr><w:{kind}/></w:r></w:p></w:footnote>"
        )
    };
    separator("separator", -1) + &separator("continuationSeparator", 0)
}

/// The part's path below `word/`.
pub const PATH: &str = "footnotes.xml";

/// The part and its relations; none if there are no footnotes.
///
/// # Errors
/// A table that the format cannot hold.
pub fn part(sheet: &Sheet, shared: &mut Shared) -> Result<Option<Written>, Diagnostic> {
    let notes = &sheet.document.notes;
    if notes.is_empty() {
        return Ok(None);
    }
    let mut part = Part::new(PATH, sheet, shared);
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    part.add(format!("{DECLARATION}<w:footnotes xmlns:w=\"{WORD}\" xmlns:r=\"{relations}\">{}", separators()));
    for (at, blocks) in notes.iter().enumerate() {
        part.add(format!("<w:footnote w:id=\"{}\">", at + 1));
        part.owes_number = true;
        part.blocks(blocks, 0)?;
        part.add("</w:footnote>");
    }
    part.add("</w:footnotes>");
    Ok(Some(part.written()))
}
