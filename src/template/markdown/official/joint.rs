//! The mark of the issuer, or of several under each other with 文件 beside them (GB/T 9704-2012, 7.2.4).

use super::{em_of, paragraph, pitch_of, width};
use crate::document::{
    Align, Block, Cell, CellMargins, CharacterFormat, Length, ParagraphFormat, RowHeight, Run, Table, TableRow,
    VerticalAlign, VerticalMerge,
};
use crate::style::{Style, id};

/// Characters are made narrower down to this before they are made smaller.
const NARROWEST: f64 = 0.66;
/// As much of the line a mark may fill.
const FILLS: f64 = 0.97;
/// Between the names and 文件.
const GAP_EM: f64 = 0.5;
/// Lines of names under each other, against their size.
const JOINT_PITCH: f64 = 1.3;

/// How large a mark is set so that it fits its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    /// Size of the characters.
    pub size: Length,
    /// Their width against their own.
    pub scale: f64,
    /// Pitch of its lines.
    pub pitch: Length,
}

impl Mark {
    /// The style's size, or what fits.
    pub(super) fn fitting(style: &Style, names: &[Vec<Run>], says_file: bool) -> Self {
        let (size, pitch) = (em_of(style, id::ISSUER), pitch_of(style, id::ISSUER));
        let longest = names.iter().map(|name| width(name)).fold(1.0, f64::max);
        let ems = longest + if says_file { GAP_EM + 2.0 } else { 0.0 };
        let room = style.page.text_width().to_pt() * FILLS / (ems * size.to_pt()).max(1.0);
        let scale = if room >= 1.0 { 1.0 } else { ((room * 100.0).floor() / 100.0).max(NARROWEST) };
        // whole half points, as Word has them
        let fits = Length::pt((size.to_pt() * room / scale * 2.0).floor().max(2.0) / 2.0);
        let size = if room / scale < 1.0 { fits } else { size };
        let pitch = if names.len() > 1 { Length::pt((size.to_pt() * JOINT_PITCH).ceil()) } else { pitch };
        Self { size, scale, pitch }
    }

    /// Runs of this size and width.
    pub(super) fn set(&self, mut runs: Vec<Run>) -> Vec<Run> {
        for run in &mut runs {
            run.format = CharacterFormat {
                size: Some(self.size),
                scale: (self.scale < 1.0).then_some(self.scale),
                ..Default::default()
            }
            .into();
        }
        runs
    }
}

/// The names under each other, all as wide as the longest, and beside them a word in the middle.
pub(super) fn table(style: &Style, mark: &Mark, names: Vec<Vec<Run>>, beside: Option<&str>) -> Table {
    let em = mark.size * mark.scale;
    let longest = names.iter().map(|name| width(name)).fold(1.0, f64::max);
    let mut columns = vec![Length::twips((em * longest).to_twips() + 40)];
    let cell = |align: Align, runs: Vec<Run>| {
        let format = ParagraphFormat {
            align: Some(align),
            line_spacing: Some(crate::document::LineSpacing::Exact(mark.pitch)),
            space_before: Some(Length::ZERO),
            space_after: Some(Length::ZERO),
            ..Default::default()
        };
        Cell::of(vec![Block::Paragraph(paragraph(style, id::ISSUER, format, mark.set(runs)))])
    };
    let count = names.len();
    let mut rows: Vec<TableRow> = names
        .into_iter()
        .map(|name| TableRow {
            keep_whole: true,
            height: Some(RowHeight::Exact(mark.pitch)),
            cells: vec![cell(if count > 1 { Align::Distribute } else { Align::Center }, name)],
            ..TableRow::default()
        })
        .collect();
    if let Some(word) = beside {
        columns.push(Length::twips((em * (GAP_EM + width(&[Run::text(word)]))).to_twips() + 40));
        for (at, row) in rows.iter_mut().enumerate() {
            let merge = if at == 0 { VerticalMerge::Restart } else { VerticalMerge::Continue };
            let word = if at == 0 { vec![Run::text(word)] } else { Vec::new() };
            row.cells.push(Cell { merge, vertical_align: VerticalAlign::Center, ..cell(Align::End, word) });
        }
    }
    let margins = CellMargins { left: Length::ZERO, right: Length::ZERO, ..CellMargins::default() };
    Table { columns, align: Align::Center, margins, rows, ..Table::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(names: &[&str], says_file: bool) -> (f64, f64) {
        let names: Vec<_> = names.iter().map(|name| vec![Run::text(*name)]).collect();
        let mark = Mark::fitting(&Style::carried("gongwen").unwrap(), &names, says_file);
        (mark.size.to_pt(), mark.scale)
    }

    #[test]
    fn a_mark_is_as_large_as_the_style_says_or_narrower_and_then_smaller() {
        assert_eq!(fitted(&["云江市教育局文件"], false), (42.0, 1.0));
        assert_eq!(fitted(&["中共云江市委教育工作委员会文件"], false), (42.0, 0.68));
        let (size, scale) = fitted(&["中共云江市委员会教育体育和科学技术工作领导小组办公室文件"], false);
        assert_eq!(scale, NARROWEST);
        assert!(27.0 * size * scale <= 442.2 && size > 20.0, "{size}");
        assert_eq!(fitted(&["云江市教育局", "云江市财政局"], true), (42.0, 1.0));
    }
}
