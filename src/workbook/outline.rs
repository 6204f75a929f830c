//! What surrounds the cells of an xlsx sheet: merged areas, hidden rows and columns, formulas without a value.
//!
//! calamine tells merged areas only by parsing all cells once more, and the others not at all. So a sheet's bytes are
//! searched for the few tags that say so; its cells are not parsed.

use std::collections::HashMap;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell_album::Album;
use super::package::{Package, attribute};
use super::pictures::{self, Pictures};
use super::{Area, CellValue, Spans};

/// What surrounds a sheet's cells.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Merged areas in the file's order.
    pub(super) merged: Vec<Area>,
    pub(super) hidden_rows: Spans,
    pub(super) hidden_columns: Spans,
    /// Rows and columns of cells whose formula has no value.
    pub(super) not_computed: Vec<(u32, u32)>,
    /// Rows and columns of errors that calamine does not tell.
    pub(super) errors: Vec<(u32, u32, CellValue)>,
    /// Areas whose numbers are formatted as percentages, where calamine does not tell formats.
    pub(super) percents: Vec<Area>,
    /// Pictures in its cells.
    pub(super) pictures: Pictures,
}

/// The outlines of sheets of every kind, by the paths of their parts.
pub(super) fn outlines(package: &Package, sheet_parts: &[Option<String>]) -> Vec<Outline> {
    let album = Album::read(package);
    let outline = |path: &Option<String>| {
        let (path, part) = (path.as_deref()?, package.part(path.as_deref()?)?);
        let mut outline = outline(part)?;
        outline.pictures = pictures::of_sheet(package, path, part, &album, &outline.merged);
        Some(outline)
    };
    sheet_parts.iter().map(|part| outline(part).unwrap_or_default()).collect()
}

/// The paths of the sheets' parts, in the workbook's order; nothing for a sheet without one.
pub(super) fn sheet_parts(package: &Package) -> Vec<Option<String>> {
    let main = package.main_part().unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let relations = package.relations(&main);
    // The first of an identifier counts.
    let targets: HashMap<&str, &str> =
        relations.iter().rev().map(|relation| (relation.id.as_str(), relation.target.as_str())).collect();
    let mut parts = Vec::new();
    let mut reader = Reader::from_reader(package.part(&main).unwrap_or_default());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheet" => {
                let mut attributes = tag.attributes();
                let named_id = attributes.with_checks(false).flatten();
                let id = named_id.filter(|attribute| attribute.key.local_name().as_ref() == "id").last();
                let target = id.and_then(|id| targets.get(&*id.value).copied());
                parts.push(target.map(str::to_owned));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    parts
}

/// A sheet's outline; nothing if the part is no sheet.
fn outline(part: &[u8]) -> Option<Outline> {
    let first = memmem::find(part, b"sheetData")?;
    let open = memchr::memrchr(b'<', part.get(..first)?)?;
    let last = memmem::rfind(part, b"sheetData")?;
    let (before, cells, after) = (part.get(..open)?, part.get(open..last)?, part.get(last..)?);
    // The tags keep the prefix that the sheet gives its elements.
    let prefix = std::str::from_utf8(part.get(open + 1..first)?).ok()?;
    let merged = tags(after, prefix, "mergeCell").filter_map(|tag| area(&attribute(&tag, "ref")?));
    Some(Outline {
        merged: merged.collect(),
        hidden_rows: hidden_rows(cells, prefix),
        hidden_columns: tags(before, prefix, "col").filter_map(|tag| hidden_columns(&tag)).collect(),
        not_computed: formulas_without_value(cells),
        errors: Vec::new(),
        percents: Vec::new(),
        pictures: Pictures::default(),
    })
}

/// The tags of one name, each without its brackets.
fn tags<'a>(xml: &'a [u8], prefix: &str, name: &str) -> impl Iterator<Item = BytesStart<'a>> {
    let wanted = memmem::Finder::new(&format!("<{prefix}{name}")).into_owned();
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let start = wanted.find(rest)?;
            let end = start + memchr::memchr(b'>', rest.get(start..)?)?;
            let name_len = wanted.needle().len() - 1;
            let tag = rest.get(start + 1..end)?;
            rest = rest.get(end..)?;
            let tag = tag.strip_suffix(b"/").unwrap_or(tag);
            let whole_name = tag.get(name_len).is_none_or(u8::is_ascii_whitespace);
            if let (true, Ok(tag)) = (whole_name, std::str::from_utf8(tag)) {
                return Some(BytesStart::from_content(tag, name_len));
            }
        }
    })
}

/// Rows that are hidden, filtered out, folded away or of no height.
fn hidden_rows(cells: &[u8], prefix: &str) -> Spans {
    // Most sheets hide none.
    if memmem::find(cells, b"hidden").is_none() && memmem::find(cells, b"ht=\"0").is_none() {
        return Spans::default();
    }
    let mut next = 0_u32;
    let mut hidden = Vec::new();
    for tag in tags(cells, prefix, "row") {
        let number = attribute(&tag, "r").and_then(|number| number.parse::<u32>().ok());
        let row = number.map_or(next, |number| number.saturating_sub(1));
        next = row.saturating_add(1);
        if is_hidden(&tag, "ht") {
            hidden.push((row, row));
        }
    }
    hidden.into_iter().collect()
}

fn hidden_columns(tag: &BytesStart<'_>) -> Option<(u32, u32)> {
    let number = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    let (first, last) = (number("min")?, number("max")?);
    is_hidden(tag, "width").then_some((first, last))
}

fn is_hidden(tag: &BytesStart<'_>, size: &str) -> bool {
    let says_so = attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
    says_so || attribute(tag, size).and_then(|size| size.parse::<f64>().ok()) == Some(0.0)
}

/// The positions of cells with a formula and no value, or an empty one.
fn formulas_without_value(cells: &[u8]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
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
        let position = std::str::from_utf8(address).ok().and_then(position);
        found.extend(position.filter(|_| !text));
        at = end + 4;
    }
    found
}

/// `A3:C4`, or a single cell, which is no area.
fn area(reference: &str) -> Option<Area> {
    let (start, end) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(start)?, position(end)?);
    (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
}

/// Row and column of an address such as `C5`, from 0.
pub(super) fn position(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = address.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (row, column) in [(0, 0), (4, 2), (9, 25), (9, 26), (1_048_575, 16_383)] {
            assert_eq!(position(&super::super::cell_address(row, column)), Some((row, column)));
        }
        for wrong in ["", "5", "A", "A0", "Ä5", "AAAAAAAAAAAA5", "A99999999999"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_sheet_whose_tags_have_a_prefix_or_no_numbers_is_understood() {
        let sheet = "<x:cols><x:col min='2' max='3' hidden='true'/><x:col min='5' max='5' width=\"0\"/></x:cols>\
            <x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row><x:row hidden='1'/><x:row ht=\"0\"></x:row></x:sheetData>\
            <x:mergeCells><x:mergeCell ref='A1:B2'/></x:mergeCells>";
        let outline = outline(sheet.as_bytes()).unwrap();
        assert_eq!(outline.hidden_rows.runs().collect::<Vec<_>>(), [(1, 2)]);
        assert_eq!(outline.hidden_columns.runs().collect::<Vec<_>>(), [(1, 2), (4, 4)]);
        assert_eq!(outline.merged, [Area { top: 0, left: 0, bottom: 1, right: 1 }]);
    }
}
