//! Headings apart from what stands in their brackets: a unit, a remark for who fills it in, or what else they say.

use super::kind::NameSays;
use super::names::{PATH, folded, parted};
use super::unit::Unit;

/// A column's name, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    /// Its levels without brackets at their ends.
    levels: Vec<String>,
    /// What its brackets say besides units and remarks: 女 of 党员数（女）.
    qualifier: String,
    /// The unit of its last level that has one.
    pub(super) unit: Option<Unit>,
}

impl Heading {
    pub(super) fn of(name: &str) -> Self {
        let mut heading = Self::default();
        for level in name.split(PATH) {
            let folded = folded(level);
            let mut bare = folded.as_ref();
            let mut unit = None;
            while let Some((before, inside)) = parted(bare) {
                bare = before;
                let mut parts = inside.split([',', ';', '、', '。']);
                match parts.find_map(Unit::parse) {
                    Some(found) if unit.is_none() => unit = Some(found),
                    _ if is_remark(inside) => {}
                    _ => heading.qualifier = format!("{inside}/{}", heading.qualifier),
                }
            }
            heading.levels.push(bare.to_owned());
            heading.unit = unit.or(heading.unit);
        }
        heading
    }

    /// Whether a column of this heading answers to a name in a template or a project file: no other unit, nothing in
    /// brackets that changes what is counted.
    pub(super) fn answers(&self, wanted: &Self) -> bool {
        self.is_qualified_like(wanted)
            && match (&self.unit, &wanted.unit) {
                (Some(own), Some(wanted)) => own.to(wanted) == Some(1.0),
                _ => true,
            }
    }

    /// Whether columns of these headings are one: the numbers of one can be turned into those of the other.
    pub(super) fn is_one_with(&self, other: &Self) -> bool {
        self.is_qualified_like(other)
            && match (&self.unit, &other.unit) {
                (Some(own), Some(other)) => own.to(other).is_some(),
                _ => true,
            }
    }

    /// Whether all levels are equal.
    pub(super) fn is_called(&self, other: &Self) -> bool {
        self.levels == other.levels
    }

    /// Whether the lowest levels are equal, as many as both have: 党员队伍/正式党员 and 正式党员.
    pub(super) fn ends_like(&self, other: &Self) -> bool {
        self.levels.iter().rev().zip(other.levels.iter().rev()).all(|(a, b)| a == b)
    }

    /// Whether the other's levels are its own lowest ones.
    pub(super) fn goes_into(&self, other: &Self) -> bool {
        self.levels.len() >= other.levels.len() && self.ends_like(other)
    }

    /// Whether it says by itself that money is counted.
    pub(super) fn says_money(&self) -> bool {
        const ENDINGS: &str = "费 额 款 资金 经费 收入 支出 余额 预算 决算 工资 奖金 补助 投入 金";
        self.levels.last().is_some_and(|last| ENDINGS.split(' ').any(|ending| last.ends_with(ending)))
    }

    /// Of numbers, 党员数 and 党员数（女） are two things; 联系人 and 联系人（办公室） are one to most.
    fn is_qualified_like(&self, other: &Self) -> bool {
        let lax = self.qualifier.is_empty() || other.qualifier.is_empty();
        self.qualifier == other.qualifier || lax && !self.levels.last().is_some_and(|last| NameSays::of(last).number)
    }
}

/// Whether columns of these names are one in files that make one table.
pub(crate) fn are_one(a: &str, b: &str) -> bool {
    let (a, b) = (Heading::of(a), Heading::of(b));
    a.ends_like(&b) && a.is_one_with(&b)
}

/// Whether words in brackets only tell how the column is to be filled in.
fn is_remark(text: &str) -> bool {
    const STARTS: &str = "如 例 见 可 请 选 必 按 填 格式 单选 多选 下拉 盖章 签 公章 附 保留 精确 注 自动 无需 须 需 全称 \
        简称 具体 详细 年 是 yyyy YYYY";
    text.is_empty() || text.contains(['=', '√']) || STARTS.split(' ').any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_one(a: &str, b: &str) -> bool {
        let (a, b) = (Heading::of(a), Heading::of(b));
        a.is_called(&b) && a.is_one_with(&b)
    }

    #[test]
    fn a_unit_or_a_remark_makes_no_other_column() {
        for (a, b) in [
            ("党费（元）", "党费(万元)"),
            ("党费【元】", "党费"),
            ("党费（元，保留两位小数）", "党费"),
            ("党费（元）（必填）", "党费（万元）"),
            ("入党时间（如2001.07）", "入党时间（年月）"),
            ("联系人（办公室）", "联系人"),
            ("经费（元）/拨款", "经费（万元）/拨款"),
        ] {
            assert!(are_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn what_changes_the_count_makes_another_column() {
        for (a, b) in [
            ("党员数（男）", "党员数（女）"),
            ("党员数（女）", "党员数"),
            ("培训（人）", "培训（人次）"),
            ("人均费用（元/人）", "人均费用（元/月）"),
            ("今年/人数", "上年/人数"),
        ] {
            assert!(!are_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn the_lowest_levels_are_compared() {
        let ends_like = |a: &str, b: &str| Heading::of(a).ends_like(&Heading::of(b));
        assert!(ends_like("党员队伍/正式党员", "正式党员") && ends_like("人数（人）", "今年/人数"));
        assert!(!ends_like("今年/人数", "上年/人数"));
    }
}
