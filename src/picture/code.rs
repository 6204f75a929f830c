//! QR codes and bar codes, as drawings with a copy in pixels.

use barcoders::sym::code128::Code128;
use image::ExtendedColorType;
use qrcodegen::{QrCode, QrCodeEcc};

use super::bitmap::png;
use crate::document::{Image, ImageFormat};

/// What is around a QR code is empty for so many of its squares (ISO/IEC 18004, 9.1).
const QUIET: u32 = 4;
/// What is beside a bar code is empty for so many of its narrowest bars (ISO/IEC 15417, 4.4).
const QUIET_BARS: u32 = 10;
/// Height of a bar code to its width.
const BAR_HEIGHT: f64 = 0.25;
/// Pixels to a square or a narrowest bar in the copy.
const PIXELS: u32 = 8;

/// Why there is no code of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// It is longer than such a code may be: so many of bytes, or of signs.
    TooLong(usize),
    /// It has a sign that such a code cannot have.
    Sign(char),
}

/// Most bytes of a QR code that a telephone still reads from paper: one of version 25.
const MOST_BYTES: usize = 997;
/// Most signs of a bar code: more are wider than a page.
const MOST_SIGNS: usize = 48;

/// A QR code of a text.
///
/// # Errors
/// The text is too long.
pub fn qr_code(text: &str) -> Result<Image, CodeProblem> {
    let too_long = || CodeProblem::TooLong(MOST_BYTES);
    if text.len() > MOST_BYTES {
        return Err(too_long());
    }
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| too_long())?;
    let inner = u32::try_from(code.size()).unwrap_or_default();
    let dark = |x: u32, y: u32| match (x.checked_sub(QUIET), y.checked_sub(QUIET)) {
        (Some(x), Some(y)) => code.get_module(x as i32, y as i32),
        _ => false,
    };
    let side = inner + 2 * QUIET;
    Ok(drawn((side, side), (side, side), dark))
}

/// A bar code (Code 128) of a text.
///
/// # Errors
/// The text is too long, or has a sign other than those of ASCII.
pub fn barcode(text: &str) -> Result<Image, CodeProblem> {
    if let Some(sign) = text.chars().find(|sign| !(' '..='~').contains(sign)) {
        return Err(CodeProblem::Sign(sign));
    }
    let too_long = || CodeProblem::TooLong(MOST_SIGNS);
    if text.is_empty() || text.len() > MOST_SIGNS {
        return Err(too_long());
    }
    let bars = Code128::new(in_sets(text)).map_err(|_| too_long())?.encode();
    let width = u32::try_from(bars.len()).map_err(|_| too_long())? + 2 * QUIET_BARS;
    let dark = |x: u32, _| {
        let bar = x.checked_sub(QUIET_BARS).and_then(|at| bars.get(at as usize));
        bar == Some(&1)
    };
    let height = (f64::from(width) * BAR_HEIGHT).round() as u32;
    Ok(drawn((width, height), (width, 1), dark))
}

/// A text with marks where its sets of signs change: pairs of figures take half the room (set C).
fn in_sets(text: &str) -> String {
    const B: char = '\u{181}';
    const C: char = '\u{106}';
    let bytes = text.as_bytes();
    let figures =
        |at: usize| bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (mut out, mut set, mut at) = (String::new(), None, 0);
    while let Some(byte) = bytes.get(at) {
        let run = figures(at);
        // a change costs a sign too: four figures at an end, or six in the middle, are worth it
        let least = if at == 0 || at + run == bytes.len() { 4 } else { 6 };
        let pairs = run / 2 * 2;
        if (set == Some(C) && run >= 2) || run >= least || (at == 0 && run == bytes.len() && run == 2) {
            if set != Some(C) {
                // of an odd number the first stays outside
                if run % 2 == 1 && set == Some(B) {
                    out.push(char::from(*byte));
                    at += 1;
                }
                out.push(C);
                set = Some(C);
            }
            out.extend(bytes.get(at..at + pairs).unwrap_or_default().iter().map(|byte| char::from(*byte)));
            at += pairs;
            continue;
        }
        if set != Some(B) {
            out.push(B);
            set = Some(B);
        }
        out.push(char::from(*byte));
        at += 1;
    }
    out
}

/// Dark cells of a grid that is stretched to a size, as a drawing and in pixels.
fn drawn(size: (u32, u32), (columns, rows): (u32, u32), dark: impl Fn(u32, u32) -> bool) -> Image {
    let (width, height) = size;
    let tall = height / rows.max(1);
    let mut path = String::new();
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let run = (x..columns).take_while(|x| dark(*x, y)).count() as u32;
            if run > 0 {
                path += &format!("M{x} {}h{run}v{tall}h-{run}z", y * tall);
            }
            x += run.max(1);
        }
    }
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
         <path fill=\"#fff\" d=\"M0 0h{width}v{height}h-{width}z\"/><path d=\"{path}\"/></svg>"
    );
    let pixel = |at: u32, of: u32, cells: u32| (at / PIXELS) * cells / of.max(1);
    let mut pixels = Vec::with_capacity((width * height * PIXELS * PIXELS) as usize);
    for y in 0..height * PIXELS {
        for x in 0..width * PIXELS {
            let is_dark = dark(pixel(x, width, columns), pixel(y, height, rows));
            pixels.push(if is_dark { 0 } else { 255 });
        }
    }
    let bytes = png(&pixels, (width * PIXELS, height * PIXELS), ExtendedColorType::L8).unwrap_or_default();
    let (bytes, drawing) = (bytes.into(), Some(drawing.into()));
    Image { format: ImageFormat::Png, bytes, width_px: width, height_px: height, drawing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_pairs_where_that_is_shorter() {
        let sets = |text: &str| in_sets(text).replace('\u{181}', "[B]").replace('\u{106}', "[C]");
        for (text, expected) in [
            ("110101", "[C]110101"),
            ("11010", "[C]1101[B]0"),
            ("AB12", "[B]AB12"),
            ("AB1234", "[B]AB[C]1234"),
            ("AB123", "[B]AB123"),
            ("AB12345", "[B]AB1[C]2345"),
            ("A123456B", "[B]A[C]123456[B]B"),
            ("A1234B", "[B]A1234B"),
            ("12", "[C]12"),
            ("7", "[B]7"),
        ] {
            assert_eq!(sets(text), expected, "{text}");
            assert!(barcode(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_no_code_can_hold_is_told() {
        assert_eq!(barcode("学校"), Err(CodeProblem::Sign('学')));
        assert_eq!(barcode(&"1".repeat(49)), Err(CodeProblem::TooLong(48)));
        assert_eq!(barcode(""), Err(CodeProblem::TooLong(48)));
        assert_eq!(qr_code(&"好".repeat(333)), Err(CodeProblem::TooLong(997)));
        assert!(qr_code(&"好".repeat(332)).is_ok());
    }

    #[test]
    fn a_bar_code_begins_and_ends_as_the_standard_says() {
        let image = barcode("110101").unwrap();
        let bars = 11 * (1 + 3 + 1) + 13;
        assert_eq!(image.width_px, bars + 2 * QUIET_BARS);
        let drawing = String::from_utf8(image.drawing.unwrap().to_vec()).unwrap();
        // set C: 11010011100, after the quiet zone
        assert!(drawing.contains("<path d=\"M10 0h2v22h-2zM13 0h1v22h-1zM16 0h3v22h-3z"), "{drawing}");
    }
}
