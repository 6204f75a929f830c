//! The flow document: what a report says and how it is styled, before anyone decides where lines and pages break.
//!
//! The words are those of WordprocessingML (ECMA-376), because a document is written to it and read from it; the model
//! itself is plain data and knows no format. `docx` writes it, `layout` sets it on pages, and both see the same thing:
//! that is how the two outputs agree.
//!
//! A [`Document`] is a [`StyleSheet`] and a list of [`Section`]s; a section is a [`PageSetup`], headers and footers, and
//! [`Block`]s; a block is a [`Paragraph`] of [`Run`]s or a [`Table`] of rows of cells of blocks. Every property can be
//! left open (`None`) and then comes from the style, its ancestors, and the sheet's defaults, in that order:
//! [`StyleSheet::paragraph_format`] and [`StyleSheet::character_format`] resolve them.

mod append;
mod block;
mod chart;
mod chart_room;
mod chart_scale;
pub mod figure;
mod float;
mod format;
mod formula;
mod instruction;
mod length;
pub mod memory;
mod note_number;
mod number;
mod outline;
mod own;
mod page_reference;
mod reference;
mod script;
mod section;
mod source;
mod style;
mod symbol;
mod table;

pub use block::{Block, Content, Crop, Image, ImageFormat, Paragraph, Picture, Run, SourceId};
pub use chart::{
    Axis, Chart, ChartDrawing, ChartGroup, ChartKind, LegendSide, Marker, PlotArea, Series, Stacking, ValueLabels,
};
pub use chart_scale::{AxisScale, steps_along, steps_outwards, value_text};
pub use float::{Anchor, Down, Float, FloatContent, Place, Position, TextBox, WordArt, Wrap};
pub use format::{
    Align, Border, BorderLine, CharacterFormat, Color, FontName, Indent, LineSpacing, NumberingRef, ParagraphBorders,
    ParagraphFormat, ResolvedCharacter, ResolvedParagraph, TabAlign, TabLeader, TabStop, Underline, VerticalPosition,
};
pub use formula::{Formula, Math};
pub use instruction::Instruction;
pub use length::Length;
pub use number::number;
pub use outline::{Outline, OutlinePath, PathFill, Step};
pub use own::{Own, Unset};
pub use reference::{
    Bookmark, BookmarkPlace, Bound, Count, Field, Link, PageNumber, Pagination, ParagraphNumber, Shows, StyledText,
    style_name_in_file,
};
pub use script::{Script, Signs, is_han, scripts, scripts_with};
pub use section::{Columns, DocumentGrid, HeaderFooter, PageBorders, PageSetup, Section, SectionStart};
pub use source::{Source, SourceCells, SourceSheet, cell_address};
pub use style::{
    Kinsoku, LabelSuffix, NoteCount, NumberFormat, Numbering, NumberingLevel, ParagraphStyle, ParagraphStyleId,
    StyleSheet, Typography, WordRules,
};
pub use symbol::{SYMBOL_FACE, is_symbol};
pub use table::{
    Cell, CellBorders, CellMargins, RowHeight, Table, TablePosition, TableRow, VerticalAlign, VerticalMerge,
};

use std::sync::Arc;

/// A report as a flow of sections, before it is set on pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What the file says about itself.
    pub info: Info,
    /// The named styles; shared by all reports of a template.
    pub styles: Arc<StyleSheet>,
    /// The numbered lists: for each list in the text, which definition in [`StyleSheet::numberings`] it follows.
    /// A new list begins to count anew.
    pub lists: Vec<usize>,
    /// The content.
    pub sections: Vec<Section>,
    /// Where the figures come from; a [`Run`] points here.
    pub sources: Vec<Source>,
    /// The footnotes; [`Content::Note`] points here.
    pub notes: Vec<Vec<Block>>,
    /// The line above a page's footnotes that has the rule; empty for one of [`NOTE_SEPARATOR`], or, where Word's rules
    /// hold, one in the default style.
    pub note_separator: Vec<Block>,
}

/// The height of the line with the rule above footnotes: LibreOffice's, which it has whatever a file says.
pub const NOTE_SEPARATOR: Length = Length::twips(124);

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Title.
    pub title: String,
    /// Subject.
    pub subject: String,
    /// Author or issuing body.
    pub author: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// BCP 47 language tag, such as `zh-CN`.
    pub language: String,
    /// The date the document carries as its date of creation, `YYYY-MM-DD`; never the clock's, so that the same input
    /// gives the same bytes.
    pub date: Option<String>,
}

impl Info {
    /// Gives a document without a title its file's name, without folders and extension.
    pub fn title_from(&mut self, file: &str) {
        if self.title.trim().is_empty() {
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            self.title = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        }
    }
}
