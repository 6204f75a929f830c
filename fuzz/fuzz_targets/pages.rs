//! A document on pages, as PDF.

use std::sync::OnceLock;

use huibao::document::Document;
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::lay_out;
use huibao::pdf::Writer;

/// Longer documents are set and not written: the PDF of many pages is the same work many times.
const MOST_WRITTEN: usize = 50;

/// Sets a document, and writes its pages.
pub fn make(document: &Document) {
    static FONTS: OnceLock<FontLibrary> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| FontLibrary::load(FontSource::Carried, None).expect("carried faces"));
    let layout = lay_out(document, fonts);
    if layout.pages.pages.len() <= MOST_WRITTEN {
        // A new writer each time, which remembers nothing of the documents before.
        let _ = Writer::new(fonts).write(layout.pages, &document.info);
    }
}
