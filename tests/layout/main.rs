//! Rules of lines, pages and fonts, each as golden text (tests/golden/layout): a line of text a line with its page, the
//! baseline from the paper's top, where it begins and ends from the left, in points, and what stands there. The source of
//! each rule is named above its test: GB/T is GB/T 9704-2012, CLREQ the W3C's requirements for Chinese text, Word what
//! docs/word-rules.md says of it. After a change: `UPDATE_GOLDEN=1 cargo test --test layout`, then read the difference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod lines;
mod pages;
#[path = "../project/mod.rs"]
mod project;
#[allow(dead_code, reason = "the tests of official documents use the rest")]
#[path = "../official/set.rs"]
mod set;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use huibao::layout::{Item, Page};

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
    let project = set::project(&format!("---\n样式：窄.toml\n---\n\n{body}\n"));
    project.write("窄.toml", style);
    let (_, layout, warnings) = set::set_report(&project);
    assert!(warnings.iter().all(|warning| !warning.is_error()), "{warnings:?}");
    let text: String = layout.pages.pages.iter().enumerate().map(|(at, page)| lines(at + 1, page)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/layout").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} (UPDATE_GOLDEN=1 writes it)", path.display());
    text
}

/// The lines of a page.
fn lines(number: usize, page: &Page) -> String {
    let mut lines: BTreeMap<i64, Vec<(f32, f32, String)>> = BTreeMap::new();
    for item in &page.items {
        let Item::Text(run) = item else { continue };
        let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
        let shown = run.glyphs.iter().map(|glyph| glyph.character).collect();
        let baseline = (f64::from(run.baseline_pt) * 10.0).round() as i64;
        lines.entry(baseline).or_default().push((run.x_pt, run.x_pt + width, shown));
    }
    let mut text = String::new();
    for (baseline, mut runs) in lines {
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (left, right) = (runs[0].0, runs[runs.len() - 1].1);
        let shown: String = runs.iter().map(|(_, _, shown)| shown.as_str()).collect();
        writeln!(text, "{number} y{:.1} x{left:.1}–{right:.1} {}", baseline as f64 / 10.0, shown.trim_end()).unwrap();
    }
    text
}

/// What stands on each line.
fn texts(golden: &str) -> Vec<&str> {
    golden.lines().filter_map(|line| line.splitn(4, ' ').nth(3)).collect()
}
