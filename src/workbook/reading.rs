//! What calamine reads, as grids of cells.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use rayon::prelude::*;

use super::container::Container;
use super::grid::{Grid, TooManyCells};
use super::limits::Limits;
use super::outline::{self, Outline};
use super::package::Package;
use super::percent::is_percent_format;
use super::pictures::IN_PLACE;
use super::shares::Shares;
use super::stored_zip::StoredZip;
use super::{Area, CellValue, Sheet, binary, legacy, mend, open_document, problem};
use crate::diagnostic::Diagnostic;

/// Why a workbook cannot be read.
pub(super) enum Failure {
    /// It is locked with a password.
    Locked,
    /// A sheet, named if it is known which, has too many cells.
    TooManyCells(Option<String>),
    /// All sheets together have too many.
    TooManyInAll,
    /// What the reader says.
    Damaged(String),
}

/// The sheets of a workbook together may have so many times the cells that one may have.
const SHEETS: usize = 4;

/// How much room is left for the sheets of a workbook.
struct Room {
    of_sheet: usize,
    left: usize,
}

impl Room {
    fn new(most_cells: usize) -> Self {
        Self { of_sheet: most_cells, left: most_cells.saturating_mul(SHEETS) }
    }

    /// The grid of the next sheet.
    fn grid(&self) -> Grid {
        Grid::new(self.of_sheet.min(self.left))
    }

    /// Counts what a sheet takes.
    fn take(&mut self, grid: &Grid) -> Result<(), Failure> {
        self.left = self.left.checked_sub(grid.weight()).ok_or(Failure::TooManyInAll)?;
        Ok(())
    }

    /// Why there is no room for a sheet.
    fn failure(&self, sheet: &str) -> Failure {
        match self.left < self.of_sheet {
            true => Failure::TooManyInAll,
            false => Failure::TooManyCells(Some(sheet.to_owned())),
        }
    }
}

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// A thread is reading a workbook for as long as it holds this.
struct Reading {
    before: bool,
}

impl Reading {
    fn begin() -> Self {
        Self { before: READING.replace(true) }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        READING.set(self.before);
    }
}

/// Whether this thread is reading a workbook, so that a panic is no more than a damaged file.
pub fn panic_is_damage() -> bool {
    READING.get()
}

/// The sheets of a workbook. Whatever calamine makes of a damaged file, a panic included, comes back as a problem.
pub(super) fn sheets(file: &str, container: &Container<'_>, limits: &Limits) -> Result<Vec<Sheet>, Diagnostic> {
    let reading = Reading::begin();
    let read = catch_unwind(AssertUnwindSafe(|| match container {
        Container::Xlsx(package) => xlsx(package, limits),
        Container::Xlsb(package) => xlsb(package, limits),
        Container::Ods(package) => ods(package, limits),
        Container::Xls(bytes) => xls(bytes, limits),
    }));
    drop(reading);
    match read.unwrap_or_else(|_| Err(Failure::Damaged("the reader gave up".to_owned()))) {
        Ok(sheets) if sheets.is_empty() => Err(problem::no_sheets(file)),
        Ok(sheets) => Ok(sheets),
        Err(Failure::Locked) => Err(problem::locked(file)),
        Err(Failure::TooManyCells(sheet)) => Err(problem::too_many_cells(file, sheet.as_deref(), limits)),
        Err(Failure::TooManyInAll) => {
            Err(problem::too_many_cells_in_all(file, limits, limits.cells.saturating_mul(SHEETS)))
        }
        Err(Failure::Damaged(why)) => Err(problem::damaged(file, &why)),
    }
}

/// An xlsx package's sheets; what calamine refuses is mended, and read once more.
fn xlsx(package: &Package, limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let honest = mend::without_false_claims(package, limits)?;
    let package = honest.as_ref().unwrap_or(package);
    let parts = outline::sheet_parts(package);
    // A small file could name one large part very many times.
    let mut seen = HashSet::new();
    if !parts.iter().flatten().all(|part| seen.insert(part)) {
        return Err(Failure::Damaged("two sheets are one part".to_owned()));
    }
    match xlsx_sheets(package, &parts, limits) {
        Err(Failure::Damaged(_)) => {
            let mended = mend::mended(package);
            xlsx_sheets(&mended, &outline::sheet_parts(&mended), limits)
        }
        read => read,
    }
}

fn xlsx_sheets(package: &Package, parts: &[Option<String>], limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let shares = Shares::new(package, rayon::current_num_threads(), LEAST_SHARE);
    let (outlines, cells) = rayon::join(|| outline::outlines(package, parts), || xlsx_cells(package, &shares, limits));
    let (sheets, grids) = cells?;
    let sheets = worksheets(&sheets, outlines).into_iter().zip(grids);
    sheets.filter_map(|((sheet, outline), grid)| Some(finished(sheet, grid?, outline))).collect()
}

/// A thread reads so many bytes of rows at least.
const LEAST_SHARE: usize = 2 << 20;

/// The sheets of a workbook, and for each that should hold cells its cells, if it does.
pub(super) type Cells = (Vec<calamine::Sheet>, Vec<Option<Grid>>);

/// All cells, each share of them on a thread; or the package read whole, if that cannot be.
fn xlsx_cells(package: &Package, shares: &Shares<'_>, limits: &Limits) -> Result<Cells, Failure> {
    match Some(shares).filter(|shares| shares.count() > 1).and_then(|shares| xlsx_shares(shares, limits.cells)) {
        Some(cells) => Ok(cells),
        None => xlsx_share(package.zip().map_err(failure)?, limits.cells),
    }
}

/// The cells of all shares, which together have room for no more cells than the package has; nothing if one of them
/// cannot be read, or they are not those of one workbook.
pub(super) fn xlsx_shares(shares: &Shares<'_>, most_cells: usize) -> Option<Cells> {
    let share = |number| {
        let _reading = Reading::begin();
        xlsx_share(shares.zip(number).ok()?, most_cells / shares.count()).ok()
    };
    let shares: Vec<Cells> = (0..shares.count()).into_par_iter().map(share).collect::<Option<_>>()?;
    let grids = |cells: &Cells| cells.1.iter().map(|grid| grid.as_ref().map(|_| Grid::new(most_cells))).collect();
    let mut whole: Vec<Option<Grid>> = shares.first().map(grids)?;
    let mut sheets = Vec::new();
    for (of_share, grids) in shares {
        for (grid, share) in whole.iter_mut().zip(grids) {
            match (grid, share) {
                (Some(grid), Some(share)) => grid.append(share).ok()?,
                (None, None) => {}
                _ => return None,
            }
        }
        sheets = of_share;
    }
    Some((sheets, whole))
}

pub(super) fn xlsx_share(zip: StoredZip<'_>, most_cells: usize) -> Result<Cells, Failure> {
    let mut workbook = Xlsx::new(zip).map_err(failure)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let worksheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut room = Room::new(most_cells);
    let grids: Result<_, _> = worksheets.map(|sheet| xlsx_grid(&mut workbook, &sheet.name, &mut room)).collect();
    Ok((sheets, grids?))
}

/// The cells of a sheet; nothing if it is none that holds cells.
fn xlsx_grid(workbook: &mut Xlsx<StoredZip<'_>>, sheet: &str, room: &mut Room) -> Result<Option<Grid>, Failure> {
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(failure(error)),
    };
    let shown = shown_as(cells.styles());
    let (mut grid, mut texts) = (room.grid(), Texts::default());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(failure)? {
        let (row, column) = cell.get_position();
        let value = match (cell.get_value(), shown.get(style)) {
            (DataRef::Float(number), Some(Shown::Padded(width))) => with_leading_zeros(*number, *width),
            (DataRef::Float(number), Some(Shown::Percent)) => CellValue::Percent(*number),
            (value, _) => texts.value(value),
        };
        grid.put(row, column, value).map_err(|TooManyCells| room.failure(sheet))?;
    }
    room.take(&grid)?;
    Ok(Some(grid))
}

/// A sheet with its cells, those included that calamine does not tell.
fn finished(sheet: Sheet, mut grid: Grid, outline: Outline) -> Result<Sheet, Failure> {
    let not_computed = outline.not_computed.into_iter().map(|(row, column)| (row, column, CellValue::NotComputed));
    for (row, column, value) in not_computed.chain(outline.errors) {
        grid.put(row, column, value).map_err(|TooManyCells| too_many_cells(&sheet))?;
    }
    outline.percents.iter().for_each(|area| grid.show_as_percent(area));
    for (row, column) in outline.pictures.values {
        let value = CellValue::Text(IN_PLACE.into());
        grid.put(row, column, value).map_err(|TooManyCells| too_many_cells(&sheet))?;
    }
    Ok(Sheet { rows: grid.into_rows(), pictures: Arc::new(outline.pictures.files), ..sheet })
}

fn xlsb(package: &Package, limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let (outlines, mended) = binary::outlines(package);
    let package = mended.as_ref().unwrap_or(package);
    let mut workbook = Xlsb::new(package.zip().map_err(failure)?).map_err(failure)?;
    let (mut sheets, mut room) = (Vec::new(), Room::new(limits.cells));
    for (sheet, outline) in worksheets(workbook.sheets_metadata(), outlines) {
        let mut grid = room.grid();
        let mut texts = Texts::default();
        let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(failure)?;
        while let Some(cell) = cells.next_cell().map_err(failure)? {
            let (row, column) = cell.get_position();
            let value = texts.value(cell.get_value());
            grid.put(row, column, value).map_err(|TooManyCells| room.failure(&sheet.name))?;
        }
        room.take(&grid)?;
        sheets.push(finished(sheet, grid, outline)?);
    }
    Ok(sheets)
}

fn xls(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let outlines = legacy::outlines(bytes, limits)?;
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(failure)?;
    let (mut sheets, mut room) = (Vec::new(), Room::new(limits.cells));
    for (sheet, outline) in worksheets(workbook.sheets_metadata(), outlines) {
        let merged = areas(&workbook.merge_cells_by_sheet_name(&sheet.name).map_err(failure)?);
        let range = workbook.worksheet_range(&sheet.name).map_err(failure)?;
        let grid = filled(room.grid(), &range).map_err(|TooManyCells| room.failure(&sheet.name))?;
        room.take(&grid)?;
        sheets.push(finished(Sheet { merged, ..sheet }, grid, outline)?);
    }
    Ok(sheets)
}

fn ods(package: &Package, limits: &Limits) -> Result<Vec<Sheet>, Failure> {
    let (outlines, tidy) = open_document::outlines(package, limits)?;
    let package = tidy.as_ref().unwrap_or(package);
    let mut workbook = Ods::new(package.zip().map_err(failure)?).map_err(failure)?;
    let (mut sheets, mut room) = (Vec::new(), Room::new(limits.cells));
    for (sheet, outline) in worksheets(workbook.sheets_metadata(), outlines) {
        let range = workbook.worksheet_range(&sheet.name).map_err(failure)?;
        let grid = filled(room.grid(), &range).map_err(|TooManyCells| room.failure(&sheet.name))?;
        room.take(&grid)?;
        sheets.push(finished(sheet, grid, outline)?);
    }
    Ok(sheets)
}

fn too_many_cells(sheet: &Sheet) -> Failure {
    Failure::TooManyCells(Some(sheet.name.clone()))
}

fn failure(error: impl std::fmt::Display) -> Failure {
    let words = error.to_string();
    if words.to_ascii_lowercase().contains("password protected") { Failure::Locked } else { Failure::Damaged(words) }
}

/// The sheets that hold cells, without their cells yet, and what surrounds them; charts and macros are none.
fn worksheets(sheets: &[calamine::Sheet], outlines: Vec<Outline>) -> Vec<(Sheet, Outline)> {
    let outlines = outlines.into_iter().chain(std::iter::repeat_with(Outline::default));
    let with_cells = sheets.iter().zip(outlines).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
    with_cells
        .map(|(sheet, mut outline)| {
            let sheet = Sheet {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
                merged: sorted(std::mem::take(&mut outline.merged)),
                hidden_rows: std::mem::take(&mut outline.hidden_rows),
                hidden_columns: std::mem::take(&mut outline.hidden_columns),
                ..Sheet::default()
            };
            (sheet, outline)
        })
        .collect()
}

fn sorted(mut areas: Vec<Area>) -> Vec<Area> {
    areas.sort();
    areas.dedup();
    areas
}

fn areas(dimensions: &[Dimensions]) -> Vec<Area> {
    let areas = dimensions
        .iter()
        .map(|area| Area { top: area.start.0, left: area.start.1, bottom: area.end.0, right: area.end.1 })
        .filter(|area| area.top <= area.bottom && area.left <= area.right);
    sorted(areas.collect())
}

fn filled(mut grid: Grid, range: &calamine::Range<Data>) -> Result<Grid, TooManyCells> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        grid.put(top + row as u32, left + column as u32, value(data))?;
    }
    Ok(grid)
}

/// Texts of one sheet: cells that share a string in the file share it in memory.
#[derive(Default)]
struct Texts {
    /// By address of the file's shared string.
    shared: HashMap<usize, Arc<str>>,
}

impl Texts {
    fn value(&mut self, data: &DataRef<'_>) -> CellValue {
        match data {
            DataRef::SharedString("") => CellValue::Empty,
            DataRef::SharedString(string) if is_error(string) => CellValue::Error((*string).into()),
            DataRef::SharedString(string) => {
                let text = self.shared.entry(string.as_ptr() as usize).or_insert_with(|| Arc::from(*string));
                CellValue::Text(Arc::clone(text))
            }
            DataRef::Float(number) => CellValue::Number(*number),
            DataRef::Int(number) => CellValue::Number(*number as f64),
            DataRef::String(string) => text(string),
            DataRef::Bool(yes) => CellValue::Bool(*yes),
            DataRef::DateTime(moment) => date(moment),
            DataRef::DateTimeIso(iso) => iso_date(iso),
            DataRef::DurationIso(iso) => text(iso),
            DataRef::Error(error) => CellValue::Error(error.to_string().into()),
            DataRef::Empty => CellValue::Empty,
        }
    }
}

fn value(data: &Data) -> CellValue {
    match data {
        Data::Float(number) => CellValue::Number(*number),
        Data::Int(number) => CellValue::Number(*number as f64),
        Data::String(string) => text(string),
        Data::Bool(yes) => CellValue::Bool(*yes),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(iso) => iso_date(iso),
        Data::DurationIso(iso) => text(iso),
        Data::Error(error) => CellValue::Error(error.to_string().into()),
        Data::Empty => CellValue::Empty,
    }
}

/// A text as a cell; the name of an error is that error, whatever it is kept as.
pub(super) fn text(string: &str) -> CellValue {
    match string {
        "" => CellValue::Empty,
        string if is_error(string) => CellValue::Error(string.into()),
        string => CellValue::Text(string.into()),
    }
}

/// `#DIV/0!`, `#N/A`, and all that newer programs add to them, such as `#SPILL!`; LibreOffice's `Err:502`.
fn is_error(text: &str) -> bool {
    let Some(name) = text.strip_prefix('#') else {
        let number = text.strip_prefix("Err:").unwrap_or_default();
        return number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    };
    let letters = name.trim_end_matches(['!', '?']);
    let ended = letters.len() + 1 == name.len() || matches!(name, "N/A" | "GETTING_DATA");
    ended && (3..=20).contains(&letters.len()) && letters.bytes().all(|c| c.is_ascii_uppercase() || b"/_0".contains(&c))
}

/// A moment as its day; a time of day without a day is text, as it is shown.
fn date(moment: &ExcelDateTime) -> CellValue {
    let days = moment.as_f64();
    if moment.is_duration() || !days.is_finite() || days < 0.0 {
        return CellValue::Number(days);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if days < 1.0 && days > 0.0 {
        let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
        return CellValue::Text(format!("{hour}:{minute:02}{seconds}").into());
    }
    if days < 1.0 && year < 1904 {
        return no_day();
    }
    CellValue::Date { year: i32::from(year), month, day }
}

/// What the number 0 shows where a date belongs, mostly because a formula points at a blank cell: no day.
fn no_day() -> CellValue {
    CellValue::Error("1900/1/0".into())
}

fn iso_date(iso: &str) -> CellValue {
    let mut parts = iso.split('T').next().unwrap_or_default().splitn(3, '-');
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok());
    match (next(), next(), next()) {
        (Some(1899), Some(12), Some(30)) => no_day(),
        (Some(year), Some(month @ 1..=12), Some(day @ 1..=31)) => {
            CellValue::Date { year: i32::from(year), month: month as u8, day: day as u8 }
        }
        _ => text(iso),
    }
}

/// How a style shows numbers, where that is more than their looks.
enum Shown {
    /// As they are.
    Plain,
    /// With so many digits at least: `0000` shows 101 as 0101, and that is what a code is.
    Padded(usize),
    /// As percentages.
    Percent,
}

/// How each style shows numbers.
fn shown_as(styles: &[calamine::Style]) -> Vec<Shown> {
    let shown = |style: &calamine::Style| match style.number_format.as_ref().map(|format| format.format_code.as_str()) {
        Some(code) if (2..32).contains(&code.len()) && code.bytes().all(|byte| byte == b'0') => {
            Shown::Padded(code.len())
        }
        Some(code) if is_percent_format(code) => Shown::Percent,
        _ => Shown::Plain,
    };
    styles.iter().map(shown).collect()
}

fn with_leading_zeros(number: f64, width: usize) -> CellValue {
    let whole = number.fract() == 0.0 && (0.0..1e15).contains(&number);
    if whole { CellValue::Text(format!("{number:0width$}").into()) } else { CellValue::Number(number) }
}
