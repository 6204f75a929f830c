//! The cells of a header: paths such as `党员队伍/正式党员` as merged cells, one row a level.

use super::Column;

/// A cell of a header; rows and columns from 0, the last ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderCell<'a> {
    pub(super) text: &'a str,
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
    pub(super) right: usize,
}

/// How many rows the header has.
pub(super) fn levels(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.heading.len()).max().unwrap_or(1).max(1)
}

/// Neighbours under one heading share its cell; a path that has fewer levels than others reaches down to the last row.
pub(super) fn cells(columns: &[Column]) -> Vec<HeaderCell<'_>> {
    let last = levels(columns) - 1;
    let mut cells = Vec::new();
    for level in 0..=last {
        let mut left = 0;
        while let Some(column) = columns.get(left) {
            let path = column.heading.as_slice();
            let depth = path.len().max(1);
            let ends = level + 1 >= depth;
            let same =
                |other: &&Column| !ends && other.heading.len() > level + 1 && other.heading[..=level] == path[..=level];
            let right = left + columns[left + 1..].iter().take_while(same).count();
            if level < depth {
                let text = path.get(level).map_or("", String::as_str);
                cells.push(HeaderCell { text, top: level, bottom: if ends { last } else { level }, left, right });
            }
            left = right + 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn columns(headings: &[&str]) -> Vec<Column> {
        let heading = |text: &&str| text.split('/').map(str::to_owned).collect();
        headings.iter().map(|text| Column { heading: heading(text), ..Column::default() }).collect()
    }

    fn shown(headings: &[&str]) -> Vec<String> {
        let columns = columns(headings);
        let shown = |cell: &HeaderCell<'_>| {
            let HeaderCell { text, top, bottom, left, right } = cell;
            format!("{text} {top}-{bottom} {left}-{right}")
        };
        cells(&columns).iter().map(shown).collect()
    }

    #[test]
    fn a_merged_two_row_header_is_made_of_paths() {
        assert_eq!(
            shown(&["学校", "党员队伍/正式党员", "党员队伍/预备党员", "备注"]),
            ["学校 0-1 0-0", "党员队伍 0-0 1-2", "备注 0-1 3-3", "正式党员 1-1 1-1", "预备党员 1-1 2-2"]
        );
    }

    #[test]
    fn equal_words_under_different_headings_stay_apart() {
        assert_eq!(
            shown(&["今年/党员/男", "今年/党员/女", "上年/党员/男"]),
            ["今年 0-0 0-1", "上年 0-0 2-2", "党员 1-1 0-1", "党员 1-1 2-2", "男 2-2 0-0", "女 2-2 1-1", "男 2-2 2-2"]
        );
    }

    proptest! {
        #[test]
        fn every_place_of_any_header_is_in_just_one_cell(headings in prop::collection::vec("[ab](/[ab]){0,2}", 1..9)) {
            let headings: Vec<_> = headings.iter().map(String::as_str).collect();
            let columns = columns(&headings);
            let mut taken = vec![0; levels(&columns) * columns.len()];
            for cell in cells(&columns) {
                for row in cell.top..=cell.bottom {
                    taken[row * columns.len()..][cell.left..=cell.right].iter_mut().for_each(|times| *times += 1);
                }
            }
            prop_assert!(taken.iter().all(|times| *times == 1), "{taken:?}");
        }
    }

    #[test]
    fn a_heading_that_is_also_the_beginning_of_a_path_has_a_cell_of_its_own() {
        assert_eq!(shown(&["党员", "党员/男"]), ["党员 0-1 0-0", "党员 0-0 1-1", "男 1-1 1-1"]);
    }
}
