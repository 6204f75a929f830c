//! `{{照片墙 活动 照片="照片" 说明="活动名称" 每行=2}}`: the pictures of rows, beside and below each other.

use super::picture::found;
use super::picture_size;
use crate::document::Length;
use crate::template::expression::{Runner, TableOp};
use crate::template::inserts::{GalleryPicture, InsertedGallery};
use crate::template::problem::pictures as problem;

/// Pictures beside each other where nothing is said, and the most.
const USUAL: usize = 2;
const MOST: usize = 6;

/// Makes the pictures of a tag. Rows without a picture are passed over.
pub(in crate::template) fn make(runner: &mut Runner<'_>, tag: &TableOp<'_>) -> InsertedGallery {
    let call = tag.call;
    let over = runner.eval(&tag.over).value;
    let options = runner.options(&tag.options);
    let mut asked = picture_size::asked(runner, call, &options);
    let words =
        |name: &str| options.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.value.shown());
    let across = match words("across").map(|text| text.trim().parse::<usize>().map_err(|_| text)) {
        None => USUAL,
        Some(Ok(across)) if (1..=MOST).contains(&across) => across,
        Some(Ok(across)) => {
            runner.report(problem::bad_across(runner.place(call.at), &across.to_string(), MOST));
            USUAL
        }
        Some(Err(text)) => {
            runner.report(problem::bad_across(runner.place(call.at), &text, MOST));
            USUAL
        }
    };
    // all stand in boxes of one size: three quarters as high as they are wide where nothing is said
    let whole = !options.iter().any(|(name, _)| *name == "fit");
    asked.print.fills = asked.print.fills || whole;
    let width = asked.print.width.unwrap_or(asked.print.room * (1.0 / across as f64));
    let height = asked.print.height.unwrap_or(width * 0.75);
    let ratio = height.to_emu() as f64 / width.to_emu().max(1) as f64;
    (asked.print.width, asked.print.height) = (Some(width), Some(height));
    let mut gallery = InsertedGallery {
        caption: words("caption"),
        across,
        width: options.iter().any(|(name, _)| *name == "width").then_some(width),
        ratio,
        pictures: Vec::new(),
    };
    let (photo, text) = (
        tag.columns.iter().find(|column| column.option == "photo"),
        tag.columns.iter().find(|column| column.option == "text"),
    );
    let Some(photo) = photo else { return gallery };
    let abouts = runner.abouts(over);
    let count = abouts.len();
    for (index, about) in abouts.enumerate() {
        if !runner.turn() {
            break;
        }
        runner.frames.push(about, index, count);
        let value = runner.value(&photo.value);
        let has_picture = value.cells.only().is_some_and(|cell| runner.dataset.picture(cell).is_some());
        runner.cover(photo.shown, |tag| match value.value.is_blank() && !has_picture {
            false => tag.filled += 1,
            true => tag.blank += 1,
        });
        if has_picture || !value.value.is_blank() {
            let text = text.map(|column| {
                let value = runner.value(&column.value);
                let source = value.cells.first().map(|_| runner.source(&value, column.shown));
                (value.value.shown().unwrap_or_default(), source)
            });
            let (text, source) = text.unwrap_or_default();
            runner.holds(&text);
            if let Some(picture) = found(runner, call, (&value, photo.heading), asked, None) {
                gallery.pictures.push(GalleryPicture { picture, text, source });
            }
        }
        runner.frames.pop();
    }
    gallery
}

/// Space around each picture.
pub(in crate::template) const AROUND: Length = Length::twips(57);
