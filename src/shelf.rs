//! Things of a run that are made once and kept, within bounds, for whoever asks again.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Something that knows how many bytes it holds.
pub(crate) trait Held {
    /// Its size in bytes, roughly.
    fn held(&self) -> usize;
}

/// The most that a shelf keeps, in bytes.
const SHELF_BYTES: usize = 64 << 20;

/// Things made once and kept; when there are too many all are let go, and are made again when they are next asked for.
pub(crate) struct Shelf<K, V> {
    kept: Mutex<(HashMap<K, Arc<V>>, usize)>,
}

impl<K: Eq + Hash, V: Held> Shelf<K, V> {
    /// The thing with this key, if it is there.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).0.get(key).map(Arc::clone)
    }

    /// The thing with this key, made if it is not there. Two threads may both make it: what they make is equal.
    pub fn get_or_make<E>(&self, key: K, make: impl FnOnce(&K) -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(found) = self.get(&key) {
            return Ok(found);
        }
        let made = Arc::new(make(&key)?);
        let size = made.held();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.1 + size > SHELF_BYTES {
            kept.0.clear();
            kept.1 = 0;
        }
        if size <= SHELF_BYTES && kept.0.insert(key, Arc::clone(&made)).is_none() {
            kept.1 += size;
        }
        Ok(made)
    }
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { kept: Mutex::new((HashMap::new(), 0)) }
    }
}

impl<K, V> fmt::Debug for Shelf<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "Shelf({} things, {} bytes)", kept.0.len(), kept.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Held for usize {
        fn held(&self) -> usize {
            *self
        }
    }

    #[test]
    fn a_thing_is_made_once_and_a_full_shelf_is_cleared() {
        let shelf = Shelf::<u8, usize>::default();
        let get = |key, size| *shelf.get_or_make(key, |_| Ok::<_, ()>(size)).unwrap();
        assert_eq!((get(1, 10), get(1, 99)), (10, 10));
        get(2, SHELF_BYTES);
        assert_eq!(get(1, 99), 99);
        get(3, SHELF_BYTES + 1);
        assert_eq!(get(3, 5), 5, "what is larger than the shelf is not kept");
    }

    #[test]
    fn what_failed_is_tried_again() {
        let shelf = Shelf::<u8, usize>::default();
        assert_eq!(shelf.get_or_make(1, |_| Err("no")), Err("no"));
        assert_eq!(shelf.get_or_make(1, |_| Ok::<_, &str>(7)), Ok(Arc::new(7)));
    }
}
