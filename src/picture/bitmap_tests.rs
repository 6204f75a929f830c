use image::{GenericImageView, ImageFormat as Make, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;
use crate::document::Length;

/// A picture whose upper left corner is red and whose rest is blue.
fn corner(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([250, 10, 10]),
        _ => Rgb([10, 10, 250]),
    })
}

fn file(picture: &DynamicImage, make: Make) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, make).unwrap();
    bytes.into_inner()
}

fn as_it_is() -> Print {
    Print { room: Length::mm(100.0), ..Print::default() }
}

fn inches(width: f64) -> Print {
    Print { width: Some(Length::pt(width * 72.0)), dots: 100, ..as_it_is() }
}

/// A JPEG file that says how its picture is to be turned (EXIF, tag 274).
fn turned(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = file(&picture.clone().into(), Make::Jpeg);
    let mut exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    bytes.splice(2..2, exif);
    bytes
}

/// A PNG head that claims so many pixels.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

#[test]
fn png_and_jpeg_that_are_fit_for_print_stay_as_they_are() {
    let picture = DynamicImage::from(corner(40, 20));
    for (make, format) in [(Make::Png, ImageFormat::Png), (Make::Jpeg, ImageFormat::Jpeg)] {
        let bytes = file(&picture, make);
        let image = read(bytes.clone(), &as_it_is()).unwrap();
        assert_eq!(image, Image { format, bytes: bytes.into(), width_px: 40, height_px: 20, drawing: None });
    }
}

#[test]
fn other_formats_become_png_with_the_same_pixels() {
    let clear = RgbaImage::from_fn(6, 4, |x, y| Rgba([x as u8 * 40, y as u8 * 60, 7, if x > 2 { 255 } else { 0 }]));
    for make in [Make::Bmp, Make::WebP, Make::Gif, Make::Tiff] {
        let bytes = file(&clear.clone().into(), make);
        let image = read(bytes, &as_it_is()).unwrap();
        assert_eq!((image.format, image.width_px, image.height_px), (ImageFormat::Png, 6, 4), "{make:?}");
        let again = image::load_from_memory(&image.bytes).unwrap();
        let alphas = |picture: &DynamicImage| picture.pixels().map(|(.., pixel)| pixel[3]).collect::<Vec<_>>();
        assert_eq!(alphas(&again), alphas(&clear.clone().into()), "{make:?}");
    }
}

#[test]
fn a_photo_is_upright_as_its_camera_says() {
    let photo = corner(40, 20);
    // told to be turned a quarter to the right: the red corner comes to stand above right
    let image = read(turned(&photo, 6), &as_it_is()).unwrap();
    assert_eq!((image.format, image.width_px, image.height_px), (ImageFormat::Jpeg, 20, 40));
    let shown = image::load_from_memory(&image.bytes).unwrap().to_rgb8();
    assert!(shown.get_pixel(16, 4)[0] > 200 && shown.get_pixel(4, 4)[2] > 200);
    let upright = turned(&photo, 1);
    assert_eq!(read(upright.clone(), &as_it_is()).unwrap().bytes, upright);
}

#[test]
fn large_photos_are_scaled_down_to_what_paper_shows() {
    let photo = file(&corner(400, 200).into(), Make::Jpeg);
    let image = read(photo.clone(), &inches(1.0)).unwrap();
    assert_eq!((image.format, image.width_px, image.height_px), (ImageFormat::Jpeg, 100, 50));
    assert!(image.bytes.len() < photo.len());
    let flat = file(&DynamicImage::ImageRgba16(DynamicImage::from(corner(400, 200)).to_rgba16()), Make::Png);
    let image = read(flat, &inches(1.0)).unwrap();
    assert_eq!((image.format, image.width_px), (ImageFormat::Png, 100));
    assert_eq!(read(photo.clone(), &inches(3.9)).unwrap().bytes, photo);
}

#[test]
fn the_edge_of_a_seal_keeps_its_colour_when_it_is_scaled_down() {
    let seal =
        RgbaImage::from_fn(401, 401, |x, _| if x % 7 < 3 { Rgba([220, 20, 20, 255]) } else { Rgba([0, 0, 0, 0]) });
    let image = read(file(&seal.into(), Make::Png), &inches(1.0)).unwrap();
    let small = image::load_from_memory(&image.bytes).unwrap().to_rgba8();
    assert_eq!(small.width(), 100);
    for Rgba([red, _, _, alpha]) in small.pixels().filter(|pixel| pixel[3] > 20) {
        assert!(*red > 200, "{red} at {alpha}");
    }
}

#[test]
fn a_head_is_not_believed_with_memory() {
    let huge = Unreadable::TooLarge { width: 50_000, height: 50_000 };
    assert_eq!(read(claims(50_000, 50_000), &as_it_is()).unwrap_err(), huge);
    assert_eq!(read(claims(10_000, 10_000), &as_it_is()).unwrap_err(), Unreadable::Damaged);
    let mut gif = file(&corner(4, 4).into(), Make::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert!(matches!(read(gif, &as_it_is()), Err(Unreadable::TooLarge { .. })));
    let mut bmp = file(&corner(4, 4).into(), Make::Bmp);
    bmp[18..22].copy_from_slice(&60_000u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&60_000u32.to_le_bytes());
    assert!(matches!(read(bmp, &as_it_is()), Err(Unreadable::TooLarge { .. })));
}

#[test]
fn what_is_cut_short_is_damaged() {
    let photo = RgbImage::from_fn(90, 60, |x, y| Rgb([(x * y) as u8, x as u8, y as u8]));
    for make in [Make::Png, Make::Jpeg, Make::WebP, Make::Bmp, Make::Gif, Make::Tiff] {
        let whole = file(&photo.clone().into(), make);
        let cut = whole[..whole.len() * 2 / 3].to_vec();
        assert_eq!(read(cut, &as_it_is()).unwrap_err(), Unreadable::Damaged, "{make:?}");
    }
}

#[test]
fn files_that_are_no_picture_are_told_by_what_they_are() {
    for (bytes, why) in [
        (&b"no picture"[..], Unreadable::NotAPicture),
        (b"", Unreadable::NotAPicture),
        (b"II*\0aaaaaaaa", Unreadable::Damaged),
        (b"\0\0\0\x1Cftypavif\0\0\0\0", Unreadable::Format("AVIF")),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Unreadable::Format("HEIC")),
        (b"\xD7\xCD\xC6\x9A\0\0", Unreadable::Format("WMF")),
        (b"%PDF-1.7", Unreadable::Format("PDF")),
        (b"\x89PNG\r\n\x1a\n", Unreadable::Damaged),
    ] {
        assert_eq!(read(bytes.to_vec(), &as_it_is()).unwrap_err(), why);
    }
}

#[test]
fn photos_in_the_colours_of_a_press_become_those_of_a_screen() {
    assert!(!jpeg_is_plain(b"\xFF\xD8\xFF\xC0\0\x08\x08\0\x01\0\x01\x04"));
    assert!(!jpeg_is_plain(b"\xFF\xD8\xFF\xC0\0\x08\x0C\0\x01\0\x01\x03"));
    assert!(!jpeg_is_plain(b"\xFF\xD8\xFF\xC9\0\x08\x08\0\x01\0\x01\x03"));
    assert!(jpeg_is_plain(b"\xFF\xD8\xFF\xE0\0\x04aa\xFF\xFF\xC2\0\x08\x08\0\x01\0\x01\x01"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(which in 0usize..5, at in 0usize..400, with: Vec<u8>) {
        let make = [Make::Png, Make::Jpeg, Make::WebP, Make::Bmp, Make::Gif][which];
        let mut bytes = file(&corner(20, 20).into(), make);
        let at = at % bytes.len();
        let to = (at + with.len()).min(bytes.len());
        bytes.splice(at..to, with);
        let _ = read(bytes, &inches(0.1));
    }
}
