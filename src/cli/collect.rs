//! `huibao collect`: puts the output folders of several runs together.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::End;
use super::build::{refuse, summary};
use super::console::Console;
use crate::batch::{Destination, OutputFolder, collect};
use crate::diagnostic;

pub(super) fn run(folders: &[PathBuf], out: &Path, json: bool, console: &Console) -> End {
    let start = Instant::now();
    let parts: Vec<_> = folders.iter().map(|folder| Destination::folder(folder)).collect();
    let out = Destination::folder(out);
    let shown = out.shown_as.clone();
    let output = OutputFolder::open(out, false).map_err(|problem| vec![problem]);
    let mut outcome = match output.and_then(|output| collect(&parts, output)) {
        Ok(outcome) => outcome,
        Err(problems) => return refuse(problems, None, json, console),
    };
    diagnostic::sort(&mut outcome.problems);
    outcome.time = start.elapsed();
    if json {
        console.say_json(&outcome);
    } else {
        console.problems(&outcome.problems);
        console.tell(&summary(&outcome, &shown));
    }
    End::of(&outcome)
}
