//! Writes ZIP files of parts that are in memory. Each part's checksum and lengths stand before it, so that readers of
//! streams have what they need as well.

use std::io::{Error, ErrorKind, Result, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use libdeflater::Crc;

use crate::deflate::{self, Effort};
use crate::pieces::Pieces;

/// How a part is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As it is.
    Stored,
    /// Deflated.
    Deflated,
}

/// A part deflated already, for any number of files.
pub(crate) struct PackedPart {
    name: &'static str,
    checksum: u32,
    length: u64,
    packed: Vec<u8>,
}

impl PackedPart {
    /// A part of these bytes.
    pub fn of(name: &'static str, bytes: &[u8]) -> Self {
        let packed = deflate::raw(bytes, Effort::Some);
        Self { name, checksum: checksum(bytes), length: bytes.len() as u64, packed }
    }
}

/// A part packed, of any length.
#[derive(Debug)]
pub(crate) struct Packed {
    checksum: u32,
    length: u64,
    packed: Vec<u8>,
}

impl Packed {
    /// Bytes that it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Bytes that it takes.
    pub fn packed_length(&self) -> usize {
        self.packed.len()
    }
}

/// Packs a part that comes piece by piece. A long one is deflated as it comes, so that it is never held whole.
#[derive(Default)]
pub(crate) struct Packer {
    /// What has come, of a short part; what has not been deflated yet, of a long one.
    held: Vec<u8>,
    length: u64,
    checksum: Crc,
    long: Option<DeflateEncoder<Vec<u8>>>,
}

/// Bytes of a part that is deflated in one go, by the quicker library.
const SHORT: usize = if cfg!(test) { 16 << 10 } else { 8 << 20 };

impl Packer {
    /// Takes the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.checksum.update(piece);
        self.length += piece.len() as u64;
        self.held.extend_from_slice(piece);
        if self.held.len() >= SHORT {
            self.deflate_held();
        }
    }

    fn deflate_held(&mut self) {
        let long = self.long.get_or_insert_with(|| DeflateEncoder::new(Vec::new(), Compression::new(LONG_LEVEL)));
        // Nothing that is written into memory fails.
        let _ = long.write_all(&self.held);
        self.held.clear();
    }

    /// The part.
    pub fn finish(mut self) -> Packed {
        if self.long.is_some() {
            self.deflate_held();
        }
        let packed = match self.long {
            Some(long) => long.finish().unwrap_or_default(),
            None => deflate::raw(&self.held, Effort::Some),
        };
        Packed { checksum: self.checksum.sum(), length: self.length, packed }
    }
}

/// What a file says of one of its parts.
pub(crate) struct PartHeader<'a> {
    /// Its path.
    pub name: &'a str,
    /// How it is packed.
    pub packing: Packing,
    /// The CRC-32 of its bytes, not packed.
    pub checksum: u32,
    /// Bytes that it takes in the file.
    pub packed: u64,
    /// Bytes that it has.
    pub length: u64,
}

/// How hard the parts are deflated that come piece by piece.
const LONG_LEVEL: u32 = 3;

/// The directory of a file, as it grows.
#[derive(Default)]
pub(crate) struct Directory {
    bytes: Vec<u8>,
    entries: u16,
}

impl Directory {
    /// Enters a part that begins so many bytes from the file's beginning; gives what must stand there before its bytes.
    ///
    /// # Errors
    /// It is too large for what a ZIP file without extensions can tell.
    pub fn enter(&mut self, part: &PartHeader<'_>, start: u64) -> Result<Vec<u8>> {
        let start = told(start)?;
        let name_length = u16::try_from(part.name.len()).map_err(|_| too_large())?;
        let packing: u16 = match part.packing {
            Packing::Stored => 0,
            Packing::Deflated => 8,
        };
        // What stands in both places: version 2.0, the name in UTF-8, on 1 January 1980.
        let mut header = vec![0x14, 0, 0, 0x08];
        header.extend(packing.to_le_bytes());
        header.extend([0, 0, 0x21, 0]);
        header.extend(part.checksum.to_le_bytes());
        header.extend(told(part.packed)?.to_le_bytes());
        header.extend(told(part.length)?.to_le_bytes());
        header.extend(name_length.to_le_bytes());
        header.extend([0; 2]);
        self.bytes.extend(b"PK\x01\x02\x14\0");
        self.bytes.extend_from_slice(&header);
        // No comment, on the first disk, no attributes.
        self.bytes.extend([0; 10]);
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend(part.name.as_bytes());
        self.entries = self.entries.checked_add(1).ok_or_else(too_large)?;
        Ok([b"PK\x03\x04", header.as_slice(), part.name.as_bytes()].concat())
    }

    /// The directory, and the file's end, to stand after all parts.
    ///
    /// # Errors
    /// It begins too far from the file's beginning.
    pub fn end(self, start: u64) -> Result<Vec<u8>> {
        let mut bytes = self.bytes;
        let (start, length) = (told(start)?, told(bytes.len() as u64)?);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(self.entries.to_le_bytes());
        bytes.extend(self.entries.to_le_bytes());
        bytes.extend(length.to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0; 2]);
        Ok(bytes)
    }
}

fn told(length: u64) -> Result<u32> {
    u32::try_from(length).map_err(|_| too_large())
}

fn too_large() -> Error {
    Error::new(ErrorKind::FileTooLarge, "the parts are too many or too large")
}

/// A ZIP file in memory.
#[derive(Default)]
pub(crate) struct ZipFile {
    bytes: Pieces,
    directory: Directory,
}

impl ZipFile {
    /// Adds a part, deflated.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let packed = deflate::raw(bytes, Effort::Some);
        self.add_packed(name, Packing::Deflated, checksum(bytes), bytes.len() as u64, &packed)
    }

    /// Adds a part as it is, whose bytes others keep.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn store_kept(&mut self, name: &str, bytes: &Bytes) -> Result<()> {
        let length = bytes.len() as u64;
        self.enter(name, Packing::Stored, checksum(bytes), length, length)?;
        self.bytes.add(bytes);
        Ok(())
    }

    /// Adds a part as it is.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn store(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.add_packed(name, Packing::Stored, checksum(bytes), bytes.len() as u64, bytes)
    }

    /// Adds a part that was packed before.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn add_part(&mut self, part: &PackedPart) -> Result<()> {
        self.add_packed(part.name, Packing::Deflated, part.checksum, part.length, &part.packed)
    }

    /// Adds a part that came piece by piece.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn add_pieces(&mut self, name: &str, part: &Packed) -> Result<()> {
        self.add_packed(name, Packing::Deflated, part.checksum, part.length, &part.packed)
    }

    /// Adds a part that is packed already.
    ///
    /// # Errors
    /// The file becomes larger than ZIP files without extensions can be.
    pub fn add_packed(
        &mut self,
        name: &str,
        packing: Packing,
        checksum: u32,
        length: u64,
        packed: &[u8],
    ) -> Result<()> {
        self.enter(name, packing, checksum, length, packed.len() as u64)?;
        self.bytes.end().extend_from_slice(packed);
        Ok(())
    }

    /// Enters a part, whose bytes are to follow.
    fn enter(&mut self, name: &str, packing: Packing, checksum: u32, length: u64, packed: u64) -> Result<()> {
        let header = PartHeader { name, packing, checksum, packed, length };
        let header = self.directory.enter(&header, self.bytes.len() as u64)?;
        self.bytes.end().extend_from_slice(&header);
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// It is larger than ZIP files without extensions can be.
    pub fn finish(mut self) -> Result<Pieces> {
        let end = self.directory.end(self.bytes.len() as u64)?;
        self.bytes.end().extend_from_slice(&end);
        Ok(self.bytes)
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut checksum = Crc::new();
    checksum.update(bytes);
    checksum.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn parts_come_out_as_they_went_in() {
        let long = "党支部，总结。".repeat(20_000);
        let mut file = ZipFile::default();
        file.add("word/正文.xml", long.as_bytes()).unwrap();
        file.add("empty", b"").unwrap();
        file.store("word/media/1.png", b"\x89PNG").unwrap();
        let bytes = file.finish().unwrap().into_vec();
        assert!(bytes.len() < 3000, "{}", bytes.len());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for (name, expected) in [("word/正文.xml", long.as_bytes()), ("empty", b""), ("word/media/1.png", b"\x89PNG")]
        {
            let mut read = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, expected, "{name}");
        }
    }

    #[test]
    fn a_part_that_comes_piece_by_piece_comes_out_whole_however_long_it_is() {
        for pieces in [0, 3, 9000] {
            let mut packer = Packer::default();
            let text: String = (0..pieces).map(|number| format!("第{number}支部，")).collect();
            text.split_inclusive('，').for_each(|piece| packer.add(piece.as_bytes()));
            let mut file = ZipFile::default();
            file.add_pieces("word/document.xml", &packer.finish()).unwrap();
            let mut archive = zip::ZipArchive::new(Cursor::new(file.finish().unwrap().into_vec())).unwrap();
            let mut read = String::new();
            archive.by_name("word/document.xml").unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let header = PartHeader { name: "a", packing: Packing::Stored, checksum: 0, packed: 1 << 32, length: 1 << 32 };
        assert!(Directory::default().enter(&header, 0).is_err());
        assert!(Directory::default().end(1 << 32).is_err());
    }
}
