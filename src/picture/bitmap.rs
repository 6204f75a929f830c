//! Pictures of pixels: PNG, JPEG, GIF (its first frame), BMP, WebP and TIFF (its first page).

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat as Make, ImageReader, Limits,
    Rgba,
};

use super::{MOST_PIXELS, Print, Unreadable, paper};
use crate::document::{Image, ImageFormat};

/// Quality of a JPEG file that is made here: what Word saves photos with.
const QUALITY: u8 = 85;

/// The most bytes that a picture's pixels may take.
const MOST_BYTES: u64 = MOST_PIXELS * 4;

/// Bytes that a decoder may take beside the picture itself.
const MOST_BESIDE: u64 = 64 << 20;

/// Reads a picture; one that is fit for print stays the file that it is.
pub(super) fn read(bytes: Vec<u8>, print: &Print) -> Result<Image, Unreadable> {
    let make = make(&bytes)?;
    let size = imagesize::blob_size(&bytes).map_err(|_| Unreadable::Damaged)?;
    let (wide, high) = (size.width as u64, size.height as u64);
    if wide.saturating_mul(high) > MOST_PIXELS || wide > u64::from(u32::MAX) || high > u64::from(u32::MAX) {
        return Err(Unreadable::TooLarge { width: wide, height: high });
    }
    if make == Make::Jpeg && !jpeg_ends(&bytes) {
        return Err(Unreadable::Damaged);
    }
    // a photo that goes into the report as it is need not be taken apart: its head and its end have been looked at
    if make == Make::Jpeg
        && !print.over_text
        && jpeg_is_plain(&bytes)
        && let Some((width_px, height_px)) = jpeg_head(&bytes).and_then(|head| upright_size(head, (wide, high)))
        && print.scaled_down((width_px, height_px)).is_none()
    {
        return Ok(Image { format: ImageFormat::Jpeg, bytes: bytes.into(), width_px, height_px, drawing: None });
    }
    let mut decoder = decoder(&bytes, make)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = decoded(decoder, orientation)?;
    let size = (picture.width(), picture.height());
    let smaller = print.scaled_down(size);
    if print.over_text {
        let picture = smaller.map_or(picture.clone(), |(width, height)| scaled(picture, width, height));
        return encoded(&paper::cleared(picture), false).ok_or(Unreadable::Damaged);
    }
    if make == Make::Png && orientation == Orientation::NoTransforms && smaller.is_none() {
        return Ok(Image {
            format: ImageFormat::Png,
            bytes: bytes.into(),
            width_px: size.0,
            height_px: size.1,
            drawing: None,
        });
    }
    let picture = match smaller {
        Some((width, height)) => scaled(picture, width, height),
        None => picture,
    };
    let lossy = make == Make::Jpeg || make == Make::WebP && bytes.get(12..16) == Some(b"VP8 ");
    encoded(&picture, lossy).ok_or(Unreadable::Damaged)
}

/// What made the file, by its content.
fn make(bytes: &[u8]) -> Result<Make, Unreadable> {
    match image::guess_format(bytes) {
        Ok(make @ (Make::Png | Make::Jpeg | Make::Gif | Make::Bmp | Make::WebP | Make::Tiff)) => Ok(make),
        Ok(Make::Avif) => Err(Unreadable::Format("AVIF")),
        Ok(Make::Ico) => Err(Unreadable::Format("ICO")),
        _ if bytes.get(4..12).is_some_and(|kind| kind.starts_with(b"ftyphe") || kind.starts_with(b"ftypmif")) => {
            Err(Unreadable::Format("HEIC"))
        }
        _ if bytes.starts_with(&[0xD7, 0xCD, 0xC6, 0x9A]) => Err(Unreadable::Format("WMF")),
        _ if bytes.get(40..44) == Some(b" EMF") => Err(Unreadable::Format("EMF")),
        _ if bytes.starts_with(b"%PDF") => Err(Unreadable::Format("PDF")),
        _ if bytes.starts_with(b"8BPS") => Err(Unreadable::Format("PSD")),
        _ => Err(Unreadable::NotAPicture),
    }
}

/// What takes a file apart, held to what pixels may take.
fn decoder(bytes: &[u8], make: Make) -> Result<impl ImageDecoder, Unreadable> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), make);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES + MOST_BESIDE);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| match (error, make) {
        (ImageError::Unsupported(_), Make::Tiff) => Unreadable::Format("TIFF"),
        _ => Unreadable::Damaged,
    })?;
    let (width, height) = decoder.dimensions();
    let too_large = || Unreadable::TooLarge { width: width.into(), height: height.into() };
    // a decoder that reads another size than the head tells is not to be followed
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_large());
    }
    if decoder.total_bytes() > MOST_BYTES {
        return Err(too_large());
    }
    if width == 0 || height == 0 {
        return Err(Unreadable::Damaged);
    }
    Ok(decoder)
}

/// The pixels, upright.
fn decoded(decoder: impl ImageDecoder, orientation: Orientation) -> Result<DynamicImage, Unreadable> {
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unreadable::Damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Whether a JPEG file goes on to its end: decoders fill what is missing with grey.
fn jpeg_ends(bytes: &[u8]) -> bool {
    // a scan begins near the head, the end is near the end: neither is looked for through all of the picture
    let scan = |part: &[u8]| memchr::memmem::find(part, &[0xFF, 0xDA]).is_some();
    let end = memchr::memmem::rfind(bytes, &[0xFF, 0xD9]);
    end.and_then(|end| bytes.split_at_checked(end)).is_some_and(|(before, after)| scan(before) && !scan(after))
}

/// The segments at the head of a JPEG file (ITU-T T.81, B.1.1.4): marker, what it holds, where it ends.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8], usize)> {
    let mut at = 2;
    std::iter::from_fn(move || {
        while let [0xFF, 0xFF, ..] = bytes.get(at..)? {
            at += 1;
        }
        let [0xFF, marker, high, low, ..] = bytes.get(at..)? else { return None };
        let begins = at + 4;
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
        Some((*marker, bytes.get(begins..at)?, at))
    })
}

/// A JPEG file up to its first scan, all that a decoder looks at before it is asked for pixels: it copies what it is given.
fn jpeg_head(bytes: &[u8]) -> Option<&[u8]> {
    let (.., end) = segments(bytes).find(|(marker, ..)| *marker == 0xDA)?;
    bytes.get(..end)
}

/// The size of a JPEG file by its head, which has told it, if the camera was held upright.
fn upright_size(head: &[u8], (wide, high): (u64, u64)) -> Option<(u32, u32)> {
    if memchr::memmem::find(head, b"Exif\0\0").is_none() {
        let is_size = |length: &u32| *length > 0;
        return Some((u32::try_from(wide).ok().filter(is_size)?, u32::try_from(high).ok().filter(is_size)?));
    }
    let mut decoder = decoder(head, Make::Jpeg).ok()?;
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms) == Orientation::NoTransforms;
    upright.then(|| decoder.dimensions())
}

/// Whether a JPEG file is one that PDF shows in the colours of a screen: eight bits, of one or three colours, no
/// arithmetic coding (ITU-T T.81, B.2.2).
fn jpeg_is_plain(bytes: &[u8]) -> bool {
    let mut frames =
        segments(bytes).filter(|(marker, ..)| matches!(marker, 0xC0..=0xCF if ![0xC4, 0xC8, 0xCC].contains(marker)));
    matches!(frames.next(), Some((0xC0..=0xC2, [8, _, _, _, _, 1 | 3, ..], _)))
}

/// A smaller copy. Each of its pixels is the mean of those it stands for.
fn scaled(picture: DynamicImage, width: u32, height: u32) -> DynamicImage {
    let plain = match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => picture,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    };
    match plain {
        // what is seen through counts as much as it is seen, so that nothing dark comes in from where nothing is
        DynamicImage::ImageRgba8(mut clear) => {
            for Rgba([red, green, blue, alpha]) in clear.pixels_mut() {
                let weighed = |part: u8| (u32::from(part) * u32::from(*alpha) / 255) as u8;
                (*red, *green, *blue) = (weighed(*red), weighed(*green), weighed(*blue));
            }
            let mut small = image::imageops::thumbnail(&clear, width, height);
            for Rgba([red, green, blue, alpha]) in small.pixels_mut() {
                let own = |part: u8| (u32::from(part) * 255 / u32::from((*alpha).max(1))).min(255) as u8;
                (*red, *green, *blue) = (own(*red), own(*green), own(*blue));
            }
            small.into()
        }
        opaque => opaque.thumbnail_exact(width, height),
    }
}

/// A file of the pixels: JPEG for photos, PNG for all else.
fn encoded(picture: &DynamicImage, lossy: bool) -> Option<Image> {
    let (width_px, height_px) = (picture.width(), picture.height());
    if lossy && !picture.color().has_alpha() {
        let gray = !picture.color().has_color();
        let pixels = if gray { picture.to_luma8().into_raw() } else { picture.to_rgb8().into_raw() };
        let color = if gray { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode(&pixels, width_px, height_px, color).ok()?;
        return Some(Image { format: ImageFormat::Jpeg, bytes: bytes.into(), width_px, height_px, drawing: None });
    }
    let clear = picture.color().has_alpha();
    let pixels = if clear { picture.to_rgba8().into_raw() } else { picture.to_rgb8().into_raw() };
    let color = if clear { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let bytes = png(&pixels, (width_px, height_px), color)?;
    Some(Image { format: ImageFormat::Png, bytes: bytes.into(), width_px, height_px, drawing: None })
}

/// A PNG file of pixels.
pub(super) fn png(pixels: &[u8], (width, height): (u32, u32), color: ExtendedColorType) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    encoder.write_image(pixels, width, height, color).ok()?;
    Some(bytes)
}

#[cfg(test)]
#[path = "bitmap_tests.rs"]
mod tests;
