//! One document of all rows: the whole body repeated, each turn a section of its own.

use super::blocks::{Plan, Spot};
use super::cut::{Counts, Scope};
use super::edits::{Edits, Rank};
use super::marks::Mark;
use super::tree::{Id, Tree};
use crate::template::expression::{Piece, Tag, TagKind};

/// Ends a turn where the document has no section to end.
const PAGE_BREAK: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// The body of a document that is repeated for the rows of a table.
pub(super) struct Whole<'a> {
    tree: &'a Tree,
    table: &'a str,
    body: Id,
    turn: usize,
}

impl<'a> Whole<'a> {
    /// The body; `counts` counts over the whole template.
    pub(super) fn new(tree: &'a Tree, table: &'a str, counts: &mut Counts) -> Option<Self> {
        let body = tree.ids().find(|&id| tree.name(id) == "w:body")?;
        counts.loops += 1;
        Some(Self { tree, table, body, turn: counts.loops - 1 })
    }

    /// The scope of a row.
    pub(super) fn scope(&self) -> Scope {
        Scope { range: self.tree.inner(self.body), turn: Some(self.turn), whole: true }
    }

    /// Puts the body into the loop, when all other changes are known.
    pub(super) fn repeat(self, plan: &Plan, edits: &mut Edits) {
        let Self { tree, table, body, turn } = self;
        let inner = tree.inner(body);
        // A name in brackets may have any signs but brackets, and a sheet's name has none.
        let each = |kind, text: &str| Piece::Tag(Tag::made(kind, text));
        let open = Tag::made(TagKind::Open, &format!("each [{table}]"));
        edits.tag(inner.start, Rank::Ends, open, String::new(), Mark::Turn(turn).write());
        let text = |text: &str| Piece::Text(text.to_owned());
        match tree.children(body).last().filter(|&last| tree.name(last) == "w:sectPr") {
            Some(section) => {
                let (bytes, own) = (tree.outer(section), with_next_page(tree, section, edits));
                let not_last = |before: &str, after: &str| {
                    let mut pieces = vec![each(TagKind::Open, "unless @last"), text(before)];
                    pieces.extend(own.iter().cloned());
                    pieces.extend([text(after), each(TagKind::Close, "unless")]);
                    pieces
                };
                match last_paragraph(tree, body, section, plan) {
                    // The last paragraph of a turn carries the end of its section: no blank line comes to stand there.
                    Some((at, true)) => edits.insert_pieces(at, not_last("", "")),
                    Some((at, false)) => edits.insert_pieces(at, not_last("<w:pPr>", "</w:pPr>")),
                    None => edits.insert_pieces(bytes.start, not_last("<w:p><w:pPr>", "</w:pPr></w:p>")),
                }
                edits.insert_pieces(bytes.start, vec![each(TagKind::Open, "if @last")]);
                edits.tag(bytes.end, Rank::Ends, Tag::made(TagKind::Close, "if"), String::new(), String::new());
            }
            None => {
                let pieces = [each(TagKind::Open, "unless @last"), text(PAGE_BREAK), each(TagKind::Close, "unless")];
                edits.insert_pieces(inner.end, pieces.into());
            }
        }
        edits.insert_pieces(inner.end, vec![each(TagKind::Close, "each")]);
    }
}

/// A section's properties for one that begins on a new page.
fn with_next_page(tree: &Tree, section: Id, edits: &Edits) -> Vec<Piece> {
    let bytes = tree.outer(section);
    let mut own = edits.within(&bytes);
    if let Some(kind) = tree.child(section, "w:type") {
        own.delete(tree.outer(kind));
    }
    own.into_pieces(tree.source(), bytes)
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
