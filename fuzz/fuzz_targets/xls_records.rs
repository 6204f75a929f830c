//! Any records of an xls workbook (BIFF), in a container that is sound: mutated containers are nearly all unreadable.
#![no_main]

#[allow(dead_code)]
mod parts;

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;

const BOF: u16 = 0x0809;
const BOUND_SHEET: u16 = 0x0085;

/// The records as they are; those that say where a sheet begins say so truly, if the first byte is even.
fn stream(data: &[u8]) -> Vec<u8> {
    let Some((choice, records)) = data.split_first() else { return Vec::new() };
    let mut stream = records.to_vec();
    if choice % 2 == 1 {
        return stream;
    }
    let (mut at, mut sheets, mut begins) = (0, Vec::new(), Vec::new());
    while let Some(&[a, b, c, d]) = stream.get(at..at + 4) {
        match u16::from_le_bytes([a, b]) {
            BOF => begins.push(at as u32),
            BOUND_SHEET => sheets.push(at + 4),
            _ => {}
        }
        at += 4 + usize::from(u16::from_le_bytes([c, d]));
    }
    for (sheet, begin) in sheets.into_iter().zip(begins.into_iter().skip(1)) {
        if let Some(place) = stream.get_mut(sheet..sheet + 4) {
            place.copy_from_slice(&begin.to_le_bytes());
        }
    }
    stream
}

fn container(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("memory");
    file.create_stream("/Workbook").expect("memory").write_all(stream).expect("memory");
    file.into_inner().into_inner()
}

fuzz_target!(init: parts::let_panics_pass(), |data: &[u8]| parts::read("任意.xls", &container(&stream(data))));
