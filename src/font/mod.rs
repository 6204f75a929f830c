//! The faces that text is set in: carried with the program, beside it in `fonts/`, or installed on the system.

mod carried;
mod chains;
mod face;
mod fingerprint;
mod lettering;
mod library;
mod named;
mod problem;
mod system;
#[cfg(test)]
mod tests;

pub use face::Face;
pub use lettering::{carried_bytes, carried_for};
pub use library::{FaceInfo, FaceOrigin, FontLibrary};
pub use named::NamedFace;

use std::sync::Arc;

use crate::document::Script;

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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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

/// What a run asks of its face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FontRequest {
    /// Family as the document names it, in any of its languages.
    pub family: Arc<str>,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Chooses the faces to fall back on.
    pub script: Script,
}

/// The faces for one request, best first: the family's own, what stands in for it, then those that have what these lack.
#[derive(Debug)]
pub struct Selection {
    /// The faces.
    pub faces: Vec<SelectedFace>,
    /// The measures of the family that was asked for, if they are known and it is not there itself.
    pub named: Option<&'static NamedFace>,
}

/// A face of a [`Selection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelectedFace {
    /// The face.
    pub face: FaceId,
    /// Bold was asked for, and the face is not.
    pub synthetic_bold: bool,
    /// Italic was asked for, and the face is not.
    pub synthetic_italic: bool,
}
