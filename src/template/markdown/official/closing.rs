//! What closes the text of an official document: the list of what is attached, who was at a meeting, signature and date,
//! and a note in brackets (GB/T 9704-2012, 7.3.4 to 7.3.6, 10.3), all on the page of the text's last lines.

use super::super::inline;
use super::attachments::Attached;
use super::{attendance, paragraph, runs_of, signature, signed_name};
use crate::document::{Block, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key};
use crate::template::inserts::Inserts;

/// The blocks below the text.
pub(in crate::template::markdown) fn close(
    attached: &Attached,
    head: &Head,
    inserts: &Inserts,
    style: &Style,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let note = attached.note(style);
    if !note.is_empty() {
        let format = ParagraphFormat { keep_next: Some(true), ..Default::default() };
        blocks.push(Block::Paragraph(paragraph(style, id::ATTACHMENT_NOTE, format, Vec::new())));
        blocks.extend(note);
    }
    blocks.extend(attendance::write(head, inserts, style));
    // on a cover issuer and date stand there
    let signed = match head.cover {
        true => Vec::new(),
        false if head.signatures.is_empty() && signed_name::is_wanted(head) => signed_name::write(head, inserts, style),
        false => signature::write(head, inserts, style),
    };
    if !signed.is_empty() {
        keep_last(&mut blocks);
        blocks.extend(signed);
    }
    let note = runs_of(head.text(Key::Note), inserts);
    if !note.is_empty() {
        keep_last(&mut blocks);
        blocks.push(Block::Paragraph(paragraph(style, id::CLOSING_NOTE, ParagraphFormat::default(), bracketed(note))));
    }
    blocks
}

/// Keeps the last paragraph on the page of what follows.
fn keep_last(blocks: &mut [Block]) {
    if let Some(Block::Paragraph(last)) = blocks.last_mut() {
        last.format.keep_next = Some(true);
    }
}

/// A note stands in brackets, whether or not they are typed.
fn bracketed(mut note: Vec<Run>) -> Vec<Run> {
    let text = inline::text_of(&note);
    if !(text.starts_with(['（', '(']) && text.ends_with(['）', ')'])) {
        note.insert(0, Run::text("（"));
        note.push(Run::text("）"));
    }
    note
}
