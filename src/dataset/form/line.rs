//! A line of a form: which of its cells are labels, and which the values beside them.

use super::block::Block;
use super::clue::{NEVER, SURE};
use super::text::{ends_with_colon, is_photo_place};
use super::words;

/// What stands beside one another in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item<T> {
    /// A block.
    Block(usize),
    /// Several blocks beside a tall one.
    Part(T),
}

/// What an item of a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A label; its value is the next value, if none but blanks stands between.
    Label,
    /// The value of the label before it.
    Value,
    /// Label and value in one cell.
    Both,
    /// Neither.
    #[default]
    Neither,
}

/// What is known of a block for telling its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    blank: bool,
    merged: bool,
    colon: bool,
    /// Nothing is lost if it is neither label nor value.
    spare: bool,
    /// Points to be a label.
    pub(super) score: i32,
    /// Points to be label and value in one; nothing if it cannot be.
    pub(super) both: Option<i32>,
}

impl Signs {
    pub(super) fn of(block: &Block, score: i32, both: Option<i32>) -> Self {
        let spare = words::is_measure(&block.text) || is_photo_place(&block.text);
        Self {
            blank: block.is_blank(),
            merged: block.is_merged(),
            colon: ends_with_colon(&block.text),
            spare,
            score,
            both,
        }
    }

    /// Points to be a label: beyond doubt is enough.
    fn as_label(self) -> i32 {
        self.score.min(8)
    }

    /// Points to be a value.
    fn as_value(self) -> i32 {
        (-self.score).clamp(-4, 4)
    }
}

/// Gives each item of a line the role that makes most sense of the whole line, and says how much sense that is.
/// `None` among the items is a part of several blocks; `open` says that the line ends where the sheet does, so that the
/// last label may have an empty cell beside it.
pub(super) fn roles(items: &[Option<Signs>], open: bool) -> (i32, Vec<Role>) {
    // The best way so far that ends without, and with, a label that waits for its value; and how it came about.
    let (mut free, mut waiting) = (0_i32, None::<i32>);
    // Whether the waiting label is one beyond doubt: others have no empty cells for values.
    let mut is_sure = false;
    let mut steps: Vec<[(Role, bool); 2]> = Vec::with_capacity(items.len());
    let mut last: Option<Signs> = None;
    for item in items {
        let mut best_free = Best::default();
        let mut best_waiting = Best::default();
        match item {
            None => {
                best_free.offer(Some(free), (Role::Neither, false));
                best_free.offer(waiting.map(|points| points + 2), (Role::Value, true));
            }
            Some(signs) if signs.blank => {
                best_free.offer(Some(free), (Role::Neither, false));
                let empty = if is_sure { 2 } else { -3 };
                best_free.offer(waiting.map(|points| points + empty), (Role::Value, true));
                if !signs.merged {
                    best_waiting.offer(waiting.map(|points| points - 1), (Role::Neither, true));
                }
            }
            Some(signs) => {
                best_free.offer(waiting.map(|points| points + signs.as_value()), (Role::Value, true));
                let loose = if signs.spare { 0 } else { -6 };
                best_free.offer(Some(free + loose), (Role::Neither, false));
                if let Some(both) = signs.both {
                    best_free.offer(Some(free + both), (Role::Both, false));
                    best_free.offer(waiting.map(|points| points + both - 8), (Role::Both, true));
                }
                if signs.score > NEVER {
                    best_waiting.offer(Some(free + signs.as_label()), (Role::Label, false));
                    // The label before it heads a group.
                    best_waiting.offer(waiting.map(|points| points + signs.as_label() - 8), (Role::Label, true));
                }
            }
        }
        steps.push([best_free.step, best_waiting.step]);
        if let (Some(signs), (Role::Label, _)) = (item, best_waiting.step) {
            is_sure = signs.score >= SURE;
        }
        (free, waiting) = (best_free.points.unwrap_or(i32::MIN / 2), best_waiting.points);
        last = *item;
    }
    // A label that heads a group has its members beside it.
    let heads_nothing = steps.last().is_some_and(|[_, waiting]| *waiting == (Role::Label, true))
        && last.is_some_and(|signs| !signs.colon);
    let open = open && !heads_nothing;
    let unanswered = if open || last.is_some_and(|signs| signs.colon || signs.blank) { 0 } else { -8 };
    let at_end = waiting.map(|points| points + unanswered);
    let mut is_waiting = at_end.is_some_and(|points| points > free);
    let points = if is_waiting { at_end.unwrap_or(free) } else { free };
    let mut roles = vec![Role::Neither; items.len()];
    for (role, step) in roles.iter_mut().zip(&steps).rev() {
        let (taken, from_waiting) = step[usize::from(is_waiting)];
        *role = taken;
        is_waiting = from_waiting;
    }
    (points, roles)
}

/// Whether a line is one of labels and values, and could not be a row of a table.
pub(super) fn is_line_of_a_form(items: &[Option<Signs>]) -> bool {
    let sure = items.iter().flatten().filter(|signs| signs.score >= SURE || signs.both.is_some()).count();
    sure > 0 && roles(items, false).0 >= 8
}

#[derive(Default)]
struct Best {
    points: Option<i32>,
    step: (Role, bool),
}

impl Best {
    fn offer(&mut self, points: Option<i32>, step: (Role, bool)) {
        if points.is_some() && points > self.points {
            self.points = points;
            self.step = step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(score: i32) -> Option<Signs> {
        Some(Signs { blank: false, merged: false, colon: false, spare: false, score, both: None })
    }

    fn blank() -> Option<Signs> {
        Some(Signs { blank: true, merged: false, colon: false, spare: true, score: NEVER, both: None })
    }

    #[test]
    fn labels_and_values_take_turns() {
        let (_, roles) = roles(&[signs(6), signs(-2), signs(6), signs(6), signs(5), blank()], false);
        use Role::{Label, Value};
        assert_eq!(roles, [Label, Value, Label, Value, Label, Value]);
    }

    #[test]
    fn a_gap_between_a_label_and_its_value_is_passed_over() {
        let (_, roles) = roles(&[signs(6), blank(), signs(-4), blank(), blank()], false);
        use Role::{Label, Neither, Value};
        assert_eq!(roles, [Label, Neither, Value, Neither, Neither]);
    }

    #[test]
    fn the_last_word_of_a_line_is_the_value_of_the_label_before_it_though_it_reads_like_a_label() {
        let (_, roles) = roles(&[signs(6), signs(-2), signs(6), signs(4)], true);
        use Role::{Label, Value};
        assert_eq!(roles, [Label, Value, Label, Value]);
    }

    #[test]
    fn a_label_before_a_label_heads_a_group() {
        let (_, roles) = roles(&[signs(5), signs(3), signs(NEVER), signs(3), signs(NEVER)], false);
        use Role::{Label, Value};
        assert_eq!(roles, [Label, Label, Value, Label, Value]);
    }
}
