//! How much of a workbook is read at most: what is too large is refused before it fills memory.

use super::encoding::Encoding;

/// How a workbook is to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// How large it may be.
    pub limits: Limits,
    /// The encoding of a text file; found out if not given.
    pub encoding: Option<Encoding>,
}

/// How large a workbook may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most cells of a sheet, counted from A1.
    pub cells: usize,
    /// Most bytes, unpacked.
    pub unpacked: u64,
    /// Most times its own size that a file may unpack to, unless it stays small.
    pub ratio: u64,
    /// Most parts of a package.
    pub parts: usize,
}

impl Limits {
    /// A package that stays below this may unpack to any number of times its size.
    const SMALL: u64 = 16 << 20;

    /// Most bytes that a package of some bytes may unpack to.
    pub(super) fn unpacked_from(&self, packed: u64) -> u64 {
        self.unpacked.min(Self::SMALL.max(packed.saturating_mul(self.ratio)))
    }
}

impl Default for Limits {
    /// 100,000 rows of 100 columns; 512 MB; 300 times; 10,000 parts.
    fn default() -> Self {
        Self { cells: 10_000_000, unpacked: 512 << 20, ratio: 300, parts: 10_000 }
    }
}
