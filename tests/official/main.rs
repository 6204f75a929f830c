//! The elements of an official document on its pages, held against GB/T 9704-2012. Each golden text (tests/golden/official)
//! has a line for every line of text (page, left edge, baseline, size, text; millimetres, edges measured from the type
//! area's) and for every rule. After a change: `UPDATE_GOLDEN=1 cargo test --test official`, then read the difference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;
mod elements;
mod forms;
mod judges;
#[path = "../project/mod.rs"]
mod project;
mod set;
