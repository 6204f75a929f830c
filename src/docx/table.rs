//! Tables in docx-rs's words.

use docx_rs::{
    HeightRule, Table as Built, TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellBorder, TableCellBorderPosition, TableCellBorders, TableCellContent, TableCellMargins, TableLayoutType,
    TableRow as Row, TextDirectionType, VAlignType, VMergeType, WidthType,
};

use super::aside::TableAside;
use super::body::{Item, Part};
use super::character::shading;
use super::measure::{border_size, border_type, positive_twips, width};
use super::{position, problem};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Align, Border, BorderLine, Cell, CellBorders, Length, RowHeight, Table, TableRow, VerticalAlign, VerticalMerge,
};

/// Word opens no table with more.
const MOST_COLUMNS: usize = 63;

/// A table of fixed layout.
///
/// # Errors
/// It has too many columns, or tables nest too deep.
pub fn build(part: &mut Part, table: &Table, depth: usize) -> Result<Built, Diagnostic> {
    let grid = grid(table)?;
    let rows = filled(table).map(|row| self::row(part, row, &grid, depth)).collect::<Result<Vec<_>, _>>()?;
    Ok(frame(part, table, grid, rows))
}

/// The rows that are written: one without cells Word calls damaged.
pub fn filled(table: &Table) -> impl Iterator<Item = &TableRow> {
    table.rows.iter().filter(|row| !row.cells.is_empty())
}

/// How many of them are repeated on every page.
pub fn header_rows(table: &Table) -> usize {
    filled(table).take_while(|row| row.header).count()
}

/// Widths of the columns.
///
/// # Errors
/// There are too many.
pub fn grid(table: &Table) -> Result<Vec<usize>, Diagnostic> {
    let in_rows =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.span.max(1)).fold(0, usize::saturating_add));
    let columns = in_rows.max().unwrap_or(0).max(table.columns.len());
    if columns > MOST_COLUMNS {
        return Err(problem::too_many_columns(columns, MOST_COLUMNS));
    }
    Ok(table.columns.iter().map(|column| width(*column)).collect())
}

/// A table with these rows.
pub fn frame(part: &mut Part, table: &Table, grid: Vec<usize>, rows: Vec<Row>) -> Built {
    let aside = part.asides.keep_table(TableAside {
        header_rows: header_rows(table),
        description: table.description.clone(),
        position: table.float.as_ref().map(position::attributes),
    });
    let margins = &table.margins;
    Built::new(rows)
        .style(aside)
        .width(grid.iter().sum(), WidthType::Dxa)
        .align(match table.align {
            Align::Center => TableAlignmentType::Center,
            Align::End => TableAlignmentType::Right,
            Align::Start | Align::Justify | Align::Distribute => TableAlignmentType::Left,
        })
        .indent(0)
        .set_borders(table_borders(&table.borders))
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(
            width(margins.top),
            width(margins.right),
            width(margins.bottom),
            width(margins.left),
        ))
        .set_grid(grid)
}

/// A row in the columns of a grid.
///
/// # Errors
/// Tables nest too deep.
pub fn row(part: &mut Part, row: &TableRow, grid: &[usize], depth: usize) -> Result<Row, Diagnostic> {
    let mut cells = Vec::with_capacity(row.cells.len());
    let mut column = 0;
    for cell in &row.cells {
        let end = (column + cell.span.max(1)).min(grid.len().max(column));
        let width = grid.get(column..end).unwrap_or_default().iter().sum();
        cells.push(self::cell(part, cell, width, depth)?);
        column = end;
    }
    let mut built = Row::new(cells);
    if row.keep_whole {
        built = built.cant_split();
    }
    let height = |length: Length| positive_twips(length) as f32; // whole, and small enough to be exact
    Ok(match row.height {
        Some(RowHeight::Exact(length)) => built.row_height(height(length)).height_rule(HeightRule::Exact),
        Some(RowHeight::AtLeast(length)) => built.row_height(height(length)).height_rule(HeightRule::AtLeast),
        None => built,
    })
}

fn cell(part: &mut Part, cell: &Cell, width: usize, depth: usize) -> Result<TableCell, Diagnostic> {
    let mut built = TableCell::new().width(width, WidthType::Dxa).vertical_align(match cell.vertical_align {
        VerticalAlign::Top => VAlignType::Top,
        VerticalAlign::Center => VAlignType::Center,
        VerticalAlign::Bottom => VAlignType::Bottom,
    });
    if cell.span > 1 {
        built = built.grid_span(cell.span);
    }
    built = match cell.merge {
        VerticalMerge::None => built,
        VerticalMerge::Restart => built.vertical_merge(VMergeType::Restart),
        VerticalMerge::Continue => built.vertical_merge(VMergeType::Continue),
    };
    if *cell.borders != CellBorders::default() {
        built = built.set_borders(cell_borders(&cell.borders));
    }
    if cell.turned {
        let direction = if cell.upright { TextDirectionType::TbRlV } else { TextDirectionType::TbRl };
        built = built.text_direction(direction);
    }
    if let Some(color) = cell.shading {
        built = built.shading(shading(Some(color)));
    }
    built.children = part
        .items(&cell.blocks, depth + 1)?
        .into_iter()
        .map(|item| match item {
            Item::Paragraph(paragraph) => TableCellContent::Paragraph(paragraph),
            Item::Table(table) => TableCellContent::Table(table),
        })
        .collect();
    Ok(built)
}

/// All six rules: what is not given is said not to be there.
fn table_borders(borders: &CellBorders) -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let sides = [
        (Top, borders.top),
        (Left, borders.left),
        (Bottom, borders.bottom),
        (Right, borders.right),
        (InsideH, borders.inside_horizontal),
        (InsideV, borders.inside_vertical),
    ];
    sides.into_iter().fold(TableBorders::with_empty(), |all, (side, border)| match border {
        Some(Border { line: BorderLine::None, .. }) | None => all.clear(side),
        Some(border) => all.set(
            TableBorder::new(side)
                .border_type(border_type(border.line))
                .size(border_size(&border))
                .color(border.color.to_hex()),
        ),
    })
}

fn cell_borders(borders: &CellBorders) -> TableCellBorders {
    use TableCellBorderPosition::{Bottom, Left, Right, Top};
    let sides = [(Top, borders.top), (Left, borders.left), (Bottom, borders.bottom), (Right, borders.right)];
    sides.into_iter().fold(TableCellBorders::with_empty(), |all, (side, border)| match border {
        None => all,
        Some(Border { line: BorderLine::None, .. }) => all.clear(side),
        Some(border) => all.set(
            TableCellBorder::new(side)
                .border_type(border_type(border.line))
                .size(border_size(&border))
                .color(border.color.to_hex()),
        ),
    })
}
