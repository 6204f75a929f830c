//! An .ods file before calamine reads it as a whole, into rectangles: what they will take is counted, and what calamine
//! does not tell is found.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::Area;
use super::limits::Limits;
use super::outline::Outline;
use super::package::{Package, attribute};
use super::reading::Failure;

const CONTENT: &str = "content.xml";

/// What surrounds the cells of each sheet, and the package as calamine wants it, if it is not so already.
pub(super) fn outlines(package: &Package, limits: &Limits) -> Result<(Vec<Outline>, Option<Package>), Failure> {
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if memchr::memmem::find(manifest, b"manifest:encryption-data").is_some() {
        return Err(Failure::Locked);
    }
    let damaged = |error: String| Failure::Damaged(error);
    let content = package.part(CONTENT).unwrap_or_default();
    let content = std::str::from_utf8(content).map_err(|error| damaged(error.to_string()))?;
    let mut scan = Scan { cells_left: limits.cells, text_left: limits.unpacked, ..Scan::default() };
    let mut reader = Reader::from_str(content);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| damaged(error.to_string()))? {
            Event::Start(tag) => {
                depth += 1;
                scan.start(&tag);
            }
            Event::Empty(tag) => {
                scan.start(&tag);
                scan.end(tag.name().as_ref());
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                scan.end(tag.name().as_ref());
            }
            Event::Text(text) => scan.text(text.len(), true),
            Event::Comment(_) | Event::PI(_) => scan.text(0, true),
            Event::CData(text) => scan.text(text.len(), true),
            Event::GeneralRef(_) => scan.text(4, true),
            Event::Eof => break,
            _ => {}
        }
        if scan.cells_left == 0 || scan.text_left == 0 {
            return Err(Failure::TooManyCells(scan.sheet));
        }
    }
    // calamine would look for the end for ever.
    if depth > 0 {
        return Err(damaged("content.xml ends early".to_owned()));
    }
    let tidy = scan.untidy.then(|| tidied(package, content)).transpose().map_err(damaged)?;
    Ok((scan.outlines, tidy))
}

/// The package without what stands between the cells of a row, where calamine wants nothing but cells.
fn tidied(package: &Package, content: &str) -> Result<Package, String> {
    let mut reader = Reader::from_str(content);
    let mut writer = Writer::new(Vec::with_capacity(content.len()));
    let (mut in_row, mut in_cell) = (false, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match &event {
            Event::Eof => break,
            Event::Start(tag) if tag.name().as_ref() == "table:table-row" => in_row = true,
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => in_row = false,
            Event::Start(tag) if is_cell(tag.name().as_ref()) => in_cell += 1,
            Event::End(tag) if is_cell(tag.name().as_ref()) => in_cell = in_cell.saturating_sub(1),
            Event::Start(_) | Event::End(_) | Event::Empty(_) => {}
            _ if in_row && in_cell == 0 => continue,
            _ => {}
        }
        writer.write_event(event).map_err(|error| error.to_string())?;
    }
    let content = writer.into_inner();
    Ok(package.with(|name, _| (name == CONTENT).then(|| content.clone())))
}

/// Goes through a document's tables.
#[derive(Default)]
struct Scan {
    outlines: Vec<Outline>,
    cells_left: usize,
    text_left: u64,
    /// Whether something stands between the cells of a row.
    untidy: bool,
    /// The name of the table, if one is open.
    sheet: Option<String>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    /// Groups of rows and of columns that are open, and whether each is folded away.
    row_groups: Vec<bool>,
    column_groups: Vec<bool>,
    column_at: u32,
    row_at: u32,
    row: Option<Row>,
    cell: Option<Cell>,
}

/// A row that is open.
struct Row {
    repeats: u32,
    /// The column of the next cell.
    column: u32,
    /// Cells up to the last that holds something.
    used: u32,
}

/// A cell that is open.
struct Cell {
    repeats: u32,
    text: u64,
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn is_out_of_sight(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "table:visibility").is_some_and(|visibility| matches!(visibility.as_str(), "collapse" | "filter"))
}

fn is_folded(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "table:display").is_some_and(|display| display == "false")
}

impl Scan {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table" if self.sheet.is_none() => {
                if let Some(name) = attribute(tag, "table:name") {
                    self.sheet = Some(name);
                    (self.column_at, self.row_at) = (0, 0);
                    self.outlines.push(Outline::default());
                }
            }
            "table:table-row-group" => self.row_groups.push(is_folded(tag)),
            "table:table-column-group" => self.column_groups.push(is_folded(tag)),
            "table:table-column" => {
                let next = self.column_at.saturating_add(number(tag, "table:number-columns-repeated"));
                if is_out_of_sight(tag) || self.column_groups.contains(&true) {
                    self.hidden_columns.push((self.column_at, next.saturating_sub(1)));
                }
                self.column_at = next;
            }
            "table:table-row" => {
                let repeats = number(tag, "table:number-rows-repeated");
                if is_out_of_sight(tag) || self.row_groups.contains(&true) {
                    self.hidden_rows.push((self.row_at, self.row_at.saturating_add(repeats).saturating_sub(1)));
                }
                self.row = Some(Row { repeats, column: 0, used: 0 });
            }
            name if is_cell(name) => self.start_cell(tag),
            "text:s" => {
                let blanks = attribute(tag, "text:c").map_or(1, |count| count.parse().unwrap_or(u64::MAX));
                self.text(usize::try_from(blanks).unwrap_or(usize::MAX), false);
            }
            _ => {}
        }
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        let Some(row) = &mut self.row else { return };
        let repeats = number(tag, "table:number-columns-repeated");
        let column = row.column;
        row.column = column.saturating_add(repeats);
        let kind = attribute(tag, "office:value-type");
        let value = kind.is_some();
        let formula = attribute(tag, "table:formula").is_some();
        if value || formula {
            row.used = row.column;
        }
        let right = row.column.saturating_sub(1);
        let bottom = self.row_at.saturating_add(row.repeats).saturating_sub(1);
        let Some(outline) = self.outlines.last_mut() else { return };
        if kind.as_deref() == Some("percentage") {
            outline.percents.push(Area { top: self.row_at, left: column, bottom, right });
        }
        if formula && !value {
            outline.not_computed.push((self.row_at, column));
        }
        let (down, across) = (number(tag, "table:number-rows-spanned"), number(tag, "table:number-columns-spanned"));
        if down > 1 || across > 1 {
            let bottom = self.row_at.saturating_add(down.max(1) - 1);
            let right = column.saturating_add(across.max(1) - 1);
            outline.merged.push(Area { top: self.row_at, left: column, bottom, right });
        }
        let text = attribute(tag, "office:string-value").map_or(0, |text| text.len());
        self.cell = Some(Cell { repeats, text: text as u64 });
    }

    /// Text of so many bytes, or what else may stand between tags.
    fn text(&mut self, bytes: usize, may_be_untidy: bool) {
        match (&mut self.cell, &self.row) {
            (Some(cell), _) => cell.text = cell.text.saturating_add(bytes as u64),
            (None, Some(_)) => self.untidy |= may_be_untidy,
            (None, None) => {}
        }
        if bytes as u64 > self.text_left {
            self.text_left = 0;
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if is_cell(name) => {
                if let (Some(cell), Some(row)) = (self.cell.take(), &self.row) {
                    let times = u64::from(cell.repeats).saturating_mul(row.repeats.into());
                    let text = if cell.text == 0 { 0 } else { cell.text.saturating_mul(times) };
                    self.text_left = self.text_left.saturating_sub(text);
                }
            }
            "table:table-row" => {
                if let Some(row) = self.row.take() {
                    let times = if row.used == 0 { 1 } else { row.repeats as usize };
                    let cells = (row.used.max(1) as usize).saturating_mul(times);
                    self.cells_left = self.cells_left.saturating_sub(cells);
                    self.row_at = self.row_at.saturating_add(row.repeats);
                }
            }
            "table:table-row-group" => drop(self.row_groups.pop()),
            "table:table-column-group" => drop(self.column_groups.pop()),
            "table:table" => {
                self.sheet = None;
                let (rows, columns) = (std::mem::take(&mut self.hidden_rows), std::mem::take(&mut self.hidden_columns));
                if let Some(outline) = self.outlines.last_mut() {
                    outline.hidden_rows = rows.into_iter().collect();
                    outline.hidden_columns = columns.into_iter().collect();
                }
            }
            _ => {}
        }
    }
}
