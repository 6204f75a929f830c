//! The faces that come with the program: most inside it, 仿宋 as a file beside it, as its licence asks.

use std::env;
use std::path::{Path, PathBuf};

use super::Face;
use super::chains::Role;

/// A face that comes with the program.
pub(super) struct Carried {
    /// What it is for.
    pub role: Role,
    /// Family name.
    pub family: &'static str,
    /// Style name.
    pub style: &'static str,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// File name of the face, not compressed.
    pub file: &'static str,
    /// Licence, in short.
    pub licence: &'static str,
    /// The compressed face; `None` for one that is a file beside the program.
    packed: Option<&'static [u8]>,
}

/// A face inside the program, from its file in `fonts/`.
macro_rules! inside {
    ($role:expr, $family:literal, $style:literal, $bold:literal, $italic:literal, $file:literal) => {
        inside!($role, $family, $style, $bold, $italic, $file, "OFL-1.1")
    };
    ($role:expr, $family:literal, $style:literal, $bold:literal, $italic:literal, $file:literal, $licence:literal) => {
        Carried {
            role: $role,
            family: $family,
            style: $style,
            bold: $bold,
            italic: $italic,
            file: $file,
            licence: $licence,
            packed: Some(include_bytes!(concat!("../../fonts/", $file, ".zst"))),
        }
    };
}

/// Every face that comes with the program; its place here is its `FaceId`.
pub(super) static CARRIED: [Carried; 16] = [
    inside!(Role::Song, "Noto Serif SC", "Regular", false, false, "NotoSerifSC-Regular.ttf"),
    inside!(Role::Title, "Noto Serif SC", "Black", false, false, "NotoSerifSC-Black.ttf"),
    inside!(Role::Hei, "Noto Sans SC", "Medium", false, false, "NotoSansSC-Medium.ttf"),
    inside!(Role::Kai, "Huibao Kai", "Regular", false, false, "HuibaoKai-Regular.ttf"),
    inside!(Role::FangSupplement, "Huibao Kai", "Light", false, false, "HuibaoKai-Light.ttf"),
    inside!(Role::Latin, "Liberation Serif", "Regular", false, false, "LiberationSerif-Regular.ttf"),
    inside!(Role::Latin, "Liberation Serif", "Bold", true, false, "LiberationSerif-Bold.ttf"),
    inside!(Role::Latin, "Liberation Serif", "Italic", false, true, "LiberationSerif-Italic.ttf"),
    inside!(Role::Latin, "Liberation Serif", "Bold Italic", true, true, "LiberationSerif-BoldItalic.ttf"),
    inside!(Role::Sans, "Liberation Sans", "Regular", false, false, "LiberationSans-Regular.ttf"),
    inside!(Role::Sans, "Liberation Sans", "Bold", true, false, "LiberationSans-Bold.ttf"),
    inside!(Role::Sans, "Liberation Sans", "Italic", false, true, "LiberationSans-Italic.ttf"),
    inside!(Role::Sans, "Liberation Sans", "Bold Italic", true, true, "LiberationSans-BoldItalic.ttf"),
    inside!(Role::Mono, "Liberation Mono", "Regular", false, false, "LiberationMono-Regular.ttf"),
    Carried {
        role: Role::Fang,
        family: "FandolFang R",
        style: "Regular",
        bold: false,
        italic: false,
        file: "FandolFang-Regular.otf",
        licence: "GPL-3.0 with font exception",
        packed: None,
    },
    inside!(
        Role::Symbols,
        "Huibao Symbols",
        "Regular",
        false,
        false,
        "HuibaoSymbols-Regular.ttf",
        "Bitstream Vera licence"
    ),
];

/// FandolFang draws a dollar for the full-width yuan, and a trade mark too small to read.
const FANG_WRONG: [char; 2] = ['￥', '™'];

impl Carried {
    /// Whether it is a file beside the program.
    pub fn is_file(&self) -> bool {
        self.packed.is_none()
    }

    /// Its bytes; `None` for one that is a file beside the program.
    pub fn unpacked(&self) -> Option<Vec<u8>> {
        zstd::decode_all(self.packed?).ok()
    }

    /// Opens it; `None` if its file is not there or broken.
    pub fn open(&self, folder: Option<&Path>) -> Option<Face> {
        let data = match self.packed {
            Some(_) => self.unpacked()?,
            None => std::fs::read(folder?.join(self.file)).ok()?,
        };
        Some(Face::open(data, 0)?.without(if self.role == Role::Fang { &FANG_WRONG } else { &[] }))
    }
}

/// The folder that has the faces beside the program: `fonts` beside it, in up to four folders above it, or in the current
/// folder.
pub(super) fn folder_beside_program() -> Option<PathBuf> {
    let program = env::current_exe().ok();
    let above = program.iter().flat_map(|program| program.ancestors().skip(1).take(5));
    above
        .map(Path::to_path_buf)
        .chain(env::current_dir())
        .map(|folder| folder.join("fonts"))
        .find(|fonts| has_files(fonts))
}

/// Whether a folder has the faces that are files.
pub(super) fn has_files(folder: &Path) -> bool {
    CARRIED.iter().filter(|face| face.is_file()).all(|face| folder.join(face.file).is_file())
}
