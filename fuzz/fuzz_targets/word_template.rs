//! Any parts of a Word file as a template, with any documents that it puts in, merged with any table; and what comes
//! out read as a document.
#![no_main]

mod city;
#[allow(dead_code)]
mod parts;
mod word;
mod xml;

use std::sync::Arc;

use huibao::template::{Coverage, Scope, WordTemplate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (branches, file) = word::file(data);
    let (dataset, project) = (city::dataset(branches), city::facts());
    let (text, word) = word::put_in(data);
    let library = Arc::new(city::Library { text, word });
    let template = WordTemplate::parse("任意.docx", &file).with_documents(library.clone());
    template.tags();
    template.columns(&dataset, Some(city::SCHOOLS), &project);
    template.check(&dataset, Some(city::SCHOOLS), &project);
    let scope = Scope { dataset: &dataset, project: &project, unit: Some((city::SCHOOLS, 0)), skipped: 0 };
    if let Ok((merged, _)) = template.merge_covered(scope, &city::Album, Some(&mut Coverage::default())) {
        template.values(&merged);
        let _ = huibao::docx::read("任意.docx", &merged.bytes);
    }
    let rows = WordTemplate::parse_for_rows("任意.docx", &file, "学校").with_documents(library);
    if let Ok((merged, _)) = rows.merge(Scope { unit: None, ..scope }, &city::Album) {
        let _ = huibao::docx::read("任意.docx", &merged.bytes);
    }
});
