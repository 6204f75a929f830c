//! Drawings: pictures and text boxes, in the line or beside the text (`w:drawing`).

use std::sync::Arc;

use super::measure::{emu, number, points};
use super::position::position;
use super::shape::{insets, look};
use super::story::{MOST_DEPTH, Story};
use super::tree::{Element, is_on};
use crate::diagnostic::Words;
use crate::document::{
    Anchor, CellMargins, CharacterFormat, ChartDrawing, Content, Crop, Float, FloatContent, Length, Picture, Place,
    Position, Run, VerticalAlign, Wrap,
};

/// A rectangle in a group's own measures and on paper.
#[derive(Clone, Copy)]
struct Scale {
    x: f64,
    y: f64,
    left: f64,
    top: f64,
}

/// A thing of a drawing: what it is, its size, and how far it stands from the drawing's corner.
struct Thing {
    content: FloatContent,
    width: Length,
    height: Length,
    left: Length,
    top: Length,
}

impl Story<'_> {
    /// A drawing.
    pub fn drawing(&mut self, element: &Element, format: &CharacterFormat, runs: &mut Vec<Run>) {
        if self.fields.in_instruction() {
            return;
        }
        for frame in &element.children {
            let extent = frame.child("wp:extent");
            let length = |name: &str| extent.and_then(|extent| emu(extent.attribute(name)?)).unwrap_or_default();
            let (width, height) = (length("cx").max(Length::ZERO), length("cy").max(Length::ZERO));
            let description = frame.child("wp:docPr").map(description).unwrap_or_default();
            let hidden = frame.child("wp:docPr").and_then(|about| about.attribute("hidden")).is_some_and(is_on);
            if hidden {
                continue;
            }
            let things = self.things(frame, (width, height), &description);
            match frame.name.as_ref() {
                "wp:inline" => self.in_line(things, (width, height), description, format, runs),
                "wp:anchor" => runs.extend(things.into_iter().map(|thing| {
                    let float = anchored(frame, thing);
                    Run { content: Content::Float(Box::new(float)), format: format.clone().into(), source: None }
                })),
                _ => {}
            }
        }
    }

    /// A drawing in the line: one picture, or room with the drawing's things in it.
    fn in_line(
        &mut self,
        things: Vec<Thing>,
        (width, height): (Length, Length),
        description: String,
        format: &CharacterFormat,
        runs: &mut Vec<Run>,
    ) {
        let run = |content| Run { content, format: format.clone().into(), source: None };
        if let [Thing { content: FloatContent::Picture(picture), .. }] = things.as_slice() {
            let picture = Picture { width, height, ..picture.clone() };
            return runs.push(run(picture.into()));
        }
        if let [Thing { content: FloatContent::Chart { chart, description }, .. }] = things.as_slice() {
            let (chart, description) = (Arc::clone(chart), description.clone());
            return runs.push(run(Content::from(ChartDrawing {
                chart,
                width,
                height,
                description,
                sources: Vec::new(),
            })));
        }
        for thing in things {
            let at = |from, offset| Position { from, at: Place::Offset(offset) };
            let float = Float {
                horizontal: at(Anchor::Line, thing.left),
                vertical: at(Anchor::Line, thing.top),
                width: thing.width,
                height: thing.height,
                wrap: Wrap::None,
                distance: no_margins(),
                behind: false,
                content: thing.content,
            };
            runs.push(run(Content::Float(Box::new(float))));
        }
        // the room that it takes in the line
        let image = super::picture::blank();
        runs.push(run(Content::from(Picture { image, width, height, crop: Crop::NONE, description })));
    }

    /// The things of a drawing.
    fn things(&mut self, frame: &Element, size: (Length, Length), description: &str) -> Vec<Thing> {
        let data = frame.child("a:graphic").and_then(|graphic| graphic.child("a:graphicData"));
        let Some(data) = data else { return Vec::new() };
        let scale = Scale { x: 1.0, y: 1.0, left: 0.0, top: 0.0 };
        let mut things = Vec::new();
        for child in &data.children {
            match child.name.as_ref() {
                "pic:pic" => {
                    if let Some(picture) = self.picture(child, size, description) {
                        things.push(thing(FloatContent::Picture(picture), size));
                    }
                }
                "wps:wsp" => {
                    let text_box = self.shape(child, size);
                    things.push(thing(FloatContent::Box(text_box), size));
                }
                "wpg:wgp" | "wpc:wpc" => self.group(child, scale, &mut things, 0),
                "c:chart" => things.extend(self.chart(child, size, description)),
                "cx:chart" => self.missing.push(Words::new("图表", "a chart")),
                "dgm:relIds" => {
                    if !self.diagram(child, size, &mut things) {
                        self.missing.push(Words::new("SmartArt 图形", "a SmartArt diagram"));
                    }
                }
                _ => self.missing.push(Words::new("图形", "a drawing")),
            }
        }
        things
    }

    /// A chart, from the figures that the file keeps of it.
    fn chart(&mut self, element: &Element, size: (Length, Length), description: &str) -> Option<Thing> {
        let path = element.attribute("r:id").and_then(|id| self.relations.get(id)).map(|chart| chart.target.clone());
        let Some((chart, missing)) = path.and_then(|path| self.book.chart(&path)) else {
            self.missing.push(Words::new("图表", "a chart"));
            return None;
        };
        self.missing.extend(missing);
        let told = [description, chart.title.as_str(), "图表"].into_iter().find(|text| !text.is_empty());
        let description = told.unwrap_or_default().to_owned();
        Some(thing(FloatContent::Chart { chart, description }, size))
    }

    /// A SmartArt diagram, from the drawing that Word keeps of it.
    fn diagram(&mut self, element: &Element, size: (Length, Length), things: &mut Vec<Thing>) -> bool {
        let data = element.attribute("r:dm").and_then(|id| self.relations.get(id)).map(|data| data.target.clone());
        let Some(path) = data.map(|data| data.replace("/data", "/drawing")) else { return false };
        let Ok(Some(drawing)) = self.book.package.tree(&path) else { return false };
        let Some(shapes) = drawing.child("dsp:spTree") else { return false };
        for shape in shapes.children_named("dsp:sp") {
            let (rectangle, size) = place_of(shape.child("dsp:spPr"), size);
            let mut text_box = look(shape.child("dsp:spPr"), None, size, self);
            text_box.vertical_align = VerticalAlign::Center;
            if let Some(text) = shape.child("dsp:txBody") {
                text_box.blocks = super::drawing_text::blocks(text, &self.book.theme);
                text_box.margins = insets(text.child("a:bodyPr"), text_box.margins);
            }
            let (left, top) = rectangle;
            things.push(Thing { content: FloatContent::Box(text_box), width: size.0, height: size.1, left, top });
        }
        true
    }

    fn group(&mut self, group: &Element, outer: Scale, things: &mut Vec<Thing>, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        let frame = group.child("wpg:grpSpPr").and_then(|own| own.child("a:xfrm"));
        let measure = |child: &str, name: &str| frame.and_then(|frame| number(frame.child(child)?.attribute(name)?));
        let ratio = |outer: Option<f64>, inner: Option<f64>| match (outer, inner) {
            (Some(outer), Some(inner)) if inner > 0.0 => outer / inner,
            _ => 1.0,
        };
        let (x, y) = (
            ratio(measure("a:ext", "cx"), measure("a:chExt", "cx")),
            ratio(measure("a:ext", "cy"), measure("a:chExt", "cy")),
        );
        let nested = depth > 0;
        let offset = |name: &str| if nested { measure("a:off", name).unwrap_or(0.0) } else { 0.0 };
        let inner = Scale {
            x: outer.x * x,
            y: outer.y * y,
            left: outer.left + offset("x") * outer.x - measure("a:chOff", "x").unwrap_or(0.0) * outer.x * x,
            top: outer.top + offset("y") * outer.y - measure("a:chOff", "y").unwrap_or(0.0) * outer.y * y,
        };
        for child in &group.children {
            let own = child.child("wps:spPr").or_else(|| child.child("pic:spPr")).or(Some(child));
            let ((left, top), (width, height)) = place_of(own, (Length::ZERO, Length::ZERO));
            let size = (width * inner.x, height * inner.y);
            let content = match child.name.as_ref() {
                "wpg:grpSp" => {
                    self.group(child, inner, things, depth + 1);
                    continue;
                }
                "wps:wsp" => FloatContent::Box(self.shape(child, size)),
                "wpg:graphicFrame" => match self.things(child, size, "").into_iter().next() {
                    Some(thing) => thing.content,
                    None => continue,
                },
                "pic:pic" => match self.picture(child, size, "") {
                    Some(picture) => FloatContent::Picture(picture),
                    None => continue,
                },
                "wpg:cNvGrpSpPr" | "wpg:cNvPr" | "wpg:grpSpPr" | "wpc:bg" | "wpc:whole" => continue,
                _ => {
                    self.missing.push(Words::new("组合里的图形", "a drawing of a group"));
                    continue;
                }
            };
            let at = |offset: Length, scale: f64, from: f64| offset * scale + points(from / 12_700.0);
            things.push(Thing {
                content,
                width: size.0,
                height: size.1,
                left: at(left, inner.x, inner.left),
                top: at(top, inner.y, inner.top),
            });
        }
    }

    /// The text of a box.
    pub fn boxed(&mut self, content: &Element, width: Length) -> Vec<crate::document::Block> {
        if self.depth >= MOST_DEPTH {
            self.missing.push(Words::new("层层嵌套的文本框", "a text box in text boxes"));
            return Vec::new();
        }
        let part = Words::new(format!("{}的文本框", self.part.zh), format!("a text box of the {}", self.part.en));
        let relations = self.relations;
        let depth = self.depth + 1;
        let fields = self.fields.of_same_part();
        let mut inner = Story::new(self.book, relations, part, width);
        inner.depth = depth;
        inner.fields = fields;
        inner.blocks(content)
    }
}

fn thing(content: FloatContent, (width, height): (Length, Length)) -> Thing {
    Thing { content, width, height, left: Length::ZERO, top: Length::ZERO }
}

fn description(about: &Element) -> String {
    let of = |name| about.attribute(name).filter(|text| !text.is_empty());
    of("descr").or_else(|| of("title")).unwrap_or_default().to_owned()
}

pub(super) fn no_margins() -> CellMargins {
    CellMargins { top: Length::ZERO, bottom: Length::ZERO, left: Length::ZERO, right: Length::ZERO }
}

/// A thing that is anchored in the text.
fn anchored(frame: &Element, thing: Thing) -> Float {
    let distance = |name: &str| frame.attribute(name).and_then(emu).unwrap_or_default();
    let shifted = |mut position: Position, by: Length| {
        if let Place::Offset(offset) = &mut position.at {
            *offset += by;
        }
        position
    };
    let wrap = frame.children.iter().find_map(|child| match child.name.as_ref() {
        "wp:wrapNone" => Some(Wrap::None),
        "wp:wrapTopAndBottom" => Some(Wrap::TopAndBottom),
        "wp:wrapSquare" | "wp:wrapTight" | "wp:wrapThrough" => Some(Wrap::Square),
        _ => None,
    });
    let mut horizontal = position(frame.child("wp:positionH"), true);
    let mut vertical = position(frame.child("wp:positionV"), false);
    if frame.attribute("simplePos").is_some_and(is_on)
        && let Some(simple) = frame.child("wp:simplePos")
    {
        let at = |name: &str| Place::Offset(simple.attribute(name).and_then(emu).unwrap_or_default());
        horizontal = Position { from: Anchor::Page, at: at("x") };
        vertical = Position { from: Anchor::Page, at: at("y") };
    }
    Float {
        horizontal: shifted(horizontal, thing.left),
        vertical: shifted(vertical, thing.top),
        width: thing.width,
        height: thing.height,
        wrap: wrap.unwrap_or(Wrap::None),
        distance: CellMargins {
            top: distance("distT"),
            bottom: distance("distB"),
            left: distance("distL"),
            right: distance("distR"),
        },
        behind: frame.attribute("behindDoc").is_some_and(is_on),
        content: thing.content,
    }
}

/// Place and size that a shape's properties give.
fn place_of(own: Option<&Element>, default: (Length, Length)) -> ((Length, Length), (Length, Length)) {
    let frame = own.and_then(|own| own.child("a:xfrm").or_else(|| own.child("wpg:xfrm")));
    let length = |child: &str, name: &str| frame.and_then(|frame| emu(frame.child(child)?.attribute(name)?));
    (
        (length("a:off", "x").unwrap_or_default(), length("a:off", "y").unwrap_or_default()),
        (length("a:ext", "cx").unwrap_or(default.0), length("a:ext", "cy").unwrap_or(default.1)),
    )
}
