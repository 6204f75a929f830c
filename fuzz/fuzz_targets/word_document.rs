//! Any parts of a Word file, read, set on pages and written as PDF.
#![no_main]

mod pages;
#[allow(dead_code)]
mod parts;
mod word;
mod xml;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok((document, _)) = huibao::docx::read("任意.docx", &word::file(data).1) {
        pages::make(&document);
    }
});
