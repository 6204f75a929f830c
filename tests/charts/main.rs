//! Charts of tags. Each kind and each edge is a golden drawing (tests/golden/charts): what is drawn on the page, in points
//! from the chart's upper left corner, in drawing order. After a change: `UPDATE_GOLDEN=1 cargo test --test charts`, then
//! read the difference, and look at the pictures.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;
mod drawing;
mod judges;
mod look;
#[path = "../project/mod.rs"]
mod project;
#[allow(dead_code, reason = "the tests of official documents use the rest")]
#[path = "../official/set.rs"]
mod set;

use std::fs;
use std::path::Path;

use drawing::{Drawing, drawings};
use project::Project;

/// Name and tag of each golden drawing.
const CASES: [(&str, &str); 25] = [
    ("column", "区 类型=\"柱形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\" 标题=\"各区县党员\" 单位=\"人\""),
    ("stacked-column", "区 类型=\"堆积柱形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\""),
    ("share-column", "区 类型=\"百分比堆积柱形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\""),
    ("bar", "区 类型=\"条形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\" 单位=\"人\" 分类轴标题=\"区县\""),
    ("stacked-bar", "区 类型=\"堆积条形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\" 图例=\"右\""),
    ("share-bar", "区 类型=\"百分比堆积条形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\" 图例=\"左\""),
    ("line", "年 类型=\"折线图\" 分类=\"年度\" 数值=\"党员\" 单位=\"人\" 分类轴标题=\"年度\""),
    ("lines-with-gaps", "年 类型=\"折线图\" 分类=\"年度\" 数值=\"增减，支出\" 图例=\"上\""),
    ("area", "年 类型=\"面积图\" 分类=\"年度\" 数值=\"党员\""),
    ("stacked-area", "年 类型=\"堆积面积图\" 分类=\"年度\" 数值=\"党员，支出\""),
    ("share-area", "年 类型=\"百分比堆积面积图\" 分类=\"年度\" 数值=\"党员，支出\""),
    ("pie", "区 类型=\"饼图\" 分类=\"区县\" 数值=\"正式党员\" 标题=\"正式党员\""),
    ("doughnut", "区 类型=\"圆环图\" 分类=\"区县\" 数值=\"正式党员\" 宽=\"8cm\" 高=\"5cm\""),
    (
        "radar",
        "类型=\"雷达图\" 数值=\"本年/领导班子=除(37 2)，本年/党员队伍=除(35 2)，本年/工作机制=除(38 2)，上年/领导班子=除(36 2)，上年/工作机制=除(33 2)\" 最大值=20",
    ),
    ("scatter", "年 类型=\"散点图\" 分类=\"党员\" 数值=\"支出\" 分类轴标题=\"党员（人）\" 单位=\"万元\""),
    (
        "combined",
        "区 类型=\"组合图\" 分类=\"区县\" 数值=\"正式党员，占比=占比(预备党员 正式党员)\" 次轴=\"占比\" 单位=\"人\" 次轴标题=\"预备党员占比\"",
    ),
    ("negative-and-missing", "年 类型=\"柱形图\" 分类=\"年度\" 数值=\"增减\" 单位=\"人\""),
    ("one-category", "(前 校 1) 类型=\"柱形图\" 分类=\"学校\" 数值=\"人数\""),
    ("twelve-long-names", "(前 校 12) 类型=\"柱形图\" 分类=\"学校\" 数值=\"人数\""),
    ("twelve-long-bars", "(前 校 12) 类型=\"条形图\" 分类=\"学校\" 数值=\"人数\""),
    ("forty-columns", "校 类型=\"柱形图\" 分类=\"学校\" 数值=\"人数\" 单位=\"人\""),
    ("forty-bars", "校 类型=\"条形图\" 分类=\"学校\" 数值=\"人数\" 高=\"8cm\""),
    ("forty-lines", "校 类型=\"折线图\" 分类=\"学校\" 数值=\"人数\""),
    ("many-slices", "(前 校 9) 类型=\"饼图\" 分类=\"学校\" 数值=\"人数\""),
    (
        "form",
        "区 类型=\"柱形图\" 分类=\"区县\" 数值=\"正式党员\" 数字格式=\"#,##0.0\" 最小值=-500 最大值=2000 标签=true 图例=\"下\"",
    ),
];

const TABLES: &str = "[project]\ntitle = \"图表\"\nyear = 2023\n\n[[table]]\nname = \"区\"\nfrom = \"input/区.csv\"\n\n\
    [[table]]\nname = \"年\"\nfrom = \"input/年.csv\"\n\n[[table]]\nname = \"校\"\nfrom = \"input/校.csv\"\n\n\
    [[report]]\nname = \"图表\"\ntemplate = \"templates/图表.md\"\noutput = \"图表\"\nformats = [\"docx\", \"pdf\"]\n";

/// A project of one report: these charts, each with its name for a caption.
fn project<'a>(cases: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Project {
    let project = Project::new();
    project.write("huibao.toml", TABLES);
    data(&project);
    let charts = cases.into_iter().map(|(name, tag)| format!("{{{{图表 {tag} 题=\"{name}\"}}}}\n\n"));
    project.write("templates/图表.md", &format!("---\n样式：gongwen\n---\n\n{}", charts.collect::<String>()));
    project
}

/// The tables that the charts are of.
fn data(project: &Project) {
    project.write("input/区.csv", "区县,正式党员,预备党员\n栖云区,1204,132\n兰渚区,876,9\n青岚县,455,82\n");
    let years = (0..10).map(|at| {
        let change = ["-12", "5", "", "-20", "33", "12", "8", "-4", "16", "20"][at];
        format!("{},{},{change},{}\n", 2014 + at, 900 + at * at * 7, 10.0 + at as f64 * 1.5)
    });
    project.write("input/年.csv", &("年度,党员,增减,支出\n".to_owned() + &years.collect::<String>()));
    let schools = (1..=40).map(|at| format!("云江市第{at}实验中学,{}\n", at * 37 % 90 + 5));
    project.write("input/校.csv", &("学校,人数\n".to_owned() + &schools.collect::<String>()));
}

fn drawn() -> Vec<Drawing> {
    let (_, layout, warnings) = set::set_report(&project(&CASES));
    assert!(warnings.is_empty(), "{warnings:?}");
    let drawings: Vec<Drawing> = layout.pages.pages.iter().flat_map(drawings).collect();
    assert_eq!(drawings.len(), CASES.len());
    drawings
}

#[test]
fn every_kind_and_every_edge_is_drawn_as_it_was_approved() {
    let mut wrong = Vec::new();
    for ((name, _), drawing) in CASES.iter().zip(drawn()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts").join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &drawing.text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != drawing.text {
            wrong.push(format!("{}:\n{}", path.display(), drawing.text));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 writes them: {}", wrong.join("\n"));
}

#[test]
fn no_word_stands_outside_of_its_chart_or_on_another() {
    let mut wrong = Vec::new();
    for ((name, _), drawing) in CASES.iter().zip(drawn()) {
        assert!(drawing.words.len() > 2, "{name} has words");
        for (at, word) in drawing.words.iter().enumerate() {
            let (left, top, right, bottom) = word.room;
            let within = left >= -1.0 && top >= -1.0 && right <= drawing.width + 1.0 && bottom <= drawing.height + 1.0;
            if !within {
                wrong.push(format!(
                    "{name}: {} is beyond {} × {}: {:?}",
                    word.text, drawing.width, drawing.height, word.room
                ));
            }
            for other in drawing.words[at + 1..].iter().filter(|other| word.meets(other)) {
                wrong.push(format!("{name}: {} and {}: {:?} {:?}", word.text, other.text, word.room, other.room));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
