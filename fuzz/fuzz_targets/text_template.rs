//! Any text as a template (front matter, Markdown, tags), with any text that it puts in, merged with any table, written
//! as Word and PDF.
#![no_main]

mod city;
mod pages;
#[allow(dead_code)]
mod parts;

use std::sync::{Arc, OnceLock};

use huibao::diagnostic::Place;
use huibao::style::Style;
use huibao::template::{Coverage, Line, Scope, Template};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    static STYLE: OnceLock<Style> = OnceLock::new();
    let style = STYLE.get_or_init(|| Style::carried("gongwen").expect("carried"));
    let mut pieces = parts::split(data);
    let (branches, source) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let (dataset, project) = (city::dataset(branches), city::facts());
    let source = String::from_utf8_lossy(source);
    let library = city::Library { text: pieces.next().unwrap_or_default().to_vec(), word: Vec::new() };
    let template = Template::parse("任意.md", &source).with_documents(Arc::new(library));
    template.tags();
    template.columns(&dataset, Some(city::SCHOOLS), &project);
    template.check(&dataset, Some(city::SCHOOLS), &project);
    let scope = Scope { dataset: &dataset, project: &project, unit: Some((city::SCHOOLS, 0)), skipped: 0 };
    if let Ok((document, _)) = template.merge_covered(scope, style, &city::Album, Some(&mut Coverage::default())) {
        let _ = huibao::docx::write(&document);
        pages::make(&document);
    }
    let _ = template.merge(Scope { unit: None, ..scope }, style, &city::Album);
    let _ = Line::parse(&Place::Run, source.lines().next().unwrap_or_default()).fill(scope);
});
