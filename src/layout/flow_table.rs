//! Tables flow from page to page, row by row, their header rows on each.

use super::draw::Canvas;
use super::float::{AnchorPoint, Exclusion, Rectangle, position_of};
use super::flow::{Flow, TopSpace};
use super::table::{Cut, Piece, Progress, SetTable};
use crate::document::{Anchor, Length, Place, TablePosition};

/// A table on its way over the pages.
struct Placing<'t> {
    table: &'t mut SetTable,
    /// What stands on this page.
    pieces: Vec<Piece>,
    progress: Progress,
    /// Height of what is kept with its last row.
    below: Length,
}

/// Places a table from the flow's place on; `below` is the height of what is kept with its last row.
pub(super) fn place_table(flow: &mut Flow, table: &mut SetTable, below: Length) {
    if table.float.is_some_and(|position| place_beside(flow, table, &position)) {
        return;
    }
    if !flow.fresh {
        flow.y += flow.after;
    }
    flow.after = Length::ZERO;
    flow.section_mark = None;
    flow.pass_exclusions(table.width());
    let mut placing = Placing { table, pieces: Vec::new(), progress: Progress::new(), below };
    let mut row = 0;
    let mut cut = Cut::default();
    while !flow.cut_off {
        placing.table.set_ahead(flow.setter, row);
        let table = &*placing.table;
        let Some((set, rest)) = table.rows.get(row).zip(table.rest_of(row, &cut)) else { break };
        let alone = placing.is_alone(flow);
        let room = flow.bottom - flow.y - set.rule_above - table.rule_under(row);
        if !alone && !cut.has_begun() && placing.chain_must_move(flow, row) {
            placing.turn(flow, row);
        } else if rest.height + flow.room_for_notes(table.notes_of(&rest)) <= room {
            placing.push(flow, rest);
            (row, cut) = (row + 1, Cut::default());
        } else if let Some(part) = placing.part(flow, row, &mut cut, room) {
            let ends = part.ends;
            placing.push(flow, part);
            if ends {
                (row, cut) = (row + 1, Cut::default());
            }
            if !placing.table.ends_at(row) {
                placing.turn(flow, row);
            }
        } else if alone {
            // higher than a page and in one piece
            placing.push(flow, rest);
            (row, cut) = (row + 1, Cut::default());
        } else {
            placing.turn(flow, row);
        }
    }
    placing.draw(flow);
    flow.y += placing.table.rule_below;
}

/// Places a table beside the text; not if it is higher than the room there.
fn place_beside(flow: &mut Flow, table: &SetTable, position: &TablePosition) -> bool {
    let y = if flow.fresh { flow.y } else { flow.y + flow.after };
    let column_width = flow.columns.width();
    let at = AnchorPoint { column: flow.left, column_width, paragraph: y, line: y, sign: flow.left };
    let size = (table.width(), table.height());
    let rectangle = position_of(&position.horizontal, &position.vertical, size, &flow.canvas.area, &at);
    if rectangle.bottom > flow.foot && rectangle.bottom - rectangle.top > flow.page_height() {
        return false;
    }
    // what stands at a page's foot stands below the text there
    let at_foot = position.vertical.from != Anchor::Paragraph && position.vertical.at == Place::End;
    let over_text = at_foot && rectangle.top < flow.y;
    if (rectangle.bottom > flow.bottom || over_text) && !flow.fresh {
        flow.turn(TopSpace::Dropped);
        return place_beside(flow, table, position);
    }
    let x = rectangle.left - table.left();
    table.draw_all(&mut flow.canvas, x, rectangle.top);
    flow.reserve_notes();
    let distance = &position.distance;
    let room = Rectangle {
        left: rectangle.left - distance.left,
        top: rectangle.top - distance.top,
        right: rectangle.right + distance.right,
        bottom: rectangle.bottom + distance.bottom,
    };
    flow.exclusions.push(Exclusion { room, whole_lines: false });
    flow.fresh = false;
    true
}

impl SetTable {
    /// Draws the table where its position on the page is.
    pub(super) fn draw_on_page(&self, canvas: &mut Canvas) {
        let Some(position) = self.float else { return };
        let size = (self.width(), self.height());
        let at = AnchorPoint::default();
        let rectangle = position_of(&position.horizontal, &position.vertical, size, &canvas.area, &at);
        self.draw_all(canvas, rectangle.left - self.left(), rectangle.top);
    }
}

impl Placing<'_> {
    /// Whether nothing but repeated header rows stands on the page: something must be placed then.
    fn is_alone(&self, flow: &Flow) -> bool {
        flow.fresh && self.pieces.iter().all(|piece| piece.repeated)
    }

    /// Whether rows that are kept together begin here, do not fit, and would on a page of their own.
    fn chain_must_move(&self, flow: &Flow, row: usize) -> bool {
        let kept_with_above =
            row.checked_sub(1).and_then(|above| self.table.rows.get(above)).is_some_and(|above| above.keep_next);
        let begins = self.table.rows.get(row).is_some_and(|row| row.keep_next) && !kept_with_above;
        if !begins {
            return false;
        }
        let (rows, height) = self.table.chain(row);
        let below = if self.table.ends_at(rows.end) && self.table.keeps_next() { self.below } else { Length::ZERO };
        let height = height + below + flow.room_for_notes(rows.flat_map(|row| self.table.notes_of_row(row)));
        let header = if row >= self.table.header_rows { self.table.header_height() } else { Length::ZERO };
        flow.y + height > flow.bottom && header + height <= flow.page_height()
    }

    /// The part of a row that fits. A row that may not be split is, when it is higher than a page.
    fn part(&self, flow: &Flow, row: usize, cut: &mut Cut, room: Length) -> Option<Piece> {
        let set = self.table.rows.get(row)?;
        let alone = self.is_alone(flow);
        if set.exact || !(set.may_split || alone || cut.has_begun()) {
            return None;
        }
        // the footnotes of what fits take room themselves: as much less is taken until both fit
        let mut height = room;
        let mut before = None;
        loop {
            let mut next = cut.clone();
            let part = self.table.part_of(row, &mut next, height, alone)?;
            let fits = part.height + flow.room_for_notes(self.table.notes_of(&part)) <= room;
            if fits || before.is_some_and(|before| part.height >= before) {
                *cut = next;
                return Some(part);
            }
            before = Some(part.height);
            height = part.height - Length::emu(1);
        }
    }

    fn push(&mut self, flow: &mut Flow, piece: Piece) {
        let rule = self.table.rows.get(piece.row).map_or(Length::ZERO, |row| row.rule_above);
        let top = flow.y;
        flow.y = top + rule + piece.height;
        flow.fresh &= piece.repeated;
        if !piece.repeated {
            flow.canvas.notes.extend(self.table.notes_of(&piece));
            flow.reserve_notes();
        }
        self.pieces.push(Piece { top, ..piece });
    }

    /// Ends the page, and begins the next one with the header rows.
    fn turn(&mut self, flow: &mut Flow, next_row: usize) {
        self.draw(flow);
        self.table.forget_before(next_row);
        flow.turn(TopSpace::Dropped);
        let header = self.table.header_height();
        // header rows that fill the page would leave no room for what they head
        if next_row < self.table.header_rows || header + header > flow.page_height() {
            return;
        }
        for row in 0..self.table.header_rows {
            if let Some(piece) = self.table.rest_of(row, &Cut::default()) {
                self.push(flow, Piece { repeated: true, ..piece });
            }
        }
    }

    fn draw(&mut self, flow: &mut Flow) {
        let pieces = std::mem::take(&mut self.pieces);
        let left = flow.left;
        self.table.draw(&mut flow.canvas, &pieces, left, &mut self.progress);
        flow.reserve_notes();
    }
}
