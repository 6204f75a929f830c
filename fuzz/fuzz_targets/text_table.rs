//! Any bytes as csv or tsv, in an encoding that is found out or told.
#![no_main]

use huibao::dataset::describe;
use huibao::diagnostic::Place;
use huibao::workbook::{Encoding, Options, read_with};
use libfuzzer_sys::fuzz_target;

const ENCODINGS: [Option<&str>; 6] =
    [None, Some("UTF-8"), Some("GB18030"), Some("Big5"), Some("UTF-16LE"), Some("UTF-16BE")];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let named = ENCODINGS[usize::from(choice / 2) % ENCODINGS.len()];
    let encoding = named.map(|name| Encoding::named(name, &Place::Run).expect("one that is known"));
    let file = if choice % 2 == 0 { "任意.csv" } else { "任意.tsv" };
    if let Ok(workbook) = read_with(file, bytes, &Options { encoding, ..Options::default() }) {
        describe(&workbook);
    }
});
