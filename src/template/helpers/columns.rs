//! The list of columns of a table tag: `支部名称，党员总数=党员，占比=占比(正式党员 党员总数)`.

use super::helper;

/// The options that hold such lists.
pub(in crate::template) const OPTIONS: [&str; 5] = ["columns", "category", "value", "photo", "text"];

/// Brackets within brackets in one column.
const MOST_BRACKETS: usize = 32;

/// A column as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) struct ColumnText<'a> {
    pub(in crate::template) heading: &'a str,
    pub(in crate::template) value: &'a str,
}

/// The columns of a list. Commas within brackets part nothing.
pub(in crate::template) fn split(list: &str) -> Vec<ColumnText<'_>> {
    let mut depth = 0usize;
    let items = list.split(|c: char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '，' | ',' | '、')
    });
    items.map(str::trim).filter(|item| !item.is_empty()).map(column).collect()
}

fn column(item: &str) -> ColumnText<'_> {
    let equals = item.find(['=', '＝']).filter(|&at| !item[..at].contains(['(', '（']) || as_tag(item).is_none());
    match equals.and_then(|at| item.get(at..)?.chars().next().map(|sign| (at, at + sign.len_utf8()))) {
        Some((end, start)) => {
            let (left, right) = (item[..end].trim(), item[start..].trim());
            match as_tag(right) {
                Some(_) => ColumnText { heading: left, value: right },
                None => ColumnText { heading: right, value: left },
            }
        }
        None => {
            let name = match as_tag(item) {
                Some(_) => item.split(['(', '（']).next().unwrap_or(item),
                None => item.rsplit('.').next().unwrap_or(item),
            };
            ColumnText { heading: name, value: item }
        }
    }
}

/// A helper with brackets after its name, `占比(甲 乙)`, as Handlebars writes it, `(占比 甲 乙)`; nothing for what is
/// no such call.
pub(in crate::template) fn as_tag(text: &str) -> Option<String> {
    let mut tag = String::new();
    let mut brackets = Vec::new();
    let mut quoted = false;
    for c in text.trim().chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                tag.push(c);
            }
            _ if quoted => tag.push(c),
            '(' | '（' => {
                let word_start = tag.rfind([' ', '(']).map_or(0, |at| at + 1);
                let word = tag.split_off(word_start);
                if helper(&word).is_some() {
                    tag += &format!("({word} ");
                    brackets.push(')');
                } else if word.is_empty() {
                    tag.push('(');
                    brackets.push(')');
                } else {
                    tag += &word;
                    tag.push('（');
                    brackets.push('）');
                }
            }
            ')' | '）' => tag.push(brackets.pop()?),
            '，' | ',' => tag.push(' '),
            _ => tag.push(c),
        }
        if brackets.len() > MOST_BRACKETS {
            return None;
        }
    }
    (tag.starts_with('(') && brackets.is_empty() && !quoted).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &str) -> Vec<(&str, &str)> {
        split(list).into_iter().map(|column| (column.heading, column.value)).collect()
    }

    #[test]
    fn a_column_is_called_by_its_name_or_by_a_heading_of_its_own() {
        assert_eq!(
            pairs(
                "支部名称，党员总数=党员、学校.学校名称, 占比=占比(正式党员, 党员总数)，党费=党费（元），合计(党支部.人数)"
            ),
            [
                ("支部名称", "支部名称"),
                ("党员", "党员总数"),
                ("学校名称", "学校.学校名称"),
                ("占比", "占比(正式党员, 党员总数)"),
                ("党费（元）", "党费"),
                ("合计", "合计(党支部.人数)"),
            ]
        );
        assert_eq!(pairs("，"), []);
    }

    #[test]
    fn calls_are_written_as_handlebars_has_them() {
        for (text, tag) in [
            ("占比(甲 乙)", Some("(占比 甲 乙)")),
            ("占比（甲 乙）", Some("(占比 甲 乙)")),
            ("四舍五入(占比(合计(支部.甲) 乙) 1)", Some("(四舍五入 (占比 (合计 支部.甲) 乙) 1)")),
            ("合计(党费(元))", Some("(合计 党费（元）)")),
            ("日期(成立时间 '年(月)')", Some("(日期 成立时间 '年(月)')")),
            ("党费（元）", None),
            ("占比(甲", None),
            ("甲", None),
        ] {
            assert_eq!(as_tag(text).as_deref(), tag);
        }
    }
}
