//! What stands beside the text: pictures and text boxes, set, and where they come to stand.

use std::sync::Arc;

use crate::document::{
    Anchor, Border, CellMargins, Color, Down, Float, FloatContent, Length, Outline, Picture, Place, Position,
    VerticalAlign, Wrap,
};

use super::art::set_art;
use super::border::{self, Way};
use super::chart::{SetChart, set_chart};
use super::draw::Canvas;
use super::measure::{half, points, snapped, snapped_positive};
use super::outline::Outlined;
use super::page::{Fill, Item, PlacedPicture, TextRun};
use super::setter::Setter;
use super::stack::Stack;
use super::structure::{ElementId, Role};
use super::turn;

/// The widest that a box without a width of its own may be: 22 inches.
const WIDEST: Length = Length::twips(31_680);

/// Text boxes within text boxes deeper than this are left empty.
const MOST_DEPTH: usize = 8;

/// A float with its content set.
#[derive(Clone, Debug)]
pub(super) struct SetFloat {
    /// Its position and how the text makes way.
    pub float: Float,
    /// The sign that it is anchored before.
    pub sign: usize,
    width: Length,
    height: Length,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Picture(Picture, Option<ElementId>),
    Chart(SetChart),
    Art(Vec<TextRun>),
    Box(Box<SetBox>),
}

#[derive(Clone, Debug)]
struct SetBox {
    text: Stack,
    margins: CellMargins,
    vertical_align: VerticalAlign,
    fill: Option<Color>,
    border: Option<Border>,
    outline: Option<Arc<Outline>>,
    down: Option<Down>,
}

/// A rectangle on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rectangle {
    /// Left edge.
    pub left: Length,
    /// Upper edge.
    pub top: Length,
    /// Right edge.
    pub right: Length,
    /// Lower edge.
    pub bottom: Length,
}

/// What positions on a page are measured from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Area {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// The type area.
    pub text: Rectangle,
}

/// What a float's anchor is at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AnchorPoint {
    /// Left edge of the column.
    pub column: Length,
    /// Width of the column.
    pub column_width: Length,
    /// Top of the paragraph.
    pub paragraph: Length,
    /// Top of the line.
    pub line: Length,
    /// Left edge of the sign.
    pub sign: Length,
}

/// Sets a float's content.
pub(super) fn set_float(setter: &mut Setter, float: &Float, sign: usize, paragraph: Option<ElementId>) -> SetFloat {
    let (mut width, mut height) = (snapped_positive(float.width), snapped_positive(float.height));
    let content = match &float.content {
        FloatContent::Picture(picture) => {
            let element = setter.tags.figure(&picture.description, paragraph);
            Content::Picture(Picture { width, height, ..picture.clone() }, element)
        }
        FloatContent::Chart { chart, description } => {
            let element = setter.tags.figure(description, paragraph);
            Content::Chart(set_chart(setter, chart, (width, height), element))
        }
        FloatContent::WordArt(art) => Content::Art(set_art(setter, art, (width, height))),
        FloatContent::Box(text_box) => {
            let margins = text_box.margins;
            let sides = margins.left + margins.right;
            // a box without a width is as wide as its text
            let inner = match text_box.down {
                None if width > Length::ZERO => (width - sides).max(Length::twips(20)),
                Some(_) if height > Length::ZERO => (height - margins.top - margins.bottom).max(Length::twips(20)),
                _ => WIDEST,
            };
            setter.depth += 1;
            setter.tags.open(Role::Box);
            // in Word text boxes keep to the grid
            let set = if setter.document.styles.typography.word.is_some() { Stack::set_on_grid } else { Stack::set };
            let blocks = if setter.depth > MOST_DEPTH { &[] } else { text_box.blocks.as_slice() };
            let text = set(setter, blocks, inner, 0);
            let text = if width > Length::ZERO || text_box.down.is_some() {
                text
            } else {
                width = text.width() + sides;
                set(setter, blocks, width - sides, 0)
            };
            setter.tags.close();
            setter.depth -= 1;
            if text_box.grows && !blocks.is_empty() && text_box.down.is_none() {
                height = height.max(text.height + margins.top + margins.bottom);
            }
            let (fill, border, vertical_align) = (text_box.fill, text_box.border, text_box.vertical_align);
            let (outline, down) = (text_box.outline.clone(), text_box.down);
            Content::Box(Box::new(SetBox { text, margins, vertical_align, fill, border, outline, down }))
        }
    };
    SetFloat {
        float: Float { content: FloatContent::Box(Default::default()), ..float.clone() },
        sign,
        width,
        height,
        content,
    }
}

impl SetFloat {
    /// Where it stands.
    pub fn rectangle(&self, area: &Area, at: &AnchorPoint) -> Rectangle {
        position_of(&self.float.horizontal, &self.float.vertical, (self.width, self.height), area, at)
    }

    /// The room that the text keeps out of; none if it does not make way.
    pub fn kept_free(&self, rectangle: &Rectangle) -> Option<Exclusion> {
        let distance = &self.float.distance;
        let room = Rectangle {
            left: rectangle.left - distance.left,
            top: rectangle.top - distance.top,
            right: rectangle.right + distance.right,
            bottom: rectangle.bottom + distance.bottom,
        };
        match self.float.wrap {
            Wrap::None => None,
            Wrap::Square => Some(Exclusion { room, whole_lines: false }),
            Wrap::TopAndBottom => Some(Exclusion { room, whole_lines: true }),
        }
    }

    /// Draws it.
    pub fn draw(&self, canvas: &mut Canvas, at: &AnchorPoint) {
        let rectangle = self.rectangle(&canvas.area, at);
        let mut own = Canvas { page: canvas.page, area: canvas.area, repeats: canvas.repeats, ..Canvas::default() };
        match &self.content {
            Content::Picture(picture, element) => own.items.push(Item::Picture(Box::new(PlacedPicture {
                x_pt: points(rectangle.left),
                y_pt: points(rectangle.top),
                width_pt: points(self.width),
                height_pt: points(self.height),
                image: picture.image.clone(),
                crop: picture.crop,
                description: picture.description.clone(),
                element: element.filter(|_| !canvas.repeats),
            }))),
            Content::Chart(chart) => own.items.extend(chart.at(points(rectangle.left), points(rectangle.top))),
            Content::Art(runs) => own.items.extend(runs.iter().cloned().map(|run| {
                let mut item = Item::Text(run);
                item.shift(points(rectangle.left), points(rectangle.top));
                item
            })),
            Content::Box(text_box) => text_box.draw(&mut own, &rectangle),
        }
        canvas.notes.append(&mut own.notes);
        canvas.links.append(&mut own.links);
        canvas.bookmarks.append(&mut own.bookmarks);
        let mut items = own.into_items();
        if let Content::Box(text_box) = &self.content
            && let Some(outline) = text_box.outline.as_ref().filter(|outline| outline.degrees != 0.0)
        {
            let middle = (half(rectangle.left + rectangle.right), half(rectangle.top + rectangle.bottom));
            turn::rotate(&mut items, (points(middle.0), points(middle.1)), outline.degrees);
        }
        if self.float.behind { canvas.behind.extend(items) } else { canvas.front.extend(items) }
    }
}

impl SetBox {
    fn draw(&self, canvas: &mut Canvas, rectangle: &Rectangle) {
        if let Some(outline) = &self.outline {
            let shape = Outlined { outline, fill: self.fill, border: self.border };
            shape.draw(&mut canvas.items, rectangle);
        } else {
            self.draw_rectangle(canvas, rectangle);
        }
        let margins = &self.margins;
        let (left, right) = (rectangle.left + margins.left, rectangle.right - margins.right);
        let (top, bottom) = (rectangle.top + margins.top, rectangle.bottom - margins.bottom);
        let room = if self.down.is_some() { right - left } else { bottom - top };
        let free = (room - self.text.height).max(Length::ZERO);
        let aside = match self.vertical_align {
            VerticalAlign::Top => Length::ZERO,
            VerticalAlign::Center => half(free),
            VerticalAlign::Bottom => free,
        };
        let Some(down) = self.down else {
            return self.text.draw_all(canvas, left, top + aside);
        };
        // what is above for lines that run across is at the right
        let mut turned = Canvas { page: canvas.page, area: canvas.area, repeats: canvas.repeats, ..Canvas::default() };
        self.text.draw_all(&mut turned, Length::ZERO, Length::ZERO);
        canvas.take_turned(turned, points(right - aside), points(top), down == Down::Upright);
    }

    fn draw_rectangle(&self, canvas: &mut Canvas, rectangle: &Rectangle) {
        let Rectangle { left, top, right, bottom } = *rectangle;
        if let Some(color) = self.fill.filter(|_| right > left && bottom > top) {
            canvas.items.push(Item::Fill(Fill {
                x_pt: points(left),
                y_pt: points(top),
                width_pt: points(right - left),
                height_pt: points(bottom - top),
                color,
            }));
        }
        if let Some(rule) = &self.border {
            for y in [top, bottom] {
                border::draw(&mut canvas.items, rule, Way::Across { from: left, to: right, y });
            }
            for x in [left, right] {
                border::draw(&mut canvas.items, rule, Way::Down { from: top, to: bottom, x });
            }
        }
    }
}

/// Where something of a size stands by its position.
pub(super) fn position_of(
    horizontal: &Position,
    vertical: &Position,
    (width, height): (Length, Length),
    area: &Area,
    at: &AnchorPoint,
) -> Rectangle {
    let text = &area.text;
    let (from, size) = match horizontal.from {
        Anchor::Page => (Length::ZERO, area.width),
        Anchor::Margin => (text.left, text.right - text.left),
        Anchor::MarginBefore => (Length::ZERO, text.left),
        Anchor::MarginAfter => (text.right, area.width - text.right),
        Anchor::Line => (at.sign, Length::ZERO),
        Anchor::Column | Anchor::Paragraph => (at.column, at.column_width),
    };
    let left = place(horizontal.at, from, size, width);
    let (from, size) = match vertical.from {
        Anchor::Page => (Length::ZERO, area.height),
        Anchor::Margin => (text.top, text.bottom - text.top),
        Anchor::MarginBefore => (Length::ZERO, text.top),
        Anchor::MarginAfter => (text.bottom, area.height - text.bottom),
        Anchor::Line => (at.line, Length::ZERO),
        Anchor::Column | Anchor::Paragraph => (at.paragraph, Length::ZERO),
    };
    let top = place(vertical.at, from, size, height);
    Rectangle { left, top, right: left + width, bottom: top + height }
}

fn place(place: Place, from: Length, size: Length, extent: Length) -> Length {
    match place {
        Place::Offset(offset) => from + snapped(offset),
        Place::Start => from,
        Place::Center => from + half(size - extent),
        Place::End => from + size - extent,
        Place::Part(part) => from + size * part,
    }
}

/// Room on a page that text keeps out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exclusion {
    /// The room.
    pub room: Rectangle,
    /// No text stands beside it.
    pub whole_lines: bool,
}
