//! Reports of former runs that the project does not have any more.

use std::collections::HashSet;

use super::manifest::Entry;
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
        let files: Vec<_> = entry.files.keys().filter(|path| output.to().has_any(path)).cloned().collect();
        let mut removed = false;
        if prune || files.is_empty() {
            let kept = entry.files.iter().filter(|(path, hash)| !output.to().remove(path, hash)).map(|(path, _)| path);
            let kept: Vec<_> = kept.map(|path| output.to().shown(path)).collect();
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
