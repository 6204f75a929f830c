//! The parts as one file (Open Packaging Conventions): content types, relations, ZIP.

use std::collections::BTreeMap;

use super::DECLARATION;
use super::media::CONTENT_TYPES;
use super::problem;
use super::xml::escape;
use crate::diagnostic::Diagnostic;
use crate::zip_file::{Packed, ZipFile};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts by path, with their content types.
#[derive(Debug, Default)]
pub struct Package {
    parts: BTreeMap<String, Content>,
    types: BTreeMap<String, String>,
}

/// What a part holds.
#[derive(Debug)]
enum Content {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Its bytes, packed already.
    Packed(Packed),
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

impl Package {
    /// Adds a part below `word/` whose content type is named after what it is, such as `styles`.
    pub fn add_word(&mut self, path: &str, kind: &str, bytes: Vec<u8>) {
        self.insert_word(path, kind, Content::Bytes(bytes));
    }

    /// Adds such a part that is packed already.
    pub fn add_packed_word(&mut self, path: &str, kind: &str, part: Packed) {
        self.insert_word(path, kind, Content::Packed(part));
    }

    fn insert_word(&mut self, path: &str, kind: &str, content: Content) {
        let path = format!("word/{path}");
        self.types.insert(path.clone(), format!("{WORD_TYPE}.{kind}+xml"));
        self.parts.insert(path, content);
    }

    /// Adds a part of another content type.
    pub fn add(&mut self, path: &str, content_type: &str, bytes: Vec<u8>) {
        self.types.insert(path.to_owned(), content_type.to_owned());
        self.parts.insert(path.to_owned(), Content::Bytes(bytes));
    }

    /// Adds a part whose content type its extension tells.
    pub fn add_media(&mut self, path: &str, bytes: Vec<u8>) {
        self.parts.insert(path.to_owned(), Content::Bytes(bytes));
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
        self.parts.insert(path.to_owned(), Content::Bytes(part.into_bytes()));
    }

    /// The file: parts in the order of their paths, all with the same time stamp, so that equal parts give equal bytes.
    ///
    /// # Errors
    /// The parts do not fit into a ZIP file.
    pub fn pack(mut self) -> Result<Vec<u8>, Diagnostic> {
        let types = self.content_types();
        self.parts.insert("[Content_Types].xml".into(), Content::Bytes(types));
        // pictures and workbooks are compressed already
        let is_compressed =
            |path: &str| ["word/media/", "word/embeddings/"].iter().any(|folder| path.starts_with(folder));
        let large = self.parts.iter().map(|(path, content)| match content {
            Content::Bytes(bytes) if is_compressed(path) => bytes.len(),
            _ => 0,
        });
        let mut zip = ZipFile::of(large.sum());
        for (path, content) in &self.parts {
            let compressed = is_compressed(path);
            let added = match content {
                Content::Bytes(bytes) if compressed => zip.store(path, bytes),
                Content::Bytes(bytes) => zip.add(path, bytes),
                Content::Packed(part) => zip.add_pieces(path, part),
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
            if self.parts.keys().any(|path| path.ends_with(&format!(".{extension}"))) {
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
