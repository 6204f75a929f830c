//! Any bytes as a workbook: xlsx, xlsb, xls, ods, csv, or none of them.
#![no_main]

#[allow(dead_code)]
mod parts;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: parts::let_panics_pass(), |data: &[u8]| parts::read("任意.xlsx", data));
