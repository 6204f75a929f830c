//! Merging without a project: a workbook, a template, a document for each row or one for all.

mod data;
mod names;
mod problem;
mod starter;

pub use starter::{Starter, mail_starter};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use data::{Data, read_data};

use super::folder::ProjectFolder;
use super::leave_out::LeftOut;
use super::merged::ReportTemplate;
use super::noted::{MadeFrom, NotedDocuments};
use super::plan::{Plan, ReportKind, ReportText};
use super::problem as batch_problem;
use super::summary::Summary;
use super::template_file;
use crate::dataset::TableId;
use crate::diagnostic::{Diagnostic, Place};
use crate::project::Format;
use crate::style::{self, Style};
use crate::template::{Line, Macros, ProjectFacts, TagList, WordReading};

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
    /// Whether a template's macros are kept, if that is said.
    pub keep_macros: Option<bool>,
    /// Bytes of memory that a template in Word may take, and so may each document, if that is said.
    pub memory: Option<u64>,
}

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
        let (macros, memory) = (Macros::said(request.keep_macros), request.memory);
        let reading = WordReading { macros, memory, for_rows: None };
        let noted = Arc::new(NotedDocuments::new(folder.clone()));
        let dataset = match read_data(&folder, request.data) {
            Ok(Data { dataset, problems: found, .. }) => {
                problems.extend(found);
                dataset
            }
            Err(found) => {
                problems.extend(found);
                // What is wrong with the template can be told all the same.
                problems.extend(read_template(&noted, request.template, reading).err().into_iter().flatten());
                return None;
            }
        };
        let rows = TableId(0);
        let table = dataset.table(rows);
        if table.rows.is_empty() {
            problems.push(problem::no_rows_to_merge(file(request.data)));
        }
        let facts = ProjectFacts::default();
        let name = request.name.map(|name| Line::parse(&names::place(), name));
        let template = read_template(&noted, request.template, reading).map_err(|found| problems.extend(found)).ok()?;
        // What names nothing of a row outside of loops is about all rows, and would be the same for each.
        let of_no_row = is_sound(&template.check(&dataset, None, &facts))
            && name.as_ref().is_none_or(|name| name.check(&dataset, None, &facts).is_empty());
        if template.tags().tags.is_empty() && template.syntax_problems().is_empty() {
            problems.push(problem::no_tags(file(request.template)));
        }
        let one = request.one || template.goes_on();
        let reading = WordReading { for_rows: Some(&table.name), ..reading };
        let template = match one && !of_no_row {
            true => read_template(&noted, request.template, reading).map_err(|found| problems.extend(found)).ok()?,
            false => template,
        };
        let unit = (!one && !of_no_row).then_some(rows);
        problems.extend(template.check(&dataset, unit, &facts));
        let formats = match request.formats {
            [] => vec![Format::Docx],
            formats => formats.to_vec(),
        };
        let reads = template.reads(&dataset, unit, &facts);
        if reads.unknown {
            noted.note_folder_of(&request.template.display().to_string());
        }
        let text = ReportText { template, template_place: file(request.template) };
        let summary = Summary::new(&dataset, Vec::new(), unit);
        let kinds = vec![ReportKind { text: Some(text), formats, summary, made_from: MadeFrom::new(noted, reads) }];
        let mut plan = Self {
            folder,
            facts,
            dataset,
            unit_tables: vec![rows],
            left_out: LeftOut::default(),
            notes: Vec::new(),
            // The folder is not one project's alone.
            whole: false,
            kinds,
            jobs: Vec::new(),
            outputs: Vec::new(),
            left_out_reports: Vec::new(),
            problems: Vec::new(),
            read_files: BTreeMap::new(),
        };
        let stem = request.template.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        plan.add_mail(&stem, name.as_ref(), unit, problems);
        Some(plan)
    }
}

/// The tags of a template, and what they need; if there is data, what is wrong with them is told by it.
///
/// # Errors
/// The template or the data cannot be read.
pub fn template_tags(template: &Path, data: Option<&Path>) -> Result<(TagList, Vec<Diagnostic>), Vec<Diagnostic>> {
    let folder = ProjectFolder::without_project(template);
    let reading = WordReading { macros: Macros::Drop, ..WordReading::default() };
    let noted = Arc::new(NotedDocuments::new(folder.clone()));
    let mut read = read_template(&noted, template, reading)?;
    let tags = read.tags();
    let problems = match data {
        Some(data) => {
            let Data { dataset, mut problems, .. } = read_data(&folder, data)?;
            problems.retain(Diagnostic::is_error);
            let facts = ProjectFacts::default();
            let rows = TableId(0);
            if read.goes_on() {
                let for_rows = Some(dataset.table(rows).name.as_str());
                read = read_template(&noted, template, WordReading { for_rows, ..reading })?;
            }
            let of_all = read.check(&dataset, None, &facts);
            problems.extend(match is_sound(&of_all) || read.goes_on() {
                true => of_all,
                false => read.check(&dataset, Some(rows), &facts),
            });
            problems
        }
        None => [read.syntax_problems(), tags.problems.clone()].concat(),
    };
    Ok((tags, problems))
}

fn file(path: &Path) -> Place {
    Place::File { file: path.display().to_string() }
}

fn is_sound(problems: &[Diagnostic]) -> bool {
    !problems.iter().any(Diagnostic::is_error)
}

fn read_template(
    noted: &Arc<NotedDocuments>,
    path: &Path,
    reading: WordReading<'_>,
) -> Result<ReportTemplate, Vec<Diagnostic>> {
    template_file::read_template(noted, &path.display().to_string(), &file(path), reading, |named| match named {
        Some(named) => Style::carried(&named.value).ok_or_else(|| {
            vec![batch_problem::unknown_style(named.place.clone(), &named.value, Style::carried_names())]
        }),
        None => Style::carried(style::DEFAULT).ok_or_else(Vec::new),
    })
}
