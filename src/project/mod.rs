//! The project file `huibao.toml`: which workbooks, how they are linked, which reports.
//!
//! ```toml
//! [project]
//! title = "XX市教育系统党建工作总结"
//! year  = 2023
//!
//! [[table]]
//! name = "党支部"
//! from = "input/党支部/*.xlsx"        # or "input/全市.xlsx#党支部"
//! key  = ["学校代码", "支部名称"]
//!
//! [[column]]
//! name = "党支部.党员总数"
//! also = ["党员数", "党员人数"]
//!
//! [[link]]
//! from = "党支部.学校代码"
//! to   = "学校.学校代码"
//!
//! [[report]]
//! name     = "school"
//! template = "templates/school.md"
//! each     = "学校"
//! output   = "学校/{{学校代码}} {{学校名称}}年度总结"
//! formats  = ["docx", "pdf"]
//! ```

mod column;
mod layout;
mod limits;
mod problem;
mod rules;

pub use column::ColumnSource;
pub use layout::TableLayout;
pub use limits::{LimitsSource, PICTURE_DPI};
pub use rules::{AgreePart, AgreeSource, ChangeLimit, ColumnKind, ColumnMust};

use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::{Group, Located, Reader};

/// What a project file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Title of the whole, for templates: `{{项目.标题}}`.
    pub title: String,
    /// The year reported on, for templates: `{{项目.年度}}`.
    pub year: String,
    /// Further words of `[project]` under keys of the user's own, for templates: `{{项目.填报单位}}`.
    pub facts: Vec<(String, String)>,
    /// The style of templates that name none.
    pub style: Option<Located<String>>,
    /// What is done about units whose data has errors.
    pub on_errors: Located<OnErrors>,
    /// Dots an inch that pictures are printed with; none leaves them as they are.
    pub picture_dpi: u32,
    /// How large workbooks may be.
    pub limits: LimitsSource,
    /// The tables.
    pub tables: Vec<TableSource>,
    /// What is said of single columns.
    pub columns: Vec<ColumnSource>,
    /// Sums that must agree.
    pub agree: Vec<AgreeSource>,
    /// The links between them.
    pub links: Vec<LinkSource>,
    /// The reports.
    pub reports: Vec<ReportSpec>,
}

/// What is done about units, such as schools, whose data has errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnErrors {
    /// Nothing is made until the errors are mended.
    #[default]
    Refuse,
    /// These units are left out, of their own report and of all others.
    LeaveOut,
}

impl OnErrors {
    const ALL: [(&'static str, Self); 2] = [("refuse", Self::Refuse), ("leave-out", Self::LeaveOut)];
}

/// A table and the workbooks it is read from.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSource {
    /// Its name in templates.
    pub name: Located<String>,
    /// Files or patterns of files, relative to the project's folder.
    pub from: Vec<Located<SheetPattern>>,
    /// Files or patterns of files that are none of its own, though `from` means them.
    pub except: Vec<Located<String>>,
    /// The encoding of its files that are text; found out if not given.
    pub encoding: Option<Located<String>>,
    /// The columns that tell rows apart.
    pub key: Vec<Located<String>>,
    /// Which table of a sheet: its first cell, or the title above it.
    pub at: Option<Located<String>>,
    /// Whether hidden rows, columns and sheets are read.
    pub reads_hidden: bool,
    /// The table each of whose rows owes this one something.
    pub every: Option<Located<String>>,
    /// How bad it is if a total row differs from what the rows add up to; a warning if not said.
    pub totals: Option<Severity>,
    /// Whether cells that cannot be read count as blank, rather than being errors.
    pub wrong_cells_blank: bool,
    /// How it stands in its sheets.
    pub layout: TableLayout,
}

/// `input/党支部/*.xlsx#党支部`: files, and the sheet in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPattern {
    /// A path in which `*`, `?` and `**` stand for others.
    pub files: String,
    /// The sheet; the first one with content if not given.
    pub sheet: Option<String>,
}

/// A link: rows of one table name a row of another.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSource {
    /// `table.column` that names.
    pub from: Located<ColumnName>,
    /// `table.column` that is named.
    pub to: Located<ColumnName>,
}

/// `table.column`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
}

/// A kind of report: a template, the units it is made for, where its files go.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportSpec {
    /// Its name, for `--report`.
    pub name: Located<String>,
    /// The template's path, relative to the project's folder; a report of tables alone needs none.
    pub template: Option<Located<String>>,
    /// The table whose rows are the units; without it, one report over everything.
    pub each: Option<Located<String>>,
    /// The files' path without extension, relative to the output folder; may hold tags.
    pub output: Located<String>,
    /// The formats to write.
    pub formats: Vec<Format>,
    /// The tables of the .xlsx file, each a sheet; those that have rows for the report if empty.
    pub tables: Vec<Located<String>>,
    /// Whether the macros of a template in Word are kept, if that is said.
    pub keeps_macros: Option<bool>,
}

/// A file format that a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Word (Office Open XML).
    Docx,
    /// PDF.
    Pdf,
    /// Excel: the tables themselves.
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];
    /// Those of a report that names none.
    const USUAL: [Self; 2] = [Self::Docx, Self::Pdf];

    /// The file name's extension, which is also the format's name in the project file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Reads a project file; `file` is its name in messages.
///
/// # Errors
/// All that is wrong with it, each problem with line and column.
pub fn parse(file: &str, source: &str) -> Result<Project, Vec<Diagnostic>> {
    let reader = Reader::new(file, source);
    let mut top = reader.parse();

    let mut head = top.group("project");
    let title = head.text("title").map(|title| title.value).unwrap_or_default();
    let year = head.text_or_number("year").map(|year| year.value).unwrap_or_default();
    let style = head.text("style");
    let picture_dpi = limits::picture_dpi(&reader, head.number("picture_dpi"));
    let on_errors_place = head.place_of("errors");
    let on_errors = rules::choice(&reader, head.text("errors"), &OnErrors::ALL).unwrap_or_default();
    let on_errors = Located { value: on_errors, place: on_errors_place };
    let facts = head.own_words().into_iter().map(|(key, text)| (key, text.value)).collect();
    head.finish();

    let limits = limits::read(&reader, top.group("limits"));
    let tables: Vec<_> = top.groups("table").into_iter().filter_map(|table| read_table(&reader, table)).collect();
    let columns: Vec<_> = top.groups("column").into_iter().filter_map(|column| column::read(&reader, column)).collect();
    let agree: Vec<_> = top.groups("agree").into_iter().filter_map(|agree| rules::read_agree(&reader, agree)).collect();
    let links: Vec<_> = top.groups("link").into_iter().filter_map(|link| read_link(&reader, link)).collect();
    let reports: Vec<_> = top.groups("report").into_iter().filter_map(|report| read_report(&reader, report)).collect();
    top.finish();

    check_distinct(&reader, tables.iter().map(|table| &table.name));
    check_distinct(&reader, reports.iter().map(|report| &report.name));
    for named in reports.iter().flat_map(|report| report.each.iter().chain(&report.tables)) {
        if !tables.iter().any(|table| table.name.value == named.value) {
            let known = tables.iter().map(|table| table.name.value.as_str());
            reader.report(problem::unknown_table(&named.value, &named.place, known));
        }
    }
    layout::check(&reader, &tables);
    column::check(&reader, &columns, &tables);
    let names: Vec<_> = tables.iter().map(|table| table.name.value.as_str()).collect();
    let named = columns.iter().flat_map(|column| column.must.tables());
    rules::check(&reader, named.chain(agree.iter().flat_map(AgreeSource::tables)), &names);

    let problems = reader.into_problems();
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    Ok(Project { title, year, facts, style, on_errors, picture_dpi, limits, tables, columns, agree, links, reports })
}

fn read_table(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<TableSource> {
    let place = group.place();
    let name = group.required_text("name");
    let from: Vec<_> = group.texts("from").into_iter().map(|text| map(text, sheet_pattern)).collect();
    let except = group.texts("except");
    let encoding = group.text("encoding");
    let key = group.texts("key");
    let at = group.text("at");
    let hidden = group.text("hidden");
    let every = group.text("every");
    let totals = rules::choice(reader, group.text("totals"), &rules::LEVELS);
    let wrong_cells = rules::choice(reader, group.text("wrong_cells"), &[("refuse", false), ("blank", true)]);
    let layout = layout::read(reader, &mut group);
    group.finish();
    if let Some(unknown) = hidden.as_ref().filter(|hidden| !["read", "skip"].contains(&hidden.value.as_str())) {
        reader.report(problem::unknown_hidden(unknown));
    }
    let reads_hidden = hidden.is_none_or(|hidden| hidden.value != "skip");
    let name = name?;
    match (&layout, from.first()) {
        // It is read from where the forms are.
        (TableLayout::Inside(_), Some(from)) => reader.report(problem::source_of_inner_table(&name.value, from)),
        (TableLayout::Rows | TableLayout::Form, None) => {
            reader.report(problem::table_without_source(&name.value, place));
            return None;
        }
        _ if from.is_empty() && !except.is_empty() => {
            reader.report(problem::except_without_source(&name.value, &except[0]));
        }
        _ => {}
    }
    if let (TableLayout::Form, Some(at)) = (&layout, &at) {
        reader.report(problem::place_of_form(at));
    }
    let wrong_cells_blank = wrong_cells == Some(true);
    Some(TableSource { name, from, except, encoding, key, at, reads_hidden, every, totals, wrong_cells_blank, layout })
}

fn read_link(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<LinkSource> {
    let (from, to) = (group.required_text("from"), group.required_text("to"));
    group.finish();
    let column = |text| column_name(reader, text);
    let (from, to) = (from.and_then(column), to.and_then(column));
    Some(LinkSource { from: from?, to: to? })
}

/// `table.column` taken apart.
fn column_name(reader: &Reader<'_>, text: Located<String>) -> Option<Located<ColumnName>> {
    match text.value.split_once('.') {
        Some((table, column)) if !table.trim().is_empty() && !column.trim().is_empty() => Some(Located {
            value: ColumnName { table: table.trim().to_owned(), column: column.trim().to_owned() },
            place: text.place,
        }),
        _ => {
            reader.report(problem::not_a_column(&text));
            None
        }
    }
}

fn read_report(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<ReportSpec> {
    let name = group.required_text("name");
    let place = group.place();
    let template = group.text("template");
    let each = group.text("each");
    let output = group.required_text("output");
    let mut formats = Vec::new();
    for wanted in group.texts("formats") {
        match Format::ALL.into_iter().find(|format| format.extension() == wanted.value) {
            Some(format) if !formats.contains(&format) => formats.push(format),
            Some(_) => {}
            None => reader.report(problem::unknown_format(&wanted)),
        }
    }
    let tables = group.texts("tables");
    let keeps_macros = rules::choice(reader, group.text("macros"), &[("drop", false), ("keep", true)]);
    group.finish();
    if formats.is_empty() {
        formats = Format::USUAL.to_vec();
    }
    if template.is_none() && formats != [Format::Xlsx] {
        reader.report(problem::report_without_template(place));
        return None;
    }
    if let Some(first) = tables.first().filter(|_| !formats.contains(&Format::Xlsx)) {
        reader.report(problem::tables_without_xlsx(first.place.clone()));
    }
    Some(ReportSpec { name: name?, template, each, output: output?, formats, tables, keeps_macros })
}

fn check_distinct<'a>(reader: &Reader<'_>, names: impl Iterator<Item = &'a Located<String>>) {
    let mut seen: Vec<&Located<String>> = Vec::new();
    for name in names {
        match seen.iter().find(|other| other.value == name.value) {
            Some(first) => reader.report(problem::name_used_twice(name, &first.place)),
            None => seen.push(name),
        }
    }
}

fn sheet_pattern(text: String) -> SheetPattern {
    match text.split_once('#') {
        Some((files, sheet)) => SheetPattern { files: files.to_owned(), sheet: Some(sheet.to_owned()) },
        None => SheetPattern { files: text, sheet: None },
    }
}

fn map<T, U>(located: Located<T>, function: impl FnOnce(T) -> U) -> Located<U> {
    Located { value: function(located.value), place: located.place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn a_project_file_says_what_its_words_say() {
        let source = "[project]\ntitle = '总结'\nyear = 2023\n\
            [[table]]\nname = '学校'\nfrom = 'input/学校.xlsx#名单'\nkey = '代码'\n\
            [[link]]\nfrom = '党支部.学校代码'\nto = '学校.代码'\n\
            [[report]]\nname = 'school'\ntemplate = 'a.md'\neach = '学校'\noutput = '{{代码}}'\nformats = ['pdf']\n";
        let project = parse("huibao.toml", source).unwrap();
        assert_eq!((project.title.as_str(), project.year.as_str()), ("总结", "2023"));
        let pattern = SheetPattern { files: "input/学校.xlsx".into(), sheet: Some("名单".into()) };
        assert_eq!(project.tables[0].from[0].value, pattern);
        assert_eq!(project.links[0].to.value, ColumnName { table: "学校".into(), column: "代码".into() });
        assert_eq!(project.reports[0].formats, [Format::Pdf]);
    }

    #[test]
    fn only_a_report_of_tables_alone_needs_no_template() {
        let report = |formats: &str| {
            let source = format!("[[report]]\nname = 'a'\noutput = 'a'\nformats = {formats}\ntables = '学校'\n");
            let table = "[[table]]\nname = '学校'\nfrom = 'a.xlsx'\n";
            parse("huibao.toml", &(source + table))
        };
        assert_eq!(report("['xlsx']").unwrap().reports[0].tables[0].value, "学校");
        let problems = report("['xlsx', 'pdf']").unwrap_err();
        assert_eq!(
            problems[0].to_text(Language::Chinese),
            "错误：huibao.toml:1:1：这个报告没有模板\n  办法：加一行 template = \"templates/….md\"；只要表格就写 formats = [\"xlsx\"]"
        );
        let source = "[[table]]\nname = '学校'\nfrom = 'a.xlsx'\n[[report]]\nname = 'a'\ntemplate = 'a.md'\n\
            output = 'a'\ntables = ['学校', '学枝']\n";
        let problems = parse("huibao.toml", source).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.code, problem.place.to_string())).collect();
        assert_eq!(
            codes,
            [
                ("project.tables-without-xlsx", "huibao.toml:8:11".into()),
                ("project.unknown-table", "huibao.toml:8:17".into())
            ]
        );
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let source = "[[table]]\nname = '学校'\n[[table]]\nname = '支部'\nfrom = 'a.xlsx'\n\
            [[link]]\nfrom = '支部'\nto = '学校.代码'\n\
            [[report]]\nname = 'a'\ntemplate = 'a.md'\neach = '学枝'\noutput = 'a'\nformats = ['odt']\n";
        let problems = parse("huibao.toml", source).unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：huibao.toml:1:1：表“学校”没有说从哪里读\n  办法：加一行 from = \"input/学校.xlsx\"\n\
             错误：huibao.toml:7:8：“支部”不是“表.列”\n  办法：写成 \"党支部.学校代码\" 的样子\n\
             错误：huibao.toml:12:8：没有叫“学枝”的表\n  办法：有这些表：支部\n\
             错误：huibao.toml:14:12：不认识的格式“odt”\n  办法：可以写 docx、pdf、xlsx"
        );
    }
}
