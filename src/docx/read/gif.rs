//! GIF pictures, which a PDF cannot hold: their first frame as PNG.

use std::io::Write;
use std::num::NonZeroU64;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::document::{Image, ImageFormat};

/// The most pixels of all GIF pictures of a document together.
pub const MOST_PIXELS: u64 = 64_000_000;
/// Red, green, blue, and how much of them.
const BYTES: usize = 4;

/// The first frame of a GIF file on its canvas; nothing if it is damaged or has more than so many pixels.
pub fn first_frame(bytes: &[u8], most_pixels: u64) -> Option<Image> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.set_memory_limit(gif::MemoryLimit::Bytes(NonZeroU64::new(most_pixels.checked_mul(BYTES as u64)?)?));
    let mut decoder = options.read_info(bytes).ok()?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let frame = decoder.read_next_frame().ok()??;
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let row = usize::from(frame.width) * BYTES;
    // a canvas without a size is as large as its frame
    let width = if width == 0 { left + usize::from(frame.width) } else { width };
    let height = if height == 0 { top + usize::from(frame.height) } else { height };
    if width == 0 || height == 0 || row == 0 || (width * height) as u64 > most_pixels {
        return None;
    }
    let mut rows = vec![0u8; (width * BYTES + 1) * height];
    for (line, pixels) in rows.chunks_exact_mut(width * BYTES + 1).skip(top).zip(frame.buffer.chunks_exact(row)) {
        // every line begins with how it is foretold: not at all
        let place = line.get_mut(1 + left * BYTES..).unwrap_or_default();
        for (to, from) in place.iter_mut().zip(pixels) {
            *to = *from;
        }
    }
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let bytes = png(width, height, &rows)?;
    Some(Image { format: ImageFormat::Png, bytes, width_px: width, height_px: height })
}

/// A PNG file of lines in red, green, blue and alpha (ISO/IEC 15948).
fn png(width: u32, height: u32, rows: &[u8]) -> Option<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(rows).ok()?;
    let packed = packed.finish().ok()?;
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 6, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header.as_slice()), (b"IDAT", &packed), (b"IEND", &[])] {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(content);
        file.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
        file.extend(kind);
        file.extend(content);
        file.extend(sum.sum().to_be_bytes());
    }
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A canvas of three by two pixels with one red pixel at its second column.
    const RED: &[u8] = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\xFF\x00\x00\x00\x00\xFF\
        \x2C\x01\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3B";

    #[test]
    fn the_first_frame_stands_in_its_place() {
        let image = first_frame(RED, MOST_PIXELS).unwrap();
        assert_eq!((image.width_px, image.height_px), (3, 2));
        let at = image.bytes.windows(4).position(|kind| kind == b"IDAT").unwrap() + 4;
        let mut lines = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&image.bytes[at..]), &mut lines).unwrap();
        let red = [0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0];
        assert_eq!(lines, [red.as_slice(), &[0; 13]].concat());
    }

    #[test]
    fn what_is_damaged_or_too_large_is_no_picture() {
        assert!(first_frame(&RED[..20], MOST_PIXELS).is_none());
        assert!(first_frame(b"GIF89a", MOST_PIXELS).is_none());
        assert!(first_frame(RED, 5).is_none());
    }
}
