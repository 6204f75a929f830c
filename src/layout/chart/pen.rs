//! What a chart is drawn with: polygons, lines and labels, measured from the chart's own corner.

use crate::document::{
    Align, Block, CharacterFormat, Color, Content, Indent, Length, LineSpacing, Paragraph, ParagraphFormat, PlotArea,
    Run,
};
use crate::layout::draw::Canvas;
use crate::layout::page::{Item, Shape};
use crate::layout::setter::Setter;
use crate::layout::stack::Stack;
use crate::layout::structure::ElementId;

/// A place in the chart, in points from its top left corner.
pub(super) type Spot = (f64, f64);

/// A rectangle in the chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn width(&self) -> f64 {
        (self.right - self.left).max(0.0)
    }

    pub fn height(&self) -> f64 {
        (self.bottom - self.top).max(0.0)
    }

    /// The rectangle that is a part of it.
    pub fn part(&self, area: &PlotArea) -> Self {
        let (left, top) = (self.left + area.left * self.width(), self.top + area.top * self.height());
        Self { left, top, right: left + area.width * self.width(), bottom: top + area.height * self.height() }
    }

    pub fn middle(&self) -> Spot {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}

/// A text, set and measured.
#[derive(Clone, Debug)]
pub(super) struct Label {
    text: Stack,
    /// The width that it was set in.
    limit: f64,
    /// Width of its widest line.
    pub width: f64,
    /// Height of its lines.
    pub height: f64,
}

/// Draws one chart.
pub(super) struct Pen<'s, 'd> {
    setter: &'s mut Setter<'d>,
    /// What has been drawn.
    pub items: Vec<Item>,
    element: Option<ElementId>,
    format: CharacterFormat,
}

impl<'s, 'd> Pen<'s, 'd> {
    pub fn new(setter: &'s mut Setter<'d>, format: &CharacterFormat, element: Option<ElementId>) -> Self {
        Self { setter, items: Vec::new(), element, format: format.clone() }
    }

    /// The size of the chart's text.
    pub fn size(&self) -> f64 {
        self.format.size.map_or(10.0, Length::to_pt).clamp(1.0, 200.0)
    }

    /// A label in the chart's own format, in lines no wider than `limit`.
    pub fn label(&mut self, text: &str, limit: f64) -> Label {
        let format = self.format.clone();
        self.label_as(text, &format, limit)
    }

    /// A label in a colour of its own.
    pub fn label_in(&mut self, text: &str, ink: Color, limit: f64) -> Label {
        let format = CharacterFormat { color: Some(ink), ..self.format.clone() };
        self.label_as(text, &format, limit)
    }

    /// A label in a format of its own.
    pub fn label_as(&mut self, text: &str, format: &CharacterFormat, limit: f64) -> Label {
        let limit = limit.clamp(1.0, 2000.0);
        let none = Indent::Length(Length::ZERO);
        let paragraph = Paragraph {
            format: ParagraphFormat {
                align: Some(Align::Center),
                space_before: Some(Length::ZERO),
                space_after: Some(Length::ZERO),
                line_spacing: Some(LineSpacing::Multiple(1.0)),
                numbering: Some(None),
                outline_level: Some(None),
                indent_left: Some(none),
                indent_right: Some(none),
                first_line: Some(none),
                ..ParagraphFormat::default()
            }
            .into(),
            runs: vec![Run { content: Content::Text(text.to_owned()), format: format.clone().into(), source: None }],
            mark: format.clone().into(),
            ..Paragraph::default()
        };
        self.setter.tags.mute();
        let text = Stack::set(self.setter, &[Block::Paragraph(paragraph)], Length::pt(limit), 1);
        self.setter.tags.unmute();
        // every line is in the middle of the limit
        let width = (2.0 * text.width().to_pt() - limit).clamp(0.0, limit);
        let height = text.height.to_pt();
        Label { text, limit, width, height }
    }

    /// Writes a label, its widest line beginning at `left`.
    pub fn write(&mut self, label: &Label, (left, top): Spot) {
        let mut canvas = Canvas::default();
        let x = left - (label.limit - label.width) / 2.0;
        label.text.draw_all(&mut canvas, Length::pt(x), Length::pt(top));
        self.take(canvas);
    }

    /// Writes a label from top to bottom, Han characters upright, its middle at a place's right and left.
    pub fn write_turned(&mut self, label: &Label, (x, top): Spot) {
        let mut canvas = Canvas::default();
        let from = -(label.limit - label.width) / 2.0;
        label.text.draw_all(&mut canvas, Length::pt(from), Length::ZERO);
        let mut turned = Canvas::default();
        turned.take_turned(canvas, (x + label.height / 2.0) as f32, top as f32, true);
        self.take(turned);
    }

    fn take(&mut self, canvas: Canvas) {
        for mut item in canvas.into_items() {
            if let Item::Text(run) = &mut item {
                run.element = self.element;
            }
            self.items.push(item);
        }
    }

    /// Writes a label with its middle at a place.
    pub fn write_around(&mut self, label: &Label, (x, y): Spot) {
        self.write(label, (x - label.width / 2.0, y - label.height / 2.0));
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: &[Spot], color: Color) {
        self.shape(points, true, Some(color), None);
    }

    /// A line through points.
    pub fn line(&mut self, points: &[Spot], color: Color, width: f64) {
        if points.len() > 1 && width > 0.0 {
            self.shape(points, false, None, Some((color, width as f32)));
        }
    }

    pub fn rectangle(&mut self, frame: &Frame, fill: Option<Color>, stroke: Option<(Color, f32)>) {
        let Frame { left, top, right, bottom } = *frame;
        self.shape(&[(left, top), (right, top), (right, bottom), (left, bottom)], true, fill, stroke);
    }

    fn shape(&mut self, points: &[Spot], closed: bool, fill: Option<Color>, stroke: Option<(Color, f32)>) {
        let points = points.iter().map(|&(x, y)| (x as f32, y as f32)).collect();
        self.items.push(Item::Shape(Box::new(Shape {
            points,
            closed,
            fill,
            stroke,
            element: self.element,
            ..Shape::default()
        })));
    }
}
