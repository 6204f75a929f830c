//! `huibao check`: looks for problems and makes nothing.

use super::End;
use super::arguments::ProjectOptions;
use super::build::refuse;
use super::console::{Console, count, counted};
use crate::batch::{Choice, Plan};
use crate::diagnostic::Words;
use crate::font::FontLibrary;

pub(super) fn run(options: &ProjectOptions, console: &Console) -> End {
    let choice = Choice { reports: &options.reports, only: &options.only, formats: &[] };
    let (plan, mut problems) = Plan::read(&options.project, choice);
    let Some(plan) = plan else { return refuse(problems, None, options.json, console) };
    let fonts = match FontLibrary::load(options.fonts.source, options.fonts.folder.as_deref()) {
        Ok(fonts) => fonts,
        Err(problem) => return refuse(problems, Some(problem), options.json, console),
    };
    problems.extend(fonts.notes());
    let bar = console.progress(plan.len());
    let rehearsed = plan.rehearse(&fonts, options.jobs, &|| bar.inc(1));
    bar.finish_and_clear();
    let mut outcome = match rehearsed {
        Ok(outcome) => outcome,
        Err(problem) => return refuse(problems, Some(problem), options.json, console),
    };
    outcome.problems.splice(0..0, problems);
    if options.json {
        console.say_json(&outcome);
    } else {
        console.problems(&outcome.problems);
        let (sound, all) = (outcome.made.len(), plan.len());
        let Words { zh, en } = count(&outcome.problems);
        console.tell(&Words::new(
            format!("检查了 {all} 份报告，{sound} 份可以做；{zh}"),
            format!("{} checked, {sound} can be made; {en}", counted(all, "report")),
        ));
    }
    if outcome.failed.is_empty() { End::Fine } else { End::ReportsFailed }
}
