//! The part with the faces (`word/fontTable.xml`): for each its other name, so that a reader without the one looks for
//! the other.

use std::collections::BTreeSet;

use super::xml::escape;
use super::{DECLARATION, WORD};
use crate::document::FontName;

/// Chinese faces under the names that documents use: name, other name, family.
const CHINESE: &[(&str, &str, &str)] = &[
    ("宋体", "SimSun", "roman"),
    ("SimSun", "宋体", "roman"),
    ("新宋体", "NSimSun", "modern"),
    ("NSimSun", "新宋体", "modern"),
    ("黑体", "SimHei", "modern"),
    ("SimHei", "黑体", "modern"),
    ("仿宋", "FangSong", "modern"),
    ("FangSong", "仿宋", "modern"),
    ("仿宋_GB2312", "仿宋", "modern"),
    ("楷体", "KaiTi", "modern"),
    ("KaiTi", "楷体", "modern"),
    ("楷体_GB2312", "楷体", "modern"),
    ("方正小标宋简体", "方正小标宋_GBK", "script"),
    ("方正小标宋_GBK", "方正小标宋简体", "script"),
    ("方正仿宋简体", "方正仿宋_GBK", "script"),
    ("方正仿宋_GBK", "方正仿宋简体", "script"),
    ("方正楷体简体", "方正楷体_GBK", "script"),
    ("方正楷体_GBK", "方正楷体简体", "script"),
    ("方正黑体简体", "方正黑体_GBK", "script"),
    ("方正黑体_GBK", "方正黑体简体", "script"),
    ("华文仿宋", "STFangsong", "auto"),
    ("华文楷体", "STKaiti", "auto"),
    ("华文中宋", "STZhongsong", "auto"),
    ("微软雅黑", "Microsoft YaHei", "swiss"),
    ("Microsoft YaHei", "微软雅黑", "swiss"),
    ("等线", "DengXian", "auto"),
    ("DengXian", "等线", "auto"),
    ("思源宋体", "Source Han Serif SC", "roman"),
    ("思源黑体", "Source Han Sans SC", "swiss"),
];

/// The part.
pub fn part(fonts: &BTreeSet<FontName>) -> Vec<u8> {
    let mut part = format!("{DECLARATION}<w:fonts xmlns:w=\"{WORD}\">");
    for font in fonts.iter().filter(|font| !font.trim().is_empty()) {
        let known = CHINESE.iter().find(|(name, ..)| *name == &**font);
        let chinese = known.is_some() || !font.is_ascii();
        let family = known.map_or(if chinese { "auto" } else { latin_family(font) }, |(.., family)| family);
        let (charset, pitch) = if chinese { ("86", "default") } else { ("00", "variable") };
        part += &format!("<w:font w:name=\"{}\">", escape(font));
        if let Some((_, other, _)) = known {
            part += &format!("<w:altName w:val=\"{other}\"/>");
        }
        part += &format!(
            "<w:charset w:val=\"{charset}\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"{pitch}\"/></w:font>"
        );
    }
    part += "</w:fonts>";
    part.into_bytes()
}

fn latin_family(name: &str) -> &'static str {
    match name {
        "Times New Roman" | "Georgia" | "Cambria" | "Liberation Serif" => "roman",
        "Arial" | "Calibri" | "Helvetica" | "Verdana" | "Liberation Sans" | "Segoe UI Symbol" => "swiss",
        "Courier New" | "Consolas" | "Liberation Mono" => "modern",
        _ => "auto",
    }
}
