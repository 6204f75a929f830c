//! What a form has for each column: the label, and the tag for the value by its kind.

use super::literal;
use crate::dataset::{Column, Dataset, Kind, Table, TableId, Value};
use crate::draft::columns::{Renamed, Speller};

/// A text of more characters is given the whole width.
const LONG_TEXT: usize = 18;
/// One of more characters is given several lines.
const VERY_LONG_TEXT: usize = 60;
/// A label of more characters is given the whole width too.
const LONG_LABEL: usize = 12;
/// Stands where a cell is blank.
const BLANK: &str = "—";

/// A column as a field of a form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    /// The column's name as it is printed: its last level, if no other column has the same.
    pub(super) label: String,
    /// The tag.
    pub(super) tag: String,
    pub(super) number: bool,
    /// It needs the whole width.
    pub(super) wide: bool,
    /// It needs several lines.
    pub(super) long: bool,
    /// Characters of its longest value, full width ones counting as one and others as a half.
    pub(super) width: usize,
}

impl Field {
    /// The fields for the columns of a table. A column that only numbers the rows (序号) is none.
    pub(super) fn all(dataset: &Dataset, renamed: &Renamed, id: TableId) -> Vec<Self> {
        let speller = Speller::new(dataset);
        let table = dataset.table(id);
        let columns = table.columns.iter().enumerate().take(crate::draft::MOST_COLUMNS);
        let columns: Vec<_> = columns.filter(|(_, column)| !column.is_serial()).collect();
        let name = |at: usize| renamed.original(id, at).unwrap_or(&table.columns[at].name);
        let last = |at: usize| name(at).rsplit('/').next().unwrap_or_default();
        let mut fields = Vec::new();
        for (at, column) in &columns {
            let Some(in_tag) = speller.of_row(usize::from(id.0), *at) else { continue };
            let shared = columns.iter().filter(|(other, _)| last(*other) == last(*at)).count() > 1;
            let label = if shared { name(*at).replace('/', "") } else { last(*at).to_owned() };
            let values = Values::of(table, *at);
            fields.push(Self {
                tag: speller.first_sound(id, values.tags(&in_tag, column)),
                number: column.kind == Kind::Number,
                wide: values.longest > LONG_TEXT || values.lines || label.chars().count() > LONG_LABEL,
                long: values.longest > VERY_LONG_TEXT || values.lines,
                width: values.longest,
                label: literal(&label.replace('／', "/")),
            });
        }
        fields
    }
}

/// What the values of a column have in common.
struct Values {
    blanks: bool,
    /// All that are not blank are dates.
    dates: bool,
    /// Some numbers have decimals.
    decimals: bool,
    longest: usize,
    lines: bool,
}

impl Values {
    fn of(table: &Table, column: usize) -> Self {
        let mut found = Self { blanks: false, dates: true, decimals: false, longest: 0, lines: false };
        for cell in table.rows.iter().filter_map(|row| row.cells.get(column)) {
            match &cell.value {
                Value::Blank => found.blanks = true,
                Value::Text(text) => {
                    found.blanks |= text.is_empty();
                    found.dates = false;
                    found.longest = found.longest.max(width(text));
                    found.lines |= text.contains('\n');
                }
                Value::Number(number) => {
                    found.decimals |= number.fract() != 0.0;
                    found.longest = found.longest.max(width(&number.to_string()));
                    found.dates = false;
                }
                Value::Date(_) => found.longest = found.longest.max("2023年12月31日".chars().count() * 3 / 4),
                Value::Bool(_) => found.dates = false,
            }
        }
        found
    }

    /// Tags for the column of a name, the best first.
    fn tags(&self, name: &str, column: &Column) -> Vec<String> {
        let money = column.unit().is_some_and(|unit| unit == "元") && self.decimals;
        let shown = match column.kind {
            Kind::Date if self.dates => Some(format!("日期 {name}")),
            Kind::Number if money => Some(format!("格式 {name} \"#,##0.00\"")),
            _ => None,
        };
        let mut tags = Vec::new();
        if self.blanks {
            tags.extend(shown.iter().map(|shown| format!("{{{{缺省 ({shown}) \"{BLANK}\"}}}}")));
            tags.push(format!("{{{{缺省 {name} \"{BLANK}\"}}}}"));
        }
        tags.extend(shown.map(|shown| format!("{{{{{shown}}}}}")));
        tags.push(format!("{{{{{name}}}}}"));
        tags
    }
}

/// Width in full-width characters.
pub(super) fn width(text: &str) -> usize {
    let halves = |line: &str| line.chars().take(10_000).map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    text.lines().map(halves).max().unwrap_or_default().div_ceil(2)
}
