//! What can be wrong with a Word file that is read, and what of it is not shown, in words.

use crate::diagnostic::{Diagnostic, Place, Words, less_or_more_memory};

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

fn too_much(file: &str, zh: String, en: String) -> Diagnostic {
    Diagnostic::error("docx.too-large", place(file), Words::new(zh, en))
}

fn split() -> Words {
    Words::new("把文档分成几份", "split the document")
}

/// It would take more memory than it may.
pub fn too_large(file: &str, memory: u64) -> Diagnostic {
    let most = memory >> 20;
    let zh = format!("文档太大，打开要占内存 {most} MB 以上，不予读取");
    let en = format!("the document would take more than {most} MB of memory, and is not read");
    too_much(file, zh, en).with_hint(less_or_more_memory(memory))
}

/// It unpacks to many times its size, as no document that somebody wrote does.
pub fn unpacks_to_too_much(file: &str, packed: u64, most: u64, ratio: u64) -> Diagnostic {
    let (packed, most) = (packed.div_ceil(1024), most >> 20);
    let zh = format!("文件 {packed} KB，解压后超过 {most} MB（{ratio} 倍），不予读取");
    let en = format!("a file of {packed} KB that unpacks to more than {most} MB, {ratio} times its size, is not read");
    too_much(file, zh, en).with_hint(Words::new("在 Word 里打开，另存一份", "open it in Word and save it anew"))
}

/// The package has too many parts.
pub fn too_many_parts(file: &str, parts: usize, most: usize) -> Diagnostic {
    let zh = format!("文件里有 {parts} 个部件，超过上限 {most}");
    let en = format!("the file has {parts} parts, more than the limit of {most}");
    too_much(file, zh, en).with_hint(split())
}

/// Elements of a part stand too deep within each other.
pub fn too_deep(file: &str, part: &str, most: usize) -> Diagnostic {
    let zh = format!("{part} 里的内容一层套一层，超过 {most} 层");
    let en = format!("{part} has elements within each other more than {most} deep");
    too_much(file, zh, en).with_hint(Words::new("在 Word 里打开，另存一份", "open it in Word and save it anew"))
}

/// Headers and footers, counted for each section anew, are too long.
pub fn large_headers(file: &str, most: u64) -> Diagnostic {
    let most = most >> 20;
    let zh = format!("各节的页眉和页脚合计超过 {most} MB");
    let en = format!("headers and footers of all sections come to more than {most} MB");
    too_much(file, zh, en).with_hint(split())
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
