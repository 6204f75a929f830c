//! Packages of Word around parts that the fuzzer makes up.

use super::{parts, xml};

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/word/endnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/></Types>"#;
const ROOT: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
/// The identifiers are those that most documents have: what a part that comes from one refers to is there.
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes" Target="endnotes.xml"/><Relationship Id="rId6" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/><Relationship Id="rId10" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme" Target="theme/theme1.xml"/><Relationship Id="rId11" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="http://a/{{学校名称}}" TargetMode="External"/><Relationship Id="rId12" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" Target="charts/chart1.xml"/></Relationships>"#;

const FIXED: &parts::Fixed = &[
    ("[Content_Types].xml", TYPES),
    ("_rels/.rels", ROOT),
    ("word/_rels/document.xml.rels", RELATIONS.as_bytes()),
    ("word/media/image1.png", include_bytes!("../../templates/照片.png")),
];
const PATHS: &[&str] = &[
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/footnotes.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/endnotes.xml",
    "word/theme/theme1.xml",
    "word/charts/chart1.xml",
];

/// A file of fuzzed parts, and what stands before them: the first byte says whether they are mended into well-formed
/// XML, then comes a piece that is no part.
pub fn file(data: &[u8]) -> (&[u8], Vec<u8>) {
    let (mend, mut pieces) = pieces(data);
    let first = pieces.next().unwrap_or_default();
    (first, parts::pack(FIXED, PATHS.iter().copied().zip(pieces.map(mend))))
}

/// What the file may put in: the piece after its parts, and a file of the same parts whose body is the piece after that.
#[allow(dead_code)]
pub fn put_in(data: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mend, pieces) = pieces(data);
    let mut parts: Vec<&[u8]> = pieces.skip(1).take(PATHS.len() + 2).collect();
    let (body, text) = (parts.get(PATHS.len() + 1).copied(), parts.get(PATHS.len()).copied());
    if let (Some(body), Some(own)) = (body, parts.first_mut()) {
        *own = body;
    }
    let word = parts::pack(FIXED, PATHS.iter().copied().zip(parts.into_iter().map(mend)));
    (text.unwrap_or_default().to_vec(), word)
}

fn pieces(data: &[u8]) -> (fn(&[u8]) -> Vec<u8>, impl Iterator<Item = &[u8]>) {
    let (as_it_is, data) = data.split_first().map_or((false, data), |(first, rest)| (*first == b'!', rest));
    (if as_it_is { <[u8]>::to_vec } else { xml::mended }, parts::split(data))
}
