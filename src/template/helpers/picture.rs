//! `{{图片 "文件"}}` and its kin: pictures of files and of cells, QR codes and bar codes.

use super::picture_size::{self, Asked};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Image, Length};
use crate::picture::{self, CodeProblem, Print};
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
        "picture" => found(runner, call, (&value, call.subject()), asked, caption),
        code => drawn(runner, call, code, &value, asked, caption),
    }
}

/// The largest that a picture is in a table.
const IN_TABLE: (Length, Length) = (Length::twips(1701), Length::twips(1417));

/// The picture of the cell that a value of a table comes from, if it has one.
pub(super) fn in_cell(
    runner: &mut Runner<'_>,
    call: &Call,
    (value, column): (&Traced, &str),
) -> Option<InsertedPicture> {
    let cell = value.cells.only()?;
    let dataset = runner.dataset;
    let (part, sheet) = (dataset.picture(cell)?, dataset.sheets.get(cell.sheet as usize)?);
    let (width, height) = IN_TABLE;
    let print = Print { width: Some(width), height: Some(height), room: width, ..Print::default() };
    let place = runner.value_place(value, call.at);
    match runner.pictures?.picture(PictureSource::Part { workbook: &sheet.file, part }, &print, &place) {
        Ok(image) => Some(InsertedPicture { image, print, align: None, description: column.to_owned(), caption: None }),
        Err(problem) => {
            // nobody asked for it: it may lie there by chance
            runner.report(Diagnostic { severity: Severity::Warning, ..problem });
            None
        }
    }
}

/// The picture of a file, or of the cell that a value comes from; the cell's column has a name.
pub(super) fn found(
    runner: &mut Runner<'_>,
    call: &Call,
    (value, column): (&Traced, &str),
    asked: Asked,
    caption: Option<String>,
) -> Option<InsertedPicture> {
    let place = runner.value_place(value, call.at);
    let of_cell = value.cells.only().and_then(|cell| runner.dataset.picture(cell));
    let named = value.value.shown();
    let workbook = value.cells.only().and_then(|cell| runner.dataset.sheets.get(cell.sheet as usize));
    let workbook = workbook.map(|sheet| sheet.file.as_str());
    let (source, description) = match (of_cell, &named, workbook) {
        (Some(part), _, Some(workbook)) => (PictureSource::Part { workbook, part }, column.to_owned()),
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
fn usual_width(image: &Image, is_square: bool) -> Length {
    let cells = f64::from(image.width_px);
    Length::mm(if is_square { (cells * 0.5).max(30.0) } else { cells * 0.33 })
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
