//! Units of measure that headings name in brackets: 党费（万元） counts in ten thousands of 元.

/// What a unit measures. Numbers in two units of one measure can be turned into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Money,
    Share,
    People,
    Visits,
    Count,
    Mass,
    Length,
    Area,
    Volume,
    Energy,
    Time,
    Days,
    Lessons,
    Years,
    Age,
    Score,
    /// 万 alone: ten thousands of whatever the heading counts.
    Plain,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) measure: Measure,
    /// What it is counted for each of: 人 of 元/人.
    per: String,
    /// How many of the measure's own unit it is: 10,000 for 万元.
    pub(super) size: f64,
    /// As the heading writes it.
    pub(super) shown: String,
}

use Measure::{
    Age, Area, Count, Days, Energy, Length, Lessons, Mass, Money, People, Plain, Score, Share, Time, Visits,
};
use Measure::{Volume, Years};

/// Words that are units, with their measure and size.
const UNITS: &[(&str, Measure, f64)] = &[
    ("元", Money, 1.0),
    ("%", Share, 1.0),
    ("百分比", Share, 1.0),
    ("百分数", Share, 1.0),
    ("‰", Share, 0.1),
    ("人", People, 1.0),
    ("名", People, 1.0),
    ("位", People, 1.0),
    ("人次", Visits, 1.0),
    ("mg", Mass, 0.001),
    ("毫克", Mass, 0.001),
    ("g", Mass, 1.0),
    ("克", Mass, 1.0),
    ("斤", Mass, 500.0),
    ("kg", Mass, 1e3),
    ("千克", Mass, 1e3),
    ("公斤", Mass, 1e3),
    ("t", Mass, 1e6),
    ("吨", Mass, 1e6),
    ("mm", Length, 0.001),
    ("毫米", Length, 0.001),
    ("cm", Length, 0.01),
    ("厘米", Length, 0.01),
    ("m", Length, 1.0),
    ("米", Length, 1.0),
    ("km", Length, 1e3),
    ("千米", Length, 1e3),
    ("公里", Length, 1e3),
    ("㎡", Area, 1.0),
    ("m2", Area, 1.0),
    ("m²", Area, 1.0),
    ("平方米", Area, 1.0),
    ("平米", Area, 1.0),
    ("公顷", Area, 1e4),
    ("平方公里", Area, 1e6),
    ("平方千米", Area, 1e6),
    ("升", Volume, 0.001),
    ("立方米", Volume, 1.0),
    ("m3", Volume, 1.0),
    ("m³", Volume, 1.0),
    ("度", Energy, 1.0),
    ("千瓦时", Energy, 1.0),
    ("kwh", Energy, 1.0),
    ("分钟", Time, 1.0),
    ("时", Time, 60.0),
    ("小时", Time, 60.0),
    ("h", Time, 60.0),
    ("天", Days, 1.0),
    ("日", Days, 1.0),
    ("学时", Lessons, 1.0),
    ("课时", Lessons, 1.0),
    ("年", Years, 1.0),
    ("岁", Age, 1.0),
    ("周岁", Age, 1.0),
    ("分", Score, 1.0),
    ("", Plain, 1.0),
];

/// Measure words: what they count the heading says.
const COUNTED: &str = "个 所 家 户 件 册 本 套 台 辆 幢 栋 座 间 张 份 篇 项 场 期 次 门 节 株 棵 头 只 条 支 处 片 块 \
    组 队 班 届 箱 瓶 盒 包 双 把 部 架 艘 亩 枚 幅 批 轮";

impl Unit {
    /// The unit that a text in half-width letters is; nothing if it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches("单位").trim_start_matches(':').trim();
        if text.is_empty() || text.len() > 40 {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let (plain, per) = lower.split_once('/').unwrap_or((&lower, ""));
        let plain = plain.strip_prefix("人民币").unwrap_or(plain);
        let (measure, size) = measure(plain)?;
        Some(Self { measure, per: per.to_owned(), size, shown: text.to_owned() })
    }

    /// By what numbers in this unit are to be multiplied to be numbers in the other; nothing if nobody can tell.
    pub(super) fn to(&self, other: &Self) -> Option<f64> {
        let countable = |measure: Measure| matches!(measure, Count | People | Money | Visits);
        let alike = self.measure == other.measure
            || self.measure == Plain && countable(other.measure)
            || other.measure == Plain && countable(self.measure);
        (alike && self.per == other.per).then_some(self.size / other.size)
    }
}

/// The unit that a column's name says it counts in.
pub(super) fn of_name(name: &str) -> Option<Unit> {
    super::heading::Heading::of(name).unit
}

fn measure(text: &str) -> Option<(Measure, f64)> {
    let known = |text: &str| {
        let unit = UNITS.iter().find(|(word, ..)| *word == text).map(|(_, measure, size)| (*measure, *size));
        unit.or_else(|| COUNTED.split(' ').any(|word| word == text).then_some((Count, 1.0)))
    };
    // 千克 and 百分比 are words of their own.
    if let Some(unit) = known(text).filter(|_| !text.is_empty()) {
        return Some(unit);
    }
    let rest = text.trim_start_matches(|c| times(c).is_some());
    let prefix = text.get(..text.len() - rest.len()).filter(|prefix| (1..=9).contains(&prefix.len()))?;
    let multiplied = |measure: &Measure| {
        matches!(measure, Money | People | Visits | Count | Mass | Area | Volume | Energy | Lessons | Plain)
    };
    known(rest)
        .filter(|(measure, _)| multiplied(measure))
        .map(|(measure, size)| (measure, size * prefix.chars().filter_map(times).product::<f64>()))
}

fn times(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// A number times a factor, without the dust of binary fractions: 1.1 times 10,000 is 11,000.
pub(super) fn scaled(number: f64, factor: f64) -> f64 {
    if factor == 1.0 {
        return number;
    }
    let exponent = factor.log10().round();
    let is_power = (10_f64.powf(exponent) / factor - 1.0).abs() < 1e-12;
    let shifted = is_power.then(|| format!("{number}e{exponent}").parse().ok()).flatten();
    shifted.unwrap_or(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(from: &str, to: &str) -> Option<f64> {
        Unit::parse(from)?.to(&Unit::parse(to)?)
    }

    #[test]
    fn units_of_one_measure_are_turned_into_each_other() {
        for (from, to, times) in [
            ("万元", "元", 1e4),
            ("亿元", "万元", 1e4),
            ("百万元", "元", 1e6),
            ("人民币万元", "元", 1e4),
            ("单位:千元", "元", 1e3),
            ("万人", "人", 1e4),
            ("人", "名", 1.0),
            ("kg", "g", 1e3),
            ("公斤", "千克", 1.0),
            ("吨", "KG", 1e3),
            ("万平方米", "平方米", 1e4),
            ("小时", "分钟", 60.0),
            ("所", "个", 1.0),
            ("万", "元", 1e4),
            ("万元/人", "元/人", 1e4),
            ("‰", "%", 0.1),
        ] {
            assert_eq!(factor(from, to), Some(times), "{from} {to}");
        }
    }

    #[test]
    fn units_of_different_measures_are_not() {
        for (from, to) in
            [("元", "人"), ("人", "人次"), ("天", "学时"), ("元/人", "元"), ("元/人", "元/月"), ("%", "人")]
        {
            assert_eq!(factor(from, to), None, "{from} {to}");
        }
        for words in ["男", "含预备党员", "", "万众", "百分", "单位:第一小学"] {
            assert_eq!(Unit::parse(words), None, "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_amount_with_four_decimals_comes_back_after_being_turned_there_and_back(hundredths in 0_u64..1_000_000_000_000) {
            let yuan: f64 = format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().unwrap();
            proptest::prop_assert_eq!(scaled(scaled(yuan, 1e-4), 1e4), yuan);
        }
    }
}
