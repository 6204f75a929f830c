//! Draws text: runs as shows of glyphs.
//!
//! Runs that follow each other on one line are drawn in one sweep: the pen is placed once, and where layout wants the
//! next glyph somewhere else than the pen has come to by the widths in the file (justification, the space between Han
//! and Latin), the difference is written between the glyphs. What most gaps of a line have is written once, as the
//! space after every character. Places are always measured from the line's beginning, so rounding does not add up.
//!
//! Readers take a gap for a space when they copy or search text, though nobody typed one. So glyphs with a wide gap
//! between them are marked with the text that they really are (`ActualText`, ISO 32000-1, 14.9.4).

use std::collections::BTreeMap;

use printpdf::{DictItem, FontId, Op, PdfFontHandle, Pt, TextMatrix, TextRenderingMode};

use super::content::{Pen, number};
use super::face::{Code, UsedFace};
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
        pen.ops.push(Op::StartTextSection);
        for line in runs.chunk_by(|one, other| goes_on(one, other)) {
            let mut signs = signs(line, faces);
            mark_gaps(&mut signs);
            self.sweep(&signs, pen);
        }
        pen.ops.push(Op::EndTextSection);
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
        pen.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
        self.set_spacing(signs, pen);
        // Where the reader's pen is, by the widths in the file.
        let mut pen_x = f64::from(first.x);
        let mut items = Vec::new();
        let mut marked = false;
        for (at, sign) in signs.iter().enumerate() {
            let begins_run = at == 0 || signs.get(at - 1).is_some_and(|before| !same_font(before, sign));
            let begins_mark = sign.gap_follows && !marked;
            if begins_run || begins_mark {
                show(&mut items, pen);
            }
            if begins_mark {
                marked = true;
                pen.ops.push(actual_text(signs.get(at..).unwrap_or_default()));
            }
            if begins_run {
                self.set_font(sign, pen);
            }
            let size = f64::from(sign.run.size_pt);
            let stretch = f64::from(stretch_of(sign.run));
            let adjustment = ((pen_x - f64::from(sign.x)) * 1000.0 / (size * stretch)).round();
            if adjustment != 0.0 {
                pen_x -= adjustment * size * stretch / 1000.0;
                adjust(&mut items, adjustment as i64);
            }
            append(&mut items, sign.code.cid);
            pen_x += (f64::from(sign.code.width) * size / 1000.0 + f64::from(self.spacing)) * stretch;
            if marked && !sign.gap_follows {
                show(&mut items, pen);
                marked = false;
                pen.ops.push(Op::EndMarkedContent);
            }
        }
        show(&mut items, pen);
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
            pen.ops.push(Op::SetCharacterSpacing { multiplier: spacing });
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
            let mode = if self.bold { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
            pen.ops.push(Op::SetTextRenderingMode { mode });
        }
        let widened = stretch_of(run) - 1.0;
        if self.widened != widened {
            self.widened = widened;
            pen.ops.push(Op::SetHorizontalScaling { percent: number((widened + 1.0) * 100.0) });
        }
        let Some(name) = sign.face.names().get(sign.code.reading) else { return };
        if self.font.as_ref().is_none_or(|(set, size)| set != name || *size != run.size_pt) {
            self.font = Some((name.clone(), run.size_pt));
            let font = PdfFontHandle::External(FontId(name.clone()));
            pen.ops.push(Op::SetFont { font, size: Pt(number(run.size_pt)) });
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

/// Begins content that stands for the text of the first glyphs, up to the first without a gap behind it.
fn actual_text(signs: &[Sign<'_>]) -> Op {
    let joined = signs.iter().take_while(|sign| sign.gap_follows).count();
    let text: String = signs.iter().take(joined + 1).map(|sign| sign.character).collect();
    let mut utf16 = vec![0xFE, 0xFF];
    utf16.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let map = BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(utf16))]);
    Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties: DictItem::Dict { map } }
}

/// Moves the pen back by thousandths of an em.
fn adjust(items: &mut Vec<DictItem>, by: i64) {
    items.push(DictItem::Int(by));
}

fn append(items: &mut Vec<DictItem>, cid: u16) {
    match items.last_mut() {
        Some(DictItem::String { data, .. }) => data.extend(cid.to_be_bytes()),
        _ => items.push(DictItem::String { data: cid.to_be_bytes().to_vec(), literal: false }),
    }
}

/// Shows the glyphs that have been gathered. printpdf's own operation for it writes each glyph as a string of its own.
fn show(items: &mut Vec<DictItem>, pen: &mut Pen) {
    let (key, value) = match std::mem::take(items) {
        none if none.is_empty() => return,
        one if matches!(one.as_slice(), [DictItem::String { .. }]) => ("Tj", one),
        several => ("TJ", vec![DictItem::Array(several)]),
    };
    pen.ops.push(Op::Unknown { key: key.to_owned(), value });
}
