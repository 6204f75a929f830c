//! The fonts as layout sees them, and what it remembers of them while it sets one document.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::{FontName, Script};
use crate::font::{FaceId, FontLibrary, FontRequest, Glyph, SelectedFace, Selection, VerticalMetrics};

/// What layout asks of the fonts.
pub(super) trait Faces {
    /// The faces for a request, best first.
    fn select(&self, request: &FontRequest) -> Arc<Selection>;
    /// A face's glyph for a character.
    fn glyph(&self, face: FaceId, character: char) -> Option<Glyph>;
    /// A face's vertical metrics.
    fn vertical_metrics(&self, face: FaceId) -> VerticalMetrics;
}

impl Faces for FontLibrary {
    fn select(&self, request: &FontRequest) -> Arc<Selection> {
        Self::select(self, request)
    }

    fn glyph(&self, face: FaceId, character: char) -> Option<Glyph> {
        self.face(face).glyph(character)
    }

    fn vertical_metrics(&self, face: FaceId) -> VerticalMetrics {
        self.face(face).vertical_metrics()
    }
}

/// A selection that has been asked for before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SelectionId(u32);

/// The selections and glyphs of one document.
pub(super) struct FaceCache<'f> {
    faces: &'f dyn Faces,
    known: HashMap<FontRequest, SelectionId>,
    selections: Vec<Arc<Selection>>,
    /// Glyphs by [`slot`]; a later character of the same slot takes the place of the earlier one.
    glyphs: Vec<Option<CachedGlyph>>,
}

#[derive(Clone, Copy)]
struct CachedGlyph {
    selection: SelectionId,
    character: char,
    found: Option<(SelectedFace, Glyph)>,
}

/// Slots for glyphs: a report has about six hundred different characters.
const GLYPH_SLOTS: usize = 2048;

fn slot(selection: SelectionId, character: char) -> usize {
    let mixed = (character as u32).wrapping_mul(0x9E37_79B1) ^ selection.0.wrapping_mul(0x85EB_CA6B);
    (mixed >> 16) as usize % GLYPH_SLOTS
}

impl<'f> FaceCache<'f> {
    pub fn new(faces: &'f dyn Faces) -> Self {
        Self { faces, known: HashMap::new(), selections: Vec::new(), glyphs: vec![None; GLYPH_SLOTS] }
    }

    /// The faces of a family.
    pub fn selection(&mut self, family: &FontName, bold: bool, italic: bool, script: Script) -> SelectionId {
        let request = FontRequest { family: family.clone(), bold, italic, script };
        if let Some(id) = self.known.get(&request) {
            return *id;
        }
        let id = SelectionId(self.selections.len() as u32);
        self.selections.push(self.faces.select(&request));
        self.known.insert(request, id);
        id
    }

    /// The first face of a selection that has a character, and its glyph.
    pub fn glyph(&mut self, selection: SelectionId, character: char) -> Option<(SelectedFace, Glyph)> {
        let slot = slot(selection, character);
        if let Some(Some(cached)) = self.glyphs.get(slot)
            && cached.selection == selection
            && cached.character == character
        {
            return cached.found;
        }
        let found = self.selections.get(selection.0 as usize).and_then(|faces| {
            faces.faces.iter().find_map(|selected| Some((*selected, self.faces.glyph(selected.face, character)?)))
        });
        if let Some(place) = self.glyphs.get_mut(slot) {
            *place = Some(CachedGlyph { selection, character, found });
        }
        found
    }

    /// The face that a selection begins with.
    pub fn first_face(&self, selection: SelectionId) -> Option<SelectedFace> {
        self.selections.get(selection.0 as usize)?.faces.first().copied()
    }

    /// A face's vertical metrics.
    pub fn vertical_metrics(&self, face: FaceId) -> VerticalMetrics {
        self.faces.vertical_metrics(face)
    }
}
