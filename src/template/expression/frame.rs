//! Where a merge stands: the report's unit, and within it the turns of loops, innermost last.

use std::cell::OnceCell;
use std::rc::Rc;

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
    /// Beyond the last row: every value is blank.
    Past,
}

/// A report, or a turn of a loop in it.
#[derive(Clone, Debug)]
pub(in crate::template) struct Frame {
    pub(in crate::template) about: About,
    /// The turn, from 0.
    pub(in crate::template) index: usize,
    /// How many turns there are.
    pub(in crate::template) turns: usize,
    /// What all turns are about, where a turn may go on to the next row.
    all: Option<Rc<[About]>>,
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
    pub(in crate::template) fn new(dataset: &'a Dataset, unit: Option<(TableId, u32)>, skipped: u32) -> Self {
        let about = unit.map_or(About::Everything, |(table, row)| About::Row { table, row, whole: false });
        let mut frames = Self { dataset, stack: Vec::new() };
        frames.push(about, unit.map_or(0, |(_, row)| row.saturating_sub(skipped) as usize), 1);
        frames
    }

    /// A turn of a loop that may go on to further rows.
    pub(in crate::template) fn push_movable(&mut self, all: &Rc<[About]>, index: usize) {
        let about = all.get(index).cloned().unwrap_or(About::Past);
        self.push(about, index, all.len());
        if let Some(frame) = self.stack.last_mut() {
            frame.all = Some(Rc::clone(all));
        }
    }

    /// Goes on to the next row of such a loop; whether there is one.
    pub(in crate::template) fn go_on(&mut self, level: usize) -> bool {
        let Some(frame) = self.stack.get_mut(level) else { return false };
        frame.index += 1;
        let next = frame.all.as_ref().and_then(|all| all.get(frame.index)).cloned();
        let found = next.is_some();
        (frame.about, frame.view) = (next.unwrap_or(About::Past), OnceCell::new());
        found
    }

    /// How many frames there are: the depth of the next.
    pub(in crate::template) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The row that the innermost turn has come to.
    pub(in crate::template) fn index(&self) -> usize {
        self.stack.last().map_or(0, |frame| frame.index)
    }

    /// Whether a loop has gone beyond its last row.
    pub(in crate::template) fn is_past(&self) -> bool {
        self.stack.iter().any(|frame| matches!(frame.about, About::Past))
    }

    pub(in crate::template) fn push(&mut self, about: About, index: usize, turns: usize) {
        self.stack.push(Frame { about, index, turns, all: None, view: OnceCell::new() });
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
                About::Everything | About::Past => true,
                About::Row { whole, .. } => *whole,
                About::Group(Group { rows, .. }) | About::Total(rows) => rows.whole,
            };
            let outer = depth.checked_sub(1).filter(|_| !whole).and_then(|outer| self.stack.get(outer)?.view.get());
            let outer = outer.cloned().unwrap_or_else(|| self.dataset.all());
            let view = match &frame.about {
                About::Everything => outer,
                About::Past => View { rows: vec![Rows::Some(Default::default()); self.dataset.tables.len()] },
                About::Row { table, row, .. } => outer.at(self.dataset, *table, *row),
                About::Group(Group { rows, .. }) | About::Total(rows) => narrow(&outer, self.dataset, rows),
            };
            let _ = frame.view.set(view);
        }
        let view = self.stack.get(level).and_then(|frame| frame.view.get());
        TableRows { table, rows: view.map_or(Rows::All, |view| rows_in(view, table)), whole: false }
    }
}
