//! All helpers by name.

use super::Does::{At, Chart, Compute, Group, Include, Markdown, OfCell, Pick, Picture, Sort, Table, Where};
use super::Param::{Any, Column, Countable, Rows, Value};
use super::{Does, Helper, Param, logic, number, picture_format, rows, signs, sparkline, words};

/// A helper by one of its names.
pub(in crate::template) fn helper(name: &str) -> Option<&'static Helper> {
    HELPERS.iter().find(|helper| helper.names.contains(&name))
}

/// All names of helpers.
pub(in crate::template) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().flat_map(|helper| helper.names)
}

const fn new(names: [&'static str; 2], params: &'static [Param], does: Does) -> Helper {
    Helper { names, params, required: params.len(), more: false, options: &[], needs: &[], does }
}

impl Helper {
    const fn at_least(mut self, required: usize) -> Self {
        self.required = required;
        self
    }

    const fn or_more(mut self) -> Self {
        self.more = true;
        self
    }

    const fn options(mut self, options: &'static [[&'static str; 2]]) -> Self {
        self.options = options;
        self
    }

    const fn needs(mut self, needs: &'static [&'static str]) -> Self {
        self.needs = needs;
        self
    }
}

const DIGITS: [&str; 2] = ["digits", "位数"];
const UNIT: [&str; 2] = ["unit", "单位"];
const CAPTION: [&str; 2] = ["caption", "题"];
const NOTE: [&str; 2] = ["note", "注"];
/// What may be said of any picture.
const OF_PICTURE: &[[&str; 2]] = &[["width", "宽"], ["height", "高"], ["fit", "方式"], ["align", "对齐"], CAPTION];

static HELPERS: &[Helper] = &[
    new(["sum", "合计"], &[Column], Compute(number::sum)),
    new(["count", "计数"], &[Countable], Compute(rows::count)),
    new(["distinct", "不同"], &[Column], Compute(rows::distinct)),
    new(["avg", "平均"], &[Column], Compute(number::avg)),
    new(["min", "最小"], &[Column], Compute(number::min)),
    new(["max", "最大"], &[Column], Compute(number::max)),
    new(["where", "筛选"], &[Rows], Where),
    new(["at", "取"], &[Rows], At),
    new(["group", "分组"], &[Rows, Value], Group),
    new(["sort", "排序"], &[Rows, Value], Sort).options(&[["desc", "降序"]]),
    new(["top", "前"], &[Rows, Value], Pick(rows::top)),
    new(["first", "首行"], &[Rows], Pick(rows::first)),
    new(["last", "末行"], &[Rows], Pick(rows::last)),
    new(["rank", "排名"], &[Column, Value], Compute(rows::rank)).options(&[["asc", "升序"]]),
    new(["percent", "占比"], &[Value, Value], Compute(number::percent)).options(&[DIGITS]),
    new(["change", "同比"], &[Value, Value], Compute(number::change)).options(&[
        DIGITS,
        UNIT,
        ["up", "升"],
        ["down", "降"],
        ["base", "基期"],
    ]),
    new(["round", "四舍五入"], &[Value, Value], Compute(number::round)).at_least(1),
    new(["thousands", "千分位"], &[Value], Compute(number::thousands)).options(&[DIGITS]),
    new(["wan", "万元"], &[Value], Compute(number::wan)).options(&[DIGITS, UNIT]),
    new(["date", "日期"], &[Value, Value], Compute(words::date)).at_least(1),
    new(["format", "格式"], &[Value, Value], Compute(picture_format::format)),
    new(["cn_number", "中文数字"], &[Value, Value], Compute(words::cn_number)).at_least(1),
    new(["rmb", "金额大写"], &[Value], Compute(words::rmb)),
    new(["join", "顿号连接"], &[Column], Compute(words::join)).options(&[
        ["sep", "分隔"],
        ["last", "末尾"],
        ["max", "最多"],
    ]),
    new(["default", "缺省"], &[Value, Value], Compute(words::default)),
    new(["check", "勾选"], &[Value], Compute(signs::check)).options(&[["choices", "选项"]]),
    new(["progress", "进度条"], &[Value, Value], Compute(signs::progress)).at_least(1),
    new(["sparkline", "小图"], &[Any], Compute(sparkline::make)).or_more().options(&[
        ["kind", "类型"],
        ["width", "宽"],
        ["height", "高"],
    ]),
    new(["add", "加"], &[Value, Value], Compute(number::add)).or_more(),
    new(["sub", "减"], &[Value, Value], Compute(number::sub)).or_more(),
    new(["mul", "乘"], &[Value, Value], Compute(number::mul)).or_more(),
    new(["div", "除"], &[Value, Value], Compute(number::div)).or_more(),
    new(["eq", "等于"], &[Value, Value], Compute(logic::eq)),
    new(["ne", "不等于"], &[Value, Value], Compute(logic::ne)),
    new(["gt", "大于"], &[Value, Value], Compute(logic::gt)),
    new(["ge", "不小于"], &[Value, Value], Compute(logic::ge)),
    new(["lt", "小于"], &[Value, Value], Compute(logic::lt)),
    new(["le", "不大于"], &[Value, Value], Compute(logic::le)),
    new(["like", "匹配"], &[Value, Value], Compute(logic::like)),
    new(["and", "并且"], &[Any, Any], Compute(logic::and)).or_more(),
    new(["or", "或者"], &[Any, Any], Compute(logic::or)).or_more(),
    new(["not", "非"], &[Any], Compute(logic::not)),
    new(["table", "表格"], &[Rows], Table)
        .options(&[
            ["columns", "列"],
            CAPTION,
            NOTE,
            ["total", "合计"],
            ["numbered", "序号"],
            ["widths", "宽"],
            ["landscape", "横排"],
            ["shading", "着色"],
        ])
        .needs(&["columns"]),
    new(["chart", "图表"], &[Rows], Chart)
        .at_least(0)
        .options(&[
            ["data", "数据"],
            ["kind", "类型"],
            ["category", "分类"],
            ["category", "类别"],
            ["value", "数值"],
            ["swap", "行列互换"],
            ["title", "标题"],
            CAPTION,
            NOTE,
            ["width", "宽"],
            ["height", "高"],
            UNIT,
            ["category_title", "分类轴标题"],
            ["value_title", "数值轴标题"],
            ["min", "最小值"],
            ["max", "最大值"],
            ["line", "折线"],
            ["second", "次轴"],
            ["second_title", "次轴标题"],
            ["labels", "标签"],
            ["format", "数字格式"],
            ["legend", "图例"],
        ])
        .needs(&["value"]),
    new(["gallery", "照片墙"], &[Rows], Table)
        .options(&[
            ["photo", "照片"],
            ["text", "说明"],
            ["across", "每行"],
            ["width", "宽"],
            ["height", "高"],
            ["fit", "方式"],
            CAPTION,
        ])
        .needs(&["photo"]),
    new(["merge", "同值合并"], &[Value], OfCell(words::same)),
    new(["shade", "底纹"], &[Value], OfCell(words::same)),
    new(["markdown", "标记文本"], &[Value], Markdown),
    new(["include", "插入文档"], &[Value], Include),
    new(["picture", "图片"], &[Value], Picture).options(OF_PICTURE),
    new(["qrcode", "二维码"], &[Value], Picture).options(OF_PICTURE),
    new(["barcode", "条形码"], &[Value], Picture).options(OF_PICTURE),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_means_two_helpers() {
        let mut seen = HashSet::new();
        assert!(names().all(|name| seen.insert(name)));
    }

    #[test]
    fn the_chinese_manual_names_every_helper() {
        let manual = include_str!("../../../docs/manual.zh-CN.md");
        for [_, chinese] in HELPERS.iter().map(|helper| helper.names) {
            assert!(manual.contains(chinese), "{chinese} is not in the manual");
        }
    }

    #[test]
    fn the_manual_names_every_helper_and_its_options() {
        let manual = include_str!("../../../docs/templates.md");
        let helpers = manual.split("## Helpers").nth(1).unwrap();
        for helper in HELPERS {
            let [english, chinese] = helper.names;
            let row = helpers.lines().find(|row| {
                row.starts_with("| `") && row.split('`').any(|word| word.split(' ').next() == Some(english))
            });
            let row = row.unwrap_or_else(|| panic!("{english} is not in the manual"));
            assert!(row.contains(chinese), "{chinese} is not in the manual");
            for name in helper.options.iter().flatten() {
                assert!(helpers.contains(name), "{name} of {english} is not in the manual");
            }
        }
    }
}
