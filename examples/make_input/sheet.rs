//! A sheet as offices make them: a title, a line that says who filled it in, a header in grey, rules, a total.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Image, Workbook, Worksheet, XlsxError,
};

/// What a cell holds.
#[derive(Clone)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Year, month, day.
    Date(u16, u8, u8),
    /// A picture over the cell: a PNG file.
    Picture(Vec<u8>),
    /// Nothing.
    Blank,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

/// A sheet to be written.
pub struct Sheet {
    /// The tab's name.
    pub name: &'static str,
    /// The line above the table.
    pub title: String,
    /// Who filled it in.
    pub unit: String,
    /// Columns: the heading above several of them (or nothing), the heading, the width in characters.
    pub columns: Vec<(&'static str, &'static str, f64)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether a row of totals ends the table.
    pub total: bool,
}

/// Height of a row with a picture, in points.
const PICTURE_HEIGHT: f64 = 78.0;

/// Writes a workbook; the same sheets give the same bytes.
pub fn save(path: &str, sheets: &[Sheet]) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 5)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in sheets {
        write(workbook.add_worksheet(), sheet)?;
    }
    workbook.save(path)
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let base = Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
    let title = base.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center);
    let ruled = base.clone().set_border(FormatBorder::Thin);
    let head = ruled.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color("D9D9D9");
    let words = ruled.clone().set_text_wrap();
    let number = ruled.clone().set_num_format("General");
    let date = ruled.clone().set_num_format("yyyy/m/d").set_align(FormatAlign::Center);
    let last = sheet.columns.len().saturating_sub(1) as u16;

    page.set_name(sheet.name)?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    for (at, (_, _, width)) in sheet.columns.iter().enumerate() {
        page.set_column_width(at as u16, *width)?;
    }
    page.set_row_height(0, 28)?;
    page.merge_range(0, 0, 0, last, &sheet.title, &title)?;
    page.write_string_with_format(1, 0, format!("填报单位：{}", sheet.unit), &base)?;

    let first_data = write_header(page, sheet, &head)?;
    page.set_freeze_panes(first_data, 0)?;
    page.set_repeat_rows(2, first_data - 1)?;
    for (row, cells) in (first_data..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => page.write_string_with_format(row, column, text, &words)?,
                Cell::Number(value) => page.write_number_with_format(row, column, *value, &number)?,
                Cell::Date(year, month, day) => {
                    page.write_datetime_with_format(row, column, ExcelDateTime::from_ymd(*year, *month, *day)?, &date)?
                }
                Cell::Picture(file) => {
                    page.set_row_height(row, PICTURE_HEIGHT)?;
                    page.write_blank(row, column, &ruled)?;
                    page.insert_image_fit_to_cell(row, column, &Image::new_from_buffer(file)?, true)?
                }
                Cell::Blank => page.write_blank(row, column, &ruled)?,
            };
        }
    }
    if sheet.total {
        write_total(page, sheet, first_data, &number, &head)?;
    }
    Ok(())
}

/// Writes one header row, or two with merged cells where columns stand under a common heading.
fn write_header(page: &mut Worksheet, sheet: &Sheet, head: &Format) -> Result<u32, XlsxError> {
    const TOP: u32 = 2;
    if sheet.columns.iter().all(|(group, _, _)| group.is_empty()) {
        for (column, (_, name, _)) in (0..).zip(&sheet.columns) {
            page.write_string_with_format(TOP, column, *name, head)?;
        }
        return Ok(TOP + 1);
    }
    let mut at = 0;
    while let Some((group, name, _)) = sheet.columns.get(at) {
        let column = at as u16;
        if group.is_empty() {
            page.merge_range(TOP, column, TOP + 1, column, name, head)?;
            at += 1;
            continue;
        }
        let wide = sheet.columns[at..].iter().take_while(|(other, _, _)| other == group).count();
        match wide {
            1 => drop(page.write_string_with_format(TOP, column, *group, head)?),
            _ => drop(page.merge_range(TOP, column, TOP, column + wide as u16 - 1, group, head)?),
        }
        for (below, (_, name, _)) in (column..).zip(&sheet.columns[at..at + wide]) {
            page.write_string_with_format(TOP + 1, below, *name, head)?;
        }
        at += wide;
    }
    Ok(TOP + 2)
}

fn write_total(
    page: &mut Worksheet,
    sheet: &Sheet,
    first_data: u32,
    number: &Format,
    head: &Format,
) -> Result<(), XlsxError> {
    let row = first_data + sheet.rows.len() as u32;
    page.write_string_with_format(row, 0, "合计", head)?;
    for column in 1..sheet.columns.len() {
        let mut numbers = Vec::new();
        for cells in &sheet.rows {
            match cells.get(column) {
                Some(Cell::Number(value)) => numbers.push(*value),
                Some(Cell::Blank) => {}
                _ => {
                    numbers.clear();
                    break;
                }
            }
        }
        if numbers.is_empty() {
            page.write_blank(row, column as u16, number)?;
        } else {
            page.write_number_with_format(row, column as u16, numbers.iter().sum::<f64>(), number)?;
        }
    }
    Ok(())
}
