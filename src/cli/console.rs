//! What is said to the user: results on standard output, problems and progress on standard error.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::End;
use super::listing::{self, Told};
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

    /// What is said beside the results, in the user's language.
    pub(super) fn warn_in_words(&self, words: &Words) {
        self.warn(words.in_language(self.language));
    }

    fn warn(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// The problems of a run, in the order of their places: of many of one kind the first few.
    pub(super) fn problems(&self, problems: &[Diagnostic]) {
        let (told, more) = listing::first_few(listing::distinct(problems));
        for Told { problem, others } in told {
            let mut text = problem.to_text(self.language);
            if others > 0 {
                text += &match self.language {
                    Language::Chinese => format!("（另有 {others} 份报告也是）"),
                    Language::English => format!(" (and {others} more)"),
                };
            }
            self.warn(&text);
        }
        for more in &more {
            self.warn(&more.to_text(self.language));
        }
        if !more.is_empty() {
            let all = Words::new(
                "全部问题：huibao check --xlsx 问题清单.xlsx",
                "all problems: huibao check --xlsx problems.xlsx",
            );
            self.warn(all.in_language(self.language));
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
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {per_sec}  {elapsed} + {eta}") {
            bar.set_style(style);
        }
        bar
    }
}

/// How many errors and warnings there are.
pub(super) fn count(problems: &[Diagnostic]) -> Words {
    let distinct = listing::distinct(problems);
    let of = |severity| {
        let told = distinct.iter().filter(|told| told.problem.severity == severity);
        told.map(|told| told.problem.each.len().max(1)).sum::<usize>()
    };
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
