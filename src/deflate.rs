//! Deflates whole streams, with compressors that each thread keeps: making one takes longer than a small stream takes to
//! compress.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

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

thread_local! {
    static COMPRESSORS: RefCell<[Option<Compressor>; 3]> = const { RefCell::new([const { None }; 3]) };
}

/// The bytes as a zlib stream, as PDF's FlateDecode has it.
pub(crate) fn zlib(bytes: &[u8], effort: Effort) -> Vec<u8> {
    with(effort, |compressor| {
        let mut stream = vec![0; compressor.zlib_compress_bound(bytes.len())];
        // There is always room enough: it is what the compressor asked for.
        let length = compressor.zlib_compress(bytes, &mut stream).unwrap_or_default();
        cut(stream, length)
    })
}

/// The bytes deflated and nothing around them, as ZIP has it.
pub(crate) fn raw(bytes: &[u8], effort: Effort) -> Vec<u8> {
    with(effort, |compressor| {
        let mut stream = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(bytes, &mut stream).unwrap_or_default();
        cut(stream, length)
    })
}

fn with<T>(effort: Effort, compress: impl FnOnce(&mut Compressor) -> T) -> T {
    let (at, level) = effort.level();
    COMPRESSORS.with_borrow_mut(|compressors| {
        let new = || Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        match compressors.get_mut(at) {
            Some(kept) => compress(kept.get_or_insert_with(new)),
            None => compress(&mut new()),
        }
    })
}

fn cut(mut stream: Vec<u8>, length: usize) -> Vec<u8> {
    stream.truncate(length);
    stream.shrink_to_fit();
    stream
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
