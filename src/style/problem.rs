//! What can be wrong with a style file, in words.

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::document::Length;
use crate::settings::Located;

pub(super) fn unknown_base<const N: usize>(base: &Located<String>, carried: [&str; N]) -> Diagnostic {
    let name = &base.value;
    let hint = match nearest(name, carried) {
        Some(meant) => did_you_mean(meant),
        None => Words::new(format!("可以写 {}", carried.join("、")), format!("possible: {}", carried.join(", "))),
    };
    Diagnostic::error(
        "style.unknown-base",
        base.place.clone(),
        Words::new(format!("没有带“{name}”这个样式"), format!("the program carries no style “{name}”")),
    )
    .with_hint(hint)
}

pub(super) fn not_understood(text: &Located<String>, example: &str) -> Diagnostic {
    let found = &text.value;
    Diagnostic::error(
        "style.not-understood",
        text.place.clone(),
        Words::new(format!("看不懂“{found}”"), format!("“{found}” is not understood")),
    )
    .with_hint(Words::new(format!("写成 {example} 的样子"), format!("write it like {}", example.replace('、', ", "))))
}

pub(super) fn no_such_choice(text: &Located<String>, choices: &[&str]) -> Diagnostic {
    let found = &text.value;
    Diagnostic::error(
        "style.no-such-choice",
        text.place.clone(),
        Words::new(format!("这里不能写“{found}”"), format!("“{found}” is not possible here")),
    )
    .with_hint(Words::new(format!("可以写 {}", choices.join("、")), format!("possible: {}", choices.join(", "))))
}

pub(super) fn unknown_field(name: &str, text: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "style.unknown-field",
        text.place.clone(),
        Words::new(format!("没有“{{{name}}}”这个域"), format!("there is no field “{{{name}}}”")),
    )
    .with_hint(Words::new(
        "可以写 {page}、{pages}、{title}、{chapter}",
        "possible: {page}, {pages}, {title}, {chapter}",
    ))
}

pub(super) fn joint_out_of_range(place: Place) -> Diagnostic {
    Diagnostic::error(
        "style.joint-out-of-range",
        place,
        Words::new("joint 应在 0 和 1 之间", "joint should be between 0 and 1"),
    )
    .with_hint(Words::new("Word 是 0.25，LibreOffice 是 0.20", "Word's is 0.25, LibreOffice's 0.20"))
}

pub(super) fn no_such_level(place: Place) -> Diagnostic {
    Diagnostic::error(
        "style.no-such-level",
        place,
        Words::new("levels 应是 0 到 4 的整数", "levels should be a whole number from 0 to 4"),
    )
    .with_hint(Words::new("标题有四级，0 是不要标题目录", "there are four levels of headings; 0 is no contents"))
}

pub(super) fn grid_out_of_range(place: Place, key: &str, most: u16) -> Diagnostic {
    Diagnostic::error(
        "style.grid-out-of-range",
        place,
        Words::new(
            format!("{key} 应是 0 到 {most} 的整数"),
            format!("{key} should be a whole number from 0 to {most}"),
        ),
    )
    .with_hint(Words::new(
        "公文是 lines = 22、characters = 28；0 是不要网格",
        "official documents have lines = 22, characters = 28; 0 is no grid",
    ))
}

pub(super) fn area_too_small(place: Place, width: Length, height: Length) -> Diagnostic {
    let (width, height) = (tenths(width.to_mm()), tenths(height.to_mm()));
    Diagnostic::error(
        "style.area-too-small",
        place,
        Words::new(
            format!("版心只剩 {width} × {height} 毫米"),
            format!("only {width} × {height} mm are left for the text"),
        ),
    )
    .with_hint(Words::new("纸再大些，或页边距再小些", "use larger paper or smaller margins"))
}

pub(super) fn pitch_below_size(place: Place, role: &str, pitch: Length, size: Length) -> Diagnostic {
    let (pitch, size) = (pitch.to_pt(), size.to_pt());
    Diagnostic::error(
        "style.pitch-below-size",
        place,
        Words::new(
            format!("“{role}”的行距 {pitch} 磅小于字号 {size} 磅，字会被切掉"),
            format!("the line pitch of “{role}”, {pitch} pt, is below its size of {size} pt and cuts characters off"),
        ),
    )
    .with_hint(Words::new("行距最好不小于字号的 1.3 倍", "a pitch of at least 1.3 times the size is best"))
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
