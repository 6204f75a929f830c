//! Reads the workbooks that a project names and finds its tables in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::context;
use super::except;
use super::files::{limits, read_workbook};
use super::folder::{ProjectFolder, names_in};
use super::manifest::made_in;
use super::{problem, problem_list, rules};
use crate::dataset::{ColumnSpec, Dataset, Hidden, Layout, LinkSpec, SheetChoice, TableSpec, WrongCells};
use crate::diagnostic::{Diagnostic, Place};
use crate::project::{ColumnSource, LinkSource, Project, TableLayout, TableSource};
use crate::settings::Located;
use crate::workbook::{Encoding, Options};

/// The project's dataset, and all that is wrong with its workbooks.
pub(super) fn read_dataset(folder: &ProjectFolder, project: &Project) -> (Dataset, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    // Each workbook is read once, however many tables are found in it.
    let mut files: BTreeMap<String, Option<Encoding>> = BTreeMap::new();
    let mut named = Vec::new();
    // Files that the project means one by one, not as some of a pattern.
    let mut meant: BTreeSet<String> = BTreeSet::new();
    for table in &project.tables {
        let encoding = table
            .encoding
            .as_ref()
            .and_then(|name| Encoding::named(&name.value, &name.place).map_err(|problem| problems.push(problem)).ok());
        let mut sheets = Vec::new();
        for from in &table.from {
            let found = matching(folder, &from.value.files, &from.place, &mut problems);
            folder.inputs.note_pattern(&from.value.files, &found);
            for file in found {
                // What is wrong with one of many files is that file's; with the only one it may be the project's.
                let many = is_pattern(&from.value.files);
                meant.extend((!many).then(|| file.clone()));
                let place = if many { Place::File { file: folder.shown(&file) } } else { from.place.clone() };
                sheets.push((file, from.value.sheet.clone(), place));
            }
        }
        except::keep_out(folder, table, &mut sheets, &|(file, ..)| file, &mut problems);
        for (file, ..) in &sheets {
            let how = files.entry(file.clone()).or_default();
            *how = how.or(encoding);
        }
        named.push((table, sheets));
    }
    let limits = limits(&project.limits);
    let read: Vec<_> = files
        .par_iter()
        .map(|(file, encoding)| read_workbook(folder, file, &Options { limits: limits.clone(), encoding: *encoding }))
        .collect();
    let mut numbers = BTreeMap::new();
    let mut workbooks = Vec::new();
    for (file, workbook) in files.into_keys().zip(read) {
        match workbook {
            Ok(workbook) if !meant.contains(&file) && problem_list::is_one(&workbook) => {
                problems.push(problem::problem_list_skipped(&workbook.file));
                named.iter_mut().for_each(|(_, sheets): &mut (_, Vec<_>)| sheets.retain(|(other, ..)| *other != file));
            }
            Ok(mut workbook) => {
                problems.append(&mut workbook.problems);
                numbers.insert(file, workbooks.len());
                workbooks.push(workbook);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let tables: Vec<_> = named
        .into_iter()
        .map(|(table, sheets)| table_spec(folder, table, &project.columns, sheets, &numbers))
        .collect();
    let links: Vec<_> = project.links.iter().map(link_spec).collect();
    let (dataset, found) = Dataset::find(&workbooks, &tables, &links);
    problems.extend(found);
    problems.extend(rules::check(project, &dataset));
    context::of_workbooks(&mut problems, &workbooks);
    (dataset, problems)
}

fn table_spec(
    folder: &ProjectFolder,
    table: &TableSource,
    columns: &[ColumnSource],
    sheets: Vec<(String, Option<String>, Place)>,
    numbers: &BTreeMap<String, usize>,
) -> TableSpec {
    let unread = sheets.iter().filter(|(file, ..)| !numbers.contains_key(file));
    let unread: Vec<_> = unread.map(|(file, ..)| folder.shown(file)).collect();
    let sheets = sheets
        .into_iter()
        .filter_map(|(file, sheet, place)| Some(SheetChoice { workbook: *numbers.get(&file)?, sheet, place }))
        .collect();
    let key = table.key.iter().map(|key| (key.value.clone(), key.place.clone())).collect();
    let name = table.name.value.clone();
    let columns = columns.iter().filter(|column| column.name.value.table == name).map(column_spec).collect();
    let at = table.at.as_ref().map(|at| (at.value.clone(), at.place.clone()));
    let every = table.every.as_ref().map(|every| (every.value.clone(), every.place.clone()));
    let hidden = if table.reads_hidden { Hidden::Read } else { Hidden::Skip };
    let layout = match &table.layout {
        TableLayout::Rows => Layout::Rows,
        TableLayout::Form => Layout::Form,
        TableLayout::Inside(form) => Layout::Inside(form.value.clone(), form.place.clone()),
    };
    let wrong_cells = if table.wrong_cells_blank { WrongCells::Blank } else { WrongCells::Refuse };
    TableSpec {
        name,
        place: table.name.place.clone(),
        sheets,
        key,
        columns,
        at,
        hidden,
        totals: table.totals,
        every,
        unread,
        wrong_cells,
        layout,
    }
}

fn column_spec(column: &ColumnSource) -> ColumnSpec {
    ColumnSpec {
        name: column.name.value.column.clone(),
        place: column.name.place.clone(),
        also: column.also.iter().map(|also| (also.value.clone(), also.place.clone())).collect(),
        kind: column.must.kind.map(rules::kind),
    }
}

fn link_spec(link: &LinkSource) -> LinkSpec {
    let end = |end: &Located<crate::project::ColumnName>| {
        (end.value.table.clone(), end.value.column.clone(), end.place.clone())
    };
    LinkSpec { from: end(&link.from), to: end(&link.to) }
}

/// The files that a pattern names, relative to the project's folder, sorted.
pub(super) fn matching(
    folder: &ProjectFolder,
    pattern: &str,
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let root = folder.path("");
    let rooted = match glob::Pattern::escape(&root.to_string_lossy().replace('\\', "/")) {
        root if root.is_empty() => pattern.to_owned(),
        root => format!("{}/{pattern}", root.trim_end_matches('/')),
    };
    let options =
        glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };
    let Ok(paths) = glob::glob_with(&rooted, options) else {
        problems.push(problem::bad_pattern(place.clone(), pattern));
        return Vec::new();
    };
    let (mut files, mut skipped) = (Vec::new(), false);
    let mut made = Made::default();
    for path in paths.flatten().filter(|path| path.is_file()) {
        let relative = path.strip_prefix(&root).unwrap_or(&path).display().to_string().replace('\\', "/");
        let name = relative.rsplit('/').next().unwrap_or(&relative);
        if is_pattern(pattern) && made.has(&root, &relative) {
            problems.push(problem::own_output_skipped(&folder.shown(&relative)));
            skipped = true;
            continue;
        }
        if name.starts_with("~$") {
            problems.push(problem::lock_file_skipped(&folder.shown(&relative)));
        } else {
            files.push(relative);
        }
    }
    if files.is_empty() && !skipped {
        let parent = folder.path(pattern).parent().map(names_in).unwrap_or_default();
        problems.push(problem::no_file_matches(place.clone(), pattern, parent.iter().map(String::as_str)));
    }
    files.sort();
    files
}

fn is_pattern(files: &str) -> bool {
    files.contains(['*', '?', '['])
}

/// The files that huibao has made in the folders looked at.
#[derive(Default)]
struct Made(HashMap<PathBuf, BTreeSet<String>>);

impl Made {
    /// Whether a file below the project's folder was made by huibao, as the journal of its folder or of one above says.
    fn has(&mut self, root: &Path, relative: &str) -> bool {
        let places = relative.match_indices('/').map(|(at, _)| at);
        let folders = places.map(|at| (&relative[..at], &relative[at + 1..])).chain([("", relative)]);
        folders.into_iter().any(|(folder, within)| {
            let folder = root.join(folder);
            let made = self.0.entry(folder).or_insert_with_key(|folder| made_in(folder).collect());
            made.contains(within)
        })
    }
}
