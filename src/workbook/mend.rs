//! What Excel opens and calamine refuses, or believes where it should not, in an xlsx package: written as calamine
//! wants it.

use memchr::memmem;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::limits::Limits;
use super::package::Package;
use super::reading::Failure;

/// The package with the number of its shared strings as it is, if what it claims cannot be: calamine makes room for as
/// many as are claimed.
pub(super) fn without_false_claims(package: &Package, limits: &Limits) -> Result<Option<Package>, Failure> {
    let mut false_claim = false;
    for (_, part) in package.parts().filter(|(name, _)| is_strings(name)) {
        let ends = memmem::find_iter(part, b"si>").count() / 2 + memmem::find_iter(part, b"si/>").count();
        if ends > limits.cells {
            return Err(Failure::TooManyCells(None));
        }
        false_claim |= claims(part).any(|(_, claimed)| claimed.is_none_or(|claimed| claimed > part.len()));
    }
    Ok(false_claim.then(|| package.with(|name, part| is_strings(name).then(|| without_claims(part)))))
}

fn is_strings(name: &str) -> bool {
    name.ends_with("sharedstrings.xml")
}

/// Where the claims of how many strings there are stand, before the first string, and how many they claim; nothing if
/// that is beyond number.
fn claims(part: &[u8]) -> impl Iterator<Item = (usize, Option<usize>)> {
    let head = part.get(..memmem::find(part, b"<si").unwrap_or(part.len())).unwrap_or_default();
    memmem::find_iter(head, b"uniqueCount").map(|at| {
        let value = head.get(at..).unwrap_or_default();
        let value = value.split(|byte| matches!(byte, b'"' | b'\'')).nth(1).unwrap_or_default();
        (at, std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok()))
    })
}

fn without_claims(part: &[u8]) -> Vec<u8> {
    let mut mended = part.to_vec();
    for (at, _) in claims(part) {
        // An attribute of another name says nothing.
        if let Some(letter) = mended.get_mut(at) {
            *letter = b'U';
        }
    }
    mended
}

/// The package with sheets as calamine reads them.
pub(super) fn mended(package: &Package) -> Package {
    let mend = |name: &str, part: &[u8]| {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            return None;
        }
        match in_utf_8(part) {
            Some(part) => Some(mended_sheet(&part).unwrap_or(part)),
            None => mended_sheet(part),
        }
    };
    package.with(mend)
}

/// A part that is in another encoding, which it states; nothing if it is in UTF-8.
fn in_utf_8(part: &[u8]) -> Option<Vec<u8>> {
    if std::str::from_utf8(part).is_ok() {
        return None;
    }
    let marked = encoding_rs::Encoding::for_bom(part).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| {
        let declaration = part.get(..memchr::memchr(b'>', part)?)?;
        let stated = declaration.get(memmem::find(declaration, b"encoding")?..)?;
        encoding_rs::Encoding::for_label(stated.split(|byte| matches!(byte, b'"' | b'\'')).nth(1)?)
    })?;
    let text = encoding.decode_with_bom_removal(part).0;
    // What it states is no longer so.
    let end = text.starts_with("<?xml").then(|| text.find("?>")).flatten().map_or(0, |end| end + 2);
    Some(text.get(end..)?.as_bytes().to_vec())
}

/// A sheet in which cells hold nothing but values and formulas, have no type but those of the standard, and errors are
/// texts, which are known for errors by their names; nothing if the part is no sheet.
fn mended_sheet(part: &[u8]) -> Option<Vec<u8>> {
    memmem::find(part, b"sheetData")?;
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(Vec::with_capacity(part.len()));
    let (mut in_cell, mut left_out) = (false, 0_usize);
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Eof => return Some(writer.into_inner()),
            Event::Start(_) if left_out > 0 => left_out += 1,
            Event::End(_) if left_out > 0 => {
                left_out -= 1;
                continue;
            }
            Event::Start(tag) | Event::Empty(tag) => {
                let is_empty = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "c" => {
                        in_cell = !is_empty;
                        let cell = mended_cell(tag);
                        let event = if is_empty { Event::Empty(cell) } else { Event::Start(cell) };
                        writer.write_event(event).ok()?;
                        continue;
                    }
                    "dimension" => left_out = usize::from(!is_empty),
                    // Rich text stands within a text.
                    "v" | "f" | "is" | "t" | "r" | "rPr" | "rPh" | "phoneticPr" => {}
                    _ if in_cell && !is_within_text(tag) => left_out = usize::from(!is_empty),
                    _ => {}
                }
                if left_out > 0 || is_empty && (in_cell || tag.local_name().as_ref() == "dimension") {
                    continue;
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "c" => in_cell = false,
            _ => {}
        }
        if left_out == 0 {
            writer.write_event(event).ok()?;
        }
    }
}

/// Properties of a run of text, which may be of any name.
fn is_within_text(tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name();
    ["b", "i", "u", "strike", "sz", "color", "rFont", "family", "charset", "scheme", "vertAlign"]
        .contains(&name.as_ref())
}

fn mended_cell(tag: &BytesStart<'_>) -> BytesStart<'static> {
    let mut cell = BytesStart::new(tag.name().as_ref().to_owned());
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = match (attribute.key.as_ref(), attribute.value.as_ref()) {
            ("t", "e") => "str",
            ("t", "s" | "b" | "d" | "str" | "inlineStr") => attribute.value.as_ref(),
            // Without a type it is a number if it is one, and else a text.
            ("t", _) => continue,
            (_, value) => value,
        };
        cell.push_attribute(Attribute { key: attribute.key, value: value.to_owned().into() });
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_made_as_the_standard_has_them() {
        let sheet = "<x:worksheet><x:dimension ref=\"\"/><x:sheetData><x:c r=\"A1\" t=\"e\"><x:f>A2#</x:f><x:v>#SPILL!</x:v></x:c>\
            <x:c r=\"B1\" t=\"n\" s=\"1\"><x:v>甲&amp;乙</x:v><x:extLst><x:ext>1</x:ext></x:extLst></x:c></x:sheetData></x:worksheet>";
        let expected = "<x:worksheet><x:sheetData><x:c r=\"A1\" t=\"str\"><x:f>A2#</x:f><x:v>#SPILL!</x:v></x:c>\
            <x:c r=\"B1\" s=\"1\"><x:v>甲&amp;乙</x:v></x:c></x:sheetData></x:worksheet>";
        assert_eq!(String::from_utf8(mended_sheet(sheet.as_bytes()).unwrap()).unwrap(), expected);
        assert_eq!(mended_sheet(b"<sst/>"), None);
    }

    #[test]
    fn a_claim_of_more_strings_than_bytes_is_not_believed() {
        let part = b"<sst count='5' uniqueCount='99999999999999'><si><t>uniqueCount='7'</t></si></sst>";
        assert_eq!(claims(part).collect::<Vec<_>>(), [(15, Some(99_999_999_999_999))]);
        let mended = String::from_utf8(without_claims(part)).unwrap();
        assert!(mended.starts_with("<sst count='5' UniqueCount="), "{mended}");
    }
}
