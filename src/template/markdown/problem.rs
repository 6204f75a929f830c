//! What the text of a report may have that cannot be set as it is, in words.

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

pub(super) fn table_not_alone() -> Diagnostic {
    Diagnostic::warning(
        "template.table-not-alone",
        Place::Run,
        Words::new("表格夹在文字中间，放不下", "a table stands within text and cannot be set there"),
    )
    .with_hint(Words::new("让 {{表格 …}} 自成一行", "give {{table …}} a line of its own"))
}

pub(super) fn chart_not_alone() -> Diagnostic {
    Diagnostic::warning(
        "template.chart-not-alone",
        Place::Run,
        Words::new("图表夹在文字中间，放不下", "a chart stands within text and cannot be set there"),
    )
    .with_hint(Words::new("让 {{图表 …}} 自成一行", "give {{chart …}} a line of its own"))
}

pub(super) fn picture_not_alone() -> Diagnostic {
    Diagnostic::warning(
        "template.picture-not-alone",
        Place::Run,
        Words::new("图片夹在文字中间，放不下", "a picture stands within text and cannot be set there"),
    )
    .with_hint(Words::new("让 {{图片 …}} 自成一行", "give {{picture …}} a line of its own"))
}

pub(super) fn image() -> Diagnostic {
    Diagnostic::warning(
        "template.image",
        Place::Run,
        Words::new("不支持 ![…](…)，只留下了它的说明文字", "![…](…) is not supported; only its description is kept"),
    )
    .with_hint(Words::new("图片用 {{图片 \"文件\"}}", "use {{picture \"file\"}} for pictures"))
}

pub(super) fn caption_without_table(text: &str) -> Diagnostic {
    Diagnostic::warning(
        "template.caption-without-table",
        Place::Run,
        Words::new(format!("“题：{text}”下面没有表格"), format!("there is no table below the caption “{text}”")),
    )
    .with_hint(Words::new("把它写在表格的正上方", "write it right above the table"))
}

pub(super) fn attachment_number(typed: usize, number: usize, title: &str) -> Diagnostic {
    Diagnostic::warning(
        "template.attachment-number",
        Place::Run,
        Words::new(
            format!("“附件{typed}：{title}”排在第{number}个，印出来是附件{number}"),
            format!("the attachment “{title}” is called {typed} but comes as number {number}, and is printed so"),
        ),
    )
    .with_hint(Words::new(
        "附件按先后自动编号：调整次序，或者不写号",
        "attachments are numbered by their order: change it, or leave the number out",
    ))
}

pub(super) fn nothing_of_that_title<'a>(
    title: &str,
    place: Place,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let hint = nearest(title, known.filter(|known| !known.is_empty())).map_or_else(
        || {
            Words::new(
                "井号后面写标题或题注的原文，不写编号",
                "after the sign # write a heading or caption as it stands, without its number",
            )
        },
        did_you_mean,
    );
    Diagnostic::error(
        "template.nothing-of-that-title",
        place,
        Words::new(
            format!("引用了“{title}”，但没有这样的标题、表或图"),
            format!("“{title}” is referred to, but no heading, table or figure has that title"),
        ),
    )
    .with_hint(hint)
}
