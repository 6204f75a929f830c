//! Charts as DrawingML: the part that a word processor draws, and the workbook behind it that “edit data” opens.
//!
//! `plot` writes groups of series, `series` one series, `axis` the axes, `text` titles and how text looks; `table` is where
//! every name and value stands in the workbook.

mod axis;
mod plot;
mod series;
mod table;
mod text;
pub(crate) mod xml;

use crate::diagnostic::Diagnostic;
use crate::document::{Border, Chart, Color, LegendSide, Length};
use table::Table;
use text::{properties, title};
use xml::escape;

/// The content type of a chart's part.
pub const CHART_TYPE: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
/// The content type of the workbook behind it.
pub const WORKBOOK_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The relation of a chart to its workbook.
pub const WORKBOOK_RELATION: &str = "rId1";
/// The sheet of the workbook.
pub const SHEET: &str = crate::xlsx::DATA_SHEET;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// A chart's part.
pub fn part(chart: &Chart) -> String {
    let table = Table::of(chart);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <c:chartSpace xmlns:c=\"{CHART}\" xmlns:a=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">\
         <c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart>"
    );
    if !chart.title.is_empty() {
        out += &title(&chart.title, &chart.title_format, None);
    }
    out += if chart.title.is_empty() { "<c:autoTitleDeleted val=\"1\"/>" } else { "<c:autoTitleDeleted val=\"0\"/>" };
    plot::write(chart, &table, &mut out);
    if let Some(side) = chart.legend {
        let side = match side {
            LegendSide::Right => "r",
            LegendSide::Left => "l",
            LegendSide::Top => "t",
            LegendSide::Bottom => "b",
        };
        let text = properties(&chart.format, "");
        out += &format!("<c:legend><c:legendPos val=\"{side}\"/><c:overlay val=\"0\"/>{text}</c:legend>");
    }
    let passes = chart.groups.iter().flat_map(|group| &group.series).any(|series| series.passes_gaps);
    let gaps = if passes { "span" } else { "gap" };
    out += &format!("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"{gaps}\"/></c:chart>");
    out += &format!("<c:spPr>{}{}</c:spPr>", fill(chart.fill), rule(chart.border.as_ref()));
    out += &properties(&chart.format, "");
    out += &format!(
        "<c:externalData r:id=\"{WORKBOOK_RELATION}\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
    );
    out
}

/// The workbook behind a chart, as .xlsx.
///
/// # Errors
/// There are more categories than a sheet has rows.
pub fn workbook(chart: &Chart) -> Result<Vec<u8>, Diagnostic> {
    Table::of(chart).workbook()
}

/// A drawing in the line that shows a chart: the element `w:drawing`. `number` is unique in the document.
pub fn inline(relation: &str, number: usize, size: (Length, Length), description: &str) -> String {
    let emu = |length: Length| length.to_emu().clamp(1, i64::from(i32::MAX));
    let (width, height) = (emu(size.0), emu(size.1));
    let words = escape(description);
    format!(
        "<w:drawing><wp:inline xmlns:wp=\"{WORD}\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"图表 {number}\" descr=\"{words}\"/>\
         <wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"{MAIN}\"><a:graphicData uri=\"{CHART}\">\
         <c:chart xmlns:c=\"{CHART}\" xmlns:r=\"{RELATIONS}\" r:id=\"{relation}\"/>\
         </a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

/// What fills something; nothing does where no colour is given.
fn fill(color: Option<Color>) -> String {
    match color {
        Some(color) => format!("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", color.to_hex()),
        None => "<a:noFill/>".to_owned(),
    }
}

/// A rule of a colour and a width.
fn line(color: Option<Color>, width: Length) -> String {
    match color {
        Some(_) => format!("<a:ln w=\"{}\">{}</a:ln>", width.to_emu().clamp(0, 20_116_800), fill(color)),
        None => "<a:ln><a:noFill/></a:ln>".to_owned(),
    }
}

fn rule(border: Option<&Border>) -> String {
    line(border.map(|border| border.color), border.map(|border| border.width).unwrap_or_default())
}
