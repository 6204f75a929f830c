//! The value of one expression.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::condition::Condition;
use super::frame::About;
use super::rows::{Group, TableRows};
use super::run::Runner;
use super::schema::Local;
use super::step::{Op, Options};
use super::syntax::Call;
use super::value::{Traced, Value};
use crate::dataset::{Kind, TableId};
use crate::template::helpers::{Arguments, logic, number};
use crate::template::problem::values as problem;

impl Runner<'_> {
    pub(in crate::template) fn eval(&mut self, op: &Op<'_>) -> Traced {
        match op {
            Op::Nothing => Traced::blank(),
            Op::Literal(value) => Traced::from((*value).clone()),
            Op::Fact(value) => Traced::from(value.clone()),
            Op::Local(local, level) => Traced::from(self.local(*local, *level)),
            Op::Key(level) => match self.frames.get(*level).map(|frame| &frame.about) {
                Some(About::Group(group)) => group.key.clone(),
                _ => Traced::blank(),
            },
            Op::Cell { level, column } => self.cell(*level, *column),
            Op::Rows { level, table } => Traced::from(Value::Rows(self.rows(*level, *table))),
            Op::Column { rows, column } => match self.eval(rows).value {
                Value::Rows(rows) => Traced::from(Value::Column(rows, *column)),
                _ => Traced::blank(),
            },
            Op::Compute { call, run, arguments, options } => {
                let wanted = |at: usize| call.helper.param(at).is_value();
                let values = arguments.iter().enumerate();
                let values: Vec<Traced> =
                    values.map(|(at, op)| if wanted(at) { self.value(op) } else { self.eval(op) }).collect();
                for value in &values {
                    if let Value::Column(rows, _) = &value.value {
                        self.looks_at(rows);
                    }
                }
                let options = self.options(options);
                run(self, &Arguments { call, values, options })
            }
            Op::Pick { call, run, from, arguments } => {
                let from = self.eval(from).value;
                let values = arguments.iter().map(|op| self.value(op)).collect();
                let picked = run(self, from, &Arguments { call, values, options: Vec::new() });
                Traced::from(picked)
            }
            Op::Where { call, rows, conditions, one } => self.find(call, rows, conditions, *one),
            Op::Group { rows, column } => match self.eval(rows).value {
                Value::Rows(rows) => Traced::from(Value::Groups(Arc::new(self.group(&rows, *column)))),
                _ => Traced::blank(),
            },
            Op::Sort { call, rows, column, options } => {
                let rows = self.eval(rows).value;
                let options = self.options(options);
                let arguments = Arguments { call, values: Vec::new(), options };
                let descending =
                    arguments.option("desc").is_some_and(|value| logic::is_true(self.dataset, &value.value));
                match rows {
                    Value::Rows(rows) => Traced::from(Value::Rows(self.sorted(&rows, *column, descending))),
                    other => Traced::from(other),
                }
            }
        }
    }

    pub(in crate::template) fn options<'o>(&mut self, options: &Options<'o>) -> Vec<(&'o str, Traced)> {
        options.iter().map(|(key, op)| (*key, self.value(op))).collect()
    }

    fn local(&self, local: Local, level: usize) -> Value {
        let Some(frame) = self.frames.get(level) else { return Value::Blank };
        match local {
            Local::Index => Value::Number(frame.index as f64),
            Local::Number | Local::Record | Local::Merged if matches!(frame.about, About::Past) => Value::Blank,
            Local::Record => match frame.about {
                About::Row { row, .. } => Value::Number(f64::from(row) + 1.0),
                _ => Value::Number((frame.index + 1) as f64),
            },
            Local::Number | Local::Merged => Value::Number((frame.index + 1) as f64),
            Local::First => Value::Bool(frame.index == 0),
            Local::Last => Value::Bool(frame.index + 1 >= frame.turns),
        }
    }

    fn cell(&mut self, level: usize, column: usize) -> Traced {
        let dataset = self.dataset;
        match self.frames.get(level).map(|frame| &frame.about) {
            Some(About::Row { table, row, .. }) => {
                let cell = dataset.table(*table).rows.get(*row as usize).and_then(|row| row.cells.get(column));
                cell.map_or_else(Traced::blank, Traced::of)
            }
            Some(About::Total(rows)) => {
                let kind = dataset.table(rows.table).columns.get(column).map(|column| column.kind);
                match kind {
                    Some(Kind::Number) => number::sum_of(dataset, rows, column),
                    _ => Traced::blank(),
                }
            }
            _ => Traced::blank(),
        }
    }

    fn rows(&self, level: Option<usize>, table: TableId) -> TableRows {
        match level {
            Some(level) => self.frames.rows(level, table),
            None => TableRows { table, rows: crate::dataset::Rows::All, whole: true },
        }
    }

    fn find(&mut self, call: &Call, rows: &Op<'_>, conditions: &[(usize, Op<'_>)], one: bool) -> Traced {
        let Value::Rows(rows) = self.eval(rows).value else { return Traced::blank() };
        self.looks_at(&rows);
        let mut wanted = Vec::new();
        for (column, op) in conditions {
            let value = self.value(op).value;
            wanted.push((*column, Condition::of(value, matches!(op, Op::Literal(_)))));
        }
        let dataset = self.dataset;
        let table = dataset.table(rows.table);
        let mut found = Vec::new();
        for row in rows.numbers(dataset) {
            let Some(cells) = table.rows.get(row as usize).map(|row| &row.cells) else { continue };
            let holds = wanted.iter().all(|(column, condition)| {
                let Some(cell) = cells.get(*column) else { return false };
                condition.holds(&cell.value).unwrap_or_else(|| {
                    let value = Traced::of(cell);
                    self.report(problem::not_comparable(self.value_place(&value, call.at), &value.value));
                    false
                })
            });
            if holds {
                found.push(row);
            }
        }
        if one && found.len() != 1 {
            self.report(problem::not_one_row(self.place(call.at), &table.name, found.len()));
            found.truncate(1);
        }
        Traced::from(Value::Rows(rows.with(found)))
    }

    fn group(&mut self, rows: &TableRows, column: usize) -> Vec<Group> {
        self.looks_at(rows);
        let mut numbers: Vec<(Traced, Vec<u32>)> = Vec::new();
        let mut known: HashMap<Option<String>, usize> = HashMap::new();
        for (row, cell) in rows.numbers(self.dataset).zip(rows.column(self.dataset, column)) {
            let key = Value::from(&cell.value);
            let next = numbers.len();
            match known.entry(key.shown()) {
                Entry::Occupied(at) => {
                    if let Some((key, rows)) = numbers.get_mut(*at.get()) {
                        key.cells.push(cell.origin);
                        rows.push(row);
                    }
                }
                Entry::Vacant(slot) => {
                    slot.insert(next);
                    numbers.push((Traced::of(cell), vec![row]));
                }
            }
        }
        numbers.into_iter().map(|(key, numbers)| Group { key, rows: rows.with(numbers) }).collect()
    }

    /// Rows in order of a column; blanks come last either way.
    fn sorted(&mut self, rows: &TableRows, column: usize, descending: bool) -> TableRows {
        self.looks_at(rows);
        let cells = rows.column(self.dataset, column).map(|cell| Value::from(&cell.value));
        let mut order: Vec<(u32, Value)> = rows.numbers(self.dataset).zip(cells).collect();
        order.sort_by(|(_, a), (_, b)| match (a.is_blank(), b.is_blank()) {
            (false, false) if descending => logic::order(b, a),
            (false, false) => logic::order(a, b),
            (a, b) => a.cmp(&b),
        });
        rows.with(order.into_iter().map(|(row, _)| row).collect::<Vec<_>>())
    }
}
