//! The fields as a form on paper: label and value, two of them beside each other where both are short.

use super::Paper;
use super::fields::Field;
use crate::document::{Block, Cell, Length, RowHeight, Table, TableRow};

/// A form of fewer short fields has one in each row.
const FEW_FIELDS: usize = 4;
/// Width of a label where two fields stand side by side.
const LABEL: f64 = 29.0;
/// Width of a label where one field has the row to itself.
const LONE_LABEL: f64 = 42.0;
/// Height of a row.
const ROW: f64 = 9.5;
/// Height of a row with a text of several lines.
const LONG_ROW: f64 = 28.0;
/// A form of no more rows is not parted by pages.
const KEPT_TOGETHER: usize = 16;

/// The form, of a width.
pub(super) fn table(fields: &[Field], paper: &Paper<'_>, width: Length) -> Table {
    let short = fields.iter().filter(|field| !field.wide).count();
    let halves = if short < FEW_FIELDS { 1 } else { 2 };
    let columns = match halves {
        1 => vec![Length::mm(LONE_LABEL), width - Length::mm(LONE_LABEL)],
        _ => {
            let value = Length::twips((width.to_twips() - 2 * Length::mm(LABEL).to_twips()) / 2);
            vec![Length::mm(LABEL), value, Length::mm(LABEL), value]
        }
    };
    let mut form = Form { paper, halves, rows: Vec::new(), waiting: None };
    fields.iter().for_each(|field| form.field(field));
    form.flush();
    let mut rows = form.rows;
    if rows.len() <= KEPT_TOGETHER {
        let all_but_last = rows.len().saturating_sub(1);
        rows.iter_mut().take(all_but_last).for_each(keep_with_next);
    }
    paper.table(columns, rows)
}

/// Holds a row to the one below it, so that a form stands on one page.
fn keep_with_next(row: &mut TableRow) {
    for block in row.cells.iter_mut().flat_map(|cell| &mut cell.blocks) {
        if let Block::Paragraph(paragraph) = block {
            paragraph.format.keep_next = Some(true);
        }
    }
}

struct Form<'a> {
    paper: &'a Paper<'a>,
    /// How many fields a row has.
    halves: usize,
    rows: Vec<TableRow>,
    /// A short field that waits for another beside it.
    waiting: Option<&'a Field>,
}

impl<'a> Form<'a> {
    fn field(&mut self, field: &'a Field) {
        if field.wide || self.halves == 1 {
            self.flush();
            return self.whole(field);
        }
        match self.waiting.take() {
            Some(first) => {
                let cells = [first, field].iter().flat_map(|field| self.cells(field)).collect();
                self.row(cells, ROW);
            }
            None => self.waiting = Some(field),
        }
    }

    /// A field that waited in vain has the row to itself.
    fn flush(&mut self) {
        if let Some(field) = self.waiting.take() {
            self.whole(field);
        }
    }

    fn whole(&mut self, field: &Field) {
        let [label, mut value] = self.cells(field);
        value.span = 2 * self.halves - 1;
        self.row(vec![label, value], if field.long { LONG_ROW } else { ROW });
    }

    fn cells(&self, field: &Field) -> [Cell; 2] {
        [self.paper.label(&field.label), self.paper.value(field, "")]
    }

    fn row(&mut self, cells: Vec<Cell>, height: f64) {
        let height = Some(RowHeight::AtLeast(Length::mm(height)));
        self.rows.push(TableRow { header: false, keep_whole: true, height, cells });
    }
}
