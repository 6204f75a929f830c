//! Which of a sheet's tables is meant: `at = "A12"` names its first cell, `at = "培训情况"` the title above it, or a column
//! that no other table of the sheet has.

use super::header;
use super::locate::{Located, is_note, is_serial};
use super::names::{folded, half_width, same_name};
use super::region::Region;

/// Longest text above a table that is taken for its title.
const LONGEST_TITLE: usize = 30;

/// So many of a table's first columns are tried as its name.
const COLUMNS_TRIED: usize = 8;

/// The table that `at` means; nothing if there is none, or more than one.
pub(super) fn pick<'a>(found: &'a [Located], at: &str) -> Option<&'a Located> {
    if let Some((row, column)) = address(at) {
        let holds = |located: &&Located| {
            let (left, right) = located.columns();
            let (top, _) = located.extent();
            (top..=located.header.bottom as u32).contains(&row) && (left..=right).contains(&column)
        };
        return found.iter().find(holds);
    }
    let wanted = folded(at);
    let wanted_core = core(&wanted);
    only(found, &|title| *title == *wanted)
        .or_else(|| only(found, &|title| core(title) == wanted_core))
        .or_else(|| only_with_column(found, at))
        .or_else(|| only(found, &|title| !wanted_core.is_empty() && title.contains(wanted_core)))
}

fn only_with_column<'a>(found: &'a [Located], name: &str) -> Option<&'a Located> {
    let has = |located: &&Located| located.header.columns.iter().any(|(_, column)| same_name(column, name));
    let mut meant = found.iter().filter(has);
    meant.next().filter(|_| meant.next().is_none())
}

/// The table whose header begins in the cell that `at` names, whatever else was found there.
pub(super) fn forced(whole: &Region<'_>, at: &str) -> Option<Located> {
    let (row, column) = address(at)?;
    let region = whole.with_rows(row as usize..usize::MAX).with_columns(column as usize..usize::MAX);
    let header = header::header_at(&region, row as usize).filter(|header| header.columns.len() > 1)?;
    Some(Located::below(&region, header).0)
}

/// What to write as `at` for one of the tables found: its title if no other has it, else its first column that no other
/// has, else its first cell. What stands in a file is found in the next, wherever it stands there.
pub(super) fn proposed(found: &[Located], located: &Located) -> String {
    let is_meant = |name: &&str| pick(found, name).is_some_and(|picked| std::ptr::eq(picked, located));
    let columns = located.header.columns.iter().map(|(_, name)| name.as_str());
    let columns = columns.filter(|name| !is_serial(name) && !name.contains('"')).take(COLUMNS_TRIED);
    titles(located).chain(columns).find(is_meant).map_or_else(|| located.first_cell(), str::to_owned)
}

/// The words above a table that name it, the nearest first.
pub(super) fn titles(located: &Located) -> impl Iterator<Item = &str> {
    let titles = located.titles.iter().rev().map(|(_, _, title)| title.as_str());
    titles.filter(|title| {
        title.chars().count() <= LONGEST_TITLE && !is_note(title, true) && !title.contains([':', '：', '"'])
    })
}

fn only<'a>(found: &'a [Located], is_meant: &dyn Fn(&str) -> bool) -> Option<&'a Located> {
    let mut meant = found.iter().filter(|located| located.titles.iter().any(|(_, _, title)| is_meant(&folded(title))));
    meant.next().filter(|_| meant.next().is_none())
}

/// A title without its number: 二、培训情况, （二）培训情况, 表2 培训情况 are 培训情况.
fn core(title: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let labelled = ["附件", "附表", "表"].iter().find_map(|word| title.strip_prefix(word));
    let start = labelled.unwrap_or(title);
    let after = start.trim_start_matches('(').trim_start_matches(is_number);
    let bare = after.trim_start_matches(['、', '.', ')', ':', '-']);
    // 2023年情况 begins with a number that is no place in a list.
    let numbered = after.len() < start.len() && (labelled.is_some() || bare.len() < after.len());
    if numbered && !bare.is_empty() { bare } else { title }
}

/// A cell's row and column, from 0: `A12`, `$A$12`.
pub(super) fn address(text: &str) -> Option<(u32, u32)> {
    let plain: String = text.trim().chars().filter(|c| *c != '$').map(half_width).collect();
    let digits = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = plain.get(..plain.len() - digits.len()).filter(|letters| (1..=3).contains(&letters.len()))?;
    let row: u32 = digits.parse().ok().filter(|row| *row > 0 && digits.len() <= 7)?;
    let column =
        letters.bytes().fold(0_u32, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        assert_eq!(address("A1"), Some((0, 0)));
        assert_eq!(address("$ab$12"), Some((11, 27)));
        assert_eq!(address("Ｆ２"), Some((1, 5)));
        for text in ["培训", "A", "12", "A0", "表2", "ABCD1", ""] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn titles_are_the_same_without_their_numbers() {
        for title in ["二、培训情况", "(二)培训情况", "表2培训情况", "2.培训情况", "附件3:培训情况"]
        {
            assert_eq!(core(title), "培训情况", "{title}");
        }
        for title in ["表彰情况", "2023年情况", "一", "五好支部"] {
            assert_eq!(core(title), title);
        }
    }
}
