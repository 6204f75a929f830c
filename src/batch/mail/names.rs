//! The names of merged documents: as `--name` has it, or by what tells rows apart.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use super::problem;
use crate::batch::jobs::Job;
use crate::batch::names::relative_path;
use crate::batch::plan::Plan;
use crate::batch::problem as batch_problem;
use crate::dataset::{Dataset, TableId, Value};
use crate::diagnostic::{Diagnostic, Place};
use crate::draft::file_name;
use crate::template::{Line, Scope};

/// Where messages say that names come from.
pub(super) fn place() -> Place {
    Place::Text { file: "--name".into(), line: 1, column: 0 }
}

impl Plan {
    /// A document for each row of `unit`, or one over everything, called by `line` or else by `stem`.
    pub(super) fn add_mail(
        &mut self,
        stem: &str,
        line: Option<&Line>,
        unit: Option<TableId>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let found = line.map(|line| line.check(&self.dataset, unit, &self.facts)).unwrap_or_default();
        if !found.is_empty() {
            return problems.extend(found);
        }
        let units: Vec<Option<(TableId, u32)>> = match unit {
            None => vec![None],
            Some(rows) => (0..self.dataset.table(rows).rows.len() as u32).map(|row| Some((rows, row))).collect(),
        };
        let one_name = units.len() > 1 && line.is_some_and(|line| !line.has_tags());
        let own_names = unit.map(|rows| own_names(&self.dataset, rows)).unwrap_or_default();
        let mut used = HashSet::new();
        let mut skipped: u32 = 0;
        let mut shared: BTreeMap<String, usize> = BTreeMap::new();
        for unit in units {
            let own = unit.and_then(|(_, row)| own_names.get(row as usize)).cloned();
            let own_name = own.as_ref().map_or_else(|| stem.to_owned(), |own| format!("{stem} {own}"));
            let scope = Scope { dataset: &self.dataset, project: &self.facts, unit, skipped };
            if unit.is_some()
                && self.kinds.iter().filter_map(|kind| kind.text.as_ref()).any(|text| text.template.skips(scope))
            {
                skipped += 1;
                continue;
            }
            let name = match line.map(|line| line.fill_with(scope, &file_name)) {
                None => own_name.clone(),
                Some(Ok(name)) => name,
                // Nobody is left without a document because a cell is blank.
                Some(Err(found)) if found.iter().all(|problem| problem.code == "template.blank") => {
                    let name = unit.map_or_else(|| stem.to_owned(), |at| self.named_by_row(at));
                    problems.push(problem::blank_name(&found, &name));
                    name
                }
                Some(Err(found)) => {
                    problems.extend(found.into_iter().map(|problem| problem.in_report(own_name.clone())));
                    continue;
                }
            };
            let output = match relative_path(&name) {
                Ok(_) if one_name => {
                    problems.push(problem::merged_name_twice(Place::File { file: "--name".into() }, &name));
                    return;
                }
                Ok(output) => output,
                Err(reason) => {
                    problems.push(batch_problem::bad_name(place(), &name, &reason));
                    continue;
                }
            };
            let output = match used.insert(folded(&output)) {
                true => output,
                false => {
                    *shared.entry(name.clone()).or_insert(1) += 1;
                    numbered(&output, &mut used)
                }
            };
            self.jobs.push(Job { kind: 0, unit, name: own.unwrap_or(own_name), output, skipped });
        }
        problems.extend((skipped > 0).then(|| problem::skipped_rows(stem, skipped as usize)));
        let shared = shared.iter().map(|(name, rows)| problem::numbered_names(name, *rows));
        problems.extend(shared);
    }

    /// `第5行`, as Excel numbers rows.
    fn named_by_row(&self, (rows, row): (TableId, u32)) -> String {
        let cell = self.dataset.table(rows).rows.get(row as usize).and_then(|row| row.cells.first());
        format!("第{}行", cell.map_or(row, |cell| cell.origin.row) + 1)
    }
}

/// Windows takes names for the same that differ in capitals only.
fn folded(path: &std::path::Path) -> String {
    path.to_string_lossy().to_lowercase()
}

/// The name with the next number that is free: `甲（2）`.
fn numbered(path: &std::path::Path, used: &mut HashSet<String>) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut numbered = (2..).map(|number| path.with_file_name(format!("{name}（{number}）")));
    numbered.find(|path| used.insert(folded(path))).unwrap_or_default()
}

/// A name for each row: by the first column whose values are all there and all different, or else a number.
fn own_names(dataset: &Dataset, rows: TableId) -> Vec<String> {
    let table = dataset.table(rows);
    let column = |column: usize| {
        let values = table.rows.iter().map(|row| match row.cells.get(column).map(|cell| &cell.value) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        });
        let values: Vec<String> = values.collect::<Option<_>>()?;
        let distinct: HashSet<String> = values.iter().map(|value| value.to_lowercase()).collect();
        let fit = distinct.len() == values.len() && values.iter().all(|value| relative_path(value).is_ok_and(is_name));
        fit.then_some(values)
    };
    let width = table.rows.len().to_string().len();
    (0..table.columns.len())
        .find_map(column)
        .unwrap_or_else(|| (1..=table.rows.len()).map(|row| format!("{row:0width$}")).collect())
}

fn is_name(path: PathBuf) -> bool {
    path.components().count() == 1
}
