use proptest::prelude::*;
use ttf_parser::{GlyphId, OutlineBuilder, RawFace, Tag, cff};

use super::super::tests::font::TestFont;
use super::cut;

/// An outline as text.
#[derive(Default)]
struct Drawn(String);

impl OutlineBuilder for Drawn {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("M{x},{y} ");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("L{x},{y} ");
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0 += &format!("Q{x1},{y1} {x},{y} ");
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0 += &format!("C{x1},{y1} {x2},{y2} {x},{y} ");
    }
    fn close(&mut self) {
        self.0 += "Z ";
    }
}

fn outline(table: &[u8], glyph: u16) -> String {
    let mut drawn = Drawn::default();
    let _ = cff::Table::parse(table).unwrap().outline(GlyphId(glyph), &mut drawn);
    drawn.0
}

fn table_of(font: &[u8]) -> &[u8] {
    RawFace::parse(font, 0).unwrap().table(Tag::from_bytes(b"CFF ")).unwrap()
}

fn carried() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/FandolFang-Regular.otf")).unwrap()
}

#[test]
fn each_glyph_keeps_its_outline_under_its_new_number() {
    let font = carried();
    let table = table_of(&font);
    let glyphs: Vec<u16> = (1..10_000).step_by(37).collect();
    let cut = cut(table, &glyphs).unwrap();
    assert_eq!(cff::Table::parse(&cut).unwrap().number_of_glyphs() as usize, glyphs.len() + 1);
    assert_eq!(outline(&cut, 0), outline(table, 0));
    for (at, glyph) in glyphs.iter().enumerate() {
        let drawn = outline(&cut, at as u16 + 1);
        assert_eq!(drawn, outline(table, *glyph), "glyph {glyph}");
        assert!(drawn.len() > 20 || outline(table, *glyph).is_empty());
    }
}

#[test]
fn a_cut_is_a_font_that_can_be_cut_again() {
    let font = carried();
    let once = cut(table_of(&font), &[100, 200, 300]).unwrap();
    let twice = cut(&once, &[2]).unwrap();
    assert_eq!(outline(&twice, 1), outline(table_of(&font), 200));
}

#[test]
fn a_face_that_is_no_cid_keyed_font_becomes_one() {
    let font = TestFont::cff("Boxes", "甲乙丙", 1000);
    let cut = cut(table_of(&font.file), &[2]).unwrap();
    assert_eq!(outline(&cut, 1), outline(table_of(&font.file), 2));
}

#[test]
fn a_glyph_that_is_not_there_cannot_be_cut_out() {
    assert_eq!(cut(table_of(&carried()), &[60_000]), None);
}

proptest! {
    #[test]
    fn a_damaged_face_is_refused_or_cut(at in 0usize..40_000, byte: u8, glyph in 0u16..3) {
        let mut font = TestFont::cff("Boxes", "甲乙丙", 1000).file;
        let at = at % font.len();
        font[at] = byte;
        if let Some(table) = RawFace::parse(&font, 0).ok().and_then(|font| font.table(Tag::from_bytes(b"CFF "))) {
            let _ = cut(table, &[glyph]);
            let _ = cut(&table[..table.len().min(at)], &[glyph]);
        }
    }
}
