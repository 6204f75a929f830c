//! Lists: which paragraphs are in one by their style, and a copy of a list that begins anew.

use std::collections::{HashMap, HashSet};

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

    /// The part with further lists: each as another is, but begun anew.
    pub(super) fn with(&self, new: &[(String, usize)]) -> String {
        let last = self.lists.values().map(|&id| self.tree.outer(id).end).max().unwrap_or_default();
        let source = self.tree.source();
        let mut part = source.get(..last).unwrap_or_default().to_owned();
        for (list, number) in new {
            if let Some(&id) = self.lists.get(list) {
                part += &self.copy(id, *number);
            }
        }
        part + source.get(last..).unwrap_or_default()
    }

    fn copy(&self, list: Id, number: usize) -> String {
        let tree = &self.tree;
        let scheme = tree.child(list, "w:abstractNumId").and_then(|id| tree.value(id, "w:val")).unwrap_or_default();
        let is_scheme =
            |id: &Id| tree.name(*id) == "w:abstractNum" && tree.value(*id, "w:abstractNumId") == Some(scheme);
        let levels = tree.ids().find(is_scheme).map(|id| tree.children(id).collect::<Vec<_>>()).unwrap_or_default();
        let mut copy = format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{scheme}\"/>");
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
