//! Where a report's figures come from: a list that opens in Excel, one shown value a line.

use crate::diagnostic::Place;
use crate::document::{Block, Content, Document, HeaderFooter, Paragraph, Source};
use crate::template::WordValue;

/// The list's extension.
pub(super) const EXTENSION: &str = "出处.csv";

/// Excel takes a CSV for UTF-8 only if it begins with a byte order mark.
const HEADER: &str = "\u{FEFF}显示的内容,标签,模板行,模板列,来自单元格\r\n";

/// The values of a merged Word file; a paragraph of its template stands for the line.
pub(super) fn of_word(values: &[WordValue<'_>]) -> Vec<u8> {
    let mut csv = String::from(HEADER);
    for WordValue { text, source, place } in values {
        let (paragraph, column) = match place {
            Place::Paragraph { part, paragraph, column, .. } => {
                (format!("{}第{paragraph}段", part.words().zh), column.to_string())
            }
            other => (other.to_string(), String::new()),
        };
        let cells: Vec<_> = source.cells.iter().map(ToString::to_string).collect();
        line([text, &source.expression, &paragraph, &column, &cells.join(" ")], &mut csv);
    }
    csv.into_bytes()
}

/// The values that a document shows, in reading order: the text, the tag, its place in the template, the cells.
pub(super) fn to_csv(document: &Document) -> Vec<u8> {
    let mut csv = String::from(HEADER);
    for section in &document.sections {
        blocks(&section.blocks, document, &mut csv);
        for HeaderFooter { default, first, even } in [&section.header, &section.footer] {
            for content in [Some(default), first.as_ref(), even.as_ref()].into_iter().flatten() {
                blocks(content, document, &mut csv);
            }
        }
    }
    csv.into_bytes()
}

fn blocks(list: &[Block], document: &Document, csv: &mut String) {
    for block in list {
        match block {
            Block::Paragraph(paragraph) => {
                values(paragraph, document, csv);
                charts(paragraph, document, csv);
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    blocks(&cell.blocks, document, csv);
                }
            }
        }
    }
}

/// Neighbouring runs of one source, parted by a line break or a change of format, are one value.
fn values(paragraph: &Paragraph, document: &Document, csv: &mut String) {
    for runs in paragraph.runs.chunk_by(|a, b| a.source.is_some() && a.source == b.source) {
        let source = runs.first().and_then(|run| run.source).and_then(|id| document.sources.get(id.0 as usize));
        let Some(source) = source else { continue };
        let mut text = String::new();
        for run in runs {
            match &run.content {
                Content::Text(part) => text += part,
                Content::LineBreak => text.push('\n'),
                _ => {}
            }
        }
        traced(&text, source, csv);
    }
}

/// The values of charts.
fn charts(paragraph: &Paragraph, document: &Document, csv: &mut String) {
    for run in &paragraph.runs {
        let Content::Chart(drawing) = &run.content else { continue };
        for (text, id) in &drawing.sources {
            if let Some(source) = document.sources.get(id.0 as usize) {
                traced(text, source, csv);
            }
        }
    }
}

fn traced(text: &str, source: &Source, csv: &mut String) {
    let cells: Vec<_> = source.cells.iter().map(ToString::to_string).collect();
    let (row, column) = (source.line.to_string(), source.column.to_string());
    line([text, &source.expression, &row, &column, &cells.join(" ")], csv);
}

fn line(fields: [&str; 5], csv: &mut String) {
    *csv += &fields.map(quoted).join(",");
    *csv += "\r\n";
}

/// A field that Excel takes as text, whatever it begins with.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_cannot_become_a_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("说\"好\""), "\"说\"\"好\"\"\"");
    }
}
