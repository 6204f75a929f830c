//! A cover: title and subtitle in the upper half of the page, issuer and date in the lower.

use super::{Head, Key, inline, text::RunBuilder, title, without_breaks};
use crate::document::{Block, Content, Length, LineSpacing, Paragraph, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::inserts::Inserts;

/// So much of the page's height stays blank below issuer and date.
const BLANK_BELOW: f64 = 0.08;
/// Issuer and date keep this distance from a title of many lines.
const LEAST_GAP: Length = Length::twips(480);

/// The blocks of a cover.
pub(super) fn blocks(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let mut paragraphs = Vec::new();
    for (text, id) in [
        (without_breaks(head.text(Key::Title), "\n"), id::COVER_TITLE),
        (head.text(Key::Subtitle).to_owned(), id::COVER_SUBTITLE),
        (head.text(Key::Signed).to_owned(), id::COVER_LINE),
        (head.text(Key::Date).to_owned(), id::COVER_LINE),
    ] {
        let mut runs = RunBuilder::default();
        inline::expand(&text, &mut runs, inserts);
        let mut runs = runs.finish();
        if runs.is_empty() {
            continue;
        }
        let of_style = style.sheet.find(id).unwrap_or_default();
        if id == id::COVER_TITLE {
            runs = title::in_lines(runs, of_style, style);
        }
        paragraphs.push((id == id::COVER_LINE, Paragraph { style: of_style, runs, ..Paragraph::default() }));
    }
    let used = paragraphs.iter().fold(Length::ZERO, |sum, (_, paragraph)| sum + height(paragraph, style));
    if let Some((_, line)) = paragraphs.iter_mut().find(|(below, _)| *below) {
        let gap = style.page.text_height() * (1.0 - BLANK_BELOW) - used;
        let gap = Length::twips(gap.max(LEAST_GAP).to_twips());
        line.format = ParagraphFormat { space_before: Some(gap), ..ParagraphFormat::default() }.into();
    }
    paragraphs.into_iter().map(|(_, paragraph)| Block::Paragraph(paragraph)).collect()
}

/// Its lines and the space around them; lines that break by themselves are not seen.
fn height(paragraph: &Paragraph, style: &Style) -> Length {
    let format = style.sheet.paragraph_format(paragraph);
    let pitch = match format.line_spacing {
        LineSpacing::Exact(pitch) | LineSpacing::AtLeast(pitch) => pitch,
        LineSpacing::Multiple(times) => style.sheet.style_character_format(paragraph.style).size * (times * 1.3),
    };
    let is_break = |run: &&Run| run.content == Content::LineBreak;
    let lines = 1 + paragraph.runs.iter().filter(is_break).count();
    format.space_before + pitch * lines as f64 + format.space_after
}
