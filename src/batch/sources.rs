//! What a report is made of, as one hash: if it is the same as when the report was made, so would the report be.
//!
//! Own data are the rows that the report's unit sees of the tables that its template reads, and whole tables where the
//! template reads rows of everybody. That is more than the cells that the report shows, and never less than those that
//! merging looks at (`template::Reads`).

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::fingerprint::Fingerprint;
use super::folder::ProjectFolder;
use super::jobs::Job;
use super::plan::{Plan, ReportKind};
use crate::dataset::{Dataset, Row, Rows, TableId, Value};
use crate::template::{ProjectFacts, Reads};

/// The program: reports that another one made are made again.
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("HUIBAO_SOURCES"));

type Hash = blake3::Hash;

/// The data, and the folder that it comes from.
type Data<'a> = (&'a ProjectFolder, &'a Dataset);

/// Knows what each report of a plan is made of.
pub(super) struct Sources<'a> {
    plan: &'a Plan,
    /// What all reports have in common.
    common: Fingerprint,
    /// The columns that links go from and to, for each table.
    link_columns: Vec<Vec<usize>>,
    kinds: Vec<KindSources>,
    plain: Hashes,
    with_places: OnceLock<Hashes>,
}

/// What the reports of a kind have in common.
struct KindSources {
    said: Fingerprint,
    reads: Reads,
    /// For each table a hash of what is read of all its rows.
    whole: Vec<Option<[Hash; 2]>>,
}

/// Hashes of rows and tables, with or without the places of their cells.
struct Hashes {
    /// For each table and row: all cells, those of links.
    rows: Vec<Vec<[Hash; 2]>>,
    /// The same for each table.
    tables: Vec<[Hash; 2]>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(plan: &'a Plan, fonts: Hash) -> Self {
        let dataset = &plan.dataset;
        let mut common = Fingerprint::default();
        common.add(PROGRAM).add_hash(&fonts).add_number(plan.folder.dots as usize);
        add_facts(&plan.facts, &mut common);
        add_schema(dataset, &mut common);
        let link_columns = link_columns(dataset);
        let plain = Hashes::new((&plan.folder, dataset), &link_columns, false);
        let kinds = plan.kinds.iter().map(|kind| KindSources::new(plan, kind, &link_columns)).collect();
        Self { plan, common, link_columns, kinds, plain, with_places: OnceLock::new() }
    }

    /// A hash of all that a report is made of, but for the pictures that it shows; `places` if where cells stand is
    /// part of it.
    pub(super) fn of(&self, job: &Job, places: bool) -> String {
        let kind = &self.kinds[job.kind];
        let dataset = &self.plan.dataset;
        let with_places = || Hashes::new((&self.plan.folder, dataset), &self.link_columns, true);
        let hashes = if places { self.with_places.get_or_init(with_places) } else { &self.plain };
        let mut all = self.common.clone();
        all.add_hash(&kind.said.hash()).add(job.output_name()).add_number(usize::from(places));
        if places {
            // Problems name files as they were found.
            all.add(self.plan.folder.shown(""));
        }
        if let (Some((_, row)), true) = (job.unit, kind.reads.number) {
            all.add_number(row as usize).add_number(job.skipped as usize);
        }
        if kind.reads.unknown {
            hashes.tables.iter().for_each(|[cells, _]| {
                all.add_hash(cells);
            });
            return all.hash().to_hex().to_string();
        }
        let seen = seen_rows(dataset, job.unit, &kind.reads);
        for (table, rows) in seen.iter().enumerate() {
            let id = TableId(table as u16);
            let is_own = kind.reads.own.contains(&id) || job.unit.is_some_and(|(unit, _)| unit == id);
            let what = usize::from(!is_own);
            match rows {
                Rows::All => {
                    all.add_hash(&hashes.tables[table][what]);
                }
                Rows::Some(rows) => {
                    all.add_number(rows.len());
                    let of = hashes.rows.get(table);
                    let hashes = rows.iter().filter_map(|row| of?.get(*row as usize));
                    hashes.for_each(|hashes| {
                        all.add_hash(&hashes[what]);
                    });
                }
            }
            let whole = kind.whole.get(table).and_then(Option::as_ref);
            whole.into_iter().for_each(|whole| {
                all.add_hash(&whole[usize::from(places)]);
            });
            if kind.reads.links {
                all.add_hash(&hashes.tables[table][1]);
            }
        }
        all.hash().to_hex().to_string()
    }
}

impl KindSources {
    fn new(plan: &Plan, kind: &ReportKind, link_columns: &[Vec<usize>]) -> Self {
        let reads = kind.made_from.reads.clone();
        let mut said = Fingerprint::default();
        said.add_hash(&kind.made_from.files());
        let whole = plan.dataset.tables.iter().zip(0..).zip(link_columns);
        let whole = whole.map(|((table, id), links)| {
            let id = TableId(id);
            let named = reads.columns.iter().filter(|(of, _)| *of == id).map(|(_, column)| *column);
            let columns: BTreeSet<usize> =
                named.chain(links.iter().copied()).chain(table.key.iter().copied()).collect();
            let columns: Vec<usize> = columns.into_iter().collect();
            let hash = |places| {
                of_rows(table.rows.iter().map(|row| of_row((&plan.folder, &plan.dataset), row, &columns, places)))
            };
            reads.whole.contains(&id).then(|| [hash(false), hash(true)])
        });
        let whole = whole.collect();
        Self { said, reads, whole }
    }
}

impl Hashes {
    fn new(data: Data<'_>, link_columns: &[Vec<usize>], places: bool) -> Self {
        let rows = data.1.tables.iter().zip(link_columns).map(|(table, links)| {
            let all: Vec<usize> = (0..table.columns.len()).collect();
            let rows = table.rows.par_iter();
            rows.map(|row| [of_row(data, row, &all, places), of_row(data, row, links, places)]).collect()
        });
        let rows: Vec<Vec<[Hash; 2]>> = rows.collect();
        let tables = rows.iter().map(|rows| [0, 1].map(|what| of_rows(rows.iter().map(|row| row[what]))));
        let tables = tables.collect();
        Self { rows, tables }
    }
}

/// The rows that a report may come to see of each table: those of its unit, and those that these name.
///
/// A loop about a row that names another shows that other row, also where the report's unit does not see it.
fn seen_rows(dataset: &Dataset, unit: Option<(TableId, u32)>, reads: &Reads) -> Vec<Rows> {
    let Some((table, row)) = unit else { return dataset.all().rows };
    let view = dataset.all().at(dataset, table, row).rows;
    let mut seen: Vec<Option<BTreeSet<u32>>> = view
        .iter()
        .map(|rows| match rows {
            Rows::All => None,
            Rows::Some(rows) => Some(rows.iter().copied().collect()),
        })
        .collect();
    let all = |id: TableId| 0..dataset.table(id).rows.len() as u32;
    let mut open: Vec<(TableId, u32)> = Vec::new();
    for id in reads.own.iter().copied().chain([table]) {
        match seen.get(id.0 as usize) {
            Some(Some(rows)) => open.extend(rows.iter().map(|row| (id, *row))),
            _ if dataset.links.iter().any(|link| link.from == id) => open.extend(all(id).map(|row| (id, row))),
            _ => {}
        }
    }
    while let Some((id, row)) = open.pop() {
        for link in dataset.links.iter().filter(|link| link.from == id) {
            let named = link.targets.get(row as usize).copied().flatten();
            if let (Some(named), Some(Some(rows))) = (named, seen.get_mut(link.to.0 as usize))
                && rows.insert(named)
            {
                open.push((link.to, named));
            }
        }
    }
    let seen = seen.into_iter().zip(view).map(|(seen, view)| match (seen, view) {
        (Some(seen), Rows::Some(rows)) => {
            // The view's order counts; what it does not have comes after.
            let more = seen.into_iter().filter(|row| rows.binary_search(row).is_err());
            Rows::Some(rows.iter().copied().chain(more).collect())
        }
        _ => Rows::All,
    });
    seen.collect()
}

fn link_columns(dataset: &Dataset) -> Vec<Vec<usize>> {
    let of = |id: TableId| {
        let from = dataset.links.iter().filter(move |link| link.from == id).map(|link| link.from_column);
        let to = dataset.links.iter().filter(move |link| link.to == id).map(|link| link.to_column);
        from.chain(to).collect::<BTreeSet<_>>().into_iter().collect()
    };
    (0..dataset.tables.len()).map(|at| of(TableId(at as u16))).collect()
}

fn add_facts(facts: &ProjectFacts, all: &mut Fingerprint) {
    all.add(&facts.title).add(&facts.year).add_number(facts.others.len());
    for (key, value) in &facts.others {
        all.add(key).add(value);
    }
}

/// What the tables are called, what their columns hold, and how they are linked: names are looked up in that.
fn add_schema(dataset: &Dataset, all: &mut Fingerprint) {
    all.add_number(dataset.tables.len());
    for table in &dataset.tables {
        all.add(&table.name).add_number(table.columns.len());
        for column in &table.columns {
            all.add(&column.name).add([column.kind as u8]);
        }
        all.add_number(table.key.len());
        table.key.iter().for_each(|column| {
            all.add_number(*column);
        });
    }
    for link in &dataset.links {
        let ends = [link.from.0 as usize, link.from_column, link.to.0 as usize, link.to_column];
        ends.into_iter().for_each(|end| {
            all.add_number(end);
        });
    }
}

fn of_rows(rows: impl Iterator<Item = Hash>) -> Hash {
    let mut all = Fingerprint::default();
    rows.for_each(|row| {
        all.add_hash(&row);
    });
    all.hash()
}

fn of_row((folder, dataset): Data<'_>, row: &Row, columns: &[usize], places: bool) -> Hash {
    let mut all = Fingerprint::default();
    let mut sheet = None;
    for cell in columns.iter().filter_map(|column| row.cells.get(*column)) {
        match &cell.value {
            Value::Blank => all.add([0]),
            Value::Text(text) => all.add([1]).add(text.as_bytes()),
            Value::Number(number) => all.add([2]).add(number.to_bits().to_le_bytes()),
            Value::Date(date) => {
                let [month, day] = [date.month, date.day].map(|part| part.unwrap_or(0));
                all.add([3, month, day]).add(date.year.to_le_bytes())
            }
            Value::Bool(value) => all.add([4, u8::from(*value)]),
        };
        let origin = cell.origin;
        // Pictures may lie beside the workbook that names them, or in its cells.
        if let Some(name) = dataset.sheets.get(origin.sheet as usize).filter(|_| sheet != Some(origin.sheet)) {
            all.add(folder.within(&name.file)).add(if places { &name.sheet } else { "" });
            sheet = Some(origin.sheet);
        }
        if let Some(picture) = dataset.picture(origin) {
            all.add(picture);
        }
        if places {
            all.add_number(origin.row as usize).add_number(origin.column as usize);
        }
    }
    all.hash()
}
