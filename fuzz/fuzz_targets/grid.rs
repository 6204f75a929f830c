//! Any grid of cells: tables found in it, totals, keys and a link.
#![no_main]

mod cells;

use huibao::dataset::{Dataset, LinkSpec, SheetChoice, TableSpec, describe};
use huibao::diagnostic::Place;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|grid: cells::Grid<'_>| {
    let workbook = cells::workbook(&grid);
    describe(&workbook);
    let choice = SheetChoice { workbook: 0, sheet: None, place: Place::Run };
    let table = TableSpec {
        name: "表".into(),
        sheets: vec![choice],
        key: vec![(grid.key.to_owned(), Place::Run)],
        at: grid.at.map(|at| (at.to_owned(), Place::Run)),
        ..TableSpec::default()
    };
    let other = TableSpec { name: "名单".into(), key: Vec::new(), at: None, ..table.clone() };
    let end = |table: &str, column: &str| (table.to_owned(), column.to_owned(), Place::Run);
    let link = LinkSpec { from: end("表", "学校代码"), to: end("名单", grid.key) };
    Dataset::find(std::slice::from_ref(&workbook), &[table, other], &[link]);
});
