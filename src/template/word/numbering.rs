//! Lists: which paragraphs are in one by their style, and a copy of a list that begins anew.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::edits::Edits;
use super::tree::{Id, Tree};

/// Styles whose paragraphs are items of a list. Headings are not among them: they are counted through the document.
#[derive(Debug, Default)]
pub(super) struct StyleLists {
    lists: HashMap<String, (String, String)>,
    /// Styles whose lines have an exact height, which cuts pictures off; the default style without a name.
    exact: HashSet<String>,
}

/// Styles that are based on each other without end are no styles.
const MOST_BASES: usize = 32;

impl StyleLists {
    /// Reads the part of the styles.
    pub(super) fn of_part(tree: &Tree) -> Self {
        let styles: HashMap<&str, Id> = tree
            .ids()
            .filter(|&id| tree.name(id) == "w:style" && tree.value(id, "w:type") == Some("paragraph"))
            .filter_map(|id| Some((tree.value(id, "w:styleId")?, id)))
            .collect();
        let base = |id: Id| styles.get(tree.value(tree.child(id, "w:basedOn")?, "w:val")?).copied();
        let (mut lists, mut exact) = (HashMap::new(), HashSet::new());
        let defaults = tree.ids().find(|&id| tree.name(id) == "w:pPrDefault").and_then(|id| tree.child(id, "w:pPr"));
        for (name, &id) in &styles {
            let chain: Vec<Id> = std::iter::successors(Some(id), |&id| base(id)).take(MOST_BASES).collect();
            let looks: Vec<Id> = chain.iter().filter_map(|&id| tree.child(id, "w:pPr")).collect();
            let mut spacing = looks.iter().copied().chain(defaults).filter_map(|look| tree.child(look, "w:spacing"));
            let line = spacing.find(|&spacing| tree.value(spacing, "w:line").is_some());
            if line.and_then(|spacing| tree.value(spacing, "w:lineRule")) == Some("exact") {
                exact.insert((*name).to_owned());
                if tree.value(id, "w:default").is_some_and(|value| value == "1" || value == "true") {
                    exact.insert(String::new());
                }
            }
            let list = looks.iter().find_map(|&look| tree.child(look, "w:numPr"));
            let is_heading = looks.iter().any(|&look| tree.child(look, "w:outlineLvl").is_some());
            let value = |name: &str| tree.value(tree.child(list?, name)?, "w:val");
            if let Some(number) = value("w:numId").filter(|number| *number != "0" && !is_heading) {
                let level = value("w:ilvl").unwrap_or("0").to_owned();
                lists.insert((*name).to_owned(), (number.to_owned(), level));
            }
        }
        Self { lists, exact }
    }

    /// Whether the lines of a paragraph have an exact height, which would cut a picture off.
    pub(super) fn cuts_pictures(&self, tree: &Tree, paragraph: Id) -> bool {
        let look = tree.child(paragraph, "w:pPr");
        let spacing = look.and_then(|look| tree.child(look, "w:spacing"));
        match spacing.filter(|&spacing| tree.value(spacing, "w:line").is_some()) {
            Some(spacing) => tree.value(spacing, "w:lineRule") == Some("exact"),
            None => {
                let style = look.and_then(|look| tree.value(tree.child(look, "w:pStyle")?, "w:val"));
                self.exact.contains(style.unwrap_or_default())
            }
        }
    }

    /// The list of a style, and the level in it.
    pub(super) fn of(&self, style: &str) -> Option<(&str, &str)> {
        self.lists.get(style).map(|(list, level)| (list.as_str(), level.as_str()))
    }
}

/// A list that a merge makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NewList {
    /// A list of the template, begun anew in the turn of a loop: the loop, and which turn.
    Again { list: String, turn: (usize, usize) },
    /// A list of a document that was put in, in a visit of it.
    Guest { visitor: usize, list: String, visit: usize, turn: (usize, usize) },
    /// A list that styles of such a document are in.
    Style { visitor: usize, list: String },
    /// A list of formatted text: whether its items are numbered, which text it is, and which of its lists.
    Text { numbered: bool, text: usize, at: usize },
}

/// The number by which the lists of formatted text are known among those of documents put in.
const OF_TEXT: usize = usize::MAX;
/// Our lists: with signs, and numbered.
const LISTS: [(&str, &str); 2] = [("1", "bullet"), ("2", "decimal")];
/// Levels of a list (17.9.3).
const LEVELS: usize = 9;

/// The lists that formatted text has.
static LISTS_OF_TEXT: LazyLock<Option<Numbering>> = LazyLock::new(|| {
    let level = |kind: &str, level: usize| {
        let label = if kind == "bullet" { "•".into() } else { format!("%{}.", level + 1) };
        let left = 420 * (level + 1);
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{kind}\"/><w:lvlText w:val=\"{label}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"420\"/></w:pPr></w:lvl>"
        )
    };
    let scheme = |(number, kind): (&str, &str)| {
        let levels: String = (0..LEVELS).map(|at| level(kind, at)).collect();
        format!(
            "<w:abstractNum w:abstractNumId=\"{number}\"><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>"
        )
    };
    let list = |(number, _): (&str, &str)| {
        format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{number}\"/></w:num>")
    };
    let part = LISTS.map(scheme).concat() + &LISTS.map(list).concat();
    Tree::read(format!("<w:numbering>{part}</w:numbering>").into_bytes()).ok().map(Numbering::of)
});

/// The lists that a merge makes, and their numbers.
#[derive(Debug, Default)]
pub(super) struct NewLists {
    first_free: usize,
    numbers: BTreeMap<NewList, usize>,
    order: Vec<NewList>,
}

impl NewLists {
    /// None yet; the template has no number from this one on.
    pub(super) fn from(first_free: usize) -> Self {
        Self { first_free, ..Self::default() }
    }

    /// The number of a list.
    pub(super) fn number(&mut self, list: NewList) -> usize {
        let next = self.first_free + self.order.len();
        let number = *self.numbers.entry(list.clone()).or_insert(next);
        if number == next {
            self.order.push(list);
        }
        number
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

/// The lists of a document.
#[derive(Debug)]
pub(super) struct Numbering {
    tree: Tree,
    /// By its number the list's `w:num`.
    lists: HashMap<String, Id>,
    first_free: usize,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn of(tree: Tree) -> Self {
        let lists: HashMap<String, Id> = tree
            .ids()
            .filter(|&id| tree.name(id) == "w:num")
            .filter_map(|id| Some((tree.value(id, "w:numId")?.to_owned(), id)))
            .collect();
        let largest = lists.keys().filter_map(|number| number.parse::<usize>().ok()).max().unwrap_or_default();
        Self { tree, lists, first_free: largest.saturating_add(1) }
    }

    /// Whether there is such a list.
    pub(super) fn knows(&self, list: &str) -> bool {
        self.lists.contains_key(list)
    }

    /// A number that no list has, nor any larger one.
    pub(super) fn first_free(&self) -> usize {
        self.first_free
    }

    /// A part without lists.
    pub(super) fn none() -> Option<Self> {
        let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        Tree::read(format!("<w:numbering xmlns:w=\"{namespace}\"></w:numbering>").into_bytes()).ok().map(Self::of)
    }

    /// The part with further lists: each as another is, but begun anew. `guests` are the lists of documents put in.
    pub(super) fn with(&self, new: &NewLists, guests: &BTreeMap<usize, &Self>) -> String {
        let tree = &self.tree;
        let ends = |name: &str| {
            let all = tree.ids().filter(|&id| tree.name(id) == name && tree.parent(id) == Some(0));
            all.map(|id| tree.outer(id).end).max()
        };
        let (mut schemes, mut lists) = (String::new(), String::new());
        let mut free = tree.ids().filter_map(|id| tree.value(id, "w:abstractNumId")?.parse::<usize>().ok()).max();
        let mut brought: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (list, number) in new.order.iter().filter_map(|list| Some((list, *new.numbers.get(list)?))) {
            let (visitor, name) = match list {
                NewList::Text { numbered, .. } => (OF_TEXT, LISTS[usize::from(*numbered)].0),
                NewList::Again { list, .. } => {
                    if let Some(&id) = self.lists.get(list) {
                        lists += &self.copy(id, number, self.scheme(id));
                    }
                    continue;
                }
                NewList::Guest { visitor, list, .. } | NewList::Style { visitor, list } => (*visitor, list.as_str()),
            };
            let guest = if visitor == OF_TEXT { LISTS_OF_TEXT.as_ref() } else { guests.get(&visitor).copied() };
            let Some(guest) = guest else { continue };
            let Some(&id) = guest.lists.get(name) else { continue };
            let scheme = guest.scheme(id);
            match brought.get(&(visitor, scheme)) {
                Some(known) => lists += &guest.copy(id, number, &known.to_string()),
                None => {
                    let own = free.map_or(0, |free| free.saturating_add(1));
                    free = Some(own);
                    brought.insert((visitor, scheme), own);
                    schemes += &guest.scheme_as(scheme, own);
                    lists += &guest.copy(id, number, &own.to_string());
                }
            }
        }
        // The schema has all schemes before all lists.
        let first = tree.children(0).find(|&id| matches!(tree.name(id), "w:num" | "w:numIdMacAtCleanup"));
        let schemes_at = ends("w:abstractNum").or(first.map(|id| tree.outer(id).start)).unwrap_or(tree.inner(0).end);
        let lists_at = ends("w:num").unwrap_or(schemes_at).max(schemes_at);
        let source = tree.source();
        let piece = |range: std::ops::Range<usize>| source.get(range).unwrap_or_default();
        [piece(0..schemes_at), &schemes, piece(schemes_at..lists_at), &lists, piece(lists_at..source.len())].concat()
    }

    /// The scheme that a list is numbered by.
    fn scheme(&self, list: Id) -> &str {
        let tree = &self.tree;
        tree.child(list, "w:abstractNumId").and_then(|id| tree.value(id, "w:val")).unwrap_or_default()
    }

    fn scheme_of(&self, scheme: &str) -> Option<Id> {
        let tree = &self.tree;
        tree.ids().find(|&id| tree.name(id) == "w:abstractNum" && tree.value(id, "w:abstractNumId") == Some(scheme))
    }

    /// A scheme under another number, for another document: without what ties it to this one.
    fn scheme_as(&self, scheme: &str, number: usize) -> String {
        let tree = &self.tree;
        let Some(id) = self.scheme_of(scheme) else {
            return format!("<w:abstractNum w:abstractNumId=\"{number}\"/>");
        };
        let mut edits = Edits::default();
        for (name, value) in tree.attributes(id) {
            if name == "w:abstractNumId" {
                edits.replace(value, number.to_string());
            } else {
                edits.delete(tree.whole_attribute(id, name).unwrap_or_default());
            }
        }
        let ties = ["w:nsid", "w:styleLink", "w:numStyleLink", "w:pStyle", "w:lvlPicBulletId"];
        tree.within(id).filter(|&id| ties.contains(&tree.name(id))).for_each(|id| edits.delete(tree.outer(id)));
        edits.into_text_of(tree.source(), tree.outer(id))
    }

    /// A list like another one, numbered by a scheme and begun anew.
    fn copy(&self, list: Id, number: usize, numbered_by: &str) -> String {
        let tree = &self.tree;
        let scheme = self.scheme_of(self.scheme(list));
        let levels = scheme.map(|id| tree.children(id).collect::<Vec<_>>()).unwrap_or_default();
        let mut copy = format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{numbered_by}\"/>");
        for level in levels.into_iter().filter(|&id| tree.name(id) == "w:lvl") {
            let Some(name) = tree.value(level, "w:ilvl") else { continue };
            let own = tree
                .children(list)
                .find(|&id| tree.name(id) == "w:lvlOverride" && tree.value(id, "w:ilvl") == Some(name));
            let value_of =
                |outer: Option<Id>, inner: &str| outer.and_then(|id| tree.value(tree.child(id, inner)?, "w:val"));
            let shape = own.and_then(|id| tree.child(id, "w:lvl"));
            let start =
                value_of(own, "w:startOverride").or(value_of(shape, "w:start")).or(value_of(Some(level), "w:start"));
            let shape = shape.map(|id| tree.text(tree.outer(id))).unwrap_or_default();
            copy += &format!(
                "<w:lvlOverride w:ilvl=\"{name}\"><w:startOverride w:val=\"{}\"/>{shape}</w:lvlOverride>",
                start.unwrap_or("1")
            );
        }
        copy + "</w:num>"
    }
}
