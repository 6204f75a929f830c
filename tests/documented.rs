//! What the pages of docs/ say is shown by a test is shown by one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The files of folders and of those within, by the end of their names.
fn files(mut folders: Vec<PathBuf>, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == extension) {
                found.push(path);
            }
        }
    }
    found
}

/// A page that names no keys of settings without their sign `=`: every name there is a test's.
const OF_TESTS: &str = "typography.md";

/// Names in code marks that read as those of tests: so many words and more.
fn named(page: &str, words: usize) -> Vec<&str> {
    let is_test = |name: &&str| {
        name.matches('_').count() + 1 >= words
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    page.split('`').skip(1).step_by(2).filter(is_test).collect()
}

#[test]
fn every_test_that_a_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: String = files(vec![root.join("src"), root.join("tests")], "rs")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut missing = Vec::new();
    let mut all = 0;
    for page in files(vec![root.join("docs")], "md") {
        let text = fs::read_to_string(&page).unwrap();
        for name in named(&text, if page.ends_with(OF_TESTS) { 2 } else { 5 }) {
            all += 1;
            if !sources.contains(&format!("fn {name}(")) {
                missing.push(format!("{}: {name}", page.display()));
            }
        }
    }
    assert!(all > 140 && missing.is_empty(), "{all} named, not there: {missing:#?}");
}
