//! What must hold in the tables, as the project says: cells that are filled, distinct, in range, one of a few, written
//! so, known elsewhere, near last year's; and sums that agree.
//!
//! Each rule that is broken gives one problem at the cell that breaks it. A cell that the dataset has called wrong
//! already (a text among numbers, a key that is blank or there twice) is not called wrong again.

mod absent;
mod agree;
mod cells;
mod change;
mod distinct;
mod find;
mod problem;
mod range;
mod refer;

#[cfg(test)]
mod tests;

use crate::dataset::{Dataset, Kind};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// The rules of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// What single columns must hold.
    pub columns: Vec<ColumnRules>,
    /// Sums that must agree.
    pub sums: Vec<SumRule>,
}

/// What one column must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnRules {
    /// The column.
    pub column: Named,
    /// How bad it is to break them; if not said, an error, and a warning where a value only differs much from last
    /// year's, which may be true.
    pub level: Option<Severity>,
    /// No cell is blank.
    pub required: bool,
    /// No two rows have the same value.
    pub unique: bool,
    /// What the cells hold.
    pub kind: Option<Kind>,
    /// Least and greatest value.
    pub range: Option<Range>,
    /// The only values there may be.
    pub one_of: Vec<String>,
    /// A regular expression that the whole value must match.
    pub pattern: Option<Pattern>,
    /// A column that has every value of this one.
    pub refers_to: Option<Named>,
    /// How much a value may differ from last year's.
    pub change: Option<Change>,
}

/// A table's column as a project names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// The table.
    pub table: String,
    /// The column; of a table whose rows are counted, nothing.
    pub column: String,
    /// Where the project file names it.
    pub place: Place,
}

/// Least and greatest value, numbers or dates, as the project file writes them; an empty text leaves that end open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    /// The least.
    pub least: String,
    /// The greatest.
    pub greatest: String,
    /// Where the project file has them.
    pub place: Place,
}

/// How values are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// A regular expression.
    pub expression: String,
    /// The same in words, such as 6位数字.
    pub says: Option<String>,
    /// Where the project file has it.
    pub place: Place,
}

/// How much a value may differ from last year's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The column of last year's values: of the same table, or of one with the same key.
    pub from: Named,
    /// The difference that is still right: a share such as `20%`, or a number.
    pub above: String,
    /// Where the project file says how much.
    pub place: Place,
}

/// A sum, or a number of rows, that must be what a cell states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SumRule {
    /// What is added up: columns of the row that states the sum, or of rows that name it; a [`Named`] without a column
    /// stands for the number of its rows.
    pub parts: Vec<Named>,
    /// The column that states the sum.
    pub with: Named,
    /// By how much they may differ.
    pub tolerance: f64,
    /// How bad it is if they do not agree.
    pub level: Option<Severity>,
}

/// More cells that break rules than this are no list that anybody goes through: the rules, or the column they look at, are
/// mistaken.
const MOST_PROBLEMS: usize = 100_000;
/// All sums together look at this many cells.
const MOST_ADDED: usize = 1_000_000_000;

impl Rules {
    /// Everything in the dataset that breaks a rule, and every rule that cannot be kept because it names a column that
    /// is not there, or says nothing that can be checked. `tables` are the names of all tables of the project: one that
    /// is not in the dataset has been reported.
    pub fn check(&self, dataset: &Dataset, tables: &[&str]) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let finder = find::Finder { dataset, tables };
        for rules in &self.columns {
            if problems.len() > MOST_PROBLEMS {
                problems.push(problem::too_many_problems(rules.column.place.clone(), MOST_PROBLEMS));
                return problems;
            }
            // A column that is not there is reported where the project's columns are looked for.
            let column = finder.column(&rules.column, &mut Vec::new());
            cells::check(&finder, rules, column, &mut problems);
            if let Some(column) = column {
                distinct::check(&finder, rules, column, &mut problems);
                refer::check(&finder, rules, column, &mut problems);
                change::check(&finder, rules, column, &mut problems);
            }
        }
        let mut added = 0_usize;
        for rule in &self.sums {
            let rows = |part: &Named| dataset.table_id(&part.table).map_or(0, |table| dataset.table(table).rows.len());
            added = added.saturating_add(rule.parts.iter().map(rows).sum());
            if added > MOST_ADDED {
                problems.push(problem::too_much_to_add(rule.with.place.clone(), MOST_ADDED));
                return problems;
            }
            if problems.len() > MOST_PROBLEMS {
                problems.push(problem::too_many_problems(rule.with.place.clone(), MOST_PROBLEMS));
                return problems;
            }
            agree::check(&finder, rule, &mut problems);
        }
        problems
    }
}
