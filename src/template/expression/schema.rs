//! What names stand for, told from the tables' columns alone: the same for every report of a template.

use std::collections::VecDeque;

use super::reads::From;
use super::syntax::Name;
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::Diagnostic;
use crate::template::ProjectFacts;
use crate::template::problem::{Where, names as problem};

/// The word for the tables over everything.
const EVERYTHING: &str = "全部";
/// The word for what the project file says.
const PROJECT: &str = "项目";
/// A group's value.
const KEYS: [&str; 2] = ["键", "key"];

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A column of the row at a level.
    Cell { level: usize, column: usize },
    /// The value of the group at a level.
    Key { level: usize },
    /// `@index`, `@序号`, `@first`, `@last` of the loop at a level.
    Local { level: usize, local: Local },
    /// What the project file says.
    Fact(String),
    /// The rows of a table that a level sees; all of them without a level.
    Rows { level: Option<usize>, table: TableId, single: bool },
    /// A column of such rows.
    Column { level: Option<usize>, table: TableId, column: usize, single: bool },
}

/// A variable of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum Local {
    Index,
    Number,
    First,
    Last,
    /// Of the row in its table, outside of loops that of the report's own row.
    Record,
    /// Of the row among those that are not left out.
    Merged,
}

impl Local {
    const NAMES: [(&'static str, Self); 6] = [
        ("index", Self::Index),
        ("序号", Self::Number),
        ("first", Self::First),
        ("last", Self::Last),
        ("记录号", Self::Record),
        ("合并号", Self::Merged),
    ];
}

/// What a level is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Everything,
    Row(TableId),
    Group(TableId),
}

#[derive(Clone, Debug)]
pub(super) struct Level {
    subject: Subject,
    /// Whether it is a loop's.
    turns: bool,
    /// Whether it is about rows of everything, or stands in a loop that is.
    of_everything: bool,
    /// The tables of which it sees one row.
    single: Vec<bool>,
}

/// The levels that names are looked up in.
pub(super) struct Schema<'a> {
    file: &'a Where<'a>,
    pub(super) dataset: &'a Dataset,
    project: &'a ProjectFacts,
    levels: Vec<Level>,
}

impl<'a> Schema<'a> {
    pub(super) fn new(
        file: &'a Where<'a>,
        dataset: &'a Dataset,
        unit: Option<TableId>,
        project: &'a ProjectFacts,
    ) -> Self {
        let mut schema = Self { file, dataset, project, levels: Vec::new() };
        schema.enter(unit.map_or(Subject::Everything, Subject::Row), false, true);
        schema
    }

    /// The levels of another schema, whose names stand in this file.
    pub(super) fn at(file: &'a Where<'a>, dataset: &'a Dataset, project: &'a ProjectFacts, levels: Vec<Level>) -> Self {
        Self { file, dataset, project, levels }
    }

    /// The levels where it stands.
    pub(super) fn levels(&self) -> Vec<Level> {
        self.levels.clone()
    }

    /// Goes one level in; `whole` if it is about rows of `全部`.
    pub(super) fn enter(&mut self, subject: Subject, turns: bool, whole: bool) {
        let outer = self.levels.last().filter(|_| !whole).map(|level| level.single.clone());
        let mut single = outer.unwrap_or_else(|| vec![false; self.dataset.tables.len()]);
        if let Subject::Row(table) = subject {
            let mut queue = VecDeque::from([table]);
            if let Some(slot) = single.get_mut(table.0 as usize) {
                *slot = true;
            }
            while let Some(table) = queue.pop_front() {
                for link in self.dataset.links.iter().filter(|link| link.from == table) {
                    // Marked when it is first seen: with many links many ways lead to one table.
                    if let Some(slot @ false) = single.get_mut(link.to.0 as usize) {
                        *slot = true;
                        queue.push_back(link.to);
                    }
                }
            }
        }
        // The report's own level is no turn.
        let of_everything = self.levels.last().is_some_and(|outer| whole || outer.of_everything);
        self.levels.push(Level { subject, turns, of_everything, single });
    }

    /// Where a name of a level asks for rows.
    pub(super) fn from(&self, level: Option<usize>) -> From {
        match level.map(|level| self.levels.get(level)) {
            None => From::Everything,
            Some(Some(level)) if !level.of_everything => From::Own,
            Some(_) => From::Anybody,
        }
    }

    pub(super) fn leave(&mut self) {
        self.levels.pop();
    }

    /// What a name stands for.
    pub(super) fn meaning(&self, name: &Name) -> Result<Meaning, Diagnostic> {
        let place = || self.file.at(name.at);
        let Some(level) = (self.levels.len() - 1).checked_sub(name.up) else {
            return Err(problem::too_far_out(place(), &name.written, self.levels.len() - 1));
        };
        if name.local {
            return self.local(name, level);
        }
        let parts: Vec<&str> = name.parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [word] => self.word(name, word, level),
            [EVERYTHING, table, rest @ ..] => match self.dataset.table_id(table) {
                Some(table) => self.of_table(name, None, table, rest),
                None => Err(problem::unknown_table(place(), table, self.tables())),
            },
            [table, rest @ ..] => {
                if let ([key], &PROJECT) = (rest, table) {
                    return self.fact(name, key, level);
                }
                if let Some(found) = self.own_column(level, &name.written).or(self.own_column(level, &parts.join("/")))
                {
                    return Ok(found);
                }
                match self.dataset.table_id(table) {
                    Some(table) => self.of_table(name, Some(level), table, rest),
                    None => Err(problem::unknown_table(place(), table, self.tables())),
                }
            }
            [] => Err(problem::unknown_name(place(), &name.written, std::iter::empty())),
        }
    }

    fn local(&self, name: &Name, level: usize) -> Result<Meaning, Diagnostic> {
        let place = || self.file.at(name.at);
        let known = Local::NAMES.into_iter().find(|(known, _)| name.parts.iter().eq([known]));
        let Some((_, local)) = known else {
            let all = Local::NAMES.map(|(known, _)| known);
            return Err(problem::unknown_local(place(), &name.written, &all));
        };
        // A `with` between the tag and its loop does not count.
        let loop_level = (0..=level).rev().find(|&level| self.levels.get(level).is_some_and(|level| level.turns));
        match loop_level {
            Some(level) => Ok(Meaning::Local { level, local }),
            None if matches!(local, Local::Record | Local::Merged) && self.is_about_a_row(0) => {
                Ok(Meaning::Local { level: 0, local })
            }
            None => Err(problem::outside_a_loop(place(), &name.written)),
        }
    }

    fn is_about_a_row(&self, level: usize) -> bool {
        matches!(self.levels.get(level), Some(Level { subject: Subject::Row(_), .. }))
    }

    /// The loop over rows that `{{@下一条}}` moves.
    pub(super) fn moved_by(&self, name: &Name) -> Result<usize, Diagnostic> {
        let is_moved = |level: &Level| level.turns && matches!(level.subject, Subject::Row(_));
        let found = self.levels.iter().rposition(is_moved);
        found.ok_or_else(|| problem::outside_a_loop(self.file.at(name.at), &name.written))
    }

    fn word(&self, name: &Name, word: &str, level: usize) -> Result<Meaning, Diagnostic> {
        if let Some(found) = self.own_column(level, word) {
            return Ok(found);
        }
        let subject = self.levels.get(level).map(|level| level.subject);
        if let (Some(Subject::Group(_)), true) = (subject, KEYS.contains(&word)) {
            return Ok(Meaning::Key { level });
        }
        if let Some(table) = self.dataset.table_id(word) {
            return self.of_table(name, Some(level), table, &[]);
        }
        let place = self.file.at(name.at);
        let further_out = (0..level).rev().find(|&outer| self.own_column(outer, word).is_some());
        if let Some(outer) = further_out {
            return Err(problem::further_out(place, word, &("../".repeat(level - outer) + word)));
        }
        let own = match subject {
            Some(Subject::Row(table)) => self.columns(table),
            _ => &[],
        };
        let known = own.iter().map(|column| column.name.as_str()).chain(self.tables());
        Err(problem::unknown_name(place, word, known))
    }

    fn own_column(&self, level: usize, name: &str) -> Option<Meaning> {
        match self.levels.get(level)?.subject {
            Subject::Row(table) => {
                self.dataset.table(table).find_column(name).map(|column| Meaning::Cell { level, column })
            }
            Subject::Everything | Subject::Group(_) => None,
        }
    }

    fn of_table(
        &self,
        name: &Name,
        level: Option<usize>,
        table: TableId,
        column: &[&str],
    ) -> Result<Meaning, Diagnostic> {
        let single = level.and_then(|level| self.levels.get(level)?.single.get(table.0 as usize).copied());
        let single = single.unwrap_or(false);
        if column.is_empty() {
            return Ok(Meaning::Rows { level, table, single });
        }
        let column = self.column(table, &column.join("/")).map_err(|problem| problem(self.file.at(name.at)))?;
        Ok(Meaning::Column { level, table, column, single })
    }

    /// A column of a table, or what is wrong.
    pub(super) fn column(
        &self,
        table: TableId,
        name: &str,
    ) -> Result<usize, impl FnOnce(crate::diagnostic::Place) -> Diagnostic> {
        let found = self.dataset.table(table).find_column(name);
        found.ok_or_else(move || {
            let (name, columns) = (name.to_owned(), self.columns(table));
            let table = self.dataset.table(table).name.clone();
            move |place| {
                problem::unknown_column(place, &table, &name, columns.iter().map(|column| column.name.as_str()))
            }
        })
    }

    fn fact(&self, name: &Name, key: &str, level: usize) -> Result<Meaning, Diagnostic> {
        let own = [("标题", &self.project.title), ("年度", &self.project.year)];
        let others = self.project.others.iter().map(|(key, value)| (key.as_str(), value));
        let mut facts = own.into_iter().chain(others);
        if let Some((_, value)) = facts.clone().find(|(known, _)| *known == key) {
            return Ok(Meaning::Fact(value.clone()));
        }
        // A table may be called so too.
        if let Some(table) = self.dataset.table_id(PROJECT) {
            return self.of_table(name, Some(level), table, &[key]);
        }
        let known = facts.by_ref().map(|(key, _)| key);
        Err(problem::unknown_fact(self.file.at(name.at), key, known))
    }

    /// The table whose row a level is about.
    pub(super) fn table_of(&self, level: usize) -> Option<TableId> {
        match self.levels.get(level)?.subject {
            Subject::Row(table) => Some(table),
            Subject::Everything | Subject::Group(_) => None,
        }
    }

    fn columns(&self, table: TableId) -> &'a [crate::dataset::Column] {
        &self.dataset.table(table).columns
    }

    fn tables(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.dataset.tables.iter().map(|table| table.name.as_str())
    }
}
