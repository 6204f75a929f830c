//! Why what was typed is no request: help that was asked for, or wrong use explained.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::{Diagnostic, Place, Words};

/// Why there is no request.
#[derive(Debug)]
pub enum Refusal {
    /// The user asked for help or the version: this text answers.
    Answer(String),
    /// Wrong use.
    WrongUse(Diagnostic),
}

/// What clap found, in words of ours.
pub(super) fn refusal(error: clap::Error) -> Refusal {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Refusal::Answer(error.to_string());
    }
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            Words::new(format!("没有“{argument}”这个选项"), format!("there is no option “{argument}”"))
        }
        ErrorKind::InvalidSubcommand => {
            let name = of(ContextKind::InvalidSubcommand);
            Words::new(format!("没有“{name}”这个命令"), format!("there is no command “{name}”"))
        }
        ErrorKind::MissingRequiredArgument => {
            Words::new(format!("还缺少 {argument}"), format!("{argument} is missing"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Words::new(format!("{argument} 后面要写一个值"), format!("{argument} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Words::new(format!("{argument} 不能是“{value}”"), format!("{argument} cannot be “{value}”"))
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Words::new(line.clone(), line)
        }
    };
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::ValidValue]
        .into_iter()
        .map(of)
        .find(|text| !text.is_empty());
    let hint = match suggestion {
        Some(meant) => Words::new(format!("可以写：{meant}"), format!("possible: {meant}")),
        None => Words::new("用法见 huibao --help", "see huibao --help"),
    };
    Refusal::WrongUse(Diagnostic::error("cli.wrong-use", Place::Run, message).with_hint(hint))
}
