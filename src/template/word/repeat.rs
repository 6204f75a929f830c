//! What must not stand twice in a document, where a loop repeats it: identifiers, names of bookmarks; and lists that
//! begin anew in each turn.

use std::collections::HashMap;
use std::ops::Range;

use super::cut::Scope;
use super::edits::{Edits, Rank};
use super::marks::Mark;
use super::numbering::StyleLists;
use super::tree::{Id, Tree};

/// A stretch that a loop repeats.
struct Loop {
    range: Range<usize>,
    turn: usize,
    /// Whether it is the whole document.
    whole: bool,
}

/// Marks everything in the stretches that loops repeat.
pub(super) fn make_unique(tree: &Tree, scopes: &[Scope], styles: &StyleLists, edits: &mut Edits) {
    let loops: Vec<Loop> = scopes
        .iter()
        .filter_map(|scope| Some(Loop { range: scope.range.clone(), turn: scope.turn?, whole: scope.whole }))
        .collect();
    if loops.is_empty() {
        return;
    }
    // The innermost loop around a place.
    let around = |at: usize| {
        let holds = loops.iter().filter(|one| one.range.contains(&at));
        holds.min_by_key(|one| one.range.len()).map(|one| one.turn)
    };
    let mut bookmarks: HashMap<&str, usize> = HashMap::new();
    for id in tree.ids().filter(|&id| tree.name(id) == "w:bookmarkStart") {
        if let (Some(turn), Some(name)) = (around(tree.outer(id).start), tree.value(id, "w:name")) {
            bookmarks.insert(name, turn);
        }
    }
    for id in tree.ids() {
        let Some(turn) = around(tree.outer(id).start) else { continue };
        match tree.name(id) {
            "wp:docPr" => replace(tree, id, "id", edits, Mark::NewId),
            "w:bookmarkStart" => {
                replace(tree, id, "w:id", edits, Mark::NewId);
                replace(tree, id, "w:name", edits, |name| Mark::Name(turn, name));
            }
            "w:permStart" | "w:moveFromRangeStart" | "w:moveToRangeStart" => {
                replace(tree, id, "w:id", edits, Mark::NewId)
            }
            "w:permEnd" | "w:moveFromRangeEnd" | "w:moveToRangeEnd" => replace(tree, id, "w:id", edits, Mark::SameId),
            // A comment can be of one place only.
            "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference" => edits.delete(tree.outer(id)),
            "w:bookmarkEnd" => replace(tree, id, "w:id", edits, Mark::SameId),
            "w:ins" | "w:del" | "w:rPrChange" | "w:pPrChange" | "w:tblPrChange" | "w:trPrChange" | "w:tcPrChange"
            | "w:sectPrChange" => replace(tree, id, "w:id", edits, Mark::NewId),
            "w:id" if tree.parent(id).is_some_and(|parent| tree.name(parent) == "w:sdtPr") => {
                edits.delete(tree.outer(id));
            }
            "w:hyperlink" => {
                if let Some(anchor) = tree.attribute(id, "w:anchor")
                    && let Some(turn) = bookmarks.get(tree.text(anchor.clone()))
                {
                    edits.replace(anchor.clone(), Mark::Name(*turn, tree.text(anchor)).write());
                }
            }
            "w:instrText" => {
                for (name, turn) in &bookmarks {
                    if let Some(range) = word_in(tree, id, name) {
                        edits.replace(range, Mark::Name(*turn, name).write());
                    }
                }
            }
            _ => {}
        }
        for name in ["w14:paraId", "w14:textId"] {
            edits.delete(tree.whole_attribute(id, name).unwrap_or_default());
        }
    }
    restart_lists(tree, &loops, styles, edits);
}

fn replace<'t>(tree: &'t Tree, id: Id, attribute: &str, edits: &mut Edits, mark: impl Fn(&'t str) -> Mark<'t>) {
    if let Some(value) = tree.attribute(id, attribute) {
        let text = tree.text(value.clone());
        edits.replace(value, mark(text).write());
    }
}

/// Where a bookmark's name stands as a word in the instruction of a field.
fn word_in(tree: &Tree, id: Id, name: &str) -> Option<Range<usize>> {
    let inner = tree.inner(id);
    let text = tree.text(inner.clone());
    let found = text.match_indices(name).find(|(at, _)| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
        before.is_none_or(|c| c.is_whitespace() || c == '"') && after.is_none_or(|c| c.is_whitespace() || c == '"')
    });
    found.map(|(at, _)| inner.start + at..inner.start + at + name.len())
}

/// A paragraph that is an item of a list.
struct Item<'t> {
    paragraph: Id,
    list: &'t str,
    /// The bytes of the list's number; none if the paragraph is in the list by its style.
    number: Option<Range<usize>>,
    level: &'t str,
}

/// A list begins anew in each turn of a loop if all of it stands in the loop, below something of the turn's own: then
/// it is that thing's list. Where the turn begins with an item, the items of all turns are one list.
fn restart_lists(tree: &Tree, loops: &[Loop], styles: &StyleLists, edits: &mut Edits) {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut others: Vec<usize> = Vec::new();
    for id in tree.ids().filter(|&id| tree.name(id) == "w:p") {
        match item(tree, id, styles) {
            Some(item) => items.push(item),
            None => {
                let is_text = |id: Id| tree.name(id) == "w:t" && !is_block_tag(tree.text(tree.inner(id)));
                others.extend(tree.within(id).any(is_text).then_some(tree.outer(id).start));
            }
        }
    }
    let mut places: HashMap<&str, (usize, usize)> = HashMap::new();
    for item in &items {
        let at = tree.outer(item.paragraph).start;
        let (first, last) = places.entry(item.list).or_insert((at, at));
        (*first, *last) = ((*first).min(at), (*last).max(at));
    }
    for item in &items {
        let (first, last) = places.get(item.list).copied().unwrap_or_default();
        let own = |one: &&Loop| {
            let next = others.partition_point(|at| *at < one.range.start);
            let below_text = others.get(next).is_some_and(|at| *at < first);
            one.range.contains(&first) && one.range.contains(&last) && (below_text || one.whole)
        };
        let Some(own) = loops.iter().filter(own).min_by_key(|one| one.range.len()) else { continue };
        let mark = Mark::List(own.turn, item.list).write();
        match &item.number {
            Some(number) => edits.replace(number.clone(), mark),
            None => put_into_list(tree, item, &mark, edits),
        }
    }
}

fn item<'t>(tree: &'t Tree, paragraph: Id, styles: &'t StyleLists) -> Option<Item<'t>> {
    let look = tree.child(paragraph, "w:pPr")?;
    if let Some(own) = tree.child(look, "w:numPr") {
        let number = tree.attribute(tree.child(own, "w:numId")?, "w:val")?;
        let list = tree.text(number.clone());
        let level = tree.child(own, "w:ilvl").and_then(|level| tree.value(level, "w:val")).unwrap_or("0");
        return (list != "0").then_some(Item { paragraph, list, number: Some(number), level });
    }
    let style = tree.value(tree.child(look, "w:pStyle")?, "w:val")?;
    let (list, level) = styles.of(style)?;
    Some(Item { paragraph, list, number: None, level })
}

/// Says of a paragraph itself what its style says of it, in the place that the schema has for that.
fn put_into_list(tree: &Tree, item: &Item<'_>, mark: &str, edits: &mut Edits) {
    const BEFORE: [&str; 6] =
        ["w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"];
    let Some(look) = tree.child(item.paragraph, "w:pPr") else { return };
    let before = tree.children(look).filter(|&id| BEFORE.contains(&tree.name(id))).last();
    let at = before.map_or(tree.inner(look).start, |id| tree.outer(id).end);
    let level = item.level;
    let list = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{mark}\"/></w:numPr>");
    edits.insert(at, Rank::Begins, list);
}

fn is_block_tag(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (text.starts_with("{{#") || text.starts_with("{{/")) && text.ends_with("}}")
}

/// The largest of the identifiers that a copy would have to differ from.
pub(super) fn largest_id(tree: &Tree) -> usize {
    let id = |id: Id| match tree.name(id) {
        "wp:docPr" => tree.value(id, "id"),
        "w:bookmarkStart" | "w:permStart" | "w:ins" | "w:del" | "w:footnote" | "w:endnote" => tree.value(id, "w:id"),
        _ => None,
    };
    tree.ids().filter_map(|at| id(at)?.parse().ok()).filter(|id| *id < 1 << 30).max().unwrap_or_default()
}
