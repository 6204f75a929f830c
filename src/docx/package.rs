//! The parts as one file (Open Packaging Conventions): content types, relations, ZIP.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::DECLARATION;
use super::media::CONTENT_TYPES;
use super::problem;
use super::share::Share;
use super::xml::escape;
use crate::diagnostic::Diagnostic;
use crate::pieces::Pieces;
use crate::zip_file::{Packed, ZipFile};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts by path, with their content types.
#[derive(Debug)]
pub struct Package<'a> {
    parts: BTreeMap<String, Content<'a>>,
    types: BTreeMap<String, String>,
    share: &'a Share,
}

/// What a part holds.
#[derive(Debug)]
enum Content<'a> {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Its bytes, packed already.
    Packed(Packed),
    /// The same, for several files.
    Shared(Arc<Packed>),
    /// The bytes of a picture, which others keep.
    Media(&'a Bytes),
}

/// A relation from one part to another.
pub struct Relation {
    /// Its identifier, unique in the part that it begins from.
    pub id: String,
    /// What the other part is, such as `styles`.
    pub kind: &'static str,
    /// Path of the other part, from the folder of the one that it begins from; of a hyperlink, the address.
    pub target: String,
}

impl<'a> Package<'a> {
    /// No parts yet.
    pub fn new(share: &'a Share) -> Self {
        Self { parts: BTreeMap::new(), types: BTreeMap::new(), share }
    }

    /// Adds a part below `word/` whose content type is named after what it is, such as `styles`.
    pub fn add_word(&mut self, path: &str, kind: &str, bytes: Vec<u8>) {
        self.insert_word(path, kind, Content::Bytes(bytes));
    }

    /// Adds such a part that is packed already.
    pub fn add_packed_word(&mut self, path: &str, kind: &str, part: Packed) {
        self.insert_word(path, kind, Content::Packed(part));
    }

    /// Adds such a part that other files have as well.
    pub fn add_shared_word(&mut self, path: &str, kind: &str, part: Arc<Packed>) {
        self.insert_word(path, kind, Content::Shared(part));
    }

    /// Adds such a part, a small one that other files are likely to have as well.
    pub fn add_common_word(&mut self, path: &str, kind: &str, bytes: Vec<u8>) {
        self.insert_word(path, kind, Content::Shared(self.share.packed(&bytes)));
    }

    fn insert_word(&mut self, path: &str, kind: &str, content: Content<'a>) {
        let path = format!("word/{path}");
        self.types.insert(path.clone(), format!("{WORD_TYPE}.{kind}+xml"));
        self.parts.insert(path, content);
    }

    /// Adds a part of another content type.
    pub fn add(&mut self, path: &str, content_type: &str, bytes: Vec<u8>) {
        self.types.insert(path.to_owned(), content_type.to_owned());
        self.parts.insert(path.to_owned(), Content::Bytes(bytes));
    }

    /// Adds a small part that other files are likely to have as well.
    pub fn add_common(&mut self, path: &str, content_type: &str, bytes: &[u8]) {
        self.types.insert(path.to_owned(), content_type.to_owned());
        self.parts.insert(path.to_owned(), Content::Shared(self.share.packed(bytes)));
    }

    /// Adds a picture, whose content type its extension tells.
    pub fn add_media(&mut self, path: String, bytes: &'a Bytes) {
        self.parts.insert(path, Content::Media(bytes));
    }

    /// Adds the relations of a part; `path` is the relations' own. None, no part.
    pub fn add_relations(&mut self, path: &str, relations: &[Relation]) {
        if relations.is_empty() {
            return;
        }
        let mut part = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\">");
        for Relation { id, kind, target } in relations {
            let outside = if *kind == "hyperlink" { " TargetMode=\"External\"" } else { "" };
            let kind = match *kind {
                "core-properties" => format!("{RELATIONS}/metadata/core-properties"),
                kind => format!("{OFFICE}/{kind}"),
            };
            part += &format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"{outside}/>", escape(target));
        }
        part += "</Relationships>";
        self.parts.insert(path.to_owned(), Content::Shared(self.share.packed(part.as_bytes())));
    }

    /// The file: parts in the order of their paths, all with the same time stamp, so that equal parts give equal bytes.
    ///
    /// # Errors
    /// The parts do not fit into a ZIP file.
    pub fn pack(mut self) -> Result<Pieces, Diagnostic> {
        let types = self.content_types();
        self.parts.insert("[Content_Types].xml".into(), Content::Shared(self.share.packed(&types)));
        let mut zip = ZipFile::default();
        for (path, content) in &self.parts {
            let added = match content {
                // a workbook is compressed already
                Content::Bytes(bytes) if path.starts_with("word/embeddings/") => zip.store(path, bytes),
                Content::Media(bytes) => zip.store_kept(path, bytes),
                Content::Bytes(bytes) => zip.add(path, bytes),
                Content::Packed(part) => zip.add_pieces(path, part),
                Content::Shared(part) => zip.add_pieces(path, part),
            };
            added.map_err(|error| problem::cannot_pack(path, &error))?;
        }
        zip.finish().map_err(|error| problem::cannot_pack(".docx", &error))
    }

    fn content_types(&self) -> Vec<u8> {
        let mut part = format!(
            "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        for (extension, content_type) in CONTENT_TYPES {
            let is_one = |path: &String| path.rsplit_once('.').is_some_and(|(_, ending)| ending == extension);
            if self.parts.keys().any(is_one) {
                part += &format!("<Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>");
            }
        }
        for (path, content_type) in &self.types {
            part += &format!("<Override PartName=\"/{path}\" ContentType=\"{content_type}\"/>");
        }
        part += "</Types>";
        part.into_bytes()
    }
}
