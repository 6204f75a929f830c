//! Any grid of cells as a form: labels and their values, and a table inside it.
#![no_main]

mod cells;

use huibao::dataset::{Dataset, Layout, SheetChoice, TableSpec};
use huibao::diagnostic::Place;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|grid: cells::Grid<'_>| {
    let workbook = cells::workbook(&grid);
    let form = TableSpec {
        name: "登记表".into(),
        sheets: vec![SheetChoice { workbook: 0, sheet: None, place: Place::Run }],
        key: vec![(grid.key.to_owned(), Place::Run)],
        layout: Layout::Form,
        ..TableSpec::default()
    };
    let inner = TableSpec {
        name: "家庭成员".into(),
        key: Vec::new(),
        at: grid.at.map(|at| (at.to_owned(), Place::Run)),
        layout: Layout::Inside("登记表".into(), Place::Run),
        ..form.clone()
    };
    Dataset::find(std::slice::from_ref(&workbook), &[form, inner], &[]);
});
