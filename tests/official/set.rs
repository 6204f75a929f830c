//! Documents of the tests, and what stands on their pages as text to read.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use huibao::batch::{Choice, Plan};
use huibao::diagnostic::{Diagnostic, Language, Place};
use huibao::document::Document;
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::{Item, Layout, Page};

use crate::project::Project;

/// From the paper's edges to the type area of GB/T 9704-2012, in millimetres.
const LEFT: f32 = 28.0;
const TOP: f32 = 37.0;

const PROJECT: &str = "[project]\ntitle = \"公文\"\nyear = 2023\n\n[[table]]\nname = \"学校\"\nfrom = \"input/学校.xlsx\"\n\
    key = \"代码\"\n\n[[report]]\nname = \"公文\"\ntemplate = \"templates/公文.md\"\noutput = \"公文\"\n";

/// A project whose only report is a document of this template.
pub fn project(template: &str) -> Project {
    let project = Project::new();
    project.write("huibao.toml", PROJECT);
    project.write("templates/公文.md", template);
    project.write(
        "templates/名单.md",
        "---\n标题：不算\n---\n\n# 市直\n\n{{#each 学校}}{{名称}}{{#unless @last}}、{{/unless}}{{/each}}。\n",
    );
    project
}

/// A document set on pages, and its warnings.
pub fn set(template: &str) -> (Document, Layout, Vec<Diagnostic>) {
    set_report(&project(template))
}

/// The first report of a project set on pages, and its warnings.
pub fn set_report(project: &Project) -> (Document, Layout, Vec<Diagnostic>) {
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let (document, layout, mut warnings) = plan.on_pages(0, &fonts).unwrap();
    warnings.extend(problems);
    let folder = format!("{}/", project.path("").display()).replace("//", "/");
    for warning in &mut warnings {
        if let Place::Text { file, .. } | Place::File { file } = &mut warning.place {
            *file = file.replace(&folder, "");
        }
    }
    (document, layout, warnings)
}

/// Sets a document in the style `gongwen` and compares its pages with the golden text of a name.
pub fn golden(name: &str, front: &str, body: &str) -> Layout {
    let (_, layout, warnings) = set(&format!("---\n样式：official\n{front}---\n\n{body}"));
    let said: Vec<_> = warnings.iter().map(|warning| warning.to_text(Language::Chinese)).collect();
    let text = pages(&layout) + &said.iter().map(|line| format!("{line}\n")).collect::<String>();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/official").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{} (UPDATE_GOLDEN=1 writes it)", path.display());
    layout
}

fn mm(pt: f32) -> f32 {
    pt * 25.4 / 72.0
}

/// Something on a page: what it is, and where it stands from the type area's top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub left: f32,
    pub right: f32,
    /// The baseline of a text; where a rule stands.
    pub y: f32,
    pub size_pt: f32,
    /// Empty for a rule.
    pub text: String,
    pub color: String,
}

/// The lines of text and the rules of a page, from top to bottom.
pub fn placed(page: &Page) -> Vec<Placed> {
    let mut all: Vec<Placed> = Vec::new();
    for item in &page.items {
        match item {
            Item::Text(run) => {
                let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
                let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
                let (left, right) = (mm(run.x_pt) - LEFT, mm(run.x_pt + width) - LEFT);
                let y = mm(run.baseline_pt) - TOP;
                match all.last_mut() {
                    Some(last) if last.y == y && (last.right - left).abs() < 0.1 && !last.text.is_empty() => {
                        (last.right, last.text) = (right, last.text.clone() + &text);
                    }
                    _ => {
                        all.push(Placed { left, right, y, size_pt: run.size_pt, text, color: run.color.to_hex() });
                    }
                }
            }
            Item::Rule(rule) => all.push(Placed {
                left: mm(rule.from_pt.0) - LEFT,
                right: mm(rule.to_pt.0) - LEFT,
                y: mm(rule.from_pt.1) - TOP,
                size_pt: rule.width_pt,
                text: String::new(),
                color: rule.color.to_hex(),
            }),
            Item::Fill(_) | Item::Picture(_) | Item::Shape(_) => {}
        }
    }
    all.sort_by(|a, b| (a.y, a.left).partial_cmp(&(b.y, b.left)).unwrap());
    all
}

/// All pages as text.
pub fn pages(layout: &Layout) -> String {
    let mut text = String::new();
    for (at, page) in layout.pages.pages.iter().enumerate() {
        writeln!(text, "第{}页 {:.0}×{:.0}", at + 1, mm(page.width_pt), mm(page.height_pt)).unwrap();
        for Placed { left, right, y, size_pt, text: shown, color } in placed(page) {
            let color = if color == "000000" { String::new() } else { format!(" {color}") };
            match shown.as_str() {
                "" => writeln!(text, "  线 {left:.1}–{right:.1} y{y:.1} 粗{:.2}{color}", mm(size_pt)),
                shown => writeln!(text, "  {left:.1}–{right:.1} y{y:.1} {size_pt}磅{color} {shown}"),
            }
            .unwrap();
        }
    }
    text.replace("-0.0–", "0.0–")
}

/// The line of text on a page that begins so.
pub fn line<'a>(page: &'a [Placed], start: &str) -> &'a Placed {
    page.iter().find(|placed| placed.text.starts_with(start)).unwrap_or_else(|| panic!("no {start}: {page:#?}"))
}

/// Whether two distances in millimetres are alike.
pub fn near(found: f32, wanted: f32, within: f32) -> bool {
    (found - wanted).abs() <= within
}
