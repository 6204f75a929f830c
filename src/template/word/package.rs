//! The file as a package of parts (Open Packaging Conventions). What a merge does not change is copied as it is,
//! compressed bytes and all.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use bytes::Bytes;
use zip::{CompressionMethod, ZipArchive};

use super::macros::without;
use super::problem;
use super::tree::{Tree, Unreadable};
use crate::diagnostic::{Diagnostic, DocumentPart};
use crate::pieces::Pieces;
use crate::zip_file::{Packing, ZipFile};

/// Bytes of memory for an element of a part that is read, as measured.
const ELEMENT: u64 = 150;
const MOST_PARTS: usize = 20_000;
const TYPES: &str = "[Content_Types].xml";
/// What an old .doc and a file with a password begin with.
const COMPOUND_FILE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// A document's parts.
pub(super) struct Package {
    file: String,
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
    /// The paths of the parts, empty for those that were taken out.
    names: Vec<String>,
    /// Parts that every merged document has otherwise than the file.
    replaced: BTreeMap<String, Vec<u8>>,
    /// Bytes of memory that the document may take, and how many of them are left.
    memory: u64,
    left: u64,
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Package").field("file", &self.file).field("names", &self.names).finish_non_exhaustive()
    }
}

/// What the names of parts and relations begin with that merges put in; more letters may follow, then a number.
const GIVEN: [&str; 5] = ["huibao", "Huibao", "guest", "Guest", "rIdTold"];

/// Numbers from here on are no numbers of ours.
const MOST_NUMBER: usize = 1 << 30;

/// The highest number that follows one of those names in a text.
fn highest_given(text: &str) -> usize {
    let numbers = GIVEN.iter().flat_map(|name| text.match_indices(name)).filter_map(|(at, name)| {
        let rest = text.get(at + name.len()..)?.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse::<usize>().ok().filter(|number| *number < MOST_NUMBER)
    });
    numbers.max().unwrap_or_default()
}

/// What a part is for, by its content type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) path: String,
    pub(super) part: DocumentPart,
}

impl Package {
    /// Opens a document that may take so many bytes of memory.
    pub(super) fn open(file: &str, bytes: &[u8], memory: u64) -> Result<Self, Diagnostic> {
        if bytes.starts_with(&COMPOUND_FILE) {
            return Err(problem::old_or_locked(file));
        }
        let bytes: Arc<[u8]> = Arc::from(bytes);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| problem::not_a_document(file))?;
        if archive.len() > MOST_PARTS {
            return Err(problem::too_many_parts(file, MOST_PARTS));
        }
        let name = |at| archive.name_for_index(at)?.ok().map(Cow::into_owned);
        let names: Option<Vec<String>> = (0..archive.len()).map(name).collect();
        let names = names.ok_or_else(|| problem::not_a_document(file))?;
        Ok(Self { file: file.to_owned(), archive, names, replaced: BTreeMap::new(), memory, left: memory })
    }

    /// The paths of all parts.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// A number that no part's name ends in, nor any higher one.
    pub(super) fn free_number(&self) -> usize {
        let number = |name: &String| {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let digits = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            stem[stem.len() - digits..].parse::<usize>().ok().filter(|number| *number < MOST_NUMBER)
        };
        self.names.iter().filter_map(number).max().unwrap_or_default().max(self.names.len()) + 1
    }

    /// How far the numbers go that former merges gave to parts and relations: a merged document may be a template again.
    pub(super) fn numbers_given(&mut self) -> usize {
        let mut most = highest_given(&self.names.join("\n"));
        let relations: Vec<String> = self.names.iter().filter(|name| name.ends_with(".rels")).cloned().collect();
        for path in relations {
            // what cannot be read is told where it is asked for
            let text = self.text(&path).unwrap_or_default();
            most = most.max(highest_given(&text));
        }
        most
    }

    /// Puts something else in the place of a part.
    pub(super) fn replace(&mut self, path: &str, bytes: Vec<u8>) {
        self.replaced.insert(path.to_owned(), bytes);
    }

    /// Takes a part out.
    pub(super) fn remove(&mut self, path: &str) {
        self.names.iter_mut().filter(|name| *name == path).for_each(String::clear);
        self.replaced.remove(path);
    }

    /// Takes a part out that nothing refers to any more, with its content type.
    pub(super) fn forget(&mut self, path: &str) -> Result<(), Diagnostic> {
        self.remove(path);
        let Some(types) = self.tree(TYPES)? else { return Ok(()) };
        let is_own = |id: &usize| types.value(*id, "PartName").is_some_and(|part| part.trim_start_matches('/') == path);
        let own: Vec<usize> = types.ids().filter(is_own).collect();
        if !own.is_empty() {
            self.replace(TYPES, without(&types, &own));
        }
        Ok(())
    }

    /// A part's bytes; nothing if there is none of this path.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        if path.is_empty() {
            return Ok(None);
        }
        if let Some(bytes) = self.replaced.get(path) {
            return Ok(Some(bytes.clone()));
        }
        let Some(at) = self.names.iter().position(|name| name == path) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|_| problem::not_a_document(&self.file))?;
        let mut bytes = Vec::new();
        // What the package says of a part's size need not be true.
        part.take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| problem::not_a_document(&self.file))?;
        self.take(bytes.len() as u64)?;
        Ok(Some(bytes))
    }

    fn take(&mut self, bytes: u64) -> Result<(), Diagnostic> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| problem::too_large(&self.file, self.memory))?;
        Ok(())
    }

    /// Bytes of memory that the document may take.
    pub(super) fn memory(&self) -> u64 {
        self.memory
    }

    /// A part's text; empty if there is none of this path.
    pub(super) fn text(&mut self, path: &str) -> Result<String, Diagnostic> {
        let bytes = self.bytes(path)?.unwrap_or_default();
        String::from_utf8(bytes).map_err(|_| problem::unreadable_part(&self.file, path, Unreadable::NotText))
    }

    /// The document's name in messages.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// A part's bytes, read once more; nothing if there is none of this path.
    pub(super) fn part(&self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let (file, archive, names) = (self.file.clone(), self.archive.clone(), self.names.clone());
        let (replaced, memory) = (self.replaced.clone(), self.memory);
        Self { file, archive, names, replaced, memory, left: memory }.bytes(path)
    }

    /// A part's text as it stands in a merged document; nothing if there is none of this path.
    pub(super) fn current(
        &self,
        path: &str,
        changed: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Option<String>, Diagnostic> {
        let bytes = match changed.get(path) {
            Some(bytes) => bytes.clone(),
            None => match self.part(path)? {
                Some(bytes) => bytes,
                None => return Ok(None),
            },
        };
        let text =
            String::from_utf8(bytes).map_err(|_| problem::unreadable_part(&self.file, path, Unreadable::NotText));
        text.map(Some)
    }

    /// A part as a tree; nothing if there is none of this path.
    pub(super) fn tree(&mut self, path: &str) -> Result<Option<Tree>, Diagnostic> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let tree = Tree::read(bytes).map_err(|why| problem::unreadable_part(&self.file, path, why))?;
        self.take(ELEMENT * tree.ids().len() as u64)?;
        Ok(Some(tree))
    }

    /// The document with some parts changed or added, and with files that are compressed already: what it has keeps its
    /// place, what is new comes last.
    pub(super) fn write(
        &self,
        mut changed: BTreeMap<String, Vec<u8>>,
        compressed: &[(String, Bytes)],
    ) -> Result<Vec<u8>, Diagnostic> {
        let cannot = |error: &dyn std::fmt::Display| problem::cannot_pack(&self.file, &error.to_string());
        let mut archive = self.archive.clone();
        let mut zip = ZipFile::default();
        for (at, name) in self.names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            let own = changed.remove(name);
            match own.as_ref().or_else(|| self.replaced.get(name)) {
                Some(bytes) => zip.add(name, bytes).map_err(|error| cannot(&error))?,
                None => {
                    let mut part = archive.by_index_raw(at).map_err(|error| cannot(&error))?;
                    let packing = match part.compression() {
                        CompressionMethod::Stored => Packing::Stored,
                        CompressionMethod::Deflated => Packing::Deflated,
                        other => return Err(cannot(&format!("{name}: {other}"))),
                    };
                    let mut packed = Vec::new();
                    part.read_to_end(&mut packed).map_err(|error| cannot(&error))?;
                    let (checksum, length) = (part.crc32(), part.size());
                    zip.add_packed(name, packing, checksum, length, &packed).map_err(|error| cannot(&error))?;
                }
            }
        }
        for (name, bytes) in changed {
            zip.add(&name, &bytes).map_err(|error| cannot(&error))?;
        }
        for (name, bytes) in compressed {
            zip.store(name, bytes).map_err(|error| cannot(&error))?;
        }
        zip.finish().map(Pieces::into_vec).map_err(|error| cannot(&error))
    }

    /// The parts in which text can stand, in the order in which a reader of the document thinks of them.
    pub(super) fn kinds(&mut self) -> Result<Vec<Kind>, Diagnostic> {
        let types = self.tree(TYPES)?.ok_or_else(|| problem::not_a_document(&self.file))?;
        let mut kinds = Vec::new();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let mut overrides: Vec<(String, String)> = types
            .ids()
            .filter(|&id| types.name(id) == "Override")
            .filter_map(|id| {
                let path = types.value(id, "PartName")?.trim_start_matches('/').to_owned();
                Some((path, types.value(id, "ContentType")?.to_owned()))
            })
            .collect();
        // header10 comes after header2
        overrides.sort_by(|a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        for (path, content_type) in &overrides {
            let Some((kind, part)) = PARTS.iter().find(|(ending, _)| content_type.ends_with(ending)) else { continue };
            let number = counts.entry(kind).or_default();
            *number += 1;
            kinds.push(Kind { path: path.clone(), part: part(*number) });
        }
        if !kinds.iter().any(|kind| kind.part == DocumentPart::Body) {
            return Err(problem::not_a_document(&self.file));
        }
        let mut data = 0;
        for path in &self.names {
            if path.starts_with("customXml/item") && path.ends_with(".xml") && !path.contains("Props") {
                data += 1;
                kinds.push(Kind { path: path.clone(), part: DocumentPart::Data(data) });
            } else if path.starts_with("word/_rels/") && path.ends_with(".rels") {
                kinds.push(Kind { path: path.clone(), part: DocumentPart::Links });
            }
        }
        kinds.sort_by_key(|kind| kind.part);
        Ok(kinds)
    }
}

/// The path of the relations that begin from a part.
pub(super) fn relations_of(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}

/// The path of a part that a relation of another names.
pub(super) fn target_of(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

type PartOf = fn(u32) -> DocumentPart;

/// Parts by the ends of their content types.
const PARTS: [(&str, PartOf); 16] = [
    (".document.main+xml", |_| DocumentPart::Body),
    (".template.main+xml", |_| DocumentPart::Body),
    (".document.macroEnabled.main+xml", |_| DocumentPart::Body),
    (".template.macroEnabledTemplate.main+xml", |_| DocumentPart::Body),
    (".header+xml", DocumentPart::Header),
    (".footer+xml", DocumentPart::Footer),
    (".footnotes+xml", DocumentPart::Footnote),
    (".endnotes+xml", DocumentPart::Endnote),
    (".chart+xml", DocumentPart::Chart),
    (".chartex+xml", DocumentPart::Chart),
    (".chartshapes+xml", DocumentPart::Chart),
    (".diagramData+xml", DocumentPart::Diagram),
    (".diagramDrawing+xml", DocumentPart::Diagram),
    ("core-properties+xml", |_| DocumentPart::Properties),
    ("extended-properties+xml", |_| DocumentPart::Properties),
    ("custom-properties+xml", |_| DocumentPart::Properties),
];
