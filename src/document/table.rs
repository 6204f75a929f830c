//! Tables.

use super::{Align, Block, Border, Color, Length, Own, Position, Unset};

/// A table of fixed layout: the columns' widths are given, not found from the content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Widths of the grid's columns.
    pub columns: Vec<Length>,
    /// Where the table stands between the margins; [`Align::Justify`] means as `Start`.
    pub align: Align,
    /// From the margin to the first column's text; only for a table that stands at the start.
    pub indent: Length,
    /// The widths are wishes: columns grow for what cannot be broken (`w:tblLayout` is not `fixed`).
    pub autofit: bool,
    /// Where it stands beside the text, if it does not stand in it (`w:tblpPr`).
    pub float: Option<TablePosition>,
    /// Rules of cells that set none: `top`, `bottom`, `left`, `right` at the table's edges, `inside_*` between cells.
    pub borders: CellBorders,
    /// Space between a cell's edge and its content.
    pub margins: CellMargins,
    /// Space that each cell keeps around its own rules (`w:tblCellSpacing`); none where cells share their edges.
    pub spacing: Length,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// What the table shows, for those who cannot see it.
    pub description: String,
}

/// Where a table beside the text stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TablePosition {
    /// From left to right.
    pub horizontal: Position,
    /// From top to bottom.
    pub vertical: Position,
    /// Space that the text keeps from it.
    pub distance: CellMargins,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Repeated at the top of every page that the table runs on to (`w:tblHeader`).
    pub header: bool,
    /// Never split between pages (`w:cantSplit`).
    pub keep_whole: bool,
    /// Height; by the content if not given.
    pub height: Option<RowHeight>,
    /// The cells; their spans add up to the number of columns.
    pub cells: Vec<Cell>,
}

/// Height of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHeight {
    /// Exactly this.
    Exact(Length),
    /// This, or more if the content needs it.
    AtLeast(Length),
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// How many grid columns it covers, at least 1.
    pub span: usize,
    /// Its part in a cell that covers several rows.
    pub merge: VerticalMerge,
    /// Rules set on this cell alone.
    pub borders: Own<CellBorders>,
    /// Colour behind.
    pub shading: Option<Color>,
    /// Space between edge and content, if it is not the table's.
    pub margins: Option<Box<CellMargins>>,
    /// Where the content stands between top and bottom.
    pub vertical_align: VerticalAlign,
    /// Its lines run from top to bottom, the first one at the right (`w:textDirection`); in rows that are given a height.
    pub turned: bool,
    /// Han characters stand upright on turned lines (`tbRlV`); otherwise they are turned as well (`tbRl`).
    pub upright: bool,
    /// The content; never empty in a written document.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// A cell of one column and row with the given content.
    pub fn of(blocks: Vec<Block>) -> Self {
        Self {
            span: 1,
            merge: VerticalMerge::None,
            borders: Own::default(),
            shading: None,
            margins: None,
            vertical_align: VerticalAlign::Center,
            turned: false,
            upright: false,
            blocks,
        }
    }
}

/// A cell's part in a vertical merge (`w:vMerge`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalMerge {
    /// Not merged.
    #[default]
    None,
    /// The topmost cell, whose content is shown.
    Restart,
    /// Covered by the cell above.
    Continue,
}

/// Where a cell's content stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalAlign {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Center,
    /// At the bottom.
    Bottom,
}

/// Rules of a cell or of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellBorders {
    /// Above.
    pub top: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// Left.
    pub left: Option<Border>,
    /// Right.
    pub right: Option<Border>,
    /// Between rows (tables only).
    pub inside_horizontal: Option<Border>,
    /// Between columns (tables only).
    pub inside_vertical: Option<Border>,
}

impl Unset for CellBorders {
    fn unset() -> &'static Self {
        static UNSET: CellBorders = CellBorders {
            top: None,
            bottom: None,
            left: None,
            right: None,
            inside_horizontal: None,
            inside_vertical: None,
        };
        &UNSET
    }
}

/// Space between a cell's edge and its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellMargins {
    /// Above.
    pub top: Length,
    /// Below.
    pub bottom: Length,
    /// Left.
    pub left: Length,
    /// Right.
    pub right: Length,
}

impl Default for CellMargins {
    /// WordprocessingML's: 5.4 pt at the sides, nothing above and below.
    fn default() -> Self {
        let side = Length::twips(108);
        Self { top: Length::ZERO, bottom: Length::ZERO, left: side, right: side }
    }
}
