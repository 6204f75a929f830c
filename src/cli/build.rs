//! `huibao build`: makes the reports.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use super::arguments::{BuildOptions, FontOptions};
use super::console::{Console, count, counted};
use super::{End, interrupt};
use crate::batch::{Choice, Event, Outcome, OutputFolder, Plan, RunOptions, Vanished};
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
    pub(super) out: PathBuf,
    pub(super) replace: bool,
    pub(super) trace: bool,
    pub(super) all: bool,
    pub(super) prune: bool,
    pub(super) fonts: &'a FontOptions,
    pub(super) jobs: Option<usize>,
    pub(super) json: bool,
}

pub(super) fn run(options: &BuildOptions, console: &Console) -> End {
    let start = Instant::now();
    let project = &options.project;
    let choice = Choice { reports: &project.reports, only: &project.only, formats: &options.formats };
    let (plan, problems) = Plan::read(&project.project, choice);
    let out = options.out.clone().unwrap_or_else(|| default_output(&project.project));
    let carrying = Carrying {
        start,
        out,
        replace: options.replace,
        trace: options.trace,
        all: options.all,
        prune: options.prune,
        fonts: &project.fonts,
        jobs: project.jobs,
        json: project.json,
    };
    carry_out(plan, problems, &carrying, console)
}

/// Makes the reports of a plan, and says what came of it.
pub(super) fn carry_out(
    plan: Option<Plan>,
    mut problems: Vec<Diagnostic>,
    carrying: &Carrying<'_>,
    console: &Console,
) -> End {
    let Carrying { start, out, replace, trace, all, prune, fonts, jobs, json } = carrying;
    let shown = out.display().to_string();
    let prepared = plan.ok_or(None).and_then(|plan| {
        let fonts = FontLibrary::load(fonts.source, fonts.folder.as_deref()).map_err(Some)?;
        let output = OutputFolder::open(out, &shown, *replace).map_err(Some)?;
        Ok((plan, fonts, output))
    });
    let run = prepared.and_then(|(plan, fonts, output)| {
        problems.extend(fonts.notes());
        let bar = console.progress(plan.len());
        let stop = Some(interrupt::listen(console));
        let settings = RunOptions { jobs: *jobs, trace: *trace, all: *all, prune: *prune, stop };
        let outcome = plan.build(&fonts, output, settings, &|event| match event {
            Event::Begun(reports) => bar.set_length(reports as u64),
            Event::Made(_) | Event::Failed(_) => bar.inc(1),
            Event::Unchanged(_) => {}
        });
        bar.finish_and_clear();
        outcome.map_err(Some)
    });
    let mut outcome = match run {
        Ok(outcome) => outcome,
        Err(problem) => return refuse(problems, problem, *json, console),
    };
    outcome.problems.splice(0..0, problems);
    diagnostic::sort(&mut outcome.problems);
    outcome.time = start.elapsed();
    if *json {
        console.say_json(&Report { out: &shown, outcome: &outcome });
    } else {
        // Notes are for `check`: nothing is wrong, and a run over many workbooks has many.
        outcome.problems.retain(|problem| problem.severity > Severity::Note);
        console.problems(&outcome.problems);
        vanished(&outcome.vanished).iter().for_each(|words| console.tell(words));
        console.tell(&summary(&outcome, &shown));
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

fn default_output(project: &Path) -> PathBuf {
    let folder = if project.is_file() { project.parent().unwrap_or(Path::new("")) } else { project };
    if folder == Path::new(".") { PathBuf::from("out") } else { folder.join("out") }
}

fn summary(outcome: &Outcome, out: &str) -> Words {
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
