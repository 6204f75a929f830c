//! The rows that a report sees.

use std::sync::Arc;

use super::{Dataset, Rows, TableId, View};

impl View {
    /// This view narrowed to one row: its own table to that row, the tables whose rows name it (and those that name
    /// them, and so on) to those rows, the tables that it names (and so on) to the rows named. Never wider than `self`,
    /// but for the rows named, which are always in view. Where several ways lead to a table, the one with the fewest
    /// links counts, of equally short ones that of the link given first.
    #[must_use]
    pub fn at(&self, dataset: &Dataset, table: TableId, row: u32) -> Self {
        let mut view = self.clone();
        view.set(table, Arc::from([row]));
        view.narrow_followers(dataset, table, row);
        view.show_named(dataset, table, row);
        view
    }

    fn narrow_followers(&mut self, dataset: &Dataset, table: TableId, row: u32) {
        let mut reached = vec![(table, Arc::from([row]))];
        let mut next = 0;
        while let Some((to, rows)) = reached.get(next).cloned() {
            for link in dataset.links.iter().filter(|link| link.to == to) {
                if reached.iter().any(|(known, _)| *known == link.from) {
                    continue;
                }
                let rows: &Arc<[u32]> = &rows;
                let mut followers: Vec<u32> =
                    rows.iter().filter_map(|row| link.followers.get(*row as usize)).flatten().copied().collect();
                if rows.len() > 1 {
                    followers.sort_unstable();
                }
                let narrowed = match self.rows.get(link.from.0 as usize) {
                    // The view's order stays.
                    Some(Rows::Some(seen)) => {
                        seen.iter().copied().filter(|row| followers.binary_search(row).is_ok()).collect()
                    }
                    _ => Arc::from(followers),
                };
                self.set(link.from, Arc::clone(&narrowed));
                reached.push((link.from, narrowed));
            }
            next += 1;
        }
    }

    fn show_named(&mut self, dataset: &Dataset, table: TableId, row: u32) {
        let mut reached = vec![(table, Some(row))];
        let mut next = 0;
        while let Some((from, row)) = reached.get(next).copied() {
            for link in dataset.links.iter().filter(|link| link.from == from) {
                if reached.iter().any(|(known, _)| *known == link.to) {
                    continue;
                }
                let named = row.and_then(|row| link.targets.get(row as usize).copied().flatten());
                self.set(link.to, named.into_iter().collect());
                reached.push((link.to, named));
            }
            next += 1;
        }
    }

    fn set(&mut self, table: TableId, rows: Arc<[u32]>) {
        if let Some(seen) = self.rows.get_mut(table.0 as usize) {
            *seen = Rows::Some(rows);
        }
    }
}
