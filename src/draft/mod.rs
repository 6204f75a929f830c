//! A first project from any workbooks: which sheets make which tables, what tells their rows apart, how they are linked,
//! what the reports are about; and from that the project file and templates, as texts that somebody goes on writing.
//!
//! `sources` puts sheets together, `alike` those that differ a little, `keep_out` keeps out files that stand in the way, `again` finds those that send what has been sent, `guess` looks for keys, links and units, `inner` tries the tables inside forms, `columns` finds the words for columns in
//! tags, `project_file` and `template` write.

mod again;
mod alike;
mod columns;
mod guess;
mod inner;
mod keep_out;
mod names;
mod problem;
mod project_file;
mod section;
mod sources;
mod starter;
mod template;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use columns::{Renamed, let_tags_say};
pub use names::file_name;
pub use starter::{StarterRequest, starter};

use columns::Speller;
use guess::{GuessedLink, Guesses};
use inner::Inner;
use sources::{Source, SourceFile};

use crate::dataset::{ColumnSpec, Dataset, Layout, Link, SheetChoice, TableId, TableSpec, WrongCells};
use crate::diagnostic::{Diagnostic, Place};
use crate::workbook::Workbook;

/// So many columns of a table, from the left, are looked at, and so many tables taken in; nobody writes about more.
const MOST_COLUMNS: usize = 300;
const MOST_TABLES: usize = 100;

/// A project that was drafted.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The text of huibao.toml.
    pub project_file: String,
    /// The templates: their paths in the project, and their texts.
    pub templates: Vec<(String, String)>,
    /// The tables, and how many rows each has.
    pub tables: Vec<(String, usize)>,
}

/// Everything that the texts are written from.
#[derive(Debug)]
struct Facts<'a> {
    dataset: &'a Dataset,
    sources: &'a [Source],
    /// For each table, the columns that get another name in templates.
    renamed: &'a [Vec<ColumnSpec>],
    guesses: &'a Guesses,
    /// Whether a table's sheets have cells that cannot be read as they should, and what is said of the first of them.
    wrong_cells: Vec<Option<Diagnostic>>,
    /// For each table, those inside its forms.
    inner: Vec<Vec<Inner>>,
    title: String,
    year: Option<u16>,
}

/// Drafts a project from workbooks; `paths` are theirs in the project, `subject` is what they are called together. No
/// draft if no sheet has a table. Beside it, what was left out.
pub fn draft(paths: &[String], workbooks: &[Workbook], subject: &str) -> (Option<Draft>, Vec<Diagnostic>) {
    let files: Vec<_> = paths.iter().zip(workbooks).map(|(path, workbook)| SourceFile { path, workbook }).collect();
    let (mut sources, mut notes) = sources::find(&files);
    if sources.len() > MOST_TABLES {
        notes.push(problem::too_many_tables(sources.len(), MOST_TABLES));
        sources.truncate(MOST_TABLES);
    }
    let (mut dataset, problems) = keep_out::until_sound(workbooks, &files, &mut sources);
    for source in &sources {
        notes.extend(source.kept_out.iter().map(|(file, why)| problem::kept_out(file, &source.name, why)));
    }
    sources.retain(|source| dataset.table_id(&source.name).is_some());
    if dataset.tables.is_empty() {
        return (None, notes);
    }
    part_names(&mut dataset, &mut sources);
    let unsaid = columns::names_for_what_cannot_be_said(&dataset);
    let renamed: Vec<_> = sources.iter().zip(unsaid).map(|(source, unsaid)| with_also(source, unsaid)).collect();
    if renamed.iter().any(|columns| !columns.is_empty()) {
        let specs = sources
            .iter()
            .zip(&renamed)
            .map(|(source, columns)| TableSpec { columns: columns.clone(), ..spec(source) });
        dataset = Dataset::find(workbooks, &specs.collect::<Vec<_>>(), &[]).0;
    }
    let mut guesses = Guesses::of(&dataset, &Speller::new(&dataset));
    let inner = inner::tables(&sources, &dataset, &guesses, workbooks);
    if inner.iter().flatten().any(|inner| inner.is_sound) {
        // what stands in a table inside a form is no label and no value of the form itself
        let outer = sources
            .iter()
            .zip(&renamed)
            .map(|(source, columns)| TableSpec { columns: columns.clone(), ..spec(source) });
        let within = sources.iter().zip(&inner).flat_map(|(source, inner)| {
            inner.iter().filter(|inner| inner.is_sound).map(|inner| inner.spec(&source.name))
        });
        dataset = Dataset::find(workbooks, &outer.chain(within).collect::<Vec<_>>(), &[]).0;
        dataset.tables.truncate(sources.len());
        guesses = Guesses::of(&dataset, &Speller::new(&dataset));
    }
    // Which rows belong to which nobody asks here, only which tables do.
    dataset.links = guesses.sound_links().map(link).collect();
    let speller = Speller::new(&dataset);
    let wrong_cells = sources.iter().map(|source| first_wrong_cell(source, workbooks, &problems)).collect();
    let titles = sources.iter().flat_map(|source| source.titles.iter().map(String::as_str));
    let year = std::iter::once(subject).chain(paths.iter().map(String::as_str)).chain(titles).find_map(names::year);
    let title = names::report_title(subject);
    let facts = Facts {
        dataset: &dataset,
        sources: &sources,
        renamed: &renamed,
        guesses: &guesses,
        wrong_cells,
        inner,
        title,
        year,
    };
    let mut templates = vec![(project_file::OVERVIEW.to_owned(), template::overview(&facts, &speller))];
    if let Some(unit) = &guesses.unit {
        templates.push((project_file::unit_template(&facts, unit), template::unit(&facts, &speller, unit)));
    }
    let tables = dataset.tables.iter().map(|table| (table.name.clone(), table.rows.len())).collect();
    (Some(Draft { project_file: project_file::write(&facts, &speller), templates, tables }), notes)
}

fn spec(source: &Source) -> TableSpec {
    let sheets = source.sheets.iter();
    let sheets =
        sheets.map(|(workbook, sheet)| SheetChoice { workbook: *workbook, sheet: sheet.clone(), place: Place::Run });
    TableSpec {
        name: source.name.clone(),
        place: Place::Run,
        sheets: sheets.collect(),
        at: source.at.clone().map(|at| (at, Place::Run)),
        layout: if source.form { Layout::Form } else { Layout::Rows },
        columns: also(source),
        ..TableSpec::default()
    }
}

/// The columns of a source that have other names: those that its sheets call otherwise, and those that no tag can say.
fn with_also(source: &Source, mut unsaid: Vec<ColumnSpec>) -> Vec<ColumnSpec> {
    let mut all = also(source);
    all.retain(|column| {
        let said = unsaid.iter_mut().find(|new| new.also.iter().any(|(name, _)| *name == column.name));
        let is_free = said.is_none();
        said.into_iter().for_each(|new| new.also.extend(column.also.iter().cloned()));
        is_free
    });
    all.extend(unsaid);
    all
}

fn also(source: &Source) -> Vec<ColumnSpec> {
    let spec = |(name, others): &(String, Vec<String>)| ColumnSpec {
        name: name.clone(),
        also: others.iter().map(|other| (other.clone(), Place::Run)).collect(),
        ..ColumnSpec::default()
    };
    source.also.iter().map(spec).collect()
}

fn link(link: &GuessedLink) -> Link {
    Link {
        from: TableId(link.from as u16),
        from_column: link.from_column,
        to: TableId(link.to as u16),
        to_column: link.to_column,
        targets: Vec::new(),
        followers: Vec::new(),
    }
}

/// Gives tables other names that a column has too: in a row's loop the column would be meant.
fn part_names(dataset: &mut Dataset, sources: &mut [Source]) {
    for (number, source) in sources.iter_mut().enumerate().take(dataset.tables.len()) {
        let own = source.name.clone();
        let is_taken = |name: &str| {
            let tables = dataset.tables.iter().enumerate();
            tables.filter(|(other, _)| *other != number).any(|(_, table)| table.name == name)
                || dataset.tables.iter().any(|table| {
                    let begins = |column: &str| column.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
                    table.find_column(name).is_some() || table.columns.iter().any(|column| begins(&column.name))
                })
        };
        let others = (1..).map(|time| match time {
            1 => format!("{own}表"),
            _ => format!("{own}表{time}"),
        });
        let name = std::iter::once(own.clone()).chain(others).find(|name| !is_taken(name)).unwrap_or(own);
        source.name.clone_from(&name);
        dataset.tables[number].name = name;
    }
}

/// The first cell of a table that keeps reports from being made.
fn first_wrong_cell(source: &Source, workbooks: &[Workbook], problems: &[Diagnostic]) -> Option<Diagnostic> {
    let is_in = |problem: &&Diagnostic| {
        WrongCells::is_about_one(problem)
            && match &problem.place {
                Place::Cell { file, .. } => source.sheets.iter().any(|(book, _)| workbooks[*book].file == *file),
                _ => false,
            }
    };
    problems.iter().filter(|problem| problem.is_error()).find(is_in).cloned()
}
