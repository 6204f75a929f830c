//! From a table of the document to set rows: which columns a cell covers, which rules it has, how high rows are.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{
    Align, Block, Border, Cell, CellBorders, CellMargins, Length, RowHeight, Table, TableRow, VerticalMerge,
};

use super::autofit::fitted;
use super::{EdgeRules, SetCell, SetRow, SetTable};
use crate::layout::border::thickness;
use crate::layout::measure::{half, snapped, snapped_positive};
use crate::layout::setter::Setter;
use crate::layout::stack::Stack;
use crate::layout::structure::Role;

/// Eight times as many columns as Word allows; cells beyond stand in the last one.
const MAX_COLUMNS: usize = 504;

/// Sets a table in a column of the given width; `depth` counts the tables around it.
pub(in crate::layout) fn set_table(setter: &mut Setter, table: &Table, width: Length, depth: usize) -> SetTable {
    let mut set = without_rows(setter, table, width);
    setter.tags.open(Role::Table(table.description.clone()));
    set_rows(setter, table, &mut set, 0..table.rows.len(), depth);
    setter.tags.close();
    inherit_shading(&mut set.rows);
    stretch_for_merged_cells(&mut set.rows);
    let page = setter.document.sections.get(setter.section).map(|section| section.page.text_height());
    for row in &mut set.rows {
        row.splits_in_cell = row.may_split || !row.exact && page.is_some_and(|page| row.height > page);
    }
    set
}

/// A table whose rows are not set yet.
pub(super) fn without_rows(setter: &mut Setter, table: &Table, width: Length) -> SetTable {
    let edges = grid_lines(setter, table, width);
    let spacing = snapped_positive(table.spacing);
    let margins = apart(safe(&table.margins), spacing, &EdgeRules::default());
    let row_count = table.rows.len();
    let header_rows = table.rows.iter().take_while(|row| row.header).count();
    let header_rows = if header_rows < row_count { header_rows } else { 0 };
    let free = width - edges.last().copied().unwrap_or_default();
    let left = match table.align {
        Align::Start | Align::Justify | Align::Distribute => snapped(table.indent),
        Align::Center => half(free),
        Align::End => free,
    };
    let CellBorders { top, bottom, left: left_rule, right, .. } = table.borders;
    let apart = (spacing > Length::ZERO).then_some((spacing, EdgeRules { top, bottom, left: left_rule, right }));
    let (rows, rule_below) = (Vec::new(), Length::ZERO);
    SetTable { left, edges, margins, apart, rows, row_count, header_rows, rule_below, float: table.float, ahead: None }
}

/// Sets the next rows of a table.
pub(super) fn set_rows(setter: &mut Setter, table: &Table, set: &mut SetTable, which: Range<usize>, depth: usize) {
    let spacing = snapped_positive(table.spacing);
    let columns = set.edges.len().saturating_sub(1);
    let from = which.start;
    let merges = Merges::of(table.rows.get(which.clone()).unwrap_or_default(), columns);
    let on_grid = setter.document.styles.typography.word.is_some_and(|word| word.grid_in_tables);
    let set_stack = if on_grid { Stack::set_on_grid } else { Stack::set };
    let (edges, rows) = (&set.edges, &mut set.rows);
    rows.reserve(which.len());
    for (at, row) in table.rows.iter().enumerate().take(which.end).skip(from) {
        let mut cells = Vec::with_capacity(row.cells.len());
        setter.tags.open(Role::Row);
        for (place, cell) in row.cells.iter().enumerate() {
            let merge = merges.cell(at - from, place);
            let borders =
                edge_rules(&table.borders, cell, at == 0, at + 1 == table.rows.len(), &merge.columns, columns);
            let borders = if spacing > Length::ZERO { own_rules(&table.borders, cell) } else { borders };
            let own = safe(cell.margins.as_deref().unwrap_or(&table.margins));
            let own = if spacing > Length::ZERO { apart(own, spacing, &borders) } else { own };
            let length = if cell.turned { given_height(table, at, merge.rows_spanned) } else { Length::ZERO };
            let turned = length > Length::ZERO;
            let inner = match turned {
                true => length - own.top - own.bottom,
                false => span(edges, &merge.columns) - own.left - own.right,
            };
            let content = match merge.covered_by {
                Some(_) => Stack::default(),
                None => {
                    let covers = (merge.rows_spanned, merge.columns.len().max(1));
                    let role = if row.header { Role::HeaderCell } else { Role::Cell };
                    let single = matches!(cell.blocks.as_slice(), [Block::Paragraph(_)]);
                    setter.tags.open_cell(role(covers.0, covers.1), single);
                    let content = set_stack(setter, &cell.blocks, inner.max(Length::twips(1)), depth + 1);
                    setter.tags.close();
                    content
                }
            };
            cells.push(SetCell {
                borders,
                margins: own,
                columns: merge.columns,
                rows_spanned: merge.rows_spanned,
                covered_by: merge.covered_by,
                goes_on_below: merge.goes_on_below,
                shading: cell.shading,
                vertical_align: cell.vertical_align,
                turned,
                upright: cell.upright,
                content,
            });
        }
        setter.tags.close();
        let rule_above = match spacing > Length::ZERO {
            // the table's own rule above the first row
            true if rows.is_empty() => table.borders.top.as_ref().map_or(Length::ZERO, thickness),
            true => Length::ZERO,
            false => rule_between(rows.last().map_or(&[], |above| &above.cells), &cells),
        };
        rows.push(set_row(row, cells, rule_above));
    }
    // a header alone at a page's foot is of no use
    rows.iter_mut().take(set.header_rows).for_each(|row| row.keep_next = true);
    if which.end == table.rows.len() {
        set.rule_below = match spacing > Length::ZERO {
            true => table.borders.bottom.as_ref().map_or(Length::ZERO, thickness),
            false => rule_between(rows.last().map_or(&[], |last| &last.cells), &[]),
        };
    }
}

/// The margins of a cell with the space around it and its own rules, which take room from it.
fn apart(margins: CellMargins, spacing: Length, rules: &EdgeRules) -> CellMargins {
    let rule = |rule: &Option<Border>| spacing + rule.as_ref().map_or(Length::ZERO, thickness);
    CellMargins {
        top: margins.top + rule(&rules.top),
        bottom: margins.bottom + rule(&rules.bottom),
        left: margins.left + rule(&rules.left),
        right: margins.right + rule(&rules.right),
    }
}

/// The rules of a cell that stands apart: its own, else those between the table's cells.
fn own_rules(table: &CellBorders, cell: &Cell) -> EdgeRules {
    let own = &cell.borders;
    let (across, down) = (table.inside_horizontal, table.inside_vertical);
    EdgeRules {
        top: own.top.or(across),
        bottom: own.bottom.or(across),
        left: own.left.or(down),
        right: own.right.or(down),
    }
}

fn safe(margins: &CellMargins) -> CellMargins {
    CellMargins {
        top: snapped_positive(margins.top),
        bottom: snapped_positive(margins.bottom),
        left: snapped_positive(margins.left),
        right: snapped_positive(margins.right),
    }
}

/// The grid lines from 0 on. A table without columns gets equal ones over the whole width.
fn grid_lines(setter: &mut Setter, table: &Table, width: Length) -> Vec<Length> {
    let own = if table.autofit { fitted(setter, table) } else { None };
    let table_columns = own.as_deref().unwrap_or(&table.columns);
    let mut edges = vec![Length::ZERO];
    let mut right = Length::ZERO;
    if table.columns.is_empty() {
        let spans = |row: &TableRow| row.cells.iter().fold(0usize, |sum, cell| sum.saturating_add(cell.span.max(1)));
        let columns = table.rows.iter().map(spans).max().unwrap_or(0).clamp(1, MAX_COLUMNS);
        edges.extend((1..=columns).map(|at| width.max(Length::ZERO) * (at as f64 / columns as f64)));
    }
    for column in table_columns.iter().take(MAX_COLUMNS) {
        right += snapped_positive(*column);
        edges.push(right);
    }
    edges
}

/// The height that is given to some rows together.
fn given_height(table: &Table, from: usize, rows: usize) -> Length {
    let rows = table.rows.iter().skip(from).take(rows).filter_map(|row| row.height);
    let height = |height| match height {
        RowHeight::Exact(height) | RowHeight::AtLeast(height) => snapped_positive(height),
    };
    rows.fold(Length::ZERO, |sum, given| sum + height(given))
}

/// Width of some columns.
fn span(edges: &[Length], columns: &Range<usize>) -> Length {
    let edge = |at: usize| edges.get(at).copied().unwrap_or_default();
    edge(columns.end) - edge(columns.start)
}

/// What each cell covers.
struct Merges {
    rows: Vec<Vec<MergedCell>>,
}

#[derive(Clone)]
struct MergedCell {
    columns: Range<usize>,
    rows_spanned: usize,
    covered_by: Option<(usize, usize)>,
    goes_on_below: bool,
}

impl Merges {
    fn of(table: &[TableRow], columns: usize) -> Self {
        let mut rows: Vec<Vec<MergedCell>> = Vec::with_capacity(table.len());
        // merged areas that the row above belongs to, by their first column
        let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (at, row) in table.iter().enumerate() {
            let mut here = Vec::with_capacity(row.cells.len());
            let mut open_here = BTreeMap::new();
            let mut column = 0;
            for (place, cell) in row.cells.iter().enumerate() {
                let start = column.min(columns.saturating_sub(1));
                let end = start.saturating_add(cell.span.max(1)).min(columns);
                column = end;
                let covered_by = match cell.merge {
                    VerticalMerge::Continue => open.get(&start).copied(),
                    VerticalMerge::None | VerticalMerge::Restart => None,
                };
                if let Some((above, place_above)) = covered_by {
                    open_here.insert(start, (above, place_above));
                    if let Some(cell) = rows.get_mut(above).and_then(|row| row.get_mut(place_above)) {
                        cell.rows_spanned += 1;
                    }
                    let above = rows.last_mut().into_iter().flatten();
                    above.filter(|cell| cell.columns.start == start).for_each(|cell| cell.goes_on_below = true);
                } else if cell.merge == VerticalMerge::Restart {
                    open_here.insert(start, (at, place));
                }
                here.push(MergedCell { columns: start..end, rows_spanned: 1, covered_by, goes_on_below: false });
            }
            rows.push(here);
            open = open_here;
        }
        Self { rows }
    }

    fn cell(&self, row: usize, place: usize) -> MergedCell {
        let nothing = MergedCell { columns: 0..0, rows_spanned: 1, covered_by: None, goes_on_below: false };
        self.rows.get(row).and_then(|row| row.get(place)).cloned().unwrap_or(nothing)
    }
}

/// A cell's rules: its own, else the table's for the edge where it stands.
fn edge_rules(
    table: &CellBorders,
    cell: &Cell,
    first: bool,
    last: bool,
    columns: &Range<usize>,
    count: usize,
) -> EdgeRules {
    let own = &cell.borders;
    let (across, down) = (table.inside_horizontal, table.inside_vertical);
    EdgeRules {
        top: own.top.or(if first { table.top } else { across }),
        bottom: own.bottom.or(if last { table.bottom } else { across }),
        left: own.left.or(if columns.start == 0 { table.left } else { down }),
        right: own.right.or(if columns.end >= count { table.right } else { down }),
    }
}

/// Thickness of the thickest rule between two rows.
fn rule_between(above: &[SetCell], below: &[SetCell]) -> Length {
    let bottoms = above.iter().filter(|cell| !cell.goes_on_below).map(|cell| cell.borders.bottom);
    let tops = below.iter().filter(|cell| cell.covered_by.is_none()).map(|cell| cell.borders.top);
    bottoms.chain(tops).flatten().map(|border| thickness(&border)).max().unwrap_or_default()
}

/// Of two rules on one edge the thicker is drawn.
pub(super) fn thicker(one: Option<Border>, other: Option<Border>) -> Option<Border> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if thickness(&other) > thickness(&one) { other } else { one }),
        (one, other) => one.or(other),
    }
    .filter(|border| thickness(border) > Length::ZERO)
}

fn set_row(row: &TableRow, cells: Vec<SetCell>, rule_above: Length) -> SetRow {
    let content = cells.iter().filter(|cell| !cell.is_merged()).map(SetCell::needed).max().unwrap_or_default();
    let height = match row.height {
        None => content,
        Some(RowHeight::AtLeast(least)) => content.max(snapped_positive(least)),
        Some(RowHeight::Exact(height)) => (snapped_positive(height) - rule_above).max(Length::ZERO),
    };
    let has_notes = cells.iter().any(|cell| !cell.content.notes_of(0..cell.content.atoms.len()).is_empty());
    let keep_next = cells.first().is_some_and(|cell| cell.content.keeps_next());
    SetRow {
        cells,
        rule_above,
        height,
        // Word moves a row whole whose height is given; one that its content makes higher goes on like any other
        may_split: !row.keep_whole
            && match row.height {
                None => true,
                Some(RowHeight::AtLeast(least)) => content > snapped_positive(least),
                Some(RowHeight::Exact(_)) => false,
            },
        splits_in_cell: false,
        exact: matches!(row.height, Some(RowHeight::Exact(_))),
        keep_next,
        has_notes,
    }
}

/// Covered cells have the colour of the cell that covers them.
fn inherit_shading(rows: &mut [SetRow]) {
    for at in 0..rows.len() {
        let (above, here) = rows.split_at_mut(at);
        for cell in here.first_mut().into_iter().flat_map(|row| &mut row.cells) {
            let cover = cell.covered_by.and_then(|(row, place)| above.get(row)?.cells.get(place));
            cell.shading = cell.shading.or(cover.and_then(|cover| cover.shading));
        }
    }
}

/// Content of a merged cell that its rows do not hold makes the last of them higher.
fn stretch_for_merged_cells(rows: &mut [SetRow]) {
    for at in 0..rows.len() {
        let Some(row) = rows.get(at) else { return };
        let merged = row.cells.iter().filter(|cell| cell.rows_spanned > 1);
        let needs: Vec<(usize, Length)> = merged.map(|cell| (cell.rows_spanned, cell.needed())).collect();
        for (spanned, needed) in needs {
            let Some([first, others @ ..]) = rows.get_mut(at..at + spanned) else { continue };
            let inner = others.iter().fold(first.height, |sum, row| sum + row.rule_above + row.height);
            if let Some(last) = others.last_mut().filter(|last| needed > inner && !last.exact) {
                last.height += needed - inner;
            }
        }
    }
}
