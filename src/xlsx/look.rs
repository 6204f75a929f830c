//! Fonts, borders and number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::{Cell, Column, Form, Tint};

/// The faces of offices' own workbooks; every Excel and WPS in Chinese has them.
const BODY_FACE: &str = "宋体";
const HEAD_FACE: &str = "黑体";
const BODY_SIZE: f64 = 11.0;
/// In points.
pub(super) const TITLE_SIZE: f64 = 16.0;
/// The height of a line of the body, in points.
pub(super) const LINE: f64 = 16.0;
/// The height of a row of one line.
pub(super) const ROW: f64 = 18.0;
/// Text columns that are no wider than this stand centred, as names and codes do.
const NARROW: usize = 14;

const HEADER_SHADE: Color = Color::RGB(0x00D9_E2F3);
const ERROR_SHADE: Color = Color::RGB(0x00FC_E4E4);
const WARNING_SHADE: Color = Color::RGB(0x00FF_F6DD);

fn body() -> Format {
    Format::new()
        .set_font_name(BODY_FACE)
        .set_font_size(BODY_SIZE)
        .set_font_charset(134)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

/// The title over the table.
pub(super) fn title() -> Format {
    Format::new()
        .set_font_name(HEAD_FACE)
        .set_font_size(TITLE_SIZE)
        .set_font_charset(134)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// A cell of the header.
pub(super) fn header() -> Format {
    body().set_font_name(HEAD_FACE).set_align(FormatAlign::Center).set_text_wrap().set_background_color(HEADER_SHADE)
}

/// The formats of one column's cells.
#[derive(Debug)]
pub(super) struct ColumnLook {
    form: Form,
    narrow: bool,
    total: bool,
}

impl ColumnLook {
    /// Of a column whose widest cell has a width.
    pub(super) fn of(column: &Column, widest: usize) -> Self {
        Self { form: column.form, narrow: widest <= NARROW, total: false }
    }

    /// Of its cell in the total row.
    pub(super) fn total(&self) -> Self {
        Self { form: self.form, narrow: self.narrow, total: true }
    }

    /// The format of a cell.
    pub(super) fn format(&self, cell: &Cell<'_>, tint: Tint) -> Format {
        let mut format = if self.total { body().set_bold() } else { body() };
        format = match tint {
            Tint::None => format,
            Tint::Error => format.set_background_color(ERROR_SHADE),
            Tint::Warning => format.set_background_color(WARNING_SHADE),
        };
        let align = match cell {
            Cell::Number(_) | Cell::Blank if !matches!(self.form, Form::Text | Form::Plain) => FormatAlign::Right,
            Cell::Text(_) if !self.narrow => FormatAlign::Left,
            _ => FormatAlign::Center,
        };
        format = format.set_align(align);
        if align == FormatAlign::Right {
            format = format.set_indent(1);
        }
        match cell {
            Cell::Number(_) | Cell::Blank => match self.form {
                Form::Text => format,
                form => format.set_num_format(number_format(form)),
            },
            Cell::Text(_) if self.form == Form::Text => format.set_num_format("@").set_text_wrap(),
            Cell::Text(_) => format.set_text_wrap(),
            Cell::Date { month: None, .. } => format.set_num_format("0\"年\""),
            Cell::Date { day: None, .. } => format.set_num_format("yyyy\"年\"m\"月\""),
            Cell::Date { .. } => format.set_num_format("yyyy\"年\"m\"月\"d\"日\""),
        }
    }
}

/// A form as Excel writes it.
fn number_format(form: Form) -> String {
    let decimals =
        |number: u8| if number == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(number))) };
    match form {
        Form::Text | Form::Exact => "General".to_owned(),
        Form::Plain => "0".to_owned(),
        Form::Number(number) => format!("#,##0{}", decimals(number)),
        Form::Percent(number) => format!("0{}%", decimals(number)),
    }
}

/// About how wide a number is shown.
pub(super) fn number_width(number: f64, form: Form) -> usize {
    let shown = match form {
        Form::Text | Form::Exact => return number.to_string().len(),
        Form::Plain => return format!("{number:.0}").len(),
        Form::Percent(decimals) => return format!("{:.*}%", usize::from(decimals), number * 100.0).len(),
        Form::Number(decimals) => format!("{number:.*}", usize::from(decimals)),
    };
    let whole = shown.trim_start_matches('-').find('.').unwrap_or(shown.trim_start_matches('-').len());
    shown.len() + whole.saturating_sub(1) / 3
}
