//! The cells of a table's header: entries with equal text beside or below each other are one cell, and a unit is not broken.

use super::inline;
use super::measure::roomy_ems;
use crate::document::{Content, Run, VerticalMerge};

/// A cell of a header row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderCell {
    pub text: String,
    /// How many columns it covers.
    pub span: usize,
    pub merge: VerticalMerge,
}

/// The cells of header rows of `columns` columns. Below two cells that differ nothing is merged across them.
pub(super) fn merge(rows: &[Vec<String>], columns: usize) -> Vec<Vec<HeaderCell>> {
    let text = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).map_or("", |text| text.trim());
    // first column of the cell that each column belongs to, row by row
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for row in 0..rows.len() {
        let mut own: Vec<usize> = Vec::with_capacity(columns);
        for column in 0..columns {
            let joins = column > 0
                && !text(row, column).is_empty()
                && text(row, column) == text(row, column - 1)
                && starts.last().is_none_or(|above: &Vec<usize>| above.get(column) == above.get(column - 1));
            let start = if joins { own.last().copied().unwrap_or(column) } else { column };
            own.push(start);
        }
        starts.push(own);
    }
    let extent = |row: usize, column: usize| {
        let start = starts.get(row)?.get(column)?;
        let span = starts.get(row)?.iter().filter(|other| *other == start).count();
        (*start == column).then_some((column, span, text(row, column)))
    };
    let cells = |row: usize| {
        (0..columns)
            .filter_map(|column| {
                let own = extent(row, column)?;
                let same = |other: Option<usize>| {
                    !own.2.is_empty() && other.and_then(|other| extent(other, column)) == Some(own)
                };
                let merge = match (same(row.checked_sub(1)), same(Some(row + 1))) {
                    (true, _) => VerticalMerge::Continue,
                    (false, true) => VerticalMerge::Restart,
                    (false, false) => VerticalMerge::None,
                };
                Some(HeaderCell { text: own.2.to_owned(), span: own.1, merge })
            })
            .collect()
    };
    (0..rows.len()).map(cells).collect()
}

/// Puts the unit of a heading that does not fit its cell, which has room for so many ems, on a line of its own, if it fits there.
pub(super) fn unit_below(runs: &mut Vec<Run>, room: f64) {
    let text = inline::text_of(runs);
    let Some((_, unit)) = without_unit(&text).filter(|_| roomy_ems(&text) > room && !text.contains('\n')) else {
        return;
    };
    if roomy_ems(unit) > room {
        return;
    }
    let opening = runs.iter().position(|run| matches!(&run.content, Content::Text(text) if text.contains('（')));
    let Some(at) = opening else { return };
    let Some(run) = runs.get(at) else { return };
    let (format, source) = (run.format.clone(), run.source);
    let Content::Text(text) = &run.content else { return };
    let (before, after) = text.split_at(text.find('（').unwrap_or(0));
    let part = |content| Run { format: format.clone(), source, ..Run::of(content) };
    let parts = [part(Content::Text(before.into())), part(Content::LineBreak), part(Content::Text(after.into()))];
    runs.splice(at..=at, parts.into_iter().filter(|run| run.content != Content::Text("".into())));
}

/// A heading and its unit: `党支部` and `（个）`.
pub(super) fn without_unit(heading: &str) -> Option<(&str, &str)> {
    let at = heading.find('（').filter(|at| *at > 0 && heading.ends_with('）'))?;
    heading.split_at_checked(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[&[&str]]) -> Vec<String> {
        let columns = rows[0].len();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|t| (*t).to_owned()).collect()).collect();
        let show = |cell: HeaderCell| {
            let sign = match cell.merge {
                VerticalMerge::None => "",
                VerticalMerge::Restart => "↓",
                VerticalMerge::Continue => "↑",
            };
            format!("{}{}{sign}", cell.text, cell.span)
        };
        merge(&rows, columns).into_iter().map(|row| row.into_iter().map(show).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn equal_entries_are_one_cell() {
        assert_eq!(
            shown(&[&["学校", "党员", "党员", "备注"], &["学校", "正式", "预备", "备注"]]),
            ["学校1↓ 党员2 备注1↓", "学校1↑ 正式1 预备1 备注1↑"]
        );
    }

    #[test]
    fn below_cells_that_differ_equal_entries_stay_apart() {
        assert_eq!(shown(&[&["今年", "上年"], &["党员", "党员"]]), ["今年1 上年1", "党员1 党员1"]);
        assert_eq!(shown(&[&["", ""]]), ["1 1"]);
    }
}
