//! Puts a file together: pages, fonts, pictures, outline and metadata as the objects of a PDF 1.7 document.
//!
//! Object numbers follow the order in which things are added, and nothing in the file depends on the clock, so equal pages
//! give equal bytes.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::archive;
use super::content::{self, Marks};
use super::embed::embed;
use super::face::{FaceFile, UsedFace, used_faces};
use super::links::{self, AddedLink};
use super::metadata::{self, Conformance};
use super::objects::{Objects, TooLong};
use super::outline;
use super::picture::PlacedPictures;
use super::problem;
use super::share::Share;
use super::structure;
use crate::deflate::{self, Effort};
use crate::diagnostic::Diagnostic;
use crate::document::Info;
use crate::font::FaceId;
use crate::layout::Pages;
use crate::pieces::Pieces;

/// The pages as the bytes of a file; `open` gives the file of a face.
pub(super) fn write<'a>(
    mut pages: Pages,
    info: &Info,
    open: &dyn Fn(FaceId) -> FaceFile<'a>,
    share: &Share,
) -> Result<Pieces, Diagnostic> {
    let faces = used_faces(&pages, open)?;
    let pictures = PlacedPictures::find(&pages, share)?;

    let mut file = Objects::new();
    let mut fonts = Dictionary::new();
    for face in &faces {
        for (name, font) in embed(face, &mut file, share)? {
            fonts.set(name, font);
        }
    }
    let resources = dictionary! { "Font" => fonts, "XObject" => pictures.add(&mut file) };
    let resources = file.add_object(resources);
    let tree = file.new_object_id();
    let page_ids: Vec<ObjectId> = pages.pages.iter().map(|_| file.new_object_id()).collect();
    let links = links::add(&pages, &page_ids, &mut file);
    let drawing = Drawing { faces: &faces, pictures: &pictures, tree, resources, page_ids: &page_ids, links: &links };
    let marks = drawing.add_pages(&mut pages, &mut file);
    let intent = archive::output_intent(&mut file);
    let conformance = Conformance {
        archive: intent.is_some() && !pictures.have_cmyk(),
        accessible: !info.title.is_empty() && structure::is_described(&pages.structure, &marks, &links),
    };

    let metadata = file.add_object(metadata::xmp(info, conformance));
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => lopdf::text_string(metadata::language(info)),
        "Metadata" => metadata,
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure::add(&pages.structure, &marks, &links, &page_ids, &mut file),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => !info.title.is_empty() },
    };
    if let Some(intent) = intent {
        catalog.set("OutputIntents", vec![intent.into()]);
    }
    if let Some(outline) = outline::add(&pages, &page_ids, &mut file) {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    let catalog = file.add_object(catalog);
    let information = file.add_object(metadata::information(info));
    file.finish(catalog, information).map_err(|TooLong| problem::cannot_save("> 4 GB"))
}

/// So many pages are drawn before they are written.
const DRAWN_TOGETHER: usize = 32;

/// What the pages are drawn with.
struct Drawing<'a> {
    faces: &'a [UsedFace<'a>],
    pictures: &'a PlacedPictures,
    tree: ObjectId,
    resources: ObjectId,
    page_ids: &'a [ObjectId],
    links: &'a [AddedLink],
}

impl Drawing<'_> {
    /// Draws the pages, writes them and lets go of what stands on them; gives what is marked on each.
    fn add_pages(&self, pages: &mut Pages, file: &mut Objects) -> Marks {
        let mut marks = Marks::default();
        let mut ids = (0..).zip(self.page_ids);
        let mut links = self.links.iter().peekable();
        for together in pages.pages.chunks_mut(DRAWN_TOGETHER) {
            let streams = content::draw_all(together, &pages.structure, self.faces, self.pictures, &mut marks);
            for ((page, stream), (at, id)) in together.iter_mut().zip(streams).zip(ids.by_ref()) {
                page.items = Vec::new();
                let contents =
                    file.add_stream(dictionary! { "Filter" => "FlateDecode" }, &deflate::zlib(&stream, Effort::Some));
                let size = [0.0, 0.0, content::number(page.width_pt), content::number(page.height_pt)];
                let mut own = dictionary! {
                    "Type" => "Page",
                    "Parent" => self.tree,
                    "MediaBox" => size.map(Object::Real).to_vec(),
                    "Resources" => self.resources,
                    "Contents" => contents,
                    "StructParents" => at,
                    "Tabs" => "S",
                };
                let mut annotations: Vec<Object> = Vec::new();
                while let Some(link) = links.next_if(|link| link.page as i64 == at) {
                    annotations.push(link.annotation.into());
                }
                if !annotations.is_empty() {
                    own.set("Annots", annotations);
                }
                file.set_object(*id, own);
            }
        }
        let kids: Vec<Object> = self.page_ids.iter().map(|id| (*id).into()).collect();
        file.set_object(self.tree, dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids });
        marks
    }
}
