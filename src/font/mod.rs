//! The faces that text is set in: carried with the program, beside it in `fonts/`, or installed on the system.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
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

/// One face, opened.
#[derive(Debug)]
pub struct Face {
    _private: (),
}

impl Face {
    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, _character: char) -> Option<Glyph> {
        None
    }

    /// Vertical metrics.
    pub fn vertical_metrics(&self) -> VerticalMetrics {
        VerticalMetrics::default()
    }

    /// The font file, or collection of fonts.
    pub fn data(&self) -> &[u8] {
        &[]
    }

    /// Index in the collection; 0 for a file of one font.
    pub fn index(&self) -> u32 {
        0
    }

    /// PostScript name.
    pub fn postscript_name(&self) -> &str {
        ""
    }
}

/// All faces of a run, found once, opened on first use, and shared read-only by all threads.
#[derive(Debug)]
pub struct FontLibrary {
    _private: (),
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

impl FontLibrary {
    /// Finds the faces; opens none yet. `folder` has the faces that the program does not carry; without it they are
    /// looked for in a folder `fonts` beside the program, above it, and in the current folder.
    ///
    /// # Errors
    /// The folder was named and cannot be read.
    pub fn load(_source: FontSource, _folder: Option<&Path>) -> Result<Self, Diagnostic> {
        Ok(Self { _private: () })
    }

    /// The faces for a request; found once, then remembered.
    pub fn select(&self, _request: &FontRequest) -> Arc<Selection> {
        Arc::new(Selection { faces: Vec::new() })
    }

    /// The first face of a selection that has the character, and its glyph.
    pub fn glyph(&self, selection: &Selection, character: char) -> Option<(SelectedFace, Glyph)> {
        selection.faces.iter().find_map(|selected| Some((*selected, self.face(selected.face).glyph(character)?)))
    }

    /// A face, opened.
    pub fn face(&self, _id: FaceId) -> &Face {
        &Face { _private: () }
    }
}
