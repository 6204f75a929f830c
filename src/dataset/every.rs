//! Who has not sent anything: a table to which each row of another owes something, and files that belong to nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Source;
use super::describe::value_shown;
use super::named_units::{NamedUnits, naming_columns};
use super::problem;
use super::{Dataset, Link, LinkSpec, Origin, Table, TableId, TableSpec};
use crate::diagnostic::{Diagnostic, Place, nearest};

/// Most different values of a link that are told of one file.
const VALUES_TOLD: usize = 3;

/// The sheets of a table, in order, as far as they say who has sent them.
#[derive(Debug)]
pub(super) struct Sent {
    sheets: Vec<SentSheet>,
}

#[derive(Debug)]
struct SentSheet {
    file: String,
    /// What stands above its table.
    titles: Vec<String>,
    /// How many rows of the table are from it.
    rows: usize,
}

impl Sent {
    pub(super) fn of(sources: &[Source<'_>]) -> Self {
        let sheets = sources.iter().map(|source| SentSheet {
            file: source.at.file.to_owned(),
            titles: source.located.titles.iter().map(|(_, _, title)| title.clone()).collect(),
            rows: source.located.rows.len(),
        });
        Self { sheets: sheets.collect() }
    }
}

/// A file whose rows are nobody's.
pub(super) struct Stray<'a> {
    pub(super) file: &'a str,
    pub(super) rows: usize,
    /// Some of the values that should have named somebody.
    pub(super) values: Vec<String>,
    /// The unit that its name or its title names, or comes near to.
    pub(super) near: Option<u32>,
}

/// A unit of which nothing has come, and the file that seems to be its.
pub(super) struct Missing<'a> {
    pub(super) unit: String,
    /// Where the list of units names it.
    pub(super) place: Place,
    pub(super) file: Option<&'a str>,
}

/// Checks all tables that are owed something; `specified` are the names of all tables there should be.
pub(super) fn check(
    dataset: &Dataset,
    links: &[LinkSpec],
    sent: &[(&TableSpec, Sent)],
    specified: &[&str],
    problems: &mut Vec<Diagnostic>,
) {
    for ((spec, sent_sheets), number) in sent.iter().zip(0..) {
        let Some((name, place)) = &spec.every else { continue };
        let Some(to) = dataset.table_id(name) else {
            if !specified.contains(&&**name) {
                problems.push(problem::unknown_table(place.clone(), name, specified));
            }
            continue;
        };
        let from = TableId(number);
        let Some(way) = way(dataset, from, to) else {
            // A link that could not be followed has been reported.
            if !links.iter().any(|link| link.from.0 == spec.name && link.to.0 == *name) {
                problems.push(problem::every_without_link(place.clone(), dataset.table(from), dataset.table(to)));
            }
            continue;
        };
        // Who owes something is not known if the list of them, or what leads there, could not be read whole.
        if !way.iter().any(|link| dataset.incomplete.contains(&link.to)) {
            tell(dataset, &way, (from, to), (spec, sent_sheets), place, problems);
        }
    }
}

/// The links that lead from one table to another, as few as can be.
fn way(dataset: &Dataset, from: TableId, to: TableId) -> Option<Vec<&Link>> {
    let mut reached: Vec<(TableId, Vec<&Link>)> = vec![(from, Vec::new())];
    let mut next = 0;
    while let Some((table, way)) = reached.get(next).cloned() {
        if table == to {
            return Some(way).filter(|way| !way.is_empty());
        }
        for link in dataset.links.iter().filter(|link| link.from == table) {
            if !reached.iter().any(|(known, _)| *known == link.to) {
                reached.push((link.to, way.iter().copied().chain([link]).collect()));
            }
        }
        next += 1;
    }
    None
}

fn tell(
    dataset: &Dataset,
    way: &[&Link],
    (from, to): (TableId, TableId),
    (spec, sent): (&TableSpec, &Sent),
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) {
    let (table, units) = (dataset.table(from), dataset.table(to));
    let unit =
        |row: usize| way.iter().try_fold(row as u32, |row, link| link.targets.get(row as usize).copied().flatten());
    let mut has_sent = vec![false; units.rows.len()];
    let mut files: BTreeMap<&str, FileSent> = BTreeMap::new();
    let mut row = 0;
    for sheet in &sent.sheets {
        let file = files.entry(&sheet.file).or_default();
        file.titles.extend(sheet.titles.iter().map(String::as_str));
        for row in row..row + sheet.rows {
            file.rows.push(row);
            let sender = unit(row);
            file.known |= sender.is_some();
            if let Some(has_sent) = sender.and_then(|unit| has_sent.get_mut(unit as usize)) {
                *has_sent = true;
            }
        }
        row += sheet.rows;
    }
    let names = UnitNames::new(dataset, to);
    // Files that may be those of units of which no row has come.
    let mut seem: BTreeMap<u32, &str> = BTreeMap::new();
    for (name, file) in files.iter().filter(|(_, file)| !file.known) {
        let near = names.near(name, &file.titles);
        if let Some(near) = near {
            seem.entry(near).or_insert(name);
        }
        if !file.rows.is_empty() {
            let stray = Stray { file: name, rows: file.rows.len(), values: values(table, way, &file.rows), near };
            let column = way.first().map_or(0, |link| link.from_column);
            let cells = file.rows.iter().filter_map(|row| table.rows.get(*row)?.cells.get(column));
            let places: BTreeSet<_> = cells.map(|cell| problem::place_of(dataset, cell.origin)).collect();
            // That its rows name nobody is said of the file.
            problems.retain(|problem| problem.code != "dataset.dangling-link" || !places.contains(&problem.place));
            problems.push(problem::file_of_nobody(&stray, table, column, units, &names));
        }
    }
    for file in &spec.unread {
        if let Some(near) = names.near(file, &[]) {
            seem.entry(near).or_insert(file);
        }
    }
    let missing = (0_u32..).zip(&has_sent).filter(|(_, has_sent)| !**has_sent);
    let missing = missing.map(|(unit, _)| Missing {
        unit: names.label(unit),
        place: names.origin(unit).map_or(Place::Run, |origin| problem::place_of(dataset, origin)),
        file: seem.get(&unit).copied(),
    });
    let missing: Vec<_> = missing.collect();
    if !missing.is_empty() {
        problems.push(problem::nothing_sent(place.clone(), table, units, &missing));
    }
}

/// The rows of one file.
#[derive(Debug, Default)]
struct FileSent<'a> {
    titles: Vec<&'a str>,
    rows: Vec<usize>,
    /// Whether one of them belongs to somebody.
    known: bool,
}

/// Some of what stands where somebody should be named.
fn values(table: &Table, way: &[&Link], rows: &[usize]) -> Vec<String> {
    let Some(link) = way.first() else { return Vec::new() };
    let cells = rows.iter().filter_map(|row| table.rows.get(*row)?.cells.get(link.from_column));
    let mut values: Vec<String> = Vec::new();
    for value in cells.map(|cell| value_shown(&cell.value)).filter(|value| !value.is_empty()) {
        if values.len() < VALUES_TOLD && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// What the rows of a table are called.
#[derive(Debug)]
pub(super) struct UnitNames<'a> {
    table: &'a Table,
    columns: Vec<usize>,
    named: NamedUnits<'a>,
}

impl<'a> UnitNames<'a> {
    fn new(dataset: &'a Dataset, id: TableId) -> Self {
        let table = dataset.table(id);
        Self { table, columns: naming_columns(table), named: NamedUnits::new(dataset, &[id]) }
    }

    /// A row's key and name: 0101 第一小学.
    pub(super) fn label(&self, row: u32) -> String {
        let first = [0];
        let columns = if self.columns.is_empty() { first.as_slice() } else { &self.columns };
        self.values(row, columns).join(" ")
    }

    /// The cell that tells a row from others.
    fn origin(&self, row: u32) -> Option<Origin> {
        let column = self.columns.first().copied().unwrap_or(0);
        self.table.rows.get(row as usize)?.cells.get(column).map(|cell| cell.origin)
    }

    fn values(&self, row: u32, columns: &[usize]) -> Vec<String> {
        let cells = self.table.rows.get(row as usize).map(|row| row.cells.as_slice()).unwrap_or_default();
        let values = columns.iter().filter_map(|column| cells.get(*column)).map(|cell| value_shown(&cell.value));
        values.filter(|value| !value.is_empty()).collect()
    }

    /// The unit that a file's name or the titles in it name, or else come nearest to.
    fn near(&self, file: &str, titles: &[&str]) -> Option<u32> {
        let named = self.named.in_path(file).or_else(|| titles.iter().find_map(|title| self.named.only_in_text(title)));
        if let Some((_, row)) = named {
            return Some(row);
        }
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let said = titles.iter().filter_map(|title| title.split_once([':', '：'])).map(|(_, said)| said.trim());
        std::iter::once(stem).chain(said).find_map(|text| self.nearest(text))
    }

    fn nearest(&self, text: &str) -> Option<u32> {
        let names: Vec<_> = (0..self.table.rows.len() as u32)
            .flat_map(|row| self.values(row, &self.columns).into_iter().map(move |name| (name, row)))
            .collect();
        let meant = nearest(text, names.iter().map(|(name, _)| name.as_str()))?;
        names.iter().find(|(name, _)| name == meant).map(|(_, row)| *row)
    }
}
