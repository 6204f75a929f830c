//! Puts a file together: pages, fonts, pictures, outline and metadata as the objects of a PDF 1.7 document.
//!
//! The small objects go into compressed object streams. Object numbers follow the order in which things are added, and
//! nothing in the file depends on the clock, so equal pages give equal bytes.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};

use super::archive;
use super::content;
use super::embed::{deflated, embed};
use super::face::{FaceFile, used_faces};
use super::links;
use super::metadata::{self, Conformance};
use super::outline;
use super::picture::PlacedPictures;
use super::problem;
use super::share::Share;
use super::structure;
use crate::diagnostic::Diagnostic;
use crate::document::Info;
use crate::font::FaceId;
use crate::layout::Pages;

/// The pages as the bytes of a file; `open` gives the file of a face.
pub(super) fn write<'a>(
    pages: &Pages,
    info: &Info,
    open: &dyn Fn(FaceId) -> FaceFile<'a>,
    share: &Share,
) -> Result<Vec<u8>, Diagnostic> {
    let faces = used_faces(pages, open)?;
    let pictures = PlacedPictures::find(pages, share)?;
    let drawn = content::draw_all(pages, &faces, &pictures);

    let mut document = Document::with_version("1.7");
    let mut fonts = Dictionary::new();
    for face in &faces {
        for (name, font) in embed(face, &mut document, share)? {
            fonts.set(name, font);
        }
    }
    let resources = dictionary! { "Font" => fonts, "XObject" => pictures.add(&mut document) };
    let resources = document.add_object(resources);
    let (tree, page_ids) = add_pages(pages, &drawn.streams, resources, &mut document);
    let links = links::add(pages, &page_ids, &mut document);
    let intent = archive::output_intent(&mut document);
    let conformance = Conformance {
        archive: intent.is_some() && !pictures.have_cmyk(),
        accessible: !info.title.is_empty() && structure::is_described(&pages.structure, &drawn.marks, &links),
    };

    let metadata = document.add_object(metadata::xmp(info, conformance));
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => lopdf::text_string(metadata::language(info)),
        "Metadata" => metadata,
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure::add(&pages.structure, &drawn.marks, &links, &page_ids, &mut document),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => !info.title.is_empty() },
    };
    if let Some(intent) = intent {
        catalog.set("OutputIntents", vec![intent.into()]);
    }
    if let Some(outline) = outline::add(pages, &page_ids, &mut document) {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    let catalog = document.add_object(catalog);
    let information = document.add_object(metadata::information(info));
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", information);
    save(document)
}

/// Adds the pages; gives the page tree and every page.
fn add_pages(
    pages: &Pages,
    streams: &[Vec<u8>],
    resources: ObjectId,
    document: &mut Document,
) -> (ObjectId, Vec<ObjectId>) {
    let tree = document.new_object_id();
    let ids: Vec<ObjectId> = pages.pages.iter().map(|_| document.new_object_id()).collect();
    for (key, ((page, stream), id)) in (0_i64..).zip(pages.pages.iter().zip(streams).zip(&ids)) {
        let contents = document.add_object(deflated(Dictionary::new(), stream));
        let size = [0.0, 0.0, content::number(page.width_pt), content::number(page.height_pt)];
        let own = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => size.map(Object::Real).to_vec(),
            "Resources" => resources,
            "Contents" => contents,
            "StructParents" => key,
            "Tabs" => "S",
        };
        document.set_object(*id, own);
    }
    let kids: Vec<Object> = ids.iter().map(|id| (*id).into()).collect();
    document.set_object(tree, dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids });
    (tree, ids)
}

/// Length of a file identifier.
const ID_BYTES: usize = 16;

/// Saves the document. Its identifier is a hash of the whole file as it is with zeros in the identifier's place.
fn save(mut document: Document) -> Result<Vec<u8>, Diagnostic> {
    let zeros = Object::String(vec![0; ID_BYTES], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![zeros.clone(), zeros]);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6).build();
    let mut file = Vec::with_capacity(256 << 10);
    document.save_with_options(&mut file, options).map_err(|error| problem::cannot_save(&error.to_string()))?;

    let hash = blake3::hash(&file).to_hex();
    let hash = hash.get(..2 * ID_BYTES).unwrap_or_default().to_uppercase();
    let id = format!("/ID[<{hash}><{hash}>]");
    let place = format!("/ID[<{0}><{0}>]", "0".repeat(2 * ID_BYTES));
    // The trailer is at the very end.
    let at = file.windows(place.len()).rposition(|window| window == place.as_bytes());
    let at = at.ok_or_else(|| problem::cannot_save("no trailer"))?;
    file.splice(at..at + place.len(), id.into_bytes());
    Ok(file)
}
