//! Pictures: each one that the pages show goes into the file once, however often it is shown.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use bytes::Bytes;
use lopdf::{Dictionary, Object, dictionary};

use super::objects::Objects;
use super::share::Share;
use super::vector::{self, Vector};
use super::{jpeg, png, problem};
use crate::diagnostic::Diagnostic;
use crate::document::{Image, ImageFormat};
use crate::layout::{Item, Pages};
use crate::shelf::Held;

/// The most pixels that a picture may have: an A4 page at 600 dots to the inch, and some.
pub(super) const MOST_PIXELS: u64 = 40_000_000;

/// A picture as it stands in a file.
#[derive(Debug)]
pub(super) struct Picture {
    /// What it shows.
    pub image: Plane,
    /// How opaque it is, if not everywhere.
    pub mask: Option<Plane>,
}

impl Picture {
    fn planes(&self) -> impl Iterator<Item = &Plane> {
        std::iter::once(&self.image).chain(&self.mask)
    }
}

/// A picture of either kind.
#[derive(Debug)]
pub(super) enum Shown {
    /// Of pixels.
    Pixels(Picture),
    /// A drawing.
    Vector(Vector),
}

/// Samples, and how they are to be read.
#[derive(Debug)]
pub(super) struct Plane {
    /// Entries of the image dictionary.
    pub dictionary: Dictionary,
    /// The stream's bytes, compressed; those of the picture's file where that can be read as it is.
    pub bytes: Bytes,
}

impl Plane {
    /// Samples of an image; `entries` say how they are compressed.
    pub fn new(width: u32, height: u32, bits: u8, color_space: Object, mut entries: Dictionary, bytes: Bytes) -> Self {
        entries.set("Type", "XObject");
        entries.set("Subtype", "Image");
        entries.set("Width", i64::from(width));
        entries.set("Height", i64::from(height));
        entries.set("BitsPerComponent", i64::from(bits));
        entries.set("ColorSpace", color_space);
        Self { dictionary: entries, bytes }
    }
}

impl Held for Shown {
    fn held(&self) -> usize {
        match self {
            Self::Pixels(picture) => picture.planes().map(|plane| plane.bytes.len()).sum(),
            Self::Vector(vector) => vector.held(),
        }
    }
}

/// The distinct pictures that the pages show.
#[derive(Default)]
pub(super) struct PlacedPictures {
    pictures: Vec<Arc<Shown>>,
    /// Which picture an image is, by the image's address.
    by_address: HashMap<usize, usize>,
}

impl PlacedPictures {
    /// Reads the pictures that the pages show.
    pub fn find(pages: &Pages, share: &Share) -> Result<Self, Diagnostic> {
        let mut found = Self::default();
        let mut by_content: HashMap<Content<'_>, usize> = HashMap::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            let Item::Picture(placed) = item else { continue };
            let address = address(&placed.image);
            if found.by_address.contains_key(&address) {
                continue;
            }
            let at = match by_content.entry(Content(shown_file(&placed.image))) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    let picture = shown(&placed.image, share);
                    let picture = picture.map_err(|reason| problem::picture_unreadable(&placed.description, reason))?;
                    found.pictures.push(picture);
                    *new.insert(found.pictures.len() - 1)
                }
            };
            found.by_address.insert(address, at);
        }
        Ok(found)
    }

    /// The name of an image in the page's resources.
    pub fn name(&self, image: &Arc<Image>) -> Option<String> {
        self.by_address.get(&address(image)).map(|at| format!("P{at}"))
    }

    /// Whether any is in the colours of a printing press, which the file gives no meaning to.
    pub fn have_cmyk(&self) -> bool {
        let is_cmyk = |picture: &Shown| match picture {
            Shown::Pixels(picture) => {
                let space = picture.image.dictionary.get(b"ColorSpace").and_then(Object::as_name);
                space.is_ok_and(|space| space == b"DeviceCMYK")
            }
            Shown::Vector(_) => false,
        };
        self.pictures.iter().any(|picture| is_cmyk(picture))
    }

    /// Adds the pictures to the file; gives them with their names.
    pub fn add(&self, file: &mut Objects) -> Dictionary {
        let mut names = Dictionary::new();
        for (at, picture) in self.pictures.iter().enumerate() {
            let id = match &**picture {
                Shown::Pixels(Picture { image, mask }) => {
                    let mut entries = image.dictionary.clone();
                    if let Some(mask) = mask {
                        entries.set("SMask", file.add_kept_stream(mask.dictionary.clone(), &mask.bytes));
                    }
                    Some(file.add_kept_stream(entries, &image.bytes))
                }
                Shown::Vector(vector) => vector.add(file),
            };
            if let Some(id) = id {
                names.set(format!("P{at}"), id);
            }
        }
        names
    }
}

/// The pages hold the image, so no other one can be at its address.
fn address(image: &Arc<Image>) -> usize {
    Arc::as_ptr(image) as usize
}

/// The file that is shown of an image.
fn shown_file(image: &Image) -> &Bytes {
    image.drawing.as_ref().unwrap_or(&image.bytes)
}

/// An image as it stands in files; one that takes work to be read is kept for other files.
fn shown(image: &Image, share: &Share) -> Result<Arc<Shown>, problem::Reason> {
    let kept = |read: &dyn Fn() -> Result<Shown, problem::Reason>| {
        share.pictures.get_or_make(*blake3::hash(shown_file(image)).as_bytes(), |_| read())
    };
    match (&image.drawing, image.format) {
        (Some(drawing), _) => kept(&|| vector::read(drawing).map(Shown::Vector)),
        (None, ImageFormat::Png) => kept(&|| png::read(&image.bytes).map(Shown::Pixels)),
        (None, ImageFormat::Jpeg) => jpeg::read(&image.bytes).map(Shown::Pixels).map(Arc::new),
    }
}

/// A file by its content, found by few of its bytes and told from others by all of them.
#[derive(PartialEq, Eq)]
struct Content<'a>(&'a [u8]);

impl Hash for Content<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let middle = self.0.len() / 2;
        self.0.len().hash(state);
        self.0[middle..].iter().take(64).for_each(|byte| byte.hash(state));
    }
}

/// Width and height, if a picture may have them.
pub(super) fn checked_size(width: u32, height: u32) -> Result<(), problem::Reason> {
    match u64::from(width) * u64::from(height) {
        0 => Err(problem::Reason::Damaged),
        pixels if pixels > MOST_PIXELS => Err(problem::Reason::TooLarge),
        _ => Ok(()),
    }
}

/// Parameters of a stream whose rows are predicted as in PNG.
pub(super) fn predicted(colors: u8, bits: u8, width: u32) -> Dictionary {
    dictionary! {
        "Filter" => "FlateDecode",
        "DecodeParms" => dictionary! {
            "Predictor" => 15,
            "Colors" => i64::from(colors),
            "BitsPerComponent" => i64::from(bits),
            "Columns" => i64::from(width),
        },
    }
}
