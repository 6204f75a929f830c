//! Paper made clear: a seal or a signature that was scanned or photographed on white paper, so that it can stand over text.

use image::{DynamicImage, Rgba, RgbaImage};

/// What differs so little from the paper is paper.
const PAPER: f32 = 0.12;

/// The picture with its paper clear, and its ink as it looks on white. One that is clear somewhere stays as it is.
pub(super) fn cleared(picture: DynamicImage) -> DynamicImage {
    let mut pixels = picture.to_rgba8();
    if pixels.pixels().any(|pixel| pixel.0[3] < 255) {
        return picture;
    }
    let paper = paper_of(&pixels);
    for pixel in pixels.pixels_mut() {
        let Rgba([red, green, blue, _]) = *pixel;
        // as much as the darkest of its colours is darker than the paper
        let parts = [(red, paper[0]), (green, paper[1]), (blue, paper[2])];
        let light = parts.map(|(part, paper)| (f32::from(part) / f32::from(paper.max(1))).min(1.0));
        let ink = 1.0 - light.into_iter().fold(1.0, f32::min);
        let opaque = ((ink - PAPER) / (1.0 - PAPER)).max(0.0);
        // the colour that looks so on white with that much of it
        let own = |light: f32| if ink > 0.0 { (1.0 - (1.0 - light) / ink).clamp(0.0, 1.0) } else { 1.0 };
        let byte = |part: f32| (part * 255.0).round() as u8;
        *pixel = Rgba([byte(own(light[0])), byte(own(light[1])), byte(own(light[2])), byte(opaque)]);
    }
    pixels.into()
}

/// The colour of the paper: for each part the value that nine tenths of the edge are not above.
fn paper_of(pixels: &RgbaImage) -> [u8; 3] {
    let (width, height) = pixels.dimensions();
    let across = (0..width).flat_map(|x| [(x, 0), (x, height.saturating_sub(1))]);
    let down = (0..height).flat_map(|y| [(0, y), (width.saturating_sub(1), y)]);
    let edge: Vec<[u8; 4]> =
        across.chain(down).filter_map(|(x, y)| pixels.get_pixel_checked(x, y)).map(|pixel| pixel.0).collect();
    [0, 1, 2].map(|part| {
        let mut values: Vec<u8> = edge.iter().filter_map(|pixel| pixel.get(part).copied()).collect();
        values.sort_unstable();
        values.get(values.len() * 9 / 10).copied().unwrap_or(255).max(128)
    })
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    #[test]
    fn paper_is_clear_and_ink_keeps_its_colour() {
        let ink = |x: u32, y: u32| (3..6).contains(&x) && (3..6).contains(&y);
        let scan = RgbImage::from_fn(12, 12, |x, y| if ink(x, y) { Rgb([200, 10, 20]) } else { Rgb([236, 232, 225]) });
        let clear = cleared(scan.into()).to_rgba8();
        assert_eq!(clear.get_pixel(0, 0).0[3], 0);
        let Rgba([red, green, blue, alpha]) = *clear.get_pixel(4, 4);
        assert!(red > 190 && green < 20 && blue < 40 && alpha > 230, "{:?}", clear.get_pixel(4, 4));
    }

    #[test]
    fn a_picture_that_is_clear_already_stays_as_it_is() {
        let picture: DynamicImage = RgbaImage::from_fn(4, 4, |x, _| Rgba([255, 255, 255, x as u8])).into();
        assert_eq!(cleared(picture.clone()), picture);
    }
}
