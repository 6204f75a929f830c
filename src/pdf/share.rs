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

/// Deflate's level for what a file has besides font programs; see docs/performance.md for what other levels cost.
const LEVEL: i32 = 6;

/// Deflate's level for font programs: outlines repeat little, and more work makes them no more than a few parts of a
/// hundred smaller.
const QUICK_LEVEL: i32 = 1;

thread_local! {
    // Making a compressor takes longer than a small stream takes to compress.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(compressor(LEVEL));
    static QUICK_COMPRESSOR: RefCell<Compressor> = RefCell::new(compressor(QUICK_LEVEL));
}

fn compressor(level: i32) -> Compressor {
    Compressor::new(CompressionLvl::new(level).unwrap_or_default())
}

/// The bytes as a zlib stream (PDF's FlateDecode).
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| zlib(compressor, bytes))
}

/// The bytes as a zlib stream, made quickly.
pub(super) fn deflate_quickly(bytes: &[u8]) -> Vec<u8> {
    QUICK_COMPRESSOR.with_borrow_mut(|compressor| zlib(compressor, bytes))
}

fn zlib(compressor: &mut Compressor, bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0; compressor.zlib_compress_bound(bytes.len())];
    // There is always room enough: it is what the compressor asked for.
    let length = compressor.zlib_compress(bytes, &mut stream).unwrap_or_default();
    stream.truncate(length);
    stream.shrink_to_fit();
    stream
}
