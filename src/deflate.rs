//! Deflates whole streams, with compressors that each thread keeps: making one takes longer than a small stream takes to
//! compress.

use std::cell::RefCell;

use libdeflater::{CompressionError, CompressionLvl, Compressor};

/// How much work goes into making a stream small.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effort {
    /// For outlines of glyphs: they repeat little, and more work makes them no more than a few parts of a hundred smaller.
    Quick,
    /// For XML and what is drawn on pages: it is repetitive enough to be small all the same.
    Some,
    /// For anything else.
    Full,
}

impl Effort {
    /// Its place among the compressors, and libdeflate's level.
    fn level(self) -> (usize, i32) {
        match self {
            Self::Quick => (0, 1),
            Self::Some => (1, 3),
            Self::Full => (2, 6),
        }
    }
}

/// What a thread keeps from stream to stream.
#[derive(Default)]
struct Kept {
    compressors: [Option<Compressor>; 3],
    /// Room for a stream, which need not be made of zeros each time.
    room: Vec<u8>,
}

/// The most room that is kept.
const MOST_ROOM: usize = 1 << 20;

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// The bytes as a zlib stream, as PDF's FlateDecode has it.
pub(crate) fn zlib(bytes: &[u8], effort: Effort) -> Vec<u8> {
    with(bytes, effort, Compressor::zlib_compress_bound, Compressor::zlib_compress)
}

/// The bytes deflated and nothing around them, as ZIP has it.
pub(crate) fn raw(bytes: &[u8], effort: Effort) -> Vec<u8> {
    with(bytes, effort, Compressor::deflate_compress_bound, Compressor::deflate_compress)
}

type Compress = fn(&mut Compressor, &[u8], &mut [u8]) -> Result<usize, CompressionError>;

fn with(bytes: &[u8], effort: Effort, bound: fn(&mut Compressor, usize) -> usize, compress: Compress) -> Vec<u8> {
    let (at, level) = effort.level();
    let new = || Compressor::new(CompressionLvl::new(level).unwrap_or_default());
    KEPT.with_borrow_mut(|Kept { compressors, room }| {
        let compressor = compressors[at].get_or_insert_with(new);
        let most = bound(compressor, bytes.len());
        if room.len() < most {
            room.resize(most, 0);
        }
        // There is always room enough: it is what the compressor asked for.
        let length = compress(compressor, bytes, &mut room[..most]).unwrap_or_default();
        let stream = room[..length].to_vec();
        if room.len() > MOST_ROOM {
            *room = Vec::new();
        }
        stream
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_was_deflated_comes_out_again_at_every_effort() {
        let text = "党支部，总结。".repeat(5000);
        for effort in [Effort::Quick, Effort::Some, Effort::Full] {
            for bytes in [text.as_bytes(), b"", b"a"] {
                let (mut one, mut other) = (Vec::new(), Vec::new());
                flate2::read::ZlibDecoder::new(zlib(bytes, effort).as_slice()).read_to_end(&mut one).unwrap();
                flate2::read::DeflateDecoder::new(raw(bytes, effort).as_slice()).read_to_end(&mut other).unwrap();
                assert_eq!((one.as_slice(), other.as_slice()), (bytes, bytes), "{effort:?}");
            }
            assert!(zlib(text.as_bytes(), effort).len() < 2000, "{effort:?}");
        }
    }
}
