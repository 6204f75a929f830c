//! A style: a TOML file that says how a report looks, and what it becomes: a style sheet, paper, header and footer.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::{CellBorders, CellMargins, Color, HeaderFooter, PageSetup, StyleSheet};

/// How a report looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Its name, such as `plain`.
    pub name: String,
    /// The named styles; the template looks them up by the identifiers in [`id`].
    pub sheet: Arc<StyleSheet>,
    /// The paper.
    pub page: PageSetup,
    /// Above the text.
    pub header: HeaderFooter,
    /// Below the text.
    pub footer: HeaderFooter,
    /// How tables look.
    pub table: TableLook,
}

impl Style {
    /// The style of a name that the program carries, such as `official`.
    pub fn carried(name: &str) -> Option<Self> {
        let _ = name;
        None
    }

    /// The names of the styles that the program carries.
    pub fn carried_names() -> impl Iterator<Item = &'static str> {
        std::iter::empty()
    }

    /// Reads a style file; `file` is its name in messages. A style may begin from a carried one and say only what
    /// differs.
    ///
    /// # Errors
    /// All that is wrong with it, each problem with line and column.
    pub fn parse(file: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        let _ = (file, source);
        Err(Vec::new())
    }
}

/// How tables look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableLook {
    /// Rules.
    pub borders: CellBorders,
    /// Space in cells.
    pub margins: CellMargins,
    /// Colour behind header cells.
    pub header_shading: Option<Color>,
}

/// Identifiers of the paragraph styles that every style sheet made here has.
pub mod id {
    /// Default paragraph style, without indent.
    pub const NORMAL: &str = "Normal";
    /// Running text, first line indented.
    pub const BODY: &str = "BodyText";
    /// The report's title.
    pub const TITLE: &str = "Title";
    /// Below the title.
    pub const SUBTITLE: &str = "Subtitle";
    /// Headings, outermost first.
    pub const HEADINGS: [&str; 4] = ["Heading1", "Heading2", "Heading3", "Heading4"];
    /// Above a table.
    pub const CAPTION: &str = "Caption";
    /// Cells of a table's header row.
    pub const TABLE_HEADER: &str = "TableHeader";
    /// Cells with words.
    pub const TABLE_TEXT: &str = "TableText";
    /// Cells with numbers.
    pub const TABLE_NUMBER: &str = "TableNumber";
    /// Below a table.
    pub const TABLE_NOTE: &str = "TableNote";
    /// Items of lists.
    pub const LIST_ITEM: &str = "ListParagraph";
    /// Quoted paragraphs.
    pub const QUOTE: &str = "Quote";
    /// A paragraph that holds a picture.
    pub const FIGURE: &str = "Figure";
    /// The issuer's name and the date at the end.
    pub const SIGNATURE: &str = "Signature";
    /// Header of the page.
    pub const HEADER: &str = "Header";
    /// Footer of the page.
    pub const FOOTER: &str = "Footer";
}
