//! What can be seen to be wrong without data.

use super::{error, with_known};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::template::helpers::{Helper, helper, names};

const UNCLOSED_BLOCK: &str = "template.unclosed-block";
const STRAY_CLOSE: &str = "template.stray-close";
const STRAY_ELSE: &str = "template.stray-else";

/// Whether a problem is about how blocks stand to each other, which may follow from another mistake.
pub(in crate::template) fn is_about_order(problem: &Diagnostic) -> bool {
    [UNCLOSED_BLOCK, STRAY_CLOSE, STRAY_ELSE].contains(&problem.code)
}

pub(in crate::template) fn unclosed_tag(place: Place) -> Diagnostic {
    let problem = error("template.unclosed-tag", place, "标签没有写完，缺少 }}", "the tag does not end: }} is missing");
    problem.with_hint(Words::new(
        "补上 }}；如果 {{ 只是文字，前面加一个反斜杠：\\{{",
        "add }}; where {{ is meant as text, put a backslash before it: \\{{",
    ))
}

pub(in crate::template) fn unclosed_quote(place: Place) -> Diagnostic {
    error("template.unclosed-quote", place, "引号没有配对", "the quotation mark has no partner")
}

pub(in crate::template) fn unclosed_block(place: Place, name: &str) -> Diagnostic {
    let problem = error(
        UNCLOSED_BLOCK,
        place,
        format!("{{{{#{name}}}}} 没有结束"),
        format!("the block {{{{#{name}}}}} that begins here does not end"),
    );
    problem.with_hint(Words::new(
        format!("在它的内容之后加上 {{{{/{name}}}}}"),
        format!("add {{{{/{name}}}}} after its content"),
    ))
}

pub(in crate::template) fn stray_close(place: Place, name: &str) -> Diagnostic {
    error(
        STRAY_CLOSE,
        place,
        format!("{{{{/{name}}}}} 没有对应的开头 {{{{#{name} …}}}}"),
        format!("{{{{/{name}}}}} ends a block that was not begun"),
    )
}

pub(in crate::template) fn wrong_close(place: Place, name: &str, (open, spot): (&str, Words)) -> Diagnostic {
    let problem = error(
        STRAY_CLOSE,
        place,
        format!("{{{{/{name}}}}} 和开头对不上：{}开始的是 {{{{#{open}}}}}", spot.zh),
        format!("{{{{/{name}}}}} does not match: the block that began in {} is {{{{#{open}}}}}", spot.en),
    );
    problem.with_hint(Words::new(format!("改成 {{{{/{open}}}}}"), format!("make it {{{{/{open}}}}}")))
}

pub(in crate::template) fn stray_else(place: Place) -> Diagnostic {
    error(STRAY_ELSE, place, "{{else}} 不在任何块里", "{{else}} stands in no block")
}

pub(in crate::template) fn second_else(place: Place, block: &str) -> Diagnostic {
    error(
        STRAY_ELSE,
        place,
        format!("{{{{#{block}}}}} 已经有一个 {{{{else}}}} 了"),
        format!("{{{{#{block}}}}} has an {{{{else}}}} already"),
    )
}

pub(in crate::template) fn unknown_block(place: Place, name: &str) -> Diagnostic {
    let problem =
        error("template.unknown-block", place, format!("没有叫“{name}”的块"), format!("there is no block “{name}”"));
    if helper(name).is_some() {
        return problem
            .with_hint(Words::new(format!("去掉 #：{{{{{name} …}}}}"), format!("without #: {{{{{name} …}}}}")));
    }
    const BLOCKS: [&str; 8] = ["each", "if", "unless", "with", "遍历", "如果", "除非", "对于"];
    with_known(problem, name, BLOCKS.into_iter())
}

pub(in crate::template) fn block_arguments(place: Place, name: &str, found: usize) -> Diagnostic {
    let problem = error(
        "template.arguments",
        place,
        format!("{{{{#{name}}}}} 后面要写一项，这里有 {found} 项"),
        format!("{{{{#{name}}}}} takes one argument, and here are {found}"),
    );
    match found {
        0 => problem,
        _ => problem.with_hint(Words::new(
            format!("计算要放在括号里：{{{{#{name} (大于 …)}}}}"),
            format!("put a computation in brackets: {{{{#{name} (gt …)}}}}"),
        )),
    }
}

pub(in crate::template) fn empty_tag(place: Place) -> Diagnostic {
    error("template.syntax", place, "标签是空的", "the tag is empty")
}

pub(in crate::template) fn not_understood(place: Place, text: &str) -> Diagnostic {
    let problem = error(
        "template.syntax",
        place,
        format!("看不懂这个标签：{text}"),
        format!("this tag cannot be understood: {text}"),
    );
    problem.with_hint(Words::new(
        "写成 {{列名}} 或 {{助手 参数 选项=\"值\"}}，助手里再用助手要加括号：{{占比 (计数 党支部) 20}}",
        "write {{column}} or {{helper argument option=\"value\"}}; a helper within another stands in brackets: {{percent (count …) 20}}",
    ))
}

pub(in crate::template) fn unsupported(place: Place, what: &str) -> Diagnostic {
    error("template.unsupported", place, format!("模板里不能用 {what}"), format!("{what} cannot be used in templates"))
}

pub(in crate::template) fn too_many_brackets(place: Place, most: usize) -> Diagnostic {
    error(
        "template.too-deep",
        place,
        format!("括号套得太多，最多 {most} 层"),
        format!("too many brackets within each other; {most} are the most"),
    )
}

pub(in crate::template) fn too_many_blocks(place: Place, most: usize) -> Diagnostic {
    error(
        "template.too-deep",
        place,
        format!("块套得太多，最多 {most} 层"),
        format!("too many blocks within each other; {most} are the most"),
    )
}

pub(in crate::template) fn unknown_helper(place: Place, name: &str) -> Diagnostic {
    let problem = error(
        "template.unknown-helper",
        place,
        format!("没有叫“{name}”的助手"),
        format!("there is no helper “{name}”"),
    );
    with_known(problem, name, names())
}

pub(in crate::template) fn arguments(place: Place, helper: &Helper, found: usize) -> Diagnostic {
    let [en, zh] = helper.names;
    let (wanted_zh, wanted_en) = match helper.arity() {
        (least, Some(most)) if least == most => (format!(" {least} 个"), least.to_string()),
        (least, Some(most)) => (format!(" {least} 到 {most} 个"), format!("{least} to {most}")),
        (least, None) => (format!("至少 {least} 个"), format!("at least {least}")),
    };
    error(
        "template.arguments",
        place,
        format!("“{zh}”要{wanted_zh}参数，这里有 {found} 个"),
        format!("“{en}” takes {wanted_en} argument(s), and here are {found}"),
    )
}

pub(in crate::template) fn unknown_option(
    place: Place,
    name: &str,
    helper: &str,
    options: &[[&'static str; 2]],
) -> Diagnostic {
    let problem = error(
        "template.unknown-option",
        place,
        format!("“{helper}”没有“{name}=”这个选项"),
        format!("“{helper}” has no option “{name}=”"),
    );
    if options.is_empty() {
        let without = format!("“{helper}”不带选项：去掉“{name}=…”，名称直接写，中间空一格");
        let without_en =
            format!("it takes none: take “{name}=…” away, and write names as they are, with a blank between");
        return problem.with_hint(Words::new(without, without_en));
    }
    with_known(problem, name, options.iter().flat_map(|[english, chinese]| [*chinese, *english]))
}

pub(in crate::template) fn option_twice(place: Place, name: &str) -> Diagnostic {
    error("template.option-twice", place, format!("“{name}=”写了两次"), format!("“{name}=” is given twice"))
}

pub(in crate::template) fn unknown_kind<'n>(
    place: Place,
    kind: &str,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let problem = error(
        "template.unknown-chart",
        place,
        format!("没有“{kind}”这种图表"),
        format!("there is no chart of the kind “{kind}”"),
    );
    with_known(problem, kind, known)
}

pub(in crate::template) fn missing_option(place: Place, helper: &Helper, option: &str) -> Diagnostic {
    let [en, zh] = helper.names;
    let chinese = helper.options.iter().find(|names| names.contains(&option)).map_or(option, |[_, chinese]| *chinese);
    error(
        "template.missing-option",
        place,
        format!("“{zh}”还要写 {chinese}=\"…\""),
        format!("“{en}” needs {option}=\"…\""),
    )
}

pub(in crate::template) fn no_condition(place: Place, helper: &Helper) -> Diagnostic {
    let [en, zh] = helper.names;
    error(
        "template.missing-option",
        place,
        format!("“{zh}”要写条件，例如 {zh} 学校 类型=\"民办\""),
        format!("“{en}” needs a condition, such as {en} 学校 类型=\"民办\""),
    )
}

pub(in crate::template) fn list_in_quotes(place: Place, name: &str) -> Diagnostic {
    error(
        "template.arguments",
        place,
        format!("“{name}=”后面是带引号的列名，例如 {name}=\"学校名称，学生数\""),
        format!("“{name}=” takes names of columns in quotes, such as {name}=\"学校名称，学生数\""),
    )
}

pub(in crate::template) fn not_in_a_line(place: Place, helper: &Helper) -> Diagnostic {
    let [en, zh] = helper.names;
    error(
        "template.not-here",
        place,
        format!("“{zh}”只能写在报告正文里"),
        format!("“{en}” can stand in a report's text only"),
    )
}

pub(in crate::template) fn only_in_word(place: Place, helper: &Helper) -> Diagnostic {
    let [en, zh] = helper.names;
    error(
        "template.not-here",
        place,
        format!("“{zh}”只能写在 Word 模板的表格单元格里"),
        format!("“{en}” can stand in a table's cell of a template in Word only"),
    )
}

pub(in crate::template) fn not_within(place: Place, helper: &Helper) -> Diagnostic {
    let [en, zh] = helper.names;
    error(
        "template.not-here",
        place,
        format!("“{zh}”要单独成一个标签，不能放在别的助手里"),
        format!("“{en}” stands in a tag of its own, not within another helper"),
    )
}
