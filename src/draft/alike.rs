//! Sheets of one folder that a hundred hands have filled in are one table, though their headings differ a little.

use std::collections::BTreeSet;

use super::names::differ_in_time_alone;
use super::sources::{Sheet, folder};
use crate::dataset::{FoundKind, are_one, is_serial};
use crate::diagnostic::nearest;

/// Sheets that make one table.
pub(super) struct Group<'a> {
    pub(super) sheets: Vec<Sheet<'a>>,
    /// Columns that some of the sheets call otherwise: what they are called, and the other names.
    pub(super) also: Vec<(String, Vec<String>)>,
}

/// A column that one of so many sheets lacks is missing there, and not one that only the others have.
const MANY: usize = 3;
/// Sheets that lack more than this part of the columns are of another table.
const MOST_ABSENT: usize = 4;

/// Puts groups of sheets with equal columns together where one folder has several that differ a little: in the order of
/// columns, in upper levels, units, serial numbers, columns of their own, a name that is nearly another, a few columns that
/// are missing. The largest group says what the columns are called.
pub(super) fn put_together<'a>(groups: Vec<Vec<Sheet<'a>>>) -> Vec<Group<'a>> {
    let mut groups: Vec<_> = groups.into_iter().map(|sheets| Some(Group { sheets, also: Vec::new() })).collect();
    let mut by_size: Vec<usize> = (0..groups.len()).collect();
    let size = |group: &Option<Group<'_>>| group.as_ref().map_or(0, |group| group.sheets.len());
    by_size.sort_by_key(|at| std::cmp::Reverse(size(&groups[*at])));
    for (done, largest) in by_size.iter().enumerate() {
        let Some(mut base) = groups[*largest].take() else { continue };
        let mut place = *largest;
        for other in by_size.iter().skip(done + 1) {
            let Some(group) = groups[*other].take() else { continue };
            match renamed(&base, &group) {
                Some(renamed) => {
                    place = place.min(*other);
                    add(&mut base, group, renamed);
                }
                None => groups[*other] = Some(group),
            }
        }
        groups[place] = Some(base);
    }
    groups.into_iter().flatten().collect()
}

fn add<'a>(base: &mut Group<'a>, group: Group<'a>, renamed: Vec<(String, String)>) {
    for (name, own) in renamed {
        match base.also.iter_mut().find(|(known, _)| *known == name) {
            Some((_, names)) if names.contains(&own) => {}
            Some((_, names)) => names.push(own),
            None => base.also.push((name, vec![own])),
        }
    }
    base.sheets.extend(group.sheets);
}

/// The names of the base's columns that the other group's sheets call otherwise, and how; nothing if the groups are not
/// of one table.
fn renamed(base: &Group<'_>, group: &Group<'_>) -> Option<Vec<(String, String)>> {
    let (first, other) = (base.sheets.first()?, group.sheets.first()?);
    let one_place = folder(first.path) == folder(other.path) && first.found.kind == other.found.kind;
    let meant = |sheet: &Sheet<'_>| (!sheet.on_top).then(|| sheet.found.at.clone());
    let files: BTreeSet<_> = base.sheets.iter().map(|sheet| sheet.file).collect();
    let apart = group.sheets.iter().all(|sheet| !files.contains(&sheet.file));
    if !one_place || meant(first) != meant(other) || !apart {
        return None;
    }
    let names: Vec<_> = base.sheets.iter().chain(&group.sheets).map(Sheet::full_name).collect();
    if differ_in_time_alone(&names.iter().map(String::as_str).collect::<Vec<_>>()) {
        return None;
    }
    let named = |sheet: &'_ Sheet<'_>| -> Vec<(String, crate::dataset::Kind)> {
        let columns = sheet.found.columns.iter().filter(|column| !is_serial(&column.name));
        columns.map(|column| (column.name.clone(), column.kind)).collect()
    };
    let (mut missing, mut extra) = (named(first), named(other));
    let all = extra.len();
    extra.retain(|(own, _)| {
        let mut known = (0..missing.len()).filter(|at| are_one(&missing[*at].0, own));
        match (known.next(), known.next()) {
            (Some(at), None) => {
                missing.remove(at);
                false
            }
            _ => true,
        }
    });
    let matched = all - extra.len();
    if matched < 2 || matched * 2 < all {
        return None;
    }
    let (mut renamed, mut absent) = (Vec::new(), 0);
    for (name, kind) in missing {
        // Labels of forms are found by their names.
        let others = || extra.iter().filter(|(_, other)| *other == kind && first.found.kind != FoundKind::Form);
        let Some(near) = nearest(last(&name), others().map(|(own, _)| last(own))) else {
            absent += 1;
            continue;
        };
        let own = others().map(|(own, _)| own).find(|own| last(own) == near)?.clone();
        extra.retain(|(other, _)| *other != own);
        renamed.push((name, own));
    }
    let all = named(first).len();
    (absent == 0 || base.sheets.len() >= MANY && absent * MOST_ABSENT <= all).then_some(renamed)
}

/// The last level of a name.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
