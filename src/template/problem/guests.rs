//! What can be wrong with a document that a template puts in.

use super::error;
use crate::diagnostic::{Diagnostic, Place, Words};

pub(in crate::template) fn no_documents(place: Place) -> Diagnostic {
    error("template.no-include", place, "这里不能插入别的文档", "no other document can be put in here")
}

pub(in crate::template) fn in_itself(place: Place, files: &[String]) -> Diagnostic {
    let way = files.join(" → ");
    let problem = error(
        "template.include-cycle",
        place,
        format!("文档插到了自己里面：{way}"),
        format!("a document is put into itself: {way}"),
    );
    problem.with_hint(Words::new("去掉其中一处 {{include}}", "take one of the {{include}} tags out"))
}

pub(in crate::template) fn too_deep(place: Place, most: usize) -> Diagnostic {
    error(
        "template.include-depth",
        place,
        format!("文档一层套一层，超过 {most} 层"),
        format!("documents stand within each other more than {most} deep"),
    )
}

pub(in crate::template) fn too_many(place: Place, most: usize) -> Diagnostic {
    error(
        "template.include-depth",
        place,
        format!("插入的文档超过 {most} 个"),
        format!("more than {most} documents are put in"),
    )
}

pub(in crate::template) fn word_in_text(place: Place, path: &str) -> Diagnostic {
    let problem = error(
        "template.no-include",
        place,
        format!("文字模板里不能插入 Word 文档“{path}”"),
        format!("the Word document “{path}” cannot be put into a text template"),
    );
    problem.with_hint(Words::new("改用 .md 文件，或把模板做成 .docx", "use an .md file, or make the template a .docx"))
}

pub(in crate::template) fn unknown_kind(place: Place, path: &str) -> Diagnostic {
    error(
        "template.no-include",
        place,
        format!("“{path}”不是 .docx 或 .md 文件"),
        format!("“{path}” is neither a .docx nor an .md file"),
    )
}
