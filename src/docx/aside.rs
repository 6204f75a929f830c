//! What docx-rs has no word for.
//!
//! docx-rs writes a paragraph's, a run's and a table's style as a bare string. The builders put the number of an aside
//! there, and the finishing pass ([`super::finish`]) puts the aside's elements in its place: the style itself, and the
//! properties that docx-rs cannot write.

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
    /// How many of the first rows are repeated on every page.
    pub header_rows: usize,
    /// What the table shows; not escaped.
    pub description: String,
    /// Where it stands beside the text: the attributes of `w:tblpPr`.
    pub position: Option<String>,
}

/// What is written in the place of a drawing, by its number in the file.
pub struct Instead(pub Box<dyn Fn(usize) -> String>);

impl std::fmt::Debug for Instead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Instead")
    }
}

/// What docx-rs cannot say of a picture.
#[derive(Debug, Default)]
pub struct PictureAside {
    /// What it shows; not escaped.
    pub description: String,
    /// What of it is not shown.
    pub crop: Crop,
    /// The relation to the drawing that it is a copy of.
    pub drawing: Option<String>,
    /// What stands in the place of the whole drawing.
    pub instead: Option<Instead>,
}

/// The asides of one part of the file.
#[derive(Debug, Default)]
pub struct Asides {
    paragraphs_and_runs: Vec<Aside>,
    tables: Vec<TableAside>,
    pictures: Vec<PictureAside>,
    /// How the footnotes of its sections are numbered (`w:numFmt`); none if there are none.
    pub footnotes: Option<&'static str>,
}

impl Asides {
    /// The same, where footnotes are numbered like this.
    pub fn with_footnotes(self, footnotes: Option<&'static str>) -> Self {
        Self { footnotes, ..self }
    }

    /// Keeps the aside of a paragraph or run and gives the string to put for its style; nothing if it is empty.
    pub fn keep(&mut self, aside: Aside) -> Option<String> {
        if aside.elements.is_empty() {
            return None;
        }
        self.paragraphs_and_runs.push(aside);
        Some((self.paragraphs_and_runs.len() - 1).to_string())
    }

    /// Keeps the aside of a table and gives the string to put for its style.
    pub fn keep_table(&mut self, aside: TableAside) -> String {
        self.tables.push(aside);
        (self.tables.len() - 1).to_string()
    }

    /// Keeps what docx-rs cannot say of a picture; pictures are found again by their order.
    pub fn keep_picture(&mut self, aside: PictureAside) {
        self.pictures.push(aside);
    }

    /// The aside of a paragraph or run.
    pub fn find(&self, number: &str) -> Option<&Aside> {
        self.paragraphs_and_runs.get(number.parse::<usize>().ok()?)
    }

    /// The aside of a table.
    pub fn find_table(&self, number: &str) -> Option<&TableAside> {
        self.tables.get(number.parse::<usize>().ok()?)
    }

    /// The aside of the part's picture of a number.
    pub fn picture(&self, number: usize) -> Option<&PictureAside> {
        self.pictures.get(number)
    }
}
