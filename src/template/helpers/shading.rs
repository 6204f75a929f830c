//! `着色="总分<60：红，总分>=90：绿"`: cells of a table coloured by what stands in them.

use crate::document::Color;
use crate::template::cell_color;
use crate::template::expression::{Condition, Position, Runner, TableOp, Value};
use crate::template::problem::{pictures as problem, values};

/// A rule: the cells of a column that are so get a colour.
#[derive(Debug)]
pub(super) struct Rule {
    column: usize,
    condition: Condition,
    color: Color,
}

/// Reads a list of rules; what is wrong is reported.
pub(super) fn rules(runner: &mut Runner<'_>, tag: &TableOp<'_>, list: Option<String>) -> Vec<Rule> {
    let list = list.unwrap_or_default();
    let items = list.split(['，', ',', '；', ';']).map(str::trim).filter(|item| !item.is_empty());
    items.filter_map(|item| rule(runner, tag, item, tag.call.at)).collect()
}

fn rule(runner: &mut Runner<'_>, tag: &TableOp<'_>, item: &str, at: Position) -> Option<Rule> {
    let parted = item.rsplit_once(['：', ':']).and_then(|(asked, color)| {
        let sign = asked.find(['<', '>', '=', '!', '≤', '≥', '≠', '＜', '＞', '＝'])?;
        Some((asked.get(..sign)?.trim(), asked.get(sign..)?.trim(), color.trim()))
    });
    let Some((heading, wanted, color)) = parted else {
        runner.report(problem::not_a_shading(runner.place(at), item));
        return None;
    };
    let Some(column) = tag.columns.iter().position(|column| column.heading == heading) else {
        let headings = tag.columns.iter().map(|column| column.heading);
        runner.report(values::unknown_heading(runner.place(at), heading, headings));
        return None;
    };
    let Some(found) = cell_color::color(color) else {
        let names: Vec<_> = cell_color::NAMES.iter().map(|(name, _)| *name).collect();
        runner.report(problem::unknown_word(runner.place(at), color, &names));
        return None;
    };
    let wanted = wanted.replace('＜', "<").replace('＞', ">").replace('＝', "=");
    let wanted = wanted.strip_prefix('=').unwrap_or(&wanted).trim();
    Some(Rule { column, condition: Condition::of(Value::text(wanted), true), color: found })
}

/// The colour of a cell: that of the first rule that it follows.
pub(super) fn color_of(rules: &[Rule], column: usize, value: &Value) -> Option<Color> {
    let mut own = rules.iter().filter(|rule| rule.column == column);
    own.find(|rule| rule.condition.is_met(value) == Some(true)).map(|rule| rule.color)
}

#[cfg(test)]
mod tests {
    use crate::document::Color;
    use crate::template::Insert;
    use crate::template::testing::{merge, problems};

    #[test]
    fn cells_have_the_colour_of_the_first_rule_that_they_follow() {
        let tag = "{{表格 全部.学校 列=\"学校名称，学生数，类型\" 着色=\"学生数>=1100：绿，学生数<900：红，学生数>0:黄；类型=民办：#DDEEFF\"}}";
        let merged = merge(tag, None);
        assert!(merged.problems.is_empty(), "{:?}", merged.problems);
        let Some(Insert::Table(table)) = merged.inserts.get(0) else { panic!("a table") };
        let colors: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.shading.map(Color::to_hex).unwrap_or_default()).collect())
            .collect();
        assert_eq!(colors, [["", "C6EFCE", ""], ["", "FFC7CE", "DDEEFF"], ["", "FFEB9C", ""]]);
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_told() {
        for (rule, said) in [
            ("学生总数<9：红", "没有叫“学生总数”的列"),
            ("学生数<9：红红", "没有“红红”这种写法"),
            ("学生数：红", "读不懂"),
            ("学生数<9", "读不懂"),
        ] {
            let tag = format!("{{{{表格 全部.学校 列=\"学校名称，学生数\" 着色=\"{rule}\"}}}}");
            let found = problems(&tag, None);
            assert!(found[0].contains(said), "{found:?}");
        }
    }
}
