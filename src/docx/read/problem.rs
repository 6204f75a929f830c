//! What can be wrong with a Word file that is read, and what of it is not shown, in words.

use crate::diagnostic::{Diagnostic, Place, Words};

fn place(file: &str) -> Place {
    Place::File { file: file.to_owned() }
}

/// It is no .docx at all.
pub fn no_docx(file: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.not-a-docx",
        place(file),
        Words::new("这不是 Word 文档（.docx）", "this is no Word document (.docx)"),
    )
    .with_hint(Words::new("在 Word 或 WPS 里另存为 .docx", "save it as .docx in Word or WPS"))
}

/// It is a .doc file, or needs a password.
pub fn old_or_locked(file: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.old-or-locked",
        place(file),
        Words::new("这是旧格式的 .doc，或者有打开密码", "this is an old .doc file, or it needs a password"),
    )
    .with_hint(Words::new(
        "在 Word 或 WPS 里另存为不带密码的 .docx",
        "save it in Word or WPS as .docx without a password",
    ))
}

/// A part is damaged.
pub fn damaged(file: &str, part: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.damaged",
        place(file),
        Words::new(format!("文件损坏，{part} 读不出来"), format!("the file is damaged: {part} cannot be read")),
    )
    .with_hint(Words::new("在 Word 里打开并修复，再另存一份", "open and repair it in Word, and save it anew"))
}

/// A part declares entities, which no Word file has.
pub fn entities(file: &str, part: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.entities",
        place(file),
        Words::new(
            format!("{part} 里有自定义的 XML 实体，Word 文件不会有，不读"),
            format!("{part} declares XML entities, which no Word file has; it is not read"),
        ),
    )
    .with_hint(Words::new("在 Word 里打开，另存一份", "open it in Word and save it anew"))
}

/// It unpacks to more than is ever read.
pub fn too_large(file: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.too-large",
        place(file),
        Words::new("文件展开后太大，不读", "the file unpacks to more than is ever read"),
    )
    .with_hint(Words::new("把文档分成几份", "split the document"))
}

/// Something is not shown; `part` says where it is, `words` the text around it.
pub fn not_shown(file: &str, part: &Words, words: &str, what: &Words) -> Diagnostic {
    let (zh, en) = match words {
        "" => (format!("{}里的{}没有画出来", part.zh, what.zh), format!("{} in the {} is not shown", what.en, part.en)),
        words => (
            format!("{}里“{words}”处的{}没有画出来", part.zh, what.zh),
            format!("{} at “{words}” in the {} is not shown", what.en, part.en),
        ),
    };
    Diagnostic::warning("docx.not-shown", place(file), Words::new(zh, en))
}

/// More is not shown than is told one by one.
pub fn more_not_shown(file: &str, count: usize) -> Diagnostic {
    Diagnostic::warning(
        "docx.not-shown",
        place(file),
        Words::new(format!("另有 {count} 处没有画出来"), format!("{count} more things are not shown")),
    )
}
