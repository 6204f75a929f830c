//! Faces and documents for tests: a Latin character is half an em, a space a quarter, any other an em.

use std::sync::Arc;

use super::faces::Faces;
use super::page::{Item, Pages};
use super::setter::Setter;
use super::shape::Shaper;
use super::shaped::{Sign, Text};
use super::{Layout, set_with_notes};
use crate::document::{
    Block, CharacterFormat, Document, Info, Length, LineSpacing, PageSetup, Paragraph, ParagraphFormat, ParagraphStyle,
    ParagraphStyleId, ResolvedParagraph, Script, Section, StyleSheet, Typography,
};
use crate::font::{FaceId, FontRequest, Glyph, SelectedFace, Selection, VerticalMetrics};

/// One face a script; no face has characters of the second plane's end.
pub(super) struct TestFaces;

impl Faces for TestFaces {
    fn select(&self, request: &FontRequest) -> Arc<Selection> {
        let face = FaceId(u16::from(request.script == Script::EastAsian));
        Arc::new(Selection {
            faces: vec![SelectedFace { face, synthetic_bold: false, synthetic_italic: false }],
            named: None,
        })
    }

    fn glyph(&self, face: FaceId, character: char) -> Option<Glyph> {
        let code = u32::from(character);
        let advance_em = match character {
            ' ' => 0.25,
            _ if face == FaceId(0) => 0.5,
            _ => 1.0,
        };
        (code < 0x2A700).then_some(Glyph { id: (code % 60_000) as u16 + 1, advance_em })
    }

    fn vertical_metrics(&self, face: FaceId) -> VerticalMetrics {
        VerticalMetrics {
            ascent_em: 0.8,
            descent_em: 0.2,
            win_ascent_em: 0.8,
            win_descent_em: 0.2,
            line_gap_em: 0.0,
            east_asian: face == FaceId(1),
        }
    }
}

/// A document whose default style is of ten points on exact lines of twenty, on pages of 140 by 220 points with margins
/// of twenty; `change` changes the style sheet.
pub(super) fn document(blocks: Vec<Block>, change: impl FnOnce(&mut StyleSheet)) -> Document {
    let mut sheet = StyleSheet {
        default_character: CharacterFormat { size: Some(Length::pt(10.0)), ..CharacterFormat::default() },
        default_paragraph: ParagraphFormat {
            line_spacing: Some(LineSpacing::Exact(Length::pt(20.0))),
            ..ParagraphFormat::default()
        },
        paragraph_styles: vec![ParagraphStyle { id: "Normal".into(), ..ParagraphStyle::default() }],
        ..StyleSheet::default()
    };
    change(&mut sheet);
    let margin = Length::pt(20.0);
    let page = PageSetup {
        width: Length::pt(140.0),
        height: Length::pt(220.0),
        margin_top: margin,
        margin_bottom: margin,
        margin_left: margin,
        margin_right: margin,
        header_distance: Length::pt(5.0),
        footer_distance: Length::pt(5.0),
        ..PageSetup::default()
    };
    let section = Section { page, blocks, ..Section::default() };
    let (styles, info) = (Arc::new(sheet), Info::default());
    Document {
        info,
        styles,
        lists: Vec::new(),
        sections: vec![section],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    }
}

/// Sets a document in the test faces.
pub(super) fn set(document: &Document) -> Layout {
    set_with_notes(document, &TestFaces)
}

/// Sets blocks on the pages of [`document`].
pub(super) fn set_on_pages(blocks: Vec<Block>) -> Pages {
    set(&document(blocks, |_| ())).pages
}

/// A paragraph in the default style; `\n` and tabs in the text are breaks and tabs.
pub(super) fn paragraph(text: &str) -> Paragraph {
    Paragraph::text(ParagraphStyleId(0), text)
}

/// What the pages show, a line each: page, left edge, baseline, text.
pub(super) fn lines_of(pages: &Pages) -> Vec<String> {
    let mut lines: Vec<(usize, f32, f32, String)> = Vec::new();
    for (page, set) in pages.pages.iter().enumerate() {
        let mut right = f32::NAN;
        for item in &set.items {
            let Item::Text(run) = item else { continue };
            let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            match lines.last_mut() {
                Some(last) if last.0 == page && last.2 == run.baseline_pt && (right - run.x_pt).abs() < 0.01 => {
                    last.3 += &text
                }
                _ => lines.push((page, run.x_pt, run.baseline_pt, text)),
            }
            right = run.x_pt + run.glyphs.iter().map(|glyph| glyph.advance_pt).sum::<f32>();
        }
    }
    lines.iter().map(|(page, x, y, text)| format!("{}: {x:.1} {y:.1} {text}", page + 1)).collect()
}

/// A text measured at ten points.
pub(super) fn text_of(text: &str) -> Text {
    text_with(text, &Typography::default())
}

/// The signs of a text at ten points.
pub(super) fn signs_of(text: &str) -> Vec<Sign> {
    text_of(text).signs
}

/// The signs of a text at ten points in a document of the given typography.
pub(super) fn signs_with(text: &str, typography: &Typography) -> Vec<Sign> {
    text_with(text, typography).signs
}

fn text_with(text: &str, typography: &Typography) -> Text {
    let document = document(Vec::new(), |sheet| sheet.typography = typography.clone());
    let mut setter = Setter::new(&document, &TestFaces, 1);
    let paragraph = paragraph(text);
    let style = setter.style(paragraph.style);
    let format = ResolvedParagraph::default();
    let mut shaper = Shaper::new(&mut setter, &paragraph, &format, Default::default());
    shaper.run(&paragraph.runs[0], &style.character);
    shaper.finish(&style.character)
}
