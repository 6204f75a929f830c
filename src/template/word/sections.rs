//! Ends of pages and sections that loops repeat: they leave no empty line, and no blank page after the last turn.

use super::edits::{Edits, Rank};
use super::escape::has_ink;
use super::tree::{Id, Tree};

const PAGE_BREAK: &str = "<w:br w:type=\"page\"/>";

/// Moves the end of a section out of a paragraph that holds nothing else, and that begins at a place of a merged text
/// and ends with it, into the paragraph before it.
pub(super) fn join_section(out: &mut String, from: usize) {
    let (before, own) = out.split_at(from.min(out.len()));
    let section = own.find("<w:sectPr").and_then(|at| own.get(at..own.rfind("</w:pPr>")?));
    let section = section.map(|section| section.split("<w:pPrChange").next().unwrap_or_default().to_owned());
    let Some(section) = section.filter(|_| !has_ink(own)) else { return };
    let start = ["<w:p>", "<w:p "].iter().filter_map(|tag| before.rfind(tag)).max();
    let Some((start, last)) = start.and_then(|start| Some((start, before.get(start..)?))) else { return };
    // A paragraph with others in it, such as that of a text box, and one that ends a section itself stay as they are.
    let is_plain = last.ends_with("</w:p>") && last.matches("</w:p>").count() == 1 && !last.contains("<w:sectPr");
    if !is_plain {
        return;
    }
    let look = if last.contains("<w:pPrChange") { "<w:pPrChange" } else { "</w:pPr>" };
    let joined = match last.find("<w:pPr>").and_then(|_| last.find(look)) {
        Some(at) => format!("{}{section}{}", &last[..at], &last[at..]),
        None if last.contains("<w:pPr") => return,
        None => match last.find('>') {
            Some(at) => format!("{}<w:pPr>{section}</w:pPr>{}", &last[..=at], &last[at + 1..]),
            None => return,
        },
    };
    out.truncate(start);
    *out += &joined;
}

/// A document without the blank page that would follow the last turn of a loop, which ended at a place: a page break
/// there goes, and the end of the turn's section is the document's. Nothing if there is no such page.
pub(super) fn without_blank_page(xml: &str, tail: usize) -> Option<String> {
    let tree = Tree::read(xml.as_bytes().to_vec()).ok()?;
    let body = tree.ids().find(|&id| tree.name(id) == "w:body")?;
    let (before, after): (Vec<Id>, Vec<Id>) = tree.children(body).partition(|&id| tree.outer(id).end <= tail);
    let last = before.into_iter().rev().find(|&id| tree.name(id) == "w:p")?;
    let own = tree.text(tree.outer(last));
    let is_end = !has_ink(tree.text(tree.outer(last).end..tail));
    if !is_end {
        return None;
    }
    let mut edits = Edits::default();
    let section = tree.child(last, "w:pPr").and_then(|look| tree.child(look, "w:sectPr"));
    if let Some(section) = section {
        let end = after.iter().copied().find(|&id| tree.name(id) == "w:sectPr")?;
        edits.replace(tree.outer(end), tree.text(tree.outer(section)));
        let rest = [
            tree.text(tree.outer(last).start..tree.outer(section).start),
            tree.text(tree.outer(section).end..tree.outer(last).end),
        ]
        .concat();
        match has_ink(&rest) {
            true => edits.delete(tree.outer(section)),
            false => edits.delete(tree.outer(last)),
        }
        let empty = after
            .iter()
            .copied()
            .filter(|&id| tree.name(id) == "w:p" && !tree.text(tree.outer(id)).contains("<w:bookmark"));
        empty.for_each(|id| edits.delete(tree.outer(id)));
        if !has_ink(&rest)
            && !tree.children(body).any(|id| tree.name(id) == "w:p" && id != last && tree.outer(id).end <= tail)
        {
            edits.insert(tree.outer(last).start, Rank::Ends, "<w:p/>");
        }
        return Some(edits.into_text(tree.source()));
    }
    let page = own.rfind(PAGE_BREAK).filter(|&at| !has_ink(own.get(at + PAGE_BREAK.len()..).unwrap_or_default()))?;
    let at = tree.outer(last).start + page;
    let rest = own.replacen(PAGE_BREAK, "", 1);
    match has_ink(&rest) {
        true => edits.delete(at..at + PAGE_BREAK.len()),
        false => edits.delete(tree.outer(last)),
    }
    Some(edits.into_text(tree.source()))
}
