//! A style: a TOML file that says how a report looks, and what it becomes: a style sheet, paper, header and footer.
//!
//! ```toml
//! based_on = "gongwen"         # a carried style; say only what differs
//!
//! [page]
//! margin_left = "30mm"
//!
//! [body]
//! font = "宋体"
//! size = "小四"
//! line_pitch = "22pt"
//! ```
//!
//! `docs/styles.md` lists the keys.

mod carried;
mod chart;
mod draft;
mod format;
mod measure;
mod number_pattern;
mod numeral;
mod page_mark;
mod problem;
mod read;
mod roles;
mod typography;

pub use chart::ChartLook;
pub use number_pattern::NumberPattern;

use draft::Draft;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::{Border, CellBorders, CellMargins, Color, HeaderFooter, Length, PageSetup, StyleSheet};

/// How a report looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Its name, such as `plain`.
    pub name: String,
    /// The named styles; the template looks them up by the identifiers in [`id`].
    pub sheet: Arc<StyleSheet>,
    /// The paper.
    pub page: PageSetup,
    /// Above the text; may hold the mark of the report's title, see [`Style::header_with_title`].
    pub header: HeaderFooter,
    /// Below the text; as `header`.
    pub footer: HeaderFooter,
    /// Below the text of turned pages, if it stands otherwise there: at the foot of the sheet, not of the page.
    pub turned_footer: Option<HeaderFooter>,
    /// How tables look.
    pub table: TableLook,
    /// How charts look.
    pub chart: ChartLook,
    /// What the named styles cannot say of an official document's head and foot.
    pub official: OfficialLook,
    /// How headings are numbered, outermost first; `None` is not at all.
    pub heading_numbers: [Option<NumberPattern>; 4],
    /// How captions of tables are numbered, such as `表1`; `None` is not at all.
    pub table_number: Option<NumberPattern>,
    /// How captions of pictures are numbered, such as `图1`.
    pub figure_number: Option<NumberPattern>,
    /// Whether title, issuer and date stand on a page of their own before the text, unless the template says otherwise.
    pub cover: bool,
    /// Words behind the text of every page, unless the template says otherwise; empty for none.
    pub watermark: String,
    /// What stands in the contents before the text, unless the template says otherwise.
    pub contents: Contents,
    /// Whether header or footer name the chapter that stands on their page.
    pub shows_chapters: bool,
}

/// What stands in the contents before the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Headings of so many levels.
    pub levels: u8,
    /// A list of tables.
    pub tables: bool,
    /// A list of figures.
    pub figures: bool,
}

impl Contents {
    /// Whether there is anything in it.
    pub fn any(self) -> bool {
        self.levels > 0 || self.tables || self.figures
    }
}

/// Index in [`StyleSheet::numberings`] of the lists whose items have a sign.
pub const BULLETED: usize = 0;
/// Index in [`StyleSheet::numberings`] of the lists whose items have a number.
pub const NUMBERED: usize = 1;

/// The style of reports that name none.
pub const DEFAULT: &str = "gongwen";

impl Style {
    /// The style of a name that the program carries, such as `gongwen`.
    pub fn carried(name: &str) -> Option<Self> {
        carried::draft(name).map(Draft::finish)
    }

    /// The names of the styles that the program carries.
    pub fn carried_names() -> impl Iterator<Item = &'static str> {
        carried::SOURCES.into_iter().map(|(name, _)| name)
    }

    /// Reads a style file; `file` is its name in messages. A style begins from the carried one that `based_on` names
    /// (`plain` if it names none) and says only what differs.
    ///
    /// # Errors
    /// All that is wrong with it, each problem with line and column.
    pub fn parse(file: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        read::parse(file, source).map(Draft::finish)
    }

    /// The header of a report of this title.
    pub fn header_with_title(&self, title: &str) -> HeaderFooter {
        page_mark::with_title(&self.header, title)
    }

    /// The footer of a report of this title, on upright or on turned pages.
    pub fn footer_with_title(&self, title: &str, turned: bool) -> HeaderFooter {
        let footer = self.turned_footer.as_ref().filter(|_| turned).unwrap_or(&self.footer);
        page_mark::with_title(footer, title)
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
    /// The rule below the header's last row, if it is not that between other rows.
    pub header_rule: Option<Border>,
    /// Blank space between a table and the text below it.
    pub space_below: Length,
}

/// The head and the foot of an official document (版头, 版记).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfficialLook {
    /// From the top of the type area to the upper edge of the issuer's mark.
    pub issuer_top: Length,
    /// The rule below the document's number.
    pub head_rule: Option<Border>,
    /// The first and the last rule of the foot.
    pub imprint_outer: Option<Border>,
    /// The rules between.
    pub imprint_inner: Option<Border>,
    /// The foot stands on an even page: the back of the last sheet.
    pub imprint_on_even_page: bool,
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
    /// The main recipient, below the title.
    pub const RECIPIENT: &str = "Salutation";
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
    /// Number of a copy (份号).
    pub const COPY_NUMBER: &str = "CopyNumber";
    /// Grade of secrecy, degree of urgency.
    pub const SECRECY: &str = "Secrecy";
    /// The issuer's mark at the head of an official document.
    pub const ISSUER: &str = "IssuerMark";
    /// Number of an official document, with the red rule below.
    pub const DOCUMENT_NUMBER: &str = "DocumentNumber";
    /// Who has signed a report to a superior.
    pub const SIGNER: &str = "Signer";
    /// What is attached, below the text.
    pub const ATTACHMENT_NOTE: &str = "AttachmentNote";
    /// A note in brackets below the date.
    pub const CLOSING_NOTE: &str = "ClosingNote";
    /// Who was at a meeting, in its minutes.
    pub const ATTENDANCE: &str = "Attendance";
    /// 附件 and its number, at the top of an attachment.
    pub const ATTACHMENT_LABEL: &str = "AttachmentLabel";
    /// Title of an attachment.
    pub const ATTACHMENT_TITLE: &str = "AttachmentTitle";
    /// Who gets copies, who has printed it and when, at the foot of the last page (版记).
    pub const IMPRINT: &str = "Imprint";
    /// Footnotes.
    pub const NOTE: &str = "FootnoteText";
    /// Header of the page.
    pub const HEADER: &str = "Header";
    /// Footer of the page.
    pub const FOOTER: &str = "Footer";
    /// The title on a cover.
    pub const COVER_TITLE: &str = "CoverTitle";
    /// The subtitle on a cover.
    pub const COVER_SUBTITLE: &str = "CoverSubtitle";
    /// Issuer and date on a cover.
    pub const COVER_LINE: &str = "CoverLine";
    /// Above a table of contents.
    pub const CONTENTS_TITLE: &str = "TOCHeading";
    /// Entries of a table of contents, by their level.
    pub const CONTENTS: [&str; 4] = ["TOC1", "TOC2", "TOC3", "TOC4"];
    /// Entries of a list of tables or figures.
    pub const CONTENTS_CAPTIONS: &str = "TableofFigures";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Indent, LineSpacing, Paragraph, ParagraphStyleId};

    fn size_and_pitch(style: &Style, id: &str) -> (f64, f64) {
        let at = style.sheet.find(id).unwrap();
        let paragraph = Paragraph { style: at, ..Default::default() };
        let LineSpacing::Exact(pitch) = style.sheet.paragraph_format(&paragraph).line_spacing else {
            panic!("{id} has no exact pitch")
        };
        (style.sheet.style_character_format(at).size.to_pt(), pitch.to_pt())
    }

    #[test]
    fn every_carried_style_reads_without_a_problem() {
        for (name, source) in carried::SOURCES {
            assert_eq!(read::apply(&mut Draft::new(name), name, source), []);
        }
        assert!(Style::carried("其他").is_none());
    }

    #[test]
    fn every_text_of_a_carried_style_has_an_exact_pitch_of_at_least_130_percent() {
        for name in Style::carried_names() {
            let style = Style::carried(name).unwrap();
            for at in &style.sheet.paragraph_styles {
                if at.id == id::FIGURE {
                    continue; // an exact pitch would cut the picture
                }
                let (size, pitch) = size_and_pitch(&style, &at.id);
                assert!(pitch >= size * 1.3, "{name} {}: {size} on {pitch}", at.id);
            }
        }
    }

    #[test]
    fn the_official_page_has_22_lines_of_28_characters() {
        let style = Style::carried("gongwen").unwrap();
        let (size, pitch) = size_and_pitch(&style, id::BODY);
        assert_eq!((size, pitch), (16.0, 28.95));
        assert_eq!((style.page.text_height().to_pt() / pitch).floor(), 22.0);
        let body = style.sheet.find(id::BODY).unwrap();
        let spacing = style.sheet.style_character_format(body).spacing.to_pt();
        assert_eq!((style.page.text_width().to_pt() / (size + spacing)).floor(), 28.0);
        let format = style.sheet.paragraph_format(&Paragraph { style: body, ..Default::default() });
        assert_eq!(format.first_line, Indent::Chars(2.0));
        assert_eq!(style.page.grid, None);
    }

    #[test]
    fn headings_have_their_levels_in_the_outline() {
        let style = Style::carried("gongwen").unwrap();
        let levels = id::HEADINGS
            .map(|id| style.sheet.find(id).unwrap())
            .map(|ParagraphStyleId(at)| style.sheet.paragraph_styles[at as usize].paragraph.outline_level);
        assert_eq!(levels, [0, 1, 2, 3].map(|level| Some(Some(level))));
        let numbers = style.heading_numbers.map(|pattern| pattern.unwrap().write(&[3, 3, 3, 3]));
        assert_eq!(numbers, ["三、", "（三）", "3.", "（3）"]);
    }
}
