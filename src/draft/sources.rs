//! Which sheets of which files make one table.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{differ_in_time_alone, says_nothing, table_name};
use super::problem;
use crate::dataset::{FoundKind, FoundTable, describe, folded};
use crate::diagnostic::Diagnostic;
use crate::workbook::Workbook;

/// A workbook of the new project.
#[derive(Clone, Copy, Debug)]
pub(super) struct SourceFile<'a> {
    /// Its path in the project, such as `input/学校.xlsx`.
    pub(super) path: &'a str,
    /// What it holds.
    pub(super) workbook: &'a Workbook,
}

/// Sheets that make one table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Source {
    /// A name that templates can say.
    pub(super) name: String,
    /// As the project file says where it is read from.
    pub(super) from: Vec<String>,
    /// The sheets: workbook and name, none where the file has no other.
    pub(super) sheets: Vec<(usize, Option<String>)>,
    /// Which table of a sheet with several.
    pub(super) at: Option<String>,
    /// Whether they are forms.
    pub(super) form: bool,
    /// What the tables inside the forms are called.
    pub(super) inside: Vec<String>,
    /// The texts above the tables.
    pub(super) titles: Vec<String>,
}

/// A sheet with a table.
struct Sheet<'a> {
    file: usize,
    path: &'a str,
    found: FoundTable,
    /// What the tables inside it are called, if it is a form.
    inside: Vec<String>,
    /// Whether a source that names no sheet means this one.
    first: bool,
}

/// The tables of the workbooks, and the sheets that have none.
pub(super) fn find(files: &[SourceFile<'_>]) -> (Vec<Source>, Vec<Diagnostic>) {
    let (mut sheets, mut notes): (Vec<Sheet<'_>>, _) = (Vec::new(), Vec::new());
    for (number, file) in files.iter().enumerate() {
        let visible = file.workbook.sheets.iter().find(|sheet| !sheet.hidden && !sheet.rows.is_empty());
        let first = visible.map(|sheet| sheet.name.clone());
        for found in describe(file.workbook) {
            let place = || problem::sheet(&file.workbook.file, &found.sheet);
            if found.hidden {
                notes.push(problem::hidden_sheet(place()));
            } else if found.range.is_none() {
                notes.push(problem::no_table(place()));
            } else if found.kind == FoundKind::Inside {
                if let Some(form) = sheets.last_mut() {
                    form.inside.extend(found.at);
                }
            } else {
                let first = first.as_ref() == Some(&found.sheet);
                sheets.push(Sheet { file: number, path: file.path, found, inside: Vec::new(), first });
            }
        }
    }
    let mut sources: Vec<Source> = Vec::new();
    for group in groups(sheets) {
        let name = free_name(&name(&group), &sources);
        let from = from(&group, files);
        let sheets =
            group.iter().map(|sheet| (sheet.file, (!sheet.first).then(|| sheet.found.sheet.clone()))).collect();
        let titles = group.iter().flat_map(|sheet| sheet.found.titles.iter().cloned()).collect();
        let at = group.first().and_then(|sheet| sheet.found.at.clone());
        let first = group.first();
        let form = first.is_some_and(|sheet| sheet.found.kind == FoundKind::Form);
        let inside = first.map(|sheet| sheet.inside.clone()).unwrap_or_default();
        sources.push(Source { name, from, sheets, at, form, inside, titles });
    }
    (sources, notes)
}

/// Sheets with the same columns, in the order of the first of each; those that differ in time alone stay apart, since
/// nobody adds one year to the next.
fn groups(sheets: Vec<Sheet<'_>>) -> Vec<Vec<Sheet<'_>>> {
    let mut order = Vec::new();
    let mut by_columns: BTreeMap<(BTreeSet<String>, Option<String>, bool), Vec<Sheet<'_>>> = BTreeMap::new();
    for sheet in sheets {
        let columns = sheet.found.columns.iter().map(|column| folded(&column.name).into_owned()).collect();
        let columns = (columns, sheet.found.at.clone(), sheet.found.kind == FoundKind::Form);
        let group = by_columns.entry(columns.clone()).or_default();
        if group.is_empty() {
            order.push(columns);
        }
        group.push(sheet);
    }
    let mut groups = Vec::new();
    for columns in order {
        let Some(group) = by_columns.remove(&columns) else { continue };
        let names: Vec<_> = group.iter().map(|sheet| format!("{}#{}", stem(sheet.path), sheet.found.sheet)).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        if group.len() > 1 && differ_in_time_alone(&names) {
            groups.extend(group.into_iter().map(|sheet| vec![sheet]));
        } else {
            groups.push(group);
        }
    }
    groups
}

/// What the sheets have in common: their name, their folder, the beginning of their files' names.
fn name(group: &[Sheet<'_>]) -> String {
    let same = |of: &dyn Fn(&Sheet<'_>) -> String| {
        let first = group.first().map(of)?;
        group.iter().all(|sheet| of(sheet) == first).then_some(first)
    };
    let several_files = group.iter().any(|sheet| Some(sheet.file) != group.first().map(|first| first.file));
    let sheet = same(&|sheet| sheet.found.sheet.clone());
    let folder = same(&|sheet| folder(sheet.path).rsplit('/').next().unwrap_or_default().to_owned());
    let file = same(&|sheet| stem(sheet.path).to_owned());
    let candidates = match several_files {
        true => [folder, sheet, Some(common_start(group))],
        false => [sheet, file, folder],
    };
    let usable = candidates.into_iter().flatten().filter(|name| !says_nothing(name)).find_map(|name| table_name(&name));
    usable.unwrap_or_else(|| "数据".to_owned())
}

fn common_start(group: &[Sheet<'_>]) -> String {
    let mut names = group.iter().map(|sheet| stem(sheet.path));
    let mut common: Vec<char> = names.next().unwrap_or_default().chars().collect();
    for name in names {
        let equal = common.iter().zip(name.chars()).take_while(|(a, b)| **a == *b).count();
        common.truncate(equal);
    }
    common.into_iter().collect()
}

fn free_name(name: &str, sources: &[Source]) -> String {
    let taken = |name: &str| sources.iter().any(|source| source.name == name);
    let numbered = (2..).map(|number| format!("{name}{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// A pattern where it means these files and no others, else file by file.
fn from(group: &[Sheet<'_>], files: &[SourceFile<'_>]) -> Vec<String> {
    let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default();
    let Some(first) = group.first() else { return Vec::new() };
    let sheet_of = |sheet: &Sheet<'_>| (!sheet.first).then(|| sheet.found.sheet.clone());
    let alike = |sheet: &Sheet<'_>| {
        folder(sheet.path) == folder(first.path)
            && ending(sheet.path) == ending(first.path)
            && sheet_of(sheet) == sheet_of(first)
    };
    let written = |path: &str, sheet: Option<String>| match sheet {
        Some(sheet) => format!("{path}#{sheet}"),
        None => path.to_owned(),
    };
    let beside =
        files.iter().filter(|file| folder(file.path) == folder(first.path) && ending(file.path) == ending(first.path));
    if group.len() > 1 && group.iter().all(alike) && beside.count() == group.len() {
        return vec![written(&format!("{}/*.{}", folder(first.path), ending(first.path)), sheet_of(first))];
    }
    group.iter().map(|sheet| written(sheet.path, sheet_of(sheet))).collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Rows, book};
    use super::*;

    fn found(files: &[(&str, &[Rows<'_>])]) -> Vec<Source> {
        let books: Vec<_> = files.iter().map(|(path, sheets)| book(path, sheets)).collect();
        let files: Vec<_> = books.iter().map(|book| SourceFile { path: &book.file, workbook: book }).collect();
        find(&files).0
    }

    fn told(sources: &[Source]) -> Vec<(&str, Vec<&str>)> {
        sources.iter().map(|source| (source.name.as_str(), source.from.iter().map(String::as_str).collect())).collect()
    }

    const BRANCHES: &[&str] = &["支部名称 党员数", "语文 3"];
    const SCHOOLS: &[&str] = &["学校 人数", "一小 3"];

    #[test]
    fn the_files_of_a_folder_with_equal_columns_are_one_table() {
        let reordered: &[&str] = &["党员数 支部名称", "5 数学"];
        let sources = found(&[
            ("input/党支部/甲.xlsx", &[("Sheet1", BRANCHES)]),
            ("input/党支部/乙.xlsx", &[("Sheet1", reordered)]),
            ("input/学校.xlsx", &[("Sheet1", SCHOOLS)]),
        ]);
        assert_eq!(told(&sources), [("党支部", vec!["input/党支部/*.xlsx"]), ("学校", vec!["input/学校.xlsx"])]);
    }

    #[test]
    fn files_among_others_are_named_one_by_one() {
        let sources = found(&[
            ("input/支部甲.xlsx", &[("Sheet1", BRANCHES)]),
            ("input/支部乙.xlsx", &[("Sheet1", BRANCHES)]),
            ("input/学校.xlsx", &[("名单", SCHOOLS)]),
        ]);
        assert_eq!(
            told(&sources),
            [("支部", vec!["input/支部甲.xlsx", "input/支部乙.xlsx"]), ("名单", vec!["input/学校.xlsx"])]
        );
    }

    #[test]
    fn sheets_of_years_stay_apart_and_sheets_of_schools_come_together() {
        let years = found(&[("input/a.xlsx", &[("2022年", SCHOOLS), ("2023年", SCHOOLS)])]);
        assert_eq!(told(&years), [("表2022年", vec!["input/a.xlsx"]), ("表2023年", vec!["input/a.xlsx#2023年"])]);
        let schools = found(&[("input/各校.xlsx", &[("一小", BRANCHES), ("二小", BRANCHES)])]);
        assert_eq!(told(&schools), [("各校", vec!["input/各校.xlsx", "input/各校.xlsx#二小"])]);
    }
}
