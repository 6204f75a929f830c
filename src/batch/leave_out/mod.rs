//! Units whose data has errors, left out of a run so that the others can be made.

pub(super) mod problem;

use std::collections::{BTreeSet, HashMap};

use super::context::unit_name;
use super::jobs::unit_key;
use super::owners::Owners;
use crate::dataset::{Dataset, Rows, TableId, value_shown};
use crate::diagnostic::{Diagnostic, Place};

/// A row of a table that reports are made for.
type Unit = (TableId, u32);

/// The units that a run leaves out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Their names, in the order of the tables.
    pub(super) names: Vec<String>,
    /// The same as the names of their reports have them, by their tables.
    pub(super) units: Vec<(TableId, String)>,
    /// What they are called on the command line.
    called: BTreeSet<String>,
    /// For each unit that is left, by its new row, which of `names` its report would have shown.
    seen: HashMap<Unit, Vec<usize>>,
}

impl LeftOut {
    /// Takes the units that own an error, and all that belongs to them, out of the dataset. Nothing is done if there is
    /// an error that belongs to nobody, or no unit would be left.
    pub(super) fn take_out(dataset: &mut Dataset, problems: &[Diagnostic], unit_tables: &[TableId]) -> Option<Self> {
        let owners = Owners::new(dataset, unit_tables);
        let errors = || problems.iter().filter(|problem| problem.is_error());
        let wrong = errors().map(|problem| owners.owner(&problem.place));
        let mut wrong: BTreeSet<Unit> = wrong.collect::<Option<_>>()?;
        if wrong.is_empty() {
            return Some(Self::default());
        }
        wrong.extend(strays(dataset, errors().filter_map(|problem| file(&problem.place)).collect(), unit_tables));
        let rows = dataset.with_followers(wrong);
        let is_left =
            |table: &TableId| (0..dataset.table(*table).rows.len()).any(|row| !rows.contains(&(*table, row as u32)));
        if !unit_tables.iter().all(is_left) {
            return None;
        }
        let units: Vec<Unit> = rows.iter().filter(|(table, _)| unit_tables.contains(table)).copied().collect();
        let names = units.iter().map(|(table, row)| unit_name(dataset, *table, *row)).collect();
        let keys = units.iter().map(|(table, row)| (*table, unit_key(dataset, *table, *row))).collect();
        let cells = units.iter().filter_map(|(table, row)| dataset.table(*table).rows.get(*row as usize));
        let called = cells.flat_map(|row| &row.cells).map(|cell| value_shown(&cell.value)).collect();
        let seen = seen(dataset, unit_tables, &units);
        dataset.remove(&rows);
        Some(Self { names, units: keys, called, seen })
    }

    /// Why units with errors could not be left out of a run that was to do so: errors of nobody, a table of which nothing
    /// is left, or units that all have errors. `unread` are the tables that are missing.
    pub(super) fn why_not(place: &Place, problems: &[Diagnostic], unread: &[&str]) -> Diagnostic {
        let of_nobody: Vec<_> =
            problems.iter().filter(|problem| problem.is_error() && problem.unit.is_none()).collect();
        let place = place.clone();
        match (of_nobody.as_slice(), unread) {
            ([], []) => problem::nobody_left(place),
            ([], unread) => problem::no_table(place, unread),
            (errors, _) => problem::errors_of_nobody(place, errors),
        }
    }

    /// Whether a unit that is left out is called so.
    pub(super) fn has(&self, wanted: &str) -> bool {
        self.called.contains(wanted)
    }

    /// The names of the units that a report would have shown: all of them in one over everything.
    pub(super) fn missed_by(&self, unit: Option<Unit>) -> Vec<&str> {
        match unit {
            None => self.names.iter().map(String::as_str).collect(),
            Some(unit) => {
                let seen = self.seen.get(&unit).into_iter().flatten();
                seen.filter_map(|at| self.names.get(*at)).map(String::as_str).collect()
            }
        }
    }
}

/// The file that a place is in.
fn file(place: &Place) -> Option<&str> {
    match place {
        Place::File { file } | Place::Sheet { file, .. } | Place::Cell { file, .. } => Some(file),
        _ => None,
    }
}

/// The rows of some files that should name a unit and name none, as with a code that has lost its zeros: they are those
/// of whom the file belongs to.
fn strays(dataset: &Dataset, files: BTreeSet<&str>, unit_tables: &[TableId]) -> Vec<Unit> {
    let is_of_file = |sheet: u32| dataset.sheets.get(sheet as usize).is_some_and(|name| files.contains(&*name.file));
    let mut strays = Vec::new();
    for link in dataset.links.iter().filter(|link| !unit_tables.contains(&link.from)) {
        let rows = dataset.table(link.from).rows.iter().zip(&link.targets).zip(0..);
        let strayed = rows.filter(|((row, target), _)| {
            target.is_none() && row.cells.first().is_some_and(|cell| is_of_file(cell.origin.sheet))
        });
        strays.extend(strayed.map(|(_, number)| (link.from, number)));
    }
    strays
}

/// For each unit that is left, by the row it is going to have, which of those left out it sees.
fn seen(dataset: &Dataset, unit_tables: &[TableId], left_out: &[Unit]) -> HashMap<Unit, Vec<usize>> {
    let mut seen = HashMap::new();
    let all = dataset.all();
    for table in unit_tables {
        let mut next = 0;
        for row in 0..dataset.table(*table).rows.len() as u32 {
            if left_out.binary_search(&(*table, row)).is_ok() {
                continue;
            }
            let view = all.at(dataset, *table, row);
            let sees = |(of, row): &Unit| match view.rows.get(of.0 as usize) {
                Some(Rows::Some(rows)) => rows.contains(row),
                Some(Rows::All) => true,
                None => false,
            };
            let missed: Vec<_> =
                left_out.iter().enumerate().filter(|(_, unit)| sees(unit)).map(|(number, _)| number).collect();
            if !missed.is_empty() {
                seen.insert((*table, next), missed);
            }
            next += 1;
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::testing::Draft;
    use crate::diagnostic::Words;

    const DISTRICTS: TableId = TableId(0);
    const SCHOOLS: TableId = TableId(1);

    fn city() -> Dataset {
        Draft::default()
            .table("区县", "区县", &["市#区县:", "东区", "西区"])
            .table("学校", "代码 校名 区县", &["市#学校:", "01|一小|东区", "02|二小|东区", "03|三小|西区"])
            .table("支部", "支部 代码", &["甲.xlsx#表:", "甲|01", "乙.xlsx#表:", "乙|02", "丙|02"])
            .link("学校.区县", "区县.区县")
            .link("支部.代码", "学校.代码")
            .done()
    }

    fn error(file: &str, cell: &str) -> Diagnostic {
        let place = Place::Cell { file: file.into(), sheet: "表".into(), cell: cell.into() };
        Diagnostic::error("x.y", place, Words::new("有错", "wrong"))
    }

    fn leave_out(problems: &[Diagnostic]) -> (Dataset, Option<LeftOut>) {
        let mut dataset = city();
        let left_out = LeftOut::take_out(&mut dataset, problems, &[DISTRICTS, SCHOOLS]);
        (dataset, left_out)
    }

    #[test]
    fn a_unit_with_an_error_goes_with_its_rows_and_is_missed_where_it_would_have_been_shown() {
        let (dataset, left_out) = leave_out(&[error("甲.xlsx", "A2")]);
        let left_out = left_out.unwrap();
        assert_eq!(left_out.names, ["01 一小"]);
        assert_eq!(dataset.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [2, 2, 2]);
        assert_eq!(left_out.missed_by(None), ["01 一小"]);
        assert_eq!(left_out.missed_by(Some((DISTRICTS, 0))), ["01 一小"]);
        assert_eq!(left_out.missed_by(Some((DISTRICTS, 1))), [""; 0]);
        assert_eq!(left_out.missed_by(Some((SCHOOLS, 0))), [""; 0]);
        assert!(left_out.has("一小") && !left_out.has("二小"));
    }

    #[test]
    fn an_error_of_nobody_or_of_everybody_leaves_all_as_it_is() {
        let (dataset, left_out) = leave_out(&[error("甲.xlsx", "A2"), error("丁.xlsx", "A2")]);
        assert!(left_out.is_none());
        assert_eq!(dataset, city());
        let all = [error("甲.xlsx", "A2"), error("乙.xlsx", "A2"), error("03三小.xlsx", "A2")];
        assert!(leave_out(&all).1.is_none());
    }

    #[test]
    fn rows_that_name_nobody_go_with_whom_their_file_belongs_to() {
        let mut dataset = Draft::default()
            .table("学校", "代码 校名", &["市#学校:", "01|一小", "03|三小"])
            .table("支部", "支部 代码", &["甲.xlsx#表:", "甲|01", "三小.xlsx#表:", "丁|3", "戊|3"])
            .link("支部.代码", "学校.代码")
            .done();
        let of_file = Diagnostic::error("x.y", Place::File { file: "三小.xlsx".into() }, Words::new("有错", "wrong"));
        let left_out = LeftOut::take_out(&mut dataset, &[of_file], &[TableId(0)]).unwrap();
        assert_eq!(left_out.names, ["03 三小"]);
        assert_eq!(dataset.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn warnings_leave_nobody_out() {
        let mut warning = error("甲.xlsx", "A2");
        warning.severity = crate::diagnostic::Severity::Warning;
        let (dataset, left_out) = leave_out(&[warning]);
        assert!(left_out.unwrap().names.is_empty());
        assert_eq!(dataset, city());
    }
}
