//! What the user typed: commands and options (`grammar`) become a request, or wrong use is explained (`refusal`).

mod building;
mod grammar;
mod refusal;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;

use grammar::command;
pub use refusal::Refusal;
use refusal::refusal;

use crate::batch::Shard;
use crate::diagnostic::Language;
use crate::font::FontSource;
use crate::project::Format;

/// What the user asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Make the reports.
    Build(BuildOptions),
    /// Make the reports, and again whenever something is saved.
    Watch(BuildOptions),
    /// Put output folders together.
    Collect {
        /// The folders.
        folders: Vec<PathBuf>,
        /// Where they are put together.
        out: PathBuf,
        /// As JSON.
        json: bool,
    },
    /// Look for problems, make nothing.
    Check(CheckOptions),
    /// Say what is found in workbooks.
    Inspect {
        /// The workbooks, or folders of them.
        paths: Vec<PathBuf>,
        /// As JSON.
        json: bool,
    },
    /// Make the PDF of Word documents.
    Convert(ConvertOptions),
    /// Merge a workbook with a template, without a project.
    Merge(MergeOptions),
    /// List the tags of a template.
    Tags {
        /// The template.
        template: PathBuf,
        /// The workbook to hold them against.
        data: Option<PathBuf>,
        /// As JSON.
        json: bool,
    },
    /// Make a new project from the shipped example, or draft one from workbooks.
    Init {
        /// The new folder, or the workbooks and folders of workbooks.
        paths: Vec<PathBuf>,
        /// The new folder of a project that is drafted; called after the workbooks if not given.
        to: Option<PathBuf>,
    },
    /// List the faces.
    Fonts {
        /// Which faces may be used.
        fonts: FontOptions,
        /// Write the carried faces into this folder.
        export: Option<PathBuf>,
    },
}

/// Which project, which of its reports, which faces.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectOptions {
    /// The project's folder, or its project file.
    pub project: PathBuf,
    /// Only reports of these names.
    pub reports: Vec<String>,
    /// Only units with these keys.
    pub only: Vec<String>,
    /// The faces.
    pub fonts: FontOptions,
    /// How many reports at a time; all cores if not given.
    pub jobs: Option<usize>,
    /// The result as JSON.
    pub json: bool,
}

/// What `check` looks at, and the list that it writes.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOptions {
    /// Which reports.
    pub project: ProjectOptions,
    /// Write the problems into this workbook.
    pub xlsx: Option<PathBuf>,
    /// Replace a file that huibao did not make.
    pub replace: bool,
}

/// What `build` writes, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildOptions {
    /// Which reports.
    pub project: ProjectOptions,
    /// The output folder; `out` in the project's folder if not given.
    pub out: Option<PathBuf>,
    /// Only these formats; empty means as the project says.
    pub formats: Vec<Format>,
    /// Replace files that huibao did not make.
    pub replace: bool,
    /// Write beside each report where its figures come from.
    pub trace: bool,
    /// Make reports again that stand already as they would be made.
    pub all: bool,
    /// Remove the reports of former runs that the project does not have any more.
    pub prune: bool,
    /// Only this part of the reports.
    pub shard: Option<Shard>,
    /// Tell events as they happen, as lines of JSON.
    pub events: bool,
    /// Write down what happens, line by line.
    pub log: Option<PathBuf>,
    /// Write down what became of each report.
    pub records: Vec<PathBuf>,
}

/// Which Word documents become PDF, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertOptions {
    /// The documents.
    pub files: Vec<PathBuf>,
    /// The folder of the PDF files; beside each document if not given.
    pub out: Option<PathBuf>,
    /// Replace files that are there.
    pub replace: bool,
    /// Megabytes of memory that a document may take; the usual ones if not given.
    pub memory: Option<u32>,
    /// The faces.
    pub fonts: FontOptions,
}

/// What `merge` reads and writes.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeOptions {
    /// The workbook.
    pub data: PathBuf,
    /// The template; nothing where one is to be made.
    pub template: PathBuf,
    /// The template that is to be made.
    pub starter: Option<PathBuf>,
    /// The files' names, with tags.
    pub name: Option<String>,
    /// One document of all rows.
    pub one: bool,
    /// The output folder; `out` if not given.
    pub out: Option<PathBuf>,
    /// The formats; .docx if empty.
    pub formats: Vec<Format>,
    /// Whether a template's macros are kept, if that is said.
    pub keep_macros: Option<bool>,
    /// Megabytes of memory that a document may take; the usual ones if not given.
    pub memory: Option<u32>,
    /// Replace files that huibao did not make.
    pub replace: bool,
    /// Make documents again that stand already as they would be made.
    pub all: bool,
    /// Write beside each document where its figures come from.
    pub trace: bool,
    /// The faces.
    pub fonts: FontOptions,
    /// How many documents at a time; all cores if not given.
    pub jobs: Option<usize>,
    /// The result as JSON.
    pub json: bool,
}

/// Which faces may be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FontOptions {
    /// From the system or not.
    pub source: FontSource,
    /// The folder of faces that are not in the program.
    pub folder: Option<PathBuf>,
}

/// Understands what the user typed, the program's name first.
///
/// # Errors
/// Help that was asked for, or what is wrong.
pub fn parse(arguments: impl IntoIterator<Item = OsString>, language: Language) -> Result<Request, Refusal> {
    let matches = command(language).try_get_matches_from(arguments).map_err(refusal)?;
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Refusal::Answer(command(language).render_long_help().to_string()));
    };
    Ok(match name {
        "build" => Request::Build(build_options(matches)),
        "watch" => Request::Watch(build_options(matches)),
        "collect" => Request::Collect {
            folders: paths(matches, "folders"),
            out: path(matches, "out"),
            json: matches.get_flag("json"),
        },
        "check" => Request::Check(CheckOptions {
            project: project_options(matches),
            xlsx: matches.get_one::<PathBuf>("xlsx").cloned(),
            replace: matches.get_flag("replace"),
        }),
        "merge" => Request::Merge(MergeOptions {
            data: path(matches, "data"),
            template: path(matches, "template"),
            starter: matches.get_one::<PathBuf>("starter").cloned(),
            keep_macros: matches.get_one::<String>("macros").map(|macros| macros == "keep"),
            memory: matches.get_one::<u32>("memory").copied(),
            name: matches.get_one::<String>("name").cloned(),
            one: matches.get_flag("one"),
            out: matches.get_one::<PathBuf>("out").cloned(),
            formats: texts(matches, "format").iter().filter_map(|name| format_named(name)).collect(),
            replace: matches.get_flag("replace"),
            all: matches.get_flag("all"),
            trace: matches.get_flag("trace"),
            fonts: font_options(matches),
            jobs: matches.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs)),
            json: matches.get_flag("json"),
        }),
        "tags" => Request::Tags {
            template: path(matches, "template"),
            data: matches.get_one::<PathBuf>("data").cloned(),
            json: matches.get_flag("json"),
        },
        "inspect" => Request::Inspect { paths: paths(matches, "files"), json: matches.get_flag("json") },
        "convert" => Request::Convert(ConvertOptions {
            files: matches.get_many::<PathBuf>("file").map(|files| files.cloned().collect()).unwrap_or_default(),
            out: matches.get_one::<PathBuf>("out").cloned(),
            replace: matches.get_flag("replace"),
            memory: matches.get_one::<u32>("memory").copied(),
            fonts: font_options(matches),
        }),
        "init" => Request::Init { paths: paths(matches, "paths"), to: matches.get_one::<PathBuf>("to").cloned() },
        _ => {
            let export = matches.get_one::<PathBuf>("export").cloned();
            Request::Fonts { fonts: font_options(matches), export }
        }
    })
}

/// The value of `--lang`, wherever it stands: needed before anything can be said.
pub fn language_option(arguments: &[OsString]) -> Option<Language> {
    let texts: Vec<_> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let value = texts.iter().enumerate().find_map(|(at, text)| {
        text.strip_prefix("--lang=").or_else(|| (*text == "--lang").then(|| texts.get(at + 1).copied()).flatten())
    })?;
    match value {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

fn build_options(matches: &ArgMatches) -> BuildOptions {
    BuildOptions {
        project: project_options(matches),
        out: matches.get_one::<PathBuf>("out").cloned(),
        formats: texts(matches, "format").iter().filter_map(|name| format_named(name)).collect(),
        replace: matches.get_flag("replace"),
        trace: matches.get_flag("trace"),
        all: matches.get_flag("all"),
        prune: matches.get_flag("prune"),
        shard: matches.get_one::<Shard>("shard").copied(),
        events: matches.get_flag("events"),
        log: matches.get_one::<PathBuf>("log").cloned(),
        records: paths(matches, "record"),
    }
}

fn project_options(matches: &ArgMatches) -> ProjectOptions {
    ProjectOptions {
        project: matches.get_one::<PathBuf>("project").cloned().unwrap_or_else(|| PathBuf::from(".")),
        reports: texts(matches, "report"),
        only: texts(matches, "only"),
        fonts: font_options(matches),
        jobs: matches.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs)),
        json: matches.get_flag("json"),
    }
}

fn font_options(matches: &ArgMatches) -> FontOptions {
    let carried = matches.get_one::<String>("fonts").is_some_and(|source| source == "carried");
    FontOptions {
        source: if carried { FontSource::Carried } else { FontSource::System },
        folder: matches.get_one::<PathBuf>("fonts-folder").cloned(),
    }
}

fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(id).map(|values| values.cloned().collect()).unwrap_or_default()
}

fn path(matches: &ArgMatches, id: &str) -> PathBuf {
    matches.get_one::<PathBuf>(id).cloned().unwrap_or_default()
}

fn texts(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many::<String>(id).map(|values| values.cloned().collect()).unwrap_or_default()
}

fn format_named(name: &str) -> Option<Format> {
    Format::ALL.into_iter().find(|format| format.extension() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str) -> Result<Request, Refusal> {
        parse(line.split_whitespace().map(OsString::from), Language::Chinese)
    }

    fn complaint(line: &str) -> String {
        match request(line) {
            Err(Refusal::WrongUse(problem)) => problem.to_text(Language::Chinese),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn build_takes_its_options() {
        let Ok(Request::Build(options)) = request("huibao build -r city --only 0101 -f pdf -o x --fonts carried -j 2")
        else {
            panic!("not a build")
        };
        assert_eq!(options.project.reports, ["city"]);
        assert_eq!(options.project.only, ["0101"]);
        assert_eq!(options.formats, [Format::Pdf]);
        assert_eq!(options.out, Some(PathBuf::from("x")));
        assert_eq!(options.project.fonts.source, FontSource::Carried);
        assert_eq!(options.project.jobs, Some(2));
    }

    #[test]
    fn wrong_use_is_explained() {
        assert_eq!(complaint("huibao biuld"), "错误：没有“biuld”这个命令\n  办法：可以写：build");
        assert_eq!(complaint("huibao build --ony 3"), "错误：没有“--ony”这个选项\n  办法：可以写：--only");
        assert_eq!(complaint("huibao inspect"), "错误：还缺少 <FILES>...\n  办法：用法见 huibao --help");
        assert_eq!(
            complaint("huibao build -f odt"),
            "错误：--format <docx|pdf|xlsx> 不能是“odt”\n  办法：可以写：docx pdf xlsx"
        );
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |line: &str| language_option(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("huibao build --lang en"), Some(Language::English));
        assert_eq!(of("huibao --lang=zh build"), Some(Language::Chinese));
        assert_eq!(of("huibao build"), None);
    }

    #[test]
    fn no_command_shows_the_help() {
        let Err(Refusal::Answer(text)) = request("huibao") else { panic!("no help") };
        assert!(text.contains("build") && text.contains("退出码"), "{text}");
    }
}
