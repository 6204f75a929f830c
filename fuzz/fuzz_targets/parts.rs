//! Packages around parts that the fuzzer makes up: mutated zip files would nearly all fail their checksums.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts the fuzzer did not make: path and content.
pub type Fixed = [(&'static str, &'static [u8])];

/// A package of fixed parts and of others, cut from `data` at this mark, one for each path.
pub fn package(fixed: &Fixed, paths: &[&'static str], data: &[u8]) -> Vec<u8> {
    pack(fixed, paths.iter().copied().zip(split(data).map(<[u8]>::to_vec)))
}

/// A package of fixed parts and of others.
pub fn pack(fixed: &Fixed, made: impl IntoIterator<Item = (&'static str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let fixed = fixed.iter().map(|(path, bytes)| (*path, bytes.to_vec()));
    for (path, bytes) in fixed.chain(made) {
        zip.start_file(path, options).expect("a new part");
        zip.write_all(&bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// Stands between two parts.
const MARK: &[u8] = b"\n%%%\n";

/// The pieces between marks.
pub fn split(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let at = bytes.windows(MARK.len()).position(|window| window == MARK);
        rest = at.map(|at| &bytes[at + MARK.len()..]);
        Some(at.map_or(bytes, |at| &bytes[..at]))
    })
}

/// Reads a workbook and finds what is in it. A panic of calamine is caught where it is called and told as damage: only
/// one that comes out of `read` stops the fuzzer.
pub fn read(file: &str, bytes: &[u8]) {
    if let Ok(workbook) = huibao::workbook::read(file, bytes) {
        huibao::dataset::describe(&workbook);
    }
}

/// Lets panics that somebody catches pass.
pub fn let_panics_pass() {
    std::panic::set_hook(Box::new(|_| {}));
}
