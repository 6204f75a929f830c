//! Which rows a template may read, told before any value is: the same for every report of it.

use std::collections::BTreeSet;

use crate::dataset::TableId;

/// What a template may read of the data. Never less than what merging it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Tables of which it reads rows of its own unit.
    pub own: BTreeSet<TableId>,
    /// Tables of which it reads any row (`全部`).
    pub whole: BTreeSet<TableId>,
    /// Whether it follows links from any row at all, and not only from rows of its unit.
    pub links: bool,
    /// The columns that it reads of rows that are not its unit's.
    pub columns: BTreeSet<(TableId, usize)>,
    /// Whether it shows the number of its own row.
    pub number: bool,
    /// Whether it puts in documents whose names stand in the data, so that nobody knows beforehand what they read.
    pub unknown: bool,
}

/// What has been seen of it while names are looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    own: BTreeSet<TableId>,
    whole: BTreeSet<TableId>,
    /// Tables that turns about rows of everybody ask for.
    inner: BTreeSet<TableId>,
    number: bool,
    pub(super) unknown: bool,
}

/// Where rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// Of everything (`全部`).
    Everything,
    /// By the unit, or a turn about what belongs to it.
    Own,
    /// By a turn about a row of everything, and so of what belongs to that row.
    Anybody,
}

impl Seen {
    /// Rows of a table are asked for.
    pub(super) fn rows(&mut self, table: TableId, from: From) {
        match from {
            From::Everything => self.whole.insert(table),
            From::Own => self.own.insert(table),
            From::Anybody => self.inner.insert(table),
        };
    }

    /// The number of the row at a level is asked for.
    pub(super) fn number(&mut self, level: usize) {
        self.number |= level == 0;
    }

    pub(super) fn add(&mut self, other: Self) {
        self.own.extend(other.own);
        self.whole.extend(other.whole);
        self.inner.extend(other.inner);
        self.number |= other.number;
        self.unknown |= other.unknown;
    }

    /// All of it, with the columns that are named.
    pub(super) fn reads(self, columns: impl IntoIterator<Item = (TableId, usize)>) -> Reads {
        let Self { own, mut whole, inner, number, unknown } = self;
        // What belongs to a row is found by links, whichever tables lie between.
        let links = !inner.is_empty();
        whole.extend(inner);
        Reads { own, whole, links, columns: columns.into_iter().collect(), number, unknown }
    }
}

impl Reads {
    /// Adds what another part of the template reads; values go from part to part only through the data.
    pub(in crate::template) fn add(&mut self, other: Self) {
        self.own.extend(other.own);
        self.whole.extend(other.whole);
        self.links |= other.links;
        self.columns.extend(other.columns);
        self.number |= other.number;
        self.unknown |= other.unknown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;
    use crate::template::testing;

    fn reads(source: &str) -> (Vec<String>, Vec<String>, bool) {
        let dataset = testing::city();
        let template = Template::parse("a.md", source);
        let reads = template.reads(&dataset, Some(testing::SCHOOLS), &testing::project());
        let names = |tables: &BTreeSet<TableId>| tables.iter().map(|id| dataset.table(*id).name.clone()).collect();
        (names(&reads.own), names(&reads.whole), reads.links)
    }

    #[test]
    fn rows_of_the_unit_are_told_from_rows_of_everybody() {
        assert_eq!(reads("{{学校名称}}"), (vec![], vec![], false));
        assert_eq!(reads("{{合计 党支部.党费}}"), (vec!["党支部".into()], vec![], false));
        assert_eq!(reads("{{合计 全部.党支部.党费}}"), (vec![], vec!["党支部".into()], false));
    }

    #[test]
    fn what_a_turn_about_everybody_asks_for_is_everybodys() {
        let own = reads("{{#each 党支部}}{{学校.学校名称}}{{/each}}");
        assert_eq!(own, (vec!["学校".into(), "党支部".into()], vec![], false));
        let all = reads("{{#each 全部.学校}}{{合计 党支部.党费}}{{/each}}");
        assert_eq!(all, (vec![], vec!["学校".into(), "党支部".into()], true));
        let both = reads("{{#each 全部.学校}}{{学校名称}}{{/each}}{{#each 党支部}}{{学校.学校名称}}{{/each}}");
        assert_eq!(both, (vec!["学校".into(), "党支部".into()], vec!["学校".into()], false));
    }
}
