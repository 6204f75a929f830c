//! Widths of text by its kinds of characters, near enough to give a table's columns and a signature their places.

use crate::document::{Script, scripts};

/// Width of the space between Han and Latin, in ems.
const JOINT_EM: f64 = 0.25;

/// How much wider than the estimate Latin text may be.
const LATIN_AIR: f64 = 0.06;

/// Width of a line of text in ems.
pub(super) fn ems(text: &str) -> f64 {
    let mut width = 0.0;
    let mut before: Option<char> = None;
    for (range, script) in scripts(text) {
        let part = text.get(range).unwrap_or("");
        let first = part.chars().next();
        if before.is_some_and(joins) && first.is_some_and(joins) {
            width += JOINT_EM;
        }
        width += part.chars().map(|c| character_em(c, script)).sum::<f64>();
        before = part.chars().last();
    }
    width
}

/// Width that a line of text may be relied on to have room in: a Han character is as wide in every face, Latin letters and figures,
/// bold ones above all, may be wider than they are taken to be.
pub(super) fn roomy_ems(text: &str) -> f64 {
    let latin = |(range, script)| match script {
        Script::EastAsian => 0.0,
        Script::Latin => text.get(range).unwrap_or("").chars().map(|c| character_em(c, script)).sum::<f64>(),
    };
    ems(text) + LATIN_AIR * scripts(text).map(latin).sum::<f64>()
}

/// Width of the widest part of a text that is not broken between lines: a Chinese character, a word, a number.
pub(super) fn widest_word_em(text: &str) -> f64 {
    let widest = |(range, script)| match script {
        Script::EastAsian => 1.0,
        Script::Latin => text.get(range).unwrap_or("").split_whitespace().map(roomy_ems).fold(0.0, f64::max),
    };
    scripts(text).map(widest).fold(0.0, f64::max)
}

/// Letters, digits and Han have space between them; marks and spaces have not.
fn joins(c: char) -> bool {
    c.is_alphanumeric()
}

fn character_em(c: char, script: Script) -> f64 {
    match (script, c) {
        (_, ' ' | '.' | ',' | ':' | ';') => 0.25,
        (Script::EastAsian, _) => 1.0,
        (Script::Latin, 'M' | 'W' | 'm' | 'w' | '%' | '@') => 0.85,
        (Script::Latin, _) if c.is_uppercase() => 0.72,
        (Script::Latin, _) => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_are_an_em_wide_and_digits_half() {
        assert_eq!(ems("党支部"), 3.0);
        assert_eq!(ems("2024年1月15日"), 2.0 + 1.0 + 0.5 + 1.0 + 1.0 + 1.0 + 5.0 * JOINT_EM);
        assert_eq!(ems("（12）"), 3.0);
        assert!((widest_word_em("共12345人") - 2.5 * (1.0 + LATIN_AIR)).abs() < 1e-9);
        assert!((roomy_ems("12人") - (2.0 + LATIN_AIR + JOINT_EM)).abs() < 1e-9);
    }
}
