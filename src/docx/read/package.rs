//! The parts of a .docx file and how they point to each other, unpacked within limits.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;

use super::problem;
use super::tree::{Element, MOST_DEPTH, Refusal, parse_within};
use crate::diagnostic::Diagnostic;
use crate::shelf::{Held, Shelf};

/// Most parts of a package.
const MOST_PARTS: usize = 10_000;
/// A package that unpacks to more than this many times its size is no honest document, unless it is small.
const MOST_RATIO: u64 = 300;
const SMALL: u64 = 16 << 20;

/// Parts that many documents of one make have in common, read once: styles, themes, lists, settings.
#[derive(Clone, Debug, Default)]
pub struct KnownParts(Arc<Shelf<[u8; 32], KnownPart>>);

/// A part, read, and the memory that was counted for it.
#[derive(Debug)]
struct KnownPart {
    tree: Arc<Element>,
    memory: u64,
}

impl Held for KnownPart {
    fn held(&self) -> usize {
        usize::try_from(self.memory).unwrap_or(usize::MAX)
    }
}

/// An opened .docx file.
#[derive(Debug)]
pub struct Package {
    file: String,
    parts: BTreeMap<String, Vec<u8>>,
    /// Bytes that the document may take in memory, and how many of them are left.
    memory: u64,
    left: Cell<u64>,
    known: Option<KnownParts>,
}

/// How a part points to others, by identifier.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    by_id: HashMap<String, Relation>,
}

/// A pointer to another part.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The last word of its type, such as `image`.
    pub kind: String,
    /// The part's path in the package; or an address outside.
    pub target: String,
    /// It points outside the file.
    pub external: bool,
}

impl Relations {
    /// The relation of an identifier.
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// The part of a kind, such as `styles`.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.all_of_kind(kind).first().copied()
    }

    /// The parts of a kind, such as `header`.
    pub fn all_of_kind(&self, kind: &str) -> Vec<&str> {
        let of_kind = self.by_id.values().filter(|relation| relation.kind == kind);
        let mut targets: Vec<&str> = of_kind.map(|relation| relation.target.as_str()).collect();
        targets.sort_unstable();
        targets
    }
}

impl Package {
    /// Opens a file that may take so many bytes of memory.
    ///
    /// # Errors
    /// It is no .docx, damaged, locked, or goes beyond the limits.
    pub fn open(file: &str, bytes: &[u8], memory: u64) -> Result<Self, Diagnostic> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Err(problem::old_or_locked(file));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| problem::no_docx(file))?;
        if archive.len() > MOST_PARTS {
            return Err(problem::too_many_parts(file, archive.len(), MOST_PARTS));
        }
        let packed = bytes.len() as u64;
        let most = memory.min(SMALL.max(packed.saturating_mul(MOST_RATIO)));
        let too_large = || match most < memory {
            true => problem::unpacks_to_too_much(file, packed, most, MOST_RATIO),
            false => problem::too_large(file, memory),
        };
        let mut left = most;
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).map_err(|_| problem::damaged(file, "zip"))?;
            if part.is_dir() {
                continue;
            }
            let name = part.name().map_err(|_| problem::damaged(file, "zip"))?.replace('\\', "/");
            let mut content = Vec::new();
            // what the directory claims counts for nothing: bytes are counted as they come
            let read = part.by_ref().take(left + 1).read_to_end(&mut content);
            read.map_err(|_| problem::damaged(file, &name))?;
            left = left.checked_sub(content.len() as u64).ok_or_else(too_large)?;
            parts.insert(name.trim_start_matches('/').to_owned(), content);
        }
        let left = Cell::new(memory - (most - left));
        Ok(Self { file: file.to_owned(), parts, memory, left, known: None })
    }

    /// Looks for parts among those that are known, but for the document itself.
    pub fn with_known(self, known: Option<&KnownParts>) -> Self {
        Self { known: known.cloned(), ..self }
    }

    /// The path of the document itself.
    ///
    /// # Errors
    /// There is none.
    pub fn document_path(&self) -> Result<String, Diagnostic> {
        let root = self.relations("")?;
        let named = root.of_kind("officeDocument").filter(|path| self.parts.contains_key(*path));
        named
            .map(str::to_owned)
            .or_else(|| self.parts.contains_key("word/document.xml").then(|| "word/document.xml".to_owned()))
            .ok_or_else(|| problem::no_docx(&self.file))
    }

    /// A part's bytes.
    pub fn part(&self, path: &str) -> Option<&[u8]> {
        self.parts.get(path).map(Vec::as_slice)
    }

    /// A part's XML; `None` if there is no such part.
    ///
    /// # Errors
    /// It is damaged or goes beyond the limits.
    pub fn tree(&self, path: &str) -> Result<Option<Arc<Element>>, Diagnostic> {
        let (Some(known), Some(bytes)) = (&self.known, self.parts.get(path)) else {
            return Ok(self.own_tree(path)?.map(Arc::new));
        };
        let before = self.left.get();
        let read = |_: &[u8; 32]| {
            let tree = Arc::new(self.own_tree(path)?.unwrap_or_default());
            Ok(KnownPart { tree, memory: before - self.left.get() })
        };
        let part = known.0.get_or_make(*blake3::hash(bytes).as_bytes(), read)?;
        let left = before.checked_sub(part.memory).ok_or_else(|| problem::too_large(&self.file, self.memory))?;
        self.left.set(left);
        Ok(Some(Arc::clone(&part.tree)))
    }

    /// A part's XML, for its own reader alone; `None` if there is no such part.
    ///
    /// # Errors
    /// It is damaged or goes beyond the limits.
    pub fn own_tree(&self, path: &str) -> Result<Option<Element>, Diagnostic> {
        let Some(bytes) = self.parts.get(path) else { return Ok(None) };
        let mut left = self.left.get();
        let tree = parse_within(bytes, &mut left);
        self.left.set(left);
        tree.map(Some).map_err(|refusal| match refusal {
            Refusal::Damaged => problem::damaged(&self.file, path),
            Refusal::Entities => problem::entities(&self.file, path),
            Refusal::TooDeep => problem::too_deep(&self.file, path, MOST_DEPTH),
            Refusal::TooLarge => problem::too_large(&self.file, self.memory),
        })
    }

    /// How a part points to others; `""` for the package as a whole.
    ///
    /// # Errors
    /// The relations are damaged.
    pub fn relations(&self, path: &str) -> Result<Relations, Diagnostic> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let tree = self.tree(&format!("{prefix}_rels/{name}.rels"))?;
        let mut relations = Relations::default();
        for element in tree.iter().flat_map(|tree| &tree.children) {
            let get = |name| element.attribute(name).unwrap_or_default();
            let external = get("TargetMode") == "External";
            let target = if external { get("Target").to_owned() } else { resolved(folder, get("Target")) };
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            relations.by_id.insert(get("Id").to_owned(), Relation { kind, target, external });
        }
        Ok(relations)
    }
}

/// A path from a folder of the package on.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_part_that_names_them() {
        assert_eq!(resolved("word", "media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "../custom/x.xml"), "custom/x.xml");
        assert_eq!(resolved("", "../../x"), "x");
    }

    #[test]
    fn what_is_no_word_file_is_refused_with_words() {
        let refused = |name, bytes| Package::open(name, bytes, u64::MAX).unwrap_err().code;
        assert_eq!(refused("a.docx", b"hello".as_slice()), "docx.not-a-docx");
        assert_eq!(refused("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "docx.old-or-locked");
    }

    #[test]
    fn parts_that_are_known_are_read_once_and_counted_each_time() {
        let bytes = crate::docx::write(&crate::docx::sample::everything()).unwrap();
        let known = KnownParts::default();
        let open = |memory| Package::open("a.docx", &bytes, memory).unwrap().with_known(Some(&known));
        let (first, second) = (open(1 << 30), open(1 << 30));
        let styles = first.tree("word/styles.xml").unwrap().unwrap();
        assert!(Arc::ptr_eq(&styles, &second.tree("word/styles.xml").unwrap().unwrap()));
        assert_eq!(first.left, second.left);
        let unpacked: usize = first.parts.values().map(Vec::len).sum();
        let small = open(unpacked as u64 + 1000);
        assert_eq!(small.tree("word/styles.xml").unwrap_err().code, "docx.too-large");
    }

    #[test]
    fn a_document_is_the_same_whether_its_parts_are_known_or_not() {
        let bytes = crate::docx::write(&crate::docx::sample::everything()).unwrap();
        let known = KnownParts::default();
        let read = |known| super::super::read_within("a.docx", &bytes, 1 << 30, known).unwrap().0;
        let unknown = read(None);
        assert_eq!(read(Some(&known)), unknown);
        assert_eq!(read(Some(&known)), unknown);
    }
}
