//! What is drawn in a cell whose lines run from top to bottom, and in a shape that is turned.

use super::draw::Canvas;
use super::page::{Fill, Item, PlacedGlyph, PlacedLink, Shape, TextRun};
use crate::document::{Script, scripts};

impl Canvas {
    /// Takes what another canvas has, turned by a quarter to the right: what stood at its upper left corner stands at
    /// `right_pt`, `top_pt`. Where Han characters are `upright`, they stand one below the other as they are.
    pub(super) fn take_turned(&mut self, mut other: Self, right_pt: f32, top_pt: f32, upright: bool) {
        self.notes.append(&mut other.notes);
        self.bookmarks.append(&mut other.bookmarks);
        self.links.extend(other.links.drain(..).map(|link| PlacedLink {
            left_pt: right_pt - link.bottom_pt,
            right_pt: right_pt - link.top_pt,
            top_pt: top_pt + link.left_pt,
            bottom_pt: top_pt + link.right_pt,
            ..link
        }));
        for item in other.into_items() {
            match item {
                Item::Text(run) if upright && !run.turned => {
                    self.items.extend(parts(run).map(|run| match run.glyphs.first() {
                        Some(glyph) if stands_upright(glyph.character) => {
                            Item::Text(set_upright(run, right_pt, top_pt))
                        }
                        _ => turned(Item::Text(run), right_pt, top_pt),
                    }));
                }
                item => self.items.push(turned(item, right_pt, top_pt)),
            }
        }
    }
}

/// Turns what has been drawn around a point, by so many degrees to the right; pictures stay upright.
pub(super) fn rotate(items: &mut [Item], (x, y): (f32, f32), degrees: f32) {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let turn = |place: &mut (f32, f32)| {
        let (right, down) = (place.0 - x, place.1 - y);
        *place = (x + right * cosine - down * sine, y + right * sine + down * cosine);
    };
    for item in items {
        match item {
            Item::Text(run) if run.turned => {
                let mut place = (run.baseline_pt, run.x_pt);
                turn(&mut place);
                (run.x_pt, run.baseline_pt, run.turned) = (place.0, place.1, false);
                run.slope -= 90.0 + degrees;
            }
            Item::Text(run) => {
                let mut place = (run.x_pt, run.baseline_pt);
                turn(&mut place);
                (run.x_pt, run.baseline_pt) = place;
                run.slope -= degrees;
            }
            Item::Rule(rule) => [&mut rule.from_pt, &mut rule.to_pt].into_iter().for_each(turn),
            Item::Fill(fill) => {
                let (right, bottom) = (fill.x_pt + fill.width_pt, fill.y_pt + fill.height_pt);
                let mut points = vec![(fill.x_pt, fill.y_pt), (right, fill.y_pt), (right, bottom), (fill.x_pt, bottom)];
                points.iter_mut().for_each(turn);
                *item =
                    Item::Shape(Box::new(Shape { points, closed: true, fill: Some(fill.color), ..Shape::default() }));
            }
            Item::Shape(shape) => shape.all_points().for_each(turn),
            Item::Picture(picture) => {
                let (half_width, half_height) = (picture.width_pt / 2.0, picture.height_pt / 2.0);
                let mut middle = (picture.x_pt + half_width, picture.y_pt + half_height);
                turn(&mut middle);
                (picture.x_pt, picture.y_pt) = (middle.0 - half_width, middle.1 - half_height);
            }
        }
    }
}

/// How high a Han character's square stands above the baseline, and how far below it, in parts of its size.
const ABOVE: f32 = 0.88;
/// Marks of a pause stand in the lower left of their square where lines run across, in the upper right where they run down.
const PAUSES: &str = "、。，．";

/// Whether a character is upright on a line that runs down; brackets and dashes lie along it.
fn stands_upright(c: char) -> bool {
    let lies =
        matches!(c, '（' | '）' | '〈'..='】' | '〔'..='〛' | '｛' | '｝' | '［' | '］' | '—' | '…' | '～' | 'ー');
    !lies
        && !matches!(c, '“' | '”' | '‘' | '’')
        && scripts(c.encode_utf8(&mut [0; 4])).all(|(_, script)| script == Script::EastAsian)
}

/// A run's characters that are upright one by one, and the stretches between them.
fn parts(run: TextRun) -> impl Iterator<Item = TextRun> {
    let mut along = run.x_pt;
    let stretches: Vec<Vec<PlacedGlyph>> = run
        .glyphs
        .chunk_by(|one, next| !stands_upright(one.character) && !stands_upright(next.character))
        .map(<[PlacedGlyph]>::to_vec)
        .collect();
    stretches.into_iter().map(move |glyphs| {
        let x_pt = along;
        along += glyphs.iter().map(|glyph| glyph.advance_pt).sum::<f32>();
        TextRun { glyphs, x_pt, ..run.clone() }
    })
}

/// An upright character: its square stands where the turned one's would.
fn set_upright(run: TextRun, right_pt: f32, top_pt: f32) -> TextRun {
    let size = run.size_pt;
    let is_pause = run.glyphs.first().is_some_and(|glyph| PAUSES.contains(glyph.character));
    let shift = if is_pause { size * 0.55 } else { 0.0 };
    let left = right_pt - run.baseline_pt - size * (1.0 - ABOVE);
    TextRun { x_pt: left + shift, baseline_pt: top_pt + run.x_pt + size * ABOVE - shift, ..run }
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
            shape.all_points().for_each(|place| *place = point(*place));
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
    use super::{Fill, rotate};
    use crate::document::{
        Anchor, Block, Cell, CellMargins, Color, Length, Place, Position, RowHeight, Table, TablePosition, TableRow,
        VerticalAlign,
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
        document.sections[0].footer.default = vec![Block::from(table)];
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

    #[test]
    fn upright_characters_stand_below_each_other_and_others_are_turned() {
        let cell = Cell {
            turned: true,
            upright: true,
            vertical_align: VerticalAlign::Center,
            ..Cell::of(vec![Block::Paragraph(paragraph("甲、ab乙"))])
        };
        let margins = CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() };
        let row =
            TableRow { height: Some(RowHeight::AtLeast(Length::pt(90.0))), cells: vec![cell], ..TableRow::default() };
        let table = Table { columns: vec![Length::pt(30.0)], margins, rows: vec![row], ..Table::default() };
        let pages = set(&document(vec![Block::from(table)], |_| ())).pages;
        let runs: Vec<String> = pages.pages[0]
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) => {
                    let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
                    Some(format!("{} {:.1} {:.1} {text}", run.turned, run.x_pt, run.baseline_pt))
                }
                _ => None,
            })
            .collect();
        // a line of 20 in the middle of 30 points: its right edge is 45, its baseline 16 to the left of that
        assert_eq!(runs, ["false 27.8 28.8 甲", "false 33.3 33.3 、", "true 40.0 29.0 ab", "false 27.8 61.3 乙"]);
    }

    #[test]
    fn what_is_turned_around_a_point_keeps_its_distance_from_it() {
        let fill = Fill { x_pt: 10.0, y_pt: 0.0, width_pt: 10.0, height_pt: 2.0, color: Color::BLACK };
        let mut items = vec![Item::Fill(fill)];
        rotate(&mut items, (0.0, 0.0), 90.0);
        let Item::Shape(shape) = &items[0] else { panic!("a turned rectangle is a polygon") };
        let points: Vec<_> = shape.points.iter().map(|(x, y)| (x.round() as i32, y.round() as i32)).collect();
        assert_eq!(points, [(0, 10), (0, 20), (-2, 20), (-2, 10)]);
    }
}
