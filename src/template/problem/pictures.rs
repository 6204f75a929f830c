//! What can be wrong with pictures and codes, in words.

use super::{error, with_known};
use crate::diagnostic::{Diagnostic, Place, Words};

pub(in crate::template) fn bad_length(place: Place, option: &str, length: &str) -> Diagnostic {
    let (zh, en) = if option == "height" { ("高度", "a height") } else { ("宽度", "a width") };
    let problem = error("template.bad-width", place, format!("“{length}”不是{zh}"), format!("“{length}” is not {en}"));
    let (name_zh, name_en) = if option == "height" { ("高", "height") } else { ("宽", "width") };
    problem
        .with_hint(Words::new(format!("写成 {name_zh}=\"80mm\" 的样子"), format!("write it like {name_en}=\"80mm\"")))
}

pub(in crate::template) fn unknown_word(place: Place, word: &str, known: &[&'static str]) -> Diagnostic {
    let problem =
        error("template.unknown-form", place, format!("没有“{word}”这种写法"), format!("there is no form “{word}”"));
    with_known(problem, word, known.iter().copied())
}

pub(in crate::template) fn crop_without_box(place: Place) -> Diagnostic {
    let problem = error(
        "template.crop-without-box",
        place,
        "裁剪图片要同时写宽和高".to_owned(),
        "a picture that is cropped needs both a width and a height".to_owned(),
    );
    problem.with_hint(Words::new(
        "写成 宽=\"60mm\" 高=\"45mm\" 方式=\"裁剪\" 的样子",
        "write it like width=\"60mm\" height=\"45mm\" fit=\"crop\"",
    ))
}

pub(in crate::template) fn bad_across(place: Place, found: &str, most: usize) -> Diagnostic {
    error(
        "template.bad-across",
        place,
        format!("每行放 1 到 {most} 张照片，这里写的是“{found}”"),
        format!("1 to {most} pictures stand beside each other, not “{found}”"),
    )
}

pub(in crate::template) fn no_picture_named(place: Place, of_cell: bool) -> Diagnostic {
    let problem =
        error("template.blank", place, "没有写图片的文件名".to_owned(), "no file is named for the picture".to_owned());
    match of_cell {
        true => problem.with_hint(Words::new(
            "把图片插入这个单元格，或者在里面写图片的文件名；可以没有的图片放在 {{#if …}}…{{/if}} 里",
            "put the picture into this cell, or write its file's name there; a picture that need not be there goes \
             between {{#if …}} and {{/if}}",
        )),
        false => problem,
    }
}

pub(in crate::template) fn not_a_shading(place: Place, rule: &str) -> Diagnostic {
    let problem = error(
        "template.not-a-shading",
        place,
        format!("着色的规则“{rule}”读不懂"),
        format!("“{rule}” is no rule for colours of cells"),
    );
    problem.with_hint(Words::new(
        "写成 着色=\"总分<60：红，总分>=90：绿\" 的样子",
        "write it like shading=\"总分<60:red,总分>=90:green\"",
    ))
}

pub(in crate::template) fn not_a_choice(place: Place, found: &str, choices: &[String], spot: &Words) -> Diagnostic {
    let problem = error(
        "template.not-a-choice",
        place,
        format!("“{found}”不在选项里，模板{}的勾选只有这些选项", spot.zh),
        format!("“{found}” is none of the choices in {} of the template", spot.en),
    );
    with_known(problem, found, choices.iter().map(String::as_str))
}

pub(in crate::template) fn nothing_in_code(place: Place, helper: &str) -> Diagnostic {
    error("template.blank", place, format!("{helper}没有内容"), format!("there is nothing to put into the “{helper}”"))
}

pub(in crate::template) fn code_too_long(place: Place, helper: &str, length: usize, most: usize) -> Diagnostic {
    let (zh, en) = if helper == "二维码" { ("字节", "bytes") } else { ("个字符", "signs") };
    let problem = error(
        "template.code-too-long",
        place,
        format!("{helper}的内容有 {length} {zh}，最多 {most} {zh}，再多扫不出来"),
        format!("the “{helper}” would hold {length} {en}, and more than {most} {en} cannot be read from paper"),
    );
    problem.with_hint(Words::new("缩短内容，例如改用短网址", "shorten it, for example to a short address"))
}

pub(in crate::template) fn not_in_barcode(place: Place, text: &str, sign: char) -> Diagnostic {
    let problem = error(
        "template.not-in-barcode",
        place,
        format!("“{text}”里的“{sign}”不能放进条形码，条形码只有数字、英文字母和英文符号"),
        format!("“{sign}” of “{text}” cannot stand in a bar code, which has figures, Latin letters and ASCII signs"),
    );
    problem.with_hint(Words::new("换成代码或编号，或者改用二维码", "use a code or a number, or a QR code"))
}
