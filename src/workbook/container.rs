//! What kind of file it is, told by its content, and its parts, unpacked within limits.

use std::io::{Cursor, Read, Seek};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::inflate::{Failure, Inflater};
use super::limits::Limits;
use super::package::{Package, checksum, folded};
use super::problem::{self, Foreign};
use crate::diagnostic::Diagnostic;

/// What a file is.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// csv, tsv.
    Text(&'a [u8]),
    /// Any other workbook.
    Workbook(Container<'a>),
}

/// A workbook's bytes, ready for its reader.
#[derive(Debug)]
pub(super) enum Container<'a> {
    /// xlsx, xlsm.
    Xlsx(Package),
    /// xlsb.
    Xlsb(Package),
    /// ods.
    Ods(Package),
    /// xls.
    Xls(&'a [u8]),
}

/// Tells what a file is and opens it; `file` is its name in messages.
pub(super) fn open<'a>(file: &str, bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Diagnostic> {
    if bytes.is_empty() {
        return Err(problem::empty(file));
    }
    if ["PK\u{3}\u{4}", "PK\u{5}\u{6}", "PK\u{7}\u{8}"].iter().any(|mark| bytes.starts_with(mark.as_bytes())) {
        return open_zip(file, bytes, limits).map(Content::Workbook);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        if contains(bytes, &utf16("EncryptedPackage")) {
            return Err(problem::locked(file));
        }
        if contains(bytes, &utf16("Workbook")) || contains(bytes, &utf16("Book")) {
            return Ok(Content::Workbook(Container::Xls(bytes)));
        }
        let kind = if contains(bytes, &utf16("WordDocument")) {
            Foreign::Word
        } else if contains(bytes, &utf16("PowerPoint Document")) {
            Foreign::Slides
        } else {
            Foreign::OldOffice
        };
        return Err(problem::not_a_workbook(file, kind));
    }
    match foreign(bytes) {
        Some(kind) => Err(problem::not_a_workbook(file, kind)),
        None => Ok(Content::Text(bytes)),
    }
}

fn open_zip<'a>(file: &str, bytes: &[u8], limits: &Limits) -> Result<Container<'a>, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| problem::cut_short(file))?;
    if archive.len() > limits.parts {
        return Err(problem::too_many_parts(file, archive.len(), limits));
    }
    let names: Vec<_> = archive.file_names().flatten().map(|name| folded(&name)).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    // As LibreOffice locks files since version 24.2.
    if has("encrypted-package") {
        return Err(problem::locked(file));
    }
    let kind: fn(Package) -> Container<'a> = if has("xl/workbook.bin") {
        Container::Xlsb
    } else if has("content.xml") && has("mimetype") {
        let unpacked = unpack(file, bytes, &mut archive, limits)?;
        let kind = unpacked.part("mimetype").unwrap_or_default();
        // A template's kind only begins so.
        if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return Err(problem::not_a_workbook(file, Foreign::OpenDocument));
        }
        return Ok(Container::Ods(unpacked));
    } else if has("word/document.xml") {
        return Err(problem::not_a_workbook(file, Foreign::Word));
    } else if has("ppt/presentation.xml") {
        return Err(problem::not_a_workbook(file, Foreign::Slides));
    } else if has("[content_types].xml") {
        Container::Xlsx
    } else {
        return Err(problem::not_a_workbook(file, Foreign::Archive));
    };
    unpack(file, bytes, &mut archive, limits).map(kind)
}

/// Unpacks the parts that a reader of cells needs. What a part's directory entry claims counts for nothing: bytes are
/// counted as they come.
fn unpack(
    file: &str,
    bytes: &[u8],
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    limits: &Limits,
) -> Result<Package, Diagnostic> {
    let packed = bytes.len() as u64;
    let limit = limits.unpacked_from(packed);
    let damaged = |error: ZipError| problem::damaged(file, &error.to_string());
    let mut package = Package::default();
    let mut inflater = Inflater::default();
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err(problem::locked(file));
        }
        let name = part.name().map_err(damaged)?;
        let folded = folded(&name);
        if part.is_dir() || !holds_cells(&folded) {
            continue;
        }
        let start = part.data_start().and_then(|start| usize::try_from(start).ok());
        let raw = start.zip(usize::try_from(part.compressed_size()).ok());
        let raw = raw.and_then(|(start, length)| bytes.get(start..start.checked_add(length)?));
        let unpacked = raw.map_or(Err(Failure::Damaged("a part is cut short")), |raw| match part.compression() {
            CompressionMethod::Stored if raw.len() as u64 <= left => Ok(raw.to_vec()),
            CompressionMethod::Stored => Err(Failure::TooLarge),
            CompressionMethod::Deflated => inflater.deflated(raw, part.size(), left),
            _ => Err(Failure::Damaged("a part is packed in an unusual way")),
        });
        let unpacked = unpacked.and_then(|unpacked| match checksum([unpacked.as_slice()]) == part.crc32() {
            true => Ok(unpacked),
            false => Err(Failure::Damaged("a part has a wrong checksum")),
        });
        let unpacked = unpacked.map_err(|failure| match failure {
            Failure::TooLarge => problem::unpacks_to_too_much(file, packed, limit, limits),
            Failure::Damaged(why) => problem::damaged(file, why),
        })?;
        left -= unpacked.len() as u64;
        // Some programs part folders as Windows does.
        package.push(name.replace('\\', "/"), folded, part.crc32(), unpacked);
    }
    Ok(package)
}

/// A part of a zip file by its path; nothing if it is not there, damaged, or larger than so many bytes.
pub(super) fn part(workbook: impl Read + Seek, path: &str, most: u64) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(workbook).ok()?;
    let wanted = folded(path);
    let index = archive.file_names().position(|name| name.is_ok_and(|name| folded(&name) == wanted))?;
    let mut bytes = Vec::new();
    archive.by_index(index).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// Whether a part can matter for cells, by its name in lower case: pictures, macros, embedded files and the like do not.
fn holds_cells(name: &str) -> bool {
    let other = ["docprops/", "customxml/", "[content_types].xml"];
    let with_other = [
        "calcchain",
        "/media/",
        "/embeddings/",
        "/charts/",
        "/theme/",
        "/printersettings/",
        "/activex/",
        "/pivotcache/",
        "/externallinks/",
        "vbaproject",
    ];
    let ending = name.rsplit('.').next().unwrap_or_default();
    (matches!(ending, "xml" | "rels" | "bin") || name == "mimetype")
        && !other.iter().any(|start| name.starts_with(start))
        && !with_other.iter().any(|part| name.contains(part))
}

/// What a file is that is neither a workbook nor a table of text, as far as its first bytes tell.
fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if start.starts_with(b"\x89PNG") || start.starts_with(b"\xFF\xD8\xFF") || start.starts_with(b"GIF8") {
        Some(Foreign::Picture)
    } else if text.starts_with("%pdf") {
        Some(Foreign::Pdf)
    } else if text.starts_with("{\\rtf") {
        Some(Foreign::Rtf)
    } else if text.contains("office:spreadsheet") {
        Some(Foreign::Xml2003)
    } else if text.starts_with('<') && ["<html", "<table", "<!doctype html"].iter().any(|tag| text.contains(tag)) {
        Some(Foreign::WebPage)
    } else {
        None
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}
