//! Files that send again what another has sent, and would count twice: a school that has mended its workbook and sends it
//! under another name.

use std::collections::{BTreeMap, HashMap};

use crate::dataset::{Dataset, Table, comparable};
use crate::diagnostic::Words;
use crate::workbook::Workbook;

/// A table of so many files has files sent again if they are this part of them.
const MOST_AGAIN: usize = 3;
/// So many columns of codes and names are tried as what tells rows apart, two by two.
const TRIED: usize = 8;

/// The file that each file sends again, with how many of its rows.
type Again<'a> = BTreeMap<&'a str, (usize, &'a str)>;

/// Files of which most rows have the codes and names of rows of another file: their numbers, with the reason.
pub(super) fn sent_again(workbooks: &[Workbook], dataset: &Dataset) -> BTreeMap<usize, Words> {
    let mut all = BTreeMap::new();
    for table in &dataset.tables {
        let named = table.columns.iter().enumerate().filter(|(_, column)| column.names_rows());
        let named: Vec<usize> = named.map(|(number, _)| number).take(TRIED).collect();
        let singles = named.iter().map(|column| vec![*column]);
        let pairs = named.iter().enumerate().flat_map(|(at, a)| named.iter().skip(at + 1).map(|b| vec![*a, *b]));
        let found = singles.chain(pairs).filter_map(|key| Some((again(dataset, table, &key)?, key)));
        let Some((again, key)) = found.min_by_key(|(again, _)| again.len()) else { continue };
        let key = key.iter().filter_map(|column| table.columns.get(*column)).map(|column| column.name.as_str());
        let key = key.collect::<Vec<_>>().join("、");
        for (file, (rows, first)) in again {
            let Some(number) = workbooks.iter().position(|workbook| workbook.file == file) else { continue };
            let first = first.rsplit(['/', '\\']).next().unwrap_or(first);
            let why = Words::new(
                format!("有 {rows} 行的“{key}”在 {first} 里已经有了，两份都读就算两遍"),
                format!("{rows} of its rows have the “{key}” of rows in {first}, and would count twice"),
            );
            all.entry(number).or_insert(why);
        }
    }
    all
}

/// What is sent again if these columns tell rows apart; nothing if they do not, not even in one file.
fn again<'a>(dataset: &'a Dataset, table: &Table, key: &[usize]) -> Option<Again<'a>> {
    let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut again: Again<'a> = BTreeMap::new();
    for row in &table.rows {
        let file = dataset.sheets.get(row.cells.first()?.origin.sheet as usize)?.file.as_str();
        *rows.entry(file).or_default() += 1;
        let value = |column: &usize| Some(comparable(&row.cells.get(*column)?.value)?.into_owned());
        let Some(values) = key.iter().map(value).collect::<Option<Vec<_>>>() else { continue };
        match seen.get(&values).copied() {
            Some(first) if first == file => return None,
            Some(first) => again.entry(file).or_insert((0, first)).0 += 1,
            None => {
                seen.insert(values, file);
            }
        }
    }
    let most = again.iter().all(|(file, (count, _))| rows.get(file).is_some_and(|all| count * 2 > *all));
    (most && again.len() * MOST_AGAIN <= rows.len()).then_some(again)
}
