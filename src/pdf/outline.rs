//! The outline: headings nested by level, each leading to its place.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::layout::Pages;

use super::content::number;
use super::objects::Objects;

/// An entry on its way into the file.
struct Node {
    id: ObjectId,
    parent: ObjectId,
    children: Vec<usize>,
}

/// Adds the outline, if there is any, and gives its root.
///
/// A heading belongs to the nearest heading before it that has a lower level; levels may be skipped.
pub(super) fn add(pages: &Pages, page_ids: &[ObjectId], file: &mut Objects) -> Option<ObjectId> {
    if pages.outline.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let mut nodes: Vec<Node> = Vec::with_capacity(pages.outline.len());
    let mut top: Vec<usize> = Vec::new();
    // The headings that the next one may belong to, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for (at, entry) in pages.outline.iter().enumerate() {
        while open.last().is_some_and(|last| pages.outline[*last].level >= entry.level) {
            open.pop();
        }
        let parent = open.last().copied();
        let id = file.new_object_id();
        nodes.push(Node { id, parent: parent.map_or(root, |parent| nodes[parent].id), children: Vec::new() });
        parent.map_or(&mut top, |parent| &mut nodes[parent].children).push(at);
        open.push(at);
    }
    // Children come after their parents, so from the end on every count is there when it is needed.
    let mut shown = vec![0_i64; nodes.len()];
    for at in (0..nodes.len()).rev() {
        shown[at] = nodes[at].children.iter().map(|child| 1 + shown[*child]).sum();
    }
    for siblings in nodes.iter().map(|node| &node.children).chain([&top]) {
        for (place, at) in siblings.iter().enumerate() {
            let node = &nodes[*at];
            let mut item = dictionary! {
                "Title" => lopdf::text_string(&pages.outline[*at].title),
                "Parent" => node.parent,
            };
            let entry = &pages.outline[*at];
            if let Some(destination) = destination(entry.page, entry.y_pt, pages, page_ids) {
                item.set("Dest", destination);
            }
            if let Some(before) = place.checked_sub(1) {
                item.set("Prev", nodes[siblings[before]].id);
            }
            if let Some(next) = siblings.get(place + 1) {
                item.set("Next", nodes[*next].id);
            }
            set_children(&mut item, &node.children, shown[*at], &nodes);
            file.set_object(node.id, item);
        }
    }
    let mut outline = dictionary! { "Type" => "Outlines" };
    let all = i64::try_from(nodes.len()).unwrap_or(i64::MAX);
    set_children(&mut outline, &top, all, &nodes);
    file.set_object(root, outline);
    Some(root)
}

fn set_children(item: &mut Dictionary, children: &[usize], shown: i64, nodes: &[Node]) {
    if let [first, ..] = children
        && let [.., last] = children
    {
        item.set("First", nodes[*first].id);
        item.set("Last", nodes[*last].id);
        item.set("Count", shown);
    }
}

/// A place to go to: its page, with the place at the window's top, at the zoom that the reader has.
pub(super) fn destination(at: usize, top_pt: f32, pages: &Pages, page_ids: &[ObjectId]) -> Option<Vec<Object>> {
    let page = pages.pages.get(at)?;
    let id = page_ids.get(at)?;
    let top = number(page.height_pt - top_pt);
    Some(vec![(*id).into(), "XYZ".into(), Object::Null, top.into(), Object::Null])
}
