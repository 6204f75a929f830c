//! What can be wrong with a document that is to be written.

use crate::diagnostic::{Diagnostic, Place, Words};

/// A table has more columns than a word processor opens.
pub fn too_many_columns(columns: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "docx.too-many-columns",
        Place::Run,
        Words::new(
            format!("表格有 {columns} 列，Word 文件里的表格最多 {most} 列"),
            format!("a table has {columns} columns; a Word table has at most {most}"),
        ),
    )
    .with_hint(Words::new("把表格分成几张，或者减少列数", "split the table, or show fewer columns"))
}

/// Tables stand in tables too many times over.
pub fn nested_too_deep(most: usize) -> Diagnostic {
    Diagnostic::error(
        "docx.nested-too-deep",
        Place::Run,
        Words::new(format!("表格套表格超过 {most} 层"), format!("tables are nested more than {most} deep")),
    )
    .with_hint(Words::new("把里层的表格移到外面", "move the inner tables out"))
}

/// A part could not be finished or packed: not the user's doing.
pub fn cannot_pack(part: &str, reason: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(
        "docx.cannot-pack",
        Place::Run,
        Words::new(
            format!("Word 文件的 {part} 部分写不出来：{reason}"),
            format!("the part {part} of the Word file could not be written: {reason}"),
        ),
    )
    .with_hint(Words::new("这是程序的错误，请报告", "this is a fault of the program; please report it"))
}

/// The document has something that is only set on pages, not written.
pub fn not_written(zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(
        "docx.not-written",
        Place::Run,
        Words::new(format!("{zh}写不进 Word 文件"), format!("{en} cannot be written as Word")),
    )
    .with_hint(Words::new("只做 PDF", "make the PDF only"))
}
