//! References to headings and captions: `[](#各区县情况)` shows the number of what has that title, `[@](#各区县情况)` its
//! page, and `[另一段](#各区县情况)` leads there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::anchors::{Anchor, each_paragraph, field, leading_to};
use super::{notes, problem};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Block, CharacterFormat, Content, Link, Run};

/// What a reference begins with until it is known where it leads.
const OPEN: char = '#';
/// Typed for the number of what is referred to.
pub(super) const NUMBER: &str = "#";
/// Typed for its page.
const PAGE: &str = "@";

/// Where a link of a text leads. A place in the text is named by its title until [`resolve`] has seen all of it.
pub(super) fn target(address: &str) -> Option<Link> {
    const SCHEMES: [&str; 5] = ["http://", "https://", "mailto:", "ftp://", "tel:"];
    let known =
        SCHEMES.iter().any(|scheme| address.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme)));
    match address.starts_with(OPEN) {
        true => Some(Link::Bookmark(address.into())),
        false => known.then(|| Link::Address(address.into())),
    }
}

/// What a reference to a footnote begins with, the first to it and others.
const NOTE: [char; 2] = ['^', '~'];

/// A reference to the footnote of a number, until [`resolve`] has put its mark there.
pub(super) fn note(at: usize, first: bool) -> Option<Link> {
    Some(Link::Bookmark(format!("{}{at}", NOTE[usize::from(!first)]).into()))
}

/// The references as they stand in a template, so that one that leads nowhere is told with its line.
#[derive(Debug, Default)]
pub(in crate::template) struct Typed(HashMap<String, Place>);

impl Typed {
    /// Those of a text that begins on a line of a file; of several to one title the first counts.
    pub(in crate::template) fn of(file: &str, text: &str, first_line: usize) -> Self {
        const BEFORE: &str = "](#";
        let mut places = HashMap::new();
        for (line, content) in (first_line..).zip(text.lines()) {
            for (at, _) in content.match_indices(BEFORE) {
                let title = content.get(at + BEFORE.len()..).unwrap_or_default();
                let Some((title, _)) = title.split_once(')') else { continue };
                // the column of the bracket that the reference begins with
                let begin = content.get(..at).and_then(|before| before.rfind('[')).unwrap_or(at);
                let column = content.get(..begin).map_or(1, |before| before.chars().count() + 1);
                let place = || Place::Text { file: file.to_owned(), line, column };
                places.entry(title.to_owned()).or_insert_with(place);
            }
        }
        Self(places)
    }
}

/// Anchors by what references call them: their text, with or without the number.
pub(super) struct Titles<'a>(HashMap<String, &'a Anchor>);

impl<'a> Titles<'a> {
    /// Those of a text; of several with one title the first counts.
    pub(super) fn of(anchors: &'a [Anchor]) -> Self {
        let mut titles = HashMap::new();
        for anchor in anchors {
            titles.entry(anchor.text.clone()).or_insert(anchor);
            titles.entry(anchor.shown()).or_insert(anchor);
        }
        Self(titles)
    }

    /// That nothing has a title; `typed` knows where it is referred to.
    pub(super) fn nothing_of(&self, title: &str, typed: &Typed) -> Diagnostic {
        let mut known: Vec<&str> = self.0.values().map(|anchor| anchor.text.as_str()).collect();
        known.sort_unstable();
        let place = typed.0.get(title).cloned().unwrap_or(Place::Run);
        problem::nothing_of_that_title(title, place, known.into_iter())
    }
}

/// Lets references lead to what they name. The bookmarks that they lead to are added to `used`; `lost` is told the titles
/// that nothing has.
pub(super) fn resolve(
    blocks: &mut [Block],
    titles: &Titles<'_>,
    used: &mut BTreeSet<Arc<str>>,
    lost: &mut dyn FnMut(&str),
) {
    each_paragraph(blocks, &mut |runs| {
        if runs.iter().any(|run| run.format.link.is_some()) {
            put_in(runs, titles, used, lost);
        }
    });
}

fn put_in(runs: &mut Vec<Run>, titles: &Titles<'_>, used: &mut BTreeSet<Arc<str>>, lost: &mut dyn FnMut(&str)) {
    let mut at = 0;
    while let Some(run) = runs.get_mut(at) {
        at += 1;
        let Some(Some(Link::Bookmark(name))) = &run.format.link else { continue };
        let put: Vec<Run> = if let Some(of_note) = name.strip_prefix(NOTE) {
            notes::mark(of_note.parse().unwrap_or(1), name.starts_with(NOTE[0]))
        } else if let Some(title) = name.strip_prefix(OPEN) {
            match titles.0.get(title) {
                Some(anchor) => leading(run, anchor, used),
                None => {
                    lost(title);
                    vec![Run::text(title)]
                }
            }
        } else {
            continue;
        };
        let count = put.len();
        runs.splice(at - 1..at, put);
        at += count - 1;
    }
}

/// What a reference shows of an anchor.
fn leading(run: &Run, anchor: &Anchor, used: &mut BTreeSet<Arc<str>>) -> Vec<Run> {
    let mut format = CharacterFormat::clone(&run.format);
    format.link = leading_to(&anchor.whole).link;
    used.insert(Arc::clone(&anchor.whole));
    let typed = if let Content::Text(text) = &run.content { text.as_str() } else { "" };
    let number = anchor.shown_label();
    match typed {
        PAGE => field(format!("PAGEREF {} \\h", anchor.whole), "1", &format).into(),
        NUMBER if number.is_empty() => field(format!("REF {} \\h", anchor.whole), &anchor.text, &format).into(),
        NUMBER => {
            used.insert(Arc::clone(&anchor.number));
            field(format!("REF {} \\h", anchor.number), number, &format).into()
        }
        _ => vec![Run { format: format.into(), ..run.clone() }],
    }
}
