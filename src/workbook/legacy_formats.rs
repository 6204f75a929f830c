//! Which styles of an .xls file show numbers as percentages (MS-XLS 2.4.126 Format, 2.4.353 XF), and their cells.

use std::collections::HashSet;

use super::Area;
use super::legacy::{FORMULA, MUL_RK, number};
use super::percent::{is_percent_format, is_percent_number};

const XF: u16 = 0x00E0;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BOF: u16 = 0x0809;
/// The version from which on strings may be of two bytes a character.
const BIFF8: u64 = 0x0600;

/// For each style, whether it shows numbers as percentages.
pub(super) fn percent_styles<'a>(globals: impl Iterator<Item = (u16, &'a [u8])>) -> Vec<bool> {
    let mut percents = HashSet::new();
    let mut styles = Vec::new();
    let mut wide = true;
    for (kind, data) in globals {
        match kind {
            BOF => wide = number::<2>(data, 0).is_none_or(|version| version >= BIFF8),
            FORMAT => percents.extend(number::<2>(data, 0).filter(|_| is_percent_format(&format_code(data, wide)))),
            XF => styles.push(number::<2>(data, 2)),
            _ => {}
        }
    }
    let is_percent = |format: u64| percents.contains(&format) || u16::try_from(format).is_ok_and(is_percent_number);
    styles.into_iter().map(|format| format.is_some_and(is_percent)).collect()
}

/// A format's code; of characters beyond Latin-1 only that they are there.
fn format_code(data: &[u8], wide: bool) -> String {
    let (two_bytes, text) =
        if wide { (data.get(4).is_some_and(|flags| flags & 1 != 0), data.get(5..)) } else { (false, data.get(3..)) };
    let text = text.unwrap_or_default();
    if two_bytes {
        let units =
            text.chunks_exact(2).map(|unit| unit.iter().rev().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        text.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The areas of a cell record that are of such a style.
pub(super) fn percents(kind: u16, data: &[u8], percent_styles: &[bool]) -> Vec<Area> {
    let is_percent = |at: usize| {
        let style = number::<2>(data, at).and_then(|style| percent_styles.get(style as usize));
        style.copied().unwrap_or_default()
    };
    let (Some(row), Some(first)) = (number::<2>(data, 0), number::<2>(data, 2)) else { return Vec::new() };
    let cell = |column: u64| {
        let (row, column) = (row as u32, column as u32);
        Area { top: row, left: column, bottom: row, right: column }
    };
    match kind {
        NUMBER | RK | FORMULA if is_percent(4) => vec![cell(first)],
        // A style and a number of four bytes for each, then the last column.
        MUL_RK => {
            let cells = (first..).zip((4..data.len().saturating_sub(2)).step_by(6));
            cells.filter(|(_, at)| is_percent(*at)).map(|(column, _)| cell(column)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A style of the format 9, 164 and 165, after the formats themselves.
    fn styles(version: u16, formats: [&[u8]; 2]) -> Vec<bool> {
        let format = |number: u16, code: &[u8]| (FORMAT, [&number.to_le_bytes(), code].concat());
        let style = |format: u8| (XF, vec![0, 0, format, 0, 0, 0]);
        let mut records = vec![(BOF, version.to_le_bytes().to_vec())];
        records.extend([format(164, formats[0]), format(165, formats[1]), style(0), style(9), style(164), style(165)]);
        percent_styles(records.iter().map(|(kind, data)| (*kind, data.as_slice())))
    }

    #[test]
    fn formats_are_read_in_one_byte_and_in_two_and_in_the_files_of_excel_5() {
        let wide = [&[4, 0, 1][..], &"约0.%".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
        assert_eq!(styles(0x0600, [b"\x04\0\x000.0%", &wide]), [false, true, true, true]);
        assert_eq!(styles(0x0500, [b"\x040.0%", b"\x040.00"]), [false, true, true, false]);
    }

    #[test]
    fn a_record_of_several_numbers_tells_each_and_a_short_one_none() {
        let styles = [false, true];
        let numbers = |styles: [u8; 3]| {
            let cells = styles.iter().flat_map(|style| [*style, 0, 7, 7, 7, 7]);
            [2, 0, 5, 0].into_iter().chain(cells).chain([7, 0]).collect::<Vec<u8>>()
        };
        let columns = |data: &[u8]| {
            percents(MUL_RK, data, &styles).iter().map(|area| (area.top, area.left, area.right)).collect::<Vec<_>>()
        };
        assert_eq!(columns(&numbers([1, 0, 1])), [(2, 5, 5), (2, 7, 7)]);
        assert_eq!(columns(&[2, 0, 5]), []);
        assert_eq!(columns(&[2, 0, 5, 0, 1]), []);
    }
}
