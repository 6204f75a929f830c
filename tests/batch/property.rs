//! Whatever cell is changed: what is made of it is what a clean run makes.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::city::{assert_equals_clean_run, build, city, tables, write};

#[test]
fn after_any_changes_of_cells_the_outputs_are_those_of_a_clean_run() {
    let cases = std::env::var("CHANGES").ok().and_then(|number| number.parse().ok()).unwrap_or(12);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let project = city();
    build(&project, "out", &[]);
    let changes = proptest::collection::vec((0_usize..5, 1_usize..7, 0_usize..5, 0_usize..40), 1..3);
    let remade = std::cell::Cell::new(0);
    let held = runner.run(&changes, |changes| {
        let mut all = tables();
        for (table, row, column, value) in changes {
            let (name, rows) = all.iter_mut().nth(table).unwrap();
            let row = 1 + (row - 1) % (rows.len() - 1);
            let column = column % rows[row].len();
            // Keys stay what they are, but links may come to name others.
            rows[row][column] = match (*name, column) {
                ("区县" | "学校", 0) => continue,
                ("学校", 2) => ["东区", "西区"][value % 2].to_owned(),
                ("党支部" | "活动", 0) => format!("0{}", 1 + value % 4),
                _ => value.to_string(),
            };
        }
        write(&project, &all);
        let run = build(&project, "out", &[]);
        prop_assert_eq!(run.code, 0);
        remade.set(remade.get() + run.made.len());
        assert_equals_clean_run(&project, "out", "clean");
        Ok(())
    });
    held.unwrap();
    assert!(remade.get() < cases as usize * 7, "everything was made again each time");
}
