//! Columns that grow for what cannot be broken: a table whose widths are wishes (`w:tblLayout` is not `fixed`).

use crate::document::{Block, Length, Paragraph, Table, VerticalMerge};
use crate::layout::line::Measure;
use crate::layout::measure::snapped_positive;
use crate::layout::paragraph::longest_word;
use crate::layout::setter::Setter;

/// The columns' widths, if any of them is too narrow for a word; what one column needs more, the others give of their
/// slack in proportion, and only what they cannot give makes the table wider.
pub(super) fn fitted(setter: &mut Setter, table: &Table) -> Option<Vec<Length>> {
    let mut widths: Vec<Length> = table.columns.iter().map(|column| snapped_positive(*column)).collect();
    let mut least = vec![Length::ZERO; widths.len()];
    for row in &table.rows {
        let mut column = 0;
        for cell in &row.cells {
            let place = least.get_mut(column);
            column = column.saturating_add(cell.span.max(1));
            let Some(place) = place.filter(|_| cell.span <= 1 && cell.merge != VerticalMerge::Continue) else {
                continue;
            };
            let margins = cell.margins.as_deref().unwrap_or(&table.margins);
            let sides = snapped_positive(margins.left) + snapped_positive(margins.right);
            for block in &cell.blocks {
                if let Block::Paragraph(paragraph) = block {
                    *place = (*place).max(least_width(setter, paragraph) + sides);
                }
            }
        }
    }
    let needed =
        least.iter().zip(&widths).fold(Length::ZERO, |sum, (least, width)| sum + (*least - *width).max(Length::ZERO));
    if needed <= Length::ZERO {
        return None;
    }
    let slack = |least: &Length, width: &Length| (*width - *least).max(Length::ZERO);
    let all_slack = least.iter().zip(&widths).fold(Length::ZERO, |sum, (least, width)| sum + slack(least, width));
    let part = if all_slack > Length::ZERO { (needed.to_pt() / all_slack.to_pt()).min(1.0) } else { 0.0 };
    for (width, least) in widths.iter_mut().zip(&least) {
        *width = if *least > *width { *least } else { *width - slack(least, width) * part };
    }
    Some(widths)
}

/// Width of a paragraph's longest word, its indents included.
fn least_width(setter: &mut Setter, paragraph: &Paragraph) -> Length {
    let (Measure { first_left, left, .. }, word) = longest_word(setter, paragraph);
    if word > Length::ZERO { word + left.max(first_left).max(Length::ZERO) } else { Length::ZERO }
}
