//! The commands: what the user typed, what is done, what is said of it.

mod arguments;
mod build;
mod check;
mod collect;
mod console;
mod convert;
mod fonts;
mod init;
mod inputs;
mod inspect;
mod interrupt;
mod listing;
mod merge;
mod problem;
mod record;
mod stores;
mod tags;
mod telling;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::{Refusal, Request};
use console::Console;

use crate::batch::Outcome;
use crate::diagnostic::Language;
use crate::workbook;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// All went well.
    Fine,
    /// Some reports could not be made, or units were left out; the others were.
    ReportsFailed,
    /// Wrong use or input: nothing was made.
    Refused,
    /// The run was stopped with reports still to be made.
    Stopped,
}

impl End {
    /// How a run ended.
    fn of(outcome: &Outcome) -> Self {
        let wrong = outcome.problems.iter().any(|problem| problem.is_error() && problem.report.is_none());
        match outcome.failed.is_empty() && outcome.left_out.is_empty() && !wrong {
            _ if !outcome.remaining.is_empty() => Self::Stopped,
            true => Self::Fine,
            false => Self::ReportsFailed,
        }
    }
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(match end {
            End::Fine => 0,
            End::ReportsFailed => 1,
            End::Refused => 2,
            End::Stopped => 3,
        })
    }
}

/// Carries out what the user typed, the program's name first, and gives the exit code.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let language = arguments::language_option(&arguments).unwrap_or_else(system_language);
    let console = Console::new(language);
    tell_no_damage_as_panic();
    let request = arguments::parse(arguments, language);
    if let Some(problem) = request.as_ref().ok().and_then(stores::misplaced) {
        return console.refuse(&[problem]).into();
    }
    let end = match request {
        Ok(Request::Build(options)) => build::run(&options, &console),
        Ok(Request::Watch(options)) => watch::run(&options, &console),
        Ok(Request::Collect { folders, out, json }) => collect::run(&folders, &out, json, &console),
        Ok(Request::Check(options)) => check::run(&options, &console),
        Ok(Request::Inspect { paths, json }) => inspect::run(&paths, json, &console),
        Ok(Request::Convert(options)) => convert::run(&options, &console),
        Ok(Request::Init { paths, to }) => init::run(&paths, to.as_deref(), &console),
        Ok(Request::Merge(options)) => merge::run(&options, &console),
        Ok(Request::Tags { template, data, json }) => tags::run(&template, data.as_deref(), json, &console),
        Ok(Request::Fonts { fonts, export }) => fonts::run(&fonts, export.as_deref(), &console),
        Err(Refusal::Answer(text)) => {
            console.say(text.trim_end());
            End::Fine
        }
        Err(Refusal::WrongUse(problem)) => console.refuse(&[problem]),
    };
    end.into()
}

/// A damaged workbook that calamine stumbles over is told as a problem, and as nothing else.
fn tell_no_damage_as_panic() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !workbook::panic_is_damage() {
            usual(panic);
        }
    }));
}

fn system_language() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}
