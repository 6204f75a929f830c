//! What the data suggests: keys, links, and what the reports are about.

use std::collections::HashSet;

use super::columns::Speller;
use super::names::is_file_name;
use crate::dataset::{Column, Dataset, Kind, Profile, Table, Value, comparable, folded, leads_to, likely_keys};

/// More reports than this, one a row, are hardly what somebody wants who tries.
const MOST_UNITS: usize = 1000;
/// Without tables that belong to its rows, a list of more rows is reported as a whole.
const MOST_UNITS_ALONE: usize = 100;

/// A column that lacks a value of its own in fewer rows than one of so many is nearly a key.
const MOST_LACKING: usize = 5;

/// Columns of a table that others may name its rows by.
const MOST_KEYS: usize = 12;

/// A column whose values name rows of another table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GuessedLink {
    pub(super) from: usize,
    pub(super) from_column: usize,
    pub(super) to: usize,
    pub(super) to_column: usize,
    /// The first values that name no row; with any, the link is only proposed.
    pub(super) dangling: Vec<String>,
}

/// What reports can be about, one a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) table: usize,
    /// The columns that a report's file is called after.
    pub(super) name: Vec<usize>,
}

/// Everything that was guessed.
#[derive(Debug)]
pub(super) struct Guesses {
    /// For each table, its columns counted.
    pub(super) profiles: Vec<Vec<Profile>>,
    /// For each table, the columns that tell its rows apart; may be none.
    pub(super) keys: Vec<Vec<usize>>,
    /// For each table without such columns, the one that a person would take, though some cells lack what they should.
    pub(super) nearly_keys: Vec<Option<NearlyKey>>,
    pub(super) links: Vec<GuessedLink>,
    pub(super) unit: Option<Unit>,
}

/// A column that tells nearly all rows apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NearlyKey {
    pub(super) column: usize,
    /// Rows without a value.
    blanks: usize,
    /// Rows with a value that another row before has.
    repeated: usize,
}

impl NearlyKey {
    /// The first column that names rows and tells nearly all apart.
    fn of(table: &Table, profiles: &[Profile]) -> Option<Self> {
        let rows = table.rows.len();
        let columns = table.columns.iter().zip(profiles).enumerate();
        let named = columns.filter(|(_, (column, _))| column.names_rows() && !column.is_serial());
        let mut nearly = named.map(|(column, (_, profile))| {
            let repeated = rows.saturating_sub(profile.blanks + profile.distinct);
            Self { column, blanks: profile.blanks, repeated }
        });
        nearly.find(|nearly| (nearly.blanks + nearly.repeated) * MOST_LACKING < rows)
    }

    /// What it lacks, in words.
    pub(super) fn lacks(self) -> String {
        let part = |rows: usize, what: &str| (rows > 0).then(|| format!("{rows} 行{what}"));
        let parts = part(self.blanks, "空着").into_iter().chain(part(self.repeated, "和别的行重复"));
        parts.collect::<Vec<_>>().join("，")
    }
}

impl Guesses {
    pub(super) fn of(dataset: &Dataset, speller: &Speller<'_>) -> Self {
        let profiles: Vec<Vec<_>> = dataset
            .tables
            .iter()
            .map(|table| (0..table.columns.len()).map(|column| Profile::of(table, column)).collect())
            .collect();
        let likely: Vec<_> =
            dataset.tables.iter().zip(&profiles).map(|(table, profiles)| likely_keys(table, profiles)).collect();
        let links = links(dataset, &profiles, &likely);
        let linked_to = |table: usize| links.iter().filter(|link| link.to == table && link.dangling.is_empty()).count();
        let mut keys = Vec::new();
        for (number, table) in dataset.tables.iter().enumerate() {
            let target = links.iter().find(|link| link.to == number).map(|link| vec![link.to_column]);
            let named = likely[number].iter().find(|key| says_what_rows_are(table, key)).cloned();
            keys.push(target.or(named).unwrap_or_default());
        }
        let tables = dataset.tables.iter().zip(&profiles).zip(&keys);
        let nearly_keys = tables
            .map(|((table, profiles), key)| key.is_empty().then(|| NearlyKey::of(table, profiles)).flatten())
            .collect();
        let mut guesses = Self { profiles, keys, nearly_keys, links: Vec::new(), unit: None };
        let mut candidates: Vec<usize> = (0..dataset.tables.len()).collect();
        candidates.sort_by_key(|table| std::cmp::Reverse(linked_to(*table)));
        guesses.unit = candidates.into_iter().find_map(|table| {
            let most = if linked_to(table) > 0 { MOST_UNITS } else { MOST_UNITS_ALONE };
            let rows = dataset.tables[table].rows.len();
            let name = (2..=most).contains(&rows).then(|| guesses.unit_name(dataset, speller, table)).flatten()?;
            Some(Unit { table, name })
        });
        guesses.links = links;
        guesses
    }

    /// The tables whose rows belong to rows of a table, over any number of links, the nearest first.
    pub(super) fn belonging_to(&self, table: usize) -> Vec<usize> {
        let mut found = vec![table];
        let mut next = 0;
        while let Some(to) = found.get(next).copied() {
            for link in self.sound_links().filter(|link| link.to == to) {
                if !found.contains(&link.from) {
                    found.push(link.from);
                }
            }
            next += 1;
        }
        found.remove(0);
        found
    }

    /// The links that hold for every row.
    pub(super) fn sound_links(&self) -> impl Iterator<Item = &GuessedLink> {
        self.links.iter().filter(|link| link.dangling.is_empty())
    }

    /// A column that a reader knows a row by: its name rather than its code.
    pub(super) fn title_column(&self, dataset: &Dataset, table: usize) -> Option<usize> {
        let columns = &dataset.tables.get(table)?.columns;
        let profiles = self.profiles.get(table)?;
        let full = |column: &usize| profiles[*column].blanks == 0 && columns[*column].kind == Kind::Text;
        let is_name = |column: &usize| full(column) && columns[*column].last_part().ends_with(['名', '称']);
        let unique_name = (0..columns.len()).find(|column| is_name(column) && profiles[*column].unique);
        unique_name.or(self.keys.get(table)?.first().copied()).or_else(|| (0..columns.len()).find(full))
    }

    /// Columns after which the files of a table's rows can be called: unique, and of characters that files take.
    fn unit_name(&self, dataset: &Dataset, speller: &Speller<'_>, number: usize) -> Option<Vec<usize>> {
        let table = dataset.tables.get(number)?;
        let key = self.keys.get(number).filter(|key| key.len() == 1).map(|key| key[0]);
        let title = self.title_column(dataset, number);
        let mut choices: Vec<Vec<usize>> = Vec::new();
        if let (Some(key), Some(title)) = (key, title)
            && key != title
        {
            choices.push(vec![key, title]);
        }
        choices.extend(key.map(|key| vec![key]));
        choices.extend(title.map(|title| vec![title]));
        choices
            .into_iter()
            .filter(|columns| columns.iter().all(|column| speller.of_row(number, *column).is_some()))
            .find(|columns| {
                let mut seen = HashSet::new();
                table.rows.iter().all(|row| {
                    let parts = columns.iter().map(|column| match row.cells.get(*column).map(|cell| &cell.value) {
                        Some(Value::Text(text)) => Some(text.to_string()).filter(|text| is_file_name(text)),
                        Some(Value::Number(number)) if number.fract() == 0.0 && number.abs() < 1e10 => {
                            Some(number.to_string())
                        }
                        _ => None,
                    });
                    let name: Option<Vec<_>> = parts.collect();
                    name.is_some_and(|name| seen.insert(name.join(" ").to_lowercase()))
                })
            })
    }
}

/// Whether a key is one by its name, or stands first in its table.
fn says_what_rows_are(table: &Table, key: &[usize]) -> bool {
    let first = table.columns.iter().position(|column| !column.is_serial());
    key.iter().all(|column| table.columns[*column].names_rows()) || key.len() == 1 && first == key.first().copied()
}

/// The values of a column as links compare them.
fn values(table: &Table, column: usize) -> HashSet<String> {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    cells.filter_map(|cell| comparable(&cell.value)).map(|value| value.into_owned()).collect()
}

/// Which columns name rows of which tables. Of the tables that a column could name rows of it takes the one that most
/// others speak of; no link closes a circle.
fn links(dataset: &Dataset, profiles: &[Vec<Profile>], likely: &[Vec<Vec<usize>>]) -> Vec<GuessedLink> {
    let tables = &dataset.tables;
    let singles = |table: usize| {
        likely[table].iter().filter(|key| key.len() == 1).map(|key| key[0]).take(MOST_KEYS).collect::<Vec<_>>()
    };
    let targets: Vec<_> = (0..tables.len())
        .flat_map(|table| singles(table).into_iter().map(move |column| (table, column)))
        .map(|(table, column)| (table, column, values(&tables[table], column)))
        .collect();
    let mut candidates: Vec<(u8, GuessedLink)> = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        for (from_column, column) in table.columns.iter().enumerate().take(super::MOST_COLUMNS) {
            if !matches!(column.kind, Kind::Text | Kind::Number)
                || column.is_serial()
                || profiles[from][from_column].distinct == 0
            {
                continue;
            }
            let mut named: Option<HashSet<String>> = None;
            for (to, to_column, known) in targets.iter().filter(|(to, ..)| *to != from) {
                let likeness = likeness(column, &tables[*to], *to_column);
                // Of columns that are called otherwise only one of words counts, and only for a table's first key.
                let first = likely[*to].first().is_some_and(|key| key == &[*to_column]);
                let words = column.kind == Kind::Text && profiles[from][from_column].distinct >= 3;
                if likeness == 0 && !(words && first) {
                    continue;
                }
                if column.kind == Kind::Number && !column.names_rows() {
                    continue;
                }
                let named = named.get_or_insert_with(|| values(table, from_column));
                let mut dangling: Vec<_> = named.difference(known).cloned().collect();
                if dangling.len() * 4 > named.len() || likeness == 0 && !dangling.is_empty() {
                    continue;
                }
                dangling.sort_unstable();
                dangling.truncate(5);
                candidates
                    .push((likeness, GuessedLink { from, from_column, to: *to, to_column: *to_column, dangling }));
            }
        }
    }
    let mut spoken_of: Vec<HashSet<usize>> = vec![HashSet::new(); tables.len()];
    for (_, link) in &candidates {
        spoken_of[link.to].insert(link.from);
    }
    candidates.sort_by_cached_key(|(likeness, link)| {
        let rows = tables[link.to].rows.len();
        let code = tables[link.from].columns[link.from_column].names_rows();
        std::cmp::Reverse((link.dangling.is_empty(), *likeness, spoken_of[link.to].len(), rows, code))
    });
    let mut links: Vec<GuessedLink> = Vec::new();
    for (_, link) in candidates {
        let taken = links
            .iter()
            .any(|other| other.from == link.from && (other.from_column == link.from_column || other.to == link.to));
        if !taken && !leads_to(links.iter().map(|link| (link.from, link.to)), link.to, link.from) {
            links.push(link);
        }
    }
    links.sort_by_key(|link| (link.from, link.from_column));
    links
}

/// How much a column's name is that of a table's rows: 学校代码 is 学校 and its 学校代码.
fn likeness(column: &Column, table: &Table, key: usize) -> u8 {
    let name = folded(column.last_part());
    let key = folded(table.columns[key].last_part());
    let of_table = name.starts_with(table.name.as_str());
    let same = name == key;
    let part = name.chars().count() >= 2 && (key.contains(name.as_ref()) || name.ends_with(key.as_ref()));
    match (of_table, same, part) {
        (true, true, _) => 4,
        (true, _, _) => 3,
        (_, true, _) => 2,
        (_, _, true) => 1,
        _ => 0,
    }
}
