//! What stands above and below the text of every page, from a line such as `第 {page} 页　共 {pages} 页`.

use super::id;
use crate::document::{
    Align, Anchor, Block, Border, Cell, CellMargins, Content, Field, HeaderFooter, Indent, Length, LineSpacing,
    PageSetup, Paragraph, ParagraphBorders, ParagraphFormat, Place, Position, RowHeight, Run, Shows, StyleSheet,
    StyledText, Table, TablePosition, TableRow, VerticalAlign,
};

/// Stands for the report's title in a style's header and footer.
const TITLE: &str = "{title}";
/// Stands for the heading of the first level that stands on the page.
const CHAPTER: &str = "{chapter}";

/// Where a header or footer stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The same on all pages.
    All(Align),
    /// At the outer edge: right on odd pages, left on even ones.
    Outside,
}

/// A header or footer as a style file has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageMark {
    /// With `{page}`, `{pages}`, `{title}` and `{chapter}`.
    pub text: String,
    /// Where in the line.
    pub side: Side,
    /// Blank between it and the edge.
    pub indent: Indent,
    /// The rule between it and the text.
    pub rule: Option<Border>,
    /// Whether it stands on the first page.
    pub on_first_page: bool,
}

impl PageMark {
    /// The paragraphs, in the style of headers or that of footers.
    pub(super) fn build(&self, sheet: &StyleSheet, style: &str) -> HeaderFooter {
        if self.text.is_empty() {
            return HeaderFooter::default();
        }
        let on = |align: Align| vec![Block::Paragraph(self.paragraph(sheet, style, align))];
        let (default, even) = match self.side {
            Side::All(align) => (on(align), None),
            Side::Outside => (on(Align::End), Some(on(Align::Start))),
        };
        let blank = Paragraph { style: sheet.find(style).unwrap_or_default(), ..Default::default() };
        let first = (!self.on_first_page).then(|| vec![Block::Paragraph(blank)]);
        HeaderFooter { default, first, even }
    }

    /// Whether it names the chapter.
    pub(super) fn shows_chapters(&self) -> bool {
        self.text.contains(CHAPTER)
    }

    /// The same on turned pages, where it stands at the foot of the sheet as on all others: at the turned page's left edge,
    /// from top to bottom (GB/T 9704-2012, 8). `None` for what does not stand at the outer edge.
    pub(super) fn build_turned(&self, sheet: &StyleSheet, style: &str, page: &PageSetup) -> Option<HeaderFooter> {
        if self.side != Side::Outside || self.text.is_empty() {
            return None;
        }
        let turned = page.turned();
        let on = |align: Align| {
            let line = self.paragraph(sheet, style, align);
            let pitch = match sheet.paragraph_format(&line).line_spacing {
                LineSpacing::Exact(pitch) | LineSpacing::AtLeast(pitch) => pitch,
                LineSpacing::Multiple(_) => sheet.style_character_format(line.style).size * 1.3,
            };
            let at = |length| Position { from: Anchor::Page, at: Place::Offset(length) };
            let none = CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() };
            let cell =
                Cell { turned: true, vertical_align: VerticalAlign::Top, ..Cell::of(vec![Block::Paragraph(line)]) };
            let row = TableRow {
                height: Some(RowHeight::Exact(turned.text_height())),
                cells: vec![cell],
                ..Default::default()
            };
            let table = Table {
                columns: vec![pitch],
                float: Some(TablePosition {
                    horizontal: at(page.footer_distance),
                    vertical: at(turned.margin_top),
                    distance: none,
                }),
                margins: none,
                rows: vec![row],
                ..Table::default()
            };
            let below = Paragraph {
                style: sheet.find(style).unwrap_or_default(),
                format: ParagraphFormat {
                    line_spacing: Some(LineSpacing::Exact(Length::pt(1.0))),
                    ..ParagraphFormat::default()
                }
                .into(),
                ..Paragraph::default()
            };
            vec![Block::from(table), Block::Paragraph(below)]
        };
        Some(HeaderFooter { default: on(Align::End), first: None, even: Some(on(Align::Start)) })
    }

    fn paragraph(&self, sheet: &StyleSheet, style: &str, align: Align) -> Paragraph {
        let mut format = ParagraphFormat { align: Some(align), ..Default::default() };
        match align {
            Align::Start => format.indent_left = Some(self.indent),
            Align::End => format.indent_right = Some(self.indent),
            Align::Center | Align::Justify | Align::Distribute => {}
        }
        if let Some(rule) = self.rule {
            let borders = if style == id::HEADER {
                ParagraphBorders { bottom: Some(rule), ..Default::default() }
            } else {
                ParagraphBorders { top: Some(rule), ..Default::default() }
            };
            format.borders = Some(borders);
        }
        Paragraph {
            style: sheet.find(style).unwrap_or_default(),
            format: format.into(),
            runs: runs(&self.text, sheet),
            ..Paragraph::default()
        }
    }
}

/// The names in braces that a line has and that mean nothing.
pub(super) fn unknown_fields(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !["page", "pages", "title", "chapter"].contains(name))
        .collect()
}

fn runs(text: &str, sheet: &StyleSheet) -> Vec<Run> {
    let chapter = StyledText { style: styled(sheet, id::HEADINGS[0]), last: false, shows: Shows::Text };
    let fields = [
        ("{page}", Content::Field(Field::Page)),
        ("{pages}", Content::Field(Field::PageCount)),
        (CHAPTER, Content::Field(Field::Styled(chapter))),
        (TITLE, Content::Text(TITLE.to_owned())),
    ];
    let mut runs = Vec::new();
    let mut rest = text;
    let next = |rest: &str| {
        let found = fields.iter().filter_map(|(name, content)| Some((rest.find(name)?, *name, content)));
        found.min_by_key(|(at, _, _)| *at).map(|(at, name, content)| (at, name.len(), content.clone()))
    };
    while let Some((at, length, content)) = next(rest) {
        if at > 0 {
            runs.push(Run::text(&rest[..at]));
        }
        runs.push(Run::of(content));
        rest = &rest[at + length..];
    }
    if !rest.is_empty() {
        runs.push(Run::text(rest));
    }
    runs
}

/// A style as [`StyledText`] names it.
pub(super) fn styled(sheet: &StyleSheet, id: &str) -> u32 {
    u32::from(sheet.find(id).unwrap_or_default().0)
}

/// The same with the report's title in its place.
pub(super) fn with_title(mark: &HeaderFooter, title: &str) -> HeaderFooter {
    let mut mark = mark.clone();
    let kinds = [Some(&mut mark.default), mark.first.as_mut(), mark.even.as_mut()];
    for block in kinds.into_iter().flatten().flatten() {
        match block {
            Block::Paragraph(paragraph) => put_title(paragraph, title),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                for block in cells.flat_map(|cell| &mut cell.blocks) {
                    if let Block::Paragraph(paragraph) = block {
                        put_title(paragraph, title);
                    }
                }
            }
        }
    }
    mark
}

fn put_title(paragraph: &mut Paragraph, title: &str) {
    for run in &mut paragraph.runs {
        if matches!(&run.content, Content::Text(text) if text == TITLE) {
            run.content = Content::Text(title.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_in_braces_become_fields() {
        let shown: Vec<_> = runs("{title}　第 {page} 页，共 {pages} 页", &super::super::roles::sheet())
            .into_iter()
            .map(|run| match run.content {
                Content::Field(field) => format!("{field:?}"),
                Content::Text(text) => text,
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(shown, ["{title}", "　第 ", "Page", " 页，共 ", "PageCount", " 页"]);
        assert_eq!(unknown_fields("{page} {seite} {"), ["seite"]);
    }

    #[test]
    fn outside_is_right_on_odd_pages_and_left_on_even_ones() {
        let mark = PageMark {
            text: "— {page} —".into(),
            side: Side::Outside,
            indent: Indent::Chars(1.0),
            rule: None,
            on_first_page: true,
        };
        let built = mark.build(&super::super::roles::sheet(), id::FOOTER);
        let format = |blocks: &[Block]| match &blocks[0] {
            Block::Paragraph(paragraph) => paragraph.format.clone(),
            Block::Table(_) => panic!("no table here"),
        };
        assert_eq!(format(&built.default).indent_right, Some(Indent::Chars(1.0)));
        assert_eq!(format(&built.even.unwrap()).indent_left, Some(Indent::Chars(1.0)));
        assert_eq!(built.first, None);
    }
}
