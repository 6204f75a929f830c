//! The rows of a table that stand on one page become items: colours, content, rules.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Border, Length, VerticalAlign};
use crate::layout::border::{self, Way};
use crate::layout::draw::Canvas;
use crate::layout::measure::{half, points};

use super::grid::thicker;
use super::{EdgeRules, Piece, SetCell, SetTable, Stretch};

/// How much of each merged cell's content stands on earlier pages, by the cell's row and place.
pub(in crate::layout) type Progress = BTreeMap<(usize, usize), usize>;

/// The pieces of a table on one page.
struct Fragment<'a> {
    table: &'a SetTable,
    pieces: &'a [Piece],
    /// The table's left edge on the page.
    left: Length,
}

impl SetTable {
    /// Draws the pieces of one page; `x` is the column's left edge.
    pub fn draw(&self, canvas: &mut Canvas, pieces: &[Piece], x: Length, progress: &mut Progress) {
        let fragment = Fragment { table: self, pieces, left: x + self.left };
        fragment.shading(canvas);
        fragment.content(canvas);
        fragment.merged_content(canvas, progress);
        match &self.apart {
            Some((spacing, outer)) => fragment.rules_apart(canvas, *spacing, outer),
            None => {
                fragment.rules_across(canvas);
                fragment.rules_down(canvas);
            }
        }
    }

    /// Draws all of a table that is not parted.
    pub fn draw_all(&self, canvas: &mut Canvas, x: Length, y: Length) {
        let rows = self.rows.iter().enumerate();
        self.draw_rows(canvas, rows.map(|(row, set)| Stretch { row, from: Length::ZERO, to: set.height }), x, y);
    }

    /// Draws some rows, the first one's rule at `y` if all of it is there: a table in a cell.
    pub fn draw_rows(&self, canvas: &mut Canvas, rows: impl Iterator<Item = Stretch>, x: Length, y: Length) {
        let mut top = y;
        let mut first = None;
        let pieces = rows.filter_map(|stretch| {
            first.get_or_insert(stretch.row);
            let rule = self.rows.get(stretch.row)?.rule_above;
            let piece = self.stretch(&stretch)?;
            // what goes on needs no rule above
            top = if piece.begins { top } else { top - rule };
            let piece = Piece { top, ..piece };
            top += rule + piece.height;
            Some(piece)
        });
        let pieces: Vec<Piece> = pieces.collect();
        let first = first.unwrap_or_default();
        // what began on an earlier page was drawn there
        let mut progress: Progress = pieces
            .iter()
            .filter_map(|piece| self.rows.get(piece.row))
            .flat_map(|row| &row.cells)
            .filter_map(|cell| cell.covered_by)
            .filter(|(row, _)| *row < first)
            .map(|cell| (cell, usize::MAX))
            .collect();
        self.draw(canvas, &pieces, x, &mut progress);
    }
}

impl<'a> Fragment<'a> {
    fn cells(&self, piece: &Piece) -> &'a [SetCell] {
        self.table.rows.get(piece.row).map_or(&[], |row| &row.cells)
    }

    fn edge(&self, at: usize) -> Length {
        self.left + self.table.edges.get(at).copied().unwrap_or_default()
    }

    fn rule_above(&self, piece: &Piece) -> Length {
        self.table.rows.get(piece.row).map_or(Length::ZERO, |row| row.rule_above)
    }

    fn bottom(&self, piece: &Piece) -> Length {
        piece.top + self.rule_above(piece) + piece.height
    }

    fn shading(&self, canvas: &mut Canvas) {
        for piece in self.pieces {
            for cell in self.cells(piece) {
                if let Some(color) = cell.shading {
                    let space = self.table.apart.as_ref().map_or(Length::ZERO, |(space, _)| *space);
                    let (left, right) = (self.edge(cell.columns.start), self.edge(cell.columns.end));
                    let (top, bottom) = self.across_rows(piece, cell);
                    canvas.fill(left + space, top + space, right - space, bottom - space, color);
                }
            }
        }
    }

    /// Top and bottom of a cell in a piece: the rule above belongs to cells that share their edges.
    fn across_rows(&self, piece: &Piece, cell: &SetCell) -> (Length, Length) {
        if self.table.apart.is_none() {
            return (piece.top, self.bottom(piece));
        }
        // one box around all rows that a cell covers
        let last = self.pieces.iter().rfind(|last| last.row < piece.row + cell.rows_spanned).unwrap_or(piece);
        (piece.top + self.rule_above(piece), self.bottom(last))
    }

    /// The rules of cells that stand apart, and those around the table.
    fn rules_apart(&self, canvas: &mut Canvas, space: Length, outer: &EdgeRules) {
        for piece in self.pieces {
            for cell in self.cells(piece).iter().filter(|cell| cell.covered_by.is_none()) {
                let (top, bottom) = self.across_rows(piece, cell);
                let (left, right) = (self.edge(cell.columns.start), self.edge(cell.columns.end));
                frame(canvas, &cell.borders, (left + space, top + space), (right - space, bottom - space));
            }
        }
        if let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) {
            let bottom = self.bottom(last) + self.table.rule_under(last.row);
            let right = self.edge(self.table.edges.len().saturating_sub(1));
            frame(canvas, outer, (self.left, first.top), (right, bottom));
        }
    }

    fn content(&self, canvas: &mut Canvas) {
        let repeats = canvas.repeats;
        for piece in self.pieces {
            let exact = self.table.rows.get(piece.row).is_some_and(|row| row.exact);
            for (cell, atoms) in self.cells(piece).iter().zip(&piece.atoms) {
                let top = piece.top + self.rule_above(piece) + cell.margins.top;
                let bottom = self.bottom(piece) - cell.margins.bottom;
                let visible = if exact { cell.content.beginning_within(bottom - top) } else { usize::MAX };
                let atoms = atoms.start..atoms.end.min(visible);
                canvas.repeats |= piece.repeated;
                self.cell(canvas, cell, atoms, piece.begins && piece.ends, (top, bottom));
                canvas.repeats = repeats;
            }
        }
    }

    /// The content of cells that cover several rows, as far as these stand on this page.
    fn merged_content(&self, canvas: &mut Canvas, progress: &mut Progress) {
        let mut areas: BTreeMap<(bool, usize, usize), (&Piece, &Piece)> = BTreeMap::new();
        for piece in self.pieces {
            for (place, cell) in self.cells(piece).iter().enumerate().filter(|(_, cell)| cell.is_merged()) {
                let (row, place) = cell.covered_by.unwrap_or((piece.row, place));
                areas.entry((piece.repeated, row, place)).or_insert((piece, piece)).1 = piece;
            }
        }
        for ((repeated, row, place), (first, last)) in areas {
            let Some(cell) = self.table.rows.get(row).and_then(|row| row.cells.get(place)) else { continue };
            let top = first.top + self.rule_above(first) + cell.margins.top;
            let bottom = self.bottom(last) - cell.margins.bottom;
            let whole = cell.content.atoms.len();
            let from = if repeated { 0 } else { progress.get(&(row, place)).copied().unwrap_or(0).min(whole) };
            let finished = last.row + 1 >= row + cell.rows_spanned && last.ends;
            let to = if finished { whole } else { from + cell.content.fitting(from, bottom - top) };
            if !repeated {
                progress.insert((row, place), to);
            }
            let repeats = canvas.repeats;
            canvas.repeats |= repeated;
            self.cell(canvas, cell, from..to, from == 0 && finished, (top, bottom));
            canvas.repeats = repeats;
        }
    }

    /// A cell's content between top and bottom; only content that stands there whole is aligned.
    fn cell(
        &self,
        canvas: &mut Canvas,
        cell: &SetCell,
        atoms: Range<usize>,
        whole: bool,
        (top, bottom): (Length, Length),
    ) {
        let x = self.edge(cell.columns.start) + cell.margins.left;
        if cell.turned {
            // what is above for turned lines is at the right
            let (left, right) = (x, self.edge(cell.columns.end) - cell.margins.right);
            let free = (right - left - cell.content.height).max(Length::ZERO);
            let right = match cell.vertical_align {
                VerticalAlign::Top => right,
                VerticalAlign::Center => right - half(free),
                VerticalAlign::Bottom => right - free,
            };
            let mut own = Canvas { page: canvas.page, area: canvas.area, repeats: canvas.repeats, ..Canvas::default() };
            cell.content.draw(&mut own, atoms, Length::ZERO, Length::ZERO);
            return canvas.take_turned(own, points(right), points(top), cell.upright);
        }
        if !whole {
            return cell.content.draw(canvas, atoms, x, top);
        }
        let free = (bottom - top - cell.content.height).max(Length::ZERO);
        let y = match cell.vertical_align {
            VerticalAlign::Top => top,
            VerticalAlign::Center => top + half(free),
            VerticalAlign::Bottom => top + free,
        };
        let first = cell.content.atoms.get(atoms.start).map_or(Length::ZERO, |first| first.top);
        cell.content.draw(canvas, atoms, x, y + first);
    }

    /// The cell of a piece at each column.
    fn by_column(&self, piece: &Piece) -> Vec<Option<&'a SetCell>> {
        let mut columns = vec![None; self.table.edges.len().saturating_sub(1)];
        for cell in self.cells(piece) {
            for place in columns.get_mut(cell.columns.clone()).into_iter().flatten() {
                *place = Some(cell);
            }
        }
        columns
    }

    /// The rules above, between and below the rows.
    fn rules_across(&self, canvas: &mut Canvas) {
        let mut above: Option<(&Piece, Vec<Option<&SetCell>>)> = None;
        for piece in self.pieces {
            let below = self.by_column(piece);
            let follows = above.as_ref().is_some_and(|(above, _)| above.row + 1 == piece.row && above.ends);
            let rule = |column: usize| {
                let upper = above.as_ref().and_then(|(_, cells)| cells.get(column).copied().flatten());
                let lower = below.get(column).copied().flatten();
                if follows && lower.is_some_and(|cell| cell.covered_by.is_some()) {
                    return None;
                }
                thicker(upper.and_then(|cell| cell.borders.bottom), lower.and_then(|cell| cell.borders.top))
            };
            self.across(canvas, piece.top + half(self.rule_above(piece)), rule);
            above = Some((piece, below));
        }
        if let Some((last, cells)) = above {
            let y = self.bottom(last) + half(self.table.rule_under(last.row));
            self.across(canvas, y, |column| {
                let rule = cells.get(column).copied().flatten().and_then(|cell| cell.borders.bottom);
                thicker(rule, None)
            });
        }
    }

    /// One horizontal edge: equal rules of neighbouring columns are one.
    fn across(&self, canvas: &mut Canvas, y: Length, rule: impl Fn(usize) -> Option<Border>) {
        let columns: Vec<(usize, Option<Border>)> =
            (0..self.table.edges.len().saturating_sub(1)).map(|column| (column, rule(column))).collect();
        for run in columns.chunk_by(|one, next| one.1 == next.1) {
            if let [(first, Some(border)), ..] = run {
                let way = Way::Across { from: self.edge(*first), to: self.edge(first + run.len()), y };
                border::draw(&mut canvas.items, border, way);
            }
        }
    }

    /// The rules beside and between the cells.
    fn rules_down(&self, canvas: &mut Canvas) {
        let pieces: Vec<(&Piece, Vec<Option<&SetCell>>)> =
            self.pieces.iter().map(|piece| (piece, self.by_column(piece))).collect();
        for at in 0..self.table.edges.len() {
            let rule = |cells: &[Option<&SetCell>]| {
                let left = at.checked_sub(1).and_then(|column| cells.get(column).copied().flatten());
                let right = cells.get(at).copied().flatten();
                match (left, right) {
                    (Some(left), Some(right)) if left.columns == right.columns => None,
                    _ => thicker(left.and_then(|cell| cell.borders.right), right.and_then(|cell| cell.borders.left)),
                }
            };
            let rules: Vec<(&Piece, Option<Border>)> =
                pieces.iter().map(|(piece, cells)| (*piece, rule(cells))).collect();
            for run in rules.chunk_by(|one, next| one.1 == next.1) {
                if let ([(first, Some(border)), ..], [.., (last, _)]) = (run, run) {
                    let to = self.bottom(last) + self.table.rule_under(last.row);
                    border::draw(&mut canvas.items, border, Way::Down { from: first.top, to, x: self.edge(at) });
                }
            }
        }
    }
}

/// The rules along the inner side of a rectangle.
fn frame(canvas: &mut Canvas, rules: &EdgeRules, (left, top): (Length, Length), (right, bottom): (Length, Length)) {
    let middle = |rule: &Border| half(border::thickness(rule));
    for (rule, y, inward) in [(&rules.top, top, 1.0), (&rules.bottom, bottom, -1.0)] {
        if let Some(rule) = rule {
            let y = y + middle(rule) * inward;
            border::draw(&mut canvas.items, rule, Way::Across { from: left, to: right, y });
        }
    }
    for (rule, x, inward) in [(&rules.left, left, 1.0), (&rules.right, right, -1.0)] {
        if let Some(rule) = rule {
            let x = x + middle(rule) * inward;
            border::draw(&mut canvas.items, rule, Way::Down { from: top, to: bottom, x });
        }
    }
}
