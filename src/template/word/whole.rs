//! One document of all rows: the whole body repeated, each turn a section of its own.

use super::blocks::{Plan, Spot};
use super::cut::Scope;
use super::edits::{Edits, Rank};
use super::marks::Mark;
use super::tree::{Id, Tree};
use crate::template::expression::{Tag, TagKind};

/// Ends a turn where the document has no section to end.
const PAGE_BREAK: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// Puts the body into a loop over the rows of a table.
pub(super) fn repeat(tree: &Tree, table: &str, plan: &Plan, edits: &mut Edits, loops: &mut usize) -> Option<Scope> {
    let body = tree.ids().find(|&id| tree.name(id) == "w:body")?;
    let inner = tree.inner(body);
    let turn = *loops;
    *loops += 1;
    // A name in brackets may have any signs but brackets, and a sheet's name has none.
    let open = Tag::made(TagKind::Open, &format!("each [{table}]"));
    edits.tag(inner.start, Rank::Ends, open, String::new(), Mark::Turn(turn).write());
    let mut put = |at: usize, kind: TagKind, text: &str, after: String| {
        edits.tag(at, Rank::Begins, Tag::made(kind, text), String::new(), after);
    };
    match tree.children(body).last().filter(|&last| tree.name(last) == "w:sectPr") {
        Some(section) => {
            let (bytes, own) = (tree.outer(section), with_next_page(tree, section));
            match last_paragraph(tree, body, section, plan) {
                // The last paragraph of a turn carries the end of its section: no blank line comes to stand there.
                Some((at, true)) => {
                    put(at, TagKind::Open, "unless @last", own);
                    put(at, TagKind::Close, "unless", String::new());
                    put(bytes.start, TagKind::Open, "if @last", String::new());
                }
                Some((at, false)) => {
                    put(at, TagKind::Open, "unless @last", format!("<w:pPr>{own}</w:pPr>"));
                    put(at, TagKind::Close, "unless", String::new());
                    put(bytes.start, TagKind::Open, "if @last", String::new());
                }
                None => {
                    let paragraph = format!("<w:p><w:pPr>{own}</w:pPr></w:p>");
                    put(bytes.start, TagKind::Open, "unless @last", paragraph);
                    put(bytes.start, TagKind::Else, "", String::new());
                }
            }
            let word = if last_paragraph(tree, body, section, plan).is_some() { "if" } else { "unless" };
            edits.tag(bytes.end, Rank::Ends, Tag::made(TagKind::Close, word), String::new(), String::new());
        }
        None => {
            put(inner.end, TagKind::Open, "unless @last", PAGE_BREAK.to_owned());
            put(inner.end, TagKind::Close, "unless", String::new());
        }
    }
    edits.tag(inner.end, Rank::Begins, Tag::made(TagKind::Close, "each"), String::new(), String::new());
    Some(Scope { range: inner, turn: Some(turn), whole: true })
}

/// A section's properties for one that begins on a new page.
fn with_next_page(tree: &Tree, section: Id) -> String {
    let bytes = tree.outer(section);
    match tree.child(section, "w:type") {
        Some(kind) => {
            let kind = tree.outer(kind);
            tree.text(bytes.start..kind.start).to_owned() + tree.text(kind.end..bytes.end)
        }
        None => tree.text(bytes).to_owned(),
    }
}

/// Where in the last paragraph of the body the end of a section can be put, and whether it has properties already.
/// Nothing if a block may take that paragraph away.
fn last_paragraph(tree: &Tree, body: Id, section: Id, plan: &Plan) -> Option<(usize, bool)> {
    let last = tree.children(body).take_while(|&id| id != section).last()?;
    let bytes = tree.outer(last);
    // A block around it ends at its end or later.
    let moves = |spot: &Spot| matches!(spot, Spot::At(at) if *at > bytes.start);
    let stays = !plan.gone.contains(&last) && !plan.may_go.contains(&last) && !plan.spots.values().any(moves);
    if tree.name(last) != "w:p" || !stays || tree.text(bytes.clone()).ends_with("/>") {
        return None;
    }
    match tree.child(last, "w:pPr") {
        Some(look) if tree.child(look, "w:sectPr").is_some() => None,
        Some(look) if tree.text(tree.outer(look)).ends_with("/>") && tree.children(look).next().is_none() => None,
        Some(look) => {
            let change = tree.child(look, "w:pPrChange");
            Some((change.map_or(tree.inner(look).end, |change| tree.outer(change).start), true))
        }
        None => Some((tree.start_tag(last).end, false)),
    }
}
