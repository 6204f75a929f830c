//! Datasets written down in a few lines, for the tests of modules that work on them.

use super::{Cell, Column, Dataset, Date, Kind, Link, Origin, Row, SheetName, Table, TableId, Value};

/// A dataset being written down.
#[derive(Default)]
pub(crate) struct Draft(Dataset);

impl Draft {
    /// Adds a table, its key the first column. `#` marks a column of numbers, `@` of dates, `?` of yes and no; `-` is a
    /// blank cell. A row is its cells parted by `|`; one that ends in a colon is a sheet, `file#sheet:`, that the rows
    /// after it stand in from row 2 on, and there must be one first.
    pub(crate) fn table(mut self, name: &str, header: &str, lines: &[&str]) -> Self {
        let columns: Vec<_> = header.split(' ').map(column).collect();
        let mut table = Table { name: name.into(), columns, key: vec![0], rows: Vec::new() };
        let (mut sheet, mut row) = (0, 0);
        for line in lines {
            if let Some((file, name)) = line.strip_suffix(':').and_then(|line| line.split_once('#')) {
                (sheet, row) = (self.sheet(file, name), 1);
                continue;
            }
            let cells = line.split('|').zip(&table.columns).enumerate().map(|(number, (text, spec))| Cell {
                value: value(text, spec.kind),
                origin: Origin { sheet, row, column: number as u32 },
            });
            table.rows.push(Row { cells: cells.collect() });
            row += 1;
        }
        self.0.tables.push(table);
        self
    }

    /// Links two columns, each `table.column`.
    pub(crate) fn link(mut self, from: &str, to: &str) -> Self {
        let ((from, from_column), (to, to_column)) = (self.column(from), self.column(to));
        let value = |table: TableId, column: usize, row: usize| &self.0.table(table).rows[row].cells[column].value;
        let (here, there) = (self.0.table(from).rows.len(), self.0.table(to).rows.len());
        let target = |row| {
            (0..there).find(|other| value(to, to_column, *other) == value(from, from_column, row)).map(|row| row as u32)
        };
        let targets: Vec<_> = (0..here).map(target).collect();
        let mut followers = vec![Vec::new(); there];
        for (row, target) in targets.iter().enumerate() {
            if let Some(target) = target {
                followers[*target as usize].push(row as u32);
            }
        }
        self.0.links.push(Link { from, from_column, to, to_column, targets, followers });
        self
    }

    /// The dataset.
    pub(crate) fn done(self) -> Dataset {
        self.0
    }

    fn sheet(&mut self, file: &str, name: &str) -> u32 {
        let sheet = SheetName { file: file.into(), sheet: name.into(), pictures: Default::default() };
        let known = self.0.sheets.iter().position(|known| *known == sheet);
        known.unwrap_or_else(|| {
            self.0.sheets.push(sheet);
            self.0.sheets.len() - 1
        }) as u32
    }

    fn column(&self, name: &str) -> (TableId, usize) {
        let (table, column) = name.split_once('.').unwrap();
        let id = self.0.table_id(table).unwrap();
        (id, self.0.table(id).find_column(column).unwrap())
    }
}

fn column(heading: &str) -> Column {
    let kind = match heading.chars().last() {
        Some('#') => Kind::Number,
        Some('@') => Kind::Date,
        Some('?') => Kind::Bool,
        _ => Kind::Text,
    };
    Column { name: heading.trim_end_matches(['#', '@', '?']).to_owned(), kind }
}

fn value(text: &str, kind: Kind) -> Value {
    let date = || {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut part = || parts.next().and_then(|part| part.parse().ok());
        Some(Value::Date(Date { year, month: part(), day: part() }))
    };
    let of_kind = match kind {
        Kind::Number => text.parse().ok().map(Value::Number),
        Kind::Date => date(),
        Kind::Bool => Some(Value::Bool(text == "是")),
        Kind::Text => None,
    };
    if text == "-" { Value::Blank } else { of_kind.unwrap_or_else(|| Value::Text(text.into())) }
}
