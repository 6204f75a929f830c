//! Sets a document on pages.

mod page;

pub use page::{Fill, Item, OutlineEntry, Page, Pages, PlacedGlyph, PlacedPicture, Rule, TextRun};
