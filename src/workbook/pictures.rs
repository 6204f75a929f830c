//! Pictures that lie in a sheet's cells: those that float over one (drawings), those of WPS (`DISPIMG`), and those of
//! Excel 365 (rich values). Only where their files are is read here; the files stay in the workbook.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Area;
use super::cell_album::Album;
use super::outline::position;
use super::package::{Package, attribute};

/// The most pictures of a sheet.
const MOST: usize = 50_000;

/// What stands in a cell that holds nothing but a picture.
pub(super) const IN_PLACE: &str = "[图片]";

/// The pictures of a sheet.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Their files within the workbook, by row and column.
    pub(super) files: BTreeMap<(u32, u32), Arc<str>>,
    /// Cells whose value is a picture.
    pub(super) values: Vec<(u32, u32)>,
}

/// The pictures of a sheet by its part's path.
pub(super) fn of_sheet(package: &Package, path: &str, part: &[u8], album: &Album, merged: &[Area]) -> Pictures {
    let mut found = Pictures::default();
    for drawing in package.relations(path).iter().filter(|relation| relation.kind.ends_with("/drawing")) {
        let files = targets(package, &drawing.target);
        for (cell, id) in anchored(package.part(&drawing.target).unwrap_or_default()) {
            if let Some(file) = files.get(&id).filter(|_| found.files.len() < MOST) {
                // where two lie in one cell, the first is its picture
                found.files.entry(first_of_merged(cell, merged)).or_insert_with(|| Arc::clone(file));
            }
        }
    }
    let named = named_by_formulas(part, album).chain(named_by_values(part, album));
    for (cell, file) in named.take(MOST) {
        found.files.insert(cell, file);
        found.values.push(cell);
    }
    found
}

/// The cell that a merged area has its value in.
fn first_of_merged((row, column): (u32, u32), merged: &[Area]) -> (u32, u32) {
    let holds = |area: &&Area| (area.top..=area.bottom).contains(&row) && (area.left..=area.right).contains(&column);
    merged.iter().find(holds).map_or((row, column), |area| (area.top, area.left))
}

/// The files that a part refers to, by relation.
pub(super) fn targets(package: &Package, path: &str) -> HashMap<String, Arc<str>> {
    let images = package.relations(path).into_iter().filter(|relation| relation.kind.ends_with("/image"));
    images.map(|relation| (relation.id, Arc::from(relation.target))).collect()
}

/// One end of an anchor: column and row, and how far into them in EMU.
#[derive(Clone, Copy, Debug, Default)]
struct End {
    column: u32,
    column_offset: i64,
    row: u32,
    row_offset: i64,
}

/// The cells of a drawing's pictures, each with the relation to its file.
fn anchored(part: &[u8]) -> Vec<((u32, u32), String)> {
    let mut found = Vec::new();
    let mut ends: [Option<End>; 2] = [None, None];
    let (mut size, mut embed, mut which, mut field) = ((0, 0), None, None, None);
    read_events(part, |event| match event {
        Piece::Open(tag) => match tag.local_name().as_ref() {
            "twoCellAnchor" | "oneCellAnchor" => (ends, size, embed, which) = ([None, None], (0, 0), None, None),
            "from" => which = Some(0),
            "to" => which = Some(1),
            "col" => field = Some("col"),
            "colOff" => field = Some("colOff"),
            "row" => field = Some("row"),
            "rowOff" => field = Some("rowOff"),
            "blip" if embed.is_none() => embed = attribute(tag, "r:embed"),
            "ext" => {
                let side = |name| attribute(tag, name)?.parse::<i64>().ok();
                size = side("cx").zip(side("cy")).unwrap_or(size);
            }
            _ => {}
        },
        Piece::Text(text) => {
            if let (Some(end), Some(field)) = (which.and_then(|which: usize| ends.get_mut(which)), field.take()) {
                let end = end.get_or_insert_default();
                let number = text.trim().parse::<i64>().unwrap_or(0);
                let place = u32::try_from(number).unwrap_or(0);
                match field {
                    "col" => end.column = place,
                    "row" => end.row = place,
                    "colOff" => end.column_offset = number,
                    _ => end.row_offset = number,
                }
            }
        }
        Piece::Close("from" | "to") => which = None,
        Piece::Close("twoCellAnchor" | "oneCellAnchor") => {
            if let (Some(from), Some(embed)) = (ends[0], embed.take()) {
                found.push((cell_of(from, ends[1], size), embed));
            }
        }
        Piece::Close(_) => {}
    });
    found
}

/// Row and column that a picture lies in: those that hold most of it, as far as that can be known without their sizes.
fn cell_of(from: End, to: Option<End>, (width, height): (i64, i64)) -> (u32, u32) {
    let Some(to) = to else { return (from.row, from.column) };
    let most = |first: u32, before: i64, last: u32, within: i64, size: i64| match last.checked_sub(first) {
        None | Some(0) => first,
        Some(1) if size > 0 && within > size - within => last,
        Some(1) => first,
        // a picture over many cells belongs where it begins, if it does not hang over from the one before
        Some(_) => first + u32::from(size > 0 && before.saturating_mul(10) > size),
    };
    (
        most(from.row, from.row_offset, to.row, to.row_offset, height),
        most(from.column, from.column_offset, to.column, to.column_offset, width),
    )
}

/// The cells of a sheet whose formula names a picture: `DISPIMG("ID_…",1)`.
fn named_by_formulas<'a>(part: &'a [u8], album: &'a Album) -> impl Iterator<Item = ((u32, u32), Arc<str>)> + 'a {
    let part = if album.named.is_empty() { &[] } else { part };
    memmem::find_iter(part, b"DISPIMG(").filter_map(move |at| {
        let rest = part.get(at..)?;
        let name = rest.get(..rest.len().min(200)).map(String::from_utf8_lossy)?;
        let name = name
            .split(['"', '\'', ','])
            .flat_map(|piece| piece.split("&quot;"))
            .find_map(|piece| album.named.get(piece.trim()))?;
        Some((cell_before(part, at)?, Arc::clone(name)))
    })
}

/// The cells of a sheet whose value is a picture.
fn named_by_values<'a>(part: &'a [u8], album: &'a Album) -> impl Iterator<Item = ((u32, u32), Arc<str>)> + 'a {
    let part = if album.rich.is_empty() { &[] } else { part };
    memmem::find_iter(part, b" vm=\"").filter_map(move |at| {
        let digits = part.get(at + 5..)?.split(|byte| *byte == b'"').next()?;
        let number = std::str::from_utf8(digits).ok()?.parse::<usize>().ok()?.checked_sub(1)?;
        let end = at + memchr::memchr(b'>', part.get(at..)?)?;
        Some((cell_before(part, end)?, album.rich.get(number)?.clone()?))
    })
}

/// The address of the cell that begins last before a place.
fn cell_before(part: &[u8], at: usize) -> Option<(u32, u32)> {
    let from =
        memmem::rfind(part.get(at.saturating_sub(2000)..at)?, b"<c ").map(|found| at.saturating_sub(2000) + found)?;
    let tag = part.get(from..at)?;
    let address = tag.get(memmem::find(tag, b" r=\"")? + 4..)?.split(|byte| *byte == b'"').next()?;
    position(std::str::from_utf8(address).ok()?)
}

/// What is met in a part.
pub(super) enum Piece<'a, 'b> {
    Open(&'b BytesStart<'a>),
    Text(&'b str),
    Close(&'b str),
}

/// Goes through a part as far as it is sound.
pub(super) fn read_events(part: &[u8], mut meet: impl FnMut(Piece<'_, '_>)) {
    let mut reader = Reader::from_reader(part);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => meet(Piece::Open(&tag)),
            Ok(Event::Empty(tag)) => {
                meet(Piece::Open(&tag));
                meet(Piece::Close(tag.local_name().as_ref()));
            }
            Ok(Event::Text(text)) => meet(Piece::Text(&text)),
            Ok(Event::End(tag)) => meet(Piece::Close(tag.local_name().as_ref())),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
