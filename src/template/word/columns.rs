//! Tables whose columns repeat: which tables those are, and how their grid, the widths of their cells and the merged
//! cells above follow the number of columns that a merge gives.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::{Block, Placer};
use super::edits::{Edits, Rank};
use super::tree::{Id, Tree};

/// Word opens no table of more columns.
pub(super) const MOST_COLUMNS: usize = 63;
/// Tells, until the table is fitted, which cells stand in repeated columns. No document has such an attribute.
const SIGN: &str = "w:huibao";

/// A table whose columns repeat.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The columns of the template's grid that repeat.
    zones: Vec<Range<usize>>,
    /// The cells in them, each with its zone and its width.
    repeated: Vec<(Id, usize, i64)>,
    /// The cells that lie over whole zones, and over which.
    over: Vec<(Id, Vec<usize>)>,
}

impl Columns {
    /// Signs the cells, but for those that go; gives the zones as a mark tells them.
    pub(super) fn sign(&self, tree: &Tree, gone: &BTreeSet<Id>, edits: &mut Edits) -> String {
        let mut sign = |cell: Id, text: String| {
            let at = tree.start_tag(cell).start + "<w:tc".len();
            edits.insert(at, Rank::Begins, format!(" {SIGN}=\"{text}\""));
        };
        for (cell, zone, width) in self.repeated.iter().filter(|(cell, ..)| !gone.contains(cell)) {
            sign(*cell, format!("each {zone} {width}"));
        }
        for (cell, zones) in &self.over {
            let zones: Vec<String> = zones.iter().map(usize::to_string).collect();
            sign(*cell, format!("over {}", zones.join(" ")));
        }
        let zones: Vec<String> = self.zones.iter().map(|zone| format!("{}-{}", zone.start, zone.end)).collect();
        zones.join(",")
    }
}

/// A cell and the columns of the grid that it takes up.
type Placed = (Id, Range<usize>);

fn number(tree: &Tree, id: Id, attribute: &str) -> Option<i64> {
    tree.value(id, attribute)?.parse().ok()
}

fn span(tree: &Tree, cell: Id) -> usize {
    let look = tree.child(cell, "w:tcPr").and_then(|look| tree.child(look, "w:gridSpan"));
    let span = look.and_then(|span| number(tree, span, "w:val")).and_then(|span| usize::try_from(span).ok());
    span.unwrap_or(1).clamp(1, MOST_COLUMNS)
}

/// The cells of a row and their columns.
fn placed(tree: &Tree, row: Id) -> Vec<Placed> {
    let look = tree.child(row, "w:trPr").and_then(|look| tree.child(look, "w:gridBefore"));
    let before = look.and_then(|before| number(tree, before, "w:val")).and_then(|before| usize::try_from(before).ok());
    let mut at = before.unwrap_or_default().min(MOST_COLUMNS);
    let cells = tree.within(row).filter(|&id| tree.name(id) == "w:tc" && tree.around(id, "w:tr") == Some(row));
    let place = |cell| {
        let from = at;
        at += span(tree, cell);
        (cell, from..at)
    };
    cells.map(place).collect()
}

fn rows(tree: &Tree, table: Id) -> impl Iterator<Item = Id> + '_ {
    tree.within(table).filter(move |&id| tree.name(id) == "w:tr" && tree.around(id, "w:tbl") == Some(table))
}

/// The columns of a table's grid: each `w:gridCol` and its width.
fn grid(tree: &Tree, table: Id) -> Vec<(Id, i64)> {
    let columns = tree.child(table, "w:tblGrid").into_iter().flat_map(|grid| tree.children(grid));
    let columns = columns.filter(|&id| tree.name(id) == "w:gridCol");
    columns.map(|id| (id, number(tree, id, "w:w").unwrap_or_default().max(0))).collect()
}

impl Placer<'_> {
    /// Tables whose columns repeat: at least two of their rows have blocks over the same cells, and every other row of
    /// several cells has one that lies over all of those.
    pub(super) fn column_tables(&self, blocks: &[Block]) -> BTreeMap<Id, Columns> {
        let tree = self.tree;
        let mut looped: BTreeMap<Id, BTreeMap<Id, Vec<(Id, Id)>>> = BTreeMap::new();
        for block in blocks {
            let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { continue };
            let cell = |tag| tree.around(self.holder(tag), "w:tc");
            let (Some(from), Some(to)) = (cell(open), cell(close)) else { continue };
            let (row, table) = (tree.around(from, "w:tr"), tree.around(from, "w:tbl"));
            if let (Some(row), Some(table)) = (row, table)
                && from != to
                && tree.around(to, "w:tr") == Some(row)
            {
                looped.entry(table).or_default().entry(row).or_default().push((from, to));
            }
        }
        let columns = looped.into_iter().filter(|(_, rows)| rows.len() > 1);
        columns.filter_map(|(table, rows)| Some((table, self.columns(table, &rows)?))).collect()
    }

    fn columns(&self, table: Id, looped: &BTreeMap<Id, Vec<(Id, Id)>>) -> Option<Columns> {
        let tree = self.tree;
        let widths = grid(tree, table);
        let mut columns = Columns::default();
        let mut others: Vec<Vec<Placed>> = Vec::new();
        for row in rows(tree, table) {
            let cells = placed(tree, row);
            let Some(blocks) = looped.get(&row) else {
                others.push(cells);
                continue;
            };
            let place = |wanted: Id| cells.iter().find(|(cell, _)| *cell == wanted).map(|(_, columns)| columns.clone());
            let ranges = blocks.iter().filter_map(|(from, to)| Some(place(*from)?.start..place(*to)?.end));
            let zones = united(ranges.collect());
            if columns.zones.is_empty() {
                columns.zones.clone_from(&zones);
            }
            // Blocks over other cells repeat rows.
            let same = zones.len() == columns.zones.len();
            if !same || !zones.iter().zip(&columns.zones).all(|(one, other)| one.start == other.start) {
                return None;
            }
            for (known, zone) in columns.zones.iter_mut().zip(&zones) {
                known.end = known.end.max(zone.end);
            }
            for (cell, place) in cells {
                let Some(zone) = zones.iter().position(|zone| zone.contains(&place.start)) else { continue };
                let width = widths.get(place).unwrap_or_default().iter().map(|(_, width)| width).sum();
                columns.repeated.push((cell, zone, width));
            }
        }
        for cells in others {
            let lies_over = |(cell, place): &Placed| {
                let covers = |zone: &Range<usize>| place.start <= zone.start && zone.end <= place.end;
                let zones: Vec<usize> = (0..columns.zones.len()).filter(|&at| covers(&columns.zones[at])).collect();
                (!zones.is_empty()).then_some((*cell, zones))
            };
            let over: Vec<_> = cells.iter().filter_map(lies_over).collect();
            let covered = over.iter().map(|(_, zones)| zones.len()).sum::<usize>() == columns.zones.len();
            if cells.len() > 1 && !covered {
                return None;
            }
            columns.over.extend(over);
        }
        Some(columns)
    }
}

/// Ranges in order, those that overlap made one.
fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut united: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match united.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => united.push(range),
        }
    }
    united
}

/// A merged table fitted to the number of its columns, which is told besides; `zones` are as `Columns::sign` gave them.
/// Nothing if there is no table.
pub(super) fn fit(xml: &str, zones: &str) -> Option<(String, usize)> {
    let zone = |text: &str| {
        let (from, to) = text.split_once('-')?;
        Some(from.parse().ok()?..to.parse().ok()?)
    };
    let zones: Vec<Range<usize>> = zones.split(',').map(zone).collect::<Option<_>>()?;
    let tree = Tree::read(xml.as_bytes().to_vec()).ok()?;
    let table = tree.ids().find(|&id| tree.name(id) == "w:tbl")?;
    let mut edits = Edits::default();
    let fitted = Fitted::of(&tree, table, &zones);
    fitted.grid(&mut edits);
    let mut most = 0;
    for row in rows(&tree, table) {
        most = most.max(fitted.row(row, &mut edits));
    }
    Some((edits.into_text(xml), most))
}

/// A repeated cell of a merged table: its zone, its width in the template, and how many columns it takes up.
fn repeated(tree: &Tree, cell: Id) -> Option<(usize, i64, usize)> {
    let (zone, width) = tree.value(cell, SIGN)?.strip_prefix("each ")?.split_once(' ')?;
    Some((zone.parse().ok()?, width.parse().ok()?, span(tree, cell)))
}

struct Fitted<'a> {
    tree: &'a Tree,
    table: Id,
    zones: &'a [Range<usize>],
    /// For each zone the widths of the columns that it has now.
    widths: Vec<Vec<i64>>,
}

impl<'a> Fitted<'a> {
    fn of(tree: &'a Tree, table: Id, zones: &'a [Range<usize>]) -> Self {
        let old = grid(tree, table);
        let mut widths = Vec::new();
        for (number, zone) in zones.iter().enumerate() {
            // The row with most cells says how many columns there are, and how wide they are beside each other.
            let weights = rows(tree, table).map(|row| {
                let cells = placed(tree, row).into_iter().filter_map(|(cell, _)| repeated(tree, cell));
                let cells = cells.filter(|(own, ..)| *own == number);
                cells.flat_map(|(_, width, span)| vec![width / span as i64; span]).collect::<Vec<i64>>()
            });
            let weights = weights.max_by_key(Vec::len).unwrap_or_default();
            let total = old.get(zone.clone()).unwrap_or_default().iter().map(|(_, width)| width).sum();
            widths.push(shared(total, &weights));
        }
        Self { tree, table, zones, widths }
    }

    /// The grid has the columns that there are now.
    fn grid(&self, edits: &mut Edits) {
        let old = grid(self.tree, self.table);
        for (zone, widths) in self.zones.iter().zip(&self.widths) {
            let Some(columns) = old.get(zone.clone()) else { continue };
            let Some((first, _)) = columns.first() else { continue };
            let new: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
            edits.insert(self.tree.outer(*first).start, Rank::Begins, new);
            columns.iter().for_each(|(column, _)| edits.delete(self.tree.outer(*column)));
        }
    }

    /// Fits the cells of a row; gives how many columns it has.
    fn row(&self, row: Id, edits: &mut Edits) -> usize {
        let tree = self.tree;
        let mut filled = vec![0; self.zones.len()];
        let cells = placed(tree, row);
        let last: Vec<_> = (0..self.zones.len())
            .map(|zone| cells.iter().rev().find(|(cell, _)| repeated(tree, *cell).is_some_and(|(own, ..)| own == zone)))
            .collect();
        let mut columns = 0;
        for placed @ (cell, place) in &cells {
            let Some(sign) = tree.value(*cell, SIGN) else {
                columns += place.len();
                continue;
            };
            if let Some(sign) = tree.whole_attribute(*cell, SIGN) {
                edits.delete(sign);
            }
            if let Some((zone, _, span)) = repeated(tree, *cell)
                && let (Some(widths), Some(from)) = (self.widths.get(zone), filled.get_mut(zone))
            {
                // A row with fewer cells, such as that of an `else`, is filled by its last one.
                let is_last = last.get(zone).copied().flatten() == Some(placed);
                let new = if is_last { widths.len().saturating_sub(*from).max(span) } else { span };
                let width: i64 = widths.get(*from..*from + new).unwrap_or_default().iter().sum();
                *from += new;
                columns += new;
                set_span(tree, *cell, new, edits);
                set_width(tree, *cell, width, edits);
                continue;
            }
            let zones: Vec<usize> = sign.split(' ').filter_map(|zone| zone.parse().ok()).collect();
            let old: usize = zones.iter().filter_map(|&zone| self.zones.get(zone)).map(Range::len).sum();
            let new: usize = zones.iter().filter_map(|&zone| self.widths.get(zone)).map(Vec::len).sum();
            match place.len().saturating_sub(old) + new {
                0 => edits.delete(tree.outer(*cell)),
                new => {
                    columns += new;
                    set_span(tree, *cell, new, edits);
                }
            }
        }
        columns
    }
}

/// A width shared out by weights; all of it is given away.
fn shared(total: i64, weights: &[i64]) -> Vec<i64> {
    let even = weights.iter().all(|weight| *weight <= 0);
    let weight = |weight: &i64| if even { 1 } else { (*weight).max(0) };
    let sum: i64 = weights.iter().map(weight).sum();
    let (mut before, mut given) = (0, 0);
    let share = |one: &i64| {
        before += weight(one);
        let until = (total as i128 * before as i128 / sum.max(1) as i128) as i64;
        let width = until - given;
        given = until;
        width
    };
    weights.iter().map(share).collect()
}

fn set_span(tree: &Tree, cell: Id, new: usize, edits: &mut Edits) {
    if new == span(tree, cell) {
        return;
    }
    let own = format!("<w:gridSpan w:val=\"{new}\"/>");
    let Some(look) = tree.child(cell, "w:tcPr") else {
        return edits.insert(tree.start_tag(cell).end, Rank::Begins, format!("<w:tcPr>{own}</w:tcPr>"));
    };
    if let Some(known) = tree.child(look, "w:gridSpan") {
        return edits.replace(tree.outer(known), own);
    }
    let before = tree.children(look).filter(|&id| matches!(tree.name(id), "w:cnfStyle" | "w:tcW")).last();
    match before {
        Some(before) => edits.insert(tree.outer(before).end, Rank::Ends, own),
        None if tree.inner(look).is_empty() => edits.replace(tree.outer(look), format!("<w:tcPr>{own}</w:tcPr>")),
        None => edits.insert(tree.inner(look).start, Rank::Begins, own),
    }
}

/// Sets a width that is told in twentieths of a point; others are for the word processor to work out.
fn set_width(tree: &Tree, cell: Id, width: i64, edits: &mut Edits) {
    let known = tree.child(cell, "w:tcPr").and_then(|look| tree.child(look, "w:tcW"));
    if let Some(known) = known.filter(|&id| tree.value(id, "w:type") == Some("dxa") && width > 0)
        && let Some(value) = tree.attribute(known, "w:w")
    {
        edits.replace(value, width.to_string());
    } else if let Some(known) = known.filter(|&id| tree.value(id, "w:type") == Some("pct")) {
        edits.replace(
            tree.outer(known),
            format!("<w:tcW w:w=\"{}\" w:type=\"{}\"/>", width, if width > 0 { "dxa" } else { "auto" }),
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_of_a_width_is_shared_out(total in 0_i64..40_000, weights in prop::collection::vec(0_i64..5_000, 1..20)) {
            let shares = shared(total, &weights);
            prop_assert_eq!(shares.len(), weights.len());
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            prop_assert!(shares.iter().all(|share| *share >= 0));
        }
    }
}
