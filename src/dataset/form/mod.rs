//! Forms: sheets of labels and values, a record each, and the tables inside them.
//!
//! The way from a sheet to a row: `block` takes merged areas as one cell, `clue` says for each how much speaks for it to
//! be a label (its words, and where the same words stand in other forms of the table), `read` takes the form apart along
//! the edges of its cells, `line` finds labels beside their values and `headed` labels above them. `several` reads all
//! forms of a table together, and `extract` lays each out as the row of a table, every cell with the place that it
//! comes from.

mod block;
mod boxes;
mod clue;
mod describe;
mod extract;
mod headed;
mod hidden;
mod line;
pub(super) mod problem;
mod read;
mod several;
mod tables;
mod take;
mod text;
mod value;
mod words;

pub(super) use describe::describe;
pub(super) use extract::Extract;
pub(super) use several::Forms;
pub(super) use tables::{inner, link, read_all};

use super::header;
use super::locate::{self, is_serial};
use super::region::Region;
use crate::workbook::{Area, CellValue, Sheet};
use block::Blocks;
use clue::Clues;
use line::Role;
use text::ends_with_colon;

/// So many labels with colons make a form; below a list stand two or three.
const FEWEST_QUESTIONS: usize = 6;
/// Characters of the longest label with a colon.
const LONGEST_QUESTION: usize = 60;

/// A form as it stands in a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Form {
    /// What stands above all.
    title: Option<String>,
    /// Labels with their values, from top to bottom.
    pub(super) fields: Vec<Field>,
    /// Tables inside it.
    pub(super) tables: Vec<Inner>,
    /// What is to be told of it.
    remarks: Vec<Remark>,
    /// What each of the sheet's blocks is, if that is known.
    roles: Vec<Option<Role>>,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    /// Its name, with the labels of its groups: `党员情况/正式`.
    pub(super) name: String,
    /// The title above its part of the form.
    heading: Option<String>,
    /// The label's cell.
    pub(super) label: (u32, u32),
    /// The value.
    pub(super) value: CellValue,
    /// The value's cell.
    pub(super) at: (u32, u32),
    /// Whether the label has a cell of its own, beside the value.
    beside: bool,
    /// Whether the label's words alone say that it is one.
    sure: bool,
    /// Whether the label ends with a colon.
    colon: bool,
}

/// A table inside a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inner {
    /// What it may be called: the label beside it, the title above it, its first column.
    pub(super) names: Vec<String>,
    /// Its cells, header included.
    pub(super) area: Area,
}

/// Something to be told of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Remark {
    /// A label with no cell for a value.
    NoValue { at: (u32, u32), name: String },
    /// Words that are neither label nor value; alone in their line, or among labels and values.
    Loose { at: (u32, u32), text: String, alone: bool },
    /// Both of two boxes are ticked.
    AllTicked { at: (u32, u32), text: String },
}

/// The form that a sheet holds, if it holds one rather than a table: nearly all that stands there are labels with their
/// values, and at least a few labels are beyond doubt.
pub(super) fn recognise(sheet: &Sheet) -> Option<Form> {
    let blocks = Blocks::of(sheet)?;
    if is_header_alone(sheet, &blocks) {
        return None;
    }
    let form = read::read(&blocks, &Clues::default());
    if is_to_be_filled_in(&blocks) {
        return Some(form);
    }
    let beside: Vec<_> = form.fields.iter().filter(|field| field.beside).collect();
    let sure = beside.iter().filter(|field| field.sure).count();
    // Below many a list stand 填表人： and 审核人：.
    let plain = beside.iter().filter(|field| field.sure && !field.colon).count();
    let loose = form.remarks.iter().filter(|remark| matches!(remark, Remark::Loose { .. })).count();
    let filled = blocks.all.iter().filter(|block| !block.is_blank()).count();
    let in_tables = |block: &&block::Block| form.tables.iter().any(|table| contains(table.area, block.area));
    let in_tables = blocks.all.iter().filter(|block| !block.is_blank()).filter(in_tables).count();
    // A list with a line or two about itself above is no form.
    let outside = filled - in_tables;
    let is_form = plain >= 3 && outside * 3 >= in_tables || sure >= 3 && form.tables.is_empty();
    (is_form && loose * 5 <= outside && sure * 5 >= beside.len() * 3).then_some(form)
}

/// Whether a sheet is a form by its colons: so many labels end in one that there is room for little else but what they ask
/// for, titles, notes and words to be ticked. Few forms are sent in empty, but those that are have nothing else to go by.
fn is_to_be_filled_in(blocks: &Blocks) -> bool {
    let filled = || blocks.all.iter().filter(|block| !block.is_blank());
    let asks = |block: &&block::Block| ends_with_colon(&block.text) && block.text.chars().count() <= LONGEST_QUESTION;
    let figures = filled().filter(|block| !matches!(block.value, CellValue::Text(_))).count();
    let asking = filled().filter(asks).count();
    asking >= FEWEST_QUESTIONS && asking * 4 >= filled().count() && figures <= asking
}

/// Whether most of what stands on a sheet is one row of headings that begins with 序号: a list in which nothing has been
/// filled in.
fn is_header_alone(sheet: &Sheet, blocks: &Blocks) -> bool {
    let filled = blocks.all.iter().filter(|block| !block.is_blank()).count();
    let region = Region::whole(sheet, false);
    (0..sheet.rows.len()).any(|row| {
        let first = region.filled(row).next().and_then(|column| locate::text(region.cell(row, column)));
        let cells = region.filled(row).count();
        first.is_some_and(is_serial) && cells > 3 && cells * 2 >= filled && header::is_heading(&region, row)
    })
}

fn contains(area: Area, other: Area) -> bool {
    area.top <= other.top && area.left <= other.left && other.bottom <= area.bottom && other.right <= area.right
}
