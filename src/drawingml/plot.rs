//! The plot: its groups of series and its axes.

use crate::document::{Axis, Chart, ChartGroup, ChartKind, Stacking};

use super::axis::{self, Kind, Place};
use super::series;
use super::table::Table;

/// Numbers of the axes: categories and values, first and second.
const FIRST: [u32; 2] = [1001, 1002];
const SECOND: [u32; 2] = [1003, 1004];

/// Writes `c:plotArea`.
pub fn write(chart: &Chart, table: &Table, out: &mut String) {
    *out += "<c:plotArea>";
    *out += &chart.plot.map_or("<c:layout/>".to_owned(), |plot| {
        format!(
            "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/>\
             <c:x val=\"{}\"/><c:y val=\"{}\"/><c:w val=\"{}\"/><c:h val=\"{}\"/></c:manualLayout></c:layout>",
            plot.left, plot.top, plot.width, plot.height
        )
    });
    let mut number = 0;
    for drawn in &chart.groups {
        group(chart, drawn, table, &mut number, out);
    }
    axes(chart, out);
    *out += "<c:spPr><a:noFill/></c:spPr></c:plotArea>";
}

fn grouping(stacking: Stacking, beside: &str) -> String {
    let name = match stacking {
        Stacking::None => beside,
        Stacking::Sum => "stacked",
        Stacking::Share => "percentStacked",
    };
    format!("<c:grouping val=\"{name}\"/>")
}

fn percent(part: f64, (least, most): (f64, f64)) -> f64 {
    if part.is_finite() { (part * 100.0).round().clamp(least, most) } else { least }
}

fn group(chart: &Chart, group: &ChartGroup, table: &Table, number: &mut usize, out: &mut String) {
    let (name, before, after) = match group.kind {
        ChartKind::Bars { across, stacking, gap, overlap } => (
            "barChart",
            format!("<c:barDir val=\"{}\"/>{}", if across { "bar" } else { "col" }, grouping(stacking, "clustered")),
            format!(
                "<c:gapWidth val=\"{}\"/><c:overlap val=\"{}\"/>",
                percent(gap, (0.0, 500.0)),
                percent(overlap, (-100.0, 100.0))
            ),
        ),
        ChartKind::Lines(stacking) => ("lineChart", grouping(stacking, "standard"), "<c:marker val=\"1\"/>".into()),
        ChartKind::Areas(stacking) => ("areaChart", grouping(stacking, "standard"), String::new()),
        ChartKind::Slices { hole, from } => {
            let hole_size = format!("<c:holeSize val=\"{}\"/>", percent(hole, (10.0, 90.0)));
            let from = if from.is_finite() { from.rem_euclid(360.0).round() } else { 0.0 };
            let first = format!("<c:firstSliceAng val=\"{from}\"/>");
            match hole > 0.0 {
                true => ("doughnutChart", String::new(), first + &hole_size),
                false => ("pieChart", String::new(), first),
            }
        }
        ChartKind::Points => ("scatterChart", "<c:scatterStyle val=\"lineMarker\"/>".into(), String::new()),
        ChartKind::Radar { filled } => {
            let style = if filled { "filled" } else { "marker" };
            ("radarChart", format!("<c:radarStyle val=\"{style}\"/>"), String::new())
        }
    };
    let is_slices = matches!(group.kind, ChartKind::Slices { .. });
    *out += &format!("<c:{name}>{before}<c:varyColors val=\"{}\"/>", u8::from(is_slices));
    for one in &group.series {
        if let Some(place) = table.places.get(*number) {
            series::write(chart, group.kind, (*number, one), *place, out);
        }
        *number += 1;
    }
    *out += &after;
    if !is_slices {
        for id in if group.second_axis { SECOND } else { FIRST } {
            *out += &format!("<c:axId val=\"{id}\"/>");
        }
    }
    *out += &format!("</c:{name}>");
}

fn axes(chart: &Chart, out: &mut String) {
    let Some(first) = chart.groups.first().map(|group| group.kind) else { return };
    if matches!(first, ChartKind::Slices { .. }) {
        return;
    }
    let across = chart.groups.iter().any(|group| matches!(group.kind, ChartKind::Bars { across: true, .. }));
    let (along, up) = if across { ("l", "b") } else { ("b", "l") };
    let format = &chart.format;
    let between = Kind::Values { between: chart.between };
    let categories = if first == ChartKind::Points { Kind::Values { between: false } } else { Kind::Categories };
    let place = Place { id: FIRST[0], crosses: FIRST[1], side: along, at_end: false, low: true };
    axis::write(&chart.category_axis, categories, &place, format, out);
    // with the first bar on top, below is where the last one stands
    let at_end = across && chart.category_axis.reversed;
    let place = Place { id: FIRST[1], crosses: FIRST[0], side: up, at_end, low: false };
    axis::write(&chart.value_axis, between, &place, format, out);
    if chart.groups.iter().any(|group| group.second_axis) {
        let side = if across { "t" } else { "r" };
        let place = Place { id: SECOND[1], crosses: SECOND[0], side, at_end: true, low: false };
        axis::write(&chart.second_axis, between, &place, format, out);
        let hidden = Axis { hidden: true, title: String::new(), grid: None, ..chart.category_axis.clone() };
        let place = Place { id: SECOND[0], crosses: SECOND[1], side: along, at_end: false, low: false };
        axis::write(&hidden, categories, &place, format, out);
    }
}
