//! What one merge keeps count of over all parts: identifiers, turns of loops, lists begun anew, what is told elsewhere,
//! and the documents that it puts in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::asides::Aside;
use super::cut::Frame;
use super::guest::Library;
use super::media::Media;
use super::numbering::{NewList, NewLists, Numbering};
use super::rich::OwnStyles;
use super::shelf::Captured;
use super::visit::Visits;
use crate::template::chart::InsertedChart;
use crate::template::inserts::Inserts;

/// What a merge needs to know of its template.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) numbering: Option<&'a Numbering>,
    pub(super) asides: &'a [Aside],
    pub(super) frames: &'a [Frame],
    pub(super) styles: &'a OwnStyles,
    pub(super) next_id: usize,
    /// Numbers that it has from former merges.
    pub(super) given: usize,
    pub(super) library: Option<&'a Library>,
    /// The names of its bookmarks.
    pub(super) bookmarks: &'a BTreeSet<String>,
}

/// What one merge keeps count of over all parts.
#[derive(Debug)]
pub(super) struct Session<'a> {
    pub(super) inserts: &'a Inserts,
    pub(super) numbering: Option<&'a Numbering>,
    pub(super) next_id: usize,
    /// Identifiers that have been used, and those that took the places of others last.
    pub(super) ids: HashMap<String, usize>,
    pub(super) turns: BTreeMap<usize, usize>,
    /// Lists begun anew.
    pub(super) lists: NewLists,
    /// The documents put in.
    pub(super) visits: Visits<'a>,
    /// What the template tells elsewhere, and what was told so.
    pub(super) asides: &'a [Aside],
    pub(super) captured: Vec<Captured>,
    pub(super) frames: &'a [Frame],
    pub(super) styles: &'a OwnStyles,
    pub(super) media: Media,
    /// Tables and figures with captions so far.
    pub(super) counted: (u32, u32),
    /// What a picture's relation belongs to: the part's path, or an aside's identifier.
    pub(super) owner: String,
    /// The most columns of a table whose columns repeat.
    pub(super) most_columns: usize,
    /// The data of the chart that comes next, and the kind that it is drawn as.
    pub(super) chart: Option<InsertedChart>,
    pub(super) chart_kind: String,
    /// Charts that are drawn as another kind than their tags say: both kinds.
    pub(super) other_kinds: BTreeSet<(&'static str, String)>,
}

/// What a merge gives besides the text of parts.
pub(super) struct Results<'a> {
    /// The asides that were told.
    pub(super) captured: Vec<Captured>,
    /// The pictures that were put in.
    pub(super) media: Media,
    /// The lists that were begun anew.
    pub(super) lists: NewLists,
    /// The documents that were put in.
    pub(super) visits: Visits<'a>,
}

impl<'a> Session<'a> {
    /// A merge; `next_id` is larger than any identifier of the template.
    pub(super) fn new(inserts: &'a Inserts, template: &Told<'a>) -> Self {
        let Told { numbering, asides, frames, styles, next_id, given, library, bookmarks } = *template;
        let (ids, turns) = Default::default();
        let lists = NewLists::from(numbering.map_or(1, Numbering::first_free));
        let (captured, counted, owner) = Default::default();
        Self {
            inserts,
            numbering,
            next_id,
            ids,
            turns,
            lists,
            visits: Visits::new(library, styles, bookmarks, given),
            asides,
            captured,
            frames,
            styles,
            media: Media::after(given),
            counted,
            owner,
            most_columns: 0,
            chart: None,
            chart_kind: String::new(),
            other_kinds: BTreeSet::new(),
        }
    }

    /// The most columns of a table whose columns repeat.
    pub(super) fn most_columns(&self) -> usize {
        self.most_columns
    }

    /// Charts that are drawn as another kind than their tags say: the tag's, and what is drawn.
    pub(super) fn other_kinds(&self) -> &BTreeSet<(&'static str, String)> {
        &self.other_kinds
    }

    /// What is to be kept in the document.
    pub(super) fn into_results(self) -> Results<'a> {
        let Self { captured, media, lists, visits, .. } = self;
        Results { captured, media, lists, visits }
    }

    /// An aside of the document that the text stands in.
    pub(super) fn told(&self, number: usize) -> Option<Aside> {
        match self.visits.now() {
            Some((visitor, _)) => visitor.asides.get(number).cloned(),
            None => self.asides.get(number).cloned(),
        }
    }

    /// A further aside: its identifier, and whether it keeps the template's place.
    pub(super) fn aside(&mut self, number: usize) -> (String, bool) {
        let aside = self.told(number);
        let own = match &aside {
            Some(
                Aside::Footnote(id)
                | Aside::Endnote(id)
                | Aside::Margin { relation: id, .. }
                | Aside::Chart { relation: id, .. },
            ) => Some(id.clone()),
            Some(Aside::Link(_)) | None => None,
        };
        let is_first = self.visits.now().is_none() && !self.captured.iter().any(|known| known.number == Some(number));
        if let Some(own) = own.filter(|_| is_first) {
            return (own, true);
        }
        let new = self.next_id;
        self.next_id += 1;
        match aside {
            Some(Aside::Margin { .. } | Aside::Chart { .. } | Aside::Link(_)) => (format!("rIdTold{new}"), false),
            _ => (new.to_string(), false),
        }
    }

    pub(super) fn turn(&self, turn: usize) -> usize {
        self.turns.get(&turn).copied().unwrap_or_default()
    }

    /// What an identifier is known by, which others have in other documents.
    pub(super) fn known_by(&self, id: &str) -> String {
        self.visits.now().map_or_else(|| id.to_owned(), |(_, visit)| format!("{visit} {id}"))
    }

    pub(super) fn new_id(&mut self, id: &str) -> String {
        let key = self.known_by(id);
        // The template's first keeps its own.
        if self.visits.now().is_none() && !self.ids.contains_key(&key) {
            let own = id.parse().unwrap_or_default();
            self.ids.insert(key, own);
            return id.to_owned();
        }
        let new = self.next_id;
        self.next_id += 1;
        self.ids.insert(key, new);
        new.to_string()
    }

    pub(super) fn list(&mut self, turn: usize, list: &str) -> String {
        let count = self.turn(turn);
        let new = match self.visits.now() {
            Some((visitor, visit)) => {
                let knows = visitor.numbering.as_ref().is_some_and(|numbering| numbering.knows(list));
                let (list, turn) = (list.to_owned(), (turn, count));
                knows.then_some(NewList::Guest { visitor: visitor.number, list, visit, turn })
            }
            None => {
                let knows = self.numbering.is_some_and(|numbering| numbering.knows(list));
                (knows && count > 1).then(|| NewList::Again { list: list.to_owned(), turn: (turn, count) })
            }
        };
        new.map_or_else(|| list.to_owned(), |new| self.lists.number(new).to_string())
    }

    /// How what stands in the place of a tag looks.
    pub(super) fn frame(&mut self, number: usize) -> Option<Frame> {
        let Some((visitor, _)) = self.visits.now() else { return self.frames.get(number).cloned() };
        let frame = visitor.frames.get(number)?;
        let look = self.visits.look(&frame.look, &mut self.lists);
        Some(Frame { look, ..frame.clone() })
    }
}
