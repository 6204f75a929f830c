//! Where tags may stand that make more than text: tables and documents alone in a paragraph, charts' data in the text that
//! stands for a chart, what changes a cell in one.

use std::collections::BTreeSet;

use super::blocks::{Placer, Plan, Spot, Why};
use super::cut::{Shape, is_chart, shape_of};
use super::text::TextKind;
use super::tree::Id;
use crate::template::expression::TagKind;

impl Placer<'_> {
    /// Finds the places of such tags.
    pub(super) fn find_alone(&self, plan: &mut Plan) {
        // Paragraphs with blocks within.
        let in_runs = plan.spots.iter().filter(|(_, spot)| **spot == Spot::InRun);
        let cut: BTreeSet<Id> = in_runs.map(|(&tag, _)| self.holder(tag)).collect();
        for (tag, found) in self.found.iter().enumerate() {
            if found.tag.kind != TagKind::Show {
                continue;
            }
            let (Some(shape), Some(text)) = (shape_of(&found.tag), self.text(tag)) else { continue };
            let (bytes, around) = (self.bytes(tag), self.tree.outer(text.holder));
            let seen = self.ink.seen_in(around.start..bytes.start) || self.ink.seen_in(bytes.end..around.end);
            let alone = text.kind == TextKind::Paragraph
                && !seen
                && !cut.contains(&text.holder)
                && !self.ends_section(text.holder);
            match shape {
                Shape::Blocks if text.kind == TextKind::Attribute && is_chart(&found.tag) => {
                    match self.chart_of(text.holder) {
                        Some((chart, kind)) => {
                            plan.charts.insert(tag, kind);
                            plan.charts_filled.insert(chart);
                        }
                        None => plan.misplaced.push((tag, tag, Why::NotAChart)),
                    }
                }
                Shape::Blocks if alone => {
                    plan.alone.insert(tag);
                    self.needs_paragraph(text.holder, plan);
                }
                Shape::Blocks => plan.misplaced.push((tag, tag, Why::NotAlone)),
                Shape::Merge | Shape::Shade => {
                    match text.kind == TextKind::Paragraph && self.tree.around(text.holder, "w:tc").is_some() {
                        true => drop(plan.of_cells.insert(tag)),
                        false => plan.misplaced.push((tag, tag, Why::NotInCell)),
                    }
                }
                Shape::Picture if text.kind != TextKind::Paragraph => plan.misplaced.push((tag, tag, Why::NotAlone)),
                _ => {}
            }
        }
    }

    /// The chart that an element's text stands for, and its kind.
    fn chart_of(&self, words: Id) -> Option<(Id, &'static str)> {
        let drawing = self.tree.parent(words).filter(|_| self.tree.name(words) == "wp:docPr")?;
        let chart = self.tree.within(drawing).find(|&id| self.tree.name(id) == "c:chart")?;
        Some((chart, self.charts.get(self.tree.value(chart, "r:id")?)?))
    }
}
