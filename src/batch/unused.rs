//! Columns that were sent and are of no use: no template names them, nor a link, a key or a rule.

use std::collections::BTreeSet;

use super::plan::ReportKind;
use super::problem;
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::Diagnostic;
use crate::project::{AgreePart, ColumnName, Format, Project};
use crate::template::{Line, ProjectFacts};

/// A kind of reports, the line that names their files, and the table whose rows they are about.
pub(super) type Kind<'a> = (&'a ReportKind, &'a Line, Option<TableId>);

/// A note for each table that has such columns.
pub(super) fn columns(
    project: &Project,
    dataset: &Dataset,
    facts: &ProjectFacts,
    kinds: &[Kind<'_>],
) -> Vec<Diagnostic> {
    let mut used: BTreeSet<(TableId, usize)> = BTreeSet::new();
    for (kind, line, unit) in kinds {
        used.extend(line.columns(dataset, *unit, facts));
        if let Some(text) = &kind.text {
            used.extend(text.template.columns(dataset, *unit, facts));
        }
        if kind.formats.contains(&Format::Xlsx) {
            let tables = kind.summary.tables();
            used.extend(tables.flat_map(|id| (0..dataset.table(id).columns.len()).map(move |column| (id, column))));
        }
    }
    used.extend(dataset.links.iter().flat_map(|link| [(link.from, link.from_column), (link.to, link.to_column)]));
    used.extend(named(project).filter_map(|name| {
        let id = dataset.table_id(&name.table)?;
        Some((id, dataset.table(id).find_column(&name.column)?))
    }));

    let mut notes = Vec::new();
    for (number, table) in dataset.tables.iter().enumerate() {
        let unused: Vec<_> = (0..table.columns.len())
            .filter(|column| !used.contains(&(TableId(number as u16), *column)) && !table.key.contains(column))
            .filter_map(|column| table.columns.get(column))
            .filter(|column| !column.is_serial())
            .map(|column| column.name.as_str())
            .collect();
        let source = project.tables.iter().find(|source| source.name.value == table.name);
        if let (Some(source), false) = (source, unused.is_empty()) {
            notes.push(problem::unused_columns(source.name.place.clone(), &table.name, &unused));
        }
    }
    notes
}

/// The columns that the project file says something of.
fn named(project: &Project) -> impl Iterator<Item = &ColumnName> {
    let columns = project.columns.iter().flat_map(|column| {
        let refers_to = column.must.refers_to.as_ref().map(|column| &column.value);
        let last_year = column.must.change.as_ref().map(|change| &change.from.value);
        [Some(&column.name.value), refers_to, last_year]
    });
    let sums = project.agree.iter().flat_map(|agree| {
        let parts = agree.parts.iter().map(|part| match part {
            AgreePart::Sum(column) => Some(&column.value),
            AgreePart::Count(_) => None,
        });
        parts.chain([Some(&agree.with.value)])
    });
    columns.chain(sums).flatten()
}
