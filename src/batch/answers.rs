//! What a check answers once every report has been made for trial: tags that never find a value, cells that are blank
//! where a table shows them, and cells with characters that no face has.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::outcome::Outcome;
use super::plan::Plan;
use super::problem;
use crate::dataset::{Cell, Dataset, Origin, Value};
use crate::diagnostic::Place;
use crate::template::{Coverage, TagCoverage};
use crate::workbook::cell_address;

/// Most cells of one kind that are told.
const MOST_CELLS: usize = 10_000;
/// How much of a cell is told around a character that no face has.
const CONTEXT: usize = 10;

/// What the trial of all reports brought to light.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What the tags of each kind of reports came to.
    pub(super) coverage: Vec<Coverage>,
    /// Characters of the data that no face has.
    pub(super) missing: BTreeSet<char>,
}

impl Plan {
    /// Puts the answers among the problems of a trial, in place of what they say better.
    pub(super) fn answer(&self, findings: &Findings, outcome: &mut Outcome) {
        self.tell_idle_tags(findings, outcome);
        self.tell_blank_cells(findings, outcome);
        self.tell_missing_characters(&findings.missing, outcome);
        outcome.problems.extend(self.notes.iter().cloned());
    }

    /// Tags that no report finds a value for: of each, one problem instead of one in every report.
    fn tell_idle_tags(&self, findings: &Findings, outcome: &mut Outcome) {
        if !self.whole || !self.left_out().is_empty() {
            return;
        }
        let failed: HashSet<&str> = outcome.failed.iter().map(String::as_str).collect();
        let mut told = Vec::new();
        for (kind, coverage) in findings.coverage.iter().enumerate() {
            let reports: HashSet<&str> =
                self.jobs.iter().filter(|job| job.kind == kind).map(|job| job.name.as_str()).collect();
            if reports.iter().any(|report| failed.contains(report)) {
                continue;
            }
            for (place, tag) in coverage.tags.iter().filter(|(_, tag)| is_idle(tag)) {
                outcome.problems.retain(|problem| {
                    let of_tag = Some(&problem.message) == tag.said.as_ref();
                    !(of_tag && problem.report.as_deref().is_some_and(|report| reports.contains(report)))
                });
                told.push(problem::idle_tag(place.clone(), &tag.tag, tag.blank));
            }
        }
        outcome.problems.extend(told);
    }

    fn tell_blank_cells(&self, findings: &Findings, outcome: &mut Outcome) {
        let mut shown: BTreeMap<Origin, &Place> = BTreeMap::new();
        for (place, tag) in findings.coverage.iter().flat_map(|coverage| &coverage.tags) {
            match tag.cells.len() {
                0 => {}
                _ if is_idle(tag) => {}
                // Nobody is expected to fill in what most leave blank.
                _ if tag.blank > tag.filled => {
                    outcome.problems.push(problem::mostly_blank(place.clone(), &tag.tag, tag.blank, tag.filled));
                }
                _ => {
                    for cell in &tag.cells {
                        shown.entry(*cell).or_insert(place);
                    }
                }
            }
        }
        let columns = blank_columns(&self.dataset, &shown);
        let told: BTreeSet<Place> = outcome.problems.iter().map(|problem| problem.place.clone()).collect();
        let notes = shown.iter().filter_map(|(cell, place)| {
            let (table, column) = columns.get(cell)?;
            let at = cell_place(&self.dataset, *cell).filter(|at| !told.contains(at))?;
            Some(problem::blank_cell(at, table, column, place))
        });
        let notes: Vec<_> = notes.take(MOST_CELLS).collect();
        outcome.problems.extend(notes);
    }

    /// A layout tells a character once and only where it met it first: here each cell that has it is told, once.
    fn tell_missing_characters(&self, missing: &BTreeSet<char>, outcome: &mut Outcome) {
        if missing.is_empty() {
            return;
        }
        let mut cells: BTreeMap<(Origin, char), String> = BTreeMap::new();
        for Cell { value, origin } in cells_of(&self.dataset) {
            let Value::Text(text) = value else { continue };
            for character in missing.iter().filter(|character| text.contains(**character)) {
                cells.entry((*origin, *character)).or_insert_with(|| around(text, *character));
            }
        }
        let found: BTreeSet<char> = cells.keys().map(|(_, character)| *character).collect();
        outcome.problems.retain(|problem| {
            !(problem::is_missing_character(problem, &found) && matches!(problem.place, Place::Cell { .. }))
        });
        let told = cells.iter().take(MOST_CELLS).filter_map(|((cell, character), context)| {
            Some(problem::missing_character(cell_place(&self.dataset, *cell)?, *character, context))
        });
        outcome.problems.extend(told);
    }
}

/// Whether a tag was met more than once and never had anything to show.
fn is_idle(tag: &TagCoverage) -> bool {
    tag.filled == 0 && tag.blank > 1
}

fn cells_of(dataset: &Dataset) -> impl Iterator<Item = &Cell> {
    dataset.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells)
}

/// Table and column of those cells that are blank themselves; others only lead to a blank.
fn blank_columns<'a>(dataset: &'a Dataset, wanted: &BTreeMap<Origin, &Place>) -> HashMap<Origin, (&'a str, &'a str)> {
    let mut columns = HashMap::new();
    let mut filled = HashSet::new();
    for table in &dataset.tables {
        for (cell, column) in table.rows.iter().flat_map(|row| row.cells.iter().zip(&table.columns)) {
            match cell.value {
                _ if !wanted.contains_key(&cell.origin) => {}
                Value::Blank => {
                    columns.entry(cell.origin).or_insert((table.name.as_str(), column.name.as_str()));
                }
                _ => {
                    filled.insert(cell.origin);
                }
            }
        }
    }
    columns.retain(|cell, _| !filled.contains(cell));
    columns
}

fn cell_place(dataset: &Dataset, cell: Origin) -> Option<Place> {
    let sheet = dataset.sheets.get(cell.sheet as usize)?;
    let address = cell_address(cell.row, cell.column);
    Some(Place::Cell { file: sheet.file.clone(), sheet: sheet.sheet.clone(), cell: address })
}

fn around(text: &str, character: char) -> String {
    let at = text.chars().position(|other| other == character).unwrap_or(0);
    text.chars().skip(at.saturating_sub(CONTEXT)).take(at.min(CONTEXT) + 1 + CONTEXT).collect()
}
