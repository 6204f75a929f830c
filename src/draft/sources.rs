//! Which sheets of which files make one table.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{self, Group};
use super::names::{differ_in_time_alone, says_nothing, table_name};
use super::problem;
use crate::dataset::{FoundKind, FoundTable, describe, folded};
use crate::diagnostic::{Diagnostic, Words};
use crate::workbook::Workbook;

/// How many files a pattern has to mean for each other file that it means too.
const FILES_FOR_ONE_EXCEPTION: usize = 4;

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
    /// Columns that some of the sheets call otherwise: what they are called, and the other names.
    pub(super) also: Vec<(String, Vec<String>)>,
    /// Files that are kept out until they are mended, each with the reason.
    pub(super) kept_out: Vec<(String, Words)>,
    /// Files that a pattern means too and that hold other tables.
    pub(super) others: Vec<String>,
}

/// A sheet with a table.
pub(super) struct Sheet<'a> {
    pub(super) file: usize,
    pub(super) path: &'a str,
    pub(super) found: FoundTable,
    /// What the tables inside it are called, if it is a form.
    inside: Vec<String>,
    /// Whether a source that names no sheet means this one.
    first: bool,
    /// Whether it is the first table of its sheet.
    pub(super) on_top: bool,
}

impl Sheet<'_> {
    /// File and sheet in one.
    pub(super) fn full_name(&self) -> String {
        format!("{}#{}", stem(self.path), self.found.sheet)
    }
}

/// The tables of the workbooks, and the sheets that have none.
pub(super) fn find(files: &[SourceFile<'_>]) -> (Vec<Source>, Vec<Diagnostic>) {
    let (mut sheets, mut notes): (Vec<Sheet<'_>>, _) = (Vec::new(), Vec::new());
    for (number, file) in files.iter().enumerate() {
        let found = describe(file.workbook);
        // As without a name in the project file: a sheet with rows of data before one with notes.
        let has_rows = |found: &&FoundTable| !found.hidden && found.rows > 0 && found.columns.len() > 1;
        let visible = found.iter().find(has_rows).or_else(|| found.iter().find(|found| !found.hidden));
        let first = visible.map(|found| found.sheet.clone());
        // Lines of words beside tables are how to fill them in.
        let only_words = |found: &FoundTable| found.kind == FoundKind::Table && found.columns.len() < 2;
        let has_tables = found.iter().any(|found| found.rows > 0 && found.columns.len() > 1);
        let mut last_sheet = None;
        for found in found {
            let on_top = last_sheet.as_ref() != Some(&found.sheet);
            last_sheet = Some(found.sheet.clone());
            let place = || problem::sheet(&file.workbook.file, &found.sheet);
            if found.hidden {
                notes.push(problem::hidden_sheet(place()));
            } else if found.range.is_none() || only_words(&found) && (has_tables || found.rows == 0) {
                notes.push(problem::no_table(place()));
            } else if found.kind == FoundKind::Inside {
                if let Some(form) = sheets.last_mut() {
                    form.inside.extend(found.at);
                }
            } else {
                let first = first.as_ref() == Some(&found.sheet);
                sheets.push(Sheet { file: number, path: file.path, found, inside: Vec::new(), first, on_top });
            }
        }
    }
    let mut sources: Vec<Source> = Vec::new();
    for Group { sheets: mut group, also } in alike::put_together(groups(sheets)) {
        let at = group.first().and_then(|sheet| sheet.found.at.clone());
        let at = at.filter(|at| group.iter().all(|sheet| sheet.found.at.as_ref() == Some(at)));
        group.sort_by_key(|sheet| sheet.file);
        let name = free_name(&name(&group), &sources);
        let sheets =
            group.iter().map(|sheet| (sheet.file, (!sheet.first).then(|| sheet.found.sheet.clone()))).collect();
        let titles = group.iter().flat_map(|sheet| sheet.found.titles.iter().cloned()).collect();
        let form = group.first().is_some_and(|sheet| sheet.found.kind == FoundKind::Form);
        let inside = group.iter().map(|sheet| &sheet.inside).find(|inside| !inside.is_empty());
        let inside = inside.cloned().unwrap_or_default();
        let (from, kept_out, others) = (Vec::new(), Vec::new(), Vec::new());
        let mut source = Source { name, from, sheets, at, form, inside, titles, also, kept_out, others };
        source.name_files(files);
        sources.push(source);
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
        let names: Vec<_> = group.iter().map(Sheet::full_name).collect();
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

impl Source {
    /// Says where it is read from: patterns where they mean these files and at most a few others, which are then excepted,
    /// else file by file; and brings its sheets into the order in which they are then read.
    pub(super) fn name_files(&mut self, files: &[SourceFile<'_>]) {
        let path = |file: usize| files.get(file).map_or("", |file| file.path);
        let kind = |path: &str| (folder(path).to_owned(), ending(path).to_owned());
        let mut kinds: Vec<(String, String)> = Vec::new();
        for (file, _) in &self.sheets {
            let kind = kind(path(*file));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let one = self.sheets.iter().all(|(file, _)| Some(*file) == self.sheets.first().map(|(first, _)| *first));
        let (mut from, mut sheets, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for of in &kinds {
            let mut own: Vec<_> = self.sheets.iter().filter(|(file, _)| kind(path(*file)) == *of).cloned().collect();
            let is_kept_out = |path: &str| self.kept_out.iter().any(|(kept_out, _)| kept_out == path);
            let is_own = |path_of: &str| own.iter().any(|(file, _)| path(*file) == path_of);
            let beside = files.iter().map(|file| file.path).filter(|path| kind(path) == *of);
            let beside: Vec<_> = beside.filter(|path| !is_own(path) && !is_kept_out(path)).collect();
            let sheet = own.first().and_then(|(_, sheet)| sheet.clone());
            let few = beside.len() * FILES_FOR_ONE_EXCEPTION <= own.len();
            let whole = !one && few && own.iter().all(|(_, other)| *other == sheet);
            let written = |path: &str, sheet: &Option<String>| match sheet {
                Some(sheet) => format!("{path}#{sheet}"),
                None => path.to_owned(),
            };
            if whole {
                own.sort_by(|(a, _), (b, _)| path(*a).cmp(path(*b)));
                from.push(written(&format!("{}/*.{}", of.0, of.1), &sheet));
                others.extend(beside.into_iter().map(str::to_owned));
            } else {
                from.extend(own.iter().map(|(file, sheet)| written(path(*file), sheet)));
            }
            sheets.append(&mut own);
        }
        (self.from, self.sheets, self.others) = (from, sheets, others);
    }

    /// Whether a file that is kept out would be read: a pattern means it.
    pub(super) fn is_excepted(&self, path: &str) -> bool {
        let pattern = format!("{}/*.{}", folder(path), ending(path));
        self.from.iter().any(|from| from.split('#').next() == Some(pattern.as_str()))
    }

    /// Keeps a file out, for a reason.
    pub(super) fn keep_out(&mut self, file: usize, why: Words, files: &[SourceFile<'_>]) {
        self.sheets.retain(|(other, _)| *other != file);
        self.kept_out.extend(files.get(file).map(|file| (file.path.to_owned(), why)));
        self.name_files(files);
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

pub(super) fn folder(path: &str) -> &str {
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
    fn many_files_beside_one_of_another_table_are_a_pattern_with_an_exception() {
        let mut files: Vec<(&str, &[Rows<'_>])> = vec![("input/学校.xlsx", &[("名单", SCHOOLS)])];
        let branches = ["input/一.xlsx", "input/二.xlsx", "input/三.xlsx", "input/四.xlsx"];
        files.extend(branches.map(|path| (path, [("Sheet1", BRANCHES)].as_slice())));
        let sources = found(&files);
        assert_eq!(told(&sources), [("名单", vec!["input/学校.xlsx"]), ("数据", vec!["input/*.xlsx"])]);
        assert_eq!(sources[1].others, ["input/学校.xlsx"]);
    }

    #[test]
    fn sheets_of_years_stay_apart_and_sheets_of_schools_come_together() {
        let years = found(&[("input/a.xlsx", &[("2022年", SCHOOLS), ("2023年", SCHOOLS)])]);
        assert_eq!(told(&years), [("表2022年", vec!["input/a.xlsx"]), ("表2023年", vec!["input/a.xlsx#2023年"])]);
        let schools = found(&[("input/各校.xlsx", &[("一小", BRANCHES), ("二小", BRANCHES)])]);
        assert_eq!(told(&schools), [("各校", vec!["input/各校.xlsx", "input/各校.xlsx#二小"])]);
    }
}
