//! What can go wrong with a command itself, in words.

use std::io;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Place, Words};
use crate::layout::MissingCharacter;

pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Diagnostic {
    let words = match error.kind() {
        io::ErrorKind::NotFound => Words::new("没有这个文件", "there is no such file"),
        _ => Words::new(format!("文件读不出来（{error}）"), format!("the file cannot be read ({error})")),
    };
    Diagnostic::error("cli.cannot-read", place(path), words)
}

pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "cli.cannot-write",
        place(path),
        Words::new(format!("写不进去（{error}）"), format!("it cannot be written ({error})")),
    )
}

pub(super) fn folder_not_empty(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.folder-not-empty",
        place(path),
        Words::new("这个文件夹里已经有东西了，没有动它", "this folder has something in it already; it was left alone"),
    )
    .with_hint(Words::new("换一个新文件夹的名字", "choose the name of a new folder"))
}

pub(super) fn would_replace(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.would-replace",
        place(path),
        Words::new("这里已经有另一个同名的文件，没有动它", "another file of this name stands here; it was left alone"),
    )
    .with_hint(Words::new("换一个文件夹", "choose another folder"))
}

pub(super) fn no_workbook_in_folder(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.no-workbook-in-folder",
        place(path),
        Words::new("这个文件夹里没有工作簿", "there is no workbook in this folder"),
    )
    .with_hint(Words::new(
        "工作簿的扩展名是 xlsx、xls、et、ods、csv 等",
        "workbooks end in xlsx, xls, ods, csv and the like",
    ))
}

pub(super) fn nothing_to_draft() -> Diagnostic {
    Diagnostic::error(
        "cli.nothing-to-draft",
        Place::Run,
        Words::new("没有一张工作表里认出了表", "no sheet has a table that was recognised"),
    )
    .with_hint(Words::new(
        "用 huibao inspect 看看；表头要占一至三行，每列都有名称",
        "see huibao inspect; a header takes one to three rows and names every column",
    ))
}

pub(super) fn lock_file(path: &Path) -> Diagnostic {
    Diagnostic::note(
        "cli.lock-file",
        place(path),
        Words::new(
            "这是 Excel 打开文件时留下的临时文件，不读",
            "Excel leaves this file while a workbook is open; it is not read",
        ),
    )
}

pub(super) fn not_an_xlsx_name(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.not-an-xlsx-name",
        place(path),
        Words::new(
            "问题清单是 Excel 文件，名字要以 .xlsx 结尾",
            "the list is a workbook, and its name must end in .xlsx",
        ),
    )
    .with_hint(Words::new("写成 --xlsx 问题清单.xlsx 的样子", "write it like --xlsx problems.xlsx"))
}

pub(super) fn not_a_docx_name(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.not-a-docx-name",
        place(path),
        Words::new(
            "模板是 Word 文件，名字要以 .docx 结尾",
            "the template is a Word file, and its name must end in .docx",
        ),
    )
    .with_hint(Words::new("写成 --starter 模板.docx 的样子", "write it like --starter template.docx"))
}

pub(super) fn starter_is_there(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.would-replace",
        place(path),
        Words::new("已经有这个文件了，没有动它", "this file is there already; it was left alone"),
    )
    .with_hint(Words::new("换一个文件名", "choose another name"))
}

pub(super) fn would_replace_pdf(path: &Path) -> Diagnostic {
    would_replace(path).with_hint(Words::new(
        "换一个文件夹（--out），或者加上 --replace",
        "choose another folder (--out), or add --replace",
    ))
}

pub(super) fn same_target(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.same-target",
        place(path),
        Words::new("两份文档会写成同一个 PDF，什么也没做", "two documents would become this one PDF; nothing was made"),
    )
    .with_hint(Words::new("分两次做，或者给其中一份改名", "convert them one by one, or rename one of them"))
}

pub(super) fn missing_character(path: &Path, missing: &MissingCharacter) -> Diagnostic {
    let MissingCharacter { character, context, .. } = missing;
    let code = u32::from(*character);
    Diagnostic::warning(
        "cli.missing-character",
        place(path),
        Words::new(
            format!("没有字体有“{character}”（U+{code:04X}）这个字，在“{context}”"),
            format!("no face has “{character}” (U+{code:04X}), in “{context}”"),
        ),
    )
    .with_hint(Words::new("安装有这个字的字体", "install a face that has it"))
}

pub(super) fn cut_off(path: &Path) -> Diagnostic {
    Diagnostic::warning(
        "cli.cut-off",
        place(path),
        Words::new(
            "文档超过 5000 页或 2000 万字（每页都有的页眉、表头每页都算），后面的没有做",
            "the document has more than 5000 pages or 20 million characters, what stands on every page counted on every page; the rest is left out",
        ),
    )
    .with_hint(Words::new("把文档分成几份", "split the document"))
}

fn place(path: &Path) -> Place {
    Place::File { file: path.display().to_string() }
}

pub(super) fn not_a_record_name(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.not-a-record-name",
        place(path),
        Words::new("--record 的文件名要以 .json 或 .html 结尾", "the file of --record must end in .json or .html"),
    )
    .with_hint(Words::new("例如 --record 记录.html", "such as --record record.html"))
}

pub(super) fn cannot_watch(folder: &Path, error: &notify::Error) -> Diagnostic {
    Diagnostic::error(
        "cli.cannot-watch",
        place(folder),
        Words::new(
            format!("看不了这个文件夹里的变化（{error}）"),
            format!("changes in this folder cannot be watched ({error})"),
        ),
    )
    .with_hint(Words::new(
        "改了以后自己运行 huibao build：只重做有变化的",
        "run huibao build after each change: it makes only what has changed",
    ))
}

pub(super) fn not_an_address(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.not-an-address",
        place(path),
        Words::new("这不是 s3://桶/文件夹 这样的地址", "this is no address like s3://bucket/folder"),
    )
    .with_hint(Words::new(
        "认得的对象存储只有 s3://；文件夹直接写路径",
        "s3:// is the only kind of object store that is known; a folder is named by its path",
    ))
}

pub(super) fn no_store_here(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.no-store-here",
        place(path),
        Words::new("这里要一个文件夹，不能是网上的地址", "here a folder is wanted, and no address"),
    )
    .with_hint(Words::new(
        "写进文件夹，再自己传上去；build、merge 和 collect 的 --out 可以是 s3://桶/文件夹",
        "write into a folder and upload it; --out of build, merge and collect may be s3://bucket/folder",
    ))
}

pub(super) fn cannot_work_in(folder: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "cli.cannot-work-in",
        place(folder),
        Words::new(format!("临时文件夹用不了（{error}）"), format!("no folder to work in can be made ({error})")),
    )
    .with_hint(Words::new(
        "检查权限和空间，或者用环境变量 TMPDIR 换一个地方",
        "see to its permissions and room, or name another one with TMPDIR in the environment",
    ))
}

pub(super) fn store_not_watched(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "cli.cannot-watch",
        place(path),
        Words::new("对象存储里的变化看不到", "changes in an object store cannot be watched"),
    )
    .with_hint(Words::new(
        "改了以后运行 huibao build：只重做有变化的",
        "run huibao build after each change: it makes only what has changed",
    ))
}
