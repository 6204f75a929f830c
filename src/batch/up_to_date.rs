//! Which reports stand already as they would be made.

use std::collections::HashMap;

use rayon::prelude::*;

use super::jobs::Job;
use super::making::trace_path;
use super::manifest::Entry;
use super::noted::PictureHashes;
use super::output::OutputFolder;
use super::plan::Plan;
use super::run::RunOptions;
use super::sources::Sources;

/// The reports that need not be made, by their numbers.
///
/// Times and sizes of files say nothing: what a report was made of is told by hashes, and so is what stands in its place.
pub(super) fn standing(
    plan: &Plan,
    sources: &Sources<'_>,
    output: &OutputFolder,
    pictures: &PictureHashes,
    options: RunOptions<'_>,
) -> HashMap<usize, Entry> {
    let known = output.manifest(|manifest| manifest.reports.clone());
    let numbered = plan.jobs.par_iter().enumerate();
    let standing = numbered.filter_map(|(number, job)| {
        let entry = known.get(&job.output_name())?;
        let same_sources = sources.of(job, entry.places) == entry.from && (entry.places || !options.trace);
        let stands = same_sources
            && entry.pictures.iter().all(|(path, hash)| pictures.hash(&plan.folder, path).as_ref() == Some(hash))
            && wanted(plan, job, options).iter().all(|path| stands(output, path, entry));
        stands.then(|| (number, entry.clone()))
    });
    standing.collect()
}

/// The paths of the files that a report is to have.
pub(super) fn wanted(plan: &Plan, job: &Job, options: RunOptions<'_>) -> Vec<String> {
    let has_text = plan.kinds.get(job.kind).is_some_and(|kind| kind.text.is_some());
    let trace = (options.trace && has_text).then(|| trace_path(job));
    plan.wanted(job).map(|(_, path)| path).chain(trace).collect()
}

fn stands(output: &OutputFolder, path: &str, entry: &Entry) -> bool {
    entry.files.get(path).is_some_and(|hash| output.to().has(path, hash))
}
