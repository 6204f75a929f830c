//! Small documents for tests, merged with the city of the other tests.

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;

use super::{WordDocument, WordTemplate};
use crate::diagnostic::{Diagnostic, Language, Place, Words};
use crate::document::{Image, ImageFormat};
use crate::picture::Print;
use crate::template::testing::{SCHOOLS, city, project};
use crate::template::{Documents, PictureSource, Pictures, Scope};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";

/// A document of a body and further parts below `word/`.
pub(super) fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut types = String::from(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    );
    for (path, _) in parts.iter().filter(|(path, _)| !path.ends_with(".rels")) {
        let kind = path.trim_end_matches(".xml").trim_end_matches(char::is_numeric);
        let content_type = match kind {
            "core" => "application/vnd.openxmlformats-package.core-properties+xml".into(),
            kind => format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"),
        };
        types += &format!("<Override PartName=\"/word/{path}\" ContentType=\"{content_type}\"/>");
    }
    types += "</Types>";
    let body =
        if body.starts_with("<w:body") { body.to_owned() } else { format!("<w:body>{body}<w:sectPr/></w:body>") };
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), types),
        ("word/document.xml".to_owned(), format!("<w:document {WORD}>{body}</w:document>")),
    ];
    for (path, xml) in parts {
        if path.ends_with(".rels") {
            files.push((format!("word/{path}"), (*xml).to_owned()));
            continue;
        }
        files.push((format!("word/{path}"), xml.replacen('>', &format!(" {WORD}>"), 1)));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The text of a part.
pub(super) fn part(docx: &[u8], path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

pub(super) struct Album;

impl Pictures for Album {
    fn picture(&self, source: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        let path = match source {
            PictureSource::File { path, .. } => path,
            PictureSource::Part { part, .. } => part,
        };
        if path != "校徽.png" {
            let words = Words::new(format!("没有图片 {path}"), format!("no picture {path}"));
            return Err(Diagnostic::error("test.picture", named_at.clone(), words));
        }
        Ok(Arc::new(Image {
            format: ImageFormat::Png,
            bytes: b"png".to_vec().into(),
            width_px: 200,
            height_px: 100,
            drawing: None,
        }))
    }
}

/// Documents that can be put in, by their paths.
#[derive(Debug)]
pub(super) struct Folder(pub(super) Vec<(&'static str, Vec<u8>)>);

impl Documents for Folder {
    fn document(&self, _: &str, path: &str, named_at: &Place) -> Result<(String, Vec<u8>), Diagnostic> {
        match self.0.iter().find(|(name, _)| *name == path) {
            Some((_, bytes)) => Ok((path.to_owned(), bytes.clone())),
            None => {
                let words = Words::new(format!("没有文件 {path}"), format!("no file {path}"));
                Err(Diagnostic::error("test.document", named_at.clone(), words))
            }
        }
    }
}

/// Merges a document that puts others in, for a school or the whole city.
pub(super) fn merge_with(
    docx: &[u8],
    folder: Vec<(&'static str, Vec<u8>)>,
    school: Option<u32>,
) -> Result<Vec<u8>, Vec<String>> {
    let (dataset, project) = (city(), project());
    let scope = Scope { dataset: &dataset, project: &project, unit: school.map(|row| (SCHOOLS, row)), skipped: 0 };
    let template = WordTemplate::parse("表.docx", docx).with_documents(Arc::new(Folder(folder)));
    let found = template.check(&dataset, school.map(|_| SCHOOLS), &project);
    if !found.is_empty() {
        return Err(texts(&found));
    }
    template.merge(scope, &Album).map(|(document, _)| document.bytes.to_vec()).map_err(|found| texts(&found))
}

/// Merges a document for a school (by its row), or for the whole city.
pub(super) fn merge(docx: &[u8], school: Option<u32>) -> Result<(WordDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (dataset, project) = (city(), project());
    let scope = Scope { dataset: &dataset, project: &project, unit: school.map(|row| (SCHOOLS, row)), skipped: 0 };
    WordTemplate::parse("表.docx", docx).merge(scope, &Album)
}

/// Merges a document for all branches of the city together.
pub(super) fn merge_rows(docx: &[u8]) -> WordDocument {
    let (dataset, project) = (city(), project());
    let scope = Scope { dataset: &dataset, project: &project, unit: None, skipped: 0 };
    WordTemplate::parse_for_rows("表.docx", docx, "党支部").merge(scope, &Album).unwrap().0
}

/// The body of a document merged without a problem.
pub(super) fn body(body: &str, school: Option<u32>) -> String {
    body_of(&docx(body, &[]), school)
}

/// The body of a merged document, its last section left out.
pub(super) fn body_of(docx: &[u8], school: Option<u32>) -> String {
    let (document, problems) = merge(docx, school).unwrap();
    assert_eq!(texts(&problems), [""; 0]);
    let xml = part(&document.bytes, "word/document.xml");
    let body = xml.split_once("<w:body>").unwrap().1;
    body.split_once("<w:sectPr/></w:body>").map_or(body, |(body, _)| body).to_owned()
}

/// All that is wrong with a document's tags for a school.
pub(super) fn problems(docx: &[u8]) -> Vec<String> {
    texts(&WordTemplate::parse("表.docx", docx).check(&city(), Some(SCHOOLS), &project()))
}

fn texts(problems: &[Diagnostic]) -> Vec<String> {
    problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect()
}

/// A paragraph of one run.
pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A row of cells of one paragraph each.
pub(super) fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", p(text))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// The texts of a document: paragraphs as lines, cells parted by `|`, rows ended by `‖`.
pub(super) fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let end = rest[at..].find('>').unwrap() + at;
        match &rest[at + 1..end] {
            "/w:p" => text.push('\n'),
            "/w:tc" => {
                text.truncate(text.trim_end_matches('\n').len());
                text.push('|');
            }
            "/w:tr" => text.push('‖'),
            "w:br/" => text.push('↵'),
            "w:tab/" => text.push('→'),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    text
}
