//! `{{图片 "文件"}}` and its kin: pictures of files and of cells, QR codes and bar codes.

use super::picture_size::{self, Asked};
use crate::document::Image;
use crate::picture::{self, CodeProblem};
use crate::template::PictureSource;
use crate::template::expression::{Call, Op, Options, Runner, Traced};
use crate::template::inserts::InsertedPicture;
use crate::template::problem::pictures as problem;
use std::sync::Arc;

/// Makes the picture of a tag; what is wrong is reported.
pub(in crate::template) fn make(
    runner: &mut Runner<'_>,
    call: &Call,
    file: &Op<'_>,
    options: &Options<'_>,
) -> Option<InsertedPicture> {
    let value = runner.value(file);
    let options = runner.options(options);
    let asked = picture_size::asked(runner, call, &options);
    let caption = options.iter().find(|(name, _)| *name == "caption").and_then(|(_, caption)| caption.value.shown());
    match call.helper.names[0] {
        "picture" => found(runner, call, &value, asked, caption),
        code => drawn(runner, call, code, &value, asked, caption),
    }
}

/// The picture of a file, or of the cell that a value comes from.
pub(super) fn found(
    runner: &mut Runner<'_>,
    call: &Call,
    value: &Traced,
    asked: Asked,
    caption: Option<String>,
) -> Option<InsertedPicture> {
    let place = runner.value_place(value, call.at);
    let of_cell = value.cells.only().and_then(|cell| runner.dataset.picture(cell));
    let named = value.value.shown();
    let workbook = value.cells.only().and_then(|cell| runner.dataset.sheets.get(cell.sheet as usize));
    let workbook = workbook.map(|sheet| sheet.file.as_str());
    let (source, description) = match (of_cell, &named, workbook) {
        (Some(part), _, Some(workbook)) => (PictureSource::Part { workbook, part }, String::new()),
        (_, Some(path), _) => (PictureSource::File { path, workbook }, stem(path).to_owned()),
        _ => {
            runner.report(problem::no_picture_named(place, value.cells.first().is_some()));
            return None;
        }
    };
    match runner.pictures?.picture(source, &asked.print, &place) {
        Ok(image) => Some(InsertedPicture { image, print: asked.print, align: asked.align, description, caption }),
        Err(problem) => {
            runner.report(problem);
            None
        }
    }
}

/// A code of a text.
fn drawn(
    runner: &mut Runner<'_>,
    call: &Call,
    code: &str,
    value: &Traced,
    mut asked: Asked,
    caption: Option<String>,
) -> Option<InsertedPicture> {
    let place = runner.value_place(value, call.at);
    let helper = call.helper.names[1];
    let Some(text) = value.value.shown() else {
        runner.report(problem::nothing_in_code(place, helper));
        return None;
    };
    let is_square = code == "qrcode";
    let made = if is_square { picture::qr_code(&text) } else { picture::barcode(&text) };
    match made {
        Ok(image) => {
            if asked.print.width.is_none() && asked.print.height.is_none() {
                asked.print.width = Some(usual_width(&image, is_square));
            }
            let description = format!("{helper}：{text}");
            let image = Arc::new(image);
            Some(InsertedPicture { image, print: asked.print, align: asked.align, description, caption })
        }
        Err(CodeProblem::TooLong(most)) => {
            runner.report(problem::code_too_long(
                place,
                helper,
                if is_square { text.len() } else { text.chars().count() },
                most,
            ));
            None
        }
        Err(CodeProblem::Sign(sign)) => {
            runner.report(problem::not_in_barcode(place, &text, sign));
            None
        }
    }
}

/// The width of a code whose width nobody says: three centimetres, or as much as it takes for a telephone to tell its
/// squares apart, or for a scanner to tell its bars.
fn usual_width(image: &Image, is_square: bool) -> crate::document::Length {
    let cells = f64::from(image.width_px);
    crate::document::Length::mm(if is_square { (cells * 0.5).max(30.0) } else { cells * 0.33 })
}

/// A file's name without folders and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_a_caption_is_told_by_its_file() {
        assert_eq!(stem("照片/校门.2023.jpg"), "校门.2023");
        assert_eq!(stem("照片"), "照片");
    }
}
