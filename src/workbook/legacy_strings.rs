//! The lengths of an .xls file's shared strings (MS-XLS 2.4.265): calamine copies a string for each cell that shows it.

const CONTINUE: u16 = 0x003C;
const SST: u16 = 0x00FC;
/// The longest string there can be, assumed of those that cannot be read.
const LONGEST: u32 = 65_535;

/// The length of each shared string in bytes.
pub(super) fn string_lengths<'a>(globals: impl Iterator<Item = (u16, &'a [u8])>) -> Vec<u32> {
    let mut records = globals.skip_while(|(kind, _)| *kind != SST);
    let Some((_, first)) = records.next() else { return Vec::new() };
    let rest = records.take_while(|(kind, _)| *kind == CONTINUE).map(|(_, data)| data);
    let mut cursor = Cursor { parts: std::iter::once(first).chain(rest).collect(), part: 0, at: 0 };
    let (Some(_), Some(claimed)) = (cursor.number(4), cursor.number(4)) else { return Vec::new() };
    let mut lengths = Vec::new();
    while let Some(length) = cursor.string() {
        lengths.push(length);
    }
    let bytes: usize = cursor.parts.iter().map(|part| part.len()).sum();
    lengths.resize(lengths.len().max((claimed as usize).min(bytes / 3)), LONGEST);
    lengths
}

/// Reads on from one record to those that continue it.
struct Cursor<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Cursor<'_> {
    /// Bytes that are left in the record, of which there is at least one.
    fn left(&mut self) -> Option<usize> {
        loop {
            match self.parts.get(self.part)?.len().saturating_sub(self.at) {
                0 => (self.part, self.at) = (self.part + 1, 0),
                left => return Some(left),
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.left()?;
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(0_u32, |number, place| Some(number | u32::from(self.byte()?) << (8 * place)))
    }

    fn skip(&mut self, bytes: u64) -> Option<()> {
        let mut bytes = bytes;
        while bytes > 0 {
            let taken = bytes.min(self.left()? as u64);
            self.at += taken as usize;
            bytes -= taken;
        }
        Some(())
    }

    /// The length of the next string, which is passed over.
    fn string(&mut self) -> Option<u32> {
        let length = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 0x08 != 0 { self.number(2)? } else { 0 };
        let extension = if flags & 0x04 != 0 { self.number(4)? } else { 0 };
        let (mut characters, mut wide) = (length as usize, flags & 1 != 0);
        while characters > 0 {
            let size = if wide { 2 } else { 1 };
            let here = self.parts.get(self.part)?.len().saturating_sub(self.at) / size;
            if here == 0 {
                // The rest of the characters begins with a byte that says how wide they are.
                (self.part, self.at) = (self.part + 1, 0);
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let taken = here.min(characters);
            self.at += taken * size;
            characters -= taken;
        }
        self.skip(u64::from(runs) * 4 + u64::from(extension))?;
        // Each unit of UTF-16 is at most three bytes of UTF-8.
        Some(length * 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_run_on_into_the_next_record_are_counted() {
        let header = [2_u32.to_le_bytes(), 2_u32.to_le_bytes()].concat();
        let first = [header.as_slice(), &[3, 0, 0], b"ab"].concat();
        // The last character in UTF-16, then a string with a run and an extension.
        let rest = [&[1, b'c', 0][..], &[1, 0, 0x0D, 1, 0, 2, 0, 0, 0], &[b'x', 0, 9, 9, 9, 9, 7, 7]].concat();
        let records: [(u16, &[u8]); 4] = [(0x0809, &[]), (SST, &first), (CONTINUE, &rest), (0x00FF, &[])];
        assert_eq!(string_lengths(records.into_iter()), [9, 3]);
    }

    proptest::proptest! {
        #[test]
        fn any_records_are_counted(parts in proptest::collection::vec(proptest::collection::vec(0_u8..=255, 0..40), 1..4)) {
            let kinds = std::iter::once(SST).chain(std::iter::repeat(CONTINUE));
            string_lengths(kinds.zip(parts.iter().map(Vec::as_slice)));
        }
    }
}
