//! Any bytes as a picture of a report, scaled down and as it is, and as one in a Word file; all written as PDF.
#![no_main]

mod pages;
#[allow(dead_code)]
mod parts;

use std::sync::Arc;

use huibao::document::{Block, Content, Image, Length};
use huibao::picture::{self, Print};
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &[u8] = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>"#;
const FIXED: &parts::Fixed = &[
    (
        "[Content_Types].xml",
        br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/></Types>"#,
    ),
    (
        "word/_rels/document.xml.rels",
        br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>"#,
    ),
    ("word/document.xml", DOCUMENT),
];

fn file(picture: &[u8]) -> Vec<u8> {
    parts::pack(FIXED, [("word/media/image1.png", picture.to_vec())])
}

/// Writes a document that shows a picture.
fn show(image: Arc<Image>) {
    let (mut document, _) = huibao::docx::read("任意.docx", &file(&image.bytes)).expect("sound");
    let blocks = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
    for block in blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        for run in &mut paragraph.runs {
            if let Content::Picture(picture) = &mut run.content {
                picture.image = Arc::clone(&image);
            }
        }
    }
    pages::make(&document);
}

fuzz_target!(|data: &[u8]| {
    for dots in [0, 72] {
        let print = Print { width: Some(Length::mm(20.0)), room: Length::mm(100.0), dots, ..Print::default() };
        if let Ok(image) = picture::read(data.to_vec(), &print) {
            show(Arc::new(image));
        }
    }
    if let Ok((document, _)) = huibao::docx::read("任意.docx", &file(data)) {
        pages::make(&document);
    }
});
