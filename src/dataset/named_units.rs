//! Which unit a text names: people call their workbooks `0101第一小学.xlsx`, and write 填报单位：第一小学 above a table.

use super::{Column, Dataset, Kind, Table, TableId, Value, folded};

/// What the units are called: their codes and names.
#[derive(Debug)]
pub(crate) struct NamedUnits<'a> {
    dataset: &'a Dataset,
    names: Vec<(String, (TableId, u32))>,
}

/// Shorter names are found in too many words.
const SHORTEST: usize = 2;

impl<'a> NamedUnits<'a> {
    pub(crate) fn new(dataset: &'a Dataset, unit_tables: &[TableId]) -> Self {
        let mut names = Vec::new();
        for id in unit_tables {
            let table = dataset.table(*id);
            for column in naming_columns(table) {
                for (row, cell) in table.rows.iter().filter_map(|row| row.cells.get(column)).enumerate() {
                    let name = match &cell.value {
                        Value::Text(text) => folded(text).into_owned(),
                        Value::Number(number) => number.to_string(),
                        _ => continue,
                    };
                    if name.chars().count() >= SHORTEST {
                        names.push((name, (*id, row as u32)));
                    }
                }
            }
        }
        Self { dataset, names }
    }

    /// The one unit that a file's name has the code or name of, or else the name of its folder.
    pub(crate) fn in_path(&self, path: &str) -> Option<(TableId, u32)> {
        let mut parts = path.rsplit(['/', '\\']);
        let file = parts.next()?;
        let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let named = [Some(file), parts.next()].into_iter().flatten().map(|part| self.in_text(part));
        named.into_iter().find(|units| !units.is_empty()).filter(|units| units.len() == 1)?.first().copied()
    }

    /// The one unit that a text has the code or name of.
    pub(crate) fn only_in_text(&self, text: &str) -> Option<(TableId, u32)> {
        Some(self.in_text(text)).filter(|units| units.len() == 1)?.first().copied()
    }

    /// The units that a text names, without those that only a part of a longer name names, and without those that
    /// others of them belong to: 东区第一小学 is a school of the district 东区.
    fn in_text(&self, text: &str) -> Vec<(TableId, u32)> {
        let text = folded(text);
        let found: Vec<_> = self.names.iter().filter(|(name, _)| holds(&text, name)).collect();
        let longest = found.iter().filter(|(name, _)| {
            !found.iter().any(|(other, _)| other.len() > name.len() && other.contains(name.as_str()))
        });
        let mut units: Vec<_> = longest.map(|(_, unit)| *unit).collect();
        units.sort_unstable();
        units.dedup();
        let above: Vec<_> = units.iter().flat_map(|unit| self.above(*unit)).collect();
        units.retain(|unit| !above.contains(unit));
        units
    }

    /// The rows that a row names, over any number of links.
    fn above(&self, start: (TableId, u32)) -> Vec<(TableId, u32)> {
        let mut reached = vec![start];
        let mut next = 0;
        while let Some((table, row)) = reached.get(next).copied() {
            for link in self.dataset.links.iter().filter(|link| link.from == table) {
                let target = link.targets.get(row as usize).copied().flatten().map(|target| (link.to, target));
                reached.extend(target.filter(|target| !reached.contains(target)));
            }
            next += 1;
        }
        reached.split_off(1)
    }
}

/// The columns that say which row it is: those of the key, and names.
pub(crate) fn naming_columns(table: &Table) -> Vec<usize> {
    let is_name = |name: &str| name == table.name || name.ends_with('名') || name.ends_with("名称");
    let names = |column: &Column| column.kind == Kind::Text && is_name(&column.name);
    let others = table.columns.iter().enumerate().filter(|(at, column)| !table.key.contains(at) && names(column));
    table.key.iter().copied().chain(others.map(|(at, _)| at)).collect()
}

/// Whether a text has a name in it; digits at an end of the name must not go on beyond it.
fn holds(text: &str, name: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (first, last) = (digit(name.chars().next()), digit(name.chars().next_back()));
    text.match_indices(name).any(|(start, _)| {
        let (before, after) = (text.get(..start).unwrap_or(""), text.get(start + name.len()..).unwrap_or(""));
        !(first && digit(before.chars().next_back()) || last && digit(after.chars().next()))
    })
}
