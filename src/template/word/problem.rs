//! What can be wrong with a template in Word, in words.

use super::blocks::Why;
use super::fields::{Refused, Why as Refusal};
use super::macros::Macros;
use super::tree::Unreadable;
use crate::diagnostic::{Diagnostic, DocumentPart, Place, Words, did_you_mean, less_or_more_memory, nearest};
use crate::template::problem::error;

fn file(file: &str) -> Place {
    Place::File { file: file.to_owned() }
}

pub(super) fn not_a_document(name: &str) -> Diagnostic {
    let problem = error(
        "template.not-a-document",
        file(name),
        "不是 Word 文档（.docx），或文件已损坏",
        "this is no Word document (.docx), or it is damaged",
    );
    problem.with_hint(Words::new("用 Word 打开，另存为 .docx", "open it in Word and save it as .docx"))
}

pub(super) fn old_or_locked(name: &str) -> Diagnostic {
    let problem = error(
        "template.not-a-document",
        file(name),
        "是旧格式的 .doc，或加了打开密码，不能作模板",
        "this is an old .doc or is locked with a password, and cannot be a template",
    );
    problem.with_hint(Words::new(
        "用 Word 打开，去掉密码，另存为 .docx",
        "open it in Word, remove the password, and save it as .docx",
    ))
}

pub(super) fn too_large(name: &str, memory: u64) -> Diagnostic {
    let most = memory >> 20;
    let problem = error(
        "template.too-large",
        file(name),
        format!("文档太大，打开要占内存 {most} MB 以上，不予读取"),
        format!("the document would take more than {most} MB of memory, and is not read"),
    );
    problem.with_hint(less_or_more_memory(memory))
}

pub(super) fn too_many_parts(name: &str, most: usize) -> Diagnostic {
    error(
        "template.too-large",
        file(name),
        format!("里面的文件超过 {most} 个"),
        format!("it holds more than {most} files"),
    )
}

pub(super) fn unreadable_part(name: &str, part: &str, why: Unreadable) -> Diagnostic {
    let (zh, en) = match why {
        Unreadable::NotText => ("不是 UTF-8 文字", "is not UTF-8".to_owned()),
        Unreadable::NotWellFormed(at) => ("不是完好的 XML", format!("is not well-formed XML at byte {at}")),
        Unreadable::HasEntities => {
            ("带有实体定义，Word 文档里不会有", "defines entities, which no Word document does".into())
        }
        Unreadable::TooLarge => ("元素太多，或套得太深", "has too many elements, or too many within each other".into()),
    };
    let problem =
        error("template.damaged-part", file(name), format!("里面的 {part} {zh}"), format!("{part} in it {en}"));
    problem.with_hint(Words::new("用 Word 打开，另存一次", "open it in Word and save it again"))
}

pub(super) fn foreign_names(name: &str) -> Diagnostic {
    let problem = error(
        "template.unusual-document",
        file(name),
        "不是 Word 或 WPS 存的文档，里面的写法不能认",
        "this was not saved by Word or WPS, and its way of writing is not known",
    );
    problem.with_hint(Words::new("用 Word 打开，另存一次", "open it in Word and save it again"))
}

pub(super) fn cannot_pack(name: &str, why: &str) -> Diagnostic {
    error(
        "template.cannot-pack",
        file(name),
        format!("合并好的文档写不出来：{why}"),
        format!("the merged document cannot be written: {why}"),
    )
}

pub(super) fn too_many_columns(name: &str, columns: usize, most: usize) -> Diagnostic {
    let problem = error(
        "template.too-many-columns",
        file(name),
        format!("重复出来的表格有 {columns} 列，Word 的表格最多 {most} 列"),
        format!("a table with repeated columns has {columns} of them, and Word opens no more than {most}"),
    );
    problem.with_hint(Words::new(
        "让数据一行一行往下排（{{#each}} 放在行里），或用 {{前 表 n}}、{{筛选 …}} 减少列数",
        "let the data run down in rows, or have fewer columns with {{top table n}} or {{where …}}",
    ))
}

pub(super) fn other_kind(name: &str, wanted: &str, drawn: &str) -> Diagnostic {
    let words = Words::new(
        format!("图表标签写的类型是{wanted}，模板里画的是{drawn}，按画的来"),
        format!("a chart's tag says {wanted}, and what is drawn in the template is {drawn}, as which it stays"),
    );
    let hint =
        Words::new("在 Word 里更改图表类型，或去掉 类型=", "change the chart's kind in Word, or leave kind= out");
    Diagnostic::warning("template.other-chart", file(name), words).with_hint(hint)
}

pub(super) fn field_refused(place: Place, refused: &Refused) -> Diagnostic {
    let field = &refused.field;
    let (zh, en, hint) = match refused.why {
        Refusal::Asks => (
            format!("域 {field} 合并时要人来回答，这里没有人可问"),
            format!("the field {field} asks whoever merges, and nobody is there to be asked"),
            Words::new(
                "删掉这个域，写上文字，或在工作簿里加一列，写成 {{列名}}",
                "remove the field, and write the words, or a tag for a column of the workbook",
            ),
        ),
        Refusal::Composed => (
            format!("域 {field} 由 Word 猜着拼成，不能用"),
            format!("the field {field} is composed by Word's own guesses and cannot be had"),
            Words::new(
                "删掉这个域，用标签写出要的样子，例如 尊敬的{{姓名}}：",
                "remove the field and write what it is to say with tags, such as Dear {{name}},",
            ),
        ),
        Refusal::NotUnderstood => (
            format!("域 {field} 的写法看不懂"),
            format!("the field {field} is not understood"),
            Words::new(
                "按 Alt+F9 看它的写法；或删掉它，用 {{#if …}} 写",
                "press Alt+F9 to see how it is written; or remove it and write {{#if …}}",
            ),
        ),
        Refusal::Parted => (
            format!("域 {field} 从一段开始，到另一段才结束，不能用"),
            format!("the field {field} begins in one paragraph and ends in another, and cannot be had"),
            Words::new(
                "删掉这个域，用各占一段的 {{#if …}} 和 {{/if}} 把这几段包起来",
                "remove the field, and put {{#if …}} and {{/if}}, each in a paragraph of its own, around the paragraphs",
            ),
        ),
    };
    error("template.unsupported", place, zh, en).with_hint(hint)
}

pub(super) fn has_macros(name: &str, macros: Macros) -> Diagnostic {
    let (zh, en) = match macros {
        Macros::Keep => (
            "模板带宏，做出的文档也带宏，是 .docm",
            "the template has macros, and so have the documents, which are .docm files",
        ),
        _ => ("模板带宏，做出的文档里去掉了", "the template has macros, which the documents are without"),
    };
    let words = Words::new(zh, en);
    match macros {
        Macros::Unsaid => Diagnostic::warning("template.macros", file(name), words).with_hint(Words::new(
            "要保留，写 macros = \"keep\"（merge 加 --macros keep）；确定不要，写 drop",
            "to keep them, set macros = \"keep\" (merge: --macros keep); to have this not said again, drop",
        )),
        Macros::Drop | Macros::Keep => Diagnostic::note("template.macros", file(name), words),
    }
}

pub(super) fn was_signed(name: &str) -> Diagnostic {
    Diagnostic::note(
        "template.signed",
        file(name),
        Words::new(
            "模板有数字签名，合并后不再成立，已去掉",
            "the template is signed; the signature does not hold for what is merged, and is left out",
        ),
    )
}

pub(super) fn misplaced(place: Place, tag: &str, other: &str, spot: &Words, why: Why) -> Diagnostic {
    let (zh, en, hint) = match why {
        Why::OtherTable => (
            format!("{tag} 和{}的 {other} 不在同一张表格里", spot.zh),
            format!("{tag} does not stand in the same table as {other} in {}", spot.en),
            Words::new(
                "要重复表格的行，两个标签都放在这张表的行里；要重复整张表格，两个标签各占一段，放在表格前后",
                "to repeat rows put both tags into rows of this table; to repeat the table put each into a paragraph of its own before and after it",
            ),
        ),
        Why::OtherBox => (
            format!("{tag} 和{}的 {other} 一个在文本框、链接或控件里，一个在外面", spot.zh),
            format!("{tag} and {other} in {} are not both in the same text box, link or control", spot.en),
            Words::new("把两个标签都放在里面，或都放在外面", "put both tags inside, or both outside"),
        ),
        Why::AmidText => (
            format!("{tag} 前后都有文字，而它的块还包括别的段落或行"),
            format!("there is text before and after {tag}, and its block goes on in other paragraphs or rows"),
            Words::new("让这个标签单独占一段", "put this tag into a paragraph of its own"),
        ),
        Why::NotAlone => (
            format!("{tag} 要单独占一段"),
            format!("{tag} must stand in a paragraph of its own"),
            Words::new("另起一段，这一段里不写别的", "begin a paragraph for it, and write nothing else there"),
        ),
        Why::NotInCell => (
            format!("{tag} 要写在表格的单元格里"),
            format!("{tag} must stand in a cell of a table"),
            Words::new("移到单元格里，或去掉它", "move it into a cell, or leave it out"),
        ),
        Why::NotAChart => (
            format!("{tag} 不在能换数据的图表里"),
            format!("{tag} does not stand in the text of a chart that can take its data"),
            Words::new(
                "在正文里用 Word 插入柱形、条形、折线、饼、圆环、面积、雷达或散点图，把标签写进这张图的替代文字；或让标签单独占一段",
                "insert a column, bar, line, pie, doughnut, area, radar or scatter chart in the body and put the tag into its alternative text, or into a paragraph of its own",
            ),
        ),
        Why::Crossing => (
            format!("{tag} 和{}的 {other} 两个块交叉了", spot.zh),
            format!("the blocks of {tag} and of {other} in {} overlap", spot.en),
            Words::new(
                "让一个块完整地放在另一个里面，或放在另一个之后",
                "let one block stand wholly within the other, or after it",
            ),
        ),
    };
    error("template.misplaced-block", place, zh, en).with_hint(hint)
}

/// A field: the template's file, the part that it stands in, and what it says.
type FieldPlace<'a> = (&'a str, DocumentPart, &'a str);

fn field_warning(code: &'static str, (name, part, written): FieldPlace<'_>, zh: &str, en: &str) -> Diagnostic {
    let part = part.words();
    let written: String = written.chars().take(60).collect();
    let words =
        Words::new(format!("{}里的域 {written} {zh}", part.zh), format!("the field {written} in the {} {en}", part.en));
    Diagnostic::warning(code, file(name), words)
}

pub(super) fn no_bookmark<'a>(
    place: FieldPlace<'_>,
    bookmark: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let problem = field_warning(
        "template.no-bookmark",
        place,
        &format!("引用的书签 {bookmark} 不存在，仍显示原来的内容"),
        &format!("refers to the bookmark {bookmark}, which is not there; it shows what it did"),
    );
    match nearest(bookmark, known) {
        Some(meant) => problem.with_hint(did_you_mean(meant)),
        None => problem.with_hint(Words::new(
            "在 Word 里重新插入这个交叉引用，或删掉它",
            "insert the cross-reference anew in Word, or delete it",
        )),
    }
}

pub(super) fn no_style<'a>(place: FieldPlace<'_>, style: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let problem = field_warning(
        "template.no-style",
        place,
        &format!("引用的样式 {style} 不存在，仍显示原来的内容"),
        &format!("asks for the style {style}, which is not there; it shows what it did"),
    );
    match nearest(style, known) {
        Some(meant) => problem.with_hint(did_you_mean(meant)),
        None => problem,
    }
}

pub(super) fn no_property(place: FieldPlace<'_>, property: &str) -> Diagnostic {
    field_warning(
        "template.no-property",
        place,
        &format!("引用的文件属性 {property} 不存在或为空，仍显示原来的内容"),
        &format!("asks for the property {property}, which is not there or empty; it shows what it did"),
    )
}

pub(super) fn stale_field(place: FieldPlace<'_>, shown: &str) -> Diagnostic {
    let shown: String = shown.chars().take(20).collect();
    let problem = field_warning(
        "template.stale-field",
        place,
        &format!("不能重新计算，仍显示“{shown}”"),
        &format!("cannot be computed anew and still shows “{shown}”"),
    );
    problem.with_hint(Words::new(
        "在 Word 里打开成品，按 Ctrl+A、F9 更新",
        "open the document in Word and press Ctrl+A, F9 to update it",
    ))
}

pub(super) fn lacking_formula(place: FieldPlace<'_>) -> Diagnostic {
    let problem = field_warning(
        "template.lacking-formula",
        place,
        "要算的数是空的，结果留空",
        "computes with a figure that is blank, and shows nothing",
    );
    problem.with_hint(Words::new(
        "在工作簿里填上这个数，或改用能处理空白的标签，例如 {{加 甲 乙}}",
        "fill in the figure in the workbook, or write a tag that knows blanks, such as {{add a b}}",
    ))
}

pub(super) fn empty_contents(place: FieldPlace<'_>) -> Diagnostic {
    let problem = field_warning(
        "template.empty-contents",
        place,
        "找不到可以列入的标题，目录是空的",
        "finds no heading, and its table of contents is empty",
    );
    problem.with_hint(Words::new(
        "给标题套用“标题 1”“标题 2”等样式，或设大纲级别",
        "give the headings the styles Heading 1, Heading 2 …, or an outline level",
    ))
}

pub(super) fn unsettled_pages(name: &str) -> Diagnostic {
    let words = Words::new(
        "页码每排一次都会变，目录或引用里的个别页码可能不准",
        "page numbers change with every setting; some in the contents or references may be wrong",
    );
    Diagnostic::warning("template.unsettled-pages", file(name), words)
}
