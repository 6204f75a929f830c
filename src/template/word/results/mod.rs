//! What the fields of a .docx show: tables of contents, references, captions' numbers, page numbers.
//!
//! A word processor keeps what a field last showed beside its instruction. After a merge that is stale: loops have
//! multiplied captions and headings, and nobody has counted pages. [`FieldResults`] finds what the results have to be
//! now, and puts them in the places of the old ones; instructions stay as they are, so that a word processor can update
//! them. Where pages count, the caller sets the document on pages and tells where its bookmarks stand, again and again
//! until the numbers hold.
//!
//! `part` reads a part, `text` and `styles` its paragraphs, `sequence` and `evaluate` find the results of single
//! fields, `contents` the entries of tables of contents, which `cached`, `lines` and `frame` write. `places` asks where
//! things stand.

mod cached;
mod contents;
mod edit;
mod evaluate;
mod formula;
mod frame;
mod lines;
mod part;
mod places;
mod properties;
mod sequence;
mod styles;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, HashMap};

use self::cached::Cached;
use self::contents::{Entry, Wanted};
use self::edit::{Changes, set_result};
use self::evaluate::{Book, Outcome};
use self::formula::Tables;
use self::lines::{LineStyles, Writer};
use self::part::{Part, unescaped};
use self::places::{Anchors, Places};
use self::properties::Properties;
use self::styles::Styles;
use self::text::Paragraph;
use super::package::Package;
use super::problem;
use super::tree::{Id, Tree};
use crate::diagnostic::{Diagnostic, DocumentPart};
use crate::document::Pagination;

/// References to what holds references: so often results are found anew.
const MOST_ROUNDS: usize = 3;
/// The width of text where a section does not say: A4 between Word's margins, in twips.
const ROOM: u32 = 8306;

/// The fields of a .docx whose results hang on the document.
#[derive(Debug)]
pub struct FieldResults {
    file: String,
    package: Package,
    parts: Vec<Part>,
    /// Which of the parts is the body.
    body: usize,
    styles: Styles,
    style_part: Option<String>,
    properties: Properties,
    paragraphs: Vec<Paragraph>,
    file_name: Option<String>,
    places: Places,
    anchors: Anchors,
    /// The body's tables in which formulas stand.
    tables: Tables,
    /// The results of the parts' fields; none for those that keep what they last showed.
    results: Vec<Vec<Option<String>>>,
    contents: Vec<Contents>,
}

/// A table of contents of the body.
#[derive(Debug, PartialEq, Eq)]
struct Contents {
    /// Its field.
    field: usize,
    entries: Vec<Entry>,
    /// What it last showed is still true, but for the page numbers.
    is_true: bool,
    /// What its lines show: they are written anew where this changes.
    shown: Vec<(String, Option<String>)>,
}

/// Names of fields whose results hang on the document.
const NAMES: [&str; 10] =
    ["TOC", "REF", "DOCPROPERTY", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "INFO", "FILENAME"];

/// Whether a part may have fields whose results hang on the document; `numbered` says that the numbers of its captions
/// are right already.
pub(super) fn may_ask(xml: &str, is_body: bool, numbered: bool) -> bool {
    let mut written = String::new();
    for (begin, end) in [("<w:instrText", "</w:instrText>"), (" w:instr=\"", "\"")] {
        for piece in xml.split(begin).skip(1) {
            let text = piece.split(end).next().unwrap_or_default();
            written += text.split_once('>').filter(|_| end.len() > 1).map_or(text, |(_, text)| text);
            written.push_str(if end.len() > 1 { "" } else { " " });
        }
    }
    let written = written.to_uppercase();
    NAMES.iter().any(|name| written.contains(name))
        || !numbered && written.contains("SEQ")
        || is_body && ["PAGE", "SECTION", "="].iter().any(|name| written.contains(name))
}

impl FieldResults {
    /// Reads the fields of a document; nothing if it has none whose results hang on it. `file_name` is what it will be
    /// called, `memory` how many bytes of memory it may take.
    ///
    /// # Errors
    /// The document cannot be read.
    pub fn read(file: &str, bytes: &[u8], file_name: Option<&str>, memory: u64) -> Result<Option<Self>, Diagnostic> {
        let mut package = Package::open(file, bytes, memory)?;
        let mut texts = Vec::new();
        for kind in package.kinds()? {
            use DocumentPart::{Body, Endnote, Footer, Footnote, Header};
            if !matches!(kind.part, Body | Header(_) | Footer(_) | Footnote(_) | Endnote(_)) {
                continue;
            }
            let text = package.text(&kind.path)?;
            texts.push((kind, text));
        }
        if !texts.iter().any(|(kind, text)| may_ask(text, kind.part == DocumentPart::Body, false)) {
            return Ok(None);
        }
        let mut parts = Vec::new();
        for (kind, text) in texts {
            if kind.part == DocumentPart::Body || text.contains("<w:instrText") || text.contains("<w:fldSimple") {
                let tree =
                    Tree::read(text.into_bytes()).map_err(|why| problem::unreadable_part(file, &kind.path, why))?;
                parts.push(Part::read(&kind.path, kind.part, tree));
            }
        }
        let Some(body) = parts.iter().position(|part| part.kind == DocumentPart::Body) else { return Ok(None) };
        let style_part = package.names().iter().find(|name| name.ends_with("/styles.xml")).cloned();
        let style_tree = style_part.as_ref().map(|path| package.tree(path)).transpose()?.flatten();
        let styles = style_tree.as_ref().map(Styles::of_part).unwrap_or_default();
        let properties = Properties::read(&mut package)?;
        let paragraphs = parts.get(body).map(|part| text::paragraphs(part, &styles)).unwrap_or_default();
        let anchors = parts.get(body).map(Anchors::of).unwrap_or_default();
        let tables = parts.get(body).map(Tables::of).unwrap_or_default();
        let mut found = Self {
            file: file.to_owned(),
            package,
            results: parts.iter().map(|part| vec![None; part.fields.len()]).collect(),
            parts,
            body,
            styles,
            style_part,
            properties,
            paragraphs,
            file_name: file_name.map(str::to_owned),
            places: Places::default(),
            anchors,
            tables,
            contents: Vec::new(),
        };
        found.evaluate();
        Ok(Some(found))
    }

    /// Whether any result hangs on where pages end.
    pub fn needs_pages(&self) -> bool {
        let in_body = |part: &Part| part.kind == DocumentPart::Body;
        let mut fields =
            self.parts.iter().flat_map(|part| part.fields.iter().map(move |field| (part, &field.instruction)));
        fields.any(|(part, instruction)| match instruction.kind.as_str() {
            "TOC" | "PAGEREF" => true,
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" => in_body(part),
            "REF" | "STYLEREF" => ['n', 'r', 'w', 's', 't'].iter().any(|switch| instruction.has(*switch)),
            _ => false,
        })
    }

    /// Takes where everything stands on the pages of [`FieldResults::with_marks`]; says whether a result has changed.
    pub fn take(&mut self, pagination: Pagination) -> bool {
        self.places = Places::of(pagination);
        let results = std::mem::take(&mut self.results);
        let contents = std::mem::take(&mut self.contents);
        self.results = self.parts.iter().map(|part| vec![None; part.fields.len()]).collect();
        self.evaluate();
        self.results != results || self.contents != contents
    }

    fn body(&self) -> Option<&Part> {
        self.parts.get(self.body)
    }

    /// Finds all results by what is known of the pages.
    fn evaluate(&mut self) {
        let mut anchors = std::mem::take(&mut self.anchors);
        let Some(body) = self.body() else { return };
        let sequences = sequence::sequences(body, &self.paragraphs);
        let named = named(body);
        let mut results: Vec<Vec<Option<String>>> =
            self.parts.iter().map(|part| vec![None; part.fields.len()]).collect();
        if let Some(results) = results.get_mut(self.body) {
            for (at, result) in sequences.into_iter().filter(|(at, _)| !body.fields[*at].locked) {
                results[at] = Some(result);
            }
        }
        for _ in 0..MOST_ROUNDS {
            let of_body = results.get(self.body).cloned().unwrap_or_default();
            let book = self.book(&named, &of_body);
            let mut changed = false;
            for (part, results) in self.parts.iter().zip(&mut results) {
                let own = part.fields.iter().zip(results);
                for (field, result) in own.filter(|(field, _)| !field.in_instruction && !field.locked) {
                    let found = match book.evaluate(part, field, &mut anchors) {
                        Outcome::Result(found) => found,
                        // an old figure would be a wrong one
                        Outcome::Lacking => String::new(),
                        _ => continue,
                    };
                    if result.as_ref() != Some(&found) {
                        *result = Some(found);
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let of_body = results.get(self.body).cloned().unwrap_or_default();
        let contents = self.find_contents(&self.book(&named, &of_body), &mut anchors);
        (self.anchors, self.results, self.contents) = (anchors, results, contents);
    }

    fn book<'a>(&'a self, named: &'a HashMap<String, String>, results: &'a [Option<String>]) -> Book<'a> {
        Book {
            body: &self.parts[self.body],
            styles: &self.styles,
            paragraphs: &self.paragraphs,
            properties: &self.properties,
            places: &self.places,
            named,
            results,
            tables: &self.tables,
            file_name: self.file_name.as_deref(),
        }
    }

    fn find_contents(&self, book: &Book<'_>, anchors: &mut Anchors) -> Vec<Contents> {
        let mut found = Vec::new();
        for (at, field) in book.body.fields.iter().enumerate() {
            if field.instruction.kind != "TOC" || field.in_instruction || field.locked {
                continue;
            }
            if found.len() >= text::MOST_CONTENTS {
                break;
            }
            let wanted = Wanted::of(&field.instruction);
            let entries = book.entries(&wanted);
            let styles = LineStyles::known(&self.styles, wanted.lists_captions());
            let cached = Cached::of(book.body, field, room(&book.body.tree, field.begin));
            let is_true = cached.is_true(book.body, &entries, &styles.of_level, &self.places, anchors);
            let shown = entries.iter().map(|entry| {
                let name = anchors.entry(book.body, entry.paragraph);
                let number = self.places.paragraph_number(&name).map(|number| number.label.clone()).unwrap_or_default();
                (number, self.places.page_number(&name, None).filter(|_| entry.has_page))
            });
            let shown = shown.collect();
            found.push(Contents { field: at, entries, is_true, shown });
        }
        found
    }

    /// The document with the results, and with marks by which the layout tells where everything stands.
    ///
    /// # Errors
    /// It cannot be packed.
    pub fn with_marks(&self) -> Result<Vec<u8>, Diagnostic> {
        self.write(true)
    }

    /// The document with the results.
    ///
    /// # Errors
    /// It cannot be packed.
    pub fn document(&self) -> Result<Vec<u8>, Diagnostic> {
        self.write(false)
    }

    fn write(&self, marks: bool) -> Result<Vec<u8>, Diagnostic> {
        let mut changed: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut new_styles: BTreeMap<String, String> = BTreeMap::new();
        for (at, (part, results)) in self.parts.iter().zip(&self.results).enumerate() {
            let mut changes = Changes::default();
            if at == self.body {
                self.write_contents(part, &mut changes, &mut new_styles);
                self.write_bookmarks(part, marks, &mut changes);
            }
            for (field, result) in part.fields.iter().zip(results) {
                if let Some(result) = result {
                    set_result(part, field, result, &mut changes);
                }
            }
            if !changes.is_empty() {
                changed.insert(part.path.clone(), changes.made_in(part.tree.source()).into_bytes());
            }
        }
        if let (Some(path), false) = (&self.style_part, new_styles.is_empty()) {
            let source = self.package.current(path, &changed)?.unwrap_or_default();
            let at = source.rfind("</w:styles>").unwrap_or(source.len());
            let (before, after) = source.split_at(at);
            let new: String = new_styles.into_values().collect();
            changed.insert(path.clone(), [before, &new, after].concat().into_bytes());
        }
        if let Some((path, settings)) = self.without_update()? {
            changed.insert(path, settings);
        }
        self.package.write(changed, &[])
    }

    /// Whether a field stood in lines of contents that are written anew.
    fn is_gone(&self, body: &Part, field: &part::Field) -> bool {
        let written = self.contents.iter().filter(|contents| !contents.is_true);
        let mut results = written.filter_map(|contents| Some(body.result(body.fields.get(contents.field)?)));
        results.any(|result| result.contains(&field.begin))
    }

    fn write_contents(&self, part: &Part, changes: &mut Changes, new_styles: &mut BTreeMap<String, String>) {
        // Anchors were made when results were found; writing finds them again.
        let mut anchors = self.anchors.clone();
        for contents in self.contents.iter().filter(|contents| !contents.is_true) {
            let Some(field) = part.fields.get(contents.field) else { continue };
            let captions = Wanted::of(&field.instruction).lists_captions();
            let room = room(&part.tree, field.begin);
            let cached = Cached::of(part, field, room);
            let mut line_styles = LineStyles::known(&self.styles, captions);
            line_styles.complete(&self.styles, &cached, &contents.entries, room, captions);
            let writer = Writer {
                part,
                styles: &self.styles,
                line_styles: &line_styles,
                cached: &cached,
                places: &self.places,
                room,
            };
            if writer.write(field, &contents.entries, &mut anchors, changes) {
                new_styles.extend(line_styles.new.clone());
            }
        }
    }

    /// New bookmarks: around the paragraphs that entries lead to, and before what asks for its place.
    fn write_bookmarks(&self, part: &Part, marks: bool, changes: &mut Changes) {
        let tree = &part.tree;
        let mut next = super::repeat::largest_id(tree);
        for (id, name, stays) in self.anchors.new_ones().filter(|(_, _, stays)| *stays || marks) {
            next += 1;
            let start = format!("<w:bookmarkStart w:id=\"{next}\" w:name=\"{name}\"/>");
            let end = format!("<w:bookmarkEnd w:id=\"{next}\"/>");
            if tree.name(id) == "w:p" {
                let own = tree.child(id, "w:pPr");
                let at = own.map_or(tree.start_tag(id).end, |own| tree.outer(own).end);
                changes.insert(at, if stays { start } else { start + &end });
                if stays {
                    changes.insert(tree.inner(id).end, end);
                }
            } else {
                let run = if tree.name(id) == "w:fldChar" { tree.parent(id) } else { Some(id) };
                changes.insert(run.map_or(0, |run| tree.outer(run).start), start + &end);
            }
        }
    }

    /// The settings without the wish to update all fields on opening, which Word would ask its user about.
    fn without_update(&self) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
        let Some(path) = self.package.names().iter().find(|name| name.ends_with("/settings.xml")) else {
            return Ok(None);
        };
        let source = self.package.current(path, &BTreeMap::new())?.unwrap_or_default();
        let Some(at) = source.find("<w:updateFields") else { return Ok(None) };
        let Some(length) = source.get(at..).and_then(|rest| rest.find("/>")) else { return Ok(None) };
        let mut settings = source;
        settings.replace_range(at..at + length + 2, "");
        Ok(Some((path.clone(), settings.into_bytes())))
    }

    /// That page numbers change with every setting, so that some may be wrong.
    pub fn unsettled(&self) -> Diagnostic {
        problem::unsettled_pages(&self.file)
    }

    /// What of the fields could not be found, and shows what it last did.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let Some(body) = self.body() else { return Vec::new() };
        let named = named(body);
        let of_body = self.results.get(self.body).cloned().unwrap_or_default();
        let book = self.book(&named, &of_body);
        let mut anchors = self.anchors.clone();
        let mut problems = Vec::new();
        let known = || body.bookmarks.iter().map(|mark| mark.name.as_str()).filter(|name| !name.starts_with('_'));
        for part in &self.parts {
            for field in part.fields.iter().filter(|field| !field.in_instruction && !field.locked) {
                if part.kind == DocumentPart::Body && self.is_gone(part, field) {
                    continue;
                }
                let written = field.written.trim();
                let place = || (self.file.as_str(), part.kind, written);
                problems.extend(match book.evaluate(part, field, &mut anchors) {
                    Outcome::NoBookmark(name) => Some(problem::no_bookmark(place(), &name, known())),
                    Outcome::NoStyle(name) => Some(problem::no_style(place(), &name, self.styles.names())),
                    Outcome::NoProperty(name) => Some(problem::no_property(place(), &name)),
                    Outcome::Lacking => Some(problem::lacking_formula(place())),
                    Outcome::Stale => Some(problem::stale_field(place(), &part.cached(field))),
                    Outcome::Result(result) if !can_set(part, field, &result) => {
                        Some(problem::stale_field(place(), &part.cached(field)))
                    }
                    Outcome::Result(_) | Outcome::Kept => None,
                });
            }
        }
        for contents in &self.contents {
            let Some(field) = body.fields.get(contents.field) else { continue };
            let place = (self.file.as_str(), body.kind, field.written.trim());
            if contents.entries.is_empty() {
                problems.push(problem::empty_contents(place));
            } else if !contents.is_true && frame::Frame::of(body, field).is_none() {
                problems.push(problem::stale_field(place, ""));
            }
        }
        problems.dedup();
        problems
    }
}

fn can_set(part: &Part, field: &part::Field, result: &str) -> bool {
    set_result(part, field, result, &mut Changes::default())
}

/// Texts that fields give names (`SET 名称 "文字"`).
fn named(body: &Part) -> HashMap<String, String> {
    let sets = body.fields.iter().filter(|field| field.instruction.kind == "SET");
    let pair = |field: &part::Field| match field.instruction.words.as_slice() {
        [name, text, ..] => Some((name.to_lowercase(), text.clone())),
        _ => None,
    };
    sets.filter_map(pair).collect()
}

/// Width of the column that a paragraph stands in, in twips.
fn room(tree: &Tree, id: Id) -> u32 {
    let value = |of: Id, child: &str, name: &str| {
        let value = tree.value(tree.child(of, child)?, name)?;
        unescaped(value).parse::<f64>().ok().map(|value| value.clamp(0.0, 100_000.0) as u32)
    };
    if let Some(cell) = tree.around(id, "w:tc")
        && let Some(own) = tree.child(cell, "w:tcPr")
        && let Some(width) = value(own, "w:tcW", "w:w").filter(|width| *width > 500)
    {
        return width - 216;
    }
    // The section ends behind the paragraph.
    let mut sections = tree.ids().skip(id).filter(|&id| tree.name(id) == "w:sectPr");
    let Some(section) = sections.next() else { return ROOM };
    let of_page = |name: &str| value(section, "w:pgSz", name);
    let margin = |name: &str| value(section, "w:pgMar", name).unwrap_or_default();
    let Some(width) = of_page("w:w") else { return ROOM };
    let text = width.saturating_sub(margin("w:left") + margin("w:right") + margin("w:gutter"));
    match (value(section, "w:cols", "w:num"), value(section, "w:cols", "w:space")) {
        (Some(columns), space) if (2..=45).contains(&columns) => {
            text.saturating_sub(space.unwrap_or(720) * (columns - 1)) / columns
        }
        _ => text,
    }
}
