//! What is attached (GB/T 9704-2012, 7.3.4 and 7.3.7): the list below the text, and the label and title with which each
//! attachment begins its page. The list is made from the attachments, so that numbers and names agree.

use super::super::inline;
use super::super::parts::Part;
use super::super::{problem, title};
use super::{em_of, indent, line_ems, paragraph, runs_of, split, take_end};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Content, ParagraphFormat, Run, StyleSheet};
use crate::style::{Style, id};
use crate::template::front_matter::{Head, Key};
use crate::template::inserts::Inserts;

const ATTACHED: &str = "附件";
/// Part the names in the front matter.
const BETWEEN: [char; 2] = ['；', ';'];
/// From the left edge to 附件.
const TWO: f64 = 2.0;
/// The words `附件：`.
const LABEL_EM: f64 = 3.0;

/// What is attached: the name of each, in order; its number is its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::template::markdown) struct Attached {
    names: Vec<Vec<Run>>,
    /// Where each attachment of the text stands in them.
    places: Vec<usize>,
}

/// What a heading that begins an attachment starts with, and the number typed there.
pub(in crate::template::markdown) fn heading(typed: &str) -> Option<(&str, Option<usize>)> {
    let rest = typed.trim_start().strip_prefix(ATTACHED)?;
    let digits = rest.trim_start().chars().take_while(char::is_ascii_digit).count();
    let number = rest.trim_start().get(..digits).unwrap_or_default();
    let after = rest.trim_start().get(digits..)?.trim_start();
    let name = after.strip_prefix(['：', ':'])?.trim_start();
    Some((typed.get(..typed.len() - name.len())?, number.parse().ok()))
}

impl Attached {
    /// The names in the front matter first, then those that only the text has; those of `parts` after the first are
    /// attachments.
    pub(in crate::template::markdown) fn of(
        head: &Head,
        parts: &[Part],
        inserts: &Inserts,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut attached =
            Self { names: split(runs_of(head.text(Key::Attachments), inserts), &BETWEEN), ..Self::default() };
        attached.names.iter_mut().for_each(bare);
        for part in parts {
            let Some(title) = &part.title else { continue };
            let mut name: Vec<Run> = title.iter().filter(|run| run.content != Content::LineBreak).cloned().collect();
            bare(&mut name);
            let text = inline::text_of(&name);
            let known = attached.names.iter().position(|known| inline::text_of(known) == text);
            let place = known.unwrap_or_else(|| {
                attached.names.push(name);
                attached.names.len() - 1
            });
            attached.places.push(place);
            if let Some(typed) = part.typed_number.filter(|typed| *typed != place + 1) {
                problems.push(problem::attachment_number(typed, place + 1, &text));
            }
        }
        attached
    }

    /// The list below the text; turned lines stand below the name's first character.
    pub(in crate::template::markdown) fn note(&self, style: &Style) -> Vec<Block> {
        let em = em_of(style, id::ATTACHMENT_NOTE);
        let only = self.names.len() == 1;
        let number_em = match self.names.len() {
            0 | 1 => 0.0,
            2..=9 => 1.0,
            _ => 1.5,
        };
        let item = |(at, name): (usize, &Vec<Run>)| {
            let first = at == 0;
            let mut runs = Vec::with_capacity(name.len() + 3);
            if first {
                runs.push(Run::text(format!("{ATTACHED}：")));
            }
            if !only {
                runs.push(Run::text(format!("{}.", at + 1)));
                runs.push(Run::of(Content::Tab));
            }
            runs.extend(name.iter().cloned());
            let hang = number_em + if first { LABEL_EM } else { 0.0 };
            let format = ParagraphFormat {
                indent_left: indent(em, TWO + LABEL_EM + number_em),
                first_line: indent(em, -hang),
                ..Default::default()
            };
            Block::Paragraph(paragraph(style, id::ATTACHMENT_NOTE, format, runs))
        };
        self.names.iter().enumerate().map(item).collect()
    }

    /// The label and the title of the text's attachment of a number, counted in the text. On the page of its own that it
    /// has to begin the title stands on the third line.
    pub(in crate::template::markdown) fn opening(&self, at: usize, part: &Part, style: &Style) -> Vec<Block> {
        let number = match (self.names.len(), self.places.get(at)) {
            (0 | 1, _) | (_, None) => String::new(),
            (_, Some(place)) => (place + 1).to_string(),
        };
        let format = ParagraphFormat { page_break_before: Some(true), ..Default::default() };
        let label = vec![Run::text(format!("{ATTACHED}{number}"))];
        let mut blocks = vec![Block::Paragraph(paragraph(style, id::ATTACHMENT_LABEL, format, label))];
        if let Some(runs) = part.title.clone().filter(|runs| !runs.is_empty()) {
            let sheet: &StyleSheet = &style.sheet;
            let runs = title::balance(runs, line_ems(style, id::ATTACHMENT_TITLE), &sheet.typography.kinsoku);
            let title = paragraph(style, id::ATTACHMENT_TITLE, ParagraphFormat::default(), runs);
            blocks.push(Block::Paragraph(title));
        }
        blocks
    }
}

/// A name has no mark after it.
fn bare(name: &mut Vec<Run>) {
    for mark in ["。", "；", ";", "，"] {
        take_end(name, mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_of_an_attachment_has_a_colon_and_perhaps_a_number() {
        assert_eq!(heading("附件：名单"), Some(("附件：", None)));
        assert_eq!(heading("附件 2: 名单"), Some(("附件 2: ", Some(2))));
        assert_eq!(heading("附件："), Some(("附件：", None)));
        assert_eq!(heading("附件清单"), None);
        assert_eq!(heading("附件"), None);
    }
}
