//! Rules of lines, pages, tables, contents and faces, each as golden text (tests/golden/layout): a line of text a line with
//! its page, the baseline from the paper's top, where it begins and ends from the left, in points, and what stands there;
//! rules, colours and pictures likewise. docs/typography.md lists the rules with their tests. The source of
//! each rule is named above its test: GB/T is GB/T 9704-2012, CLREQ the W3C's requirements for Chinese text, Word what
//! docs/word-rules.md says of it. After a change: `UPDATE_GOLDEN=1 cargo test --test layout`, then read the difference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod contents;
mod faces;
mod lines;
mod pages;
#[path = "../project/mod.rs"]
mod project;
#[allow(dead_code, reason = "the tests of official documents use the rest")]
#[path = "../official/set.rs"]
mod set;
mod switches;
mod tables;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use huibao::document::Document;
use huibao::layout::{Item, Layout, Page};

/// Lines of ten characters of 12 pt, from 100 pt on; a page has room for eight lines.
const NARROW: &str = "based_on = \"plain\"\n\n[page]\nmargin_left = \"100pt\"\nmargin_right = \"375.2pt\"\n\
    margin_top = \"100pt\"\nmargin_bottom = \"581.8pt\"\nheader_distance = \"20pt\"\nfooter_distance = \"20pt\"\n\n\
    [normal]\nsize = \"12pt\"\nline_pitch = \"20pt\"\n\n[footer]\ntext = \"\"\n\n[body]\n";

/// Sets a text in narrow lines without indents, `style` added to the style's body, and compares with the golden text.
fn golden(name: &str, style: &str, body: &str) -> String {
    set_in(name, &format!("{NARROW}first_line = 0\n{style}"), body)
}

/// Sets a text in a style and compares its lines with the golden text of a name.
fn set_in(name: &str, style: &str, body: &str) -> String {
    set_report_in(name, style, "", body).0
}

/// Sets a report with a front matter in a style; its lines, compared with the golden text of a name, and what it is.
fn set_report_in(name: &str, style: &str, front: &str, body: &str) -> (String, Document, Layout) {
    let project = set::project(&format!("---\n样式：窄.toml\n{front}---\n\n{body}\n"));
    project.write("窄.toml", style);
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/照片.png"), project.path("照片.png")).unwrap();
    let (document, layout, warnings) = set::set_report(&project);
    assert!(warnings.iter().all(|warning| !warning.is_error()), "{warnings:?}");
    let text: String = layout.pages.pages.iter().enumerate().map(|(at, page)| lines(at + 1, page)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/layout").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} (UPDATE_GOLDEN=1 writes it)", path.display());
    (text, document, layout)
}

/// What stands farther apart than this, in points, is another cell, or a number behind leaders.
const GAP: f32 = 5.0;

/// The lines of a page, and what else is drawn on it, from top to bottom.
fn lines(number: usize, page: &Page) -> String {
    let mut lines: BTreeMap<i64, Vec<(f32, f32, String)>> = BTreeMap::new();
    let mut drawn = Vec::new();
    for item in &page.items {
        let Item::Text(run) = item else {
            drawn.extend(drawing(item));
            continue;
        };
        let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
        let shown = run.glyphs.iter().map(|glyph| glyph.character).collect();
        let baseline = (f64::from(run.baseline_pt) * 10.0).round() as i64;
        lines.entry(baseline).or_default().push((run.x_pt, run.x_pt + width, shown));
    }
    let mut found = Vec::new();
    for (baseline, mut runs) in lines {
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let y = baseline as f32 / 10.0;
        for piece in runs.chunk_by(|one, next| next.0 - one.1 < GAP) {
            let (left, right) = (piece[0].0, piece[piece.len() - 1].1);
            let shown: String = piece.iter().map(|(_, _, shown)| shown.as_str()).collect();
            found.push((y, left, format!("y{y:.1} x{left:.1}–{right:.1} {}", shown.trim_end())));
        }
    }
    found.extend(drawn);
    found.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap());
    found.into_iter().fold(String::new(), |mut text, (_, _, line)| {
        writeln!(text, "{number} {line}").unwrap();
        text
    })
}

/// Where something that is no text begins, and its line.
fn drawing(item: &Item) -> Option<(f32, f32, String)> {
    let found = match item {
        Item::Text(_) => return None,
        Item::Rule(rule) => {
            let ((left, top), (right, bottom)) = (rule.from_pt, rule.to_pt);
            let width = rule.width_pt;
            let across = if top == bottom {
                format!("y{top:.1} x{left:.1}–{right:.1}")
            } else {
                format!("y{top:.1}–{bottom:.1} x{left:.1}")
            };
            (top, left, format!("{across} rule {width:.2}"))
        }
        Item::Fill(fill) => {
            (fill.y_pt, fill.x_pt, boxed(fill.x_pt, fill.y_pt, fill.width_pt, fill.height_pt, &fill.color.to_hex()))
        }
        Item::Picture(one) => (one.y_pt, one.x_pt, boxed(one.x_pt, one.y_pt, one.width_pt, one.height_pt, "picture")),
        Item::Shape(shape) => {
            let of = |axis: fn(&(f32, f32)) -> f32| {
                let ends = shape.points.iter().map(axis);
                ends.fold((f32::MAX, f32::MIN), |(least, most), at| (least.min(at), most.max(at)))
            };
            let ((left, right), (top, bottom)) = (of(|point| point.0), of(|point| point.1));
            (top, left, boxed(left, top, right - left, bottom - top, "shape"))
        }
    };
    Some(found)
}

fn boxed(left: f32, top: f32, width: f32, height: f32, what: &str) -> String {
    format!("y{top:.1}–{:.1} x{left:.1}–{:.1} {what}", top + height, left + width)
}

/// What stands on each line of text.
fn texts(golden: &str) -> Vec<&str> {
    let of_text =
        |line: &&str| !line.split(' ').nth(3).is_some_and(|what| ["rule", "picture", "shape"].contains(&what));
    golden.lines().filter(of_text).filter_map(|line| line.splitn(4, ' ').nth(3)).collect()
}

/// Where on its page the line of text stands that begins so: its baseline, its left and its right end.
fn place(golden: &str, start: &str) -> (usize, f32, f32, f32) {
    let line = golden.lines().find(|line| line.splitn(4, ' ').nth(3).is_some_and(|text| text.starts_with(start)));
    let line = line.unwrap_or_else(|| panic!("no {start} in\n{golden}"));
    let mut words = line.split(' ');
    let mut number = |sign: &str| words.next().unwrap().trim_start_matches(sign).to_owned();
    let (page, baseline, across) = (number(""), number("y"), number("x"));
    let (left, right) = across.split_once('–').unwrap();
    (page.parse().unwrap(), baseline.parse().unwrap(), left.parse().unwrap(), right.parse().unwrap())
}
