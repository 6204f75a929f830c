//! What can go wrong with a command itself, in words.

use std::io;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Place, Words};

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

fn place(path: &Path) -> Place {
    Place::File { file: path.display().to_string() }
}
