//! How much one merge may come to, with all the documents that it puts in: what is mistaken or hostile ends in words, not
//! in full memory.

use crate::diagnostic::{Diagnostic, Place};
use crate::template::problem::values as problem;

/// Turns of all loops together.
const MOST_TURNS: usize = if cfg!(test) { 20_000 } else { 2_000_000 };
/// Bytes of the text, with the values in it.
const MOST_TEXT: usize = 64 << 20;
/// Values, and stretches of cells that they come from.
const MOST_VALUES: usize = 5_000_000;
/// Rows that helpers look at: 60,000 ranks among 60,000.
const MOST_ROWS: u64 = 4_000_000_000;
/// So many tags and texts of a document that is put in take as long to look up as a turn.
const NODES_A_TURN: usize = 8;

/// What a merge has come to so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::template) struct Meter {
    turns: usize,
    text: usize,
    values: usize,
    rows: u64,
    /// There was too much of something, and it has been told.
    pub(super) told: bool,
}

/// What is told when there is too much of something.
pub(super) type Excess = Box<dyn FnOnce(Place) -> Diagnostic>;

impl Meter {
    /// A turn of a loop.
    pub(super) fn turn(&mut self) -> Result<(), Excess> {
        self.turns(1)
    }

    /// A document that is put in, of so many tags and texts.
    pub(super) fn guest(&mut self, nodes: usize) -> Result<(), Excess> {
        self.turns(1 + nodes / NODES_A_TURN)
    }

    fn turns(&mut self, count: usize) -> Result<(), Excess> {
        self.turns = self.turns.saturating_add(count);
        within(self.turns <= MOST_TURNS, |place| problem::too_many_turns(place, MOST_TURNS))
    }

    /// The text of values; it is held until the text around it is written, which has so many bytes already.
    pub(super) fn text(&mut self, bytes: usize, around: usize) -> Result<(), Excess> {
        self.text = self.text.saturating_add(bytes);
        within(self.text.saturating_add(around) <= MOST_TEXT, |place| problem::too_much_text(place, MOST_TEXT))
    }

    /// A value, and where it comes from.
    pub(super) fn value(&mut self, stretches: usize) -> Result<(), Excess> {
        self.values = self.values.saturating_add(1 + stretches);
        within(self.values <= MOST_VALUES, |place| problem::too_many_values(place, MOST_VALUES))
    }

    /// Rows that a helper looks at.
    pub(super) fn rows(&mut self, count: usize) -> Result<(), Excess> {
        self.rows = self.rows.saturating_add(count as u64);
        within(self.rows <= MOST_ROWS, |place| problem::too_many_rows(place, MOST_ROWS))
    }
}

fn within(fits: bool, excess: impl FnOnce(Place) -> Diagnostic + 'static) -> Result<(), Excess> {
    if fits { Ok(()) } else { Err(Box::new(excess)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn told(result: Result<(), Excess>) -> String {
        let Err(excess) = result else { return String::new() };
        excess(Place::File { file: "学校.md".into() }).to_text(Language::Chinese).lines().next().unwrap().to_owned()
    }

    #[test]
    fn each_kind_of_excess_names_its_limit() {
        let full = || Meter { turns: MOST_TURNS, text: MOST_TEXT, values: MOST_VALUES, rows: MOST_ROWS, told: false };
        assert_eq!(told(full().turn()), "错误：学校.md：循环超过 20000 次");
        assert_eq!(told(full().text(1, 0)), "错误：学校.md：报告的文字超过 64 MB");
        assert_eq!(told(full().value(0)), "错误：学校.md：报告里的值，连同来源的单元格，超过 5000000 处");
        assert_eq!(told(full().rows(1)), "错误：学校.md：一份报告里，合计、排名、筛选等要看的行数超过 4000000000");
        assert_eq!(told(full().rows(0)), "");
    }

    #[test]
    fn a_long_document_that_is_put_in_counts_as_many_turns() {
        let mut meter = Meter { turns: MOST_TURNS - 11, ..Meter::default() };
        assert_eq!(told(meter.guest(NODES_A_TURN * 10)), "");
        assert_ne!(told(meter.turn()), "");
    }

    #[test]
    fn text_around_values_counts_too() {
        let mut meter = Meter::default();
        assert_eq!(told(meter.text(MOST_TEXT / 2, MOST_TEXT / 2)), "");
        assert_ne!(told(meter.text(1, MOST_TEXT / 2)), "");
    }
}
