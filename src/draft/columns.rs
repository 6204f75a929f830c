//! How a template says a column's name, if it can: every way is tried on the template language itself.

use std::collections::HashSet;

use super::names::{column_name, table_name};
use crate::dataset::{ColumnSpec, Dataset, Table, TableId, folded};
use crate::diagnostic::Place;
use crate::template::{ProjectFacts, Template};

/// Other names for the columns of each table that templates could not say, such as `{a}`.
pub(super) fn names_for_what_cannot_be_said(dataset: &Dataset) -> Vec<Vec<ColumnSpec>> {
    let speller = Speller::new(dataset);
    let of_table = |(number, table): (usize, &Table)| {
        let mut taken: HashSet<String> = HashSet::new();
        let is_said = |column: usize| {
            let (row, all) = (speller.of_row(number, column), speller.of_table(number, column));
            row.is_some() && all.is_some() && speller.listed(number, column).is_some()
        };
        let unsaid = (0..table.columns.len().min(super::MOST_COLUMNS)).filter(|column| !is_said(*column));
        let renamed = unsaid.filter_map(|column| {
            let name = &table.columns[column].name;
            let short = column_name(table.columns[column].last_part()).unwrap_or_else(|| format!("列{}", column + 1));
            let numbered = (2..1000).map(|number| format!("{short}之{number}"));
            let is_own = |name: &String| table.find_column(name).is_none_or(|found| found == column);
            let free = |name: &String| is_own(name) && !taken.contains(folded(name).as_ref());
            let new = std::iter::once(short.clone()).chain(numbered).find(free)?;
            taken.insert(folded(&new).into_owned());
            let also = vec![(name.clone(), Place::Run)];
            Some(ColumnSpec { name: new, also, ..ColumnSpec::default() })
        });
        renamed.collect()
    };
    dataset.tables.iter().enumerate().map(of_table).collect()
}

/// What columns were called before they got names that tags can say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renamed {
    columns: Vec<(TableId, usize, String)>,
}

impl Renamed {
    /// What a column was called, if it was renamed.
    pub fn original(&self, table: TableId, column: usize) -> Option<&str> {
        let found = self.columns.iter().find(|(of, at, _)| (*of, *at) == (table, column));
        found.map(|(.., name)| name.as_str())
    }
}

/// Gives tables and columns that no tag can say, such as `{a}`, other names: there is no project file that could.
pub fn let_tags_say(dataset: &mut Dataset) -> Renamed {
    let mut renamed = Renamed::default();
    for number in 0..dataset.tables.len() {
        let id = TableId(number as u16);
        if Speller::new(dataset).table(id).is_none() {
            let short = table_name(&dataset.tables[number].name).unwrap_or_else(|| "表".to_owned());
            let mut names = std::iter::once(short.clone()).chain((2..).map(|time| format!("{short}{time}")));
            if let Some(name) = names.find(|name| dataset.table_id(name).is_none()) {
                dataset.tables[number].name = name;
            }
        }
        // A name for what one column stands for may be what another could not be said by.
        for column in 0..dataset.tables[number].columns.len().min(super::MOST_COLUMNS) {
            if Speller::new(dataset).of_row(number, column).is_some() {
                continue;
            }
            let own = dataset.tables[number].columns[column].name.clone();
            let short = column_name(dataset.tables[number].columns[column].last_part());
            let numbered = short.iter().flat_map(|short| (2..20).map(move |time| format!("{short}之{time}")));
            let by_place = (1..20).map(|time| match time {
                1 => format!("列{}", column + 1),
                _ => format!("列{}之{time}", column + 1),
            });
            let names = short.iter().cloned().chain(numbered).chain(by_place);
            for name in names {
                if dataset.tables[number].find_column(&name).is_some_and(|found| found != column) {
                    continue;
                }
                dataset.tables[number].columns[column].name = name;
                if Speller::new(dataset).of_row(number, column).is_some() {
                    break;
                }
            }
            renamed.columns.push((id, column, own));
        }
    }
    renamed
}

/// Finds the words for columns.
pub(super) struct Speller<'a> {
    dataset: &'a Dataset,
    facts: ProjectFacts,
}

impl<'a> Speller<'a> {
    pub(super) fn new(dataset: &'a Dataset) -> Self {
        Self { dataset, facts: ProjectFacts::default() }
    }

    /// Whether the template language takes a text.
    pub(super) fn is_sound(&self, text: &str, unit: Option<TableId>) -> bool {
        Template::parse("", text).check(self.dataset, unit, &self.facts).is_empty()
    }

    /// Names that mean this column: its own, its last level, the name without its unit; each bare and in brackets.
    fn candidates(&self, table: usize, column: usize) -> Vec<String> {
        let Some(found) = self.dataset.tables.get(table) else { return Vec::new() };
        let Some(name) = found.columns.get(column).map(|column| column.name.as_str()) else { return Vec::new() };
        let bare = |name: &str| name.split(['（', '(']).next().unwrap_or(name).to_owned();
        let last = found.columns[column].last_part().to_owned();
        let mut names = vec![bare(&last), last, bare(name), name.to_owned()];
        names.retain(|name| found.find_column(name) == Some(column) && stays_in_word(found, name, column));
        names.dedup();
        names
    }

    /// A table's name as a block's tag has it.
    pub(super) fn table(&self, id: TableId) -> Option<String> {
        let name = &self.dataset.table(id).name;
        let is_sound = |form: &String| self.is_sound(&format!("{{{{#each {form}}}}}{{{{/each}}}}"), None);
        Self::in_tag(name).into_iter().filter(|_| !name.contains(CHANGED_IN_WORD)).find(is_sound)
    }

    /// The first of some tags of a row that the template language takes; the last if it takes none.
    pub(super) fn first_sound(&self, table: TableId, tags: Vec<String>) -> String {
        let sound = tags.iter().find(|tag| self.is_sound(tag, Some(table)));
        sound.or(tags.last()).cloned().unwrap_or_default()
    }

    /// A name as it stands in a tag.
    fn in_tag(name: &str) -> Vec<String> {
        let begins = name.chars().next().is_some_and(char::is_alphabetic);
        let plain = begins && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let mut forms = vec![format!("[{name}]")];
        if plain && !["true", "false", "null", "undefined", "this", "else", "否则"].contains(&name) {
            forms.insert(0, name.to_owned());
        }
        forms
    }

    /// The column of a table, for helpers: 党支部.党员总数.
    pub(super) fn of_table(&self, table: usize, column: usize) -> Option<String> {
        let table_name = self.dataset.tables.get(table)?.name.as_str();
        let names = self.candidates(table, column);
        let mut forms = names.iter().flat_map(|name| Self::in_tag(name)).map(|name| format!("{table_name}.{name}"));
        forms.find(|form| self.is_sound(&format!("{{{{计数 {form}}}}}"), None))
    }

    /// The column of the row that the report, or a loop, is about.
    pub(super) fn of_row(&self, table: usize, column: usize) -> Option<String> {
        let names = self.candidates(table, column);
        let mut forms = names.iter().flat_map(|name| Self::in_tag(name));
        // Alone, and among others, where a name may be taken for a value.
        let uses = |form: &String| format!("{{{{{form}}}}}{{{{缺省 {form} \"—\"}}}}{{{{#if {form}}}}}{{{{/if}}}}");
        forms.find(|form| self.is_sound(&uses(form), Some(TableId(table as u16))))
    }

    /// The column as helpers name one in quotes, to group by.
    pub(super) fn grouped(&self, table: usize, column: usize) -> Option<String> {
        let (_, heading) = self.listed(table, column)?;
        let name = &self.dataset.tables.get(table)?.name;
        let is_sound =
            |by: &String| self.is_sound(&format!("{{{{#each (分组 {name} \"{by}\")}}}}{{{{键}}}}{{{{/each}}}}"), None);
        let last = heading.rsplit('/').next().unwrap_or(&heading).to_owned();
        let found = self.dataset.tables.get(table)?;
        [last, heading].into_iter().filter(|by| found.find_column(by) == Some(column)).find(is_sound)
    }

    /// The column in a list of columns, and the heading that it gets there.
    pub(super) fn listed(&self, table: usize, column: usize) -> Option<(String, String)> {
        let name = self.dataset.tables.get(table)?.columns.get(column)?.name.as_str();
        let table_name = self.dataset.tables.get(table)?.name.as_str();
        if name.contains(['，', ',', '、', '=', '＝', '"', '\'', '“', '”', '‘', '’', '[', ']', '{', '}', '.', '\\'])
        {
            return None;
        }
        let is_sound = |entry: &str| self.is_sound(&format!("{{{{表格 {table_name} 列=\"{entry}\"}}}}"), None);
        if name.contains(['（', '(', '）', ')']) {
            // What stands before a bracket may be taken for a helper.
            let bare =
                self.candidates(table, column).into_iter().find(|name| !name.contains(['（', '(', '）', ')']))?;
            let entry = format!("{bare}={name}");
            return is_sound(&entry).then(|| (entry, name.to_owned()));
        }
        let plain = name.chars().all(|c| c.is_alphanumeric() || "_/".contains(c));
        let entry = if plain { name.to_owned() } else { format!("[{name}]={name}") };
        is_sound(&entry).then(|| (entry, name.to_owned()))
    }
}

/// What Word and input methods write otherwise than it is typed, so that tags there are read with one for the other.
const CHANGED_IN_WORD: [char; 12] = ['"', '“', '”', '＂', '\'', '‘', '’', '＇', '{', '}', '｛', '｝'];

/// Whether a name means its column also in a template in Word, where full-width letters and digits in a tag are read as
/// others.
fn stays_in_word(table: &Table, name: &str, column: usize) -> bool {
    !name.contains(CHANGED_IN_WORD) && table.find_column(&folded(name)) == Some(column)
}
