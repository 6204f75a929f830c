//! Tables, typed in the template or made by a tag, as tables of the document.

use std::sync::Arc;

use comrak::Node;
use comrak::nodes::{NodeValue, TableAlignment};

use super::by_kind::{self, Entry};
use super::header_cells::{self, HeaderCell};
use super::inline::{self, Line, Lines, Piece};
use super::measure::{roomy_ems, widest_word_em};
use super::row_height;
use super::widths::{self, Wish};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Align, Block, Cell, CellBorders, Color, Content, Indent, Length, Own, Paragraph, ParagraphFormat, Picture, Run,
    Table, TableRow, VerticalMerge,
};
use crate::style::{Style, id};
use crate::template::inserts::{Insert, InsertedPicture, InsertedTable, Inserts};

/// Shown in a cell that has nothing to say.
const NOTHING: &str = "—";

/// Figures get this much of their width: digits of common faces are 0.5 to 0.64 em wide.
const NUMBER_AIR: f64 = 1.3;

/// A table before it has widths and rules.
#[derive(Debug, Default)]
pub(super) struct Grid {
    columns: usize,
    header: Vec<Vec<Vec<Run>>>,
    rows: Vec<Vec<GridCell>>,
    /// Widths relative to each other; by content if empty.
    shares: Vec<f64>,
    total: bool,
    /// Below the table.
    pub note: Option<Vec<Line>>,
}

#[derive(Clone, Debug, Default)]
struct GridCell {
    runs: Vec<Run>,
    number: bool,
    align: Option<Align>,
    shading: Option<Color>,
    picture: Option<Box<Picture>>,
    /// Room at its right for the decimals that it has fewer of than others of its column.
    after_em: f64,
}

impl GridCell {
    /// What it has for the alignment of its column.
    fn entry(&self) -> Entry {
        let text = inline::text_of(&self.runs);
        Entry { text: if nothing(&text) { String::new() } else { text }, number: self.number }
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.source())
    }
}

impl Grid {
    /// A pipe table. A line `注：…` right below it, which Markdown takes for a row, is its note.
    pub(super) fn typed<'a>(node: Node<'a>, inserts: &Inserts, problems: &mut Vec<Diagnostic>) -> Self {
        let NodeValue::Table(table) = node.data().value.clone() else { return Self::default() };
        let mut grid = Self { columns: table.alignments.len(), ..Self::default() };
        let rows: Vec<_> = node.children().collect();
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<Lines> = row.children().map(|cell| Lines::of(cell, problems)).collect();
            let is_header = matches!(row.data().value, NodeValue::TableRow(true));
            if !is_header && at + 1 == rows.len() && is_note(&cells) {
                grid.note = cells.into_iter().next().map(|cell| cell.lines);
            } else if is_header {
                grid.header.push(cells.iter().map(|cell| cell.runs(inserts, problems)).collect());
            } else {
                let cells = cells.iter().enumerate();
                let cell = |(column, cell): (usize, &Lines)| {
                    let alignment = table.alignments.get(column).copied().unwrap_or(TableAlignment::None);
                    typed_cell(cell, alignment, inserts, problems)
                };
                grid.rows.push(cells.map(cell).collect());
            }
        }
        grid.aligned()
    }

    /// Columns aligned by the kind of what stands in them.
    fn aligned(mut self) -> Self {
        for column in 0..self.columns {
            let heading = self.header.last().and_then(|row| row.get(column));
            let heading = heading.map_or(String::new(), |runs| inline::text_of(runs));
            let cells: Vec<Entry> = self.rows.iter().filter_map(|row| row.get(column)).map(GridCell::entry).collect();
            let places = by_kind::column(&heading, &cells);
            for (row, place) in self.rows.iter_mut().zip(places) {
                if let Some(cell) = row.get_mut(column) {
                    (cell.align, cell.after_em) = (cell.align.or(place.align), place.after_em);
                }
            }
        }
        self
    }

    /// A table made by a tag.
    pub(super) fn inserted(table: &InsertedTable) -> Self {
        let widest = table.header.iter().map(Vec::len).chain(table.rows.iter().map(Vec::len)).max().unwrap_or(0);
        let shown = |text: &str, source| {
            let mut runs = super::text::RunBuilder::default();
            runs.text(text, &Default::default(), source);
            runs.finish()
        };
        let number_column = |column: usize| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !nothing(&cell.text));
            cells.clone().next().is_some() && cells.all(|cell| cell.number)
        };
        let numbers: Vec<bool> = (0..widest).map(number_column).collect();
        let last = table.rows.len().saturating_sub(1);
        let rows = table.rows.iter().enumerate().map(|(at, row)| {
            // what is not added up has no total, and nothing that is missing
            let is_total = table.total && at == last;
            let cell = |(cell, number): (&crate::template::inserts::InsertedCell, &bool)| {
                let text = if blank(&cell.text) && !is_total { NOTHING } else { &cell.text };
                if let Some(picture) = &cell.picture {
                    let picture = Some(in_cell(picture));
                    return GridCell { picture, shading: cell.shading, ..GridCell::default() };
                }
                let number = cell.number || (nothing(&cell.text) && *number);
                GridCell { runs: shown(text, cell.source), number, shading: cell.shading, ..GridCell::default() }
            };
            row.iter().zip(&numbers).map(cell).collect()
        });
        let usable = table.widths.len() == widest && table.widths.iter().all(|w| w.is_finite() && *w > 0.0);
        let grid = Self {
            columns: widest,
            header: table.header.iter().map(|row| row.iter().map(|text| shown(text, None)).collect()).collect(),
            rows: rows.collect(),
            shares: if usable { table.widths.clone() } else { Vec::new() },
            total: table.total,
            note: None,
        };
        grid.aligned()
    }

    /// Whether words or numbers would have to be broken on an upright page.
    pub(super) fn is_too_wide(&self, style: &Style) -> bool {
        let (_, merged) = self.merged_header();
        let least: f64 = self.wishes(&merged, style).iter().map(|wish| wish.least).sum();
        self.shares.is_empty() && least > f64::from(style.page.text_width().to_twips())
    }

    /// The header's texts, and its cells, equal ones beside each other merged.
    fn merged_header(&self) -> (Vec<Vec<String>>, Vec<Vec<HeaderCell>>) {
        let text =
            |row: &Vec<Vec<Run>>, column: usize| row.get(column).map_or(String::new(), |runs| inline::text_of(runs));
        let texts: Vec<Vec<String>> =
            self.header.iter().map(|row| (0..self.columns).map(|column| text(row, column)).collect()).collect();
        let merged = header_cells::merge(&texts, self.columns);
        (texts, merged)
    }

    /// The table, of a width; `None` if it has no cell. `noted` keeps its end with the note below.
    pub(super) fn build(mut self, caption: &str, noted: bool, style: &Style, width: Length) -> Option<Table> {
        if self.columns == 0 || (self.header.is_empty() && self.rows.is_empty()) {
            return None;
        }
        for row in &mut self.rows {
            row.resize(self.columns, GridCell::default());
        }
        let (header_texts, merged) = self.merged_header();
        let description = match caption {
            "" => header_texts.first().map(|row| row.join("、")).unwrap_or_default(),
            _ => caption.to_owned(),
        };
        let total = (width.to_emu() / Length::twips(1).to_emu()) as i32;
        let widths = match self.shares.as_slice() {
            [] => widths::by_content(&self.wishes(&merged, style), total),
            shares => widths::by_share(shares, total),
        };
        let header_rows = merged.len();
        let upright = width <= style.page.text_width();
        let page_height = if upright { style.page.text_height() } else { style.page.turned().text_height() };
        let mut rows: Vec<TableRow> = merged
            .into_iter()
            .enumerate()
            .map(|(at, cells)| self.header_row(at, cells, at + 1 == header_rows, &widths, style))
            .collect();
        let last = self.rows.len().saturating_sub(1);
        let mut formats = vec![Own::default(); self.columns];
        for (at, cells) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            // no row stands alone below the header, nor on the page after
            let alone = at == 0 && last > 1 || at + 1 == last;
            // a row that no page holds begins where it stands, so that no header is left without it
            let texts: Vec<_> = cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| (inline::text_of(&cell.runs), Length::twips(*width)))
                .collect();
            let whole = !row_height::is_above_a_page(&texts, style, page_height);
            let (total, keep_next) = (self.total && at == last, alone || at == last && noted);
            let row = body_row(cells, total, keep_next, style, &mut formats);
            rows.push(TableRow { keep_whole: whole, ..row });
        }
        Some(Table {
            columns: widths.into_iter().map(Length::twips).collect(),
            align: Align::Center,
            borders: style.table.borders,
            margins: style.table.margins,
            rows,
            description,
            ..Table::default()
        })
    }

    fn header_row(&self, row: usize, cells: Vec<HeaderCell>, last: bool, widths: &[i32], style: &Style) -> TableRow {
        let format = style.sheet.style_character_format(style.sheet.find(id::TABLE_HEADER).unwrap_or_default());
        let em = (format.size + format.spacing).to_pt().max(1.0);
        let sides = style.table.margins.left + style.table.margins.right;
        let mut column = 0;
        let cells = cells.into_iter().map(|cell| {
            let mut runs = match cell.merge {
                VerticalMerge::Continue => Vec::new(),
                _ => self.header.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default(),
            };
            let width: i32 = widths.iter().skip(column).take(cell.span).sum();
            header_cells::unit_below(&mut runs, (Length::twips(width) - sides).to_pt() / em);
            column += cell.span;
            let rule = style.table.header_rule.filter(|_| last);
            Cell {
                span: cell.span,
                merge: cell.merge,
                shading: style.table.header_shading,
                borders: CellBorders { bottom: rule, ..Default::default() }.into(),
                ..Cell::of(vec![paragraph(style, id::TABLE_HEADER, Own::default(), runs)])
            }
        });
        TableRow { header: true, keep_whole: true, height: None, cells: cells.collect() }
    }

    /// What each column would like by what stands in it.
    fn wishes(&self, header: &[Vec<HeaderCell>], style: &Style) -> Vec<Wish> {
        let em = |id: &str| {
            let format = style.sheet.style_character_format(style.sheet.find(id).unwrap_or_default());
            f64::from((format.size + format.spacing).to_twips())
        };
        let (text_em, header_em) = (em(id::TABLE_TEXT), em(id::TABLE_HEADER));
        let sides = f64::from((style.table.margins.left + style.table.margins.right).to_twips());
        let padded = |ems: f64, em: f64| (ems * em).ceil() + sides + 20.0;
        let mut wishes = vec![Wish { least: sides + text_em, natural: 0.0, folded: 0.0 }; self.columns];
        let mut want = |column: usize, least: f64, natural: f64, folded: f64| {
            if let Some(wish) = wishes.get_mut(column) {
                wish.least = wish.least.max(least);
                wish.natural = wish.natural.max(natural);
                wish.folded = wish.folded.max(folded);
            }
        };
        for row in header {
            let mut column = 0;
            for cell in row {
                if cell.span == 1 {
                    let width = widest_line(&cell.text);
                    // a heading may take two lines
                    let least = widest_word_em(&cell.text).max((width / 2.0).ceil().min(width));
                    let folded = header_cells::without_unit(&cell.text)
                        .map_or(width, |(name, unit)| roomy_ems(name).max(roomy_ems(unit)));
                    want(column, padded(least, header_em), padded(width, header_em), padded(folded, header_em));
                }
                column += cell.span;
            }
        }
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                let text = inline::text_of(&cell.runs);
                if let Some(picture) = &cell.picture {
                    let width = f64::from(picture.width.to_twips()) + sides;
                    want(column, width, width, width);
                }
                // a figure must not break, whatever face a reader has for it
                let air = if cell.number { NUMBER_AIR } else { 1.0 };
                let width = widest_line(&text) * air + cell.after_em;
                let least = (widest_word_em(&text) * air + cell.after_em).max(width.min(2.0));
                let width = padded(width, text_em);
                want(column, padded(least, text_em), width, width);
            }
        }
        wishes
    }
}

fn typed_cell(cell: &Lines, alignment: TableAlignment, inserts: &Inserts, problems: &mut Vec<Diagnostic>) -> GridCell {
    let source: String = cell.lines.iter().map(Line::source).collect();
    if let [Piece::Value(Insert::Picture(picture))] = inline::pieces(source.trim(), inserts).as_slice() {
        return GridCell { picture: Some(in_cell(picture)), ..GridCell::default() };
    }
    let mut runs = cell.runs(inserts, problems);
    let number = alignment == TableAlignment::Right;
    let has_value = inline::pieces(&source, inserts).iter().any(|piece| matches!(piece, Piece::Value(_)));
    if blank(&inline::text_of(&runs)) && (number || has_value) {
        runs = vec![Run::text(NOTHING)];
    }
    let align = match alignment {
        TableAlignment::Left => Some(Align::Start),
        TableAlignment::Center => Some(Align::Center),
        TableAlignment::Right | TableAlignment::None => None,
    };
    GridCell { runs, number, align, ..GridCell::default() }
}

/// A picture in a table, as large as its tag made it.
fn in_cell(picture: &InsertedPicture) -> Box<Picture> {
    let most = Length::mm(1000.0);
    let (width, height, crop) = picture.placed(most, most, most);
    let (image, description) = (Arc::clone(&picture.image), picture.description.clone());
    Box::new(Picture { image, width, height, crop, description })
}

/// A row, `above` the formats of the paragraphs above it.
fn body_row(
    cells: Vec<GridCell>,
    total: bool,
    keep_next: bool,
    style: &Style,
    above: &mut [Own<ParagraphFormat>],
) -> TableRow {
    let cells = cells.into_iter().zip(above).map(|(mut cell, above)| {
        if total {
            inline::embolden(&mut cell.runs);
        }
        let named = if cell.number { id::TABLE_NUMBER } else { id::TABLE_TEXT };
        let room = (cell.after_em > 0.0).then(|| {
            let own = style.sheet.style_character_format(style.sheet.find(named).unwrap_or_default());
            Indent::Length(Length::twips(((own.size + own.spacing) * cell.after_em).to_twips()))
        });
        let format = ParagraphFormat {
            align: cell.align,
            indent_right: room,
            keep_next: keep_next.then_some(true),
            ..Default::default()
        };
        let block = match cell.picture {
            Some(picture) => {
                let format = ParagraphFormat { align: Some(Align::Center), keep_next: format.keep_next, ..format };
                paragraph(style, id::FIGURE, format.into(), vec![Run::of(Content::Picture(picture))])
            }
            None => {
                // Columns are long, and their cells alike.
                if **above != format {
                    *above = format.into();
                }
                paragraph(style, named, above.clone(), cell.runs)
            }
        };
        Cell { shading: cell.shading, ..Cell::of(vec![block]) }
    });
    TableRow { header: false, keep_whole: true, height: None, cells: cells.collect() }
}

fn paragraph(style: &Style, id: &str, format: Own<ParagraphFormat>, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph {
        style: style.sheet.find(id).unwrap_or_default(),
        format,
        runs,
        ..Paragraph::default()
    })
}

fn widest_line(text: &str) -> f64 {
    text.split('\n').map(roomy_ems).fold(0.0, f64::max)
}

/// Whether a cell has nothing to show; in a column of numbers that stands where numbers do.
fn nothing(text: &str) -> bool {
    blank(text) || text.trim() == NOTHING
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a row is a line `注：…` and nothing else.
fn is_note(cells: &[Lines]) -> bool {
    let text = |cell: &Lines| cell.lines.iter().map(Line::source).collect::<String>();
    let mut texts = cells.iter().map(text);
    texts.next().is_some_and(|first| super::blocks::is_note(&first)) && texts.all(|rest| blank(&rest))
}
