//! The faces that text is set in: carried with the program, beside it in `fonts/`, or installed on the system.

use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Which faces may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FontSource {
    /// Those installed on the system under the names that the style gives, then the carried ones.
    #[default]
    System,
    /// The carried ones only: the same bytes on every machine.
    Carried,
}

/// Index of a face in a [`FontLibrary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Index in the face; never 0 (`.notdef`).
    pub id: u16,
    /// Advance in ems.
    pub advance_em: f32,
}

/// Vertical metrics in ems; `descent` is positive below the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VerticalMetrics {
    /// `hhea` ascent.
    pub ascent_em: f32,
    /// `hhea` descent.
    pub descent_em: f32,
    /// `hhea` line gap.
    pub line_gap_em: f32,
    /// `OS/2` usWinAscent.
    pub win_ascent_em: f32,
    /// `OS/2` usWinDescent.
    pub win_descent_em: f32,
    /// Whether `OS/2` ulCodePageRange names an East Asian code page (bits 17 to 20).
    pub east_asian: bool,
}
/// One face, opened. (A sketch: see the brief.)
pub struct Face;
/// All faces of a run, opened once and shared read-only by all threads. (A sketch: see the brief.)
pub struct FontLibrary;

/// The faces that a run of text is set in, best first. (A sketch: see the brief.)
pub struct Selection;

impl FontLibrary {
    /// Finds the faces; opens none yet.
    pub fn load(_source: FontSource, _fonts_folder: Option<&Path>) -> Result<Self, Diagnostic> {
        Ok(Self)
    }
}
