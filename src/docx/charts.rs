//! The charts in the .docx: their parts, and the workbooks behind them.

use std::sync::Arc;

use super::package::{Package, Relation};
use crate::diagnostic::Diagnostic;
use crate::document::Chart;
use crate::drawingml::{self, CHART_TYPE, WORKBOOK_RELATION, WORKBOOK_TYPE};

/// The charts of a file, each once.
#[derive(Debug, Default)]
pub struct Charts {
    charts: Vec<Arc<Chart>>,
}

impl Charts {
    /// Takes a chart in and gives its number; one that is shown again has one part.
    pub fn keep(&mut self, chart: &Arc<Chart>) -> usize {
        let known = self.charts.iter().position(|known| Arc::ptr_eq(known, chart));
        known.unwrap_or_else(|| {
            self.charts.push(Arc::clone(chart));
            self.charts.len() - 1
        })
    }

    /// Adds the parts of all charts.
    ///
    /// # Errors
    /// A chart has more values than a workbook holds.
    pub fn pack(&self, package: &mut Package<'_>) -> Result<(), Diagnostic> {
        for (number, chart) in self.charts.iter().enumerate() {
            let (path, book) = (path(number), format!("embeddings/chart{}.xlsx", number + 1));
            package.add(&format!("word/{path}"), CHART_TYPE, drawingml::part(chart).into_bytes());
            package.add(&format!("word/{book}"), WORKBOOK_TYPE, drawingml::workbook(chart)?);
            let target = format!("../{book}");
            let relation = Relation { id: WORKBOOK_RELATION.into(), kind: "package", target };
            package.add_relations(&format!("word/charts/_rels/chart{}.xml.rels", number + 1), &[relation]);
        }
        Ok(())
    }
}

/// The path of a chart's part below `word/`.
pub fn path(number: usize) -> String {
    format!("charts/chart{}.xml", number + 1)
}

/// The relation identifier of a chart.
pub fn relation(number: usize) -> String {
    format!("rIdChart{}", number + 1)
}
