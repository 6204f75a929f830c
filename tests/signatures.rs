//! Signatures of persons below the text, as pictures over it (GB/T 9704-2012, 7.3.5.3).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod project;

use std::fs;
use std::io::Cursor;

use huibao::batch::{Choice, Plan};
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::{Item, PlacedPicture};
use image::{ImageFormat, Rgb, RgbImage};
use project::Project;

/// From the edge of the paper to that of the text, and a character and a line of 公文, in points.
const LEFT: f32 = 28.0 / 25.4 * 72.0;
const WIDTH: f32 = 156.0 / 25.4 * 72.0;
const CHARACTER: f32 = WIDTH / 28.0;
const LINE: f32 = 28.95;

/// A signature on paper that is not quite white, as a telephone takes it.
fn signature(width: u32, height: u32) -> Vec<u8> {
    let ink = |x: u32, y: u32| x > 4 && y > 4 && (x * height / width).abs_diff(y) < 3;
    let picture =
        RgbImage::from_fn(width, height, |x, y| if ink(x, y) { Rgb([20, 20, 30]) } else { Rgb([228, 226, 220]) });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

struct Page {
    pictures: Vec<PlacedPicture>,
    /// Each character with its left edge and its baseline.
    signs: Vec<(char, f32, f32)>,
}

impl Page {
    fn at(&self, wanted: char) -> (f32, f32) {
        let found = self.signs.iter().rev().find(|(sign, ..)| *sign == wanted);
        found.map(|(_, x, y)| (*x, *y)).unwrap_or_else(|| panic!("{wanted}"))
    }
}

fn set(front: &str) -> Page {
    let project = Project::new();
    project.write(
        "huibao.toml",
        "[project]\ntitle = \"通知\"\n\n[[table]]\nname = \"学校\"\nfrom = \"input/学校.csv\"\n\n[[report]]\nname = \"r\"\ntemplate = \"r.md\"\noutput = \"r\"\n",
    );
    project.write("input/学校.csv", "名称\n甲\n");
    project.write("r.md", &format!("---\n标题：关于报送材料的通知\n样式：gongwen\n{front}---\n\n请按时报送。\n"));
    fs::write(project.path("甲.png"), signature(300, 100)).unwrap();
    fs::write(project.path("乙.png"), signature(100, 100)).unwrap();
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let (_, layout, warnings) = plan.on_pages(0, &fonts).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let (mut pictures, mut signs) = (Vec::new(), Vec::new());
    for item in layout.pages.pages.into_iter().next().unwrap().items {
        match item {
            Item::Picture(picture) => pictures.push(*picture),
            Item::Text(run) => {
                let mut x = run.x_pt;
                for glyph in &run.glyphs {
                    signs.push((glyph.character, x, run.baseline_pt));
                    x += glyph.advance_pt;
                }
            }
            _ => {}
        }
    }
    Page { pictures, signs }
}

#[test]
fn gbt9704_7_3_5_3_post_signature_and_date() {
    let page = set("签名章：甲.png\n职务：局长\n日期：2024年1月15日\n");
    let [signature] = page.pictures.as_slice() else { panic!("{}", page.pictures.len()) };
    let right = LEFT + WIDTH - 4.0 * CHARACTER;
    assert!(
        (signature.x_pt + signature.width_pt - right).abs() < 0.5,
        "four characters from the edge: {}",
        signature.x_pt
    );
    assert!((signature.width_pt - 113.4).abs() < 0.5, "40 mm wide: {}", signature.width_pt);
    let (post, baseline) = page.at('长');
    assert!(
        (post + 3.0 * CHARACTER - signature.x_pt).abs() < 1.0,
        "two characters left of it: {post} {}",
        signature.x_pt
    );
    let middle = signature.y_pt + signature.height_pt / 2.0;
    assert!((baseline - middle).abs() < LINE / 2.0, "level with its middle: {baseline} {middle}");
    let text = page.signs.iter().find(|(sign, ..)| *sign == '请').unwrap().2;
    assert!((baseline - text - 3.0 * LINE).abs() < 1.0, "two lines below the text: {text} {baseline}");
    let (day, date) = page.at('日');
    assert!((date - baseline - 2.0 * LINE).abs() < 1.0 && (day + CHARACTER - right).abs() < 1.0, "{day} {date}");
}

#[test]
fn signatures_of_several_stand_below_each_other_and_their_paper_is_clear() {
    let page = set("署名：甲局\n签名章：甲.png、乙.png\n职务：局长、书记\n日期：2024年1月15日\n");
    let [first, second] = page.pictures.as_slice() else { panic!("{}", page.pictures.len()) };
    assert!((page.at('记').1 - page.at('长').1 - 2.0 * LINE).abs() < 1.0);
    assert!((first.x_pt + first.width_pt - second.x_pt - second.width_pt).abs() < 0.5, "both end at one place");
    let pixels = image::load_from_memory(&first.image.bytes).unwrap().to_rgba8();
    assert_eq!(pixels.get_pixel(1, 60).0[3], 0, "paper");
    let drawn = pixels.pixels().filter(|pixel| pixel.0[3] > 200).count();
    assert!((300..4000).contains(&drawn), "{drawn} pixels of ink");
}
