//! `--record FILE`: what became of every report of a run, for programs (.json) or for people (.html).

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::build::summary;
use super::problem;
use crate::batch::{Made, Outcome, write_whole};
use crate::diagnostic::{Diagnostic, Language, Severity, Words, one_by_one};

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Made,
    Unchanged,
    Failed,
    Remaining,
}

/// One report of a run.
#[derive(Debug, Serialize)]
struct Row<'a> {
    report: &'a str,
    state: State,
    files: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<&'a Diagnostic>,
}

/// A whole run.
#[derive(Debug, Serialize)]
struct Record<'a> {
    program: &'static str,
    out: &'a str,
    seconds: f64,
    reports: Vec<Row<'a>>,
    left_out: &'a [String],
    vanished: &'a [crate::batch::Vanished],
    /// Those that belong to no report.
    problems: Vec<&'a Diagnostic>,
}

/// Whether a record can be written under this name.
pub(super) fn is_record_name(path: &Path) -> bool {
    ["json", "html"].iter().any(|known| has_extension(path, known))
}

/// Writes the record of a run.
pub(super) fn write(path: &Path, outcome: &Outcome, out: &str, language: Language) -> Result<(), Diagnostic> {
    let record = Record::of(outcome, out);
    let text = match has_extension(path, "html") {
        true => record.page(outcome, language),
        false => serde_json::to_string_pretty(&record).unwrap_or_default() + "\n",
    };
    write_whole(path, &text.into_bytes().into()).map_err(|error| problem::cannot_write(path, &error))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

impl<'a> Record<'a> {
    fn of(outcome: &'a Outcome, out: &'a str) -> Self {
        let (mut of_reports, mut problems) = (BTreeMap::<&str, Vec<&Diagnostic>>::new(), Vec::new());
        for problem in one_by_one(&outcome.problems).filter(|problem| problem.severity > Severity::Note) {
            match &problem.report {
                Some(report) => of_reports.entry(report).or_default().push(problem),
                None => problems.push(problem),
            }
        }
        let mut take = |report: &str| of_reports.remove(report).unwrap_or_default();
        let mut reports = Vec::new();
        let made = |made: &'a Made, state, problems| {
            let seconds = (state == State::Made).then(|| (made.time.as_secs_f64() * 1000.0).round() / 1000.0);
            Row { report: &made.report, state, files: &made.files, pages: made.pages, seconds, problems }
        };
        for report in &outcome.failed {
            let problems = take(report);
            reports.push(Row { report, state: State::Failed, files: &[], pages: None, seconds: None, problems });
        }
        reports.extend(outcome.made.iter().map(|report| made(report, State::Made, take(&report.report))));
        reports.extend(outcome.unchanged.iter().map(|report| made(report, State::Unchanged, take(&report.report))));
        reports.extend(outcome.remaining.iter().map(|report| {
            let problems = take(report);
            Row { report, state: State::Remaining, files: &[], pages: None, seconds: None, problems }
        }));
        Self {
            program: env!("CARGO_PKG_VERSION"),
            out,
            seconds: (outcome.time.as_secs_f64() * 1000.0).round() / 1000.0,
            reports,
            left_out: &outcome.left_out,
            vanished: &outcome.vanished,
            problems,
        }
    }

    /// A page that a browser shows, with links to the files.
    fn page(&self, outcome: &Outcome, language: Language) -> String {
        let say = |zh: &'static str, en: &'static str| match language {
            Language::Chinese => zh,
            Language::English => en,
        };
        let told = |problems: &[&Diagnostic]| {
            let lines = problems.iter().map(|problem| format!("<li>{}</li>", escaped(&problem.to_text(language))));
            let lines: String = lines.collect();
            if lines.is_empty() { lines } else { format!("<ul>{lines}</ul>") }
        };
        let title = say("做报告的情况", "The reports of a run");
        let Words { zh, en } = summary(outcome, self.out);
        let closing = escaped(match language {
            Language::Chinese => &zh,
            Language::English => &en,
        });
        let heads = [
            say("报告", "report"),
            say("情况", "state"),
            say("文件", "files"),
            say("页数", "pages"),
            say("用时（秒）", "seconds"),
            say("问题", "problems"),
        ];
        let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
        let rows = self.reports.iter().map(|row| {
            let (class, state) = match row.state {
                State::Made => ("made", say("做成", "made")),
                State::Unchanged => ("unchanged", say("没有变化", "unchanged")),
                State::Failed => ("failed", say("没做成", "failed")),
                State::Remaining => ("remaining", say("还没做", "still to be made")),
            };
            let files = row.files.iter().map(|file| {
                let ending = file.rsplit('.').next().unwrap_or(file);
                format!("<a href=\"{}\">{}</a> ", link(self.out, file), escaped(ending))
            });
            let pages = row.pages.map(|pages| pages.to_string()).unwrap_or_default();
            let seconds = row.seconds.map(|seconds| format!("{seconds:.3}")).unwrap_or_default();
            format!(
                "<tr class=\"{class}\"><td>{}</td><td>{state}</td><td>{}</td><td>{pages}</td><td>{seconds}</td><td>{}</td></tr>\n",
                escaped(row.report),
                files.collect::<String>(),
                told(&row.problems)
            )
        });
        let rows: String = rows.collect();
        let names = |heading: &str, names: Vec<&str>| match names.as_slice() {
            [] => String::new(),
            names => format!("<h2>{heading}</h2><p>{}</p>\n", escaped(&names.join(say("、", ", ")))),
        };
        let left_out = self.left_out.iter().map(String::as_str).collect();
        let left_out = names(say("数据有错、没有算进来的单位", "Units left out for errors in their data"), left_out);
        let vanished = self.vanished.iter().map(|gone| gone.report.as_str()).collect();
        let vanished = names(say("项目里已经没有的报告", "Reports that the project has no more"), vanished);
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
             <body><h1>{title}</h1><p>{closing}</p>\n{problems}{left_out}{vanished}\
             <table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n",
            lang = say("zh-CN", "en"),
            problems = told(&self.problems),
        )
    }
}

const STYLE: &str = "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}\
    th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}\
    td:nth-child(4),td:nth-child(5){text-align:right}.failed td{background:#fdd}.remaining td{background:#ffd}\
    .unchanged td{color:#555}ul{margin:0;padding-left:1.2em;white-space:pre-line}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The address of a file: every byte that may mean something is written as its number.
fn link(out: &str, file: &str) -> String {
    let path = Path::new(out).canonicalize().unwrap_or_else(|_| Path::new(out).to_owned()).join(file);
    let path = path.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("//?/");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte);
    let plain = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("file:///{}", path.trim_start_matches('/').bytes().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn outcome() -> Outcome {
        let warning = Diagnostic::warning("x.y", Place::Run, Words::new("缺<字>", "a <gap>"));
        let made = Made {
            report: "school 01".into(),
            files: vec!["学校/01.pdf".into()],
            pages: Some(3),
            time: Default::default(),
        };
        Outcome {
            unchanged: vec![Made { report: "school 02".into(), ..made.clone() }],
            made: vec![made],
            failed: vec!["city".into()],
            problems: vec![warning.clone().in_report("school 01"), warning],
            ..Outcome::default()
        }
    }

    #[test]
    fn every_report_is_a_row_with_its_own_problems() {
        let outcome = outcome();
        let record = Record::of(&outcome, "out");
        let rows: Vec<_> = record.reports.iter().map(|row| (row.report, row.state, row.problems.len())).collect();
        assert_eq!(
            rows,
            [("city", State::Failed, 0), ("school 01", State::Made, 1), ("school 02", State::Unchanged, 0)]
        );
        assert_eq!(record.problems.len(), 1);
    }

    #[test]
    fn a_page_has_no_markup_of_others_and_links_to_the_files() {
        let outcome = outcome();
        let page = Record::of(&outcome, "/数据/out").page(&outcome, Language::Chinese);
        assert!(page.contains("缺&lt;字&gt;") && !page.contains("<字>"));
        assert!(page.contains("href=\"file:///%E6%95%B0%E6%8D%AE/out/%E5%AD%A6%E6%A0%A1/01.pdf\">pdf</a>"), "{page}");
        assert!(page.contains("做成 1 份报告，1 个文件"));
    }
}
