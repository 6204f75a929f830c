//! The options of `build` and `watch`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::batch::Shard;
use crate::project::Format;

/// Adds them to a command.
pub(super) fn building(say: &dyn Fn(&'static str, &'static str) -> &'static str, command: Command) -> Command {
    command
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
    )))
    .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help(say(
        "全部重做，没有变化的也做（默认只做有变化的）",
        "make all reports again, also those that nothing has changed for",
    )))
    .arg(Arg::new("prune").long("prune").action(ArgAction::SetTrue).help(say(
        "删掉以前做的、项目里已经没有的报告（改过的不删）",
        "remove reports of former runs that the project has no more (not those that somebody changed)",
    )))
    .arg(
        Arg::new("shard")
            .long("shard")
            .value_name("K/N")
            .value_parser(value_parser!(Shard))
            .help(say(
                "只做 N 份里的第 K 份，分到几台机器上做；做完用 huibao collect 合起来",
                "only the K-th of N parts, for several machines; huibao collect puts them together",
            )),
    )
    .arg(Arg::new("record").long("record").value_name("FILE").action(ArgAction::Append).value_parser(value_parser!(PathBuf)).help(say(
        "写一份记录：每份报告的文件、页数、问题、用时；.html 给人看，.json 给程序，可以写几次",
        "write what became of each report: .html for people, .json for programs; may be given several times",
    )))
    .arg(Arg::new("log").long("log").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
        "把过程一行行写进这个文件", "write what happens into this file, line by line",
    )))
    .arg(Arg::new("events").long("events").conflicts_with("json").action(ArgAction::SetTrue).help(say(
        "一边做一边用 JSON 说，一行一件事（给程序用）", "tell what happens as it happens, an object of JSON a line",
    )))
}
