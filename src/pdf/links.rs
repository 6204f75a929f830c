//! What can be clicked on a page: links to addresses, and to places in the document.

use std::collections::HashMap;
use std::fmt::Write;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary, text_string};

use super::content::number;
use super::objects::Objects;
use super::outline::destination;
use crate::document::{Bookmark, Link};
use crate::layout::{ElementId, Page, Pages, PlacedLink};

/// Addresses that begin otherwise are not put in: a click must not run anything.
const SCHEMES: [&str; 5] = ["http:", "https:", "mailto:", "ftp:", "tel:"];
/// No address is longer.
const LONGEST_ADDRESS: usize = 2000;

/// Where the bookmarks of a document stand: page, and distance from its top in points.
pub(super) struct Places<'a> {
    by_name: HashMap<&'a str, (usize, f32)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(pages: &'a Pages) -> Self {
        let mut by_name = HashMap::new();
        for bookmark in &pages.pagination.bookmarks {
            if let Bookmark::Named(name) = &bookmark.bookmark {
                by_name.entry(name.as_ref()).or_insert((bookmark.page, bookmark.top_pt));
            }
        }
        Self { by_name }
    }
}

/// A link in the file.
pub(super) struct AddedLink {
    /// Index of its page.
    pub page: usize,
    /// The annotation.
    pub annotation: ObjectId,
    /// Its key in the structure's parent tree.
    pub key: i64,
    /// Its element.
    pub element: Option<ElementId>,
}

/// Adds the links of all pages, and gives them in the pages' order; those that lead nowhere are left out.
pub(super) fn add(pages: &Pages, page_ids: &[ObjectId], file: &mut Objects) -> Vec<AddedLink> {
    let mut added = Vec::new();
    if pages.pages.iter().all(|page| page.links.is_empty()) {
        return added;
    }
    let places = Places::of(pages);
    for (at, page) in pages.pages.iter().enumerate() {
        for link in &page.links {
            let Some(mut annotation) = annotation(link, page, pages, &places, page_ids) else { continue };
            let key = (page_ids.len() + added.len()) as i64;
            annotation.set("StructParent", key);
            let annotation = file.add_object(annotation);
            added.push(AddedLink { page: at, annotation, key, element: link.element });
        }
    }
    added
}

/// A link as an annotation; none if it leads nowhere.
fn annotation(
    link: &PlacedLink,
    page: &Page,
    pages: &Pages,
    places: &Places<'_>,
    page_ids: &[ObjectId],
) -> Option<Dictionary> {
    let edges = [link.left_pt, page.height_pt - link.bottom_pt, link.right_pt, page.height_pt - link.top_pt];
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => edges.map(|edge| Object::Real(number(edge))).to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // printed, as PDF/A asks of annotations
        "F" => 4,
    };
    let text = link.text.trim();
    match &link.link {
        Link::Address(address) => {
            let address = uri(address)?;
            annotation.set("Contents", text_string(if text.is_empty() { &address } else { text }));
            let uri = Object::String(address.into_bytes(), StringFormat::Literal);
            annotation.set("A", dictionary! { "S" => "URI", "URI" => uri });
        }
        Link::Bookmark(name) => {
            let (at, top) = places.by_name.get(name.as_ref())?;
            annotation.set("Contents", text_string(if text.is_empty() { name } else { text }));
            annotation.set("Dest", destination(*at, *top, pages, page_ids)?);
        }
    }
    Some(annotation)
}

/// An address in the signs that one may have; nothing for one that is none, or that would do more than show a page.
fn uri(address: &str) -> Option<String> {
    let address = address.trim();
    let lower: String = address.chars().take(8).collect::<String>().to_ascii_lowercase();
    if address.len() > LONGEST_ADDRESS || !SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let mut uri = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").ok()?;
        }
    }
    Some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_in_ascii_and_none_runs_anything() {
        assert_eq!(uri("https://例.cn/a b").as_deref(), Some("https://%E4%BE%8B.cn/a%20b"));
        assert_eq!(uri("mailto:a@b.cn").as_deref(), Some("mailto:a@b.cn"));
        for refused in ["javascript:alert(1)", "file:///etc/passwd", "表.xlsx", ""] {
            assert_eq!(uri(refused), None);
        }
    }
}
