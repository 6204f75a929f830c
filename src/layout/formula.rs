//! Formulas: boxes of signs and rules, set beside, above and below each other.

use super::faces::{FaceCache, SelectionId};
use super::page::{Item, PlacedGlyph, Rule, Shape, TextRun};
use super::setter::Setter;
use super::sign::plain_letter;
use super::structure::ElementId;
use crate::document::{Color, Math, ResolvedCharacter, Script};
use crate::font::{Glyph, SelectedFace};

/// Height of the middle of a fraction's rule and of signs above the baseline, in ems.
const AXIS: f32 = 0.26;
/// Thickness of rules.
const RULE: f32 = 0.06;
/// Room between a rule and what stands above or below it.
const GAP: f32 = 0.12;
/// How much smaller raised, lowered and limiting parts are, at the first level and at all further ones.
const SMALLER: [f32; 2] = [0.73, 0.82];
/// How far parts are raised and lowered.
const RAISED: f32 = 0.38;
const LOWERED: f32 = 0.22;
/// How much larger the sign of a sum is: in a formula of its own, and in a line of text.
const LARGE: [f32; 2] = [2.4, 1.4];
/// Room above and below a formula that is higher than a line of text.
const AIR: f32 = 0.15;
/// Room around signs that relate or join two parts.
const AROUND: f32 = 0.2;

/// A formula, set: its items stand where its baseline begins at nought.
#[derive(Clone, Debug, Default)]
pub(super) struct SetFormula {
    pub width: f32,
    /// Above the baseline.
    pub ascent: f32,
    /// Below it.
    pub descent: f32,
    pub items: Vec<Item>,
}

impl SetFormula {
    /// Its items where its baseline begins at a point.
    pub fn at(&self, x: f32, baseline: f32) -> impl Iterator<Item = Item> {
        self.items.iter().cloned().map(move |mut item| {
            item.shift(x, baseline);
            item
        })
    }

    fn height(&self) -> f32 {
        self.ascent + self.descent
    }

    /// Puts another beside it or anywhere in it: so far to the right, and so far down.
    fn put(&mut self, other: Self, right: f32, down: f32) {
        self.width = self.width.max(right + other.width);
        self.ascent = self.ascent.max(other.ascent - down);
        self.descent = self.descent.max(other.descent + down);
        self.items.extend(other.at(right, down));
    }

    fn rule(&mut self, from: f32, to: f32, y: f32, thickness: f32, color: Color) {
        let rule = Rule { from_pt: (from, y), to_pt: (to, y), width_pt: thickness, dash_pt: Vec::new(), color };
        self.items.push(Item::Rule(rule));
    }
}

/// Sets a formula in the format of its run.
pub(super) fn set_formula(
    setter: &mut Setter,
    math: &Math,
    display: bool,
    format: &ResolvedCharacter,
    element: Option<ElementId>,
) -> SetFormula {
    let family = &format.latin_font;
    let mut face = |bold, italic| setter.faces.selection(family, bold, italic, Script::Latin);
    let faces = [[face(false, false), face(false, true)], [face(true, false), face(true, true)]];
    let size = format.size.to_pt() as f32;
    let mut pen = Pen { setter, faces, color: format.color, element };
    let mut set = pen.set(math, Level { size, depth: 0, display });
    if set.ascent > size || set.descent > size / 2.0 {
        (set.ascent, set.descent) = (set.ascent + AIR * size, set.descent + AIR * size);
    }
    set
}

/// How large a part is set.
#[derive(Clone, Copy)]
struct Level {
    size: f32,
    /// Parts of parts.
    depth: usize,
    display: bool,
}

impl Level {
    fn smaller(self) -> Self {
        let factor = SMALLER.get(self.depth).copied().unwrap_or(1.0);
        Self { size: self.size * factor, depth: self.depth + 1, display: false }
    }
}

struct Pen<'a, 'd> {
    setter: &'a mut Setter<'d>,
    /// By bold and slanted.
    faces: [[SelectionId; 2]; 2],
    color: Color,
    element: Option<ElementId>,
}

impl Pen<'_, '_> {
    fn set(&mut self, math: &Math, level: Level) -> SetFormula {
        match math {
            Math::Row(parts) => {
                let mut row = SetFormula::default();
                for part in parts {
                    let part = self.set(part, level);
                    let right = row.width;
                    row.put(part, right, 0.0);
                }
                row
            }
            Math::Text { text, italic, bold } => {
                self.text(text, self.faces[usize::from(*bold)][usize::from(*italic)], level, 1.0)
            }
            Math::Large(sign) => {
                let factor = LARGE[usize::from(!level.display)];
                let mut sign = self.text(sign, self.faces[0][0], Level { size: level.size * factor, ..level }, 1.0);
                // its middle stands on the axis
                let down = (sign.ascent - sign.descent) / 2.0 - AXIS * level.size;
                let mut set = SetFormula::default();
                sign.ascent = sign.ascent.max(0.75 * level.size * factor);
                set.put(sign, 0.0, down);
                set
            }
            Math::Fraction { parts, ruled } => {
                let inner = if level.display { Level { display: false, ..level } } else { level.smaller() };
                let (above, below) = (self.set(&parts.0, inner), self.set(&parts.1, inner));
                let thickness = if *ruled { RULE * level.size } else { 0.0 };
                let (axis, gap) = (AXIS * level.size, thickness / 2.0 + GAP * level.size);
                let side = 0.08 * level.size;
                let width = above.width.max(below.width) + 2.0 * side;
                let mut set = SetFormula::default();
                let (up, down) = (-(axis + gap + above.descent), below.ascent + gap - axis);
                let (left, right) = ((width - above.width) / 2.0, (width - below.width) / 2.0);
                set.put(above, left, up);
                set.put(below, right, down);
                set.width = width + side;
                if *ruled {
                    set.rule(side / 2.0, width, -axis, thickness, self.color);
                }
                set
            }
            Math::Scripts { of, lower, upper, before } => {
                let of = self.set(of, level);
                let mut script = |part: &Option<Box<Math>>| part.as_ref().map(|part| self.set(part, level.smaller()));
                let (lower, upper) = (script(lower), script(upper));
                let tall = (of.ascent - 0.72 * level.size).max(0.0);
                let deep = (of.descent - 0.22 * level.size).max(0.0);
                let (up, down) = (-(RAISED * level.size + tall), LOWERED * level.size + deep);
                let width = [&lower, &upper].into_iter().flatten().map(|part| part.width).fold(0.0, f32::max);
                let mut set = SetFormula::default();
                let scripts_at = if *before { 0.0 } else { of.width };
                let of_at = if *before { width } else { 0.0 };
                set.put(of, of_at, 0.0);
                for (part, shift) in [(lower, down), (upper, up)] {
                    if let Some(part) = part {
                        let aside = if *before { width - part.width } else { 0.0 };
                        set.put(part, scripts_at + aside, shift);
                    }
                }
                set.width += 0.04 * level.size;
                set
            }
            Math::Limits { of, lower, upper } => {
                let of = self.set(of, level);
                let mut limit = |part: &Option<Box<Math>>| part.as_ref().map(|part| self.set(part, level.smaller()));
                let (lower, upper) = (limit(lower), limit(upper));
                let parts = [Some(&of), lower.as_ref(), upper.as_ref()];
                let width = parts.into_iter().flatten().map(|part| part.width).fold(0.0, f32::max);
                let gap = GAP * level.size;
                let (up, down) = (of.ascent + gap, of.descent + gap);
                let mut set = SetFormula::default();
                let middle = |part: &SetFormula| (width - part.width) / 2.0;
                let at = middle(&of);
                set.put(of, at, 0.0);
                if let Some(part) = upper {
                    let (at, shift) = (middle(&part), -(up + part.descent));
                    set.put(part, at, shift);
                }
                if let Some(part) = lower {
                    let (at, shift) = (middle(&part), down + part.ascent);
                    set.put(part, at, shift);
                }
                set.width = width + 0.1 * level.size;
                set
            }
            Math::Root { degree, of } => self.root(degree.as_deref(), of, level),
            Math::Fenced { open, close, separator, parts } => {
                let parts: Vec<_> = parts.iter().map(|part| self.set(part, level)).collect();
                let tall = parts.iter().map(|part| part.ascent - AXIS * level.size).fold(0.0, f32::max);
                let deep = parts.iter().map(|part| part.descent + AXIS * level.size).fold(0.0, f32::max);
                let reach = tall.max(deep);
                let mut set = self.bracket(open, reach, level);
                for (at, part) in parts.into_iter().enumerate() {
                    if at > 0 {
                        let between = self.bracket(separator, reach, level);
                        let right = set.width;
                        set.put(between, right, 0.0);
                    }
                    let right = set.width;
                    set.put(part, right, 0.0);
                }
                let (close, right) = (self.bracket(close, reach, level), set.width);
                set.put(close, right, 0.0);
                set
            }
            Math::Grid { rows, from_left } => self.grid(rows, *from_left, level),
            Math::Accent { of, sign } => {
                let of = self.set(of, level);
                let sign = self.text(sign, self.faces[0][0], level, 1.0);
                let (left, up) = ((of.width - sign.width) / 2.0, (of.ascent - 0.5 * level.size).max(0.0));
                let mut set = SetFormula::default();
                set.put(of, 0.0, 0.0);
                let width = set.width;
                set.put(sign, left, -up);
                set.width = width;
                set
            }
            Math::Ruled { of, above } => {
                let mut set = self.set(of, level);
                let gap = GAP * level.size;
                let y = if *above { -(set.ascent + gap) } else { set.descent + gap };
                set.rule(0.0, set.width, y, RULE * level.size, self.color);
                if *above {
                    set.ascent += 2.0 * gap
                } else {
                    set.descent += 2.0 * gap
                }
                set
            }
        }
    }

    /// Signs on one baseline; `narrow` makes them narrower than they are.
    fn text(&mut self, text: &str, selection: SelectionId, level: Level, narrow: f32) -> SetFormula {
        let mut set = SetFormula::default();
        for character in text.chars() {
            let Some((face, glyph)) = self.glyph(selection, character) else { continue };
            let is_first = set.items.is_empty() && matches!(character, '+' | '−' | '±' | '∓');
            let around = if level.depth == 0 && relates(character) && !is_first { AROUND * level.size } else { 0.0 };
            let advance = glyph.advance_em * level.size * narrow;
            let run = TextRun {
                face: face.face,
                size_pt: level.size,
                x_pt: set.width + around,
                baseline_pt: 0.0,
                color: self.color,
                synthetic_bold: face.synthetic_bold,
                synthetic_italic: face.synthetic_italic,
                stretch: narrow,
                turned: false,
                slope: 0.0,
                element: self.element,
                glyphs: vec![PlacedGlyph { id: glyph.id, character, advance_pt: advance }],
            };
            match set.items.last_mut() {
                Some(Item::Text(last)) if last.face == run.face && around == 0.0 && !ends_spaced(last) => {
                    last.glyphs.extend(run.glyphs);
                }
                _ => set.items.push(Item::Text(run)),
            }
            set.width += advance + 2.0 * around;
            let (ascent, descent) = extent(character);
            set.ascent = set.ascent.max(ascent * level.size);
            set.descent = set.descent.max(descent * level.size);
        }
        set
    }

    /// A sign's glyph; of a letter of mathematics that no face has, that of the plain one.
    fn glyph(&mut self, selection: SelectionId, character: char) -> Option<(SelectedFace, Glyph)> {
        let plain = |faces: &mut FaceCache<'_>| faces.glyph(selection, plain_letter(character)?);
        self.setter.faces.glyph(selection, character).or_else(|| plain(&mut self.setter.faces))
    }

    /// A bracket that reaches so far above and below the axis.
    fn bracket(&mut self, sign: &str, reach: f32, level: Level) -> SetFormula {
        let natural = 0.48 * level.size;
        let factor = (reach / natural).clamp(1.0, 12.0);
        let large = Level { size: level.size * factor, ..level };
        let bracket = self.text(sign, self.faces[0][0], large, 1.0 / factor.sqrt());
        // the middle of a bracket stands about a quarter of an em above its baseline
        let mut set = SetFormula::default();
        set.put(bracket, 0.0, AXIS * level.size * (factor - 1.0));
        if !sign.is_empty() && factor > 1.0 {
            (set.ascent, set.descent) = (reach + AXIS * level.size, reach - AXIS * level.size);
        }
        set
    }

    fn root(&mut self, degree: Option<&Math>, of: &Math, level: Level) -> SetFormula {
        let of = self.set(of, level);
        let (thickness, gap) = (RULE * level.size, GAP * level.size);
        let (top, foot) = (-(of.ascent + gap), of.descent.max(0.05 * level.size));
        let hook = 0.6 * level.size;
        let degree = degree.map(|degree| self.set(degree, level.smaller().smaller()));
        let indent = degree.as_ref().map_or(0.0, |degree| (degree.width - 0.3 * level.size).max(0.0));
        let across = of.width + 0.1 * level.size;
        let height = of.height();
        let mut set = SetFormula::default();
        let start = foot - height * 0.4;
        let points = vec![
            (indent, start + 0.06 * level.size),
            (indent + hook * 0.28, start),
            (indent + hook * 0.58, foot),
            (indent + hook, top),
            (indent + hook + across, top),
        ];
        set.items.push(Item::Shape(Box::new(Shape {
            points,
            stroke: Some((self.color, thickness)),
            ..Shape::default()
        })));
        set.put(of, indent + hook, 0.0);
        set.width = indent + hook + across + 0.05 * level.size;
        set.ascent = set.ascent.max(thickness - top);
        if let Some(degree) = degree {
            set.put(degree, 0.0, start - 0.12 * level.size);
        }
        set
    }

    /// Rows below each other, the whole with its middle on the axis.
    fn grid(&mut self, rows: &[Vec<Math>], from_left: bool, level: Level) -> SetFormula {
        let cells: Vec<Vec<_>> =
            rows.iter().map(|row| row.iter().map(|cell| self.set(cell, level)).collect()).collect();
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            cells.iter().filter_map(|row: &Vec<SetFormula>| row.get(column)).map(|cell| cell.width).fold(0.0, f32::max)
        };
        let widths: Vec<f32> = (0..columns).map(width).collect();
        let (between, below) = (0.8 * level.size, 0.3 * level.size);
        let of_row =
            |row: &[SetFormula], of: fn(&SetFormula) -> f32, least: f32| row.iter().map(of).fold(least, f32::max);
        let heights: Vec<(f32, f32)> = cells
            .iter()
            .map(|row| {
                let ascent = of_row(row, |cell| cell.ascent, 0.6 * level.size);
                (ascent, of_row(row, |cell| cell.descent, 0.2 * level.size))
            })
            .collect();
        let gaps = below * heights.len().saturating_sub(1) as f32;
        let total: f32 = heights.iter().map(|(ascent, descent)| ascent + descent).sum::<f32>() + gaps;
        let mut top = -(total / 2.0 + AXIS * level.size);
        let mut set = SetFormula::default();
        for (row, (ascent, descent)) in cells.into_iter().zip(heights) {
            let mut left = 0.0;
            for (cell, width) in row.into_iter().zip(&widths) {
                let aside = if from_left { 0.0 } else { (width - cell.width) / 2.0 };
                set.put(cell, left + aside, top + ascent);
                left += width + between;
            }
            top += ascent + descent + below;
        }
        set
    }
}

/// Signs that stand apart from what they relate or join.
fn relates(character: char) -> bool {
    matches!(
        character,
        '=' | '+'
            | '−'
            | '±'
            | '∓'
            | '×'
            | '÷'
            | '·'
            | '<'
            | '>'
            | '≤'
            | '≥'
            | '≠'
            | '≈'
            | '≡'
            | '∈'
            | '∉'
            | '⊂'
            | '⊆'
            | '∪'
            | '∩'
    ) || ('←'..='⇿').contains(&character)
}

fn ends_spaced(run: &TextRun) -> bool {
    run.glyphs.last().is_some_and(|glyph| relates(glyph.character))
}

/// How far a sign reaches above and below the baseline, in ems.
fn extent(character: char) -> (f32, f32) {
    let plain = plain_letter(character).unwrap_or(character);
    match plain {
        'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'w' | 'x' | 'z' | 'α' | 'ε' | 'ι' | 'κ' | 'ν'
        | 'ο' | 'π' | 'σ' | 'τ' | 'υ' | 'ω' => (0.48, 0.02),
        'g' | 'p' | 'q' | 'y' | 'γ' | 'η' | 'μ' | 'ρ' | 'χ' => (0.48, 0.21),
        'j' | 'β' | 'ζ' | 'ξ' | 'φ' | 'ψ' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => (0.74, 0.21),
        ',' | ';' => (0.1, 0.18),
        '+' | '−' | '=' | '<' | '>' | '-' | '±' | '×' => (0.52, 0.02),
        '∑' | '∏' | '∫' => (0.76, 0.22),
        plain if u32::from(plain) >= 0x2E80 => (0.86, 0.12),
        _ => (0.7, 0.02),
    }
}

#[cfg(test)]
mod tests;
