//! Limits for the formats that calamine reads as a whole, into rectangles: what the rectangles will take is counted
//! before.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::compound;
use super::limits::Limits;
use super::package::Package;
use super::reading::Failure;

/// The largest area of an .xls sheet, which its dimensions may claim.
const XLS_SHEET: u64 = 65_536 * 256;
const XLS_SHEETS: usize = 1000;

const EOF: u16 = 0x000A;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const BOF: u16 = 0x0809;
/// Formula, MulRk, RString, LabelSst, Number, Label, BoolErr, Rk.
const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// Refuses an .xls file whose sheets would take more memory than may be.
pub(super) fn check_xls(bytes: &[u8], limits: &Limits) -> Result<(), Failure> {
    let damaged = || Failure::Damaged("the sheets' records do not fit the file".to_owned());
    let stream = compound::stream(bytes, &["Workbook", "Book"]).ok_or_else(damaged)?;
    let starts: Vec<_> = records(&stream)
        .take_while(|(kind, _)| *kind != EOF)
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .filter_map(|(_, data)| number::<4>(data, 0))
        .collect();
    if starts.len() > XLS_SHEETS {
        return Err(damaged());
    }
    let mut cells = 0;
    // Sheets lie one after the other; many that lie on the same bytes are a trap.
    let mut bytes_left = 2 * stream.len();
    for start in starts {
        let sheet = stream.get(start as usize..).ok_or_else(damaged)?;
        let extent = extent(sheet, &mut bytes_left).ok_or_else(damaged)?;
        cells += extent;
        // calamine holds each twice.
        if cells > limits.cells as u64 / 2 {
            return Err(Failure::TooManyCells(None));
        }
    }
    Ok(())
}

/// The area that a sheet's cells span; nothing if its records claim what cannot be.
fn extent(sheet: &[u8], bytes_left: &mut usize) -> Option<u64> {
    let (mut top, mut bottom, mut left, mut right) = (u64::MAX, 0, u64::MAX, 0);
    let mut depth = 0_usize;
    for (kind, data) in records(sheet) {
        *bytes_left = bytes_left.checked_sub(4 + data.len())?;
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            // Charts within the sheet have cells of their own.
            _ if depth > 1 => {}
            DIMENSIONS => {
                let wide = data.len() >= 14;
                let rows = if wide { number::<4>(data, 4)? } else { number::<2>(data, 2)? };
                let first = if wide { number::<4>(data, 0)? } else { number::<2>(data, 0)? };
                let columns = number::<2>(data, if wide { 10 } else { 6 })?;
                let claimed = rows.saturating_sub(first).max(1) * columns.max(1);
                if first > rows.max(1) || claimed > XLS_SHEET {
                    return None;
                }
            }
            kind if CELLS.contains(&kind) => {
                let (row, column) = (number::<2>(data, 0)?, number::<2>(data, 2)?);
                let last = if kind == CELLS[1] { number::<2>(data, data.len().checked_sub(2)?)? } else { column };
                (top, bottom) = (top.min(row), bottom.max(row));
                (left, right) = (left.min(column), right.max(last));
            }
            _ => {}
        }
    }
    Some(if top == u64::MAX { 0 } else { (bottom - top + 1) * (right.max(left) - left + 1) })
}

fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let kind = number::<2>(rest, 0)? as u16;
        let end = 4 + number::<2>(rest, 2)? as usize;
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, data))
    })
}

fn number<const BYTES: usize>(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at.checked_add(BYTES)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Refuses an .ods file whose repeated cells would take more memory than may be.
pub(super) fn check_ods(package: &Package, limits: &Limits) -> Result<(), Failure> {
    let damaged = |error: String| Failure::Damaged(error);
    let content = package.part("content.xml").unwrap_or_default();
    let content = String::from_utf8_lossy(content);
    let mut reader = Reader::from_str(&content);
    let (mut cells, mut row_repeats, mut width, mut used) = (0_usize, 1, 0_usize, 0);
    loop {
        match reader.read_event().map_err(|error| damaged(error.to_string()))? {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "table:table-row" => {
                    row_repeats = repeats(&tag, "table:number-rows-repeated");
                    (width, used) = (0, 0);
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    width = width.saturating_add(repeats(&tag, "table:number-columns-repeated"));
                    if has(&tag, "office:value-type") || has(&tag, "table:formula") {
                        used = width;
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => {
                let times = if used == 0 { 1 } else { row_repeats };
                cells = cells.saturating_add(used.max(1).saturating_mul(times));
                if cells > limits.cells {
                    return Err(Failure::TooManyCells(None));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> usize {
    let attribute = tag.try_get_attribute(name).ok().flatten();
    attribute.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}

fn has(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.try_get_attribute(name).is_ok_and(|attribute| attribute.is_some())
}
