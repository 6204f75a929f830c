//! The elements of an official document (GB/T 9704-2012) that stand around its text: the head above the title, what is
//! attached, signature and date, the note below them, and the foot of the last page.
//!
//! Each makes blocks in named styles, with indents in whole twips counted from the characters, so that every reader has
//! the same places.

pub(super) mod attachments;
mod attendance;
mod closing;
mod head;
mod imprint;
mod joint;
mod letter;
mod signature;
mod signed_by;
mod signed_name;

pub(super) use closing::close;
pub(super) use head::write as head;
pub(super) use imprint::write as imprint;
pub(super) use letter::set_pages as set_pages_of_letter;

use super::inline;
use super::measure::ems;
use super::text::RunBuilder;
use crate::document::{Content, Indent, Length, LineSpacing, Paragraph, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::inserts::Inserts;

/// Part the names of several issuers or signers.
const BETWEEN_NAMES: [char; 3] = ['、', '；', ';'];

/// A value of the front matter as runs.
fn runs_of(text: &str, inserts: &Inserts) -> Vec<Run> {
    let mut runs = RunBuilder::default();
    inline::expand(text.trim(), &mut runs, inserts);
    runs.finish()
}

/// The parts of runs between some characters, blanks around them left out; none is empty.
fn split(runs: Vec<Run>, between: &[char]) -> Vec<Vec<Run>> {
    let mut parts: Vec<Vec<Run>> = vec![Vec::new()];
    for run in runs {
        let Content::Text(text) = &run.content else {
            if run.content == Content::LineBreak {
                parts.push(Vec::new());
            }
            continue;
        };
        for (at, piece) in text.split(between).enumerate() {
            if at > 0 {
                parts.push(Vec::new());
            }
            if let Some(part) = parts.last_mut()
                && !piece.trim().is_empty()
            {
                part.push(Run { content: Content::Text(piece.trim().to_owned()), ..run.clone() });
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Takes away what runs end with; whether they did.
fn take_end(runs: &mut Vec<Run>, ending: &str) -> bool {
    let Some(Content::Text(text)) = runs.last_mut().map(|run| &mut run.content) else { return false };
    let Some(rest) = text.strip_suffix(ending) else { return false };
    *text = rest.to_owned();
    if text.is_empty() {
        runs.pop();
    }
    true
}

/// The widest line, in ems.
fn width(runs: &[Run]) -> f64 {
    inline::text_of(runs).split('\n').map(ems).fold(0.0, f64::max)
}

/// The advance of a full-width character in a named style.
fn em_of(style: &Style, id: &str) -> Length {
    let character = style.sheet.style_character_format(style.sheet.find(id).unwrap_or_default());
    character.size + character.spacing
}

/// How many full-width characters of a named style fill a line.
fn line_ems(style: &Style, id: &str) -> f64 {
    style.page.text_width().to_pt() / em_of(style, id).to_pt().max(1.0)
}

/// So many characters, in whole twips.
fn in_twips(em: Length, ems: f64) -> Length {
    Length::twips((em * ems).to_twips())
}

fn indent(em: Length, ems: f64) -> Option<Indent> {
    Some(Indent::Length(in_twips(em, ems)))
}

/// The exact pitch of a named style's lines; its size where it has none.
fn pitch_of(style: &Style, id: &str) -> Length {
    let at = style.sheet.find(id).unwrap_or_default();
    let format = style.sheet.paragraph_format(&Paragraph { style: at, ..Paragraph::default() });
    match format.line_spacing {
        LineSpacing::Exact(pitch) | LineSpacing::AtLeast(pitch) => pitch,
        LineSpacing::Multiple(times) => em_of(style, id) * (1.3 * times),
    }
}

/// A paragraph in a named style.
fn paragraph(style: &Style, id: &str, format: ParagraphFormat, runs: Vec<Run>) -> Paragraph {
    Paragraph { style: style.sheet.find(id).unwrap_or_default(), format: format.into(), runs, ..Paragraph::default() }
}

/// A blank line of a height.
fn blank(style: &Style, height: Length, keep_next: bool) -> Paragraph {
    let format = ParagraphFormat {
        line_spacing: Some(LineSpacing::Exact(height)),
        keep_next: Some(keep_next),
        ..Default::default()
    };
    paragraph(style, id::NORMAL, format, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_marks_within_a_value_too() {
        let named = |text: &str| Run { source: Some(crate::document::SourceId(1)), ..Run::text(text) };
        let parts = split(vec![named("甲局、乙局"), Run::text("； 丙局文件")], &BETWEEN_NAMES);
        let shown: Vec<_> = parts.iter().map(|part| inline::text_of(part)).collect();
        assert_eq!(shown, ["甲局", "乙局", "丙局文件"]);
        assert!(parts[1][0].source.is_some());
    }
}
