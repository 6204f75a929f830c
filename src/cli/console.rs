//! What is said to the user: results on standard output, problems and progress on standard error.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::End;
use crate::diagnostic::{Diagnostic, Language, Severity, Words};

/// Speaks to the user in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    language: Language,
}

impl Console {
    pub(super) fn new(language: Language) -> Self {
        Self { language }
    }

    /// The user's language.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// A result in the user's language.
    pub(super) fn tell(&self, words: &Words) {
        self.say(words.in_language(self.language));
    }

    /// A result. A pipe that the reader has closed is no problem of ours.
    pub(super) fn say(&self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// A result for programs.
    pub(super) fn say_json(&self, value: &impl Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.say(&text),
            Err(error) => self.warn(&error.to_string()),
        }
    }

    fn warn(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// All problems of a run, in the order of their places; one that many reports share is told once.
    pub(super) fn problems(&self, problems: &[Diagnostic]) {
        for (problem, others) in shared(problems) {
            let mut text = problem.to_text(self.language);
            if others > 0 {
                text += &match self.language {
                    Language::Chinese => format!("（另有 {others} 份报告也是）"),
                    Language::English => format!(" (and {others} more)"),
                };
            }
            self.warn(&text);
        }
    }

    /// Problems that keep a command from doing anything.
    pub(super) fn refuse(&self, problems: &[Diagnostic]) -> End {
        self.problems(problems);
        End::Refused
    }

    /// A bar that shows how far a run has come; none where standard error is not a terminal.
    pub(super) fn progress(&self, steps: usize) -> ProgressBar {
        if !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        bar
    }
}

/// How many errors and warnings there are.
pub(super) fn count(problems: &[Diagnostic]) -> Words {
    let of = |severity| shared(problems).iter().filter(|(problem, _)| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    Words::new(
        format!("错误 {errors} 条，警告 {warnings} 条"),
        format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    )
}

/// `1 report`, `2 reports`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// The problems in the order of their places, each once, with the number of further reports that have it too.
fn shared(problems: &[Diagnostic]) -> Vec<(&Diagnostic, usize)> {
    let mut sorted: Vec<_> = problems.iter().collect();
    let words = |problem: &Diagnostic| (problem.place.clone(), problem.code, problem.message.zh.clone());
    sorted.sort_by_cached_key(|problem| words(problem));
    let mut told: Vec<(&Diagnostic, usize)> = Vec::new();
    for problem in sorted {
        match told.last_mut() {
            Some((last, others)) if words(last) == words(problem) => *others += 1,
            _ => told.push((problem, 0)),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn a_problem_of_many_reports_is_told_once() {
        let problem = |cell: &str, report: &str| {
            let place = Place::Cell { file: "a.xlsx".into(), sheet: "表".into(), cell: cell.into() };
            Diagnostic::warning("x.y", place, Words::new("空", "blank")).in_report(report)
        };
        let problems = [problem("B2", "city"), problem("A1", "city"), problem("B2", "school 01")];
        let told: Vec<_> = shared(&problems).into_iter().map(|(p, others)| (p.place.to_string(), others)).collect();
        assert_eq!(told, [("a.xlsx#表!A1".to_owned(), 0), ("a.xlsx#表!B2".to_owned(), 1)]);
    }
}
