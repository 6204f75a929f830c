//! Writes a document as .docx (Office Open XML, WordprocessingML), and reads one of any make (`read`).
//!
//! docx-rs writes the properties of paragraphs, runs and tables, sections, styles and lists (`paragraph`, `character`,
//! `table`, `section`, `styles`, `numbering` say them in its words); what it has no word for travels in `aside`s and is put in
//! by one pass over its output (`finish`). `main_part`, `body` and `inline` set these properties around the text, those that
//! came before as they are `kept`. Settings, the table of faces and the file's properties are ours whole, and so is
//! the package. Lines and pages come out the same in every reader because the file leaves nothing to decide:
//! `docs/agreement.md` lists each setting.

mod aside;
mod body;
mod character;
#[cfg(test)]
mod chart_tests;
mod charts;
mod drawing;
mod finish;
mod float;
mod fonts;
mod info;
mod inline;
mod kept;
mod main_part;
mod measure;
pub(crate) mod media;
mod notes;
mod number_format;
mod numbering;
mod order;
mod package;
mod paragraph;
mod position;
mod problem;
mod read;
#[cfg(test)]
mod sample;
mod section;
mod settings;
mod share;
mod sheet;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use read::{KnownParts, check_size, read, read_within};

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::drawingml::xml;
use crate::pieces::Pieces;
use body::Shared;
use package::{Package, Relation};
use section::Margins;
use share::Share;
use sheet::Sheet;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Writes .docx files; keeps what files of one run can share, and is shared by all threads.
#[derive(Debug, Default)]
pub struct Writer {
    share: Share,
}

impl Writer {
    /// The document as a .docx file; equal documents give equal bytes.
    ///
    /// # Errors
    /// The document has more of something than the format can hold.
    pub fn write(&self, document: &Document) -> Result<Pieces, Diagnostic> {
        written(document, &self.share)
    }
}

/// The document as the bytes of a .docx file, as [`Writer::write`] has it, for one that is the only one.
///
/// # Errors
/// The document has more of something than the format can hold.
pub fn write(document: &Document) -> Result<Vec<u8>, Diagnostic> {
    Writer::default().write(document).map(Pieces::into_vec)
}

fn written(document: &Document, share: &Share) -> Result<Pieces, Diagnostic> {
    let sheet = Sheet::of(document);
    let styles = share.styles(&sheet)?;
    let mut shared = Shared { properties: styles.lend(), ..Shared::default() };
    let mut margins = Margins::new(&document.sections);
    let (body, body_relations) = main_part::part(&sheet, &mut margins, &mut shared)?;
    let notes = notes::part(&sheet, &mut shared)?;
    let mut package = Package::new(share);
    let mut relations = Vec::new();
    let mut relate =
        |id: &str, kind, target: &str| relations.push(Relation { id: id.into(), kind, target: target.into() });

    package.add_packed_word(main_part::PATH, "document.main", body);
    if let Some((notes, own)) = notes {
        package.add_word(notes::PATH, "footnotes", notes);
        package.add_relations("word/_rels/footnotes.xml.rels", &own);
        relate("rIdNotes", "footnotes", notes::PATH);
    }
    let mut of_margins = Vec::new();
    for (at, margin) in margins.shown.iter().enumerate() {
        let (path, kind) = (margin.path(at), if margin.header { "header" } else { "footer" });
        let (part, own) = margin.part(&path, &sheet, &mut shared)?;
        package.add_common_word(&path, kind, part);
        package.add_relations(&format!("word/_rels/{path}.rels"), &own);
        of_margins.push(Relation { id: section::relation(at), kind, target: path });
    }
    styles.take_back(std::mem::take(&mut shared.properties));
    package.add_shared_word("styles.xml", "styles", Arc::clone(&styles.part));
    relate("rIdStyles", "styles", "styles.xml");
    package.add_common_word("settings.xml", "settings", settings::part(document));
    relate("rIdSettings", "settings", "settings.xml");
    package.add_common_word("fontTable.xml", "fontTable", fonts::part(&sheet.fonts(shared.fonts)));
    relate("rIdFonts", "fontTable", "fontTable.xml");
    if let Some(numbering) = numbering::part(&sheet)? {
        package.add_word("numbering.xml", "numbering", numbering);
        relate("rIdNumbering", "numbering", "numbering.xml");
    }
    relations.extend(of_margins);
    relations.extend(body_relations);
    package.add_relations("word/_rels/document.xml.rels", &relations);
    for (path, bytes) in shared.media.files() {
        package.add_media(format!("word/{path}"), bytes);
    }
    shared.charts.pack(&mut package)?;
    package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        info::core(&document.info),
    );
    package.add_common(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        &info::app(),
    );
    let root = [
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", "core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
    ];
    let root = root.map(|(id, kind, target)| Relation { id: id.into(), kind, target: target.into() });
    package.add_relations("_rels/.rels", &root);
    package.pack()
}
