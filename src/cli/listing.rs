//! Which problems are told on a terminal, and in what order: by file, sheet and cell; one that many reports share once;
//! of one rule that thousands of cells break the first few, and how many more there are.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Language, Place, Severity, Words};

/// So many problems of one kind with cells of one column, or with sheets or files, are told.
const TOLD_OF_DATA: usize = 5;
/// So many problems of one kind with a text file, whose writer mends them one by one, or with the run.
const TOLD_OF_TEXT: usize = 50;

/// A problem that is told.
pub(super) struct Told<'a> {
    pub(super) problem: &'a Diagnostic,
    /// How many further reports have it.
    pub(super) others: usize,
}

/// How many more problems of one kind there are.
pub(super) struct More<'a> {
    /// The first of them.
    pub(super) like: &'a Diagnostic,
    pub(super) count: usize,
}

/// The problems in the order of their places, each once.
pub(super) fn distinct(problems: &[Diagnostic]) -> Vec<Told<'_>> {
    let mut sorted: Vec<_> = problems.iter().collect();
    let order = |problem: &&Diagnostic| {
        (problem.place.clone(), Reverse(problem.severity), problem.code, problem.message.zh.clone())
    };
    sorted.sort_by_cached_key(order);
    let same = |a: &Diagnostic, b: &Diagnostic| (&a.place, a.code, &a.message.zh) == (&b.place, b.code, &b.message.zh);
    let mut told: Vec<Told<'_>> = Vec::new();
    for problem in sorted {
        match told.last_mut() {
            Some(last) if same(last.problem, problem) => last.others += 1,
            _ => told.push(Told { problem, others: 0 }),
        }
    }
    told
}

/// The first few of each kind, and how many more there are of the others.
pub(super) fn first_few(problems: Vec<Told<'_>>) -> (Vec<Told<'_>>, Vec<More<'_>>) {
    let mut kinds: HashMap<_, (usize, Option<usize>)> = HashMap::new();
    let (mut told, mut more): (Vec<_>, Vec<More<'_>>) = (Vec::new(), Vec::new());
    for problem in problems {
        let limit = match problem.problem.place {
            Place::Run | Place::Text { .. } | Place::Paragraph { .. } => TOLD_OF_TEXT,
            Place::File { .. } | Place::Sheet { .. } | Place::Cell { .. } => TOLD_OF_DATA,
        };
        let (number, rest) = kinds.entry(kind(problem.problem)).or_default();
        *number += 1;
        if *number <= limit {
            told.push(problem);
            continue;
        }
        let rest = *rest.get_or_insert_with(|| {
            more.push(More { like: problem.problem, count: 0 });
            more.len() - 1
        });
        more.get_mut(rest).into_iter().for_each(|more| more.count += 1);
    }
    more.sort_by_key(|more| Reverse(more.like.severity));
    (told, more)
}

/// What makes problems of one kind: the code, and the column, of which the same letters in sheets of the same name are
/// taken for one.
fn kind(problem: &Diagnostic) -> (&str, Severity, &str, &str) {
    let (sheet, column) = match (&problem.column, &problem.place) {
        (Some(column), _) => ("", column.as_str()),
        (None, Place::Cell { sheet, cell, .. }) => (sheet.as_str(), letters(cell)),
        (None, _) => ("", ""),
    };
    (problem.code, problem.severity, sheet, column)
}

fn letters(cell: &str) -> &str {
    cell.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default()
}

impl More<'_> {
    pub(super) fn to_text(&self, language: Language) -> String {
        let More { like, count } = self;
        let column = match (&like.column, &like.place) {
            (Some(column), _) => Words::new(format!("“{column}”"), format!(" with “{column}”")),
            (None, Place::Cell { sheet, cell, .. }) => {
                let letters = letters(cell);
                Words::new(format!("“{sheet}”的 {letters} 列"), format!(" in column {letters} of “{sheet}”"))
            }
            (None, _) => Words::new("", ""),
        };
        let (severity, code) = (like.severity.name(language), like.code);
        match language {
            Language::Chinese => format!("{severity}：……{}还有 {count} 处同样的问题（{code}）", column.zh),
            Language::English => format!("{severity}: … {count} more of the same{} ({code})", column.en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(file: &str, cell: &str) -> Diagnostic {
        let place = Place::Cell { file: file.into(), sheet: "表".into(), cell: cell.into() };
        Diagnostic::warning("x.y", place, Words::new("空", "blank"))
    }

    fn places(told: &[Told<'_>]) -> Vec<String> {
        told.iter().map(|told| format!("{} {}", told.problem.place, told.others)).collect()
    }

    #[test]
    fn a_problem_of_many_reports_is_told_once() {
        let problems =
            [("B2", "city"), ("A1", "city"), ("B2", "school 01")].map(|(at, of)| problem("a.xlsx", at).in_report(of));
        assert_eq!(places(&distinct(&problems)), ["a.xlsx#表!A1 0", "a.xlsx#表!B2 1"]);
    }

    #[test]
    fn problems_come_by_file_and_cell_and_those_of_no_file_first() {
        let run = Diagnostic::note("x.z", Place::Run, Words::new("说明", "note"));
        let file = Diagnostic::error("x.f", Place::File { file: "b.xlsx".into() }, Words::new("坏", "bad"));
        let problems = [problem("b.xlsx", "B10"), problem("b.xlsx", "AA2"), problem("b.xlsx", "B2"), file, run];
        let order: Vec<_> = distinct(&problems).iter().map(|told| told.problem.place.to_string()).collect();
        assert_eq!(order, ["", "b.xlsx", "b.xlsx#表!B2", "b.xlsx#表!AA2", "b.xlsx#表!B10"]);
    }

    #[test]
    fn of_a_rule_broken_by_thousands_of_cells_the_first_few_are_told_and_the_others_counted() {
        let mut problems: Vec<_> = (1..=5000).map(|row| problem(&format!("{}.xlsx", row / 10), "C3")).collect();
        let error = |row| {
            let problem = problem("a.xlsx", &format!("D{row}")).about("党支部.党员");
            Diagnostic { severity: Severity::Error, ..problem }
        };
        problems.extend((1..=7).map(error));
        problems.push(problem("a.xlsx", "E1"));
        let (told, more) = first_few(distinct(&problems));
        assert_eq!(told.len(), 5 + 5 + 1);
        let more: Vec<_> = more.iter().map(|more| more.to_text(Language::Chinese)).collect();
        assert_eq!(
            more,
            ["错误：……“党支部.党员”还有 2 处同样的问题（x.y）", "警告：……“表”的 C 列还有 496 处同样的问题（x.y）"]
        );
    }
}
