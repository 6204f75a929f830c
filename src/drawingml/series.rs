//! One series, in the order of elements that its kind of chart asks for.

use crate::document::{Chart, ChartKind, Length, Marker, Series, Stacking, ValueLabels};

use super::table::{self, Place};
use super::text::properties;
use super::{fill, line};

/// Half a point: what parts slices.
const BETWEEN_SLICES: Length = Length::twips(15);

/// A series of a kind.
pub fn write(chart: &Chart, kind: ChartKind, (number, series): (usize, &Series), place: Place, out: &mut String) {
    let is_line = matches!(kind, ChartKind::Lines(_) | ChartKind::Points | ChartKind::Radar { filled: false });
    let is_slices = matches!(kind, ChartKind::Slices { .. });
    *out += &format!("<c:ser><c:idx val=\"{number}\"/><c:order val=\"{number}\"/>");
    *out += &table::name(series, place);
    *out += &if is_line {
        let width = series.line.unwrap_or_default();
        let color = series.line.map(|_| series.color);
        format!("<c:spPr>{}</c:spPr>", line(color, width))
    } else {
        format!("<c:spPr>{}</c:spPr>", fill((!series.unfilled).then_some(series.color)))
    };
    if matches!(kind, ChartKind::Bars { .. }) {
        *out += "<c:invertIfNegative val=\"0\"/>";
    }
    if is_line {
        *out += &marker(series);
    }
    for (at, color) in &series.colors {
        let edge = if is_slices { line(Some(crate::document::Color::WHITE), BETWEEN_SLICES) } else { String::new() };
        let inner = match kind {
            ChartKind::Bars { .. } => "<c:invertIfNegative val=\"0\"/>",
            _ => "",
        };
        *out += &format!(
            "<c:dPt><c:idx val=\"{at}\"/>{inner}<c:bubble3D val=\"0\"/><c:spPr>{}{edge}</c:spPr></c:dPt>",
            fill(Some(*color))
        );
    }
    if let Some(labels) = &series.labels {
        *out += &written(chart, kind, labels);
    }
    let form = series.labels.as_ref().map_or(chart.value_axis.form.as_str(), |labels| labels.form.as_str());
    if kind == ChartKind::Points {
        let at = table::numbers(&series.at, place.at, &chart.category_axis.form);
        let values = table::numbers(&series.values, place.values, form);
        *out += &format!("<c:xVal>{at}</c:xVal><c:yVal>{values}</c:yVal><c:smooth val=\"0\"/>");
    } else {
        let names = table::names(&chart.categories);
        let values = table::numbers(&series.values, place.values, form);
        *out += &format!("<c:cat>{names}</c:cat><c:val>{values}</c:val>");
        if matches!(kind, ChartKind::Lines(_)) {
            *out += "<c:smooth val=\"0\"/>";
        }
    }
    *out += "</c:ser>";
}

fn marker(series: &Series) -> String {
    let symbol = match series.marker {
        None => return "<c:marker><c:symbol val=\"none\"/></c:marker>".to_owned(),
        Some(Marker::Round) => "circle",
        Some(Marker::Square) => "square",
        Some(Marker::Diamond) => "diamond",
        Some(Marker::Triangle) => "triangle",
    };
    format!(
        "<c:marker><c:symbol val=\"{symbol}\"/><c:size val=\"6\"/><c:spPr>{}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>",
        fill(Some(series.color))
    )
}

/// What is written at the values (`c:dLbls`).
fn written(chart: &Chart, kind: ChartKind, labels: &ValueLabels) -> String {
    let stacked = matches!(kind, ChartKind::Bars { stacking, .. } if stacking != Stacking::None);
    let place = match kind {
        ChartKind::Bars { .. } if labels.inside || stacked => "ctr",
        ChartKind::Slices { hole, .. } if hole == 0.0 && labels.inside => "ctr",
        ChartKind::Slices { hole: 0.0, .. } => "outEnd",
        ChartKind::Bars { .. } => "outEnd",
        ChartKind::Lines(_) | ChartKind::Points => "t",
        // the others have one place only
        ChartKind::Slices { .. } | ChartKind::Areas(_) | ChartKind::Radar { .. } => "",
    };
    let place = if place.is_empty() { String::new() } else { format!("<c:dLblPos val=\"{place}\"/>") };
    let form = if labels.form.is_empty() { "General" } else { labels.form.as_str() };
    let form = if labels.share && !labels.form.contains('%') { "0%" } else { form };
    let form = format!("<c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/>", super::xml::escape(form));
    let shows = format!(
        "<c:showLegendKey val=\"0\"/><c:showVal val=\"{}\"/><c:showCatName val=\"{}\"/><c:showSerName val=\"{}\"/><c:showPercent val=\"{}\"/>\
         <c:showBubbleSize val=\"0\"/><c:separator> </c:separator>",
        u8::from(labels.value),
        u8::from(labels.category),
        u8::from(labels.series),
        u8::from(labels.share)
    );
    let look = |ink| {
        let mut format = chart.format.clone();
        format.color = Option::or(ink, format.color);
        format!("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{}", properties(&format, ""))
    };
    // in the order of values
    let mut singles: Vec<(usize, String)> = labels
        .left_out
        .iter()
        .map(|at| (*at, format!("<c:dLbl><c:idx val=\"{at}\"/><c:delete val=\"1\"/></c:dLbl>")))
        .collect();
    let inks = labels.inks.iter().filter(|(at, _)| !labels.left_out.contains(at));
    singles.extend(inks.map(|(at, ink)| {
        (*at, format!("<c:dLbl><c:idx val=\"{at}\"/>{form}{}{place}{shows}</c:dLbl>", look(Some(*ink))))
    }));
    singles.sort_by_key(|(at, _)| *at);
    let singles: String = singles.into_iter().map(|(_, one)| one).collect();
    format!("<c:dLbls>{singles}{form}{}{place}{shows}</c:dLbls>", look(labels.ink))
}
