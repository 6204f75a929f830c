//! What can be wrong with the faces, in words.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Place, Words};

/// The folder of `--fonts-folder` cannot be read.
pub(super) fn folder_unreadable(folder: &Path, error: &std::io::Error) -> Diagnostic {
    let file = folder.display().to_string();
    let message =
        Words::new(format!("字体文件夹打不开：{error}"), format!("the folder of faces cannot be read: {error}"));
    Diagnostic::error("font.folder-unreadable", Place::File { file }, message)
}

/// 仿宋 is neither on the system nor in a folder `fonts`.
pub(super) fn no_fangsong() -> Diagnostic {
    Diagnostic::warning(
        "font.no-fangsong",
        Place::Run,
        Words::new(
            "没有找到仿宋字体，PDF 中的仿宋用楷体代替",
            "no 仿宋 (FangSong) face was found; the PDFs show 楷体 (KaiTi) in its place",
        ),
    )
    .with_hint(Words::new(
        "把 FandolFang-Regular.otf 放进程序旁边的 fonts 文件夹，或者用 --fonts-folder 指出它所在的文件夹",
        "put FandolFang-Regular.otf into the folder fonts beside the program, or name its folder with --fonts-folder",
    ))
}
