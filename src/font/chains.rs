//! Which faces stand in for which: the one table of family names.

use crate::document::{SYMBOL_FACE, Script};

/// What a carried face is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 宋体: text.
    Song,
    /// 小标宋: titles.
    Title,
    /// 黑体: headings.
    Hei,
    /// 楷体: second headings.
    Kai,
    /// 仿宋: the body of official documents.
    Fang,
    /// The characters that the carried 仿宋 lacks.
    FangSupplement,
    /// Latin letters and digits, as wide as those of Times New Roman.
    Latin,
    /// Latin letters and digits without serifs, as wide as those of Arial.
    Sans,
    /// Latin letters and digits of one width, that of Courier New.
    Mono,
    /// Symbols that Chinese faces do not have.
    Symbols,
}

use Role::{Fang, FangSupplement, Hei, Kai, Latin, Mono, Sans, Song, Symbols, Title};

/// The names under which faces of a role are installed, best first.
const NAMES: [(Role, &[&str]); 9] = [
    (
        Fang,
        &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "方正仿宋简体",
            "华文仿宋",
            "STFangsong",
            "朱雀仿宋",
            "Zhuque Fangsong",
            "Zhuque Fangsong (technical preview)",
            "FandolFang R",
            "FandolFang",
        ],
    ),
    (
        Title,
        &[
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "小标宋",
            "华文中宋",
            "STZhongsong",
        ],
    ),
    (
        Hei,
        &[
            "黑体",
            "SimHei",
            "方正黑体_GBK",
            "方正黑体简体",
            "华文黑体",
            "STHeiti",
            "Noto Sans SC",
            "微软雅黑",
            "Microsoft YaHei",
            "等线",
            "DengXian",
            "等线 Light",
            "DengXian Light",
        ],
    ),
    (
        Kai,
        &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "方正楷体简体",
            "华文楷体",
            "STKaiti",
            "霞鹜文楷",
            "LXGW WenKai",
            "汇报楷",
            "Huibao Kai",
        ],
    ),
    (
        Song,
        &["宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体", "华文宋体", "STSong", "Noto Serif SC"],
    ),
    (Latin, &["Times New Roman", "Tinos", "Liberation Serif", "Times"]),
    (Sans, &["Arial", "Arimo", "Liberation Sans", "Helvetica"]),
    (Mono, &["Courier New", "Cousine", "Liberation Mono", "Courier", "Consolas", "Lucida Console"]),
    (Symbols, &[SYMBOL_FACE, "汇报符号", "Huibao Symbols"]),
];

/// Faces without serifs that Word documents name: Arial's stand in their place, each scaled to their widths. Those in
/// brackets are as wide as they are and come first where they are installed.
const LIKE_SANS: [(&str, Option<&str>); 33] = [
    ("Calibri", Some("Carlito")),
    ("Calibri Light", Some("Carlito")),
    ("Aptos", None),
    ("Aptos Display", None),
    ("Aptos Narrow", None),
    ("Segoe UI", None),
    ("Segoe UI Light", None),
    ("Segoe UI Semibold", None),
    ("Verdana", None),
    ("Tahoma", None),
    ("Trebuchet MS", None),
    ("Arial Narrow", Some("Liberation Sans Narrow")),
    ("Arial Black", None),
    ("Arial Unicode MS", None),
    ("Century Gothic", None),
    ("Franklin Gothic Book", None),
    ("Gill Sans MT", None),
    ("Tw Cen MT", None),
    ("Corbel", None),
    ("Candara", None),
    ("Open Sans", None),
    ("Roboto", None),
    ("Lucida Sans Unicode", None),
    ("Comic Sans MS", None),
    ("DejaVu Sans", None),
    ("Helvetica Neue", None),
    ("Segoe UI Semilight", None),
    ("Franklin Gothic Medium", None),
    ("Lucida Sans", None),
    ("Impact", None),
    ("Source Sans Pro", None),
    ("Lato", None),
    ("Montserrat", None),
];

/// Installed families that have rare characters, asked when nothing else has one.
pub(super) const RARE: [&str; 6] =
    ["SimSun-ExtB", "Noto Serif CJK SC", "Noto Sans CJK SC", "Plangothic P1", "BabelStone Han", "HanaMinB"];

/// The role of a family by one of its names.
fn role_of(family: &str) -> Option<Role> {
    let like_sans = || LIKE_SANS.iter().any(|(name, _)| same_name(name, family)).then_some(Sans);
    let named = NAMES.iter().find(|(_, names)| names.iter().any(|name| same_name(name, family)));
    named.map(|(role, _)| *role).or_else(like_sans)
}

/// Whether two family names are the same; letters A to Z count the same in either case.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

/// The names under which an installed face for the family is looked for, best first.
pub(super) fn installed_names(family: &str) -> Vec<&str> {
    let role = role_of(family);
    let others = NAMES.iter().filter(|(named, _)| Some(*named) == role).flat_map(|(_, names)| names.iter().copied());
    let twin = match family.trim().to_ascii_lowercase().as_str() {
        "cambria" => Some("Caladea"),
        _ => LIKE_SANS.iter().find(|(name, _)| same_name(name, family)).and_then(|(_, twin)| *twin),
    };
    std::iter::once(family).chain(twin).chain(others.filter(|name| !same_name(name, family))).collect()
}

/// All carried roles, best first, for a family and the script of the text. East Asian text never takes its marks from a
/// Latin face first, which has “ ” — … at half width. Without the file of 仿宋 its supplement alone would be a patchwork,
/// so 楷体 comes first.
pub(super) fn roles(family: &str, script: Script, has_fang: bool) -> [Role; 10] {
    match (role_of(family), script) {
        (Some(Latin), Script::Latin) | (None, Script::Latin) => {
            [Latin, Song, Fang, FangSupplement, Kai, Hei, Title, Sans, Mono, Symbols]
        }
        (Some(Mono), Script::Latin) => [Mono, Latin, Song, Fang, FangSupplement, Kai, Hei, Title, Sans, Symbols],
        (Some(Sans), Script::Latin) => [Sans, Hei, Song, Latin, Fang, FangSupplement, Kai, Title, Mono, Symbols],
        (Some(Latin | Sans | Mono), Script::EastAsian) | (None, Script::EastAsian) | (Some(Song), _) => {
            [Song, Fang, FangSupplement, Kai, Hei, Title, Latin, Sans, Mono, Symbols]
        }
        (Some(Fang | FangSupplement), _) if has_fang => {
            [Fang, FangSupplement, Kai, Song, Hei, Title, Latin, Sans, Mono, Symbols]
        }
        (Some(Fang | FangSupplement), _) => [Kai, FangSupplement, Song, Hei, Title, Latin, Fang, Sans, Mono, Symbols],
        (Some(Kai), _) => [Kai, FangSupplement, Fang, Song, Hei, Title, Latin, Sans, Mono, Symbols],
        (Some(Hei), _) => [Hei, Song, Kai, Fang, FangSupplement, Title, Latin, Sans, Mono, Symbols],
        (Some(Symbols), _) => [Symbols, Song, Fang, FangSupplement, Kai, Hei, Title, Latin, Sans, Mono],
        (Some(Title), _) => [Title, Song, Hei, Kai, Fang, FangSupplement, Latin, Sans, Mono, Symbols],
    }
}
