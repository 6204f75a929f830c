//! The structure tree (ISO 32000-1, 14.7): what the marked content of the pages is.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::content::Marks;
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

/// Adds the tree; `marks` are the marked contents of the pages, `links` what can be clicked there.
pub(super) fn add(
    structure: &Structure,
    marks: &Marks,
    links: &[AddedLink],
    page_ids: &[ObjectId],
    file: &mut Objects,
) -> ObjectId {
    let root = file.new_object_id();
    let whole = file.new_object_id();
    let shown = shown(structure, marks, links);
    let ids: Vec<Option<ObjectId>> = shown.iter().map(|shown| shown.then(|| file.new_object_id())).collect();
    let id = |element: ElementId| ids.get(element.0 as usize).copied().flatten();

    let marked = marks.of_pages.iter().map(Vec::len).sum::<usize>();
    let mut held: Vec<Held> = Vec::with_capacity(marked + links.len() + structure.elements.len());
    for (page, marked) in page_ids.iter().zip(&marks.of_pages) {
        let kid = |identifier| Kid::Content(page.0, identifier);
        held.extend((0..).zip(marked).map(|(identifier, element)| Held { element: *element, kid: kid(identifier) }));
    }
    for link in links {
        if let (Some(element), Some(page)) = (link.element, page_ids.get(link.page)) {
            held.push(Held { element, kid: Kid::Annotation(page.0, link.annotation.0) });
        }
    }
    let mut children: Vec<Object> = Vec::new();
    let mut notes: Vec<Object> = Vec::new();
    for (at, element) in structure.elements.iter().enumerate() {
        let Some(own) = ids.get(at).copied().flatten() else { continue };
        match element.parent.filter(|parent| (parent.0 as usize) < structure.elements.len()) {
            Some(parent) => held.push(Held { element: parent, kid: Kid::Element(own.0) }),
            None if element.role == Role::Note => notes.push(own.into()),
            None => children.push(own.into()),
        }
    }
    children.append(&mut notes);

    // What an element holds stays in its order: its content, its links, the elements within.
    held.sort_by_key(|held| held.element);
    let mut of_elements = held.chunk_by(|one, other| one.element == other.element).peekable();

    let mut note_names: Vec<Object> = Vec::new();
    for ((at, element), own) in (0..).zip(&structure.elements).zip(&ids) {
        let at = ElementId(at);
        let held = of_elements.next_if(|held| held.first().is_some_and(|first| first.element == at));
        let Some(own) = *own else { continue };
        let node = Node { held: held.unwrap_or_default(), bounds: marks.pictures.get(&at).copied() };
        let parent = element.parent.and_then(id).unwrap_or(whole);
        let name = (element.role == Role::Note).then(|| format!("note{:06}", note_names.len() / 2 + 1));
        file.write_object(own, |out| node.write(element, parent, name.as_deref(), out));
        note_names.extend(name.into_iter().flat_map(|name| [Object::string_literal(name), own.into()]));
    }
    file.set_object(whole, dictionary! { "S" => "Document", "P" => root, "K" => children });

    let mut by_page: Vec<Object> = Vec::new();
    for (key, marked) in (0_i64..).zip(&marks.of_pages) {
        let elements = file.new_object_id();
        file.write_object(elements, |out| {
            out.push(b'[');
            marked.iter().for_each(|element| write_reference_or_null(out, id(*element)));
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
        "ParentTreeNextKey" => (marks.of_pages.len() + links.len()) as i64,
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

/// A part of an element, and the element. A long table has very many, so that each is small.
struct Held {
    element: ElementId,
    kid: Kid,
}

/// A part of an element; pages, elements and annotations by the numbers of their objects.
#[derive(Clone, Copy)]
enum Kid {
    /// Another element.
    Element(u32),
    /// Marked content of a page.
    Content(u32, u32),
    /// What can be clicked on a page.
    Annotation(u32, u32),
}

impl Kid {
    /// Writes it as a part of an element that belongs to a page.
    fn write(self, own_page: Option<u32>, out: &mut Vec<u8>) {
        match self {
            Self::Element(element) => write_reference(out, (element, 0)),
            Self::Content(page, identifier) if own_page == Some(page) => write_integer(out, identifier.into()),
            Self::Content(page, identifier) => {
                out.extend_from_slice(b"<</Type/MCR/Pg ");
                write_reference(out, (page, 0));
                out.extend_from_slice(b"/MCID ");
                write_integer(out, identifier.into());
                out.extend_from_slice(b">>");
            }
            Self::Annotation(page, annotation) => {
                out.extend_from_slice(b"<</Type/OBJR/Pg ");
                write_reference(out, (page, 0));
                out.extend_from_slice(b"/Obj ");
                write_reference(out, (annotation, 0));
                out.extend_from_slice(b">>");
            }
        }
    }
}

/// What an element has.
struct Node<'a> {
    held: &'a [Held],
    /// Where its picture stands.
    bounds: Option<[f32; 4]>,
}

impl Node<'_> {
    /// The page of its first content.
    fn page(&self) -> Option<u32> {
        self.held.iter().find_map(|held| match held.kid {
            Kid::Content(page, _) => Some(page),
            Kid::Element(_) | Kid::Annotation(..) => None,
        })
    }

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
        let page = self.page();
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            write_reference(out, (page, 0));
        }
        out.extend_from_slice(b"/K[");
        for (at, held) in self.held.iter().enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            held.kid.write(page, out);
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
fn shown(structure: &Structure, marks: &Marks, links: &[AddedLink]) -> Vec<bool> {
    let mut shown = vec![false; structure.elements.len()];
    let marked = marks.of_pages.iter().flatten().copied();
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
pub(super) fn is_described(structure: &Structure, marks: &Marks, links: &[AddedLink]) -> bool {
    let bare = |role: &Role| matches!(role, Role::Figure(text) if text.trim().is_empty());
    let mut elements = structure.elements.iter().zip(shown(structure, marks, links));
    elements.all(|(element, shown)| !shown || !bare(&element.role)) && links.iter().all(|link| link.element.is_some())
}
