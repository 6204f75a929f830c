//! The parts of a workbook that is a zip file, unpacked.

use std::io::Result;
use std::sync::Arc;

use flate2::Crc;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::stored_zip::{StoredPart, StoredZip};

#[derive(Clone, Debug)]
struct Part {
    name: String,
    /// The name as it is compared: capitals do not count, as in Excel.
    folded: String,
    checksum: u32,
    bytes: Arc<Vec<u8>>,
}

/// The parts of a workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Package {
    parts: Vec<Part>,
}

impl Package {
    /// Adds a part of this name, the same as it is compared, and checksum.
    pub(super) fn push(&mut self, name: String, folded: String, checksum: u32, bytes: Vec<u8>) {
        self.parts.push(Part { name, folded, checksum, bytes: Arc::new(bytes) });
    }

    /// The package with some of its parts changed: those for which the change gives other bytes.
    pub(super) fn with(&self, change: impl Fn(&str, &[u8]) -> Option<Vec<u8>>) -> Self {
        let mut package = self.clone();
        for part in &mut package.parts {
            if let Some(bytes) = change(&part.folded, &part.bytes) {
                part.checksum = checksum([bytes.as_slice()]);
                part.bytes = Arc::new(bytes);
            }
        }
        package
    }

    /// The parts, by their names in lower case.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.parts.iter().map(|part| (part.folded.as_str(), part.bytes.as_slice()))
    }

    /// The package as a zip file.
    ///
    /// # Errors
    /// It is too large to be one.
    pub(super) fn zip(&self) -> Result<StoredZip<'_>> {
        self.zip_with(|_| None)
    }

    /// The package as a zip file in which some parts, by their numbers, are put together from other pieces.
    ///
    /// # Errors
    /// It is too large to be one.
    pub(super) fn zip_with<'a>(&'a self, change: impl Fn(usize) -> Option<Vec<&'a [u8]>>) -> Result<StoredZip<'a>> {
        StoredZip::new(self.parts.iter().enumerate().map(|(number, part)| match change(number) {
            Some(pieces) => StoredPart { name: &part.name, checksum: checksum(pieces.iter().copied()), pieces },
            None => StoredPart { name: &part.name, checksum: part.checksum, pieces: vec![&part.bytes] },
        }))
    }

    /// A part; capitals do not count, as in Excel.
    pub(super) fn part(&self, path: &str) -> Option<&[u8]> {
        self.parts().find(|(folded, _)| is_named(folded, path)).map(|(_, bytes)| bytes)
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
                    found.push(Relation::read(&tag, &beside));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        found
    }
}

/// A reference from one part to another.
#[derive(Debug, Default)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// The other part's path.
    pub(super) target: String,
}

impl Relation {
    /// Reads one of a part in this folder.
    fn read(tag: &BytesStart<'_>, folder: &str) -> Self {
        let mut relation = Self::default();
        for attribute in tag.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "Id" => relation.id = value(&attribute),
                "Type" => relation.kind = value(&attribute),
                "Target" => relation.target = resolved(folder, &value(&attribute)),
                _ => {}
            }
        }
        relation
    }
}

/// The checksum that zip files give of bytes in several pieces.
pub(super) fn checksum<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> u32 {
    let mut crc = Crc::new();
    pieces.into_iter().for_each(|piece| crc.update(piece));
    crc.sum()
}

/// An attribute's value.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.try_get_attribute(name).ok().flatten().map(|attribute| value(&attribute))
}

fn value(attribute: &Attribute<'_>) -> String {
    attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value.clone()).into_owned()
}

/// A part's name as it is compared.
pub(super) fn folded(path: &str) -> String {
    let mut folded = path.trim_start_matches(['/', '\\']).to_ascii_lowercase();
    if folded.contains('\\') {
        folded = folded.replace('\\', "/");
    }
    folded
}

/// Whether the name of a part, as it is compared, is this path.
fn is_named(name: &str, path: &str) -> bool {
    let path = path.trim_start_matches(['/', '\\']).bytes();
    let folded = path.map(|byte| if byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() });
    name.bytes().eq(folded)
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
    fn capitals_and_the_kind_of_slash_do_not_count_in_names() {
        for path in ["xl/workbook.xml", "/xl/Workbook.XML", "\\XL\\workbook.xml"] {
            assert!(is_named(&folded("XL\\Workbook.xml"), path), "{path}");
        }
        assert!(!is_named("xl/workbook.xml", "xl/workbook.xm"));
    }

    #[test]
    fn targets_count_from_their_folder_or_from_the_root() {
        assert_eq!(resolved("xl/", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/", "../xl/./sheet1.xml"), "xl/sheet1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
