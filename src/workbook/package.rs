//! A zip file whose parts are stored as they are: reading one again is taking a slice.

use std::io::{Cursor, Write};
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

#[derive(Debug)]
struct Part {
    name: String,
    /// The name as it is compared: capitals do not count, as in Excel.
    folded: String,
    place: Range<usize>,
}

/// The parts of a workbook.
#[derive(Debug)]
pub(super) struct Package {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

impl Package {
    /// A package of a zip file whose parts are all stored without compression.
    pub(super) fn new(bytes: Vec<u8>) -> ZipResult<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
        let mut parts = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let part = archive.by_index(index)?;
            let start = part.data_start().unwrap_or_default() as usize;
            let end = start.saturating_add(part.size() as usize);
            let name = part.name()?.into_owned();
            parts.push(Part { folded: folded(&name), name, place: start..end });
        }
        Ok(Self { bytes, parts })
    }

    /// The package with some of its parts changed: those for which the change gives other bytes.
    pub(super) fn with(&self, change: impl Fn(&str, &[u8]) -> Option<Vec<u8>>) -> ZipResult<Self> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for Part { name, folded, place } in &self.parts {
            let part = self.bytes.get(place.clone()).unwrap_or_default();
            writer.start_file(name.as_str(), options)?;
            writer.write_all(change(folded, part).as_deref().unwrap_or(part))?;
        }
        Self::new(writer.finish()?.into_inner())
    }

    /// The parts, by their names in lower case.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.parts.iter().filter_map(|part| Some((part.folded.as_str(), self.bytes.get(part.place.clone())?)))
    }

    /// The zip file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A part; capitals do not count, as in Excel.
    pub(super) fn part(&self, path: &str) -> Option<&[u8]> {
        let path = folded(path);
        let part = self.parts.iter().find(|part| part.folded == path)?;
        self.bytes.get(part.place.clone())
    }

    /// The path of an xlsx or xlsb package's main part.
    pub(super) fn main_part(&self) -> Option<String> {
        let relations = self.relations("");
        relations.into_iter().find(|relation| relation.kind.ends_with("/officeDocument")).map(|found| found.target)
    }

    /// What a part refers to; that of no path is the package itself.
    pub(super) fn relations(&self, path: &str) -> Vec<Relation> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut found = Vec::new();
        let Some(part) = self.part(&format!("{beside}_rels/{name}.rels")) else { return found };
        let mut reader = Reader::from_reader(part);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let get = |name| attribute(&tag, name).unwrap_or_default();
                    let target = resolved(&beside, &get("Target"));
                    found.push(Relation { id: get("Id"), kind: get("Type"), target });
                }
                Event::Eof => break,
                _ => {}
            }
        }
        found
    }
}

/// A reference from one part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// The other part's path.
    pub(super) target: String,
}

/// An attribute's value.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value.clone()).into_owned())
}

/// A part's name as it is compared.
pub(super) fn folded(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// A target's path, which may count from the package's root or from the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    let path = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_count_from_their_folder_or_from_the_root() {
        assert_eq!(resolved("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/", "../xl/./sheet1.xml"), "xl/sheet1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
