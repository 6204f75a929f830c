//! Any sheet, workbook, shared strings and styles in an xlsb package.
#![no_main]

mod parts;

use libfuzzer_sys::fuzz_target;

const FIXED: &parts::Fixed = &[
    ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
    (
        "xl/_rels/workbook.bin.rels",
        br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#,
    ),
];
const PATHS: &[&str] = &["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"];

fuzz_target!(init: parts::let_panics_pass(), |data: &[u8]| {
    parts::read("任意.xlsb", &parts::package(FIXED, PATHS, data));
});
