//! What can be wrong with a front matter, in words.

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

pub(super) fn not_closed(place: Place) -> Diagnostic {
    Diagnostic::error(
        "template.front-matter-not-closed",
        place,
        Words::new("开头的“---”没有对应的结束行", "the front matter that “---” opens is not closed"),
    )
    .with_hint(Words::new("在最后一项之后加一行 ---", "add a line --- after its last entry"))
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
