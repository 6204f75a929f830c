//! What can be wrong with a template and with what it asks of the data, in words.

pub(super) mod names;
pub(super) mod syntax;
pub(super) mod values;

use super::expression::Position;
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

/// The file that a template stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'a>(&'a str);

impl<'a> Where<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self(file)
    }

    pub(super) fn file(&self) -> &'a str {
        self.0
    }

    /// A place in it.
    pub(super) fn at(&self, position: Position) -> Place {
        Place::Text { file: self.0.to_owned(), line: position.line, column: position.column }
    }
}

/// How many known names a hint lists.
const MOST_LISTED: usize = 12;

/// Adds the nearest of the known names, or a list of them.
fn with_known<'n>(problem: Diagnostic, unknown: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    if let Some(meant) = nearest(unknown, known.iter().copied()) {
        return problem.with_hint(did_you_mean(meant));
    }
    if known.is_empty() {
        return problem;
    }
    let more = known.len() > MOST_LISTED;
    let listed: Vec<&str> = known.into_iter().take(MOST_LISTED).collect();
    let (more_zh, more_en) = if more { (" 等", ", …") } else { ("", "") };
    problem.with_hint(Words::new(
        format!("可以用：{}{more_zh}", listed.join("、")),
        format!("there are: {}{more_en}", listed.join(", ")),
    ))
}

fn error(code: &'static str, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, place, Words::new(zh, en))
}
