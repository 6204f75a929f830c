//! Tables: a grid of fixed columns, rows as high as their content.
//!
//! Heights are Word's: a row is the rule above it and the highest of its cells; the table ends with the rule below.

mod ahead;
mod autofit;
mod draw;
mod grid;
mod rows;

use std::ops::Range;

use ahead::Ahead;
pub(super) use ahead::{BlockPlace, is_long, set_long_table};
pub(super) use draw::Progress;
pub(super) use grid::set_table;
pub(super) use rows::{Cut, Piece, Stretch};

use crate::document::{Border, CellMargins, Color, Length, TablePosition, VerticalAlign};

use super::stack::Stack;

/// A table with its content set, not yet on pages.
#[derive(Clone, Debug)]
pub(super) struct SetTable {
    /// From the column's left edge to the table's.
    left: Length,
    /// The grid lines, from the table's left edge; one more than columns.
    edges: Vec<Length>,
    /// Space in the cells.
    margins: CellMargins,
    /// Space around each cell, and the table's own rules, if cells do not share their edges.
    apart: Option<(Length, EdgeRules)>,
    /// The rows; of a long table those that have been set yet.
    pub rows: Vec<SetRow>,
    /// How many there are to be.
    row_count: usize,
    /// So many rows are repeated on every page.
    pub header_rows: usize,
    /// Thickness of the rule below the last row.
    pub rule_below: Length,
    /// Where it stands, if not in the flow of the text.
    pub float: Option<TablePosition>,
    /// What its other rows are set from, if it is long.
    ahead: Option<Ahead>,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct SetRow {
    cells: Vec<SetCell>,
    /// Thickness of the rule above.
    pub rule_above: Length,
    /// Height below that rule.
    pub height: Length,
    /// It may go on on the next page.
    pub may_split: bool,
    /// It may do so in a cell of another table: one that is higher than a page always may.
    splits_in_cell: bool,
    /// Its height is given, whatever the content needs.
    pub exact: bool,
    /// On the same page as the next row.
    pub keep_next: bool,
    /// Footnotes are referred to in it.
    has_notes: bool,
}

/// A cell.
#[derive(Clone, Debug)]
struct SetCell {
    /// The grid's columns that it covers.
    columns: Range<usize>,
    /// Rows it covers, itself included; 1 for a cell that is covered.
    rows_spanned: usize,
    /// The cell that it is covered by: its row and place there.
    covered_by: Option<(usize, usize)>,
    /// The cell below it is covered by the same cell, or by it.
    goes_on_below: bool,
    borders: EdgeRules,
    /// Space between its edge and its content.
    margins: CellMargins,
    shading: Option<Color>,
    vertical_align: VerticalAlign,
    /// Its lines run from top to bottom.
    turned: bool,
    /// Han characters stand upright on them.
    upright: bool,
    /// Empty in a covered cell.
    content: Stack,
}

impl SetCell {
    /// The height that it asks for: turned lines have what the rows have.
    fn needed(&self) -> Length {
        let content = if self.turned { Length::ZERO } else { self.content.height };
        content + self.margins.top + self.margins.bottom
    }

    /// Whether it is a part of an area of several rows.
    fn is_merged(&self) -> bool {
        self.rows_spanned > 1 || self.covered_by.is_some()
    }
}

/// The rules that a cell asks for, its own or the table's.
#[derive(Clone, Copy, Debug, Default)]
struct EdgeRules {
    top: Option<Border>,
    bottom: Option<Border>,
    left: Option<Border>,
    right: Option<Border>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Cell, CellBorders, RowHeight, Table, TableRow, VerticalMerge};
    use crate::layout::testing::{lines_of, paragraph, set_on_pages};

    fn cell(text: &str) -> Cell {
        Cell { vertical_align: VerticalAlign::Top, ..Cell::of(vec![Block::Paragraph(paragraph(text))]) }
    }

    fn row(texts: &[&str]) -> TableRow {
        TableRow { cells: texts.iter().map(|text| cell(text)).collect(), ..TableRow::default() }
    }

    fn ruled(rows: Vec<TableRow>) -> Table {
        let rule = Some(Border::single(Length::pt(1.0)));
        let borders = CellBorders {
            top: rule,
            bottom: rule,
            left: rule,
            right: rule,
            inside_horizontal: rule,
            inside_vertical: rule,
        };
        let columns = vec![Length::pt(40.8); 2];
        Table { columns, borders, rows, ..Table::default() }
    }

    #[test]
    fn rows_are_as_high_as_their_content_and_the_rule_above() {
        // lines of 20 pt with the baseline at 16; the page's text begins at 20, 20
        let pages = set_on_pages(vec![Block::from(ruled(vec![row(&["甲", "乙"]), row(&["丙丙丙丙", "丁"])]))]);
        assert_eq!(
            lines_of(&pages),
            ["1: 25.4 37.0 甲", "1: 66.2 37.0 乙", "1: 25.4 58.0 丙丙丙", "1: 25.4 78.0 丙", "1: 66.2 58.0 丁"]
        );
    }

    #[test]
    fn a_height_that_is_at_least_grows_and_one_that_is_exact_does_not() {
        let mut rows = vec![row(&["甲"]), row(&["丙丙丙丙"]), row(&["戊"])];
        rows[0].height = Some(RowHeight::AtLeast(Length::pt(30.0)));
        rows[1].height = Some(RowHeight::Exact(Length::pt(30.0)));
        let pages = set_on_pages(vec![Block::from(ruled(rows))]);
        let lines = lines_of(&pages);
        assert_eq!(lines[0], "1: 25.4 37.0 甲");
        assert_eq!(lines[1], "1: 25.4 68.0 丙丙丙", "1 + 30 + 1 below the first row's top");
        assert_eq!(lines.last().unwrap(), "1: 25.4 98.0 戊", "30 in all for the exact row, its rule in it");
    }

    #[test]
    fn a_merged_cell_makes_its_last_row_higher() {
        let mut rows = vec![row(&["甲", "乙"]), row(&["", "丙"]), row(&["丁", "戊"])];
        rows[0].cells[0] = cell("甲甲甲甲甲甲甲甲");
        rows[0].cells[0].merge = VerticalMerge::Restart;
        rows[1].cells[0].merge = VerticalMerge::Continue;
        let lines = lines_of(&set_on_pages(vec![Block::from(ruled(rows))]));
        // three lines of 20 pt against two rows of 20 and a rule: 19 pt more
        assert!(lines.contains(&"1: 66.2 58.0 丙".to_string()), "{lines:?}");
        assert!(lines.contains(&"1: 66.2 98.0 戊".to_string()), "{lines:?}");
    }

    #[test]
    fn cells_that_stand_apart_have_rules_of_their_own() {
        let spacing = Length::pt(2.0);
        let table = Table { spacing, ..ruled(vec![row(&["甲", "乙"]), row(&["丙", "丁"])]) };
        let pages = set_on_pages(vec![Block::from(table)]);
        // the table's rule, the space around the cell, its own rule, its margin
        assert_eq!(
            lines_of(&pages),
            ["1: 28.4 40.0 甲", "1: 69.2 40.0 乙", "1: 28.4 66.0 丙", "1: 69.2 66.0 丁"],
            "rows of 20 pt are 26 pt high: two rules and the space above and below"
        );
        let rules =
            pages.pages[0].items.iter().filter(|item| matches!(item, crate::layout::page::Item::Rule(_))).count();
        assert_eq!(rules, 4 * 4 + 4, "four around each cell, and four around the table");
    }

    #[test]
    fn header_rows_stand_on_every_page() {
        let mut rows = vec![row(&["名称", "数"])];
        rows[0].header = true;
        rows.extend((0..12).map(|_| row(&["甲", "乙"])));
        // eight rows of 21 pt on a page of 180
        let pages = set_on_pages(vec![Block::from(ruled(rows))]);
        let headers: Vec<String> = lines_of(&pages).into_iter().filter(|line| line.contains("名称")).collect();
        assert_eq!(headers, ["1: 25.4 37.0 名称", "2: 25.4 37.0 名称"]);
        assert_eq!(lines_of(&pages).iter().filter(|line| line.contains('甲')).count(), 12);
    }

    #[test]
    fn a_row_goes_on_on_the_next_page_unless_it_is_kept_whole() {
        let long = "字".repeat(9);
        let mut rows: Vec<TableRow> = (0..7).map(|_| row(&["甲"])).collect();
        rows.push(row(&[&long]));
        let pages = |rows: Vec<TableRow>| {
            let lines = lines_of(&set_on_pages(vec![Block::from(ruled(rows))]));
            lines.iter().filter(|line| line.contains('字')).map(|line| line[..1].to_string()).collect::<String>()
        };
        assert_eq!(pages(rows.clone()), "122");
        rows[7].keep_whole = true;
        assert_eq!(pages(rows), "222");
    }

    #[test]
    fn a_row_that_its_content_makes_higher_than_it_is_given_goes_on_and_one_of_that_height_does_not() {
        let pages = |least: f64| {
            let mut rows: Vec<TableRow> = (0..7).map(|_| row(&["甲"])).collect();
            rows.push(row(&[&"字".repeat(9)]));
            rows[7].height = Some(RowHeight::AtLeast(Length::pt(least)));
            let lines = lines_of(&set_on_pages(vec![Block::from(ruled(rows))]));
            lines.iter().filter(|line| line.contains('字')).map(|line| line[..1].to_string()).collect::<String>()
        };
        assert_eq!((pages(30.0), pages(60.0)), ("122".to_owned(), "222".to_owned()));
    }

    #[test]
    fn a_row_higher_than_a_page_goes_on_even_if_it_is_to_be_kept_whole() {
        let mut rows = vec![row(&[&"字".repeat(60)])];
        rows[0].keep_whole = true;
        let lines = lines_of(&set_on_pages(vec![Block::from(ruled(rows))]));
        assert_eq!(lines.len(), 20);
        assert!(lines.last().unwrap().starts_with("3:"), "{lines:?}");
    }

    #[test]
    fn malformed_tables_are_set_without_harm() {
        let tables = [
            Table::default(),
            Table { rows: vec![TableRow::default(); 3], ..Table::default() },
            Table { columns: vec![Length::ZERO; 2], rows: vec![row(&["甲", "乙", "丙"])], ..Table::default() },
            Table { columns: vec![Length::pt(-5.0)], rows: vec![row(&["甲乙"])], ..Table::default() },
        ];
        let mut wide = ruled(vec![row(&["甲"])]);
        wide.rows[0].cells[0].span = usize::MAX;
        let mut orphan = ruled(vec![row(&["甲"])]);
        orphan.rows[0].cells[0].merge = VerticalMerge::Continue;
        for table in tables.into_iter().chain([wide, orphan]) {
            let has_text = table.rows.iter().any(|row| !row.cells.is_empty());
            assert_eq!(!lines_of(&set_on_pages(vec![Block::from(table)])).is_empty(), has_text);
        }
    }

    #[test]
    fn a_row_of_a_table_in_a_cell_goes_on_between_its_lines() {
        let pages = |inner: TableRow| {
            let inner = Table { columns: vec![Length::pt(20.8); 2], ..ruled(vec![inner]) };
            let mut outer = ruled(vec![row(&["甲"]), row(&[""])]);
            outer.rows[1].cells[0].blocks = vec![Block::from(inner)];
            let lines = lines_of(&set_on_pages(vec![Block::from(outer)]));
            let of_page = |page: &str| lines.iter().filter(|line| line.starts_with(page)).count();
            (of_page("1:"), of_page("2:"))
        };
        // nine lines on a page, with rules between the rows
        let tall = |lines: usize| row(&["乙", &"字".repeat(lines)]);
        assert_eq!(pages(tall(12)), (1 + 1 + 7, 5));
        let whole = |lines: usize| TableRow { keep_whole: true, ..tall(lines) };
        assert_eq!(pages(whole(8)), (1, 1 + 8), "one that is kept whole goes whole");
        assert_eq!(pages(whole(12)), (1 + 1 + 7, 5), "unless it is higher than a page");
    }

    #[test]
    fn tables_in_tables_keep_their_text_however_deep() {
        let mut block = Block::from(ruled(vec![row(&["底"])]));
        for _ in 0..20 {
            let mut outer = ruled(vec![row(&["层"])]);
            outer.rows[0].cells[0].blocks.push(block);
            block = Block::from(outer);
        }
        let lines = lines_of(&set_on_pages(vec![block]));
        assert_eq!(lines.iter().filter(|line| line.contains('层')).count(), 20);
        assert_eq!(lines.iter().filter(|line| line.contains('底')).count(), 1);
    }
}
