//! Where asides that were told in loops are kept in the merged document: notes among the notes, headers and footers as
//! further parts of the package.

use std::collections::BTreeMap;

use super::asides::Aside;
use super::finish::{ENDNOTES, FOOTNOTES};
use super::media::{Media, with_relations};
use super::package::{Package, relations_of};
use crate::diagnostic::Diagnostic;

const TYPES: &str = "[Content_Types].xml";

/// An aside told in a merge.
#[derive(Debug)]
pub(super) struct Captured {
    /// Which of the template's it is.
    pub(super) aside: usize,
    /// The identifier that now refers to it.
    pub(super) id: String,
    /// Whether it is the first of its kind, which keeps the template's place.
    pub(super) first: bool,
    pub(super) content: String,
}

/// The parts of a template that new asides change.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    types: String,
    relations: (String, String),
    /// The relations of headers and footers that have some.
    own_relations: BTreeMap<String, Vec<u8>>,
    /// The parts of notes, by path, and what ends them.
    notes: BTreeMap<&'static str, (String, String)>,
    next_part: usize,
}

impl Shelf {
    /// Reads what asides will change; nothing where there are none.
    pub(super) fn of(
        package: &mut Package,
        body: &str,
        notes: [Option<&str>; 2],
        asides: &[Aside],
    ) -> Result<Self, Diagnostic> {
        if asides.is_empty() {
            return Ok(Self::default());
        }
        let relations = relations_of(body);
        let mut shelf = Self {
            types: package.text(TYPES)?,
            relations: (relations.clone(), package.text(&relations)?),
            next_part: package.names().len() + 1,
            ..Self::default()
        };
        for (end, path) in [FOOTNOTES, ENDNOTES].into_iter().zip(notes) {
            if let Some(path) = path {
                if let Some(bytes) = package.bytes(&relations_of(path))? {
                    shelf.own_relations.insert(path.to_owned(), bytes);
                }
                shelf.notes.insert(end, (path.to_owned(), package.text(path)?));
            }
        }
        for aside in asides {
            if let Aside::Margin { path, .. } = aside
                && let Some(bytes) = package.bytes(&relations_of(path))?
            {
                shelf.own_relations.insert(path.clone(), bytes);
            }
        }
        Ok(shelf)
    }

    /// The relations that a part of the template has.
    fn own(&self, path: &str) -> Option<String> {
        self.own_relations.get(path).and_then(|bytes| String::from_utf8(bytes.clone()).ok())
    }

    /// Puts the asides of a merge into the parts that are changed.
    pub(super) fn keep(
        &self,
        asides: &[Aside],
        captured: Vec<Captured>,
        media: &Media,
        changed: &mut BTreeMap<String, Vec<u8>>,
    ) {
        let (mut types, mut relations) = (String::new(), String::new());
        let mut notes: BTreeMap<&str, String> = BTreeMap::new();
        for (number, Captured { aside, id, first, content }) in captured.into_iter().enumerate() {
            match asides.get(aside) {
                Some(Aside::Footnote(_)) => *notes.entry(FOOTNOTES).or_default() += &content,
                Some(Aside::Endnote(_)) => *notes.entry(ENDNOTES).or_default() += &content,
                Some(Aside::Margin { path, .. }) if first => {
                    let pictures = media.relations(&id);
                    if !pictures.is_empty() {
                        changed.insert(relations_of(path), with_relations(self.own(path), &pictures));
                    }
                    changed.insert(path.clone(), content.into_bytes());
                }
                Some(Aside::Margin { path, footer, .. }) => {
                    let kind = if *footer { "footer" } else { "header" };
                    let name = format!("{kind}{}.xml", self.next_part + number);
                    let new = format!(
                        "{}{name}",
                        path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
                    );
                    types += &format!(
                        "<Override PartName=\"/{new}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
                    );
                    relations += &format!(
                        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"/{new}\"/>"
                    );
                    let (own, pictures) = (self.own(path), media.relations(&id));
                    if own.is_some() || !pictures.is_empty() {
                        changed.insert(relations_of(&new), with_relations(own, &pictures));
                    }
                    changed.insert(new, content.into_bytes());
                }
                Some(Aside::Link(_)) => relations += &content,
                None => {}
            }
        }
        let add = |changed: &mut BTreeMap<String, Vec<u8>>, path: &str, source: &str, end: &str, more: &str| {
            let merged = changed.get(path).and_then(|bytes| String::from_utf8(bytes.clone()).ok());
            let source = merged.unwrap_or_else(|| source.to_owned());
            let at = source.rfind(end).unwrap_or(source.len());
            let (before, after) = source.split_at(at);
            changed.insert(path.to_owned(), [before, more, after].concat().into_bytes());
        };
        if !types.is_empty() {
            add(changed, TYPES, &self.types, "</Types>", &types);
        }
        if !relations.is_empty() {
            add(changed, &self.relations.0, &self.relations.1, "</Relationships>", &relations);
        }
        for (end, more) in notes {
            if let Some((path, source)) = self.notes.get(end) {
                add(changed, path, source, end, &more);
                let pictures = media.relations(end);
                if !pictures.is_empty() {
                    changed.insert(relations_of(path), with_relations(self.own(path), &pictures));
                }
            }
        }
    }
}
