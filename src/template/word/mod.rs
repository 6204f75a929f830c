//! Templates in Word: a .docx with tags.
//!
//! The document stays a package of parts. Its text is put together from the runs that the word processor cut it into
//! (`text`), tags are found in it, blocks get the size that their places say (`blocks`), and each part with tags
//! is cut into XML and tags (`part`), once. A merge runs the tags like those of a text template: what comes out is the
//! part's XML with places held for values and marks for what only then can be decided (`marks`); `finish` does that.
//! Parts without tags are copied byte for byte.

mod alone;
#[cfg(test)]
mod any_template;
mod asides;
mod blocks;
mod cells;
mod chart;
mod columns;
mod controls;
mod cut;
mod edits;
mod escape;
mod field_marks;
mod fields;
mod finish;
mod guest;
mod ink;
mod macros;
mod marks;
mod media;
mod numbering;
mod package;
mod part;
mod problem;
mod repeat;
mod results;
mod rich;
mod rows;
mod sections;
mod session;
mod shelf;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod visit;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

pub use results::FieldResults;

use asides::{Aside, Asides, Margin};
use controls::Controls;
use cut::{Counts, Frame};
pub(super) use guest::Library;
pub use macros::Macros;
use numbering::{Numbering, StyleLists};
use package::{Kind, Package, relations_of, target_of};
use part::{Input, Part};
use rich::OwnStyles;
use session::{Results, Session, Told};
use shelf::Shelf;
use tree::Tree;

use super::expression::Tagged;
use super::{Coverage, Documents, Inserts, Pictures, ProjectFacts, Reads, Scope, TagList};
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::{Diagnostic, DocumentPart, Place};
use crate::document::memory::MOST_MEMORY;
use crate::document::{Source, SourceId};

const NUMBERING: &str = "word/numbering.xml";
const NUMBERING_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";

/// A template in Word, read and cut at its tags.
#[derive(Debug)]
pub struct WordTemplate {
    /// Its name in messages.
    file: String,
    /// What keeps it from being read at all.
    problems: Vec<Diagnostic>,
    package: Option<Package>,
    /// The parts that have tags, by path.
    parts: Vec<(String, Part)>,
    numbering: Option<(String, Numbering)>,
    /// Headers, footers and notes that loops tell anew in each turn.
    asides: Vec<Aside>,
    shelf: Shelf,
    frames: Vec<Frame>,
    styles: OwnStyles,
    /// It may have fields whose results hang on the document.
    has_fields: bool,
    /// What is to be said of the file before anything is merged.
    notes: Vec<Diagnostic>,
    /// Merged documents have macros.
    has_macros: bool,
    next_id: usize,
    /// How far the numbers go that former merges gave to its parts and relations.
    given: usize,
    /// The body's path.
    body: String,
    bookmarks: BTreeSet<String>,
    /// The documents that it puts in.
    library: Option<Arc<Library>>,
    memory: u64,
}

/// How a template is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordReading<'a> {
    /// One document of all rows of this table: each begins a section of its own.
    pub for_rows: Option<&'a str>,
    /// What becomes of its macros.
    pub macros: Macros,
    /// Bytes of memory that it may take, and so may each merged document; [`MOST_MEMORY`] if not given.
    pub memory: Option<u64>,
}

/// A merged document.
#[derive(Debug)]
pub struct WordDocument {
    /// The .docx file.
    pub bytes: Bytes,
    /// It may have fields whose results hang on it: see [`FieldResults`].
    pub has_fields: bool,
    inserts: Inserts,
    /// For each part with tags how many sources there are up to its end.
    sources: Vec<usize>,
}

/// A value that a merged document shows.
#[derive(Debug)]
pub struct WordValue<'a> {
    /// As it is shown.
    pub text: &'a str,
    /// Its tag, and the cells it comes from.
    pub source: &'a Source,
    /// Where the tag stands in the template.
    pub place: Place,
}

impl WordTemplate {
    /// Reads a template; `file` is its name in messages. What is wrong with it is told by
    /// [`WordTemplate::syntax_problems`] and [`WordTemplate::check`].
    pub fn parse(file: &str, bytes: &[u8]) -> Self {
        Self::parse_as(file, bytes, WordReading::default())
    }

    /// Reads a template for one document of all rows of a table: each row begins a section of its own.
    pub fn parse_for_rows(file: &str, bytes: &[u8], table: &str) -> Self {
        Self::parse_as(file, bytes, WordReading { for_rows: Some(table), ..WordReading::default() })
    }

    /// Reads a template as it is told.
    pub fn parse_as(file: &str, bytes: &[u8], reading: WordReading<'_>) -> Self {
        let (problems, parts, asides) = Default::default();
        let (shelf, frames, styles, notes) = Default::default();
        let mut template = Self {
            file: file.to_owned(),
            problems,
            package: None,
            parts,
            numbering: None,
            asides,
            shelf,
            frames,
            styles,
            has_fields: false,
            notes,
            has_macros: false,
            next_id: 1,
            given: 0,
            body: String::new(),
            bookmarks: BTreeSet::new(),
            library: None,
            memory: reading.memory.unwrap_or(MOST_MEMORY),
        };
        if let Err(problem) = template.read(file, bytes, reading) {
            template.problems.push(problem);
        }
        template
    }

    /// Says where documents are found that the template puts in (`{{include "…"}}`).
    #[must_use]
    pub fn with_documents(mut self, documents: Arc<dyn Documents>) -> Self {
        let library = Library::new(&self.file, documents, self.memory);
        for (_, part) in &mut self.parts {
            part.text.set_guests(Arc::<Library>::clone(&library));
        }
        self.library = Some(library);
        self
    }

    fn read(&mut self, file: &str, bytes: &[u8], reading: WordReading<'_>) -> Result<(), Diagnostic> {
        let WordReading { for_rows: repeat, macros, .. } = reading;
        let mut package = Package::open(file, bytes, self.memory)?;
        let found = macros::prepare(&mut package, macros)?;
        self.has_macros = found.macros && macros == Macros::Keep;
        self.notes.extend(found.macros.then(|| problem::has_macros(file, macros)));
        self.notes.extend(found.signed.then(|| problem::was_signed(file)));
        fields::without_source(&mut package)?;
        let mut trees: Vec<(Kind, Tree)> = Vec::new();
        for kind in package.kinds()? {
            if let Some(before) = package.tree(&kind.path)? {
                let mut refused = Vec::new();
                let tags = fields::as_tags(&before, &mut refused);
                let told = refused
                    .iter()
                    .map(|refused| problem::field_refused(part::place(file, kind.part, &before, refused.at), refused));
                self.problems.extend(told);
                let tree = match tags {
                    Some(source) => Tree::read(source.into_bytes())
                        .map_err(|why| problem::unreadable_part(file, &kind.path, why))?,
                    None => before,
                };
                trees.push((kind, tree));
            }
        }
        let body = trees.iter().find(|(kind, _)| kind.part == DocumentPart::Body);
        let (body, body_tree) = body.ok_or_else(|| problem::not_a_document(file))?;
        if !body_tree.ids().any(|id| body_tree.name(id) == "w:body") {
            return Err(problem::foreign_names(file));
        }
        self.body.clone_from(&body.path);
        for (_, tree) in &trees {
            let marks = tree.ids().filter(|&id| tree.name(id) == "w:bookmarkStart");
            self.bookmarks.extend(marks.filter_map(|id| tree.value(id, "w:name")).map(str::to_owned));
        }
        let asks =
            |(kind, tree): &(Kind, Tree)| results::may_ask(tree.source(), kind.part == DocumentPart::Body, false);
        self.has_fields = trees.iter().any(asks);
        self.given = package.numbers_given();
        let ids = trees.iter().map(|(_, tree)| repeat::largest_id(tree));
        self.next_id = ids.max().unwrap_or_default().max(self.given).saturating_add(1);
        let styles = package.tree("word/styles.xml")?;
        self.styles = styles.as_ref().map(OwnStyles::of_part).unwrap_or_default();
        if let Ok(Some(theme)) = package.tree("word/theme/theme1.xml") {
            self.styles.take_theme(&theme);
        }
        let mut controls = Controls::of_styles(styles.as_ref());
        let styles = styles.as_ref().map(StyleLists::of_part).unwrap_or_default();
        let notes = |wanted: fn(DocumentPart) -> bool| trees.iter().find(|(kind, _)| wanted(kind.part));
        let footnotes = notes(|part| matches!(part, DocumentPart::Footnote(_)));
        let endnotes = notes(|part| matches!(part, DocumentPart::Endnote(_)));
        let margins = margins(&mut package, &body.path, &trees)?;
        let mut asides = Asides::beside(body, &trees, margins);
        let stores =
            trees.iter().filter(|(kind, _)| matches!(kind.part, DocumentPart::Properties | DocumentPart::Data(_)));
        stores.for_each(|(_, tree)| controls.store(tree));
        let mut counts = Counts::default();
        // The body comes first, and says which of the others it tells itself.
        for (kind, tree) in &trees {
            let is_body = kind.part == DocumentPart::Body;
            if asides.only_told(&kind.path) {
                continue;
            }
            let without = asides.told_of(tree, kind.part);
            let cuts = !without.is_empty();
            let repeat = repeat.filter(|_| is_body);
            let input = Input {
                file,
                part: kind.part,
                tree,
                only: None,
                without,
                repeat,
                styles: &styles,
                controls: &controls,
                visits: false,
            };
            let compiled = match is_body {
                true => part::compile(&input, &mut asides, &mut counts),
                false => part::compile(&input, &mut Asides::default(), &mut counts),
            };
            if compiled.has_tags || cuts || repeat.is_some() {
                self.parts.push((kind.path.clone(), compiled.part(file)));
            }
        }
        (self.asides, self.frames) = (asides.told, counts.frames);
        let paths = [footnotes, endnotes].map(|notes| notes.map(|(kind, _)| kind.path.as_str()));
        self.shelf = Shelf::of(&mut package, &body.path, paths, &self.asides)?;
        let numbering = package.names().iter().find(|name| name.ends_with("/numbering.xml")).cloned();
        if let Some(path) = numbering {
            self.numbering = package.tree(&path)?.map(|tree| (path, Numbering::of(tree)));
        }
        self.package = Some(package);
        Ok(())
    }

    /// Everything that can be seen to be wrong without data: unclosed and crossing blocks, unknown helpers, blocks that
    /// end elsewhere than they can.
    pub fn syntax_problems(&self) -> Vec<Diagnostic> {
        self.problems_with(|text| text.syntax_problems().to_vec())
    }

    /// Everything that can be seen to be wrong before a report is made, names that the data does not have among it.
    /// `unit` is the table whose rows the reports are about.
    pub fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        self.problems_with(|text| text.check(dataset, unit, project))
    }

    /// Bytes of memory that a merged document may take.
    pub fn memory(&self) -> u64 {
        self.memory
    }

    /// Whether documents merged from it have macros and so are .docm files.
    pub fn has_macros(&self) -> bool {
        self.has_macros
    }

    /// Whether it takes several rows for one page (NEXT), and so is for one document of all rows.
    pub fn goes_on(&self) -> bool {
        self.parts.iter().any(|(_, part)| part.text.goes_on())
    }

    /// Whether it leaves out the row that a report would be about (SKIPIF).
    pub fn skips(&self, scope: Scope<'_>) -> bool {
        self.parts.iter().any(|(_, part)| part.text.skips(scope))
    }

    /// Its tags, and what they need of the data.
    pub fn tags(&self) -> TagList {
        let mut list = TagList::default();
        self.parts.iter().for_each(|(_, part)| part.text.list_tags(&mut list));
        list
    }

    fn problems_with(&self, of: impl Fn(&Tagged) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut problems = self.problems.clone();
        problems.extend_from_slice(&self.notes);
        for (_, part) in &self.parts {
            problems.extend(of(&part.text));
            problems.extend_from_slice(&part.misplaced);
        }
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        // A text box stands twice in a document, once for old programs.
        problems.dedup();
        problems
    }

    /// The columns that its tags name.
    pub fn columns(
        &self,
        dataset: &Dataset,
        unit: Option<TableId>,
        project: &ProjectFacts,
    ) -> BTreeSet<(TableId, usize)> {
        self.parts.iter().flat_map(|(_, part)| part.text.columns(dataset, unit, project)).collect()
    }

    /// What it may read of the data.
    pub fn reads(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Reads {
        let mut reads = Reads::default();
        self.parts.iter().for_each(|(_, part)| reads.add(part.text.reads(dataset, unit, project)));
        reads
    }

    /// Merges the template with data. The diagnostics beside the document are warnings and notes.
    ///
    /// # Errors
    /// What keeps the report from being made, and any warnings besides.
    pub fn merge(
        &self,
        scope: Scope<'_>,
        pictures: &dyn Pictures,
    ) -> Result<(WordDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
        self.merge_covered(scope, pictures, None)
    }

    /// Merges as [`WordTemplate::merge`] does, and tells `coverage` what the tags came to.
    ///
    /// # Errors
    /// What keeps the report from being made, and any warnings besides.
    pub fn merge_covered(
        &self,
        scope: Scope<'_>,
        pictures: &dyn Pictures,
        coverage: Option<&mut Coverage>,
    ) -> Result<(WordDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut problems = self.problems.clone();
        let mut inserts = Inserts::covered(coverage.is_some());
        inserts.ink = self.styles.accents.first().copied();
        let (mut texts, mut sources) = (Vec::new(), Vec::new());
        for (path, part) in &self.parts {
            problems.extend_from_slice(&part.misplaced);
            let (text, found) = part.text.fill(scope, Some(pictures), &mut inserts);
            problems.extend(found);
            texts.push((path, text));
            sources.push(inserts.sources.len());
        }
        inserts.tell(coverage);
        let Some(package) = self.package.as_ref().filter(|_| !problems.iter().any(Diagnostic::is_error)) else {
            return Err(problems);
        };
        let mut session = Session::new(
            &inserts,
            &Told {
                numbering: self.numbering.as_ref().map(|(_, lists)| lists),
                asides: &self.asides,
                frames: &self.frames,
                styles: &self.styles,
                next_id: self.next_id,
                given: self.given,
                library: self.library.as_deref(),
                bookmarks: &self.bookmarks,
            },
        );
        let mut has_fields = self.has_fields;
        let mut changed: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (path, text) in texts {
            let text = session.part(path, &text);
            has_fields = has_fields || results::may_ask(&text, true, !session.visits.any());
            changed.insert(path.clone(), text.into_bytes());
        }
        if session.most_columns() > columns::MOST_COLUMNS {
            problems.push(problem::too_many_columns(&self.file, session.most_columns(), columns::MOST_COLUMNS));
            return Err(problems);
        }
        let other_kinds = session.other_kinds().iter();
        problems.extend(other_kinds.map(|(wanted, drawn)| problem::other_kind(&self.file, wanted, drawn)));
        let results = session.into_results();
        let bytes = self.keep(package, results, changed).map_err(|problem| vec![problem])?;
        Ok((WordDocument { bytes: bytes.into(), has_fields, inserts, sources }, problems))
    }

    /// The merged document with everything that its text asks for.
    fn keep(
        &self,
        package: &Package,
        results: Results<'_>,
        mut changed: BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let Results { captured, mut media, lists, mut visits } = results;
        self.shelf.keep(captured, &media, &mut changed)?;
        visits.keep(package, &mut changed)?;
        if !lists.is_empty() {
            match &self.numbering {
                Some((path, own)) => drop(changed.insert(path.clone(), own.with(&lists, &visits.lists()).into_bytes())),
                None => {
                    let new = Numbering::none().map(|none| none.with(&lists, &visits.lists())).unwrap_or_default();
                    media.relate(&self.body, &shelf::relation("rIdNewNumbering", "numbering", NUMBERING));
                    let types = package.current(shelf::TYPES, &changed)?.unwrap_or_default();
                    let own = shelf::of_type(NUMBERING, NUMBERING_TYPE);
                    changed.insert(shelf::TYPES.into(), types.replace("</Types>", &(own + "</Types>")).into_bytes());
                    changed.insert(NUMBERING.into(), new.into_bytes());
                }
            }
        }
        let compressed = media.keep(package, &mut changed)?;
        if visits.any() {
            changed.values_mut().for_each(|part| visits.name_spaces(part));
        }
        package.write(changed, &compressed)
    }

    /// The values that a document merged from this template shows, in the order of its parts.
    pub fn values<'a>(&self, document: &'a WordDocument) -> Vec<WordValue<'a>> {
        let value = |(text, source): (&'a str, SourceId)| {
            let number = source.0 as usize;
            let part = document.sources.partition_point(|end| *end <= number);
            let source = document.inserts.sources.get(number)?;
            let (_, part) = self.parts.get(part)?;
            let elsewhere = document.inserts.places.get(&number).cloned();
            let place = elsewhere.unwrap_or_else(|| part.text.place_of(source.line, source.column));
            Some(WordValue { text, source, place })
        };
        document.inserts.texts().filter_map(value).collect()
    }
}

/// The headers, footers and charts of a document, by the identifiers of its relations.
fn margins<'a>(
    package: &mut Package,
    body: &str,
    trees: &'a [(Kind, Tree)],
) -> Result<BTreeMap<String, Margin<'a>>, Diagnostic> {
    let mut margins = BTreeMap::new();
    let Some(relations) = package.tree(&relations_of(body))? else { return Ok(margins) };
    for id in relations.ids() {
        let (Some(name), Some(target)) = (relations.value(id, "Id"), relations.value(id, "Target")) else { continue };
        let path = target_of(body, target);
        let is_margin = |kind: &Kind| {
            matches!(kind.part, DocumentPart::Header(_) | DocumentPart::Footer(_) | DocumentPart::Chart(_))
        };
        if let Some((kind, tree)) = trees.iter().find(|(kind, _)| kind.path == path && is_margin(kind)) {
            margins.insert(name.to_owned(), Margin { path: &kind.path, part: kind.part, tree });
        }
    }
    Ok(margins)
}
