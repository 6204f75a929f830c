//! Who signs by name, as orders are signed, where the picture of a signature would stand (GB/T 9704-2012 7.3.5.3): two lines
//! below the text the post, two characters right of it the name, which ends four characters from the right edge; a line
//! below that the date. Of several each has a line.

use super::signature::signed;
use super::{BETWEEN_NAMES, em_of, indent, runs_of, split};
use crate::document::{Align, Block, CharacterFormat, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key, OfficialForm};
use crate::template::inserts::Inserts;

/// Blank right of name and date.
const FOUR: f64 = 4.0;
/// Between post and name.
const BETWEEN: &str = "　　";

/// Whether a document is signed so.
pub(super) fn is_wanted(head: &Head) -> bool {
    let signs = !head.text(Key::Signer).is_empty();
    signs && (head.form == OfficialForm::Order || !head.text(Key::Post).is_empty())
}

/// Posts, names and date, and the blank lines above.
pub(super) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let names = split(runs_of(head.text(Key::Signer), inserts), &BETWEEN_NAMES);
    let mut posts = split(runs_of(head.text(Key::Post), inserts), &BETWEEN_NAMES).into_iter();
    let date = runs_of(head.text(Key::Date), inserts);
    let face = style.sheet.style_character_format(style.sheet.find(id::SIGNER).unwrap_or_default());
    let face = CharacterFormat {
        east_asian_font: Some(face.east_asian_font),
        latin_font: Some(face.latin_font),
        ..Default::default()
    };
    let em = em_of(style, id::SIGNATURE);
    let at_right = || ParagraphFormat { align: Some(Align::End), indent_right: indent(em, FOUR), ..Default::default() };
    let blank = || signed(ParagraphFormat::default(), Vec::new(), style, true);
    let mut blocks = vec![blank(), blank()];
    let last = names.len().saturating_sub(1);
    for (at, name) in names.into_iter().enumerate() {
        let mut runs = posts.next().unwrap_or_default();
        if !runs.is_empty() {
            runs.push(Run::text(BETWEEN));
        }
        runs.extend(name.into_iter().map(|run| Run { format: face.clone().into(), ..run }));
        blocks.push(signed(at_right(), runs, style, at < last || !date.is_empty()));
    }
    if !date.is_empty() {
        blocks.push(blank());
        blocks.push(signed(at_right(), date, style, false));
    }
    blocks
}
