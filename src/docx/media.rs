//! The picture files in the .docx.

use std::sync::Arc;

use crate::document::{Image, ImageFormat};

/// The pictures of a file, each once.
#[derive(Debug, Default)]
pub struct Media {
    images: Vec<Arc<Image>>,
}

impl Media {
    /// Takes a picture in and gives its path below `word/`; equal pictures have one path.
    pub fn keep(&mut self, image: &Arc<Image>) -> String {
        let known = self.images.iter().position(|known| Arc::ptr_eq(known, image) || known == image);
        let at = known.unwrap_or_else(|| {
            self.images.push(Arc::clone(image));
            self.images.len() - 1
        });
        path(at, image)
    }

    /// Path below `word/` and content of every picture.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.images.iter().enumerate().map(|(at, image)| (path(at, image), image.bytes.as_slice()))
    }
}

fn path(at: usize, image: &Image) -> String {
    let extension = match image.format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
    };
    format!("media/image{}.{extension}", at + 1)
}
