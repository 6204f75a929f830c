//! Tables (`w:tbl`).

use super::drawing::no_margins;
use super::measure::{number, points, twips};
use super::position::table_position;
use super::properties;
use super::story::Story;
use super::table_style::{CellPlace, Look, Rules, TableStyle, margins, vertical_align};
use super::tree::Element;
use super::unshown;
use crate::diagnostic::Words;
use crate::document::{
    Align, Block, Border, BorderLine, Cell, CellBorders, CellMargins, Length, Paragraph, RowHeight, Table, TableRow,
    VerticalAlign, VerticalMerge,
};

/// More columns than Word has.
const MOST_COLUMNS: usize = 200;

/// What a table's cells share.
#[derive(Clone, Copy)]
struct Frame<'a> {
    style: &'a TableStyle,
    look: Look,
    columns: &'a [Length],
    margins: CellMargins,
    rows: usize,
    /// The row that is being read is given a height.
    height: bool,
}

impl Story<'_> {
    /// A table; none without cells.
    pub fn table(&mut self, element: &Element) -> Option<Table> {
        let own = element.child("w:tblPr");
        self.missing.extend(unshown::of_children(own));
        self.book.tell_of_style(own.and_then(|own| own.child_value("w:tblStyle")));
        let style = self.book.styles.table_style(own.and_then(|own| own.child_value("w:tblStyle")));
        let rows = rows_of(element);
        let fixed = own.is_some_and(|own| {
            own.child("w:tblLayout").is_some_and(|layout| layout.attribute("w:type") == Some("fixed"))
        });
        let margins = margins(own.and_then(|own| own.child("w:tblCellMar")), style.margins);
        let columns = self.columns(element, own, &rows);
        let mut borders = style.borders;
        apply(&mut borders, &Rules::read(own.and_then(|own| own.child("w:tblBorders"))));
        let frame = Frame {
            style: &style,
            look: Look::read(own.and_then(|own| own.child("w:tblLook"))),
            columns: &columns,
            margins,
            rows: rows.len(),
            height: false,
        };
        let spacing = own.and_then(|own| twips(own.child("w:tblCellSpacing")?.attribute("w:w")?)).or(style.spacing);
        let outer = self.cell.take();
        let width = self.width;
        let read: Vec<TableRow> = rows.iter().enumerate().map(|(at, row)| self.row(row, at, &frame)).collect();
        self.cell = outer;
        self.width = width;
        if read.iter().all(|row| row.cells.is_empty()) {
            return None;
        }
        let indent =
            own.and_then(|own| twips(own.child("w:tblInd")?.attribute("w:w")?)).or(style.indent).unwrap_or_default();
        // until Word 2010 the text of the first column stands at the margin, since then the table's edge does
        let hangs = self.depth == 0 && outer_is_body(self) && self.book.settings.rules.mode < 15;
        let align = own.and_then(|own| own.child_value("w:jc")).map_or(Align::Start, properties::align);
        Some(Table {
            columns,
            align,
            indent: if hangs { indent - margins.left } else { indent },
            autofit: !fixed,
            float: own.and_then(|own| own.child("w:tblpPr")).map(table_position),
            borders,
            margins,
            spacing: spacing.unwrap_or_default().max(Length::ZERO),
            rows: read,
            description: own.and_then(|own| own.child_value("w:tblDescription")).unwrap_or_default().to_owned(),
        })
    }

    /// The columns' widths: what the cells wish, else the grid.
    fn columns(&self, element: &Element, own: Option<&Element>, rows: &[&Element]) -> Vec<Length> {
        let grid = element.child("w:tblGrid");
        let mut columns: Vec<Option<Length>> = grid
            .iter()
            .flat_map(|grid| grid.children_named("w:gridCol"))
            .take(MOST_COLUMNS)
            .map(|column| column.attribute("w:w").and_then(twips).filter(|width| *width > Length::ZERO))
            .collect();
        let mut wishes: Vec<Option<Length>> = vec![None; columns.len()];
        for row in rows {
            let mut at = grid_before(row);
            for cell in cells_of(row) {
                let span = span_of(cell);
                let wish = cell.child("w:tcPr").and_then(|own| self.width_of(own.child("w:tcW")?));
                if columns.len() < at + span {
                    columns.resize((at + span).min(MOST_COLUMNS), None);
                    wishes.resize(columns.len(), None);
                }
                if let (1, Some(place)) = (span, wishes.get_mut(at)) {
                    *place = place.or(wish);
                }
                at += span;
            }
        }
        let all_wish = wishes.iter().all(Option::is_some);
        let known: Vec<Option<Length>> =
            if all_wish { wishes } else { columns.iter().zip(&wishes).map(|(grid, wish)| grid.or(*wish)).collect() };
        let given = known.iter().flatten().fold(Length::ZERO, |sum, width| sum + *width);
        let open = known.iter().filter(|width| width.is_none()).count().max(1);
        let rest = (self.width - given).max(Length::ZERO) * (1.0 / open as f64);
        let mut widths: Vec<Length> = known.into_iter().map(|width| width.unwrap_or(rest)).collect();
        let whole = own.and_then(|own| self.width_of(own.child("w:tblW")?)).filter(|width| *width > Length::ZERO);
        let sum = widths.iter().fold(Length::ZERO, |sum, width| sum + *width);
        if let Some(whole) = whole.filter(|_| sum > Length::ZERO && !all_wish) {
            let ratio = whole.to_pt() / sum.to_pt();
            widths.iter_mut().for_each(|width| *width = *width * ratio);
        }
        widths
    }

    /// A width in twips or in fiftieths of a per cent of the text's.
    fn width_of(&self, element: &Element) -> Option<Length> {
        let amount = element.attribute("w:w")?;
        match element.attribute("w:type") {
            Some("pct") => {
                let percent = match amount.strip_suffix('%') {
                    Some(percent) => number(percent)?,
                    None => number(amount)? / 50.0,
                };
                Some(self.width * (percent / 100.0).clamp(0.0, 4.0))
            }
            Some("dxa") | None => twips(amount).filter(|width| *width > Length::ZERO),
            _ => None,
        }
    }

    fn row(&mut self, element: &Element, at: usize, frame: &Frame) -> TableRow {
        let own = element.child("w:trPr");
        self.missing.extend(unshown::of_children(own));
        let height = own.and_then(|own| own.child("w:trHeight")).and_then(|height| {
            let length = twips(height.attribute("w:val")?)?;
            Some(match height.attribute("w:hRule") {
                Some("exact") => RowHeight::Exact(length),
                _ => RowHeight::AtLeast(length),
            })
        });
        let exception = element.child("w:tblPrEx").map(|exception| Rules::read(exception.child("w:tblBorders")));
        let mut cells: Vec<Cell> = Vec::new();
        let mut column = grid_before(element);
        if column > 0 {
            cells.push(empty(column));
        }
        for cell in cells_of(element) {
            let merged_left = cell.child("w:tcPr").and_then(|own| own.child("w:hMerge"));
            if merged_left.is_some_and(|merge| merge.value() != Some("restart"))
                && let Some(before) = cells.last_mut()
            {
                before.span += 1;
                column += 1;
                continue;
            }
            let end = column + span_of(cell);
            let place = CellPlace { row: at, rows: frame.rows, column, end, columns: frame.columns.len() };
            let frame = Frame { height: height.is_some(), ..*frame };
            cells.push(self.cell(cell, &place, exception.as_ref(), &frame));
            column = end;
        }
        if column < frame.columns.len() && !cells.is_empty() {
            cells.push(empty(frame.columns.len() - column));
        }
        let switch = |name: &str| own.and_then(|own| own.switch(name)).unwrap_or(false);
        TableRow { header: switch("w:tblHeader"), keep_whole: switch("w:cantSplit"), height, cells }
    }

    fn cell(&mut self, element: &Element, place: &CellPlace, exception: Option<&Rules>, frame: &Frame) -> Cell {
        let own = element.child("w:tcPr");
        self.missing.extend(unshown::of_children(own));
        let style = frame.style.cell(place, &frame.look);
        let mut rules = style.borders;
        if let Some(exception) = exception {
            rules.apply(&at_place(exception, place));
        }
        rules.apply(&Rules::read(own.and_then(|own| own.child("w:tcBorders"))));
        let own_margins = own.and_then(|own| own.child("w:tcMar"));
        let cell_margins = own_margins.map(|own| margins(Some(own), frame.margins));
        let inner = cell_margins.unwrap_or(frame.margins);
        let wide = frame.columns.get(place.column..place.end.min(frame.columns.len())).unwrap_or_default();
        let wide = wide.iter().fold(Length::ZERO, |sum, width| sum + *width);
        let direction = own.and_then(|own| own.child_value("w:textDirection")).unwrap_or("lrTb");
        let turned = frame.height && matches!(direction, "tbRl" | "tbRlV" | "rl" | "rlV");
        if !turned && direction != "lrTb" && direction != "tb" {
            self.missing.push(Words::new(
                "单元格的竖排文字（横排）",
                "the direction of a cell's text (set from left to right)",
            ));
        }
        self.width = (wide - inner.left - inner.right).max(Length::ZERO);
        let shading = style.shading;
        let vertical = style.vertical_align;
        self.cell = Some(style);
        let mut blocks = self.blocks(element);
        self.cell = None;
        match blocks.as_slice() {
            [] => blocks.push(Block::Paragraph(Paragraph::default())),
            // the empty paragraph that a cell has to end with below a table takes no room
            [.., Block::Table(_), Block::Paragraph(last)]
                if last.runs.is_empty() && last.format.numbering.flatten().is_none() =>
            {
                blocks.pop();
            }
            _ => {}
        }
        let merge =
            own.and_then(|own| own.child("w:vMerge")).map_or(VerticalMerge::None, |merge| match merge.value() {
                Some("restart") => VerticalMerge::Restart,
                _ => VerticalMerge::Continue,
            });
        Cell {
            turned,
            upright: turned && direction.ends_with('V'),
            span: place.end - place.column,
            merge,
            borders: of_cell(&rules).into(),
            shading: own.and_then(|own| own.child("w:shd")).map(properties::shading).or(shading).flatten(),
            margins: cell_margins.map(Box::new),
            vertical_align: own
                .and_then(|own| own.child_value("w:vAlign"))
                .map(vertical_align)
                .or(vertical)
                .unwrap_or(VerticalAlign::Top),
            blocks,
        }
    }
}

fn outer_is_body(story: &Story) -> bool {
    story.cell.is_none()
}

/// The rows, wrappers looked through; not those that tracked changes have deleted.
fn rows_of(element: &Element) -> Vec<&Element> {
    let is_there = |row: &&Element| row.child("w:trPr").is_none_or(|own| own.child("w:del").is_none());
    within(element, "w:tr").into_iter().filter(is_there).collect()
}

/// The cells of a row, wrappers looked through.
fn cells_of(element: &Element) -> Vec<&Element> {
    within(element, "w:tc")
}

fn within<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in &element.children {
        match child.name.as_ref() {
            known if known == name => found.push(child),
            "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" => found.append(&mut within(child, name)),
            _ => {}
        }
    }
    found
}

fn span_of(cell: &Element) -> usize {
    let span = cell.child("w:tcPr").and_then(|own| own.child_value("w:gridSpan"));
    span.and_then(|span| span.parse().ok()).unwrap_or(1usize).clamp(1, MOST_COLUMNS)
}

fn grid_before(row: &Element) -> usize {
    let before = row.child("w:trPr").and_then(|own| own.child_value("w:gridBefore"));
    before.and_then(|before| before.parse().ok()).unwrap_or(0usize).min(MOST_COLUMNS)
}

/// A place in the grid that no cell has: nothing stands there, and no rule around it.
fn empty(span: usize) -> Cell {
    let none = Some(Border { line: BorderLine::None, ..Border::single(points(0.0)) });
    let small = Paragraph {
        format: crate::document::ParagraphFormat {
            line_spacing: Some(crate::document::LineSpacing::Exact(points(1.0))),
            space_before: Some(Length::ZERO),
            space_after: Some(Length::ZERO),
            ..Default::default()
        }
        .into(),
        ..Paragraph::default()
    };
    Cell {
        span,
        borders: CellBorders { top: none, bottom: none, left: none, right: none, ..CellBorders::default() }.into(),
        margins: Some(Box::new(no_margins())),
        ..Cell::of(vec![Block::Paragraph(small)])
    }
}

/// A table's rules as those of one of its cells.
fn at_place(rules: &Rules, place: &CellPlace) -> Rules {
    let at = |edge: bool, outer, inner| if edge { outer } else { inner };
    Rules {
        top: at(place.row == 0, rules.top, rules.inside_horizontal),
        bottom: at(place.row + 1 == place.rows, rules.bottom, rules.inside_horizontal),
        left: at(place.column == 0, rules.left, rules.inside_vertical),
        right: at(place.end == place.columns, rules.right, rules.inside_vertical),
        ..Rules::default()
    }
}

fn apply(borders: &mut CellBorders, rules: &Rules) {
    borders.top = rules.top.unwrap_or(borders.top);
    borders.bottom = rules.bottom.unwrap_or(borders.bottom);
    borders.left = rules.left.unwrap_or(borders.left);
    borders.right = rules.right.unwrap_or(borders.right);
    borders.inside_horizontal = rules.inside_horizontal.unwrap_or(borders.inside_horizontal);
    borders.inside_vertical = rules.inside_vertical.unwrap_or(borders.inside_vertical);
}

/// A cell's rules: one that is set not to be there hides the table's.
fn of_cell(rules: &Rules) -> CellBorders {
    let none = Border { line: BorderLine::None, ..Border::single(Length::ZERO) };
    let side = |rule: Option<Option<Border>>| rule.map(|rule| rule.unwrap_or(none));
    CellBorders {
        top: side(rules.top),
        bottom: side(rules.bottom),
        left: side(rules.left),
        right: side(rules.right),
        ..CellBorders::default()
    }
}
