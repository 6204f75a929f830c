//! Inflates the parts of a package one after the other, with one decompressor for all of them: a folder of small
//! workbooks is read as fast as a large one.

use flate2::{Decompress, FlushDecompress, Status};

/// Why a part cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It has more bytes than are left.
    TooLarge,
    /// What is wrong with it.
    Damaged(&'static str),
}

/// A decompressor.
pub(super) struct Inflater(Decompress);

impl Default for Inflater {
    fn default() -> Self {
        Self(Decompress::new(false))
    }
}

/// Room for what comes out grows by at least this much.
const STEP: usize = 16 << 10;

impl Inflater {
    /// The bytes of a deflated part, at most `left` of them. `claimed`, its length as the directory has it, is a hint
    /// and no more.
    pub(super) fn deflated(&mut self, raw: &[u8], claimed: u64, left: u64) -> Result<Vec<u8>, Failure> {
        self.0.reset(false);
        // No more than this is worth believing: deflate packs at most about 1,032 bytes into one.
        let believed = claimed.min(left).min(raw.len() as u64 * 1032) as usize;
        let mut bytes = Vec::with_capacity(believed);
        loop {
            let taken = self.0.total_in() as usize;
            let rest = raw.get(taken..).unwrap_or_default();
            let status = self.0.decompress_vec(rest, &mut bytes, FlushDecompress::Finish);
            if bytes.len() as u64 > left {
                return Err(Failure::TooLarge);
            }
            match status {
                Ok(Status::StreamEnd) => return Ok(bytes),
                Ok(Status::Ok | Status::BufError) if bytes.len() == bytes.capacity() => bytes.reserve(STEP),
                Ok(_) => return Err(Failure::Damaged("a part is cut short")),
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
        assert!(inflater.0.total_out() < 4 << 20, "{}", inflater.0.total_out());
    }

    #[test]
    fn damage_is_told() {
        let raw = deflated("党支部".repeat(1000).as_bytes());
        let mut inflater = Inflater::default();
        assert!(matches!(inflater.deflated(&raw[..raw.len() / 2], 0, 1 << 20), Err(Failure::Damaged(_))));
        assert!(matches!(inflater.deflated(&[0xFF; 40], 0, 1 << 20), Err(Failure::Damaged(_))));
    }
}
