//! Blocks set one below the other without pages: a cell's content, a header, a footer.

use std::ops::Range;

use crate::document::{Anchor, Block, Length, Paragraph, TablePosition};

use super::draw::Canvas;
use super::paragraph::{SetParagraph, set_paragraph};
use super::setter::Setter;
use super::table::{SetTable, Stretch, set_table};

/// A block, set.
#[derive(Clone, Debug)]
pub(super) enum SetBlock {
    /// A paragraph.
    Paragraph(Box<SetParagraph>),
    /// A table.
    Table(Box<SetTable>),
}

/// A table within a table within … : so many levels are set as tables.
pub(super) const MAX_TABLE_DEPTH: usize = 6;

/// Sets a block; `depth` counts the tables around it.
pub(super) fn set_block(setter: &mut Setter, block: &Block, width: Length, depth: usize) -> Vec<SetBlock> {
    match block {
        Block::Paragraph(paragraph) => vec![SetBlock::Paragraph(Box::new(set_paragraph(setter, paragraph, width)))],
        Block::Table(table) if depth < MAX_TABLE_DEPTH => {
            vec![SetBlock::Table(Box::new(set_table(setter, table, width, depth)))]
        }
        // deeper tables lose their shape but not their text
        Block::Table(_) => {
            let paragraphs = paragraphs_of(block);
            let set = |paragraph| SetBlock::Paragraph(Box::new(set_paragraph(setter, paragraph, width)));
            paragraphs.into_iter().map(set).collect()
        }
    }
}

/// All paragraphs in a block however deep, in reading order.
fn paragraphs_of(block: &Block) -> Vec<&Paragraph> {
    let mut paragraphs = Vec::new();
    let mut open = vec![block];
    while let Some(block) = open.pop() {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.iter().rev().flat_map(|row| row.cells.iter().rev());
                open.extend(cells.flat_map(|cell| cell.blocks.iter().rev()));
            }
        }
    }
    paragraphs
}

/// Whether a table's place is measured from nothing but the page.
fn is_on_page(position: &TablePosition) -> bool {
    let on_page = |from| !matches!(from, Anchor::Column | Anchor::Paragraph | Anchor::Line);
    on_page(position.horizontal.from) && on_page(position.vertical.from)
}

/// The smallest part of a stack that stands on one page: a paragraph's line, or a stretch of a nested table's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    block: usize,
    /// Index of the line or row.
    part: usize,
    /// Where in the row it begins and ends, below the rule above.
    stretch: (Length, Length),
    /// Its upper edge in the stack.
    pub top: Length,
    /// Its lower edge, with what comes before the next atom.
    pub bottom: Length,
}

/// Blocks set one below the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Stack {
    blocks: Vec<SetBlock>,
    /// Its parts from top to bottom.
    pub atoms: Vec<Atom>,
    /// Tables that stand where the page has a place for them, not in the stack.
    beside: Vec<usize>,
    /// Height of it all.
    pub height: Length,
}

impl Stack {
    /// Sets blocks in a column of the given width, off the document grid.
    pub fn set(setter: &mut Setter, blocks: &[Block], width: Length, depth: usize) -> Self {
        let on_grid = std::mem::replace(&mut setter.on_grid, false);
        let stack = Self::set_on_grid(setter, blocks, width, depth);
        setter.on_grid = on_grid;
        stack
    }

    /// Sets blocks in a column of the given width, on the document grid if there is one.
    pub fn set_on_grid(setter: &mut Setter, blocks: &[Block], width: Length, depth: usize) -> Self {
        // Word's rules hold in tables too
        let word = setter.document.styles.typography.word.is_some();
        let squeeze = setter.squeeze;
        setter.squeeze = squeeze && word;
        let in_cell = std::mem::replace(&mut setter.in_cell, depth > 0);
        let mut set: Vec<SetBlock> = Vec::with_capacity(blocks.len());
        for block in blocks {
            if setter.signs_left() == 0 {
                break;
            }
            set.append(&mut set_block(setter, block, width, depth));
        }
        setter.squeeze = squeeze;
        setter.in_cell = in_cell;
        // space of Word's choice is only between the paragraphs of a cell
        if let Some(SetBlock::Paragraph(first)) = set.first_mut().filter(|_| depth > 0)
            && first.auto_before
        {
            first.space_before = Length::ZERO;
        }
        if let Some(SetBlock::Paragraph(last)) = set.last_mut().filter(|_| depth > 0)
            && last.auto_after
        {
            last.space_after = Length::ZERO;
        }
        for at in 1..set.len() {
            if let Some([SetBlock::Paragraph(above), SetBlock::Paragraph(below)]) = set.get_mut(at - 1..=at) {
                SetParagraph::join(above, below);
            }
        }
        Self::of(set, depth)
    }

    fn of(blocks: Vec<SetBlock>, depth: usize) -> Self {
        let mut atoms: Vec<Atom> = Vec::new();
        let mut beside = Vec::new();
        let mut y = Length::ZERO;
        let mut after = Length::ZERO;
        for (at, block) in blocks.iter().enumerate() {
            match block {
                SetBlock::Paragraph(paragraph) => {
                    y += after.max(paragraph.space_before) + paragraph.top_room();
                    for (part, line) in paragraph.lines.iter().enumerate() {
                        let stretch = (Length::ZERO, line.height);
                        atoms.push(Atom { block: at, part, stretch, top: y, bottom: y + line.height });
                        y += line.height;
                    }
                    y += paragraph.bottom_room();
                    after = paragraph.space_after;
                }
                SetBlock::Table(table) if depth == 0 && table.float.is_some_and(|float| is_on_page(&float)) => {
                    beside.push(at);
                }
                SetBlock::Table(table) => {
                    y += after;
                    for (part, row) in table.rows.iter().enumerate() {
                        let content = y + row.rule_above;
                        let mut from = Length::ZERO;
                        for to in table.cuts(part) {
                            let top = if from > Length::ZERO { content + from } else { y };
                            atoms.push(Atom { block: at, part, stretch: (from, to), top, bottom: content + to });
                            from = to;
                        }
                        y = content + row.height;
                    }
                    y += table.rule_below;
                    after = Length::ZERO;
                }
            }
            if let Some(last) = atoms.last_mut() {
                last.bottom = y;
            }
        }
        Self { blocks, atoms, beside, height: y + after }
    }

    /// Width of its widest line.
    pub fn width(&self) -> Length {
        let widest = |block: &SetBlock| match block {
            SetBlock::Paragraph(paragraph) => paragraph.lines.iter().map(|line| line.left + line.width).max(),
            SetBlock::Table(table) => Some(table.width()),
        };
        self.blocks.iter().filter_map(widest).max().unwrap_or_default()
    }

    /// Draws some atoms, the first one's top at `y`.
    pub fn draw(&self, canvas: &mut Canvas, atoms: Range<usize>, x: Length, y: Length) {
        let Some(atoms) = self.atoms.get(atoms) else { return };
        let Some(shift) = atoms.first().map(|first| y - first.top) else { return };
        for run in atoms.chunk_by(|one, next| one.block == next.block) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let (parts, y) = (first.part..last.part + 1, first.top + shift);
            match self.blocks.get(first.block) {
                Some(SetBlock::Paragraph(paragraph)) => canvas.paragraph(paragraph, parts, x, y),
                Some(SetBlock::Table(table)) => {
                    let rows = run.chunk_by(|one, next| one.part == next.part);
                    let stretches = rows.filter_map(|row| {
                        let (first, last) = (row.first()?, row.last()?);
                        Some(Stretch { row: first.part, from: first.stretch.0, to: last.stretch.1 })
                    });
                    table.draw_rows(canvas, stretches, x, y);
                }
                None => {}
            }
        }
    }

    /// Draws all of it.
    pub fn draw_all(&self, canvas: &mut Canvas, x: Length, y: Length) {
        self.draw_part(canvas, 0..self.atoms.len(), x, y);
    }

    /// Draws some atoms below `y`, the space above the first of all included.
    pub fn draw_part(&self, canvas: &mut Canvas, atoms: Range<usize>, x: Length, y: Length) {
        let above = self.atoms.first().filter(|_| atoms.start == 0).map_or(Length::ZERO, |first| first.top);
        let first = atoms.start == 0;
        self.draw(canvas, atoms, x, y + above);
        for block in self.beside.iter().filter(|_| first).filter_map(|at| self.blocks.get(*at)) {
            if let SetBlock::Table(table) = block {
                table.draw_on_page(canvas);
            }
        }
    }

    /// Height of some atoms, with the space above the first of all and below the last of all.
    pub fn height_of_part(&self, atoms: Range<usize>) -> Length {
        let top = if atoms.start == 0 { Some(Length::ZERO) } else { self.atoms.get(atoms.start).map(|atom| atom.top) };
        let last = atoms.end.checked_sub(1).and_then(|last| self.atoms.get(last)).map(|atom| atom.bottom);
        let bottom = if atoms.end == self.atoms.len() { Some(self.height) } else { last };
        bottom.unwrap_or_default() - top.unwrap_or_default()
    }

    /// How many atoms from `from` on fit into a height and may stand there without the others.
    pub fn fitting_whole(&self, from: usize, height: Length) -> usize {
        let space = if from == 0 { self.atoms.first().map_or(Length::ZERO, |first| first.top) } else { Length::ZERO };
        let fitting = self.fitting(from, height - space);
        (0..=fitting).rev().find(|count| self.may_be_cut(from + count)).unwrap_or(0)
    }

    /// Height of the least beginning that may stand without the rest.
    pub fn least_height(&self) -> Length {
        let least = (1..self.atoms.len()).find(|count| self.may_be_cut(*count)).unwrap_or(self.atoms.len());
        self.height_of_part(0..least)
    }

    /// Whether the atoms from `at` on may stand on another page than those before: a paragraph leaves two lines on each.
    fn may_be_cut(&self, at: usize) -> bool {
        let (above, below) = self.atoms.split_at_checked(at).unwrap_or_default();
        let (Some(last), Some(next)) = (above.last(), below.first()) else { return true };
        match self.blocks.get(next.block) {
            Some(SetBlock::Paragraph(paragraph)) if last.block == next.block => {
                let least = if paragraph.widow_control { 2 } else { 1 };
                !paragraph.keep_lines && next.part >= least && paragraph.lines.len() - next.part >= least
            }
            _ => true,
        }
    }

    /// How many atoms from `from` on fit into a height.
    pub fn fitting(&self, from: usize, height: Length) -> usize {
        let rest = self.atoms.get(from..).unwrap_or_default();
        let Some(top) = rest.first().map(|first| first.top) else { return 0 };
        rest.partition_point(|atom| atom.bottom - top <= height)
    }

    /// How many atoms begin within a height: the others are cut off in a row of exact height.
    pub fn beginning_within(&self, height: Length) -> usize {
        self.atoms.partition_point(|atom| atom.top < height)
    }

    /// Height of some atoms together.
    pub fn height_of(&self, atoms: Range<usize>) -> Length {
        match self.atoms.get(atoms).unwrap_or_default() {
            [] => Length::ZERO,
            [only] => only.bottom - only.top,
            [first, .., last] => last.bottom - first.top,
        }
    }

    /// The footnotes of some atoms.
    pub fn notes_of(&self, atoms: Range<usize>) -> Vec<usize> {
        let mut notes = Vec::new();
        for atom in self.atoms.get(atoms).unwrap_or_default() {
            match self.blocks.get(atom.block) {
                Some(SetBlock::Paragraph(paragraph)) if !paragraph.text.notes.is_empty() => {
                    notes.extend(paragraph.lines.get(atom.part).into_iter().flat_map(|line| paragraph.notes_of(line)));
                }
                Some(SetBlock::Table(table)) => {
                    let (from, to) = atom.stretch;
                    let piece = table.stretch(&Stretch { row: atom.part, from, to });
                    notes.extend(piece.map(|piece| table.notes_of(&piece)).unwrap_or_default());
                }
                _ => {}
            }
        }
        notes
    }

    /// Whether its first paragraph keeps with what follows.
    pub fn keeps_next(&self) -> bool {
        matches!(self.blocks.first(), Some(SetBlock::Paragraph(paragraph)) if paragraph.keep_next)
    }
}
