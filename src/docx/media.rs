//! The picture files in the .docx.

use std::sync::Arc;

use bytes::Bytes;

use crate::document::{Crop, Image, ImageFormat};

/// The pictures of a file, each once.
#[derive(Debug, Default)]
pub struct Media {
    images: Vec<Arc<Image>>,
}

impl Media {
    /// Takes a picture in and gives its path below `word/`, and that of the drawing that it is a copy of; equal pictures
    /// have one path.
    pub fn keep(&mut self, image: &Arc<Image>) -> (String, Option<String>) {
        let known = self.images.iter().position(|known| Arc::ptr_eq(known, image) || known == image);
        let at = known.unwrap_or_else(|| {
            self.images.push(Arc::clone(image));
            self.images.len() - 1
        });
        (path(at, extension(image.format)), image.drawing.as_ref().map(|_| path(at, "svg")))
    }

    /// Path below `word/` and content of every picture.
    pub fn files(&self) -> impl Iterator<Item = (String, &Bytes)> {
        self.images.iter().enumerate().flat_map(|(at, image)| {
            let copy = (path(at, extension(image.format)), &image.bytes);
            let drawing = image.drawing.as_ref().map(|drawing| (path(at, "svg"), drawing));
            std::iter::once(copy).chain(drawing)
        })
    }
}

fn path(at: usize, extension: &str) -> String {
    format!("media/image{}.{extension}", at + 1)
}

/// The ending of a picture file's name.
pub fn extension(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
    }
}

/// The endings of the names of picture files, each with its content type.
pub const CONTENT_TYPES: [(&str, &str); 3] = [("jpeg", "image/jpeg"), ("png", "image/png"), ("svg", "image/svg+xml")];

/// What leads from a picture (`a:blip`) to the drawing that it is a copy of ([MS-ODRAWXML], 2.8.1).
pub fn svg_extension(relation: &str) -> String {
    format!(
        "<a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip \
         xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         r:embed=\"{relation}\"/></a:ext></a:extLst>"
    )
}

/// The attributes of `a:srcRect`: thousandths of a percent.
pub fn crop_attributes(crop: &Crop) -> String {
    let sides = [("l", crop.left), ("t", crop.top), ("r", crop.right), ("b", crop.bottom)];
    let cut = sides.into_iter().map(|(name, part)| (name, (part * 100_000.0).round() as i64));
    cut.filter(|(_, cut)| *cut != 0).map(|(name, cut)| format!(" {name}=\"{cut}\"")).collect()
}
