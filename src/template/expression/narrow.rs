//! What belongs to several rows of a table: the view that a group, or a total, has of all tables. For one row the
//! dataset knows ([`View::at`]); this is the same for many.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::dataset::{Dataset, Rows, TableId, View};

use super::rows::TableRows;

/// A view narrowed to rows: their own table to them, tables whose rows name them (and so on) to those rows, tables that
/// they name (and so on) to the rows named. Never wider than `view`, but for the rows named.
pub(super) fn narrow(view: &View, dataset: &Dataset, to: &TableRows) -> View {
    let mut narrowed = view.clone();
    set(&mut narrowed, to.table, to.rows.clone());
    let mut seen = vec![false; dataset.tables.len()];
    mark(&mut seen, to.table);
    let mut queue = VecDeque::from([to.table]);
    while let Some(table) = queue.pop_front() {
        for link in dataset.links.iter().filter(|link| link.to == table) {
            if mark(&mut seen, link.from) {
                let rows = rows_of(&narrowed, dataset, table);
                let named = rows.flat_map(|row| link.followers.get(row as usize).into_iter().flatten().copied());
                let in_view = only_in(view, link.from, named.collect());
                set(&mut narrowed, link.from, in_view);
                queue.push_back(link.from);
            }
        }
    }
    queue.push_back(to.table);
    while let Some(table) = queue.pop_front() {
        for link in dataset.links.iter().filter(|link| link.from == table) {
            if mark(&mut seen, link.to) {
                let rows = rows_of(&narrowed, dataset, table);
                let named = rows.filter_map(|row| link.targets.get(row as usize).copied().flatten());
                set(&mut narrowed, link.to, Rows::Some(Arc::from(sorted(named.collect()))));
                queue.push_back(link.to);
            }
        }
    }
    narrowed
}

/// Whether a table is met for the first time.
fn mark(seen: &mut [bool], table: TableId) -> bool {
    seen.get_mut(table.0 as usize).is_some_and(|seen| !std::mem::replace(seen, true))
}

fn set(view: &mut View, table: TableId, rows: Rows) {
    if let Some(slot) = view.rows.get_mut(table.0 as usize) {
        *slot = rows;
    }
}

/// The rows of a table in a view.
pub(super) fn rows_in(view: &View, table: TableId) -> Rows {
    view.rows.get(table.0 as usize).cloned().unwrap_or(Rows::All)
}

fn rows_of(view: &View, dataset: &Dataset, table: TableId) -> impl Iterator<Item = u32> + use<> {
    TableRows { table, rows: rows_in(view, table), whole: false }.numbers(dataset)
}

fn only_in(view: &View, table: TableId, rows: Vec<u32>) -> Rows {
    let rows = sorted(rows);
    match rows_in(view, table) {
        Rows::All => Rows::Some(Arc::from(rows)),
        // The view's order stays.
        Rows::Some(seen) => Rows::Some(seen.iter().copied().filter(|row| rows.binary_search(row).is_ok()).collect()),
    }
}

fn sorted(mut rows: Vec<u32>) -> Vec<u32> {
    rows.sort_unstable();
    rows.dedup();
    rows
}
