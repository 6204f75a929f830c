//! `huibao merge`: a workbook and a template, without a project.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::End;
use super::arguments::MergeOptions;
use super::build::{Carrying, Told, carry_out, refuse};
use super::console::{Console, counted};
use super::problem;
use super::stores::Working;
use crate::batch::{MailMerge, Plan, Starter, mail_starter};
use crate::diagnostic::Words;

/// Where documents go if nobody says.
const OUT: &str = "out";

pub(super) fn run(options: &MergeOptions, console: &Console) -> End {
    let start = Instant::now();
    if let Some(starter) = &options.starter {
        return make_starter(&options.data, starter, options.one, console);
    }
    let mut working = Working::default();
    let out = match working.place_named(options.out.as_deref().unwrap_or(Path::new(OUT))) {
        Ok(out) => out,
        Err(problem) => return refuse(vec![problem], None, options.json, console),
    };
    let (plan, problems) = Plan::mail_merge(MailMerge {
        data: &options.data,
        template: &options.template,
        name: options.name.as_deref(),
        one: options.one,
        formats: &options.formats,
        keep_macros: options.keep_macros,
        memory: options.memory.map(|megabytes| u64::from(megabytes) << 20),
    });
    let carrying = Carrying {
        start,
        out,
        replace: options.replace,
        trace: options.trace,
        all: options.all,
        prune: false,
        fonts: &options.fonts,
        loaded: None,
        jobs: options.jobs,
        json: options.json,
        told: Told::default(),
    };
    carry_out(plan, problems, &carrying, console)
}

/// Writes a template to begin from; a file that is there is left alone.
fn make_starter(data: &Path, path: &Path, list: bool, console: &Console) -> End {
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx")) {
        return console.refuse(&[problem::not_a_docx_name(path)]);
    }
    let mut starter = match mail_starter(data, list) {
        Ok(starter) => starter,
        Err(problems) => return console.refuse(&problems),
    };
    let written =
        OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(&starter.bytes));
    if let Err(error) = written {
        starter.problems.push(match error.kind() {
            io::ErrorKind::AlreadyExists => problem::starter_is_there(path),
            _ => problem::cannot_write(path, &error),
        });
        return console.refuse(&starter.problems);
    }
    console.problems(&starter.problems);
    let (shown, data) = (path.display(), data.display());
    let Starter { table, columns, .. } = &starter;
    console.tell(&Words::new(
        format!("模板在 {shown}：表“{table}”的 {columns} 列，各是一个标签"),
        format!("the template is {shown}: {} of the table “{table}”, each a tag", counted(*columns, "column")),
    ));
    console.tell(&Words::new(
        format!("下一步：用 Word 或 WPS 打开，改成要的样子；然后 huibao merge {data} {shown}"),
        format!("Next: open it in Word or WPS and make it look as you want; then huibao merge {data} {shown}"),
    ));
    End::Fine
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
        .arg(
            file("template", "TEMPLATE", say("模板（.docx，或 .md）", "the template (.docx, or .md)"))
                .required(false)
                .required_unless_present("starter"),
        )
        .arg(
            Arg::new("starter")
                .long("starter")
                .value_name("FILE.docx")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all([
                    "template", "name", "out", "format", "macros", "replace", "all", "trace", "jobs", "json",
                ])
                .help(say(
                    "不合并，照着工作簿写一个 Word 模板，从它改起；加 --one 是全部行的一览表",
                    "merge nothing, but write a template in Word to begin from; with --one a list of all rows",
                )),
        )
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
        .arg(
            Arg::new("macros")
                .long("macros")
                .value_name("drop|keep")
                .value_parser(PossibleValuesParser::new(["drop", "keep"]))
                .hide_possible_values(true)
                .help(say(
                    "模板里的宏：去掉，还是保留（做出 .docm）",
                    "a template's macros: drop them, or keep them and make .docm files",
                )),
        )
        .arg(flag(
            "replace",
            say(
                "输出文件夹里别人的、改过的同名文件也覆盖",
                "replace files of the same name that huibao did not make or that were changed",
            ),
        ))
        .arg(flag(
            "all",
            say(
                "全部重做，没有变化的也做（默认只做有变化的）",
                "make all documents again, also those that nothing has changed for",
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
