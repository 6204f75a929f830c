//! Table styles: what they set for a cell by its place in the table.

use std::collections::HashMap;

use super::measure::twips;
use super::properties::{self, Ground, RunProperties};
use super::theme::Theme;
use super::tree::{Element, is_on};
use crate::document::{Border, CellBorders, CellMargins, Color, Length, ParagraphFormat, VerticalAlign};

/// A table style with what it builds on.
#[derive(Clone, Debug, Default)]
pub struct TableStyle {
    /// The rules of the whole table.
    pub borders: CellBorders,
    /// Space in the cells.
    pub margins: CellMargins,
    /// Its distance from the margin.
    pub indent: Option<Length>,
    /// Space around each cell.
    pub spacing: Option<Length>,
    /// What all cells have.
    whole: CellStyle,
    /// What cells have by their place.
    parts: HashMap<String, CellStyle>,
    /// So many rows are one band.
    row_band: usize,
    /// So many columns are one band.
    column_band: usize,
}

/// What a table style sets for some cells.
#[derive(Clone, Debug, Default)]
pub struct CellStyle {
    /// Their paragraphs.
    pub paragraph: ParagraphFormat,
    /// Their text.
    pub run: RunProperties,
    /// Their rules; the outer ones are those of the part of the table.
    pub borders: Rules,
    /// The colour behind.
    pub shading: Option<Option<Color>>,
    /// Where their content stands.
    pub vertical_align: Option<VerticalAlign>,
}

/// Rules as far as they are set; a rule may be set not to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rules {
    /// Above.
    pub top: Option<Option<Border>>,
    /// Below.
    pub bottom: Option<Option<Border>>,
    /// Left.
    pub left: Option<Option<Border>>,
    /// Right.
    pub right: Option<Option<Border>>,
    /// Between rows.
    pub inside_horizontal: Option<Option<Border>>,
    /// Between columns.
    pub inside_vertical: Option<Option<Border>>,
}

impl Rules {
    /// Reads `w:tblBorders` or `w:tcBorders`.
    pub fn read(element: Option<&Element>) -> Self {
        let side = |names: [&str; 2]| {
            let found = element.and_then(|element| names.into_iter().find_map(|name| element.child(name)));
            found.map(properties::border)
        };
        Self {
            top: side(["w:top"; 2]),
            bottom: side(["w:bottom"; 2]),
            left: side(["w:left", "w:start"]),
            right: side(["w:right", "w:end"]),
            inside_horizontal: side(["w:insideH"; 2]),
            inside_vertical: side(["w:insideV"; 2]),
        }
    }

    /// Takes what `over` sets.
    pub fn apply(&mut self, over: &Self) {
        self.top = over.top.or(self.top);
        self.bottom = over.bottom.or(self.bottom);
        self.left = over.left.or(self.left);
        self.right = over.right.or(self.right);
        self.inside_horizontal = over.inside_horizontal.or(self.inside_horizontal);
        self.inside_vertical = over.inside_vertical.or(self.inside_vertical);
    }

    /// The rules of a table.
    pub fn of_table(&self) -> CellBorders {
        CellBorders {
            top: self.top.flatten(),
            bottom: self.bottom.flatten(),
            left: self.left.flatten(),
            right: self.right.flatten(),
            inside_horizontal: self.inside_horizontal.flatten(),
            inside_vertical: self.inside_vertical.flatten(),
        }
    }
}

/// Which parts of its style a table shows (`w:tblLook`).
#[derive(Clone, Copy, Debug)]
pub struct Look {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    row_bands: bool,
    column_bands: bool,
}

impl Look {
    /// Reads the look.
    pub fn read(element: Option<&Element>) -> Self {
        let bits = element.and_then(|element| u32::from_str_radix(element.value()?, 16).ok()).unwrap_or(0x04A0);
        let flag = |name: &str, bit: u32| {
            let own = element.and_then(|element| element.attribute(name)).map(is_on);
            own.unwrap_or(bits & bit != 0)
        };
        Self {
            first_row: flag("w:firstRow", 0x20),
            last_row: flag("w:lastRow", 0x40),
            first_column: flag("w:firstColumn", 0x80),
            last_column: flag("w:lastColumn", 0x100),
            row_bands: !flag("w:noHBand", 0x200),
            column_bands: !flag("w:noVBand", 0x400),
        }
    }
}

/// Where a cell is in its table.
#[derive(Clone, Copy, Debug)]
pub struct CellPlace {
    /// Its row.
    pub row: usize,
    /// How many rows there are.
    pub rows: usize,
    /// Its first column.
    pub column: usize,
    /// The column after its last one.
    pub end: usize,
    /// How many columns there are.
    pub columns: usize,
}

impl TableStyle {
    /// Reads a style from itself and those that it builds on, the oldest first.
    pub fn read(chain: &[&Element], theme: &Theme) -> Self {
        let mut style = Self { row_band: 1, column_band: 1, ..Self::default() };
        let mut borders = Rules::default();
        for element in chain {
            if let Some(table) = element.child("w:tblPr") {
                borders.apply(&Rules::read(table.child("w:tblBorders")));
                style.margins = margins(table.child("w:tblCellMar"), style.margins);
                let band = |name| table.child_value(name).and_then(|size| size.parse().ok());
                style.row_band = band("w:tblStyleRowBandSize").unwrap_or(style.row_band).max(1);
                style.column_band = band("w:tblStyleColBandSize").unwrap_or(style.column_band).max(1);
                let indent = table.child("w:tblInd").and_then(|indent| twips(indent.attribute("w:w")?));
                style.indent = indent.or(style.indent);
                let spacing = table.child("w:tblCellSpacing").and_then(|spacing| twips(spacing.attribute("w:w")?));
                style.spacing = spacing.or(style.spacing);
            }
            style.whole.add(element, theme);
            for part in element.children_named("w:tblStylePr") {
                if let Some(kind) = part.attribute("w:type") {
                    style.parts.entry(kind.to_owned()).or_default().add(part, theme);
                }
            }
        }
        style.borders = borders.of_table();
        style
    }

    /// What the style sets for a cell.
    pub fn cell(&self, place: &CellPlace, look: &Look) -> CellStyle {
        let mut cell = self.whole.clone();
        let first_row = look.first_row && place.row == 0;
        let last_row = look.last_row && place.row + 1 == place.rows && place.rows > 1;
        let first_column = look.first_column && place.column == 0;
        let last_column = look.last_column && place.end == place.columns && place.columns > 1;
        let band =
            |at: usize, skipped: bool, size: usize| (at.saturating_sub(usize::from(skipped)) / size).is_multiple_of(2);
        let mut parts: Vec<&str> = Vec::new();
        if look.column_bands && !first_column && !last_column {
            let odd = band(place.column, look.first_column, self.column_band.max(1));
            parts.push(if odd { "band1Vert" } else { "band2Vert" });
        }
        if look.row_bands && !first_row && !last_row {
            let odd = band(place.row, look.first_row, self.row_band.max(1));
            parts.push(if odd { "band1Horz" } else { "band2Horz" });
        }
        let regions =
            [(first_column, "firstCol"), (last_column, "lastCol"), (first_row, "firstRow"), (last_row, "lastRow")];
        parts.extend(regions.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name));
        let corners = [
            (first_row && first_column, "nwCell"),
            (first_row && last_column, "neCell"),
            (last_row && first_column, "swCell"),
            (last_row && last_column, "seCell"),
        ];
        parts.extend(corners.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name));
        for name in parts {
            if let Some(part) = self.parts.get(name) {
                cell.apply(part, name, place);
            }
        }
        cell
    }
}

impl CellStyle {
    fn add(&mut self, element: &Element, theme: &Theme) {
        self.paragraph.apply(&properties::paragraph(element.child("w:pPr"), &Ground::default()));
        self.run.apply(&properties::run(element.child("w:rPr"), theme));
        // a style as a whole has its rules on the table, a part of it on its cells
        if element.name.as_ref() == "w:tblStylePr" {
            self.borders.apply(&Rules::read(element.child("w:tblPr").and_then(|table| table.child("w:tblBorders"))));
        }
        if let Some(cell) = element.child("w:tcPr") {
            self.borders.apply(&Rules::read(cell.child("w:tcBorders")));
            self.shading = cell.child("w:shd").map(properties::shading).or(self.shading);
            self.vertical_align = cell.child_value("w:vAlign").map(vertical_align).or(self.vertical_align);
        }
    }

    /// Takes what a part of the style sets; its inner rules stand between its cells, its outer ones at its edge.
    fn apply(&mut self, part: &Self, name: &str, place: &CellPlace) {
        self.paragraph.apply(&part.paragraph);
        self.run.apply(&part.run);
        self.shading = part.shading.or(self.shading);
        self.vertical_align = part.vertical_align.or(self.vertical_align);
        let rules = &part.borders;
        let across = name.ends_with("Row") || name.ends_with("Horz");
        let down = name.ends_with("Col") || name.ends_with("Vert");
        let outer =
            |edge: bool, own: Option<Option<Border>>, inside: Option<Option<Border>>| if edge { own } else { inside };
        self.borders.apply(&Rules {
            top: outer(!down || place.row == 0, rules.top, rules.inside_horizontal),
            bottom: outer(!down || place.row + 1 == place.rows, rules.bottom, rules.inside_horizontal),
            left: outer(!across || place.column == 0, rules.left, rules.inside_vertical),
            right: outer(!across || place.end == place.columns, rules.right, rules.inside_vertical),
            ..Rules::default()
        });
    }
}

/// A name of `w:vAlign`.
pub fn vertical_align(name: &str) -> VerticalAlign {
    match name {
        "center" | "both" => VerticalAlign::Center,
        "bottom" => VerticalAlign::Bottom,
        _ => VerticalAlign::Top,
    }
}

/// Margins as far as they are given; the others as before.
pub fn margins(element: Option<&Element>, before: CellMargins) -> CellMargins {
    let Some(element) = element else { return before };
    let side = |names: [&str; 2]| {
        let found = names.into_iter().find_map(|name| element.child(name))?;
        twips(found.attribute("w:w")?)
    };
    CellMargins {
        top: side(["w:top"; 2]).unwrap_or(before.top),
        bottom: side(["w:bottom"; 2]).unwrap_or(before.bottom),
        left: side(["w:left", "w:start"]).unwrap_or(before.left),
        right: side(["w:right", "w:end"]).unwrap_or(before.right),
    }
}
