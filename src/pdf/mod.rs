//! Writes pages as PDF.
//!
//! A file is made in three steps. First the pages are read through once to see what they use: which glyphs of which
//! faces (`face`) and which pictures (`picture`). Then every page is drawn (`content`) in the codes that the
//! faces were given. The objects are written down as they come (`objects`, `syntax`), in the order that `file` says: fonts
//! cut down to what is used (`embed`), pages, structure (`structure`), outline (`outline`), what the file says about
//! itself (`metadata`) and what its colours mean (`archive`).
//!
//! printpdf writes what is drawn on pages, `text` what is written on them; subsetter cuts the fonts, lopdf has the kinds of
//! objects.

mod archive;
mod compact;
mod content;
mod embed;
mod face;
mod file;
mod jpeg;
mod links;
mod metadata;
mod objects;
mod outline;
mod picture;
mod png;
mod problem;
mod share;
mod structure;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod vector;

use face::FaceFile;
use share::Share;

use crate::diagnostic::Diagnostic;
use crate::document::Info;
use crate::font::FontLibrary;
use crate::layout::Pages;
use crate::pieces::Pieces;

/// Writes PDF files; keeps what files of one run can share, and is shared by all threads.
#[derive(Debug)]
pub struct Writer<'f> {
    fonts: &'f FontLibrary,
    share: Share,
}

impl<'f> Writer<'f> {
    /// A writer of pages that were set in these faces.
    pub fn new(fonts: &'f FontLibrary) -> Self {
        Self { fonts, share: Share::default() }
    }

    /// The pages as a PDF file; equal pages give equal bytes. What stands on a page is let go as soon as it is drawn.
    ///
    /// # Errors
    /// A face cannot be subset, or a picture cannot be read.
    pub fn write(&self, pages: Pages, info: &Info) -> Result<Pieces, Diagnostic> {
        file::write(pages, info, &|id| FaceFile::of(self.fonts.face(id)), &self.share)
    }
}
