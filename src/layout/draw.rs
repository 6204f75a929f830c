//! Set paragraphs become items on a page.

use std::ops::Range;

use crate::document::{BookmarkPlace, Length, TabLeader, Underline, is_han};

use super::border::{self, Way, half_thickness};
use super::float::Area;
use super::line::{Line, Measure, next_stop};
use super::measure::{half, points};
use super::page::{Fill, Item, OutlineEntry, PlacedGlyph, PlacedLink, PlacedPicture, Rule, Shape, TextRun};
use super::paragraph::{SetParagraph, height_of};
use super::shaped::{Kind, Look, Sign};
use super::structure::ElementId;

/// Items and those in front of them. Pages are many, and their items nearly all that is held of a long document.
pub(super) fn joined(mut items: Vec<Item>, front: Vec<Item>) -> Vec<Item> {
    if items.is_empty() {
        return front;
    }
    items.reserve_exact(front.len());
    items.extend(front);
    items
}

/// What has been drawn on one page.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    /// The items, in drawing order.
    pub items: Vec<Item>,
    /// Headings on the page: level, title, top.
    pub outline: Vec<OutlineEntry>,
    /// Items behind all others.
    pub behind: Vec<Item>,
    /// Items in front of all others.
    pub front: Vec<Item>,
    /// The footnotes of what has been drawn.
    pub notes: Vec<usize>,
    /// The footnotes that begin at its foot.
    pub begun_notes: Vec<usize>,
    /// What can be clicked.
    pub links: Vec<PlacedLink>,
    /// Places that are referred to.
    pub bookmarks: Vec<BookmarkPlace>,
    /// What positions on the page are measured from.
    pub area: Area,
    /// The page's index, for the outline.
    pub page: usize,
    /// What is drawn stands elsewhere too, and is no part of the text here: repeated header rows.
    pub repeats: bool,
}

impl Canvas {
    /// All items in drawing order, in no more room than they need.
    pub fn into_items(self) -> Vec<Item> {
        [self.behind, self.items, self.front].into_iter().reduce(joined).unwrap_or_default()
    }

    /// Draws some lines of a paragraph, the first one's top at `y`, the column's left edge at `x`.
    pub fn paragraph(&mut self, paragraph: &SetParagraph, lines: Range<usize>, x: Length, y: Length) {
        let Some(drawn) = paragraph.lines.get(lines.clone()) else { return };
        let is_first = lines.start == 0;
        if let (true, Some((level, title))) = (is_first, &paragraph.outline) {
            let (level, title) = (*level, title.clone());
            self.outline.push(OutlineEntry { level, title, page: self.page, y_pt: points(y) });
        }
        self.frame(paragraph, is_first, lines.end == paragraph.lines.len(), x, y, y + height_of(drawn));
        let mut top = y;
        for line in drawn {
            LineDrawing { canvas: self, paragraph, line, top }.draw(x);
            self.beside(paragraph, line, x, y, top);
            top += line.height;
        }
    }

    /// What is anchored in a line: floats and footnotes.
    fn beside(&mut self, paragraph: &SetParagraph, line: &Line, x: Length, paragraph_top: Length, line_top: Length) {
        for float in paragraph.text.floats.iter().filter(|float| line.holds(float.sign)) {
            let at = paragraph.anchor_point(line, float.sign, x, paragraph_top, line_top);
            float.draw(self, &at);
        }
        if !self.repeats {
            self.notes.extend(paragraph.notes_of(line));
        }
        for (_, bookmark) in paragraph.text.bookmarks.iter().filter(|(sign, _)| line.holds(*sign)) {
            let number = paragraph.number.as_deref().cloned();
            let place = BookmarkPlace { bookmark: bookmark.clone(), page: self.page, top_pt: points(line_top), number };
            self.bookmarks.push(place);
        }
    }

    /// The colour behind a paragraph and the rules around it.
    fn frame(&mut self, paragraph: &SetParagraph, first: bool, last: bool, x: Length, top: Length, bottom: Length) {
        let borders = &paragraph.borders;
        let space = |border: Option<crate::document::Border>| border.map_or(Length::ZERO, |border| border.space);
        // a hanging first line belongs inside the frame
        let left = x + paragraph.measure.left.min(paragraph.measure.first_left.max(Length::ZERO)) - space(borders.left);
        let right = x + paragraph.measure.right + space(borders.right);
        let open_above = !first || paragraph.joined_above;
        let open_below = !last || paragraph.joined_below;
        let top = if open_above { top } else { top - space(borders.top) };
        let bottom = if open_below { bottom } else { bottom + space(borders.bottom) };
        if let Some(color) = paragraph.shading {
            self.fill(left, top, right, bottom, color);
        }
        if let (Some(rule), false) = (borders.top, open_above) {
            border::draw(&mut self.items, &rule, Way::Across { from: left, to: right, y: top - half_thickness(&rule) });
        }
        if let (Some(rule), false) = (borders.bottom, open_below) {
            border::draw(
                &mut self.items,
                &rule,
                Way::Across { from: left, to: right, y: bottom + half_thickness(&rule) },
            );
        }
        if let Some(rule) = borders.left {
            border::draw(&mut self.items, &rule, Way::Down { from: top, to: bottom, x: left - half_thickness(&rule) });
        }
        if let Some(rule) = borders.right {
            border::draw(&mut self.items, &rule, Way::Down { from: top, to: bottom, x: right + half_thickness(&rule) });
        }
    }

    /// Room that can be clicked; what stands right beside it on the line and leads to the same place is one with it.
    fn link(&mut self, placed: PlacedLink) {
        if let Some(last) = self.links.last_mut()
            && last.link == placed.link
            && last.top_pt == placed.top_pt
            && (last.right_pt - placed.left_pt).abs() < LINKS_JOIN_PT
        {
            last.right_pt = last.right_pt.max(placed.right_pt);
            last.text += &placed.text;
        } else if placed.right_pt > placed.left_pt {
            self.links.push(placed);
        }
    }

    /// A filled rectangle.
    pub fn fill(&mut self, left: Length, top: Length, right: Length, bottom: Length, color: crate::document::Color) {
        if right > left && bottom > top {
            self.items.push(Item::Fill(Fill {
                x_pt: points(left),
                y_pt: points(top),
                width_pt: points(right - left),
                height_pt: points(bottom - top),
                color,
            }));
        }
    }
}

/// Links with less than this between them are one.
const LINKS_JOIN_PT: f32 = 6.0;

/// Thickness of a line under or through text, in ems.
const LINE: f64 = 0.05;

/// The outline of a dot of radius 1: small enough to look round.
const ROUND: [(f32, f32); 12] = [
    (1.0, 0.0),
    (0.866, 0.5),
    (0.5, 0.866),
    (0.0, 1.0),
    (-0.5, 0.866),
    (-0.866, 0.5),
    (-1.0, 0.0),
    (-0.866, -0.5),
    (-0.5, -0.866),
    (0.0, -1.0),
    (0.5, -0.866),
    (0.866, -0.5),
];

/// One line being drawn.
struct LineDrawing<'a> {
    canvas: &'a mut Canvas,
    paragraph: &'a SetParagraph,
    line: &'a Line,
    top: Length,
}

/// A stretch of signs of one look, and where it stands.
struct Stretch<'a> {
    look: &'a Look,
    element: Option<ElementId>,
    left: Length,
    right: Length,
}

impl LineDrawing<'_> {
    fn draw(mut self, x: Length) {
        let SetParagraph { text, measure, .. } = self.paragraph;
        let right_edge = x + measure.right.max(self.line.left + self.line.width);
        let mut additions = self.line.spread.additions(&text.looks);
        let mut at_x = x + self.line.left;
        let mut at = self.line.signs.start;
        while let Some(first) = text.signs.get(at).filter(|_| at < self.line.signs.end) {
            let Some(look) = text.looks.get(first.look as usize) else { return };
            let element = self.element_of(at);
            let mut stretch = Stretch { look, element, left: at_x, right: at_x };
            let mut glyphs = Vec::new();
            while let Some(sign) = text.signs.get(at).filter(|sign| at < self.line.signs.end && sign.look == first.look)
            {
                let last_visible = at + 1 >= self.line.visible_end;
                // spaces at the line's end are drawn only as far as the measure reaches
                if at >= self.line.visible_end && at_x + sign.advance > right_edge {
                    at = self.line.signs.end;
                    break;
                }
                let added = if last_visible { Length::ZERO } else { sign.joint + additions.after(at, sign) };
                let next_x = at_x + sign.advance + added;
                let is_text = matches!(sign.kind, Kind::Glyph | Kind::Space);
                if is_text {
                    glyphs.push(PlacedGlyph {
                        id: sign.glyph,
                        character: sign.character,
                        advance_pt: points(next_x - at_x),
                    });
                    let goes_on = look.is_lined() && !last_visible && self.is_lined(at + 1);
                    stretch.right = if goes_on { next_x } else { at_x + sign.advance };
                    if look.emphasis_mark && is_han(sign.character) {
                        self.emphasis(look, at_x, sign);
                    }
                }
                if !is_text {
                    self.stretch(&stretch, std::mem::take(&mut glyphs));
                    self.mark(sign, at_x, x);
                    stretch = Stretch { look, element, left: next_x, right: next_x };
                }
                at_x = next_x;
                at += 1;
            }
            self.stretch(&stretch, glyphs);
        }
    }

    /// Whether a sign has a colour behind it or a line under or through it.
    fn is_lined(&self, at: usize) -> bool {
        let text = &self.paragraph.text;
        text.signs.get(at).and_then(|sign| text.looks.get(sign.look as usize)).is_some_and(Look::is_lined)
    }

    /// What a sign is a part of.
    fn element_of(&self, at: usize) -> Option<ElementId> {
        let text = &self.paragraph.text;
        let label = text.tags.label.filter(|_| at < text.label);
        let look = text.signs.get(at).and_then(|sign| text.looks.get(sign.look as usize));
        let element = look.and_then(|look| look.element).or(label).or(text.tags.body);
        element.filter(|_| !self.canvas.repeats)
    }

    fn baseline(&self) -> Length {
        self.top + self.line.baseline
    }

    /// The glyphs of a stretch, the colour behind and the lines under and through it.
    fn stretch(&mut self, stretch: &Stretch, mut glyphs: Vec<PlacedGlyph>) {
        glyphs.shrink_to_fit();
        let look = stretch.look;
        let Some(face) = look.face.filter(|_| !glyphs.is_empty()) else { return };
        let baseline = self.baseline();
        if let Some(color) = look.shading {
            self.canvas.fill(stretch.left, self.top, stretch.right, self.top + self.line.height, color);
        }
        self.link(stretch, &glyphs);
        self.canvas.items.push(Item::Text(TextRun {
            face: face.face,
            size_pt: points(look.size),
            x_pt: points(stretch.left),
            baseline_pt: points(baseline - look.rise),
            color: look.color,
            synthetic_bold: face.synthetic_bold,
            synthetic_italic: face.synthetic_italic,
            stretch: look.stretch,
            turned: false,
            slope: 0.0,
            element: stretch.element,
            glyphs,
        }));
        self.underline(stretch);
        if look.strike {
            self.rule(stretch, baseline - look.rise - look.size * 0.3, look.full_size * LINE);
        }
    }

    /// Room that can be clicked, if the stretch leads anywhere.
    fn link(&mut self, stretch: &Stretch, glyphs: &[PlacedGlyph]) {
        if let Some(link) = &stretch.look.link {
            self.canvas.link(PlacedLink {
                left_pt: points(stretch.left),
                top_pt: points(self.top),
                right_pt: points(stretch.right),
                bottom_pt: points(self.top + self.line.height),
                link: link.clone(),
                text: glyphs.iter().map(|glyph| glyph.character).collect(),
                element: stretch.element,
            });
        }
    }

    fn underline(&mut self, stretch: &Stretch) {
        let (size, baseline) = (stretch.look.full_size, self.baseline());
        match stretch.look.underline {
            Underline::None => {}
            Underline::Single => self.rule(stretch, baseline + size * 0.14, size * LINE),
            Underline::Double => {
                self.rule(stretch, baseline + size * 0.11, size * LINE);
                self.rule(stretch, baseline + size * 0.20, size * LINE);
            }
        }
    }

    fn rule(&mut self, stretch: &Stretch, y: Length, thickness: Length) {
        self.canvas.items.push(Item::Rule(Rule {
            from_pt: (points(stretch.left), points(y)),
            to_pt: (points(stretch.right), points(y)),
            width_pt: points(thickness),
            dash_pt: Vec::new(),
            color: stretch.look.color,
        }));
    }

    /// The dot under an emphasised character.
    fn emphasis(&mut self, look: &Look, x: Length, sign: &Sign) {
        let (x, y) = (points(x + half(sign.advance)), points(self.baseline() + look.full_size * 0.22));
        let radius = points(look.full_size) * 0.06;
        self.canvas.items.push(Item::Shape(Box::new(Shape {
            points: ROUND.iter().map(|(right, down)| (x + right * radius, y + down * radius)).collect(),
            closed: true,
            fill: Some(look.color),
            ..Shape::default()
        })));
    }

    /// A sign that is not a glyph: a picture, or a tab's leader.
    fn mark(&mut self, sign: &Sign, at_x: Length, column_x: Length) {
        match sign.kind {
            Kind::Picture(at) => {
                if let Some((picture, element)) = self.paragraph.text.pictures.get(at as usize) {
                    self.canvas.items.push(Item::Picture(Box::new(PlacedPicture {
                        x_pt: points(at_x),
                        y_pt: points(self.baseline() - picture.height),
                        width_pt: points(picture.width),
                        height_pt: points(picture.height),
                        image: picture.image.clone(),
                        crop: picture.crop,
                        description: picture.description.clone(),
                        element: element.filter(|_| !self.canvas.repeats),
                    })));
                }
            }
            Kind::Chart(at) => {
                if let Some(chart) = self.paragraph.text.charts.get(at as usize) {
                    let items = chart.at(points(at_x), points(self.baseline() - chart.height));
                    self.canvas.items.extend(items);
                }
            }
            Kind::Formula(at) => {
                if let Some(formula) = self.paragraph.text.formulas.get(at as usize) {
                    let items = formula.at(points(at_x), points(self.baseline()));
                    self.canvas.items.extend(items);
                }
            }
            Kind::Tab => {
                // where the line began does not matter to a stop: it is found again from where the tab stands
                let measure: &Measure = &self.paragraph.measure;
                let leader = next_stop(at_x - column_x, measure).map_or(TabLeader::None, |stop| stop.leader);
                self.leader(sign, leader, at_x);
                if let Some(look) = self.paragraph.text.looks.get(sign.look as usize) {
                    let element = look.element.filter(|_| !self.canvas.repeats);
                    let tab = Stretch { look, element, left: at_x, right: at_x + sign.advance };
                    self.underline(&tab);
                    self.link(&tab, &[]);
                }
            }
            Kind::Glyph | Kind::Space | Kind::Blank | Kind::LineBreak | Kind::PageBreak | Kind::ColumnBreak => {}
        }
    }

    /// Dots or a line along a tab; they stand in columns over several lines.
    fn leader(&mut self, sign: &Sign, leader: TabLeader, at_x: Length) {
        let Some(look) = self.paragraph.text.looks.get(sign.look as usize) else { return };
        let em = |part: f64| look.full_size * part;
        let (dash, gap, height, thickness) = match leader {
            TabLeader::None => return,
            TabLeader::Dot => (em(0.08), em(0.17), em(0.04), em(0.08)),
            TabLeader::MiddleDot => (em(0.08), em(0.17), em(0.28), em(0.08)),
            TabLeader::Hyphen => (em(0.2), em(0.15), em(0.25), em(0.05)),
            TabLeader::Underscore => (Length::ZERO, Length::ZERO, em(-0.14), em(0.05)),
        };
        let step = (dash + gap).to_emu();
        // the first dash begins on the common raster
        let from = if step > 0 { Length::emu((at_x.to_emu() + step - 1).div_euclid(step) * step) } else { at_x };
        let to = at_x + sign.advance - gap;
        if to > from {
            let y = points(self.baseline() - height);
            let dash_pt = if step > 0 { vec![points(dash), points(gap)] } else { Vec::new() };
            self.canvas.items.push(Item::Rule(Rule {
                from_pt: (points(from), y),
                to_pt: (points(to), y),
                width_pt: points(thickness),
                dash_pt,
                color: look.color,
            }));
        }
    }
}
