//! What is drawn in a cell whose lines run from top to bottom.

use super::draw::Canvas;
use super::page::{Fill, Item, PlacedLink};

impl Canvas {
    /// Takes what another canvas has, turned by a quarter to the right: what stood at its upper left corner stands at
    /// `right_pt`, `top_pt`.
    pub(super) fn take_turned(&mut self, mut other: Self, right_pt: f32, top_pt: f32) {
        self.notes.append(&mut other.notes);
        self.bookmarks.append(&mut other.bookmarks);
        self.links.extend(other.links.drain(..).map(|link| PlacedLink {
            left_pt: right_pt - link.bottom_pt,
            right_pt: right_pt - link.top_pt,
            top_pt: top_pt + link.left_pt,
            bottom_pt: top_pt + link.right_pt,
            ..link
        }));
        self.items.extend(other.into_items().into_iter().map(|item| turned(item, right_pt, top_pt)));
    }
}

fn turned(item: Item, right_pt: f32, top_pt: f32) -> Item {
    let point = |(x, y): (f32, f32)| (right_pt - y, top_pt + x);
    match item {
        // text within text that is turned already stays as it is
        Item::Text(run) if run.turned => Item::Text(run),
        Item::Text(mut run) => {
            (run.baseline_pt, run.x_pt) = point((run.x_pt, run.baseline_pt));
            run.turned = true;
            Item::Text(run)
        }
        Item::Rule(mut rule) => {
            (rule.from_pt, rule.to_pt) = (point(rule.from_pt), point(rule.to_pt));
            Item::Rule(rule)
        }
        Item::Fill(fill) => {
            let (x_pt, y_pt) = point((fill.x_pt, fill.y_pt + fill.height_pt));
            Item::Fill(Fill { x_pt, y_pt, width_pt: fill.height_pt, height_pt: fill.width_pt, ..fill })
        }
        Item::Shape(mut shape) => {
            shape.points.iter_mut().for_each(|place| *place = point(*place));
            Item::Shape(shape)
        }
        // a picture is not turned, only put in its place
        Item::Picture(mut picture) => {
            (picture.x_pt, picture.y_pt) = point((picture.x_pt, picture.y_pt + picture.height_pt));
            Item::Picture(picture)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{
        Anchor, Block, Cell, CellMargins, Length, Place, Position, RowHeight, Table, TablePosition, TableRow,
    };
    use crate::layout::Item;
    use crate::layout::testing::{document, paragraph, set};

    /// A page of 140 by 220 points; a cell of 20 by 100 at 10, 50.
    #[test]
    fn lines_of_a_turned_cell_in_a_footer_run_from_top_to_bottom_where_its_table_stands() {
        let cell = Cell { turned: true, ..Cell::of(vec![Block::Paragraph(paragraph("甲乙"))]) };
        let at = |length| Position { from: Anchor::Page, at: Place::Offset(Length::pt(length)) };
        let row =
            TableRow { height: Some(RowHeight::Exact(Length::pt(100.0))), cells: vec![cell], ..TableRow::default() };
        let margins = CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() };
        let table = Table {
            columns: vec![Length::pt(20.0)],
            float: Some(TablePosition { horizontal: at(10.0), vertical: at(50.0), distance: margins }),
            margins,
            rows: vec![row],
            ..Table::default()
        };
        let mut document = document(vec![Block::Paragraph(paragraph("丙"))], |_| ());
        document.sections[0].footer.default = vec![Block::Table(table)];
        let pages = set(&document).pages;
        let runs: Vec<_> = pages.pages[0]
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) => Some((run.turned, run.x_pt, run.baseline_pt)),
                _ => None,
            })
            .collect();
        // a line of 20 with its baseline at 16: 4 from the cell's left edge
        assert_eq!(runs, [(false, 20.0, 36.0), (true, 50.0, 14.0)]);
    }
}
