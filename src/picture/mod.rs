//! Picture files of any make, made ready for print: what comes out is PNG or JPEG, upright, as large as paper shows it,
//! and the drawing besides where the file was one. Knows image, usvg and resvg.
//!
//! Files come from anywhere. A picture's size is looked at before anything is decoded, what it decodes to is bounded, and
//! a drawing names nothing outside of itself.

mod bitmap;
mod code;
mod lettering;
mod paper;
mod print;
mod sparkline;
mod store;
mod svg;
mod weight;

pub use code::{CodeProblem, barcode, qr_code};
pub use print::Print;
pub use sparkline::Sparkline;
pub use store::{Ready, Store};
pub use svg::no_files;

use crate::document::Image;

/// The most pixels that a picture may have: those of any camera that people carry, and some.
pub const MOST_PIXELS: u64 = 120_000_000;

/// Why a file is no picture that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no picture.
    NotAPicture,
    /// It is one of a format that is not read, such as HEIC.
    Format(&'static str),
    /// It has so many pixels.
    TooLarge {
        /// In a row.
        width: u64,
        /// In a column.
        height: u64,
    },
    /// It ends too early, or its parts contradict each other.
    Damaged,
    /// A drawing of more parts than can be drawn.
    TooIntricate,
}

/// A picture as Word and PDF hold it.
///
/// # Errors
/// The bytes are no picture, or one that is damaged or too large.
pub fn read(bytes: Vec<u8>, print: &Print) -> Result<Image, Unreadable> {
    if svg::is_svg(&bytes) { svg::read(&bytes, print) } else { bitmap::read(bytes, print) }
}

/// A drawing written anew as plain shapes.
///
/// # Errors
/// The bytes are no drawing that can be drawn.
pub(crate) fn plain_drawing(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    svg::plain(bytes)
}

/// The size of a picture in pixels as far as its head tells; nothing for a drawing.
pub(crate) fn pixels(bytes: &[u8]) -> u64 {
    imagesize::blob_size(bytes).map_or(0, |size| (size.width as u64).saturating_mul(size.height as u64))
}
