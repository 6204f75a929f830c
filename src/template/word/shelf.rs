//! Where asides that were told in loops are kept in the merged document: notes among the notes, headers and footers as
//! further parts of the package.

use std::collections::BTreeMap;

use super::asides::Aside;
use super::chart;
use super::finish::{ENDNOTES, FOOTNOTES};
use super::media::{Media, with_relations};
use super::package::{Package, relations_of, target_of};
use super::tree::Tree;
use crate::diagnostic::Diagnostic;
use crate::template::chart::InsertedChart;

pub(super) const TYPES: &str = "[Content_Types].xml";

/// An aside told in a merge.
#[derive(Debug)]
pub(super) struct Captured {
    pub(super) aside: Aside,
    /// Which of the template's it is; nothing for one of a document that was put in.
    pub(super) number: Option<usize>,
    /// The identifier that now refers to it.
    pub(super) id: String,
    /// Whether it is the first of its kind, which keeps the template's place.
    pub(super) first: bool,
    pub(super) content: String,
    /// For a chart that was filled its relation to its workbook, and what stands in that.
    pub(super) data: Option<(String, InsertedChart)>,
    /// The relations of a chart of a document that was put in.
    pub(super) own: Option<String>,
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
    /// Reads what asides will change.
    pub(super) fn of(
        package: &mut Package,
        body: &str,
        notes: [Option<&str>; 2],
        asides: &[Aside],
    ) -> Result<Self, Diagnostic> {
        let relations = relations_of(body);
        let mut shelf = Self {
            types: package.text(TYPES)?,
            relations: (relations.clone(), package.text(&relations)?),
            next_part: package.free_number(),
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
            if let Aside::Margin { path, .. } | Aside::Chart { path, .. } = aside
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
        captured: Vec<Captured>,
        media: &Media,
        changed: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), Diagnostic> {
        let (mut types, mut relations) = (String::new(), String::new());
        let mut notes: BTreeMap<&str, String> = BTreeMap::new();
        for (number, captured) in captured.into_iter().enumerate() {
            let Captured { aside, number: own_number, id, first, content, data, own: brought } = captured;
            let is_own = own_number.is_some();
            match &aside {
                Aside::Footnote(_) => *notes.entry(FOOTNOTES).or_default() += &content,
                Aside::Endnote(_) => *notes.entry(ENDNOTES).or_default() += &content,
                Aside::Margin { path, .. } if first => {
                    let pictures = media.relations(&id);
                    if !pictures.is_empty() {
                        changed.insert(relations_of(path), with_relations(self.own(path), &pictures));
                    }
                    changed.insert(path.clone(), content.into_bytes());
                }
                Aside::Margin { path, footer, .. } => {
                    let kind = if *footer { "footer" } else { "header" };
                    let name = format!("{kind}{}.xml", self.next_part + number);
                    let new = format!("{}{name}", folder(path));
                    let wordprocessing = "application/vnd.openxmlformats-officedocument.wordprocessingml";
                    types += &of_type(&new, &format!("{wordprocessing}.{kind}+xml"));
                    relations += &relation(&id, kind, &new);
                    let (own, pictures) = (self.own(path), media.relations(&id));
                    if own.is_some() || !pictures.is_empty() {
                        changed.insert(relations_of(&new), with_relations(own, &pictures));
                    }
                    changed.insert(new, content.into_bytes());
                }
                Aside::Chart { path, .. } => {
                    let new = match first {
                        true => path.clone(),
                        false => format!("{}chart{}.xml", folder(path), self.next_part + number),
                    };
                    if !first {
                        types += &of_type(&new, CHART_TYPE);
                        relations += &relation(&id, "chart", &new);
                    }
                    let mut own = brought.or_else(|| self.own(path).filter(|_| is_own));
                    if let Some((link, data)) = data {
                        let known = own.as_deref().and_then(|own| workbook_of(path, own, &link)).filter(|_| first);
                        let book = known
                            .clone()
                            .unwrap_or_else(|| format!("word/embeddings/book{}.xlsx", self.next_part + number));
                        if known.is_none() {
                            types += &of_type(&book, WORKBOOK_TYPE);
                            let kept = own.map(|own| without_relation(&own, &link));
                            let more = relation(&link, "package", &book);
                            own = String::from_utf8(with_relations(kept, &more)).ok();
                        }
                        changed.insert(book, chart::workbook(&data)?);
                    }
                    if let Some(own) = own {
                        changed.insert(relations_of(&new), own.into_bytes());
                    }
                    changed.insert(new, content.into_bytes());
                }
                Aside::Link(_) => relations += &content,
            }
        }
        let add = |changed: &mut BTreeMap<String, Vec<u8>>, path: &str, source: &str, end: &str, more: &str| {
            let merged = changed.get(path).and_then(|bytes| String::from_utf8(bytes.clone()).ok());
            let source = merged.unwrap_or_else(|| source.to_owned());
            let at = source.rfind(end).unwrap_or(source.len());
            let (before, after) = source.split_at(at);
            changed.insert(path.to_owned(), [before, more, after].concat().into_bytes());
        };
        for (end, more) in notes {
            let (path, source) = match self.notes.get(end) {
                Some(known) => known.clone(),
                None => {
                    let (kind, path, source) = no_notes(end);
                    let wordprocessing = "application/vnd.openxmlformats-officedocument.wordprocessingml";
                    types += &of_type(&path, &format!("{wordprocessing}.{kind}+xml"));
                    relations += &relation(&format!("rIdNew{kind}"), kind, &path);
                    (path, source)
                }
            };
            {
                let (path, source) = (&path, &source);
                add(changed, path, source, end, &more);
                let pictures = media.relations(end);
                if !pictures.is_empty() {
                    changed.insert(relations_of(path), with_relations(self.own(path), &pictures));
                }
            }
        }
        if !types.is_empty() {
            add(changed, TYPES, &self.types, "</Types>", &types);
        }
        if !relations.is_empty() {
            add(changed, &self.relations.0, &self.relations.1, "</Relationships>", &relations);
        }
        Ok(())
    }
}

const CHART_TYPE: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const WORKBOOK_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A part for notes where a document has none: what it is, its path, and the lines that part notes from text.
fn no_notes(end: &str) -> (&'static str, String, String) {
    let (kind, one) = if end == FOOTNOTES { ("footnotes", "footnote") } else { ("endnotes", "endnote") };
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let line = |id: i32, name: &str| {
        format!("<w:{one} w:type=\"{name}\" w:id=\"{id}\"><w:p><w:r><w:{name}/></w:r></w:p></w:{one}>")
    };
    let source = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:{kind} xmlns:w=\"{namespace}\">{}{}{end}",
        line(-1, "separator"),
        line(0, "continuationSeparator")
    );
    (kind, format!("word/{kind}.xml"), source)
}

/// The folder of a part, with the slash at its end.
fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
}

pub(super) fn of_type(path: &str, content_type: &str) -> String {
    format!("<Override PartName=\"/{path}\" ContentType=\"{content_type}\"/>")
}

pub(super) fn relation(id: &str, kind: &str, target: &str) -> String {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    format!("<Relationship Id=\"{id}\" Type=\"{namespace}/{kind}\" Target=\"/{target}\"/>")
}

/// The workbook that a chart has in the document, if it is one of the kind that is written.
fn workbook_of(chart: &str, relations: &str, id: &str) -> Option<String> {
    let tree = Tree::read(relations.as_bytes().to_vec()).ok()?;
    let relation = tree.ids().find(|&relation| tree.value(relation, "Id") == Some(id))?;
    let target = tree.value(relation, "Target").filter(|target| target.ends_with(".xlsx"))?;
    let inside = tree.value(relation, "TargetMode") != Some("External");
    inside.then(|| target_of(chart, target))
}

fn without_relation(relations: &str, id: &str) -> String {
    let Ok(tree) = Tree::read(relations.as_bytes().to_vec()) else { return relations.to_owned() };
    let bytes = tree.ids().find(|&relation| tree.value(relation, "Id") == Some(id)).map(|id| tree.outer(id));
    bytes.map_or(relations.to_owned(), |bytes| {
        [tree.text(0..bytes.start), tree.text(bytes.end..tree.source().len())].concat()
    })
}
