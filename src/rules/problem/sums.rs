//! Sums that do not agree.

use super::{broken, figure};
use crate::diagnostic::{Diagnostic, Place, Severity, Words};

/// A sum that is not what a cell states.
pub(in crate::rules) struct Sums<'a> {
    /// What was added up.
    pub(in crate::rules) names: &'a [&'a str],
    /// Whether rows were counted.
    pub(in crate::rules) counted: bool,
    /// The unit that all figures are in, if that of what was added up is another.
    pub(in crate::rules) unit: Option<&'a str>,
    /// The figure of the cell.
    pub(in crate::rules) stated: f64,
    /// What it should be.
    pub(in crate::rules) sum: f64,
    /// The cells that were added up, or of the rows that were counted; as many as are listed.
    pub(in crate::rules) cells: Words,
}

pub(in crate::rules) fn sums_differ(level: Severity, place: Place, column: &str, sums: &Sums<'_>) -> Diagnostic {
    let (stated, sum) = (figure(sums.stated), figure(sums.sum));
    let difference = figure((sums.stated - sums.sum).abs());
    let names = (sums.names.join("”“"), sums.names.join("” and “"));
    let (zh_more, en_more) = if sums.stated > sums.sum { ("多", "more") } else { ("少", "less") };
    let (zh, en) = if sums.counted {
        (format!("“{}”实有 {sum} 行", names.0), format!("there are {sum} rows of “{}”", names.1))
    } else {
        let unit = sums.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        (format!("“{}”加起来是 {sum}{unit}", names.0), format!("“{}” add up to {sum}{unit}", names.1))
    };
    let Words { zh: zh_cells, en: en_cells } = &sums.cells;
    let (zh_cells, en_cells) = match sums.counted {
        _ if zh_cells.is_empty() => ("没有找到属于它的行".to_owned(), "no rows belong to it".to_owned()),
        true => (format!("这些行：{zh_cells}"), format!("the rows: {en_cells}")),
        false => (format!("相加的是 {zh_cells}"), format!("added up were {en_cells}")),
    };
    let words = Words::new(
        format!("“{column}”写的是 {stated}，{zh}，{zh_more} {difference}；{zh_cells}"),
        format!("“{column}” says {stated}, but {en}: {difference} {en_more}; {en_cells}"),
    );
    broken("rules.agree", level, place, column, words).with_hint(Words::new(
        "看看是不是有一行漏了、重了，或者哪个数写错了",
        "see whether a row is missing or there twice, or one of the figures is wrong",
    ))
}
