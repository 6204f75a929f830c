//! Puts the output folders of several runs together in one.

use std::collections::BTreeMap;

use super::destination::{Destination, Staged};
use super::fingerprint::of_content;
use super::manifest::{self, Manifest};
use super::names::relative_path;
use super::outcome::{Made, Outcome};
use super::output::{OutputFolder, Ready};
use super::problem;
use crate::diagnostic::Diagnostic;

/// So many reports are put in their places at a time.
const AT_A_TIME: usize = 128;

/// Copies the reports of the folders into one, with what their manifests say of them. A report that stands there
/// already stays as it is.
///
/// # Errors
/// A folder has no manifest, two of them have different reports of one name, or the system refuses.
pub fn collect(parts: &[Destination], output: OutputFolder) -> Result<Outcome, Vec<Diagnostic>> {
    let (mut reports, mut problems) = (BTreeMap::new(), Vec::new());
    for part in parts {
        let shown = &part.shown_as;
        if !part.folder.join(manifest::NAME).is_file() {
            problems.push(problem::no_manifest(shown));
            continue;
        }
        let Ok(found) = Manifest::read(&part.folder) else {
            problems.push(problem::manifest_too_large(&part.shown(manifest::NAME), manifest::LARGEST));
            continue;
        };
        if found.is_open {
            problems.push(problem::run_not_over(shown));
        }
        for (name, entry) in found.reports {
            match reports.get(&name) {
                None => drop(reports.insert(name, (part, entry))),
                Some((_, other)) if *other == entry => {}
                Some((other, _)) => {
                    problems.push(problem::two_of_one_name(shown, &entry.report, &other.shown_as));
                }
            }
        }
    }
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    let mut outcome = Outcome { problems, ..Outcome::default() };
    outcome.problems.extend(output.problems());
    let names: Vec<String> = reports.values().map(|(_, entry)| entry.report.clone()).collect();
    let mut failed: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
    let mut ready = Vec::new();
    for (job, (part, entry)) in reports.into_values().enumerate() {
        let staged: Result<Vec<_>, Diagnostic> =
            entry.files.iter().map(|(path, hash)| staged(&output, part, path, hash)).collect();
        match staged {
            Ok(files) => {
                let files_made = entry.files.keys().cloned().collect();
                let (report, pages) = (entry.report.clone(), entry.pages);
                outcome.made.push(Made { report, files: files_made, pages, time: Default::default() });
                ready.push(Ready { job, entry, files });
            }
            Err(problem) => drop(failed.insert(job, vec![problem])),
        }
        if ready.len() >= AT_A_TIME {
            let found = output.commit(std::mem::take(&mut ready));
            found.into_iter().for_each(|(job, problem)| failed.entry(job).or_default().push(problem));
        }
    }
    let found = output.commit(ready);
    found.into_iter().for_each(|(job, problem)| failed.entry(job).or_default().push(problem));
    for (job, problems) in failed {
        let name = names.get(job).cloned().unwrap_or_default();
        outcome.made.retain(|made| made.report != name);
        outcome.problems.extend(problems.into_iter().map(|problem| problem.in_report(name.clone())));
        outcome.failed.push(name);
    }
    output.finish().map_err(|problem| vec![problem])?;
    Ok(outcome)
}

/// A file of a report, beside its place or in it.
fn staged(output: &OutputFolder, part: &Destination, path: &str, hash: &str) -> Result<Staged, Diagnostic> {
    match output.to().has(path, hash) {
        true => Ok(Staged { path: path.to_owned(), hash: hash.to_owned(), temporary: None }),
        false => output.stage(path, &content(part, path, hash)?.into()),
    }
}

/// A file of a report, as it was made.
fn content(part: &Destination, path: &str, hash: &str) -> Result<Vec<u8>, Diagnostic> {
    let shown = part.shown(path);
    // A manifest may come from anywhere.
    let inside = relative_path(path).map_err(|_| problem::leaves_folder(&shown))?;
    let bytes = part.get(&inside).map_err(|error| problem::cannot_collect(&shown, &error))?;
    match of_content(&bytes) == hash {
        true => Ok(bytes),
        false => Err(problem::changed_since(&shown)),
    }
}
