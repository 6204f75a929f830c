//! What can go wrong when output folders are put together.

use std::io;

use super::{file, reason_zh};
use crate::diagnostic::{Diagnostic, Words};

pub(in crate::batch) fn no_manifest(folder: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.no-manifest",
        file(folder),
        Words::new(
            "这不是 huibao 的输出文件夹，里面没有清单 .huibao.jsonl",
            "this is no output folder of huibao: it has no manifest .huibao.jsonl",
        ),
    )
    .with_hint(Words::new(
        "写 huibao build --out 用的那个文件夹；复制时不要漏掉点开头的文件",
        "name the folder that huibao build --out wrote into; when copying, take files that begin with a dot along",
    ))
}

pub(in crate::batch) fn run_not_over(folder: &str) -> Diagnostic {
    Diagnostic::warning(
        "batch.run-not-over",
        file(folder),
        Words::new(
            "这里的一次运行没有做完，还没做的报告收不进来",
            "a run here did not come to its end; what it had not made is not collected",
        ),
    )
    .with_hint(Words::new("先在那里把 huibao build 再运行一次", "run huibao build there once more first"))
}

pub(in crate::batch) fn two_of_one_name(folder: &str, report: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.collected-twice",
        file(folder),
        Words::new(
            format!("{report} 在 {other} 里也有，两份不一样"),
            format!("{report} is also in {other}, and the two differ"),
        ),
    )
    .with_hint(Words::new(
        "各部分要用同样的数据、模板和程序来做；旧的文件夹不要写进来",
        "parts must be made with the same data, templates and program; leave old folders out",
    ))
}

pub(in crate::batch) fn leaves_folder(path: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.bad-manifest",
        file(path),
        Words::new(
            "清单里的这个文件在输出文件夹之外，没有收",
            "the manifest names this file outside of its folder; it was not collected",
        ),
    )
}

pub(in crate::batch) fn cannot_collect(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "batch.cannot-collect",
        file(path),
        Words::new(
            format!("清单里有这个文件，读不出来（{}）", reason_zh(error)),
            format!("the manifest has this file, and it cannot be read ({error})"),
        ),
    )
    .with_hint(Words::new("在那个文件夹里把 huibao build 再运行一次", "run huibao build for that folder once more"))
}

pub(in crate::batch) fn changed_since(path: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.changed-since",
        file(path),
        Words::new(
            "这个文件做好以后有人改过，或者没有复制完整，没有收",
            "somebody has changed this file since it was made, or it was not copied whole; it was not collected",
        ),
    )
    .with_hint(Words::new(
        "重新复制，或者在那里把 huibao build 再运行一次",
        "copy it again, or run huibao build there once more",
    ))
}
