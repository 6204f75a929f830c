//! A dataset without some rows and all that belongs to them.

use std::collections::BTreeSet;

use super::{Dataset, TableId};

impl Dataset {
    /// These rows and all rows that name them, over any number of links.
    pub fn with_followers(&self, rows: impl IntoIterator<Item = (TableId, u32)>) -> BTreeSet<(TableId, u32)> {
        let mut all = BTreeSet::new();
        let mut open: Vec<_> = rows.into_iter().collect();
        while let Some((table, row)) = open.pop() {
            if all.insert((table, row)) {
                let links = self.links.iter().filter(|link| link.to == table);
                let followers = links.filter_map(|link| Some((link.from, link.followers.get(row as usize)?)));
                open.extend(followers.flat_map(|(from, rows)| rows.iter().map(move |row| (from, *row))));
            }
        }
        all
    }

    /// Takes rows out. Rows that named them name nothing any more.
    pub fn remove(&mut self, rows: &BTreeSet<(TableId, u32)>) {
        // For each table the new number of each row that stays.
        let mut numbers: Vec<Vec<Option<u32>>> = Vec::with_capacity(self.tables.len());
        for (table, id) in self.tables.iter_mut().zip(0..) {
            let mut next = 0;
            let number = |row| {
                let stays = !rows.contains(&(TableId(id), row));
                next += u32::from(stays);
                stays.then(|| next - 1)
            };
            let new: Vec<_> = (0..table.rows.len() as u32).map(number).collect();
            let mut stays = new.iter().map(Option::is_some);
            table.rows.retain(|_| stays.next().unwrap_or(true));
            numbers.push(new);
        }
        let number = |table: TableId, row: u32| *numbers.get(table.0 as usize)?.get(row as usize)?;
        for link in &mut self.links {
            let (from, to) = (link.from, link.to);
            let targets = std::mem::take(&mut link.targets).into_iter().zip(0..);
            let targets = targets.filter(|(_, row)| number(from, *row).is_some());
            link.targets = targets.map(|(target, _)| target.and_then(|target| number(to, target))).collect();
            let followers = std::mem::take(&mut link.followers).into_iter().zip(0..);
            let followers = followers.filter(|(_, row)| number(to, *row).is_some());
            let renumbered = |rows: Vec<u32>| rows.into_iter().filter_map(|row| number(from, row)).collect();
            link.followers = followers.map(|(rows, _)| renumbered(rows)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::testing::Draft;

    const DISTRICTS: TableId = TableId(0);
    const SCHOOLS: TableId = TableId(1);
    const BRANCHES: TableId = TableId(2);

    fn city(left_out: &[&str]) -> Dataset {
        let rows = |lines: &[&'static str]| {
            let keep = |line: &&&str| !left_out.iter().any(|name| line.split('|').any(|cell| cell == *name));
            lines.iter().filter(keep).copied().collect::<Vec<_>>()
        };
        let draft = Draft::default()
            .table("区县", "区县", &rows(&["市#区县:", "东区", "西区"]))
            .table("学校", "代码 区县", &rows(&["市#学校:", "01|东区", "02|西区", "03|东区", "04|西区"]))
            .table("支部", "支部 代码", &rows(&["市#支部:", "甲|03", "乙|01", "丙|02", "丁|03", "戊|09"]));
        draft.link("学校.区县", "区县.区县").link("支部.代码", "学校.代码").done()
    }

    fn without_places(mut dataset: Dataset) -> Dataset {
        for cell in dataset.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
            cell.origin.row = 0;
        }
        dataset
    }

    #[test]
    fn what_is_left_is_the_dataset_that_never_had_the_rows() {
        let mut dataset = city(&[]);
        let rows = dataset.with_followers([(SCHOOLS, 2)]);
        assert_eq!(Vec::from_iter(rows.clone()), [(SCHOOLS, 2), (BRANCHES, 0), (BRANCHES, 3)]);
        dataset.remove(&rows);
        assert_eq!(without_places(dataset), without_places(city(&["03"])));
    }

    #[test]
    fn a_district_goes_with_its_schools_and_their_branches() {
        let mut dataset = city(&[]);
        let rows = dataset.with_followers([(DISTRICTS, 0)]);
        assert_eq!(rows.len(), 1 + 2 + 3);
        dataset.remove(&rows);
        assert_eq!(without_places(dataset), without_places(city(&["东区", "01", "03"])));
    }

    proptest::proptest! {
        /// Whatever is taken out, a row that names another is still one of those that name it, and by its old value.
        #[test]
        fn links_hold_whatever_is_taken_out(
            names in proptest::collection::vec(0_u32..6, 0..12),
            out in proptest::collection::vec((0_u16..2, 0_u32..12), 0..6),
        ) {
            let lines: Vec<_> = names.iter().enumerate().map(|(at, name)| format!("支{at}|{name}")).collect();
            let lines: Vec<_> = ["市#支部:"].into_iter().chain(lines.iter().map(String::as_str)).collect();
            let draft = Draft::default().table("学校", "代码", &["市#学校:", "0", "1", "2", "3", "4"]);
            let mut dataset = draft.table("支部", "支部 代码", &lines).link("支部.代码", "学校.代码").done();
            let rows = dataset.with_followers(out.into_iter().map(|(table, row)| (TableId(table), row)));
            dataset.remove(&rows);
            let (schools, branches) = (&dataset.tables[0].rows, &dataset.tables[1].rows);
            let link = &dataset.links[0];
            proptest::prop_assert_eq!((link.targets.len(), link.followers.len()), (branches.len(), schools.len()));
            for (row, target) in link.targets.iter().enumerate() {
                if let Some(target) = target {
                    let (names, named) = (&branches[row].cells[1].value, &schools[*target as usize].cells[0].value);
                    proptest::prop_assert_eq!(names, named);
                    proptest::prop_assert!(link.followers[*target as usize].contains(&(row as u32)));
                }
            }
            let followers: usize = link.followers.iter().map(Vec::len).sum();
            proptest::prop_assert_eq!(followers, link.targets.iter().flatten().count());
        }
    }
}
