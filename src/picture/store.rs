//! The pictures of a run: each file read and made ready once, however many reports show it.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Print, Unreadable, pixels, read};
use crate::document::Image;
use crate::shelf::{Held, Shelf};

/// Pictures of more pixels are decoded one at a time, whatever the number of threads.
const LARGE: u64 = 16_000_000;

/// Pictures made ready, by where they come from and how they are printed.
#[derive(Debug, Default)]
pub struct Store {
    kept: Shelf<(String, Print), Ready>,
    large: Mutex<()>,
}

/// A picture made ready.
#[derive(Debug)]
pub struct Ready {
    /// The picture.
    pub image: Arc<Image>,
    /// The BLAKE3 hash of the file that it was made from.
    pub file: blake3::Hash,
}

impl Held for Ready {
    fn held(&self) -> usize {
        self.image.bytes.len() + self.image.drawing.as_ref().map_or(0, Vec::len)
    }
}

impl Store {
    /// A picture made ready; `source` names it within the run, and `load` reads its file.
    ///
    /// # Errors
    /// Those of `load`, or what `wrong` says of a file that is no picture.
    pub fn get<E>(
        &self,
        source: &str,
        print: &Print,
        load: impl FnOnce() -> Result<Vec<u8>, E>,
        wrong: impl FnOnce(Unreadable) -> E,
    ) -> Result<Arc<Ready>, E> {
        self.kept.get_or_make((source.to_owned(), *print), |_| {
            let bytes = load()?;
            let file = blake3::hash(&bytes);
            let alone = (pixels(&bytes) > LARGE).then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            let image = read(bytes, print).map_err(wrong);
            drop(alone);
            Ok(Ready { image: Arc::new(image?), file })
        })
    }
}
