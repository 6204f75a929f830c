//! The tables of a workbook that is merged without a project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::problem;
use crate::batch::folder::ProjectFolder;
use crate::batch::input::read_dataset;
use crate::batch::problem as batch_problem;
use crate::dataset::{Dataset, describe};
use crate::diagnostic::{Diagnostic, Place};
use crate::draft::{Renamed, let_tags_say};
use crate::project::{self, Project};
use crate::workbook::{self, Limits};

/// The name of the project file that there is not, in places that no message should name.
const NO_FILE: &str = "huibao merge";
/// A title of more characters is a sentence.
const LONGEST_TITLE: usize = 30;

/// A workbook's data.
pub(super) struct Data {
    /// Its tables; the rows of the first are merged.
    pub(super) dataset: Dataset,
    /// What was called otherwise in the workbook.
    pub(super) renamed: Renamed,
    /// What stands above the first table, and the names of its sheet and file.
    pub(super) titles: Vec<String>,
    /// Warnings, and errors that keep some rows or all from being merged.
    pub(super) problems: Vec<Diagnostic>,
}

/// The tables of a workbook, as if a project file named each.
pub(super) fn read_data(folder: &ProjectFolder, data: &Path) -> Result<Data, Vec<Diagnostic>> {
    let shown = data.display().to_string();
    let (path, wanted) = match shown.rsplit_once('#') {
        Some((path, sheet)) if !data.is_file() => (path.to_owned(), Some(sheet.to_owned())),
        _ => (shown, None),
    };
    let place = Place::File { file: path.clone() };
    if let Ok(about) = fs::metadata(&path) {
        workbook::check_size(&path, about.len(), &Limits::default()).map_err(|problem| vec![problem])?;
    }
    let bytes = fs::read(&path)
        .map_err(|error| vec![batch_problem::cannot_read(place.clone(), &path, &error, std::iter::empty())])?;
    let book = workbook::read(&path, &bytes).map_err(|problem| vec![problem])?;
    let mut sheets: Vec<String> = Vec::new();
    let mut titles_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in describe(&book) {
        if found.range.is_some() && !found.hidden && !sheets.contains(&found.sheet) {
            titles_of.insert(found.sheet.clone(), found.titles);
            sheets.push(found.sheet);
        }
    }
    if let Some(wanted) = wanted {
        let Some(at) = sheets.iter().position(|sheet| *sheet == wanted) else {
            let known = sheets.iter().map(String::as_str);
            return Err(vec![problem::no_sheet_to_merge(place, &wanted, known)]);
        };
        let wanted = sheets.remove(at);
        sheets.insert(0, wanted);
    }
    if sheets.is_empty() {
        return Err(vec![problem::no_rows_to_merge(place)]);
    }
    let project = project_of(&path, &sheets)?;
    let (mut dataset, problems) = read_dataset(folder, &project);
    let Some(first) = dataset.tables.first().map(|table| table.name.clone()) else { return Err(problems) };
    let mut titles = titles_of.remove(&first).unwrap_or_default();
    titles.retain(|title| title.chars().count() <= LONGEST_TITLE);
    titles.push(first);
    titles.extend(Path::new(&path).file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    let renamed = let_tags_say(&mut dataset);
    Ok(Data { dataset, renamed, titles, problems })
}

fn project_of(path: &str, sheets: &[String]) -> Result<Project, Vec<Diagnostic>> {
    let quoted = |text: String| toml::Value::String(text).to_string();
    // A path is a pattern to a project file, and its last # begins a sheet's name.
    let pattern = glob::Pattern::escape(path).replace('#', "?");
    let tables = sheets.iter().map(|sheet| {
        format!("[[table]]\nname = {}\nfrom = {}\n", quoted(sheet.clone()), quoted(format!("{pattern}#{sheet}")))
    });
    project::parse(NO_FILE, &tables.collect::<String>())
}
