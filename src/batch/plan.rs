//! Everything that a run needs, read and checked before the first report is made: data, templates, styles, and the
//! list of reports with the names of their files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::context;
use super::folder::ProjectFolder;
use super::input::read_dataset;
use super::jobs::Job;
use super::leave_out::LeftOut;
use super::merged::ReportTemplate;
use super::noted::{MadeFrom, NotedDocuments};
use super::problem;
use super::summary::Summary;
use super::template_file::read_template;
use super::unused;
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::{Diagnostic, Place};
use crate::project::{self, Format, OnErrors, Project, ReportSpec};
use crate::settings::Located;
use crate::style::{self, Style};
use crate::template::{Line, Macros, ProjectFacts, Reads, WordReading};

/// Which reports of a project are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice<'a> {
    /// Only reports of these names; all if empty.
    pub reports: &'a [String],
    /// Only units with one of these values in a column that tells rows apart; all if empty.
    pub only: &'a [String],
    /// Only these formats; as the project says if empty.
    pub formats: &'a [Format],
}

impl Choice<'_> {
    fn is_whole(&self) -> bool {
        self.reports.is_empty() && self.only.is_empty() && self.formats.is_empty()
    }
}

/// A run, prepared.
#[derive(Debug)]
pub struct Plan {
    pub(super) folder: ProjectFolder,
    pub(super) facts: ProjectFacts,
    pub(super) dataset: Dataset,
    /// The tables that reports are made for, a report a row.
    pub(super) unit_tables: Vec<TableId>,
    pub(super) left_out: LeftOut,
    pub(super) kinds: Vec<ReportKind>,
    pub(super) jobs: Vec<Job>,
    /// The outputs of all reports that the project has, those among them that another run is to make.
    pub(super) outputs: Vec<String>,
    /// The names of reports that are not made because their units are left out.
    pub(super) left_out_reports: Vec<String>,
    /// Whether these are all reports of the project.
    pub(super) whole: bool,
    /// What only a check tells.
    pub(super) notes: Vec<Diagnostic>,
    /// What was told when it was prepared.
    pub(super) problems: Vec<Diagnostic>,
    /// The files that were read for it, and hashes of their content.
    pub(super) read_files: BTreeMap<String, String>,
}

/// What the reports of one `[[report]]` have in common.
#[derive(Debug)]
pub(super) struct ReportKind {
    /// What it says; a report of tables alone says nothing.
    pub(super) text: Option<ReportText>,
    pub(super) formats: Vec<Format>,
    /// The sheets of its .xlsx file.
    pub(super) summary: Summary,
    /// What it is made of besides the data.
    pub(super) made_from: MadeFrom,
}

/// A template, and where it is.
#[derive(Debug)]
pub(super) struct ReportText {
    pub(super) template: ReportTemplate,
    pub(super) template_place: Place,
}

impl ReportText {
    /// The template's name in messages.
    pub(super) fn file(&self) -> &str {
        match &self.template_place {
            Place::File { file } => file,
            _ => "",
        }
    }
}

impl Plan {
    /// How many reports there are to make.
    pub fn len(&self) -> usize {
        self.jobs.len()
    }

    /// The reports' names, such as `school 0101`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.jobs.iter().map(|job| job.name.as_str())
    }

    /// Makes one report many times over, for measuring; each gets a name of its own.
    pub fn repeat(&mut self, report: usize, times: usize) {
        let Some(job) = self.jobs.get(report).cloned() else { return };
        self.jobs = (0..times).map(|n| Job { output: job.output.join(n.to_string()), ..job.clone() }).collect();
    }

    /// Whether there is nothing to make.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Reads a project and everything it names. With errors among the problems there is no plan.
    pub fn read(project: &Path, choice: Choice<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let opened = ProjectFolder::open(project).and_then(|folder| Ok((folder.project_file()?, folder)));
        let ((file, source), folder) = match opened {
            Ok(opened) => opened,
            Err(problem) => return (None, vec![problem]),
        };
        let project = match project::parse(&file, &source) {
            Ok(project) => project,
            Err(problems) => return (None, problems),
        };
        let folder = folder.with_picture_dpi(project.picture_dpi);
        let facts =
            ProjectFacts { title: project.title.clone(), year: project.year.clone(), others: project.facts.clone() };
        let (dataset, mut problems) = read_dataset(&folder, &project);
        let mut unit_tables: Vec<_> =
            project.reports.iter().filter_map(|report| dataset.table_id(&report.each.as_ref()?.value)).collect();
        unit_tables.sort_unstable();
        unit_tables.dedup();
        let mut plan = Self {
            folder,
            facts,
            dataset,
            unit_tables,
            left_out: LeftOut::default(),
            kinds: Vec::new(),
            jobs: Vec::new(),
            outputs: Vec::new(),
            left_out_reports: Vec::new(),
            whole: choice.is_whole(),
            notes: Vec::new(),
            problems: Vec::new(),
            read_files: BTreeMap::new(),
        };
        plan.tell_whose(&mut problems);
        let data_sound = plan.leave_out(&project, &problems);
        let mut found = Vec::new();
        plan.prepare(&project, choice, data_sound, &mut found);
        plan.tell_whose(&mut found);
        let sound = data_sound && !found.iter().any(Diagnostic::is_error);
        problems.append(&mut found);
        if !sound && project.on_errors.value == OnErrors::LeaveOut {
            let unread = project.tables.iter().map(|table| table.name.value.as_str());
            let unread: Vec<_> = unread.filter(|table| plan.dataset.table_id(table).is_none()).collect();
            problems.push(LeftOut::why_not(&project.on_errors.place, &problems, &unread));
        }
        plan.problems.clone_from(&problems);
        plan.read_files = plan.folder.inputs.files();
        (sound.then_some(plan), problems)
    }

    /// Whether the data has no errors, or none any more without the units that have them.
    fn leave_out(&mut self, project: &Project, problems: &[Diagnostic]) -> bool {
        if project.on_errors.value == OnErrors::Refuse || self.dataset.tables.len() < project.tables.len() {
            return !problems.iter().any(Diagnostic::is_error);
        }
        match LeftOut::take_out(&mut self.dataset, problems, &self.unit_tables) {
            Some(left_out) => self.left_out = left_out,
            None => return false,
        }
        true
    }

    /// The names of the units that are left out because their data has errors.
    pub fn left_out(&self) -> &[String] {
        &self.left_out.names
    }

    /// Reads templates and styles and lists the reports, as far as there is no error.
    fn prepare(&mut self, project: &Project, choice: Choice<'_>, data_sound: bool, problems: &mut Vec<Diagnostic>) {
        for wanted in choice.reports {
            if !project.reports.iter().any(|report| report.name.value == *wanted) {
                let known = project.reports.iter().map(|report| report.name.value.as_str());
                problems.push(problem::unknown_choice("--report", wanted, known));
            }
        }
        // Without its tables a template's names would all be called unknown.
        let data_found = self.dataset.tables.len() == project.tables.len();
        let mut lines = Vec::new();
        for report in project.reports.iter().filter(|report| chosen(choice.reports, &report.name.value)) {
            let read = self.read_kind(project, report, choice.formats, data_found, problems);
            if let Some((kind, line)) = read.filter(|(kind, _)| !kind.formats.is_empty()) {
                self.kinds.push(kind);
                lines.push((report, line));
            }
        }
        if !data_sound || problems.iter().any(Diagnostic::is_error) {
            return;
        }
        if lines.is_empty() && !choice.formats.is_empty() {
            let reports = project.reports.iter().filter(|report| chosen(choice.reports, &report.name.value));
            let mut known: Vec<_> =
                reports.flat_map(|report| &report.formats).map(|format| format.extension()).collect();
            known.sort_unstable();
            known.dedup();
            let wanted: Vec<_> = choice.formats.iter().map(|format| format.extension()).collect();
            problems.push(problem::no_report_of_format(&wanted, &known));
            return;
        }
        for (kind, (report, line)) in lines.iter().enumerate() {
            self.add_jobs(kind, report, line, choice.only, problems);
        }
        self.check_choice_of_units(choice.only, &lines, problems);
        self.check_names(&lines, problems);
        self.outputs = self.jobs.iter().map(Job::output_name).collect();
        self.left_out_reports = lines
            .iter()
            .filter_map(|(report, _)| Some((report, self.dataset.table_id(&report.each.as_ref()?.value)?)))
            .flat_map(|(report, table)| {
                let units = self.left_out.units.iter().filter(move |(of, _)| *of == table);
                units.map(|(_, key)| format!("{} {key}", report.name.value))
            })
            .collect();
        if self.whole {
            let unit = |report: &ReportSpec| self.dataset.table_id(&report.each.as_ref()?.value);
            let kinds = self.kinds.iter().zip(&lines).map(|(kind, (report, line))| (kind, line, unit(report)));
            self.notes = unused::columns(project, &self.dataset, &self.facts, &kinds.collect::<Vec<_>>());
        }
    }

    /// Says of problems which unit's they are, and what stands in their cells.
    pub(super) fn tell_whose(&self, problems: &mut [Diagnostic]) {
        context::of_dataset(problems, &self.dataset, &self.unit_tables);
    }

    fn read_kind(
        &self,
        project: &Project,
        report: &ReportSpec,
        formats: &[Format],
        data_found: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<(ReportKind, Line)> {
        let unit = report.each.as_ref().and_then(|each| self.dataset.table_id(&each.value));
        let line = Line::parse(&report.output.place, &report.output.value);
        if data_found {
            problems.extend(line.check(&self.dataset, unit, &self.facts));
        } else {
            problems.extend_from_slice(line.syntax_problems());
        }
        let noted = Arc::new(NotedDocuments::new(self.folder.clone()));
        let text = match &report.template {
            Some(named) => Some(self.read_text(project, report, named, (unit, data_found), &noted, problems)?),
            None => None,
        };
        let mut reads = text.as_ref().map_or_else(Reads::default, |text| match data_found {
            true => text.template.reads(&self.dataset, unit, &self.facts),
            false => Reads::default(),
        });
        if let Some(named) = report.template.as_ref().filter(|_| reads.unknown) {
            noted.note_folder_of(&named.value);
        }
        let formats = report.formats.iter().copied().filter(|format| formats.is_empty() || formats.contains(format));
        let formats = formats.collect();
        let tables: Vec<_> = report.tables.iter().filter_map(|table| self.dataset.table_id(&table.value)).collect();
        let summary = Summary::new(&self.dataset, tables, unit);
        if report.formats.contains(&Format::Xlsx) {
            reads.own.extend(summary.tables());
            noted.note("tables", format!("{summary:?}").as_bytes());
        }
        let made_from = MadeFrom::new(noted, reads);
        Some((ReportKind { text, formats, summary, made_from }, line))
    }

    fn read_text(
        &self,
        project: &Project,
        report: &ReportSpec,
        named: &Located<String>,
        (unit, data_found): (Option<TableId>, bool),
        noted: &Arc<NotedDocuments>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<ReportText> {
        let template_place = Place::File { file: self.folder.shown(&named.value) };
        let memory = project.limits.memory.map(|megabytes| megabytes.saturating_mul(1 << 20));
        let reading = WordReading { macros: Macros::said(report.keeps_macros), memory, for_rows: None };
        let style = |own: Option<&Located<String>>| self.style(own.or(project.style.as_ref()), noted);
        let template = keep(read_template(noted, &named.value, &named.place, reading, style), problems)?;
        problems.extend(match data_found {
            true => template.check(&self.dataset, unit, &self.facts),
            false => template.syntax_problems(),
        });
        Some(ReportText { template, template_place })
    }

    fn style(&self, named: Option<&Located<String>>, noted: &NotedDocuments) -> Result<Style, Vec<Diagnostic>> {
        let (name, place) = match named {
            Some(located) => (located.value.as_str(), located.place.clone()),
            None => (style::DEFAULT, Place::Run),
        };
        noted.note("style", name.as_bytes());
        if let Some(style) = Style::carried(name) {
            return Ok(style);
        }
        if !name.ends_with(".toml") {
            return Err(vec![problem::unknown_style(place, name, Style::carried_names())]);
        }
        let source = self.folder.text(name, &place).map_err(|problem| vec![problem])?;
        noted.note("style's text", source.as_bytes());
        Style::parse(&self.folder.shown(name), &source)
    }
}

fn chosen(wanted: &[String], name: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| wanted == name)
}

fn keep<T>(result: Result<T, Vec<Diagnostic>>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|found| problems.extend(found)).ok()
}
