//! What docx-rs has no word for.
//!
//! docx-rs writes a paragraph's and a run's style as a bare string. The builders put the number of an aside there, and the
//! finishing pass ([`super::finish`]) puts the aside's elements in its place: the style itself, and the properties that
//! docx-rs cannot write. Tables, pictures, rows and sections are finished one at a time, each with what is beside it.

use crate::document::Crop;

/// Properties of one paragraph or run, as elements.
#[derive(Debug, Default)]
pub struct Aside {
    elements: Vec<(&'static str, String)>,
}

impl Aside {
    /// Adds an empty element with its attributes as they stand in the file: a space before each, values escaped.
    pub fn push(&mut self, name: &'static str, attributes: impl Into<String>) {
        self.elements.push((name, attributes.into()));
    }

    /// Adds a property that is on or off: on without a value, as Word writes it.
    pub fn push_switch(&mut self, name: &'static str, on: Option<bool>) {
        if let Some(on) = on {
            self.push(name, if on { "" } else { " w:val=\"0\"" });
        }
    }

    /// Name and attributes of each element.
    pub fn elements(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.elements.iter().map(|(name, attributes)| (*name, attributes.as_str()))
    }
}

/// What docx-rs cannot say about a table.
#[derive(Debug)]
pub struct TableAside {
    /// Whether its first rows are repeated on every page.
    pub has_header: bool,
    /// What the table shows; not escaped.
    pub description: String,
    /// Where it stands beside the text: the attributes of `w:tblpPr`.
    pub position: Option<String>,
}

/// What docx-rs cannot say of a picture.
#[derive(Debug)]
pub struct PictureAside {
    /// Its number among the drawings of the file.
    pub number: usize,
    /// What it shows; not escaped.
    pub description: String,
    /// What of it is not shown.
    pub crop: Crop,
    /// The relation to the drawing that it is a copy of.
    pub drawing: Option<String>,
}

/// The asides of what is finished in one go.
#[derive(Debug, Default)]
pub struct Asides {
    paragraphs_and_runs: Vec<Aside>,
    /// Of a table.
    pub table: Option<TableAside>,
    /// Of a picture.
    pub picture: Option<PictureAside>,
    /// Whether a row of a table is repeated on every page.
    pub is_header_row: bool,
    /// How the footnotes of sections are numbered (`w:numFmt`); none if there are none.
    pub footnotes: Option<&'static str>,
}

impl Asides {
    /// Of a table.
    pub fn of_table(table: TableAside) -> Self {
        Self { table: Some(table), ..Self::default() }
    }

    /// Of a picture.
    pub fn of_picture(picture: PictureAside) -> Self {
        Self { picture: Some(picture), ..Self::default() }
    }

    /// Of a row.
    pub fn of_row(is_header_row: bool) -> Self {
        Self { is_header_row, ..Self::default() }
    }

    /// Where sections end.
    pub fn of_sections(footnotes: Option<&'static str>) -> Self {
        Self { footnotes, ..Self::default() }
    }

    /// Keeps the aside of a paragraph or run and gives the string to put for its style; nothing if it is empty.
    pub fn keep(&mut self, aside: Aside) -> Option<String> {
        if aside.elements.is_empty() {
            return None;
        }
        self.paragraphs_and_runs.push(aside);
        Some((self.paragraphs_and_runs.len() - 1).to_string())
    }

    /// The aside of a paragraph or run.
    pub fn find(&self, number: &str) -> Option<&Aside> {
        self.paragraphs_and_runs.get(number.parse::<usize>().ok()?)
    }
}
