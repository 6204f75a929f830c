//! What a document keeps elsewhere and tells at a place: notes, and the headers and footers of a section. Where that
//! place is in a loop each turn needs its own, with the values of that turn; so it is compiled as if it stood there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::chart;
use super::cut::{Counts, Scope};
use super::package::{Kind, relations_of};
use super::part::{Compiled, Input, compile};
use super::tree::{Id, Tree};
use crate::diagnostic::DocumentPart;

/// What an aside is, and by what it is referred to in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// A header or footer: the relation's identifier, and the part.
    Margin { relation: String, path: String, footer: bool },
    /// A footnote, by its identifier.
    Footnote(String),
    /// A chart: the relation's identifier, and the part.
    Chart { relation: String, path: String },
    /// An endnote, by its identifier.
    Endnote(String),
    /// The target of a link, by the relation's identifier.
    Link(String),
}

/// A part that may be told elsewhere.
#[derive(Clone, Copy)]
pub(super) struct Margin<'a> {
    pub(super) path: &'a str,
    pub(super) part: DocumentPart,
    pub(super) tree: &'a Tree,
}

/// What can be told elsewhere, and what is.
#[derive(Default)]
pub(super) struct Asides<'a> {
    /// Headers, footers and charts by the identifiers of the body's relations.
    pub(super) margins: BTreeMap<String, Margin<'a>>,
    /// The kinds of those charts that can be filled.
    pub(super) charts: BTreeMap<String, &'static str>,
    pub(super) footnotes: Option<&'a Tree>,
    pub(super) endnotes: Option<&'a Tree>,
    /// The body's relations, among which are the targets of links.
    pub(super) links: Option<&'a Tree>,
    /// Those that are told in loops, by their numbers.
    pub(super) told: Vec<Aside>,
    /// Relations that are also used outside of loops.
    pub(super) used_outside: BTreeSet<String>,
}

/// An aside at its place.
pub(super) struct Told {
    pub(super) number: usize,
    /// The identifier that refers to it.
    pub(super) bytes: Range<usize>,
    pub(super) compiled: Compiled,
}

impl<'a> Asides<'a> {
    /// What can be told at places of a body: `trees` are the parts of its document, `margins` those of its relations.
    pub(super) fn beside(body: &Kind, trees: &'a [(Kind, Tree)], margins: BTreeMap<String, Margin<'a>>) -> Self {
        let tree_of = |is: &dyn Fn(&Kind) -> bool| trees.iter().find(|(kind, _)| is(kind)).map(|(_, tree)| tree);
        let charts = margins.iter().filter(|(_, margin)| matches!(margin.part, DocumentPart::Chart(_)));
        let relations = relations_of(&body.path);
        Self {
            charts: charts.filter_map(|(id, margin)| Some((id.clone(), chart::kind(margin.tree)?))).collect(),
            margins,
            footnotes: tree_of(&|kind| matches!(kind.part, DocumentPart::Footnote(_))),
            endnotes: tree_of(&|kind| matches!(kind.part, DocumentPart::Endnote(_))),
            links: tree_of(&|kind| kind.path == relations),
            ..Self::default()
        }
    }
}

impl Asides<'_> {
    /// The asides that are told in scopes of their own.
    /// So are those of charts that are filled.
    pub(super) fn of(
        &mut self,
        input: &Input<'_>,
        scopes: &[Scope],
        filled: &BTreeSet<Id>,
        counts: &mut Counts,
    ) -> Vec<Told> {
        let tree = input.tree;
        let mut told = Vec::new();
        let elsewhere = |id: Id| input.without.iter().any(|&other| tree.within(other).contains(&id));
        for id in tree.ids().filter(|&id| !elsewhere(id)) {
            let name = tree.name(id);
            let attribute = match name {
                "w:headerReference" | "w:footerReference" => "r:id",
                "w:footnoteReference" | "w:endnoteReference" => "w:id",
                "w:hyperlink" | "a:hlinkClick" | "c:chart" => "r:id",
                _ => continue,
            };
            let Some(bytes) = tree.attribute(id, attribute) else { continue };
            let reference = tree.text(bytes.clone()).to_owned();
            let around = scopes.iter().filter(|scope| scope.range.contains(&bytes.start));
            let (in_scope, in_loop) =
                around.fold((false, false), |(_, turns), scope| (true, turns || scope.turn.is_some()));
            if !in_scope && !filled.contains(&id) {
                self.used_outside.insert(reference);
                continue;
            }
            let found = match name {
                "w:footnoteReference" => self.note(self.footnotes, "w:footnote", reference, input, counts),
                "w:endnoteReference" => self.note(self.endnotes, "w:endnote", reference, input, counts),
                "w:hyperlink" | "a:hlinkClick" => self.link(reference, input, counts),
                _ => self.margin(name, reference, input, counts),
            };
            let Some((aside, compiled)) = found else { continue };
            // Without tags one header does for all sections, but a note is told once only.
            if !compiled.has_tags
                && !filled.contains(&id)
                && (!in_loop || matches!(aside, Aside::Margin { .. } | Aside::Link(_)))
            {
                continue;
            }
            told.push(Told { number: self.told.len(), bytes, compiled });
            self.told.push(aside);
        }
        told
    }

    fn margin(
        &self,
        name: &str,
        relation: String,
        input: &Input<'_>,
        counts: &mut Counts,
    ) -> Option<(Aside, Compiled)> {
        let Margin { path, part, tree } = *self.margins.get(&relation)?;
        let inner = Input { part, tree, only: None, without: BTreeSet::new(), repeat: None, ..copy(input) };
        let compiled = compile(&inner, &mut Asides::default(), counts);
        let path = path.to_owned();
        let aside = match name {
            "c:chart" => Aside::Chart { relation, path },
            _ => Aside::Margin { relation, path, footer: name == "w:footerReference" },
        };
        Some((aside, compiled))
    }

    fn note(
        &self,
        notes: Option<&Tree>,
        name: &str,
        id: String,
        input: &Input<'_>,
        counts: &mut Counts,
    ) -> Option<(Aside, Compiled)> {
        let tree = notes?;
        let note = find(tree, name, &id)?;
        let (part, aside) = match name {
            "w:footnote" => (DocumentPart::Footnote(1), Aside::Footnote(id)),
            _ => (DocumentPart::Endnote(1), Aside::Endnote(id)),
        };
        let inner = Input { part, tree, only: Some(note), without: BTreeSet::new(), repeat: None, ..copy(input) };
        Some((aside, compile(&inner, &mut Asides::default(), counts)))
    }

    fn link(&self, relation: String, input: &Input<'_>, counts: &mut Counts) -> Option<(Aside, Compiled)> {
        let tree = self.links?;
        let target = relation_of(tree, &relation)?;
        let inner = Input { part: DocumentPart::Links, tree, only: Some(target), ..copy(input) };
        Some((Aside::Link(relation), compile(&inner, &mut Asides::default(), counts)))
    }

    /// The notes and links of a part that are told in loops, and only there.
    pub(super) fn told_of(&self, tree: &Tree, part: DocumentPart) -> BTreeSet<Id> {
        let is_body_links = self.links.is_some_and(|links| std::ptr::eq(links, tree));
        let note = |aside: &Aside| match (aside, part) {
            (Aside::Link(id), _) if is_body_links && !self.used_outside.contains(id) => relation_of(tree, id),
            (Aside::Footnote(id), DocumentPart::Footnote(_)) => find(tree, "w:footnote", id),
            (Aside::Endnote(id), DocumentPart::Endnote(_)) => find(tree, "w:endnote", id),
            _ => None,
        };
        self.told.iter().filter_map(note).collect()
    }

    /// Whether a header, a footer or a chart is told in loops and nowhere else.
    pub(super) fn only_told(&self, path: &str) -> bool {
        let told = |aside: &Aside| matches!(aside, Aside::Margin { path: told, .. } | Aside::Chart { path: told, .. } if told == path);
        let outside =
            |(relation, margin): (&String, &Margin<'_>)| margin.path == path && self.used_outside.contains(relation);
        self.told.iter().any(told) && !self.margins.iter().any(outside)
    }
}

fn relation_of(tree: &Tree, id: &str) -> Option<Id> {
    tree.ids().find(|&relation| tree.name(relation) == "Relationship" && tree.value(relation, "Id") == Some(id))
}

fn copy<'a>(input: &Input<'a>) -> Input<'a> {
    let Input { file, part, tree, styles, controls, visits, .. } = *input;
    Input { file, part, tree, only: None, without: BTreeSet::new(), repeat: None, styles, controls, visits }
}

fn find(tree: &Tree, name: &str, id: &str) -> Option<Id> {
    tree.ids().find(|&note| tree.name(note) == name && tree.value(note, "w:id") == Some(id))
}
