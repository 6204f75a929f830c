//! Runs of the whole program over one project again and again: what is made again and what is not, and what is left
//! when a run is broken off.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../project/mod.rs"]
mod project;

mod city;
mod faults;
mod incremental;
mod parts;
mod property;
mod seen;
