//! Whole files, read back.

pub(super) mod font;
mod judges;
mod reading;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::font::TestFont;
use self::reading::File;
use super::face::FaceFile;
use super::share::Share;
use crate::diagnostic::Diagnostic;
use crate::document::{Color, Crop, Image, ImageFormat, Info};
use crate::font::FaceId;
use crate::layout::{
    Element, ElementId, Fill, Item, OutlineEntry, Page, Pages, PlacedGlyph, PlacedPicture, Role, Rule, Structure,
    TextRun,
};
use crate::pieces::Pieces;

/// Characters of the test faces: Chinese ones with TrueType outlines, Latin ones with CFF.
const CHINESE: &str = "党支部共有名员总结\u{2F00}一，。\u{20000}　";
const LATIN: &str = "0123456789 \u{a0}PDF";

/// Faces 0 and 1, and what a run shares.
struct Press {
    fonts: [TestFont; 2],
    share: Share,
}

impl Press {
    fn new() -> Self {
        let fonts = [TestFont::truetype("TestSong", CHINESE, 1000), TestFont::cff("TestLatin", LATIN, 500)];
        Self { fonts, share: Share::default() }
    }

    fn write(&self, pages: &Pages, info: &Info) -> Result<Vec<u8>, Diagnostic> {
        let open = |id: FaceId| {
            let font = &self.fonts[usize::from(id.0)];
            FaceFile { data: &font.file, index: 0, name: font.name }
        };
        super::file::write(pages.clone(), info, &open, &self.share).map(Pieces::into_vec)
    }

    /// A run of text; `gap_em` is added to every advance.
    fn run(&self, face: u16, text: &str, (x, baseline): (f32, f32), gap_em: f32) -> TextRun {
        let font = &self.fonts[usize::from(face)];
        let size_pt = 16.0;
        let advance_pt = (font.advance_em() + gap_em) * size_pt;
        let glyph = |character| PlacedGlyph { id: font.glyph(character), character, advance_pt };
        TextRun {
            face: FaceId(face),
            size_pt,
            x_pt: x,
            baseline_pt: baseline,
            color: Color::BLACK,
            synthetic_bold: false,
            synthetic_italic: false,
            stretch: 1.0,
            turned: false,
            slope: 0.0,
            element: None,
            glyphs: text.chars().map(glyph).collect(),
        }
    }
}

/// The end of a run.
fn end(run: &TextRun) -> f32 {
    run.x_pt + run.glyphs.iter().map(|glyph| glyph.advance_pt).sum::<f32>()
}

fn page(items: Vec<Item>) -> Page {
    Page { width_pt: 595.3, height_pt: 841.9, items, links: Vec::new() }
}

fn one_page(items: Vec<Item>) -> Pages {
    Pages { pages: vec![page(items)], ..Pages::default() }
}

fn heading(level: u8, title: &str, page: usize) -> OutlineEntry {
    OutlineEntry { level, title: title.into(), page, y_pt: 100.0 }
}

/// A page with something of everything.
fn varied(press: &Press) -> Pages {
    let chinese = press.run(0, "党支部共有", (72.0, 100.0), 0.03);
    let mut chinese_size = press.run(1, "25", (end(&chinese), 100.0), 0.0);
    chinese_size.glyphs[1].advance_pt += 4.0;
    let rest = press.run(0, "名党员，总结。", (end(&chinese_size), 100.0), 0.03);
    let bold = TextRun { synthetic_bold: true, ..press.run(0, "总结", (72.0, 140.0), 0.0) };
    let red = Color { red: 200, green: 0, blue: 0 };
    let italic = TextRun { synthetic_italic: true, color: red, ..press.run(1, "PDF", (72.0, 180.0), 0.0) };
    let fill = Fill { x_pt: 72.0, y_pt: 200.0, width_pt: 100.0, height_pt: 20.0, color: red };
    let rule = Rule {
        from_pt: (72.0, 230.0),
        to_pt: (300.0, 230.0),
        width_pt: 0.5,
        dash_pt: vec![3.0, 1.5],
        color: Color::BLACK,
    };
    let text = [chinese, chinese_size, rest, bold, italic].map(Item::Text);
    let items = text.into_iter().chain([Item::Fill(fill), Item::Rule(rule)]).collect();
    let outline = vec![heading(0, "总结", 0), heading(1, "一、党员", 0), heading(0, "二", 1)];
    let pages = vec![page(items), page(vec![Item::Text(press.run(0, "结", (72.0, 100.0), 0.0))])];
    Pages { pages, outline, ..Pages::default() }
}

fn info() -> Info {
    Info {
        title: "年度党建总结".into(),
        author: "XX市教育系统".into(),
        language: "zh-CN".into(),
        date: Some("2023-12-31".into()),
        ..Info::default()
    }
}

#[test]
fn equal_pages_give_equal_bytes_from_all_threads() {
    let press = Press::new();
    let pages = varied(&press);
    let first = Press::new().write(&pages, &info()).unwrap();
    let all: Vec<_> = (0..16).into_par_iter().map(|_| press.write(&pages, &info()).unwrap()).collect();
    assert!(all.iter().all(|bytes| *bytes == first));
}

#[test]
fn the_identifier_is_the_content_s() {
    let press = Press::new();
    let id = |pages: &Pages, info: &Info| File::read(&press.write(pages, info).unwrap()).identifier();
    let pages = varied(&press);
    assert_eq!(id(&pages, &info()), id(&pages, &info()));
    assert_ne!(id(&pages, &info()), vec![0; 16]);
    let retitled = Info { title: "另一份总结".into(), ..info() };
    assert_ne!(id(&pages, &info()), id(&pages, &retitled));
}

#[test]
fn the_outline_nests_by_level_even_where_levels_are_skipped() {
    let press = Press::new();
    let mut pages = varied(&press);
    pages.outline = vec![
        heading(1, "前言", 0),
        heading(0, "一、总结", 0),
        heading(2, "1. 党员", 0),
        heading(1, "（二）支部", 1),
        heading(1, "（三）名", 1),
        heading(0, "二、共有", 9),
    ];
    let file = File::read(&press.write(&pages, &info()).unwrap());
    assert_eq!(file.outline(), ["前言", "一、总结", "  1. 党员", "  （二）支部", "  （三）名", "二、共有"]);
}

#[test]
fn the_file_says_what_it_is() {
    let press = Press::new();
    let file = File::read(&press.write(&varied(&press), &info()).unwrap());
    assert_eq!(file.catalog_text(b"Lang"), "zh-CN");
    assert_eq!(file.information(b"Title"), "年度党建总结");
    assert_eq!(file.information(b"Author"), "XX市教育系统");
    assert_eq!(file.information(b"CreationDate"), "D:20231231");
    assert!(file.metadata().contains("年度党建总结"));
    assert!(file.shows_title());
}

#[test]
fn the_structure_says_what_the_text_is() {
    let press = Press::new();
    let part = |text: &str, y: f32, element: Option<u32>| {
        let run = press.run(0, text, (72.0, y), 0.0);
        Item::Text(TextRun { element: element.map(ElementId), ..run })
    };
    let element = |role, parent: Option<u32>| Element { role, parent: parent.map(ElementId) };
    let elements = vec![
        element(Role::Heading(1), None),
        element(Role::Table(String::new()), None),
        element(Role::Row, Some(1)),
        element(Role::HeaderCell(1, 1), Some(2)),
        element(Role::Cell(1, 2), Some(2)),
        element(Role::Paragraph, None),
        element(Role::Note, None),
        element(Role::Paragraph, Some(6)),
        element(Role::List, None),
    ];
    let first = vec![
        part("总结", 100.0, Some(0)),
        part("党", 120.0, Some(3)),
        part("员", 140.0, Some(5)),
        part("一", 800.0, None),
    ];
    let second = vec![part("名", 100.0, Some(5)), part("共", 700.0, Some(7))];
    let pages = Pages { pages: vec![page(first), page(second)], structure: Structure { elements }, ..Pages::default() };
    let file = File::read(&press.write(&pages, &info()).unwrap());
    let expected = [
        "Document",
        "  H1",
        "    0",
        "  Table",
        "    TR",
        "      TH",
        "        1",
        "      TD",
        "  P",
        "    2",
        "    on another page, or an annotation",
        "  Note",
        "    P",
        "      1",
    ];
    assert_eq!(file.structure(), expected, "the empty cell is there, the empty list is not");
    assert!(file.content(0).contains("/Artifact BMC"), "the page's number belongs to no element");
}

#[test]
fn one_glyph_with_two_characters_keeps_both() {
    let press = Press::new();
    let mut run = press.run(0, "一一一", (72.0, 100.0), 0.0);
    run.glyphs[1].character = '\u{2F00}';
    let file = File::read(&press.write(&one_page(vec![Item::Text(run)]), &info()).unwrap());
    let texts: BTreeMap<_, _> = file.fonts().into_iter().map(|(name, font)| (name, file.to_unicode(&font))).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts["F0"].contains("<0001><2F00>"));
    assert!(texts["F0.1"].contains("<0001><4E00>"));
    assert_eq!(file.font_programs(), 1, "both readings share the program");
}

#[test]
fn a_line_of_several_runs_is_one_sweep() {
    let press = Press::new();
    let file = File::read(&press.write(&varied(&press), &info()).unwrap());
    let content = file.content(0);
    let count = |operator: &str| content.lines().filter(|line| line.ends_with(operator)).count();
    assert_eq!(count(" Tm"), 3, "{content}");
    assert_eq!(count("BT"), 1, "{content}");
}

#[test]
fn glyphs_stand_where_layout_wants_them() {
    let press = Press::new();
    let run = press.run(0, &"党".repeat(60), (72.0, 100.0), 0.0137);
    let expected: Vec<f32> =
        run.glyphs.iter().scan(72.0, |x, glyph| Some(std::mem::replace(x, *x + glyph.advance_pt))).collect();
    let file = File::read(&press.write(&one_page(vec![Item::Text(run)]), &info()).unwrap());
    let content = file.content(0);
    assert_eq!(
        (content.matches(" Tc").count(), content.matches(")Tj").count()),
        (1, 1),
        "equal gaps are said once: {content}"
    );
    let places = file.glyph_places(0, 16.0, 1000.0);
    assert_eq!(places.len(), 60);
    for (place, expected) in places.iter().zip(&expected) {
        assert!((place - expected).abs() < 0.01, "{place} is not {expected}");
    }
}

#[test]
fn a_wide_gap_is_no_space_and_a_space_is_one() {
    let press = Press::new();
    let marked = |run: TextRun| {
        let file = File::read(&press.write(&one_page(vec![Item::Text(run)]), &info()).unwrap());
        file.content(0).contains("/ActualText")
    };
    assert!(marked(press.run(0, "党员", (72.0, 100.0), 0.3)));
    assert!(!marked(press.run(0, "党员", (72.0, 100.0), 0.05)));
    assert!(!marked(press.run(0, "党　员", (72.0, 100.0), 0.3)));
    assert!(!marked(press.run(0, "党", (72.0, 100.0), 0.3)), "nothing follows");
}

#[test]
fn a_picture_shown_twice_is_in_the_file_once() {
    let press = Press::new();
    let gif = |format, bytes: &[u8]| {
        Arc::new(Image { format, bytes: bytes.to_vec().into(), width_px: 1, height_px: 1, drawing: None })
    };
    let placed = |image: &Arc<Image>| {
        let description = "校徽".to_owned();
        let image = Arc::clone(image);
        let (x_pt, y_pt, width_pt, height_pt, element) = (72.0, 72.0, 20.0, 20.0, None);
        Item::Picture(Box::new(PlacedPicture {
            x_pt,
            y_pt,
            width_pt,
            height_pt,
            image,
            crop: Crop::NONE,
            description,
            element,
        }))
    };
    let png = super::png::tests::GRAY_DOT;
    let (one, same) = (gif(ImageFormat::Png, png), gif(ImageFormat::Png, png));
    let pages = one_page(vec![placed(&one), placed(&one), placed(&same)]);
    let file = File::read(&press.write(&pages, &info()).unwrap());
    assert_eq!(file.pictures(), 1);
    assert_eq!(file.content(0).matches("/P0 Do").count(), 3);

    let broken = gif(ImageFormat::Jpeg, b"GIF89a");
    let problem = press.write(&one_page(vec![placed(&broken)]), &info()).unwrap_err();
    assert_eq!(problem.code, "pdf.picture-unreadable");
    assert_eq!(problem.message.zh, "图片“校徽”无法放入 PDF：内容与文件格式不符");
}

#[test]
fn a_face_that_is_no_font_is_a_problem() {
    let mut press = Press::new();
    press.fonts[0].file.truncate(40);
    let problem = press.write(&varied(&press), &info()).unwrap_err();
    assert_eq!(problem.code, "pdf.face-unreadable");
}

#[test]
fn numbers_that_are_none_do_not_reach_the_file() {
    let press = Press::new();
    let mut run = press.run(0, "党员总结", (f32::NAN, f32::INFINITY), 0.0);
    run.glyphs[1].advance_pt = f32::NEG_INFINITY;
    let rule = Rule {
        from_pt: (f32::NAN, 1e30),
        to_pt: (-1e30, f32::INFINITY),
        width_pt: -1.0,
        dash_pt: vec![0.0],
        color: Color::BLACK,
    };
    let flat = TextRun { size_pt: 0.0, ..press.run(0, "党", (72.0, 100.0), 0.0) };
    let file = File::read(
        &press.write(&one_page(vec![Item::Text(run), Item::Text(flat), Item::Rule(rule)]), &info()).unwrap(),
    );
    let content = file.content(0);
    assert!(
        !content.contains("NaN") && !content.contains("inf") && !content.contains("TJ") && !content.contains("Tj"),
        "{content}"
    );
}
