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
    /// Faces that are not there are measured as themselves, not as what stands in their place.
    as_named: bool,
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
    pub fn new(faces: &'f dyn Faces, as_named: bool) -> Self {
        Self { faces, as_named, known: HashMap::new(), selections: Vec::new(), glyphs: vec![None; GLYPH_SLOTS] }
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
            let first = |character: char| {
                let mut faces = faces.faces.iter();
                faces.find_map(|selected| Some((*selected, self.faces.glyph(selected.face, character)?)))
            };
            let (selected, glyph) = first(character)?;
            let own = faces.named.filter(|_| self.as_named).and_then(|named| named.advance_em(character));
            Some((selected, Glyph { advance_em: own.unwrap_or(glyph.advance_em), ..glyph }))
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

    /// How much wider than a face's own its glyphs are, where it stands in the place of another.
    pub fn stretch(&self, selection: SelectionId, face: FaceId) -> f32 {
        let named = self.selections.get(selection.0 as usize).and_then(|selection| selection.named);
        let Some(named) = named.filter(|_| self.as_named) else { return 1.0 };
        let widths = "aceinorstuEST0"
            .chars()
            .filter_map(|letter| Some((named.advance_em(letter)?, self.faces.glyph(face, letter)?.advance_em)));
        let (wanted, own) = widths.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        // what is nearly as wide is left alone
        if own > 0.0 && (wanted / own - 1.0).abs() > 0.01 { wanted / own } else { 1.0 }
    }

    /// The vertical metrics of a face of a selection: those of the family that was asked for, if they are known.
    pub fn vertical_metrics(&self, selection: SelectionId, face: FaceId) -> VerticalMetrics {
        let named = self.selections.get(selection.0 as usize).and_then(|selection| selection.named);
        match named.filter(|_| self.as_named) {
            Some(named) if named.metrics != VerticalMetrics::default() => named.metrics,
            _ => self.faces.vertical_metrics(face),
        }
    }
}
