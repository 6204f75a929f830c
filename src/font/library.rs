//! All faces of a run, and which of them a run of text is set in.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::carried::{CARRIED, Carried, folder_beside_program, has_files};
use super::fingerprint;
use super::system::{self, Installed};
use super::{Face, FaceId, FontRequest, FontSource, Glyph, NamedFace, SelectedFace, Selection, chains, problem};
use crate::diagnostic::Diagnostic;
use crate::document::Script;

/// Where a face comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaceOrigin {
    /// Inside the program.
    Carried,
    /// A file beside the program or of the system.
    File(PathBuf),
}

/// What there is to say of a face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceInfo {
    /// Family name.
    pub family: String,
    /// Style name.
    pub style: String,
    /// Where it comes from.
    pub origin: FaceOrigin,
    /// Licence in short, if it comes with the program.
    pub licence: Option<&'static str>,
}

/// All faces of a run, found once, opened on first use, and shared read-only by all threads.
pub struct FontLibrary {
    source: FontSource,
    /// The folder that has the faces that are files, if they are there.
    folder: Option<PathBuf>,
    carried: [OnceLock<Option<Face>>; CARRIED.len()],
    /// Looked for when a face is first asked of the system; numbered after the carried ones.
    installed: OnceLock<Vec<Installed>>,
    selections: RwLock<HashMap<FontRequest, Arc<Selection>>>,
    empty: Face,
}

impl FontLibrary {
    /// Finds the faces; opens none yet. `folder` has the faces that the program does not carry; without it they are
    /// looked for in a folder `fonts` beside the program, above it, and in the current folder.
    ///
    /// # Errors
    /// The folder was named and cannot be read.
    pub fn load(source: FontSource, folder: Option<&Path>) -> Result<Self, Diagnostic> {
        let folder = match folder {
            Some(folder) => {
                fs::read_dir(folder).map_err(|error| problem::folder_unreadable(folder, &error))?;
                Some(folder.to_path_buf()).filter(|folder| has_files(folder))
            }
            None => folder_beside_program(),
        };
        Ok(Self {
            source,
            folder,
            carried: [const { OnceLock::new() }; CARRIED.len()],
            installed: OnceLock::new(),
            selections: RwLock::default(),
            empty: Face::empty(),
        })
    }

    /// The faces for a request; found once, then remembered.
    pub fn select(&self, request: &FontRequest) -> Arc<Selection> {
        if let Some(known) = self.selections.read().unwrap_or_else(PoisonError::into_inner).get(request) {
            return Arc::clone(known);
        }
        let found = Arc::new(self.find(request));
        let mut selections = self.selections.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(selections.entry(request.clone()).or_insert(found))
    }

    /// The first face of a selection that has the character, and its glyph.
    pub fn glyph(&self, selection: &Selection, character: char) -> Option<(SelectedFace, Glyph)> {
        selection.faces.iter().find_map(|selected| Some((*selected, self.face(selected.face).glyph(character)?)))
    }

    /// A face, opened; one without glyphs if its file has gone.
    pub fn face(&self, id: FaceId) -> &Face {
        let at = usize::from(id.0);
        let face = match at.checked_sub(CARRIED.len()) {
            None => self.carried_face(at),
            Some(at) => self.installed().get(at).and_then(Installed::face),
        };
        face.unwrap_or(&self.empty)
    }

    /// All faces: those that come with the program, then those of the system, if they may be used.
    pub fn list(&self) -> Vec<FaceInfo> {
        let carried = CARRIED.iter().filter_map(|face| {
            let origin = if face.is_file() {
                FaceOrigin::File(self.folder.as_ref()?.join(face.file))
            } else {
                FaceOrigin::Carried
            };
            Some(FaceInfo {
                family: face.family.to_owned(),
                style: face.style.to_owned(),
                origin,
                licence: Some(face.licence),
            })
        });
        let installed = self.installed().iter().filter_map(|face| {
            let italic = if face.italic { " Italic" } else { "" };
            Some(FaceInfo {
                family: face.families.first()?.clone(),
                style: format!("{}{italic}", face.weight),
                origin: FaceOrigin::File(face.path.clone()),
                licence: None,
            })
        });
        carried.chain(installed).collect()
    }

    /// The faces that come with the program, as files: name and bytes.
    pub fn carried_files(&self) -> Vec<(&'static str, &[u8])> {
        let files = CARRIED.iter().enumerate();
        files.filter_map(|(at, face)| Some((face.file, self.carried_face(at)?.data()))).collect()
    }

    /// Tells apart two libraries that may set a text differently; those inside the program are the program's.
    pub fn fingerprint(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for face in CARRIED.iter().filter(|face| face.is_file()) {
            hasher.update(face.file.as_bytes());
            self.folder.iter().for_each(|folder| fingerprint::add(&folder.join(face.file), &mut hasher));
        }
        let mut last = None;
        for face in self.installed().iter().filter(|face| last.replace(&face.path) != Some(&face.path)) {
            hasher.update(face.path.to_string_lossy().as_bytes());
            fingerprint::add(&face.path, &mut hasher);
        }
        hasher.finalize()
    }

    /// What the user should know of the faces: 仿宋 is missing.
    pub fn notes(&self) -> Vec<Diagnostic> {
        let names = chains::installed_names("仿宋_GB2312");
        let has_fang = self.has_fang() || names.iter().any(|name| self.closest(name, false, false).is_some());
        if has_fang { Vec::new() } else { vec![problem::no_fangsong()] }
    }

    fn find(&self, request: &FontRequest) -> Selection {
        let (family, bold, italic) = (request.family.as_ref(), request.bold, request.italic);
        let mut faces = Vec::new();
        for name in chains::installed_names(family) {
            faces.extend(self.closest(name, bold, italic));
        }
        for role in chains::roles(family, request.script, self.has_fang()) {
            let of_role = || CARRIED.iter().enumerate().filter(|(_, face)| face.role == role);
            let exact = of_role().find(|(_, face)| (face.bold, face.italic) == (bold, italic));
            if let Some((at, face)) = exact.or_else(|| of_role().next())
                && (!face.is_file() || self.has_fang())
            {
                faces.extend(selected(at, bold && !face.bold, italic && !face.italic));
            }
        }
        for name in chains::RARE {
            faces.extend(self.closest(name, bold, italic));
        }
        let mut seen = Vec::new();
        faces.retain(|selected: &SelectedFace| {
            let new = !seen.contains(&selected.face);
            seen.push(selected.face);
            new
        });
        let is_carried = CARRIED.iter().any(|face| chains::same_name(face.family, family));
        // a Chinese face that nothing is known of is measured as 宋体, which Word puts in its place
        let unknown = || {
            let song = request.script == Script::EastAsian && !is_carried;
            NamedFace::find("SimSun", bold, italic).filter(|_| song)
        };
        let own = NamedFace::find(family, bold, italic).or_else(unknown);
        let own = own.filter(|_| self.closest(family, bold, italic).is_none());
        Selection { faces, named: own }
    }

    fn closest(&self, family: &str, bold: bool, italic: bool) -> Option<SelectedFace> {
        let at = system::closest(self.installed(), family, bold, italic)?;
        let face = self.installed().get(at)?;
        selected(CARRIED.len() + at, bold && !face.is_bold(), italic && !face.italic)
    }

    fn installed(&self) -> &[Installed] {
        match self.source {
            FontSource::System => self.installed.get_or_init(system::installed),
            FontSource::Carried => &[],
        }
    }

    fn carried_face(&self, at: usize) -> Option<&Face> {
        let (slot, face): (_, &Carried) = (self.carried.get(at)?, CARRIED.get(at)?);
        slot.get_or_init(|| face.open(self.folder.as_deref())).as_ref()
    }

    /// Whether the carried 仿宋 is there and can be opened.
    fn has_fang(&self) -> bool {
        CARRIED.iter().enumerate().filter(|(_, face)| face.is_file()).all(|(at, _)| self.carried_face(at).is_some())
    }
}

impl fmt::Debug for FontLibrary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontLibrary")
            .field("source", &self.source)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn selected(at: usize, synthetic_bold: bool, synthetic_italic: bool) -> Option<SelectedFace> {
    Some(SelectedFace { face: FaceId(u16::try_from(at).ok()?), synthetic_bold, synthetic_italic })
}
