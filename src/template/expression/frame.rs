//! Where a merge stands: the report's unit, and within it the turns of loops, innermost last.

use std::cell::OnceCell;

use super::narrow::{narrow, rows_in};
use super::rows::{Group, TableRows};
use crate::dataset::{Dataset, Rows, TableId, View};

/// What a frame is about.
#[derive(Clone, Debug)]
pub(in crate::template) enum About {
    /// A report over everything.
    Everything,
    /// One row.
    Row {
        table: TableId,
        row: u32,
        /// Whether the row comes from `全部`.
        whole: bool,
    },
    /// One group.
    Group(Group),
    /// The total row of a table: a column is its sum.
    Total(TableRows),
}

/// A report, or a turn of a loop in it.
#[derive(Clone, Debug)]
pub(in crate::template) struct Frame {
    pub(in crate::template) about: About,
    /// The turn, from 0.
    pub(in crate::template) index: usize,
    /// How many turns there are.
    pub(in crate::template) turns: usize,
    /// Made when a table is first asked for: many loops never ask.
    view: OnceCell<View>,
}

/// The frames from the report inwards.
#[derive(Clone, Debug)]
pub(in crate::template) struct Frames<'a> {
    dataset: &'a Dataset,
    stack: Vec<Frame>,
}

impl<'a> Frames<'a> {
    pub(in crate::template) fn new(dataset: &'a Dataset, unit: Option<(TableId, u32)>) -> Self {
        let about = unit.map_or(About::Everything, |(table, row)| About::Row { table, row, whole: false });
        let mut frames = Self { dataset, stack: Vec::new() };
        frames.push(about, 0, 1);
        frames
    }

    pub(in crate::template) fn push(&mut self, about: About, index: usize, turns: usize) {
        self.stack.push(Frame { about, index, turns, view: OnceCell::new() });
    }

    pub(in crate::template) fn pop(&mut self) {
        self.stack.pop();
    }

    /// A frame by its depth, the report's being 0.
    pub(in crate::template) fn get(&self, level: usize) -> Option<&Frame> {
        self.stack.get(level)
    }

    /// The rows of a table that a frame sees.
    pub(in crate::template) fn rows(&self, level: usize, table: TableId) -> TableRows {
        // Views are made from the outside in; each needs the one around it.
        for depth in 0..=level {
            let Some(frame) = self.stack.get(depth).filter(|frame| frame.view.get().is_none()) else { continue };
            let whole = match &frame.about {
                About::Everything => true,
                About::Row { whole, .. } => *whole,
                About::Group(Group { rows, .. }) | About::Total(rows) => rows.whole,
            };
            let outer = depth.checked_sub(1).filter(|_| !whole).and_then(|outer| self.stack.get(outer)?.view.get());
            let outer = outer.cloned().unwrap_or_else(|| self.dataset.all());
            let view = match &frame.about {
                About::Everything => outer,
                About::Row { table, row, .. } => outer.at(self.dataset, *table, *row),
                About::Group(Group { rows, .. }) | About::Total(rows) => narrow(&outer, self.dataset, rows),
            };
            let _ = frame.view.set(view);
        }
        let view = self.stack.get(level).and_then(|frame| frame.view.get());
        TableRows { table, rows: view.map_or(Rows::All, |view| rows_in(view, table)), whole: false }
    }
}
