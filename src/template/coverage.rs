//! What the tags of templates came to over many reports: which always find a value, which never do, and which cells are
//! blank where a table shows them.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Origin;
use crate::diagnostic::{Place, Words};

/// Most blank cells of one tag that are remembered.
const MOST_CELLS: usize = 10_000;

/// What tags came to; those that no report reached are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By their places.
    pub tags: BTreeMap<Place, TagCoverage>,
}

/// What one tag came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagCoverage {
    /// As the template has it.
    pub tag: String,
    /// How often it showed something.
    pub filled: usize,
    /// How often it had nothing to show.
    pub blank: usize,
    /// What was said of it each time; nothing of a table's column, which shows a dash.
    pub said: Option<Words>,
    /// The blank cells that a table's column showed; the first ten thousand.
    pub cells: BTreeSet<Origin>,
}

impl Coverage {
    /// Adds what other reports came to.
    pub fn add(&mut self, other: Self) {
        for (place, found) in other.tags {
            let tag = self.tag(place, &found.tag);
            tag.filled += found.filled;
            tag.blank += found.blank;
            tag.said = tag.said.take().or(found.said);
            tag.cells.extend(found.cells);
            while tag.cells.len() > MOST_CELLS {
                tag.cells.pop_last();
            }
        }
    }

    pub(super) fn tag(&mut self, place: Place, tag: &str) -> &mut TagCoverage {
        self.tags.entry(place).or_insert_with(|| TagCoverage { tag: tag.to_owned(), ..TagCoverage::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;
    use crate::template::{Scope, Template, testing};

    /// Merges a template for each school.
    fn coverage(source: &str) -> Vec<(String, usize, usize, usize)> {
        let (dataset, project, style) = (testing::city(), testing::project(), Style::carried("plain").unwrap());
        let template = Template::parse("a.md", source);
        let mut coverage = Coverage::default();
        for row in 0..3 {
            let scope = Scope { dataset: &dataset, project: &project, unit: Some((testing::SCHOOLS, row)), skipped: 0 };
            template.merge_covered(scope, &style, &testing::Album, Some(&mut coverage)).unwrap();
        }
        let tags = coverage.tags.into_values();
        tags.map(|tag| (tag.tag, tag.filled, tag.blank, tag.cells.len())).collect()
    }

    #[test]
    fn tags_tell_how_often_they_have_a_value() {
        assert_eq!(
            coverage("{{学校名称}}{{占地面积}}{{项目.空}}{{#if (等于 代码 \"9\")}}{{类型}}{{/if}}"),
            [("学校名称".into(), 3, 0, 0), ("占地面积".into(), 2, 1, 0), ("项目.空".into(), 0, 3, 0)]
        );
    }

    #[test]
    fn columns_of_tables_tell_their_blank_cells_and_totals_do_not_count() {
        assert_eq!(
            coverage("{{表格 党支部 列=\"书记，党费，人均=除(党费 党员总数)\" 合计=true}}"),
            [("书记".into(), 3, 1, 1), ("党费".into(), 3, 1, 1), ("除(党费 党员总数)".into(), 3, 1, 0)]
        );
    }

    #[test]
    fn a_template_names_the_columns_of_its_tags_and_conditions() {
        let dataset = testing::city();
        let source = "{{学校名称}}{{合计 党支部.党费}}{{#each (筛选 党支部 类型=\"教工\")}}{{书记}}{{/each}}\
                      {{#each (分组 学校 \"区县\")}}{{键}}{{/each}}";
        let columns = Template::parse("a.md", source).columns(&dataset, Some(testing::SCHOOLS), &testing::project());
        let named: Vec<_> =
            columns.into_iter().map(|(table, column)| &*dataset.table(table).columns[column].name).collect();
        assert_eq!(named, ["学校名称", "区县", "类型", "党费（元）", "书记"]);
    }
}
