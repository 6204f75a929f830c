//! Puts faces into the file: the font program cut down to the glyphs in use, widths, and what each code stands for.

use std::fmt::Write;
use std::sync::Arc;

use bytes::Bytes;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use subsetter::GlyphRemapper;
use ttf_parser::{RawFace, Tag};

use super::compact;
use super::face::UsedFace;
use super::objects::Objects;
use super::problem;
use super::share::Share;
use crate::deflate::{self, Effort};
use crate::diagnostic::Diagnostic;
use crate::font::FaceId;
use crate::shelf::Held;

/// What decides on a font program: the face, and the glyphs in use with what they stand for, ascending.
pub(super) type ProgramKey = (FaceId, Vec<(u16, char)>);

/// A font program cut down to some glyphs, and what these stand for.
#[derive(Debug)]
pub(super) struct Program {
    /// Compact Font Format; TrueType if not.
    cff: bool,
    /// The program, deflated.
    deflated: Bytes,
    /// Its length before that.
    length: usize,
    /// For each reading what its codes stand for, deflated.
    to_unicode: Vec<Vec<u8>>,
    /// Six capitals that mark a subset and tell it from others of the same face.
    tag: String,
}

impl Program {
    fn new(bytes: &[u8], cff: bool, face: &UsedFace<'_>) -> Self {
        let hash = blake3::hash(bytes);
        let tag = hash.as_bytes().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
        let readings = (0..face.names().len()).map(|reading| to_unicode(face.reading(reading)));
        let to_unicode = readings.map(|map| deflate::zlib(&map, Effort::Full)).collect();
        Self { cff, deflated: deflate::zlib(bytes, Effort::Quick).into(), length: bytes.len(), to_unicode, tag }
    }
}

impl Held for Program {
    fn held(&self) -> usize {
        self.deflated.len() + self.to_unicode.iter().map(Vec::len).sum::<usize>()
    }
}

/// The width that most characters have, in thousandths of an em; only others are written down.
const DEFAULT_WIDTH: f32 = 1000.0;

/// Adds a face to the file; gives the objects of its readings with their names in the page's resources.
pub(super) fn embed(
    face: &UsedFace<'_>,
    file: &mut Objects,
    share: &Share,
) -> Result<Vec<(String, ObjectId)>, Diagnostic> {
    let program = share.programs.get_or_make((face.id, face.uses.clone()), |_| subset(face))?;
    let name = format!("{}+{}", program.tag, face.file.name);
    let descriptor = descriptor(face, &program, &name, file);
    let descendant = descendant(face, &program, &name, descriptor);
    let descendant = file.add_object(descendant);
    let readings = face.names().iter().zip(&program.to_unicode).map(|(resource, to_unicode)| {
        let to_unicode = file.add_stream(dictionary! { "Filter" => "FlateDecode" }, to_unicode);
        let font = dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            // For a CFF font the name is followed by that of the encoding (ISO 32000-1, table 121).
            "BaseFont" => Object::Name(if program.cff { format!("{name}-Identity-H") } else { name.clone() }.into()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        };
        (resource.clone(), file.add_object(font))
    });
    Ok(readings.collect())
}

/// Cuts a face down to the glyphs in use.
fn subset(face: &UsedFace<'_>) -> Result<Program, Diagnostic> {
    let compact = face.tables.raw_face().table(Tag::from_bytes(b"CFF "));
    if let Some(program) = compact.and_then(|table| compact::cut(table, &face.glyphs)) {
        return Ok(Program::new(&program, true, face));
    }
    let unreadable = |reason: &str| problem::face_unreadable(face.file.name, reason);
    let mut glyphs = GlyphRemapper::new();
    for glyph in &face.glyphs {
        glyphs.remap(*glyph);
    }
    let font = subsetter::subset(face.file.data, face.file.index, &glyphs).map_err(|e| unreadable(&e.to_string()))?;
    let cff = RawFace::parse(&font, 0).ok().and_then(|tables| tables.table(Tag::from_bytes(b"CFF ")));
    Ok(Program::new(cff.unwrap_or(&font), cff.is_some(), face))
}

/// How far a line of text reaches above and below its baseline, in thousandths of an em, for readers that mark text and
/// find lines by it. One value for all faces (that of the Chinese em box): a line of Chinese and figures is one line.
const EM_BOX: (i64, i64) = (880, -120);

/// The font as a whole: its metrics and its program.
fn descriptor(face: &UsedFace<'_>, program: &Arc<Program>, name: &str, file: &mut Objects) -> ObjectId {
    let tables = &face.tables;
    let scale = |units: i16| (f32::from(units) * 1000.0 / f32::from(tables.units_per_em())).round() as i64;
    let entries = if program.cff {
        dictionary! { "Filter" => "FlateDecode", "Subtype" => "CIDFontType0C" }
    } else {
        dictionary! { "Filter" => "FlateDecode", "Length1" => program.length as i64 }
    };
    let program_file = file.add_kept_stream(entries, &program.deflated);
    let bounds = tables.global_bounding_box();
    // Stem widths are not in the tables; this is what weights usually come to.
    let stem = 10 + 220 * (i64::from(tables.weight().to_number()).clamp(50, 950) - 50) / 900;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    file.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.into()),
        "Flags" => SYMBOLIC | if tables.is_italic() { ITALIC } else { 0 },
        "FontBBox" => [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|edge| scale(edge).into()).to_vec(),
        "ItalicAngle" => tables.italic_angle(),
        "Ascent" => EM_BOX.0,
        "Descent" => EM_BOX.1,
        "CapHeight" => scale(tables.capital_height().unwrap_or_else(|| tables.ascender())),
        "StemV" => stem,
        if program.cff { "FontFile3" } else { "FontFile2" } => program_file,
    })
}

/// The font as a set of numbered glyphs: their widths.
fn descendant(face: &UsedFace<'_>, program: &Program, name: &str, descriptor: ObjectId) -> Dictionary {
    let mut widths: Vec<Object> = Vec::new();
    let mut next = None;
    for (cid, width) in (1_i64..).zip(face.widths()) {
        if width == DEFAULT_WIDTH {
            continue;
        }
        match widths.last_mut() {
            Some(Object::Array(row)) if next == Some(cid) => row.push(real(width)),
            _ => widths.extend([cid.into(), Object::Array(vec![real(width)])]),
        }
        next = Some(cid + 1);
    }
    let mut font = dictionary! {
        "Type" => "Font",
        "Subtype" => if program.cff { "CIDFontType0" } else { "CIDFontType2" },
        "BaseFont" => Object::Name(name.into()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => DEFAULT_WIDTH as i64,
    };
    if !widths.is_empty() {
        font.set("W", widths);
    }
    if !program.cff {
        font.set("CIDToGIDMap", "Identity");
    }
    font
}

fn real(value: f32) -> Object {
    if value.fract() == 0.0 { Object::Integer(value as i64) } else { Object::Real(value) }
}

/// The most pairs that a `bfchar` section may have.
const SECTION: usize = 100;

/// A CMap that tells the character of each code, for searching and copying.
fn to_unicode(codes: impl Iterator<Item = (u16, char)>) -> Vec<u8> {
    let codes: Vec<_> = codes.collect();
    let mut map = String::with_capacity(400 + codes.len() * 14);
    map += "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
            /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
            1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
    let hex = |map: &mut String, unit: u16| {
        for shift in [12, 8, 4, 0] {
            map.push(char::from(b"0123456789ABCDEF"[usize::from(unit >> shift & 15)]));
        }
    };
    for section in codes.chunks(SECTION) {
        // Writing to a string cannot fail.
        let _ = writeln!(map, "{} beginbfchar", section.len());
        for (cid, character) in section {
            map.push('<');
            hex(&mut map, *cid);
            map += "><";
            for unit in character.encode_utf16(&mut [0; 2]) {
                hex(&mut map, *unit);
            }
            map += ">\n";
        }
        map += "endbfchar\n";
    }
    map += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend";
    map.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_beyond_the_basic_plane_is_a_surrogate_pair() {
        let map = String::from_utf8(to_unicode([(1, '一'), (2, '\u{20000}')].into_iter())).unwrap();
        assert!(map.contains("2 beginbfchar\n<0001><4E00>\n<0002><D840DC00>\nendbfchar"), "{map}");
    }

    #[test]
    fn no_section_has_more_than_a_hundred_pairs() {
        let map = String::from_utf8(to_unicode((1..=250).map(|cid| (cid, '字')))).unwrap();
        let sections: Vec<_> = map.lines().filter_map(|line| line.strip_suffix(" beginbfchar")).collect();
        assert_eq!(sections, ["100", "100", "50"]);
    }
}
