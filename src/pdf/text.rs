//! Draws text: runs as shows of glyphs.
//!
//! Runs that follow each other on one line are drawn in one sweep: the pen is placed once, and where layout wants the
//! next glyph somewhere else than the pen has come to by the widths in the file (justification, the space between Han
//! and Latin), the difference is written between the glyphs. What most gaps of a line have is written once, as the
//! space after every character. Places are always measured from the line's beginning, so rounding does not add up.
//!
//! Readers take a gap for a space when they copy or search text, though nobody typed one. So glyphs with a wide gap
//! between them are marked with the text that they really are (`ActualText`, ISO 32000-1, 14.9.4).

use super::content::{Pen, number};
use super::face::{Code, UsedFace};
use super::syntax::{write_decimal, write_integer, write_literal};
use crate::layout::TextRun;

/// Thickness of the outline that makes text bold, in ems; half of it lies outside of the glyph.
const BOLD_OUTLINE_EM: f32 = 1.0 / 30.0;

/// How far slanted text leans over for each unit of height: 14 degrees.
const SLANT: f32 = 0.25;

/// A gap of this many ems is a space to readers that find words by distances; theirs is a tenth of an em.
const WIDE_GAP_EM: f32 = 0.08;

/// The gaps of a line with fewer of them are written one by one.
const FEW_GAPS: usize = 3;

/// No text is set wider than this, in points; what is has been put there by something else.
const MOST_SPACING: f64 = 1000.0;

/// A run that begins this near to the end of the one before goes on with it, in points.
const JOINED_PT: f32 = 0.05;

/// The text state that earlier text on the page left.
#[derive(Default)]
pub(super) struct TextState {
    /// Resource name and size.
    font: Option<(String, f32)>,
    /// Size whose bold outline is drawn.
    bold: bool,
    /// Width of the glyphs beyond their own: 0 for their own.
    widened: f32,
    /// What is added to every glyph's width, in points.
    spacing: f32,
}

/// A glyph with all that is needed to draw it.
struct Sign<'r> {
    run: &'r TextRun,
    face: &'r UsedFace<'r>,
    code: Code,
    character: char,
    /// Left edge.
    x: f32,
    /// From here to the next glyph there is a gap that readers would take for a space.
    gap_follows: bool,
}

impl Sign<'_> {
    /// How far the next glyph is from where this one ends, as far as the glyphs are not stretched.
    fn gap_before(&self, next: &Sign<'_>) -> f32 {
        let stretch = stretch_of(self.run);
        (next.x - self.x) / stretch - self.run.size_pt * self.code.width / 1000.0
    }
}

impl TextState {
    /// Draws runs as one text object.
    pub fn draw(&mut self, runs: &[&TextRun], faces: &[UsedFace<'_>], pen: &mut Pen) {
        pen.text().extend_from_slice(b"BT\n");
        for line in runs.chunk_by(|one, other| goes_on(one, other)) {
            let mut signs = signs(line, faces);
            mark_gaps(&mut signs);
            self.sweep(&signs, pen);
        }
        pen.text().extend_from_slice(b"ET\n");
    }

    /// Draws glyphs that follow each other on one baseline.
    fn sweep(&mut self, signs: &[Sign<'_>], pen: &mut Pen) {
        let Some(first) = signs.first() else { return };
        let slant = if first.run.synthetic_italic { SLANT } else { 0.0 };
        let matrix = if first.run.turned {
            [0.0, -1.0, 1.0, -slant, number(first.run.baseline_pt), pen.up(first.x)]
        } else if first.run.slope != 0.0 {
            let (sine, cosine) = first.run.slope.to_radians().sin_cos();
            let part = |part: f32| if part.is_finite() { (part * 1e5).round() / 1e5 } else { 0.0 };
            let (sine, cosine) = (part(sine), part(cosine));
            [cosine, sine, -sine, cosine, number(first.x), pen.up(first.run.baseline_pt)]
        } else {
            [1.0, 0.0, slant, 1.0, number(first.x), pen.up(first.run.baseline_pt)]
        };
        let out = pen.text();
        for part in matrix {
            write_decimal(out, part.into(), 5);
            out.push(b' ');
        }
        out.extend_from_slice(b"Tm\n");
        self.set_spacing(signs, pen);
        // Where the reader's pen is, by the widths in the file.
        let mut pen_x = f64::from(first.x);
        let mut shown = Show::default();
        let mut marked = false;
        for (at, sign) in signs.iter().enumerate() {
            let begins_run = at == 0 || signs.get(at - 1).is_some_and(|before| !same_font(before, sign));
            let begins_mark = sign.gap_follows && !marked;
            if begins_run || begins_mark {
                shown.end(pen.text());
            }
            if begins_mark {
                marked = true;
                begin_actual_text(signs.get(at..).unwrap_or_default(), pen.text());
            }
            if begins_run {
                self.set_font(sign, pen);
            }
            let size = f64::from(sign.run.size_pt);
            let stretch = f64::from(stretch_of(sign.run));
            let adjustment = (pen_x - f64::from(sign.x)) * 1000.0 / (size * stretch);
            if adjustment.abs() >= 0.5 {
                let adjustment = adjustment.round();
                pen_x -= adjustment * size * stretch / 1000.0;
                shown.move_back(adjustment as i64);
            }
            shown.glyph(sign.code.cid);
            pen_x += (f64::from(sign.code.width) * size / 1000.0 + f64::from(self.spacing)) * stretch;
            if marked && !sign.gap_follows {
                shown.end(pen.text());
                marked = false;
                pen.text().extend_from_slice(b"EMC\n");
            }
        }
        shown.end(pen.text());
    }

    /// Makes the gap that is in the middle of all gaps the one that need not be written.
    fn set_spacing(&mut self, signs: &[Sign<'_>], pen: &mut Pen) {
        let mut gaps: Vec<f32> =
            signs.iter().zip(signs.iter().skip(1)).map(|(sign, next)| sign.gap_before(next)).collect();
        if gaps.len() < FEW_GAPS {
            return;
        }
        let middle = gaps.len() / 2;
        let spacing = gaps.select_nth_unstable_by(middle, f32::total_cmp).1;
        let spacing = (f64::from(*spacing) * 10_000.0).round() / 10_000.0;
        let spacing = if spacing.abs() < 0.001 || spacing.abs() > MOST_SPACING { 0.0 } else { spacing as f32 };
        if self.spacing != spacing {
            self.spacing = spacing;
            set(pen.text(), spacing, b" Tc\n");
        }
    }

    fn set_font(&mut self, sign: &Sign<'_>, pen: &mut Pen) {
        let run = sign.run;
        pen.set_fill_color(run.color);
        if run.synthetic_bold {
            pen.set_stroke_color(run.color);
            pen.set_line_width(run.size_pt * BOLD_OUTLINE_EM);
            pen.set_dash(&[]);
            pen.set_round_joins();
        }
        if self.bold != run.synthetic_bold {
            self.bold = run.synthetic_bold;
            pen.text().extend_from_slice(if self.bold { b"2 Tr\n" } else { b"0 Tr\n" });
        }
        let widened = stretch_of(run) - 1.0;
        if self.widened != widened {
            self.widened = widened;
            set(pen.text(), number((widened + 1.0) * 100.0), b" Tz\n");
        }
        let Some(name) = sign.face.names().get(sign.code.reading) else { return };
        if self.font.as_ref().is_none_or(|(set, size)| set != name || *size != run.size_pt) {
            self.font = Some((name.clone(), run.size_pt));
            let out = pen.text();
            out.push(b'/');
            out.extend_from_slice(name.as_bytes());
            out.push(b' ');
            set(out, number(run.size_pt), b" Tf\n");
        }
    }
}

/// A run's stretch within what is readable.
fn stretch_of(run: &TextRun) -> f32 {
    if run.stretch.is_finite() { run.stretch.clamp(0.1, 10.0) } else { 1.0 }
}

/// Whether a run goes on where the one before it ended.
fn goes_on(one: &TextRun, other: &TextRun) -> bool {
    let end = one.x_pt + one.glyphs.iter().map(|glyph| glyph.advance_pt).sum::<f32>();
    one.baseline_pt == other.baseline_pt
        && one.turned == other.turned
        && one.slope == 0.0
        && other.slope == 0.0
        && one.synthetic_italic == other.synthetic_italic
        && (end - other.x_pt).abs() <= JOINED_PT
}

/// The glyphs of runs with their places; what has no place or no size is left out.
fn signs<'r>(runs: &[&'r TextRun], faces: &'r [UsedFace<'r>]) -> Vec<Sign<'r>> {
    let mut signs = Vec::with_capacity(runs.iter().map(|run| run.glyphs.len()).sum());
    for run in runs.iter().filter(|run| number(run.size_pt) > 0.0) {
        let Ok(face) = faces.binary_search_by_key(&run.face, |face| face.id) else { continue };
        let Some(face) = faces.get(face) else { continue };
        let mut x = run.x_pt;
        for glyph in &run.glyphs {
            if let Some(code) = face.code(glyph.id, glyph.character).filter(|_| x.is_finite()) {
                signs.push(Sign { run, face, code, character: glyph.character, x, gap_follows: false });
            }
            x += glyph.advance_pt;
        }
    }
    signs
}

/// Finds the gaps that are no spaces.
fn mark_gaps(signs: &mut [Sign<'_>]) {
    for at in 1..signs.len() {
        let [.., before, after] = signs.get_mut(..=at).unwrap_or_default() else { continue };
        let natural = before.x + before.run.size_pt * before.code.width / 1000.0;
        before.gap_follows = after.x - natural > WIDE_GAP_EM * before.run.size_pt
            && !before.character.is_whitespace()
            && !after.character.is_whitespace();
    }
}

fn same_font(one: &Sign<'_>, other: &Sign<'_>) -> bool {
    std::ptr::eq(one.face, other.face)
        && one.code.reading == other.code.reading
        && one.run.size_pt == other.run.size_pt
        && one.run.color == other.run.color
        && one.run.synthetic_bold == other.run.synthetic_bold
}

/// Sets a number of the text state.
fn set(out: &mut Vec<u8>, value: f32, operator: &[u8]) {
    write_decimal(out, value.into(), 4);
    out.extend_from_slice(operator);
}

/// Begins content that stands for the text of the first glyphs, up to the first without a gap behind it.
fn begin_actual_text(signs: &[Sign<'_>], out: &mut Vec<u8>) {
    let joined = signs.iter().take_while(|sign| sign.gap_follows).count();
    out.extend_from_slice(b"/Span<</ActualText(\xFE\xFF");
    for sign in signs.iter().take(joined + 1) {
        for unit in sign.character.encode_utf16(&mut [0; 2]) {
            write_literal(out, &unit.to_be_bytes());
        }
    }
    out.extend_from_slice(b")>>BDC\n");
}

/// The glyphs that are shown next, with how far the pen goes back between them: the operand of `TJ`.
#[derive(Default)]
struct Show {
    items: Vec<u8>,
    /// Whether a string is open.
    open: bool,
    /// Whether the pen moves anywhere.
    moves: bool,
}

impl Show {
    /// Moves the pen back by thousandths of an em.
    fn move_back(&mut self, by: i64) {
        if self.open {
            self.items.push(b')');
            self.open = false;
        }
        self.moves = true;
        write_integer(&mut self.items, by);
    }

    fn glyph(&mut self, cid: u16) {
        if !self.open {
            self.items.push(b'(');
            self.open = true;
        }
        write_literal(&mut self.items, &cid.to_be_bytes());
    }

    /// Shows them.
    fn end(&mut self, out: &mut Vec<u8>) {
        if self.items.is_empty() {
            return;
        }
        if self.open {
            self.items.push(b')');
        }
        if self.moves {
            out.push(b'[');
        }
        out.append(&mut self.items);
        out.extend_from_slice(if self.moves { b"]TJ\n" } else { b"Tj\n" });
        *self = Self { items: std::mem::take(&mut self.items), ..Self::default() };
    }
}
