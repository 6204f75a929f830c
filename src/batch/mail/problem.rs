//! What can go wrong with a merge without a project, in words.

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

pub(super) fn no_rows_to_merge(data: Place) -> Diagnostic {
    let problem = Diagnostic::error(
        "batch.nothing-to-merge",
        data,
        Words::new("工作簿里没有找到带表头的数据", "no rows with a header were found in the workbook"),
    );
    problem.with_hint(Words::new(
        "第一行写列名，下面一行一条；用 huibao inspect 看认出了什么",
        "name the columns in the first row, and give each record a row below; huibao inspect says what is found",
    ))
}

pub(super) fn no_sheet_to_merge<'a>(data: Place, sheet: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<_> = known.collect();
    let problem = Diagnostic::error(
        "batch.sheet-not-found",
        data,
        Words::new(
            format!("没有叫“{sheet}”的工作表，或里面没有数据"),
            format!("there is no sheet “{sheet}” with rows in it"),
        ),
    );
    let list = known.join("、");
    match nearest(sheet, known.iter().copied()) {
        Some(meant) => problem.with_hint(did_you_mean(meant)),
        None => problem.with_hint(Words::new(format!("有这些：{list}"), format!("there are: {list}"))),
    }
}

pub(super) fn merged_name_twice(place: Place, name: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        "batch.names-collide",
        place,
        Words::new(format!("几行都会写成“{name}”这个文件"), format!("several rows would be written to “{name}”")),
    );
    problem.with_hint(Words::new(
        "在 --name 里加上能区分各行的列，例如 --name \"{{姓名}} {{编号}}\"",
        "add a column to --name that tells rows apart, such as --name \"{{name}} {{number}}\"",
    ))
}

pub(super) fn no_tags(template: Place) -> Diagnostic {
    let problem = Diagnostic::warning(
        "batch.no-tags",
        template,
        Words::new(
            "模板里没有标签，做出来的和模板一样",
            "there is no tag in the template, and what is made is the template again",
        ),
    );
    problem.with_hint(Words::new(
        "标签写成 {{列名}}，两个花括号；不知道怎么开始，用 huibao merge 工作簿 --starter 模板.docx",
        "a tag is {{column}}, with two braces; to begin from a template: huibao merge DATA --starter TEMPLATE.docx",
    ))
}

/// `found` is what was said of the blank values.
pub(super) fn blank_name(found: &[Diagnostic], name: &str) -> Diagnostic {
    let place = found.first().map_or(Place::Run, |problem| problem.place.clone());
    let problem = Diagnostic::warning(
        "batch.blank-name",
        place,
        Words::new(
            format!("文件名里用到的这一格是空的，文件叫“{name}”"),
            format!("the file's name needs this cell, which is blank; the file is called “{name}”"),
        ),
    );
    problem.with_hint(Words::new("填上这一格，或换 --name", "fill the cell in, or choose another --name"))
}

pub(super) fn numbered_names(name: &str, rows: usize) -> Diagnostic {
    let problem = Diagnostic::warning(
        "batch.numbered-names",
        Place::File { file: "--name".into() },
        Words::new(
            format!("有 {rows} 行的文件都叫“{name}”，后面的加了编号：“{name}（2）”"),
            format!(
                "the files of {rows} rows are all called “{name}”; those after the first are numbered: “{name}（2）”"
            ),
        ),
    );
    problem.with_hint(Words::new(
        "在 --name 里加上能区分各行的列，例如 --name \"{{姓名}} {{编号}}\"",
        "add a column to --name that tells rows apart, such as --name \"{{name}} {{number}}\"",
    ))
}

pub(super) fn skipped_rows(template: &str, rows: usize) -> Diagnostic {
    Diagnostic::warning(
        "batch.skipped-rows",
        Place::File { file: template.to_owned() },
        Words::new(
            format!("按模板里的条件跳过了 {rows} 行"),
            format!("rows left out on the template's condition: {rows}"),
        ),
    )
}
