//! Tables, charts, pictures and formatted text as WordprocessingML, in the template's own styles.

use std::collections::HashMap;

use super::escape::escaped;
use super::field_marks;
use super::tree::{Id, Tree};
use crate::document::{
    Align, Block, Border, BorderLine, Bound, Cell, CellBorders, CharacterFormat, Color, Content, Length, Paragraph,
    Run, StyleSheet, Table, TableRow, VerticalAlign, VerticalMerge,
};
use crate::style::id;

/// The names of a template's own styles: what word processors call them, in any language, and their identifiers.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnStyles {
    paragraphs: HashMap<String, String>,
    table: Option<String>,
    /// All of them by type and name.
    names: HashMap<(String, String), String>,
    /// The colours of its theme that charts take in turn; none without a theme.
    pub(super) accents: Vec<Color>,
}

impl OwnStyles {
    /// Reads the part of the theme.
    pub(super) fn take_theme(&mut self, tree: &Tree) {
        let accent = |number: u32| {
            let accent = tree.ids().find(|&id| tree.name(id) == format!("a:accent{number}"))?;
            let color = tree.children(accent).next()?;
            Color::from_hex(tree.value(color, "val").or_else(|| tree.value(color, "lastClr"))?)
        };
        self.accents = (1..=6).map_while(accent).collect();
    }

    /// Reads the part of the styles.
    pub(super) fn of_part(tree: &Tree) -> Self {
        let mut own = Self::default();
        for id in tree.ids().filter(|&id| tree.name(id) == "w:style") {
            let name = tree.child(id, "w:name").and_then(|name| tree.value(name, "w:val"));
            let (Some(name), Some(style)) = (name, tree.value(id, "w:styleId")) else { continue };
            let kind = tree.value(id, "w:type").unwrap_or("paragraph");
            own.names.insert((kind.to_owned(), name.to_lowercase()), style.to_owned());
            match Some(kind) {
                Some("table") if name == "Table Grid" => own.table = Some(style.to_owned()),
                Some("paragraph") => drop(own.paragraphs.insert(name.to_lowercase(), style.to_owned())),
                _ => {}
            }
        }
        own
    }

    /// The identifier of the style of a type and a name in lower case.
    pub(super) fn id(&self, kind: &str, name: &str) -> Option<&str> {
        self.names.get(&(kind.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// Whether a style has this identifier.
    pub(super) fn has(&self, id: &str) -> bool {
        self.names.values().any(|known| known == id)
    }
}

/// What stands in the place of a tag: how its paragraph and its run look.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// What stands in `w:pPr`.
    pub(super) paragraph: String,
    /// The paragraph's style.
    pub(super) style: Option<String>,
    /// The run's `w:rPr`, or nothing.
    pub(super) run: String,
}

impl Look {
    /// The look of a tag's paragraph and run.
    pub(super) fn of(tree: &Tree, paragraph: Id, run: Option<Id>) -> Self {
        let properties = tree.child(paragraph, "w:pPr");
        let style = properties.and_then(|id| tree.value(tree.child(id, "w:pStyle")?, "w:val")).map(str::to_owned);
        // A copy is neither in a list nor the end of a section, nor does it tell of changes.
        let kept = |id: &Id| !matches!(tree.name(*id), "w:numPr" | "w:sectPr" | "w:pPrChange" | "w:rPr");
        let children = properties.into_iter().flat_map(|id| tree.children(id).filter(kept).collect::<Vec<_>>());
        let paragraph = children.map(|id| tree.text(tree.outer(id))).collect();
        let run = run.and_then(|run| tree.child(run, "w:rPr"));
        Self { paragraph, style, run: run.map(|run| tree.text(tree.outer(run)).to_owned()).unwrap_or_default() }
    }
}

/// A paragraph that stays with the next.
const KEEP_NEXT: &str = "<w:keepNext/>";

/// Writes blocks.
pub(super) struct RichWriter<'a> {
    pub(super) look: &'a Look,
    pub(super) own: &'a OwnStyles,
    pub(super) sheet: &'a StyleSheet,
    pub(super) out: &'a mut String,
    /// Gives the drawing of a picture or a chart.
    pub(super) drawing: &'a mut dyn FnMut(&Content) -> String,
    /// For each list the number that it has in the document.
    pub(super) lists: &'a [usize],
}

impl RichWriter<'_> {
    /// Writes blocks. Where the tag's paragraph is kept with the next one, the last of them is.
    pub(super) fn write(self, blocks: &[Block]) {
        let is_kept = self.look.paragraph.contains(KEEP_NEXT);
        let mut writing = Writing { writer: self, in_sequence: false };
        match blocks.split_last() {
            Some((Block::Paragraph(last), before)) if is_kept => {
                let mut last = last.clone();
                last.format.keep_next = Some(true);
                writing.blocks(before);
                writing.paragraph(&last);
            }
            _ => writing.blocks(blocks),
        }
    }
}

struct Writing<'a> {
    writer: RichWriter<'a>,
    /// The number of a caption is being written.
    in_sequence: bool,
}

impl Writing<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) => self.table(table),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = self.writer.sheet.paragraph_styles.get(usize::from(paragraph.style.0));
        let role = style.map_or("", |style| style.id.as_str());
        let looks_like_the_tag = role == id::BODY || role == id::NORMAL;
        let once = |wanted: Option<bool>, tag: &'static str| match wanted {
            Some(true) if !looks_like_the_tag || !self.writer.look.paragraph.contains(tag) => tag,
            _ => "",
        };
        // A caption stays with its table.
        let keep = once(paragraph.format.keep_next.or(Some(role == id::CAPTION)), KEEP_NEXT);
        // a style of the template's own may keep it, where this one is not to be kept
        let keep = if paragraph.format.keep_next == Some(false) && role == id::CAPTION {
            "<w:keepNext w:val=\"0\"/>"
        } else {
            keep
        };
        let page = once(paragraph.format.page_break_before, "<w:pageBreakBefore/>");
        let align = match (paragraph.format.align, role) {
            (Some(align), _) => Some(align),
            (None, id::TABLE_NUMBER | id::TABLE_HEADER | id::CAPTION | id::FIGURE) => Some(Align::Center),
            (None, id::TABLE_TEXT) => style.and_then(|style| style.paragraph.align),
            _ => None,
        };
        // A template may have styles for these under their usual names.
        let own = match role {
            id::BODY | id::NORMAL | id::LIST_ITEM => None,
            _ => style.and_then(|style| self.writer.own.paragraphs.get(&style.name.to_lowercase())),
        };
        let mut bold = id::HEADINGS.contains(&role) || role == id::TABLE_HEADER;
        let (properties, run) = match own {
            Some(own) => {
                bold = false;
                let align = paragraph.format.align.map(|align| format!("<w:jc w:val=\"{}\"/>", jc(align)));
                let align = align.unwrap_or_default();
                (format!("<w:pStyle w:val=\"{own}\"/>{keep}{page}{align}"), String::new())
            }
            None if looks_like_the_tag => {
                // The schema has both before all but the style.
                let (style, rest) = match self.writer.look.paragraph.split_once("/>") {
                    Some((style, rest)) if style.starts_with("<w:pStyle") => (format!("{style}/>"), rest),
                    _ => (String::new(), self.writer.look.paragraph.as_str()),
                };
                (format!("{style}{keep}{page}{rest}"), self.writer.look.run.clone())
            }
            None => {
                let base =
                    self.writer.look.style.as_ref().map(|id| format!("<w:pStyle w:val=\"{id}\"/>")).unwrap_or_default();
                let list = self.list(paragraph);
                let indent = match list {
                    // the list's own indent, whatever the style sets
                    Some(_) => "<w:ind w:firstLineChars=\"0\"/>",
                    None => "<w:ind w:left=\"0\" w:leftChars=\"0\" w:firstLine=\"0\" w:firstLineChars=\"0\"/>",
                };
                let list = list.unwrap_or_default();
                let align = align.map(|align| format!("<w:jc w:val=\"{}\"/>", jc(align))).unwrap_or_default();
                // Lines of an exact height would cut a picture off.
                let free = if role == id::FIGURE { "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>" } else { "" };
                (format!("{base}{keep}{page}{list}{free}{indent}{align}"), self.writer.look.run.clone())
            }
        };
        *self.writer.out += "<w:p>";
        if !properties.is_empty() {
            *self.writer.out += &format!("<w:pPr>{properties}</w:pPr>");
        }
        for one in &paragraph.runs {
            self.run(one, &run, bold);
        }
        *self.writer.out += "</w:p>";
    }

    /// What makes a paragraph an item of a list.
    fn list(&self, paragraph: &Paragraph) -> Option<String> {
        let place = paragraph.format.numbering??;
        let list = self.writer.lists.get(place.list)?;
        Some(format!("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{list}\"/></w:numPr>", place.level))
    }

    fn run(&mut self, run: &Run, look: &str, bold: bool) {
        let Run { content, format, .. } = run;
        let look = with_format(look, format, bold);
        match content {
            Content::Text(text) => {
                *self.writer.out += &format!("<w:r>{look}<w:t xml:space=\"preserve\">");
                text.chars().for_each(|c| escaped(c, self.writer.out));
                *self.writer.out += "</w:t></w:r>";
            }
            Content::Tab => *self.writer.out += "<w:r><w:tab/></w:r>",
            Content::LineBreak => *self.writer.out += "<w:r><w:br/></w:r>",
            Content::PageBreak => *self.writer.out += "<w:r><w:br w:type=\"page\"/></w:r>",
            Content::Picture(_) | Content::Chart(_) => {
                let drawing = (self.writer.drawing)(content);
                *self.writer.out += &format!("<w:r>{drawing}</w:r>");
            }
            // The template may have captions of its own, which Word counts with these.
            Content::Bound(Bound::FieldBegin(instruction)) if instruction.starts_with("SEQ ") => {
                *self.writer.out += &field_marks::begin(&look, instruction);
                self.in_sequence = true;
            }
            Content::Bound(Bound::FieldEnd) if self.in_sequence => {
                *self.writer.out += &field_marks::mark(&look, "end");
                self.in_sequence = false;
            }
            // What refers to something finds it here no more: its text stays. Of the others a text that is read has none.
            Content::ColumnBreak
            | Content::Field(_)
            | Content::Formula(_)
            | Content::Float(_)
            | Content::Note(_)
            | Content::Bookmark(_)
            | Content::Bound(_) => {}
        }
    }

    fn table(&mut self, table: &Table) {
        let total: i32 = table.columns.iter().map(|width| width.to_twips()).sum();
        *self.writer.out += "<w:tbl><w:tblPr>";
        // pictures beside each other have no rules, whatever the template's tables have
        let plain = table.borders == CellBorders::default();
        if let Some(style) = self.writer.own.table.as_ref().filter(|_| !plain) {
            *self.writer.out += &format!("<w:tblStyle w:val=\"{style}\"/>");
        }
        *self.writer.out += &format!("<w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>");
        if self.writer.own.table.is_none() && !plain {
            let borders = &table.borders;
            let sides = [
                ("top", borders.top),
                ("left", borders.left),
                ("bottom", borders.bottom),
                ("right", borders.right),
                ("insideH", borders.inside_horizontal),
                ("insideV", borders.inside_vertical),
            ];
            let line = |(side, border): (&str, Option<Border>)| border.map(|border| border_xml(side, border));
            *self.writer.out +=
                &format!("<w:tblBorders>{}</w:tblBorders>", sides.into_iter().filter_map(line).collect::<String>());
        }
        *self.writer.out += "<w:tblLayout w:type=\"fixed\"/>";
        if plain {
            let margins = &table.margins;
            let side = |name: &str, width: Length| format!("<w:{name} w:w=\"{}\" w:type=\"dxa\"/>", width.to_twips());
            let sides = [
                side("top", margins.top),
                side("left", margins.left),
                side("bottom", margins.bottom),
                side("right", margins.right),
            ];
            *self.writer.out += &format!("<w:tblCellMar>{}</w:tblCellMar>", sides.concat());
        }
        *self.writer.out += "</w:tblPr><w:tblGrid>";
        for width in &table.columns {
            *self.writer.out += &format!("<w:gridCol w:w=\"{}\"/>", width.to_twips());
        }
        *self.writer.out += "</w:tblGrid>";
        for row in &table.rows {
            self.row(row, table);
        }
        *self.writer.out += "</w:tbl>";
    }

    fn row(&mut self, row: &TableRow, table: &Table) {
        *self.writer.out += "<w:tr>";
        let (keep, header) = (row.keep_whole, row.header);
        if keep || header {
            let keep = if keep { "<w:cantSplit/>" } else { "" };
            let header = if header { "<w:tblHeader/>" } else { "" };
            *self.writer.out += &format!("<w:trPr>{keep}{header}</w:trPr>");
        }
        let mut column = 0;
        for cell in &row.cells {
            let widths = table.columns.iter().skip(column).take(cell.span);
            self.cell(cell, widths.map(|width| width.to_twips()).sum());
            column += cell.span;
        }
        *self.writer.out += "</w:tr>";
    }

    fn cell(&mut self, cell: &Cell, width: i32) {
        *self.writer.out += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        if cell.span > 1 {
            *self.writer.out += &format!("<w:gridSpan w:val=\"{}\"/>", cell.span);
        }
        match cell.merge {
            VerticalMerge::None => {}
            VerticalMerge::Restart => *self.writer.out += "<w:vMerge w:val=\"restart\"/>",
            VerticalMerge::Continue => *self.writer.out += "<w:vMerge/>",
        }
        if let Some(color) = cell.shading {
            let fill = color.to_hex();
            *self.writer.out += &format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>");
        }
        let align = match cell.vertical_align {
            VerticalAlign::Top => "top",
            VerticalAlign::Center => "center",
            VerticalAlign::Bottom => "bottom",
        };
        *self.writer.out += &format!("<w:vAlign w:val=\"{align}\"/></w:tcPr>");
        match cell.blocks.last() {
            Some(Block::Paragraph(_)) => self.blocks(&cell.blocks),
            _ => {
                self.blocks(&cell.blocks);
                *self.writer.out += "<w:p/>";
            }
        }
        *self.writer.out += "</w:tc>";
    }
}

fn jc(align: Align) -> &'static str {
    match align {
        Align::Center => "center",
        Align::End => "right",
        Align::Justify => "both",
        _ => "left",
    }
}

fn border_xml(side: &str, border: Border) -> String {
    let kind = match border.line {
        BorderLine::Double => "double",
        BorderLine::Dotted => "dotted",
        BorderLine::Dashed => "dashed",
        _ => "single",
    };
    let eighths = (border.width.to_pt() * 8.0).round().clamp(2.0, 96.0) as i32;
    format!("<w:{side} w:val=\"{kind}\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"{}\"/>", border.color.to_hex())
}

/// A run's look with what a text sets on its own, in the schema's order.
fn with_format(look: &str, format: &CharacterFormat, bold: bool) -> String {
    let mut own = String::new();
    if bold || format.bold == Some(true) {
        own += "<w:b/>";
    }
    if format.italic == Some(true) {
        own += "<w:i/>";
    }
    if format.strike == Some(true) {
        own += "<w:strike/>";
    }
    if own.is_empty() {
        return look.to_owned();
    }
    let inside = look.strip_prefix("<w:rPr>").and_then(|look| look.strip_suffix("</w:rPr>")).unwrap_or_default();
    // Style and faces come first; what is set twice would be an error.
    let mut first = 0;
    for name in ["<w:rStyle", "<w:rFonts"] {
        if inside.get(first..).is_some_and(|rest| rest.starts_with(name)) {
            first += inside.get(first..).and_then(|rest| rest.find("/>")).map_or(0, |end| end + 2);
        }
    }
    let (before, after) = inside.split_at(first);
    let after =
        ["<w:b/>", "<w:i/>", "<w:strike/>"].iter().fold(after.to_owned(), |after, own| after.replacen(own, "", 1));
    // Bold for other scripts stands between.
    match after.strip_prefix("<w:bCs/>") {
        Some(after) => format!("<w:rPr>{before}{}<w:bCs/>{}{after}</w:rPr>", bold_of(&own), own.replace("<w:b/>", "")),
        None => format!("<w:rPr>{before}{own}{after}</w:rPr>"),
    }
}

fn bold_of(own: &str) -> &'static str {
    if own.contains("<w:b/>") { "<w:b/>" } else { "" }
}

/// The room for a table or a picture at a place: the width of its cell, or of its section's text.
pub(super) fn room(tree: &Tree, paragraph: Id) -> Length {
    const USUAL: i32 = 8306;
    let number = |id: Id, name: &str| tree.value(id, name).and_then(|value| value.parse::<i32>().ok());
    if let Some(cell) = tree.around(paragraph, "w:tc") {
        let width = tree.child(cell, "w:tcPr").and_then(|look| tree.child(look, "w:tcW"));
        let width = width.filter(|&width| tree.value(width, "w:type").is_none_or(|kind| kind == "dxa"));
        if let Some(width) = width.and_then(|width| number(width, "w:w")).filter(|width| *width > 300) {
            return Length::twips(width.min(31_680) - 216);
        }
    }
    let at = tree.outer(paragraph).start;
    let section = tree.ids().find(|&id| tree.name(id) == "w:sectPr" && tree.outer(id).start > at);
    let width = section.and_then(|section| {
        let (size, margins) = (tree.child(section, "w:pgSz")?, tree.child(section, "w:pgMar")?);
        Some(number(size, "w:w")? - number(margins, "w:left")? - number(margins, "w:right")?)
    });
    Length::twips(width.filter(|width| (300..=31_680).contains(width)).unwrap_or(USUAL))
}
