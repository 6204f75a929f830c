//! The named styles, as far as headings and contents go.

use std::collections::HashMap;

use super::super::tree::{Id, Tree};
use super::part::unescaped;
use crate::document::style_name_in_file;

/// So deep styles may build on each other.
const MOST_ANCESTORS: usize = 60;

/// The paragraph and character styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    plain: Option<String>,
}

#[derive(Debug)]
struct Style {
    /// The names as the file has them, in small letters.
    names: Vec<String>,
    is_paragraph: bool,
    based_on: Option<String>,
    /// Its own level in the outline, from 0; 9 is body text.
    outline: Option<u8>,
    /// It has a tab stop that text ends at.
    ends_at_tab: bool,
}

impl Styles {
    pub(super) fn of_part(tree: &Tree) -> Self {
        let mut styles = Self::default();
        for id in tree.ids().filter(|&id| tree.name(id) == "w:style") {
            let Some(own) = tree.value(id, "w:styleId") else { continue };
            let kind = tree.value(id, "w:type").unwrap_or("paragraph");
            let value = |of: Id, name: &str| tree.child(of, name).and_then(|child| tree.value(child, "w:val"));
            let look = tree.child(id, "w:pPr");
            let tabs = look.and_then(|look| tree.child(look, "w:tabs"));
            let aliases = value(id, "w:aliases").unwrap_or_default();
            let names = value(id, "w:name").into_iter().chain(aliases.split(',').filter(|alias| !alias.is_empty()));
            let style = Style {
                names: names.map(|name| style_name_in_file(&unescaped(name))).collect(),
                is_paragraph: kind == "paragraph",
                based_on: value(id, "w:basedOn").map(str::to_owned),
                outline: look.and_then(|look| value(look, "w:outlineLvl")?.parse().ok()),
                ends_at_tab: tabs.is_some_and(|tabs| {
                    tree.children(tabs).any(|tab| matches!(tree.value(tab, "w:val"), Some("right" | "end")))
                }),
            };
            let is_default = matches!(tree.value(id, "w:default"), Some("1" | "true" | "on"));
            if is_default && style.is_paragraph && styles.plain.is_none() {
                styles.plain = Some(own.to_owned());
            }
            styles.by_id.entry(own.to_owned()).or_insert(style);
        }
        styles
    }

    /// The identifier of the style of paragraphs that name none.
    pub(super) fn of_plain_paragraphs(&self) -> Option<&str> {
        self.plain.as_deref()
    }

    fn lineage<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> + 'a {
        let first = self.by_id.get(id);
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(MOST_ANCESTORS)
    }

    /// The level in the outline that a style gives, from 1.
    pub(super) fn outline(&self, id: &str) -> Option<u8> {
        self.lineage(id).find_map(|style| style.outline).filter(|level| *level < 9).map(|level| level + 1)
    }

    /// Whether a style has a tab stop at its end.
    pub(super) fn ends_at_tab(&self, id: &str) -> bool {
        self.lineage(id).any(|style| style.ends_at_tab)
    }

    /// The level of a heading's style, from 1.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        let of_name = |name: &String| name.strip_prefix("heading ")?.parse().ok();
        let level = self.by_id.get(id)?.names.iter().find_map(of_name);
        level.filter(|level| (1..=9).contains(level))
    }

    /// Whether a style has a name, as a field or a user says it.
    pub(super) fn is_called(&self, id: &str, name: &str) -> bool {
        self.by_id.get(id).is_some_and(|style| id == name || style.names.contains(&style_name_in_file(name)))
    }

    /// The paragraph style of a name in the file.
    pub(super) fn paragraph(&self, name: &str) -> Option<&str> {
        let of_name = |style: &Style| style.is_paragraph && style.names.iter().any(|known| known == name);
        let mut found: Vec<&str> =
            self.by_id.iter().filter(|(_, style)| of_name(style)).map(|(id, _)| id.as_str()).collect();
        found.sort_unstable();
        found.first().copied()
    }

    /// Whether there is any style of a name that a field says.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.by_id.keys().any(|id| self.is_called(id, name))
    }

    /// All names, for messages.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_id.values().flat_map(|style| style.names.iter().map(String::as_str))
    }

    /// An identifier that no style has.
    pub(super) fn free(&self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while self.by_id.contains_key(&id) {
            id += "_1";
        }
        id
    }
}
