//! `{{图表 …}}`: the kinds of charts.

/// Kinds of charts, English and Chinese.
pub(in crate::template) const KINDS: [[&str; 2]; 9] = [
    ["column", "柱形图"],
    ["bar", "条形图"],
    ["line", "折线图"],
    ["pie", "饼图"],
    ["doughnut", "圆环图"],
    ["area", "面积图"],
    ["radar", "雷达图"],
    ["scatter", "散点图"],
    ["combined", "组合图"],
];

/// The Chinese name of a kind.
pub(in crate::template) fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|names| names.contains(&name.trim())).map(|[_, chinese]| *chinese)
}
