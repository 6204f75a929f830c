//! Numbers headings, in text rather than by Word's numbering, so that every reader shows the same.

use super::inline::Lines;
use crate::style::NumberPattern;

/// Typed at a heading's end to keep it from being numbered.
const UNNUMBERED: &str = "{-}";

/// Counts headings.
#[derive(Debug, Default)]
pub(super) struct Headings {
    counts: [u32; 4],
}

impl Headings {
    /// The number to put before a heading of a level from 0, if any; takes `{-}` out of it. A number that is typed is
    /// left as it is, and counting goes on from it.
    pub(super) fn number(
        &mut self,
        level: usize,
        patterns: &[Option<NumberPattern>; 4],
        heading: &mut Lines,
    ) -> Option<String> {
        let level = level.min(self.counts.len() - 1);
        for deeper in &mut self.counts[level + 1..] {
            *deeper = 0;
        }
        let last = heading.lines.last_mut()?;
        if last.take_end(UNNUMBERED) {
            return None;
        }
        let pattern = patterns[level].as_ref()?;
        if let Some((typed, _)) = pattern.read(heading.typed_start().trim_start()) {
            self.counts[level] = typed;
            return None;
        }
        self.counts[level] = self.counts[level].saturating_add(1);
        Some(pattern.write(&self.counts[..=level]))
    }
}
