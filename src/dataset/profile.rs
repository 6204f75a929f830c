//! What the columns of a table hold, counted: for people who want to see how a workbook is understood, and for drafting
//! a project from it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::keys::comparable;
use super::kind::NameSays;
use super::locate::is_serial;
use super::names::{folded, last_part, without_unit};
use super::{Column, Kind, Row, Table, Value, describe, totals};

/// So many different values, or fewer, are told one by one.
const FEW_VALUES: usize = 12;
/// How many first values of a column are told.
const SHOWN_VALUES: usize = 3;
/// A text with more characters is no name.
const LONGEST_NAME: usize = 40;
/// Pairs of columns are tried as a key among so many columns.
const PAIRED_COLUMNS: usize = 12;

/// A column's cells, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Cells with nothing in them.
    pub blanks: usize,
    /// Different values, as they are compared in links; blanks do not count.
    pub distinct: usize,
    /// The different values and how often each stands there, if they are few and at least one of them stands there
    /// several times; the most frequent first, equally frequent ones as they come.
    pub frequent: Vec<(String, usize)>,
    /// The first values that differ.
    pub first_values: Vec<String>,
    /// The least and the greatest number or date.
    pub range: Option<(String, String)>,
    /// What the numbers add up to, where adding them up means something: not for shares, means, years.
    pub sum: Option<f64>,
    /// Whether there is a value in every row, each of them another.
    pub unique: bool,
}

impl Profile {
    /// Counts a column.
    pub fn of(table: &Table, column: usize) -> Self {
        let Some(Column { name, kind }) = table.columns.get(column) else { return Self::default() };
        let values = || table.rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| &cell.value);
        let mut places: HashMap<_, usize> = HashMap::new();
        let mut counts: Vec<(&Value, usize)> = Vec::new();
        let mut blanks = 0;
        for value in values() {
            let Some(compared) = comparable(value) else {
                blanks += 1;
                continue;
            };
            match places.get(&compared) {
                Some(place) => counts[*place].1 += 1,
                None => {
                    places.insert(compared, counts.len());
                    counts.push((value, 1));
                }
            }
        }
        let distinct = counts.len();
        let first_values = counts.iter().take(SHOWN_VALUES).map(|(value, _)| describe::value_shown(value)).collect();
        let repeated = counts.iter().any(|(_, count)| *count > 1);
        if distinct > FEW_VALUES || !repeated {
            counts.clear();
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let adds_up = *kind == Kind::Number && totals::adds_up(name) && distinct > 0;
        Self {
            blanks,
            distinct,
            frequent: counts.into_iter().map(|(value, count)| (describe::value_shown(value), count)).collect(),
            first_values,
            range: range(*kind, values()),
            sum: adds_up.then(|| rounded(values().filter_map(number).sum())),
            unique: !table.rows.is_empty() && distinct == table.rows.len(),
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// Sums of decimals without the dust of binary fractions.
fn rounded(sum: f64) -> f64 {
    let rounded = (sum * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { sum }
}

/// A number without the dust of binary fractions: ten figures, as in reports.
fn figure(number: f64) -> String {
    format!("{number:.9e}").parse().unwrap_or(number).to_string()
}

fn range<'a>(kind: Kind, values: impl Iterator<Item = &'a Value>) -> Option<(String, String)> {
    match kind {
        Kind::Number => {
            let (least, greatest) = values.filter_map(number).fold(None, |range, number| match range {
                None => Some((number, number)),
                Some((least, greatest)) => Some((f64::min(least, number), f64::max(greatest, number))),
            })?;
            Some((figure(least), figure(greatest)))
        }
        Kind::Date => {
            let dates = values.filter_map(|value| match value {
                Value::Date(date) => Some(*date),
                _ => None,
            });
            let (least, greatest) = dates.fold(None, |range, date| match range {
                None => Some((date, date)),
                Some((least, greatest)) => Some((date.min(least), date.max(greatest))),
            })?;
            Some((describe::date_shown(least), describe::date_shown(greatest)))
        }
        Kind::Text | Kind::Bool => None,
    }
}

impl Column {
    /// Whether its name says that it names its rows: a code, a name.
    pub fn names_rows(&self) -> bool {
        let last = last_part(&self.name);
        let is_name = ["名", "名称", "年度", "ID", "id", "Id"].iter().any(|end| last.ends_with(end));
        (NameSays::of(&self.name).code || is_name) && self.kind != Kind::Bool
    }

    /// The last level of its name: 正式党员 of 党员队伍/正式党员.
    pub fn last_part(&self) -> &str {
        last_part(&self.name)
    }

    /// The unit that the column's name ends in: 元 of `党费（元）`.
    pub fn unit(&self) -> Option<&str> {
        let folded_name = folded(&self.name);
        without_unit(&folded_name)?;
        let inside = self.name.trim_end().strip_suffix(['）', ')'])?;
        let open = inside.rfind(['（', '('])?;
        let unit = inside.get(open..)?.trim_start_matches(['（', '(']).trim();
        (!unit.is_empty()).then_some(unit)
    }
}

/// The columns that could tell a table's rows apart: codes and names, each alone or, where none can, two together; after
/// them any other column of words that can alone. Serial numbers count rows and are left out.
pub fn likely_keys(table: &Table, profiles: &[Profile]) -> Vec<Vec<usize>> {
    let column = |number: usize| table.columns.get(number).zip(profiles.get(number));
    let names =
        |number: &usize| column(*number).is_some_and(|(column, profile)| column.names_rows() && profile.blanks == 0);
    let unique = |number: &usize| column(*number).is_some_and(|(_, profile)| profile.unique);
    let all = 0..table.columns.len();
    let mut keys: Vec<_> = all.clone().filter(names).filter(unique).map(|column| vec![column]).collect();
    if keys.is_empty() {
        let named: Vec<_> = all.clone().filter(names).take(PAIRED_COLUMNS).collect();
        let pairs =
            named.iter().enumerate().flat_map(|(at, first)| named[at + 1..].iter().map(|second| [*first, *second]));
        keys.extend(pairs.filter(|pair| tells_apart(&table.rows, *pair)).map(|pair| pair.to_vec()));
    }
    let short_words = |number: &usize| {
        column(*number).is_some_and(|(Column { name, kind }, profile)| {
            let short = profile.first_values.iter().all(|value| value.chars().count() <= LONGEST_NAME);
            *kind == Kind::Text && short && !is_serial(name)
        })
    };
    keys.extend(all.filter(|column| !names(column)).filter(unique).filter(short_words).map(|column| vec![column]));
    keys
}

fn tells_apart(rows: &[Row], columns: [usize; 2]) -> bool {
    let mut seen = HashSet::with_capacity(rows.len());
    let values = |row: &'_ Row| {
        columns.map(|column| row.cells.get(column).and_then(|cell| comparable(&cell.value)).map(Cow::into_owned))
    };
    !rows.is_empty() && rows.iter().all(|row| seen.insert(values(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::dataset::tests::{book, spec};

    fn table(rows: &[&str]) -> Table {
        let (mut dataset, _) = Dataset::find(&[book("甲.xlsx", rows, &[])], &[spec("表", &[0], &[])], &[]);
        dataset.tables.remove(0)
    }

    fn keys(rows: &[&str]) -> Vec<String> {
        let table = table(rows);
        let profiles: Vec<_> = (0..table.columns.len()).map(|column| Profile::of(&table, column)).collect();
        let names = |key: Vec<usize>| {
            key.into_iter().map(|column| table.columns[column].name.as_str()).collect::<Vec<_>>().join("+")
        };
        likely_keys(&table, &profiles).into_iter().map(names).collect()
    }

    #[test]
    fn cells_are_counted() {
        let table =
            table(&["学校 党员数 占比 建立时间", "一小 3 20% 2020-01-05", "二小 _ 30% 2019-03-01", "一小 5 30% _"]);
        let of = |column| Profile::of(&table, column);
        let schools = of(0);
        assert_eq!((schools.blanks, schools.distinct, schools.unique), (0, 2, false));
        assert_eq!(schools.frequent, [("一小".to_owned(), 2), ("二小".to_owned(), 1)]);
        let members = of(1);
        assert_eq!((members.blanks, members.sum), (1, Some(8.0)));
        assert_eq!(members.range, Some(("3".to_owned(), "5".to_owned())));
        assert_eq!(of(2).sum, None, "shares do not add up");
        assert_eq!(of(3).range, Some(("2019-03-01".to_owned(), "2020-01-05".to_owned())));
    }

    #[test]
    fn codes_and_names_are_keys_and_serial_numbers_and_figures_are_not() {
        assert_eq!(keys(&["序号 学校代码 学校名称 党员数", "1 '01 一小 3", "2 '02 二小 4"]), ["学校代码", "学校名称"]);
        assert_eq!(keys(&["党员数", "3", "4"]), [""; 0]);
    }

    #[test]
    fn two_columns_may_be_a_key_together() {
        let rows = ["学校代码 支部名称 书记", "'01 语文 甲某", "'01 数学 乙某", "'02 语文 丙某"];
        assert_eq!(keys(&rows), ["学校代码+支部名称", "书记"]);
    }

    #[test]
    fn a_unit_stands_in_brackets_at_the_end_of_a_name() {
        let unit = |name: &str| Column { name: name.to_owned(), kind: Kind::Number }.unit().map(str::to_owned);
        assert_eq!(unit("党费（元）"), Some("元".to_owned()));
        assert_eq!(unit("经费/支出 (万元)"), Some("万元".to_owned()));
        assert_eq!(unit("（元）"), None);
        assert_eq!(unit("党费"), None);
    }
}
