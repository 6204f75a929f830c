//! Charts of tags: their data, what is told of them, and what is wrong with them.

use super::{InsertedChart, kind, kinds};
use crate::document::{ChartKind, LegendSide, Length, Stacking};
use crate::style::Style;
use crate::template::Insert;
use crate::template::testing::{merge, problems, text};

/// The chart of a template that has nothing wrong with it.
fn chart(template: &str) -> InsertedChart {
    let merged = merge(template, None);
    assert_eq!(merged.problems, [""; 0], "{template}");
    let found = (0..).map_while(|number| merged.inserts.get(number)).find_map(|insert| match insert {
        Insert::Chart(chart) => Some(chart.as_ref().clone()),
        _ => None,
    });
    found.unwrap()
}

fn drawn(template: &str) -> crate::document::Chart {
    let look = Style::carried("gongwen").unwrap().chart;
    chart(template).drawing(&look, (Length::pt(400.0), Length::pt(600.0))).chart.as_ref().clone()
}

fn first(template: &str) -> String {
    problems(template, None)[0].clone()
}

#[test]
fn a_chart_is_told_in_words() {
    assert_eq!(
        text("{{图表 学校 类别=\"学校名称\" 数值=\"学生数=人数\" 题=\"各校学生\"}}", None),
        "柱形图“各校学生”，按学校名称列出人数，共3项。人数：一中1200、二小800、职校1000。"
    );
}

#[test]
fn every_kind_has_a_name_in_both_languages_and_is_drawn() {
    assert_eq!(kinds().count(), 15);
    for name in kinds() {
        assert_eq!(kind(name).unwrap().name(), name);
        let columns =
            if matches!(name, "饼图" | "圆环图") { "党员总数" } else { "党员总数，正式党员" };
        let category = if name == "散点图" { "党员总数" } else { "支部名称" };
        let chart = drawn(&format!("{{{{图表 党支部 类型=\"{name}\" 分类=\"{category}\" 数值=\"{columns}\"}}}}"));
        assert!(chart.plot.is_some() && chart.groups.iter().all(|group| !group.series.is_empty()), "{name}");
    }
    assert_eq!(kind("stacked_bar").map(|form| form.name()), Some("堆积条形图"));
    assert_eq!(kind("柱状图").map(|form| form.name()), Some("柱形图"));
}

#[test]
fn a_chart_is_drawn_from_groups_and_computed_columns() {
    let found = chart(
        "{{图表 数据=(分组 学校 \"区县\") 类型=\"条形图\" 分类=\"键=区县\" 数值=\"党员=合计(党支部.党员总数)，占比=占比(合计(党支部.正式党员) 合计(党支部.党员总数))\"}}",
    );
    assert_eq!((found.heading.as_str(), found.categories), ("区县", vec!["东区".to_owned(), "西区".to_owned()]));
    assert_eq!(found.series[0].values, [Some(55.0), Some(0.0)]);
    assert_eq!((found.series[1].values[0], found.series[1].picture.as_str()), (Some(60.0), "0.0\"%\""));
    assert_eq!(found.series[1].values[1], None, "a share of nothing is a gap");
    assert!(found.series[0].sources[0].is_some());
}

#[test]
fn rows_and_columns_change_places() {
    let found = chart("{{图表 党支部 类型=\"雷达图\" 分类=\"支部名称\" 数值=\"党员总数，正式党员\" 行列互换=true}}");
    assert_eq!(found.categories, ["党员总数", "正式党员"]);
    assert_eq!(found.series.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()[..2], ["教工一支部", "教工二支部"]);
    assert_eq!(found.series[3].values, [Some(5.0), None]);
}

#[test]
fn single_values_are_a_chart_without_rows() {
    let found = chart(
        "{{图表 类型=\"雷达图\" 数值=\"本年/党员=合计(党支部.党员总数)，本年/正式=合计(党支部.正式党员)，上年/正式=乘(3 2)\"}}",
    );
    assert_eq!(found.categories, ["党员", "正式"]);
    let series: Vec<_> = found.series.iter().map(|one| (one.name.as_str(), one.values.clone())).collect();
    assert_eq!(series, [("本年", vec![Some(55.0), Some(33.0)]), ("上年", vec![None, Some(6.0)])]);
    let within = text("{{#each 学校}}{{图表 数值=\"学生数=人数\"}}{{/each}}", None);
    assert!(within.starts_with("柱形图，列出数值，共1项。数值：人数1200。"), "{within}");
    let told = first("{{图表 分类=\"支部名称\" 数值=\"党员总数\"}}");
    assert!(told.contains("还要写 数据"), "{told}");
    assert!(first("{{图表 党支部 数值=\"党员总数\"}}").contains("还要写 分类"));
}

#[test]
fn columns_and_lines_have_axes_of_their_own() {
    let found = drawn(
        "{{图表 党支部 类型=\"组合图\" 分类=\"支部名称\" 数值=\"党员总数，占比=占比(正式党员 党员总数)\" 次轴=\"占比\" 单位=\"人\" 次轴标题=\"占比（%）\" 图例=\"上\" 高=\"6cm\"}}",
    );
    let kinds: Vec<_> = found.groups.iter().map(|group| (group.kind, group.second_axis)).collect();
    assert!(matches!(
        kinds[..],
        [(ChartKind::Bars { across: false, .. }, false), (ChartKind::Lines(Stacking::None), true)]
    ));
    assert_eq!((found.value_axis.title.as_str(), found.second_axis.title.as_str()), ("单位：人", "占比（%）"));
    assert_eq!((found.second_axis.form.as_str(), found.legend), ("0.0\"%\"", Some(LegendSide::Top)));
}

#[test]
fn what_is_wrong_with_a_chart_is_told_with_its_place() {
    let data = "分类=\"支部名称\" 数值=\"党员总数，正式党员\"";
    assert_eq!(
        first(&format!("{{{{图表 党支部 {data} 类型=\"饼形\"}}}}")).lines().collect::<Vec<_>>(),
        ["错误：学校.md:1:38：没有“饼形”这种图表", "  办法：是不是“饼图”？"]
    );
    let told = first(&format!("{{{{图表 党支部 {data} 类型=\"组合图\" 次轴=\"正式党\"}}}}"));
    assert!(told.contains("“次轴=”里写了“正式党”") && told.contains("是不是“正式党员”"), "{told}");
    let told = first(&format!("{{{{图表 党支部 {data} 图例=\"边\"}}}}"));
    assert!(told.contains("“图例=”不能写“边”") && told.contains("下、上、右、左、无"), "{told}");
    assert!(first(&format!("{{{{图表 党支部 {data} 类型=\"饼图\"}}}}")).contains("饼图只画一个系列"));
    assert!(first(&format!("{{{{图表 党支部 {data} 高=\"三寸\"}}}}")).contains("“三寸”不是"));
    assert!(first(&format!("{{{{图表 党支部 {data} 最大值=\"多\"}}}}")).contains("“多”不是数字"));
    let told = first("{{图表 党支部 分类=\"支部名称\" 数值=\"书记\"}}");
    assert!(told.starts_with("错误：input/全市.xlsx#党支部!") && told.contains("不是数字"), "{told}");
    let told = first("{{图表 党支部 分类=\"书记\" 数值=\"党员总数\" 类型=\"散点图\"}}");
    assert!(told.contains("不是数字"), "{told}");
    let told = first("{{图表 (筛选 党支部 支部名称=\"无\") 类型=\"柱形图\" 分类=\"支部名称\" 数值=\"党员总数\"}}");
    assert!(told.starts_with("警告") && told.contains("没有数据"), "{told}");
    let told = first("{{图表 党支部 类型=\"饼图\" 分类=\"支部名称\" 数值=\"少=减(0 党员总数)\"}}");
    assert!(told.contains("不能有负数 -12"), "{told}");
}

#[test]
fn columns_stand_on_zero_and_small_parts_are_not_labelled() {
    let found =
        drawn("{{图表 党支部 类型=\"堆积柱形图\" 分类=\"支部名称\" 数值=\"党员总数，一=减(1 0)\" 标题=\"题\"}}");
    assert_eq!(found.value_axis.least, Some(0.0));
    let labels: Vec<_> =
        found.groups[0].series.iter().map(|one| one.labels.as_ref().unwrap().left_out.clone()).collect();
    assert_eq!(labels, [vec![], vec![0, 1, 2, 3]]);
    let negative = drawn("{{图表 党支部 分类=\"支部名称\" 数值=\"少=减(0 党员总数)\"}}");
    assert_eq!(negative.value_axis.least, None);
}
