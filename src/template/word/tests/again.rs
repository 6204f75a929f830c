//! A merged document that is a template once more: what the first merge put in stays as it is.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;

use super::super::testing::{docx, merge, p, part};

/// A merged document with one more paragraph at its end.
fn with(merged: &[u8], paragraph: &str) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(merged)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.rfind("</w:body>").unwrap();
            bytes = [&text[..at], paragraph, &text[at..]].concat().into_bytes();
        }
        to.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn pictures_and_charts_of_two_merges_stand_beside_each_other() {
    for tag in ["{{图片 “校徽.png”}}", "{{图表 党支部 分类=“支部名称” 数值=“党员队伍/党员总数=党员”}}"]
    {
        let once = merge(&docx(&p(tag), &[]), Some(0)).unwrap().0.bytes;
        let twice = merge(&with(&once, &p(tag)), Some(1)).unwrap().0.bytes;
        let relations = part(&twice, "word/_rels/document.xml.rels");
        let values = |name: &str| {
            relations.split(name).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let (ids, targets) = (values(" Id=\""), values(" Target=\""));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{relations}");
        let own: Vec<_> = targets.iter().filter(|target| target.contains("huibao")).collect();
        assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), 2, "{relations}");
        let first = own.first().unwrap().trim_start_matches('/');
        assert_eq!(part(&once, first), part(&twice, first));
    }
}
