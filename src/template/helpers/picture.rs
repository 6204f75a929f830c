//! `{{图片 "文件"}}`: a picture of the project's folder.

use crate::document::Length;
use crate::template::expression::{Call, Op, Options, Runner};
use crate::template::inserts::InsertedPicture;
use crate::template::problem::values as problem;

/// Wider than any paper.
const WIDEST_MM: f64 = 2000.0;

/// Finds the picture of a tag; what is wrong is reported.
pub(in crate::template) fn make(
    runner: &mut Runner<'_>,
    call: &Call,
    file: &Op<'_>,
    options: &Options<'_>,
) -> Option<InsertedPicture> {
    let path = runner.value(file);
    let options = runner.options(options);
    let words =
        |name: &str| options.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.value.shown());
    let place = runner.place(call.at);
    let width = words("width").and_then(|text| {
        let width = read_length(&text);
        if width.is_none() {
            runner.report(problem::bad_width(place.clone(), &text));
        }
        width
    });
    let Some(path) = path.value.shown() else {
        runner.report(problem::no_picture_named(runner.value_place(&path, call.at)));
        return None;
    };
    match runner.pictures?.picture(&path, &place) {
        Ok(image) => {
            Some(InsertedPicture { image, width, description: stem(&path).to_owned(), caption: words("caption") })
        }
        Err(problem) => {
            runner.report(problem);
            None
        }
    }
}

/// A file's name without folders and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `80mm`, `8cm`, `200pt`.
fn read_length(text: &str) -> Option<Length> {
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
    fn a_picture_without_a_caption_is_told_by_its_file() {
        assert_eq!(stem("照片/校门.2023.jpg"), "校门.2023");
        assert_eq!(stem("照片"), "照片");
    }

    #[test]
    fn widths_have_a_unit() {
        assert_eq!(read_length("80mm"), Some(Length::mm(80.0)));
        assert_eq!(read_length("8 厘米"), Some(Length::mm(80.0)));
        for wrong in ["80", "-8mm", "0mm", "mm", "80px", "NaNmm", "infmm", "9999cm"] {
            assert_eq!(read_length(wrong), None, "{wrong}");
        }
    }
}
