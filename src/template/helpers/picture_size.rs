//! How large a picture is to be, and where it stands: `宽="80mm" 高="6cm" 方式="裁剪" 对齐="右"`.

use crate::document::{Align, Length};
use crate::picture::Print;
use crate::template::expression::{Call, Runner, Traced};
use crate::template::problem::pictures as problem;

/// Wider than any paper.
const WIDEST_MM: f64 = 2000.0;

/// The widest that a picture is taken for where nobody knows its room.
const ROOM: Length = Length::twips(14_000);

/// What a tag asks of its picture.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    pub(super) print: Print,
    pub(super) align: Option<Align>,
}

const FITS: [(&str, bool); 4] = [("适应", false), ("fit", false), ("裁剪", true), ("crop", true)];
const SIDES: [(&str, Align); 6] = [
    ("左", Align::Start),
    ("left", Align::Start),
    ("中", Align::Center),
    ("center", Align::Center),
    ("右", Align::End),
    ("right", Align::End),
];

/// Reads the options of a tag; what is wrong is reported.
pub(super) fn asked(runner: &mut Runner<'_>, call: &Call, options: &[(&str, Traced)]) -> Asked {
    let words =
        |name: &str| options.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.value.shown());
    let place = runner.place(call.at);
    let mut length = |name: &str| {
        let text = words(name)?;
        let length = read_length(&text);
        if length.is_none() {
            runner.report(problem::bad_length(place.clone(), name, &text));
        }
        length
    };
    let (width, height) = (length("width"), length("height"));
    let fills = one_of(runner, call, words("fit"), &FITS);
    let align = one_of(runner, call, words("align"), &SIDES);
    if fills == Some(true) && (width.is_none() || height.is_none()) {
        runner.report(problem::crop_without_box(place));
    }
    let room = runner.room().unwrap_or(ROOM);
    Asked { print: Print { width, height, fills: fills.unwrap_or(false), room, ..Print::default() }, align }
}

/// What a word stands for; another word is reported.
fn one_of<T: Copy>(
    runner: &mut Runner<'_>,
    call: &Call,
    word: Option<String>,
    known: &[(&'static str, T)],
) -> Option<T> {
    let word = word?;
    let found = known.iter().find(|(name, _)| *name == word.trim()).map(|(_, meant)| *meant);
    if found.is_none() {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        runner.report(problem::unknown_word(runner.place(call.at), &word, &names));
    }
    found
}

/// `80mm`, `8cm`, `200pt`.
pub(super) fn read_length(text: &str) -> Option<Length> {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_alphabetic());
    let value: f64 = number.trim().parse().ok()?;
    let length = match text.get(number.len()..)? {
        "mm" | "毫米" => Length::mm(value),
        "cm" | "厘米" => Length::mm(value * 10.0),
        "pt" | "磅" => Length::pt(value),
        _ => return None,
    };
    (value > 0.0 && length.to_mm() <= WIDEST_MM).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_a_unit() {
        assert_eq!(read_length("80mm"), Some(Length::mm(80.0)));
        assert_eq!(read_length("8 厘米"), Some(Length::mm(80.0)));
        for wrong in ["80", "-8mm", "0mm", "mm", "80px", "NaNmm", "infmm", "9999cm"] {
            assert_eq!(read_length(wrong), None, "{wrong}");
        }
    }
}
