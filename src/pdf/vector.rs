//! Drawings (SVG) as form XObjects: svg2pdf draws them, and what it makes is taken over without its page and its colour
//! profiles; the file's output intent already says what its colours mean.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use svg2pdf::usvg::Tree;
use svg2pdf::{ConversionOptions, PageOptions};

use super::objects::Objects;
use super::problem::Reason;
use crate::picture::no_files;

/// A drawing as it stands in a file: a form one unit wide and high, as pictures of pixels are.
#[derive(Debug)]
pub(super) struct Vector {
    objects: Document,
}

/// Pixels of a picture within a drawing to those of its shape in the file.
const RASTER_SCALE: f32 = 2.0;
/// Arrays within arrays deeper than this are left as they are.
const MOST_DEPTH: usize = 32;

/// Reads a drawing.
pub(super) fn read(svg: &[u8]) -> Result<Vector, Reason> {
    let tree = Tree::from_data(svg, &no_files()).map_err(|_| Reason::Damaged)?;
    let options = ConversionOptions { compress: true, raster_scale: RASTER_SCALE, embed_text: false, pdfa: true };
    let file = svg2pdf::to_pdf(&tree, options, PageOptions::default()).map_err(|_| Reason::Unsupported)?;
    let objects = Document::load_mem(&file).map_err(|_| Reason::Damaged)?;
    form(objects, (tree.size().width(), tree.size().height())).ok_or(Reason::Damaged)
}

/// The one page of a file as a form.
fn form(mut objects: Document, (width, height): (f32, f32)) -> Option<Vector> {
    let page = objects.page_iter().next()?;
    let content = objects.get_page_contents(page).first().copied()?;
    let resources = objects.get_dictionary(page).ok()?.get(b"Resources").ok()?.clone();
    let drawn = objects.get_object(content).and_then(Object::as_stream).ok()?.clone();
    let entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Matrix" => vec![(1.0 / width).into(), 0.into(), 0.into(), (1.0 / height).into(), 0.into(), 0.into()],
        "Resources" => resources,
        "Group" => dictionary! { "Type" => "Group", "S" => "Transparency", "I" => true, "CS" => "DeviceRGB" },
    };
    let mut stream = Stream::new(entries, drawn.content);
    if let Ok(filter) = drawn.dict.get(b"Filter") {
        stream.dict.set("Filter", filter.clone());
    }
    let profiles = profiles(&objects);
    objects.objects.insert(content, Object::Stream(stream));
    for object in objects.objects.values_mut() {
        without_profiles(object, &profiles, 0);
    }
    objects.trailer = Dictionary::from_iter([("Root", Object::Reference(content))]);
    objects.prune_objects();
    Some(Vector { objects })
}

/// The colour profiles by their objects, each as the colours of the device that it stands for.
fn profiles(objects: &Document) -> BTreeMap<ObjectId, &'static str> {
    let device = |object: &Object| match object.as_stream().ok()?.dict.get(b"N").and_then(Object::as_i64) {
        Ok(1) => Some("DeviceGray"),
        Ok(3) => Some("DeviceRGB"),
        _ => None,
    };
    objects.objects.iter().filter_map(|(id, object)| Some((*id, device(object)?))).collect()
}

fn without_profiles(object: &mut Object, profiles: &BTreeMap<ObjectId, &'static str>, depth: usize) {
    if depth > MOST_DEPTH {
        return;
    }
    match object {
        Object::Array(parts) => {
            if let [Object::Name(kind), Object::Reference(profile)] = parts.as_slice()
                && kind == b"ICCBased"
                && let Some(device) = profiles.get(profile)
            {
                *object = Object::Name(device.as_bytes().to_vec());
                return;
            }
            parts.iter_mut().for_each(|part| without_profiles(part, profiles, depth + 1));
        }
        Object::Dictionary(entries) => {
            entries.iter_mut().for_each(|(_, entry)| without_profiles(entry, profiles, depth + 1));
        }
        Object::Stream(stream) => {
            stream.dict.iter_mut().for_each(|(_, entry)| without_profiles(entry, profiles, depth + 1));
        }
        _ => {}
    }
}

impl Vector {
    /// Bytes that it holds, roughly.
    pub(super) fn held(&self) -> usize {
        let of = |object: &Object| 64 + object.as_stream().map_or(0, |stream| stream.content.len());
        self.objects.objects.values().map(of).sum()
    }

    /// Adds it to a file.
    pub(super) fn add(&self, file: &mut Objects) -> Option<ObjectId> {
        let mut own = self.objects.clone();
        own.renumber_objects_with(file.next_number());
        let form = own.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
        file.take_numbers(own.objects.keys().map(|id| id.0).max()?);
        for (id, object) in own.objects {
            file.set_object(id, object);
        }
        Some(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>\
        <defs><linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient></defs>\
        <rect width='40' height='20' fill='url(#g)'/><circle cx='9' cy='9' r='5' fill='#0a0' opacity='.5'/></svg>";

    #[test]
    fn a_drawing_is_one_unit_wide_and_high_and_brings_no_profile() {
        let vector = read(LOGO.as_bytes()).unwrap();
        let mut objects = Objects::new();
        let before = objects.add_object(Object::Null);
        let id = vector.add(&mut objects).unwrap();
        let twice = vector.add(&mut objects).unwrap();
        assert_ne!(id, twice);
        let catalog = objects.add_object(dictionary! { "Type" => "Catalog" });
        let file = Document::load_mem(&objects.finish(catalog, before).unwrap().into_vec()).unwrap();
        let form = &file.get_object(id).unwrap().as_stream().unwrap().dict;
        let box_of = |form: &Dictionary| form.get(b"BBox").and_then(Object::as_array).unwrap().clone();
        assert_eq!(
            box_of(form).iter().map(|side| side.as_float().unwrap()).collect::<Vec<_>>(),
            [0.0, 0.0, 40.0, 20.0]
        );
        assert!(file.objects.contains_key(&before));
        assert!(!format!("{:?}", file.objects).contains("ICCBased"));
        assert!(vector.held() > 100 && vector.held() < 5000, "{}", vector.held());
    }

    #[test]
    fn no_text_is_a_drawing() {
        assert_eq!(read(b"<svg").unwrap_err(), Reason::Damaged);
        assert_eq!(read(b"").unwrap_err(), Reason::Damaged);
    }
}
