//! Inflates the parts of a package one after the other, with one decompressor for all of them: a folder of small
//! workbooks is read as fast as a large one.

use libdeflater::{DecompressionError, Decompressor};

/// Why a part cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It has more bytes than are left.
    TooLarge,
    /// What is wrong with it.
    Damaged(&'static str),
}

/// A decompressor.
#[derive(Default)]
pub(super) struct Inflater(Decompressor);

/// The least room that is made for what comes out.
const LEAST: u64 = 16 << 10;

impl Inflater {
    /// The bytes of a deflated part, at most `left` of them. `claimed`, its length as the directory has it, is a hint
    /// and no more.
    pub(super) fn deflated(&mut self, raw: &[u8], claimed: u64, left: u64) -> Result<Vec<u8>, Failure> {
        // No more than this can come out: deflate packs at most about 1,032 bytes into one.
        let most = left.min(raw.len() as u64 * 1032);
        let mut room = claimed.min(most);
        loop {
            let mut bytes = vec![0; usize::try_from(room).map_err(|_| Failure::TooLarge)?];
            match self.0.deflate_decompress(raw, &mut bytes) {
                Ok(length) => {
                    bytes.truncate(length);
                    return Ok(bytes);
                }
                Err(DecompressionError::InsufficientSpace) if room < most => {
                    room = room.saturating_mul(2).clamp(LEAST.min(most), most);
                }
                Err(DecompressionError::InsufficientSpace) if left <= most => return Err(Failure::TooLarge),
                Err(_) => return Err(Failure::Damaged("a part cannot be unpacked")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn parts_come_out_as_they_went_in_whatever_their_claimed_length() {
        let mut inflater = Inflater::default();
        for length in [0, 1, 5000, 1 << 20] {
            let bytes: Vec<u8> = (0..length).map(|at: u32| (at / 7 % 251) as u8).collect();
            let raw = deflated(&bytes);
            for claimed in [0, u64::from(length), u64::MAX] {
                assert_eq!(inflater.deflated(&raw, claimed, 1 << 30), Ok(bytes.clone()));
            }
        }
    }

    #[test]
    fn a_part_larger_than_what_is_left_is_refused_before_it_fills_memory() {
        let raw = deflated(&vec![0; 64 << 20]);
        let mut inflater = Inflater::default();
        assert_eq!(inflater.deflated(&raw, 10, 1 << 20), Err(Failure::TooLarge));
    }

    #[test]
    fn damage_is_told() {
        let raw = deflated("党支部".repeat(1000).as_bytes());
        let mut inflater = Inflater::default();
        assert!(matches!(inflater.deflated(&raw[..raw.len() / 2], 0, 1 << 20), Err(Failure::Damaged(_))));
        assert!(matches!(inflater.deflated(&[0xFF; 40], 0, 1 << 20), Err(Failure::Damaged(_))));
    }
}
