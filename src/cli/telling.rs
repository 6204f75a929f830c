//! What is told while a run is under way: events for programs, lines in a log, a bar for people.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::console::Console;
use super::problem;
use crate::batch::{Event, Made, Outcome};
use crate::diagnostic::{Diagnostic, Language, Words, one_by_one};

/// Tells what happens as it happens, from any thread.
pub(super) struct Telling<'a> {
    console: &'a Console,
    start: Instant,
    bar: ProgressBar,
    /// A line of JSON for each event on standard output.
    events: bool,
    log: Option<Mutex<File>>,
}

impl<'a> Telling<'a> {
    /// Opens the log, if there is to be one; it begins anew with each run.
    pub(super) fn begin(
        console: &'a Console,
        start: Instant,
        reports: usize,
        events: bool,
        log: Option<&Path>,
    ) -> Result<Self, Diagnostic> {
        let open = |path: &Path| File::create(path).map_err(|error| problem::cannot_write(path, &error));
        let log = log.map(open).transpose()?.map(Mutex::new);
        Ok(Self { console, start, bar: console.progress(reports), events, log })
    }

    pub(super) fn tell(&self, event: &Event<'_>) {
        match event {
            Event::Begun { todo, standing } => {
                self.bar.set_length(*todo as u64);
                self.event(|| json!({ "event": "begun", "reports": todo, "unchanged": standing }));
                self.line(&Words::new(
                    format!("要做 {todo} 份，没有变化的 {standing} 份"),
                    format!("{todo} to be made, {standing} unchanged"),
                ));
            }
            Event::Made(made, problems) => {
                self.bar.inc(1);
                self.event(|| with_problems(of_made("made", made), problems));
                self.line(&Words::new(format!("做成 {}", made.report), format!("made {}", made.report)));
                self.problems(problems);
            }
            Event::Unchanged(made) => self.event(|| of_made("unchanged", made)),
            Event::Failed(report, problems) => {
                self.bar.inc(1);
                self.event(|| with_problems(json!({ "event": "failed", "report": report }), problems));
                self.line(&Words::new(format!("没做成 {report}"), format!("failed {report}")));
                self.problems(problems);
            }
        }
    }

    /// The last of it.
    pub(super) fn end(self, outcome: &Outcome, out: &str, summary: &Words) {
        self.bar.finish_and_clear();
        self.event(|| {
            let of_run = outcome.problems.iter().filter(|problem| problem.report.is_none());
            let of_run: Vec<_> = of_run.cloned().collect();
            let of_run: Vec<_> = one_by_one(&of_run).collect();
            json!({
                "event": "ended", "out": out, "made": outcome.made.len(), "unchanged": outcome.unchanged.len(),
                "failed": outcome.failed, "remaining": outcome.remaining, "left_out": outcome.left_out,
                "vanished": outcome.vanished, "problems": of_run,
                "seconds": outcome.time.as_secs_f64(),
            })
        });
        for problem in outcome.problems.iter().filter(|problem| problem.report.is_none()) {
            self.problems(std::slice::from_ref(problem));
        }
        self.line(summary);
    }

    fn event(&self, event: impl FnOnce() -> Value) {
        if self.events {
            self.console.say(&event().to_string());
        }
    }

    fn problems(&self, problems: &[Diagnostic]) {
        for problem in one_by_one(problems).filter(|_| self.log.is_some()) {
            let of = |language: Language| problem.to_text(language);
            self.line(&Words::new(of(Language::Chinese), of(Language::English)));
        }
    }

    /// A line of the log, after the seconds since the run began.
    fn line(&self, words: &Words) {
        let Some(log) = &self.log else { return };
        let line =
            format!("{:9.3} {}\n", self.start.elapsed().as_secs_f64(), words.in_language(self.console.language()));
        // A log that cannot be written to keeps no report back.
        let _: io::Result<()> = log.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    }
}

fn of_made(event: &str, made: &Made) -> Value {
    let mut value = serde_json::to_value(made).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.shift_insert(0, "event".into(), event.into());
    }
    value
}

fn with_problems(mut value: Value, problems: &[Diagnostic]) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.insert("problems".into(), one_by_one(problems).map(|problem| json!(problem)).collect());
    }
    value
}
