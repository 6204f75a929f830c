//! Formulas: `=SUM(ABOVE)`, `=B2*C2 \# "0.00"`, and figures that a merge has put into one.

mod reader;

use std::cell::Cell as Counter;
use std::collections::HashMap;

use reader::{Failed, signs, value};

use super::super::tree::Id;
use super::part::{Field, Part};
use crate::diagnostic::DocumentPart;
use crate::document::{Instruction, figure, number};

/// So many cells are looked at for the formulas of one document.
const MOST_CELLS: usize = 2_000_000;
/// Decimal places that a result is shown with at most if its formula does not say, as in Word.
const PLACES: usize = 2;

/// The tables of a part that formulas stand in.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: Vec<Vec<Row>>,
    /// Table, row and place of a cell.
    places: HashMap<Id, (usize, usize, usize)>,
    looked: Counter<usize>,
}

#[derive(Debug, Default)]
struct Row {
    is_header: bool,
    cells: Vec<TableCell>,
}

#[derive(Debug)]
struct TableCell {
    id: Id,
    /// The column of the grid that it begins in.
    column: usize,
    /// It is covered by the cell above.
    covered: bool,
}

/// What a formula comes to.
#[derive(Debug, PartialEq)]
pub(super) enum Computed {
    /// A figure, as it is shown.
    Shown(String),
    /// A figure that it needs is not there.
    Lacking,
    /// It is none that is understood.
    Unknown,
}

/// Whether a field is a formula.
pub(super) fn is_formula(instruction: &Instruction) -> bool {
    instruction.kind.starts_with('=')
}

impl Tables {
    /// The tables around the formulas of a part.
    pub(super) fn of(part: &Part) -> Self {
        let mut found = Self::default();
        let tree = &part.tree;
        let mut known: HashMap<Id, usize> = HashMap::new();
        for field in part.fields.iter().filter(|field| is_formula(&field.instruction)) {
            let table = tree.around(field.begin, "w:tc").and_then(|cell| tree.around(cell, "w:tbl"));
            let Some(table) = table.filter(|table| !known.contains_key(table)) else { continue };
            known.insert(table, found.tables.len());
            let mut rows: Vec<Row> = Vec::new();
            let mut column = 0;
            for id in tree.within(table) {
                match tree.name(id) {
                    "w:tr" if tree.around(id, "w:tbl") == Some(table) => {
                        let own = tree.child(id, "w:trPr");
                        let is_header = own.is_some_and(|own| tree.child(own, "w:tblHeader").is_some());
                        rows.push(Row { is_header, cells: Vec::new() });
                        column = 0;
                    }
                    "w:tc" if tree.around(id, "w:tbl") == Some(table) => {
                        let row = rows.len().saturating_sub(1);
                        let Some(cells) = rows.last_mut().map(|row| &mut row.cells) else { continue };
                        let own = tree.child(id, "w:tcPr");
                        let child = |name: &str| own.and_then(|own| tree.child(own, name));
                        let span = child("w:gridSpan").and_then(|span| tree.value(span, "w:val")?.parse().ok());
                        let merge = child("w:vMerge");
                        let covered = merge.is_some_and(|merge| tree.value(merge, "w:val") != Some("restart"));
                        found.places.insert(id, (found.tables.len(), row, cells.len()));
                        cells.push(TableCell { id, column, covered });
                        column += span.unwrap_or(1usize).clamp(1, 64);
                    }
                    _ => {}
                }
            }
            found.tables.push(rows);
        }
        found
    }

    /// What a formula comes to; `results` are what the part's fields show so far.
    pub(super) fn compute(&self, part: &Part, field: &Field, results: &[Option<String>]) -> Computed {
        let nested = part.fields_in(field.begin + 1..field.separate.unwrap_or(field.end));
        if !field.simple && nested.iter().any(|inner| inner.in_instruction) {
            return Computed::Unknown;
        }
        let written = field.written.trim().trim_start_matches('=');
        let text = written.split('\\').next().unwrap_or_default();
        let switches = written.get(text.len()..).unwrap_or_default();
        // only the body's tables are known
        let cell = part.tree.around(field.begin, "w:tc").filter(|_| part.kind == DocumentPart::Body);
        let place = cell.and_then(|cell| self.places.get(&cell).copied());
        let grouped = Counter::new(false);
        let look = |name: &str| {
            let figures = self.figures(part, place?, name, results)?;
            grouped.set(grouped.get() || figures.iter().any(|figure| figure.1));
            Some(figures.into_iter().map(|figure| figure.0).collect())
        };
        let value = match value(text, &look) {
            Ok(value) if value.is_finite() => value,
            Ok(_) | Err(Failed::Lacking) => return Computed::Lacking,
            Err(Failed::Unknown) => return Computed::Unknown,
        };
        // the name of a field may touch its switches
        let format = Instruction::read(&format!("= {switches}")).number_format();
        Computed::Shown(match (picture(switches), format) {
            // a percent sign is only shown, and nothing multiplied
            (Some(picture), _) => figure::as_picture(value, &picture.replace('%', "'%'")),
            (None, Some(format)) if (0.0..4e9).contains(&value) && value.fract() == 0.0 => number(value as u32, format),
            _ => {
                let rounded = figure::fixed(value, PLACES).parse().unwrap_or(value);
                let shown = figure::plain(rounded);
                if grouped.get() { figure::grouped(&shown) } else { shown }
            }
        })
    }

    /// The figures in the cells that a name stands for, and whether they are written with commas.
    fn figures(
        &self,
        part: &Part,
        (table, row, place): (usize, usize, usize),
        name: &str,
        results: &[Option<String>],
    ) -> Option<Vec<(f64, bool)>> {
        let rows = self.tables.get(table)?;
        let own = rows.get(row)?.cells.get(place)?;
        let in_column = |rows: &[Row]| -> Vec<Id> {
            let cells = rows.iter().filter(|row| !row.is_header).flat_map(|row| &row.cells);
            cells.filter(|cell| cell.column == own.column && !cell.covered).map(|cell| cell.id).collect()
        };
        let in_row = |cells: &[TableCell]| cells.iter().filter(|cell| !cell.covered).map(|cell| cell.id).collect();
        let cells: Vec<Id> = match name {
            "ABOVE" => in_column(rows.get(..row)?),
            "BELOW" => in_column(rows.get(row + 1..)?),
            "LEFT" => in_row(rows.get(row)?.cells.get(..place)?),
            "RIGHT" => in_row(rows.get(row)?.cells.get(place + 1..)?),
            _ => {
                let (from, to) = name.split_once(':').unwrap_or((name, name));
                let ((left, top), (right, bottom)) = (cell_name(from)?, cell_name(to)?);
                let within = rows.get(top.min(bottom)..=top.max(bottom))?;
                let across = |row: &'_ Row| -> Vec<Id> {
                    let cells = row.cells.get(left.min(right)..).unwrap_or_default();
                    cells.iter().take(left.abs_diff(right) + 1).map(|cell| cell.id).collect()
                };
                within.iter().flat_map(across).collect()
            }
        };
        self.looked.set(self.looked.get() + cells.len());
        if self.looked.get() > MOST_CELLS {
            return None;
        }
        let tree = &part.tree;
        let text = |cell: Id| -> String {
            let paragraphs = tree.within(cell).filter(|&id| tree.name(id) == "w:p");
            paragraphs.map(|paragraph| part.paragraph_text(paragraph, results)).collect()
        };
        Some(cells.into_iter().filter_map(|cell| figure_in(&text(cell))).collect())
    }
}

/// Column and row of a name such as `B3`, from 0.
fn cell_name(name: &str) -> Option<(usize, usize)> {
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    let (column, row) = name.split_at_checked(letters).filter(|_| (1..=2).contains(&letters))?;
    let column =
        column.bytes().fold(0usize, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: usize = row.parse().ok()?;
    Some((column.checked_sub(1)?, row.checked_sub(1)?))
}

/// The figure that a cell's text begins with, a sign of currency before it left out, and whether it has commas.
fn figure_in(text: &str) -> Option<(f64, bool)> {
    let text: String = signs(text).into_iter().collect();
    let text = text.trim().trim_start_matches(['¥', '￥', '$', '€', '£']).trim_start();
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let figures: String = text.chars().take_while(|&c| is_figure(c)).collect();
    let value: f64 = figures.replace(',', "").parse().ok()?;
    value.is_finite().then(|| (value, figures.contains(',')))
}

/// The picture after `\#`.
fn picture(written: &str) -> Option<String> {
    let (_, after) = written.split_once("\\#")?;
    let after = after.trim_start();
    Some(match after.strip_prefix(['"', '“', '”']) {
        Some(quoted) => quoted.split(['"', '“', '”']).next().unwrap_or_default().to_owned(),
        None => after.split([' ', '\\']).next().unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Result<f64, &'static str> {
        let look = |name: &str| match name {
            "ABOVE" => Some(vec![1.0, 2.0, 3.5]),
            "B2" => Some(vec![4.0]),
            _ => None,
        };
        super::value(text, &look).map_err(|failed| match failed {
            Failed::Lacking => "lacking",
            Failed::Unknown => "unknown",
        })
    }

    #[test]
    fn formulas_are_computed_as_word_does() {
        for (text, result) in [
            ("1 + 2 * 3", 7.0),
            ("（1＋2）×3", 9.0),
            ("-2^2", 4.0),
            ("SUM(100,200)", 300.0),
            ("1,234.5*2", 2469.0),
            ("12%*50", 6.0),
            ("SUM(ABOVE)", 6.5),
            ("SUM(ABOVE, 10)/B2", 4.125),
            ("ROUND(B2/3, 2)", 1.33),
            ("IF(B2>=4, AVERAGE(1,2), 0)", 1.5),
            ("MAX(1,234,5)", 234.0),
            ("COUNT(ABOVE)", 3.0),
        ] {
            assert_eq!(value(text), Ok(result), "{text}");
        }
        for (text, why) in
            [("* 2", "lacking"), ("3 +", "lacking"), ("", "lacking"), ("甲 + 1", "unknown"), ("1 2", "unknown")]
        {
            assert_eq!(value(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_cell_begins_with_its_figure() {
        for (text, figure) in [
            ("1,234.50", Some((1234.5, true))),
            ("￥12元", Some((12.0, false))),
            ("－３", Some((-3.0, false))),
            ("—", None),
            ("合计", None),
            ("", None),
        ] {
            assert_eq!(figure_in(text), figure, "{text}");
        }
        assert_eq!((cell_name("B3"), cell_name("AA1"), cell_name("B0")), (Some((1, 2)), Some((26, 0)), None));
    }

    proptest! {
        #[test]
        fn no_formula_does_harm(text in "[-+*/^%(),;0-9A-C<>= .]{0,80}") {
            let _ = value(&text);
        }
    }
}
