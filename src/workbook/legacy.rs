//! An .xls file before calamine reads it as a whole, into rectangles: what they will take is counted, and what calamine
//! does not tell is found.

use super::compound;
use super::legacy_formats::{percent_styles, percents};
use super::legacy_strings::string_lengths;
use super::limits::Limits;
use super::outline::Outline;
use super::reading::Failure;

/// The largest area of an .xls sheet, which its dimensions may claim.
const XLS_SHEET: u64 = 65_536 * 256;
const XLS_SHEETS: usize = 1000;

pub(super) const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const WRITE_ACCESS: u16 = 0x005C;
const COLUMN_INFO: u16 = 0x007D;
const BOUND_SHEET: u16 = 0x0085;
pub(super) const MUL_RK: u16 = 0x00BD;
const LABEL_SST: u16 = 0x00FD;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const BOF: u16 = 0x0809;
/// Formula, MulRk, RString, LabelSst, Number, Label, BoolErr, Rk.
const CELLS: [u16; 8] = [FORMULA, MUL_RK, 0x00D6, LABEL_SST, 0x0203, 0x0204, 0x0205, 0x027E];

/// What surrounds the cells of each sheet; nothing of merged areas, which calamine tells.
pub(super) fn outlines(bytes: &[u8], limits: &Limits) -> Result<Vec<Outline>, Failure> {
    let damaged = || Failure::Damaged("the sheets' records do not fit the file".to_owned());
    let stream = compound::stream(bytes, &["Workbook", "Book"]).ok_or_else(damaged)?;
    let globals = || records(&stream).take_while(|(kind, _)| *kind != EOF);
    if globals().any(|(kind, data)| kind == FILE_PASS && data.iter().take(2).any(|byte| *byte != 0)) {
        return Err(Failure::Locked);
    }
    let starts: Vec<_> = globals()
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .map(|(_, data)| number::<4>(data, 0).unwrap_or_default())
        .collect();
    if starts.len() > XLS_SHEETS {
        return Err(damaged());
    }
    let strings = string_lengths(globals());
    if strings.len() > limits.cells {
        return Err(Failure::TooManyCells(None));
    }
    let percent_styles = percent_styles(globals());
    let mut scan = Scan {
        // Sheets lie one after the other; many that lie on the same bytes are a trap.
        bytes_left: 2 * stream.len(),
        text_left: limits.unpacked,
        strings: &strings,
        percent_styles: &percent_styles,
        // xlwt computes nothing, and signs so.
        computes: !globals().any(|(kind, data)| kind == WRITE_ACCESS && data.starts_with(b"None  ")),
    };
    let mut outlines = Vec::with_capacity(starts.len());
    let mut cells = 0;
    for start in starts {
        let sheet = stream.get(start as usize..).ok_or_else(damaged)?;
        let (outline, extent) = scan.sheet(sheet).ok_or_else(damaged)?;
        cells += extent;
        // calamine holds each twice.
        if cells > limits.cells as u64 / 2 || scan.text_left == 0 {
            return Err(Failure::TooManyCells(None));
        }
        outlines.push(outline);
    }
    Ok(outlines)
}

/// Goes through the records of one sheet after the other.
struct Scan<'a> {
    bytes_left: usize,
    text_left: u64,
    /// Lengths of the shared strings.
    strings: &'a [u32],
    /// For each style, whether it shows numbers as percentages.
    percent_styles: &'a [bool],
    computes: bool,
}

impl Scan<'_> {
    /// A sheet's outline, and the area that its cells span; nothing if its records claim what cannot be.
    fn sheet(&mut self, sheet: &[u8]) -> Option<(Outline, u64)> {
        let (mut top, mut bottom, mut left, mut right) = (u64::MAX, 0, u64::MAX, 0);
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        let mut outline = Outline::default();
        let mut depth = 0_usize;
        for (kind, data) in records(sheet) {
            self.bytes_left = self.bytes_left.checked_sub(4 + data.len())?;
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                // Charts within the sheet have cells of their own.
                _ if depth > 1 => {}
                DIMENSIONS => check_dimensions(data)?,
                ROW => rows.extend(hidden_row(data)),
                COLUMN_INFO => columns.extend(hidden_columns(data)),
                kind if CELLS.contains(&kind) => {
                    let (row, column) = (number::<2>(data, 0)?, number::<2>(data, 2)?);
                    let last = if kind == MUL_RK { number::<2>(data, data.len().checked_sub(2)?)? } else { column };
                    (top, bottom) = (top.min(row), bottom.max(row));
                    (left, right) = (left.min(column), right.max(last));
                    outline.percents.extend(percents(kind, data, self.percent_styles));
                    if kind == LABEL_SST {
                        let string = self.strings.get(number::<4>(data, 6)? as usize).copied().unwrap_or_default();
                        self.text_left = self.text_left.saturating_sub(string.into());
                    }
                    if kind == FORMULA
                        && !self.computes
                        && data.get(6) == Some(&3)
                        && data.get(12..14) == Some(&[0xFF; 2])
                    {
                        outline.not_computed.push((row as u32, column as u32));
                    }
                }
                _ => {}
            }
        }
        outline.hidden_rows = rows.into_iter().collect();
        outline.hidden_columns = columns.into_iter().collect();
        let extent = if top == u64::MAX { 0 } else { (bottom - top + 1) * (right.max(left) - left + 1) };
        Some((outline, extent))
    }
}

/// Nothing if the record claims more rows and columns than there can be.
fn check_dimensions(data: &[u8]) -> Option<()> {
    let wide = data.len() >= 14;
    let rows = if wide { number::<4>(data, 4)? } else { number::<2>(data, 2)? };
    let first = if wide { number::<4>(data, 0)? } else { number::<2>(data, 0)? };
    let columns = number::<2>(data, if wide { 10 } else { 6 })?;
    let claimed = rows.saturating_sub(first).max(1) * columns.max(1);
    (first <= rows.max(1) && claimed <= XLS_SHEET).then_some(())
}

fn hidden_row(data: &[u8]) -> Option<(u32, u32)> {
    let (row, height) = (number::<2>(data, 0)? as u32, number::<2>(data, 6)?);
    // fDyZero of the flags; the uppermost bit of the height says that it is the usual one.
    let hidden = data.get(12)? & 0x20 != 0 || height == 0;
    hidden.then_some((row, row))
}

fn hidden_columns(data: &[u8]) -> Option<(u32, u32)> {
    let (first, last, width) = (number::<2>(data, 0)?, number::<2>(data, 2)?, number::<2>(data, 4)?);
    let hidden = data.get(8)? & 1 != 0 || width == 0;
    hidden.then_some((first as u32, last as u32))
}

pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let kind = number::<2>(rest, 0)? as u16;
        let end = 4 + number::<2>(rest, 2)? as usize;
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, data))
    })
}

pub(super) fn number<const BYTES: usize>(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at.checked_add(BYTES)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
