//! One face: its bytes, and a table from characters to glyphs that fills as it is used.

use std::fmt;
use std::sync::OnceLock;

use ttf_parser::{Tag, name_id};

use super::{Glyph, VerticalMetrics};

/// Characters in a page of the glyph table.
const PAGE: u32 = 256;
/// Pages up to the last character of Unicode.
const PAGES: usize = 0x11_0000 / PAGE as usize;

/// The glyphs of 256 characters in a row.
type GlyphPage = Box<[Option<Glyph>]>;

/// One face, opened.
pub struct Face {
    data: Vec<u8>,
    index: u32,
    postscript_name: String,
    metrics: VerticalMetrics,
    /// Characters whose glyphs are not what they should be.
    wrong: &'static [char],
    /// A page is made when the first of its characters is asked for; reading it takes no lock.
    pages: Vec<OnceLock<GlyphPage>>,
}

impl Face {
    /// Opens a face of a font file; `None` if the file is broken.
    pub(super) fn open(data: Vec<u8>, index: u32) -> Option<Self> {
        let parsed = ttf_parser::Face::parse(&data, index).ok()?;
        let postscript_name = parsed
            .names()
            .into_iter()
            .filter(|name| name.name_id == name_id::POST_SCRIPT_NAME)
            .find_map(|name| name.to_string())
            .unwrap_or_default();
        let metrics = vertical_metrics(&parsed);
        let pages = std::iter::repeat_with(OnceLock::new).take(PAGES).collect();
        Some(Self { data, index, postscript_name, metrics, wrong: &[], pages })
    }

    /// The same without the glyphs of some characters.
    pub(super) fn without(self, wrong: &'static [char]) -> Self {
        Self { wrong, ..self }
    }

    /// A face without glyphs: what stands where a file cannot be read.
    pub(super) fn empty() -> Self {
        Self {
            data: Vec::new(),
            index: 0,
            postscript_name: String::new(),
            metrics: VerticalMetrics::default(),
            wrong: &[],
            pages: Vec::new(),
        }
    }

    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, character: char) -> Option<Glyph> {
        let code = u32::from(character);
        let page = self.pages.get((code / PAGE) as usize)?.get_or_init(|| self.page(code / PAGE));
        page.get((code % PAGE) as usize).copied().flatten()
    }

    /// Vertical metrics.
    pub fn vertical_metrics(&self) -> VerticalMetrics {
        self.metrics
    }

    /// The font file, or collection of fonts.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Index in the collection; 0 for a file of one font.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// PostScript name.
    pub fn postscript_name(&self) -> &str {
        &self.postscript_name
    }

    /// An empty page if no character of it has a glyph, which is so for most pages of most faces.
    fn page(&self, number: u32) -> GlyphPage {
        let Ok(parsed) = ttf_parser::Face::parse(&self.data, self.index) else { return GlyphPage::default() };
        let em = f32::from(parsed.units_per_em());
        let glyphs = (number * PAGE..(number + 1) * PAGE).map(|code| {
            let character = char::from_u32(code).filter(|character| !self.wrong.contains(character))?;
            let id = parsed.glyph_index(character).filter(|id| id.0 != 0)?;
            Some(Glyph { id: id.0, advance_em: f32::from(parsed.glyph_hor_advance(id)?) / em })
        });
        let glyphs: GlyphPage = glyphs.collect();
        if glyphs.iter().all(Option::is_none) { GlyphPage::default() } else { glyphs }
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({} #{})", self.postscript_name, self.index)
    }
}

fn vertical_metrics(face: &ttf_parser::Face<'_>) -> VerticalMetrics {
    let em = f32::from(face.units_per_em());
    let hhea = face.tables().hhea;
    let (win_ascent, win_descent) = face
        .tables()
        .os2
        .map_or((hhea.ascender, hhea.descender), |os2| (os2.windows_ascender(), os2.windows_descender()));
    VerticalMetrics {
        ascent_em: f32::from(hhea.ascender) / em,
        descent_em: -f32::from(hhea.descender) / em,
        line_gap_em: f32::from(hhea.line_gap) / em,
        win_ascent_em: f32::from(win_ascent) / em,
        // ttf-parser gives usWinDescent with its sign turned, as hhea has it
        win_descent_em: -f32::from(win_descent) / em,
        east_asian: code_pages(face) & 0b1111 << 17 != 0,
    }
}

/// `OS/2` ulCodePageRange1, which ttf-parser does not read; 0 in a table of version 0.
fn code_pages(face: &ttf_parser::Face<'_>) -> u32 {
    let os2 = face.raw_face().table(Tag::from_bytes(b"OS/2"));
    os2.and_then(|table| table.get(78..82)?.try_into().ok()).map_or(0, u32::from_be_bytes)
}
