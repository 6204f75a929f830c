//! All rows in one document: a table whose row repeats; or, where the columns are too many for a page, a form for each
//! row, one below the other.

use super::fields::{Field, width};
use super::{Paper, form, landscape};
use crate::dataset::{Dataset, TableId};
use crate::document::{Block, Cell, Length, PageSetup, Paragraph, ParagraphFormat, TableRow};
use crate::draft::columns::Speller;
use crate::style::id;

/// Characters that a column has at least and at most.
const NARROWEST: usize = 3;
const WIDEST: usize = 14;
/// Width of a character of a table's text, and what a cell keeps free beside it.
const CHARACTER: f64 = 4.3;
const SIDES: f64 = 3.0;
/// Columns of a list on one page.
const MOST_COLUMNS: usize = 14;
/// Characters of the column of numbers.
const NUMBER: usize = 3;

/// The blocks; the page lies on its side if the columns want it to.
pub(super) fn blocks(
    dataset: &Dataset,
    table: TableId,
    fields: &[Field],
    paper: &Paper<'_>,
    page: &mut PageSetup,
) -> Vec<Block> {
    let Some(each) = Speller::new(dataset).table(table) else { return Vec::new() };
    let (open, close) = (format!("{{{{#each {each}}}}}"), "{{/each}}");
    let widths = std::iter::once(NUMBER).chain(fields.iter().map(wish));
    let widths: Vec<f64> = widths.map(|characters| characters as f64 * CHARACTER + SIDES).collect();
    let needed: f64 = widths.iter().sum();
    let side = landscape(page);
    if fields.len() > MOST_COLUMNS || needed > side.text_width().to_mm() {
        return cards(fields, paper, &open, close, page);
    }
    if needed > page.text_width().to_mm() {
        *page = side;
    }
    let stretch = page.text_width().to_mm() / needed;
    let columns = widths.iter().map(|width| Length::mm(width * stretch)).collect();
    let labels = std::iter::once("序号").chain(fields.iter().map(|field| field.label.as_str()));
    let header = labels.map(|label| paper.label(label)).collect();
    let mut cells = vec![paper.number(&format!("{open}{{{{@序号}}}}"))];
    let last = fields.len().saturating_sub(1);
    cells.extend(fields.iter().enumerate().map(|(at, field)| {
        let after = if at == last { close } else { "" };
        Cell { vertical_align: Default::default(), ..paper.value(field, after) }
    }));
    let rows = vec![
        TableRow { header: true, keep_whole: true, height: None, cells: header },
        TableRow { header: false, keep_whole: true, height: None, cells },
    ];
    vec![Block::from(paper.table(columns, rows))]
}

/// How many characters a column would like.
fn wish(field: &Field) -> usize {
    field.width.max(width(&field.label).div_ceil(2)).clamp(NARROWEST, WIDEST)
}

/// A form for each row.
fn cards(fields: &[Field], paper: &Paper<'_>, open: &str, close: &str, page: &PageSetup) -> Vec<Block> {
    let number = ParagraphFormat { keep_next: Some(true), ..ParagraphFormat::default() };
    let heading: Paragraph = paper.paragraph(id::CAPTION, "第{{@序号}}条", number);
    vec![
        paper.text(id::TABLE_NOTE, open),
        Block::Paragraph(heading),
        Block::from(form::table(fields, paper, page.text_width())),
        paper.text(id::TABLE_NOTE, close),
    ]
}
