//! `huibao check`: looks for problems, makes no report, and lists the problems in a workbook if asked to.

use std::path::Path;

use super::arguments::{CheckOptions, ProjectOptions};
use super::build::{left_out, refuse};
use super::console::{Console, count, counted};
use super::stores::Working;
use super::{End, problem};
use crate::batch::{Choice, Outcome, Plan, problem_list, write_one};
use crate::diagnostic::{self, Diagnostic, Words};
use crate::font::FontLibrary;

pub(super) fn run(options: &CheckOptions, console: &Console) -> End {
    let (json, mut options) = (options.project.json, options.clone());
    let mut working = Working::default();
    if let Err(problem) = working.checking(&mut options) {
        return refuse(Vec::new(), Some(problem), json, console);
    }
    let mut looked = look(&options.project, console);
    let mut unwritten = None;
    if let Some(file) = &options.xlsx {
        let problems = looked.as_ref().map_or_else(Vec::as_slice, |(outcome, _)| &outcome.problems);
        match write_list(file, problems, options.replace, console) {
            Ok(()) if !json => console.tell(&problem_list_written(file)),
            Ok(()) => {}
            Err(problem) => unwritten = Some(problem),
        }
    }
    let (outcome, all) = match &mut looked {
        Ok((outcome, all)) => (outcome, *all),
        Err(problems) => return refuse(std::mem::take(problems), unwritten, json, console),
    };
    let listed = unwritten.is_none();
    outcome.problems.extend(unwritten);
    if json {
        console.say_json(outcome);
    } else {
        console.problems(&outcome.problems);
        let sound = outcome.made.len();
        let Words { zh, en } = count(&outcome.problems);
        let left_out = left_out(&outcome.left_out);
        console.tell(&Words::new(
            format!("检查了 {all} 份报告，{sound} 份可以做；{}{zh}", left_out.zh),
            format!("{} checked, {sound} can be made; {}{en}", counted(all, "report"), left_out.en),
        ));
    }
    if listed { End::of(outcome) } else { End::Refused }
}

/// What making all reports would come to and how many there are, or the problems that keep it from being tried.
fn look(options: &ProjectOptions, console: &Console) -> Result<(Outcome, usize), Vec<Diagnostic>> {
    let choice = Choice { reports: &options.reports, only: &options.only, formats: &[] };
    let (plan, mut problems) = Plan::read(&options.project, choice);
    let Some(plan) = plan else { return Err(problems) };
    let refused = |mut problems: Vec<_>, problem| {
        problems.push(problem);
        problems
    };
    let fonts = match FontLibrary::load(options.fonts.source, options.fonts.folder.as_deref()) {
        Ok(fonts) => fonts,
        Err(problem) => return Err(refused(problems, problem)),
    };
    problems.extend(fonts.notes());
    let bar = console.progress(plan.len());
    let rehearsed = plan.rehearse(&fonts, options.jobs, &|| bar.inc(1));
    bar.finish_and_clear();
    match rehearsed {
        Ok(mut outcome) => {
            outcome.problems.splice(0..0, problems);
            diagnostic::sort(&mut outcome.problems);
            Ok((outcome, plan.len()))
        }
        Err(problem) => Err(refused(problems, problem)),
    }
}

fn write_list(file: &Path, problems: &[Diagnostic], replace: bool, console: &Console) -> Result<(), Diagnostic> {
    if !file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err(problem::not_an_xlsx_name(file));
    }
    let bytes = problem_list(problems, console.language())?;
    write_one(file, &bytes.into(), replace)
}

fn problem_list_written(file: &Path) -> Words {
    let file = file.display();
    Words::new(format!("问题清单写到了 {file}"), format!("the problems are listed in {file}"))
}
