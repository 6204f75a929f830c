//! The commands and their options, with their help in both languages.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::building::building;
use crate::cli::{merge, tags};
use crate::diagnostic::Language;

/// All that can be typed.
pub(super) fn command(language: Language) -> Command {
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
    let memory = |command: Command| {
        command.arg(
            Arg::new("memory").long("memory").value_name("MB").value_parser(value_parser!(u32).range(1..)).help(say(
                "一份 Word 文档最多占多少内存（默认 1024 MB），更大的不读",
                "the memory that a Word document may take (default 1024 MB); larger ones are not read",
            )),
        )
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

    let built = |command: Command| building(&say, project(command));
    let build = built(Command::new("build").about(say(
        "做报告：读工作簿，套模板，写出 Word、PDF 和 Excel 文件",
        "make the reports: read workbooks, fill templates, write Word, PDF and Excel files",
    )));
    let watch = built(Command::new("watch").about(say(
        "做报告，然后等着：哪张表、哪个模板一保存，就重做它碰到的报告",
        "make the reports, then wait: whenever a table or a template is saved, make those again that it touches",
    )));
    let collect = Command::new("collect")
        .about(say(
            "把几个输出文件夹（--shard 分开做的）合成一个",
            "put output folders together that were made in parts with --shard",
        ))
        .arg(
            Arg::new("folders")
                .value_name("DIR")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(say("各部分的输出文件夹", "the output folders of the parts")),
        )
        .arg(
            Arg::new("out")
                .short('o')
                .long("out")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("合到这个文件夹", "the folder to put them together in")),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(say("结果用 JSON 给出", "give the result as JSON")),
        );
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
        memory(fonts(Command::new("convert").about(say(
            "把 Word 文档（.docx）做成 PDF，按 Word 的排版规则，不需要 Office",
            "make the PDF of Word documents (.docx) by Word's rules, without Office",
        ))))
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

    let merge = merge::command(&say, memory(fonts(Command::new("merge"))));
    let tags = tags::command(&say);
    finish(Command::new("huibao").version(env!("CARGO_PKG_VERSION")))
        .about(say(
            "汇报：从一个文件夹的 Excel 工作簿，到一叠做好的 Word 和 PDF 报告",
            "huibao: from a folder of Excel workbooks to a stack of finished Word and PDF reports",
        ))
        .after_help(format!("{}{}", say(
            "退出码：0 全部做成；1 有报告没做成，或有单位没算进来；2 用法或输入有错，什么也没做；3 中途停下，还有没做的",
            "Exit codes: 0 all made; 1 some reports failed or units were left out; 2 wrong use or input, nothing was made; 3 stopped with reports still to be made",
        ), match cfg!(feature = "s3") {
            true => say(
                "\nbuild、check 的项目和 build、merge、collect 的输出可以是 s3://桶/文件夹",
                "\nThe project of build and check and the output of build, merge and collect may be s3://bucket/folder",
            ),
            false => "",
        }))
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
        .subcommands([build, watch, check, inspect, merge, tags, convert, init, collect, list_fonts].map(finish))
}
