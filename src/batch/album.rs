//! The pictures of a project: files of its folder, and those that lie in the cells of its workbooks.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::ProjectFolder;
use super::picture_problem as problem;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Image;
use crate::picture::{Print, Ready};
use crate::template::{PictureSource, Pictures};
use crate::workbook;

/// The largest picture that is read.
const LARGEST_PICTURE: u64 = 64 << 20;

impl Pictures for ProjectFolder {
    fn picture(&self, source: PictureSource<'_>, print: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        Ok(Arc::clone(&self.ready_picture(source, print, named_at)?.image))
    }
}

impl ProjectFolder {
    /// A picture made ready, with the hash of its file.
    ///
    /// # Errors
    /// It cannot be read, or is no picture.
    pub(super) fn ready_picture(
        &self,
        source: PictureSource<'_>,
        print: &Print,
        named_at: &Place,
    ) -> Result<Arc<Ready>, Diagnostic> {
        let print = Print { dots: self.dots, ..*print };
        match source {
            PictureSource::Part { workbook, part } => {
                let name = part.rsplit('/').next().unwrap_or(part);
                let load = || {
                    let file = File::open(workbook).ok();
                    let bytes = file.and_then(|file| workbook::part(BufReader::new(file), part, LARGEST_PICTURE));
                    bytes.ok_or_else(|| problem::no_picture_in_workbook(named_at.clone(), name))
                };
                let wrong = |why| problem::unreadable_picture(named_at.clone(), name, &why);
                self.album.get(&format!("{workbook}#{part}"), &print, load, wrong)
            }
            PictureSource::File { path, workbook } => {
                let (folder, path) = self.folder_of(path, workbook);
                let load = || folder.unnoted_bytes(&path, named_at, LARGEST_PICTURE);
                let wrong = |why| problem::unreadable_picture(named_at.clone(), &path, &why);
                self.album.get(&folder.shown(&path), &print, load, wrong)
            }
        }
    }

    /// The bytes of a picture as it lies there.
    pub(super) fn picture_bytes(&self, source: PictureSource<'_>) -> Option<Vec<u8>> {
        match source {
            PictureSource::Part { workbook, part } => {
                workbook::part(BufReader::new(File::open(workbook).ok()?), part, LARGEST_PICTURE)
            }
            PictureSource::File { path, workbook } => {
                let (folder, path) = self.folder_of(path, workbook);
                folder.unnoted_bytes(&path, &Place::Run, LARGEST_PICTURE).ok()
            }
        }
    }

    /// Where a picture is read: in the project's folder, or beside the workbook that names it.
    fn folder_of(&self, path: &str, workbook: Option<&str>) -> (Self, String) {
        let beside = workbook.and_then(|workbook| Path::new(workbook).parent());
        let path = path.trim().replace('\\', "/");
        let at = |root: &Path| Self { root: root.to_owned(), pictures: None, ..self.clone() };
        if let Some(root) = &self.pictures {
            let own = at(root);
            return match beside {
                Some(beside) if !own.path(&path).is_file() && beside.join(&path).is_file() => (at(beside), path),
                _ => (own, path),
            };
        }
        let beside = beside.and_then(|folder| folder.strip_prefix(&self.root).ok());
        let there = beside.map(|folder: &Path| PathBuf::from(folder).join(&path));
        let there = there.filter(|there| !self.path(&path).is_file() && self.root.join(there).is_file());
        (self.clone(), there.map_or(path, |there| there.to_string_lossy().replace('\\', "/")))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const DOT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'><path d='M0 0h4v2z'/></svg>";

    fn file(path: &str) -> PictureSource<'_> {
        PictureSource::File { path, workbook: None }
    }

    #[test]
    fn a_picture_is_told_by_its_content_and_made_ready_once() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("huibao.toml"), "").unwrap();
        fs::write(place.path().join("a.png"), "no picture").unwrap();
        fs::write(place.path().join("b.png"), DOT).unwrap();
        let folder = ProjectFolder::open(place.path()).unwrap();
        let print = Print::default();
        let read = |name| folder.picture(file(name), &print, &Place::Run);
        assert_eq!(read("a.png").unwrap_err().code, "batch.not-a-picture");
        assert_eq!(read("none.png").unwrap_err().code, "batch.cannot-read");
        assert_eq!(read("../b.png").unwrap_err().code, "batch.outside-project");
        let drawing = read("b.png").unwrap();
        assert!(drawing.drawing.is_some());
        assert!(Arc::ptr_eq(&drawing, &read("b.png").unwrap()));
    }

    #[test]
    fn a_file_that_a_cell_names_may_lie_beside_the_workbook() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("input/照片")).unwrap();
        fs::write(place.path().join("huibao.toml"), "").unwrap();
        fs::write(place.path().join("input/照片/b.svg"), DOT).unwrap();
        fs::write(place.path().join("outside.svg"), DOT).unwrap();
        let folder = ProjectFolder::open(place.path()).unwrap();
        let book = folder.shown("input/学校.xlsx");
        let read =
            |path| folder.picture(PictureSource::File { path, workbook: Some(&book) }, &Print::default(), &Place::Run);
        assert!(read("照片/b.svg").is_ok());
        assert!(read("照片\\b.svg").is_ok(), "as Windows writes it");
        assert!(read("outside.svg").is_ok());
        assert_eq!(read("../outside.svg").unwrap_err().code, "batch.outside-project");
        assert_eq!(read("none.svg").unwrap_err().code, "batch.cannot-read");
    }
}
