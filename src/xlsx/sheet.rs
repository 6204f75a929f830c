//! One sheet: title, header, rows, total, and how it is looked at and printed.

use std::collections::HashMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, IgnoreError, Worksheet, XlsxError};

use super::header::{self, HeaderCell};
use super::look::{self, ColumnLook, LINE, ROW, TITLE_SIZE};
use super::text::{self, clean};
use super::{Cell, Column, Form, Sheet, Tint};

/// Widths of columns, in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 44;
/// What fits on a page in full size.
const PAGE: f64 = 130.0;
/// Long texts have at least so many in a line.
const FEWEST_IN_A_LINE: f64 = 26.0;
/// Added to the width of a column's content.
const MARGIN: usize = 2;
/// Excel's tallest row, in points.
const TALLEST: f64 = 400.0;
const A4: u8 = 9;
const A3: u8 = 8;
/// A wider table would be set at less than half its size on A4.
const TOO_WIDE_FOR_A4: f64 = 290.0;

type Done = Result<(), XlsxError>;

/// Writes one sheet.
pub(super) fn write(sheet: &mut Worksheet, name: &str, content: &Sheet<'_>) -> Done {
    sheet.set_name(name)?;
    let columns = &content.columns;
    let widest: Vec<_> = (0..columns.len()).map(|column| widest(content, column)).collect();
    let widths: Vec<_> = columns.iter().zip(&widest).map(|(column, widest)| width(column, *widest)).collect();
    let widths = narrowed(widths, columns);
    for (number, width) in widths.iter().enumerate() {
        sheet.set_column_width(number as u16, *width)?;
    }

    let mut top = 0;
    if !content.title.is_empty() && !columns.is_empty() {
        write_title(sheet, content, widths.iter().sum())?;
        top = 1;
    }
    write_header(sheet, columns, &widths, top)?;
    let first = top + header::levels(columns) as u32;
    let looks: Vec<_> = columns.iter().zip(&widest).map(|(column, widest)| ColumnLook::of(column, *widest)).collect();
    sheet.set_default_row_height(ROW);
    write_rows(sheet, content, &looks, first)?;
    // Not every program finds the height of a row by itself.
    for (row, at) in content.rows.iter().zip(first..) {
        let lines = row.cells.iter().zip(&widths).map(|(cell, width)| match cell {
            Cell::Text(text) => text::lines(text, width - 1.0),
            _ => 1,
        });
        match lines.max() {
            Some(lines) if lines > 1 => sheet.set_row_height(at, (lines as f64 * LINE + 2.0).min(TALLEST))?,
            _ => sheet,
        };
    }
    if let Some(word) = content.total {
        write_total(sheet, content, &looks, word, first)?;
    }
    let end = first + content.rows.len() as u32;
    for (number, column) in columns.iter().enumerate() {
        let codes = |row: &super::Row<'_>| matches!(row.cells.get(number), Some(Cell::Text(text)) if is_digits(text));
        if column.form == Form::Text && content.rows.iter().any(codes) {
            // Codes are meant to be text: no green corners.
            sheet.ignore_error_range(first, number as u16, end - 1, number as u16, IgnoreError::NumberStoredAsText)?;
        }
    }
    if content.filter && !columns.is_empty() {
        sheet.autofilter(first - 1, 0, end.max(first + 1) - 1, columns.len() as u16 - 1)?;
    }
    sheet.set_freeze_panes(first, 0)?;
    sheet.set_repeat_rows(top, first - 1)?;
    let paper = if widths.iter().sum::<f64>() > TOO_WIDE_FOR_A4 { A3 } else { A4 };
    sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&C&P / &N");
    Ok(())
}

fn is_digits(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.')
}

/// The width of the widest cell of a column.
fn widest(content: &Sheet<'_>, column: usize) -> usize {
    let form = content.columns.get(column).map(|column| column.form).unwrap_or_default();
    let cells = content.rows.iter().filter_map(|row| row.cells.get(column));
    let widest = cells.map(|cell| match cell {
        Cell::Blank => 0,
        // Wider ones are broken into lines.
        Cell::Text(text) if text.len() > 4 * WIDEST => WIDEST,
        Cell::Text(text) => text::width(text),
        Cell::Number(number) => look::number_width(*number, form),
        Cell::Date { day, .. } => {
            if day.is_some() {
                14
            } else {
                9
            }
        }
    });
    let summed = content.total.is_some() && content.columns.get(column).is_some_and(|column| column.summed);
    widest.max().unwrap_or(0).max(if summed { look::number_width(sum(content, column), form) } else { 0 })
}

/// As wide as the content, or as the heading in two or three lines if that is wider.
fn width(column: &Column, widest: usize) -> f64 {
    let heading = column.heading.last().map_or(0, |heading| text::width(heading));
    let heading = if heading > 8 { heading.div_ceil(3).max(8) } else { heading };
    (widest.max(heading) + MARGIN).clamp(NARROWEST, WIDEST) as f64
}

/// Columns of long texts give way, as far as their lines stay readable, so that the page need not be made smaller.
fn narrowed(widths: Vec<f64>, columns: &[Column]) -> Vec<f64> {
    let may_give_way = |width: f64, column: &Column| column.form == Form::Text && width > FEWEST_IN_A_LINE;
    let room: f64 = widths
        .iter()
        .zip(columns)
        .filter(|(width, column)| may_give_way(**width, column))
        .map(|(w, _)| w - FEWEST_IN_A_LINE)
        .sum();
    let excess = (widths.iter().sum::<f64>() - PAGE).clamp(0.0, room);
    let narrowed = widths.into_iter().zip(columns).map(|(width, column)| match may_give_way(width, column) {
        true => (width - excess * (width - FEWEST_IN_A_LINE) / room).round(),
        false => width,
    });
    narrowed.collect()
}

fn write_title(sheet: &mut Worksheet, content: &Sheet<'_>, width: f64) -> Done {
    let title = clean(&content.title);
    let lines = text::lines(&title, width * 11.0 / TITLE_SIZE);
    sheet.set_row_height(0, (lines as f64 * TITLE_SIZE * 1.4 + 8.0).min(TALLEST))?;
    write_block(sheet, (0, 0, 0, content.columns.len() - 1), &title, &look::title())
}

/// A text in one cell, or in several that are merged: top, bottom, left, right.
fn write_block(
    sheet: &mut Worksheet,
    (top, bottom, left, right): (u32, u32, usize, usize),
    text: &str,
    format: &Format,
) -> Done {
    if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left as u16, text, format)?;
    } else {
        sheet.merge_range(top, left as u16, bottom, right as u16, text, format)?;
    }
    Ok(())
}

fn write_header(sheet: &mut Worksheet, columns: &[Column], widths: &[f64], top: u32) -> Done {
    let format = look::header();
    let last = header::levels(columns) - 1;
    let mut heights = vec![LINE + 6.0; last + 1];
    let cells = header::cells(columns);
    let needed = |cell: &HeaderCell<'_>| {
        let width: f64 = widths[cell.left..=cell.right].iter().sum();
        text::lines(cell.text, width - 1.0) as f64 * LINE + 6.0
    };
    for cell in cells.iter().filter(|cell| cell.top == cell.bottom) {
        heights[cell.top] = heights[cell.top].max(needed(cell));
    }
    for cell in cells.iter().filter(|cell| cell.top < cell.bottom) {
        let above: f64 = heights[cell.top..last].iter().sum();
        heights[last] = heights[last].max(needed(cell) - above);
    }
    for (level, height) in heights.into_iter().enumerate() {
        sheet.set_row_height(top + level as u32, height.min(TALLEST))?;
    }
    for cell in cells {
        let block = (top + cell.top as u32, top + cell.bottom as u32, cell.left, cell.right);
        write_block(sheet, block, &clean(cell.text), &format)?;
    }
    Ok(())
}

/// What decides a cell's format.
#[derive(PartialEq, Eq, Hash)]
struct FormatKey {
    column: usize,
    tint: u8,
    kind: u8,
}

fn write_rows(sheet: &mut Worksheet, content: &Sheet<'_>, looks: &[ColumnLook], first: u32) -> Done {
    let mut formats: HashMap<FormatKey, Format> = HashMap::new();
    for (row, at) in content.rows.iter().zip(first..) {
        for (column, look) in looks.iter().enumerate() {
            let cell = row.cells.get(column).unwrap_or(&Cell::Blank);
            let key = FormatKey { column, tint: row.tint as u8, kind: kind(cell) };
            let format = formats.entry(key).or_insert_with(|| look.format(cell, row.tint));
            write_cell(sheet, at, column as u16, cell, format)?;
        }
    }
    Ok(())
}

/// Which of the formats of [`ColumnLook::format`] a cell takes.
fn kind(cell: &Cell<'_>) -> u8 {
    match cell {
        Cell::Blank => 0,
        Cell::Text(_) => 1,
        Cell::Number(_) => 2,
        Cell::Date { month: None, .. } => 3,
        Cell::Date { day: None, .. } => 4,
        Cell::Date { .. } => 5,
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>, format: &Format) -> Done {
    match cell {
        Cell::Blank => sheet.write_blank(row, column, format)?,
        Cell::Text(text) => match clean(text) {
            text if text.is_empty() => sheet.write_blank(row, column, format)?,
            text => sheet.write_string_with_format(row, column, text, format)?,
        },
        Cell::Number(number) if number.is_finite() => sheet.write_number_with_format(row, column, *number, format)?,
        Cell::Number(number) => sheet.write_string_with_format(row, column, number.to_string(), format)?,
        Cell::Date { year, month: None, .. } => sheet.write_number_with_format(row, column, *year, format)?,
        Cell::Date { year, month: Some(month), day } => {
            let date = u16::try_from(*year).ok().map(|year| ExcelDateTime::from_ymd(year, *month, day.unwrap_or(1)));
            match date {
                Some(Ok(date)) => sheet.write_datetime_with_format(row, column, &date, format)?,
                // Excel's calendar begins in 1900.
                _ => {
                    let day = day.map(|day| format!("{day}日")).unwrap_or_default();
                    sheet.write_string_with_format(row, column, format!("{year}年{month}月{day}"), format)?
                }
            }
        }
    };
    Ok(())
}

fn write_total(sheet: &mut Worksheet, content: &Sheet<'_>, looks: &[ColumnLook], word: &str, first: u32) -> Done {
    let row = first + content.rows.len() as u32;
    let word_at = content.columns.iter().position(|column| !column.summed);
    for (column, look) in looks.iter().enumerate() {
        let look = look.total();
        let at = column as u16;
        let summed = content.columns.get(column).is_some_and(|column| column.summed);
        if summed && row > first {
            let sum = sum(content, column);
            let letters = rust_xlsxwriter::utility::column_number_to_name(at);
            let formula =
                Formula::new(format!("=SUM({letters}{}:{letters}{row})", first + 1)).set_result(sum.to_string());
            sheet.write_formula_with_format(row, at, formula, &look.format(&Cell::Number(sum), Tint::None))?;
        } else if word_at == Some(column) {
            let cell = Cell::Text(word.into());
            write_cell(sheet, row, at, &cell, &look.format(&cell, Tint::None))?;
        } else {
            write_cell(sheet, row, at, &Cell::Blank, &look.format(&Cell::Blank, Tint::None))?;
        }
    }
    Ok(())
}

/// What a column adds up to. Rounded as Excel shows it: 0.1 and 0.2 are 0.3.
fn sum(content: &Sheet<'_>, column: usize) -> f64 {
    let numbers = content.rows.iter().filter_map(|row| match row.cells.get(column) {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    });
    let sum: f64 = numbers.sum();
    if sum.abs() < 1e9 { (sum * 1e6).round() / 1e6 } else { sum }
}
