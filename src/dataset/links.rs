//! Links: rows of one table that name a row of another.

use std::borrow::Cow;
use std::collections::HashMap;

use super::keys::comparable;
use super::problem;
use super::{Dataset, Link, LinkSpec, TableId};
use crate::diagnostic::{Diagnostic, Place, nearest};

/// For this many dangling values the nearest known one is looked for; more have one cause.
const HINTED: usize = 50;

/// Follows all links that can be followed. `specified` are the names of all tables there should be: a table that could
/// not be found has been reported, and its links need no words of their own.
pub(super) fn follow(dataset: &mut Dataset, links: &[LinkSpec], specified: &[&str], problems: &mut Vec<Diagnostic>) {
    // Those of tables inside forms are there already.
    let mut followed = std::mem::take(&mut dataset.links);
    for spec in links {
        let from = end(dataset, &spec.from, specified, problems);
        let to = end(dataset, &spec.to, specified, problems);
        let (Some((from, from_column)), Some((to, to_column))) = (from, to) else { continue };
        if from == to || leads_to(followed.iter().map(|link| (link.from, link.to)), to, from) {
            problems.push(problem::circular_link(spec, from == to && from_column == to_column));
            continue;
        }
        followed.push(link(dataset, (from, from_column), (to, to_column), problems));
    }
    dataset.links = followed;
}

type End = (TableId, usize);

fn end(
    dataset: &Dataset,
    (table, column, place): &(String, String, Place),
    specified: &[&str],
    problems: &mut Vec<Diagnostic>,
) -> Option<End> {
    let Some(id) = dataset.table_id(table) else {
        if !specified.contains(&table.as_str()) {
            problems.push(problem::unknown_table(place.clone(), table, specified));
        }
        return None;
    };
    let found = dataset.table(id).find_column(column);
    if found.is_none() {
        problems.push(problem::unknown_column(place.clone(), dataset.table(id), column));
    }
    Some((id, found?))
}

/// Whether rows of one table name, over any number of links, rows of another; `links` are their two ends each.
pub(crate) fn leads_to<T: Copy + PartialEq>(links: impl Iterator<Item = (T, T)> + Clone, from: T, to: T) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(table) = reached.get(next).copied() {
        if table == to {
            return true;
        }
        for (_, end) in links.clone().filter(|(start, _)| *start == table) {
            if !reached.contains(&end) {
                reached.push(end);
            }
        }
        next += 1;
    }
    false
}

fn link(dataset: &Dataset, (from, from_column): End, (to, to_column): End, problems: &mut Vec<Diagnostic>) -> Link {
    let (from_table, to_table) = (dataset.table(from), dataset.table(to));
    let mut known: HashMap<Cow<'_, str>, u32> = HashMap::with_capacity(to_table.rows.len());
    let is_key = to_table.key == [to_column];
    for (row, cell) in to_table.rows.iter().filter_map(|row| row.cells.get(to_column)).enumerate() {
        let Some(value) = comparable(&cell.value) else { continue };
        if let Some(first) = known.get(&value) {
            // A key has been checked already.
            if !is_key {
                let first = to_table.rows[*first as usize].cells[to_column].origin;
                problems.push(problem::link_to_several(dataset, to_table, to_column, first, cell.origin, &value));
            }
        } else {
            known.insert(value, row as u32);
        }
    }
    let mut targets = Vec::with_capacity(from_table.rows.len());
    let mut followers = vec![Vec::new(); to_table.rows.len()];
    let mut blanks = Vec::new();
    let mut dangling = Vec::new();
    for (row, cell) in from_table.rows.iter().filter_map(|row| row.cells.get(from_column)).enumerate() {
        let value = comparable(&cell.value);
        let target = value.as_ref().and_then(|value| known.get(value)).copied();
        match (value, target) {
            (None, _) => blanks.push(cell.origin),
            (Some(value), None) => dangling.push((cell.origin, value)),
            (_, Some(target)) => {
                if let Some(rows) = followers.get_mut(target as usize) {
                    rows.push(row as u32);
                }
            }
        }
        targets.push(target);
    }
    if let Some(first) = blanks.first() {
        problems.push(problem::blank_link(dataset, *first, blanks.len(), &from_table.columns[from_column].name));
    }
    // A table whose workbook could not be read lacks rows: links into it would be called dangling, wrongly.
    if !dataset.incomplete.contains(&to) {
        report_dangling(dataset, (to, to_column), &known, &dangling, problems);
    }
    Link { from, from_column, to, to_column, targets, followers }
}

fn report_dangling(
    dataset: &Dataset,
    (to, to_column): End,
    known: &HashMap<Cow<'_, str>, u32>,
    dangling: &[(super::Origin, Cow<'_, str>)],
    problems: &mut Vec<Diagnostic>,
) {
    if dangling.is_empty() {
        return;
    }
    let table = dataset.table(to);
    let mut names: Vec<&str> = known.keys().map(Cow::as_ref).collect();
    names.sort_unstable();
    let without_zeros: HashMap<&str, &str> =
        names.iter().rev().map(|name| (name.trim_start_matches('0'), *name)).collect();
    // One value that stands in many rows of a sheet is one problem.
    let mut groups: Vec<(super::Origin, &str, Vec<u32>)> = Vec::new();
    let mut known_groups: HashMap<(u32, &str), usize> = HashMap::new();
    for (origin, value) in dangling {
        let at = *known_groups.entry((origin.sheet, value)).or_insert_with(|| {
            groups.push((*origin, value, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, _, rows)) = groups.get_mut(at) {
            rows.push(origin.row);
        }
    }
    for (number, (origin, value, rows)) in groups.iter_mut().enumerate() {
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let zeros = without_zeros.get(value.trim_start_matches('0')).filter(|_| digits).copied();
        let near = if number < HINTED && zeros.is_none() { nearest(value, names.iter().copied()) } else { None };
        rows.dedup();
        problems.push(problem::dangling(dataset, *origin, rows, table, to_column, value, zeros, near));
    }
}
