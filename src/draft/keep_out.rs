//! Files that would keep every report from being made: a first project is to be built at once, so they are kept out,
//! each with the reason, until somebody has mended them.

use std::collections::BTreeMap;

use super::again;
use super::columns::Speller;
use super::guess::Guesses;
use super::sources::{Source, SourceFile};
use super::spec;
use crate::dataset::{Dataset, WrongCells, comparable};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::workbook::Workbook;

/// A table of so many files is sound if this part of them is.
const MOST_KEPT_OUT: usize = 3;

/// The tables of the sources without the files that stand in the way, and what is wrong with what is left.
pub(super) fn until_sound(
    workbooks: &[Workbook],
    files: &[SourceFile<'_>],
    sources: &mut [Source],
) -> (Dataset, Vec<Diagnostic>) {
    let find = |sources: &[Source]| Dataset::find(workbooks, &sources.iter().map(spec).collect::<Vec<_>>(), &[]);
    let (mut dataset, mut problems) = find(sources);
    let wrong = wrong_files(workbooks, &problems);
    if keep_out(sources, &wrong, files) {
        (dataset, problems) = find(sources);
    }
    if keep_out(sources, &again::sent_again(workbooks, &dataset), files) {
        (dataset, problems) = find(sources);
    }
    if dataset.tables.len() == sources.len() {
        let strays = strays(workbooks, &dataset);
        if keep_out(sources, &strays, files) {
            (dataset, problems) = find(sources);
        }
    }
    (dataset, problems)
}

/// Keeps files out of the tables of several; says whether there were any.
fn keep_out(sources: &mut [Source], wrong: &BTreeMap<usize, Words>, files: &[SourceFile<'_>]) -> bool {
    let mut any = false;
    for source in sources {
        let own: Vec<_> = source.sheets.iter().map(|(file, _)| *file).filter(|file| wrong.contains_key(file)).collect();
        if own.len() * MOST_KEPT_OUT > source.sheets.len() {
            continue;
        }
        for file in own {
            let why = wrong.get(&file).cloned().unwrap_or_else(|| Words::new("", ""));
            source.keep_out(file, why, files);
            any = true;
        }
    }
    any
}

/// Files with errors, but for cells that may count as blank, and those that are copies.
fn wrong_files(workbooks: &[Workbook], problems: &[Diagnostic]) -> BTreeMap<usize, Words> {
    let mut wrong = BTreeMap::new();
    for problem in problems {
        let stands_in_the_way = problem.is_error() && !WrongCells::is_about_one(problem);
        if !stands_in_the_way && problem.code != "dataset.same-content" {
            continue;
        }
        let file = match &problem.place {
            Place::File { file } | Place::Sheet { file, .. } | Place::Cell { file, .. } => file,
            _ => continue,
        };
        if let Some(number) = workbooks.iter().position(|workbook| workbook.file == *file) {
            let why = match problem.code {
                "dataset.same-content" => Words::new("和另一个文件的内容完全一样", "a copy of another file"),
                _ => problem.message.clone(),
            };
            wrong.entry(number).or_insert(why);
        }
    }
    wrong
}

/// Files none of whose rows name a row of a table that nearly all others do.
fn strays(workbooks: &[Workbook], dataset: &Dataset) -> BTreeMap<usize, Words> {
    let guesses = Guesses::of(dataset, &Speller::new(dataset));
    let mut strays = BTreeMap::new();
    for link in guesses.links.iter().filter(|link| !link.dangling.is_empty()) {
        let (Some(from), Some(to)) = (dataset.tables.get(link.from), dataset.tables.get(link.to)) else { continue };
        let known: std::collections::HashSet<_> =
            to.rows.iter().filter_map(|row| comparable(&row.cells.get(link.to_column)?.value)).collect();
        let mut of_files: BTreeMap<&str, (bool, String)> = BTreeMap::new();
        for cell in from.rows.iter().filter_map(|row| row.cells.get(link.from_column)) {
            let Some(sheet) = dataset.sheets.get(cell.origin.sheet as usize) else { continue };
            let value = comparable(&cell.value);
            let (names_some, value_shown) = of_files.entry(&sheet.file).or_default();
            *names_some |= value.as_ref().is_none_or(|value| known.contains(value));
            *value_shown = value.map(|value| value.into_owned()).unwrap_or_default();
        }
        let (column, table) = (&from.columns[link.from_column].name, &to.name);
        for (file, (_, value)) in of_files.into_iter().filter(|(_, (names_some, _))| !names_some) {
            let Some(number) = workbooks.iter().position(|workbook| workbook.file == file) else { continue };
            let why = Words::new(
                format!("“{column}”写的是 {value}，“{table}”里没有"),
                format!("“{column}” says {value}, which “{table}” does not have"),
            );
            strays.entry(number).or_insert(why);
        }
    }
    strays
}
