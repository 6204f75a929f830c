//! The structure tree (ISO 32000-1, 14.7): what the marked content of the pages is.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::content::Mark;
use super::links::AddedLink;
use super::objects::Objects;
use super::syntax::{write_integer, write_literal, write_object, write_reference};
use crate::layout::{Element, ElementId, Role, Structure};

/// The name of an element's structure type.
pub(super) fn name(role: &Role) -> &'static str {
    match role {
        Role::Title => "Title",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Contents => "TOC",
        Role::Entry => "TOCI",
        Role::Table(_) => "Table",
        Role::Row => "TR",
        Role::HeaderCell(..) => "TH",
        Role::Cell(..) => "TD",
        Role::Figure(_) => "Figure",
        Role::Note => "Note",
        Role::Box => "Div",
        Role::Link => "Link",
    }
}

/// Adds the tree; `marks` are the marked contents of each page by their identifiers, `links` what can be clicked there.
pub(super) fn add(
    structure: &Structure,
    marks: &[Vec<Mark>],
    links: &[AddedLink],
    page_ids: &[ObjectId],
    file: &mut Objects,
) -> ObjectId {
    let root = file.new_object_id();
    let whole = file.new_object_id();
    let shown = shown(structure, marks, links);
    let ids: Vec<Option<ObjectId>> = shown.iter().map(|shown| shown.then(|| file.new_object_id())).collect();
    let id = |element: ElementId| ids.get(element.0 as usize).copied().flatten();

    let mut nodes: Vec<Node> = vec![Node::default(); structure.elements.len()];
    for (page, marks) in page_ids.iter().zip(marks) {
        for (identifier, mark) in (0_u32..).zip(marks) {
            if let Some(node) = nodes.get_mut(mark.element.0 as usize) {
                node.hold(*page, identifier, mark);
            }
        }
    }
    for link in links {
        let node = link.element.and_then(|element| nodes.get_mut(element.0 as usize));
        if let (Some(node), Some(page)) = (node, page_ids.get(link.page)) {
            node.kids.push(Kid::Annotation(*page, link.annotation));
        }
    }
    let mut children: Vec<Object> = Vec::new();
    let mut notes: Vec<Object> = Vec::new();
    for (at, element) in structure.elements.iter().enumerate() {
        let Some(own) = ids.get(at).copied().flatten() else { continue };
        match element.parent.and_then(|parent| nodes.get_mut(parent.0 as usize)) {
            Some(parent) => parent.kids.push(Kid::Element(own)),
            None if element.role == Role::Note => notes.push(own.into()),
            None => children.push(own.into()),
        }
    }
    children.append(&mut notes);

    let mut note_names: Vec<Object> = Vec::new();
    for ((element, node), own) in structure.elements.iter().zip(nodes).zip(&ids) {
        let Some(own) = *own else { continue };
        let parent = element.parent.and_then(id).unwrap_or(whole);
        let name = (element.role == Role::Note).then(|| format!("note{:06}", note_names.len() / 2 + 1));
        file.write_object(own, |out| node.write(element, parent, name.as_deref(), out));
        note_names.extend(name.into_iter().flat_map(|name| [Object::string_literal(name), own.into()]));
    }
    file.set_object(whole, dictionary! { "S" => "Document", "P" => root, "K" => children });

    let mut by_page: Vec<Object> = Vec::new();
    for (key, marks) in (0_i64..).zip(marks) {
        let elements = file.new_object_id();
        file.write_object(elements, |out| {
            out.push(b'[');
            marks.iter().for_each(|mark| write_reference_or_null(out, id(mark.element)));
            out.push(b']');
        });
        by_page.extend([key.into(), elements.into()]);
    }
    for link in links {
        by_page.extend([link.key.into(), link.element.and_then(id).map_or(Object::Null, Object::from)]);
    }
    let parents = file.add_object(dictionary! { "Nums" => by_page });
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => whole,
        "ParentTree" => parents,
        "ParentTreeNextKey" => (marks.len() + links.len()) as i64,
        "RoleMap" => dictionary! { "Title" => "P" },
    };
    if !note_names.is_empty() {
        tree.set("IDTree", dictionary! { "Names" => note_names });
    }
    file.set_object(root, tree);
    root
}

fn write_reference_or_null(out: &mut Vec<u8>, id: Option<ObjectId>) {
    match id {
        Some(id) => write_reference(out, id),
        None => out.extend_from_slice(b"null"),
    }
    out.push(b' ');
}

/// What an element holds.
#[derive(Clone, Default)]
struct Node {
    /// The page of its first content.
    page: Option<ObjectId>,
    kids: Vec<Kid>,
    /// Where its picture stands.
    bounds: Option<[f32; 4]>,
}

impl Node {
    fn hold(&mut self, page: ObjectId, identifier: u32, mark: &Mark) {
        self.bounds = self.bounds.or(mark.bounds);
        let own = *self.page.get_or_insert(page);
        self.kids.push(if own == page { Kid::Content(identifier) } else { Kid::ContentOf(page, identifier) });
    }
}

/// A part of an element, small as long as it is not written.
#[derive(Clone, Copy)]
enum Kid {
    /// Another element.
    Element(ObjectId),
    /// Marked content of the element's page.
    Content(u32),
    /// Marked content of another page.
    ContentOf(ObjectId, u32),
    /// What can be clicked on a page.
    Annotation(ObjectId, ObjectId),
}

impl Kid {
    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Element(element) => write_reference(out, element),
            Self::Content(identifier) => write_integer(out, identifier.into()),
            Self::ContentOf(page, identifier) => {
                out.extend_from_slice(b"<</Type/MCR/Pg ");
                write_reference(out, page);
                out.extend_from_slice(b"/MCID ");
                write_integer(out, identifier.into());
                out.extend_from_slice(b">>");
            }
            Self::Annotation(page, annotation) => {
                out.extend_from_slice(b"<</Type/OBJR/Pg ");
                write_reference(out, page);
                out.extend_from_slice(b"/Obj ");
                write_reference(out, annotation);
                out.extend_from_slice(b">>");
            }
        }
    }
}

impl Node {
    /// Writes an element below `parent`; a document has so many that none is made an object of lopdf's first.
    fn write(&self, element: &Element, parent: ObjectId, id: Option<&str>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(name(&element.role).as_bytes());
        for (key, value) in self.described(&element.role) {
            out.extend_from_slice(key);
            write_object(out, &value);
        }
        out.extend_from_slice(b"/P ");
        write_reference(out, parent);
        if let Some(id) = id {
            out.extend_from_slice(b"/ID(");
            write_literal(out, id.as_bytes());
            out.push(b')');
        }
        if let Some(page) = self.page {
            out.extend_from_slice(b"/Pg ");
            write_reference(out, page);
        }
        out.extend_from_slice(b"/K[");
        for (at, kid) in self.kids.iter().enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            kid.write(out);
        }
        out.extend_from_slice(b"]>>");
    }

    /// What an element says of itself besides: keys, each with what introduces it, and values.
    fn described(&self, role: &Role) -> Vec<(&'static [u8], Object)> {
        let table = |entries: Dictionary| {
            let mut attributes = dictionary! { "O" => "Table" };
            attributes.extend(&entries);
            (b"/A".as_slice(), Object::Dictionary(attributes))
        };
        let spans = |rows: usize, columns: usize| {
            let mut entries = Dictionary::new();
            for (key, span) in [("RowSpan", rows), ("ColSpan", columns)] {
                if span > 1 {
                    entries.set(key, span as i64);
                }
            }
            entries
        };
        match role {
            Role::Table(summary) if !summary.is_empty() => {
                vec![table(dictionary! { "Summary" => text_string(summary) })]
            }
            Role::HeaderCell(rows, columns) => {
                let mut entries = spans(*rows, *columns);
                entries.set("Scope", "Column");
                vec![table(entries)]
            }
            Role::Cell(rows, columns) if rows.max(columns) > &1 => vec![table(spans(*rows, *columns))],
            Role::Figure(description) => {
                let words = (!description.is_empty()).then(|| (b"/Alt".as_slice(), text_string(description)));
                let bounds = self.bounds.map(|bounds| {
                    let bounds: Vec<Object> = bounds.map(Object::Real).to_vec();
                    (b"/A".as_slice(), Object::Dictionary(dictionary! { "O" => "Layout", "BBox" => bounds }))
                });
                words.into_iter().chain(bounds).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Which elements have something on a page, or are rows and cells of a table that has.
fn shown(structure: &Structure, marks: &[Vec<Mark>], links: &[AddedLink]) -> Vec<bool> {
    let mut shown = vec![false; structure.elements.len()];
    let marked = marks.iter().flatten().map(|mark| mark.element);
    for element in marked.chain(links.iter().filter_map(|link| link.element)) {
        let mut next = Some(element);
        while let Some(at) = next.map(|element| element.0 as usize) {
            match shown.get_mut(at) {
                Some(shown) if !*shown => *shown = true,
                _ => break,
            }
            next = structure.elements.get(at).and_then(|element| element.parent);
        }
    }
    for (at, element) in structure.elements.iter().enumerate() {
        let within = element.parent.and_then(|parent| shown.get(parent.0 as usize)).copied();
        if let (Role::Row | Role::Cell(..) | Role::HeaderCell(..), Some(true), Some(shown)) =
            (&element.role, within, shown.get_mut(at))
        {
            *shown = true;
        }
    }
    shown
}

/// Whether everything that has to be described to those who cannot see it is, and all links belong to the text.
pub(super) fn is_described(structure: &Structure, marks: &[Vec<Mark>], links: &[AddedLink]) -> bool {
    let bare = |role: &Role| matches!(role, Role::Figure(text) if text.trim().is_empty());
    let mut elements = structure.elements.iter().zip(shown(structure, marks, links));
    elements.all(|(element, shown)| !shown || !bare(&element.role)) && links.iter().all(|link| link.element.is_some())
}
