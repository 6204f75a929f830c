//! Which glyphs of which faces the pages use, and the codes that stand for them in the file.
//!
//! In the file a glyph is called by its CID: its rank among the face's glyphs in use, from 1, which is also its index in
//! the subset font. A PDF font tells one text for each code, but one glyph may stand for several characters (⼀ and 一,
//! a space and a no-break space). Then the face becomes several PDF fonts over one font program, its *readings*: the
//! first reading tells the first character of every glyph, the second one tells the second, and so on.

use ttf_parser::GlyphId;

use super::problem;
use crate::diagnostic::Diagnostic;
use crate::font::{Face, FaceId};
use crate::layout::{Item, Pages};

/// The file of a face.
#[derive(Clone, Copy, Debug)]
pub(super) struct FaceFile<'a> {
    /// The font file, or collection of fonts.
    pub data: &'a [u8],
    /// Index in the collection.
    pub index: u32,
    /// PostScript name.
    pub name: &'a str,
}

impl<'a> FaceFile<'a> {
    /// The file of a face of the library.
    pub fn of(face: &'a Face) -> Self {
        Self { data: face.data(), index: face.index(), name: face.postscript_name() }
    }
}

/// How a glyph that stands for a character is called in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Code {
    /// Its CID.
    pub cid: u16,
    /// The reading of the face that tells the character.
    pub reading: usize,
    /// The advance that the file declares, in thousandths of an em.
    pub width: f32,
}

/// A face, and what the pages use of it.
#[derive(Debug)]
pub(super) struct UsedFace<'a> {
    /// Which face it is.
    pub id: FaceId,
    /// Its file.
    pub file: FaceFile<'a>,
    /// Its tables.
    pub tables: ttf_parser::Face<'a>,
    /// The glyphs in use, by index; a glyph's CID is its rank here, from 1.
    pub glyphs: Vec<u16>,
    /// Glyph and character, sorted.
    pub uses: Vec<(u16, char)>,
    /// The code of each of `uses`.
    codes: Vec<Code>,
    /// Names of the readings in the page's resources.
    names: Vec<String>,
}

impl<'a> UsedFace<'a> {
    /// `uses` are sorted and without doubles.
    fn new(id: FaceId, file: FaceFile<'a>, uses: Vec<(u16, char)>) -> Result<Self, Diagnostic> {
        let unreadable = |reason: String| problem::face_unreadable(file.name, &reason);
        let tables = ttf_parser::Face::parse(file.data, file.index).map_err(|error| unreadable(error.to_string()))?;
        let per_mille = 1000.0 / f32::from(tables.units_per_em());
        let mut glyphs: Vec<u16> = Vec::with_capacity(uses.len());
        let mut codes: Vec<Code> = Vec::with_capacity(uses.len());
        for &(glyph, _) in &uses {
            let code = match codes.last() {
                Some(code) if glyphs.last() == Some(&glyph) => Code { reading: code.reading + 1, ..*code },
                _ => {
                    glyphs.push(glyph);
                    let cid = u16::try_from(glyphs.len()).map_err(|_| unreadable("too many glyphs".into()))?;
                    let advance = tables.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
                    let width = (f32::from(advance) * per_mille * 100.0).round() / 100.0;
                    Code { cid, reading: 0, width }
                }
            };
            codes.push(code);
        }
        let readings = codes.iter().map(|code| code.reading + 1).max().unwrap_or(0);
        let names = (0..readings)
            .map(|reading| if reading == 0 { format!("F{}", id.0) } else { format!("F{}.{reading}", id.0) })
            .collect();
        Ok(Self { id, file, tables, glyphs, uses, codes, names })
    }

    /// The code of a glyph that stands for a character.
    pub fn code(&self, glyph: u16, character: char) -> Option<Code> {
        let at = self.uses.binary_search(&(glyph, character)).ok()?;
        self.codes.get(at).copied()
    }

    /// The widths of CIDs 1, 2 and so on, in thousandths of an em.
    pub fn widths(&self) -> impl Iterator<Item = f32> + '_ {
        self.codes.iter().filter(|code| code.reading == 0).map(|code| code.width)
    }

    /// The names of the face's readings in the page's resources.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The CIDs of a reading with their characters, ascending.
    pub fn reading(&self, reading: usize) -> impl Iterator<Item = (u16, char)> + '_ {
        let uses = self.uses.iter().zip(&self.codes);
        uses.filter(move |(_, code)| code.reading == reading).map(|((_, character), code)| (code.cid, *character))
    }
}

/// Slots for uses that were seen.
const SEEN: usize = 1024;

/// The faces that the pages use, ascending.
pub(super) fn used_faces<'a>(
    pages: &Pages,
    open: &dyn Fn(FaceId) -> FaceFile<'a>,
) -> Result<Vec<UsedFace<'a>>, Diagnostic> {
    let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    // Most uses have been seen shortly before: what was seen last in a use's slot is not kept again.
    let mut seen = vec![None; SEEN];
    let mut is_new = |one: &(FaceId, u16, char)| {
        let slot = (usize::from(one.1) ^ (one.0.0 as usize) << 8) % SEEN;
        seen.get_mut(slot).is_none_or(|last| last.replace(*one) != Some(*one))
    };
    let mut uses: Vec<(FaceId, u16, char)> = runs
        .flat_map(|run| run.glyphs.iter().map(|glyph| (run.face, glyph.id, glyph.character)))
        // Glyph 0 stands for nothing (.notdef); layout never sets it.
        .filter(|one| one.1 != 0 && is_new(one))
        .collect();
    uses.sort_unstable();
    uses.dedup();
    uses.chunk_by(|one, other| one.0 == other.0)
        .filter_map(|uses| Some((uses.first()?.0, uses)))
        .map(|(id, uses)| UsedFace::new(id, open(id), uses.iter().map(|(_, glyph, c)| (*glyph, *c)).collect()))
        .collect()
}
