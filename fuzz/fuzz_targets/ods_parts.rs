//! Any content in an ods package.
#![no_main]

mod parts;

use libfuzzer_sys::fuzz_target;

const FIXED: &parts::Fixed = &[
    ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    (
        "META-INF/manifest.xml",
        br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#,
    ),
];

fuzz_target!(init: parts::let_panics_pass(), |data: &[u8]| {
    parts::read("任意.ods", &parts::package(FIXED, &["content.xml"], data));
});
