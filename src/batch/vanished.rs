//! Reports of former runs that the project does not have any more.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::fingerprint::of_content;
use super::manifest::Entry;
use super::names::relative_path;
use super::outcome::{Outcome, Vanished};
use super::output::OutputFolder;
use super::plan::Plan;
use super::problem;

/// Finds them, and removes those of their files that are still as huibao made them, if that is wanted.
pub(super) fn look(plan: &Plan, output: &OutputFolder, prune: bool, outcome: &mut Outcome) {
    // Only a run over everything knows what there is not.
    if !plan.whole || !outcome.remaining.is_empty() {
        return;
    }
    let known: HashSet<&str> = plan.outputs.iter().map(String::as_str).collect();
    let left_out: HashSet<&str> = plan.left_out_reports.iter().map(String::as_str).collect();
    let vanished: Vec<Entry> = output.manifest(|manifest| {
        let gone = |entry: &&Entry| !known.contains(entry.output.as_str()) && !left_out.contains(entry.report.as_str());
        manifest.reports.values().filter(gone).cloned().collect()
    });
    for entry in vanished {
        let files: Vec<_> = entry.files.keys().filter(|path| output.path(path).is_file()).cloned().collect();
        let mut removed = false;
        if prune || files.is_empty() {
            let kept = entry.files.iter().filter(|(path, hash)| !remove(output, path, hash)).map(|(path, _)| path);
            let kept: Vec<_> = kept.map(|path| output.shown(path)).collect();
            removed = kept.is_empty();
            outcome.problems.extend(kept.iter().map(|path| problem::not_pruned(path)));
            if removed {
                output.manifest(|manifest| manifest.remove(&entry.output));
            }
        }
        if !files.is_empty() {
            outcome.vanished.push(Vanished { report: entry.report, files, removed });
        }
    }
}

/// Removes a file that is as huibao made it; whether it is gone.
fn remove(output: &OutputFolder, path: &str, hash: &str) -> bool {
    // A manifest that somebody else wrote may name anything.
    let Some(target) = relative_path(path).ok().map(|inside| output.path(&inside.to_string_lossy())) else {
        return false;
    };
    let inside = |path: &Path| Some(path.canonicalize().ok()?.starts_with(output.root().canonicalize().ok()?));
    match fs::read(&target) {
        Ok(bytes) if of_content(&bytes) == hash && inside(&target) == Some(true) => {
            let removed = fs::remove_file(&target).is_ok();
            // A folder that is empty now goes too; one with anything in it stays.
            let parent = target.parent().filter(|parent| *parent != output.root());
            let _ = parent.map(fs::remove_dir);
            removed
        }
        Ok(_) => false,
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}
