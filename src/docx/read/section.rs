//! Sections: paper, columns, grid, headers and footers (`w:sectPr`).

use super::super::number_format::named;
use super::book::Book;
use super::field::Fields;
use super::measure::{number, points, twips};
use super::problem;
use super::properties;
use super::story::Story;
use super::table_style::vertical_align;
use super::tree::{Element, is_on};
use crate::diagnostic::{Diagnostic, Words};
use crate::document::{
    Block, Columns, DocumentGrid, HeaderFooter, Length, PageBorders, PageSetup, SectionStart, VerticalAlign,
};

/// The most that headers and footers of all sections may come to.
const MOST_BYTES: usize = 32 << 20;
/// More columns than Word has.
const MOST_COLUMNS: usize = 45;

/// The paper of a section.
pub fn page(element: &Element) -> PageSetup {
    let attribute = |child: &str, name: &str| element.child(child).and_then(|child| child.attribute(name));
    let length = |child: &str, name: &str| attribute(child, name).and_then(twips);
    let margin = |name: &str, default: i32| length("w:pgMar", name).unwrap_or(Length::twips(default));
    let width = length("w:pgSz", "w:w").unwrap_or(Length::twips(12240));
    let (left, right) = (margin("w:left", 1440) + margin("w:gutter", 0), margin("w:right", 1440));
    PageSetup {
        width,
        height: length("w:pgSz", "w:h").unwrap_or(Length::twips(15840)),
        margin_top: margin("w:top", 1440),
        margin_bottom: margin("w:bottom", 1440),
        margin_left: left,
        margin_right: right,
        header_distance: margin("w:header", 720),
        footer_distance: margin("w:footer", 720),
        grid: element.child("w:docGrid").and_then(grid),
        first_page_number: attribute("w:pgNumType", "w:start").and_then(|start| start.parse().ok()),
        number_format: attribute("w:pgNumType", "w:fmt").and_then(named).unwrap_or_default(),
        start: match element.child_value("w:type") {
            Some("continuous") => SectionStart::Continuous,
            Some("evenPage") => SectionStart::EvenPage,
            Some("oddPage") => SectionStart::OddPage,
            Some("nextColumn") => SectionStart::NextColumn,
            _ => SectionStart::NextPage,
        },
        columns: element.child("w:cols").map_or(Columns { widths: Vec::new(), separator: false }, |columns| {
            self::columns(columns, width - left - right)
        }),
        vertical_align: element.child_value("w:vAlign").map_or(VerticalAlign::Top, vertical_align),
        borders: element.child("w:pgBorders").map(borders).unwrap_or_default(),
    }
}

fn grid(element: &Element) -> Option<DocumentGrid> {
    let kind = element.attribute("w:type")?;
    let line_pitch = element.attribute("w:linePitch").and_then(twips)?;
    let spacing = || {
        let spacing = element.attribute("w:charSpace").and_then(number).unwrap_or(0.0);
        points(spacing / 4096.0)
    };
    match kind {
        "lines" => Some(DocumentGrid { line_pitch, character_spacing: None }),
        "linesAndChars" | "snapToChars" => Some(DocumentGrid { line_pitch, character_spacing: Some(spacing()) }),
        _ => None,
    }
}

fn columns(element: &Element, width: Length) -> Columns {
    let separator = element.attribute("w:sep").is_some_and(is_on);
    let own: Vec<(Length, Length)> = element
        .children_named("w:col")
        .take(MOST_COLUMNS)
        .filter_map(|column| {
            let space = column.attribute("w:space").and_then(twips).unwrap_or_default();
            Some((column.attribute("w:w").and_then(twips)?, space))
        })
        .collect();
    let count = element.attribute("w:num").and_then(|count| count.parse().ok()).unwrap_or(1usize).min(MOST_COLUMNS);
    let equal = element.attribute("w:equalWidth").is_none_or(is_on);
    if !equal && own.len() > 1 {
        return Columns { widths: own, separator };
    }
    if count < 2 {
        return Columns { widths: Vec::new(), separator: false };
    }
    let space = element.attribute("w:space").and_then(twips).unwrap_or(Length::twips(720));
    let each = (width - space * (count - 1) as f64) * (1.0 / count as f64);
    Columns { widths: vec![(each, space); count], separator }
}

fn borders(element: &Element) -> PageBorders {
    let side = |name: &str| element.child(name).and_then(properties::border);
    PageBorders {
        top: side("w:top"),
        bottom: side("w:bottom"),
        left: side("w:left"),
        right: side("w:right"),
        from_edge: element.attribute("w:offsetFrom") == Some("page"),
    }
}

/// Header and footer of one section; what it does not name is as in the section before.
#[derive(Clone, Debug, Default)]
pub struct Margins {
    /// The kinds of headers.
    pub header: Kinds,
    /// The kinds of footers.
    pub footer: Kinds,
    /// Bytes of headers and footers that all sections so far have together.
    spent: usize,
}

/// The texts for first, even and all other pages.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    default: Vec<Block>,
    first: Vec<Block>,
    even: Vec<Block>,
    /// Bytes of their parts.
    bytes: [usize; 3],
}

impl Margins {
    /// Takes what a section names.
    ///
    /// # Errors
    /// A part is damaged.
    pub fn take(&mut self, element: &Element, book: &mut Book, width: Length) -> Result<(), Diagnostic> {
        for reference in &element.children {
            let (kinds, zh, en) = match reference.name.as_ref() {
                "w:headerReference" => (&mut self.header, "页眉", "header"),
                "w:footerReference" => (&mut self.footer, "页脚", "footer"),
                _ => continue,
            };
            let relation = reference.attribute("r:id").and_then(|id| book.relations.get(id)).cloned();
            let Some(path) = relation.map(|relation| relation.target) else { continue };
            let Some(part) = book.package.tree(&path)? else { continue };
            let relations = book.package.relations(&path)?;
            let number: String = path.chars().filter(char::is_ascii_digit).collect();
            let name = Words::new(format!("{zh} {number}"), format!("{en} {number}"));
            let fields = Fields::running(&book.running);
            let mut story = Story::new(book, &relations, name, width);
            story.fields = fields;
            let blocks = story.blocks(&part);
            let bytes = book.package.part(&path).map_or(0, <[u8]>::len);
            let (place, at) = match reference.attribute("w:type") {
                Some("first") => (&mut kinds.first, 1),
                Some("even") => (&mut kinds.even, 2),
                _ => (&mut kinds.default, 0),
            };
            *place = blocks;
            if let Some(place) = kinds.bytes.get_mut(at) {
                *place = bytes;
            }
        }
        // every section has them whole: many sections with large headers are no honest document
        self.spent += self.header.bytes.iter().chain(&self.footer.bytes).sum::<usize>();
        if self.spent > MOST_BYTES { Err(problem::large_headers(&book.file, MOST_BYTES as u64)) } else { Ok(()) }
    }
}

impl Kinds {
    /// As a section has it.
    pub fn shown(&self, first_differs: bool, even_differs: bool) -> HeaderFooter {
        HeaderFooter {
            default: self.default.clone(),
            first: first_differs.then(|| self.first.clone()),
            even: even_differs.then(|| self.even.clone()),
        }
    }
}
