//! What the user typed: commands and options, their help in both languages, and wrong use explained.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::diagnostic::{Diagnostic, Language, Place, Words};
use crate::font::FontSource;
use crate::project::Format;

/// What the user asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Make the reports.
    Build(BuildOptions),
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
    /// Replace files that huibao did not make.
    pub replace: bool,
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

/// Why there is no request.
#[derive(Debug)]
pub enum Refusal {
    /// The user asked for help or the version: this text answers.
    Answer(String),
    /// Wrong use.
    WrongUse(Diagnostic),
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
        "build" => Request::Build(BuildOptions {
            project: project_options(matches),
            out: matches.get_one::<PathBuf>("out").cloned(),
            formats: texts(matches, "format").iter().filter_map(|name| format_named(name)).collect(),
            replace: matches.get_flag("replace"),
            trace: matches.get_flag("trace"),
        }),
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
            name: matches.get_one::<String>("name").cloned(),
            one: matches.get_flag("one"),
            out: matches.get_one::<PathBuf>("out").cloned(),
            formats: texts(matches, "format").iter().filter_map(|name| format_named(name)).collect(),
            replace: matches.get_flag("replace"),
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

fn command(language: Language) -> Command {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Chinese => zh,
        Language::English => en,
    };
    let usage = say("用法", "Usage");
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}\n{{after-help}}");
    let options = say("选项", "Options");
    let finish = |command: Command| {
        command
            .help_template(template.clone())
            .disable_help_flag(true)
            .disable_version_flag(true)
            .next_help_heading(options)
            .arg(
                Arg::new("lang")
                    .long("lang")
                    .value_name("zh|en")
                    .global(true)
                    .value_parser(PossibleValuesParser::new(["zh", "en"]))
                    .hide_possible_values(true)
                    .help(say(
                        "用中文还是英文说话（默认看系统）",
                        "speak Chinese or English (by default the system's language)",
                    )),
            )
            .arg(
                Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(ArgAction::Help)
                    .help(say("显示这段说明", "show this text")),
            )
    };
    let fonts = |command: Command| {
        command
            .arg(Arg::new("fonts").long("fonts").value_name("system|carried").value_parser(PossibleValuesParser::new(["system", "carried"])).hide_possible_values(true)
                .help(say("先用系统里的字体，还是只用自带的（默认 system；carried 在每台机器上结果相同）",
                    "the system's faces first, or the carried ones only (default system; carried gives the same bytes on every machine)")))
            .arg(Arg::new("fonts-folder").long("fonts-folder").value_name("DIR").value_parser(value_parser!(PathBuf))
                .help(say("程序之外的字体所在的文件夹（默认在程序旁边找 fonts）", "folder of faces that are not in the program (by default fonts beside the program)")))
    };
    let project = |command: Command| {
        fonts(command)
            .arg(
                Arg::new("project")
                    .short('p')
                    .long("project")
                    .value_name("DIR")
                    .value_parser(value_parser!(PathBuf))
                    .help(say(
                        "项目文件夹，里面有 huibao.toml（默认当前文件夹）",
                        "the project's folder, with huibao.toml in it (default: this folder)",
                    )),
            )
            .arg(
                Arg::new("report")
                    .short('r')
                    .long("report")
                    .value_name("NAME")
                    .action(ArgAction::Append)
                    .help(say("只做这种报告，可以写几次", "only this kind of report; may be given several times")),
            )
            .arg(Arg::new("only").long("only").value_name("KEY").action(ArgAction::Append).help(say(
                "只做这个单位的（代码或名称），可以写几次",
                "only this unit (its code or name); may be given several times",
            )))
            .arg(
                Arg::new("jobs")
                    .short('j')
                    .long("jobs")
                    .value_name("N")
                    .value_parser(value_parser!(u16).range(1..))
                    .help(say("同时做几份（默认用全部处理器）", "how many at a time (default: all processors)")),
            )
            .arg(
                Arg::new("json")
                    .long("json")
                    .action(ArgAction::SetTrue)
                    .help(say("结果用 JSON 给出", "give the result as JSON")),
            )
    };

    let build = project(Command::new("build").about(say(
        "做报告：读工作簿，套模板，写出 Word、PDF 和 Excel 文件",
        "make the reports: read workbooks, fill templates, write Word, PDF and Excel files",
    )))
    .arg(
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help(say("输出文件夹（默认是项目里的 out）", "output folder (default: out in the project)")),
    )
    .arg(
        Arg::new("format")
            .short('f')
            .long("format")
            .value_name("docx|pdf|xlsx")
            .action(ArgAction::Append)
            .value_delimiter(',')
            .value_parser(PossibleValuesParser::new(Format::ALL.map(Format::extension)))
            .hide_possible_values(true)
            .help(say("只要这种格式，可以写几次", "only this format; may be given several times")),
    )
    .arg(Arg::new("replace").long("replace").action(ArgAction::SetTrue).help(say(
        "输出文件夹里别人的、改过的同名文件也覆盖",
        "replace files of the same name that huibao did not make or that were changed",
    )))
    .arg(Arg::new("trace").long("trace").action(ArgAction::SetTrue).help(say(
        "每份报告旁边写一份出处：每个数来自哪些单元格",
        "write beside each report which cells each figure comes from",
    )));
    let check = project(Command::new("check").about(say(
        "只检查，不做报告：项目、工作簿、模板、联系，一次列出全部问题",
        "check only, make no report: project, workbooks, templates and links, all problems at once",
    )))
    .arg(Arg::new("xlsx").long("xlsx").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
        "把问题写成 Excel 的问题清单，可以发回去改：一张总表，每个单位一张",
        "write the problems into a workbook to send back: a sheet over all and one for each unit",
    )))
    .arg(Arg::new("replace").long("replace").action(ArgAction::SetTrue).help(say(
        "--xlsx 的文件已经有了、是别人的或改过的，也覆盖",
        "replace the file of --xlsx even if huibao did not make it or somebody changed it",
    )));
    let inspect = Command::new("inspect")
        .about(say(
            "看工作簿里认出了什么：表、列、类型、范围、跳过的行和原因",
            "say what is found in workbooks: tables, columns, types, ranges, rows skipped and why",
        ))
        .arg(
            Arg::new("files")
                .value_name("FILES")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(say("工作簿，或放工作簿的文件夹", "workbooks, or folders of workbooks")),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(say("结果用 JSON 给出", "give the result as JSON")),
        );
    let convert =
        fonts(Command::new("convert").about(say(
            "把 Word 文档（.docx）做成 PDF，按 Word 的排版规则，不需要 Office",
            "make the PDF of Word documents (.docx) by Word's rules, without Office",
        )))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(say("Word 文档，可以写几份", "the Word documents")),
        )
        .arg(Arg::new("out").short('o').long("out").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            "PDF 放在这个文件夹（默认在文档旁边）",
            "folder of the PDF files (default: beside each document)",
        )))
        .arg(
            Arg::new("replace")
                .long("replace")
                .action(ArgAction::SetTrue)
                .help(say("已有的同名 PDF 也覆盖", "replace PDF files that are there")),
        );
    let init = Command::new("init")
        .about(say(
            "新建一个项目：给出工作簿就照着它们起草，给出新文件夹的名字就放进自带的示例",
            "make a new project: drafted from workbooks, or from the shipped example",
        ))
        .arg(
            Arg::new("paths")
                .value_name("FILES|DIR")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "工作簿，或放工作簿的文件夹，复制过去，照着起草；没有的文件夹就新建，放进示例",
                    "workbooks, or folders of workbooks, which are copied and drafted from; or a new folder, for the example",
                )),
        )
        .arg(
            Arg::new("to")
                .short('t')
                .long("to")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(say("起草的项目放在这个新文件夹（默认按数据的名字）", "the new folder of a drafted project (by default called after the data)")),
        );
    let list_fonts = fonts(
        Command::new("fonts")
            .about(say("列出能用的字体和各自的来源", "list the faces that can be used and where they come from"))
            .arg(Arg::new("export").long("export").value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
                "把自带的字体写到这个文件夹，可以安装到电脑里",
                "write the carried faces into this folder, to be installed on a computer",
            ))),
    );

    let merge = super::merge::command(&say, fonts(Command::new("merge")));
    let tags = super::tags::command(&say);
    finish(Command::new("huibao").version(env!("CARGO_PKG_VERSION")))
        .about(say(
            "汇报：从一个文件夹的 Excel 工作簿，到一叠做好的 Word 和 PDF 报告",
            "huibao: from a folder of Excel workbooks to a stack of finished Word and PDF reports",
        ))
        .after_help(say(
            "退出码：0 全部做成；1 有报告没做成，或有单位没算进来；2 用法或输入有错，什么也没做",
            "Exit codes: 0 all made; 1 some reports failed or units were left out; 2 wrong use or input, nothing was made",
        ))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("显示版本", "show the version")),
        )
        .subcommand_help_heading(say("命令", "Commands"))
        .subcommand_value_name("COMMAND")
        .disable_help_subcommand(true)
        .subcommands([build, check, inspect, merge, tags, convert, init, list_fonts].map(finish))
}

fn refusal(error: clap::Error) -> Refusal {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Refusal::Answer(error.to_string());
    }
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            Words::new(format!("没有“{argument}”这个选项"), format!("there is no option “{argument}”"))
        }
        ErrorKind::InvalidSubcommand => {
            let name = of(ContextKind::InvalidSubcommand);
            Words::new(format!("没有“{name}”这个命令"), format!("there is no command “{name}”"))
        }
        ErrorKind::MissingRequiredArgument => {
            Words::new(format!("还缺少 {argument}"), format!("{argument} is missing"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Words::new(format!("{argument} 后面要写一个值"), format!("{argument} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Words::new(format!("{argument} 不能是“{value}”"), format!("{argument} cannot be “{value}”"))
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Words::new(line.clone(), line)
        }
    };
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::ValidValue]
        .into_iter()
        .map(of)
        .find(|text| !text.is_empty());
    let hint = match suggestion {
        Some(meant) => Words::new(format!("可以写：{meant}"), format!("possible: {meant}")),
        None => Words::new("用法见 huibao --help", "see huibao --help"),
    };
    Refusal::WrongUse(Diagnostic::error("cli.wrong-use", Place::Run, message).with_hint(hint))
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
