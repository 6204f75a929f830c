//! Merged areas, and formulas without a value, of an xlsx package.
//!
//! calamine finds merged areas only by parsing all cells of a sheet once more. So it is given the package again with the
//! sheets cut down to what is asked for: what stands after the cells, and the addresses of formulas without a value.

use std::io::{Cursor, Read, Write};

use memchr::memmem;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::container::Package;

/// The package with each sheet cut down, if there is anything to be found in it at all. The cells that are left are
/// those whose formula has no value.
pub(super) fn outline(package: &Package) -> ZipResult<Option<Package>> {
    let mut archive = ZipArchive::new(Cursor::new(package.0.as_slice()))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut found = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        let name = part.name()?.into_owned();
        if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            continue;
        }
        writer.start_file(name, options)?;
        // Parts are stored as they are, so each is a slice of the package.
        let start = part.data_start().unwrap_or_default() as usize;
        let stored = start.checked_add(part.size() as usize).and_then(|end| package.0.get(start..end));
        match stored.and_then(cut_down) {
            Some((sheet, worth_reading)) => {
                found |= worth_reading;
                writer.write_all(&sheet)?;
            }
            None => {
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes)?;
                writer.write_all(&bytes)?;
            }
        }
    }
    let outline = writer.finish()?.into_inner();
    Ok(found.then_some(Package(outline)))
}

/// A sheet without its cells, and whether there is anything in it worth reading; nothing if it is no sheet.
fn cut_down(part: &[u8]) -> Option<(Vec<u8>, bool)> {
    let first = memmem::find(part, b"sheetData")?;
    let open = memchr::memrchr(b'<', part.get(..first)?)?;
    let last = memmem::rfind(part, b"sheetData")?;
    let after = last + memchr::memchr(b'>', part.get(last..)?)? + 1;
    let (before, cells, after) = (part.get(..open)?, part.get(open..after)?, part.get(after..)?);
    let without_value = formulas_without_value(cells);
    let worth_reading = !without_value.is_empty() || memmem::find(after, b"mergeCell").is_some();
    // The tags keep the prefix that the sheet gives its elements.
    let prefix = String::from_utf8_lossy(part.get(open + 1..first)?);
    let mut sheet = before.to_vec();
    sheet.extend(format!("<{prefix}sheetData>").bytes());
    for address in without_value {
        sheet.extend(format!("<{prefix}c r=\"{address}\"><{prefix}v>0</{prefix}v></{prefix}c>").bytes());
    }
    sheet.extend(format!("</{prefix}sheetData>").bytes());
    sheet.extend(after);
    Some((sheet, worth_reading))
}

/// The addresses of cells with a formula and no value, or an empty one.
fn formulas_without_value(cells: &[u8]) -> Vec<String> {
    let mut addresses = Vec::new();
    let mut at = 0;
    for end in memmem::find_iter(cells, b"</f>") {
        if end < at {
            continue;
        }
        let rest = cells.get(end + 4..).unwrap_or_default();
        let empty: [&[u8]; 3] = [b"</c>", b"<v></v>", b"<v/>"];
        let rest = rest.trim_ascii_start();
        if !empty.iter().any(|ending| rest.starts_with(ending)) {
            continue;
        }
        let cell = memmem::rfind(cells.get(at..end).unwrap_or_default(), b"<c ").map(|from| at + from);
        let tag = cell.and_then(|from| cells.get(from..end)).unwrap_or_default();
        // A text that a formula gave may be of no characters.
        let text = memmem::find(tag, b"t=\"str\"").is_some();
        let address = memmem::find(tag, b"r=\"").and_then(|from| tag.get(from + 3..)).unwrap_or_default();
        let address = address.split(|byte| *byte == b'"').next().unwrap_or_default();
        if !text && !address.is_empty() && address.len() <= 10 && address.iter().all(u8::is_ascii_alphanumeric) {
            addresses.push(String::from_utf8_lossy(address).into_owned());
        }
        at = end + 4;
    }
    addresses
}
