//! Any bytes as a Word file: as a template, and as a document.
#![no_main]

#[allow(dead_code)]
mod city;

use huibao::template::{Scope, WordTemplate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (dataset, project) = (city::dataset(b""), city::facts());
    let scope = Scope { dataset: &dataset, project: &project, unit: Some((city::SCHOOLS, 0)), skipped: 0 };
    if let Ok((merged, _)) = WordTemplate::parse("任意.docx", data).merge(scope, &city::Album) {
        let _ = huibao::docx::read("任意.docx", &merged.bytes);
    }
    let _ = huibao::docx::read("任意.docx", data);
});
