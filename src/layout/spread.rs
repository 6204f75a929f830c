//! How a justified line is stretched to its measure.
//!
//! Word's order: spaces up to half an em, then the joints of Han and Latin up to half an em, then all characters alike.
//! Text without Han or full-width signs is stretched at its spaces alone.

use crate::document::Length;

use super::measure::{half, share};
use super::shaped::{Kind, Look, Sign};
use super::sign::is_closing_mark;

/// What is added within a line, by kind of place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spread {
    /// Signs before this one are not stretched: they stand before a tab.
    from: usize,
    marks: Added,
    spaces: Added,
    joints: Added,
    gaps: Added,
    /// What spaces give up, each the same.
    narrowed: Added,
}

/// An amount to be shared out over places by their weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Added {
    amount: Length,
    weight: i64,
}

/// The weights of the place after a sign.
#[derive(Clone, Copy, Default)]
struct Weights {
    space: i64,
    joint: i64,
    gap: i64,
    one_space: i64,
}

fn mark_weight(sign: &Sign) -> i64 {
    if is_closing_mark(sign.character) { sign.advance.to_emu() } else { 0 }
}

fn weights(sign: &Sign, looks: &[Look]) -> Weights {
    let half_em = looks.get(sign.look as usize).map_or(Length::ZERO, |look| half(look.full_size));
    let up_to_half = |length: Length| (half_em - length).max(Length::ZERO).to_emu();
    Weights {
        space: if sign.kind == Kind::Space { up_to_half(sign.advance).max(1) } else { 0 },
        joint: if sign.joint > Length::ZERO { up_to_half(sign.joint) } else { 0 },
        gap: 1,
        one_space: i64::from(sign.kind == Kind::Space),
    }
}

impl Spread {
    /// Stretches the visible signs of a line by `slack`; `evenly` gives every gap the same.
    pub fn over(signs: &[Sign], looks: &[Look], start: usize, slack: Length, evenly: bool) -> Self {
        let from = signs.iter().rposition(|sign| sign.kind == Kind::Tab).map_or(0, |tab| tab + 1);
        let stretched = signs.get(from..signs.len().saturating_sub(1)).unwrap_or_default();
        let mut total = Weights::default();
        for sign in stretched {
            let weights = weights(sign, looks);
            total.space += weights.space;
            total.joint += weights.joint;
            total.gap += weights.gap;
        }
        let mut spread = Self { from: start + from, ..Self::default() };
        if slack <= Length::ZERO || total.gap == 0 {
            return spread;
        }
        let chinese = evenly || stretched.iter().any(|sign| !sign.latin && sign.kind == Kind::Glyph);
        if !chinese {
            spread.spaces = Added { amount: if total.space > 0 { slack } else { Length::ZERO }, weight: total.space };
            return spread;
        }
        let mut rest = slack;
        if !evenly {
            spread.spaces = Added { amount: rest.min(Length::emu(total.space)), weight: total.space };
            rest = rest - spread.spaces.amount;
            spread.joints = Added { amount: rest.min(Length::emu(total.joint)), weight: total.joint };
            rest = rest - spread.joints.amount;
        }
        spread.gaps = Added { amount: rest, weight: total.gap };
        spread
    }

    /// Takes what a line is too wide from its closing marks, the first and the last sign excepted.
    pub fn squeezed(signs: &[Sign], start: usize, slack: Length) -> Self {
        let inner = signs.get(1..signs.len().saturating_sub(1)).unwrap_or_default();
        let weight = inner.iter().map(mark_weight).sum();
        Self { from: start + 1, marks: Added { amount: slack.min(Length::ZERO), weight }, ..Self::default() }
    }

    /// Takes what a line is too wide from its spaces.
    pub fn shrunk(signs: &[Sign], start: usize, slack: Length) -> Self {
        let spaces = signs.iter().filter(|sign| sign.kind == Kind::Space).count() as i64;
        Self { from: start, narrowed: Added { amount: slack.min(Length::ZERO), weight: spaces }, ..Self::default() }
    }

    /// What is added after each sign of the line in turn.
    pub fn additions<'a>(&self, looks: &'a [Look]) -> Additions<'a> {
        Additions { spread: *self, looks, passed: Weights::default(), passed_marks: 0, given: Length::ZERO }
    }
}

/// Hands out a line's stretch sign by sign; the parts add up to the whole.
pub(super) struct Additions<'a> {
    spread: Spread,
    looks: &'a [Look],
    passed: Weights,
    /// Of the marks, which only a squeezed line asks for.
    passed_marks: i64,
    given: Length,
}

impl Additions<'_> {
    /// What is added after the sign at `at`; not to be asked for the line's last visible sign.
    pub fn after(&mut self, at: usize, sign: &Sign) -> Length {
        let Spread { from, marks, spaces, joints, gaps, narrowed } = self.spread;
        if at < from || marks.weight + spaces.weight + joints.weight + gaps.weight + narrowed.weight == 0 {
            return Length::ZERO;
        }
        let weights = weights(sign, self.looks);
        if marks.weight != 0 {
            self.passed_marks += mark_weight(sign);
        }
        self.passed.space += weights.space;
        self.passed.joint += weights.joint;
        self.passed.gap += weights.gap;
        self.passed.one_space += weights.one_space;
        let due = share(marks.amount, self.passed_marks, marks.weight)
            + share(spaces.amount, self.passed.space, spaces.weight)
            + share(joints.amount, self.passed.joint, joints.weight)
            + share(gaps.amount, self.passed.gap, gaps.weight)
            + share(narrowed.amount, self.passed.one_space, narrowed.weight);
        let now = due - self.given;
        self.given = due;
        now
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::testing::text_of;

    fn additions(text: &str, slack: f64, evenly: bool) -> Vec<f64> {
        let text = text_of(text);
        let spread = Spread::over(&text.signs, &text.looks, 0, Length::pt(slack), evenly);
        let mut additions = spread.additions(&text.looks);
        let places = text.signs.len() - 1;
        text.signs[..places].iter().enumerate().map(|(at, sign)| additions.after(at, sign).to_pt()).collect()
    }

    #[test]
    fn spaces_grow_first_to_half_an_em() {
        assert_eq!(additions("党 建设", 1.5, false), [0.0, 1.5, 0.0]);
        assert_eq!(additions("党 建设", 5.5, false), [1.0, 3.5, 1.0]);
    }

    #[test]
    fn then_joints_then_all_characters_alike() {
        assert_eq!(additions("党建1", 2.0, false), [0.0, 2.0]);
        assert_eq!(additions("党建1", 4.5, false), [1.0, 3.5]);
    }

    #[test]
    fn an_even_spread_is_even() {
        assert_eq!(additions("党 建", 4.0, true), [2.0, 2.0]);
    }

    #[test]
    fn latin_text_grows_at_its_spaces_alone() {
        assert_eq!(additions("ab c", 9.0, false), [0.0, 0.0, 9.0]);
    }

    #[test]
    fn text_before_a_tab_stays() {
        assert_eq!(additions("党\t建设", 3.0, false), [0.0, 0.0, 3.0]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_slack(text in "[党建，a-z0-9 ]{1,40}", slack in 0i64..5_000_000) {
            let text = text_of(&format!("党{text}建"));
            let spread = Spread::over(&text.signs, &text.looks, 0, Length::emu(slack), false);
            let mut additions = spread.additions(&text.looks);
            let mut sum = Length::ZERO;
            for (at, sign) in text.signs[..text.signs.len() - 1].iter().enumerate() {
                let added = additions.after(at, sign);
                prop_assert!(added >= Length::ZERO);
                sum += added;
            }
            prop_assert_eq!(sum, Length::emu(slack));
        }
    }
}
