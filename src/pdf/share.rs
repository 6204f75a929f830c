//! What the files of one run share, so that it is made once.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

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
const LEVEL: u32 = 6;

/// The bytes as a zlib stream (PDF's FlateDecode).
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2 + 64), Compression::new(LEVEL));
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
