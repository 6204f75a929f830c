//! One content sent twice: two files, or sheets, whose tables are the same cell for cell.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use super::TableSpec;
use super::build::Source;
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::workbook::CellValue;

/// Tells of copies. Where a key tells rows apart, the rows of a copy are those of the other once more: it is left out.
/// Without one, two may have the same to say: both are kept.
pub(super) fn tell(spec: &TableSpec, sources: &mut Vec<Source<'_>>, problems: &mut Vec<Diagnostic>) {
    if sources.len() < 2 {
        return;
    }
    let left_out = !spec.key.is_empty();
    let digests: Vec<_> = sources.par_iter().map(digest).collect();
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut copies = Vec::new();
    let filled = sources.iter().zip(digests).enumerate().filter(|(_, (source, _))| !source.located.rows.is_empty());
    for (number, (source, digest)) in filled {
        match first.get(&digest).and_then(|other| sources.get(*other)) {
            Some(other) if cells(other).eq(cells(source)) => {
                problems.push(problem::copy(source.at, other.at, source.located.rows.len(), left_out));
                copies.push(number);
            }
            Some(_) => {}
            None => {
                first.insert(digest, number);
            }
        }
    }
    if left_out {
        let mut number = 0;
        sources.retain(|_| {
            number += 1;
            !copies.contains(&(number - 1))
        });
    }
}

/// The cells of a table, its header and titles included, row by row.
fn cells<'a>(source: &'a Source<'_>) -> impl Iterator<Item = &'a CellValue> {
    let located = &source.located;
    let header = (located.extent().0..=located.header.bottom as u32).chain(located.rows.iter().copied());
    header.flat_map(|row| source.sheet.rows.get(row as usize).into_iter().flatten())
}

fn digest(source: &Source<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in cells(source) {
        match cell {
            CellValue::Empty => 0_u8.hash(&mut hasher),
            CellValue::Text(text) | CellValue::Error(text) => text.hash(&mut hasher),
            CellValue::Number(number) => number.to_bits().hash(&mut hasher),
            CellValue::Percent(share) => (2_u8, share.to_bits()).hash(&mut hasher),
            CellValue::Date { year, month, day } => (year, month, day).hash(&mut hasher),
            CellValue::Bool(yes) => yes.hash(&mut hasher),
            CellValue::NotComputed => 1_u8.hash(&mut hasher),
        }
    }
    hasher.finish()
}
