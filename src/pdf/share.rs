//! What the files of one run share, so that it is made once.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

use super::embed::{Program, ProgramKey};
use super::picture::Shown;
use crate::shelf::Shelf;

/// What the files of one run share.
#[derive(Debug, Default)]
pub(super) struct Share {
    /// Font programs by face and glyphs.
    pub programs: Shelf<ProgramKey, Program>,
    /// Pictures by the BLAKE3 hash of their file.
    pub pictures: Shelf<[u8; 32], Shown>,
}

/// Deflate's level for everything in a file; see docs/performance.md for what other levels cost.
const LEVEL: i32 = 6;

thread_local! {
    /// Making a compressor takes longer than a small stream takes to compress.
    static COMPRESSOR: RefCell<Compressor> =
        RefCell::new(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()));
}

/// The bytes as a zlib stream (PDF's FlateDecode).
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut stream = vec![0; compressor.zlib_compress_bound(bytes.len())];
        // There is always room enough: it is what the compressor asked for.
        let length = compressor.zlib_compress(bytes, &mut stream).unwrap_or_default();
        stream.truncate(length);
        stream.shrink_to_fit();
        stream
    })
}
