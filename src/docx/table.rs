//! Tables in docx-rs's words.

use docx_rs::{
    HeightRule, Table as Built, TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableCellProperty, TableLayoutType, TableRowProperty,
    TextDirectionType, VAlignType, VMergeType, WidthType,
};

use super::aside::{Asides, TableAside};
use super::body::{Part, finished};
use super::character::shading;
use super::measure::{border_size, border_type, positive_twips, width};
use super::{position, problem};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Align, Border, BorderLine, Cell, CellBorders, Length, RowHeight, Table, TableRow, VerticalAlign, VerticalMerge,
};

/// Word opens no table with more.
const MOST_COLUMNS: usize = 63;

/// Adds a table of fixed layout.
///
/// # Errors
/// It has too many columns, or tables nest too deep.
pub fn write(part: &mut Part, table: &Table, depth: usize) -> Result<(), Diagnostic> {
    let grid = begin(part, table)?;
    for row in rows(table) {
        write_row(part, row, &grid, depth)?;
    }
    part.add(END);
    Ok(())
}

/// What stands after the rows.
pub const END: &str = "</w:tbl>";

/// The rows that are written: one without cells Word calls damaged, and only the first ones are header rows.
pub fn rows(table: &Table) -> impl Iterator<Item = Row<'_>> {
    let mut is_header = true;
    table.rows.iter().filter(|row| !row.cells.is_empty()).map(move |row| {
        is_header &= row.header;
        Row { row, is_header }
    })
}

/// A row that is written.
pub struct Row<'a> {
    row: &'a TableRow,
    /// Whether it is repeated on every page.
    is_header: bool,
}

/// Widths of the columns.
///
/// # Errors
/// There are too many.
fn grid(table: &Table) -> Result<Vec<usize>, Diagnostic> {
    let in_rows =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.span.max(1)).fold(0, usize::saturating_add));
    let columns = in_rows.max().unwrap_or(0).max(table.columns.len());
    if columns > MOST_COLUMNS {
        return Err(problem::too_many_columns(columns, MOST_COLUMNS));
    }
    Ok(table.columns.iter().map(|column| width(*column)).collect())
}

/// Adds what stands before the rows of a table; gives the widths of its columns.
///
/// # Errors
/// It has too many columns.
pub fn begin(part: &mut Part, table: &Table) -> Result<Vec<usize>, Diagnostic> {
    let grid = grid(table)?;
    let aside = TableAside {
        has_header: rows(table).next().is_some_and(|row| row.is_header),
        description: table.description.clone(),
        position: table.float.as_ref().map(position::attributes),
    };
    let margins = &table.margins;
    // the finishing pass puts the aside in the place of the style
    let built = Built::new(Vec::new())
        .style("")
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
        .set_grid(grid.clone());
    let finished = finished(&built, &Asides::of_table(aside), part.path)?;
    part.add(finished.strip_suffix(END.as_bytes()).unwrap_or(&finished));
    Ok(grid)
}

/// Adds a row in the columns of a grid.
///
/// # Errors
/// Tables nest too deep.
pub fn write_row(part: &mut Part, row: Row<'_>, grid: &[usize], depth: usize) -> Result<(), Diagnostic> {
    let Row { row, is_header } = row;
    let path = part.path;
    part.add("<w:tr>");
    let key = TableRow { cells: Vec::new(), header: is_header, ..*row };
    let properties = part.shared.properties.rows.get_or_make(key, |row| row_properties(row, path))?;
    part.out.extend_from_slice(properties);
    let mut column = 0;
    for cell in &row.cells {
        let end = (column + cell.span.max(1)).min(grid.len().max(column));
        let width = grid.get(column..end).unwrap_or_default().iter().sum();
        part.add("<w:tc>");
        let (borders, margins) = (cell.borders.clone(), cell.margins.clone());
        let key = (Cell { blocks: Vec::new(), borders, margins, ..*cell }, width);
        let properties =
            part.shared.properties.cells.get_or_make(key, |(cell, width)| cell_properties(cell, *width, path))?;
        part.out.extend_from_slice(properties);
        part.blocks(&cell.blocks, depth + 1)?;
        part.add("</w:tc>");
        column = end;
    }
    part.add("</w:tr>");
    Ok(())
}

fn row_properties(row: &TableRow, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut property = TableRowProperty::new();
    if row.keep_whole {
        property = property.cant_split();
    }
    let height = |length: Length| positive_twips(length) as f32; // whole, and small enough to be exact
    property = match row.height {
        Some(RowHeight::Exact(length)) => property.row_height(height(length)).height_rule(HeightRule::Exact),
        Some(RowHeight::AtLeast(length)) => property.row_height(height(length)).height_rule(HeightRule::AtLeast),
        None => property,
    };
    finished(&property, &Asides::of_row(row.header), path)
}

fn cell_properties(cell: &Cell, width: usize, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut property =
        TableCellProperty::new().width(width, WidthType::Dxa).vertical_align(match cell.vertical_align {
            VerticalAlign::Top => VAlignType::Top,
            VerticalAlign::Center => VAlignType::Center,
            VerticalAlign::Bottom => VAlignType::Bottom,
        });
    if cell.span > 1 {
        property = property.grid_span(cell.span);
    }
    property = match cell.merge {
        VerticalMerge::None => property,
        VerticalMerge::Restart => property.vertical_merge(VMergeType::Restart),
        VerticalMerge::Continue => property.vertical_merge(VMergeType::Continue),
    };
    if *cell.borders != CellBorders::default() {
        property = property.set_borders(cell_borders(&cell.borders));
    }
    if cell.turned {
        let direction = if cell.upright { TextDirectionType::TbRlV } else { TextDirectionType::TbRl };
        property = property.text_direction(direction);
    }
    if let Some(color) = cell.shading {
        property = property.shading(shading(Some(color)));
    }
    finished(&property, &Asides::default(), path)
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
