//! The streams of a compound file (MS-CFB), the container of the old binary formats.
//!
//! calamine reads such files by itself, but follows a chain of sectors that runs in a circle for ever; here a chain is
//! never longer than the file.

use std::borrow::Cow;

const HEADER: usize = 512;
const MINI_SECTOR: usize = 64;
const MINI_STREAM_BELOW: usize = 4096;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// The first stream of one of these names; nothing if there is none or the container is damaged.
pub(super) fn stream<'a>(bytes: &'a [u8], names: &[&str]) -> Option<Cow<'a, [u8]>> {
    let sector_size = match u16_at(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sectors = Sectors { bytes: bytes.get(sector_size.max(HEADER)..)?, size: sector_size };
    let fat = fat(bytes, &sectors)?;
    let directory = sectors.chain(u32_at(bytes, 48)?, &fat, usize::MAX)?;
    let entries: Vec<_> = directory.chunks_exact(128).filter_map(Entry::read).collect();
    let root = entries.first()?;
    let mini_fat: Vec<_> = match u32_at(bytes, 64)? {
        0 => Vec::new(),
        count => numbers(&sectors.chain(u32_at(bytes, 60)?, &fat, (count as usize).checked_mul(sector_size)?)?),
    };
    let minis = if mini_fat.is_empty() { Vec::new() } else { sectors.chain(root.start, &fat, root.size)? };
    let entry = names.iter().find_map(|name| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)))?;
    if entry.size < MINI_STREAM_BELOW {
        let minis = Sectors { bytes: &minis, size: MINI_SECTOR };
        minis.chain(entry.start, &mini_fat, entry.size).map(Cow::Owned)
    } else {
        sectors.chain(entry.start, &fat, entry.size).map(Cow::Owned)
    }
}

/// Which sector follows which.
fn fat(bytes: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut parts = numbers(bytes.get(76..HEADER)?);
    let mut next = u32_at(bytes, 68)?;
    for _ in 0..=sectors.count() {
        if next >= LAST_SECTOR {
            let parts = parts.into_iter().filter(|part| *part < LAST_SECTOR);
            // A part that is named twice makes no longer table than the file has sectors for.
            let mut fat = Vec::new();
            for part in parts.take(sectors.count()) {
                fat.extend(numbers(sectors.get(part)?));
            }
            return Some(fat);
        }
        let mut more = numbers(sectors.get(next)?);
        next = more.pop()?;
        parts.extend(more);
    }
    None
}

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> Sectors<'a> {
    fn count(&self) -> usize {
        self.bytes.len() / self.size + 1
    }

    /// The last sector of a file may be short.
    fn get(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32, table: &[u32], size: usize) -> Option<Vec<u8>> {
        let mut chain = Vec::new();
        let mut sector = start;
        for _ in 0..=self.count() {
            if sector == END_OF_CHAIN || chain.len() >= size {
                chain.truncate(size);
                return Some(chain);
            }
            chain.extend_from_slice(self.get(sector)?);
            sector = *table.get(sector as usize)?;
        }
        None
    }
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let units = bytes.get(..64)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).take_while(|unit| *unit != 0);
        let name = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect();
        Some(Self { name, start: u32_at(bytes, 116)?, size: u32_at(bytes, 120)? as usize })
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|number| u32_at(number, 0)).collect()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}
