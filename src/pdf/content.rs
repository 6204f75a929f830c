//! Draws pages: their items as the operators of content streams.
//!
//! Nothing is said twice: font, colours, line width and the like are set where they change. What is drawn is printpdf's
//! operations, which printpdf writes down; text is written by `text`, and put in where printpdf has left a mark for it.
//! The fonts and pictures that both name are put in by `file`.

use std::collections::HashMap;
use std::io::Write;

use printpdf::{
    Color as Ink, Greyscale, Line, LineDashPattern, LinePoint, Mm, Op, PaintMode, PdfDocument, PdfPage, PdfSaveOptions,
    Point, Polygon, PolygonRing, Pt, Rect, Rgb, WindingOrder, XObjectId, XObjectTransform,
};

use super::face::UsedFace;
use super::picture::PlacedPictures;
use super::structure;
use super::text::TextState;
use crate::document::{Color, Crop};
use crate::layout::{ElementId, Fill, Item, Page, PlacedPicture, Role, Rule, Shape, Structure, TextRun};

/// Content of pages that is marked as parts of elements.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Of every page the elements that its marked content is a part of, by its identifier there.
    pub of_pages: Vec<Vec<ElementId>>,
    /// Where the first picture of an element stands: left, bottom, right and top.
    pub pictures: HashMap<ElementId, [f32; 4]>,
}

/// Draws some pages that come after those which have been marked: the content stream of each, not yet compressed.
pub(super) fn draw_all(
    pages: &[Page],
    structure: &Structure,
    faces: &[UsedFace<'_>],
    pictures: &PlacedPictures,
    marks: &mut Marks,
) -> Vec<Vec<u8>> {
    let mut document = PdfDocument::new("");
    let mut texts = Vec::with_capacity(pages.len());
    for page in pages {
        let pen = draw(page, structure, faces, pictures);
        document.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), pen.ops));
        marks.of_pages.push(pen.marks);
        for (element, bounds) in pen.pictures {
            marks.pictures.entry(element).or_insert(bounds);
        }
        texts.push(pen.texts);
    }
    // What printpdf holds to be insecure are operators that it has no name for.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, image_optimization: None, secure: false };
    // printpdf warns of what we never do: text outside of text objects, colours out of range.
    let mut document = document.to_lopdf_document(&options, &mut Vec::new());
    let streams: Vec<_> = document.page_iter().flat_map(|page| document.get_page_contents(page)).collect();
    streams
        .into_iter()
        .filter_map(|id| document.objects.remove(&id))
        .filter_map(|object| match object {
            lopdf::Object::Stream(stream) => Some(stream.content),
            _ => None,
        })
        .zip(&texts)
        .map(|(drawn, texts)| with_texts(&drawn, texts))
        .collect()
}

/// The mark that is left for text, and how printpdf writes it.
const TEXT: (&str, &[u8]) = ("-", b"/- MP");

/// What printpdf has written, an operator on each line, with the texts in the place of their marks.
fn with_texts(drawn: &[u8], texts: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(drawn.len() + texts.iter().map(Vec::len).sum::<usize>());
    let mut texts = texts.iter();
    for line in drawn.split(|byte| *byte == b'\n') {
        if line == TEXT.1 {
            texts.next().into_iter().for_each(|text| stream.extend_from_slice(text));
        } else {
            stream.extend_from_slice(line);
            stream.push(b'\n');
        }
    }
    stream
}

/// Draws a page.
fn draw(page: &Page, structure: &Structure, faces: &[UsedFace<'_>], pictures: &PlacedPictures) -> Pen {
    let mut pen = Pen { height: page.height_pt, ..Pen::default() };
    let mut text = TextState::default();
    for part in page.items.chunk_by(|one, other| element_of(one) == element_of(other)) {
        pen.begin_part(part.first(), structure);
        for items in part.chunk_by(|one, other| matches!((one, other), (Item::Text(_), Item::Text(_)))) {
            match items {
                [Item::Fill(fill)] => pen.fill(fill),
                [Item::Rule(rule)] => pen.rule(rule),
                [Item::Picture(picture)] => pen.picture(picture, pictures),
                [Item::Shape(shape)] => pen.shape(shape),
                runs => {
                    let runs: Vec<&TextRun> = runs.iter().filter_map(as_text).collect();
                    text.draw(&runs, faces, &mut pen);
                }
            }
        }
        pen.text().extend_from_slice(b"EMC\n");
    }
    pen
}

/// What an item is a part of.
fn element_of(item: &Item) -> Option<ElementId> {
    match item {
        Item::Text(run) => run.element,
        Item::Picture(picture) => picture.element,
        Item::Shape(shape) => shape.element,
        Item::Fill(_) | Item::Rule(_) => None,
    }
}

fn as_text(item: &Item) -> Option<&TextRun> {
    match item {
        Item::Text(run) => Some(run),
        _ => None,
    }
}

/// What has been drawn on a page, and the state that it left.
pub(super) struct Pen {
    ops: Vec<Op>,
    /// What stands in the place of each mark among the operations.
    texts: Vec<Vec<u8>>,
    /// The elements of what has been marked, by its identifier.
    marks: Vec<ElementId>,
    /// Where pictures of elements stand.
    pictures: Vec<(ElementId, [f32; 4])>,
    /// The page's height: PDF measures from the bottom.
    height: f32,
    fill_color: Color,
    stroke_color: Color,
    line_width: f32,
    dash: Vec<f32>,
    round_joins: bool,
}

impl Default for Pen {
    /// The state that a page begins in.
    fn default() -> Self {
        Self {
            ops: Vec::new(),
            texts: Vec::new(),
            marks: Vec::new(),
            pictures: Vec::new(),
            height: 0.0,
            fill_color: Color::BLACK,
            stroke_color: Color::BLACK,
            line_width: 1.0,
            dash: Vec::new(),
            round_joins: false,
        }
    }
}

impl Pen {
    /// The text to write on, after all that has been drawn.
    pub fn text(&mut self) -> &mut Vec<u8> {
        if !matches!(self.ops.last(), Some(Op::Marker { .. })) {
            self.ops.push(Op::Marker { id: TEXT.0.to_owned() });
            self.texts.push(Vec::with_capacity(256));
        }
        let last = self.texts.len().saturating_sub(1);
        &mut self.texts[last]
    }

    /// A distance from the page's top as one from its bottom.
    pub fn up(&self, y: f32) -> f32 {
        number(self.height - y)
    }

    /// Begins content that is a part of an element, or of none.
    fn begin_part(&mut self, first: Option<&Item>, structure: &Structure) {
        let id = first.and_then(element_of);
        let Some((id, element)) = id.and_then(|id| Some((id, structure.elements.get(id.0 as usize)?))) else {
            return self.text().extend_from_slice(b"/Artifact BMC\n");
        };
        let (name, identifier) = (structure::name(&element.role), self.marks.len());
        // Nothing that is written into memory fails.
        let _ = writeln!(self.text(), "/{name}<</MCID {identifier}>>BDC");
        let bounds = match (first, &element.role) {
            (Some(Item::Picture(picture)), Role::Figure(_)) => Some([
                number(picture.x_pt),
                self.up(picture.y_pt + picture.height_pt),
                number(picture.x_pt + picture.width_pt),
                self.up(picture.y_pt),
            ]),
            (Some(Item::Shape(shape)), Role::Figure(_)) => {
                let edge = |of: fn(&(f32, f32)) -> f32, pick: fn(f32, f32) -> f32| {
                    number(shape.points.iter().map(of).reduce(pick).unwrap_or_default())
                };
                let (left, right) = (edge(|point| point.0, f32::min), edge(|point| point.0, f32::max));
                let (top, bottom) = (edge(|point| point.1, f32::min), edge(|point| point.1, f32::max));
                Some([left, self.up(bottom), right, self.up(top)])
            }
            _ => None,
        };
        self.marks.push(id);
        self.pictures.extend(bounds.map(|bounds| (id, bounds)));
    }

    pub fn set_fill_color(&mut self, color: Color) {
        if self.fill_color != color {
            self.fill_color = color;
            self.ops.push(Op::SetFillColor { col: ink(color) });
        }
    }

    pub fn set_stroke_color(&mut self, color: Color) {
        if self.stroke_color != color {
            self.stroke_color = color;
            self.ops.push(Op::SetOutlineColor { col: ink(color) });
        }
    }

    pub fn set_line_width(&mut self, width: f32) {
        let width = number(width).max(0.0);
        if self.line_width != width {
            self.line_width = width;
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
    }

    /// Joins the outlines of bold text without spikes; rules have no joins.
    pub fn set_round_joins(&mut self) {
        if !self.round_joins {
            self.round_joins = true;
            self.ops.push(Op::SetLineJoinStyle { join: printpdf::LineJoinStyle::Round });
        }
    }

    pub fn set_dash(&mut self, dash: &[f32]) {
        // A pattern of nothing but zeros, or with a negative length, is an error in PDF.
        let usable = dash.iter().all(|length| length.is_finite() && *length >= 0.0) && dash.iter().any(|l| *l > 0.0);
        let dash = if usable { dash } else { &[] };
        if self.dash != dash {
            self.dash = dash.to_vec();
            let rounded: Vec<f32> = dash.iter().map(|length| number(*length)).collect();
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &rounded) });
        }
    }

    fn fill(&mut self, fill: &Fill) {
        self.set_fill_color(fill.color);
        let rectangle = Rect {
            x: Pt(number(fill.x_pt)),
            y: Pt(self.up(fill.y_pt + fill.height_pt)),
            width: Pt(number(fill.width_pt)),
            height: Pt(number(fill.height_pt)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn rule(&mut self, rule: &Rule) {
        self.set_stroke_color(rule.color);
        self.set_line_width(rule.width_pt);
        self.set_dash(&rule.dash_pt);
        let point = |(x, y): (f32, f32)| {
            let p = Point { x: Pt(number(x)), y: Pt(self.up(y)) };
            LinePoint { p, bezier: false }
        };
        let line = Line { points: vec![point(rule.from_pt), point(rule.to_pt)], is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    fn shape(&mut self, shape: &Shape) {
        let mode = match (shape.fill, shape.stroke) {
            (None, None) => return,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (Some(_), Some(_)) => PaintMode::FillStroke,
        };
        if let Some(color) = shape.fill {
            self.set_fill_color(color);
        }
        if let Some((color, width)) = shape.stroke {
            self.set_stroke_color(color);
            self.set_line_width(width);
            self.set_dash(&shape.dash_pt);
            self.set_round_joins();
        }
        let point = |&(x, y): &(f32, f32)| {
            let p = Point { x: Pt(number(x)), y: Pt(self.up(y)) };
            LinePoint { p, bezier: false }
        };
        let ring = |points: &Vec<(f32, f32)>| PolygonRing { points: points.iter().map(point).collect() };
        if shape.closed {
            let rings = std::iter::once(&shape.points).chain(&shape.holes).map(ring).collect();
            let winding_order = if shape.holes.is_empty() { WindingOrder::NonZero } else { WindingOrder::EvenOdd };
            self.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } });
        } else {
            let PolygonRing { points } = ring(&shape.points);
            self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
        }
    }

    fn picture(&mut self, picture: &PlacedPicture, pictures: &PlacedPictures) {
        let Some(name) = pictures.name(&picture.image) else { return };
        let PlacedPicture { x_pt, y_pt, width_pt, height_pt, .. } = *picture;
        let whole = picture.crop.around(x_pt.into(), y_pt.into(), width_pt.into(), height_pt.into());
        let [left, top, right, bottom] = whole.map(|edge| edge as f32);
        let transform = XObjectTransform {
            translate_x: Some(Pt(number(left))),
            translate_y: Some(Pt(self.up(bottom))),
            scale_x: Some(number(right - left)),
            scale_y: Some(number(bottom - top)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        let shown = Op::UseXobject { id: XObjectId(name), transform };
        if picture.crop == Crop::NONE {
            return self.ops.push(shown);
        }
        let rectangle = Rect {
            x: Pt(number(x_pt)),
            y: Pt(self.up(y_pt + height_pt)),
            width: Pt(number(width_pt)),
            height: Pt(number(height_pt)),
            mode: Some(PaintMode::Clip),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.ops.extend([Op::SaveGraphicsState, Op::DrawRectangle { rectangle }, shown, Op::RestoreGraphicsState]);
    }
}

/// A coordinate to a thousandth of a point; no number in PDF may be infinite.
pub(super) fn number(value: f32) -> f32 {
    let value = (f64::from(value) * 1000.0).round() / 1000.0;
    if value.is_finite() { value.clamp(-1e6, 1e6) as f32 } else { 0.0 }
}

fn ink(color: Color) -> Ink {
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    if color.red == color.green && color.green == color.blue {
        Ink::Greyscale(Greyscale::new(part(color.red), None))
    } else {
        Ink::Rgb(Rgb::new(part(color.red), part(color.green), part(color.blue), None))
    }
}
