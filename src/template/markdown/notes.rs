//! Footnotes: their marks in the text, and the numbers that they begin with.

use crate::document::{
    Block, CharacterFormat, Content, NumberFormat, Paragraph, ParagraphStyleId, Run, VerticalPosition, number,
};

/// Numbers of footnotes stand above the line.
fn raised() -> CharacterFormat {
    CharacterFormat { position: Some(VerticalPosition::Superscript), ..CharacterFormat::default() }
}

/// The number of a footnote, from 1, as a run.
fn label(at: usize) -> Run {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Run { format: raised().into(), ..Run::text(number(at, NumberFormat::Circled)) }
}

/// The mark of a footnote in the text. Only the first that refers to it brings it to its page.
pub(super) fn mark(at: usize, first: bool) -> Vec<Run> {
    let note = Run { format: raised().into(), ..Run::of(Content::Note(at.saturating_sub(1))) };
    std::iter::once(label(at)).chain(first.then_some(note)).collect()
}

/// A footnote's blocks with its number before them.
pub(super) fn numbered(mut blocks: Vec<Block>, at: usize, style: ParagraphStyleId) -> Vec<Block> {
    if !matches!(blocks.first(), Some(Block::Paragraph(_))) {
        blocks.insert(0, Block::Paragraph(Paragraph { style, ..Paragraph::default() }));
    }
    if let Some(Block::Paragraph(first)) = blocks.first_mut() {
        first.runs.splice(0..0, [label(at), Run::text(" ")]);
    }
    blocks
}
