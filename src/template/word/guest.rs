//! Documents that a template puts in with `{{include "…"}}`: found beside it, read and cut at their tags once, however
//! many reports are made.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::asides::{Aside, Asides};
use super::controls::Controls;
use super::cut::{Counts, Frame};
use super::marks::Mark;
use super::numbering::{Numbering, StyleLists};
use super::package::{Kind, Package};
use super::part::{Input, compile};
use super::tree::{Id, Tree};
use super::{fields, margins, part, problem};
use crate::diagnostic::{Diagnostic, DocumentPart, Place};
use crate::template::Documents;
use crate::template::expression::{Guest, Guests, Position, Tagged, Use};
use crate::template::front_matter::front_matter;
use crate::template::problem::guests as words;

/// Loops and cells of different documents never have the same number.
const APART: usize = 1 << 24;

/// Where the documents of a template are found, and those found so far.
#[derive(Debug)]
pub(in crate::template) struct Library {
    /// The file whose folder paths begin from.
    beside: String,
    documents: Arc<dyn Documents>,
    /// Bytes of memory that each may take.
    memory: u64,
    /// The template's own library keeps those found, the libraries of these only know of them: they are among them.
    kept: Option<Arc<Mutex<Known>>>,
    known: Weak<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// By the names of their files.
    guests: BTreeMap<String, Guest>,
    visitors: Vec<Arc<Visitor>>,
}

/// A Word document that is put in.
#[derive(Debug)]
pub(super) struct Visitor {
    /// Its place among the template's.
    pub(super) number: usize,
    pub(super) package: Package,
    /// The body's path.
    pub(super) body: String,
    /// The paths of its notes: footnotes, endnotes.
    pub(super) notes: [Option<String>; 2],
    pub(super) styles: Option<Tree>,
    /// The identifiers of its styles and where they stand.
    pub(super) style_ids: HashMap<String, Id>,
    pub(super) numbering: Option<Numbering>,
    pub(super) frames: Vec<Frame>,
    pub(super) asides: Vec<Aside>,
    /// Namespaces by their prefixes, and those that may be ignored.
    pub(super) names: BTreeMap<String, String>,
    pub(super) ignorable: BTreeSet<String>,
}

impl Library {
    /// The documents beside a template.
    pub(in crate::template) fn new(beside: &str, documents: Arc<dyn Documents>, memory: u64) -> Arc<Self> {
        let kept = Arc::default();
        Arc::new(Self { beside: beside.to_owned(), documents, memory, known: Arc::downgrade(&kept), kept: Some(kept) })
    }

    /// A document by its number.
    pub(super) fn visitor(&self, number: usize) -> Option<Arc<Visitor>> {
        let known = self.known()?;
        let known = known.lock().unwrap_or_else(PoisonError::into_inner);
        known.visitors.get(number).cloned()
    }

    /// The documents beside another one.
    fn further(&self, beside: &str) -> Arc<Self> {
        let (documents, known) = (Arc::clone(&self.documents), Weak::clone(&self.known));
        Arc::new(Self { beside: beside.to_owned(), documents, memory: self.memory, kept: None, known })
    }

    fn known(&self) -> Option<Arc<Mutex<Known>>> {
        self.kept.clone().or_else(|| self.known.upgrade())
    }
}

impl Guests for Library {
    fn guest(&self, path: &str, used: Use, named_at: &Place) -> Result<Guest, Diagnostic> {
        let ends_in = |ending: &str| path.to_lowercase().ends_with(ending);
        let is_word = ends_in(".docx");
        if !is_word && !ends_in(".md") {
            return Err(words::unknown_kind(named_at.clone(), path));
        }
        if is_word && used != Use::Document {
            return Err(words::word_in_text(named_at.clone(), path));
        }
        let folder = self.beside.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
        let key = format!("{folder}/{path}");
        let known = self.known().ok_or_else(|| words::no_documents(named_at.clone()))?;
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(guest) = known.guests.get(&key) {
            return Ok(guest.clone());
        }
        let (file, bytes) = self.documents.document(&self.beside, path, named_at)?;
        let further = self.further(&file);
        let guest = if is_word {
            let number = known.visitors.len();
            let (mut text, visitor, turn) = Visitor::read(&file, &bytes, number, self.memory)?;
            text.set_guests(further);
            known.visitors.push(Arc::new(visitor));
            let begin = Mark::Guest(number).write() + &Mark::Turn(turn).write();
            Guest { text: Arc::new(text), around: (begin, Mark::GuestEnd.write()) }
        } else {
            let source = String::from_utf8(bytes).map_err(|_| words::unknown_kind(named_at.clone(), path))?;
            let source = source.strip_prefix('\u{FEFF}').unwrap_or(&source);
            // What its front matter says of a report is nothing here.
            let (first_line, body) = match front_matter(&file, source) {
                Ok((_, first_line, body)) => (first_line, body),
                Err(mut problems) => return Err(problems.swap_remove(0)),
            };
            let start = Position { line: first_line, column: 1 };
            let mut text = Tagged::parse(&file, body, start, Use::Report);
            text.set_guests(further);
            Guest { text: Arc::new(text), around: ("\n\n".into(), "\n\n".into()) }
        };
        known.guests.insert(key, guest.clone());
        Ok(guest)
    }
}

impl Visitor {
    /// Reads a document; gives its text with tags, and the number of the loop that all of it stands in.
    fn read(file: &str, bytes: &[u8], number: usize, memory: u64) -> Result<(Tagged, Self, usize), Diagnostic> {
        let mut package = Package::open(file, bytes, memory)?;
        let mut trees: Vec<(Kind, Tree)> = Vec::new();
        for kind in package.kinds()? {
            let mut refused = Vec::new();
            let Some(tree) = package.tree(&kind.path)? else { continue };
            let tags = fields::as_tags(&tree, &mut refused);
            if let Some(refused) = refused.first() {
                return Err(problem::field_refused(part::place(file, kind.part, &tree, refused.at), refused));
            }
            let tree = match tags {
                Some(source) => {
                    Tree::read(source.into_bytes()).map_err(|why| problem::unreadable_part(file, &kind.path, why))?
                }
                None => tree,
            };
            trees.push((kind, tree));
        }
        let body = trees.iter().find(|(kind, _)| kind.part == DocumentPart::Body);
        let (body, tree) = body.ok_or_else(|| problem::not_a_document(file))?;
        let element = tree.ids().find(|&id| tree.name(id) == "w:body").ok_or_else(|| problem::foreign_names(file))?;
        let notes = |wanted: fn(DocumentPart) -> bool| trees.iter().find(|(kind, _)| wanted(kind.part));
        let footnotes = notes(|part| matches!(part, DocumentPart::Footnote(_)));
        let endnotes = notes(|part| matches!(part, DocumentPart::Endnote(_)));
        let margins = margins(&mut package, &body.path, &trees)?;
        let mut asides = Asides::beside(body, &trees, margins);
        let styles = package.tree("word/styles.xml")?;
        let own_styles = styles.as_ref().map(StyleLists::of_part).unwrap_or_default();
        let controls = Controls::of_styles(styles.as_ref());
        // Its pages are those of the document that it is put into.
        let sections = tree.within(element).filter(|&id| tree.name(id) == "w:sectPr").collect();
        let mut counts =
            Counts { loops: (number + 1) * APART, changed_cells: (number + 1) * APART, frames: Vec::new() };
        let input = Input {
            file,
            part: DocumentPart::Body,
            tree,
            only: Some(element),
            without: sections,
            repeat: None,
            styles: &own_styles,
            controls: &controls,
            visits: true,
        };
        let compiled = compile(&input, &mut asides, &mut counts);
        let turn = counts.loops - 1;
        let mut names = BTreeMap::new();
        let mut ignorable = BTreeSet::new();
        for (_, tree) in
            [Some((body, tree)), footnotes.map(|(k, t)| (k, t)), endnotes.map(|(k, t)| (k, t))].into_iter().flatten()
        {
            for (name, value) in tree.attributes(0) {
                if let Some(prefix) = name.strip_prefix("xmlns:") {
                    names.insert(prefix.to_owned(), tree.text(value).to_owned());
                } else if name == "mc:Ignorable" {
                    ignorable.extend(tree.text(value).split_whitespace().map(str::to_owned));
                }
            }
        }
        let style_ids = styles.iter().flat_map(|tree| {
            let styles = tree.ids().filter(|&id| tree.name(id) == "w:style");
            styles.filter_map(|id| Some((tree.value(id, "w:styleId")?.to_owned(), id)))
        });
        let style_ids = style_ids.collect();
        let path = |part: Option<&(Kind, Tree)>| part.map(|(kind, _)| kind.path.clone());
        let (notes, asides) = ([path(footnotes), path(endnotes)], asides.told);
        let body = body.path.clone();
        let numbering = package.names().iter().find(|name| name.ends_with("/numbering.xml")).cloned();
        let numbering = match numbering {
            Some(path) => package.tree(&path)?.map(Numbering::of),
            None => None,
        };
        let part = compiled.part(file);
        if let Some(problem) = part.misplaced.into_iter().next() {
            return Err(problem);
        }
        let visitor = Self {
            number,
            package,
            body,
            notes,
            styles,
            style_ids,
            numbering,
            frames: counts.frames,
            asides,
            names,
            ignorable,
        };
        Ok((part.text, visitor, turn))
    }
}

/// Marks in a document that is put in what must be made to fit the one around it: styles, relations. `told` are the
/// places of relations that are told elsewhere.
pub(super) fn mark(tree: &Tree, within: Id, told: &BTreeSet<usize>, edits: &mut super::edits::Edits) {
    for id in tree.within(within) {
        match tree.name(id) {
            "w:pStyle" | "w:rStyle" | "w:tblStyle" => {
                if let Some(value) = tree.attribute(id, "w:val") {
                    let style = Mark::Style(tree.text(value.clone())).write();
                    edits.replace(value, style);
                }
                continue;
            }
            // What others said of it stays with it.
            "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference" => {
                edits.delete(tree.outer(id));
                continue;
            }
            _ => {}
        }
        if !tree.text(tree.start_tag(id)).contains(" r:") {
            continue;
        }
        for (name, value) in tree.attributes(id) {
            if name.starts_with("r:") && !value.is_empty() && !told.contains(&value.start) {
                let link = Mark::Link(tree.text(value.clone())).write();
                edits.replace(value, link);
            }
        }
    }
}
