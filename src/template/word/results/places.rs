//! Where things stand, as the layout tells it, and the bookmarks by which it is asked.

use std::collections::{BTreeMap, HashMap};

use super::super::tree::Id;
use super::part::Part;
use crate::document::{Bookmark, BookmarkPlace, NumberFormat, PageNumber, Pagination, ParagraphNumber, number};

/// Where the bookmarks of the body stand; nothing before the first layout.
#[derive(Debug, Default)]
pub(super) struct Places {
    pages: Vec<PageNumber>,
    by_name: HashMap<String, BookmarkPlace>,
}

impl Places {
    pub(super) fn of(pagination: Pagination) -> Self {
        let mut by_name = HashMap::new();
        for place in pagination.bookmarks {
            if let Bookmark::Named(name) = &place.bookmark {
                by_name.entry(name.to_lowercase()).or_insert(place);
            }
        }
        Self { pages: pagination.pages, by_name }
    }

    /// Whether there has been a layout.
    pub(super) fn are_known(&self) -> bool {
        !self.pages.is_empty()
    }

    fn place(&self, name: &str) -> Option<&BookmarkPlace> {
        self.by_name.get(&name.to_lowercase())
    }

    /// The page of a bookmark, from 0.
    pub(super) fn page(&self, name: &str) -> Option<usize> {
        self.place(name).map(|place| place.page)
    }

    /// The number of a bookmark's page, as its section writes it or as is asked for.
    pub(super) fn page_number(&self, name: &str, format: Option<NumberFormat>) -> Option<String> {
        let page = self.pages.get(self.page(name)?)?;
        Some(format.map_or_else(|| page.text.clone(), |format| number(page.number, format)))
    }

    /// The number of the paragraph that a bookmark stands in.
    pub(super) fn paragraph_number(&self, name: &str) -> Option<&ParagraphNumber> {
        self.place(name)?.number.as_ref()
    }

    /// How many pages there are.
    pub(super) fn page_count(&self) -> Option<u32> {
        self.are_known().then_some(self.pages.len() as u32)
    }

    /// How many pages the section has that a bookmark stands in.
    pub(super) fn section_pages(&self, name: &str) -> Option<u32> {
        let section = self.pages.get(self.page(name)?)?.section;
        Some(self.pages.iter().filter(|page| page.section == section).count() as u32)
    }
}

/// New bookmarks that ask where paragraphs and fields stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// By the element that they stand at.
    list: BTreeMap<Id, Anchor>,
    /// The number of the last new bookmark of an entry.
    last: u32,
    /// Bookmarks that entries of contents have.
    own: BTreeMap<Id, String>,
}

#[derive(Clone, Debug)]
struct Anchor {
    name: String,
    /// An entry leads to it: it stays.
    stays: bool,
}

/// What bookmarks of entries have in their names, as Word and LibreOffice name them.
const ENTRY: &str = "_Toc";
const PROBE: &str = "_huibao";
/// Word's own bookmarks have nine digits, ours begin beyond those of most documents.
const FIRST: u32 = 900_000_000;

impl Anchors {
    pub(super) fn of(part: &Part) -> Self {
        let mut own = BTreeMap::new();
        for bookmark in part.bookmarks.iter().filter(|bookmark| bookmark.name.contains(ENTRY)) {
            if let Some(paragraph) = part.context(bookmark.start).paragraph
                // a name that stands twice leads to the first
                && part.bookmark(&bookmark.name).is_some_and(|first| first.start == bookmark.start)
            {
                own.entry(paragraph).or_insert_with(|| bookmark.name.clone());
            }
        }
        Self { list: BTreeMap::new(), last: FIRST, own }
    }

    /// The bookmark of a paragraph that an entry leads to.
    pub(super) fn entry(&mut self, part: &Part, paragraph: Id) -> String {
        if let Some(own) = self.own.get(&paragraph) {
            return own.clone();
        }
        if let Some(known) = self.list.get(&paragraph).filter(|anchor| anchor.stays) {
            return known.name.clone();
        }
        let name = loop {
            self.last += 1;
            let name = format!("{ENTRY}{}", self.last);
            if part.bookmark(&name).is_none() {
                break name;
            }
        };
        self.list.insert(paragraph, Anchor { name: name.clone(), stays: true });
        name
    }

    /// A bookmark that only asks where a paragraph, or the beginning of a field, stands.
    pub(super) fn probe(&mut self, at: Id) -> String {
        if let Some(own) = self.own.get(&at) {
            return own.clone();
        }
        let new = || Anchor { name: format!("{PROBE}{at}"), stays: false };
        self.list.entry(at).or_insert_with(new).name.clone()
    }

    /// The new bookmarks: the element that each stands at, its name, and whether it stays.
    pub(super) fn new_ones(&self) -> impl Iterator<Item = (Id, &str, bool)> {
        self.list.iter().map(|(id, anchor)| (*id, anchor.name.as_str(), anchor.stays))
    }
}
