//! `huibao build`: makes the reports.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use super::arguments::{BuildOptions, FontOptions};
use super::console::{Console, count, counted};
use super::stores::Working;
use super::telling::Telling;
use super::{End, interrupt, problem, record};
use crate::batch::{Choice, Destination, Event, Outcome, OutputFolder, Plan, RunOptions, Vanished, nothing_changed};
use crate::diagnostic::{self, Diagnostic, Severity, Words};
use crate::font::FontLibrary;

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    out: &'a str,
    #[serde(flatten)]
    outcome: &'a Outcome,
}

/// How a run is carried out, whatever its plan comes from.
pub(super) struct Carrying<'a> {
    pub(super) start: Instant,
    pub(super) out: Destination,
    pub(super) replace: bool,
    pub(super) trace: bool,
    pub(super) all: bool,
    pub(super) prune: bool,
    pub(super) fonts: &'a FontOptions,
    /// The faces, if they are known from an earlier run.
    pub(super) loaded: Option<&'a FontLibrary>,
    pub(super) jobs: Option<usize>,
    pub(super) json: bool,
    pub(super) told: Told<'a>,
}

/// What is told of a run besides its result.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told<'a> {
    /// Events as lines of JSON in place of the result.
    pub(super) events: bool,
    /// The run, line by line.
    pub(super) log: Option<&'a Path>,
    /// What became of each report.
    pub(super) records: &'a [PathBuf],
}

/// One build of a project.
pub(super) struct Building<'a> {
    pub(super) options: &'a BuildOptions,
    pub(super) out: Destination,
    pub(super) start: Instant,
    pub(super) fonts: Option<&'a FontLibrary>,
}

pub(super) fn run(options: &BuildOptions, console: &Console) -> End {
    let (start, mut options) = (Instant::now(), options.clone());
    let mut working = Working::default();
    match working.building(&mut options) {
        Ok(out) => Building { options: &options, out, start, fonts: None }.run(console),
        Err(problem) => refuse(Vec::new(), Some(problem), options.project.json || options.events, console),
    }
}

impl Building<'_> {
    pub(super) fn run(self, console: &Console) -> End {
        let Self { options, out, start, fonts } = self;
        if let Some(path) = options.records.iter().find(|path| !record::is_record_name(path)) {
            return console.refuse(&[problem::not_a_record_name(path)]);
        }
        let project = &options.project;
        let choice = Choice { reports: &project.reports, only: &project.only, formats: &options.formats };
        let own = match fonts {
            Some(_) => None,
            None => FontLibrary::load(project.fonts.source, project.fonts.folder.as_deref()).ok(),
        };
        let fonts = fonts.or(own.as_ref());
        let carrying = Carrying {
            start,
            out,
            replace: options.replace,
            trace: options.trace,
            all: options.all,
            prune: options.prune,
            fonts: &project.fonts,
            loaded: fonts,
            jobs: project.jobs,
            json: project.json,
            told: Told { events: options.events, log: options.log.as_deref(), records: &options.records },
        };
        let whole = choice == Choice::default() && options.shard.is_none() && !options.all;
        if let Some((outcome, fonts)) = fonts
            .filter(|_| whole)
            .and_then(|fonts| Some((nothing_changed(&project.project, &carrying.out, fonts, options.trace)?, fonts)))
        {
            return tell_unchanged(outcome, fonts, &carrying, console);
        }
        let (mut plan, problems) = Plan::read(&project.project, choice);
        if let (Some(plan), Some(shard)) = (&mut plan, options.shard) {
            plan.keep(shard);
        }
        carry_out(plan, problems, &carrying, console)
    }
}

/// Says that all reports stand as they should.
fn tell_unchanged(outcome: Outcome, fonts: &FontLibrary, carrying: &Carrying<'_>, console: &Console) -> End {
    let telling = Telling::begin(console, carrying.start, 0, carrying.told.events, carrying.told.log);
    let telling = match telling {
        Ok(telling) => telling,
        Err(problem) => return console.refuse(&[problem]),
    };
    telling.tell(&Event::Begun { todo: 0, standing: outcome.unchanged.len() });
    outcome.unchanged.iter().for_each(|made| telling.tell(&Event::Unchanged(made)));
    finish(outcome, fonts.notes(), telling, carrying, console)
}

/// Makes the reports of a plan, and says what came of it.
pub(super) fn carry_out(
    plan: Option<Plan>,
    mut problems: Vec<Diagnostic>,
    carrying: &Carrying<'_>,
    console: &Console,
) -> End {
    let Carrying { start, out, replace, trace, all, prune, fonts, loaded, jobs, json, told } = carrying;
    let own;
    let prepared = match (plan, loaded) {
        (None, _) => Err(None),
        (Some(plan), Some(fonts)) => Ok((plan, *fonts)),
        (Some(plan), None) => match FontLibrary::load(fonts.source, fonts.folder.as_deref()) {
            Ok(fonts) => {
                own = fonts;
                Ok((plan, &own))
            }
            Err(problem) => Err(Some(problem)),
        },
    };
    let run = prepared.and_then(|(plan, fonts)| {
        let output = OutputFolder::open(out.clone(), *replace).map_err(Some)?;
        problems.extend(fonts.notes());
        let telling = Telling::begin(console, *start, plan.len(), told.events, told.log).map_err(Some)?;
        let stop = Some(interrupt::listen(console));
        let settings = RunOptions { jobs: *jobs, trace: *trace, all: *all, prune: *prune, stop };
        let outcome = plan.build(fonts, output, settings, &|event| telling.tell(&event)).map_err(Some)?;
        Ok((outcome, telling))
    });
    match run {
        Ok((outcome, telling)) => finish(outcome, problems, telling, carrying, console),
        Err(problem) => refuse(problems, problem, *json || told.events, console),
    }
}

/// Says what came of a run.
fn finish(
    mut outcome: Outcome,
    problems: Vec<Diagnostic>,
    telling: Telling<'_>,
    carrying: &Carrying<'_>,
    console: &Console,
) -> End {
    let Carrying { start, out, json, told, .. } = carrying;
    let shown = &out.shown_as;
    outcome.problems.splice(0..0, problems);
    outcome.time = start.elapsed();
    for path in told.records {
        let written = record::write(path, &outcome, shown, console.language());
        outcome.problems.extend(written.err());
    }
    diagnostic::sort(&mut outcome.problems);
    telling.end(&outcome, shown, &summary(&outcome, shown));
    if *json {
        console.say_json(&Report { out: shown, outcome: &outcome });
    } else if !told.events {
        // Notes are for `check`: nothing is wrong, and a run over many workbooks has many.
        outcome.problems.retain(|problem| problem.severity > Severity::Note);
        console.problems(&outcome.problems);
        vanished(&outcome.vanished).iter().for_each(|words| console.tell(words));
        console.tell(&summary(&outcome, shown));
    }
    End::of(&outcome)
}

/// Nothing was made.
pub(super) fn refuse(mut problems: Vec<Diagnostic>, last: Option<Diagnostic>, json: bool, console: &Console) -> End {
    problems.extend(last);
    diagnostic::sort(&mut problems);
    if json {
        let problems: Vec<_> = diagnostic::one_by_one(&problems).collect();
        console.say_json(&serde_json::json!({ "made": [], "failed": [], "left_out": [], "problems": problems }));
        return End::Refused;
    }
    console.problems(&problems);
    let Words { zh, en } = count(&problems);
    console.tell(&Words::new(format!("没有开始做报告：{zh}"), format!("nothing was made: {en}")));
    End::Refused
}

pub(super) fn default_output(project: &Path) -> PathBuf {
    let folder = if project.is_file() { project.parent().unwrap_or(Path::new("")) } else { project };
    if folder == Path::new(".") { PathBuf::from("out") } else { folder.join("out") }
}

pub(super) fn summary(outcome: &Outcome, out: &str) -> Words {
    let made = outcome.made.len();
    let files: usize = outcome.made.iter().map(|report| report.files.len()).sum();
    let seconds = outcome.time.as_secs_f64();
    let unchanged = outcome.unchanged.len();
    let unchanged = match unchanged {
        0 => Words::new("", ""),
        _ => Words::new(
            format!("没有变化、不用重做 {unchanged} 份；"),
            format!("{} unchanged; ", counted(unchanged, "report")),
        ),
    };
    let failed = match outcome.failed.as_slice() {
        [] => Words::new("", ""),
        failed => Words::new(
            format!("没做成 {} 份（{}）；", failed.len(), listed(failed, "、")),
            format!("{} failed ({}); ", failed.len(), listed(failed, ", ")),
        ),
    };
    let parts = [unchanged, failed, remaining(&outcome.remaining), left_out(&outcome.left_out)];
    let (zh, en): (String, String) = parts.into_iter().map(|Words { zh, en }| (zh, en)).unzip();
    let count = count(&outcome.problems);
    Words::new(
        format!("做成 {made} 份报告，{files} 个文件，在 {out}；{zh}{}；用时 {seconds:.1} 秒", count.zh),
        format!(
            "{} made, {} in {out}; {en}{}; {seconds:.1} s",
            counted(made, "report"),
            counted(files, "file"),
            count.en
        ),
    )
}

/// What was not begun when the run was stopped.
fn remaining(names: &[String]) -> Words {
    match names.len() {
        0 => Words::new("", ""),
        number => Words::new(
            format!("停下来了，还剩 {number} 份没做（再运行一次就接着做）；"),
            format!("stopped with {} still to be made (run again to go on); ", counted(number, "report")),
        ),
    }
}

/// What the project does not have any more; nothing if there is nothing.
fn vanished(reports: &[Vanished]) -> Option<Words> {
    let names = |removed: bool| -> Vec<_> {
        let of = reports.iter().filter(|report| report.removed == removed);
        of.map(|report| report.report.clone()).collect()
    };
    let told = |names: Vec<String>, zh: &str, en: &str| {
        let number = names.len();
        (number > 0).then(|| {
            Words::new(
                format!("项目里已经没有的报告 {number} 份（{}）{zh}", listed(&names, "、")),
                format!("{} that the project has no more ({}){en}", counted(number, "report"), listed(&names, ", ")),
            )
        })
    };
    let removed = told(names(true), "：已删", ": removed");
    let kept = told(names(false), "还在输出文件夹里；要删就加 --prune", " in the output folder; --prune removes them");
    let parts: Vec<_> = removed.into_iter().chain(kept).collect();
    let join = |of: fn(&Words) -> &str| parts.iter().map(of).collect::<Vec<_>>().join("\n");
    (!parts.is_empty()).then(|| Words::new(join(|words| &words.zh), join(|words| &words.en)))
}

/// The first few names.
fn listed(names: &[String], parted_by: &str) -> String {
    const LISTED: usize = 20;
    let more = if names.len() > LISTED { format!("{parted_by}…") } else { String::new() };
    names.get(..LISTED).unwrap_or(names).join(parted_by) + &more
}

/// Which units were left out, for a closing line.
pub(super) fn left_out(names: &[String]) -> Words {
    match names {
        [] => Words::new("", ""),
        names => Words::new(
            format!("数据有错、没有算进来的单位 {} 个（{}）；", names.len(), listed(names, "、")),
            format!("{} left out for errors in their data ({}); ", names.len(), listed(names, ", ")),
        ),
    }
}
