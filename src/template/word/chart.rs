//! Charts drawn in Word whose text for readers of the screen holds `{{图表 …}}`: their series get the data, the workbook
//! behind them too, and the text says what the chart shows.

use super::edits::{Edits, Rank};
use super::escape::escaped;
use super::tree::{Id, Tree};
use crate::diagnostic::Diagnostic;
use crate::template::chart::{InsertedChart, InsertedSeries};
use crate::xlsx::{self, DATA_SHEET as SHEET, DataCells, DataColumn, column_name};

/// The relation of a chart to a workbook that it did not have before.
const RELATION: &str = "rIdHuibaoData";
/// Colours of a theme that series take in turn.
const ACCENTS: usize = 6;

/// The workbook behind a chart, as .xlsx.
///
/// # Errors
/// There are more categories than a sheet has rows.
pub(super) fn workbook(data: &InsertedChart) -> Result<Vec<u8>, Diagnostic> {
    let names = DataColumn { heading: &data.heading, cells: DataCells::Names(&data.categories) };
    let mut columns = vec![names];
    for InsertedSeries { name, values, .. } in &data.series {
        columns.push(DataColumn { heading: name, cells: DataCells::Numbers(values) });
    }
    xlsx::write_data(&columns)
}

/// What a chart is called by the kind that is drawn; nothing for what has no series, or not of one value a category.
pub(super) fn kind(tree: &Tree) -> Option<&'static str> {
    let groups = groups(tree);
    let has_series = groups.iter().any(|&group| tree.child(group, "c:ser").is_some());
    let name = |group: &Id| match tree.name(*group) {
        "c:barChart" | "c:bar3DChart" => {
            let direction = tree.child(*group, "c:barDir").and_then(|id| tree.value(id, "val"));
            Some(if direction == Some("bar") { "条形图" } else { "柱形图" })
        }
        "c:lineChart" | "c:line3DChart" => Some("折线图"),
        "c:pieChart" | "c:pie3DChart" | "c:ofPieChart" => Some("饼图"),
        "c:doughnutChart" => Some("圆环图"),
        "c:areaChart" | "c:area3DChart" => Some("面积图"),
        "c:radarChart" => Some("雷达图"),
        "c:scatterChart" => Some("散点图"),
        _ => None,
    };
    match groups.as_slice() {
        [] => None,
        [group] => name(group).filter(|_| has_series),
        _ => groups.iter().map(name).collect::<Option<Vec<_>>>().filter(|_| has_series).map(|_| "组合图"),
    }
}

/// The groups of series that are drawn alike.
fn groups(tree: &Tree) -> Vec<Id> {
    let area = tree.ids().find(|&id| tree.name(id) == "c:plotArea");
    let children = area.into_iter().flat_map(|area| tree.children(area));
    children.filter(|&id| tree.name(id).ends_with("Chart")).collect()
}

/// A chart with data in the place of what was drawn, and the identifier of its relation to the workbook; nothing if it
/// is no chart.
pub(super) fn fill(xml: &str, data: &InsertedChart) -> Option<(String, String)> {
    let tree = Tree::read(xml.as_bytes().to_vec()).ok()?;
    let mut drawn: Vec<Id> = Vec::new();
    for group in groups(&tree) {
        drawn.extend(tree.children(group).filter(|&id| tree.name(id) == "c:ser"));
    }
    let order = |series: Id| tree.child(series, "c:order").and_then(|id| tree.value(id, "val")?.parse::<usize>().ok());
    drawn.sort_by_key(|&series| order(series));
    let last = *drawn.last()?;
    let free = drawn.iter().filter_map(|&series| order(series)).max().unwrap_or_default() + 1;
    let mut edits = Edits::default();
    for (number, one) in data.series.iter().enumerate() {
        match drawn.get(number) {
            Some(&series) => {
                let new = Filled { tree: &tree, data, one, number, copy: None }.series(series);
                edits.replace(tree.outer(series), new);
            }
            // One more looks as the last does, but for its colour.
            None => {
                let copy = number - drawn.len();
                let new = Filled { tree: &tree, data, one, number, copy: Some((copy + 1, free + copy)) }.series(last);
                edits.insert(tree.outer(last).end, Rank::Ends, new);
            }
        }
    }
    for &series in drawn.iter().skip(data.series.len()) {
        edits.delete(tree.outer(series));
    }
    let chart = tree.ids().find(|&id| tree.name(id) == "c:chart")?;
    if let Some(title) = data.title.as_ref().or(data.caption.as_ref()) {
        set_title(&tree, chart, title, &mut edits);
    }
    if tree.child(chart, "c:dispBlanksAs").is_none() {
        let before = ["c:plotVisOnly", "c:legend", "c:plotArea"].iter().find_map(|name| tree.child(chart, name))?;
        edits.insert(tree.outer(before).end, Rank::Ends, "<c:dispBlanksAs val=\"gap\"/>");
    }
    let relation = relation(&tree, chart, &mut edits);
    Some((edits.into_text(tree.source()), relation))
}

/// The chart's relation to its workbook.
fn relation(tree: &Tree, chart: Id, edits: &mut Edits) -> String {
    let space = tree.parent(chart).unwrap_or(0);
    if let Some(known) = tree.child(space, "c:externalData").and_then(|id| tree.value(id, "r:id")) {
        return known.to_owned();
    }
    let after =
        tree.children(space).find(|&id| matches!(tree.name(id), "c:printSettings" | "c:userShapes" | "c:extLst"));
    let at = after.map_or(tree.inner(space).end, |after| tree.outer(after).start);
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let data = format!(
        "<c:externalData xmlns:r=\"{namespace}\" r:id=\"{RELATION}\"><c:autoUpdate val=\"0\"/></c:externalData>"
    );
    edits.insert(at, Rank::Begins, data);
    RELATION.to_owned()
}

fn set_title(tree: &Tree, chart: Id, text: &str, edits: &mut Edits) {
    let words = xml(text);
    let plain = format!("<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx>");
    let Some(title) = tree.child(chart, "c:title") else {
        let main = "http://schemas.openxmlformats.org/drawingml/2006/main";
        let title = format!("<c:title xmlns:a=\"{main}\">{plain}<c:overlay val=\"0\"/></c:title>");
        edits.insert(tree.inner(chart).start, Rank::Begins, title);
        if let Some(none) = tree.child(chart, "c:autoTitleDeleted").and_then(|id| tree.attribute(id, "val")) {
            edits.replace(none, "0");
        }
        return;
    };
    // In the look of the title's first words.
    let mut runs = tree.within(title).filter(|&id| tree.name(id) == "a:t");
    match (runs.next(), tree.child(title, "c:tx")) {
        (Some(first), _) => {
            edits.replace(tree.inner(first), words);
            runs.for_each(|other| edits.delete(tree.inner(other)));
        }
        (None, Some(old)) => edits.replace(tree.outer(old), plain),
        (None, None) => edits.insert(tree.inner(title).start, Rank::Begins, plain),
    }
}

/// A series about to be filled.
struct Filled<'a> {
    tree: &'a Tree,
    data: &'a InsertedChart,
    one: &'a InsertedSeries,
    /// Its place among the series.
    number: usize,
    /// For a copy how many series it is away from its model, and its index.
    copy: Option<(usize, usize)>,
}

impl Filled<'_> {
    fn series(&self, series: Id) -> String {
        let Self { tree, data, one, number, copy } = *self;
        let mut edits = Edits::default();
        if let Some((_, index)) = copy {
            for name in ["c:idx", "c:order"] {
                if let Some(value) = tree.child(series, name).and_then(|id| tree.attribute(id, "val")) {
                    edits.replace(value, index.to_string());
                }
            }
            // It names the series uniquely.
            if let Some(more) = tree.child(series, "c:extLst") {
                edits.delete(tree.outer(more));
            }
        }
        let column = column_name(number + 1);
        let name = xml(&one.name);
        let head = format!(
            "<c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        );
        match (tree.child(series, "c:tx"), tree.child(series, "c:order")) {
            (Some(old), _) => edits.replace(tree.outer(old), head),
            (None, Some(order)) => edits.insert(tree.outer(order).end, Rank::Ends, head),
            (None, None) => {}
        }
        let of_points = tree.within(series).filter(|&id| matches!(tree.name(id), "c:dPt" | "c:dLbl"));
        for point in of_points {
            let index = tree.child(point, "c:idx").and_then(|id| tree.value(id, "val")?.parse::<usize>().ok());
            if index.is_none_or(|index| index >= data.categories.len()) {
                edits.delete(tree.outer(point));
            }
        }
        let scatter = tree.parent(series).is_some_and(|group| tree.name(group) == "c:scatterChart");
        let (x, y) = if scatter { ("c:xVal", "c:yVal") } else { ("c:cat", "c:val") };
        let (old_x, old_y) = (tree.child(series, x), tree.child(series, y));
        let code = old_y.and_then(|old| tree.within(old).find(|&id| tree.name(id) == "c:formatCode"));
        let code = code.map_or("General", |code| tree.text(tree.inner(code)));
        let content =
            format!("<{x}>{}</{x}><{y}>{}</{y}>", self.categories(scatter), numbers(&one.values, &column, code));
        let after = tree.children(series).find(|&id| matches!(tree.name(id), "c:smooth" | "c:shape" | "c:extLst"));
        let at = old_x.or(old_y).or(after).map_or(tree.inner(series).end, |id| tree.outer(id).start);
        edits.insert(at, Rank::Begins, content);
        old_x.into_iter().chain(old_y).for_each(|old| edits.delete(tree.outer(old)));
        let pieces = edits.into_text_of(tree.source(), tree.outer(series));
        match copy {
            Some((away, index)) => recoloured(&pieces, away, index),
            None => pieces,
        }
    }

    fn categories(&self, numeric: bool) -> String {
        let categories = &self.data.categories;
        let numbers_only: Option<Vec<_>> =
            categories.iter().map(|text| text.trim().parse::<f64>().ok().map(Some)).collect();
        if let Some(values) = numbers_only.filter(|_| numeric) {
            return numbers(&values, "A", "General");
        }
        let points = categories
            .iter()
            .enumerate()
            .map(|(at, text)| format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", xml(text)));
        let (range, count) = (range("A", categories.len()), categories.len());
        let points: String = points.collect();
        format!("<c:strRef><c:f>{range}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{points}</c:strCache></c:strRef>")
    }
}

fn numbers(values: &[Option<f64>], column: &str, code: &str) -> String {
    let known = values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
    let points: String = known.map(|(at, value)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>")).collect();
    let (range, count) = (range(column, values.len()), values.len());
    format!(
        "<c:numRef><c:f>{range}</c:f><c:numCache><c:formatCode>{code}</c:formatCode><c:ptCount val=\"{count}\"/>{points}</c:numCache></c:numRef>"
    )
}

/// The cells of a column below its heading.
fn range(column: &str, count: usize) -> String {
    format!("{SHEET}!${column}$2:${column}${}", count.max(1) + 1)
}

/// The series in the colour that so many places after its model are drawn in.
fn recoloured(series: &str, away: usize, index: usize) -> String {
    let mut out = String::with_capacity(series.len());
    let accent = |number: usize| format!("val=\"accent{}\"", number % ACCENTS + 1);
    let mut pieces = series.split("val=\"accent");
    out += pieces.next().unwrap_or_default();
    let mut themed = false;
    for piece in pieces {
        let (number, rest) = piece.split_once('"').unwrap_or((piece, ""));
        out += &accent(number.parse::<usize>().unwrap_or(1).saturating_sub(1) + away);
        out += rest;
        themed = true;
    }
    if themed {
        return out;
    }
    // A colour of its own would make two series look alike.
    let mut plain = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some(at) = rest.find("<a:srgbClr val=\"") {
        let (before, colour) = rest.split_at(at);
        plain += before;
        let end = colour.find('>').map_or(colour.len(), |end| end + 1);
        let (tag, after) = colour.split_at(end);
        match tag.ends_with("/>") {
            true => plain += &format!("<a:schemeClr {}/>", accent(index)),
            false => plain += tag,
        }
        rest = after;
    }
    plain + rest
}

fn xml(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|c| escaped(c, &mut out));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_series_has_a_further_colour() {
        assert_eq!(recoloured("<a:schemeClr val=\"accent5\"/>", 2, 6), "<a:schemeClr val=\"accent1\"/>");
        assert_eq!(recoloured("<a:srgbClr val=\"FF0000\"/>x", 1, 3), "<a:schemeClr val=\"accent4\"/>x");
    }
}
