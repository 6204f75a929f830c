//! From a folder of Excel workbooks to a stack of finished Word and PDF reports.
//!
//! The way of the data, each step a module and a plain function:
//!
//! ```text
//! input/*.xlsx ─► workbook ─► dataset ─┐
//! templates/*.md ──► template ─────────┴─► document ─┬─► docx ─► .docx
//!                                                    └─► layout ─► pdf ─► .pdf
//! ```
//!
//! `docs/architecture.md` tells what each module knows and which may import which.

pub mod batch;
pub mod cli;
pub mod dataset;
mod deflate;
pub mod diagnostic;
pub mod document;
pub mod docx;
pub mod draft;
pub mod drawingml;
pub mod font;
pub mod layout;
pub mod pdf;
pub mod picture;
pub mod pieces;
pub mod project;
pub mod rules;
pub mod settings;
mod shelf;
pub mod store;
pub mod style;
pub mod template;
pub mod workbook;
pub mod xlsx;
mod zip_file;
