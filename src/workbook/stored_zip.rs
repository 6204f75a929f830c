//! A zip file that is never put together: its parts stay where they lie in memory, stored without compression. calamine
//! reads nothing but zip files, and the parts of a large workbook are not worth a copy.

use std::borrow::Cow;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};

use crate::zip_file::{Directory, Packing, PartHeader};

/// What goes into a zip file as one part.
#[derive(Debug)]
pub(super) struct StoredPart<'a> {
    pub(super) name: &'a str,
    /// The checksum of its bytes, as zip has it.
    pub(super) checksum: u32,
    /// Its bytes, which may lie in several places.
    pub(super) pieces: Vec<&'a [u8]>,
}

/// A zip file, to be read from any position.
#[derive(Debug)]
pub(super) struct StoredZip<'a> {
    /// The pieces with the positions where they begin; none is empty.
    pieces: Vec<(u64, Cow<'a, [u8]>)>,
    length: u64,
    position: u64,
}

impl<'a> StoredZip<'a> {
    /// A zip file of these parts.
    ///
    /// # Errors
    /// They are too many or too large for what a zip file without extensions can tell.
    pub(super) fn new(parts: impl IntoIterator<Item = StoredPart<'a>>) -> Result<Self> {
        let mut zip = Self { pieces: Vec::new(), length: 0, position: 0 };
        let mut directory = Directory::default();
        for part in parts {
            let length = part.pieces.iter().map(|piece| piece.len() as u64).sum();
            let (name, checksum, packing) = (part.name, part.checksum, Packing::Stored);
            let header = PartHeader { name, packing, checksum, packed: length, length };
            zip.push(Cow::Owned(directory.enter(&header, zip.length)?));
            part.pieces.into_iter().for_each(|piece| zip.push(Cow::Borrowed(piece)));
        }
        zip.push(Cow::Owned(directory.end(zip.length)?));
        Ok(zip)
    }

    fn push(&mut self, piece: Cow<'a, [u8]>) {
        if !piece.is_empty() {
            let start = self.length;
            self.length += piece.len() as u64;
            self.pieces.push((start, piece));
        }
    }
}

impl Read for StoredZip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let after = self.pieces.partition_point(|(start, _)| *start <= self.position);
        let Some((start, piece)) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return Ok(0) };
        let mut rest = piece.get((self.position - start) as usize..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for StoredZip<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(distance) => self.length.checked_add_signed(distance),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
        };
        self.position = position.ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use zip::ZipArchive;

    fn part<'a>(name: &'a str, pieces: &'a [Vec<u8>]) -> StoredPart<'a> {
        let mut crc = flate2::Crc::new();
        crc.update(&pieces.concat());
        StoredPart { name, checksum: crc.sum(), pieces: pieces.iter().map(Vec::as_slice).collect() }
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(parts in prop::collection::btree_map(
            "[a-z/甲乙]{1,9}", prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..4), 0..6,
        )) {
            let stored = StoredZip::new(parts.iter().map(|(name, pieces)| part(name, pieces))).unwrap();
            let mut archive = ZipArchive::new(stored).unwrap();
            prop_assert_eq!(archive.len(), parts.len());
            for (name, pieces) in &parts {
                let mut bytes = Vec::new();
                archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
                prop_assert_eq!(bytes, pieces.concat());
            }
        }

        #[test]
        fn it_is_read_from_any_position_as_one_file(at in 0_u64..700, length in 0_usize..400) {
            let pieces = [vec![1; 100], vec![2; 200], vec![3; 50]];
            let mut stored = StoredZip::new([part("a", &pieces), part("b", &[])]).unwrap();
            let mut whole = Vec::new();
            stored.read_to_end(&mut whole).unwrap();
            let mut read = Vec::new();
            stored.seek(SeekFrom::Start(at)).unwrap();
            stored.take(length as u64).read_to_end(&mut read).unwrap();
            let expected = whole.get(at as usize..).unwrap_or_default();
            prop_assert_eq!(read, &expected[..length.min(expected.len())]);
        }
    }
}
