//! `huibao collect`: puts the output folders of several runs together.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::End;
use super::build::{refuse, summary};
use super::console::Console;
use super::stores::Working;
use crate::batch::{OutputFolder, collect};
use crate::diagnostic;

pub(super) fn run(folders: &[PathBuf], out: &Path, json: bool, console: &Console) -> End {
    let start = Instant::now();
    let mut working = Working::default();
    let collected = working.place_named(out).map_err(|problem| vec![problem]).and_then(|out| {
        let parts: Result<Vec<_>, _> = folders.iter().map(|folder| working.place_named(folder)).collect();
        let parts = parts.map_err(|problem| vec![problem])?;
        let shown = out.shown_as.clone();
        let output = OutputFolder::open(out, false).map_err(|problem| vec![problem])?;
        Ok((collect(&parts, output)?, shown))
    });
    let (mut outcome, shown) = match collected {
        Ok(collected) => collected,
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
