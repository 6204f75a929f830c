//! Who was at a meeting, who was excused and who sat in, below the text of its minutes (GB/T 9704-2012, 10.3): a blank
//! line below it, indented by two; turned lines below the first name.

use super::{em_of, indent, paragraph, runs_of, take_end};
use crate::document::{Block, CharacterFormat, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key};
use crate::template::inserts::Inserts;

const LISTS: [(Key, &str); 3] = [(Key::Present, "出席："), (Key::Excused, "请假："), (Key::Observers, "列席：")];
/// From the left edge to the words.
const TWO: f64 = 2.0;

/// The lists, a blank line before them; nothing if there is none.
pub(super) fn write(head: &Head, inserts: &Inserts, style: &Style) -> Vec<Block> {
    let em = em_of(style, id::ATTENDANCE);
    let label = style.sheet.style_character_format(style.sheet.find(id::ATTACHMENT_LABEL).unwrap_or_default());
    let label = CharacterFormat {
        east_asian_font: Some(label.east_asian_font),
        latin_font: Some(label.latin_font),
        ..Default::default()
    };
    let mut blocks = Vec::new();
    for (key, words) in LISTS {
        let mut names = runs_of(head.text(key), inserts);
        if names.is_empty() {
            continue;
        }
        take_end(&mut names, "。");
        if blocks.is_empty() {
            let format = ParagraphFormat { keep_next: Some(true), ..Default::default() };
            blocks.push(Block::Paragraph(paragraph(style, id::ATTENDANCE, format, Vec::new())));
        }
        names.insert(0, Run { format: label.clone().into(), ..Run::text(words) });
        let hang = words.chars().count() as f64;
        let format = ParagraphFormat {
            indent_left: indent(em, TWO + hang),
            first_line: indent(em, -hang),
            ..Default::default()
        };
        blocks.push(Block::Paragraph(paragraph(style, id::ATTENDANCE, format, names)));
    }
    blocks
}
