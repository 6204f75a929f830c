//! What can be wrong with a front matter, in words.

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::settings::Located;

pub(super) fn not_closed(place: Place) -> Diagnostic {
    Diagnostic::error(
        "template.front-matter-not-closed",
        place,
        Words::new("开头的“---”没有对应的结束行", "the front matter that “---” opens is not closed"),
    )
    .with_hint(Words::new("在最后一项之后加一行 ---", "add a line --- after its last entry"))
}

pub(super) fn not_understood(value: &Located<String>, example: &str) -> Diagnostic {
    let found = &value.value;
    Diagnostic::error(
        "template.front-matter-value",
        value.place.clone(),
        Words::new(format!("看不懂“{found}”"), format!("“{found}” is not understood")),
    )
    .with_hint(Words::new(format!("写成 {example} 的样子"), format!("write it like {}", example.replace('、', ", "))))
}

pub(super) fn no_colon(place: Place, line: &str) -> Diagnostic {
    let line = line.trim();
    Diagnostic::error(
        "template.front-matter-line",
        place,
        Words::new(format!("“{line}”不是“项：值”"), format!("“{line}” is not “key: value”")),
    )
    .with_hint(Words::new("写成“标题：…”的样子", "write it like “title: …”"))
}

pub(super) fn unknown_key<'a>(place: Place, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let hint = match nearest(name, known.clone()) {
        Some(meant) => did_you_mean(meant),
        None => {
            let all: Vec<_> = known.collect();
            Words::new(format!("可以写：{}", all.join("、")), format!("possible: {}", all.join(", ")))
        }
    };
    Diagnostic::error(
        "template.unknown-front-matter-key",
        place,
        Words::new(format!("没有“{name}”这一项"), format!("there is no entry “{name}”")),
    )
    .with_hint(hint)
}

pub(super) fn given_twice(place: Place, line: &str, first: &Place) -> Diagnostic {
    let line = line.trim();
    Diagnostic::error(
        "template.front-matter-key-twice",
        place,
        Words::new(format!("“{line}”已经写过了"), format!("“{line}” has been given before")),
    )
    .with_hint(Words::new(format!("第一次在 {first}，删掉其中一行"), format!("first at {first}; take one of them out")))
}

pub(super) fn wrong_form(
    place: Place,
    (zh, en): (&str, &str),
    text: &str,
    right: Option<&str>,
    example: &str,
) -> Diagnostic {
    let hint = match right {
        Some(right) => Words::new(format!("写成“{right}”"), format!("write “{right}”")),
        None => Words::new(format!("写成“{example}”的样子"), format!("write it like “{example}”")),
    };
    Diagnostic::warning(
        "template.official-form",
        place,
        Words::new(
            format!("{zh}“{text}”不合公文格式"),
            format!("the {en} “{text}” is not in the form of official documents"),
        ),
    )
    .with_hint(hint)
}

pub(super) fn not_in_letters(place: Place, (zh, en): (&str, &str)) -> Diagnostic {
    Diagnostic::warning(
        "template.official-form",
        place,
        Words::new(format!("信函格式没有“{zh}”，不会印出来"), format!("letters have no {en}; it is not shown")),
    )
    .with_hint(Words::new(format!("删掉“{zh}”这一行"), format!("take the line {en} out")))
}

pub(super) fn no_such_urgency(place: Place, text: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::warning(
        "template.official-form",
        place,
        Words::new(format!("没有“{text}”这个紧急程度"), format!("there is no degree of urgency “{text}”")),
    )
    .with_hint(Words::new(format!("可以写：{}", known.join("、")), format!("possible: {}", known.join(", "))))
}

pub(super) fn neither_yes_nor_no(place: Place, (zh, en): (&str, &str), text: &str) -> Diagnostic {
    Diagnostic::error(
        "template.neither-yes-nor-no",
        place,
        Words::new(format!("“{zh}：{text}”看不懂"), format!("“{en}: {text}” is not understood")),
    )
    .with_hint(Words::new(format!("写“{zh}：是”或“{zh}：否”"), format!("write “{en}: yes” or “{en}: no”")))
}
