//! `huibao fonts`: lists the faces, and hands out the carried ones.

use std::fs;
use std::path::Path;

use super::End;
use super::arguments::FontOptions;
use super::console::{Console, counted};
use super::problem;
use crate::batch::write_whole;
use crate::diagnostic::Words;
use crate::font::{FaceOrigin, FontLibrary};

pub(super) fn run(options: &FontOptions, export: Option<&Path>, console: &Console) -> End {
    let fonts = match FontLibrary::load(options.source, options.folder.as_deref()) {
        Ok(fonts) => fonts,
        Err(problem) => return console.refuse(&[problem]),
    };
    if let Some(folder) = export {
        return write(&fonts, folder, console);
    }
    for face in fonts.list() {
        let origin = match &face.origin {
            FaceOrigin::Carried => Words::new("程序自带", "carried"),
            FaceOrigin::File(path) => Words::new(path.display().to_string(), path.display().to_string()),
        };
        let licence = face.licence.map(|licence| format!(" · {licence}")).unwrap_or_default();
        let name = format!("{} {}", face.family, face.style);
        console
            .tell(&Words::new(format!("{name} · {}{licence}", origin.zh), format!("{name} · {}{licence}", origin.en)));
    }
    console.problems(&fonts.notes());
    End::Fine
}

/// Writes the carried faces into a folder. A file that stands there already is left alone if it is the same, else the
/// whole is refused before anything is written.
fn write(fonts: &FontLibrary, folder: &Path, console: &Console) -> End {
    let files = fonts.carried_files();
    for (name, bytes) in &files {
        let target = folder.join(name);
        if fs::read(&target).is_ok_and(|existing| existing != *bytes) {
            return console.refuse(&[problem::would_replace(&target)]);
        }
    }
    for (name, bytes) in &files {
        let target = folder.join(name);
        if let Err(error) = write_whole(&target, &bytes.to_vec().into()) {
            return console.refuse(&[problem::cannot_write(&target, &error)]);
        }
    }
    let shown = folder.display();
    console.tell(&Words::new(
        format!("{} 个字体文件在 {shown}", files.len()),
        format!("{} in {shown}", counted(files.len(), "face")),
    ));
    End::Fine
}
