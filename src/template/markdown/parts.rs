//! The text of a report in its parts: what stands before the first attachment, and each attachment; and in each the
//! stretches that stand on upright and on turned pages.

use crate::document::{Block, Run};

/// What stands before the first attachment, or one attachment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// The attachment's title; none before the first attachment.
    pub title: Option<Vec<Run>>,
    /// The number that the template has typed for it.
    pub typed_number: Option<usize>,
    /// The text; never without a stretch.
    pub stretches: Vec<Stretch>,
}

/// Blocks on pages of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stretch {
    /// Wider than high.
    pub turned: bool,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// The parts while they are written; the last stretch of the last part is the one that grows.
#[derive(Debug)]
pub(super) struct Parts {
    before: Vec<Part>,
    part: Part,
    stretch: Stretch,
}

impl Parts {
    pub(super) fn new() -> Self {
        Self { before: Vec::new(), part: Part::default(), stretch: Stretch::default() }
    }

    /// Whether the part has no block yet.
    pub(super) fn is_empty(&self) -> bool {
        self.stretch.blocks.is_empty() && self.part.stretches.is_empty()
    }

    /// Adds a block.
    pub(super) fn push(&mut self, block: Block) {
        self.stretch.blocks.push(block);
    }

    /// The last block.
    pub(super) fn last_mut(&mut self) -> Option<&mut Block> {
        self.stretch.blocks.last_mut()
    }

    /// Goes on on pages of the other kind; whether it had been on that one.
    pub(super) fn turn(&mut self, turned: bool) -> bool {
        let changes = self.stretch.turned != turned;
        if changes {
            self.end_stretch();
            self.stretch.turned = turned;
        }
        changes
    }

    /// Begins an attachment.
    pub(super) fn attach(&mut self, title: Vec<Run>, typed_number: Option<usize>) {
        self.end_stretch();
        self.before.push(std::mem::take(&mut self.part));
        self.part = Part { title: Some(title), typed_number, ..Part::default() };
    }

    /// All parts; the first is no attachment.
    pub(super) fn finish(mut self) -> Vec<Part> {
        self.end_stretch();
        self.before.push(self.part);
        self.before
    }

    fn end_stretch(&mut self) {
        let stretch = std::mem::take(&mut self.stretch);
        if !stretch.blocks.is_empty() {
            self.part.stretches.push(stretch);
        }
    }
}
