//! What surrounds the cells of an xlsb sheet (MS-XLSB), and the results of formulas that are errors, which calamine
//! passes over.

use std::collections::HashSet;

use super::cell_album::Album;
use super::outline::Outline;
use super::package::Package;
use super::percent::{is_percent_format, is_percent_number};
use super::pictures;
use super::{Area, CellValue};

const ROW_HEADER: u16 = 0;
const CELL_RK: u16 = 2;
const CELL_ERROR: u16 = 3;
const CELL_REAL: u16 = 5;
const FORMULA_NUMBER: u16 = 9;
const FORMULA_ERROR: u16 = 11;
const NUMBER_FORMAT: u16 = 44;
const CELL_FORMAT: u16 = 47;
const COLUMN_INFO: u16 = 60;
const BUNDLE_SHEET: u16 = 156;
const MERGED: u16 = 176;
const CELL_FORMATS: u16 = 617;
const END_OF_CELL_FORMATS: u16 = 618;
/// The code of `#N/A`.
const NOT_AVAILABLE: u8 = 0x2A;

/// The outlines of a workbook's sheets of every kind, in the workbook's order, and the package as calamine wants it, if
/// it is not so already.
pub(super) fn outlines(package: &Package) -> (Vec<Outline>, Option<Package>) {
    let main = package.main_part().unwrap_or_else(|| "xl/workbook.bin".to_owned());
    let relations = package.relations(&main);
    let percent_styles = percent_styles(package.part("xl/styles.bin").unwrap_or_default());
    let mut outlines = Vec::new();
    let mut unknown_errors = false;
    for record in records(package.part(&main).unwrap_or_default()) {
        // Sheets without a part are none.
        let Some(id) = (record.kind == BUNDLE_SHEET).then(|| record.text(8)).flatten() else { continue };
        let relation = relations.iter().find(|relation| relation.id == id);
        let part = relation.and_then(|relation| package.part(&relation.target)).unwrap_or_default();
        let mut outline = outline(part, &percent_styles);
        if let Some(relation) = relation {
            outline.pictures = pictures::of_sheet(package, &relation.target, &[], &Album::default(), &outline.merged);
        }
        outlines.push(outline);
        unknown_errors |= records(part).any(|record| record.unknown_error().is_some());
    }
    let is_whole = package.parts().all(|(name, part)| !is_binary(name) || whole_records(part).len() == part.len());
    let mended = (unknown_errors || !is_whole).then(|| package.with(mended));
    (outlines, mended)
}

fn is_binary(name: &str) -> bool {
    name.ends_with(".bin")
}

/// A part up to the first record that claims more bytes than there are: calamine makes room for as many as are claimed.
fn whole_records(part: &[u8]) -> &[u8] {
    let end = records(part).last().map_or(0, |record| record.at + record.data.len());
    part.get(..end).unwrap_or(part)
}

/// A part as calamine wants it; nothing if it is so already.
fn mended(name: &str, part: &[u8]) -> Option<Vec<u8>> {
    let whole = is_binary(name).then(|| whole_records(part))?;
    with_known_errors(whole).or_else(|| (whole.len() < part.len()).then(|| whole.to_vec()))
}

/// For each style of cells, whether it shows numbers as percentages.
fn percent_styles(part: &[u8]) -> Vec<bool> {
    let number = |record: &Record<'_>, at: usize| record.data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes);
    let mut percents = HashSet::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    for record in records(part) {
        match record.kind {
            NUMBER_FORMAT => {
                percents
                    .extend(number(&record, 0).filter(|_| record.text(2).is_some_and(|code| is_percent_format(&code))));
            }
            CELL_FORMATS => in_cell_formats = true,
            END_OF_CELL_FORMATS => break,
            CELL_FORMAT if in_cell_formats => {
                let format = number(&record, 2);
                styles.push(format.is_some_and(|format| is_percent_number(format) || percents.contains(&format)));
            }
            _ => {}
        }
    }
    styles
}

fn outline(part: &[u8], percent_styles: &[bool]) -> Outline {
    let mut outline = Outline::default();
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let mut row = 0;
    for record in records(part) {
        let number = |at| record.number(at);
        match record.kind {
            ROW_HEADER => {
                row = number(0).unwrap_or(row);
                // fDyZero, and no height.
                let hidden = record.data.get(11).is_some_and(|flags| flags & 0x10 != 0);
                if hidden || record.data.get(8..10) == Some(&[0, 0]) {
                    rows.push((row, row));
                }
            }
            COLUMN_INFO => {
                let hidden = record.data.get(16).is_some_and(|flags| flags & 1 != 0) || number(8) == Some(0);
                columns.extend(number(0).zip(number(4)).filter(|_| hidden));
            }
            MERGED => {
                if let [Some(top), Some(bottom), Some(left), Some(right)] = [0, 4, 8, 12].map(number) {
                    outline.merged.push(Area { top, left, bottom, right });
                }
            }
            CELL_RK | CELL_REAL | FORMULA_NUMBER => {
                // Three bytes; the fourth holds flags.
                let style = number(4).map(|style| style as usize & 0xFF_FFFF);
                if let (Some(column), Some(true)) = (number(0), style.and_then(|style| percent_styles.get(style))) {
                    outline.percents.push(Area { top: row, left: column, bottom: row, right: column });
                }
            }
            CELL_ERROR | FORMULA_ERROR => {
                if let (Some(column), Some(code)) = (number(0), record.data.get(8)) {
                    outline.errors.push((row, column, CellValue::Error(error_name(*code).into())));
                }
            }
            _ => {}
        }
    }
    outline.merged.retain(|area| area.top <= area.bottom && area.left <= area.right);
    outline.hidden_rows = rows.into_iter().collect();
    outline.hidden_columns = columns.into_iter().collect();
    outline
}

fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        0x2D => "#SPILL!",
        0x2E => "#CONNECT!",
        0x2F => "#BLOCKED!",
        0x31 => "#FIELD!",
        0x32 => "#CALC!",
        0x2A => "#N/A",
        _ => "#UNKNOWN!",
    }
}

/// The part with the codes of errors that calamine does not know made into one that it does; nothing if there are none.
fn with_known_errors(part: &[u8]) -> Option<Vec<u8>> {
    let unknown: Vec<_> = records(part).filter_map(|record| record.unknown_error()).collect();
    let mut mended = part.to_vec();
    for at in &unknown {
        *mended.get_mut(*at)? = NOT_AVAILABLE;
    }
    (!unknown.is_empty()).then_some(mended)
}

/// A record, and where its data begins in its part.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    at: usize,
}

impl Record<'_> {
    fn number(&self, at: usize) -> Option<u32> {
        self.data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A text with its length in front of it.
    fn text(&self, at: usize) -> Option<String> {
        let length = (self.number(at)? as usize).checked_mul(2)?;
        let units = self.data.get(at + 4..(at + 4).checked_add(length)?)?.chunks_exact(2);
        let units = units.filter_map(|unit| unit.try_into().ok().map(u16::from_le_bytes));
        Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    /// Where the code of an error stands that calamine does not know.
    fn unknown_error(&self) -> Option<usize> {
        let known = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B];
        (self.kind == CELL_ERROR && !known.contains(self.data.get(8)?)).then_some(self.at + 8)
    }
}

fn records(part: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let kind = variable(part, &mut at, 2)?;
        let length = variable(part, &mut at, 4)? as usize;
        let data = part.get(at..at.checked_add(length)?)?;
        let record = Record { kind: kind as u16, data, at };
        at += length;
        Some(record)
    })
}

/// A number of seven bits a byte.
fn variable(part: &[u8], at: &mut usize, most: u32) -> Option<u32> {
    let mut number = 0;
    for place in 0..most {
        let byte = *part.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_claims_more_than_there_is_ends_its_part() {
        // Of 2 and of 200,000,000 bytes.
        let part = [0x01, 0x02, 7, 7, 0x01, 0x80, 0x84, 0xAF, 0x5F, 7];
        assert_eq!(mended("xl/workbook.bin", &part).as_deref(), Some(&part[..4]));
        assert_eq!(mended("xl/workbook.bin", &part[..4]), None);
        assert_eq!(mended("xl/_rels/workbook.bin.rels", &part), None);
    }
}
