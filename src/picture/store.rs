//! The pictures of a run: each file read and made ready once, however many reports show it.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

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
    /// Whoever makes a picture holds one of these, by the picture's name: threads that begin with the same photos do not
    /// each scale them.
    turns: [Mutex<()>; 32],
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
        self.image.bytes.len() + self.image.drawing.as_ref().map_or(0, Bytes::len)
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
        let key = (source.to_owned(), *print);
        if let Some(ready) = self.kept.get(&key) {
            return Ok(ready);
        }
        let turn = BuildHasherDefault::<DefaultHasher>::default().hash_one(&key) as usize % self.turns.len();
        let _turn = self.turns[turn].lock().unwrap_or_else(PoisonError::into_inner);
        self.kept.get_or_make(key, |_| {
            let bytes = load()?;
            let file = blake3::hash(&bytes);
            let alone = (pixels(&bytes) > LARGE).then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            let image = read(bytes, print).map_err(wrong);
            drop(alone);
            Ok(Ready { image: Arc::new(image?), file })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn threads_that_want_one_picture_at_once_make_it_once() {
        let (store, read) = (Store::default(), AtomicUsize::new(0));
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'><path d='M0 0h4v2z'/></svg>";
        let load = || {
            read.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(20));
            Ok::<_, ()>(drawing.as_bytes().to_vec())
        };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| store.get("a.svg", &Print::default(), load, |_| ()).unwrap());
            }
        });
        assert_eq!(read.load(Ordering::Relaxed), 1);
    }
}
