//! A project's folder: what may be read from it, and how its files are named in messages.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::last_run::Inputs;
use super::problem;
use crate::diagnostic::{Diagnostic, Place};
use crate::picture::Store;
use crate::project::PICTURE_DPI;
use crate::template::Documents;

/// A project's folder.
#[derive(Clone, Debug)]
pub struct ProjectFolder {
    pub(super) root: PathBuf,
    /// Where there is no project: the folder in which pictures are looked for. Other files are named by the user.
    pub(super) pictures: Option<PathBuf>,
    /// Pictures made ready so far.
    pub(super) album: Arc<Store>,
    /// Dots an inch that pictures are printed with.
    pub(super) dots: u32,
    /// What has been read so far.
    pub(super) inputs: Arc<Inputs>,
}

/// The project file's name.
const PROJECT_FILE: &str = "huibao.toml";

/// The largest template, style or project file that is read.
const LARGEST_TEXT: u64 = 16 << 20;
/// The largest Word document that is read.
const LARGEST_DOCUMENT: u64 = 256 << 20;

impl ProjectFolder {
    fn at(root: PathBuf, pictures: Option<PathBuf>) -> Self {
        Self { root, pictures, album: Arc::default(), dots: PICTURE_DPI, inputs: Arc::default() }
    }

    /// Says how many dots an inch pictures are printed with; none leaves them as they are.
    #[must_use]
    pub fn with_picture_dpi(mut self, dots: u32) -> Self {
        self.dots = dots;
        self
    }

    /// The folder of a project, named by the folder or by the project file in it.
    ///
    /// # Errors
    /// There is no project file.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let root = if path.file_name().is_some_and(|name| name == PROJECT_FILE) && path.is_file() {
            path.parent().unwrap_or(Path::new("")).to_owned()
        } else {
            path.to_owned()
        };
        let root = if root == Path::new(".") { PathBuf::new() } else { root };
        let folder = Self::at(root, None);
        match folder.path(PROJECT_FILE).is_file() {
            true => Ok(folder),
            false => Err(problem::no_project_file(&path.display().to_string())),
        }
    }

    /// The place of files that a user names one by one, without a project; pictures lie beside the template.
    pub fn without_project(template: &Path) -> Self {
        Self::at(PathBuf::new(), Some(template.parent().unwrap_or(Path::new("")).to_owned()))
    }

    /// The project file's name in messages, and its text.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn project_file(&self) -> Result<(String, String), Diagnostic> {
        let shown = self.shown(PROJECT_FILE);
        let place = Place::File { file: shown.clone() };
        Ok((shown, self.text(PROJECT_FILE, &place)?))
    }

    /// A path within the folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// How messages name a path within the folder.
    pub fn shown(&self, relative: &str) -> String {
        self.root.join(relative).display().to_string()
    }

    /// A path as it is within the folder, from how messages name it.
    pub fn within<'p>(&self, shown: &'p str) -> &'p str {
        let root = self.root.display().to_string();
        shown.strip_prefix(&root).map_or(shown, |inside| inside.trim_start_matches(['/', '\\']))
    }

    /// The text of a file of the project, `named_at` a place in the project file or a template.
    ///
    /// # Errors
    /// It is not there, lies outside the folder, is too large or no UTF-8.
    pub fn text(&self, relative: &str, named_at: &Place) -> Result<String, Diagnostic> {
        let bytes = self.bytes(relative, named_at, LARGEST_TEXT)?;
        let text = String::from_utf8(bytes).map_err(|_| problem::not_utf8(&self.shown(relative)))?;
        Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
    }

    /// The bytes of a Word document of the project, `named_at` a place in the project file.
    ///
    /// # Errors
    /// It is not there, lies outside the folder or is too large.
    pub fn document(&self, relative: &str, named_at: &Place) -> Result<Vec<u8>, Diagnostic> {
        self.bytes(relative, named_at, LARGEST_DOCUMENT)
    }

    fn bytes(&self, relative: &str, named_at: &Place, largest: u64) -> Result<Vec<u8>, Diagnostic> {
        let bytes = self.unnoted_bytes(relative, named_at, largest)?;
        self.inputs.note_file(relative, &bytes);
        Ok(bytes)
    }

    /// The bytes of a file that is not one of those that each run over the project reads.
    pub(super) fn unnoted_bytes(&self, relative: &str, named_at: &Place, largest: u64) -> Result<Vec<u8>, Diagnostic> {
        let path = self.inside(relative).ok_or_else(|| problem::outside_project(named_at.clone(), relative))?;
        let refuse = |error: &std::io::Error| {
            let parent = path.parent().unwrap_or(Path::new(""));
            let siblings = names_in(parent);
            problem::cannot_read(named_at.clone(), relative, error, siblings.iter().map(String::as_str))
        };
        let size = fs::metadata(&path).map_err(|error| refuse(&error))?.len();
        if size > largest {
            return Err(problem::too_large(named_at.clone(), relative, largest));
        }
        fs::read(&path).map_err(|error| refuse(&error))
    }

    /// The path of a file that lies within the folder, links followed.
    fn inside(&self, relative: &str) -> Option<PathBuf> {
        if self.pictures.is_some() {
            return Some(PathBuf::from(relative));
        }
        let climbs =
            Path::new(relative).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
        if climbs {
            return None;
        }
        let path = self.path(relative);
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        match (path.canonicalize(), root.canonicalize()) {
            (Ok(file), Ok(root)) => file.starts_with(root).then_some(path),
            _ => Some(path), // not there: reading it will say so
        }
    }
}

impl Documents for ProjectFolder {
    fn document(&self, beside: &str, path: &str, named_at: &Place) -> Result<(String, Vec<u8>), Diagnostic> {
        // Never outside of the folder of the template, whatever else the project's folder holds.
        let root = Path::new(beside).parent().unwrap_or(Path::new("")).to_owned();
        let folder = Self::at(root, None);
        Ok((folder.shown(path), folder.bytes(path, named_at, LARGEST_DOCUMENT)?))
    }
}

/// The names of the files in a folder, sorted; none if it cannot be read.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_from_outside_the_folder() {
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("secret.md"), "x").unwrap();
        let project = outer.path().join("project");
        fs::create_dir(&project).unwrap();
        fs::write(project.join(PROJECT_FILE), "").unwrap();
        let folder = ProjectFolder::open(&project).unwrap();
        assert_eq!(folder.text("../secret.md", &Place::Run).unwrap_err().code, "batch.outside-project");
        let absolute = outer.path().join("secret.md").display().to_string();
        assert_eq!(folder.text(&absolute, &Place::Run).unwrap_err().code, "batch.outside-project");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path().join("secret.md"), project.join("link.md")).unwrap();
            assert_eq!(folder.text("link.md", &Place::Run).unwrap_err().code, "batch.outside-project");
        }
        assert_eq!(folder.text("none.md", &Place::Run).unwrap_err().code, "batch.cannot-read");
    }

    #[test]
    fn a_document_to_put_in_lies_beside_the_template_or_below() {
        let outer = tempfile::tempdir().unwrap();
        for (path, text) in [("huibao.toml", ""), ("top.docx", "top"), ("t/a.docx", "a"), ("t/parts/b.docx", "b")] {
            let path = outer.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let folder = ProjectFolder::open(outer.path()).unwrap();
        let template = folder.shown("t/school.docx");
        let read = |path: &str| Documents::document(&folder, &template, path, &Place::Run);
        assert_eq!(read("a.docx").unwrap().1, b"a");
        let (name, bytes) = read("parts/b.docx").unwrap();
        assert_eq!((bytes.as_slice(), name), (b"b".as_slice(), folder.shown("t/parts/b.docx")));
        assert_eq!(read("../top.docx").unwrap_err().code, "batch.outside-project");
        let absolute = outer.path().join("top.docx").display().to_string();
        assert_eq!(read(&absolute).unwrap_err().code, "batch.outside-project");
        assert_eq!(read("none.docx").unwrap_err().code, "batch.cannot-read");
    }
}
