//! Footnotes (`word/footnotes.xml`).

use docx_rs::BuildXML;

use super::body::{Item, Part, Shared, Unfinished};
use super::sheet::Sheet;
use super::{DECLARATION, WORD};
use crate::diagnostic::Diagnostic;
use crate::document::NOTE_SEPARATOR;

/// Stands for the number of the footnote itself, which is a reference to none (`w:footnoteRef`).
pub const OWN_NUMBER: usize = 0;

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

/// The part before it is finished, its asides and its relations; none if there are no footnotes.
///
/// # Errors
/// A table that the format cannot hold.
pub fn part(sheet: &Sheet, shared: &mut Shared) -> Result<Option<Unfinished>, Diagnostic> {
    let notes = &sheet.document.notes;
    if notes.is_empty() {
        return Ok(None);
    }
    let mut part = Part::new(sheet, shared);
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut bytes =
        format!("{DECLARATION}<w:footnotes xmlns:w=\"{WORD}\" xmlns:r=\"{relations}\">{}", separators()).into_bytes();
    for (at, blocks) in notes.iter().enumerate() {
        bytes.extend(format!("<w:footnote w:id=\"{}\">", at + 1).bytes());
        part.own_number = Some(OWN_NUMBER);
        for item in part.items(blocks, 0)? {
            bytes.extend(match item {
                Item::Paragraph(paragraph) => paragraph.build(),
                Item::Table(table) => table.build(),
            });
        }
        bytes.extend_from_slice(b"</w:footnote>");
    }
    bytes.extend_from_slice(b"</w:footnotes>");
    let relations = part.relations();
    Ok(Some((bytes, part.asides, relations)))
}
