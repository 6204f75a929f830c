//! Measures of faces that documents name and that may not be there: what stands in their place is set as wide and as high
//! as they are. The tables say where they come from.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::VerticalMetrics;

const METRICS: &str = include_str!("metrics.txt");
const ADVANCES: &str = include_str!("advances.txt");

/// The measures of a face that a document names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedFace {
    /// Its vertical metrics.
    pub metrics: VerticalMetrics,
    /// Its Latin characters are all half an em wide.
    half_width: bool,
    em: f32,
    /// Runs of characters: the first one, and the advances.
    advances: Vec<(u32, Vec<u16>)>,
}

impl NamedFace {
    /// The measures of a face by one of its names, if they are known.
    pub fn find(family: &str, bold: bool, italic: bool) -> Option<&'static Self> {
        let name = usual_name(family.trim()).to_lowercase();
        let styles = [(bold, italic), (bold, false), (false, italic), (false, false)];
        styles.into_iter().find_map(|(bold, italic)| NAMED.get(&(name.clone(), bold, italic)))
    }

    /// The advance of a character in ems, if it is known.
    pub fn advance_em(&self, character: char) -> Option<f32> {
        let code = u32::from(character);
        if self.half_width && (0x20..0x7F).contains(&code) {
            return Some(0.5);
        }
        let at = self.advances.partition_point(|(first, _)| *first <= code).checked_sub(1)?;
        let (first, advances) = self.advances.get(at)?;
        advances.get((code - first) as usize).map(|advance| f32::from(*advance) / self.em)
    }
}

/// All named faces by name in small letters, bold and italic.
static NAMED: LazyLock<HashMap<(String, bool, bool), NamedFace>> = LazyLock::new(|| {
    let mut faces: HashMap<(String, bool, bool), NamedFace> = HashMap::new();
    for line in METRICS.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, face)) = metrics(line) {
            faces.insert(key, face);
        }
    }
    for line in ADVANCES.lines().filter(|line| !line.starts_with('#')) {
        let Some((key, em, advances)) = advances(line) else { continue };
        let base = |bold| faces.get(&(key.0.clone(), bold, false)).cloned();
        let base = base(key.1).or_else(|| base(false)).unwrap_or_default();
        faces.insert(key, NamedFace { em, advances, ..base });
    }
    faces
});

fn metrics(line: &str) -> Option<((String, bool, bool), NamedFace)> {
    let mut fields = line.split(';');
    let family = fields.next()?;
    let bold = fields.next()? == "1";
    let east_asian = fields.next()? == "1";
    let mut number = || fields.next()?.parse::<f32>().ok();
    let em = number()?;
    let metrics = VerticalMetrics {
        ascent_em: number()? / em,
        descent_em: -number()? / em,
        line_gap_em: number()? / em,
        win_ascent_em: number()? / em,
        win_descent_em: number()? / em,
        east_asian,
    };
    let half_width = HALF_WIDTH.contains(&family);
    Some(((family.to_lowercase(), bold, false), NamedFace { metrics, half_width, em, advances: Vec::new() }))
}

type Advances = ((String, bool, bool), f32, Vec<(u32, Vec<u16>)>);

fn advances(line: &str) -> Option<Advances> {
    let mut fields = line.split(';');
    let key = (fields.next()?.to_lowercase(), fields.next()? == "1", fields.next()? == "1");
    let em = fields.next()?.parse().ok()?;
    let run = |run: &str| {
        let (first, advances) = run.split_once(':')?;
        let advances = advances.split(',').filter_map(|advance| advance.parse().ok()).collect();
        Some((u32::from_str_radix(first, 16).ok()?, advances))
    };
    Some((key, em, fields.next()?.split('|').filter_map(run).collect()))
}

/// Faces whose Latin characters are half as wide as Han.
const HALF_WIDTH: [&str; 10] = [
    "MS Gothic",
    "MS Mincho",
    "SimSun",
    "NSimSun",
    "SimHei",
    "FangSong",
    "KaiTi",
    "PMingLiU",
    "Batang",
    "BIZ UDゴシック",
];

/// The name of the tables for a family that has several.
fn usual_name(family: &str) -> &str {
    const OTHER_NAMES: [(&str, &[&str]); 24] = [
        (
            "SimSun",
            &[
                "宋体",
                "中易宋体",
                "方正书宋简体",
                "方正书宋_GBK",
                "STSong",
                "华文宋体",
                "方正小标宋简体",
                "方正小标宋_GBK",
            ],
        ),
        ("NSimSun", &["新宋体"]),
        ("SimHei", &["黑体", "方正黑体简体", "方正黑体_GBK"]),
        (
            "FangSong",
            &["仿宋", "仿宋_GB2312", "FangSong_GB2312", "方正仿宋简体", "方正仿宋_GBK", "STFangsong", "华文仿宋"],
        ),
        ("KaiTi", &["楷体", "楷体_GB2312", "KaiTi_GB2312", "方正楷体简体", "方正楷体_GBK", "STKaiti", "华文楷体"]),
        ("Microsoft YaHei", &["微软雅黑", "微软雅黑 Light", "Microsoft YaHei Light", "Microsoft YaHei UI"]),
        ("MS Mincho", &["ＭＳ 明朝"]),
        ("MS Gothic", &["ＭＳ ゴシック"]),
        ("MS PMincho", &["ＭＳ Ｐ明朝"]),
        ("MS PGothic", &["ＭＳ Ｐゴシック"]),
        ("Yu Mincho", &["游明朝", "Yu Mincho Light", "游明朝 Light"]),
        ("Yu Gothic", &["游ゴシック", "Yu Gothic Light", "游ゴシック Light", "Yu Gothic Medium"]),
        ("Meiryo", &["メイリオ"]),
        ("PMingLiU", &["新細明體", "MingLiU", "細明體"]),
        ("DengXian", &["等线", "等线 Light", "DengXian Light"]),
        ("SimHei", &["隶书", "LiSu", "幼圆", "YouYuan"]),
        ("Microsoft JhengHei", &["微軟正黑體", "Microsoft JhengHei UI"]),
        ("Calibri", &["Calibri Light", "Carlito"]),
        ("Cambria", &["Caladea"]),
        ("Times New Roman", &["Liberation Serif", "Tinos", "Times"]),
        ("Arial", &["Liberation Sans", "Arimo", "Helvetica"]),
        ("Courier New", &["Liberation Mono", "Cousine", "Courier"]),
        // what Word puts in its place where it is not installed
        ("Segoe UI", &["Open Sans", "Segoe UI Semilight", "Segoe UI Semibold"]),
        ("Georgia", &["Gelasio"]),
    ];
    let found = OTHER_NAMES.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(family)));
    found.map_or(family, |(usual, _)| usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_known_by_all_their_names() {
        let advance = |family, character| NamedFace::find(family, false, false).unwrap().advance_em(character);
        assert_eq!(advance("calibri", '0'), Some(1038.0 / 2048.0));
        assert_eq!(advance("宋体", '0'), Some(0.5));
        assert_eq!(advance("宋体", '国'), None);
        assert!(NamedFace::find("没有这种字体", false, false).is_none());
    }

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |table: &str| table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(METRICS.lines().filter_map(metrics).count(), lines(METRICS));
        assert_eq!(ADVANCES.lines().filter_map(advances).count(), lines(ADVANCES));
    }

    #[test]
    fn a_style_that_is_not_known_is_measured_as_the_nearest() {
        let bold = NamedFace::find("Calibri", true, true).unwrap();
        assert!(bold.advance_em('W').is_some() && bold.metrics.line_gap_em > 0.2);
        assert!(NamedFace::find("Tahoma", false, true).is_some());
    }
}
