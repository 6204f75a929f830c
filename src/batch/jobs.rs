//! The reports of a plan one by one: about which row, under which name.

use std::collections::HashMap;
use std::path::PathBuf;

use super::names::relative_path;
use super::plan::Plan;
use super::problem;
use crate::dataset::{Dataset, TableId, Value};
use crate::diagnostic::Diagnostic;
use crate::project::ReportSpec;
use crate::template::{Line, Scope};

/// One report to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
    /// Index into [`Plan::kinds`].
    pub(super) kind: usize,
    /// The row it is about.
    pub(super) unit: Option<(TableId, u32)>,
    /// Its name in messages, such as `school 0101`.
    pub(super) name: String,
    /// Path below the output folder, without extension.
    pub(super) output: PathBuf,
    /// How many rows before its own the template leaves out.
    pub(super) skipped: u32,
}

impl Job {
    /// Its path below the output folder, without extension, with `/` between folders.
    pub(super) fn output_name(&self) -> String {
        self.output.display().to_string().replace('\\', "/")
    }
}

impl Plan {
    pub(super) fn add_jobs(
        &mut self,
        kind: usize,
        report: &ReportSpec,
        line: &Line,
        only: &[String],
        problems: &mut Vec<Diagnostic>,
    ) {
        let Some(each) = &report.each else {
            if only.is_empty() {
                let name = report.name.value.clone();
                self.add_job(
                    Job { kind, unit: None, name, output: PathBuf::new(), skipped: 0 },
                    report,
                    line,
                    problems,
                );
            }
            return;
        };
        let Some(id) = self.dataset.table_id(&each.value) else { return };
        let rows = self.dataset.table(id).rows.len() as u32;
        if rows == 0 {
            problems.push(problem::no_units(each.place.clone(), &each.value));
        }
        for row in 0..rows {
            if only.is_empty() || only.iter().any(|wanted| self.tells_apart(id, row, wanted)) {
                let name = format!("{} {}", report.name.value, unit_key(&self.dataset, id, row));
                self.add_job(
                    Job { kind, unit: Some((id, row)), name, output: PathBuf::new(), skipped: 0 },
                    report,
                    line,
                    problems,
                );
            }
        }
    }

    fn add_job(&mut self, mut job: Job, report: &ReportSpec, line: &Line, problems: &mut Vec<Diagnostic>) {
        let scope = Scope { dataset: &self.dataset, project: &self.facts, unit: job.unit, skipped: 0 };
        match line.fill(scope) {
            Ok(name) => match relative_path(&name) {
                Ok(output) => {
                    job.output = output;
                    self.jobs.push(job);
                }
                Err(reason) => {
                    let problem = problem::bad_name(report.output.place.clone(), &name, &reason);
                    problems.push(problem.in_report(job.name));
                }
            },
            Err(found) => problems.extend(found.into_iter().map(|problem| problem.in_report(job.name.clone()))),
        }
    }

    /// Whether a row has a value in a column whose values are all different.
    fn tells_apart(&self, table: TableId, row: u32, wanted: &str) -> bool {
        let table = self.dataset.table(table);
        (0..table.columns.len()).any(|column| {
            let text = |row: usize| shown(&table.rows[row].cells[column].value);
            text(row as usize) == wanted && (0..table.rows.len()).filter(|other| text(*other) == wanted).count() == 1
        })
    }

    pub(super) fn check_choice_of_units(
        &self,
        only: &[String],
        lines: &[(&ReportSpec, Line)],
        problems: &mut Vec<Diagnostic>,
    ) {
        for wanted in only {
            let found = self.jobs.iter().any(|job| job.unit.is_some_and(|(id, row)| self.tells_apart(id, row, wanted)));
            if !found && !self.left_out.has(wanted) {
                let tables = lines.iter().filter_map(|(report, _)| self.dataset.table_id(&report.each.as_ref()?.value));
                let names: Vec<_> = tables.flat_map(|id| self.names_of(id)).collect();
                problems.push(problem::unknown_choice("--only", wanted, names.iter().map(String::as_str)));
            }
        }
    }

    fn names_of(&self, id: TableId) -> Vec<String> {
        (0..self.dataset.table(id).rows.len() as u32).map(|row| unit_key(&self.dataset, id, row)).collect()
    }

    /// Two reports must not be written to one file, also where capitals do not count.
    pub(super) fn check_names(&self, lines: &[(&ReportSpec, Line)], problems: &mut Vec<Diagnostic>) {
        let mut first: HashMap<String, &Job> = HashMap::new();
        for job in &self.jobs {
            let name = job.output.display().to_string();
            match first.get(&name.to_lowercase()) {
                Some(other) => {
                    let place = lines[job.kind].0.output.place.clone();
                    problems.push(problem::names_collide(place, &name, &other.name, &job.name));
                }
                None => {
                    first.insert(name.to_lowercase(), job);
                }
            }
        }
    }
}

/// A row by its key, or by its first value that is not blank.
pub(super) fn unit_key(dataset: &Dataset, table: TableId, row: u32) -> String {
    let table = dataset.table(table);
    let cells = table.rows.get(row as usize).map_or(&[][..], |row| &row.cells);
    let key: Vec<_> = table.key.iter().filter_map(|column| cells.get(*column)).map(|cell| shown(&cell.value)).collect();
    if key.is_empty() {
        cells.iter().map(|cell| shown(&cell.value)).find(|text| !text.is_empty()).unwrap_or_default()
    } else {
        key.join(" ")
    }
}

/// A value as a user would name it on the command line.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Blank | Value::Date(_) | Value::Bool(_) => String::new(),
    }
}
