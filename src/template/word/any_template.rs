//! Whatever stands in a template: no panic, and what comes out is XML as Word has it.

use proptest::prelude::*;

use super::WordTemplate;
use super::testing::{Album, docx, part};
use super::tree::{Id, Tree};
use crate::template::Scope;
use crate::template::testing::{SCHOOLS, city, project};

/// Tags that mean something wherever they stand; blocks come whole, so that many templates are sound.
const TAGS: [&str; 14] = [
    "{{项目.年度}}",
    "{{计数 党支部}}",
    "{{#each 党支部}}{{支部名称}}{{/each}}",
    "{{#if (等于 1 2)}}无{{/if}}",
    "{{#if 1}}有{{else}}无{{/if}}",
    "{{! 说明 }}",
    "\\{{",
    "{{表格 党支部 列=“支部名称”}}",
    "{{图片 “校徽.png”}}",
    "{{同值合并 项目.年度}}",
    "{{底纹 “红”}}",
    "文字",
    " ",
    "",
];

/// Tags without their partners.
const STRAY: [&str; 3] = ["{{#each 党支部}}", "{{/each}}", "{{else}}"];

/// What begins and ends a block.
const BLOCKS: [(&str, &str); 4] = [
    ("{{#each 党支部}}", "{{/each}}"),
    ("{{#if (等于 1 2)}}", "{{/if}}"),
    ("{{#if 1}}", "{{/if}}"),
    ("{{#unless 0}}", "{{/unless}}"),
];

/// Blocks, perhaps between the tags of a block.
fn between(blocks: &[String], wrap: usize) -> String {
    let Some((open, close)) = BLOCKS.get(wrap) else { return blocks.concat() };
    [super::testing::p(open), blocks.concat(), super::testing::p(close)].concat()
}

/// A row, perhaps repeated.
fn row(cells: &[String], wrap: usize) -> String {
    let mut cells = cells.to_vec();
    if let (Some((open, close)), true) = (BLOCKS.get(wrap), cells.len() > 1) {
        cells[0].insert_str(0, &super::testing::p(open));
        let last = cells.len() - 1;
        cells[last] += &super::testing::p(close);
    }
    let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}<w:p/></w:tc>")).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// A paragraph of runs, which cut its tags wherever they like.
fn paragraph() -> impl Strategy<Value = String> {
    let tag = prop_oneof![60 => prop::sample::select(TAGS.to_vec()), 1 => prop::sample::select(STRAY.to_vec())];
    let pieces = prop::collection::vec((tag, 0_usize..12), 0..3);
    (pieces, any::<u8>()).prop_map(|(pieces, look)| {
        let mut runs = String::new();
        for (text, cut) in pieces {
            let at = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(0);
            let (a, b) = text.split_at(at);
            for text in [a, b].into_iter().filter(|text| !text.is_empty()) {
                runs += &format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>");
            }
        }
        match look % 6 {
            0 => format!("<w:p><w:pPr><w:sectPr/></w:pPr>{runs}</w:p>"),
            1 => format!("<w:p><w:bookmarkStart w:id=\"1\" w:name=\"a\"/>{runs}<w:bookmarkEnd w:id=\"1\"/></w:p>"),
            2 => format!("<w:p><w:hyperlink>{runs}</w:hyperlink></w:p>"),
            3 if runs.is_empty() => "<w:p/>".into(),
            _ => format!("<w:p>{runs}</w:p>"),
        }
    })
}

fn block() -> impl Strategy<Value = String> {
    paragraph().prop_recursive(3, 24, 4, |inner| {
        let cell = (prop::collection::vec(inner, 1..3), 0_usize..8).prop_map(|(blocks, wrap)| between(&blocks, wrap));
        let row = (prop::collection::vec(cell, 1..4), 0_usize..8).prop_map(|(cells, wrap)| row(&cells, wrap));
        prop::collection::vec(row, 1..4).prop_map(|rows| format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat()))
    })
}

/// What Word calls a damaged file.
fn damage(tree: &Tree) -> Option<String> {
    let children = |id: Id| tree.children(id).map(|child| tree.name(child)).collect::<Vec<_>>();
    tree.ids().find_map(|id| {
        let found = match tree.name(id) {
            "w:tc" => {
                let properties = children(id).iter().filter(|name| **name == "w:tcPr").count();
                children(id).last() != Some(&"w:p") || properties > 1
            }
            "w:tcPr" => children(id).iter().filter(|name| **name == "w:shd").count() > 1,
            "w:tr" => !children(id).contains(&"w:tc"),
            "w:tbl" => !children(id).contains(&"w:tr"),
            "w:p" => children(id).iter().any(|name| matches!(*name, "w:p" | "w:tbl" | "w:tr" | "w:t")),
            "w:r" => children(id).iter().any(|name| matches!(*name, "w:r" | "w:p" | "w:tbl")),
            "w:body" => children(id).iter().any(|name| matches!(*name, "w:r" | "w:tr" | "w:tc" | "w:t")),
            _ => false,
        };
        found.then(|| tree.text(tree.outer(id)).to_owned())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn whatever_tags_stand_where_what_is_merged_is_sound(blocks in prop::collection::vec(block(), 1..6), wrap in 0_usize..8, one in any::<bool>()) {
        let source = docx(&between(&blocks, wrap), &[]);
        let template = match one {
            true => WordTemplate::parse_for_rows("a.docx", &source, "学校"),
            false => WordTemplate::parse("a.docx", &source),
        };
        let (dataset, facts) = (city(), project());
        let unit = (!one).then_some((SCHOOLS, 0));
        let found = template.check(&dataset, unit.map(|(table, _)| table), &facts);
        let merged = template.merge(Scope { dataset: &dataset, project: &facts, unit, skipped: 0 }, &Album);
        prop_assert_eq!(found.iter().any(crate::diagnostic::Diagnostic::is_error), merged.is_err());
        if let Ok((document, _)) = merged {
            let xml = part(&document.bytes, "word/document.xml");
            let tree = Tree::read(xml.clone().into_bytes());
            prop_assert!(tree.is_ok(), "{xml}");
            prop_assert_eq!(tree.ok().and_then(|tree| damage(&tree)), None, "{}", xml);
        }
    }

    #[test]
    fn any_bytes_are_a_template_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), body in "[<>/a-z{}#\"= &;w:p]{0,60}") {
        let _ = WordTemplate::parse("a.docx", &bytes).syntax_problems();
        let _ = WordTemplate::parse("a.docx", &docx(&body, &[])).syntax_problems();
    }
}
