//! `huibao merge`: a workbook and a template, without a project.

use std::path::PathBuf;
use std::time::Instant;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::End;
use super::arguments::MergeOptions;
use super::build::{Carrying, carry_out};
use super::console::Console;
use crate::batch::{MailMerge, Plan};

/// Where documents go if nobody says.
const OUT: &str = "out";

pub(super) fn run(options: &MergeOptions, console: &Console) -> End {
    let start = Instant::now();
    let (plan, problems) = Plan::mail_merge(MailMerge {
        data: &options.data,
        template: &options.template,
        name: options.name.as_deref(),
        one: options.one,
        formats: &options.formats,
    });
    let carrying = Carrying {
        start,
        out: options.out.clone().unwrap_or_else(|| PathBuf::from(OUT)),
        replace: options.replace,
        trace: options.trace,
        fonts: &options.fonts,
        jobs: options.jobs,
        json: options.json,
    };
    carry_out(plan, problems, &carrying, console)
}

/// The command's arguments.
pub(super) fn command(say: &dyn Fn(&'static str, &'static str) -> &'static str, command: Command) -> Command {
    let file = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).value_name(name).required(true).value_parser(value_parser!(PathBuf)).help(help)
    };
    let flag = |id: &'static str, help: &'static str| Arg::new(id).long(id).action(ArgAction::SetTrue).help(help);
    command
        .about(say(
            "邮件合并：一个工作簿加一个 Word 模板，每行一份文档，不用项目文件",
            "mail merge: a workbook and a template in Word give a document for each row; no project file is needed",
        ))
        .arg(file(
            "data",
            "DATA",
            say(
                "工作簿，第一张表的每一行做一份；可以写 文件#工作表",
                "the workbook; each row of its first table is merged; may be FILE#SHEET",
            ),
        ))
        .arg(file("template", "TEMPLATE", say("模板（.docx）", "the template (.docx)")))
        .arg(
            Arg::new("name").long("name").value_name("NAME").help(say(
                "文件名，可以带标签，例如 \"{{姓名}}\"",
                "the files' names, with tags, such as \"{{姓名}}\"",
            )),
        )
        .arg(flag("one", say("全部行做成一个文档，每行另起一页", "one document of all rows, each on a new page")))
        .arg(
            Arg::new("out")
                .short('o')
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(say("输出文件夹（默认 out）", "output folder (default: out)")),
        )
        .arg(
            Arg::new("format")
                .short('f')
                .long("format")
                .value_name("docx|pdf")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_parser(PossibleValuesParser::new(["docx", "pdf"]))
                .hide_possible_values(true)
                .help(say("格式，可以写几次（默认 docx）", "the format; may be given several times (default: docx)")),
        )
        .arg(flag(
            "replace",
            say(
                "输出文件夹里别人的、改过的同名文件也覆盖",
                "replace files of the same name that huibao did not make or that were changed",
            ),
        ))
        .arg(flag(
            "trace",
            say(
                "每份旁边写一份出处：每个数来自哪些单元格",
                "write beside each document which cells each figure comes from",
            ),
        ))
        .arg(
            Arg::new("jobs")
                .short('j')
                .long("jobs")
                .value_name("N")
                .value_parser(value_parser!(u16).range(1..))
                .help(say("同时做几份（默认用全部处理器）", "how many at a time (default: all processors)")),
        )
        .arg(flag("json", say("结果用 JSON 给出", "give the result as JSON")))
}
