//! What is drawn of a chart, as text and as words with their room.

use std::fmt::Write;

use huibao::layout::{Item, Page, Shape, TextRun};

/// A chart on a page.
#[derive(Default)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    /// What is drawn, a line a thing.
    pub text: String,
    pub words: Vec<Word>,
}

/// A stretch of text and the room that it takes: left, top, right, bottom.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    pub room: (f32, f32, f32, f32),
}

impl Word {
    pub fn meets(&self, other: &Self) -> bool {
        const SLACK: f32 = 0.5;
        let ((left, top, right, bottom), (l, t, r, b)) = (self.room, other.room);
        left + SLACK < r && l + SLACK < right && top + SLACK < b && t + SLACK < bottom
    }
}

/// The charts of a page; each begins with the room that it has.
pub fn drawings(page: &Page) -> Vec<Drawing> {
    let mut found: Vec<(Drawing, (f32, f32))> = Vec::new();
    let mut element = None;
    for item in &page.items {
        match item {
            Item::Shape(shape) => {
                if shape.fill.is_none() && shape.stroke.is_none() {
                    let ((left, top), (right, bottom)) = (shape.points[0], shape.points[2]);
                    let drawing = Drawing { width: right - left, height: bottom - top, ..Drawing::default() };
                    found.push((drawing, (left, top)));
                    element = shape.element;
                    let (drawing, _) = found.last_mut().unwrap();
                    writeln!(drawing.text, "chart {:.1} × {:.1}", drawing.width, drawing.height).unwrap();
                } else if shape.element == element
                    && let Some((drawing, corner)) = found.last_mut()
                {
                    drawing.text += &told(shape, *corner);
                }
            }
            Item::Text(run) if run.element == element => {
                if let Some((drawing, corner)) = found.last_mut() {
                    drawing.word(run, *corner);
                }
            }
            _ => {}
        }
    }
    found.into_iter().map(|(drawing, _)| drawing).collect()
}

/// A shape: its colours, and its corners, or their number where there are many.
fn told(shape: &Shape, (left, top): (f32, f32)) -> String {
    let mut kind = shape.fill.map(|color| format!("fill {}", color.to_hex())).unwrap_or_default();
    if let Some((color, width)) = shape.stroke {
        write!(kind, "line {} {width}", color.to_hex()).unwrap();
    }
    let corner = |(x, y): &(f32, f32)| format!("{:.1},{:.1}", x - left, y - top);
    let all: Vec<String> = shape.points.iter().map(corner).collect();
    match all.as_slice() {
        [first, second, .., last] if all.len() > 12 => format!("{kind} {first} {second} … {last} ({})\n", all.len()),
        all => format!("{kind} {}\n", all.join(" ")),
    }
}

impl Drawing {
    fn word(&mut self, run: &TextRun, (left, top): (f32, f32)) {
        let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
        let length: f32 = run.glyphs.iter().map(|glyph| glyph.advance_pt).sum();
        let (along, across) = if run.turned {
            (run.x_pt - top, run.baseline_pt - left)
        } else {
            (run.x_pt - left, run.baseline_pt - top)
        };
        let turned = if run.turned { " turned" } else { "" };
        writeln!(self.text, "text {along:.1},{across:.1} {} {}{turned} {text}", run.size_pt, run.color.to_hex())
            .unwrap();
        // of what is drawn, not of the line that it stands on
        let (above, below) = (run.size_pt * 0.72, run.size_pt * 0.1);
        let room = match run.turned {
            true => (across - below, along, across + above, along + length),
            false => (along, across - above, along + length, across + below),
        };
        self.words.push(Word { text, room });
    }
}
