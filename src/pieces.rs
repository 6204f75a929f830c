//! The bytes of a file that is made: what is written for it, and between that the bytes of pictures, which others keep and
//! which are not copied.

use std::io::{self, Write};

use bytes::Bytes;

/// Of fewer bytes a copy costs less than a piece of their own.
const WORTH_SHARING: usize = 16 << 10;

/// A piece of more bytes is not added to: it would be copied to grow.
const LONG: usize = 1 << 20;

/// The bytes of a file, in pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    done: Vec<Bytes>,
    /// How many bytes are done.
    done_bytes: usize,
    last: Vec<u8>,
    hash: Option<blake3::Hash>,
}

impl Pieces {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.done_bytes + self.last.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the next bytes are written: the end of the last piece.
    pub fn end(&mut self) -> &mut Vec<u8> {
        self.hash = None;
        &mut self.last
    }

    /// Ends the last piece if it is long.
    pub fn end_long_piece(&mut self) {
        if self.last.len() >= LONG {
            self.end_piece();
        }
    }

    fn end_piece(&mut self) {
        let written = std::mem::take(&mut self.last);
        self.done_bytes += written.len();
        self.done.push(written.into());
    }

    /// Adds bytes that others keep.
    pub fn add(&mut self, bytes: &Bytes) {
        self.hash = None;
        if bytes.len() < WORTH_SHARING {
            return self.last.extend_from_slice(bytes);
        }
        self.end_piece();
        self.done_bytes += bytes.len();
        self.done.push(bytes.clone());
    }

    /// A file of bytes that others keep.
    pub fn kept(bytes: &Bytes) -> Self {
        let mut file = Self::default();
        file.add(bytes);
        file
    }

    /// The pieces.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.done.iter().map(|piece| &piece[..]).chain([self.last.as_slice()])
    }

    /// The BLAKE3 hash of all bytes.
    pub fn hash(&self) -> blake3::Hash {
        self.hash.unwrap_or_else(|| self.hasher(self.last.len()).finalize())
    }

    /// Has so many of the last piece's bytes told to a hasher, and all that stands before it.
    pub(crate) fn hasher(&self, of_last: usize) -> blake3::Hasher {
        let mut hasher = blake3::Hasher::new();
        self.done.iter().for_each(|piece| {
            hasher.update(piece);
        });
        hasher.update(&self.last[..of_last]);
        hasher
    }

    /// The same, with the hash of all bytes, which somebody has found already.
    pub(crate) fn hashed(self, hash: blake3::Hash) -> Self {
        Self { hash: Some(hash), ..self }
    }

    /// Writes them all.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_to(&self, to: &mut impl Write) -> io::Result<()> {
        self.iter().try_for_each(|piece| to.write_all(piece))
    }

    /// The bytes in one.
    pub fn into_vec(self) -> Vec<u8> {
        if self.done.is_empty() { self.last } else { self.iter().collect::<Vec<_>>().concat() }
    }
}

impl From<Vec<u8>> for Pieces {
    fn from(bytes: Vec<u8>) -> Self {
        Self { last: bytes, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_out_as_they_went_in_and_large_ones_are_not_copied() {
        let picture = Bytes::from(vec![7; WORTH_SHARING]);
        let mut file = Pieces::from(b"head ".to_vec());
        file.add(&Bytes::from_static(b"small "));
        file.add(&picture);
        file.end().extend_from_slice(b" tail");
        assert!(file.iter().any(|piece| piece.as_ptr() == picture.as_ptr()));
        let whole = [b"head small ", &picture[..], b" tail"].concat();
        let mut written = Vec::new();
        file.write_to(&mut written).unwrap();
        assert_eq!((file.len(), file.hash()), (whole.len(), blake3::hash(&whole)));
        assert_eq!((written, file.into_vec()), (whole.clone(), whole));
    }

    #[test]
    fn a_long_piece_is_not_added_to() {
        let mut file = Pieces::default();
        for _ in 0..3 {
            file.end_long_piece();
            file.end().extend_from_slice(&[7; LONG]);
        }
        file.end_long_piece();
        file.end().push(8);
        file.end_long_piece();
        let lengths: Vec<usize> = file.iter().map(<[u8]>::len).collect();
        assert_eq!((lengths, file.len()), (vec![LONG, LONG, LONG, 1], 3 * LONG + 1));
    }

    #[test]
    fn a_hash_holds_only_for_what_it_was_found_for() {
        let mut file = Pieces::from(b"one".to_vec()).hashed(blake3::hash(b"one"));
        file.end().extend_from_slice(b"two");
        assert_eq!(file.hash(), blake3::hash(b"onetwo"));
    }
}
