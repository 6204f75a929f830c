//! Drawings (SVG): taken apart and written anew, so that what Word and PDF draw is plain shapes that name no file, with
//! a copy in pixels for programs that draw none.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree, WriteOptions};

use super::lettering;
use super::weight::{self, Weight};
use super::{Print, Unreadable, pixels};
use crate::document::{Image, ImageFormat};

/// The longest side of the copy in pixels.
const LONGEST: f64 = 2400.0;
/// Its side is at least so long.
const SHORTEST: f64 = 32.0;
/// Dots an inch of a drawing that only pixels can show, where nobody says how many.
const DOTS: u32 = 300;
/// The most pixels of a picture within a drawing.
const MOST_INNER: u64 = 16_000_000;
/// The most bytes of a drawing.
const MOST_BYTES: usize = 8 << 20;

/// Whether a file is a drawing, by its content.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    start.starts_with(b"<") && memchr::memmem::find(start, b"<svg").is_some()
}

/// How drawings are read: they see no file, and of pictures within them only small ones.
pub fn no_files() -> Options<'static> {
    let inner = |kind: &str, data: Arc<Vec<u8>>, _: &Options<'_>| {
        let known = imagesize::image_type(&data).ok()?;
        let fits = (1..=MOST_INNER).contains(&pixels(&data));
        match (kind, known) {
            ("image/png", imagesize::ImageType::Png) if fits => Some(ImageKind::PNG(data)),
            ("image/jpeg" | "image/jpg", imagesize::ImageType::Jpeg) if fits => Some(ImageKind::JPEG(data)),
            _ => None,
        }
    };
    let resolver =
        ImageHrefResolver { resolve_data: Box::new(inner), resolve_string: Box::new(|_: &str, _: &Options<'_>| None) };
    Options { image_href_resolver: resolver, dpi: 96.0, ..Options::default() }
}

/// How a drawing that has text is read.
fn with_letters() -> Options<'static> {
    Options { fontdb: lettering::database(), font_resolver: lettering::resolver(), ..no_files() }
}

/// A drawing taken apart, and whether it has filters, which only pixels can show.
fn taken_apart(bytes: &[u8]) -> Result<(Tree, bool), Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooIntricate);
    }
    let has = match weight::weigh(bytes) {
        Weight::Fits(has) => has,
        Weight::TooMuch => return Err(Unreadable::TooIntricate),
        Weight::Broken => return Err(Unreadable::Damaged),
        Weight::Beyond(what) => return Err(Unreadable::Format(what)),
    };
    let options = if has.text { with_letters() } else { no_files() };
    let tree = Tree::from_data(bytes, &options).map_err(|_| Unreadable::Damaged)?;
    Ok((tree, has.filters))
}

fn written(tree: &Tree) -> Vec<u8> {
    tree.to_string(&WriteOptions::default()).into_bytes()
}

/// A drawing written anew as plain shapes.
pub(super) fn plain(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    match taken_apart(bytes)? {
        (_, true) => Err(Unreadable::Format("SVG <filter>")),
        (tree, false) => Ok(written(&tree)),
    }
}

/// Reads a drawing; one that has filters becomes a picture of pixels.
pub(super) fn read(bytes: &[u8], print: &Print) -> Result<Image, Unreadable> {
    let (tree, filters) = taken_apart(bytes)?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let print =
        if filters { Print { dots: if print.dots == 0 { DOTS } else { print.dots }, ..*print } } else { *print };
    let bytes = rendered(&tree, (width, height), &print).ok_or(Unreadable::Damaged)?;
    let whole = |side: f64| side.round().clamp(1.0, 100_000.0) as u32;
    let (width_px, height_px) = (whole(width), whole(height));
    let drawing = (!filters).then(|| written(&tree));
    Ok(Image { format: ImageFormat::Png, bytes: bytes.into(), width_px, height_px, drawing: drawing.map(Into::into) })
}

/// The drawing in pixels, as many as paper shows.
fn rendered(tree: &Tree, (width, height): (f64, f64), print: &Print) -> Option<Vec<u8>> {
    let longest = width.max(height);
    let wanted = match (print.width, print.height) {
        (None, None) => longest * 2.0,
        _ => {
            let (across, down) = print.size((width, height));
            across.max(down).to_pt() / 72.0 * f64::from(print.dots.max(96))
        }
    };
    let scale = wanted.clamp(SHORTEST, LONGEST) / longest;
    let side = |side: f64| ((side * scale).round() as u32).max(1);
    let mut pixmap = Pixmap::new(side(width), side(height))?;
    let (x, y) = (f64::from(pixmap.width()) / width, f64::from(pixmap.height()) / height);
    resvg::render(tree, Transform::from_scale(x as f32, y as f32), &mut pixmap.as_mut());
    let size = (pixmap.width(), pixmap.height());
    let pixels: Vec<u8> = pixmap
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let color = pixel.demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        })
        .collect();
    super::bitmap::png(&pixels, size, image::ExtendedColorType::Rgba8)
}

#[cfg(test)]
#[path = "svg_tests.rs"]
mod tests;
