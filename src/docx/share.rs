//! What the .docx files of one run share, so that it is made once: the part with the styles, properties of paragraphs and the
//! like, and small parts that come out the same in many files.

use std::sync::{Arc, Mutex, PoisonError};

use super::aside::Asides;
use super::finish::finish;
use super::kept::Properties;
use super::sheet::Sheet;
use super::{problem, styles};
use crate::diagnostic::Diagnostic;
use crate::document::StyleSheet;
use crate::shelf::{Held, Shelf};
use crate::zip_file::{Packed, Packer};

/// What the files of one run share.
#[derive(Debug, Default)]
pub struct Share {
    /// What hangs on the styles, by the address of the style sheet and the lists of the document, which may number headings.
    styles: Shelf<(usize, Vec<usize>), Styles>,
    /// Small parts by the BLAKE3 hash of their bytes.
    parts: Shelf<[u8; 32], Packed>,
}

/// What documents with the same styles share.
#[derive(Debug)]
pub struct Styles {
    /// The part with the styles.
    pub part: Arc<Packed>,
    /// Kept, so that no other sheet comes to stand at its address.
    sheet: Arc<StyleSheet>,
    /// Properties that no document is being written with.
    properties: Mutex<Vec<Properties>>,
}

impl Styles {
    /// Properties to write a document with, to be given back.
    pub fn lend(&self) -> Properties {
        self.properties.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Takes them back.
    pub fn take_back(&self, properties: Properties) {
        self.properties.lock().unwrap_or_else(PoisonError::into_inner).push(properties);
    }
}

/// About what properties take that are kept.
const PROPERTIES: usize = 32 << 10;

impl Held for Styles {
    fn held(&self) -> usize {
        // What is kept of the part, of the sheet about as much as the part had, and the properties.
        let sheet = usize::try_from(self.part.length()).unwrap_or(usize::MAX) + size_of_val(&*self.sheet);
        self.part.held() + sheet + PROPERTIES
    }
}

impl Held for Packed {
    fn held(&self) -> usize {
        size_of::<Self>() + self.packed_length()
    }
}

impl Share {
    /// What a document shares with those that have the same styles.
    ///
    /// # Errors
    /// The part with the styles cannot be written.
    pub fn styles(&self, sheet: &Sheet<'_>) -> Result<Arc<Styles>, Diagnostic> {
        let own = &sheet.document.styles;
        let key = (Arc::as_ptr(own).addr(), sheet.document.lists.clone());
        self.styles.get_or_make(key, |_| {
            let mut asides = Asides::default();
            let part = styles::part(sheet, &mut asides);
            let part = finish(&part, &asides).map_err(|error| problem::cannot_pack("styles.xml", &error))?;
            Ok(Styles { part: Arc::new(packed(&part)), sheet: Arc::clone(own), properties: Mutex::default() })
        })
    }

    /// A small part, packed.
    pub fn packed(&self, part: &[u8]) -> Arc<Packed> {
        let made: Result<_, std::convert::Infallible> =
            self.parts.get_or_make(*blake3::hash(part).as_bytes(), |_| Ok(packed(part)));
        made.unwrap_or_else(|never| match never {})
    }
}

fn packed(part: &[u8]) -> Packed {
    let mut packer = Packer::default();
    packer.add(part);
    packer.finish()
}
