//! `huibao build`: makes the reports.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use super::End;
use super::arguments::{BuildOptions, FontOptions};
use super::console::{Console, count, counted};
use crate::batch::{Choice, Outcome, OutputFolder, Plan, RunOptions};
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
    let Carrying { start, out, replace, trace, fonts, jobs, json } = carrying;
    let shown = out.display().to_string();
    let prepared = plan.ok_or(None).and_then(|plan| {
        let fonts = FontLibrary::load(fonts.source, fonts.folder.as_deref()).map_err(Some)?;
        let output = OutputFolder::open(out, &shown, *replace).map_err(Some)?;
        Ok((plan, fonts, output))
    });
    let run = prepared.and_then(|(plan, fonts, output)| {
        problems.extend(fonts.notes());
        let bar = console.progress(plan.len());
        let settings = RunOptions { jobs: *jobs, trace: *trace };
        let outcome = plan.build(&fonts, output, settings, &|| bar.inc(1));
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
    let count = count(&outcome.problems);
    let left_out = left_out(&outcome.left_out);
    let failed = match outcome.failed.as_slice() {
        [] => Words::new("", ""),
        failed => Words::new(
            format!("没做成 {} 份（{}）；", failed.len(), failed.join("、")),
            format!("{} failed ({}); ", failed.len(), failed.join(", ")),
        ),
    };
    Words::new(
        format!(
            "做成 {made} 份报告，{files} 个文件，在 {out}；{}{}{}；用时 {seconds:.1} 秒",
            failed.zh, left_out.zh, count.zh
        ),
        format!(
            "{} made, {} in {out}; {}{}{}; {seconds:.1} s",
            counted(made, "report"),
            counted(files, "file"),
            failed.en,
            left_out.en,
            count.en
        ),
    )
}

/// Which units were left out, for a closing line.
pub(super) fn left_out(names: &[String]) -> Words {
    match names {
        [] => Words::new("", ""),
        names => {
            const LISTED: usize = 20;
            let listed = names.get(..LISTED).unwrap_or(names);
            let (zh, en) = if names.len() > LISTED { (" 等", ", …") } else { ("", "") };
            Words::new(
                format!("数据有错、没有算进来的单位 {} 个（{}{zh}）；", names.len(), listed.join("、")),
                format!("{} left out for errors in their data ({}{en}); ", names.len(), listed.join(", ")),
            )
        }
    }
}
