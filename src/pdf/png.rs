//! PNG. Its compressed rows are what PDF's FlateDecode with PNG's predictors reads, so most files go in as they are,
//! after a look whether they are whole. Those with an alpha channel, a transparent palette or interlaced rows are taken
//! apart and put together anew (PDF has alpha in an image of its own and knows no interlacing), at eight bits a sample.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Object, StringFormat};

use super::picture::{Picture, Plane, checked_size, predicted};
use super::problem::Reason;
use crate::deflate::{self, Effort};

/// The most bytes that a picture's rows may take.
const MOST_BYTES: usize = 256 << 20;

/// A file's chunks, as far as they matter here.
struct Png<'a> {
    width: u32,
    height: u32,
    /// Bits of a sample.
    depth: u8,
    kind: Kind,
    interlaced: bool,
    /// `PLTE`: red, green and blue of each colour.
    palette: &'a [u8],
    /// `tRNS`: alpha of each colour of the palette, or the one transparent colour.
    transparency: &'a [u8],
    /// `IDAT`: the rows, compressed.
    rows: Vec<u8>,
}

/// Colour type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Gray,
    Rgb,
    Palette,
    GrayAlpha,
    Rgba,
}

impl Kind {
    fn samples(self) -> u8 {
        match self {
            Self::Gray | Self::Palette => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    /// Samples without alpha.
    fn colors(self) -> u8 {
        if matches!(self, Self::Rgb | Self::Rgba) { 3 } else { 1 }
    }

    fn has_alpha(self) -> bool {
        matches!(self, Self::GrayAlpha | Self::Rgba)
    }
}

/// Every part of the rows' grid: left, top, and steps rightwards and downwards.
type Pass = (u32, u32, u32, u32);

const WHOLE: [Pass; 1] = [(0, 0, 1, 1)];
const ADAM7: [Pass; 7] =
    [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

/// Reads a PNG file.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, Reason> {
    let png = Png::parse(bytes)?;
    let clear_palette = png.kind == Kind::Palette && png.transparency.iter().any(|alpha| *alpha != 255);
    if png.interlaced || png.kind.has_alpha() || clear_palette { png.rebuilt() } else { png.taken_over() }
}

impl<'a> Png<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, Reason> {
        let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or(Reason::NotTheFormat)?;
        let (name, header) = chunk(&mut rest)?;
        let [w0, w1, w2, w3, h0, h1, h2, h3, depth, kind, 0, 0, interlace @ (0 | 1)] = header else {
            return Err(Reason::Damaged);
        };
        let kind = match (kind, depth) {
            (0, 1 | 2 | 4 | 8 | 16) => Kind::Gray,
            (2, 8 | 16) => Kind::Rgb,
            (3, 1 | 2 | 4 | 8) => Kind::Palette,
            (4, 8 | 16) => Kind::GrayAlpha,
            (6, 8 | 16) => Kind::Rgba,
            _ => return Err(Reason::Damaged),
        };
        let width = u32::from_be_bytes([*w0, *w1, *w2, *w3]);
        let height = u32::from_be_bytes([*h0, *h1, *h2, *h3]);
        if name != *b"IHDR" {
            return Err(Reason::Damaged);
        }
        checked_size(width, height)?;
        let (depth, interlaced) = (*depth, *interlace == 1);
        let mut png = Png { width, height, depth, kind, interlaced, palette: &[], transparency: &[], rows: Vec::new() };
        loop {
            match chunk(&mut rest)? {
                (name, data) if name == *b"PLTE" => png.palette = data,
                (name, data) if name == *b"tRNS" => png.transparency = data,
                (name, data) if name == *b"IDAT" => png.rows.extend_from_slice(data),
                (name, _) if name == *b"IEND" => break,
                _ => {}
            }
        }
        let colors = png.palette.len() / 3;
        if png.kind == Kind::Palette && (colors == 0 || colors > 256 || !png.palette.len().is_multiple_of(3)) {
            return Err(Reason::Damaged);
        }
        Ok(png)
    }

    /// Size of a pass in pixels.
    fn pass_size(&self, (left, top, right, down): Pass) -> (u32, u32) {
        let columns = self.width.saturating_sub(left).div_ceil(right);
        let rows = self.height.saturating_sub(top).div_ceil(down);
        if columns == 0 { (0, 0) } else { (columns, rows) }
    }

    /// Bytes of a row of so many pixels.
    fn row_bytes(&self, columns: u32) -> usize {
        let bits = u64::from(columns) * u64::from(self.kind.samples()) * u64::from(self.depth);
        usize::try_from(bits.div_ceil(8)).unwrap_or(usize::MAX)
    }

    fn passes(&self) -> &'static [Pass] {
        if self.interlaced { &ADAM7 } else { &WHOLE }
    }

    /// Bytes of all rows, each with its filter's number.
    fn all_bytes(&self) -> Result<usize, Reason> {
        let pass_bytes = |pass: &Pass| {
            let (columns, rows) = self.pass_size(*pass);
            (self.row_bytes(columns) + 1).saturating_mul(rows as usize)
        };
        let bytes = self.passes().iter().map(pass_bytes).fold(0, usize::saturating_add);
        if bytes > MOST_BYTES { Err(Reason::TooLarge) } else { Ok(bytes) }
    }

    /// The rows, taken over as they are.
    fn taken_over(self) -> Result<Picture, Reason> {
        self.check_rows()?;
        let colors = self.kind.colors();
        let mut entries = predicted(colors, self.depth, self.width);
        self.set_transparent_color(&mut entries, i64::from);
        let image = Plane::new(self.width, self.height, self.depth, self.color_space(), entries, self.rows.into());
        Ok(Picture { image, mask: None })
    }

    /// Reads all rows to see whether they are whole, in little memory.
    fn check_rows(&self) -> Result<(), Reason> {
        let row = self.row_bytes(self.width) + 1;
        let wanted = self.all_bytes()?;
        let mut inflated = ZlibDecoder::new(self.rows.as_slice());
        let mut buffer = [0; 16 << 10];
        let mut read = 0;
        while read < wanted {
            let space = buffer.len().min(wanted - read);
            let piece = match inflated.read(buffer.get_mut(..space).unwrap_or_default()) {
                Ok(0) | Err(_) => return Err(Reason::Damaged),
                Ok(length) => buffer.get(..length).unwrap_or_default(),
            };
            let first_row = (row - read % row) % row;
            if piece.iter().skip(first_row).step_by(row).any(|filter| *filter > 4) {
                return Err(Reason::Damaged);
            }
            read += piece.len();
        }
        Ok(())
    }

    /// The pixels taken apart into colours and alpha, eight bits each.
    fn rebuilt(self) -> Result<Picture, Reason> {
        let samples = self.samples()?;
        let colors = usize::from(self.kind.colors());
        let (color, alpha): (Vec<u8>, Vec<u8>) = if self.kind.has_alpha() {
            let pixels = samples.chunks_exact(colors + 1);
            let color = pixels.clone().flat_map(|pixel| pixel.iter().take(colors).copied()).collect();
            (color, pixels.filter_map(|pixel| pixel.last().copied()).collect())
        } else if self.kind == Kind::Palette {
            let alpha = |index: &u8| self.transparency.get(usize::from(*index)).copied().unwrap_or(255);
            let alpha = samples.iter().map(alpha).collect();
            (samples, alpha)
        } else {
            (samples, Vec::new())
        };
        let mut entries = predicted(self.kind.colors(), 8, self.width);
        self.set_transparent_color(&mut entries, |sample| i64::from(self.eight_bits(sample)));
        let bytes = compress(&color, self.width as usize * colors);
        let image = Plane::new(self.width, self.height, 8, self.color_space(), entries, bytes.into());
        let mask = alpha.iter().any(|alpha| *alpha != 255).then(|| {
            let bytes = compress(&alpha, self.width as usize);
            Plane::new(self.width, self.height, 8, "DeviceGray".into(), predicted(1, 8, self.width), bytes.into())
        });
        Ok(Picture { image, mask })
    }

    /// All samples in reading order, eight bits each; those of a palette are indices.
    fn samples(&self) -> Result<Vec<u8>, Reason> {
        let wanted = self.all_bytes()?;
        let mut rows = Vec::with_capacity(wanted);
        let mut inflated = ZlibDecoder::new(self.rows.as_slice()).take(wanted as u64);
        inflated.read_to_end(&mut rows).map_err(|_| Reason::Damaged)?;
        if rows.len() != wanted {
            return Err(Reason::Damaged);
        }
        let channels = usize::from(self.kind.samples());
        // Filters look back by whole pixels, or by one byte if pixels are smaller.
        let back = (channels * usize::from(self.depth) / 8).max(1);
        let mut samples = vec![0; self.width as usize * self.height as usize * channels];
        let mut rest = rows.as_mut_slice();
        for pass @ (left, top, right, down) in self.passes() {
            let (columns, count) = self.pass_size(*pass);
            let length = self.row_bytes(columns);
            let mut above = vec![0; length];
            for row in 0..count {
                let (line, below) = rest.split_at_mut_checked(length + 1).ok_or(Reason::Damaged)?;
                rest = below;
                let (filter, line) = line.split_first_mut().ok_or(Reason::Damaged)?;
                unfilter(*filter, line, &above, back)?;
                above.copy_from_slice(line);
                let row_start = (top + row * down) as usize * self.width as usize;
                for column in 0..columns as usize {
                    let pixel = row_start + *left as usize + column * *right as usize;
                    let target = samples.get_mut(pixel * channels..(pixel + 1) * channels).unwrap_or_default();
                    for (channel, sample) in target.iter_mut().enumerate() {
                        *sample = self.sample(line, column * channels + channel);
                    }
                }
            }
        }
        Ok(samples)
    }

    /// A sample of a row, as eight bits.
    fn sample(&self, row: &[u8], at: usize) -> u8 {
        let byte = |at: usize| row.get(at).copied().unwrap_or(0);
        match self.depth {
            8 => byte(at),
            16 => byte(2 * at),
            depth => {
                let depth = usize::from(depth);
                let shift = 8 - depth - at * depth % 8;
                let sample = byte(at * depth / 8) >> shift & ((1 << depth) - 1);
                self.eight_bits(sample.into())
            }
        }
    }

    /// A sample of this depth as one of eight bits; an index into the palette stays what it is.
    fn eight_bits(&self, sample: u16) -> u8 {
        let most = u32::from(u16::MAX >> (16 - self.depth));
        match (self.kind, self.depth) {
            (Kind::Palette, _) | (_, 8) => sample as u8,
            (_, 16) => (sample >> 8) as u8,
            _ => (u32::from(sample).min(most) * 255 / most) as u8,
        }
    }

    fn color_space(&self) -> Object {
        match self.kind {
            Kind::Gray | Kind::GrayAlpha => "DeviceGray".into(),
            Kind::Rgb | Kind::Rgba => "DeviceRGB".into(),
            Kind::Palette => vec![
                "Indexed".into(),
                "DeviceRGB".into(),
                Object::Integer(self.palette.len() as i64 / 3 - 1),
                Object::String(self.palette.to_vec(), StringFormat::Hexadecimal),
            ]
            .into(),
        }
    }

    /// Leaves out the pixels of the one transparent colour that pictures without alpha may have.
    fn set_transparent_color(&self, entries: &mut Dictionary, value: impl Fn(u16) -> i64) {
        let length = 2 * usize::from(self.kind.colors());
        if matches!(self.kind, Kind::Gray | Kind::Rgb) && self.transparency.len() == length {
            let samples = self.transparency.chunks_exact(2).map(|pair| value(u16::from_be_bytes([pair[0], pair[1]])));
            let ranges: Vec<Object> = samples.flat_map(|sample| [sample.into(), sample.into()]).collect();
            entries.set("Mask", ranges);
        }
    }
}

/// The next chunk's name and data; its checksum is not looked at.
fn chunk<'a>(rest: &mut &'a [u8]) -> Result<([u8; 4], &'a [u8]), Reason> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(Reason::Damaged)?;
    let (name, after) = after.split_first_chunk::<4>().ok_or(Reason::Damaged)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Reason::Damaged)?;
    let (data, after) = after.split_at_checked(length).ok_or(Reason::Damaged)?;
    *rest = after.get(4..).ok_or(Reason::Damaged)?;
    Ok((*name, data))
}

/// Takes a row's filter off (PNG, third edition, 9.2).
fn unfilter(filter: u8, row: &mut [u8], above: &[u8], back: usize) -> Result<(), Reason> {
    for at in 0..row.len() {
        let before = at.checked_sub(back);
        let left = before.map_or(0, |before| row[before]);
        let up = above[at];
        let predicted = match filter {
            0 => return Ok(()),
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            4 => paeth(left, up, before.map_or(0, |before| above[before])),
            _ => return Err(Reason::Damaged),
        };
        row[at] = row[at].wrapping_add(predicted);
    }
    Ok(())
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |byte: u8| (estimate - i16::from(byte)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

/// Rows of so many bytes, each told by its difference from the one above, compressed.
fn compress(samples: &[u8], row: usize) -> Vec<u8> {
    const UP: u8 = 2;
    let mut filtered = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let mut above: &[u8] = &[];
    for line in samples.chunks_exact(row.max(1)) {
        filtered.push(UP);
        let up = above.iter().copied().chain(std::iter::repeat(0));
        filtered.extend(line.iter().zip(up).map(|(byte, up)| byte.wrapping_sub(up)));
        above = line;
    }
    deflate::zlib(&filtered, Effort::Full)
}

#[cfg(test)]
#[path = "png_tests.rs"]
pub(super) mod tests;
