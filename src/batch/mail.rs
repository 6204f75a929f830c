//! Merging without a project: a workbook, a template, a document for each row or one for all.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::ProjectFolder;
use super::input::read_dataset;
use super::leave_out::LeftOut;
use super::merged::ReportTemplate;
use super::output::relative_path;
use super::plan::{Job, Plan, ReportKind, ReportText, is_word_file};
use super::problem;
use super::summary::Summary;
use crate::dataset::{Dataset, TableId, Value, describe};
use crate::diagnostic::{Diagnostic, Place};
use crate::project::{self, Format, Project};
use crate::style::Style;
use crate::template::{Line, ProjectFacts, Scope, TagList, Template, WordTemplate};
use crate::workbook;

/// What is merged.
#[derive(Clone, Copy, Debug)]
pub struct MailMerge<'a> {
    /// The workbook, or `file.xlsx#sheet`. The rows of its first table are merged; its other tables can be named.
    pub data: &'a Path,
    /// The template.
    pub template: &'a Path,
    /// The names of the files, with tags; by a column that tells rows apart if not given.
    pub name: Option<&'a str>,
    /// One document of all rows.
    pub one: bool,
    /// The formats; .docx if empty.
    pub formats: &'a [Format],
}

/// The name of the project file that there is not, in places that no message should name.
const NO_FILE: &str = "huibao merge";

impl Plan {
    /// Reads workbook and template. With errors among the problems there is no plan.
    pub fn mail_merge(request: MailMerge<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let plan = Self::prepare_mail(request, &mut problems);
        if let Some(plan) = &plan {
            plan.tell_whose(&mut problems);
        }
        let sound = !problems.iter().any(Diagnostic::is_error);
        (plan.filter(|_| sound), problems)
    }

    fn prepare_mail(request: MailMerge<'_>, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let folder = ProjectFolder::without_project(request.template);
        let (dataset, rows) = match read_data(&folder, request.data) {
            Ok((dataset, found)) => {
                problems.extend(found);
                (dataset, TableId(0))
            }
            Err(found) => {
                problems.extend(found);
                // What is wrong with the template can be told all the same.
                problems.extend(read_template(&folder, request.template, None).err().into_iter().flatten());
                return None;
            }
        };
        let table = dataset.table(rows);
        if table.rows.is_empty() {
            problems.push(problem::no_rows_to_merge(file(request.data)));
        }
        let one = request.one.then_some(table.name.as_str());
        let template = match read_template(&folder, request.template, one) {
            Ok(template) => template,
            Err(found) => {
                problems.extend(found);
                return None;
            }
        };
        let facts = ProjectFacts::default();
        let unit = (!request.one).then_some(rows);
        problems.extend(template.check(&dataset, unit, &facts));
        let formats = match request.formats {
            [] => vec![Format::Docx],
            formats => formats.to_vec(),
        };
        let text = ReportText { template, template_place: file(request.template) };
        let summary = Summary::new(&dataset, Vec::new(), unit);
        let kinds = vec![ReportKind { text: Some(text), formats, summary }];
        let mut plan = Self {
            folder,
            facts,
            dataset,
            unit_tables: vec![rows],
            left_out: LeftOut::default(),
            notes: Vec::new(),
            whole: true,
            kinds,
            jobs: Vec::new(),
        };
        plan.add_mail(request, rows, problems);
        Some(plan)
    }

    /// A document for each row, or one for all.
    fn add_mail(&mut self, request: MailMerge<'_>, rows: TableId, problems: &mut Vec<Diagnostic>) {
        let stem = request.template.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let units: Vec<Option<u32>> = match request.one {
            true => vec![None],
            false => (0..self.dataset.table(rows).rows.len() as u32).map(Some).collect(),
        };
        let name_place = Place::Text { file: "--name".into(), line: 1, column: 0 };
        let line = request.name.map(|name| Line::parse(&name_place, name));
        if let Some(line) = &line {
            let found = line.check(&self.dataset, (!request.one).then_some(rows), &self.facts);
            if !found.is_empty() {
                problems.extend(found);
                return;
            }
        }
        let names = own_names(&self.dataset, rows);
        let mut used = HashSet::new();
        for row in units {
            let scope = Scope { dataset: &self.dataset, project: &self.facts, unit: row.map(|row| (rows, row)) };
            let own = row.and_then(|row| names.get(row as usize)).cloned();
            let own_name = own.as_ref().map_or_else(|| stem.clone(), |own| format!("{stem} {own}"));
            let name = match &line {
                Some(line) => match line.fill(scope) {
                    Ok(name) => name,
                    Err(found) => {
                        problems.extend(found.into_iter().map(|problem| problem.in_report(own_name.clone())));
                        continue;
                    }
                },
                None => own_name.clone(),
            };
            match relative_path(&name) {
                Ok(_) if !used.insert(name.to_lowercase()) => {
                    problems.push(problem::merged_name_twice(Place::File { file: "--name".into() }, &name));
                    return;
                }
                Ok(output) => {
                    let unit = row.map(|row| (rows, row));
                    self.jobs.push(Job { kind: 0, unit, name: own.unwrap_or(own_name), output });
                }
                Err(reason) => problems.push(problem::bad_name(name_place.clone(), &name, &reason)),
            }
        }
    }
}

/// The tags of a template, and what they need; if there is data, what is wrong with them is told by it.
///
/// # Errors
/// The template or the data cannot be read.
pub fn template_tags(template: &Path, data: Option<&Path>) -> Result<(TagList, Vec<Diagnostic>), Vec<Diagnostic>> {
    let folder = ProjectFolder::without_project(template);
    let read = read_template(&folder, template, None)?;
    let tags = match &read {
        ReportTemplate::Text(text) => text.0.tags(),
        ReportTemplate::Word(word) => word.tags(),
    };
    let problems = match data {
        Some(data) => {
            let (dataset, mut problems) = read_data(&folder, data)?;
            problems.retain(Diagnostic::is_error);
            problems.extend(read.check(&dataset, Some(TableId(0)), &ProjectFacts::default()));
            problems
        }
        None => read.syntax_problems(),
    };
    Ok((tags, problems))
}

fn file(path: &Path) -> Place {
    Place::File { file: path.display().to_string() }
}

fn read_template(folder: &ProjectFolder, path: &Path, one: Option<&str>) -> Result<ReportTemplate, Vec<Diagnostic>> {
    let shown = path.display().to_string();
    let problem = |problem| vec![problem];
    if is_word_file(&shown) {
        let bytes = folder.document(&shown, &file(path)).map_err(problem)?;
        let template = match one {
            Some(table) => WordTemplate::parse_for_rows(&shown, &bytes, table),
            None => WordTemplate::parse(&shown, &bytes),
        };
        return Ok(ReportTemplate::Word(Box::new(template)));
    }
    if one.is_some() {
        return Err(vec![problem::one_of_text(file(path))]);
    }
    let source = folder.text(&shown, &file(path)).map_err(problem)?;
    let template = Template::parse(&shown, &source);
    let style = match template.style() {
        Some(named) => Style::carried(&named.value)
            .ok_or_else(|| vec![problem::unknown_style(named.place.clone(), &named.value, Style::carried_names())])?,
        None => Style::carried("official").ok_or_else(Vec::new)?,
    };
    Ok(ReportTemplate::Text(Box::new((template, style))))
}

/// The tables of a workbook, as if a project file named each.
fn read_data(folder: &ProjectFolder, data: &Path) -> Result<(Dataset, Vec<Diagnostic>), Vec<Diagnostic>> {
    let shown = data.display().to_string();
    let (path, wanted) = match shown.rsplit_once('#') {
        Some((path, sheet)) if !data.is_file() => (path.to_owned(), Some(sheet.to_owned())),
        _ => (shown, None),
    };
    let place = Place::File { file: path.clone() };
    let bytes = fs::read(&path)
        .map_err(|error| vec![problem::cannot_read(place.clone(), &path, &error, std::iter::empty())])?;
    let book = workbook::read(&path, &bytes).map_err(|problem| vec![problem])?;
    let mut sheets: Vec<String> = Vec::new();
    for found in describe(&book) {
        if found.range.is_some() && !found.hidden && !sheets.contains(&found.sheet) {
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
    let (dataset, problems) = read_dataset(folder, &project);
    match dataset.tables.is_empty() {
        true => Err(problems),
        false => Ok((dataset, problems)),
    }
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

/// A name for each row: by the first column whose values are all there and all different, or else a number.
fn own_names(dataset: &Dataset, rows: TableId) -> Vec<String> {
    let table = dataset.table(rows);
    let column = |column: usize| {
        let values = table.rows.iter().map(|row| match row.cells.get(column).map(|cell| &cell.value) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        });
        let values: Vec<String> = values.collect::<Option<_>>()?;
        let distinct: HashSet<String> = values.iter().map(|value| value.to_lowercase()).collect();
        let fit = distinct.len() == values.len() && values.iter().all(|value| relative_path(value).is_ok_and(is_name));
        fit.then_some(values)
    };
    let width = table.rows.len().to_string().len();
    (0..table.columns.len())
        .find_map(column)
        .unwrap_or_else(|| (1..=table.rows.len()).map(|row| format!("{row:0width$}")).collect())
}

fn is_name(path: PathBuf) -> bool {
    path.components().count() == 1
}
