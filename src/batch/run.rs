//! Makes the reports of a plan that are not as they should be, many at a time. One that fails does not stop the others.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::answers::Findings;
use super::jobs::Job;
use super::last_run::LastRun;
use super::making::{Files, Writers, one, settle};
use super::manifest::Entry;
use super::merged::Merged;
use super::noted::{Noted, PictureHashes};
use super::outcome::{Made, Outcome};
use super::output::{OutputFolder, Ready};
use super::plan::Plan;
use super::sources::Sources;
use super::{leave_out, problem, up_to_date, vanished};
use crate::diagnostic::Diagnostic;
use crate::font::FontLibrary;
use crate::project::Format;
use crate::template::Coverage;
use crate::{docx, pdf};

/// How a run is carried out.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunOptions<'a> {
    /// How many reports at a time; all cores if not given.
    pub jobs: Option<usize>,
    /// Write beside each report where its figures come from.
    pub trace: bool,
    /// Make reports again that stand already as they would be made.
    pub all: bool,
    /// Remove the reports of former runs that the project does not have any more.
    pub prune: bool,
    /// When this is set, no further report is begun.
    pub stop: Option<&'a AtomicBool>,
}

/// What happens while a run is under way.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many reports are to be made, and so many stand already.
    Begun {
        /// To be made.
        todo: usize,
        /// Standing.
        standing: usize,
    },
    /// A report is made and about to be put in its place; what there is to say of it.
    Made(&'a Made, &'a [Diagnostic]),
    /// A report stood already as it would be made.
    Unchanged(&'a Made),
    /// A report could not be made, and why.
    Failed(&'a str, &'a [Diagnostic]),
}

/// What hears of events, from any thread.
pub type Listener<'a> = dyn Fn(Event<'_>) + Sync + 'a;

/// So many files at most are brought to the disk at a time.
const AT_A_TIME: usize = 256;

/// What became of a job.
enum Became<T> {
    Done(T),
    Failed(Vec<Diagnostic>),
    NotBegun,
}

/// What became of all jobs: of each its warnings, and whether it was made.
type Results<'a, T> = Vec<(&'a Job, Vec<Diagnostic>, Became<T>)>;

impl Plan {
    /// Makes every report that does not stand already as it would be made, and writes its files.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub fn build(
        &self,
        fonts: &FontLibrary,
        output: OutputFolder,
        options: RunOptions<'_>,
        tell: &Listener<'_>,
    ) -> Result<Outcome, Diagnostic> {
        let start = Instant::now();
        let threads = threads(options.jobs)?;
        output.sweep(self.jobs.iter().map(|job| job.output.as_path()));
        let mut outcome = Outcome { left_out: self.left_out.names.clone(), ..Outcome::default() };
        let sources = threads.install(|| Sources::new(self, fonts.fingerprint()));
        let pictures = PictureHashes::default();
        let standing = match options.all {
            true => HashMap::new(),
            false => threads.install(|| up_to_date::standing(self, &sources, &output, &pictures, options)),
        };
        let (kept, todo): (Vec<_>, Vec<_>) = (0..self.jobs.len()).partition(|number| standing.contains_key(number));
        tell(Event::Begun { todo: todo.len(), standing: kept.len() });
        for (number, entry) in kept.iter().filter_map(|number| Some((number, standing.get(number)?))) {
            let job = &self.jobs[*number];
            let files = up_to_date::wanted(self, job, options);
            let made = Made { report: job.name.clone(), files, pages: entry.pages, time: Duration::ZERO };
            tell(Event::Unchanged(&made));
            let problems = self.missed(job).into_iter().chain(entry.problems.iter().cloned());
            outcome.problems.extend(problems.map(|problem| problem.in_report(job.name.clone())));
            outcome.unchanged.push(made);
        }
        let full = AtomicBool::new(false);
        let writers = Writers { docx: docx::Writer::default(), pdf: pdf::Writer::new(fonts) };
        let (send, receive) = sync_channel(AT_A_TIME);
        let (results, failed) = std::thread::scope(|scope| {
            let committer = scope.spawn(|| commit(&output, receive, &full));
            let stopped =
                || options.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) || full.load(Ordering::Relaxed);
            let making = Making { plan: self, fonts, writers: &writers, output: &output, sources: &sources, options };
            let results = threads.install(|| {
                self.each(&todo, &stopped, |number, warnings| {
                    let made = making.make(number, warnings, &send);
                    match &made {
                        Ok(made) => tell(Event::Made(made, warnings)),
                        Err(problems) => {
                            full.fetch_or(problems.iter().any(problem::is_disk_full), Ordering::Relaxed);
                            tell(Event::Failed(&self.jobs[number].name, problems));
                        }
                    }
                    made
                })
            });
            drop(send);
            (results, committer.join())
        });
        let failed = failed.map_err(|panic| problem::crashed(panic_message(&*panic)))?;
        let failed: HashMap<usize, Diagnostic> = failed.into_iter().collect();
        for (number, problem) in &failed {
            tell(Event::Failed(&self.jobs[*number].name, std::slice::from_ref(problem)));
        }
        let results = results.into_iter().zip(&todo).map(|((job, warnings, result), number)| {
            let result = match failed.get(number) {
                Some(problem) => Became::Failed(one(problem.clone())),
                None => result,
            };
            (job, warnings, result)
        });
        gather(results.collect(), &mut outcome);
        vanished::look(self, &output, options.prune, &mut outcome);
        self.tell_whose(&mut outcome.problems);
        output.manifest(|manifest| manifest.last = LastRun::of(self, fonts, options, &outcome, manifest));
        outcome.problems.extend(output.problems());
        // What was made stands all the same; the next run reads what the manifest has so far.
        outcome.problems.extend(output.finish().err());
        outcome.time = start.elapsed();
        Ok(outcome)
    }

    /// Makes every report without writing it, for its problems. `done` is called after each, from any thread.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub fn rehearse(
        &self,
        fonts: &FontLibrary,
        jobs: Option<usize>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Diagnostic> {
        let start = Instant::now();
        let empty = vec![Coverage::default(); self.kinds.len()];
        let findings = Mutex::new(Findings { coverage: empty, ..Findings::default() });
        let all: Vec<usize> = (0..self.jobs.len()).collect();
        let rehearsed = |number: usize, warnings: &mut Vec<Diagnostic>| {
            let job = &self.jobs[number];
            let made = self.rehearse_one(job, fonts, &findings, warnings);
            done();
            made.map(|pages| Made { report: job.name.clone(), files: Vec::new(), pages, time: Duration::ZERO })
        };
        let results = threads(jobs)?.install(|| self.each(&all, &|| false, rehearsed));
        let mut outcome = Outcome { left_out: self.left_out.names.clone(), ..Outcome::default() };
        gather(results, &mut outcome);
        self.answer(&findings.into_inner().unwrap_or_else(PoisonError::into_inner), &mut outcome);
        self.tell_whose(&mut outcome.problems);
        outcome.time = start.elapsed();
        Ok(outcome)
    }

    /// How many pages a report has, if it is set on pages.
    fn rehearse_one(
        &self,
        job: &Job,
        fonts: &FontLibrary,
        findings: &Mutex<Findings>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Option<usize>, Vec<Diagnostic>> {
        let kind = &self.kinds[job.kind];
        let mut pages = None;
        let mut covered = Coverage::default();
        let merged = kind.text.as_ref().map(|text| self.merge(job, text, &self.folder, warnings, Some(&mut covered)));
        let mut findings_so_far = findings.lock().unwrap_or_else(PoisonError::into_inner);
        findings_so_far.coverage[job.kind].add(covered);
        drop(findings_so_far);
        let mut merged = merged.transpose()?;
        settle(job, kind.text.as_ref(), merged.as_mut(), fonts, warnings)?;
        if let Some((text, merged)) = kind.text.as_ref().zip(merged.as_mut())
            && (matches!(merged, Merged::Text(_)) || kind.formats.contains(&Format::Pdf))
        {
            let set = merged.take_layout();
            let document = merged.document(text.file(), warnings).map_err(one)?;
            let layout = self.set(text, merged, &document, set, fonts, warnings)?;
            pages = Some(layout.pages.pages.len());
            let missing = layout.missing.iter().filter(|missing| merged.origin(&document, missing).is_some());
            let mut findings = findings.lock().unwrap_or_else(PoisonError::into_inner);
            findings.missing.extend(missing.map(|missing| missing.character));
        }
        if kind.formats.contains(&Format::Xlsx) {
            self.tables(job, merged.as_ref(), warnings)?;
        }
        Ok(pages)
    }

    /// Carries out jobs by their numbers, on all threads.
    fn each<T: Send>(
        &self,
        numbers: &[usize],
        stopped: &(dyn Fn() -> bool + Sync),
        make: impl Fn(usize, &mut Vec<Diagnostic>) -> Result<T, Vec<Diagnostic>> + Sync,
    ) -> Results<'_, T> {
        let results = numbers.par_iter().map(|number| {
            let job = &self.jobs[*number];
            if stopped() {
                return (job, Vec::new(), Became::NotBegun);
            }
            let mut warnings = Vec::new();
            let result = match catch_unwind(AssertUnwindSafe(|| make(*number, &mut warnings))) {
                Ok(Ok(made)) => Became::Done(made),
                Ok(Err(problems)) => Became::Failed(problems),
                Err(panic) => Became::Failed(one(problem::crashed(panic_message(&*panic)))),
            };
            warnings.splice(0..0, self.missed(job));
            (job, warnings, result)
        });
        results.collect()
    }

    /// That units are missing in a report which were left out for errors in their data.
    fn missed(&self, job: &Job) -> Option<Diagnostic> {
        let missed = self.left_out.missed_by(job.unit);
        (!missed.is_empty()).then(|| leave_out::problem::left_out(&missed))
    }
}

/// What is needed to make a report.
struct Making<'a> {
    plan: &'a Plan,
    fonts: &'a FontLibrary,
    writers: &'a Writers<'a>,
    output: &'a OutputFolder,
    sources: &'a Sources<'a>,
    options: RunOptions<'a>,
}

impl Making<'_> {
    /// Makes a report, writes its files beside their places, and hands them on to be put there.
    fn make(
        &self,
        number: usize,
        warnings: &mut Vec<Diagnostic>,
        ready: &SyncSender<Ready>,
    ) -> Result<Made, Vec<Diagnostic>> {
        let start = Instant::now();
        let job = &self.plan.jobs[number];
        let noted = Noted::new(&self.plan.folder);
        let Files { files, pages } = self.plan.files(job, self.fonts, self.writers, &noted, self.options, warnings)?;
        let staged = files.iter().map(|(path, file)| self.output.stage(path, file).map_err(one));
        let files = staged.collect::<Result<Vec<_>, _>>()?;
        let places = self.options.trace || !warnings.is_empty();
        let entry = Entry {
            report: job.name.clone(),
            output: job.output_name(),
            from: self.sources.of(job, places),
            places,
            files: files.iter().map(|file| (file.path.clone(), file.hash.clone())).collect(),
            pictures: noted.into_pictures(),
            pages,
            problems: warnings.clone(),
        };
        let paths = files.iter().map(|file| file.path.clone()).collect();
        // Nobody receives any more only if that thread is gone, and then nothing would be in its place.
        let gone = |_| one(problem::crashed("the files cannot be put in their places"));
        ready.send(Ready { job: number, entry, files }).map_err(gone)?;
        Ok(Made { report: job.name.clone(), files: paths, pages, time: start.elapsed() })
    }
}

/// Puts the files of reports in their places as they come, at a time as many as have come while the disk was at work;
/// gives those that failed.
fn commit(output: &OutputFolder, ready: Receiver<Ready>, full: &AtomicBool) -> Vec<(usize, Diagnostic)> {
    let mut failed = Vec::new();
    while let Ok(first) = ready.recv() {
        let mut files = first.files.len();
        let mut reports = vec![first];
        while files < AT_A_TIME {
            let Ok(next) = ready.try_recv() else { break };
            files += next.files.len();
            reports.push(next);
        }
        let found = output.commit(reports);
        full.fetch_or(found.iter().any(|(_, problem)| problem::is_disk_full(problem)), Ordering::Relaxed);
        failed.extend(found);
    }
    failed
}

fn gather(results: Results<'_, Made>, outcome: &mut Outcome) {
    for (job, mut found, result) in results {
        match result {
            Became::Done(made) => outcome.made.push(made),
            Became::Failed(errors) => {
                found.extend(errors);
                outcome.failed.push(job.name.clone());
            }
            Became::NotBegun => outcome.remaining.push(job.name.clone()),
        }
        outcome.problems.extend(found.into_iter().map(|problem| problem.in_report(job.name.clone())));
    }
}

fn threads(jobs: Option<usize>) -> Result<rayon::ThreadPool, Diagnostic> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    threads.map_err(|error| problem::crashed(&error.to_string()))
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?")
}
