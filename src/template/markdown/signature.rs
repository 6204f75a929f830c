//! The issuer's name and the date at the end, as GB/T 9704-2012 (7.3.5.2) sets them where there is no seal: the name ends
//! two characters from the right edge, and the date begins two characters right of the name's first. A date longer than
//! the name itself ends two characters from the right edge, and the name moves left with it.
//!
//! The places are indents from the left in whole twips, counted from the characters, so that every reader has the same.

use super::measure::ems;
use super::{Head, inline, text::RunBuilder};
use crate::document::{Align, Block, Indent, Length, Paragraph, ParagraphFormat, Run};
use crate::style::{Style, id};
use crate::template::inserts::Inserts;

/// Blank at the right edge, and the date's step to the right, in characters.
const TWO: f64 = 2.0;

/// Adds name and date, one line below the text and on the page of its last lines.
pub(super) fn append(blocks: &mut Vec<Block>, head: &Head, inserts: &Inserts, style: &Style) {
    let runs = |text: &str| {
        let mut runs = RunBuilder::default();
        inline::expand(text.trim(), &mut runs, inserts);
        runs.finish()
    };
    let (name, date) = (runs(&head.signed), runs(&head.date));
    if name.is_empty() && date.is_empty() {
        return;
    }
    if let Some(Block::Paragraph(last)) = blocks.last_mut() {
        last.format.keep_next = Some(true);
    }
    let signature = style.sheet.find(id::SIGNATURE).unwrap_or_default();
    let character = style.sheet.style_character_format(signature);
    let em = character.size + character.spacing;
    let line = style.page.text_width().to_pt() / em.to_pt();
    let (name_at, date_at) = places(width(&name), width(&date), line);

    let mut push = |runs: Vec<Run>, at: Option<f64>, keep_next: bool| {
        let format = ParagraphFormat { keep_next: Some(keep_next), ..at_place(at, em) };
        blocks.push(Block::Paragraph(Paragraph { style: signature, format, runs, ..Paragraph::default() }));
    };
    push(Vec::new(), Some(0.0), true);
    let both = !date.is_empty();
    if !name.is_empty() {
        push(name, name_at, both);
    }
    if both {
        push(date, date_at, false);
    }
}

/// Where name and date begin, in characters from the left; `None` where a text is too long for it and ends two
/// characters from the right edge instead.
fn places(name: f64, date: f64, line: f64) -> (Option<f64>, Option<f64>) {
    let ends_two_before = |width: f64| Some(line - TWO - width).filter(|at| *at >= 0.0);
    if name == 0.0 || date == 0.0 {
        return (ends_two_before(name), ends_two_before(date));
    }
    if date > name {
        let date_at = ends_two_before(date);
        return (date_at.map(|at| at - TWO).filter(|at| *at >= 0.0), date_at);
    }
    let name_at = ends_two_before(name);
    (name_at, name_at.map(|at| at + TWO).or_else(|| ends_two_before(date)))
}

fn at_place(at: Option<f64>, em: Length) -> ParagraphFormat {
    let indent = |ems: f64| Some(Indent::Length(Length::twips((em * ems).to_twips())));
    match at {
        Some(at) => ParagraphFormat { align: Some(Align::Start), indent_left: indent(at), ..Default::default() },
        None => ParagraphFormat { align: Some(Align::End), indent_right: indent(TWO), ..Default::default() },
    }
}

/// The widest line, in ems.
fn width(runs: &[Run]) -> f64 {
    inline::text_of(runs).split('\n').map(ems).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_longer_than_the_date_ends_two_characters_from_the_edge() {
        assert_eq!(places(10.0, 6.0, 28.0), (Some(16.0), Some(18.0)));
    }

    #[test]
    fn a_date_longer_than_the_name_ends_there_instead() {
        assert_eq!(places(4.0, 6.0, 28.0), (Some(18.0), Some(20.0)));
    }

    #[test]
    fn a_name_as_long_as_the_line_is_set_from_the_right() {
        assert_eq!(places(40.0, 6.0, 28.0), (None, Some(20.0)));
    }
}
