//! The faces installed on the system.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use fontdb::{Database, Source, Style};

use super::Face;
use super::chains::same_name;

/// One installed face; opened when it is first used.
pub(super) struct Installed {
    /// Family names, in all their languages.
    pub families: Vec<String>,
    /// Weight; 400 is regular, 700 bold.
    pub weight: u16,
    /// Italic or oblique.
    pub italic: bool,
    /// The file.
    pub path: PathBuf,
    index: u32,
    face: OnceLock<Option<Face>>,
}

impl Installed {
    /// The face, opened; `None` if its file cannot be read or is broken.
    pub fn face(&self) -> Option<&Face> {
        self.face.get_or_init(|| Face::open(fs::read(&self.path).ok()?, self.index)).as_ref()
    }

    /// Whether its weight is one for bold text.
    pub fn is_bold(&self) -> bool {
        self.weight >= 600
    }
}

/// All installed faces, in an order that does not hang on the order of folders.
pub(super) fn installed() -> Vec<Installed> {
    let mut database = Database::new();
    database.load_system_fonts();
    let mut faces: Vec<Installed> = database
        .faces()
        .filter_map(|face| {
            let path = match &face.source {
                Source::File(path) | Source::SharedFile(path, _) => path.clone(),
                Source::Binary(_) => return None,
            };
            Some(Installed {
                families: face.families.iter().map(|(name, _)| name.clone()).collect(),
                weight: face.weight.0,
                italic: face.style != Style::Normal,
                path,
                index: face.index,
                face: OnceLock::new(),
            })
        })
        .collect();
    faces.sort_by(|a, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
    faces
}

/// The installed face of a family that comes closest to what is asked and can be opened.
pub(super) fn closest(faces: &[Installed], family: &str, bold: bool, italic: bool) -> Option<usize> {
    let wanted: u16 = if bold { 700 } else { 400 };
    let mut of_family: Vec<(usize, &Installed)> =
        faces.iter().enumerate().filter(|(_, face)| face.families.iter().any(|name| same_name(name, family))).collect();
    of_family.sort_by_key(|(_, face)| (face.italic != italic, face.weight.abs_diff(wanted)));
    of_family.into_iter().find(|(_, face)| face.face().is_some()).map(|(at, _)| at)
}
