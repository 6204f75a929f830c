//! The documents that one merge puts in, made to fit the one around them: their styles go by name to its own, what it does
//! not have is brought along, and so are lists, pictures and whatever else they relate to, under names of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::edits::Edits;
use super::guest::{Library, Visitor};
use super::media::{Media, with_relations};
use super::numbering::{NewList, NewLists, Numbering};
use super::package::{Package, relations_of, target_of};
use super::problem;
use super::rich::{Look, OwnStyles};
use super::tree::{Id, Tree};
use crate::diagnostic::Diagnostic;

const TYPES: &str = "[Content_Types].xml";
const STYLES: &str = "word/styles.xml";
/// A bookmark's name has no more characters.
const LONGEST_NAME: usize = 40;

/// A style by its type and its name in lower case.
type StyleName = (String, String);

/// The documents put in so far.
#[derive(Debug)]
pub(super) struct Visits<'a> {
    library: Option<&'a Library>,
    /// Numbers that the template has from former merges.
    given: usize,
    /// Those that the text now stands in, the innermost last, each with the number of its visit.
    here: Vec<(Arc<Visitor>, usize)>,
    visits: usize,
    own_styles: &'a OwnStyles,
    /// Styles brought along: their identifiers here, and their XML.
    brought: BTreeMap<StyleName, String>,
    styles: Vec<String>,
    /// New relations of an owner's text by the visitor and its own identifier.
    links: BTreeMap<(String, usize, String), String>,
    /// Parts brought along, by visitor and path.
    parts: BTreeMap<(usize, String), String>,
    wanted: Vec<(Arc<Visitor>, String)>,
    /// Bookmarks by visit, turn and name.
    names: BTreeMap<(usize, usize, String), String>,
    used_names: BTreeSet<String>,
    /// Everyone who was here, by number.
    seen: BTreeMap<usize, Arc<Visitor>>,
}

impl<'a> Visits<'a> {
    /// Nobody yet.
    pub(super) fn new(
        library: Option<&'a Library>,
        own_styles: &'a OwnStyles,
        names: &BTreeSet<String>,
        given: usize,
    ) -> Self {
        Self {
            library,
            given,
            here: Vec::new(),
            visits: 0,
            own_styles,
            brought: BTreeMap::new(),
            styles: Vec::new(),
            links: BTreeMap::new(),
            parts: BTreeMap::new(),
            wanted: Vec::new(),
            names: BTreeMap::new(),
            used_names: names.clone(),
            seen: BTreeMap::new(),
        }
    }

    /// A document begins.
    pub(super) fn enter(&mut self, number: usize) {
        if let Some(visitor) = self.library.and_then(|library| library.visitor(number)) {
            self.visits += 1;
            self.seen.insert(number, Arc::clone(&visitor));
            self.here.push((visitor, self.visits));
        }
    }

    /// It ends.
    pub(super) fn leave(&mut self) {
        self.here.pop();
    }

    /// The document that the text stands in, if it is not the template's own, and the number of its visit.
    pub(super) fn now(&self) -> Option<(Arc<Visitor>, usize)> {
        self.here.last().cloned()
    }

    /// The identifier that a style of the document has here; `lists` takes the lists that styles need.
    pub(super) fn style(&mut self, id: &str, lists: &mut NewLists) -> String {
        match self.now() {
            Some((visitor, _)) => self.style_of(&visitor, id, lists).unwrap_or_else(|| id.to_owned()),
            None => id.to_owned(),
        }
    }

    fn style_of(&mut self, visitor: &Arc<Visitor>, id: &str, lists: &mut NewLists) -> Option<String> {
        let tree = visitor.styles.as_ref()?;
        let style = *visitor.style_ids.get(id)?;
        let name = tree.child(style, "w:name").and_then(|name| tree.value(name, "w:val"))?.to_lowercase();
        let kind = tree.value(style, "w:type").unwrap_or("paragraph").to_owned();
        let key = (kind, name);
        if let Some(own) = self.own_styles.id(&key.0, &key.1) {
            return Some(own.to_owned());
        }
        if let Some(known) = self.brought.get(&key) {
            return Some(known.clone());
        }
        let is_taken = |id: &str| self.own_styles.has(id) || self.brought.values().any(|known| known == id);
        let new = std::iter::once(id.to_owned()).chain((2..).map(|n| format!("{id}{n}"))).find(|id| !is_taken(id))?;
        // Known before it is written: styles may name each other in a ring.
        self.brought.insert(key, new.clone());
        let mut edits = Edits::default();
        if let Some(value) = tree.attribute(style, "w:styleId") {
            edits.replace(value, new.clone());
        }
        if let Some(default) = tree.whole_attribute(style, "w:default") {
            edits.delete(default);
        }
        for inner in tree.within(style) {
            let Some(value) = tree.attribute(inner, "w:val") else { continue };
            match tree.name(inner) {
                "w:basedOn" | "w:next" | "w:link" => {
                    let other = tree.text(value.clone()).to_owned();
                    match self.style_of(visitor, &other, lists) {
                        Some(other) => edits.replace(value, other),
                        None => edits.delete(tree.outer(inner)),
                    }
                }
                "w:numId" => {
                    let list = tree.text(value.clone()).to_owned();
                    let own = NewList::Style { visitor: visitor.number, list };
                    let number = lists.number(own);
                    edits.replace(value, number.to_string());
                }
                _ => {}
            }
        }
        let text = edits.into_text_of(tree.source(), tree.outer(style));
        self.styles.push(text);
        Some(new)
    }

    /// A look as it is written here.
    pub(super) fn look(&mut self, look: &Look, lists: &mut NewLists) -> Look {
        if self.here.is_empty() {
            return look.clone();
        }
        let mut here = |id: &str| self.style(id, lists);
        let style = look.style.as_deref().map(&mut here);
        let mut written = |text: &str, tag: &str| match text.split_once(tag) {
            Some((before, rest)) => match rest.split_once('"') {
                Some((id, after)) => format!("{before}{tag}{}\"{after}", here(id)),
                None => text.to_owned(),
            },
            None => text.to_owned(),
        };
        let paragraph = written(&look.paragraph, "<w:pStyle w:val=\"");
        let run = written(&look.run, "<w:rStyle w:val=\"");
        Look { paragraph, style, run }
    }

    /// A bookmark's name that nothing else here has.
    pub(super) fn name(&mut self, turn: usize, name: &str) -> String {
        let Some((_, visit)) = self.now() else { return name.to_owned() };
        let key = (visit, turn, name.to_owned());
        if let Some(known) = self.names.get(&key) {
            return known.clone();
        }
        let other = |n: usize| {
            let suffix = format!("_{n}");
            name.chars().take(LONGEST_NAME - suffix.len()).collect::<String>() + &suffix
        };
        let new = std::iter::once(name.to_owned()).chain((2..).map(other)).find(|name| !self.used_names.contains(name));
        let new = new.unwrap_or_default();
        self.used_names.insert(new.clone());
        self.names.insert(key, new.clone());
        new
    }

    /// The identifier of a relation of the document in the part of an owner; `note` says that it stands in a footnote
    /// (0) or an endnote (1).
    pub(super) fn link(&mut self, owner: &str, note: Option<usize>, id: &str, media: &mut Media) -> String {
        let Some((visitor, _)) = self.now() else { return id.to_owned() };
        let key = (owner.to_owned(), visitor.number, id.to_owned());
        if let Some(known) = self.links.get(&key) {
            return known.clone();
        }
        let new = format!("rIdGuest{}", self.given + self.links.len() + 1);
        let source = note.map_or(Some(&visitor.body), |note| visitor.notes.get(note).and_then(Option::as_ref));
        if let Some(source) = source.cloned()
            && let Some(line) = self.relation(&visitor, &source, id, &new)
        {
            media.relate(owner, &line);
        }
        self.links.insert(key, new.clone());
        new
    }

    /// A relation of a part of the document under a new identifier, its target brought along.
    fn relation(&mut self, visitor: &Arc<Visitor>, source: &str, id: &str, new: &str) -> Option<String> {
        let relations = read(&visitor.package, &relations_of(source))?;
        let relation = relations.ids().find(|&one| relations.value(one, "Id") == Some(id))?;
        Some(self.related(visitor, source, &relations, relation, new))
    }

    fn related(&mut self, visitor: &Arc<Visitor>, source: &str, relations: &Tree, relation: Id, new: &str) -> String {
        let mut edits = Edits::default();
        if let Some(value) = relations.attribute(relation, "Id") {
            edits.replace(value, new);
        }
        if relations.value(relation, "TargetMode") != Some("External")
            && let Some(value) = relations.attribute(relation, "Target")
        {
            let path = target_of(source, relations.text(value.clone()));
            let here = self.part(visitor, &path);
            edits.replace(value, format!("/{here}"));
        }
        edits.into_text_of(relations.source(), relations.outer(relation))
    }

    /// The path that a part of the document has here.
    fn part(&mut self, visitor: &Arc<Visitor>, path: &str) -> String {
        let key = (visitor.number, path.to_owned());
        if let Some(known) = self.parts.get(&key) {
            return known.clone();
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("word", path));
        let new = format!("{folder}/guest{}-{name}", self.given + self.parts.len() + 1);
        self.parts.insert(key, new.clone());
        self.wanted.push((Arc::clone(visitor), path.to_owned()));
        new
    }

    /// The relations of a chart of the document that has become a part of its own.
    pub(super) fn relations_of_part(
        &mut self,
        visitor: &Arc<Visitor>,
        path: &str,
        without: Option<&str>,
    ) -> Option<String> {
        let relations = read(&visitor.package, &relations_of(path))?;
        let own: Vec<Id> = relations.ids().filter(|&id| relations.name(id) == "Relationship").collect();
        let mut lines = String::new();
        for relation in own {
            let id = relations.value(relation, "Id").unwrap_or_default().to_owned();
            if Some(id.as_str()) == without {
                continue;
            }
            lines += &self.related(visitor, path, &relations, relation, &id);
        }
        String::from_utf8(with_relations(None, &lines)).ok()
    }

    /// Puts everything that was brought along into the document.
    ///
    /// # Errors
    /// A part cannot be read.
    pub(super) fn keep(
        &mut self,
        package: &Package,
        changed: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), Diagnostic> {
        if self.seen.is_empty() {
            return Ok(());
        }
        let mut types = String::new();
        // Copying a part may ask for further ones.
        let (mut at, mut size) = (0, 0);
        while let Some((visitor, path)) = self.wanted.get(at).cloned() {
            at += 1;
            let Some(bytes) = visitor.package.part(&path)? else { continue };
            size += bytes.len() as u64;
            if size > package.memory() {
                return Err(problem::too_large(visitor.package.file(), package.memory()));
            }
            let new = self.part(&visitor, &path);
            if let Some(relations) = self.relations_of_part(&visitor, &path, None) {
                changed.insert(relations_of(&new), relations.into_bytes());
            }
            if let Some(content_type) = content_type(&visitor.package, &path) {
                types += &format!("<Override PartName=\"/{new}\" ContentType=\"{content_type}\"/>");
            }
            changed.insert(new, bytes);
        }
        if !types.is_empty() {
            add(package, changed, TYPES, "</Types>", &types)?;
        }
        if !self.styles.is_empty() && package.current(STYLES, changed)?.is_some() {
            add(package, changed, STYLES, "</w:styles>", &self.styles.concat())?;
        }
        Ok(())
    }

    /// Lets a part have the namespaces of everyone who was here.
    pub(super) fn name_spaces(&self, bytes: &mut Vec<u8>) {
        let Some(tree) = String::from_utf8(bytes.clone()).ok().and_then(|text| Tree::read(text.into_bytes()).ok())
        else {
            return;
        };
        const PARTS: [&str; 6] = ["w:document", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes", "w:styles"];
        if !PARTS.contains(&tree.name(0)) {
            return;
        }
        let mut edits = Edits::default();
        let own: BTreeSet<&str> =
            tree.attributes(0).iter().filter_map(|(name, _)| name.strip_prefix("xmlns:")).collect();
        let at = tree.start_tag(0).start + 1 + tree.name(0).len();
        let mut all: BTreeMap<&str, &str> = BTreeMap::new();
        let mut ignorable: BTreeSet<&str> = BTreeSet::new();
        for visitor in self.seen.values() {
            all.extend(visitor.names.iter().map(|(prefix, name)| (prefix.as_str(), name.as_str())));
            ignorable.extend(visitor.ignorable.iter().map(String::as_str));
        }
        let mut new = String::new();
        for (prefix, name) in all.iter().filter(|(prefix, _)| !own.contains(*prefix)) {
            new += &format!(" xmlns:{prefix}=\"{name}\"");
        }
        ignorable.retain(|prefix| own.contains(prefix) || all.contains_key(prefix));
        match tree.attribute(0, "mc:Ignorable") {
            Some(value) => {
                ignorable.extend(tree.text(value.clone()).split_whitespace());
                edits.replace(value, ignorable.into_iter().collect::<Vec<_>>().join(" "));
            }
            None if !ignorable.is_empty() => {
                new += &format!(" mc:Ignorable=\"{}\"", ignorable.into_iter().collect::<Vec<_>>().join(" "));
            }
            None => {}
        }
        edits.insert(at, super::edits::Rank::Begins, new);
        *bytes = edits.into_text(tree.source()).into_bytes();
    }

    /// The lists of those who were here.
    pub(super) fn lists(&self) -> BTreeMap<usize, &Numbering> {
        self.seen.iter().filter_map(|(number, visitor)| Some((*number, visitor.numbering.as_ref()?))).collect()
    }

    /// Whether anybody was here.
    pub(super) fn any(&self) -> bool {
        !self.seen.is_empty()
    }
}

fn read(package: &Package, path: &str) -> Option<Tree> {
    Tree::read(package.part(path).ok()??).ok()
}

/// Adds to the end of a part.
fn add(
    package: &Package,
    changed: &mut BTreeMap<String, Vec<u8>>,
    path: &str,
    end: &str,
    more: &str,
) -> Result<(), Diagnostic> {
    let source = package.current(path, changed)?.unwrap_or_default();
    let at = source.rfind(end).unwrap_or(source.len());
    let (before, after) = source.split_at(at);
    changed.insert(path.to_owned(), [before, more, after].concat().into_bytes());
    Ok(())
}

/// What a part of a package is, by its name or by its ending.
fn content_type(package: &Package, path: &str) -> Option<String> {
    let types = read(package, TYPES)?;
    let named = |id: &Id| types.value(*id, "PartName").is_some_and(|name| name.trim_start_matches('/') == path);
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let by_ending = |id: &Id| types.value(*id, "Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending));
    let found = types.ids().find(named).or_else(|| types.ids().find(by_ending))?;
    types.value(found, "ContentType").map(str::to_owned)
}
