//! Hashes of several things, each told apart from the next.

/// A hash in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Fingerprint(blake3::Hasher);

impl Fingerprint {
    /// Adds a thing; its length parts it from the next.
    pub(super) fn add(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        self.0.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        self
    }

    /// Adds a number.
    pub(super) fn add_number(&mut self, number: usize) -> &mut Self {
        self.0.update(&(number as u64).to_le_bytes());
        self
    }

    /// Adds another hash.
    pub(super) fn add_hash(&mut self, hash: &blake3::Hash) -> &mut Self {
        self.0.update(hash.as_bytes());
        self
    }

    pub(super) fn hash(&self) -> blake3::Hash {
        self.0.finalize()
    }
}

/// The hash of a file's content, as the manifest writes it.
pub(super) fn of_content(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
